// The camera's motion from rendered pictures whose motion is known.
#include <QElapsedTimer>
#include <QTest>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/tracking/motion_estimator.h"
#include "core/tracking/shrink.h"

using namespace cvd;
using namespace cvd::tracking;

namespace {

// A rough, concrete-like texture larger than the frame.
cv::Mat world(int seed) {
    cv::RNG random(static_cast<std::uint64_t>(seed));
    cv::Mat picture(900, 1600, CV_8UC3, cv::Scalar(120, 125, 128));
    for (int i = 0; i < 900; ++i) {
        const cv::Point at(random.uniform(0, 1600), random.uniform(0, 900));
        const int g = random.uniform(60, 200);
        cv::circle(picture, at, random.uniform(3, 22), cv::Scalar(g, g, g), cv::FILLED);
    }
    cv::GaussianBlur(picture, picture, {5, 5}, 0);
    return picture;
}

cv::Mat view(const cv::Mat& picture, double dx, double dy, double degrees = 0, double scale = 1) {
    cv::Mat m = cv::getRotationMatrix2D({800, 450}, degrees, scale);
    m.at<double>(0, 2) += dx - 160;
    m.at<double>(1, 2) += dy - 90;
    cv::Mat out;
    cv::warpAffine(picture, out, m, {1280, 720});
    return out;
}

}  // namespace

class MotionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFixedCameraIsTheIdentityExactly() {
        const cv::Mat still = view(world(1), 0, 0);
        MotionEstimator estimator;
        cv::RNG random(7);
        CameraMotion sum;
        for (int f = 0; f < 60; ++f) {
            cv::Mat frame = still.clone();
            cv::Mat noise(frame.size(), CV_16SC3);
            random.fill(noise, cv::RNG::NORMAL, 0, 6);
            cv::add(frame, noise, frame, cv::noArray(), CV_8UC3);
            // Somebody walks through.
            cv::rectangle(frame, {20 * f, 200, 120, 400}, cv::Scalar(30, 90, 200), cv::FILLED);
            const CameraMotion m = estimator.pushFull(frame);
            QVERIFY(!m.cut && m.reliable);
            QVERIFY2(isIdentity(m),
                     qPrintable(QStringLiteral("frame %1: %2 %3").arg(f).arg(m.m[2]).arg(m.m[5])));
        }
    }

    void aShakingCameraIsFollowed() {
        const cv::Mat picture = world(2);
        MotionEstimator estimator;
        CameraMotion sum;
        double worst = 0;
        for (int f = 0; f < 80; ++f) {
            const double dx = 18 * std::sin(f * 0.4), dy = 11 * std::cos(f * 0.55) - 11;
            const CameraMotion m = estimator.pushFull(view(picture, dx, dy));
            QVERIFY(!m.cut && m.reliable);
            sum = combine(sum, m);
            const PointPx p = apply(sum, {640, 360});
            worst = std::max(worst, std::hypot(p.x - 640 - dx, p.y - 360 - dy));
        }
        QVERIFY2(worst < 1.0, qPrintable(QString::number(worst)));  // and does not drift
    }

    void turnsAndZooms() {
        const cv::Mat picture = world(3);
        MotionEstimator estimator;
        CameraMotion sum;
        for (int f = 0; f <= 30; ++f) {
            sum = combine(sum, estimator.pushFull(view(picture, 0, 0, 0.2 * f, 1 + 0.003 * f)));
        }
        QVERIFY(std::abs(std::hypot(sum.m[0], sum.m[3]) - 1.09) < 0.004);
        const double degrees = -std::atan2(sum.m[3], sum.m[0]) * 180 / 3.14159265358979;
        QVERIFY2(std::abs(degrees - 6) < 0.15, qPrintable(QString::number(degrees)));
    }

    void aLongPanIsFollowed() {
        const cv::Mat picture = world(4);
        MotionEstimator estimator;
        CameraMotion sum;
        for (int f = 0; f <= 60; ++f) {
            sum = combine(sum, estimator.pushFull(view(picture, 150 - 5.0 * f, 0)));
        }
        QVERIFY2(std::abs(sum.m[2] + 300) < 4, qPrintable(QString::number(sum.m[2])));
        QVERIFY(std::abs(sum.m[5]) < 3);
    }

    void aCutIsSeen() {
        const cv::Mat a = view(world(5), 0, 0), b = view(world(6), 0, 0) * 0.6;
        MotionEstimator estimator;
        for (int f = 0; f < 20; ++f) {
            const CameraMotion m = estimator.pushFull(f < 10 ? a : b);
            QCOMPARE(m.cut, f == 10);
            QVERIFY(isIdentity(m));
        }
    }

    void aBlankWallCannotBeTold() {
        MotionEstimator estimator;
        const cv::Mat blank(720, 1280, CV_8UC3, cv::Scalar(90, 90, 90));
        (void)estimator.pushFull(blank);
        const CameraMotion m = estimator.pushFull(blank);
        QVERIFY(!m.reliable && !m.cut && isIdentity(m));
        QVERIFY(!estimator.pushFull(cv::Mat()).reliable);
    }

    void aBumpedCameraIsFoundAgain() {
        const cv::Mat picture = world(9);
        MotionEstimator estimator;
        CameraMotion sum;
        for (int f = 0; f < 40; ++f) {
            // Rests, is pushed within one frame, rests elsewhere, turned a little.
            const CameraMotion m =
                estimator.pushFull(f < 20 ? view(picture, 0, 0) : view(picture, 70, -40, 1.0));
            QVERIFY2(!m.cut, qPrintable(QString::number(f)));
            sum = combine(sum, m);
            QVERIFY(f == 20 || isIdentity(m));
        }
        const cv::Mat turned = cv::getRotationMatrix2D({800, 450}, 1.0, 1.0);
        const double x = 640 + 160, y = 360 + 90;
        const double wantX = turned.at<double>(0, 0) * x + turned.at<double>(0, 1) * y +
                             turned.at<double>(0, 2) + 70 - 160;
        const double wantY = turned.at<double>(1, 0) * x + turned.at<double>(1, 1) * y +
                             turned.at<double>(1, 2) - 40 - 90;
        const PointPx p = apply(sum, {640, 360});
        QVERIFY2(std::hypot(p.x - wantX, p.y - wantY) < 1.5,
                 qPrintable(QStringLiteral("%1 %2").arg(p.x - wantX).arg(p.y - wantY)));
    }

    void duskNoiseAndWorkersDoNotCarryItOff() {
        const cv::Mat picture = world(10);
        MotionEstimator estimator;
        cv::RNG random(3);
        CameraMotion sum;
        double worst = 0;
        for (int f = 0; f < 120; ++f) {
            const double dx = 12 * std::sin(f * 0.15), dy = 8 * std::cos(f * 0.12) - 8;
            cv::Mat frame = view(picture, dx, dy);
            frame.convertTo(frame, -1, 0.15, 0);
            // The brightest things in sight walk about, together.
            Detection worker;
            worker.cls = ObjectClass::Person;
            worker.score = 0.8F;
            worker.box = {100.0 + 3 * f, 150, 260, 500};
            cv::rectangle(frame, {100 + 3 * f, 150, 260, 500}, cv::Scalar(60, 180, 240),
                          cv::FILLED);
            for (int k = 0; k < 8; ++k) {
                cv::circle(frame, {150 + 3 * f + 20 * k, 200 + 50 * k}, 14,
                           cv::Scalar(20 * k, 90, 10), cv::FILLED);
            }
            cv::Mat noise(frame.size(), CV_16SC3);
            random.fill(noise, cv::RNG::NORMAL, 0, 7);
            cv::add(frame, noise, frame, cv::noArray(), CV_8UC3);
            // Missed by the detector every third frame.
            const CameraMotion m =
                f % 3 == 0 ? estimator.pushFull(frame)
                           : estimator.pushFull(frame, std::span<const Detection>(&worker, 1));
            QVERIFY(!m.cut);
            sum = combine(sum, m);
            const PointPx p = apply(sum, {640, 360});
            worst = std::max(worst, std::hypot(p.x - 640 - dx, p.y - 360 - dy));
        }
        QVERIFY2(worst < 2.5, qPrintable(QString::number(worst)));
    }

    // Most of a bare site shows nothing but what compression left in the picture, and that changes
    // with every full picture of the stream. Only the forms say that the camera stands.
    void aBareSiteStandsWhateverCompressionLeaves() {
        cv::RNG random(21);
        const auto traces = [&] {
            cv::Mat small(90, 160, CV_32F), out;
            random.fill(small, cv::RNG::NORMAL, 0, 1.2);
            cv::resize(small, out, {1280, 720}, 0, 0, cv::INTER_CUBIC);
            return out;
        };
        MotionEstimator estimator;
        cv::Mat left;
        for (int f = 0; f < 150; ++f) {
            if (f % 50 == 0) {
                left = traces();
            }
            cv::Mat gray(720, 1280, CV_32F, cv::Scalar(180));
            cv::rectangle(gray, {260, 380, 700, 240}, cv::Scalar(90), 14);
            cv::line(gray, {0, 640}, {260, 420}, cv::Scalar(90), 14);
            cv::line(gray, {960, 420}, {1279, 620}, cv::Scalar(90), 14);
            gray += left;
            cv::Mat frame;
            gray.convertTo(frame, CV_8U);
            cv::cvtColor(frame, frame, cv::COLOR_GRAY2BGR);
            const CameraMotion m = estimator.pushFull(frame);
            QVERIFY2(!m.cut && m.reliable, qPrintable(QString::number(f)));
            QVERIFY2(std::hypot(m.m[2], m.m[5]) < 0.5,
                     qPrintable(QStringLiteral("%1: %2 %3").arg(f).arg(m.m[2]).arg(m.m[5])));
        }
    }

    // The same site under a camera that shakes: the traces stay where they are on the screen, and
    // their many blocks must not hold the picture against the few with a form in them.
    void aBareSiteIsFollowedWhateverCompressionLeaves() {
        cv::RNG random(22);
        cv::Mat small(90, 160, CV_32F), left;
        MotionEstimator estimator;
        CameraMotion sum;
        double worst = 0;
        for (int f = 0; f < 150; ++f) {
            if (f % 50 == 0) {
                random.fill(small, cv::RNG::NORMAL, 0, 0.8);
                cv::resize(small, left, {1280, 720}, 0, 0, cv::INTER_CUBIC);
            }
            const int dx = qRound(14 * std::sin(f * 0.13)), dy = qRound(10 * std::sin(f * 0.17));
            const cv::Point by(dx, dy);
            cv::Mat gray(720, 1280, CV_32F, cv::Scalar(110));
            cv::rectangle(gray, cv::Rect(cv::Point(260, 380) + by, cv::Size(700, 240)),
                          cv::Scalar(60), 14);
            cv::line(gray, cv::Point(-100, 706) + by, cv::Point(260, 420) + by, cv::Scalar(60), 14);
            cv::line(gray, cv::Point(960, 420) + by, cv::Point(1379, 683) + by, cv::Scalar(60), 14);
            gray += left;
            cv::Mat noise(gray.size(), CV_32F), frame;
            random.fill(noise, cv::RNG::NORMAL, 0, 6);
            gray += noise;
            gray.convertTo(frame, CV_8U);
            cv::cvtColor(frame, frame, cv::COLOR_GRAY2BGR);
            const CameraMotion m = estimator.pushFull(frame);
            QVERIFY2(!m.cut && m.reliable, qPrintable(QString::number(f)));
            sum = combine(sum, m);
            const PointPx p = apply(sum, {640, 500});
            worst = std::max(worst, std::hypot(p.x - 640 - dx, p.y - 500 - dy));
        }
        QVERIFY2(worst < 4, qPrintable(QString::number(worst)));
    }

    void shrinksAsTheSlowWayDoes_data() {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("factor");
        QTest::addColumn<bool>("possible");
        QTest::newRow("720p") << 1280 << 720 << 4 << true;
        QTest::newRow("1080p") << 1920 << 1080 << 6 << true;
        QTest::newRow("half") << 644 << 482 << 2 << true;
        QTest::newRow("4K") << 3840 << 2160 << 12 << true;
        QTest::newRow("odd") << 960 << 540 << 3 << false;
        QTest::newRow("remainder") << 1280 << 718 << 4 << false;
    }
    void shrinksAsTheSlowWayDoes() {
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(int, factor);
        QFETCH(bool, possible);
        cv::Mat frame(height, width, CV_8UC3), small;
        cv::RNG(5).fill(frame, cv::RNG::UNIFORM, 0, 256);
        // One colour of each at its brightest: nothing runs over.
        frame(cv::Rect(0, 0, width / 2, height / 2)).setTo(cv::Scalar(255, 255, 255));
        frame(cv::Rect(0, 0, width / 4, height / 2)).setTo(cv::Scalar(0, 0, 255));
        QCOMPARE(shrinkToGrey(frame, factor, small), possible);
        if (!possible) {
            return;
        }
        cv::Mat gray, expected, off;
        cv::cvtColor(frame, gray, cv::COLOR_BGR2GRAY);
        cv::resize(gray, expected, {width / factor, height / factor}, 0, 0, cv::INTER_AREA);
        QCOMPARE(small.size(), expected.size());
        cv::absdiff(small, expected, off);
        double most = 0;
        cv::minMaxLoc(off, nullptr, &most);
        QVERIFY(most <= 1);
        QVERIFY(!shrinkToGrey(gray, factor, small));  // not a colour picture
    }

    void theFirstSceneIsKnownAgain() {
        const cv::Mat picture = world(11), other = world(12) * 0.6;
        MotionEstimator estimator;
        CameraMotion sum;
        for (int f = 0; f < 30; ++f) {
            const bool away = f >= 10 && f < 20;
            const CameraMotion m = estimator.pushFull(
                away ? view(other, 0, 0) : view(picture, f < 10 ? 0 : 15, f < 10 ? 0 : -9));
            QCOMPARE(m.cut, f == 10 || f == 20);
            QCOMPARE(m.fromFirst, f == 20);
            sum = m.fromFirst ? m : combine(sum, m);
        }
        const PointPx p = apply(sum, {640, 360});
        QVERIFY2(std::hypot(p.x - 655, p.y - 351) < 1.0,
                 qPrintable(QStringLiteral("%1 %2").arg(p.x).arg(p.y)));
    }

    void isFastAtItsSize() {
        const cv::Mat picture = world(8);
        std::vector<cv::Mat> frames;
        for (int f = 0; f < 40; ++f) {
            cv::Mat small, gray;
            cv::resize(view(picture, 10 * std::sin(f * 0.5), 0), small, {320, 180}, 0, 0,
                       cv::INTER_AREA);
            cv::cvtColor(small, gray, cv::COLOR_BGR2GRAY);
            frames.push_back(gray);
        }
        MotionEstimator estimator;
        QElapsedTimer timer;
        timer.start();
        for (const cv::Mat& frame : frames) {
            (void)estimator.push(frame, 4.0);
        }
        qInfo("camera motion: %.2f ms a frame", double(timer.nsecsElapsed()) / 1e6 / 40);
    }

    void arithmetic() {
        CameraMotion m;
        const double values[6] = {0.9, -0.1, 12, 0.1, 0.9, -7};
        std::copy(values, values + 6, m.m);
        const PointPx p{33, 44}, q = apply(inverse(m), apply(m, p));
        QVERIFY(std::hypot(q.x - p.x, q.y - p.y) < 1e-9);
        const PointPx r = apply(combine(m, inverse(m)), p);
        QVERIFY(std::hypot(r.x - p.x, r.y - p.y) < 1e-9);
    }
};

QTEST_APPLESS_MAIN(MotionTest)
#include "tst_motion.moc"
