#include "ui/project_model.h"

#include <algorithm>

#include "ui/project_text.h"
#include "ui/widgets.h"

namespace cvd::ui {

using projects::Project;

ProjectModel::ProjectModel(QObject* parent) : QAbstractTableModel(parent) {}

void ProjectModel::setProjects(QList<Project> projects) {
    const bool same =
        std::equal(projects.begin(), projects.end(), m_projects.begin(), m_projects.end(),
                   [](const Project& a, const Project& b) { return a.id == b.id; });
    if (!same) {
        beginResetModel();
        m_projects = std::move(projects);
        endResetModel();
        return;
    }
    m_projects = std::move(projects);  // selection and scroll position stay
    if (!m_projects.isEmpty()) {
        Q_EMIT dataChanged(index(0, 0), index(int(m_projects.size()) - 1, ColumnCount - 1));
    }
}

const Project* ProjectModel::project(int row) const {
    return row >= 0 && row < m_projects.size() ? &m_projects[row] : nullptr;
}

int ProjectModel::rowOf(ProjectId id) const {
    const auto it = std::find_if(m_projects.begin(), m_projects.end(),
                                 [id](const Project& p) { return p.id == id; });
    return it == m_projects.end() ? -1 : int(it - m_projects.begin());
}

void ProjectModel::setProgress(ProjectId id, const jobs::JobProgress& progress) {
    m_progress.insert(id.value, progress);
    if (const int row = rowOf(id); row >= 0) {
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

void ProjectModel::clearProgress(ProjectId id) {
    m_progress.remove(id.value);
}

void ProjectModel::retranslate() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_projects.isEmpty()) {
        Q_EMIT dataChanged(index(0, 0), index(int(m_projects.size()) - 1, ColumnCount - 1));
    }
}

int ProjectModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_projects.size());
}

int ProjectModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString ProjectModel::text(const Project& p, int column) const {
    switch (column) {
        case NameColumn:
            return p.name;
        case StateColumn:
            return p.status == projects::ProjectStatus::Running && m_progress.contains(p.id.value)
                       ? progressText(m_progress.value(p.id.value))
                       : statusText(p.status);
        case OwnerColumn:
            return p.ownerName;
        case CreatedColumn:
            return dateText(p.created);
        case DurationColumn:
            return clockText(p.video.durationS);
        case ReviewColumn:
            return reviewText(p);
        default:
            return {};
    }
}

QVariant ProjectModel::data(const QModelIndex& index, int role) const {
    const Project* p = project(index.row());
    if (!p || !index.isValid()) {
        return {};
    }
    switch (role) {
        case Qt::DisplayRole:
            return text(*p, index.column());
        case Qt::TextAlignmentRole:
            return int(Qt::AlignVCenter |
                       (index.column() == DurationColumn ? Qt::AlignRight : Qt::AlignLeft));
        case Qt::ToolTipRole:
            return p->description.isEmpty() ? p->name
                                            : p->name + QLatin1Char('\n') + p->description;
        case Qt::AccessibleTextRole:
            return index.column() == NameColumn
                       ? tr("%1, %2, %3", "project, state, violations")
                             .arg(p->name, statusText(p->status), reviewText(*p))
                       : text(*p, index.column());
        case IdRole:
            return QVariant::fromValue<qint64>(p->id.value);
        case ThumbnailRole:
            return cachedPicture(p->thumbnailPath);
        case StatusRole:
            return int(p->status);
        case ProgressRole:
            return m_progress.contains(p->id.value)
                       ? progressFraction(m_progress.value(p->id.value))
                       : -1.0;
        case ProgressTextRole:
            return m_progress.contains(p->id.value) ? progressText(m_progress.value(p->id.value))
                                                    : QString();
        default:
            return {};
    }
}

QVariant ProjectModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter | (section == DurationColumn ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
        case NameColumn:
            return tr("Name");
        case StateColumn:
            return tr("State");
        case OwnerColumn:
            return tr("Owner");
        case CreatedColumn:
            return tr("Created");
        case DurationColumn:
            return tr("Duration (min:s)");
        case ReviewColumn:
            return tr("Violations");
        default:
            return {};
    }
}

}  // namespace cvd::ui
