// A result folder as docs/contract.md describes it, the binary tracks, the dwell map, the overlay.
#include <sys/resource.h>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QTemporaryDir>
#include <QTest>

#include <clocale>
#include <csignal>
#include <opencv2/imgcodecs.hpp>

#include "core/compliance/warnings.h"
#include "core/report/heatmap.h"
#include "core/report/overlay.h"
#include "core/report/result_files.h"
#include "core/report/track_file.h"
#include "tests/core/compliance/synthetic_pour.h"

using namespace cvd;
using namespace cvd::report;
using namespace cvd::test;

namespace {

Calibration withoutRadius() {
    Calibration c = flatCalibration();
    c.radiusOfActionM.reset();
    return c;
}

struct Sample {
    Tracks tracks;
    compliance::Judgement judgement;
    ResultSummary summary;
    cv::Mat firstFrame{720, 1280, CV_8UC3, cv::Scalar(90, 100, 110)};
};

Sample sample() {
    Sample s;
    PlannedPoker p = fourInsertions();
    p.insertions.push_back({{700, 400}, 38.0, 38.6});  // a touch
    PourOptions options;
    options.shakePx = 3;
    s.tracks = truthTracks(renderPour({p}, options));
    TrackPoint person;  // another class, once in a track and once in none
    person.frame = static_cast<FrameIndex>(s.tracks.frameTimesS.size()) - 1;
    person.timeS = s.tracks.frameTimesS.back();
    person.cls = ObjectClass::Person;
    person.score = 0.25F;
    person.box = {10.5, 20.25, 30, 40};
    s.tracks.points.push_back(person);
    person.track = TrackId{77};
    s.tracks.points.push_back(person);
    roundToStored(s.tracks);
    const Calibration calibration = withoutRadius();
    s.judgement = compliance::judge(s.tracks, *compliance::loadProfile(QStringLiteral("gb50666")),
                                    &calibration);
    s.summary.video.file = "浇筑, \"第三层\".mp4";
    s.summary.video.sha256 = std::string(64, 'a');
    s.summary.video.width = 1280;
    s.summary.video.height = 720;
    s.summary.video.frames = 1000;
    s.summary.video.fps = 25;
    s.summary.video.durationS = 40;
    s.summary.model = {"cvd-n", "1", std::string(64, 'b')};
    s.summary.device = "cpu";
    s.summary.profileId = "gb50666";
    s.summary.profileVersion = "1.0";
    s.summary.calibrated = true;
    s.summary.timing = {12.5, 80.0, 9.25};
    s.summary.warnings = {{"The camera moved.", {}}};
    return s;
}

QByteArray content(const QString& file) {
    QFile f(file);
    return f.open(QIODevice::ReadOnly) ? f.readAll() : QByteArray();
}

}  // namespace

class ReportTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_dir;
    Sample m_sample;

    QString path(const char* name) const { return m_dir.filePath(QString::fromLatin1(name)); }

