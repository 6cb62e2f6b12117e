// What a hurried or hostile person gives the command line: every case ends with the exit code of
// docs/contract.md, one plain sentence and nothing half-written; odd but whole videos are judged
// frame by frame. Videos are made with ffmpeg here.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

#include <sys/stat.h>
#include <unistd.h>

#include "tests/app/program_run.h"

namespace {

using cvd::test::Outcome;

const char* const kCalibration =
    "{\"schema\":\"cvd-mis/calibration/1\",\"image_points\":[[10,10],[300,12],[290,180],[15,170]],"
    "\"plane_points_m\":[[0,0],[3,0],[3,2],[0,2]]%1}";

}  // namespace

class HostileTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

    QString path(const QString& name) const { return m_dir.filePath(name); }

    Outcome run(const QStringList& arguments) const {
        QProcessEnvironment e = cvd::test::programEnvironment(m_dir.path());
        e.insert("XDG_RUNTIME_DIR", m_dir.path());  // or Qt has a word to say about it
        return cvd::test::runProgram(arguments, e, 120000);
    }

    void write(const QString& name, const QByteArray& bytes) const {
        QFile file(path(name));
        QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(name));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    QByteArray bytesOf(const QString& name) const {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    void ffmpeg(const QStringList& arguments) const {
        QCOMPARE(QProcess::execute("ffmpeg", QStringList{"-v", "error", "-y"} + arguments), 0);
    }

    void video(const QString& name, const QString& size, const QStringList& how) const {
        ffmpeg(QStringList{"-f", "lavfi", "-i",
                           QString("testsrc=size=%1:rate=25:duration=1").arg(size)} +
               how + QStringList{path(name)});
    }

    QJsonObject summary(const QString& folder) const {
        return QJsonDocument::fromJson(bytesOf(folder + "/summary.json")).object();
    }

    void changeSummary(const std::function<void(QJsonObject&)>& change) const {
        QJsonObject o = summary("whole");
        change(o);
        write("damaged/summary.json", QJsonDocument(o).toJson());
    }

    // The sentence is one line, says something, and no placeholder or exception shows through.
    void refused(const Outcome& o, int code) const {
        QVERIFY2(o.code == code, qPrintable(QString("exit %1: %2").arg(o.code).arg(o.err)));
        const QStringList lines = o.err.trimmed().split('\n');
        QVERIFY2(lines.size() == 1 && lines[0].size() > 25, qPrintable(o.err));
        QVERIFY2(lines[0].size() < 1000, "the sentence is buried in an argument");
        QVERIFY2(!o.err.contains("%1") && !o.err.contains("xception"), qPrintable(o.err));
        QVERIFY2(!QFile::exists(path("never")), "a refused run left a folder");
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(m_dir.isValid());
        const QStringList h264{"-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"};
        video("good.mp4", "320x192", h264);
        video("fast.mp4", "320x192", h264 + QStringList{"-g", "5", "-movflags", "faststart"});
        write("empty", {});
        write("garbage", QByteArray(3000, '\xfe'));
        write("deep.json", QByteArray(100000, '['));
        write("list.json", "[]");
        QCOMPARE(::mkfifo(QFile::encodeName(path("pipe")).constData(), 0600), 0);
        QVERIFY(QDir().mkpath(path("folder")));
        const Outcome o = run({"detect", path("good.mp4"), "--out", path("whole"), "--quiet"});
        QVERIFY2(o.code == 0, qPrintable(o.err));
        QVERIFY(QDir().mkpath(path("damaged")));
        for (const QString& name : QDir(path("whole")).entryList(QDir::Files)) {
            QVERIFY(QFile::copy(path("whole/" + name), path("damaged/" + name)));
        }
    }

    void refuses_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        const QStringList detect{"detect", path("good.mp4"), "--out", path("never")};
        const auto row = [&](const char* name, const QStringList& more, int code) {
            QTest::newRow(name) << detect + more << code;
        };
        row("out twice", {"--out", path("never2")}, 2);
        row("profile twice", {"--profile", "gb50666", "--profile", "aci309r"}, 2);
        row("calibration of an unset variable", {"--calibration", ""}, 2);
        row("range of an unset variable", {"--range="}, 2);
        row("range with a line end", {"--range", "0-5\n"}, 2);
        row("device with a line end", {"--device", "cpu\n"}, 2);
        row("range beyond the end", {"--range", "0-25"}, 2);
        for (const char* file : {"empty", "garbage", "deep.json", "list.json", "pipe", "folder"}) {
            for (const char* option : {"--calibration", "--profile", "--model"}) {
                const QByteArray name = QByteArray(option) + " " + file;
                row(name.constData(), {option, path(file)}, 3);
            }
        }
        row("profile without end", {"--profile", "/dev/zero"}, 3);
        row("calibration without end", {"--calibration", "/dev/zero"}, 3);
        row("long name", {"--profile", QString(5000, 'x')}, 3);
        QTest::newRow("no verb") << QStringList{""} << 2;
        QTest::newRow("empty video") << QStringList{"detect", "", "--out", path("never")} << 2;
        QTest::newRow("pipe as video")
            << QStringList{"detect", path("pipe"), "--out", path("never")} << 3;
        QTest::newRow("out in a name too long")
            << QStringList{"detect", path("good.mp4"), "--out", path(QString(300, 'x'))} << 4;
        QTest::newRow("window with rubbish")
            << QStringList{"--exit-after-startup", "--frobnicate"} << 2;
    }

    void refuses() {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        refused(run(arguments), code);
    }

    void refusesNamesThatAreNoText() {
        QProcess process;
        process.start("sh", {"-c", "exec \"$0\" detect \"$(printf 'bad\\377.mp4')\" --out \"$1\"",
                             CVD_PROGRAM, path("never")});
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(process.readAllStandardError().contains("UTF-8"));
    }

    void refusesCalibrations_data() {
        QTest::addColumn<QString>("more");
        QTest::newRow("form line out of this world")
            << ",\"form_lines_m\":[[[0,0],[1e308,-1e308]]]";
        QTest::newRow("no picture") << ",\"picture_px\":[0,0]";
        QTest::newRow("negative picture") << ",\"picture_px\":[-1280,720]";
        QTest::newRow("picture in words") << ",\"picture_px\":[\"a\",1]";
        QTest::newRow("another shape") << ",\"picture_px\":[640,640]";
        QTest::newRow("another video") << ",\"picture_px\":[32000,19200],\"radius_of_action_m\":9";
    }

    void refusesCalibrations() {
        QFETCH(QString, more);
        write("calibration.json", QString(kCalibration).arg(more).toUtf8());
        refused(run({"detect", path("good.mp4"), "--out", path("never"), "--calibration",
                     path("calibration.json")}),
                3);
    }

    // The points were marked in a picture twice the size: they must follow, or every metre is two.
    void scalesACalibrationToTheVideo() {
        write("calibration.json",
              "{\"schema\":\"cvd-mis/calibration/1\",\"picture_px\":[640,384],"
              "\"image_points\":[[20,20],[600,24],[580,360],[30,340]],"
              "\"plane_points_m\":[[0,0],[3,0],[3,2],[0,2]]}");
        for (const QStringList& verb :
             {QStringList{"detect", path("good.mp4"), "--out", path("scaled"), "--no-video"},
              QStringList{"judge", path("scaled")}}) {
            const Outcome o = run(verb + QStringList{"--calibration", path("calibration.json")});
            QVERIFY2(o.code == 0, qPrintable(o.err));
            const QJsonObject used =
                QJsonDocument::fromJson(bytesOf("scaled/calibration.json")).object();
            QCOMPARE(used["picture_px"].toArray(), (QJsonArray{320, 192}));
            const double x = used["image_points"].toArray()[1].toArray()[0].toDouble();
            QVERIFY2(qAbs(x - 299.75) < 0.01, qPrintable(QString::number(x)));
        }
    }

    void refusesDamagedResults() {
        const QList<std::function<void(QJsonObject&)>> damages{
            [](QJsonObject& o) { o["video"] = QJsonValue(); },
            [](QJsonObject& o) {
                QJsonObject v = o["video"].toObject();
                v["width"] = -5;
                o["video"] = v;
            },
            [](QJsonObject& o) {
                QJsonObject v = o["video"].toObject();
                v["fps"] = -1;
                o["video"] = v;
            },
            [](QJsonObject& o) {
                QJsonObject v = o["video"].toObject();
                v["frames"] = 1e18;
                o["video"] = v;
            },
            [](QJsonObject& o) {
                o["violations"] = QJsonArray{QJsonObject{{"id", 1},
                                                         {"rule", "tilt"},
                                                         {"verdict", "violation"},
                                                         {"severity", "minor"},
                                                         {"start_frame", 1e17},
                                                         {"end_frame", -5}}};
            },
            [](QJsonObject& o) {
                o["insertions"] = QJsonArray{QJsonObject{{"id", 1}, {"end_s", 1e300}}};
            }};
        for (const auto& damage : damages) {
            changeSummary(damage);
            refused(run({"judge", path("damaged")}), 3);
            refused(run({"report", path("damaged"), "--out", path("never"), "--format", "csv"}), 3);
        }
    }

    // A link to the source is the source: replacing it would empty what is to be copied.
    void copiesNoDatabaseOntoItself() {
        const QString db = path("one.sqlite"), link = path("two.sqlite");
        QCOMPARE(run({"db", "migrate", "--db", db}).code, 0);
        QCOMPARE(::link(QFile::encodeName(db).constData(), QFile::encodeName(link).constData()), 0);
        refused(run({"db", "copy", "--from", db, "--to", link, "--replace"}), 2);
    }

    void judgesOddVideos_data() {
        QTest::addColumn<int>("frames");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<QString>("warning");
        const QStringList x264{"-c:v", "libx264", "-preset", "ultrafast"};
        video("odd.mkv", "321x181", {"-pix_fmt", "bgr0", "-c:v", "ffv1"});
        QTest::newRow("odd.mkv") << 25 << QSize(321, 181) << "";
        video("ten.mp4", "320x192", x264 + QStringList{"-pix_fmt", "yuv422p10le"});
        QTest::newRow("ten.mp4") << 25 << QSize(320, 192) << "";
        video("grey.avi", "64x48", {"-pix_fmt", "yuvj444p", "-c:v", "mjpeg", "-frames:v", "1"});
        QTest::newRow("grey.avi") << 1 << QSize(64, 48) << "";
        QByteArray turned = bytesOf("good.mp4");
        const QByteArray upright = QByteArray::fromHex(
            "000100000000000000000000000000000001000000000000000000000000000040000000");
        const qsizetype at = turned.indexOf(upright, turned.indexOf("tkhd"));
        QVERIFY(at > 0);
        turned.replace(at, upright.size(),
                       QByteArray::fromHex("000000000001000000000000ffff00000000"
                                           "00000000000000c000000000000040000000"));
        write("turned.mp4", turned);
        QTest::newRow("turned.mp4") << 25 << QSize(192, 320) << "";
        const QByteArray fast = bytesOf("fast.mp4");
        write("cut.mp4", fast.left(fast.size() * 6 / 10));
        QTest::newRow("cut.mp4") << -1 << QSize(320, 192) << "bytes are missing";
        video("a.h264", "320x192", x264 + QStringList{"-pix_fmt", "yuv420p"});
        video("b.h264", "640x384", x264 + QStringList{"-pix_fmt", "yuv420p"});
        write("changing.h264", bytesOf("a.h264") + bytesOf("b.h264"));
        QTest::newRow("changing.h264") << 50 << QSize(320, 192) << "";
    }

    void judgesOddVideos() {
        QFETCH(int, frames);
        QFETCH(QSize, size);
        QFETCH(QString, warning);
        const QString name = QTest::currentDataTag();
        const Outcome o = run({"detect", path(name), "--out", path("odd_" + name), "--quiet"});
        QVERIFY2(o.code == 0 && o.err.isEmpty(), qPrintable(o.err));
        const QJsonObject s = summary("odd_" + name);
        QCOMPARE(QSize(s["video"]["width"].toInt(), s["video"]["height"].toInt()), size);
        QStringList warnings;
        for (const QJsonValue w : s["warnings"].toArray()) {
            warnings << w.toString();
        }
        if (frames >= 0) {
            QCOMPARE(s["video"]["frames"].toInt(), frames);
        }
        QVERIFY2(warning.isEmpty() || warnings.join(' ').contains(warning),
                 qPrintable(warnings.join(' ')));
        QVERIFY(QFile(path("odd_" + name + "/result.mp4")).size() > 0);
    }
};

QTEST_GUILESS_MAIN(HostileTest)
#include "tst_hostile.moc"
