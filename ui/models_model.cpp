#include "ui/models_model.h"

#include <QFont>

#include "core/text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace cvd::ui {

using models::InstalledModel;

QString decoderText(inference::Decoder decoder) {
    switch (decoder) {
        case inference::Decoder::Cvd:
            return ModelsModel::tr("Boxes and poker ends");
        case inference::Decoder::YoloX:
            return ModelsModel::tr("YOLOX boxes");
        case inference::Decoder::YoloV8:
            return ModelsModel::tr("YOLOv8 boxes");
        case inference::Decoder::Pair:
            return ModelsModel::tr("Boxes, then a mask");
    }
    return {};
}

void ModelsModel::setModels(QList<InstalledModel> models, const QString& defaultName) {
    beginResetModel();
    m_models = std::move(models);
    m_default = defaultName;
    endResetModel();
}

const InstalledModel* ModelsModel::at(int row) const {
    return row >= 0 && row < m_models.size() ? &m_models[row] : nullptr;
}

int ModelsModel::rowOf(const QString& name) const {
    for (int row = 0; row < m_models.size(); ++row) {
        if (m_models[row].name.compare(name, Qt::CaseInsensitive) == 0) {
            return row;
        }
    }
    return -1;
}

bool ModelsModel::isDefault(const InstalledModel& model) const {
    return model.name.compare(m_default, Qt::CaseInsensitive) == 0;
}

int ModelsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_models.size());
}
int ModelsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString ModelsModel::textOf(const InstalledModel& model, int column) const {
    if (column == Name) {
        return isDefault(model) ? tr("%1 (default)", "model").arg(model.name) : model.name;
    }
    if (column == Origin) {
        return model.shipped ? tr("With the program") : tr("Added %1").arg(dateText(model.added));
    }
    if (!model.problem.ok()) {
        return column == Kind ? tr("Cannot be used") : QString();
    }
    const inference::ModelManifest& m = model.manifest;
    switch (column) {
        case Version:
            return QString::fromStdString(m.version);
        case Kind:
            return decoderText(m.decoder);
        case Input:
            return QStringLiteral("%1 × %2").arg(m.inputWidth).arg(m.inputHeight);
        case Classes: {
            QStringList ours;
            for (const auto& mapped : m.classMapping) {
                const QString name = mapped ? text::classText(*mapped) : QString();
                if (!name.isEmpty() && !ours.contains(name)) {
                    ours << name;
                }
            }
            return ours.join(QStringLiteral(", "));
        }
        case Size:
            return bytesText(model.bytes);
        default:
            return {};
    }
}

QVariant ModelsModel::data(const QModelIndex& index, int role) const {
    const InstalledModel* model = index.isValid() ? at(index.row()) : nullptr;
    if (model == nullptr) {
        return {};
    }
    if (role == Qt::DisplayRole) {
        return textOf(*model, index.column());
    }
    if (role == Qt::ToolTipRole && !model->problem.ok()) {
        return text::errorText(model->problem.error());
    }
    if (role == Qt::ForegroundRole && !model->problem.ok()) {
        return tokens().muted;
    }
    if (role == Qt::FontRole && index.column() == Name && isDefault(*model)) {
        QFont font;
        font.setBold(true);
        return font;
    }
    if (role == Qt::TextAlignmentRole && (index.column() == Input || index.column() == Size)) {
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    }
    return {};
}

QVariant ModelsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        const bool number = section == Input || section == Size;
        return QVariant::fromValue(
            Qt::Alignment((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
        case Name:
            return tr("Name");
        case Version:
            return tr("Version");
        case Kind:
            return tr("Kind");
        case Input:
            return tr("Input, px");
        case Classes:
            return tr("Finds");
        case Size:
            return tr("Size");
        case Origin:
            return tr("Origin");
        default:
            return {};
    }
}

}  // namespace cvd::ui
