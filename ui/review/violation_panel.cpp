#include "ui/review/violation_panel.h"

#include <QAction>
#include <QApplication>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSignalBlocker>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/text/text.h"
#include "ui/column_room.h"
#include "ui/review/action_button.h"
#include "ui/review/filter_chip.h"
#include "ui/review/flow_layout.h"
#include "ui/review/range_chip.h"
#include "ui/review/review_colours.h"
#include "ui/review/review_text.h"
#include "ui/review/scope_chip.h"
#include "ui/review/violation_model.h"

namespace cvd::ui {

namespace {

constexpr int kCompactPx = 520;

template <typename T>
QSet<T> toSet(const QList<QVariant>& values) {
    QSet<T> set;
    for (const auto& value : values) {
        set.insert(value.value<T>());
    }
    return set;
}

QLabel* mutedLabel(QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

}  // namespace

ViolationPanel::ViolationPanel(QWidget* parent) : FindingPanel(parent) {
    setObjectName(QStringLiteral("violationPanel"));
    m_model = new ViolationModel(this);
    m_filter = new ViolationFilter(this);
    m_filter->setSourceModel(m_model);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    makeFilters();
    makeTable("violationTableView", "emptyListLabel", m_filter, ViolationModel::Time,
              ViolationModel::Rule,
              {ViolationModel::Frame, ViolationModel::Severity, ViolationModel::Measured});
    m_table->setIconSize(QSize(16, 16));
    // What does not fit beside the video is one click on the header away.
    for (const int column : {ViolationModel::Duration, ViolationModel::Score,
                             ViolationModel::Reviewer, ViolationModel::Note}) {
        m_table->setColumnHidden(column, true);
    }
    connect(m_table->horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column) {
        if (column == ViolationModel::Severity) {
            m_model->setSeverityBesideRule(m_table->isColumnHidden(column));
        }
    });
    m_emptyButton->setObjectName(QStringLiteral("clearFiltersPushButton"));
    layout->addWidget(listArea(), 1);
    makeDetails();

    connect(m_emptyButton, &QPushButton::clicked, this, [this] { clearFilters(); });
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this] {
        updateCounter();
        updateDetails();
    });
    retranslate();
    applyPalette();
    setViolations({});
}

void ViolationPanel::resizeEvent(QResizeEvent* event) {
    FindingPanel::resizeEvent(event);
    labelCannotJudge();
    const bool compact = height() < kCompactPx;
    if (compact != m_compact) {
        m_compact = compact;
        m_showChips->setVisible(compact);
        m_chips->setVisible(!compact || m_showChips->isChecked());
        updateDetails();
    }
}

int ViolationPanel::rowOfId(qint64 id) const {
    return m_filter->rowOf(id);
}

void ViolationPanel::clearFilters() {
    for (auto* chip : {m_ruleChip, m_verdictChip, m_severityChip, m_peopleChip}) {
        chip->setChosen({});
    }
    for (auto* chip : {m_scoreChip, m_timeChip}) {
        chip->setRange({}, {});
    }
    m_scope->setScope({}, {});
    const QSignalBlocker quiet(m_search);
    m_search->clear();
    applyFilters();
}

