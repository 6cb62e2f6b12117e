#include "ui/profiles_page.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/ask.h"
#include "ui/column_room.h"
#include "ui/language.h"
#include "ui/profile_choice.h"
#include "ui/profile_editor.h"
#include "ui/profiles_model.h"
#include "ui/theme.h"

namespace cvd::ui {

using compliance::KnownProfile;
using compliance::Profile;

namespace {

const QString kFolderRole = QStringLiteral("profile");

QTableView* tableOf(QAbstractItemModel* model, QWidget* parent) {
    auto* table = new QTableView(parent);
    table->setModel(model);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setAlternatingRowColors(true);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 14);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    return table;
}

}  // namespace

ProfilesPage::ProfilesPage(AppContext& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_model(new ProfilesModel(this)),
      m_limits(new LimitsModel(this)) {
    setObjectName(QStringLiteral("profilesPage"));
    m_banner = new Banner(this);
    auto* viewer = new QWidget(this);
    auto* inside = new QVBoxLayout(viewer);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(kGroupGap);
    inside->addWidget(head());
    inside->addWidget(body(), 1);
    m_editor = new ProfileEditor(this);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(viewer);
    m_stack->addWidget(m_editor);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kPageEdge, kGroupGap, kPageEdge, kGroupGap);
    column->setSpacing(kGroupGap);
    column->addWidget(m_banner);
    column->addWidget(m_stack, 1);
    connect(m_copy, &QPushButton::clicked, this, &ProfilesPage::copy);
    connect(m_edit, &QPushButton::clicked, this, &ProfilesPage::edit);
    connect(m_import, &QPushButton::clicked, this, &ProfilesPage::import);
    connect(m_export, &QPushButton::clicked, this, &ProfilesPage::exportCurrent);
    connect(m_default, &QPushButton::clicked, this, &ProfilesPage::makeDefault);
    connect(m_remove, &QPushButton::clicked, this, &ProfilesPage::remove);
    connect(m_table, &QTableView::activated, this, [this] {
        if (m_edit->isEnabled()) {
            edit();
        }
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        showDetails();
        updateActions();
    });
    connect(&m_keepSoon, &QTimer::timeout, this, &ProfilesPage::keepDraft);
    connect(m_editor, &ProfileEditor::changed, &m_keepSoon, &DraftTimer::changed);
    connect(m_editor, &ProfileEditor::saveRequested, this, &ProfilesPage::save);
    connect(m_editor, &ProfileEditor::cancelRequested, this, [this] {
        if (mayLeave()) {
            stopEditing();
        }
    });
    setFirstFocus(m_table);
    ProfilesPage::retranslate();
    ProfilesPage::restyle();
}

QWidget* ProfilesPage::head() {
    auto* row = new QWidget(this);
    m_title = titleLabel(row, "profilesTitleLabel");
    const auto button = [row](const char* name) {
        auto* b = new QPushButton(row);
        b->setObjectName(QLatin1String(name));
        return b;
    };
    m_default = button("defaultProfilePushButton");
    m_import = button("importProfilePushButton");
    m_export = button("exportProfilePushButton");
    m_remove = button("removeProfilePushButton");
    m_edit = button("editProfilePushButton");
    m_copy = button("copyProfilePushButton");
    m_remove->setProperty("danger", true);
    makePrimary(m_copy);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    layout->addWidget(m_title);
    layout->addStretch(1);
    for (QWidget* w : {m_default, m_import, m_export, m_remove, m_edit, m_copy}) {
        layout->addWidget(w);
    }
    return row;
}

QWidget* ProfilesPage::body() {
    m_table = tableOf(m_model, this);
    m_table->setObjectName(QStringLiteral("profilesTableView"));
    m_table->horizontalHeader()->setSectionResizeMode(ProfilesModel::Name, QHeaderView::Stretch);
    m_room = new ColumnRoom(m_table, ProfilesModel::Name,
                            {ProfilesModel::Origin, ProfilesModel::Version});
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(m_table);
    splitter->addWidget(details());
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 5);
    splitter->setSizes({400, 800});
    splitter->setChildrenCollapsible(false);
    return splitter;
}

