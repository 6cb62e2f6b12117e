// The queue's worker: a thread that owns a Database, takes jobs, supervises the runner (which works
// in one more thread) and stores how each run ended. Nothing here blocks the GUI thread.
#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QList>
#include <QThread>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "core/jobs/job_queue.h"
#include "core/jobs/job_store.h"
#include "core/projects/media_library.h"
#include "core/storage/connection_settings.h"

namespace cvd::jobs {

enum class StopReason { None, UserCancelled, ProgramEnds, RowGone };

// One run; shared by the worker, the runner's thread and the queue object.
struct Run {
    JobId job;
    ProjectId project;
    UserId projectOwner;
    std::atomic<bool> cancel{false};
    std::atomic<bool> pause{false};  // changed by setPaused() alone

    std::mutex mutex;  // guards what follows
    std::condition_variable changed;
    StopReason reason = StopReason::None;
    JobProgress progress;
    bool progressIsNew = false;
    bool progressPosted = false;  // an event is under way, the next waits for it
    bool ended = false;
    std::optional<Error> error;
    JobLog log;
    bool logIsNew = false;
    QElapsedTimer pausedSince;  // while `pause`
    double pausedS = 0;         // of the pauses that are over

    // False: it was being stopped already.
    bool stop(StopReason why, const QString& byWhom = {});
    // False: nothing was changed, because the run reads no frames any more or does so already.
    bool setPaused(bool paused, const QString& byWhom);
    void report(const JobProgress& progress);
    void note(const Note& note);
    JobProgress latestProgress();
    JobLog latestLog();

private:
    void noteLocked(const Note& note);
    void addPauses();
};

class JobWorker : public QThread {
public:
    // Events go to `receiver` (whose thread runs an event loop) until detach().
    JobWorker(storage::ConnectionSettings connection, const projects::MediaLibrary& library,
              JobRunner runner, JobTimings timings, std::shared_ptr<const JobOwner> owner,
              JobQueue* receiver);
    ~JobWorker() override;

    // From any thread.
    void wake();
    void requestStop();
    void detach();  // no event reaches the receiver after this
    std::shared_ptr<Run> current() const;
    std::optional<Settlement> pending(JobId job) const;  // ended, but not stored yet
    std::optional<Error> databaseProblem() const;
    bool isBusy() const;

    // A worker whose runner hangs is left behind: destroying a running thread ends the program.
    static void abandon(std::unique_ptr<JobWorker> worker);
    static bool waitForAbandoned(int ms);  // false: one is still running

protected:
    void run() override;

private:
    Status openDatabase();
    Status cycle(bool& worked);
    Status storeSettlements();
    Status settleDeadJobs();
    bool seemsDead(const storage::JobRecord& row);
    void execute(const ClaimedJob& job);
    void runInThread(const std::shared_ptr<Run>& run, const ClaimedJob& job,
                     const QString& calibrationFile);
    Status runGuarded(const std::shared_ptr<Run>& run, const ClaimedJob& job,
                      const QString& calibrationFile);
    void supervise(const std::shared_ptr<Run>& run);
    void beat(const std::shared_ptr<Run>& run);
    void storeLog(const std::shared_ptr<Run>& run);
    void postProgress(const std::shared_ptr<Run>& run);
    Settlement settlementOf(const std::shared_ptr<Run>& run, const ClaimedJob& job) const;
    void announce(JobId job, ProjectId project, std::optional<JobState> finished = {});
    void post(std::function<void(JobQueue&)> event);
    void setAway(const std::optional<Error>& error);
    bool isStopping() const;
    void waitFor(int ms);

    const storage::ConnectionSettings m_connection;
    const projects::MediaLibrary m_library;
    const JobRunner m_runner;
    const JobTimings m_timings;
    const std::shared_ptr<const JobOwner> m_owner;

    mutable std::mutex m_mutex;  // guards what follows
    std::condition_variable m_wake;
    bool m_stop = false;
    bool m_woken = false;
    JobQueue* m_receiver;
    std::shared_ptr<Run> m_current;
    QList<Settlement> m_settlements;
    std::optional<Error> m_away;  // why the database cannot be used; changed by the worker only

    // Of the worker's thread only.
    std::unique_ptr<storage::Database> m_database;
    bool m_recovered = false;
    struct LastBeat {
        QDateTime heartbeat;
        QElapsedTimer since;
    };
    QHash<qint64, LastBeat> m_otherBeats;
    QElapsedTimer m_sinceDeadCheck;
};

}  // namespace cvd::jobs