void ViolationPanel::makeFilters() {
    auto* outer = static_cast<QVBoxLayout*>(layout());
    m_chips = new QWidget(this);
    auto* chips = new FlowLayout(4);
    chips->setContentsMargins(0, 0, 0, 0);
    m_chips->setLayout(chips);
    const auto chip = [&](const char* name) {
        auto* button = new FilterChip(this);
        button->setObjectName(QString::fromLatin1(name));
        chips->addWidget(button);
        connect(button, &FilterChip::chosenChanged, this, [this] { applyFilters(); });
        return button;
    };
    m_ruleChip = chip("ruleFilterChip");
    m_verdictChip = chip("verdictFilterChip");
    m_severityChip = chip("severityFilterChip");
    const auto range = [&](const char* name, RangeChip::Read read, RangeChip::Show show) {
        auto* button = new RangeChip(std::move(read), std::move(show), this);
        button->setObjectName(QString::fromLatin1(name));
        chips->addWidget(button);
        connect(button, &RangeChip::rangeChanged, this, [this] { applyFilters(); });
        return button;
    };
    m_scoreChip = range(
        "scoreFilterChip",
        [](const QString& text) {
            bool number = false;
            const double percent = QLocale().toDouble(text, &number);
            return number ? std::optional(percent / 100) : std::nullopt;
        },
        [](double score) { return QString::number(qRound(score * 100)); });
    m_timeChip = range("timeFilterChip", parseTime, timeText);
    m_peopleChip = chip("reviewerFilterChip");
    m_counter = new QLabel(this);
    m_counter->setObjectName(QStringLiteral("unreviewedCountLabel"));
    outer->addWidget(m_chips);

    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    m_search = new QLineEdit(this);
    m_search->setObjectName(QStringLiteral("violationSearchLineEdit"));
    m_search->setClearButtonEnabled(true);
    row->addWidget(m_search, 1);
    m_cannotJudge = new QToolButton(this);
    m_cannotJudge->setObjectName(QStringLiteral("cannotJudgeButton"));
    m_cannotJudge->setCheckable(true);
    m_cannotJudge->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_cannotJudge->setProperty("panel", true);
    row->addWidget(m_cannotJudge);
    m_showChips = new QToolButton(this);
    m_showChips->setObjectName(QStringLiteral("showFiltersButton"));
    m_showChips->setCheckable(true);
    m_showChips->setProperty("panel", true);
    m_showChips->hide();
    connect(m_showChips, &QToolButton::toggled, this,
            [this](bool on) { m_chips->setVisible(on || !m_compact); });
    row->addWidget(m_showChips);
    row->addWidget(m_counter);
    outer->addLayout(row);
    m_scope = new ScopeChip(this);
    outer->addWidget(m_scope, 0, Qt::AlignLeft);
    connect(m_scope, &ScopeChip::dismissed, this, [this] { applyFilters(); });
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, [this] { applyFilters(); });
    connect(m_cannotJudge, &QToolButton::toggled, this, [this] { applyFilters(); });
}

QLabel* ViolationPanel::addDetail(int row, int column, QLabel** title) {
    *title = mutedLabel(m_details);
    auto* value = new QLabel(m_details);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value->setFocusPolicy(Qt::NoFocus);
    m_grid->addWidget(*title, row, column * 2);
    m_grid->addWidget(value, row, column * 2 + 1);
    return value;
}

