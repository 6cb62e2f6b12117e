#include "ui/review/violation_model.h"

#include <QFont>
#include <QLocale>
#include <cmath>

#include "core/text/text.h"
#include "ui/review/review_colours.h"
#include "ui/review/review_text.h"

namespace cvd::ui {

namespace {

bool isFigure(int column) {
    return column == ViolationModel::Time || column == ViolationModel::Frame ||
           column == ViolationModel::Measured || column == ViolationModel::Duration ||
           column == ViolationModel::Score;
}

// Who said something or looked at it, each once.
QStringList people(const ReviewViolation& v) {
    QStringList names;
    for (const auto& entry : v.history) {
        names << entry.author;
    }
    names << v.seenBy;
    names.removeAll(QString());
    names.removeDuplicates();
    return names;
}

bool outside(double value, const std::optional<double>& from, const std::optional<double>& to) {
    return (from && value < *from) || (to && value > *to);
}

}  // namespace

ViolationModel::ViolationModel(QObject* parent) : QAbstractTableModel(parent) {}

void ViolationModel::setViolations(QList<ReviewViolation> violations) {
    beginResetModel();
    m_rows = std::move(violations);
    m_rowOf.clear();
    for (int row = 0; row < m_rows.size(); ++row) {
        m_rowOf.insert(m_rows[row].id, row);
    }
    endResetModel();
}

void ViolationModel::setHistory(qint64 id, const QList<VerdictEntry>& history) {
    setHistories({{id, history}});
}

void ViolationModel::setHistories(const QHash<qint64, QList<VerdictEntry>>& histories) {
    int first = int(m_rows.size()), last = -1;
    for (auto it = histories.begin(); it != histories.end(); ++it) {
        const int row = rowOf(it.key());
        if (row >= 0) {
            m_rows[row].history = it.value();
            first = std::min(first, row);
            last = std::max(last, row);
        }
    }
    if (last >= 0) {
        Q_EMIT dataChanged(index(first, 0), index(last, ColumnCount - 1));
    }
}

void ViolationModel::setSeen(const QList<qint64>& ids, bool seen) {
    int first = int(m_rows.size()), last = -1;
    for (const qint64 id : ids) {
        const int row = rowOf(id);
        if (row >= 0) {
            m_rows[row].seenByMe = seen;
            first = std::min(first, row);
            last = std::max(last, row);
        }
    }
    if (last >= 0) {
        Q_EMIT dataChanged(index(first, 0), index(last, ColumnCount - 1));
    }
}

int ViolationModel::unseenCount() const {
    return int(std::count_if(m_rows.begin(), m_rows.end(), [](const ReviewViolation& v) {
        return v.finding.verdict == cvd::Verdict::Violation && !v.seenByMe;
    }));
}

const ReviewViolation* ViolationModel::find(qint64 id) const {
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_rows[row];
}

int ViolationModel::rowOf(qint64 id) const {
    return m_rowOf.value(id, -1);
}

int ViolationModel::judgedCount() const {
    return int(std::count_if(m_rows.begin(), m_rows.end(), [](const ReviewViolation& v) {
        return v.finding.verdict == cvd::Verdict::Violation;
    }));
}

int ViolationModel::unreviewedCount() const {
    return int(std::count_if(m_rows.begin(), m_rows.end(), [](const ReviewViolation& v) {
        return v.finding.verdict == cvd::Verdict::Violation &&
               v.verdict() != ReviewVerdict::Confirmed && v.verdict() != ReviewVerdict::FalseAlarm;
    }));
}

void ViolationModel::setPalette(const QPalette& palette) {
    m_palette = palette;
    m_icons.clear();
    if (!m_rows.isEmpty()) {
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
    }
}

void ViolationModel::setSeverityBesideRule(bool beside) {
    if (beside == m_severityBesideRule) {
        return;
    }
    m_severityBesideRule = beside;
    if (!m_rows.isEmpty()) {
        Q_EMIT dataChanged(index(0, Rule), index(int(m_rows.size()) - 1, Rule),
                           {Qt::DecorationRole});
    }
}

void ViolationModel::retranslate() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.isEmpty()) {
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
    }
}

int ViolationModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ViolationModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ViolationModel::display(const ReviewViolation& v, int column) const {
    const bool judged = v.finding.verdict != cvd::Verdict::CannotJudge;
    switch (column) {
        case Time:
            return timeText(v.finding.startS);
        case Frame:
            return QString::number(v.finding.startFrame);
        case Rule:
            return text::ruleText(v.finding.rule);
        case Measured:
            return judged ? measuredText(v.finding) : tr("not judged");
        case Severity:
            return judged ? text::severityText(v.finding.severity) : QString();
        case Verdict:
            return judged ? verdictText(v.verdict()) : QString();
        case Duration:
            return QLocale().toString(std::max(0.0, v.finding.endS - v.finding.startS), 'f', 1);
        case Score:
            return judged ? QString::number(qRound(v.finding.confidence * 100)) : QString();
        case Reviewer:
            return people(v).join(QStringLiteral(", "));
        case Note:
            return v.history.isEmpty() ? QString() : v.history.last().note;
        default:
            return {};
    }
}

QVariant ViolationModel::sortKey(const ReviewViolation& v, int column) const {
    switch (column) {
        case Time:
        case Frame:
            return v.finding.startS;
        case Rule:
            return text::ruleText(v.finding.rule);
        case Measured:
            // Figures of different units do not compare: order by how far the limit is missed.
            return v.finding.value && v.finding.limit && *v.finding.limit != 0
                       ? std::abs(*v.finding.value / *v.finding.limit - 1)
                       : -1.0;
        case Severity:
            return int(v.finding.severity);
        case Verdict:
            return int(v.verdict());
        case Duration:
            return v.finding.endS - v.finding.startS;
        case Score:
            return v.finding.confidence;
        case Reviewer:
        case Note:
            return display(v, column);
        default:
            return {};
    }
}

QString ViolationModel::searchText(const ReviewViolation& v) const {
    QStringList words{timeText(v.finding.startS),     QString::number(v.finding.startFrame),
                      text::ruleText(v.finding.rule), QString::fromStdString(v.finding.rule),
                      text::reasonText(v.finding),    sourceText(v.finding),
                      verdictText(v.verdict()),       measuredText(v.finding)};
    if (v.finding.insertion) {
        words << QStringLiteral("#%1").arg(*v.finding.insertion);
    }
    words << byHandText(v);
    for (const auto& entry : v.history) {
        words << entry.note << falseAlarmReasonText(entry.reason) << entry.author;
    }
    return words.join(QLatin1Char('\n'));
}

// An icon is drawn once for a palette, not once for each cell that is painted.
QIcon ViolationModel::cached(int key, const std::function<QIcon()>& make) const {
    auto it = m_icons.find(key);
    if (it == m_icons.end()) {
        it = m_icons.insert(key, make());
    }
    return *it;
}

