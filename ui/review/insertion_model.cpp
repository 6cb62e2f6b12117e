#include "ui/review/insertion_model.h"

#include <QLocale>

#include "ui/review/review_colours.h"
#include "ui/review/review_text.h"

namespace cvd::ui {

InsertionModel::InsertionModel(QObject* parent) : QAbstractTableModel(parent) {}

void InsertionModel::setInsertions(QList<Insertion> insertions) {
    beginResetModel();
    m_rows = std::move(insertions);
    endResetModel();
}

void InsertionModel::setByHand(const QHash<qint64, QString>& byHand) {
    m_byHand = byHand;
    if (!m_rows.isEmpty()) {
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
    }
}

int InsertionModel::rowOf(qint64 id) const {
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [id](const Insertion& i) { return i.id == id; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

const Insertion* InsertionModel::find(qint64 id) const {
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_rows[row];
}

int InsertionModel::effectiveCount() const {
    return int(std::count_if(m_rows.begin(), m_rows.end(),
                             [](const Insertion& i) { return i.effective; }));
}

void InsertionModel::setPalette(const QPalette& palette) {
    m_palette = palette;
    m_hand = symbolIcon(QStringLiteral("document-edit"), palette);
    if (!m_rows.isEmpty()) {
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
    }
}

void InsertionModel::retranslate() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.isEmpty()) {
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
    }
}

int InsertionModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

int InsertionModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant InsertionModel::display(const Insertion& insertion, int column) const {
    const QLocale locale;
    switch (column) {
        case Number:
            return QString::number(insertion.id);
        case Track:
            return insertion.track.valid() ? QString::number(insertion.track.value)
                                           : QString(QChar(0x2013));  // entered by hand
        case Start:
            return timeText(insertion.startS);
        case Frame:
            return QString::number(insertion.startFrame);
        case Immersed: {
            // An interval that is cut off by the start or end of the view lasted at least this
            // long.
            const bool open = insertion.openStart || insertion.openEnd;
            const QString seconds = locale.toString(insertion.immersedS, 'f', 1);
            return open ? QStringLiteral("%1 %2").arg(QChar(0x2265), seconds) : seconds;
        }
        case Stationary:
            return locale.toString(insertion.stationaryS, 'f', 1);
        case Position:
            return insertion.contactM ? metresText(*insertion.contactM)
                                      : positionText(std::nullopt, insertion.contactPx);
        case Confidence:
            return QStringLiteral("%1").arg(qRound(insertion.confidence * 100));
        default:
            return {};
    }
}

QVariant InsertionModel::sortKey(const Insertion& insertion, int column) const {
    switch (column) {
        case Number:
            return qint64(insertion.id);
        case Track:
            return qint64(insertion.track.value);
        case Start:
        case Frame:
            return insertion.startS;
        case Immersed:
            return insertion.immersedS;
        case Stationary:
            return insertion.stationaryS;
        case Position:
            return insertion.contactM ? insertion.contactM->x : insertion.contactPx.x;
        case Confidence:
            return insertion.confidence;
        default:
            return {};
    }
}

QVariant InsertionModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto& insertion = m_rows[index.row()];
    switch (role) {
        case Qt::DisplayRole:
            return display(insertion, index.column());
        case Qt::TextAlignmentRole:
            return int(Qt::AlignVCenter | Qt::AlignRight);
        case Qt::ForegroundRole:
            return insertion.effective ? QVariant() : ReviewColours::of(m_palette).muted;
        case Qt::DecorationRole:
            return index.column() == Number && m_byHand.contains(insertion.id) ? QVariant(m_hand)
                                                                               : QVariant();
        case Qt::ToolTipRole:
            if (m_byHand.contains(insertion.id)) {
                return byHandText(m_byHand[insertion.id]);
            }
            if (!insertion.effective) {
                return tr("A touch, too short to count as an insertion");
            }
            if (insertion.openStart) {
                return tr("Already in the concrete when first seen: it lasted at least this long");
            }
            if (insertion.openEnd) {
                return tr("Still in the concrete when last seen: it lasted at least this long");
            }
            return {};
        case Qt::AccessibleTextRole:
            if (index.column() == Number && m_byHand.contains(insertion.id)) {
                return QStringLiteral("%1: %2, %3")
                    .arg(headerData(Number, Qt::Horizontal, Qt::DisplayRole).toString(),
                         display(insertion, Number).toString(), byHandText(m_byHand[insertion.id]));
            }
            return QStringLiteral("%1: %2").arg(
                headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(),
                display(insertion, index.column()).toString());
        case IdRole:
            return qint64(insertion.id);
        case SortRole:
            return sortKey(insertion, index.column());
        case TouchRole:
            return !insertion.effective;
        default:
            return {};
    }
}

QVariant InsertionModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignCenter);
    }
    if (role == Qt::ToolTipRole) {
        switch (section) {
            case Immersed:
                return tr("Seconds from the tip entering to the tip leaving the concrete");
            case Stationary:
                return tr("Seconds of them in which the contact point stood still");
            case Position:
                return tr(
                    "Where it was: metres on the concrete; without a calibration pixels, with px");
            case Confidence:
                return tr("How sure the program is, in per cent");
            default:
                return {};
        }
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
        case Number:
            return tr("No.");
        case Track:
            return tr("Poker");
        case Start:
            return tr("Start");
        case Frame:
            return tr("Frame");
        case Immersed:
            return tr("Immersed s");
        case Stationary:
            return tr("Still s");
        case Position:
            return tr("Place, m");
        case Confidence:
            return tr("Sure %");
        default:
            return {};
    }
}

InsertionFilter::InsertionFilter(QObject* parent) : QSortFilterProxyModel(parent) {
    setSortRole(InsertionModel::SortRole);
}

void InsertionFilter::setShowTouches(bool show) {
    m_showTouches = show;
    invalidateFilter();
}

void InsertionFilter::setIds(const QSet<qint64>& ids) {
    m_ids = ids;
    invalidateFilter();
}

qint64 InsertionFilter::idAt(int row) const {
    return index(row, 0).data(InsertionModel::IdRole).toLongLong();
}

int InsertionFilter::rowOf(qint64 id) const {
    const auto* source = qobject_cast<const InsertionModel*>(sourceModel());
    const int row = source ? source->rowOf(id) : -1;
    return row < 0 ? -1 : mapFromSource(source->index(row, 0)).row();
}

bool InsertionFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
    const QModelIndex cell = sourceModel()->index(row, 0, parent);
    if (!m_ids.isEmpty() && !m_ids.contains(cell.data(InsertionModel::IdRole).toLongLong())) {
        return false;
    }
    return m_showTouches || !cell.data(InsertionModel::TouchRole).toBool();
}

}  // namespace cvd::ui
