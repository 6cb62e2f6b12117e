// What happens to a job's row, its project's status and its result folder, each step in one
// transaction. No threads here; whoever calls brings the Database of the own thread.
#pragma once

#include <QString>
#include <optional>

#include "core/accounts/session.h"
#include "core/jobs/job_json.h"
#include "core/jobs/job_log.h"
#include "core/jobs/job_owner.h"
#include "core/jobs/job_state.h"
#include "core/projects/media_library.h"
#include "core/storage/database.h"
#include "core/storage/records.h"

namespace cvd::jobs {

// A job that this queue has just taken, with all it needs, so that the run itself asks nothing.
struct ClaimedJob {
    storage::JobRecord row;
    StoredOptions stored;
    UserId projectOwner;
    std::optional<projects::MediaRecord> media;
    QString calibrationJson;  // empty: none, or not wanted
    QString folder;           // absolute
};

// How a run ended.
struct Settlement {
    JobId job;
    ProjectId project;
    JobState state = JobState::Done;
    std::optional<Error> error;
    JobProgress progress;
    QString folder;  // absolute
    JobLog log;      // without the end, which is added when it is stored
};

class JobStore {
public:
    JobStore(storage::Database& database, const projects::MediaLibrary& library)
        : m_database(database), m_library(library) {}

    // Row for a new job of this queue. Usage when the project has an active one.
    Result<JobId> add(const JobOwner& owner, ProjectId project, const accounts::Session& user,
                      const JobOptions& options);
    // Back into the queue, of this program.
    Status requeue(const JobOwner& owner, JobId job, const accounts::Session& user);
    // Queued -> Cancelled; false when it was not queued any more.
    Result<bool> cancelQueued(JobId job, const accounts::Session& user);

    // The oldest queued job that is this queue's to run becomes Running.
    Result<std::optional<ClaimedJob>> claim(const JobOwner& owner);

    // Stores how a run ended, with its result when Done. False: the row is gone or no longer ours,
    // so nobody wants what the run made. An error that is not temporary ends the job as Failed.
    Result<bool> settle(const JobOwner& owner, const Settlement& settlement);

    // The program that ran this job is dead: Done when its result is complete on disk, otherwise
    // Interrupted and its folder removed. Answers the new state; empty: somebody else was faster.
    Result<std::optional<JobState>> settleDead(const storage::JobRecord& row);

    // The same for every running job whose program was killed on this computer; of one project, or
    // of all. Answers their ids.
    Result<QList<JobId>> settleDeadHere(std::optional<ProjectId> project = {});

    // A result folder is complete when its summary is there (see docs/contract.md).
    static bool isComplete(const QString& folder);

private:
    Result<std::optional<ClaimedJob>> take(const JobOwner& owner, const storage::JobRecord& row);
    Status finish(storage::JobRecord row, JobState to, const Settlement& settlement);
    Status restoreProjectStatus(ProjectId project);
    Status recordQueued(const accounts::Session& user, ProjectId project,
                        const JobOptions& options);

    storage::Database& m_database;
    const projects::MediaLibrary& m_library;
};

void removeResultFolder(const QString& folder);

}  // namespace cvd::jobs