void ViolationPanel::makeDetails() {
    m_details = new QWidget(this);
    m_details->setObjectName(QStringLiteral("violationDetails"));
    auto* layout = new QVBoxLayout(m_details);
    m_several = new QLabel(m_details);
    m_several->setObjectName(QStringLiteral("severalSelectedLabel"));
    m_several->setWordWrap(true);
    m_several->hide();
    layout->addWidget(m_several);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto* head = new QHBoxLayout;
    m_titleIcon = new QLabel(m_details);
    m_title = new QLabel(m_details);
    m_title->setObjectName(QStringLiteral("violationTitleLabel"));
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    QFont strong = m_title->font();
    strong.setWeight(QFont::DemiBold);
    m_title->setFont(strong);
    head->addWidget(m_titleIcon);
    head->addWidget(m_title, 1);
    layout->addLayout(head);
    m_reason = new QLabel(m_details);
    m_reason->setObjectName(QStringLiteral("violationReasonLabel"));
    m_reason->setWordWrap(true);
    layout->addWidget(m_reason);

    m_grid = new QGridLayout;
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(2);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnStretch(3, 1);
    m_measured = addDetail(0, 0, &m_measuredTitle);
    m_confidence = addDetail(0, 1, &m_confidenceTitle);
    m_insertion = addDetail(1, 0, &m_insertionTitle);
    m_position = addDetail(1, 1, &m_positionTitle);
    m_insertion->setTextInteractionFlags(Qt::LinksAccessibleByMouse);
    m_sourceTitle = mutedLabel(m_details);
    m_source = new QLabel(m_details);
    m_source->setWordWrap(true);
    m_grid->addWidget(m_sourceTitle, 2, 0, Qt::AlignTop);
    m_grid->addWidget(m_source, 2, 1, 1, 3);
    layout->addLayout(m_grid);
    connect(m_insertion, &QLabel::linkActivated, this,
            [this](const QString& link) { Q_EMIT insertionRequested(link.toLongLong()); });

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    const auto button = [&](const char* name) {
        auto* b = new ActionButton(m_details);
        b->setObjectName(QString::fromLatin1(name));
        buttons->addWidget(b, 1);
        return b;
    };
    m_confirm = button("confirmButton");
    m_falseAlarm = button("falseAlarmButton");
    m_undecided = button("undecidedButton");
    layout->addLayout(buttons);

    m_note = new QLineEdit(m_details);
    m_note->setObjectName(QStringLiteral("noteLineEdit"));
    m_note->setMaxLength(500);
    layout->addWidget(m_note);
    m_noteHint = mutedLabel(m_details);
    layout->addWidget(m_noteHint);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            [this] { m_quiet ? void() : updateDetails(); });
    m_history = new QListWidget(m_details);
    m_history->setObjectName(QStringLiteral("historyListWidget"));
    m_history->setSelectionMode(QAbstractItemView::NoSelection);
    m_history->setFocusPolicy(Qt::NoFocus);
    m_history->setWordWrap(true);
    layout->addWidget(m_history);
    this->layout()->addWidget(m_details);

    m_reasons = new QMenu(this);
    m_reasons->setObjectName(QStringLiteral("reasonMenu"));
    connect(m_note, &QLineEdit::textEdited, this, [this](const QString& text) {
        m_drafts[m_current] = text;
        Q_EMIT noteDraftsChanged();
    });
    m_note->installEventFilter(this);
    connect(m_note, &QLineEdit::returnPressed, this, [this] {
        if (!std::exchange(m_noteIsReason, false)) {
            saveNote();
        } else if (!note().isEmpty()) {
            giveVerdict(ReviewVerdict::FalseAlarm);
        }
        m_table->setFocus(Qt::OtherFocusReason);
    });
}

void ViolationPanel::setVerdictActions(QAction* confirm, QAction* falseAlarm, QAction* undecided) {
    m_confirm->setAction(confirm);
    m_falseAlarm->setAction(falseAlarm);
    m_undecided->setAction(undecided);
}

void ViolationPanel::setViolations(const QList<ReviewViolation>& violations) {
    const QScopedValueRollback guard(m_quiet, true);
    m_model->setViolations(violations);
    fitColumns();
    fillChips();
    m_scope->keepOnly([this](qint64 id) { return m_model->find(id) != nullptr; });
    if (!m_model->find(m_current)) {
        m_current = 0;
    }
    applyFilters();
}

void ViolationPanel::setReadOnly(bool readOnly, const QString& why) {
    m_readOnly = readOnly;
    m_readOnlyWhy = why;
    updateDetails();
}