QVariant ViolationModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto& v = m_rows[index.row()];
    const bool judged = v.finding.verdict != cvd::Verdict::CannotJudge;
    switch (role) {
        case Qt::DisplayRole:
            return display(v, index.column());
        case Qt::DecorationRole:
            if (index.column() == Severity ||
                (index.column() == Rule && m_severityBesideRule && !v.byHand)) {
                return cached(int(v.finding.severity) + (judged ? 0 : 8),
                              [&] { return severityIcon(v.finding, m_palette); });
            }
            if (index.column() == Time && judged) {
                return cached(v.seenByMe ? 33 : 32,
                              [&] { return seenIcon(v.seenByMe, m_palette); });
            }
            if (index.column() == Rule && v.byHand) {
                return cached(
                    40, [&] { return symbolIcon(QStringLiteral("document-edit"), m_palette); });
            }
            if (index.column() == Verdict && judged) {
                return cached(16 + int(v.verdict()),
                              [&] { return verdictIcon(v.verdict(), m_palette); });
            }
            return {};
        case Qt::ForegroundRole: {
            const auto colours = ReviewColours::of(m_palette);
            if (!judged) {
                return colours.cannotJudge;
            }
            if (index.column() == Severity) {
                return colours.severity(v.finding.severity);
            }
            const bool done = v.verdict() != ReviewVerdict::Unreviewed;
            return done && index.column() != Verdict ? QVariant(colours.muted) : QVariant();
        }
        case Qt::TextAlignmentRole:
            return int(Qt::AlignVCenter |
                       (isFigure(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
        case Qt::ToolTipRole:
            if (index.column() == Note || index.column() == Reviewer) {
                return display(v, index.column());
            }
            if (index.column() == Time && judged) {
                return v.seenByMe ? tr("You have looked at it") : tr("You have not looked at it");
            }
            if (index.column() == Rule && v.byHand) {
                return byHandText(v) + QLatin1Char('\n') + ruleExplanation(v.finding.rule);
            }
            return judged ? ruleExplanation(v.finding.rule) : text::reasonText(v.finding);
        case Qt::AccessibleTextRole: {
            const QString words = QStringLiteral("%1: %2").arg(
                headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(),
                display(v, index.column()).toString());
            return index.column() == Rule && v.byHand ? words + QStringLiteral(", ") + byHandText(v)
                                                      : words;
        }
        case IdRole:
            return v.id;
        case SortRole:
            return sortKey(v, index.column());
        case RuleRole:
            return QString::fromStdString(v.finding.rule);
        case SeverityRole:
            return int(v.finding.severity);
        case VerdictRole:
            return int(v.verdict());
        case CannotJudgeRole:
            return !judged;
        case SearchRole:
            return searchText(v);
        case SeenRole:
            return v.seenByMe;
        case PeopleRole:
            return people(v);
        case StartRole:
            return v.finding.startS;
        case ScoreRole:
            return v.finding.confidence;
        default:
            return {};
    }
}

QVariant ViolationModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter | (isFigure(section) ? Qt::AlignHCenter : Qt::AlignLeft));
    }
    if (role == Qt::ToolTipRole) {
        switch (section) {
            case Time:
                return tr("Start of the evidence, from the first frame of the video");
            case Frame:
                return tr("Frame at the start of the evidence, counted from 0");
            case Measured:
                return tr("What was measured against what the profile allows");
            case Verdict:
                return tr("What people said about it");
            case Duration:
                return tr("Seconds from the start to the end of the evidence");
            case Score:
                return tr("How sure the program is, in per cent");
            case Reviewer:
                return tr("Who said something about it or looked at it");
            default:
                return {};
        }
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
        case Time:
            return tr("Time");
        case Frame:
            return tr("Frame");
        case Rule:
            return tr("Rule");
        case Measured:
            return tr("Measured");
        case Severity:
            return tr("Severity");
        case Verdict:
            return tr("Verdict");
        case Duration:
            return tr("Lasts s");
        case Score:
            return tr("Sure %");
        case Reviewer:
            return tr("Reviewer");
        case Note:
            return tr("Note");
        default:
            return {};
    }
}

ViolationFilter::ViolationFilter(QObject* parent) : QSortFilterProxyModel(parent) {
    setSortRole(ViolationModel::SortRole);
    setDynamicSortFilter(true);
}

void ViolationFilter::setRules(const QSet<QString>& rules) {
    m_rules = rules;
    invalidateFilter();
}

void ViolationFilter::setVerdicts(const QSet<int>& verdicts) {
    m_verdicts = verdicts;
    invalidateFilter();
}

void ViolationFilter::setSeverities(const QSet<int>& severities) {
    m_severities = severities;
    invalidateFilter();
}

void ViolationFilter::setScores(std::optional<double> from, std::optional<double> to) {
    m_scoreFrom = from;
    m_scoreTo = to;
    invalidateFilter();
}

void ViolationFilter::setTimes(std::optional<double> from, std::optional<double> to) {
    m_timeFrom = from;
    m_timeTo = to;
    invalidateFilter();
}

void ViolationFilter::setPeople(const QSet<QString>& people) {
    m_people = people;
    invalidateFilter();
}

void ViolationFilter::setText(const QString& text) {
    m_text = text.trimmed();
    invalidateFilter();
}

