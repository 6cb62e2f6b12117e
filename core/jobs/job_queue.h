// The durable queue of detections: rows of table `job`, one worker thread that runs them one after
// the other, signals for the screens.
//
// A job survives the program: what was running when a program died becomes Interrupted at the next
// start. A running job carries host, process and a heartbeat, so that a second program on the same
// database neither runs it twice nor takes a live one for dead. A job runs in the program that
// queued it, or after that one's end in another on the same computer: only there is the video sure
// to be at hand. retry() brings a job to this program.
//
// project_status follows: 1 while a job of the project runs, 2 after a success, and what the
// results say (0 or 2) after anything else.
//
// Threading: the object lives in the thread that made it (the GUI thread) and has a connection of
// its own there; the worker opens another in its thread. Signals arrive in the object's thread.
#pragma once

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QString>
#include <memory>
#include <optional>

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/jobs/job_log.h"
#include "core/jobs/job_runner.h"
#include "core/jobs/job_state.h"

namespace cvd::accounts {
struct Session;
}
namespace cvd::storage {
struct ConnectionSettings;
}

namespace cvd::jobs {

struct JobInfo {
    JobId id;
    ProjectId project;
    QString projectName;
    QString thumbnailPath;  // absolute; empty: none
    UserId owner;           // who queued it
    QString ownerName;
    JobState state = JobState::Queued;
    JobProgress progress;  // live for a job of this program, the last heartbeat's otherwise
    JobOptions options;
    Error error;                          // Failed: the sentence, its arguments and the detail
    QDateTime queued, started, finished;  // UTC; null: not yet
    QString device;                       // the one used; empty: not known yet
    bool elsewhere = false;               // runs in another program
    QString host;                         // where it runs or ran
    bool waitingForDatabase = false;      // finished on disk, stored when the server is back
    int attempt = 1;
    ResultId result;  // Done
    JobLog log;       // from job() alone; live for a job of this program
};

// Whether the program that shows this job can pause it, or let it go on.
inline bool canPause(const JobInfo& job) {
    return job.state == JobState::Running && !job.elsewhere &&
           job.progress.stage <= JobStage::Detecting;
}

struct JobTimings {
    int progressIntervalMs = 100;  // at most ten signals a second
    int heartbeatMs = 2000;        // how often a running job says that it lives
    int deadAfterMs = 30000;       // another host's heartbeat older than this is dead
    int pollMs = 2000;             // how often the worker looks for jobs queued elsewhere
    int firstBackOffMs = 500;      // database away: waits double from here ...
    int longestBackOffMs = 30000;  // ... up to here
    int stopWithinMs = 5000;
};

class JobQueue : public QObject {
    Q_OBJECT
public:
    JobQueue(const storage::ConnectionSettings& connection, const QString& libraryRoot,
             JobRunner runner, QObject* parent = nullptr);
    ~JobQueue() override;  // stop()

    void setTimings(const JobTimings& timings);  // before start()

    // Marks dead jobs as interrupted and starts the worker. Environment when the database cannot be
    // opened now; call again later.
    Status start();
    // Ends the worker within JobTimings::stopWithinMs; a running job becomes Interrupted.
    void stop();
    bool isRunning() const;
    // A job of this program is running or waits to be stored (ask before quitting).
    bool isBusy() const;

    // Why the worker cannot use the database just now; empty while it can.
    std::optional<Error> databaseProblem() const;
    // How a detection of this program ended whose end the database has not taken yet: the server is
    // away, or the disk is full. A finished result lies in the library and is stored when that is
    // over, by this program or by the next one.
    struct Unstored {
        JobState state = JobState::Done;
        std::optional<Error> error;  // Failed: why
    };
    std::optional<Unstored> unstored(JobId job) const;

    // Own projects only, administrators all. Usage when the project has a job that is queued or
    // running; BadInput when its video is gone or changed.
    Result<JobId> enqueue(const accounts::Session& session, ProjectId project,
                          const JobOptions& options = {});
    // Answers at once; the job is Cancelled within 0.5 s (watch changed()). Cancelling a job that
    // another program runs is passed on through the database.
    Status cancel(const accounts::Session& session, JobId job);
    // A paused job keeps its place and leaves the processor alone; those that wait behind it go on
    // waiting. Only for a job that runs in this program and still reads frames; Usage otherwise.
    // A pause ends with the program: the job is Interrupted then, as any other that runs.
    Status setPaused(const accounts::Session& session, JobId job, bool paused);
    // "Resume or start again": Failed, Cancelled and Interrupted jobs go back into the queue with
    // their options.
    Status retry(const accounts::Session& session, JobId job);
    // Takes a finished job off the list; its result stays.
    Status forget(const accounts::Session& session, JobId job);

    // Newest first; a normal user's own projects', an administrator's all.
    Result<QList<JobInfo>> jobs(const accounts::Session& session, int limit = 200);
    Result<QList<JobInfo>> jobsOfProject(const accounts::Session& session, ProjectId project);
    Result<JobInfo> job(const accounts::Session& session, JobId job);

Q_SIGNALS:
    // At most ten times a second, for the job that runs here.
    void progress(cvd::JobId job, cvd::ProjectId project, const cvd::jobs::JobProgress& progress);
    // A job's state, or its project's status, changed.
    void changed(cvd::JobId job, cvd::ProjectId project);
    // A job ended here; JobQueue::job tells how.
    void finished(cvd::JobId job, cvd::ProjectId project, cvd::jobs::JobState state);
    // The worker lost the database (true) or has it again (false).
    void databaseAway(bool away, const QString& message);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace cvd::jobs