void ViolationPanel::fillChips() {
    QMap<QString, QString> rules;  // by title
    for (const auto& v : m_model->violations()) {
        rules.insert(text::ruleText(v.finding.rule), QString::fromStdString(v.finding.rule));
    }
    QList<FilterChip::Choice> choices;
    for (auto it = rules.begin(); it != rules.end(); ++it) {
        choices.append({it.value(), it.key(), {}});
    }
    m_ruleChip->setChoices(choices);
    choices.clear();
    for (const auto verdict : {ReviewVerdict::Unreviewed, ReviewVerdict::Confirmed,
                               ReviewVerdict::FalseAlarm, ReviewVerdict::Undecided}) {
        choices.append({int(verdict), verdictText(verdict), verdictIcon(verdict, palette())});
    }
    m_verdictChip->setChoices(choices);
    choices.clear();
    for (const auto severity : {Severity::Critical, Severity::Major, Severity::Minor}) {
        Violation sample;
        sample.severity = severity;
        choices.append(
            {int(severity), text::severityText(severity), severityIcon(sample, palette())});
    }
    m_severityChip->setChoices(choices);
    choices = {{kNotSeenByMe, tr("Not looked at by me"), {}}, {kNobody, tr("Nobody"), {}}};
    QStringList names;
    for (const auto& v : m_model->violations()) {
        for (const auto& entry : v.history) {
            names << entry.author;
        }
        names << v.seenBy;
    }
    names.removeAll(QString());
    names.removeDuplicates();
    names.sort(Qt::CaseInsensitive);
    for (const auto& name : names) {
        choices.append({name, name, {}});
    }
    m_peopleChip->setChoices(choices);
    labelCannotJudge();
}

// In a narrow panel the search needs the room more than the button's words.
void ViolationPanel::labelCannotJudge() {
    constexpr int kRoomForWordsPx = 480;
    const auto quiet = m_model->rowCount() - m_model->judgedCount();
    const QString words = tr("Not judged: %1").arg(quiet);
    m_cannotJudge->setText(width() < kRoomForWordsPx ? QString::number(quiet) : words);
    m_cannotJudge->setAccessibleName(words);
    m_cannotJudge->setVisible(quiet > 0);
}

void ViolationPanel::applyFilters() {
    {
        const QScopedValueRollback guard(m_quiet, true);
        m_filter->setRules(toSet<QString>(m_ruleChip->chosen()));
        m_filter->setVerdicts(toSet<int>(m_verdictChip->chosen()));
        m_filter->setSeverities(toSet<int>(m_severityChip->chosen()));
        m_filter->setText(m_search->text());
        m_filter->setIds(m_scope->ids());
        m_filter->setShowCannotJudge(m_cannotJudge->isChecked());
        m_filter->setScores(m_scoreChip->from(), m_scoreChip->to());
        m_filter->setTimes(m_timeChip->from(), m_timeChip->to());
        m_filter->setPeople(toSet<QString>(m_peopleChip->chosen()));
    }
    markCurrentRow(true);
    const bool filtered = m_filter->isFiltering() && m_model->rowCount() > 0;
    showEmpty(m_filter->rowCount() == 0,
              filtered ? tr("No violation passes the filters.")
              : m_model->rowCount() > 0
                  ? tr("No violation was found. Some rules could not be judged: see "
                       "\"Not judged\" above.")
                  : m_emptyText,
              filtered ? tr("Clear the filters") : QString());
    updateCounter();
    updateDetails();
    Q_EMIT filterChanged();
}

void ViolationPanel::updateCounter() {
    const int total = m_model->judgedCount();
    m_counter->setText(total == 0
                           ? QString()
                           : tr("%1 of %2 unreviewed").arg(m_model->unreviewedCount()).arg(total));
    m_counter->setToolTip(
        tr("Neither confirmed nor called a false alarm by anybody. You have not looked at %1.")
            .arg(m_model->unseenCount()));
}

QList<qint64> ViolationPanel::selectedIds() const {
    QList<qint64> ids;
    const auto* selection = m_table->selectionModel();
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        const QModelIndex index = m_filter->index(row, 0);
        const bool chosen = selection->isRowSelected(row) ||
                            index.data(ViolationModel::IdRole).toLongLong() == m_current;
        if (chosen && !index.data(ViolationModel::CannotJudgeRole).toBool()) {
            ids << index.data(ViolationModel::IdRole).toLongLong();
        }
    }
    // The current one may be hidden by a filter and is shown in the details all the same.
    const auto* current = m_model->find(m_current);
    if (ids.isEmpty() && current && current->finding.verdict == Verdict::Violation) {
        ids << m_current;
    }
    return ids;
}

