// More than one program on the same database and library, and programs that are killed without
// warning. All of them are the real program; the database is the file that a laptop has.
#include <QDir>
#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>
#include <memory>
#include <vector>

#include "core/jobs/job_json.h"
#include "core/jobs/job_state.h"
#include "core/storage/repositories.h"
#include "core/storage/schema.h"
#include "tests/app/program_run.h"
#include "tests/core/projects/small_videos.h"
#include "tests/core/storage/test_databases.h"

using namespace cvd;
using test::Outcome;

namespace {

constexpr int kTimeoutMs = 240'000;

QStringList filesBelow(const QString& folder) {
    QStringList files;
    QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        files << it.next();
    }
    return files;
}

}  // namespace

class TwoProgramsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    QString path(const QString& name) const { return m_dir->filePath(name); }
    QString data(const QString& name) const { return path("data/" + name); }
    Outcome run(const QStringList& arguments) const {
        return test::runProgram(arguments, test::programEnvironment(m_dir->path()), kTimeoutMs);
    }
    std::unique_ptr<QProcess> start(const QStringList& arguments) const {
        auto program = std::make_unique<QProcess>();
        program->setProcessEnvironment(test::programEnvironment(m_dir->path()));
        program->start(CVD_PROGRAM, arguments);
        return program;
    }
    static void kill(QProcess& program) {
        QVERIFY(program.state() == QProcess::Running);  // it must not have been faster
        program.kill();
        program.waitForFinished(10'000);
    }
    QStringList asBoss(const QStringList& arguments) const {
        return arguments +
               QStringList{"--as", "boss", "--password-file", path("password"), "--quiet"};
    }
    QString list() const { return run(asBoss({"project", "list"})).out; }
    // Long enough to be killed in the middle, also on a fast machine.
    void makePour(const QString& name, int seed) const {
        QVERIFY(test::writeVideo(path(name), seed, 500, 640, 360));
    }
    bool isDetecting() const {
        return filesBelow(data("library/results")).join(' ').contains("/.partial/result.mp4");
    }
    std::optional<storage::JobRecord> newestJob() const {
        storage::ConnectionSettings settings;
        settings.sqliteFile = data("cvd-mis.sqlite");
        const auto db = storage::Database::open(settings);
        if (!db.ok()) {
            return {};
        }
        const auto jobs = storage::JobRepository(**db).recent({}, 1);
        return jobs.ok() && !jobs->isEmpty() ? std::optional(jobs->first()) : std::nullopt;
    }
    bool newestJobIs(jobs::JobState state) const {
        const auto job = newestJob();
        return job && job->state == int(state);
    }

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(test::writeBytes(path("password"), "concrete cures slowly\n"));
        const Outcome o =
            run({"user", "create", "boss", "--first", "--new-password-file", path("password")});
        QVERIFY2(o.code == 0, qPrintable(o.err));
    }

    // --- Side by side ---

    void theFirstStartMayHappenSeveralTimesAtOnce() {
        std::vector<std::unique_ptr<QProcess>> programs;
        for (int i = 0; i < 4; ++i) {
            programs.push_back(start({"db", "migrate", "--db", path("fresh.sqlite")}));
        }
        for (const auto& program : programs) {
            QVERIFY(program->waitForFinished(kTimeoutMs));
            QVERIFY2(program->exitCode() == 0, program->readAllStandardError().constData());
        }
        const Outcome o = run({"db", "status", "--db", path("fresh.sqlite")});
        QVERIFY2(o.code == 0 && o.out.contains("current"), qPrintable(o.out + o.err));
    }

    void theyImportAtOnce() {
        std::vector<std::unique_ptr<QProcess>> programs;
        for (int i = 0; i < 6; ++i) {
            const QString video = path(QString("v%1.mp4").arg(i));
            QVERIFY(test::writeVideo(video, i / 2 + 1));  // each content twice
            programs.push_back(start(asBoss({"project", "create", video})));
        }
        for (const auto& program : programs) {
            QVERIFY(program->waitForFinished(kTimeoutMs));
            QVERIFY2(program->exitCode() == 0, program->readAllStandardError().constData());
        }
        QCOMPARE(list().count('\n'), 6);
        QCOMPARE(filesBelow(data("library/media")).size(), 3);
        QCOMPARE(filesBelow(data("library/incoming")), QStringList());
    }

    void oneOfThemDetects() {
        makePour("pour.mp4", 1);
        QCOMPARE(run(asBoss({"project", "create", path("pour.mp4")})).code, 0);
        const auto first = start(asBoss({"project", "run", "1", "--no-video"}));
        const auto second = start(asBoss({"project", "run", "1", "--no-video"}));
        QVERIFY(first->waitForFinished(kTimeoutMs) && second->waitForFinished(kTimeoutMs));
        QList<int> codes{first->exitCode(), second->exitCode()};
        std::sort(codes.begin(), codes.end());
        QCOMPARE(codes, (QList<int>{0, 2}));  // the other is told that it runs already
        QVERIFY(list().contains("done"));
        QCOMPARE(filesBelow(data("library/results")).filter("summary.json").size(), 1);
    }

    // --- Killed ---

    void aKilledImportLeavesNothing() {
        QVERIFY(test::writeVideo(path("long.mp4"), 3));
        QByteArray bytes = test::readBytes(path("long.mp4"));
        const quint32 padding = 400u << 20;
        QFile video(path("long.mp4"));
        QVERIFY(video.open(QIODevice::Append));
        QByteArray box(4, char(0));
        qToBigEndian(padding, box.data());
        video.write(box + "free");
        QVERIFY(video.resize(bytes.size() + qint64(padding)));
        video.close();
        const auto program = start(asBoss({"project", "create", path("long.mp4")}));
        QTRY_VERIFY_WITH_TIMEOUT(!filesBelow(data("library/incoming")).isEmpty(), 60'000);
        kill(*program);
        QVERIFY(!filesBelow(data("library/incoming")).isEmpty());
        QCOMPARE(list(), QString());  // the next program tidies up
        QCOMPARE(filesBelow(data("library/incoming")), QStringList());
        QCOMPARE(filesBelow(data("library/media")), QStringList());
    }

    void aKilledDetectionIsOver() {
        makePour("pour.mp4", 2);
        QCOMPARE(run(asBoss({"project", "create", path("pour.mp4")})).code, 0);
        const auto program = start(asBoss({"project", "run", "1"}));
        QTRY_VERIFY_WITH_TIMEOUT(isDetecting(), 60'000);
        QVERIFY(list().contains("running"));
        const Outcome refused = run(asBoss({"project", "delete", "1"}));
        QCOMPARE(refused.code, 2);
        kill(*program);
        QVERIFY2(list().contains("not started"), qPrintable(list()));
        QVERIFY(newestJobIs(jobs::JobState::Interrupted));
        QCOMPARE(filesBelow(data("library/results")), QStringList());
        QCOMPARE(run(asBoss({"project", "delete", "1"})).code, 0);
        QCOMPARE(filesBelow(data("library/media")), QStringList());
    }

    // The window detects what a dead program had queued; it is killed, comes back, and the
    // detection can be run again. Meanwhile the command line works on the same file.
    void aKilledWindowComesBack() {
        makePour("pour.mp4", 4);
        QCOMPARE(run(asBoss({"project", "create", path("pour.mp4")})).code, 0);
        {
            storage::ConnectionSettings settings;
            settings.sqliteFile = data("cvd-mis.sqlite");
            CVD_UNWRAP(const auto db, storage::Database::open(settings));
            storage::JobRecord job;
            job.project = ProjectId{1};
            job.owner = UserId{1};
            job.state = int(jobs::JobState::Queued);
            job.kind = "detect";
            job.optionsJson = jobs::toJson(jobs::StoredOptions{});
            CVD_VERIFY_OK(storage::JobRepository(*db).insert(job));
        }
        auto window = start({});
        QTRY_VERIFY_WITH_TIMEOUT(isDetecting(), 60'000);
        QVERIFY(list().contains("running"));
        QCOMPARE(run(asBoss({"project", "run", "1"})).code, 2);
        QCOMPARE(run(asBoss({"project", "create", path("pour.mp4"), "--name", "twin"})).code, 0);
        kill(*window);
        QVERIFY(newestJobIs(jobs::JobState::Running));

        window = start({});
        QTRY_VERIFY_WITH_TIMEOUT(newestJobIs(jobs::JobState::Interrupted), 60'000);
        QTRY_COMPARE(filesBelow(data("library/results")), QStringList());
        QCOMPARE(run(asBoss({"project", "run", "1", "--no-video"})).code, 0);
        QVERIFY(list().contains("done"));
        kill(*window);
    }

    void aKilledCopyLooksLikeNone() {
        {
            storage::ConnectionSettings settings;
            settings.sqliteFile = data("cvd-mis.sqlite");
            CVD_UNWRAP(const auto db, storage::Database::open(settings));
            CVD_VERIFY_OK(db->withTransaction([&]() -> Status {
                for (int i = 0; i < 4000; ++i) {
                    CVD_TRY(storage::SettingRepository(*db).set(QString::number(i),
                                                                QString(5000, 'x')));
                }
                return {};
            }));
        }
        const QString target = path("copy.sqlite");
        const QStringList copy{"db",   "copy", "--from", data("cvd-mis.sqlite"),
                               "--to", target, "--quiet"};
        const auto program = start(copy);
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(target + "-wal").size() > (4 << 20) ||
                                     program->state() == QProcess::NotRunning,
                                 60'000);
        kill(*program);
        const Outcome o = run({"db", "status", "--db", target});
        QVERIFY2(o.out.contains("empty"), qPrintable(o.out + o.err));
        const Outcome again = run(copy);
        QVERIFY2(again.code == 0, qPrintable(again.err));
        QVERIFY(run({"db", "status", "--db", target}).out.contains("4000"));
    }

    void aKilledMigrationIsFinishedByTheNext() {
        const QString file = path("young.sqlite");
        int killed = 0;
        for (int ms = 4; ms < 200; ms += 12) {
            for (const char* end : {"", "-wal", "-shm"}) {
                QFile::remove(file + QLatin1String(end));
            }
            const auto program = start({"db", "migrate", "--db", file});
            QVERIFY(program->waitForStarted());
            if (!program->waitForFinished(ms)) {
                kill(*program);
                ++killed;
            }
            const Outcome next = run({"db", "migrate", "--db", file});
            QVERIFY2(next.code == 0, qPrintable(next.err));
            const Outcome o = run({"db", "status", "--db", file});
            QVERIFY2(o.code == 0 && o.out.contains("current"), qPrintable(o.out + o.err));
        }
        QVERIFY(killed > 0);
    }
};

QTEST_GUILESS_MAIN(TwoProgramsTest)
#include "tst_two_programs.moc"
