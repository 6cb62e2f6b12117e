// The queue with a real database, real files and a runner that the test steers.
#include <QDir>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "core/accounts/session.h"
#include "core/compliance/calibration.h"
#include "core/inference/detector.h"
#include "core/jobs/job_json.h"
#include "core/jobs/job_owner.h"
#include "core/jobs/job_queue.h"
#include "core/jobs/job_store.h"
#include "core/jobs/job_worker.h"
#include "core/jobs/pipeline_runner.h"
#include "core/projects/project_service.h"
#include "core/storage/repositories.h"
#include "core/storage/schema.h"
#include "tests/core/jobs/fake_runner.h"
#include "tests/core/projects/service_fixture.h"

using namespace cvd;
using namespace cvd::jobs;
using namespace cvd::projects;
using accounts::Role;
using accounts::Session;
using test::message;

namespace {

JobTimings quickTimings() {
    JobTimings timings;
    timings.progressIntervalMs = 20;
    timings.heartbeatMs = 40;
    timings.deadAfterMs = 300;
    timings.pollMs = 40;
    timings.firstBackOffMs = 10;
    timings.longestBackOffMs = 80;
    return timings;
}

}  // namespace

class TestJobQueue : public QObject, private test::ServiceFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { test::TestDatabases::addEngineRows(); }
    void initTestCase() { makeVideos(3); }

    void init() {
        QFETCH_GLOBAL(QString, engine);
        CVD_REQUIRE_ENGINE(m_databases, engine);
        openServices(engine);
        m_project = made(m_ann, 1);
        m_runner = std::make_unique<test::FakeRunner>();
        m_queue = newQueue();
    }
    void cleanup() {
        if (m_runner) {  // none when the engine was skipped
            m_runner->release();
        }
        m_queue.reset();
        closeServices();
    }

    // --- The straight way ---

    void aJobRunsAndItsResultIsStored() {
        m_runner->hold = true;
        QSignalSpy changed(m_queue.get(), &JobQueue::changed);
        QSignalSpy finished(m_queue.get(), &JobQueue::finished);
        VERIFY_OK(m_queue->start());
        const JobId job = queued(m_project);
        QCOMPARE(changed.size(), 1);
        QTRY_COMPARE(m_runner->started(), 1);
        QTRY_COMPARE(state(job), JobState::Running);
        QCOMPARE(projectStatus(m_project), ProjectStatus::Running);
        QVERIFY(m_queue->isBusy());
        QTRY_COMPARE(info(job).progress.done, 3);
        QCOMPARE(info(job).device, "cpu");
        QCOMPARE(info(job).projectName, "video 1");
        QCOMPARE(info(job).ownerName, "Ann");
        QVERIFY(!info(job).elsewhere);

        m_runner->release();
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(finished[0][2].value<JobState>(), JobState::Done);
        const JobInfo done = info(job);
        QCOMPARE(done.state, JobState::Done);
        QVERIFY(done.started.isValid() && done.finished >= done.started);
        QVERIFY(done.result.valid());
        QCOMPARE(projectStatus(m_project), ProjectStatus::Done);
        const auto result = m_service->result(m_ann, done.result);
        QVERIFY2(result.ok(), message(result));
        QCOMPARE(result->job, job);
        QVERIFY(QFile::exists(result->summaryFile()));
        QVERIFY(!m_queue->isBusy());
    }

    void theRunnerGetsWhatTheUserChose() {
        Calibration calibration;
        calibration.imagePoints = {{10, 10}, {90, 12}, {88, 60}, {8, 58}};
        calibration.planePoints = {{0, 0}, {3.2, 0}, {3.2, 2.4}, {0, 2.4}};
        VERIFY_OK(m_service->setCalibration(m_ann, m_project, calibration));
        bool readable = false;
        m_runner->onStart = [&](const RunRequest& request) {
            if (request.calibrationFile.isEmpty()) {
                return;
            }
            const auto read = compliance::readCalibration(request.calibrationFile);
            readable = read.ok() && read->planePoints == calibration.planePoints;
        };
        JobOptions options;
        options.profile = "aci309";
        options.device = "cpu";
        options.modelFile = "/m.json";
        options.range = {FrameIndex(2), FrameIndex(9)};
        options.writeVideo = false;
        VERIFY_OK(m_queue->start());
        const JobId job = queued(m_project, options);
        QTRY_COMPARE(state(job), JobState::Done);
        const RunRequest request = m_runner->request(0);
        QCOMPARE(request.videoFile, *m_service->playableVideo(m_ann, m_project));
        QCOMPARE(request.videoSha256.size(), 64);
        QVERIFY(readable);
        QVERIFY(!QFile::exists(request.calibrationFile));
        QCOMPARE(request.options.profile, "aci309");
        QCOMPARE(request.options.modelFile, "/m.json");
        QVERIFY(request.options.range == options.range);
        QVERIFY(!request.options.writeVideo);
        QVERIFY(request.outputFolder.startsWith(m_library->resultsFolder()));

        options.useCalibration = false;
        const JobId without = queued(m_project, options);
        QTRY_COMPARE(state(without), JobState::Done);
        QVERIFY(m_runner->request(1).calibrationFile.isEmpty());
        QCOMPARE(m_service->results(m_ann, m_project)->size(), 2);
    }

    void severalJobsRunOneAfterTheOther() {
        QList<JobId> jobs;
        for (int i = 1; i <= 3; ++i) {
            jobs << queued(made(m_ann, i));
        }
        VERIFY_OK(m_queue->start());
        for (const JobId job : jobs) {
            QTRY_COMPARE(state(job), JobState::Done);
        }
        QCOMPARE(m_runner->mostAtOnce(), 1);
        for (int i = 1; i < 3; ++i) {
            QVERIFY(info(jobs[i]).started >= info(jobs[i - 1]).finished);
        }
        const auto list = m_queue->jobs(m_ann);
        QCOMPARE(list->size(), 3);
        QCOMPARE(list->first().id, jobs.last());  // newest first
        VERIFY_OK(m_queue->forget(m_ann, jobs[0]));
        QCOMPARE(m_queue->jobs(m_ann)->size(), 2);
    }

    void progressComesAtMostTenTimesASecond() {
        QElapsedTimer total;
        m_runner->work = [&](const auto& report, const std::atomic<bool>&) {
            std::mutex mutex;
            std::condition_variable never;
            std::unique_lock lock(mutex);
            for (int i = 0; i < 350; ++i) {
                report({i, 350, 500, 1, JobStage::Detecting, "cpu"});
                never.wait_for(lock, std::chrono::milliseconds(1));
            }
        };
        m_queue = newQueue(JobTimings());
        QSignalSpy progress(m_queue.get(), &JobQueue::progress);
        total.start();
        VERIFY_OK(m_queue->start());
        const JobId job = queued(m_project);
        QTRY_COMPARE(state(job), JobState::Done);
        const double seconds = double(total.elapsed()) / 1000;
        QVERIFY(progress.size() >= 1);
        QVERIFY2(progress.size() <= 10 * seconds + 1,
                 qPrintable(QStringLiteral("%1 in %2 s").arg(progress.size()).arg(seconds)));
        const auto last = progress.last()[2].value<JobProgress>();
        QCOMPARE(last.total, 350);
    }

    void theRealPipelineRunsInTheQueue() {
        struct NothingDetector final : inference::Detector {
            inference::ModelManifest model;
            Result<std::vector<std::vector<Detection>>> detect(
                std::span<const cv::Mat> frames) override {
                return std::vector<std::vector<Detection>>(frames.size());
            }
            const inference::ModelManifest& manifest() const override { return model; }
            std::string deviceName() const override { return "cpu"; }
        };
        const JobRunner runner = pipelineRunner(
            [](const auto&, const auto&) -> Result<std::unique_ptr<inference::Detector>> {
                return std::unique_ptr<inference::Detector>(std::make_unique<NothingDetector>());
            });
        m_queue = std::make_unique<JobQueue>(m_settings, m_library->root(), runner);
        m_queue->setTimings(quickTimings());
        VERIFY_OK(m_queue->start());
        const JobId job = queued(m_project);
        QTRY_VERIFY_WITH_TIMEOUT(isFinal(state(job)), 20000);
        const JobInfo done = info(job);
        QVERIFY2(done.state == JobState::Done,
                 (done.error.message() + " " + done.error.detail).c_str());
        QCOMPARE(done.device, "cpu");
        const auto result = m_service->result(m_ann, done.result);
        QVERIFY(QFile::exists(result->videoFile()));
        QVERIFY(QFile::exists(result->heatmapFile()));
        QVERIFY(!QFile::exists(result->file(".partial")));
    }

    // --- Pause and log ---

    void aPausedJobWaitsAndGoesOn() {
        m_runner->hold = true;
        VERIFY_OK(m_queue->start());
        const JobId job = queued(m_project);
        QTRY_COMPARE(info(job).progress.done, 3);
        QVERIFY(m_runner->request(0).pause != nullptr);
        QVERIFY(!*m_runner->request(0).pause);
        VERIFY_FAILS(m_queue->setPaused(m_bob, job, true), ErrorKind::Usage);
        VERIFY_FAILS(m_queue->setPaused(m_ann, job, false), ErrorKind::Usage);

        QSignalSpy changed(m_queue.get(), &JobQueue::changed);
        VERIFY_OK(m_queue->setPaused(m_ann, job, true));
        QCOMPARE(changed.size(), 1);
        QVERIFY(*m_runner->request(0).pause);
        QVERIFY(info(job).progress.paused);
        QCOMPARE(info(job).state, JobState::Running);
        VERIFY_FAILS(m_queue->setPaused(m_ann, job, true), ErrorKind::Usage);
        // Another program on the database sees it with the next heartbeat, and cannot change it.
        const auto other = newQueue();
        QTRY_VERIFY(other->job(m_ann, job)->progress.paused);
        QTRY_VERIFY(other->job(m_ann, job)->progress.pausedS > 0);
        VERIFY_FAILS(other->setPaused(m_ann, job, false), ErrorKind::Usage);

        VERIFY_OK(m_queue->setPaused(m_admin, job, false));
        QVERIFY(!*m_runner->request(0).pause);
        QVERIFY(!info(job).progress.paused);
        m_runner->release();
        QTRY_COMPARE(state(job), JobState::Done);
        QVERIFY(info(job).progress.pausedS > 0);
        VERIFY_FAILS(m_queue->setPaused(m_ann, job, true), ErrorKind::Usage);
    }

    void aPausedJobCanBeCancelled() {
        m_runner->hold = true;
        VERIFY_OK(m_queue->start());
        const JobId job = queued(m_project);
        QTRY_COMPARE(info(job).progress.done, 3);
        VERIFY_OK(m_queue->setPaused(m_ann, job, true));
        VERIFY_OK(m_queue->cancel(m_ann, job));
        QTRY_COMPARE(state(job), JobState::Cancelled);
        QVERIFY(!info(job).progress.paused);
    }

    void theLogSaysWhatHappened() {
        m_runner->hold = true;
        m_runner->error = fail(ErrorKind::BadInput, "The video %1 is no video.", {"a.mp4"}, "moov");
        VERIFY_OK(m_queue->start());
        const JobId job = queued(m_project);
        QTRY_COMPARE(info(job).progress.done, 3);
        VERIFY_OK(m_queue->setPaused(m_ann, job, true));
        VERIFY_OK(m_queue->setPaused(m_ann, job, false));
        const auto other = newQueue();  // reads what the heartbeat stored
        QTRY_COMPARE(other->job(m_ann, job)->log.size(), 6);
        m_runner->release();
        QTRY_COMPARE(state(job), JobState::Failed);
        m_runner->error.reset();
        VERIFY_OK(m_queue->retry(m_ann, job));
        QTRY_COMPARE(state(job), JobState::Done);

        const JobLog log = info(job).log;
        QStringList patterns;
        for (const JobLogEntry& entry : log) {
            QVERIFY(entry.at.isValid() && entry.at.timeSpec() == Qt::UTC);
            QVERIFY(patterns.isEmpty() || entry.at >= log[patterns.size() - 1].at);
            patterns << QString::fromStdString(entry.note.text).section(' ', 0, 0);
        }
        QCOMPARE(patterns,
                 (QStringList{"Queued", "Started", "Opening", "Detecting", "Paused", "Resumed",
                              "The", "Queued", "Started", "Opening", "Detecting", "Done."}));
        QCOMPARE(log[0].note.args, std::vector<std::string>{"Ann"});
        QCOMPARE(log[4].note.sentence(), "Paused by Ann at frame 3.");
        QCOMPARE(log[6].note.sentence(), "The video a.mp4 is no video.");
        QCOMPARE(log[6].detail, "moov");
        QCOMPARE(log[8].note.args[1], "2");  // the attempt
    }

    void whatPeopleDoIsInTheAuditTrail() {
        m_runner->hold = true;
        VERIFY_OK(m_queue->start());
        const JobId job = queued(m_project);
        QTRY_COMPARE(info(job).progress.done, 3);
        VERIFY_OK(m_queue->cancel(m_admin, job));
        (void)m_queue->cancel(m_admin, job);  // a double click is one act, however late
        QTRY_COMPARE(state(job), JobState::Cancelled);
        VERIFY_OK(m_queue->retry(m_ann, job));
        QStringList entries;
        const auto trail = storage::AuditRepository(*m_database).list({});
        QVERIFY(trail.ok());
        for (const auto& entry : trail->rows) {
            if (entry.action.startsWith("detection")) {
                entries.prepend(entry.userName + ' ' + entry.action);
            }
        }
        QCOMPARE(entries,
                 (QStringList{"Ann detection_queued", m_admin.name + " detection_cancelled",
                              "Ann detection_queued"}));
    }

    void aLongLogForgetsItsBeginning() {
        JobLog log;
        for (int i = 0; i < 500; ++i) {
            append(log, {"Entry %1.", {std::to_string(i)}});
        }
        QCOMPARE(log.size(), 200);
        QCOMPARE(log.last().note.args[0], "499");
        const JobLog again = logFromJson(toJson(log));
        QCOMPARE(again.size(), 200);
        QCOMPARE(again.first().note, log.first().note);
        QCOMPARE(again.first().at, log.first().at);
        QVERIFY(logFromJson("no JSON").isEmpty());
        QVERIFY(logFromJson("[{\"at\": \"never\", \"text\": \"x\"}, 7]").isEmpty());
    }

    // --- Cancel and failure ---

    void cancellingTakesHalfASecondAndLeavesNothing_data() {
        QTest::addColumn<bool>("hadResult");
        QTest::newRow("first detection") << false;
        QTest::newRow("has an earlier result") << true;
    }
    void cancellingTakesHalfASecondAndLeavesNothing() {
        QFETCH(bool, hadResult);
        VERIFY_OK(m_queue->start());
        if (hadResult) {
            const JobId first = queued(m_project);
            QTRY_COMPARE(state(first), JobState::Done);
        }
        const int before = resultFolders();
        m_runner->hold = true;
        const JobId job = queued(m_project);
        QTRY_COMPARE(m_runner->started(), hadResult ? 2 : 1);
        QTRY_COMPARE(state(job), JobState::Running);
        QElapsedTimer timer;
        timer.start();
        VERIFY_OK(m_queue->cancel(m_ann, job));
        QTRY_COMPARE(state(job), JobState::Cancelled);
        QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(resultFolders(), before);
        QCOMPARE(projectStatus(m_project),
                 hadResult ? ProjectStatus::Done : ProjectStatus::NotStarted);
        QCOMPARE(m_service->results(m_ann, m_project)->size(), hadResult ? 1 : 0);
        VERIFY_FAILS(m_queue->cancel(m_ann, job), ErrorKind::Usage);

        m_runner->release();
        VERIFY_OK(m_queue->retry(m_ann, job));
        QTRY_COMPARE(state(job), JobState::Done);
        QCOMPARE(info(job).attempt, 2);
    }

    void aQueuedJobIsCancelledAtOnce() {
        const JobId job = queued(m_project);  // no worker yet
        QSignalSpy finished(m_queue.get(), &JobQueue::finished);
        VERIFY_OK(m_queue->cancel(m_ann, job));
        QCOMPARE(state(job), JobState::Cancelled);
        QCOMPARE(finished.size(), 1);
        VERIFY_OK(m_queue->start());
        const JobId next = queued(m_project);
        QTRY_COMPARE(state(next), JobState::Done);
        QCOMPARE(m_runner->started(), 1);
    }

    void aFailureSaysWhatAndWhere() {
        m_runner->error = fail(ErrorKind::BadInput, "Frame %1 of %2 cannot be decoded.",
                               {"417", "pour.mp4"}, "libavcodec says so");
        VERIFY_OK(m_queue->start());
        const JobId job = queued(m_project);
        QTRY_COMPARE(state(job), JobState::Failed);
        const JobInfo failed = info(job);
        QCOMPARE(failed.error.message(), std::string("Frame 417 of pour.mp4 cannot be decoded."));
        QCOMPARE(failed.error.detail, std::string("libavcodec says so"));
        QCOMPARE(failed.error.kind, ErrorKind::BadInput);
        QCOMPARE(projectStatus(m_project), ProjectStatus::NotStarted);
        QCOMPARE(resultFolders(), 0);
    }

    void anExceptionIsAFailureToo() {
        m_runner->throws = true;
        VERIFY_OK(m_queue->start());
        const JobId job = queued(m_project);
        QTRY_COMPARE(state(job), JobState::Failed);
        QCOMPARE(info(job).error.detail, std::string("out of sheep"));
        QVERIFY(m_queue->isRunning());
    }

    void aVideoThatVanishedOrChangedIsSaid() {
        const QString file = m_dir->filePath("linked.mp4");
        QVERIFY(QFile::copy(video(2), file));
        const auto project = m_service->create(m_ann, {"linked", "", file, ImportMode::Link, {}});
        QVERIFY(project.ok());
        VERIFY_OK(m_queue->start());

        // A new time alone changes nothing.
        {
            QFile touched(file);
            QVERIFY(touched.open(QIODevice::ReadWrite));
            QVERIFY(touched.setFileTime(QDateTime(QDate(2020, 1, 1), QTime(0, 0)),
                                        QFileDevice::FileModificationTime));
        }
        const JobId fine = queued(*project);
        QTRY_COMPARE(state(fine), JobState::Done);

        QByteArray bytes = test::readBytes(file);
        bytes[bytes.size() / 2] = char(bytes[bytes.size() / 2] ^ 1);
        QVERIFY(test::writeBytes(file, bytes));
        const JobId other = queued(*project);
        QTRY_COMPARE(state(other), JobState::Failed);
        QVERIFY(info(other).error.message().find("not the one that was imported") !=
                std::string::npos);
        QCOMPARE(m_runner->started(), 1);

        QVERIFY(QFile::remove(file));
        VERIFY_FAILS(m_queue->enqueue(m_ann, *project), ErrorKind::BadInput);
        VERIFY_FAILS(m_queue->retry(m_ann, other), ErrorKind::BadInput);
    }

    void aResultThatCannotBeStoredIsAFailure() {
        m_runner->onStart = [](const RunRequest& request) {
            // A folder in the way of summary.json: complete to the eye, unreadable to the program.
            QDir().mkpath(request.outputFolder + "/summary.json");
        };
        VERIFY_OK(m_queue->start());
        const JobId job = queued(m_project);
        QTRY_COMPARE(state(job), JobState::Failed);
        QVERIFY(!info(job).error.text.empty());
        QTRY_COMPARE(resultFolders(), 0);
    }

    // --- A program that died ---

    void aKilledJobIsInterruptedAndStartsAgain() {
        const JobId job = deadJob(m_project, "results/dead");
        QVERIFY(QDir().mkpath(m_library->resultsFolder() + "/dead/.partial"));
        QSignalSpy changed(m_queue.get(), &JobQueue::changed);
        VERIFY_OK(m_queue->start());
        QTRY_COMPARE(state(job), JobState::Interrupted);
        QCOMPARE(projectStatus(m_project), ProjectStatus::NotStarted);
        QTRY_VERIFY(!QDir(m_library->resultsFolder() + "/dead").exists());
        QTRY_VERIFY(!changed.isEmpty());
        QVERIFY(!info(job).error.text.empty());
        QCOMPARE(info(job).log.last().note.text, info(job).error.text);
        VERIFY_OK(m_queue->retry(m_ann, job));
        QTRY_COMPARE(state(job), JobState::Done);
        QCOMPARE(info(job).attempt, 2);
        QVERIFY(info(job).error.text.empty());
        QCOMPARE(projectStatus(m_project), ProjectStatus::Done);
    }

    // On the command line the next run follows the start at once.
    void aKilledJobDoesNotBlockTheNextOne() {
        deadJob(m_project, "results/dead");
        VERIFY_OK(m_queue->start());
        VERIFY_OK(m_queue->enqueue(m_ann, m_project, {}));
    }

    void aFinishedResultOfAKilledProgramIsKept() {
        const JobId job = deadJob(m_project, "results/finished");
        QVERIFY(test::writeResult(m_library->resultsFolder() + "/finished"));
        VERIFY_OK(m_queue->start());
        QTRY_COMPARE(state(job), JobState::Done);
        QCOMPARE(m_service->results(m_ann, m_project)->size(), 1);
        QCOMPARE(projectStatus(m_project), ProjectStatus::Done);
        QCOMPARE(m_runner->started(), 0);
    }

    void whatADeadProgramQueuedIsRunHere() {
        const JobId job = queued(m_project);
        m_queue.reset();  // ends without ever having run a worker
        m_queue = newQueue();
        VERIFY_OK(m_queue->start());
        QTRY_COMPARE(state(job), JobState::Done);
    }

    void anotherComputersJobIsDeadWhenItsHeartbeatStands() {
        const JobId job = deadJob(m_project, "results/far", "another-computer");
        storage::JobRepository jobs(*m_database);
        QElapsedTimer timer;
        VERIFY_OK(m_queue->start());
        // As long as it beats it lives, whatever its clock says.
        timer.start();
        while (timer.elapsed() < 2 * quickTimings().deadAfterMs) {
            QVERIFY(*jobs.heartbeat(job, "{}"));
            QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
            QCOMPARE(state(job), JobState::Running);
            QVERIFY(info(job).elsewhere);
        }
        timer.restart();
        QTRY_COMPARE(state(job), JobState::Interrupted);
        QVERIFY(timer.elapsed() >= quickTimings().deadAfterMs / 2);
    }

    // --- Two programs on one database ---

    void twoQueuesDoNotTakeEachOthersJobs() {
        m_runner->hold = true;
        VERIFY_OK(m_queue->start());
        const JobId running = queued(m_project);
        QTRY_COMPARE(m_runner->started(), 1);
        const JobId waiting = queued(made(m_ann, 2));

        test::FakeRunner otherRunner;
        JobQueue other(m_settings, m_library->root(), otherRunner.runner());
        other.setTimings(quickTimings());
        VERIFY_OK(other.start());
        // The other one has looked around when its own job is through.
        const auto own = other.enqueue(m_ann, made(m_ann, 3));
        QVERIFY2(own.ok(), message(own));
        QTRY_COMPARE(state(*own), JobState::Done);
        QCOMPARE(otherRunner.started(), 1);
        QCOMPARE(state(running), JobState::Running);
        QCOMPARE(state(waiting), JobState::Queued);
        QVERIFY(other.job(m_ann, running)->elsewhere);

        // Cancelling from the other one reaches the runner through the database.
        VERIFY_OK(other.cancel(m_ann, running));
        QTRY_COMPARE(state(running), JobState::Cancelled);
        m_runner->release();
        QTRY_COMPARE(state(waiting), JobState::Done);
        QCOMPARE(m_runner->started(), 2);
    }

    void aJobThatAnotherTookForDeadIsDoneAfterAll() {
        m_runner->hold = true;
        VERIFY_OK(m_queue->start());
        const JobId job = queued(m_project);
        QTRY_COMPARE(m_runner->started(), 1);
        storage::JobRepository jobs(*m_database);
        QVERIFY(*jobs.changeState(job, int(JobState::Running), int(JobState::Interrupted)));
        m_runner->release();
        QTRY_COMPARE(state(job), JobState::Done);
        QCOMPARE(m_service->results(m_ann, m_project)->size(), 1);
    }

    void storingAnEndTwiceKeepsTheResult() {
        // As after a commit whose answer was lost with the connection.
        const JobOwner owner, other;
        JobStore store(*m_database, *m_library);
        VERIFY_OK(store.add(owner, m_project, m_ann, {}));
        QVERIFY(!store.claim(other)->has_value());
        const auto claimed = store.claim(owner);
        QVERIFY(claimed.ok() && claimed->has_value());
        const ClaimedJob& job = **claimed;
        QVERIFY(test::writeResult(job.folder));
        Settlement ending;
        ending.job = job.row.id;
        ending.project = m_project;
        ending.folder = job.folder;
        QVERIFY(!*store.settle(other, ending));
        QVERIFY(*store.settle(owner, ending));
        QVERIFY(*store.settle(owner, ending));
        QCOMPARE(m_service->results(m_ann, m_project)->size(), 1);
        QVERIFY(JobStore::isComplete(job.folder));
    }

    void aJobWhoseProjectIsGoneLeavesNothing() {
        m_runner->hold = true;
        VERIFY_OK(m_queue->start());
        const JobId job = queued(m_project);
        QTRY_COMPARE(m_runner->started(), 1);
        QVERIFY(*storage::ProjectRepository(*m_database).remove(m_project));
        QTRY_VERIFY(!m_queue->isBusy());
        QCOMPARE(resultFolders(), 0);
        QVERIFY(!m_queue->job(m_admin, job).ok());
    }

    // --- The database goes away ---

    void aDatabaseThatGoesAwayLosesNothing_data() {
        QTest::addColumn<bool>("finishesMeanwhile");
        QTest::newRow("result comes while it is away") << true;
        QTest::newRow("cancelled while it is away") << false;
    }
    void aDatabaseThatGoesAwayLosesNothing() {
        QFETCH(bool, finishesMeanwhile);
        m_runner->hold = true;
        QSignalSpy away(m_queue.get(), &JobQueue::databaseAway);
        QSignalSpy finished(m_queue.get(), &JobQueue::finished);
        VERIFY_OK(m_queue->start());
        const JobId job = queued(m_project);
        QTRY_COMPARE(m_runner->started(), 1);
        QTRY_COMPARE(state(job), JobState::Running);
        VERIFY_OK(m_database->executeSchema("ALTER TABLE job RENAME TO job_away"));
        QTRY_COMPARE(away.size(), 1);
        QVERIFY(away[0][0].toBool());
        QVERIFY(!away[0][1].toString().isEmpty());
        if (finishesMeanwhile) {
            m_runner->release();
            QTRY_COMPARE(resultSummaries(), 1);
        } else {
            m_queue->stop();  // the program ends, too
        }
        QCOMPARE(finished.size(), 0);
        VERIFY_OK(m_database->executeSchema("ALTER TABLE job_away RENAME TO job"));
        if (finishesMeanwhile) {
            QTRY_COMPARE(state(job), JobState::Done);
            QTRY_COMPARE(away.size(), 2);
            QVERIFY(!away[1][0].toBool());
            QCOMPARE(m_service->results(m_ann, m_project)->size(), 1);
            QTRY_COMPARE(finished.size(), 1);
        } else {
            QCOMPARE(state(job), JobState::Running);
            m_queue = newQueue();
            VERIFY_OK(m_queue->start());
            QTRY_COMPARE(state(job), JobState::Interrupted);
            QCOMPARE(projectStatus(m_project), ProjectStatus::NotStarted);
        }
    }

    void aServerThatGoesAwayLosesNothing() {
        if (m_settings.engine == storage::Engine::Sqlite) {
            QSKIP("SQLite has no server.");
        }
        m_runner->hold = true;
        QSignalSpy away(m_queue.get(), &JobQueue::databaseAway);
        VERIFY_OK(m_queue->start());
        const JobId job = queued(m_project);
        QTRY_COMPARE(m_runner->started(), 1);
        QTRY_COMPARE(state(job), JobState::Running);
        m_databases.server().stop();
        QTRY_COMPARE_WITH_TIMEOUT(away.size(), 1, 20000);
        m_runner->release();
        QTRY_COMPARE(resultSummaries(), 1);
        VERIFY_FAILS(m_queue->jobs(m_ann), ErrorKind::Environment);
        QCOMPARE(m_databases.server().start(), QString());
        QTRY_COMPARE_WITH_TIMEOUT(state(job), JobState::Done, 20000);
        QTRY_COMPARE(away.size(), 2);
        QCOMPARE(m_service->results(m_ann, m_project)->size(), 1);
        QCOMPARE(projectStatus(m_project), ProjectStatus::Done);
    }

    void aJobIsCancelledWithoutTheServer() {
        if (m_settings.engine == storage::Engine::Sqlite) {
            QSKIP("SQLite has no server.");
        }
        m_runner->hold = true;
        VERIFY_OK(m_queue->start());
        const JobId job = queued(m_project);
        QTRY_COMPARE(state(job), JobState::Running);
        QTRY_COMPARE(m_runner->started(), 1);
        m_databases.server().stop();
        VERIFY_FAILS(m_queue->cancel(m_bob, job), ErrorKind::Environment);
        VERIFY_OK(m_queue->cancel(m_ann, job));
        QTRY_COMPARE(resultFolders(), 0);
        QCOMPARE(m_databases.server().start(), QString());
        QTRY_COMPARE_WITH_TIMEOUT(state(job), JobState::Cancelled, 20000);
        QCOMPARE(projectStatus(m_project), ProjectStatus::NotStarted);
    }

    // --- The end of the program ---

    void stoppingInterruptsTheRunningJob() {
        m_runner->hold = true;
        VERIFY_OK(m_queue->start());
        const JobId job = queued(m_project);
        const JobId next = queued(made(m_ann, 2));
        QTRY_COMPARE(m_runner->started(), 1);
        QElapsedTimer timer;
        timer.start();
        m_queue->stop();
        QVERIFY(timer.elapsed() < 2000);
        QVERIFY(!m_queue->isRunning());
        QCOMPARE(state(job), JobState::Interrupted);
        QCOMPARE(state(next), JobState::Queued);
        QCOMPARE(projectStatus(m_project), ProjectStatus::NotStarted);
        QCOMPARE(resultFolders(), 0);

        m_runner->release();
        VERIFY_OK(m_queue->start());  // what waited goes on by itself
        QTRY_COMPARE(state(next), JobState::Done);
        QCOMPARE(state(job), JobState::Interrupted);
    }

    void aRunnerThatHangsDoesNotHoldTheProgram() {
        m_runner->hold = m_runner->deaf = true;
        JobTimings timings = quickTimings();
        timings.stopWithinMs = 150;
        m_queue = newQueue(timings);
        VERIFY_OK(m_queue->start());
        const JobId job = queued(m_project);
        QTRY_COMPARE(m_runner->started(), 1);
        QElapsedTimer timer;
        timer.start();
        m_queue->stop();
        QVERIFY(timer.elapsed() < 2000);
        QCOMPARE(state(job), JobState::Interrupted);
        m_runner->release();
        QVERIFY(JobWorker::waitForAbandoned(10000));
    }

    // --- Who may do what ---

    void jobsAreTheirOwnersBusiness() {
        m_runner->hold = true;
        VERIFY_OK(m_queue->start());
        VERIFY_FAILS(m_queue->enqueue(m_bob, m_project), ErrorKind::Usage);
        const JobId job = queued(m_project);
        QTRY_COMPARE(state(job), JobState::Running);
        VERIFY_FAILS(m_queue->cancel(m_bob, job), ErrorKind::Usage);
        VERIFY_FAILS(m_queue->job(m_bob, job), ErrorKind::Usage);
        VERIFY_FAILS(m_queue->jobsOfProject(m_bob, m_project), ErrorKind::Usage);
        QCOMPARE(m_queue->jobs(m_bob)->size(), 0);
        QCOMPARE(m_queue->jobs(m_ann)->size(), 1);
        QCOMPARE(m_queue->jobs(m_admin)->size(), 1);
        QCOMPARE(m_queue->jobsOfProject(m_ann, m_project)->size(), 1);
        QCOMPARE(state(job), JobState::Running);
        VERIFY_FAILS(m_queue->retry(m_ann, job), ErrorKind::Usage);
        VERIFY_FAILS(m_queue->forget(m_ann, job), ErrorKind::Usage);
        VERIFY_FAILS(m_queue->enqueue(m_ann, m_project), ErrorKind::Usage);  // one at a time
        VERIFY_OK(m_queue->cancel(m_admin, job));
        QTRY_COMPARE(state(job), JobState::Cancelled);
        VERIFY_FAILS(m_queue->retry(m_bob, job), ErrorKind::Usage);
        VERIFY_FAILS(m_queue->forget(m_bob, job), ErrorKind::Usage);
        JobOptions backwards;
        backwards.range = {FrameIndex(9), FrameIndex(2)};
        VERIFY_FAILS(m_queue->enqueue(m_ann, m_project, backwards), ErrorKind::Usage);
    }