void ViolationPanel::select(qint64 id) {
    const auto* violation = m_model->find(id);
    m_current = violation ? id : 0;
    if (violation && m_filter->rowOf(id) < 0) {
        if (violation->finding.verdict == Verdict::CannotJudge) {
            m_cannotJudge->setChecked(true);
        }
        clearFilters();
    }
    keep(id);
}

void ViolationPanel::keep(qint64 id) {
    const QScopedValueRollback guard(m_quiet, true);
    m_current = m_model->find(id) ? id : 0;
    const int row = m_filter->rowOf(m_current);
    if (row >= 0) {
        m_table->selectionModel()->setCurrentIndex(
            m_filter->index(row, 0),
            QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
    markCurrentRow(true);
    updateDetails();
}

qint64 ViolationPanel::neighbour(int direction, double fromS) const {
    const int rows = m_filter->rowCount();
    const int row = m_filter->rowOf(m_current);
    const auto judged = [this](int r) {
        return !m_filter->index(r, 0).data(ViolationModel::CannotJudgeRole).toBool();
    };
    if (row >= 0) {
        const int next = row + direction;
        return next >= 0 && next < rows ? m_filter->idAt(next) : 0;
    }
    // Nothing selected: the nearest in time on that side.
    qint64 best = 0;
    double nearest = 1e300;
    for (int r = 0; r < rows; ++r) {
        const auto* v = m_model->find(m_filter->idAt(r));
        const double distance = (v->finding.startS - fromS) * direction;
        if (judged(r) && distance >= -1e-6 && distance < nearest) {
            nearest = distance;
            best = v->id;
        }
    }
    return best;
}

QSet<qint64> ViolationPanel::visibleIds() const {
    QSet<qint64> ids;
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        ids.insert(m_filter->idAt(row));
    }
    return ids;
}

void ViolationPanel::showOnly(const QList<qint64>& ids, const QString& label) {
    clearFilters();
    m_scope->setScope({ids.begin(), ids.end()}, label);
    applyFilters();
    if (m_filter->rowCount() > 0) {
        select(m_filter->idAt(0));
        m_table->setFocus(Qt::OtherFocusReason);
        Q_EMIT currentChanged(m_current);
    }
}

bool ViolationPanel::isFiltering() const {
    return m_filter->isFiltering();
}

QString ViolationPanel::note() const {
    return m_note->text().trimmed();
}

qint64 ViolationPanel::nextOpen(const QList<qint64>& leaveOut, bool unseen) const {
    const int rows = m_filter->rowCount();
    const int start =
        std::max(0, m_filter->rowOf(leaveOut.isEmpty() ? m_current : leaveOut.last()));
    for (int i = 1; i <= rows; ++i) {
        const QModelIndex index = m_filter->index((start + i) % rows, 0);
        const qint64 id = index.data(ViolationModel::IdRole).toLongLong();
        const bool waits = unseen ? !index.data(ViolationModel::SeenRole).toBool()
                                  : index.data(ViolationModel::VerdictRole).toInt() ==
                                        int(ReviewVerdict::Unreviewed);
        const bool open = waits && !index.data(ViolationModel::CannotJudgeRole).toBool();
        if (open && !leaveOut.contains(id)) {
            return id;
        }
    }
    return 0;
}

void ViolationPanel::giveVerdict(ReviewVerdict verdict, const QString& reason) {
    const auto ids = selectedIds();
    if (ids.isEmpty() || m_readOnly) {
        return;
    }
    const QString words = note();
    dropDrafts(ids);
    Q_EMIT verdictRequested(ids, verdict, reason, words);
}

void ViolationPanel::askForReason() {
    if (selectedIds().isEmpty() || m_readOnly) {
        return;
    }
    m_reasons->clear();
    int number = 0;
    for (const auto& key : falseAlarmReasons()) {
        auto* action = m_reasons->addAction(
            QStringLiteral("&%1  %2").arg(++number).arg(falseAlarmReasonText(key)));
        connect(action, &QAction::triggered, this,
                [this, key] { giveVerdict(ReviewVerdict::FalseAlarm, key); });
    }
    auto* other = m_reasons->addAction(
        QStringLiteral("&%1  %2").arg(++number).arg(tr("Another reason (see the note)")));
    connect(other, &QAction::triggered, this, [this] {
        if (note().isEmpty()) {
            startNote();
            m_noteIsReason = true;
            updateDetails();
        } else {
            giveVerdict(ReviewVerdict::FalseAlarm);
        }
    });
    const QSize size = m_reasons->sizeHint();
    QPoint at;
    if (m_falseAlarm->isVisible() && window()->isActiveWindow()) {
        at = m_falseAlarm->mapToGlobal(QPoint(0, -size.height()));
    } else if (QWidget* active = qApp->activeWindow()) {
        at = active->geometry().center() - QPoint(size.width() / 2, size.height() / 2);
    } else {
        at = m_falseAlarm->mapToGlobal(QPoint(0, -size.height()));
    }
    m_reasons->popup(at);
    m_reasons->setActiveAction(m_reasons->actions().constFirst());
}

void ViolationPanel::saveNote() {
    const auto* v = m_model->find(m_current);
    if (!v || m_readOnly || v->lastNote() == note()) {
        return;
    }
    dropDrafts({m_current});
    Q_EMIT verdictRequested({m_current}, v->verdict(),
                            v->history.isEmpty() ? QString() : v->history.last().reason, note());
}

void ViolationPanel::startNote() {
    if (m_note->isVisible() && m_note->isEnabled()) {
        m_note->setFocus(Qt::ShortcutFocusReason);
        m_note->selectAll();
    }
}

// Enter and Down lead from the search into the list, Esc from both fields.
bool ViolationPanel::eventFilter(QObject* watched, QEvent* event) {
    const bool key = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (key && (watched == m_search || watched == m_note)) {
        const int pressed = static_cast<QKeyEvent*>(event)->key();
        const bool enters =
            pressed == Qt::Key_Return || pressed == Qt::Key_Enter || pressed == Qt::Key_Down;
        if (pressed == Qt::Key_Escape || (watched == m_search && enters)) {
            event->accept();
            if (event->type() == QEvent::KeyPress) {
                leaveField(pressed == Qt::Key_Escape);
            }
            return true;
        }
    }
    if (watched == m_note && event->type() == QEvent::FocusOut && m_noteIsReason) {
        m_noteIsReason = false;
        updateDetails();
    }
    return FindingPanel::eventFilter(watched, event);
}

void ViolationPanel::leaveField(bool discard) {
    const bool fromSearch = m_search->hasFocus();
    if (discard && fromSearch) {
        m_search->clear();
    }
    m_table->setFocus(Qt::OtherFocusReason);
    if (fromSearch && m_filter->rowOf(m_current) < 0 && m_filter->rowCount() > 0) {
        m_table->selectRow(0);
    }
}

void ViolationPanel::dropDrafts(const QList<qint64>& ids) {
    for (const qint64 id : ids) {
        m_drafts.remove(id);
    }
    Q_EMIT noteDraftsChanged();
}

int ViolationPanel::takeNoteDrafts(const QHash<qint64, QString>& drafts) {
    m_drafts.clear();
    for (auto it = drafts.begin(); it != drafts.end(); ++it) {
        if (m_model->find(it.key())) {
            m_drafts.insert(it.key(), it.value());
        }
    }
    updateDetails();
    return int(m_drafts.size());
}

void ViolationPanel::updateDetails() {
    const auto* v = m_model->find(m_current);
    m_details->setVisible(v != nullptr);
    if (!v) {
        return;
    }
    const auto& f = v->finding;
    const bool judged = f.verdict != Verdict::CannotJudge;
    m_titleIcon->setPixmap(severityIcon(f, palette()).pixmap(16));
    const qsizetype chosen = m_table->selectionModel()->selectedRows().size();
    m_several->setText(
        tr("%n violation(s) are selected: a verdict goes to all of them.", nullptr, int(chosen)));
    m_several->setVisible(chosen > 1);
    m_title->setText(QStringLiteral("%1  \u00B7  %2  \u00B7  %3 \u2013 %4")
                         .arg(text::ruleText(f.rule),
                              judged ? text::severityText(f.severity) : tr("Not judged"),
                              timeText(f.startS), timeText(f.endS)));
    m_reason->setText(text::reasonText(f));
    m_reason->setVisible(!m_reason->text().isEmpty() && !m_compact);
    m_title->setToolTip(
        tr("%1\nNo. %2 in reports, tables and names of clips\n%3", "title, number, reason")
            .arg(m_title->text(), QString::number(f.id), m_reason->text()));
    m_measured->setText(judged ? measuredText(f) : QStringLiteral("\u2013"));
    m_confidence->setText(judged ? tr("%1 %").arg(qRound(f.confidence * 100))
                                 : QStringLiteral("\u2013"));
    m_insertion->setText(f.insertion ? QStringLiteral("<a href=\"%1\">%2</a>")
                                           .arg(*f.insertion)
                                           .arg(tr("No. %1").arg(*f.insertion))
                                     : QStringLiteral("\u2013"));
    std::optional<PointPx> pixels;
    for (const auto& insertion : m_insertions) {
        if (f.insertion && insertion.id == *f.insertion) {
            pixels = insertion.contactPx;
        }
    }
    const QString position = positionText(f.positionM, pixels);
    m_position->setText(position.isEmpty() ? QStringLiteral("\u2013") : position);
    m_source->setText(sourceText(f));
    m_source->setVisible(!f.source.empty() && !m_compact);
    m_sourceTitle->setVisible(!f.source.empty() && !m_compact);
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_confirm, m_falseAlarm, m_undecided, m_note}) {
        widget->setVisible(judged);
    }
    m_note->setEnabled(!m_readOnly);
    m_note->setToolTip(m_readOnly ? m_readOnlyWhy : QString());
    for (const auto& [button, verdict] : {std::pair(m_confirm, ReviewVerdict::Confirmed),
                                          std::pair(m_falseAlarm, ReviewVerdict::FalseAlarm),
                                          std::pair(m_undecided, ReviewVerdict::Undecided)}) {
        button->setChosen(v->verdict() == verdict);
    }
    const QString wanted = m_drafts.value(m_current, v->lastNote());
    if (m_note->text() != wanted) {
        m_note->setText(wanted);
    }
    m_noteHint->setText(m_readOnly ? m_readOnlyWhy
                        : m_noteIsReason
                            ? tr("Write why it is a false alarm. Enter gives the "
                                 "verdict, Esc leaves it.")
                            : tr("The note is kept with the verdict. Enter saves it."));
    m_noteHint->setVisible(judged && (m_readOnly || m_note->hasFocus()));
    m_history->clear();
    for (auto it = v->history.rbegin(); it != v->history.rend(); ++it) {
        QStringList words{text::dateTimeText(it->when)};
        if (!it->author.isEmpty()) {
            words << it->author;
        }
        words << (it->verdict != ReviewVerdict::Unreviewed ? verdictText(it->verdict)
                  : it->note.isEmpty()                     ? tr("Verdict taken back")
                                                           : tr("Note"));
        if (!it->reason.isEmpty()) {
            words << falseAlarmReasonText(it->reason);
        }
        if (!it->note.isEmpty()) {
            words << QStringLiteral("\u201C%1\u201D").arg(it->note);
        }
        new QListWidgetItem(verdictIcon(it->verdict, palette()),
                            words.join(QStringLiteral("  \u00B7  ")), m_history);
    }
    m_history->setVisible(m_history->count() > 0 && !m_compact);
    m_history->setFixedHeight(
        std::clamp(m_history->count(), 1, 3) * (m_history->fontMetrics().height() + 4) + 8);
}

