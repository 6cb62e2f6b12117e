#include "ui/profile_editor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QUndoCommand>
#include <QVBoxLayout>
#include <cmath>

#include "ui/language.h"
#include "ui/profiles_model.h"
#include "ui/theme.h"

namespace cvd::ui {

using compliance::Parameter;
using compliance::ParameterKey;
using compliance::parameterKeys;
using compliance::ParameterProblem;
using compliance::Profile;
using compliance::SourceStatus;

namespace {

enum Column { LimitColumn, ValueColumn, UnitColumn, RangeColumn, SourceColumn, CheckedColumn };
constexpr int kNameFields = 4;
constexpr int kLongestName = 100, kLongestText = 400;
constexpr SourceStatus kStatuses[] = {SourceStatus::Read, SourceStatus::Secondary,
                                      SourceStatus::GeneralKnowledge, SourceStatus::OurSetting};

// In the user's form, or as a program writes it.
std::optional<double> numberIn(const QString& text) {
    bool ok = false;
    double value = QLocale().toDouble(text.trimmed(), &ok);
    if (!ok) {
        value = QLocale::c().toDouble(text.trimmed(), &ok);
    }
    return ok && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

}  // namespace

// One field before and after; typing in one field is one step.
class ProfileEditor::Change : public QUndoCommand {
public:
    Change(ProfileEditor* editor, State before, State after, int field)
        : m_editor(editor),
          m_before(std::move(before)),
          m_after(std::move(after)),
          m_field(field) {}
    void undo() override { m_editor->show(m_before); }
    void redo() override {
        if (!(m_editor->m_state == m_after)) {
            m_editor->show(m_after);
        }
    }
    int id() const override { return m_field; }
    bool mergeWith(const QUndoCommand* other) override {
        m_after = static_cast<const Change*>(other)->m_after;
        return true;
    }

private:
    ProfileEditor* m_editor;
    State m_before, m_after;
    int m_field;
};

ProfileEditor::ProfileEditor(QWidget* parent) : Page(parent) {
    setObjectName(QStringLiteral("profileEditor"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGap);
    column->addWidget(head());
    m_hint = mutedLabel(this);
    m_hint->setWordWrap(true);
    column->addWidget(m_hint);
    m_scroll = new QScrollArea(this);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(form());
    column->addWidget(m_scroll, 1);
    connect(&m_undo, &QUndoStack::indexChanged, this, [this] {
        check();
        Q_EMIT changed();
    });
    for (QLineEdit* edit : findChildren<QLineEdit*>()) {
        edit->installEventFilter(this);
    }
    ProfileEditor::retranslate();
}

// The stack says that it becomes empty while the rest of this is gone already.
ProfileEditor::~ProfileEditor() {
    m_undo.disconnect(this);
}

QWidget* ProfileEditor::head() {
    auto* row = new QWidget(this);
    m_title = titleLabel(row, "profileEditorTitleLabel");
    m_undoButton = new QToolButton(row);
    m_undoButton->setObjectName(QStringLiteral("undoProfileToolButton"));
    m_redoButton = new QToolButton(row);
    m_redoButton->setObjectName(QStringLiteral("redoProfileToolButton"));
    m_cancel = new QPushButton(row);
    m_cancel->setObjectName(QStringLiteral("cancelProfilePushButton"));
    m_save = new QPushButton(row);
    m_save->setObjectName(QStringLiteral("saveProfilePushButton"));
    makePrimary(m_save);
    for (QToolButton* button : {m_undoButton, m_redoButton}) {
        button->setProperty("panel", true);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    }
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    layout->addWidget(m_title);
    layout->addStretch(1);
    for (QWidget* w :
         std::initializer_list<QWidget*>{m_undoButton, m_redoButton, m_cancel, m_save}) {
        layout->addWidget(w);
    }
    connect(m_undoButton, &QToolButton::clicked, &m_undo, &QUndoStack::undo);
    connect(m_redoButton, &QToolButton::clicked, &m_undo, &QUndoStack::redo);
    connect(m_save, &QPushButton::clicked, this, &ProfileEditor::saveRequested);
    connect(m_cancel, &QPushButton::clicked, this, &ProfileEditor::cancelRequested);
    return row;
}

QWidget* ProfileEditor::form() {
    auto* inside = new QWidget;
    auto* names = new QGridLayout;
    names->setHorizontalSpacing(kGroupGap);
    names->setVerticalSpacing(kGap);
    const char* objects[kNameFields] = {"profileNameEnLineEdit", "profileNameZhLineEdit",
                                        "profileTextEnLineEdit", "profileTextZhLineEdit"};
    for (int i = 0; i < kNameFields; ++i) {
        m_names[i] = new QLineEdit(inside);
        m_names[i]->setObjectName(QLatin1String(objects[i]));
        m_names[i]->setMaxLength(i < 2 ? kLongestName : kLongestText);
        m_nameLabels[i] = fieldLabel(m_names[i]);
        names->addWidget(m_nameLabels[i], i, 0);
        names->addWidget(m_names[i], i, 1);
        connect(m_names[i], &QLineEdit::textEdited, this,
                [this, i] { fieldChanged(int(m_rows.size()) + i); });
    }
    m_nameProblem = new QLabel(inside);
    m_nameProblem->setObjectName(QStringLiteral("profileNameProblemLabel"));
    m_nameProblem->setProperty("role", "problem");
    names->addWidget(m_nameProblem, kNameFields, 1);
    names->setColumnStretch(1, 1);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(kGroupGap);
    grid->setVerticalSpacing(4);
    for (int i = LimitColumn; i <= CheckedColumn; ++i) {
        auto* label = new QLabel(inside);
        label->setProperty("role", "head");
        m_heads << label;
        grid->addWidget(label, 0, i);
    }
    for (int i = 0; i < parameterKeys().size(); ++i) {
        addRow(grid, i);
    }
    grid->setColumnStretch(LimitColumn, 4);
    grid->setColumnStretch(SourceColumn, 4);
    grid->setColumnStretch(CheckedColumn, 3);
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, kGap, 0);
    column->setSpacing(kGroupGap);
    column->addLayout(names);
    column->addLayout(grid);
    column->addStretch();
    return inside;
}

void ProfileEditor::addRow(QGridLayout* grid, int index) {
    const QString key = QString::fromLatin1(parameterKeys()[index].key);
    Row row;
    row.set = new QCheckBox;
    row.label = new QLabel;
    row.label->setWordWrap(true);
    row.label->setMinimumWidth(150);
    row.value = new QLineEdit;
    row.value->setObjectName(key + QStringLiteral("LineEdit"));
    row.value->setAlignment(Qt::AlignRight);
    row.value->setMaxLength(12);
    row.value->setFixedWidth(88);
    row.set->setObjectName(key + QStringLiteral("CheckBox"));
    row.unit = mutedLabel(this);
    row.range = mutedLabel(this);
    row.source = new QLineEdit;
    row.source->setObjectName(key + QStringLiteral("SourceLineEdit"));
    row.source->setMaxLength(kLongestText);
    row.source->setMinimumWidth(96);
    row.status = new QComboBox;
    row.status->setObjectName(key + QStringLiteral("StatusComboBox"));
    row.status->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    row.status->setMinimumContentsLength(16);
    row.status->setFocusPolicy(Qt::StrongFocus);  // the wheel scrolls the form
    row.status->installEventFilter(this);
    for (const SourceStatus status : kStatuses) {
        row.status->addItem(QString(), int(status));
    }
    row.problem = new QLabel;
    row.problem->setObjectName(key + QStringLiteral("ProblemLabel"));
    row.problem->setProperty("role", "problem");
    row.problem->setWordWrap(true);
    row.problem->hide();
    const int line = 1 + 2 * index;
    auto* name = new QWidget;
    auto* side = new QHBoxLayout(name);
    side->setContentsMargins(0, 0, 0, 0);
    side->setSpacing(kGap);
    side->addWidget(row.set);
    side->addWidget(row.label, 1);
    QWidget* const cells[] = {name, row.value, row.unit, row.range, row.source, row.status};
    for (int c = LimitColumn; c <= CheckedColumn; ++c) {
        grid->addWidget(cells[c], line, c);
    }
    grid->addWidget(row.problem, line + 1, ValueColumn, 1, CheckedColumn - ValueColumn + 1);
    m_rows << row;
    connect(row.set, &QCheckBox::clicked, this, [this, index] { fieldChanged(index); });
    connect(row.value, &QLineEdit::textEdited, this, [this, index] { fieldChanged(index); });
    connect(row.source, &QLineEdit::textEdited, this, [this, index] { fieldChanged(index); });
    connect(row.status, &QComboBox::activated, this, [this, index] { fieldChanged(index); });
}

// --- What is edited ---

void ProfileEditor::edit(const Profile& profile) {
    m_original = profile;
    State state{profile.nameEn, profile.nameZh, profile.descriptionEn, profile.descriptionZh, {}};
    for (const ParameterKey& key : parameterKeys()) {
        const Parameter* p = profile.find(QLatin1String(key.key));
        state.limits << (p ? LimitState{true, limitNumber(p->value), p->source, p->status}
                           : LimitState{});
    }
    m_first = state;
    show(state);
    m_undo.clear();
    m_scroll->ensureVisible(0, 0);
    retranslate();
    m_names[isChinese() ? 1 : 0]->setFocus();
    m_names[isChinese() ? 1 : 0]->selectAll();
}

bool ProfileEditor::isDirty() const {
    return !(m_state == m_first);
}

Profile ProfileEditor::profile() const {
    Profile p = m_original;
    p.nameEn = m_state.nameEn.simplified();
    p.nameZh = m_state.nameZh.simplified();
    p.nameEn = p.nameEn.isEmpty() ? p.nameZh : p.nameEn;
    p.nameZh = p.nameZh.isEmpty() ? p.nameEn : p.nameZh;
    p.descriptionEn = m_state.descriptionEn.trimmed();
    p.descriptionZh = m_state.descriptionZh.trimmed();
    p.parameters.clear();
    for (int i = 0; i < m_state.limits.size(); ++i) {
        const LimitState& limit = m_state.limits[i];
        const ParameterKey& key = parameterKeys()[i];
        // A value that was not touched keeps all its digits.
        const Parameter* before = m_original.find(QLatin1String(key.key));
        const auto typed = before && limit.value == m_first.limits[i].value
                               ? std::optional(before->value)
                               : numberIn(limit.value);
        if (limit.set && typed) {
            p.parameters.append({QLatin1String(key.key), *typed, QLatin1String(key.unit),
                                 limit.source.trimmed(), limit.status});
        }
    }
    return p;
}

QString ProfileEditor::whyNotSave() const {
    if (!m_problems.isEmpty()) {
        return m_problems.first();
    }
    return isDirty() || m_original.id.isEmpty() ? QString() : tr("Nothing was changed.");
}

QByteArray ProfileEditor::draft() const {
    QJsonArray limits;
    for (const LimitState& limit : m_state.limits) {
        limits.append(QJsonArray{limit.set, limit.value, limit.source, int(limit.status)});
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("names"),
                                      QJsonArray{m_state.nameEn, m_state.nameZh,
                                                 m_state.descriptionEn, m_state.descriptionZh}},
                                     {QStringLiteral("limits"), limits}})
        .toJson(QJsonDocument::Compact);
}

