// The command line as a script sees it: the real program, real files, exit codes of
// docs/contract.md, one plain line for an error, nothing half-written.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <opencv2/core.hpp>

#include "core/media/video_reader.h"
#include "core/media/video_writer.h"
#include "tests/app/program_run.h"

namespace {

using cvd::test::Outcome;

}  // namespace

class CliTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

    QString path(const QString& name) const { return m_dir.filePath(name); }

    QProcessEnvironment environment() const { return cvd::test::programEnvironment(m_dir.path()); }

    Outcome run(const QStringList& arguments, const QByteArray& input = {}) const {
        return cvd::test::runProgram(arguments, environment(), 300000, input);
    }

    void write(const QString& name, const QByteArray& bytes) const {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    void writePlainVideo(const QString& name, int frames) const {
        auto writer = cvd::media::VideoWriter::open(path(name).toStdString(), 320, 192, 25);
        QVERIFY2(writer.ok(), writer.ok() ? "" : writer.error().message().c_str());
        for (int i = 0; i < frames; ++i) {
            const cv::Mat picture(192, 320, CV_8UC3, cv::Scalar(90, 100 + i % 50, 110));
            QVERIFY((*writer)->write(picture, i / 25.0).ok());
        }
        QVERIFY((*writer)->finish().ok());
    }

    QJsonObject readJson(const QString& file) const {
        QFile in(file);
        if (!in.open(QIODevice::ReadOnly)) {
            return {};
        }
        return QJsonDocument::fromJson(in.readAll()).object();
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(m_dir.isValid());
        writePlainVideo("plain.mp4", 30);
        write("empty.mp4", {});
        write("text.mp4", "this is no video\n");
        QFile::setPermissions(path("text.mp4"), QFile::ReadOwner | QFile::WriteOwner);
        write("broken.json", "{\"schema\": ");
        write("degenerate.json",
              "{\"schema\":\"cvd-mis/calibration/1\",\"image_points\":[[0,0],[1,1],[2,2],[3,3]],"
              "\"plane_points_m\":[[0,0],[1,0],[1,1],[0,1]]}");
        QFile plain(path("plain.mp4"));
        QVERIFY(plain.open(QIODevice::ReadOnly));
        write("truncated.mp4", plain.readAll().left(200));
        QDir().mkpath(path("folder.mp4"));
    }

    void wrongUseSaysSo_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        const QString plain = path("plain.mp4");
        const QString out = path("never");
        QTest::newRow("unknown verb") << QStringList{"detekt"} << 2;
        QTest::newRow("unknown option")
            << QStringList{"detect", plain, "--out", out, "--frobnicate"} << 2;
        QTest::newRow("no video") << QStringList{"detect", "--out", out} << 2;
        QTest::newRow("no out") << QStringList{"detect", plain} << 2;
        QTest::newRow("two videos") << QStringList{"detect", plain, plain, "--out", out} << 2;
        QTest::newRow("range backwards")
            << QStringList{"detect", plain, "--out", out, "--range", "9-3"} << 2;
        QTest::newRow("range words")
            << QStringList{"detect", plain, "--out", out, "--range", "a-b"} << 2;
        QTest::newRow("missing video") << QStringList{"detect", path("no.mp4"), "--out", out} << 3;
        QTest::newRow("empty video") << QStringList{"detect", path("empty.mp4"), "--out", out} << 3;
        QTest::newRow("text as video")
            << QStringList{"detect", path("text.mp4"), "--out", out} << 3;
        QTest::newRow("truncated video")
            << QStringList{"detect", path("truncated.mp4"), "--out", out} << 3;
        QTest::newRow("folder as video")
            << QStringList{"detect", path("folder.mp4"), "--out", out} << 3;
        QTest::newRow("unknown profile")
            << QStringList{"detect", plain, "--out", out, "--profile", "xyz"} << 3;
        QTest::newRow("missing calibration")
            << QStringList{"detect", plain, "--out", out, "--calibration", path("no.json")} << 3;
        QTest::newRow("broken calibration")
            << QStringList{"detect", plain, "--out", out, "--calibration", path("broken.json")}
            << 3;
        QTest::newRow("degenerate calibration")
            << QStringList{"detect", plain, "--out", out, "--calibration", path("degenerate.json")}
            << 3;
        QTest::newRow("missing model")
            << QStringList{"detect", plain, "--out", out, "--model", path("no.json")} << 3;
        QTest::newRow("text as model")
            << QStringList{"detect", plain, "--out", out, "--model", path("text.mp4")} << 3;
        QTest::newRow("unknown device")
            << QStringList{"detect", plain, "--out", out, "--device", "toaster"} << 2;
        QTest::newRow("out below a file")
            << QStringList{"detect", plain, "--out", plain + "/x"} << 4;
        QTest::newRow("judge nothing") << QStringList{"judge"} << 2;
        QTest::newRow("judge no folder") << QStringList{"judge", path("nowhere")} << 3;
        QTest::newRow("judge by no score")
            << QStringList{"judge", path("nowhere"), "--min-score", "much"} << 3;
        QTest::newRow("detect by no score")
            << QStringList{"detect", plain, "--out", path("x"), "--min-score", "much"} << 2;
        QTest::newRow("detect by a score of 2")
            << QStringList{"detect", plain, "--out", path("x"), "--min-score", "2"} << 2;
        QTest::newRow("detect, perhaps finished")
            << QStringList{"detect", plain, "--out", path("x"), "--lift-finished", "perhaps"} << 2;
        QTest::newRow("judge a file") << QStringList{"judge", plain} << 3;
        QTest::newRow("simulate nowhere") << QStringList{"simulate"} << 2;
        QTest::newRow("simulate unknown")
            << QStringList{"simulate", "--out", out, "--scenario", "xyz"} << 2;
        QTest::newRow("simulate bad seed")
            << QStringList{"simulate", "--out", out, "--seed", "x"} << 2;
        QTest::newRow("simulate bad seconds")
            << QStringList{"simulate", "--out", out, "--seconds", "-3"} << 2;
        QTest::newRow("db nothing") << QStringList{"db"} << 2;
        QTest::newRow("db unknown") << QStringList{"db", "explode"} << 2;
        QTest::newRow("db bad url") << QStringList{"db", "status", "--db", "mysql://"} << 2;
        QTest::newRow("db password in url")
            << QStringList{"db", "status", "--db", "mysql://u:secret@127.0.0.1/x"} << 2;
        QTest::newRow("db no server") << QStringList{"db",
                                                     "status",
                                                     "--db",
                                                     "mysql://u@127.0.0.1:1/x",
                                                     "--db-password-file",
                                                     path("text.mp4")}
                                      << 4;
        QTest::newRow("db not a database") << QStringList{"db", "status", "--db", plain} << 4;
        QTest::newRow("user nothing") << QStringList{"user"} << 2;
        QTest::newRow("project nothing") << QStringList{"project"} << 2;
        QTest::newRow("report nothing") << QStringList{"report"} << 2;
        QTest::newRow("model nothing") << QStringList{"model"} << 2;
        QTest::newRow("model check text") << QStringList{"model", "check", path("text.mp4")} << 3;
        QTest::newRow("evaluate nothing") << QStringList{"evaluate"} << 2;
        QTest::newRow("train unknown option") << QStringList{"train", "--frobnicate"} << 2;
        const QString work = path("training");
        QTest::newRow("train for no time") << QStringList{"train", "--minutes", "0"} << 2;
        QTest::newRow("train from no pool") << QStringList{"train", "--pool", "0"} << 2;
        QTest::newRow("train without data")
            << QStringList{"train", "--steps", "1", "--work", work, "--data", path("nosuch")} << 3;
        QTest::newRow("export of no checkpoint")
            << QStringList{"train", "export", "--work", work, "--out", out} << 3;
        QTest::newRow("export by no thresholds")
            << QStringList{"train", "export", "--work", work, "--thresholds", "0.4,much,1"} << 2;
        QTest::newRow("evaluate no folder")
            << QStringList{"evaluate", "--data", path("nosuch")} << 3;
        QTest::newRow("evaluate no pictures")
            << QStringList{"evaluate", "--silence", path("folder.mp4")} << 3;
        QTest::newRow("evaluate no split")
            << QStringList{"evaluate", "--data", m_dir.path(), "--split", "nosuch"} << 2;
        QTest::newRow("evaluate no count")
            << QStringList{"evaluate", "--simulated", "--count", "nan"} << 2;
        QTest::newRow("evaluate no model")
            << QStringList{"evaluate", "--simulated", "--model", path("no.json")} << 3;
        QTest::newRow("evaluate no COCO") << QStringList{"evaluate", "--ground-truth",
                                                         path("broken.json"), "--detections",
                                                         path("broken.json")}
                                          << 3;
    }

    void wrongUseSaysSo() {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        const Outcome o = run(arguments);
        QVERIFY2(o.code == code,
                 qPrintable(QString("exit code %1, said: %2").arg(o.code).arg(o.err)));
        const QStringList lines = o.err.trimmed().split('\n');
        QVERIFY2(lines.size() == 1 && lines[0].size() > 20, qPrintable(o.err));
        QVERIFY2(!o.err.contains("%1") && !o.err.contains("exception"), qPrintable(o.err));
        QVERIFY(!QFile::exists(path("never/summary.json")));
        QVERIFY2(!QFile::exists(path("never/.partial")), "a refused run left a partial folder");
    }

    void helpOfEveryVerb_data() {
        QTest::addColumn<QString>("verb");
        for (const char* verb : {"detect", "judge", "simulate", "sample", "train", "evaluate",
                                 "model", "project", "user", "db", "report"}) {
            QTest::newRow(verb) << QString(verb);
        }
    }

    void helpOfEveryVerb() {
        QFETCH(QString, verb);
        const Outcome o = run({verb, "--help"});
        QCOMPARE(o.code, 0);
        QVERIFY2(o.out.size() > 60, qPrintable(o.out + o.err));
        const QString usage = o.out.section(QLatin1Char('\n'), 0, 0);
        QVERIFY2(usage.contains("cvd-mis " + verb), qPrintable(usage));
    }

    void versionAndHelp() {
        QCOMPARE(run({"--version"}).out.trimmed(), QString("cvd-mis " CVD_VERSION));
        const Outcome help = run({"--help"});
        QCOMPARE(help.code, 0);
        QVERIFY(help.out.contains("detect") && help.out.contains("simulate"));
    }

    // The window must be on screen long before 130 MB of LibTorch could be.
    void torchIsNotLinked() {
        QProcess ldd;
        ldd.start("ldd", {CVD_PROGRAM});
        QVERIFY(ldd.waitForFinished());
        const QString libraries = QString::fromUtf8(ldd.readAllStandardOutput());
        QVERIFY(libraries.contains("libQt6Core"));
        QVERIFY2(!libraries.contains("libtorch") && !libraries.contains("libc10"),
                 qPrintable(libraries));
    }

    void windowOpensAndCloses() { QCOMPARE(run({"--exit-after-startup"}).code, 0); }

    void detectsNothingInAPlainVideo() {
        const QString out = path("plain_result");
        const Outcome o = run({"detect", path("plain.mp4"), "--out", out, "--quiet"});
        QVERIFY2(o.code == 0, qPrintable(o.err));
        QVERIFY2(o.err.isEmpty(), qPrintable(o.err));
        const QJsonObject summary = readJson(out + "/summary.json");
        QCOMPARE(summary["schema"].toString(), QString("cvd-mis/result/1"));
        QCOMPARE(summary["video"]["frames"].toInt(), 30);
        QCOMPARE(summary["insertions"].toArray().size(), 0);
        QVERIFY(!QFile::exists(out + "/.partial"));
        auto video = cvd::media::VideoReader::open((out + "/result.mp4").toStdString());
        QVERIFY(video.ok());
        QCOMPARE((*video)->frameCount(), 30);
    }

    void simulatesDetectsAndJudgesAgain() {
        const QString pour = path("pour"), out = path("pour_result");
        QCOMPARE(run({"simulate", "--out", pour, "--scenario", "sample", "--seed", "11",
                      "--seconds", "12"})
                     .code,
                 0);
        for (const char* file : {"video.mp4", "truth.json", "calibration.json"}) {
            QVERIFY2(QFile::exists(pour + '/' + file), file);
        }
        const Outcome detect =
            run({"detect", pour + "/video.mp4", "--out", out, "--calibration",
                 pour + "/calibration.json", "--profile", "aci309r", "--no-video"});
        QVERIFY2(detect.code == 0, qPrintable(detect.err));
        QVERIFY(!QFile::exists(out + "/result.mp4"));
        const QJsonObject first = readJson(out + "/summary.json");
        QCOMPARE(first["profile"].toString(), QString("aci309r"));
        QCOMPARE(first["calibrated"].toBool(), true);

        const Outcome judge = run({"judge", out, "--profile", "jtgt3650"});
        QVERIFY2(judge.code == 0, qPrintable(judge.err));
        const QJsonObject second = readJson(out + "/summary.json");
        QCOMPARE(second["profile"].toString(), QString("jtgt3650"));
        QCOMPARE(second["insertions"].toArray().size(), first["insertions"].toArray().size());

        QCOMPARE(run({"judge", out, "--profile", "xyz"}).code, 3);
        QCOMPARE(run({"judge", out, "--cell", "0"}).code, 2);
        QCOMPARE(readJson(out + "/summary.json"), second);  // a refusal changes nothing

        QCOMPARE(run({"judge", out, "--min-score", "0.4", "--lift-finished", "no"}).code, 0);
        QCOMPARE(readJson(out + "/summary.json")["judging"].toObject()["min_score"].toDouble(), 0.4);
        QVERIFY(!readJson(out + "/summary.json")["judging"].toObject()["lift_finished"].toBool());
    }

    void ownProfilesComeInAndJudge() {
        QVERIFY(run({"profile", "list"}).out.contains("gb50666"));
        const QString file = path("own.json");
        QCOMPARE(run({"profile", "export", "aci309r", file}).code, 0);
        QJsonObject own = readJson(file);
        own["id"] = "quay";
        own["name"] = QJsonObject{{"en", "Quay wall"}, {"zh", "码头"}};
        write("own.json", QJsonDocument(own).toJson());
        QCOMPARE(run({"profile", "check", file}).code, 0);
        const Outcome added = run({"profile", "import", file});
        QVERIFY2(added.code == 0 && added.out.contains("quay"), qPrintable(added.err));
        QVERIFY(run({"profile", "list"}).out.contains("Quay wall"));
        const Outcome shown = run({"profile", "show", "Quay wall"});
        QVERIFY(shown.code == 0 && shown.out.contains("t_min_s\t5\ts\t0.5..600"));

        const QString out = path("own-profile");
        const Outcome detect =
            run({"detect", path("plain.mp4"), "--out", out, "--profile", "quay", "--no-video"});
        QVERIFY2(detect.code == 0, qPrintable(detect.err));
        QCOMPARE(readJson(out + "/summary.json")["profile"].toString(), QString("quay"));
        QCOMPARE(run({"judge", out, "--profile", file}).code, 0);
        QCOMPARE(run({"judge", out, "--profile", "gb50666"}).code, 0);
        // A report under another profile leaves the result as it is.
        const Outcome report = run(
            {"report", out, "--out", path("under"), "--format", "json", "--profile", "Quay Wall"});
        QVERIFY2(report.code == 0, qPrintable(report.err));
        QCOMPARE(readJson(path("under/report.json"))["profile"].toString(), QString("quay"));
        QCOMPARE(readJson(out + "/summary.json")["profile"].toString(), QString("gb50666"));

        QCOMPARE(run({"profile", "remove", "quay"}).code, 0);
        QCOMPARE(run({"profile", "show", "quay"}).code, 3);
        QCOMPARE(run({"profile", "remove", "gb50666"}).code, 2);
        QCOMPARE(run({"profile", "check", path("broken.json")}).code, 3);
        QCOMPARE(run({"profile", "import", path("broken.json")}).code, 3);
        QCOMPARE(run({"profile", "frobnicate"}).code, 2);
        QCOMPARE(run({"profile", "export", "gb50666", path("no/where.json")}).code, 4);
    }

    void aKilledRunLeavesOnlyPartial() {
        writePlainVideo("long.mp4", 2000);
        const QString out = path("killed");
        QProcess process;
        process.setProcessEnvironment(environment());
        process.start(CVD_PROGRAM, {"detect", path("long.mp4"), "--out", out});
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(out + "/.partial"), 60000);
        process.kill();
        QVERIFY(process.waitForFinished());
        QCOMPARE(QDir(out).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
                 QStringList{".partial"});
        const Outcome again =
            run({"detect", path("plain.mp4"), "--out", out, "--no-video", "--quiet"});
        QVERIFY2(again.code == 0, qPrintable(again.err));
        QVERIFY(!QFile::exists(out + "/.partial"));
    }

    void interruptCancels() {
        if (!QFile::exists(path("long.mp4"))) {
            writePlainVideo("long.mp4", 2000);
        }
        const QString out = path("cancelled");
        QProcess process;
        process.setProcessEnvironment(environment());
        process.start(CVD_PROGRAM, {"detect", path("long.mp4"), "--out", out});
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(out + "/.partial"), 60000);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(10000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 5);
        QVERIFY(
            QDir(out).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).isEmpty() ||
            !QDir(out).exists());
    }

    void databaseVerbs() {
        const QString db = path("verbs.sqlite");
        QVERIFY(run({"db", "migrate", "--db", db}).code == 0);
        const Outcome status = run({"db", "status", "--db", db});
        QCOMPARE(status.code, 0);
        QVERIFY2(status.out.contains("current"), qPrintable(status.out));
        const Outcome copy = run({"db", "copy", "--from", db, "--to", path("copy.sqlite")});
        QVERIFY2(copy.code == 0, qPrintable(copy.err));
    }

    // Passwords come from a file here: there is no terminal.
    void accountsAreCheckedBelowTheScreen() {
        const QString db = path("accounts.sqlite");
        write("admin.txt", "correct horse\n");
        write("normal.txt", "battery staple\n");
        write("wrong.txt", "not the one\n");
        for (const char* f : {"admin.txt", "normal.txt", "wrong.txt"}) {
            QFile::setPermissions(path(f), QFile::ReadOwner | QFile::WriteOwner);
        }
        const QStringList admin{"--db", db, "--as", "chief", "--password-file", path("admin.txt")};
        const QStringList normal{
            "--db", db, "--as", "worker", "--password-file", path("normal.txt")};
        const QStringList wrong{"--db", db, "--as", "chief", "--password-file", path("wrong.txt")};

        const Outcome first =
            run(QStringList{"user", "create", "chief", "--first", "--new-password-file",
                            path("admin.txt"), "--db", db});
        QVERIFY2(first.code == 0, qPrintable(first.err));
        QVERIFY(run(QStringList{"user", "create", "second", "--first", "--new-password-file",
                                path("admin.txt"), "--db", db})
                    .code != 0);
        const Outcome created =
            run(QStringList{"user", "create", "worker", "--new-password-file", path("normal.txt")} +
                admin);
        QVERIFY2(created.code == 0, qPrintable(created.err));
        QVERIFY(run(QStringList{"user", "list"} + wrong).code != 0);
        QVERIFY(run(QStringList{"user", "list"} + normal).code != 0);
        QVERIFY(run(QStringList{"user", "list"} + admin).out.contains("worker"));

        const Outcome made =
            run(QStringList{"project", "create", path("plain.mp4"), "--name", "Lift 3"} + admin);
        QVERIFY2(made.code == 0, qPrintable(made.err));
        QVERIFY(run(QStringList{"project", "list"} + admin).out.contains("Lift 3"));
        QVERIFY(!run(QStringList{"project", "list"} + normal).out.contains("Lift 3"));
        QVERIFY(run(QStringList{"project", "delete", "1"} + normal).code != 0);
        QVERIFY(run(QStringList{"project", "create", path("text.mp4")} + admin).code == 3);
        const Outcome ran = run(QStringList{"project", "run", "1", "--profile", "aci309r"} + admin);
        QVERIFY2(ran.code == 0, qPrintable(ran.err));
        const Outcome report = run(QStringList{"report", "1", "--out", path("exported")} + admin);
        QVERIFY2(report.code == 0, qPrintable(report.err));
        QVERIFY(QFile::exists(path("exported/summary.json")));
        const Outcome paper =
            run(QStringList{"report", "1", "--out", path("paper"), "--format", "pdf,csv,zip",
                            "--language", "zh", "--pour-date", "2026-03-31"} +
                admin);
        QVERIFY2(paper.code == 0, qPrintable(paper.err));
        for (const char* f :
             {"paper/report.pdf", "paper/report-violations.csv", "paper/evidence.zip"}) {
            QVERIFY2(QFile(path(f)).size() > 0, f);
        }
        const Outcome intact = run({"report", "verify", path("paper/evidence.zip")});
        QVERIFY2(intact.code == 0 && intact.out.contains("SHA-256"), qPrintable(intact.err));
        QCOMPARE(run({"report", "verify", path("plain.mp4")}).code, 3);
        QVERIFY(run(QStringList{"report", "1", "--out", path("no")} + normal).code != 0);
        // A result folder needs neither database nor user.
        QCOMPARE(run({"report", path("exported"), "--out", path("tables"), "--format", "xlsx,json"})
                     .code,
                 0);
        QVERIFY(QFile(path("tables/report.xlsx")).size() > 0);
        for (const QStringList& refused : QList<QStringList>{{"--format", "doc"},
                                                             {"--language", "fr"},
                                                             {"--verdicts", "some"},
                                                             {"--lead", "x"},
                                                             {"--pour-date", "soon"}}) {
            QCOMPARE(
                run(QStringList{"report", path("exported"), "--out", path("no")} + refused).code,
                2);
        }
        QVERIFY(!QFile::exists(path("no")));
        QCOMPARE(run(QStringList{"project", "delete", "1"} + admin).code, 0);
        QVERIFY(!run(QStringList{"project", "list"} + admin).out.contains("Lift 3"));
    }
};

QTEST_GUILESS_MAIN(CliTest)
#include "tst_cli.moc"