QWidget* ProfilesPage::details() {
    auto* pane = new QWidget(this);
    m_name = new QLabel(pane);
    m_name->setObjectName(QStringLiteral("profileNameLabel"));
    m_name->setProperty("role", "head");
    m_name->setWordWrap(true);
    m_text = new QLabel(pane);
    m_text->setWordWrap(true);
    m_facts = mutedLabel(pane);
    m_facts->setObjectName(QStringLiteral("profileFactsLabel"));
    m_facts->setWordWrap(true);
    m_limitsTable = tableOf(m_limits, pane);
    m_limitsTable->setObjectName(QStringLiteral("limitsTableView"));
    const int letter = fontMetrics().averageCharWidth();
    m_limitsTable->horizontalHeader()->setSectionResizeMode(LimitsModel::Rules,
                                                            QHeaderView::Interactive);
    m_limitsTable->setColumnWidth(LimitsModel::Rules, letter * 40);
    m_limitsTable->horizontalHeader()->setSectionResizeMode(LimitsModel::Source,
                                                            QHeaderView::Stretch);
    (new ColumnRoom(m_limitsTable, LimitsModel::Source, {LimitsModel::Allowed, LimitsModel::Rules}))
        ->setNeeded(letter * 16);
    auto* column = new QVBoxLayout(pane);
    column->setContentsMargins(kGap, 0, 0, 0);
    column->setSpacing(kGap);
    column->addWidget(m_name);
    column->addWidget(m_text);
    column->addWidget(m_facts);
    column->addWidget(m_limitsTable, 1);
    return pane;
}

const KnownProfile* ProfilesPage::current() const {
    const auto rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? nullptr : m_model->at(rows.first().row());
}

void ProfilesPage::refresh() {
    const KnownProfile* before = current();
    const QString kept = before ? before->profile.id : m_context.settings.profile();
    QStringList problems;
    m_model->setProfiles(profileStore().list(&problems), m_context.settings.profile());
    m_room->setNeeded(widestName());
    select(kept);
    if (!problems.isEmpty()) {
        m_banner->showText(Banner::Kind::Error, problems.first(),
                           problems.mid(1).join(QLatin1Char('\n')));
    }
}

// The default one is bold.
int ProfilesPage::widestName() const {
    QFont bold = m_table->font();
    bold.setBold(true);
    int widest = 0;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        widest = std::max(widest, QFontMetrics(bold).horizontalAdvance(
                                      m_model->index(row, ProfilesModel::Name).data().toString()));
    }
    return widest + 3 * kGap;  // what the cell keeps free on both sides
}

void ProfilesPage::select(const QString& id) {
    if (m_model->rowCount() > 0) {
        m_table->selectRow(std::max(0, m_model->rowOf(id)));
    }
    showDetails();
    updateActions();
}

void ProfilesPage::showDetails() {
    const KnownProfile* known = current();
    if (known == nullptr) {
        m_limits->setProfile({});
        return;
    }
    const Profile& p = known->profile;
    const QString text = isChinese() ? p.descriptionZh : p.descriptionEn;
    m_name->setText(profileTitle(p));
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_facts->setText(known->shipped()
                         ? tr("Version %1 · %2 · with the program, read only", "version, id")
                               .arg(p.version, p.id)
                         : tr("Version %1 · %2 · own profile of this computer account, changed %3",
                              "version, id, date")
                               .arg(p.version, p.id,
                                    dateTimeText(QFileInfo(known->file).lastModified().toUTC())));
    m_limits->setProfile(p);
}

// --- What can be done ---

QString ProfilesPage::whyNotChange() const {
    return m_context.session.isAdministrator() ? QString()
                                               : tr("Only administrators change the profiles.");
}

void ProfilesPage::updateActions() {
    const KnownProfile* known = current();
    const QString none = known ? QString() : tr("Select a profile first.");
    const QString change = whyNotChange();
    const bool isDefault = known && known->profile.id == m_context.settings.profile();
    const auto first = [](const QStringList& reasons) {
        for (const QString& reason : reasons) {
            if (!reason.isEmpty()) {
                return reason;
            }
        }
        return QString();
    };
    const QString shipped =
        known && known->shipped()
            ? tr("It came with the program and stays as it is. Copy it and change the copy.")
            : QString();
    setEnabledOrWhy(m_copy, first({change, none}));
    setEnabledOrWhy(m_edit, first({change, none, shipped}));
    setEnabledOrWhy(m_import, change);
    setEnabledOrWhy(m_export, none);
    setEnabledOrWhy(m_default,
                    first({none, isDefault ? tr("It is the default already.") : QString()}),
                    tr("New runs are judged with it unless another one is chosen."));
    setEnabledOrWhy(
        m_remove,
        first({change, none, shipped,
               isDefault ? tr("It is the default of new runs. Choose another default first.")
                         : QString()}));
}

