// The models of this computer as a table.
#pragma once

#include <QAbstractTableModel>

#include "core/models/model_library.h"

namespace cvd::ui {

class ModelsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Version, Kind, Input, Classes, Size, Origin, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setModels(QList<models::InstalledModel> models, const QString& defaultName);
    const models::InstalledModel* at(int row) const;
    int rowOf(const QString& name) const;  // -1: not there
    bool isDefault(const models::InstalledModel& model) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString textOf(const models::InstalledModel& model, int column) const;

    QList<models::InstalledModel> m_models;
    QString m_default;
};

// "cvd", "yolox" ... in words.
QString decoderText(inference::Decoder decoder);

}  // namespace cvd::ui