private Q_SLOTS:
    // A warning is kept as pattern and figures, so that it can be said in any language; older files
    // hold the English sentence only.
    void warningsKeepTheirFigures() {
        ResultSummary summary;
        summary.video.frames = 100;
        summary.warnings = {{compliance::kDamagedFrames, {"3", "60"}}, {"Something else.", {}}};
        compliance::Judgement judgement;
        judgement.warnings = {{compliance::kCameraMoved, {"12.5", "9"}}};
        const QByteArray json = summaryToJson(summary, judgement);
        auto kept = summary.warnings;
        kept.push_back(judgement.warnings[0]);
        const auto back = parseSummary(json, QStringLiteral("x"));
        QVERIFY(back.ok());
        QVERIFY(back->summary.warnings == kept);
        QJsonObject old = QJsonDocument::fromJson(json).object();
        QCOMPARE(
            old["warnings"].toArray()[0].toString(),
            QString("3 frames could not be decoded and were left out; the first is frame 60."));
        old.remove("warning_patterns");
        const auto read = parseSummary(QJsonDocument(old).toJson(), QStringLiteral("x"));
        QVERIFY(read.ok());
        QVERIFY(read->summary.warnings == kept);
    }

    void initTestCase() {
        // Whatever the machine is set to, files stay in the C locale.
        for (const char* name : {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE.utf8"}) {
            if (std::setlocale(LC_ALL, name)) {
                break;
            }
        }
        QLocale::setDefault(QLocale(QLocale::German));
        m_sample = sample();
        const Status status = writeResultTables(m_dir.path(), m_sample.summary, m_sample.tracks,
                                                m_sample.judgement, m_sample.firstFrame);
        QVERIFY2(status.ok(), status.ok() ? "" : status.error().message().c_str());
    }

    void everyFileIsThere() {
        for (const char* name :
             {"summary.json", "insertions.csv", "paths.csv", "violations.csv", "tracks.csv",
              "points.txt", "heatmap.png", "tracks.bin", "first_frame.png"}) {
            QVERIFY2(QFile(path(name)).size() > 0, name);
        }
        QCOMPARE(QDir(m_dir.path()).entryList(QDir::Files).size(), 9);  // nothing half-written
    }

    void summaryHasTheContractsKeys() {
        const QJsonObject o = QJsonDocument::fromJson(content(path("summary.json"))).object();
        QCOMPARE(o["schema"].toString(), QStringLiteral("cvd-mis/result/1"));
        const auto has = [](const QJsonObject& object, std::initializer_list<const char*> keys) {
            for (const char* key : keys) {
                if (!object.contains(QLatin1String(key))) {
                    qWarning("missing: %s", key);
                    return false;
                }
            }
            return true;
        };
        QVERIFY(has(o, {"video", "model", "device", "profile", "calibrated", "timing", "insertions",
                        "violations", "coverage"}));
        QVERIFY(has(o["video"].toObject(),
                    {"file", "sha256", "width", "height", "frames", "fps", "duration_s"}));
        QVERIFY(has(o["model"].toObject(), {"name", "version", "sha256", "input"}));
        QVERIFY(has(o["timing"].toObject(), {"wall_s", "frames_per_s", "inference_s"}));
        QVERIFY(has(o["coverage"].toObject(),
                    {"cell_m", "area_m2", "covered", "missed", "not_observed", "largest_gap_m"}));
        QCOMPARE(o["insertions"].toArray().size(), 4);  // the touch is kept apart
        QCOMPARE(o["touches"].toArray().size(), 1);
        const QJsonObject i = o["insertions"].toArray()[0].toObject();
        QVERIFY(has(i, {"id", "track", "start_frame", "end_frame", "start_s", "end_s", "immersed_s",
                        "stationary_s", "contact_px", "contact_m", "tilt_deg", "withdrawal_mm_s",
                        "confidence"}));
        QCOMPARE(i["start_frame"].toInt(), 50);
        QCOMPARE(i["start_s"].toDouble(), 2.0);
        QCOMPARE(i["contact_m"].toArray().size(), 2);
        QVERIFY(i["withdrawal_mm_s"].isNull());
        QVERIFY(!o["violations"].toArray().isEmpty());
        for (const QJsonValue& value : o["violations"].toArray()) {
            const QJsonObject v = value.toObject();
            QVERIFY(has(v, {"id", "rule", "verdict", "severity", "start_frame", "end_frame",
                            "start_s", "end_s", "insertion", "value", "limit", "unit", "position_m",
                            "source", "confidence", "reason"}));
            QVERIFY(v["verdict"].toString() != QStringLiteral("pass"));
            QVERIFY(!v["reason"].toString().contains(QStringLiteral("%1")));
        }
        QVERIFY(o["video"].toObject()["file"].toString().startsWith(QStringLiteral("浇筑")));
    }

    void summaryIsReadBack() {
        const auto r = readResult(m_dir.path());
        QVERIFY(r.ok());
        QCOMPARE(r->summary.video.file, m_sample.summary.video.file);
        QCOMPARE(r->summary.model.sha256, m_sample.summary.model.sha256);
        QCOMPARE(r->summary.timing.inferenceS, 9.25);
        QVERIFY(!r->summary.createdUtc.empty());
        QCOMPARE(r->judgement.insertions.size(), m_sample.judgement.insertions.size());
        QCOMPARE(r->judgement.violations.size(), m_sample.judgement.violations.size());
        for (std::size_t i = 0; i < r->judgement.violations.size(); ++i) {
            const Violation &a = r->judgement.violations[i], &b = m_sample.judgement.violations[i];
            QCOMPARE(a.id, b.id);
            QCOMPARE(a.rule, b.rule);
            QVERIFY(a.verdict == b.verdict && a.severity == b.severity);
            QCOMPARE(a.reason, b.reason);
            QCOMPARE(a.reasonArgs, b.reasonArgs);
            QCOMPARE(a.insertion, b.insertion);
            QCOMPARE(a.value.has_value(), b.value.has_value());
            QVERIFY(!a.value || std::abs(*a.value - *b.value) < 1e-3);
        }
        const Insertion &a = r->judgement.insertions[0], &b = m_sample.judgement.insertions[0];
        QCOMPARE(a.track, b.track);
        QVERIFY(std::abs(a.stationaryS - b.stationaryS) < 1e-3);
        QVERIFY(a.contactM && std::abs(a.contactM->x - b.contactM->x) < 1e-3);
        QVERIFY(r->judgement.coverage && std::abs(r->judgement.coverage->covered -
                                                  m_sample.judgement.coverage->covered) < 1e-5);
    }

    void csvColumnsAndNumbers() {
        const QList<QByteArray> tracks = content(path("tracks.csv")).split('\n');
        QVERIFY(tracks[0].startsWith(
            "frame,time_s,track,class,score,x,y,w,h,low_x,low_y,top_x,top_y,immersed"));
        // A header, an empty piece after the last line, and not the one without a track.
        QCOMPARE(tracks.size(), static_cast<qsizetype>(m_sample.tracks.points.size()) + 2 - 1);
        const auto columns = tracks[0].count(',');
        for (qsizetype i = 1; i + 1 < tracks.size(); ++i) {
            QCOMPARE(tracks[i].count(','), columns);  // no decimal comma slipped in
        }
        const QList<QByteArray> first = tracks[1].split(',');
        QCOMPARE(first[0], QByteArray("0"));
        QCOMPARE(first[3], QByteArray("vibrator"));
        QCOMPARE(first[13], QByteArray("0"));
        QCOMPARE(tracks[1 + 60].split(',')[13], QByteArray("1"));
        QCOMPARE(tracks[tracks.size() - 2],
                 QByteArray("999,39.9600,77,person,0.2500,10.50,20.25,30.00,40.00,,,,,,0,,,"));

        const QList<QByteArray> insertions = content(path("insertions.csv")).split('\n');
        QCOMPARE(insertions.size(), 4 + 2);
        QVERIFY(insertions[0].contains("start_frame") && insertions[0].contains("start_s"));
        QVERIFY(insertions[1].startsWith("1,1,50,250,2.000,10.000,8.000,"));
        const QByteArray violations = content(path("violations.csv"));
        QVERIFY(violations.startsWith("id,rule,verdict,severity,start_frame,end_frame,start_s,"));
        QVERIFY(!violations.contains(",pass,"));
    }

    void cellsCannotRunAsFormulas() {
        Violation v;
        v.rule = "dragging";
        v.source = "=HYPERLINK(\"http://x\")";
        v.reason = "a, \"b\"";
        const QByteArray csv = violationsCsv({v});
        QVERIFY(csv.contains("\"'=HYPERLINK(\"\"http://x\"\")\""));
        QVERIFY(csv.contains("\"a, \"\"b\"\"\""));
    }

    void pointsOfImmersedFrames() {
        const QList<QByteArray> lines = content(path("points.txt")).trimmed().split('\n');
        qsizetype immersed = 0;
        for (const TrackPoint& p : m_sample.tracks.points) {
            immersed += p.immersed.value_or(false) ? 1 : 0;
        }
        QCOMPARE(lines.size(), immersed);
        for (const QByteArray& line : lines) {
            const QJsonArray pair = QJsonDocument::fromJson(line).array();
            QCOMPARE(pair.size(), 2);
        }
    }

    void binaryTracksComeBack() {
        const auto back = loadTracks(path("tracks.bin"));
        QVERIFY(back.ok());
        const Tracks &a = *back, &b = m_sample.tracks;
        QCOMPARE(a.frameTimesS, b.frameTimesS);
        QCOMPARE(a.points.size(), b.points.size());
        QCOMPARE(a.motion.size(), b.motion.size());
        for (std::size_t i = 0; i < a.points.size(); ++i) {
            const TrackPoint &p = a.points[i], &q = b.points[i];
            QVERIFY(p.frame == q.frame && p.timeS == q.timeS && p.cls == q.cls &&
                    p.score == q.score && p.box == q.box && p.immersed == q.immersed &&
                    p.predicted == q.predicted && p.track.valid() == q.track.valid() &&
                    p.poker.has_value() == q.poker.has_value());
            QVERIFY(!p.poker || (p.poker->low == q.poker->low && p.poker->top == q.poker->top &&
                                 p.poker->immersedScore == q.poker->immersedScore));
        }
        for (std::size_t i = 0; i < a.motion.size(); ++i) {
            QVERIFY(std::equal(a.motion[i].m, a.motion[i].m + 6, b.motion[i].m));
        }
        // Judged again, the stored tracks give the same verdicts to the last digit.
        Tracks again = a;
        const Calibration calibration = withoutRadius();
        const auto j = compliance::judge(again, *compliance::loadProfile(QStringLiteral("gb50666")),
                                         &calibration);
        QCOMPARE(summaryToJson({}, j), summaryToJson({}, m_sample.judgement));

        const FrameIndexedTracks indexed(a);
        QCOMPARE(indexed.at(60).size(), std::size_t{1});
        QCOMPARE(indexed.at(60)[0].frame, FrameIndex{60});
        QCOMPARE(indexed.at(999).size(), std::size_t{3});
        QVERIFY(indexed.at(-1).empty() && indexed.at(1000).empty());
    }

    void tracksOfAPartOfAVideo() {
        Tracks t;
        t.firstFrame = 500;
        t.frameTimesS = {20.0, 20.04, 20.08};
        TrackPoint p;
        p.frame = 502;
        p.timeS = 20.08;
        p.track = TrackId{7};
        // Slides are kept to a part of a pixel, as judging sees them; absurd ones are not kept.
        std::vector<std::optional<float>> slides{std::nullopt, 0.3F, -7.25F, 4000.F, NAN};
        for (const auto& slide : slides) {
            t.points.push_back(p);
            t.points.back().slidePx = slide;
        }
        Tracks rounded = t;
        roundToStored(rounded);
        QVERIFY(saveTracks(path("part.bin"), t).ok());
        const auto back = loadTracks(path("part.bin"));
        QVERIFY(back.ok());
        QCOMPARE(back->points[0].frame, FrameIndex{502});
        for (std::size_t i = 0; i < slides.size(); ++i) {
            const auto kept = back->points[i].slidePx;
            QCOMPARE(kept, rounded.points[i].slidePx);
            QCOMPARE(kept.has_value(), i == 1 || i == 2);
            QVERIFY(!kept || std::abs(*kept - *slides[i]) <= 1.0F / 512);
        }
        const FrameIndexedTracks indexed(*back);
        QVERIFY(indexed.at(500).empty() && indexed.at(0).empty());
        QCOMPARE(indexed.at(502).size(), slides.size());
        t.points.back().frame = 503;
        QVERIFY(!saveTracks(path("part.bin"), t).ok());
        QVERIFY(saveTracks(path("none.bin"), Tracks{}).ok());
        QVERIFY(loadTracks(path("none.bin")).ok());
        QFile::remove(path("part.bin"));
        QFile::remove(path("none.bin"));
    }

    void damagedTracksAreErrors() {
        const QByteArray good = content(path("tracks.bin"));
        const QString file = path("bad.bin");
        const auto load = [&](const QByteArray& bytes) {
            QFile f(file);
            if (!f.open(QIODevice::WriteOnly) || f.write(bytes) != bytes.size()) {
                return false;
            }
            f.close();
            return loadTracks(file).ok();
        };
        QVERIFY(load(good));
        for (const qsizetype size :
             {qsizetype{0}, qsizetype{10}, qsizetype{64}, good.size() / 2, good.size() - 1}) {
            QVERIFY(!load(good.left(size)));
        }
        QVERIFY(!load(good + 'x'));
        // Any single damaged byte in the head and some in the body.
        for (qsizetype at = 0; at < good.size(); at += at < 64 ? 1 : 4099) {
            QByteArray bad = good;
            bad[at] = static_cast<char>(bad[at] ^ 0x55);
            QVERIFY2(!load(bad), qPrintable(QString::number(at)));
        }
        QVERIFY(!loadTracks(path("absent.bin")).ok());
        QFile::remove(file);
    }

    void twoHoursOpenAtOnce() {
        Tracks t;
        for (int f = 0; f < 180000; ++f) {
            t.frameTimesS.push_back(f / 25.0);
            for (int k = 0; k < 3 && t.points.size() < 500000; ++k) {
                TrackPoint p;
                p.frame = f;
                p.timeS = f / 25.0;
                p.track = TrackId{k};
                p.poker = PokerPoints{};
                t.points.push_back(p);
            }
        }
        t.motion.resize(t.frameTimesS.size());
        QVERIFY(saveTracks(path("long.bin"), t).ok());
        QElapsedTimer timer;
        timer.start();
        auto back = loadTracks(path("long.bin"));
        QVERIFY(back.ok());
        const FrameIndexedTracks indexed(std::move(back).value());
        qInfo("500,000 points, %.1f MB: opened in %lld ms",
              double(QFile(path("long.bin")).size()) / 1e6,
              static_cast<long long>(timer.elapsed()));
        QCOMPARE(indexed.at(1000).size(), std::size_t{3});
        QFile::remove(path("long.bin"));
    }

    void dwellMap() {
        const cv::Mat dwell = accumulateDwell(m_sample.tracks, 1280, 720);
        QCOMPARE(dwell.size(), cv::Size(320, 180));
        // Eight seconds at the first contact point; nothing in the far corner.
        const float at = dwell.at<float>(500 / 4, 300 / 4);
        QVERIFY2(std::abs(at - 8.0F) < 0.6F, qPrintable(QString::number(at)));
        QCOMPARE(dwell.at<float>(5, 5), 0.0F);
        const cv::Mat colours = colourDwell(dwell);
        QCOMPARE(colours.type(), CV_8UC4);
        QCOMPARE(int(colours.at<cv::Vec4b>(5, 5)[3]), 0);  // zero is transparent
        QVERIFY(colours.at<cv::Vec4b>(125, 75)[3] > 150);
        const cv::Mat scale = heatScale();
        QCOMPARE(scale.size(), cv::Size(256, 1));
        // Perceptual: lightness only rises.
        double last = -1;
        for (int i = 0; i < 256; i += 5) {
            const auto c = scale.at<cv::Vec3b>(0, i);
            const double light = 0.114 * c[0] + 0.587 * c[1] + 0.299 * c[2];
            QVERIFY(light > last - 1);
            last = light;
        }
        const cv::Mat picture = cv::imread(path("heatmap.png").toStdString());
        QCOMPARE(picture.size(), m_sample.firstFrame.size());
        QCOMPARE(picture.at<cv::Vec3b>(10, 10), cv::Vec3b(90, 100, 110));
        QVERIFY(picture.at<cv::Vec3b>(500, 300) != cv::Vec3b(90, 100, 110));
        // No insertion at all still makes a picture.
        QCOMPARE(renderHeatmap(m_sample.firstFrame, Tracks{}).size(), m_sample.firstFrame.size());
        QVERIFY(!renderHeatmap(cv::Mat(20, 20, CV_8UC3), Tracks{}).empty());
    }

    void rejudgingKeepsTheFirstFrame() {
        QTemporaryDir dir;
        QVERIFY(writeResultTables(dir.path(), m_sample.summary, m_sample.tracks, m_sample.judgement,
                                  m_sample.firstFrame)
                    .ok());
        const QByteArray before = content(dir.filePath(QStringLiteral("heatmap.png")));
        QVERIFY(writeResultTables(dir.path(), m_sample.summary, m_sample.tracks, m_sample.judgement,
                                  cv::Mat())
                    .ok());
        QCOMPARE(content(dir.filePath(QStringLiteral("heatmap.png"))), before);
    }

    void failuresAreErrors() {
        const Status none = writeResultTables(path("absent"), m_sample.summary, m_sample.tracks,
                                              m_sample.judgement, m_sample.firstFrame);
        QVERIFY(!none.ok() && none.error().kind == ErrorKind::Environment);
        // A disk that is full after 4 kB.
        QTemporaryDir dir;
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        getrlimit(RLIMIT_FSIZE, &before);
        rlimit small = before;
        small.rlim_cur = 4096;
        setrlimit(RLIMIT_FSIZE, &small);
        const Status full = writeResultTables(dir.path(), m_sample.summary, m_sample.tracks,
                                              m_sample.judgement, m_sample.firstFrame);
        setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(!full.ok() && full.error().kind == ErrorKind::Environment);
        QVERIFY(QDir(dir.path()).entryList(QDir::Files).isEmpty());
        QVERIFY(!readResult(path("absent")).ok());
        QVERIFY(!parseSummary("{}", QStringLiteral("x")).ok());
        QVERIFY(!parseSummary("{\"schema\": \"cvd-mis/result/1\"}", QStringLiteral("x")).ok());
        QVERIFY(!parseSummary("{\"schema\": \"cvd-mis/result/1\", \"insertions\": [], "
                              "\"violations\": [{\"verdict\": \"maybe\"}]}",
                              QStringLiteral("x"))
                     .ok());
    }

    void overlayMarksWhatIsThere() {
        cv::Mat frame(720, 1280, CV_8UC3, cv::Scalar(128, 128, 128));
        std::vector<TrackPoint> points;
        for (const TrackPoint& p : m_sample.tracks.points) {
            if (p.frame == 100) {
                points.push_back(p);
            }
        }
        QCOMPARE(points.size(), std::size_t{1});
        ImmersedClock clock;
        for (const TrackPoint& p : m_sample.tracks.points) {
            if (p.frame <= 100) {
                clock.push(std::span(&p, 1), p.timeS);
            }
        }
        QVERIFY(std::abs(clock.secondsOf(points[0].track) - 2.0) < 0.05);
        drawOverlay(frame, points, 100, 4.0, &clock);
        const PointPx low = points[0].poker->low;
        // #E69F00, filled because the tip is in concrete.
        QCOMPARE(frame.at<cv::Vec3b>(int(std::lround(low.y)), int(std::lround(low.x))),
                 cv::Vec3b(0x00, 0x9F, 0xE6));
        QCOMPARE(frame.at<cv::Vec3b>(300, 1000), cv::Vec3b(128, 128, 128));
        // Weak ones are not drawn; nonsense does not crash.
        cv::Mat clean(720, 1280, CV_8UC3, cv::Scalar(128, 128, 128));
        points[0].score = 0.1F;
        const cv::Mat grey(clean.size(), clean.type(), cv::Scalar(128, 128, 128));
        drawOverlay(clean, points, 100, 4.0, nullptr, {0.3F, false, true});
        QCOMPARE(cv::norm(clean, grey), 0.0);
        // Nor what no track took, unless asked for.
        points[0].score = 0.9F;
        points[0].track = {};
        drawOverlay(clean, points, 100, 4.0, nullptr, {0.3F, false, true});
        QCOMPARE(cv::norm(clean, grey), 0.0);
        drawOverlay(clean, points, 100, 4.0, nullptr, {0.3F, false, true, true});
        QVERIFY(cv::norm(clean, grey) > 0);
        points[0].score = 0.9F;
        points[0].box = {-1e9, std::nan(""), 1e12, 5};
        points[0].poker->low = {1e9, -1e9};
        drawOverlay(clean, points, 100, 4.0);
        cv::Mat empty;
        drawOverlay(empty, points, 1, 1);

        points[0] = m_sample.tracks.points[100];
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 50; ++i) {
            drawOverlay(frame, points, 100, 4.0, &clock);
        }
        qInfo("overlay: %.2f ms a frame", double(timer.nsecsElapsed()) / 50e6);
    }
};

QTEST_APPLESS_MAIN(ReportTest)
#include "tst_report.moc"
