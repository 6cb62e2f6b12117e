#include "core/jobs/job_store.h"

#include <QDir>
#include <QFileInfo>

#include "core/base/log.h"
#include "core/projects/project_service.h"
#include "core/projects/stored_media.h"
#include "core/storage/repositories.h"

namespace cvd::jobs {
namespace {

using projects::ProjectStatus;

QDateTime now() {
    return QDateTime::currentDateTimeUtc();
}

Error alreadyActive() {
    return fail(ErrorKind::Usage,
                CVD_TR("core",
                       "A detection of this project waits or runs already. Wait for it or "
                       "cancel it."));
}

QString withEntry(const QString& logJson, const Note& note) {
    JobLog log = logFromJson(logJson);
    append(log, note);
    return toJson(log);
}

// The log with how the job ended.
JobLog withEnd(const Settlement& ending, const QDateTime& started, const QDateTime& finished,
               JobState to) {
    JobLog log = ending.log;
    if (ending.error) {
        append(log, *ending.error);
    } else if (to == JobState::Done) {
        const double seconds = double(started.msecsTo(finished)) / 1000 - ending.progress.pausedS;
        append(log, {CVD_TR("core", "Done. It took %1 s without pauses."),
                     {QString::number(seconds, 'f', 1).toStdString()}});
    } else if (to == JobState::Cancelled) {
        append(log, {CVD_TR("core", "The detection has stopped. Nothing of it was kept."), {}});
    }
    return log;
}

}  // namespace

void removeResultFolder(const QString& folder) {
    if (!folder.isEmpty()) {
        QDir(folder).removeRecursively();
    }
}

bool JobStore::isComplete(const QString& folder) {
    return QFileInfo::exists(folder + QStringLiteral("/summary.json"));
}

Status JobStore::restoreProjectStatus(ProjectId project) {
    storage::ProjectRepository projects(m_database);
    CVD_TRY_ASSIGN(const auto row, projects.find(project));
    if (row) {
        const ProjectStatus status =
            row->latestResult.valid() ? ProjectStatus::Done : ProjectStatus::NotStarted;
        CVD_TRY(projects.setStatus(project, int(status)));
    }
    return {};
}

Result<JobId> JobStore::add(const JobOwner& owner, ProjectId project, const accounts::Session& user,
                            const JobOptions& options) {
    storage::JobRepository jobs(m_database);
    storage::JobRecord row;
    row.project = project;
    row.owner = user.user;
    row.state = int(JobState::Queued);
    row.kind = QStringLiteral("detect");
    row.optionsJson = toJson(StoredOptions{options, {}});
    row.queued = now();
    row.logJson = withEntry({}, {CVD_TR("core", "Queued by %1."), {user.name.toStdString()}});
    row.ownerHost = owner.host();
    row.ownerProcess = owner.process();
    return m_database.withTransaction([&]() -> Result<JobId> {
        CVD_TRY_ASSIGN(const qint64 active, jobs.countActive(project));
        if (active > 0) {
            return alreadyActive();
        }
        CVD_TRY(recordQueued(user, project, options));
        return jobs.insert(row);
    });
}

Status JobStore::requeue(const JobOwner& owner, JobId job, const accounts::Session& user) {
    storage::JobRepository jobs(m_database);
    return m_database.withTransaction([&]() -> Status {
        CVD_TRY_ASSIGN(auto row, jobs.find(job));
        if (!row || !canRetry(JobState(row->state))) {
            return fail(ErrorKind::Usage,
                        CVD_TR("core",
                               "This detection cannot be started again. Refresh the list "
                               "or start a new one."));
        }
        CVD_TRY_ASSIGN(const qint64 active, jobs.countActive(row->project));
        if (active > 0) {
            return alreadyActive();
        }
        row->state = int(JobState::Queued);
        row->optionsJson = toJson(StoredOptions{optionsFromJson(row->optionsJson).options, {}});
        row->progressJson.clear();
        row->errorJson.clear();
        row->logJson = withEntry(
            row->logJson, {CVD_TR("core", "Queued again by %1."), {user.name.toStdString()}});
        row->device.clear();
        row->started = row->finished = row->heartbeat = {};
        row->ownerHost = owner.host();
        row->ownerProcess = owner.process();
        row->cancelRequested = row->hidden = false;
        ++row->attempt;
        CVD_TRY(recordQueued(user, row->project, optionsFromJson(row->optionsJson).options));
        CVD_TRY(jobs.update(*row));
        return {};
    });
}

Result<bool> JobStore::cancelQueued(JobId job, const accounts::Session& user) {
    storage::JobRepository jobs(m_database);
    return m_database.withTransaction([&]() -> Result<bool> {
        CVD_TRY_ASSIGN(const bool changed,
                       jobs.changeState(job, int(JobState::Queued), int(JobState::Cancelled)));
        if (!changed) {
            return false;
        }
        CVD_TRY_ASSIGN(auto row, jobs.find(job));
        if (row) {
            row->finished = now();
            row->logJson = withEntry(
                row->logJson, {CVD_TR("core", "Cancelled by %1."), {user.name.toStdString()}});
            CVD_TRY(jobs.update(*row));
            CVD_TRY(projects::ProjectService(m_database, m_library)
                        .recordUse(user, row->project,
                                   projects::ProjectService::Use::DetectionCancelled));
        }
        return true;
    });
}

Status JobStore::recordQueued(const accounts::Session& user, ProjectId project,
                              const JobOptions& options) {
    return projects::ProjectService(m_database, m_library)
        .recordUse(user, project, projects::ProjectService::Use::DetectionQueued,
                   QStringLiteral("profile %1").arg(options.profile));
}

// --- Running ---

Result<std::optional<ClaimedJob>> JobStore::claim(const JobOwner& owner) {
    CVD_TRY_ASSIGN(const auto queued,
                   storage::JobRepository(m_database).inState(int(JobState::Queued)));
    for (const auto& row : queued) {
        const bool orphan =
            row.ownerProcess.isEmpty() || JobOwner::died(row.ownerHost, row.ownerProcess);
        if (!orphan && !owner.is(row.ownerHost, row.ownerProcess)) {
            continue;
        }
        CVD_TRY_ASSIGN(auto taken, m_database.withTransaction([&] { return take(owner, row); }));
        if (taken) {
            return taken;
        }
    }
    return std::optional<ClaimedJob>();
}

Result<std::optional<ClaimedJob>> JobStore::take(const JobOwner& owner,
                                                 const storage::JobRecord& queued) {
    storage::JobRepository jobs(m_database);
    storage::ProjectRepository projects(m_database);
    CVD_TRY_ASSIGN(const bool won,
                   jobs.changeState(queued.id, int(JobState::Queued), int(JobState::Running)));
    if (!won) {
        return std::optional<ClaimedJob>();
    }
    ClaimedJob job;
    job.row = queued;
    job.stored = optionsFromJson(queued.optionsJson);
    job.folder = m_library.newResultFolder();
    job.stored.folder = m_library.relativePath(job.folder);
    CVD_TRY_ASSIGN(const auto project, projects.findDetailed(queued.project));
    if (project) {
        job.projectOwner = project->project.owner;
        if (project->video) {
            job.media = projects::mediaRecordOf(*project->video);
        }
    }
    if (job.stored.options.useCalibration) {
        CVD_TRY_ASSIGN(const auto calibration,
                       storage::CalibrationRepository(m_database).ofProject(queued.project));
        if (calibration) {
            job.calibrationJson = calibration->json;
        }
    }
    job.row.state = int(JobState::Running);
    job.row.optionsJson = toJson(job.stored);
    job.row.started = job.row.heartbeat = now();
    job.row.ownerHost = owner.host();
    job.row.ownerProcess = owner.process();
    job.row.cancelRequested = false;
    job.row.logJson =
        withEntry(queued.logJson, {CVD_TR("core", "Started on the computer %1, attempt %2."),
                                   {owner.host().toStdString(), std::to_string(queued.attempt)}});
    CVD_TRY(jobs.update(job.row));
    CVD_TRY(projects.setStatus(queued.project, int(ProjectStatus::Running)));
    return std::optional<ClaimedJob>(std::move(job));
}

// --- Ending ---

Status JobStore::finish(storage::JobRecord row, JobState to, const Settlement& settlement) {
    row.state = int(to);
    row.finished = now();
    row.progressJson = toJson(settlement.progress);
    row.errorJson = settlement.error ? toJson(*settlement.error) : QString();
    row.cancelRequested = false;
    row.logJson = toJson(withEnd(settlement, row.started, row.finished, to));
    if (to == JobState::Done) {
        projects::ProjectService service(m_database, m_library);
        CVD_TRY_ASSIGN(row.result, service.storeResult(row.project, row.id, settlement.folder));
        CVD_TRY_ASSIGN(const auto result, storage::ResultRepository(m_database).find(row.result));
        row.device = result ? result->device : QString();
    } else {
        CVD_TRY(restoreProjectStatus(row.project));
    }
    CVD_TRY(storage::JobRepository(m_database).update(row));
    return {};
}

Result<bool> JobStore::settle(const JobOwner& owner, const Settlement& settlement) {
    const auto attempt = [&](const Settlement& ending) {
        return m_database.withTransaction([&]() -> Result<bool> {
            CVD_TRY_ASSIGN(const auto row, storage::JobRepository(m_database).find(ending.job));
            const bool ours = row && owner.is(row->ownerHost, row->ownerProcess);
            if (ours && row->state == int(ending.state)) {
                return true;  // an earlier try was stored, only its answer was lost
            }
            if (!ours || !isLegalTransition(JobState(row->state), ending.state)) {
                return false;
            }
            CVD_TRY(finish(*row, ending.state, ending));
            return true;
        });
    };
    auto settled = attempt(settlement);
    if (settled.ok() || settlement.state != JobState::Done ||
        storage::problemOf(settled.error()) != storage::Problem::None) {
        return settled;
    }
    // Not the database but the result itself: the job failed after all.
    Settlement failed = settlement;
    failed.state = JobState::Failed;
    failed.error = settled.error();
    auto stored = attempt(failed);
    if (stored.ok()) {
        removeResultFolder(settlement.folder);
    }
    return stored;
}

Result<std::optional<JobState>> JobStore::settleDead(const storage::JobRecord& seen) {
    const QString relative = optionsFromJson(seen.optionsJson).folder;
    Settlement ending;
    ending.job = seen.id;
    ending.project = seen.project;
    ending.folder = relative.isEmpty() ? QString() : m_library.absolutePath(relative);
    ending.progress = progressFromJson(seen.progressJson);
    ending.log = logFromJson(seen.logJson);
    const auto attempt = [&](JobState to) {
        return m_database.withTransaction([&]() -> Result<bool> {
            storage::JobRepository jobs(m_database);
            CVD_TRY_ASSIGN(const auto row, jobs.find(seen.id));
            const bool same =
                row && row->state == int(JobState::Running) && row->ownerHost == seen.ownerHost &&
                row->ownerProcess == seen.ownerProcess && row->heartbeat == seen.heartbeat;
            if (!same) {
                return false;
            }
            CVD_TRY(finish(*row, to, ending));
            return true;
        });
    };
    if (!ending.folder.isEmpty() && isComplete(ending.folder)) {
        log(LogLevel::Info, "jobs",
            "Storing the finished result of job " + std::to_string(seen.id.value) +
                ", whose program ended.");
        const auto stored = attempt(JobState::Done);
        if (stored.ok()) {
            return stored.value() ? std::optional(JobState::Done) : std::nullopt;
        }
        if (storage::problemOf(stored.error()) != storage::Problem::None) {
            return stored.error();
        }
    }
    ending.error =
        fail(ErrorKind::Environment, CVD_TR("core",
                                            "The program ended while this detection ran. Start it "
                                            "again."));
    CVD_TRY_ASSIGN(const bool marked, attempt(JobState::Interrupted));
    if (!marked) {
        return std::optional<JobState>();
    }
    // Another computer's program may only have lost its connection: what it makes is its own.
    if (JobOwner::onThisComputer(seen.ownerHost)) {
        removeResultFolder(ending.folder);
    }
    return std::optional(JobState::Interrupted);
}

Result<QList<JobId>> JobStore::settleDeadHere(std::optional<ProjectId> project) {
    CVD_TRY_ASSIGN(const auto running,
                   storage::JobRepository(m_database).inState(int(JobState::Running)));
    QList<JobId> settled;
    for (const auto& row : running) {
        const bool wanted = !project || row.project == *project;
        if (wanted && JobOwner::died(row.ownerHost, row.ownerProcess)) {
            CVD_TRY(settleDead(row));
            settled.append(row.id);
        }
    }
    return settled;
}

}  // namespace cvd::jobs