bool ProfilesPage::isEditing() const {
    return m_stack->currentWidget() == m_editor;
}

bool ProfilesPage::mayLeave() {
    return !isEditing() || !m_editor->isDirty() ||
           asking().confirm(
               this, {tr("Leave the profile"), tr("The changes of this profile are not saved."),
                      tr("Discard changes"), true});
}

void ProfilesPage::stopEditing() {
    if (!isEditing()) {
        return;
    }
    m_stack->setCurrentIndex(0);
    keepDraft();  // saved or thrown away: there is none any more
    m_draftFile = {};
    setFirstFocus(m_table);
    m_table->setFocus();
}

void ProfilesPage::report(const Status& status) {
    if (status.ok()) {
        m_banner->clear();
        return;
    }
    m_banner->showError(status.error());
    Q_EMIT failed(status.error());
}

void ProfilesPage::done(const QString& sentence, const std::function<Status()>& undo) {
    m_banner->showText(Banner::Kind::Info, sentence);
    if (undo) {
        QPushButton* button = m_banner->addAction(tr("Undo"));
        button->setObjectName(QStringLiteral("undoProfileChangePushButton"));
        connect(button, &QPushButton::clicked, this, [this, undo] {
            report(undo());
            refresh();
            Q_EMIT profilesChanged();
        });
    }
    Q_EMIT profilesChanged();
}

// --- Changes ---

void ProfilesPage::copy() {
    if (const KnownProfile* known = current()) {
        Profile draft = known->profile;
        draft.id.clear();
        draft.nameEn = QStringLiteral("%1 (copy)").arg(draft.nameEn);
        draft.nameZh = QStringLiteral("%1（副本）").arg(draft.nameZh);
        startEditing(draft, QStringLiteral("copy of ") + known->profile.id);
    }
}

void ProfilesPage::edit() {
    if (const KnownProfile* known = current()) {
        startEditing(known->profile, known->profile.id);
    }
}

void ProfilesPage::startEditing(const Profile& profile, const QString& draftName) {
    m_banner->clear();
    m_stack->setCurrentWidget(m_editor);
    m_editor->edit(profile);
    m_draftFile = DraftFile({QStringLiteral("profile"), m_context.workspace.settings().location(),
                             QString::number(m_context.session.user.value), draftName});
    const auto kept = m_draftFile.kept();
    const QString when = dateTimeText(m_draftFile.keptAt());
    if (kept && m_editor->takeDraft(*kept)) {
        m_banner->showText(Banner::Kind::Info,
                           tr("The program ended before the changes of %1 were saved. They are "
                              "back; save them, or undo.")
                               .arg(when));
    }
}

void ProfilesPage::keepDraft() {
    m_keepSoon.stop();
    if (isEditing() && m_editor->isDirty()) {
        m_draftFile.keep(m_editor->draft());
    } else {
        m_draftFile.forget();
    }
}

void ProfilesPage::save() {
    const Profile wanted = m_editor->profile();
    const auto library = profileLibrary(m_context);
    const auto before = library.store().find(wanted.id);
    const bool isNew = wanted.id.isEmpty();
    const auto saved =
        isNew ? library.add(m_context.session, wanted) : library.save(m_context.session, wanted);
    if (!saved.ok()) {
        report(saved.error());
        return;
    }
    stopEditing();
    refresh();
    select(saved->profile.id);
    const QString sentence = tr("%1 was saved as version %2.", "profile")
                                 .arg(profileTitle(saved->profile), saved->profile.version);
    if (isNew) {
        done(sentence, [this, id = saved->profile.id]() -> Status {
            CVD_TRY(profileLibrary(m_context).remove(m_context.session, id));
            return {};
        });
    } else {
        done(sentence, [this, earlier = before->profile]() -> Status {
            // What was saved once may have judged already: the earlier one becomes a new version.
            CVD_TRY(profileLibrary(m_context).save(m_context.session, earlier));
            return {};
        });
    }
}

