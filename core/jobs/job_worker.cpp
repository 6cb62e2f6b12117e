#include "core/jobs/job_worker.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QUuid>
#include <algorithm>
#include <chrono>
#include <exception>
#include <thread>
#include <utility>

#include "core/base/log.h"
#include "core/projects/process_identity.h"
#include "core/projects/project_service.h"
#include "core/storage/repositories.h"

namespace cvd::jobs {
namespace {

constexpr int kDeadCheckMs = 5000;

std::chrono::milliseconds milliseconds(qint64 count) {
    return std::chrono::milliseconds(count);
}

// Where the runner finds the project's calibration. Lies among the unfinished copies, which the
// next start clears up after a kill.
Result<QString> writeCalibration(const projects::MediaLibrary& library, const QString& json) {
    if (json.isEmpty()) {
        return QString();
    }
    CVD_TRY(library.prepare());
    const QString name =
        library.absolutePath(QStringLiteral("incoming/%1~%2.json")
                                 .arg(projects::ProcessIdentity::self().toString(),
                                      QUuid::createUuid().toString(QUuid::WithoutBraces)));
    QFile file(name);
    const QByteArray bytes = json.toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.flush()) {
        file.remove();
        return fail(ErrorKind::Environment,
                    CVD_TR("core",
                           "The calibration cannot be written to %1. Check that the disk "
                           "has room and may be written to."),
                    {name.toStdString()}, file.errorString().toStdString());
    }
    return name;
}

}  // namespace

// --- Run ---

bool Run::stop(StopReason why, const QString& byWhom) {
    const std::lock_guard lock(mutex);
    const bool first = reason == StopReason::None;
    if (first) {
        reason = why;
        if (why == StopReason::UserCancelled) {
            noteLocked(byWhom.isEmpty()
                           ? Note{CVD_TR("core", "Cancelled from another program."), {}}
                           : Note{CVD_TR("core", "Cancelled by %1."), {byWhom.toStdString()}});
        }
    }
    cancel = true;
    changed.notify_all();
    return first;
}

bool Run::setPaused(bool paused, const QString& byWhom) {
    const std::lock_guard lock(mutex);
    if (pause == paused || cancel || ended || (paused && progress.stage > JobStage::Detecting)) {
        return false;
    }
    const std::string who = byWhom.toStdString();
    if (paused) {
        pausedSince.start();
        noteLocked(
            {CVD_TR("core", "Paused by %1 at frame %2."), {who, std::to_string(progress.done)}});
    } else {
        pausedS += double(pausedSince.elapsed()) / 1000;
        noteLocked({CVD_TR("core", "Resumed by %1."), {who}});
    }
    pause = paused;
    addPauses();
    progressIsNew = true;
    changed.notify_all();
    return true;
}

void Run::report(const JobProgress& now) {
    const std::lock_guard lock(mutex);
    const JobStage before = progress.stage;
    progress = now;
    addPauses();
    progressIsNew = true;
    changed.notify_all();
    if (now.stage == before) {
        return;
    }
    if (pause && now.stage > JobStage::Detecting) {  // the last frames were under way already
        pausedS += double(pausedSince.elapsed()) / 1000;
        pause = false;
    }
    if (now.stage == JobStage::Detecting) {
        noteLocked({CVD_TR("core", "Detecting in %1 frames on %2."),
                    {std::to_string(now.total), now.device.toStdString()}});
    } else if (now.stage == JobStage::Judging) {
        noteLocked({CVD_TR("core", "All frames are read. Judging."), {}});
    } else if (now.stage == JobStage::Writing) {
        noteLocked({CVD_TR("core", "Writing the results."), {}});
    }
}

void Run::note(const Note& what) {
    const std::lock_guard lock(mutex);
    noteLocked(what);
}

void Run::noteLocked(const Note& what) {
    append(log, what);
    logIsNew = true;
    cvd::log(LogLevel::Info, "jobs", "Job " + std::to_string(job.value) + ": " + what.sentence());
}

