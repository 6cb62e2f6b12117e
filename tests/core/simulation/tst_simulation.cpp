// The simulator's truth must be true: everything else is measured against it.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <thread>
#include <vector>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/media/video_reader.h"
#include "core/simulation/actors.h"
#include "core/simulation/drawn_sample.h"
#include "core/simulation/labels.h"
#include "core/simulation/pour.h"
#include "core/simulation/training_sample.h"

using namespace cvd;
using namespace cvd::simulation;

class SimulationTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

    QJsonObject json(const QString& file) const {
        QFile in(file);
        return in.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(in.readAll()).object()
                                            : QJsonObject();
    }

    // Both painters: the rendered and the drawn one.
    using Painter = TrainingSample (*)(std::uint64_t, int, int, const BackgroundPool*);
    static void painters() {
        QTest::addColumn<Painter>("paint");
        QTest::newRow("rendered") << static_cast<Painter>(renderTrainingSample);
        QTest::newRow("drawn") << static_cast<Painter>(renderDrawnSample);
    }

private Q_SLOTS:
    void sameSeedSamePicture_data() { painters(); }
    void sameSeedSamePicture() {
        QFETCH(const Painter, paint);
        const TrainingSample a = paint(42, 320, 192, nullptr), b = paint(42, 320, 192, nullptr);
        QCOMPARE(cv::norm(a.bgr, b.bgr, cv::NORM_INF), 0.0);
        QCOMPARE(a.truth.size(), b.truth.size());
        const TrainingSample c = paint(43, 320, 192, nullptr);
        QVERIFY(cv::norm(a.bgr, c.bgr, cv::NORM_INF) > 20);
    }

    void labelsLieInThePicture_data() { painters(); }
    void labelsLieInThePicture() {
        QFETCH(const Painter, paint);
        int pokers = 0, immersed = 0, empty = 0;
        for (std::uint64_t seed = 0; seed < 120; ++seed) {
            const TrainingSample s = paint(seed, 320, 192, nullptr);
            int here = 0;
            for (const Detection& d : s.truth) {
                QVERIFY(d.box.w > 0 && d.box.h > 0);
                QVERIFY(d.box.x >= -0.5 && d.box.y >= -0.5 && d.box.x + d.box.w <= 320 &&
                        d.box.y + d.box.h <= 192);
                QCOMPARE(d.poker.has_value(), d.cls == ObjectClass::Vibrator);
                if (d.poker) {
                    ++here;
                    immersed += d.poker->immersedScore > 0.5F ? 1 : 0;
                    for (const PointPx& p : {d.poker->low, d.poker->top}) {
                        QVERIFY(p.x >= d.box.x - 6 && p.x <= d.box.x + d.box.w + 6);
                        QVERIFY(p.y >= d.box.y - 6 && p.y <= d.box.y + d.box.h + 6);
                    }
                }
            }
            pokers += here;
            empty += here == 0 ? 1 : 0;
        }
        QVERIFY2(pokers > 60 && immersed > pokers / 4 && immersed < pokers * 9 / 10,
                 qPrintable(QString("%1 %2").arg(pokers).arg(immersed)));
        QVERIFY2(empty >= 10,
                 qPrintable(QString::number(empty)));  // a network must see nothing, too
    }

    // The box must be exactly where the picture changes when the bar is painted.
    void boxIsWhereTheBarIs() {
        Camera camera;
        camera.width = 640;
        camera.height = 360;
        camera.focalPx = 600;
        for (std::uint64_t seed = 1; seed < 12; ++seed) {
            Random random(seed);
            Poker poker = makePoker(random, {});
            poker.head.bgr = poker.tube.bgr = {20, 20, 220};
            placePoker(poker, {random.uniform(-0.8, 0.8), random.uniform(-0.8, 0.8), 0},
                       {0.1, -0.1, 1}, 0.6, random.uniform(0.05, 0.4));
            cv::Mat picture(360, 640, CV_8UC3, cv::Scalar(180, 180, 180));
            const cv::Mat before = picture.clone();
            const Light light;
            Canvas canvas(picture, camera, light);
            draw(canvas, poker, 1);
            cv::Mat change;
            cv::absdiff(picture, before, change);
            cv::Rect changed;
            for (int y = 0; y < change.rows; ++y) {
                for (int x = 0; x < change.cols; ++x) {
                    const auto& c = change.at<cv::Vec3b>(y, x);
                    if (c[0] + c[1] + c[2] > 60) {
                        const cv::Rect pixel(x, y, 1, 1);
                        changed = changed.empty() ? pixel : (changed | pixel);
                    }
                }
            }
            const Label l = labelOf(camera, canvas, visibleParts(canvas.ids()),
                                    ObjectClass::Vibrator, 1, &poker);
            QVERIFY(l.object.has_value());
            const BoxPx& b = l.object->box;
            QVERIFY2(std::abs(b.x + 0.5 - changed.x) <= 2 && std::abs(b.y + 0.5 - changed.y) <= 2 &&
                         std::abs(b.w - changed.width) <= 3 && std::abs(b.h - changed.height) <= 3,
                     qPrintable(QString("seed %1: %2 %3 %4 %5 / %6 %7 %8 %9")
                                    .arg(seed)
                                    .arg(b.x)
                                    .arg(b.y)
                                    .arg(b.w)
                                    .arg(b.h)
                                    .arg(changed.x)
                                    .arg(changed.y)
                                    .arg(changed.width)
                                    .arg(changed.height)));
            const auto contact = camera.project(poker.contact()).px;
            QVERIFY(std::hypot(l.object->poker->low.x - contact.x,
                               l.object->poker->low.y - contact.y) < 3);
        }
    }

    void groundAndProjectionAgree() {
        Camera camera;
        camera.yaw = 0.2;
        camera.roll = 0.03;
        bool hit = false;
        const Vec3 g = camera.ground({500, 420}, &hit);
        QVERIFY(hit && std::abs(g[2]) < 1e-9);
        const auto back = camera.project(g).px;
        QVERIFY(std::hypot(back.x - 500, back.y - 420) < 1e-6);
    }

    void everyScenario_data() {
        QTest::addColumn<QString>("scenario");
        for (const std::string& name : scenarioNames()) {
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
        }
    }

    void everyScenario() {
        QFETCH(QString, scenario);
        ScenarioOptions o;
        o.scenario = scenario.toStdString();
        o.seed = 5;
        o.seconds = 26;
        o.width = 320;
        o.height = 180;
        o.fps = 10;
        const QString dir = m_dir.filePath(scenario);
        const Status status = simulatePour(o, dir.toStdString());
        QVERIFY2(status.ok(), status.ok() ? "" : status.error().message().c_str());

        const QJsonObject truth = json(dir + "/truth.json");
        const QJsonArray frames = truth["frames"].toArray(),
                         insertions = truth["insertions"].toArray();
        auto video = media::VideoReader::open((dir + "/video.mp4").toStdString());
        QVERIFY(video.ok());
        QCOMPARE((*video)->frameCount(), frames.size());
        QCOMPARE(insertions.isEmpty(), scenario == "no_poker");
        QCOMPARE(json(dir + "/calibration.json")["image_points"].toArray().size(), 4);

        // An insertion's frames are those in which its track is immersed; outside of all insertions
        // it is not.
        QMap<int, QSet<int>> immersedOf;
        for (const QJsonValue& i : insertions) {
            for (int f = i["start_frame"].toInt(); f <= i["end_frame"].toInt(); ++f) {
                immersedOf[i["track"].toInt()].insert(f);
            }
            QVERIFY(qAbs(i["end_s"].toDouble() - i["start_s"].toDouble() -
                         i["immersed_s"].toDouble()) < 1e-9);
        }
        for (const QJsonValue& frame : frames) {
            for (const QJsonValue& o2 : frame["objects"].toArray()) {
                if (o2["class"].toString() == "vibrator") {
                    QCOMPARE(o2["immersed"].toBool(),
                             immersedOf[o2["track"].toInt()].contains(frame["frame"].toInt()));
                }
            }
        }
    }

    void plannedFaultsAreInTheTruth() {
        for (const auto& [scenario, rule] :
             {std::pair("under_vibration", "under_vibration"), std::pair("dragging", "dragging"),
              std::pair("over_vibration", "over_vibration"),
              std::pair("missed_area", "missed_area"), std::pair("spacing", "spacing_too_large"),
              std::pair("sample", "under_vibration"), std::pair("sample", "over_vibration"),
              std::pair("sample", "dragging")}) {
            const QString dir = m_dir.filePath(QString("fault_") + scenario);
            ScenarioOptions o;
            o.scenario = scenario;
            o.seconds = o.scenario == "sample" ? 0 : 75;  // the sample is told in its own length
            o.width = 160;
            o.height = 90;
            o.fps = 2;
            QVERIFY(simulatePour(o, dir.toStdString()).ok());
            bool found = false;
            for (const QJsonValue& v : json(dir + "/truth.json")["violations"].toArray()) {
                found = found || v["rule"].toString() == rule;
            }
            QVERIFY2(found, scenario);
        }
    }

    // A clean pour keeps the limits of the profile it names: 5 to 15 s, at most 75 mm/s out.
    void aCleanPourIsClean() {
        for (const char* scenario : {"clean", "two_crews"}) {
            for (std::uint64_t seed = 1; seed < 4; ++seed) {
                ScenarioOptions o;
                o.scenario = scenario;
                o.seed = seed;
                o.width = 160;
                o.height = 90;
                o.fps = 4;
                const QString dir = m_dir.filePath(QString("clean_%1_%2").arg(scenario).arg(seed));
                QVERIFY(simulatePour(o, dir.toStdString()).ok());
                const QJsonObject truth = json(dir + "/truth.json");
                QVERIFY(truth["violations"].toArray().isEmpty());
                QVERIFY(truth["insertions"].toArray().size() >= 3);
                for (const QJsonValue& i : truth["insertions"].toArray()) {
                    const double s = i["immersed_s"].toDouble();
                    QVERIFY2(s >= 5 && s <= 15, qPrintable(QString::number(s)));
                    QVERIFY(i["withdrawal_mm_s"].toDouble() <= 75);
                }
            }
        }
    }

    void contactSheets() {
        const QString file = m_dir.filePath("sheet.png");
        QVERIFY(writeContactSheet(file.toStdString(), 1, 2, 1, 160, 96).ok());
        QCOMPARE(cv::imread(file.toStdString()).size(), cv::Size(320, 96));
        for (const char* bad : {"/no/such/folder.png", "/sheet.volcano"}) {
            const Status status =
                writeContactSheet((m_dir.path() + bad).toStdString(), 1, 1, 1, 160, 96);
            QCOMPARE(status.error().kind, ErrorKind::Environment);
        }
    }

    // The calibration's points and the insertions' two positions tell of one plane, and the bars'
    // low points stand where the insertions are said to be. The shaking camera makes it hard.
    void placesAgree() {
        ScenarioOptions o;
        o.scenario = "shaking_dusk";
        o.seed = 3;
        o.seconds = 30;
        o.width = 640;
        o.height = 360;
        o.fps = 5;
        const QString dir = m_dir.filePath("places");
        QVERIFY(simulatePour(o, dir.toStdString()).ok());
        const QJsonObject truth = json(dir + "/truth.json"),
                          calibration = json(dir + "/calibration.json");
        const auto points = [](const QJsonArray& a) {
            std::vector<cv::Point2f> out;
            for (const QJsonValue& p : a) {
                out.emplace_back(static_cast<float>(p.toArray()[0].toDouble()),
                                 static_cast<float>(p.toArray()[1].toDouble()));
            }
            return out;
        };
        const cv::Mat toImage =
            cv::getPerspectiveTransform(points(calibration["plane_points_m"].toArray()),
                                        points(calibration["image_points"].toArray()));
        int compared = 0;
        for (const QJsonValue& i : truth["insertions"].toArray()) {
            const int first = i["start_frame"].toInt();
            const QJsonObject frame = truth["frames"].toArray()[first].toObject();
            const QJsonArray m = frame["motion"].toArray(), plane = i["contact_m"].toArray(),
                             px = i["contact_px"].toArray();
            QCOMPARE(m.size(), 6);
            std::vector<cv::Point2f> p{
                {static_cast<float>(plane[0].toDouble()), static_cast<float>(plane[1].toDouble())}};
            cv::perspectiveTransform(p, p, toImage);
            const double x = m[0].toDouble() * p[0].x + m[1].toDouble() * p[0].y + m[2].toDouble();
            const double y = m[3].toDouble() * p[0].x + m[4].toDouble() * p[0].y + m[5].toDouble();
            QVERIFY(std::hypot(x - px[0].toDouble(), y - px[1].toDouble()) < 0.5);
            for (const QJsonValue& object : frame["objects"].toArray()) {
                if (object["track"] == i["track"] && object["immersed"].toBool()) {
                    const QJsonArray low = object["low"].toArray();
                    QVERIFY(std::hypot(low[0].toDouble() - x, low[1].toDouble() - y) < 4);
                    ++compared;
                }
            }
        }
        QVERIFY(compared > 0);
    }

    void threadsDoNotDisturbEachOther() {
        cv::Mat pictures[3];
        std::vector<std::thread> threads;
        for (cv::Mat& picture : pictures) {
            threads.emplace_back([&picture] { picture = renderTrainingSample(77, 320, 192).bgr; });
        }
        for (std::thread& t : threads) {
            t.join();
        }
        for (const cv::Mat& picture : pictures) {
            QCOMPARE(cv::norm(picture, pictures[0], cv::NORM_INF), 0.0);
        }
    }

    // People of a photograph are labelled, or at least not called background, however much is
    // painted on it.
    void photographedPeopleAreNotForgotten() {
        const QString folder = m_dir.filePath("photos");
        QVERIFY(!BackgroundPool().addYoloFolder(folder.toStdString(), 0).ok());
        QVERIFY(QDir().mkpath(folder + "/images") && QDir().mkpath(folder + "/labels"));
        cv::Mat photo(384, 640, CV_8UC3, cv::Scalar(90, 140, 90));
        cv::rectangle(photo, cv::Rect(240, 60, 160, 240), cv::Scalar(30, 30, 200), cv::FILLED);
        QVERIFY(cv::imwrite((folder + "/images/a.jpg").toStdString(), photo));
        QFile labels(folder + "/labels/a.txt");
        QVERIFY(labels.open(QIODevice::WriteOnly));
        labels.write("3 0.5 0.46875 0.25 0.625\n1 0.1 0.1 0.1 0.1\n");
        labels.close();
        BackgroundPool pool;
        QVERIFY(pool.addYoloFolder(folder.toStdString(), 3).ok());
        QCOMPARE(pool.size(), size_t(1));
        QCOMPARE(pool.at(0).persons.size(), size_t(1));
        QVERIFY(std::abs(pool.at(0).persons[0].x - 240) < 0.01);
        int withLarge = 0;
        for (std::uint64_t seed = 0; seed < 40; ++seed) {
            const TrainingSample with = renderTrainingSample(seed, 320, 192, &pool);
            for (const Detection& d : with.truth) {
                withLarge += d.cls == ObjectClass::Person && d.box.w > 60 && d.box.h > 90 ? 1 : 0;
            }
        }
        QVERIFY2(withLarge >= 8, qPrintable(QString::number(withLarge)));
    }

    void refusals() {
        ScenarioOptions o;
        o.scenario = "volcano";
        QCOMPARE(simulatePour(o, m_dir.filePath("x").toStdString()).error().kind, ErrorKind::Usage);
        o.scenario = "clean";
        o.width = 3;
        QCOMPARE(simulatePour(o, m_dir.filePath("x").toStdString()).error().kind, ErrorKind::Usage);
        o.width = 0;
        QFile file(m_dir.filePath("a_file"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(simulatePour(o, (m_dir.filePath("a_file") + "/below").toStdString()).error().kind,
                 ErrorKind::Environment);
        o.seconds = 3;
        QCOMPARE(
            simulatePour(o, m_dir.filePath("c").toStdString(), [] { return true; }).error().kind,
            ErrorKind::Cancelled);
        QVERIFY(!QFile::exists(m_dir.filePath("c") + "/video.mp4"));
    }
};

QTEST_GUILESS_MAIN(SimulationTest)
#include "tst_simulation.moc"