void ViolationFilter::setShowCannotJudge(bool show) {
    m_showCannotJudge = show;
    invalidateFilter();
}

void ViolationFilter::setIds(const QSet<qint64>& ids) {
    m_ids = ids;
    invalidateFilter();
}

void ViolationFilter::clear() {
    m_ids.clear();
    m_rules.clear();
    m_verdicts.clear();
    m_severities.clear();
    m_people.clear();
    m_scoreFrom = m_scoreTo = m_timeFrom = m_timeTo = std::nullopt;
    m_text.clear();
    invalidateFilter();
}

bool ViolationFilter::isFiltering() const {
    return !m_rules.isEmpty() || !m_verdicts.isEmpty() || !m_severities.isEmpty() ||
           !m_text.isEmpty() || !m_ids.isEmpty() || !m_people.isEmpty() || m_scoreFrom ||
           m_scoreTo || m_timeFrom || m_timeTo;
}

qint64 ViolationFilter::idAt(int row) const {
    return index(row, 0).data(ViolationModel::IdRole).toLongLong();
}

int ViolationFilter::rowOf(qint64 id) const {
    const auto* source = qobject_cast<const ViolationModel*>(sourceModel());
    const int row = source ? source->rowOf(id) : -1;
    return row < 0 ? -1 : mapFromSource(source->index(row, 0)).row();
}

bool ViolationFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
    const QModelIndex cell = sourceModel()->index(row, 0, parent);
    if (cell.data(ViolationModel::CannotJudgeRole).toBool()) {
        if (!m_showCannotJudge || !m_verdicts.isEmpty() || !m_severities.isEmpty()) {
            return false;
        }
    }
    if (!m_ids.isEmpty() && !m_ids.contains(cell.data(ViolationModel::IdRole).toLongLong())) {
        return false;
    }
    if (!m_rules.isEmpty() && !m_rules.contains(cell.data(ViolationModel::RuleRole).toString())) {
        return false;
    }
    if (!m_verdicts.isEmpty() &&
        !m_verdicts.contains(cell.data(ViolationModel::VerdictRole).toInt())) {
        return false;
    }
    if (!m_severities.isEmpty() &&
        !m_severities.contains(cell.data(ViolationModel::SeverityRole).toInt())) {
        return false;
    }
    // The small rounding keeps a row whose rounded figure was typed.
    if (outside(cell.data(ViolationModel::StartRole).toDouble(),
                m_timeFrom ? std::optional(*m_timeFrom - 0.01) : std::nullopt, m_timeTo)) {
        return false;
    }
    const double score = std::round(cell.data(ViolationModel::ScoreRole).toDouble() * 100) / 100;
    if (outside(score, m_scoreFrom, m_scoreTo)) {
        return false;
    }
    if (!m_people.isEmpty()) {
        const QStringList names = cell.data(ViolationModel::PeopleRole).toStringList();
        const bool asked = std::any_of(names.begin(), names.end(), [this](const QString& name) {
            return m_people.contains(name);
        });
        const bool mine =
            m_people.contains(kNotSeenByMe) && !cell.data(ViolationModel::SeenRole).toBool();
        if (!asked && !mine && !(m_people.contains(kNobody) && names.isEmpty())) {
            return false;
        }
    }
    return m_text.isEmpty() ||
           cell.data(ViolationModel::SearchRole).toString().contains(m_text, Qt::CaseInsensitive);
}

bool ViolationFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const bool leftQuiet = left.data(ViolationModel::CannotJudgeRole).toBool();
    const bool rightQuiet = right.data(ViolationModel::CannotJudgeRole).toBool();
    if (leftQuiet != rightQuiet) {
        return (sortOrder() == Qt::AscendingOrder) == rightQuiet;
    }
    const QVariant a = left.data(ViolationModel::SortRole);
    const QVariant b = right.data(ViolationModel::SortRole);
    if (a != b) {
        return QVariant::compare(a, b) == QPartialOrdering::Less;
    }
    return left.data(ViolationModel::IdRole).toLongLong() <
           right.data(ViolationModel::IdRole).toLongLong();
}

}  // namespace cvd::ui