void Run::addPauses() {
    progress.paused = pause && progress.stage <= JobStage::Detecting;
    progress.pausedS = pausedS + (pause ? double(pausedSince.elapsed()) / 1000 : 0);
}

JobProgress Run::latestProgress() {
    const std::lock_guard lock(mutex);
    addPauses();
    return progress;
}

JobLog Run::latestLog() {
    const std::lock_guard lock(mutex);
    return log;
}

// --- From any thread ---

JobWorker::JobWorker(storage::ConnectionSettings connection, const projects::MediaLibrary& library,
                     JobRunner runner, JobTimings timings, std::shared_ptr<const JobOwner> owner,
                     JobQueue* receiver)
    : m_connection(std::move(connection)),
      m_library(library),
      m_runner(std::move(runner)),
      m_timings(timings),
      m_owner(std::move(owner)),
      m_receiver(receiver) {
    setObjectName(QStringLiteral("JobWorker"));
}

JobWorker::~JobWorker() = default;

void JobWorker::wake() {
    const std::lock_guard lock(m_mutex);
    m_woken = true;
    m_wake.notify_all();
}

void JobWorker::requestStop() {
    const std::lock_guard lock(m_mutex);
    m_stop = true;
    if (m_current) {
        m_current->stop(StopReason::ProgramEnds);
    }
    m_wake.notify_all();
}

void JobWorker::detach() {
    const std::lock_guard lock(m_mutex);
    m_receiver = nullptr;
}

std::shared_ptr<Run> JobWorker::current() const {
    const std::lock_guard lock(m_mutex);
    return m_current;
}

std::optional<Settlement> JobWorker::pending(JobId job) const {
    const std::lock_guard lock(m_mutex);
    const auto found = std::find_if(m_settlements.begin(), m_settlements.end(),
                                    [&](const Settlement& s) { return s.job == job; });
    return found == m_settlements.end() ? std::nullopt : std::optional(*found);
}

std::optional<Error> JobWorker::databaseProblem() const {
    const std::lock_guard lock(m_mutex);
    return m_away;
}

bool JobWorker::isBusy() const {
    const std::lock_guard lock(m_mutex);
    return m_current || !m_settlements.isEmpty();
}

namespace {
std::mutex gAbandonedMutex;
QList<JobWorker*> gAbandoned;
}  // namespace

void JobWorker::abandon(std::unique_ptr<JobWorker> worker) {
    const std::lock_guard lock(gAbandonedMutex);
    gAbandoned.append(worker.release());
}

bool JobWorker::waitForAbandoned(int ms) {
    const std::lock_guard lock(gAbandonedMutex);
    const QDeadlineTimer deadline(ms);
    gAbandoned.removeIf([&](JobWorker* worker) {
        const bool ended = worker->wait(deadline);
        if (ended) {
            delete worker;
        }
        return ended;
    });
    return gAbandoned.isEmpty();
}

bool JobWorker::isStopping() const {
    const std::lock_guard lock(m_mutex);
    return m_stop;
}

void JobWorker::waitFor(int ms) {
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, milliseconds(ms), [&] { return m_stop || m_woken; });
    m_woken = false;
}

// --- Events ---

void JobWorker::post(std::function<void(JobQueue&)> event) {
    const std::lock_guard lock(m_mutex);
    if (JobQueue* receiver = m_receiver) {
        QMetaObject::invokeMethod(
            receiver, [receiver, event = std::move(event)] { event(*receiver); },
            Qt::QueuedConnection);
    }
}

void JobWorker::announce(JobId job, ProjectId project, std::optional<JobState> finished) {
    post([=](JobQueue& queue) {
        Q_EMIT queue.changed(job, project);
        if (finished) {
            Q_EMIT queue.finished(job, project, *finished);
        }
    });
}