void ViolationPanel::applyPalette() {
    m_model->setPalette(palette());
    Violation quiet;
    quiet.verdict = Verdict::CannotJudge;
    m_cannotJudge->setIcon(severityIcon(quiet, palette()));
    fillChips();
    updateDetails();
}

void ViolationPanel::fitColumns() {
    constexpr int kText = 9, kIcon = 35;  // margins; with the icon
    QStringList severities, verdicts;
    for (const auto severity : {Severity::Minor, Severity::Major, Severity::Critical}) {
        severities << text::severityText(severity);
    }
    for (const auto verdict : {ReviewVerdict::Unreviewed, ReviewVerdict::Confirmed,
                               ReviewVerdict::FalseAlarm, ReviewVerdict::Undecided}) {
        verdicts << cvd::ui::verdictText(verdict);
    }
    QString latest = timeText(0),
            lastFrame = m_model->headerData(ViolationModel::Frame, Qt::Horizontal, Qt::DisplayRole)
                            .toString();
    QStringList measured{QStringLiteral("10.0 s < 10.0 s")}, rules;
    bool byHand = false;
    for (const auto& v : m_model->violations()) {
        const QString figures = measuredText(v.finding);
        if (figures.size() >= measured.last().size() && figures != measured.last()) {
            measured << figures;
        }
        rules << text::ruleText(v.finding.rule);
        byHand |= v.byHand;
        latest = std::max(latest, timeText(v.finding.startS),
                          [](const QString& a, const QString& b) { return a.size() < b.size(); });
        lastFrame =
            std::max(lastFrame, QString::number(v.finding.startFrame),
                     [](const QString& a, const QString& b) { return a.size() < b.size(); });
    }
    const auto title = [this](int column) {
        return m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    };
    auto* header = m_table->horizontalHeader();
    m_room->release();
    header->setSectionResizeMode(QHeaderView::Interactive);
    setWidth(ViolationModel::Time, {latest}, kText + 26);
    setWidth(ViolationModel::Frame, {lastFrame}, kText + 10);
    setWidth(ViolationModel::Measured, measured, kText + 5);
    setWidth(ViolationModel::Severity, severities, kIcon);
    setWidth(ViolationModel::Verdict, verdicts, kIcon);
    setWidth(ViolationModel::Duration, {title(ViolationModel::Duration), "9999.9"}, kText + 10);
    setWidth(ViolationModel::Score, {title(ViolationModel::Score), "100"}, kText + 10);
    setWidth(ViolationModel::Reviewer, {title(ViolationModel::Reviewer)}, 60);
    setWidth(ViolationModel::Note, {title(ViolationModel::Note)}, 120);
    header->setSectionResizeMode(ViolationModel::Rule, QHeaderView::Stretch);
    m_room->setNeeded(widestOf(rules) + (byHand ? kIcon : kText));
}