bool ProfileEditor::takeDraft(const QByteArray& json) {
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    const QJsonArray names = object[QStringLiteral("names")].toArray();
    const QJsonArray limits = object[QStringLiteral("limits")].toArray();
    // Another version of the program may know other limits.
    if (names.size() != kNameFields || limits.size() != m_state.limits.size()) {
        return false;
    }
    State state{
        names[0].toString(), names[1].toString(), names[2].toString(), names[3].toString(), {}};
    for (const QJsonValue& value : limits) {
        const QJsonArray limit = value.toArray();
        state.limits << LimitState{
            limit.at(0).toBool(), limit.at(1).toString(), limit.at(2).toString(),
            SourceStatus(std::clamp(limit.at(3).toInt(), 0, int(SourceStatus::OurSetting)))};
    }
    if (state == m_state) {
        return false;
    }
    constexpr int kNeverMerged = -1;
    m_undo.push(new Change(this, m_state, state, kNeverMerged));
    return true;
}

ProfileEditor::State ProfileEditor::shown() const {
    State state{m_names[0]->text(), m_names[1]->text(), m_names[2]->text(), m_names[3]->text(), {}};
    for (const Row& row : m_rows) {
        state.limits << LimitState{row.set->isChecked(), row.value->text(), row.source->text(),
                                   SourceStatus(row.status->currentData().toInt())};
    }
    return state;
}

