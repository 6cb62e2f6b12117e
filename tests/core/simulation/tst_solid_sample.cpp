// The rendered sites' labels must be true and of all kinds: a detector believes them.
#include <QTest>

#include <cmath>
#include <thread>

#include <opencv2/core.hpp>

#include "core/simulation/solid/scene.h"
#include "core/simulation/solid_sample.h"

using namespace cvd;
using namespace cvd::simulation;

class SolidSampleTest : public QObject {
    Q_OBJECT

    static void checkLabels(const TrainingSample& s, int width, int height) {
        QCOMPARE(s.bgr.size(), cv::Size(width, height));
        for (const Detection& d : s.truth) {
            QVERIFY(d.box.w > 0 && d.box.h > 0);
            QVERIFY(d.box.x >= -0.5 && d.box.y >= -0.5 && d.box.x + d.box.w <= width &&
                    d.box.y + d.box.h <= height);
            QCOMPARE(d.poker.has_value(), d.cls == ObjectClass::Vibrator);
            if (!d.poker) {
                continue;
            }
            for (const PointPx& p : {d.poker->low, d.poker->top}) {
                QVERIFY(p.x >= d.box.x - 5 && p.x <= d.box.x + d.box.w + 5);
                QVERIFY(p.y >= d.box.y - 5 && p.y <= d.box.y + d.box.h + 5);
            }
            const float wet = d.poker->immersedScore;
            QVERIFY(wet == -1.0F || wet == 0.0F || wet == 1.0F);
        }
    }

    static Camera looking(int width, int height, double focalPx, const Vec3& at, double pitch) {
        Camera camera;
        camera.width = width;
        camera.height = height;
        camera.focalPx = focalPx;
        camera.at = at;
        camera.pitch = pitch;
        return camera;
    }

private Q_SLOTS:
    void sameSeedSamePicture() {
        const TrainingSample a = renderSolidSample(42, 320, 192),
                             b = renderSolidSample(42, 320, 192);
        QCOMPARE(cv::norm(a.bgr, b.bgr, cv::NORM_INF), 0.0);
        QCOMPARE(a.truth.size(), b.truth.size());
        QVERIFY(cv::norm(a.bgr, renderSolidSample(43, 320, 192).bgr, cv::NORM_INF) > 20);
    }

    void labelsAreTrueAndOfAllKinds() {
        int immersed = 0, dry = 0, withPoker = 0, persons = 0, tools = 0;
        for (std::uint64_t seed = 0; seed < 60; ++seed) {
            const TrainingSample s = renderSolidSample(seed, 320, 180);
            checkLabels(s, 320, 180);
            bool here = false;
            for (const Detection& d : s.truth) {
                here = here || d.poker.has_value();
                immersed += d.poker && d.poker->immersedScore > 0.5F ? 1 : 0;
                dry += d.poker && d.poker->immersedScore == 0.0F ? 1 : 0;
                persons += d.cls == ObjectClass::Person ? 1 : 0;
                tools += d.cls == ObjectClass::Hoe ? 1 : 0;
            }
            withPoker += here ? 1 : 0;
        }
        QVERIFY2(immersed >= 10 && dry >= 6, qPrintable(QString("%1 %2").arg(immersed).arg(dry)));
        QVERIFY2(withPoker >= 30 && withPoker <= 54, qPrintable(QString::number(withPoker)));
        QVERIFY2(persons > 60 && tools > 3, qPrintable(QString("%1 %2").arg(persons).arg(tools)));
    }

    void otherSizes_data() {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("portrait") << 540 << 960;
        QTest::newRow("square") << 300 << 300;
        QTest::newRow("tiny") << 64 << 48;
        QTest::newRow("odd") << 427 << 241;
    }
    void otherSizes() {
        QFETCH(const int, width);
        QFETCH(const int, height);
        for (std::uint64_t seed = 100; seed < 104; ++seed) {
            checkLabels(renderSolidSample(seed, width, height), width, height);
        }
    }

