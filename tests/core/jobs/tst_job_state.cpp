// The table of a job's life, and what of a job is kept as JSON.
#include <QTest>

#include "core/jobs/job_json.h"
#include "core/jobs/job_owner.h"
#include "core/jobs/job_state.h"

using namespace cvd;
using namespace cvd::jobs;

class TestJobState : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onlyTheseTransitionsAreLegal() {
        using S = JobState;
        const QList<QPair<S, S>> legal{
            {S::Queued, S::Running},   {S::Queued, S::Cancelled},  {S::Running, S::Done},
            {S::Running, S::Failed},   {S::Running, S::Cancelled}, {S::Running, S::Interrupted},
            {S::Failed, S::Queued},    {S::Cancelled, S::Queued},  {S::Interrupted, S::Queued},
            {S::Interrupted, S::Done},
        };
        for (int from = 0; from < kJobStateCount; ++from) {
            for (int to = 0; to < kJobStateCount; ++to) {
                const bool expected = legal.contains({S(from), S(to)});
                QVERIFY2(isLegalTransition(S(from), S(to)) == expected,
                         qPrintable(QStringLiteral("%1 to %2").arg(from).arg(to)));
            }
        }
    }

    void nothingEndsInRunning() {
        // Every state that is not final can be left, and every final one but Done started again.
        for (int i = 0; i < kJobStateCount; ++i) {
            const auto state = JobState(i);
            QCOMPARE(canCancel(state), !isFinal(state));
            QCOMPARE(canRetry(state), isFinal(state) && state != JobState::Done);
            QCOMPARE(jobStateFromName(jobStateName(state)), std::optional(state));
        }
        QVERIFY(!jobStateFromName("paused"));
    }

    void optionsSurviveTheTable() {
        StoredOptions stored;
        stored.options.profile = "标准";
        stored.options.useCalibration = false;
        stored.options.device = "cuda:1";
        stored.options.modelFile = "/models/a b.json";
        stored.options.range = {FrameIndex(7), FrameIndex(5'000'000'000)};
        stored.options.writeVideo = false;
        stored.folder = "results/x";
        const StoredOptions read = optionsFromJson(toJson(stored));
        QCOMPARE(read.options.profile, stored.options.profile);
        QCOMPARE(read.options.useCalibration, false);
        QCOMPARE(read.options.device, stored.options.device);
        QCOMPARE(read.options.modelFile, stored.options.modelFile);
        QVERIFY(read.options.range == stored.options.range);
        QCOMPARE(read.options.writeVideo, false);
        QCOMPARE(read.folder, stored.folder);
        QVERIFY(!optionsFromJson("{}").options.range);
        QCOMPARE(optionsFromJson("nonsense").options.profile, JobOptions().profile);
    }

    void errorsAndProgressSurviveTheTable() {
        const Error error = fail(ErrorKind::BadInput, "Frame %1 of %2 is broken.", {"17", "a.mp4"},
                                 "libavcodec: -1094995529");
        const Error read = errorFromJson(toJson(error));
        QCOMPARE(read.kind, error.kind);
        QCOMPARE(read.message(), error.message());
        QVERIFY(read.args == error.args);
        QCOMPARE(read.detail, error.detail);

        const JobProgress progress{5, 12, 24.5, 3.25, JobStage::Judging, "cuda:0"};
        const JobProgress back = progressFromJson(toJson(progress));
        QCOMPARE(back.done, 5);
        QCOMPARE(back.total, 12);
        QCOMPARE(back.framesPerS, 24.5);
        QCOMPARE(back.secondsLeft, 3.25);
        QCOMPARE(int(back.stage), int(JobStage::Judging));
        QCOMPARE(back.device, "cuda:0");
        QVERIFY(progressFromJson("").secondsLeft < 0);
    }

    void anOwnerIsAliveAsLongAsItIs() {
        QString process;
        {
            const JobOwner owner, other;
            process = owner.process();
            QVERIFY(process != other.process());
            QVERIFY(JobOwner::onThisComputer(owner.host()));
            QVERIFY(JobOwner::isAlive(process));
            QVERIFY(owner.is(owner.host(), process) && !other.is(owner.host(), process));
        }
        QVERIFY(!JobOwner::isAlive(process));
        QVERIFY(
            !JobOwner::isAlive("1~0~1"));  // the number of a process that started at another time
        QVERIFY(!JobOwner::isAlive("2147483000~1~1"));
        QVERIFY(!JobOwner::isAlive(""));
        QVERIFY(!JobOwner::onThisComputer("another-computer.example"));
    }
};

QTEST_GUILESS_MAIN(TestJobState)
#include "tst_job_state.moc"