void JobWorker::postProgress(const std::shared_ptr<Run>& run) {
    {
        const std::lock_guard lock(run->mutex);
        if (!run->progressIsNew || run->progressPosted) {
            return;
        }
        run->progressIsNew = false;
        run->progressPosted = true;
    }
    post([run](JobQueue& queue) {
        JobProgress latest;
        {
            const std::lock_guard lock(run->mutex);
            run->progressPosted = false;
            latest = run->progress;
        }
        Q_EMIT queue.progress(run->job, run->project, latest);
    });
}

void JobWorker::setAway(const std::optional<Error>& error) {
    const bool away = error.has_value();
    {
        const std::lock_guard lock(m_mutex);
        const bool known = m_away.has_value() == away;
        m_away = error;
        if (known) {
            return;
        }
    }
    if (const std::shared_ptr<Run> run = current()) {
        run->note(away ? Note{CVD_TR("core",
                                     "The database cannot be reached. The detection goes on; its "
                                     "result is stored when the database is back."),
                              {}}
                       : Note{CVD_TR("core", "The database is back."), {}});
    }
    const QString message = error ? QString::fromStdString(error->message()) : QString();
    log(away ? LogLevel::Warning : LogLevel::Info, "jobs",
        away ? "The database cannot be used: " + error->message() : "The database is back.");
    post([away, message](JobQueue& queue) { Q_EMIT queue.databaseAway(away, message); });
}

// --- The thread ---

void JobWorker::run() {
    int backOffMs = m_timings.firstBackOffMs;
    while (!isStopping()) {
        bool worked = false;
        Status status = openDatabase();
        if (status.ok()) {
            status = cycle(worked);
        }
        if (!status.ok()) {
            setAway(status.error());
            waitFor(backOffMs);
            backOffMs = std::min(2 * backOffMs, m_timings.longestBackOffMs);
            continue;
        }
        setAway(std::nullopt);
        backOffMs = m_timings.firstBackOffMs;
        if (!worked) {
            waitFor(m_timings.pollMs);
        }
    }
    if (m_database) {
        if (const Status stored = storeSettlements(); !stored.ok()) {
            log(LogLevel::Warning, "jobs",
                "A job's end is stored at the next start: " + stored.error().message());
        }
    }
    m_database.reset();
}

Status JobWorker::openDatabase() {
    if (m_database) {
        return {};
    }
    CVD_TRY_ASSIGN(m_database, storage::Database::open(m_connection));
    return {};
}

Status JobWorker::cycle(bool& worked) {
    CVD_TRY(storeSettlements());
    if (!m_recovered) {
        m_recovered = true;
        if (const Status s = projects::ProjectService(*m_database, m_library).recover(); !s.ok()) {
            log(LogLevel::Warning, "jobs", "The library was not recovered: " + s.error().message());
        }
    }
    CVD_TRY(settleDeadJobs());
    CVD_TRY_ASSIGN(const auto job, JobStore(*m_database, m_library).claim(*m_owner));
    if (job) {
        execute(*job);
        worked = true;
        CVD_TRY(storeSettlements());
    }
    return {};
}

Status JobWorker::storeSettlements() {
    for (;;) {
        Settlement next;
        {
            const std::lock_guard lock(m_mutex);
            if (m_settlements.isEmpty()) {
                return {};
            }
            next = m_settlements.first();
        }
        CVD_TRY_ASSIGN(const bool stored, JobStore(*m_database, m_library).settle(*m_owner, next));
        if (!stored) {
            removeResultFolder(next.folder);
        }
        {
            const std::lock_guard lock(m_mutex);
            m_settlements.removeFirst();
        }
        JobState state = next.state;
        if (const auto row = storage::JobRepository(*m_database).find(next.job);
            row.ok() && row.value()) {
            state = JobState((*row)->state);
        }
        announce(next.job, next.project, state);
    }
}

// --- Jobs of programs that died ---

