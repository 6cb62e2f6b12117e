#include "ui/charts/chart_table.h"

#include "ui/charts/scales.h"

namespace cvd::ui {
namespace {

bool isPoints(const ChartData& d) {
    return d.kind == ChartData::Kind::Points;
}

// RFC 4180; a leading = + - @ would run as a formula in a spreadsheet.
QByteArray csvText(const QString& text) {
    QByteArray t = text.toUtf8();
    t.replace("\xE2\x80\x8B", "");
    if (!t.isEmpty() && QByteArrayLiteral("=+-@").contains(t[0])) {
        t.prepend('\'');
    }
    if (t.contains(',') || t.contains('"') || t.contains('\n') || t.contains('\r')) {
        t.replace("\"", "\"\"");
        t = '"' + t + '"';
    }
    return t;
}

QByteArray csvNumber(double value, bool whole) {
    return whole ? QByteArray::number(qlonglong(value)) : QByteArray::number(value, 'f', 3);
}

QStringList headers(const ChartData& d) {
    QStringList all{d.categoryTitle};
    if (isPoints(d) || d.sets.size() == 1) {
        return all << d.valueTitle;
    }
    for (const ChartSet& set : d.sets) {
        all << set.name;
    }
    return all;
}

}  // namespace

ChartTableModel::ChartTableModel(QObject* parent) : QAbstractTableModel(parent) {}

void ChartTableModel::setData(const ChartData& data) {
    beginResetModel();
    m_data = data;
    endResetModel();
}

int ChartTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(isPoints(m_data) ? m_data.points.size() : m_data.bars.size());
}

int ChartTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(headers(m_data).size());
}

QVariant ChartTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        const bool number = index.column() > 0 || m_data.kind != ChartData::Kind::Rows;
        return QVariant::fromValue(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    if (isPoints(m_data)) {
        const ChartPoint& p = m_data.points[index.row()];
        const double value = index.column() == 0 ? p.x : p.y;
        return index.column() == 0 && m_data.edgeText ? m_data.edgeText(value)
                                                      : numberText(value, m_data.decimals);
    }
    const ChartBar& bar = m_data.bars[index.row()];
    if (index.column() == 0) {
        return bar.label;
    }
    if (!m_data.says(bar, index.column() - 1)) {
        return QString();
    }
    return numberText(bar.values.value(index.column() - 1),
                      m_data.wholeNumbers ? 0 : std::max(1, m_data.decimals));
}

QVariant ChartTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        const bool number = section > 0 || m_data.kind != ChartData::Kind::Rows;
        return QVariant::fromValue(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
    }
    return role == Qt::DisplayRole ? headers(m_data).value(section) : QVariant();
}

QByteArray chartCsv(const ChartData& d) {
    QByteArray csv;
    const auto line = [&csv](const QList<QByteArray>& cells) { csv += cells.join(',') + '\n'; };
    QList<QByteArray> cells;
    for (const QString& header : headers(d)) {
        cells << csvText(header);
    }
    line(cells);
    for (const ChartPoint& p : d.points) {
        line({csvNumber(p.x, false), csvNumber(p.y, false)});
    }
    for (const ChartBar& bar : d.bars) {
        cells = {csvText(bar.label)};
        for (int s = 0; s < d.sets.size(); ++s) {
            cells << (d.says(bar, s) ? csvNumber(bar.values.value(s), d.wholeNumbers)
                                     : QByteArray());
        }
        line(cells);
    }
    return csv;
}

}  // namespace cvd::ui
