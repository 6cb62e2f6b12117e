// One page of the project list. Rows keep their place while progress arrives. GUI thread.
#pragma once

#include <QAbstractTableModel>
#include <QHash>
#include <QPixmap>

#include "core/jobs/job_runner.h"
#include "core/projects/project_types.h"

namespace cvd::ui {

class ProjectModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        NameColumn,
        StateColumn,
        OwnerColumn,
        CreatedColumn,
        DurationColumn,
        ReviewColumn,
        ColumnCount
    };
    enum Role {
        IdRole = Qt::UserRole + 1,
        ThumbnailRole,  // QPixmap, null while there is none
        StatusRole,     // int of projects::ProjectStatus
        ProgressRole,   // double 0..1; negative: not known
        ProgressTextRole,
    };

    explicit ProjectModel(QObject* parent = nullptr);

    // Replaces the page; the model resets only when other projects are on it.
    void setProjects(QList<projects::Project> projects);
    const projects::Project* project(int row) const;
    int rowOf(ProjectId id) const;  // -1: not on this page
    void setProgress(ProjectId id, const jobs::JobProgress& progress);
    void clearProgress(ProjectId id);
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const projects::Project& project, int column) const;

    QList<projects::Project> m_projects;
    QHash<qint64, jobs::JobProgress> m_progress;
};

}  // namespace cvd::ui
