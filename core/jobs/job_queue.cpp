#include "core/jobs/job_queue.h"

#include <utility>

#include "core/accounts/session.h"
#include "core/base/log.h"
#include "core/jobs/job_json.h"
#include "core/jobs/job_store.h"
#include "core/jobs/job_worker.h"
#include "core/projects/project_service.h"
#include "core/projects/stored_media.h"
#include "core/storage/repositories.h"

namespace cvd::jobs {
namespace {

Error noSuchJob() {
    return fail(ErrorKind::Usage, CVD_TR("core",
                                         "This detection does not exist any more, or it is "
                                         "not yours. Refresh the list."));
}

}  // namespace

struct JobQueue::Private {
    Private(const storage::ConnectionSettings& settings, const QString& libraryRoot, JobRunner r)
        : connection(settings), library(libraryRoot), runner(std::move(r)) {}

    Result<storage::Database*> open();
    std::unique_ptr<JobWorker> makeWorker(JobQueue* queue) {
        return std::make_unique<JobWorker>(connection, library, runner, timings, owner, queue);
    }
    // The row, after the check that this session may see it.
    Result<storage::JobRecord> visible(const accounts::Session& session, JobId job);
    JobInfo describe(const storage::JobRecord& row) const;
    // Whether a session may stop or pause the job of this row. `here`: its run, if it runs here;
    // without the database what was known at its start decides.
    static Status mayControl(const accounts::Session& session,
                             const Result<storage::JobRecord>& row, const Run* here) {
        if (row.ok()) {
            return {};
        }
        const bool away = storage::isTemporary(storage::problemOf(row.error()));
        const bool own =
            here != nullptr && (session.isAdministrator() || session.user == here->projectOwner);
        return away && own ? Status() : Status(row.error());
    }
    // The run stops whether or not that can be written down.
    void recordCancel(const accounts::Session& session, ProjectId project);
    Status usableVideo(ProjectId project);
    // Detections of this project whose program was killed here. The worker comes to them in time;
    // whoever starts the next one must not be told until then that the last one still runs.
    Result<QList<JobId>> settleDeadOf(ProjectId project);

    storage::ConnectionSettings connection;
    projects::MediaLibrary library;
    JobRunner runner;
    JobTimings timings;
    std::unique_ptr<storage::Database> database;
    std::unique_ptr<JobWorker> worker;
    std::shared_ptr<const JobOwner> owner = std::make_shared<JobOwner>();
};

Result<storage::Database*> JobQueue::Private::open() {
    if (!database) {
        CVD_TRY_ASSIGN(database, storage::Database::open(connection));
    }
    return database.get();
}

Result<storage::JobRecord> JobQueue::Private::visible(const accounts::Session& session, JobId job) {
    CVD_TRY_ASSIGN(storage::Database * db, open());
    CVD_TRY_ASSIGN(const auto row, storage::JobRepository(*db).find(job));
    if (!row) {
        return noSuchJob();
    }
    projects::ProjectService service(*db, library);
    CVD_TRY(service.mayUse(session, row->project));
    return *row;
}

JobInfo JobQueue::Private::describe(const storage::JobRecord& row) const {
    JobInfo info;
    info.id = row.id;
    info.project = row.project;
    info.projectName = row.projectName;
    info.thumbnailPath = row.thumbnail.isEmpty() ? QString() : library.absolutePath(row.thumbnail);
    info.owner = row.owner;
    info.ownerName = row.ownerName;
    info.state =
        row.state >= 0 && row.state < kJobStateCount ? JobState(row.state) : JobState::Interrupted;
    info.progress = progressFromJson(row.progressJson);
    info.options = optionsFromJson(row.optionsJson).options;
    info.error = errorFromJson(row.errorJson);
    info.queued = row.queued;
    info.started = row.started;
    info.finished = row.finished;
    info.device = row.device;
    info.host = row.ownerHost;
    info.attempt = row.attempt;
    info.result = row.result;
    info.elsewhere = canCancel(info.state) && !owner->is(row.ownerHost, row.ownerProcess);
    if (worker) {
        info.waitingForDatabase = worker->pending(row.id).has_value();
        if (const auto run = worker->current(); run && run->job == row.id) {
            info.progress = run->latestProgress();
        }
    }
    if (info.device.isEmpty()) {
        info.device = info.progress.device;
    }
    return info;
}

void JobQueue::Private::recordCancel(const accounts::Session& session, ProjectId project) {
    projects::ProjectService service(*database, library);
    const Status noted =
        service.recordUse(session, project, projects::ProjectService::Use::DetectionCancelled);
    if (!noted.ok()) {
        log(LogLevel::Warning, "jobs", "A cancel was not recorded: " + noted.error().message());
    }
}

// A linked file with a new time alone may still be the same: the run reads it and decides.
Status JobQueue::Private::usableVideo(ProjectId project) {
    CVD_TRY_ASSIGN(storage::Database * db, open());
    CVD_TRY_ASSIGN(const auto row, storage::ProjectRepository(*db).findDetailed(project));
    if (!row || !row->video) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "The project has no video. Import it again."));
    }
    projects::MediaRecord media = projects::mediaRecordOf(*row->video);
    media.modified = {};
    return library.check(media);
}