void ProfileEditor::show(const State& state) {
    const bool before = std::exchange(m_showing, true);
    const QString names[kNameFields] = {state.nameEn, state.nameZh, state.descriptionEn,
                                        state.descriptionZh};
    const auto put = [](QLineEdit* edit, const QString& text) {
        if (edit->text() != text) {  // the cursor stays where it is
            edit->setText(text);
            if (!edit->hasFocus()) {
                edit->setCursorPosition(0);  // a long source is read from its beginning
            }
        }
    };
    for (int i = 0; i < kNameFields; ++i) {
        put(m_names[i], names[i]);
    }
    for (int i = 0; i < m_rows.size(); ++i) {
        const LimitState& limit = state.limits[i];
        m_rows[i].set->setChecked(limit.set);
        put(m_rows[i].value, limit.value);
        put(m_rows[i].source, limit.source);
        m_rows[i].status->setCurrentIndex(m_rows[i].status->findData(int(limit.status)));
    }
    m_state = state;
    m_showing = before;
    check();
}

void ProfileEditor::fieldChanged(int field) {
    if (m_showing) {
        return;
    }
    State after = shown();
    if (field < m_rows.size()) {
        followValue(after, field);
    }
    if (!(after == m_state)) {
        m_undo.push(new Change(this, m_state, after, field));
    }
}

