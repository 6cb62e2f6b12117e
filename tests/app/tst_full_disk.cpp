// A disk that is full, or becomes full in mid-work: a clear message, nothing lost, and no half
// file that looks like a whole one. On a real small file system.
#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QSignalSpy>
#include <QTest>
#include <opencv2/core.hpp>

#include "core/jobs/job_queue.h"
#include "core/pipeline/pipeline.h"
#include "core/projects/project_service.h"
#include "core/report/export.h"
#include "core/report/report_data.h"
#include "core/storage/copy_database.h"
#include "core/storage/repositories.h"
#include "core/storage/schema.h"
#include "tests/app/program_run.h"
#include "tests/core/jobs/fake_runner.h"
#include "tests/core/pipeline/fake_detector.h"
#include "tests/core/projects/service_fixture.h"
#include "tests/core/storage/small_disk.h"

using namespace cvd;
using test::SmallDisk;

namespace {

constexpr int kTimeoutMs = 120'000;
constexpr int kKilobyte = 1024;
const std::atomic<bool> kNever{false};

QStringList filesBelow(const QString& folder) {
    QStringList files;
    QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        files << it.next();
    }
    return files;
}

bool saysFull(const QString& message) {
    return message.contains("full") || message.contains("free") || message.contains("room") ||
           message.contains("No space left");
}

#define VERIFY_SAYS_FULL(error)                                                                   \
    do {                                                                                          \
        QCOMPARE((error).kind, ErrorKind::Environment);                                           \
        QVERIFY2(saysFull(QString::fromStdString((error).message())), (error).message().c_str()); \
    } while (false)

QByteArray lineCount(const QByteArray& text) {
    return QByteArray::number(text.count('\n'));
}

}  // namespace

class FullDiskTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    QString m_numbered;  // a video whose frames carry their number, for the fake detector

    QString path(const QString& name) const { return m_dir.filePath(name); }

    pipeline::DetectRequest requestFor(const QString& out, const test::Script& script = {}) {
        pipeline::DetectRequest request;
        request.videoFile = m_numbered.toStdString();
        request.outDir = out.toStdString();
        request.detectorFactory = test::fakeDetector(script);
        request.videoPreset = "ultrafast";
        return request;
    }
    storage::ConnectionSettings databaseAt(const QString& file) const {
        storage::ConnectionSettings settings;
        settings.sqliteFile = file;
        return settings;
    }
    test::Outcome run(const SmallDisk& disk, const QStringList& arguments) const {
        return test::runProgram(arguments, test::programEnvironment(disk.path()), kTimeoutMs);
    }
    static void wrotePassword(const QString& file) {
        QVERIFY(test::writeBytes(file, "concrete cures slowly\n"));
    }

