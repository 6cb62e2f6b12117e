// The jobs of the queue as a table, newest first; progress arrives row by row.
#pragma once

#include <QAbstractTableModel>

#include "core/jobs/job_queue.h"

namespace cvd::ui {

class JobsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        ProjectColumn,
        StateColumn,
        ProgressColumn,
        Speed,
        TimeLeft,
        Device,
        Queued,
        ColumnCount
    };
    enum Role { ProgressRole = Qt::UserRole + 1, StateRole };  // 0..1 or negative; JobState

    using QAbstractTableModel::QAbstractTableModel;
    void setJobs(QList<jobs::JobInfo> jobs);
    void setProgress(JobId id, const jobs::JobProgress& progress);
    const jobs::JobInfo* at(int row) const;
    int rowOf(JobId id) const;
    int active() const;  // queued or running
    // The row of the job that runs, else of the next one, else of the newest; -1: none.
    int mostWanted() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    static bool isFigure(int column);
    static double speedOf(const jobs::JobInfo& job);
    QVariant text(const jobs::JobInfo& job, int column) const;

    QList<jobs::JobInfo> m_jobs;
};

QString jobStateText(const jobs::JobInfo& job);
// "preparing", "frame 120 of 900" ...
QString jobStageText(const jobs::JobProgress& progress);
// "2 min 10 s"; empty when not known.
QString durationText(double seconds);

}  // namespace cvd::ui