bool JobWorker::seemsDead(const storage::JobRecord& row) {
    if (m_owner->is(row.ownerHost, row.ownerProcess)) {
        const std::shared_ptr<Run> run = current();
        return !pending(row.id) && !(run && run->job == row.id);
    }
    if (JobOwner::onThisComputer(row.ownerHost)) {
        return !JobOwner::isAlive(row.ownerProcess);
    }
    // Another computer's clock may differ, so only this one's is used: does the heartbeat move?
    LastBeat& last = m_otherBeats[row.id.value];
    if (!last.since.isValid() || last.heartbeat != row.heartbeat) {
        last.heartbeat = row.heartbeat;
        last.since.start();
    }
    return last.since.hasExpired(m_timings.deadAfterMs);
}

Status JobWorker::settleDeadJobs() {
    if (m_sinceDeadCheck.isValid() &&
        !m_sinceDeadCheck.hasExpired(std::min(kDeadCheckMs, m_timings.deadAfterMs))) {
        return {};
    }
    m_sinceDeadCheck.start();
    CVD_TRY_ASSIGN(const auto running,
                   storage::JobRepository(*m_database).inState(int(JobState::Running)));
    for (const auto& row : running) {
        if (!seemsDead(row)) {
            continue;
        }
        CVD_TRY_ASSIGN(const auto state, JobStore(*m_database, m_library).settleDead(row));
        if (state) {
            announce(row.id, row.project, *state);
        }
    }
    return {};
}

// --- One job ---

void JobWorker::execute(const ClaimedJob& job) {
    const auto run = std::make_shared<Run>();
    run->job = job.row.id;
    run->project = job.row.project;
    run->projectOwner = job.projectOwner;
    run->progress.stage = JobStage::Preparing;
    run->log = logFromJson(job.row.logJson);
    run->note({CVD_TR("core", "Opening the video and the detector."), {}});
    {
        const std::lock_guard lock(m_mutex);
        m_current = run;
        if (m_stop) {
            run->stop(StopReason::ProgramEnds);
        }
    }
    announce(run->job, run->project);

    QString calibrationFile;
    if (auto written = writeCalibration(m_library, job.calibrationJson); written.ok()) {
        calibrationFile = *written;
        std::thread thread([&] { runInThread(run, job, calibrationFile); });
        supervise(run);
        thread.join();
    } else {
        run->error = written.error();
    }
    if (!calibrationFile.isEmpty()) {
        QFile::remove(calibrationFile);
    }
    const Settlement ending = settlementOf(run, job);
    if (ending.error) {
        log(LogLevel::Info, "jobs",
            "Job " + std::to_string(run->job.value) + ": " + ending.error->message() + ' ' +
                ending.error->detail);
    }
    if (ending.state != JobState::Done) {
        removeResultFolder(ending.folder);
    }
    const std::lock_guard lock(m_mutex);
    m_settlements.append(ending);
    m_current.reset();
}

void JobWorker::runInThread(const std::shared_ptr<Run>& run, const ClaimedJob& job,
                            const QString& calibrationFile) {
    const Status status = runGuarded(run, job, calibrationFile);
    const std::lock_guard lock(run->mutex);
    if (!status.ok()) {
        run->error = status.error();
    }
    run->ended = true;
    run->changed.notify_all();
}

Status JobWorker::runGuarded(const std::shared_ptr<Run>& run, const ClaimedJob& job,
                             const QString& calibrationFile) {
    if (!job.media) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "The project has no video. Import it again."));
    }
    const auto cancelled = [&] { return run->cancel.load(); };
    // Only a file whose time or size differs is read as a whole: a new time alone is harmless.
    if (m_library.state(*job.media) != projects::MediaState::Present) {
        CVD_TRY(m_library.verify(*job.media, cancelled));
    }
    RunRequest request;
    request.videoFile = m_library.absolutePath(*job.media);
    request.videoSha256 = job.media->sha256;
    request.calibrationFile = calibrationFile;
    request.outputFolder = job.folder;
    request.options = job.stored.options;
    request.pause = &run->pause;
    const auto report = [&run](const JobProgress& progress) { run->report(progress); };
    try {
        CVD_TRY(m_runner(request, report, run->cancel));
    } catch (const std::exception& exception) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core",
                           "The detection stopped with an error of the program. Start it "
                           "again; if it happens again, report it with the details."),
                    {}, exception.what());
    }
    if (!JobStore::isComplete(job.folder)) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core", "The detection ended without a result. Start it again."));
    }
    return {};
}