Result<QList<JobId>> JobQueue::Private::settleDeadOf(ProjectId project) {
    CVD_TRY_ASSIGN(storage::Database * db, open());
    return JobStore(*db, library).settleDeadHere(project);
}

// --- The object ---

JobQueue::JobQueue(const storage::ConnectionSettings& connection, const QString& libraryRoot,
                   JobRunner runner, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(connection, libraryRoot, std::move(runner))) {}

JobQueue::~JobQueue() {
    stop();
}

void JobQueue::setTimings(const JobTimings& timings) {
    d->timings = timings;
}

Status JobQueue::start() {
    if (d->worker) {
        return {};
    }
    CVD_TRY(d->open());
    d->worker = d->makeWorker(this);
    d->worker->start();
    return {};
}

void JobQueue::stop() {
    if (!d->worker) {
        return;
    }
    const std::shared_ptr<Run> run = d->worker->current();
    d->worker->detach();
    d->worker->requestStop();
    if (d->worker->wait(QDeadlineTimer(d->timings.stopWithinMs))) {
        d->worker.reset();
        return;
    }
    log(LogLevel::Error, "jobs", "The running job did not stop in time and is left behind.");
    JobWorker::abandon(std::move(d->worker));
    const auto abandoned = std::exchange(d->owner, std::make_shared<JobOwner>());
    if (run && d->database) {
        const auto row = storage::JobRepository(*d->database).find(run->job);
        if (row.ok() && row.value()) {
            Settlement ending;
            ending.job = run->job;
            ending.project = run->project;
            ending.state = JobState::Interrupted;
            ending.progress = run->latestProgress();
            ending.log = run->latestLog();
            ending.error = fail(ErrorKind::Environment,
                                CVD_TR("core",
                                       "The program ended while this detection ran. Start "
                                       "it again."));
            const auto marked = JobStore(*d->database, d->library).settle(*abandoned, ending);
            if (!marked.ok()) {
                log(LogLevel::Warning, "jobs", marked.error().message());
            }
        }
    }
}

bool JobQueue::isRunning() const {
    return d->worker && d->worker->isRunning();
}

bool JobQueue::isBusy() const {
    return d->worker && d->worker->isBusy();
}

std::optional<Error> JobQueue::databaseProblem() const {
    return d->worker ? d->worker->databaseProblem() : std::nullopt;
}

std::optional<JobQueue::Unstored> JobQueue::unstored(JobId job) const {
    const auto ending = d->worker ? d->worker->pending(job) : std::nullopt;
    return ending ? std::optional(Unstored{ending->state, ending->error}) : std::nullopt;
}

// --- Operations ---

Result<JobId> JobQueue::enqueue(const accounts::Session& session, ProjectId project,
                                const JobOptions& options) {
    CVD_TRY_ASSIGN(storage::Database * db, d->open());
    projects::ProjectService service(*db, d->library);
    CVD_TRY(service.mayUse(session, project));
    CVD_TRY(d->usableVideo(project));
    if (options.range &&
        (options.range->first < 0 || options.range->second < options.range->first)) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core",
                           "The range ends before it begins. Choose a first and a last "
                           "frame."));
    }
    CVD_TRY_ASSIGN(const auto settled, d->settleDeadOf(project));
    for (const JobId dead : settled) {
        Q_EMIT changed(dead, project);
    }
    CVD_TRY_ASSIGN(const JobId job,
                   JobStore(*db, d->library).add(*d->owner, project, session, options));
    if (d->worker) {
        d->worker->wake();
    }
    Q_EMIT changed(job, project);
    return job;
}