void ProfilesPage::import() {
    const QStringList files = asking().openFiles(
        this, tr("Choose a rule profile"), m_context.settings.lastFolder(kFolderRole),
        tr("Rule profiles (%1);;All files (%2)")
            .arg(QStringLiteral("*.json"), QStringLiteral("*")));
    if (files.isEmpty()) {
        return;
    }
    m_context.settings.setLastFolder(kFolderRole, QFileInfo(files.first()).absolutePath());
    const auto known = m_model->rowCount();
    const auto added = profileLibrary(m_context).import(m_context.session, files.first());
    if (!added.ok()) {
        report(added.error());
        return;
    }
    refresh();
    select(added->profile.id);
    if (m_model->rowCount() == known) {
        done(tr("%1 is there already.", "profile").arg(profileTitle(added->profile)));
        return;
    }
    done(tr("%1 was imported as %2.", "profile, id")
             .arg(profileTitle(added->profile), added->profile.id),
         [this, id = added->profile.id]() -> Status {
             CVD_TRY(profileLibrary(m_context).remove(m_context.session, id));
             return {};
         });
}

void ProfilesPage::exportCurrent() {
    const KnownProfile* known = current();
    if (known == nullptr) {
        return;
    }
    const QString file =
        asking().saveFile(this, tr("Export the rule profile"),
                          QDir(m_context.settings.lastFolder(kFolderRole))
                              .filePath(known->profile.id + QStringLiteral(".json")),
                          tr("Rule profiles (%1);;All files (%2)")
                              .arg(QStringLiteral("*.json"), QStringLiteral("*")));
    if (file.isEmpty()) {
        return;
    }
    m_context.settings.setLastFolder(kFolderRole, QFileInfo(file).absolutePath());
    const Status written = profileStore().exportTo(known->profile.id, file);
    report(written);
    if (written.ok()) {
        m_banner->showText(
            Banner::Kind::Info,
            tr("The profile was written to %1.").arg(QDir::toNativeSeparators(file)));
    }
}

void ProfilesPage::makeDefault() {
    if (const KnownProfile* known = current()) {
        const QString title = profileTitle(known->profile);
        const QString before = m_context.settings.profile();
        m_context.settings.setProfile(known->profile.id);
        refresh();
        done(tr("New runs are judged with %1.").arg(title), [this, before]() -> Status {
            m_context.settings.setProfile(before);
            return {};
        });
    }
}

void ProfilesPage::remove() {
    const KnownProfile* known = current();
    if (known == nullptr ||
        !asking().confirm(this, {tr("Delete profile"),
                                 tr("Delete %1 from this computer? Results that were judged with "
                                    "it stay, and keep it.")
                                     .arg(profileTitle(known->profile)),
                                 tr("Delete"), true})) {
        return;
    }
    const auto removed = profileLibrary(m_context).remove(m_context.session, known->profile.id);
    if (!removed.ok()) {
        report(removed.error());
        refresh();
        return;
    }
    refresh();
    done(tr("%1 was deleted.", "profile").arg(profileTitle(*removed)),
         [this, profile = *removed]() -> Status {
             CVD_TRY(profileLibrary(m_context).restore(m_context.session, profile));
             return {};
         });
}

// --- Texts and colours ---

void ProfilesPage::retranslate() {
    m_title->setText(tr("Rule profiles"));
    m_copy->setText(tr("Copy as own profile…"));
    m_edit->setText(tr("Edit…"));
    m_import->setText(tr("Import…"));
    m_export->setText(tr("Export…"));
    m_default->setText(tr("Make default"));
    m_remove->setText(tr("Delete…"));
    m_table->setAccessibleName(tr("Rule profiles"));
    m_limitsTable->setAccessibleName(tr("Limits of the profile"));
    refresh();
}

void ProfilesPage::restyle() {
    m_copy->setIcon(icon(QStringLiteral("copy"), tokens().onAccent));
    m_edit->setIcon(icon(QStringLiteral("edit")));
    m_import->setIcon(icon(QStringLiteral("import")));
    m_default->setIcon(icon(QStringLiteral("check")));
    m_remove->setIcon(icon(QStringLiteral("delete")));
}

}  // namespace cvd::ui
