#include "ui/jobs_model.h"

#include <cmath>

#include <QCoreApplication>
#include <QIcon>
#include <QLocale>

#include "ui/widgets.h"

namespace cvd::ui {

QString jobStateText(const jobs::JobInfo& job) {
    if (job.waitingForDatabase) {
        return QCoreApplication::translate("jobs", "Waiting for the database");
    }
    switch (job.state) {
        case jobs::JobState::Queued:
            return QCoreApplication::translate("jobs", "Queued");
        case jobs::JobState::Running:
            return job.elsewhere
                       ? QCoreApplication::translate("jobs", "Running on %1").arg(job.host)
                   : job.progress.paused ? QCoreApplication::translate("jobs", "Paused")
                                         : QCoreApplication::translate("jobs", "Running");
        case jobs::JobState::Done:
            return QCoreApplication::translate("jobs", "Done");
        case jobs::JobState::Failed:
            return QCoreApplication::translate("jobs", "Failed");
        case jobs::JobState::Cancelled:
            return QCoreApplication::translate("jobs", "Cancelled");
        case jobs::JobState::Interrupted:
            return QCoreApplication::translate("jobs", "Interrupted");
    }
    return {};
}

QString jobStageText(const jobs::JobProgress& progress) {
    switch (progress.stage) {
        case jobs::JobStage::Waiting:
            return QCoreApplication::translate("jobs", "Waiting");
        case jobs::JobStage::Preparing:
            return QCoreApplication::translate("jobs", "Preparing");
        case jobs::JobStage::Detecting:
            return QCoreApplication::translate("jobs", "Frame %1 of %2")
                .arg(QLocale().toString(static_cast<qlonglong>(progress.done)),
                     QLocale().toString(static_cast<qlonglong>(progress.total)));
        case jobs::JobStage::Judging:
            return QCoreApplication::translate("jobs", "Judging");
        case jobs::JobStage::Writing:
            return QCoreApplication::translate("jobs", "Writing the results");
        case jobs::JobStage::Storing:
            return QCoreApplication::translate("jobs", "Storing the results");
    }
    return {};
}

QString durationText(double seconds) {
    if (!(seconds >= 0)) {
        return {};
    }
    const auto whole = static_cast<qlonglong>(std::ceil(seconds));
    if (whole < 60) {
        return QCoreApplication::translate("jobs", "%1 s").arg(whole);
    }
    if (whole < 3600) {
        return QCoreApplication::translate("jobs", "%1 min %2 s").arg(whole / 60).arg(whole % 60);
    }
    return QCoreApplication::translate("jobs", "%1 h %2 min")
        .arg(whole / 3600)
        .arg(whole % 3600 / 60);
}

void JobsModel::setJobs(QList<jobs::JobInfo> jobs) {
    beginResetModel();
    m_jobs = std::move(jobs);
    endResetModel();
}

void JobsModel::setProgress(JobId id, const jobs::JobProgress& progress) {
    const int row = rowOf(id);
    if (row >= 0) {
        m_jobs[row].progress = progress;
        Q_EMIT dataChanged(index(row, StateColumn), index(row, TimeLeft));
    }
}

const jobs::JobInfo* JobsModel::at(int row) const {
    return row >= 0 && row < m_jobs.size() ? &m_jobs[row] : nullptr;
}

int JobsModel::rowOf(JobId id) const {
    for (int row = 0; row < m_jobs.size(); ++row) {
        if (m_jobs[row].id == id) {
            return row;
        }
    }
    return -1;
}

int JobsModel::active() const {
    return static_cast<int>(std::count_if(m_jobs.begin(), m_jobs.end(),
                                          [](const auto& j) { return jobs::canCancel(j.state); }));
}

int JobsModel::mostWanted() const {
    int waits = m_jobs.isEmpty() ? -1 : 0;
    for (int row = 0; row < m_jobs.size(); ++row) {
        if (m_jobs[row].state == jobs::JobState::Running) {
            return row;
        }
        if (jobs::canCancel(m_jobs[row].state)) {
            waits = row;  // the last one is the next
        }
    }
    return waits;
}

int JobsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_jobs.size());
}
int JobsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

bool JobsModel::isFigure(int column) {
    return column == Speed || column == TimeLeft;
}

// Of a running job at the moment, of a finished one over all.
double JobsModel::speedOf(const jobs::JobInfo& job) {
    if (job.state == jobs::JobState::Running) {
        return job.progress.paused ? 0 : job.progress.framesPerS;
    }
    const qint64 tookMs = job.started.msecsTo(job.finished) - qint64(1000 * job.progress.pausedS);
    return job.state == jobs::JobState::Done && job.started.isValid() && tookMs > 0
               ? 1000.0 * double(job.progress.total) / double(tookMs)
               : 0;
}

QVariant JobsModel::text(const jobs::JobInfo& job, int column) const {
    const bool running = job.state == jobs::JobState::Running;
    switch (column) {
        case ProjectColumn:
            return job.projectName;
        case StateColumn:
            return jobStateText(job);
        case ProgressColumn:
            return running ? jobStageText(job.progress) : QString();
        case Speed:
            return speedOf(job) > 0 ? QLocale().toString(speedOf(job), 'f', 1) : QString();
        case TimeLeft:
            return running ? durationText(job.progress.paused ? -1 : job.progress.secondsLeft)
                   : job.state == jobs::JobState::Done && job.started.isValid()
                       ? tr("took %1").arg(durationText(job.started.secsTo(job.finished)))
                       : QString();
        case Device:
            return job.device;
        case Queued:
            return dateTimeText(job.queued);
        default:
            return {};
    }
}

QVariant JobsModel::data(const QModelIndex& index, int role) const {
    const jobs::JobInfo* job = index.isValid() ? at(index.row()) : nullptr;
    if (job == nullptr) {
        return {};
    }
    switch (role) {
        case Qt::DisplayRole:
            return text(*job, index.column());
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(isFigure(index.column())
                                           ? Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter)
                                           : Qt::Alignment(Qt::AlignLeft | Qt::AlignVCenter));
        case Qt::DecorationRole:
            return index.column() == ProjectColumn
                       ? QVariant(
                             QIcon(cachedPicture(job->thumbnailPath)))  // views scale icons alone
                       : QVariant();
        case ProgressRole:
            if (job->state == jobs::JobState::Done) {
                return 1.0;
            }
            return job->progress.total > 0 && job->state == jobs::JobState::Running
                       ? static_cast<double>(job->progress.done) /
                             static_cast<double>(job->progress.total)
                       : -1.0;
        case StateRole:
            return static_cast<int>(job->state);
        default:
            return {};
    }
}

QVariant JobsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole && isFigure(section)) {
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
        case ProjectColumn:
            return tr("Project");
        case StateColumn:
            return tr("State");
        case ProgressColumn:
            return tr("Progress");
        case Speed:
            return tr("Frames/s");
        case TimeLeft:
            return tr("Time left");
        case Device:
            return tr("Device");
        case Queued:
            return tr("Queued");
        default:
            return {};
    }
}

}  // namespace cvd::ui