void ViolationPanel::retranslate() {
    m_ruleChip->setTitle(tr("Rule"));
    m_verdictChip->setTitle(tr("Verdict"));
    m_severityChip->setTitle(tr("Severity"));
    m_scoreChip->setTitle(tr("Sure"), tr("How sure the program is, in per cent"));
    m_timeChip->setTitle(tr("Time"), tr("Times like 1:23.4"));
    m_peopleChip->setTitle(tr("Reviewer"));
    m_showChips->setText(tr("Filters"));
    m_search->setPlaceholderText(tr("Search violations"));
    m_search->setAccessibleName(tr("Search violations"));
    m_cannotJudge->setToolTip(
        tr("Rules that the picture or the missing calibration did not let the program judge"));
    m_table->setAccessibleName(tr("Violations"));
    m_measuredTitle->setText(tr("Measured"));
    m_confidenceTitle->setText(tr("Confidence"));
    m_insertionTitle->setText(tr("Insertion"));
    m_positionTitle->setText(tr("Position"));
    m_sourceTitle->setText(tr("Source"));
    m_note->setPlaceholderText(tr("Note"));
    m_note->setAccessibleName(tr("Note"));
    m_history->setAccessibleName(tr("History"));
    m_model->retranslate();
    fitColumns();
    fillChips();
    applyFilters();
}

}  // namespace cvd::ui