// Another number is not what the source says: it becomes a setting of one's own until somebody
// names a source for it, and gets its old one back with its old value.
void ProfileEditor::followValue(State& state, int index) const {
    LimitState& now = state.limits[index];
    const LimitState &was = m_state.limits[index], &first = m_first.limits[index];
    if (now.value == was.value || now.source != was.source || now.status != was.status) {
        return;
    }
    const bool cited = was.source == first.source && was.status == first.status;
    const bool ours = was.source.isEmpty() && was.status == SourceStatus::OurSetting;
    if (now.value != first.value && cited) {
        now.source.clear();
        now.status = SourceStatus::OurSetting;
    } else if (now.value == first.value && ours) {
        now.source = first.source;
        now.status = first.status;
    }
}

// --- What is wrong with it ---

QString ProfileEditor::wordsFor(const ParameterProblem& problem) const {
    const ParameterKey& key = *compliance::findParameterKey(problem.key);
    switch (problem.kind) {
        case ParameterProblem::Kind::OutOfRange:
            return tr("Enter a value from %1 to %2 %3.", "smallest, largest, unit")
                .arg(limitNumber(key.lowest), limitNumber(key.highest),
                     limitUnit(QString::fromLatin1(key.unit)));
        case ParameterProblem::Kind::NotSmaller:
            return tr("This must be smaller than “%1”.")
                .arg(limitLabel(*compliance::findParameterKey(problem.other)));
        case ParameterProblem::Kind::NoSource:
            return tr("Name the source, or choose “%1”.")
                .arg(sourceStatusLabel(SourceStatus::OurSetting));
        case ParameterProblem::Kind::Missing:
            break;
    }
    return tr("Every profile needs this limit.");
}

void ProfileEditor::noteProblem(int index, const QString& sentence) {
    const Row& row = m_rows[index];
    if (row.problem->isHidden()) {
        row.problem->setText(sentence);
        row.problem->show();
        m_problems << QStringLiteral("%1: %2").arg(row.label->text(), sentence);
    }
}