private:
    std::unique_ptr<JobQueue> newQueue(const JobTimings& timings = quickTimings()) {
        auto queue = std::make_unique<JobQueue>(m_settings, m_library->root(), m_runner->runner());
        queue->setTimings(timings);
        return queue;
    }

    JobId queued(ProjectId project, const JobOptions& options = {}) {
        const auto job = m_queue->enqueue(m_ann, project, options);
        if (!job.ok()) {
            qWarning("%s", message(job));
        }
        return job.ok() ? *job : JobId();
    }

    // A row as a killed program leaves it.
    JobId deadJob(ProjectId project, const QString& folder, const QString& host = {}) {
        QString process;
        QString thisHost;
        {
            const JobOwner dead;
            process = dead.process();
            thisHost = dead.host();
        }
        storage::JobRecord row;
        row.project = project;
        row.owner = m_ann.user;
        row.state = int(JobState::Running);
        row.kind = "detect";
        row.optionsJson = toJson(StoredOptions{{}, folder});
        row.started = row.heartbeat = QDateTime::currentDateTimeUtc().addDays(-1);
        row.ownerHost = host.isEmpty() ? thisHost : host;
        row.ownerProcess = process;
        const auto id = storage::JobRepository(*m_database).insert(row);
        storage::ProjectRepository(*m_database).setStatus(project, 1).ok();
        return id.ok() ? *id : JobId();
    }

    JobState state(JobId job) {
        const auto row = storage::JobRepository(*m_database).find(job);
        return row.ok() && row.value() ? JobState((*row)->state) : JobState(-1);
    }
    JobInfo info(JobId job) {
        const auto described = m_queue->job(m_admin, job);
        return described.ok() ? *described : JobInfo();
    }
    ProjectStatus projectStatus(ProjectId project) {
        return m_service->project(m_admin, project)->status;
    }
    int resultFolders() const {
        return int(
            QDir(m_library->resultsFolder()).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size());
    }
    int resultSummaries() const {
        int count = 0;
        const QDir results(m_library->resultsFolder());
        for (const QString& name : results.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            count += QFile::exists(results.filePath(name + "/summary.json"));
        }
        return count;
    }

    std::unique_ptr<test::FakeRunner> m_runner;
    std::unique_ptr<JobQueue> m_queue;
    ProjectId m_project;
};

QTEST_GUILESS_MAIN(TestJobQueue)
#include "tst_job_queue.moc"
