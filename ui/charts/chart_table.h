// The figures of a chart as a table: for the keyboard, for screen readers, for the CSV file.
#pragma once

#include <QAbstractTableModel>

#include "ui/charts/chart_data.h"

namespace cvd::ui {

class ChartTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit ChartTableModel(QObject* parent = nullptr);
    void setData(const ChartData& data);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    ChartData m_data;
};

// UTF-8 with the table's headers, numbers in the C locale.
QByteArray chartCsv(const ChartData& data);

}  // namespace cvd::ui
