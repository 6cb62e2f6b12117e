// How far a bar slides along itself, from pictures of bars whose way is known.
#include <cmath>
#include <optional>
#include <random>

#include <QTest>

#include "core/tracking/bar_slide.h"

using namespace cvd;
using namespace cvd::tracking;

namespace {

constexpr double kBarPx = 100, kFps = 25;

struct Scene {
    double pxPerS = 20;    // slides out of the concrete
    double firstPx = 40;   // of the bar are in sight at first
    double hosePx = 0;     // so much hose is taken for bar
    double lean = 0.15;    // sideways for each px upwards
    double contrast = 40;  // of what is on the bar, grey levels
    double noise = 3;      // of the picture, grey levels
    PointPx cameraPerS{};  // px
    int scale = 1;         // size of everything
};

// Something to hold on to, the same at the same place of the bar.
double grain(double along) {
    return 0.6 * std::sin(along * 0.9) + 0.7 * std::sin(along * 0.37 + 1) +
           0.5 * std::sin(along * along * 0.003);
}

struct View {
    cv::Mat bgr;
    TrackPoint point;
};

View viewAt(const Scene& scene, int frame, std::mt19937& random) {
    const double t = frame / kFps;
    const double seen = scene.firstPx + scene.pxPerS * t;
    const PointPx low{120 + scene.cameraPerS.x * t, 190 + scene.cameraPerS.y * t};
    const double norm = std::hypot(1, scene.lean), ux = scene.lean / norm, uy = -1 / norm;
    std::normal_distribution<double> noise(0, scene.noise);
    cv::Mat bgr(240 * scene.scale, 240 * scene.scale, CV_8UC3);
    for (int y = 0; y < bgr.rows; ++y) {
        for (int x = 0; x < bgr.cols; ++x) {
            const double px = (x + 0.5) / scene.scale - 0.5 - low.x;
            const double py = (y + 0.5) / scene.scale - 0.5 - low.y;
            const double along = px * ux + py * uy, aside = px * uy - py * ux;
            double grey = 150 + 20 * std::sin(0.2 * (px + low.x)) * std::cos(0.13 * (py + low.y));
            if (along > 0 && std::abs(aside) < 5) {
                // Counted from the joint: below it steel, above it hose, shaded across.
                grey = (along < seen ? 110 : 70) + scene.contrast * grain(along - seen) -
                       4 * std::abs(aside);
            }
            bgr.at<cv::Vec3b>(y, x) =
                cv::Vec3b::all(cv::saturate_cast<uchar>(grey + noise(random)));
        }
    }
    View view{bgr, {}};
    view.point.frame = frame;
    view.point.timeS = t;
    view.point.track = TrackId{3};
    view.point.score = 0.8F;
    const double shown = seen + scene.hosePx;
    PokerPoints poker;
    poker.low = {low.x * scene.scale, low.y * scene.scale};
    poker.top = {(low.x + ux * shown) * scene.scale, (low.y + uy * shown) * scene.scale};
    view.point.poker = poker;
    return view;
}

struct Slides {
    double px = 0;
    int told = 0, untold = 0;
};

Slides slidesIn(const Scene& scene, int frames = 50) {
    std::mt19937 random(5);
    BarSlide slide;
    Slides out;
    for (int f = 0; f < frames; ++f) {
        const View view = viewAt(scene, f, random);
        std::vector<TrackPoint> points{view.point};
        slide.measure(view.bgr, points);
        out.px += points[0].slidePx.value_or(0);
        ++(points[0].slidePx ? out.told : out.untold);
    }
    return out;
}

}  // namespace

class BarSlideTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aBarThatIsPulledOutSlidesUp_data() {
        QTest::addColumn<double>("pxPerS");
        QTest::addColumn<double>("hosePx");
        QTest::addColumn<double>("cameraPxPerS");
        QTest::addColumn<int>("scale");
        QTest::newRow("slowly") << 12.0 << 0.0 << 0.0 << 1;
        QTest::newRow("fast") << 30.0 << 0.0 << 0.0 << 1;
        QTest::newRow("back in") << -12.0 << 0.0 << 0.0 << 1;
        QTest::newRow("not at all") << 0.0 << 0.0 << 0.0 << 1;
        QTest::newRow("with hose taken for bar") << 20.0 << 25.0 << 0.0 << 1;
        QTest::newRow("a camera that moves") << 20.0 << 0.0 << 15.0 << 1;
        QTest::newRow("a large picture") << 20.0 << 0.0 << 0.0 << 3;
    }
    void aBarThatIsPulledOutSlidesUp() {
        QFETCH(double, pxPerS);
        QFETCH(double, hosePx);
        QFETCH(double, cameraPxPerS);
        QFETCH(int, scale);
        Scene scene;
        scene.pxPerS = pxPerS;
        scene.firstPx = pxPerS < 0 ? 90 : 40;
        scene.hosePx = hosePx;
        scene.cameraPerS = {cameraPxPerS, -cameraPxPerS / 2};
        scene.scale = scale;
        const Slides slides = slidesIn(scene);
        const double way = pxPerS * 49 / kFps * scale;
        QVERIFY2(std::abs(slides.px - way) < 1.5 * scale + 0.05 * std::abs(way),
                 qPrintable(QString("%1 of %2").arg(slides.px).arg(way)));
        // The first one; a bar that grows in a large picture is cut anew in coarser steps.
        QVERIFY2(slides.untold <= 2 * scale, qPrintable(QString::number(slides.untold)));
    }

    // Nothing on it, not even the joint in sight: rather nothing than a guess.
    void aBarThatShowsNothingTellsNothing() {
        Scene scene;
        scene.contrast = 0;
        scene.noise = 8;
        scene.firstPx = 150;
        scene.hosePx = -60;
        const Slides slides = slidesIn(scene);
        QVERIFY2(slides.told < slides.untold, qPrintable(QString::number(slides.told)));
    }

    void onlySightingsThatFollowEachOtherAreCompared() {
        std::mt19937 random(5);
        const Scene scene;
        BarSlide slide;
        std::vector<std::optional<float>> told;
        for (const int f : {0, 1, 20, 21, 22}) {
            const View view = viewAt(scene, f, random);
            TrackPoint predicted = view.point, untracked = view.point, person = view.point;
            predicted.predicted = f == 22;
            untracked.track = {};
            person.track = TrackId{9};
            person.poker.reset();
            std::vector<TrackPoint> points{predicted, untracked, person};
            slide.measure(view.bgr, points);
            told.push_back(points[0].slidePx);
            QVERIFY(!points[1].slidePx && !points[2].slidePx);
        }
        QVERIFY(!told[0] && told[1] && !told[2] && told[3] && !told[4]);
    }

    // Where a bar leaves the picture, or its points are nonsense, nothing is read outside of it.
    void pointsOutsideOfThePictureDoNoHarm() {
        std::mt19937 random(5);
        BarSlide slide;
        for (int f = 0; f < 6; ++f) {
            View view = viewAt(Scene{}, f, random);
            view.point.poker->top = {view.point.poker->low.x + 4000, -3000.0 * (f % 2)};
            std::vector<TrackPoint> points{view.point};
            slide.measure(view.bgr, points);
            points[0].poker->top = {NAN, NAN};
            slide.measure(view.bgr, points);
        }
    }
};

QTEST_APPLESS_MAIN(BarSlideTest)
#include "tst_bar_slide.moc"