Status JobQueue::cancel(const accounts::Session& session, JobId job) {
    const std::shared_ptr<Run> run = d->worker ? d->worker->current() : nullptr;
    const bool here = run && run->job == job;
    const auto row = d->visible(session, job);
    CVD_TRY(d->mayControl(session, row, here ? run.get() : nullptr));
    if (here) {
        if (run->stop(StopReason::UserCancelled, session.name) && row.ok()) {
            d->recordCancel(session, run->project);
        }
        return {};
    }
    storage::Database& db = *d->database;
    CVD_TRY_ASSIGN(const bool cancelled, JobStore(db, d->library).cancelQueued(job, session));
    if (cancelled) {
        Q_EMIT changed(job, row->project);
        Q_EMIT finished(job, row->project, JobState::Cancelled);
        return {};
    }
    if (row->state == int(JobState::Running) || row->state == int(JobState::Queued)) {
        if (d->worker && d->worker->pending(job)) {
            return {};  // it has stopped already and waits to be stored
        }
        // Elsewhere, or just taken by the own worker: it reads the wish at its next heartbeat.
        CVD_TRY(storage::JobRepository(db).requestCancel(job));
        const std::shared_ptr<Run> now = d->worker ? d->worker->current() : nullptr;
        if (now && now->job == job) {
            now->stop(StopReason::UserCancelled, session.name);
        }
        if (!row->cancelRequested) {
            d->recordCancel(session, row->project);
        }
        return {};
    }
    return fail(ErrorKind::Usage, CVD_TR("core", "This detection has ended already."));
}

Status JobQueue::setPaused(const accounts::Session& session, JobId job, bool paused) {
    const std::shared_ptr<Run> run = d->worker ? d->worker->current() : nullptr;
    const bool here = run && run->job == job;
    CVD_TRY(d->mayControl(session, d->visible(session, job), here ? run.get() : nullptr));
    if (!here || !run->setPaused(paused, session.name)) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core",
                           "Only a detection that runs in this program and still reads frames can "
                           "be paused."));
    }
    Q_EMIT changed(job, run->project);
    return {};
}

Status JobQueue::retry(const accounts::Session& session, JobId job) {
    CVD_TRY_ASSIGN(const auto row, d->visible(session, job));
    CVD_TRY(d->usableVideo(row.project));
    CVD_TRY(JobStore(*d->database, d->library).requeue(*d->owner, job, session));
    if (d->worker) {
        d->worker->wake();
    }
    Q_EMIT changed(job, row.project);
    return {};
}

Status JobQueue::forget(const accounts::Session& session, JobId job) {
    CVD_TRY_ASSIGN(auto row, d->visible(session, job));
    if (!isFinal(JobState(row.state))) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "This detection waits or runs. Cancel it first."));
    }
    row.hidden = true;
    CVD_TRY(storage::JobRepository(*d->database).update(row));
    Q_EMIT changed(job, row.project);
    return {};
}

// --- Reading ---

Result<QList<JobInfo>> JobQueue::jobs(const accounts::Session& session, int limit) {
    CVD_TRY_ASSIGN(storage::Database * db, d->open());
    CVD_TRY_ASSIGN(const auto who, projects::ProjectService(*db, d->library).actor(session));
    CVD_TRY_ASSIGN(const auto rows,
                   storage::JobRepository(*db).recent(
                       who.administrator ? std::nullopt : std::optional<UserId>(who.user), limit));
    QList<JobInfo> infos;
    for (const auto& row : rows) {
        infos.append(d->describe(row));
    }
    return infos;
}

Result<QList<JobInfo>> JobQueue::jobsOfProject(const accounts::Session& session,
                                               ProjectId project) {
    CVD_TRY_ASSIGN(storage::Database * db, d->open());
    projects::ProjectService service(*db, d->library);
    CVD_TRY(service.mayUse(session, project));
    CVD_TRY_ASSIGN(const auto rows, storage::JobRepository(*db).ofProject(project));
    QList<JobInfo> infos;
    for (const auto& row : rows) {
        infos.append(d->describe(row));
    }
    return infos;
}

Result<JobInfo> JobQueue::job(const accounts::Session& session, JobId job) {
    CVD_TRY_ASSIGN(const auto row, d->visible(session, job));
    JobInfo info = d->describe(row);
    const std::shared_ptr<Run> run = d->worker ? d->worker->current() : nullptr;
    info.log = run && run->job == job ? run->latestLog() : logFromJson(row.logJson);
    return info;
}

}  // namespace cvd::jobs