void JobWorker::supervise(const std::shared_ptr<Run>& run) {
    QElapsedTimer sinceBeat, sinceProgress;
    sinceBeat.start();
    sinceProgress.start();
    const auto due = [](const QElapsedTimer& since, int intervalMs) {
        return std::max<qint64>(0, intervalMs - since.elapsed());
    };
    for (;;) {
        {
            std::unique_lock lock(run->mutex);
            const qint64 wait = std::min(due(sinceBeat, m_timings.heartbeatMs),
                                         due(sinceProgress, m_timings.progressIntervalMs));
            run->changed.wait_for(lock, milliseconds(wait), [&] { return run->ended; });
            if (run->ended) {
                return;
            }
        }
        if (due(sinceProgress, m_timings.progressIntervalMs) == 0) {
            postProgress(run);
            sinceProgress.start();
        }
        if (due(sinceBeat, m_timings.heartbeatMs) == 0) {
            beat(run);
            sinceBeat.start();
        }
    }
}

// An unreachable database does not stop the run: its result is stored when the server is back.
void JobWorker::beat(const std::shared_ptr<Run>& run) {
    storage::JobRepository jobs(*m_database);
    const auto alive = jobs.heartbeat(run->job, toJson(run->latestProgress()));
    if (!alive.ok()) {
        setAway(alive.error());
        return;
    }
    setAway(std::nullopt);
    storeLog(run);
    if (!alive.value()) {
        const auto row = jobs.find(run->job);
        if (row.ok() && !row.value()) {
            run->stop(StopReason::RowGone);
        }
        return;
    }
    if (const auto wanted = jobs.cancelRequested(run->job); wanted.ok() && wanted.value()) {
        run->stop(StopReason::UserCancelled);
    }
    // A long run must not keep other programs' dead jobs "running".
    if (const Status settled = settleDeadJobs(); !settled.ok()) {
        setAway(settled.error());
    }
}

// What is not stored now comes with the next heartbeat or with the end.
void JobWorker::storeLog(const std::shared_ptr<Run>& run) {
    JobLog log;
    {
        const std::lock_guard lock(run->mutex);
        if (!std::exchange(run->logIsNew, false)) {
            return;
        }
        log = run->log;
    }
    if (!storage::JobRepository(*m_database).setLog(run->job, toJson(log)).ok()) {
        const std::lock_guard lock(run->mutex);
        run->logIsNew = true;
    }
}

Settlement JobWorker::settlementOf(const std::shared_ptr<Run>& run, const ClaimedJob& job) const {
    Settlement ending;
    ending.progress = run->latestProgress();
    ending.progress.paused = false;
    const std::lock_guard lock(run->mutex);
    ending.job = run->job;
    ending.project = run->project;
    ending.folder = job.folder;
    ending.log = run->log;
    if (run->reason == StopReason::UserCancelled || run->reason == StopReason::RowGone) {
        ending.state = JobState::Cancelled;
    } else if (!run->error) {
        ending.state = JobState::Done;  // also when it was just ready before the program's end
    } else if (run->reason == StopReason::ProgramEnds) {
        ending.state = JobState::Interrupted;
        ending.error = fail(ErrorKind::Environment,
                            CVD_TR("core",
                                   "The program ended while this detection ran. Start it "
                                   "again."));
    } else if (run->error->kind == ErrorKind::Cancelled) {
        ending.state = JobState::Cancelled;
    } else {
        ending.state = JobState::Failed;
        ending.error = run->error;
    }
    return ending;
}

}  // namespace cvd::jobs
