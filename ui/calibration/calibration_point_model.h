// The table of calibration points: pixels, metres or distances, and how far each is off.
#pragma once

#include <QAbstractTableModel>

#include "ui/calibration/calibration_draft.h"

namespace cvd::ui {

class CalibrationPointModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { PixelX, PixelY, First, Second, Residual, ColumnCount };

    explicit CalibrationPointModel(QObject* parent = nullptr);
    void setDraft(const CalibrationDraft& draft, const DraftState& state);
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

Q_SIGNALS:
    void edited(const cvd::ui::CalibrationDraft& draft);  // asks; setDraft() answers

private:
    std::optional<double> valueOf(int row, int column) const;

    CalibrationDraft m_draft;
    DraftState m_state;
    std::vector<PointM> m_metres;
};

}  // namespace cvd::ui
