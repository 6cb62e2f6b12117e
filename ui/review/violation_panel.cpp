#include "ui/review/violation_panel.h"

#include <QAction>
#include <QApplication>
#include <QEvent>
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
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/text/text.h"
#include "ui/review/action_button.h"
#include "ui/review/filter_chip.h"
#include "ui/review/review_colours.h"
#include "ui/review/review_text.h"
#include "ui/review/scope_chip.h"
#include "ui/review/violation_model.h"

namespace cvd::ui {

namespace {

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

ViolationPanel::ViolationPanel(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("violationPanel"));
    m_model = new ViolationModel(this);
    m_filter = new ViolationFilter(this);
    m_filter->setSourceModel(m_model);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    makeFilters();

    m_table = new QTableView(this);
    m_table->setObjectName(QStringLiteral("violationTableView"));
    m_table->setModel(m_filter);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(ViolationModel::Time, Qt::AscendingOrder);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 10);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionsMovable(true);
    m_table->horizontalHeader()->setMinimumSectionSize(36);
    m_table->installEventFilter(this);

    auto* emptyPage = new QWidget(this);
    auto* emptyLayout = new QVBoxLayout(emptyPage);
    m_empty = new QLabel(emptyPage);
    m_empty->setObjectName(QStringLiteral("emptyListLabel"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_clearFilters = new QPushButton(emptyPage);
    m_clearFilters->setObjectName(QStringLiteral("clearFiltersPushButton"));
    emptyLayout->addStretch();
    emptyLayout->addWidget(m_empty);
    emptyLayout->addWidget(m_clearFilters, 0, Qt::AlignHCenter);
    emptyLayout->addStretch();
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_table);
    m_stack->addWidget(emptyPage);
    layout->addWidget(m_stack, 1);
    makeDetails();

    connect(m_clearFilters, &QPushButton::clicked, this, [this] {
        m_ruleChip->setChosen({});
        m_verdictChip->setChosen({});
        m_severityChip->setChosen({});
        m_search->clear();
        m_scope->setScope({}, {});
        applyFilters();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (m_quiet || !current.isValid()) {
                    return;
                }
                m_current = current.data(ViolationModel::IdRole).toLongLong();
                updateDetails();
                Q_EMIT currentChanged(m_current);
            });
    // A click on the row that is current already goes back to its moment.
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (index.data(ViolationModel::IdRole).toLongLong() == m_current) {
            Q_EMIT currentChanged(m_current);
        }
    });
    connect(m_table, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
        Q_EMIT activated(index.data(ViolationModel::IdRole).toLongLong());
    });
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this] {
        updateCounter();
        updateDetails();
    });
    retranslate();
    applyPalette();
    setViolations({});
}