    // What stands before hides what is behind, wherever it was put in the order.
    void theNearerHidesTheFarther() {
        const Camera camera = looking(200, 120, 180, {0, -4, 1}, 0);
        SolidScene scene(camera, 1.2);
        Surface s;
        scene.rod({0, 0, 0}, {0, 0, 2}, 0.2, 0.2, s, 1);
        scene.rod({0, 2, 0}, {0, 2, 2}, 0.1, 0.1, s, 2);  // hidden by the first
        scene.rod({1, 2, 0}, {1, 2, 2}, 0.2, 0.2, s, 3);
        const cv::Mat ids = scene.render({}).ids;
        const std::vector<double> full = scene.fullAreas(4);
        QCOMPARE(cv::countNonZero(ids == 2), 0);
        QVERIFY(full[2] > 50);
        for (const int id : {1, 3}) {
            const double seen = cv::countNonZero(ids == id), whole = full[static_cast<size_t>(id)];
            QVERIFY2(std::abs(seen - whole) < 0.06 * whole,
                     qPrintable(QString("%1: %2 of %3").arg(id).arg(seen).arg(whole)));
        }
        const auto middle = camera.project({1, 2, 1}).px;
        QCOMPARE(ids.at<std::uint16_t>(cvRound(middle.y), cvRound(middle.x)), std::uint16_t{3});
    }

    // The light of a wide sky comes less into a corner than onto open ground.
    void aSoftSkyDarkensCorners() {
        const Camera camera = looking(240, 160, 200, {0, -5, 3}, 0.5);
        SolidScene scene(camera, 1.0);
        Surface even;
        even.grain = Grain::Plain;
        Surface ground = even;
        ground.casts = false;
        scene.quad({-9, -9, 0}, {9, -9, 0}, {9, 9, 0}, {-9, 9, 0}, ground);
        scene.block({0, 0.5, 0}, {0.6, 0.6, 2}, 0, even);
        SolidScene::Look look;
        look.focus = {0, 0, 0};
        look.air.contact = 0;
        look.air.open = 0;
        for (int i = 0; i < 12; ++i) {
            Lamp part;
            const double t = i * CV_PI / 6;
            part.at = {std::cos(t), std::sin(t), 0.8};
            part.colour = {0.15F, 0.15F, 0.15F};
            part.soft = true;
            look.lamps.push_back(part);
        }
        const auto brightness = [&](const cv::Mat& bgr, const Vec3& at) {
            const auto px = camera.project(at).px;
            return int{bgr.at<cv::Vec3b>(cvRound(px.y), cvRound(px.x))[1]};
        };
        const Vec3 corner(0, 0.1, 0), away(-1.6, -0.6, 0);
        const cv::Mat soft = scene.render(look).bgr;
        const int foot = brightness(soft, corner), open = brightness(soft, away);
        QVERIFY2(foot > 20 && foot < 0.85 * open, qPrintable(QString("%1 %2").arg(foot).arg(open)));
        look.air.open = 1;
        look.lamps.clear();
        const cv::Mat flat = scene.render(look).bgr;
        QVERIFY(std::abs(brightness(flat, corner) - brightness(flat, away)) <= 2);
    }

    void heightsAreBetweenTheirPoints() {
        HeightGrid g;
        g.nx = g.ny = 3;
        g.cellX = g.cellY = 1;
        g.z = {0, 1, 2, 0, 1, 2, 0, 1, 2};
        QVERIFY(std::abs(g.at(0.5, 0.7) - 0.5) < 1e-6);
        QVERIFY(std::abs(g.at(1.25, 1.9) - 1.25) < 1e-6);
        QVERIFY(std::abs(g.at(9, -9) - 2) < 0.01);
    }

    void threadsDoNotDisturbEachOther() {
        cv::Mat pictures[3];
        std::vector<std::thread> threads;
        for (cv::Mat& picture : pictures) {
            threads.emplace_back([&picture] { picture = renderSolidSample(77, 320, 192).bgr; });
        }
        for (std::thread& t : threads) {
            t.join();
        }
        for (const cv::Mat& picture : pictures) {
            QCOMPARE(cv::norm(picture, pictures[0], cv::NORM_INF), 0.0);
        }
    }
};

QTEST_GUILESS_MAIN(SolidSampleTest)
#include "tst_solid_sample.moc"