void ProfileEditor::check() {
    m_problems.clear();
    const bool unnamed =
        m_state.nameEn.simplified().isEmpty() && m_state.nameZh.simplified().isEmpty();
    m_nameProblem->setText(unnamed ? tr("Give the profile a name in one language at least.")
                                   : QString());
    m_nameProblem->setVisible(unnamed);
    if (unnamed) {
        m_problems << m_nameProblem->text();
    }
    for (int i = 0; i < m_state.limits.size(); ++i) {
        Row& row = m_rows[i];
        const LimitState& limit = m_state.limits[i];
        row.problem->hide();
        row.problem->clear();
        for (QWidget* w : std::initializer_list<QWidget*>{row.value, row.source, row.status}) {
            setEnabledOrWhy(w, limit.set ? QString() : tr("This limit is not set."));
        }
        if (limit.set && !numberIn(limit.value)) {
            noteProblem(i, tr("Enter a number."));
        }
    }
    const Profile p = profile();
    for (const ParameterProblem& problem : compliance::parameterProblems(p)) {
        for (int i = 0; i < m_rows.size(); ++i) {
            if (problem.key == QLatin1String(parameterKeys()[i].key)) {
                noteProblem(i, wordsFor(problem));
            }
        }
    }
    setEnabledOrWhy(m_undoButton, m_undo.canUndo() ? QString() : tr("There is nothing to undo."));
    setEnabledOrWhy(m_redoButton, m_undo.canRedo() ? QString() : tr("There is nothing to redo."));
    setEnabledOrWhy(m_save, whyNotSave());
}

bool ProfileEditor::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Wheel && qobject_cast<QComboBox*>(watched)) {
        event->ignore();
        return true;
    }
    const bool key = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (key && qobject_cast<QLineEdit*>(watched)) {
        // One history for the whole form instead of one in each field.
        auto* press = static_cast<QKeyEvent*>(event);
        const bool undo = press->matches(QKeySequence::Undo);
        if (undo || press->matches(QKeySequence::Redo)) {
            if (event->type() == QEvent::KeyPress) {
                undo ? m_undo.undo() : m_undo.redo();
            }
            event->accept();
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

// --- Texts and colours ---

void ProfileEditor::retranslate() {
    m_title->setText(m_original.id.isEmpty()
                         ? tr("New rule profile")
                         : tr("Edit version %1", "profile").arg(m_original.version));
    m_hint->setText(
        tr("Saving makes the next version. Results keep the version that they were judged with. "
           "Another number loses its source until you name one for it."));
    m_undoButton->setText(tr("Undo"));
    m_redoButton->setText(tr("Redo"));
    m_cancel->setText(tr("Cancel"));
    m_save->setText(tr("Save"));
    const QString names[kNameFields] = {tr("&Name in English"), tr("Name in &Chinese"),
                                        tr("Description in English"), tr("Description in Chinese")};
    for (int i = 0; i < kNameFields; ++i) {
        m_nameLabels[i]->setText(names[i]);
    }
    const QString heads[] = {tr("Limit"),   tr("Value"),  tr("Unit"),
                             tr("Allowed"), tr("Source"), tr("Checked")};
    for (int i = 0; i < m_heads.size(); ++i) {
        m_heads[i]->setText(heads[i]);
    }
    for (int i = 0; i < m_rows.size(); ++i) {
        const ParameterKey& key = parameterKeys()[i];
        const QString label = limitLabel(key);
        Row& row = m_rows[i];
        row.label->setText(label);
        row.label->setToolTip(limitRules(key));
        row.set->setToolTip(limitRules(key));
        row.set->setAccessibleName(label);
        row.unit->setText(limitUnit(QString::fromLatin1(key.unit)));
        row.range->setText(limitRange(key));
        row.value->setAccessibleName(label);
        row.source->setAccessibleName(tr("Source of: %1").arg(label));
        row.status->setAccessibleName(tr("How far it was checked: %1").arg(label));
        for (int s = 0; s < row.status->count(); ++s) {
            row.status->setItemText(
                s, sourceStatusLabel(SourceStatus(row.status->itemData(s).toInt())));
        }
    }
    check();
}

}  // namespace cvd::ui