private Q_SLOTS:
    void initTestCase() {
        if (!test::mountProblem().isEmpty()) {
            QSKIP(qPrintable(test::mountProblem()));
        }
        m_numbered = path("numbered.mp4");
        auto writer = media::VideoWriter::open(m_numbered.toStdString(), 240, 160, 25);
        QVERIFY(writer.ok());
        for (int i = 0; i < 60; ++i) {
            QVERIFY((*writer)->write(test::frameWithNumber(240, 160, i), i / 25.0).ok());
        }
        QVERIFY((*writer)->finish().ok());
    }

    // --- Importing a video ---

    void importing() {
        const SmallDisk disk(6 * kKilobyte);
        CVD_REQUIRE_SMALL_DISK(disk);
        QVERIFY(test::writeVideo(path("long.mp4"), 3));
        QByteArray bytes = test::readBytes(path("long.mp4"));
        const quint32 padding = 12u << 20;  // three blocks of the copy
        bytes.append(QByteArray(4, char(0)) + "free" + QByteArray(int(padding) - 8, 'x'));
        qToBigEndian(padding, bytes.data() + bytes.size() - qsizetype(padding));
        QVERIFY(test::writeBytes(path("long.mp4"), bytes));

        CVD_UNWRAP(const auto database, storage::openReady(databaseAt(path("import.sqlite"))));
        projects::MediaLibrary library(disk.path("library"));
        library.freeBytes = [](const QString&) { return qint64(1) << 40; };  // full in mid-copy
        projects::ProjectService service(*database, library);
        storage::UserRecord user;
        user.name = "Ann";
        CVD_UNWRAP(const UserId ann, storage::UserRepository(*database).insert(user));
        const accounts::Session session{ann, "Ann", accounts::Role::Normal};
        const projects::NewProject project{
            "", "", path("long.mp4"), projects::ImportMode::Copy, {}};
        const auto refused = service.create(session, project);
        QVERIFY(!refused.ok());
        VERIFY_SAYS_FULL(refused.error());
        QCOMPARE(filesBelow(disk.path("library")), QStringList());
        QCOMPARE(service.list(session, {})->total, 0);

        // Full to the last byte: not even the note of what is under way has room.
        QVERIFY(test::writeVideo(path("short.mp4"), 4));
        projects::NewProject small = project;
        small.sourceFile = path("short.mp4");
        disk.fill();
        const auto again = service.create(session, small);
        QVERIFY(!again.ok());
        VERIFY_SAYS_FULL(again.error());
        QCOMPARE(service.list(session, {})->total, 0);
        disk.release();
        CVD_VERIFY_OK(service.create(session, small));
        QCOMPARE(filesBelow(disk.path("library/incoming")), QStringList());
    }

    // --- Detecting ---

    void detectingWithVideo() {
        const SmallDisk disk(40 * kKilobyte);
        CVD_REQUIRE_SMALL_DISK(disk);
        test::Script script;
        script.atFrame = [&](FrameIndex frame) {
            if (frame == 20) {
                disk.fill();
            }
        };
        const auto broken = runDetect(requestFor(disk.path("out"), script), {}, kNever);
        QVERIFY(!broken.ok());
        VERIFY_SAYS_FULL(broken.error());
        QVERIFY(!QFile::exists(disk.path("out")));
        disk.release();
        CVD_VERIFY_OK(runDetect(requestFor(disk.path("out")), {}, kNever));
    }

    // The tables are written at the very end: whatever room is left for them, they are all there
    // with all their lines, or nothing is.
    void everyTableIsWholeOrNotThere_data() {
        QTest::addColumn<int>("room");
        for (const int room : {0, 4, 12, 20, 28, 36, 44, 60, 80, 120, 200, 400, 8000}) {
            QTest::newRow(qPrintable(QString::number(room))) << room;
        }
    }
    void everyTableIsWholeOrNotThere() {
        QFETCH(int, room);
        const SmallDisk disk(40 * kKilobyte);
        CVD_REQUIRE_SMALL_DISK(disk);
        pipeline::DetectRequest whole = requestFor(path("whole"));
        whole.writeVideo = false;
        if (!QFile::exists(path("whole"))) {
            CVD_VERIFY_OK(runDetect(whole, {}, kNever));
        }
        test::Script script;
        script.atFrame = [&](FrameIndex frame) {
            if (frame == 59) {
                disk.fill(room * kKilobyte);
            }
        };
        pipeline::DetectRequest request = requestFor(disk.path("out"), script);
        request.writeVideo = false;
        const auto result = runDetect(request, {}, kNever);
        if (!result.ok()) {
            VERIFY_SAYS_FULL(result.error());
            QVERIFY(!QFile::exists(disk.path("out")));
            QVERIFY(room < 8000);
            return;
        }
        QVERIFY(room > 0);
        for (const QString& file : filesBelow(path("whole"))) {
            const QString name = QFileInfo(file).fileName();
            const QByteArray expected = test::readBytes(file);
            const QByteArray found = test::readBytes(disk.path("out/" + name));
            QVERIFY2(!found.isEmpty() || expected.isEmpty(), qPrintable(name));
            if (name != "summary.json") {
                QVERIFY2(found == expected, qPrintable(name));
            } else {
                QCOMPARE(lineCount(found), lineCount(expected));
            }
        }
    }

    // --- The database ---

    void writingToTheDatabase() {
        const SmallDisk disk(2 * kKilobyte);
        CVD_REQUIRE_SMALL_DISK(disk);
        const auto settings = databaseAt(disk.path("site.sqlite"));
        {
            CVD_UNWRAP(const auto db, storage::openReady(settings));
            storage::SettingRepository kept(*db);
            CVD_VERIFY_OK(kept.set("before", "1"));
            disk.fill();
            const Status refused = kept.set("large", QString(300'000, 'x'));
            QCOMPARE(storage::problemOf(refused.error()), storage::Problem::DiskFull);
            QCOMPARE(**kept.get("before"), QString("1"));  // reading goes on
            QVERIFY(!*kept.get("large"));
            disk.release();
            CVD_VERIFY_OK(kept.set("large", QString(300'000, 'x')));
        }
        // Nobody can even open the file then; the reason is said all the same.
        disk.fill();
        const auto opened = storage::openReady(settings);
        QVERIFY(!opened.ok());
        QCOMPARE(storage::problemOf(opened.error()), storage::Problem::DiskFull);
        disk.release();
        CVD_UNWRAP(const auto db, storage::openReady(settings));
        QCOMPARE(storage::SettingRepository(*db).get("large")->value().size(), 300'000);
    }

    // A card with its lock closed: no right of the file's own is in the way, and root may no more.
    void aReadOnlyDiskIsSaid() {
        const SmallDisk disk(2 * kKilobyte);
        CVD_REQUIRE_SMALL_DISK(disk);
        const auto settings = databaseAt(disk.path("card.sqlite"));
        {
            CVD_UNWRAP(const auto db, storage::openReady(settings));
            CVD_VERIFY_OK(storage::SettingRepository(*db).set("before", "1"));
        }
        QVERIFY(disk.makeReadOnly());
        const auto opened = storage::openReady(settings);
        const Status refused =
            opened.ok() ? storage::SettingRepository(**opened).set("after", "1") : opened.error();
        QVERIFY(!refused.ok());
        const QString message = QString::fromStdString(refused.error().message());
        QVERIFY2(message.contains("read-only") || message.contains("you may write"),
                 qPrintable(message));
        QVERIFY(disk.makeReadOnly(false));
        CVD_UNWRAP(const auto db, storage::openReady(settings));
        QCOMPARE(**storage::SettingRepository(*db).get("before"), QString("1"));
    }

    void makingADatabase() {
        const SmallDisk disk(2 * kKilobyte);
        CVD_REQUIRE_SMALL_DISK(disk);
        for (const int room : {0, 40, 100, 200}) {
            disk.fill(room * kKilobyte);
            const test::Outcome o = run(disk, {"db", "migrate"});
            QCOMPARE(o.code, 4);
            QVERIFY2(o.err.contains("full"), qPrintable(o.err));
            disk.release();
        }
        QCOMPARE(run(disk, {"db", "migrate"}).code, 0);
    }

    void copyingADatabase() {
        const SmallDisk disk(3 * kKilobyte);
        CVD_REQUIRE_SMALL_DISK(disk);
        const QString source = path("source.sqlite");
        {
            CVD_UNWRAP(const auto db, storage::openReady(databaseAt(source)));
            for (int i = 0; i < 20; ++i) {
                CVD_VERIFY_OK(
                    storage::SettingRepository(*db).set(QString::number(i), QString(20'000, 'x')));
            }
        }
        const QStringList copy{"db",     "copy", "--from", source, "--to", disk.path("copy.sqlite"),
                               "--quiet"};
        for (const int room : {0, 8, 100, 400}) {
            disk.fill(room * kKilobyte);
            const test::Outcome o = run(disk, copy);
            QCOMPARE(o.code, 4);
            QVERIFY2(o.err.contains("full"), qPrintable(o.err));
            // A database without people and projects would be taken for an empty one.
            QCOMPARE(filesBelow(disk.path()), QStringList{disk.path("ballast")});
            disk.release();
        }
        QCOMPARE(run(disk, copy).code, 0);
        QCOMPARE(run(disk, {"db", "status", "--db", disk.path("copy.sqlite")}).code, 0);
    }

    // --- Exporting ---

    void exporting_data() {
        QTest::addColumn<int>("room");
        for (const int room : {0, 4, 8, 16, 40, 100}) {
            QTest::newRow(qPrintable(QString::number(room))) << room;
        }
    }
    void exporting() {
        QFETCH(int, room);
        const SmallDisk disk(4 * kKilobyte);
        CVD_REQUIRE_SMALL_DISK(disk);
        if (!QFile::exists(path("exported"))) {
            CVD_VERIFY_OK(runDetect(requestFor(path("exported")), {}, kNever));
        }
        CVD_UNWRAP(const auto data, report::readReportData(path("exported"), m_numbered));
        for (const report::Part part :
             {report::Part::Files, report::Part::Csv, report::Part::Json, report::Part::Video}) {
            report::ExportOptions options;
            options.parts = {part};
            const QString expected = path(QString("reference-") + report::partName(part));
            if (!QFile::exists(expected)) {
                CVD_VERIFY_OK(report::exportReport(data, options, expected, {}, kNever));
            }
            disk.fill(room * kKilobyte);
            const auto made = report::exportReport(data, options, disk.path("report"), {}, kNever);
            if (!made.ok()) {
                VERIFY_SAYS_FULL(made.error());
                QVERIFY(!QFile::exists(disk.path("report")));
            } else {
                for (const QString& name : made->files) {
                    // Times of making are in some of them: a digit more or less.
                    const qint64 found = QFileInfo(disk.path("report/" + name)).size();
                    const qint64 wanted = QFileInfo(expected + '/' + name).size();
                    QVERIFY2(qAbs(found - wanted) < 16, qPrintable(name));
                }
                QDir(disk.path("report")).removeRecursively();
            }
            disk.release();
        }
    }

    void savingAProfile() {
        const SmallDisk disk(kKilobyte);
        CVD_REQUIRE_SMALL_DISK(disk);
        QVERIFY(QDir().mkpath(disk.path("data")));
        disk.fill();
        const QStringList save{"profile", "export", "gb50666", disk.path("mine.json")};
        const test::Outcome o = run(disk, save);
        QCOMPARE(o.code, 4);
        QVERIFY2(saysFull(o.err), qPrintable(o.err));
        QVERIFY(!QFile::exists(disk.path("mine.json")));
        disk.release();
        QCOMPARE(run(disk, save).code, 0);
    }

    void simulating() {
        const SmallDisk disk(4 * kKilobyte);
        CVD_REQUIRE_SMALL_DISK(disk);
        const QStringList simulate{"simulate", "--out", disk.path("pour"), "--seconds", "1"};
        for (const int room : {0, 20, 60}) {
            disk.fill(room * kKilobyte);
            const test::Outcome o = run(disk, simulate);
            QCOMPARE(o.code, 4);
            QVERIFY2(saysFull(o.err), qPrintable(o.err));
            QVERIFY(!QFile::exists(disk.path("pour")));
            disk.release();
        }
        QCOMPARE(run(disk, simulate).code, 0);
        QCOMPARE(QDir(disk.path("pour")).entryList(QDir::Files | QDir::Hidden),
                 (QStringList{"calibration.json", "truth.json", "video.mp4"}));
    }

    // --- Jobs ---

    // The result is on one disk, the database on another that is full: stored as soon as there is
    // room, and until then everybody is told.
    void aResultWaitsForRoomInTheDatabase() {
        const SmallDisk disk(2 * kKilobyte);
        CVD_REQUIRE_SMALL_DISK(disk);
        const auto settings = databaseAt(disk.path("jobs.sqlite"));
        CVD_UNWRAP(const auto database, storage::openReady(settings));
        projects::MediaLibrary library(path("jobs-library"));
        projects::ProjectService service(*database, library);
        storage::UserRecord user;
        user.name = "Ann";
        CVD_UNWRAP(const UserId ann, storage::UserRepository(*database).insert(user));
        const accounts::Session session{ann, "Ann", accounts::Role::Normal};
        QVERIFY(test::writeVideo(path("job.mp4"), 5));
        CVD_UNWRAP(const ProjectId project,
                   service.create(session, {"Lift 3", "", path("job.mp4"), {}, {}}));

        test::FakeRunner runner;
        runner.hold = true;
        jobs::JobQueue queue(settings, library.root(), runner.runner());
        jobs::JobTimings timings;
        timings.heartbeatMs = 40;
        timings.pollMs = 40;
        timings.firstBackOffMs = 10;
        timings.longestBackOffMs = 80;
        queue.setTimings(timings);
        CVD_VERIFY_OK(queue.start());
        QSignalSpy away(&queue, &jobs::JobQueue::databaseAway);
        CVD_UNWRAP(const JobId job, queue.enqueue(session, project));
        QTRY_COMPARE(runner.started(), 1);
        disk.fill();
        // What the log already holds is written over after a checkpoint; a reader keeps it growing.
        CVD_UNWRAP(storage::Transaction reading, database->beginRead());
        CVD_VERIFY_OK(database->selectInteger("SELECT COUNT(*) FROM job"));
        QTRY_VERIFY_WITH_TIMEOUT(queue.databaseProblem().has_value(), 20000);
        QCOMPARE(storage::problemOf(*queue.databaseProblem()), storage::Problem::DiskFull);
        QTRY_COMPARE(away.size(), 1);
        runner.release();
        QTRY_VERIFY(queue.unstored(job).has_value());
        QVERIFY(queue.unstored(job)->state == jobs::JobState::Done);
        reading.rollback();
        disk.release();
        QTRY_VERIFY(!queue.unstored(job));
        QCOMPARE(queue.job(session, job)->state, jobs::JobState::Done);
        QCOMPARE(service.results(session, project)->size(), 1);
        QTRY_COMPARE(away.size(), 2);
        QVERIFY(!queue.databaseProblem());
    }

    // The whole program on one disk that fills up while it detects: it ends by itself and says why.
    void runningAProject() {
        const SmallDisk disk(60 * kKilobyte);
        CVD_REQUIRE_SMALL_DISK(disk);
        wrotePassword(disk.path("password"));
        QCOMPARE(run(disk, {"user", "create", "boss", "--first", "--new-password-file",
                            disk.path("password")})
                     .code,
                 0);
        const QStringList who{"--as", "boss", "--password-file", disk.path("password"), "--quiet"};
        QVERIFY(test::writeVideo(path("pour.mp4"), 9, 400, 640, 360));
        const test::Outcome made =
            run(disk, QStringList{"project", "create", "--link", path("pour.mp4")} + who);
        QVERIFY2(made.code == 0, qPrintable(made.err));
        QProcess program;
        program.setProcessEnvironment(test::programEnvironment(disk.path()));
        program.start(CVD_PROGRAM, QStringList{"project", "run", "1"} + who);
        const auto frames = [&] {
            return filesBelow(disk.path("data/library/results")).join(' ').contains("result.mp4");
        };
        QTRY_VERIFY_WITH_TIMEOUT(frames(), 60000);
        disk.fill();
        QVERIFY(program.waitForFinished(kTimeoutMs));
        const QString err = QString::fromUtf8(program.readAllStandardError());
        QVERIFY2(program.exitCode() == 4, qPrintable(err));
        QVERIFY2(err.contains("full") && err.count('\n') == 1, qPrintable(err));
        QCOMPARE(filesBelow(disk.path("data/library/results")), QStringList());
        disk.release();
        const test::Outcome list = run(disk, QStringList{"project", "list"} + who);
        QVERIFY2(list.out.contains("not started"), qPrintable(list.out + list.err));
        QCOMPARE(run(disk, QStringList{"project", "run", "1", "--no-video"} + who).code, 0);
    }
};

QTEST_ON_SMALL_DISKS(QCoreApplication, FullDiskTest)
#include "tst_full_disk.moc"
