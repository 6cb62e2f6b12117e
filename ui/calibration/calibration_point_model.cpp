#include "ui/calibration/calibration_point_model.h"

#include <QLocale>
#include <cmath>

namespace cvd::ui {

CalibrationPointModel::CalibrationPointModel(QObject* parent) : QAbstractTableModel(parent) {}

void CalibrationPointModel::setDraft(const CalibrationDraft& draft, const DraftState& state) {
    const bool sameShape =
        draft.points.size() == m_draft.points.size() && draft.mode == m_draft.mode;
    if (!sameShape) {
        beginResetModel();
    }
    m_draft = draft;
    m_state = state;
    m_metres = calibrationOf(draft).planePoints;
    if (!sameShape) {
        endResetModel();
    } else if (!draft.points.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

void CalibrationPointModel::retranslate() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

int CalibrationPointModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_draft.points.size());
}

int CalibrationPointModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(ColumnCount);
}

std::optional<double> CalibrationPointModel::valueOf(int row, int column) const {
    const DraftPoint& p = m_draft.points[size_t(row)];
    const bool distances = m_draft.mode == EntryMode::Distances;
    const auto metres =
        size_t(row) < m_metres.size() ? std::optional(m_metres[size_t(row)]) : std::nullopt;
    switch (column) {
        case PixelX:
            return p.image.x;
        case PixelY:
            return p.image.y;
        case First:
            if (distances) {
                return row > 0 ? std::optional(p.toFirstM) : std::nullopt;
            }
            return metres ? std::optional(metres->x) : std::nullopt;
        case Second:
            if (distances) {
                return row > 1 ? std::optional(p.toSecondM) : std::nullopt;
            }
            return metres ? std::optional(metres->y) : std::nullopt;
        case Residual:
            if (size_t(row) < m_state.residualsCm.size()) {
                return m_state.residualsCm[size_t(row)];
            }
            break;
        default:
            break;
    }
    return std::nullopt;
}

QVariant CalibrationPointModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto value = valueOf(index.row(), index.column());
    switch (role) {
        case Qt::TextAlignmentRole:
            return int(Qt::AlignRight | Qt::AlignVCenter);
        case Qt::EditRole:
            return value ? QVariant(*value) : QVariant();
        case Qt::DisplayRole: {
            if (!value || !std::isfinite(*value)) {
                return QStringLiteral("\u2013");
            }
            const bool fine = index.column() == First || index.column() == Second;
            return QLocale().toString(*value, 'f', fine ? 3 : 1);
        }
        default:
            return {};
    }
}

QVariant CalibrationPointModel::headerData(int section, Qt::Orientation orientation,
                                           int role) const {
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    if (orientation == Qt::Vertical) {
        return section + 1;
    }
    const bool distances = m_draft.mode == EntryMode::Distances;
    switch (section) {
        case PixelX:
            return tr("x (px)");
        case PixelY:
            return tr("y (px)");
        case First:
            return distances ? tr("to 1 (m)") : tr("X (m)");
        case Second:
            return distances ? tr("to 2 (m)") : tr("Y (m)");
        case Residual:
            return tr("off (cm)");
        default:
            return {};
    }
}

Qt::ItemFlags CalibrationPointModel::flags(const QModelIndex& index) const {
    Qt::ItemFlags f = QAbstractTableModel::flags(index);
    if (!index.isValid() || index.column() == Residual) {
        return f;
    }
    const bool pixels = index.column() == PixelX || index.column() == PixelY;
    const bool metres =
        m_draft.mode != EntryMode::Rectangle && valueOf(index.row(), index.column()).has_value();
    return pixels || metres ? f | Qt::ItemIsEditable : f;
}

bool CalibrationPointModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    bool number = false;
    double typed = value.toDouble(&number);
    if (!number) {
        typed = QLocale().toDouble(value.toString(), &number);
    }
    if (role != Qt::EditRole || !(flags(index) & Qt::ItemIsEditable) || !number ||
        !std::isfinite(typed)) {
        return false;
    }
    CalibrationDraft draft = m_draft;
    DraftPoint& p = draft.points[size_t(index.row())];
    const bool distances = draft.mode == EntryMode::Distances;
    switch (index.column()) {
        case PixelX:
            p.image.x = typed;
            break;
        case PixelY:
            p.image.y = typed;
            break;
        case First:
            (distances ? p.toFirstM : p.plane.x) = typed;
            break;
        default:
            (distances ? p.toSecondM : p.plane.y) = typed;
            break;
    }
    Q_EMIT edited(draft);
    return true;
}

}  // namespace cvd::ui