void ViolationPanel::makeFilters() {
    auto* outer = static_cast<QVBoxLayout*>(layout());
    auto* chips = new QHBoxLayout;
    chips->setSpacing(4);
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
    chips->addStretch();
    m_counter = new QLabel(this);
    m_counter->setObjectName(QStringLiteral("unreviewedCountLabel"));
    chips->addWidget(m_counter);
    outer->addLayout(chips);

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
    outer->addLayout(row);
    m_scope = new ScopeChip(this);
    outer->addWidget(m_scope, 0, Qt::AlignLeft);
    connect(m_scope, &ScopeChip::dismissed, this, [this] { applyFilters(); });
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
    m_history = new QListWidget(m_details);
    m_history->setObjectName(QStringLiteral("historyListWidget"));
    m_history->setSelectionMode(QAbstractItemView::NoSelection);
    m_history->setFocusPolicy(Qt::NoFocus);
    m_history->setWordWrap(true);
    layout->addWidget(m_history);
    this->layout()->addWidget(m_details);

    m_reasons = new QMenu(this);
    m_reasons->setObjectName(QStringLiteral("reasonMenu"));
    connect(m_note, &QLineEdit::textEdited, this,
            [this](const QString& text) { m_drafts[m_current] = text; });
    connect(m_note, &QLineEdit::returnPressed, this, [this] {
        saveNote();
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
    const int row = m_filter->rowOf(m_current);
    if (row >= 0) {
        m_table->setCurrentIndex(m_filter->index(row, 0));
    }
    applyFilters();
}

void ViolationPanel::setEmptyText(const QString& sentence) {
    m_emptyText = sentence;
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
    const auto quiet = m_model->rowCount() - m_model->judgedCount();
    m_cannotJudge->setText(tr("Not judged: %1").arg(quiet));
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
        const int row = m_filter->rowOf(m_current);
        if (row >= 0) {
            m_table->setCurrentIndex(m_filter->index(row, 0));
            m_table->scrollTo(m_filter->index(row, 0));
        } else {
            m_table->clearSelection();
        }
    }
    const bool empty = m_filter->rowCount() == 0;
    m_stack->setCurrentIndex(empty ? 1 : 0);
    if (empty) {
        const bool filtered = m_filter->isFiltering() && m_model->rowCount() > 0;
        m_empty->setText(filtered ? tr("No violation passes the filters.")
                         : m_model->rowCount() > 0
                             ? tr("No violation was found. Some rules could not be judged: see "
                                  "\"Not judged\" above.")
                             : m_emptyText);
        m_clearFilters->setVisible(filtered);
    }
    updateCounter();
    updateDetails();
    Q_EMIT filterChanged();
}

void ViolationPanel::updateCounter() {
    const int total = m_model->judgedCount();
    m_counter->setText(total == 0
                           ? QString()
                           : tr("%1 of %2 unreviewed").arg(m_model->unreviewedCount()).arg(total));
}

qint64 ViolationPanel::currentId() const {
    return m_current;
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
    const QScopedValueRollback guard(m_quiet, true);
    const auto* violation = m_model->find(id);
    m_current = violation ? id : 0;
    if (violation && m_filter->rowOf(id) < 0) {
        if (violation->finding.verdict == Verdict::CannotJudge) {
            m_cannotJudge->setChecked(true);
        }
        m_clearFilters->click();
    }
    const int row = m_filter->rowOf(id);
    if (row >= 0) {
        m_table->selectionModel()->setCurrentIndex(
            m_filter->index(row, 0),
            QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        m_table->scrollTo(m_filter->index(row, 0));
    } else {
        m_table->clearSelection();
    }
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
    m_clearFilters->click();
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

qint64 ViolationPanel::nextOpen(const QList<qint64>& leaveOut) const {
    const int rows = m_filter->rowCount();
    const int start =
        std::max(0, m_filter->rowOf(leaveOut.isEmpty() ? m_current : leaveOut.last()));
    for (int i = 1; i <= rows; ++i) {
        const QModelIndex index = m_filter->index((start + i) % rows, 0);
        const qint64 id = index.data(ViolationModel::IdRole).toLongLong();
        const bool open =
            index.data(ViolationModel::VerdictRole).toInt() == int(ReviewVerdict::Unreviewed) &&
            !index.data(ViolationModel::CannotJudgeRole).toBool();
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
    for (const qint64 id : ids) {
        m_drafts.remove(id);
    }
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
    connect(other, &QAction::triggered, this, [this] { giveVerdict(ReviewVerdict::FalseAlarm); });
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
    if (!v || m_readOnly || v->history.isEmpty() || v->history.last().note == note()) {
        return;
    }
    m_drafts.remove(m_current);
    Q_EMIT verdictRequested({m_current}, v->verdict(), v->history.last().reason, note());
}

void ViolationPanel::updateDetails() {
    const auto* v = m_model->find(m_current);
    m_details->setVisible(v != nullptr);
    if (!v) {
        return;
    }
    const auto& f = v->finding;
    const bool judged = f.verdict != Verdict::CannotJudge;
    const QLocale locale;
    m_titleIcon->setPixmap(severityIcon(f, palette()).pixmap(16));
    m_title->setText(QStringLiteral("%1  \u00B7  %2  \u00B7  %3 \u2013 %4")
                         .arg(text::ruleText(f.rule),
                              judged ? text::severityText(f.severity) : tr("Not judged"),
                              timeText(f.startS), timeText(f.endS)));
    m_title->setToolTip(m_title->text());
    m_reason->setText(text::reasonText(f));
    m_reason->setVisible(!m_reason->text().isEmpty());
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
    m_source->setText(QString::fromStdString(f.source));
    m_source->setVisible(!f.source.empty());
    m_sourceTitle->setVisible(!f.source.empty());
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
    const QString saved = v->history.isEmpty() ? QString() : v->history.last().note;
    const QString wanted = m_drafts.value(m_current, saved);
    if (m_note->text() != wanted) {
        m_note->setText(wanted);
    }
    m_noteHint->setText(m_readOnly ? m_readOnlyWhy
                                   : tr("The note is kept with the verdict. Enter saves a changed "
                                        "one."));
    m_noteHint->setVisible(judged && (m_readOnly || m_note->hasFocus()));
    m_history->clear();
    for (auto it = v->history.rbegin(); it != v->history.rend(); ++it) {
        QStringList words{locale.toString(it->when.toLocalTime(), QLocale::ShortFormat)};
        if (!it->author.isEmpty()) {
            words << it->author;
        }
        words << verdictText(it->verdict);
        if (!it->reason.isEmpty()) {
            words << falseAlarmReasonText(it->reason);
        }
        if (!it->note.isEmpty()) {
            words << QStringLiteral("\u201C%1\u201D").arg(it->note);
        }
        new QListWidgetItem(verdictIcon(it->verdict, palette()),
                            words.join(QStringLiteral("  \u00B7  ")), m_history);
    }
    m_history->setVisible(m_history->count() > 0);
    m_history->setFixedHeight(
        std::clamp(m_history->count(), 1, 3) * (m_history->fontMetrics().height() + 4) + 8);
}

bool ViolationPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_current != 0) {
            Q_EMIT activated(m_current);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ViolationPanel::applyPalette() {
    m_model->setPalette(palette());
    Violation quiet;
    quiet.verdict = Verdict::CannotJudge;
    m_cannotJudge->setIcon(severityIcon(quiet, palette()));
    fillChips();
    updateDetails();
}

void ViolationPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (event->type() == QEvent::PaletteChange) {
        applyPalette();
    }
    QWidget::changeEvent(event);
}

void ViolationPanel::fitColumns() {
    const auto width = [this](const QStringList& samples, int extra) {
        int widest = 0;
        for (const auto& sample : samples) {
            widest = std::max(widest, m_table->fontMetrics().horizontalAdvance(sample));
        }
        return widest + extra;
    };
    constexpr int kText = 12, kIcon = 34;
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
    QStringList measured{QStringLiteral("10.0 s < 10.0 s")};
    for (const auto& v : m_model->violations()) {
        const QString figures = measuredText(v.finding);
        if (figures.size() >= measured.last().size() && figures != measured.last()) {
            measured << figures;
        }
        latest = std::max(latest, timeText(v.finding.startS),
                          [](const QString& a, const QString& b) { return a.size() < b.size(); });
        lastFrame =
            std::max(lastFrame, QString::number(v.finding.startFrame),
                     [](const QString& a, const QString& b) { return a.size() < b.size(); });
    }
    auto* header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Interactive);
    m_table->setColumnWidth(ViolationModel::Time, width({latest}, kText + 16));
    m_table->setColumnWidth(ViolationModel::Frame, width({lastFrame}, kText + 10));
    m_table->setColumnWidth(ViolationModel::Measured, width(measured, kText));
    m_table->setColumnWidth(ViolationModel::Severity, width(severities, kIcon));
    m_table->setColumnWidth(ViolationModel::Verdict, width(verdicts, kIcon));
    header->setSectionResizeMode(ViolationModel::Rule, QHeaderView::Stretch);
}

void ViolationPanel::retranslate() {
    m_ruleChip->setTitle(tr("Rule"));
    m_verdictChip->setTitle(tr("Verdict"));
    m_severityChip->setTitle(tr("Severity"));
    m_search->setPlaceholderText(tr("Search violations"));
    m_search->setAccessibleName(tr("Search violations"));
    m_cannotJudge->setToolTip(
        tr("Rules that the picture or the missing calibration did not let the program judge"));
    m_table->setAccessibleName(tr("Violations"));
    m_clearFilters->setText(tr("Clear the filters"));
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
