// The pour from above: cells and places, the state at a moment, gaps, and the picture.
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QTest>

#include <cmath>

#include "core/report/plan_picture.h"

using namespace cvd;
using namespace cvd::report;

namespace {

// 4 x 3 m seen from straight above at 100 px/m; the form runs along the right side.
Calibration surface(bool yUp = false) {
    Calibration c;
    c.imagePoints = {{100, 100}, {500, 100}, {500, 400}, {100, 400}};
    c.planePoints = {{0, 0}, {4, 0}, {4, 3}, {0, 3}};
    if (yUp) {
        c.planePoints = {{0, 3}, {4, 3}, {4, 0}, {0, 0}};
    }
    c.pourRegion = {{0, 0}, {4, 0}, {4, 3}, {0, 3}};
    c.formLines = {{{4, 0}, {4, 3}}};
    return c;
}

Insertion at(std::int64_t id, PointM place, double startS, double seconds) {
    Insertion in;
    in.id = id;
    in.contactM = place;
    in.startS = startS;
    in.endS = startS + seconds;
    in.startFrame = FrameIndex(startS * 25);
    in.endFrame = FrameIndex(in.endS * 25);
    in.immersedS = in.stationaryS = seconds;
    return in;
}

PlanData plan() {
    // The left 2 m are treated by rows 0.5 m apart; the right part is missed.
    std::vector<Insertion> insertions;
    std::int64_t id = 0;
    for (int row = 0; row < 6; ++row) {
        for (int column = 0; column < 4; ++column) {
            insertions.push_back(
                at(id + 1, {0.25 + 0.5 * column, 0.25 + 0.5 * row}, 20.0 * double(id), 10));
            ++id;
        }
    }
    return *makePlan(surface(), insertions, 0.4, 5, 600, 500);
}

QColor pixel(const QImage& picture, const QTransform& toView, PointM place) {
    return picture.pixelColor(toView.map(QPointF(place.x, place.y)).toPoint());
}

}  // namespace

class TestPlan : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cellsAndPlacesAgree();
    void gapIsFoundWithItsSize();
    void momentKnowsNothingOfLater();
    void shortOnesDoNotTreat();
    void formIsTheUpperEdge_data();
    void formIsTheUpperEdge();
    void overTheVideoIsThroughTheHomography();
    void pictureShowsTheStates();
    void tableHasEveryCell();
    void manyPlannedPointsStayVisible();
    void theNextPointFollowsTheMoment();
};

void TestPlan::cellsAndPlacesAgree() {
    const PlanData p = plan();
    QVERIFY(p.coverage);
    const auto cell = cellAt(*p.coverage, {0.25, 0.25});
    QVERIFY(cell);
    const PointM centre = cellCentre(*p.coverage, *cell);
    QVERIFY(std::abs(centre.x - 0.25) <= p.coverage->cellM / 2 + 1e-9);
    QVERIFY(std::abs(centre.y - 0.25) <= p.coverage->cellM / 2 + 1e-9);
    QCOMPARE(p.coverage->dwellS[*cell], 10.0F);
    QCOMPARE(insertionsReaching(p, {0.25, 0.25}), std::vector<std::size_t>{0});
    // Half-way between two of a row both reach.
    QCOMPARE(insertionsReaching(p, {0.5, 0.25}), (std::vector<std::size_t>{0, 1}));
    QCOMPARE(p.coverage->dwellS[*cellAt(*p.coverage, {0.5, 0.25})], 20.0F);
    QVERIFY(!cellAt(*p.coverage, {-0.01, 1}));
    QVERIFY(!cellAt(*p.coverage, {4.5, 1}));
    QVERIFY(!cellAt(*p.coverage, {std::nan(""), 1}));
}

void TestPlan::gapIsFoundWithItsSize() {
    const PlanData p = plan();
    QVERIFY(!p.gaps.empty());
    // From the last row of discs (x = 1.75 + 0.4) to the edge of the region: a circle of at least
    // 4 - 2.15 m and, bulging between two discs, not much more.
    QVERIFY2(p.gaps[0].diameterM > 1.84 && p.gaps[0].diameterM < 2.0,
             qPrintable(QString::number(p.gaps[0].diameterM)));
    QVERIFY(p.gaps[0].at.x > 2.9 && p.gaps[0].at.x < 3.2);
    for (std::size_t i = 1; i < p.gaps.size(); ++i) {
        QVERIFY(p.gaps[i].diameterM <= p.gaps[i - 1].diameterM);
    }
    QVERIFY(findGaps({}, 0.1).empty());
}

void TestPlan::momentKnowsNothingOfLater() {
    const PlanData p = plan();
    const Coverage early = coverageUntil(p, 30);  // the first one is over, the second stands 10 s
    QCOMPARE(early.state[*cellAt(early, {0.25, 0.25})], std::uint8_t(CellTreated));
    QCOMPARE(early.state[*cellAt(early, {1.75, 2.75})], std::uint8_t(CellOpen));
    QCOMPARE(early.state[*cellAt(early, {3.5, 1.5})], std::uint8_t(CellOpen));
    QVERIFY(early.covered > 0 && early.covered < p.coverage->covered);
    QCOMPARE(early.missed, 0.0);
    // The second has stood two seconds: too short to count, but its seconds are there.
    const Coverage middle = coverageUntil(p, 22);
    QCOMPARE(middle.state[*cellAt(middle, {0.75, 0.25})], std::uint8_t(CellOpen));
    QCOMPARE(middle.dwellS[*cellAt(middle, {0.75, 0.25})], 2.0F);
    const Coverage end = coverageUntil(p, 1e9);
    QCOMPARE(end.dwellS, p.coverage->dwellS);
    QVERIFY(std::abs(end.covered - p.coverage->covered) < 0.01);
}

void TestPlan::shortOnesDoNotTreat() {
    const auto p = makePlan(surface(), {at(1, {1, 1}, 0, 3)}, 0.4, 5, 600, 500);
    QVERIFY(p);
    QCOMPARE(p->coverage->covered, 0.0);
    QCOMPARE(p->coverage->dwellS[*cellAt(*p->coverage, {1, 1})], 3.0F);
    QCOMPARE(coverageUntil(*p, 100).covered, 0.0);
    // Beyond the picture nothing is missed: the camera did not see it.
    const auto half = makePlan(surface(), {}, 0.4, 5, 300, 500);
    QVERIFY(half);
    QCOMPARE(half->coverage->state[*cellAt(*half->coverage, {3, 1})],
             std::uint8_t(CellNotObserved));
    QCOMPARE(half->coverage->state[*cellAt(*half->coverage, {1, 1})], std::uint8_t(CellMissed));
    Calibration broken = surface();
    broken.imagePoints.resize(3);
    QVERIFY(!makePlan(broken, {}, 0.4, 5, 600, 500).ok());
}

void TestPlan::formIsTheUpperEdge_data() {
    QTest::addColumn<bool>("yUp");
    QTest::newRow("plane as the picture") << false;
    QTest::newRow("plane with y upwards") << true;
}

void TestPlan::formIsTheUpperEdge() {
    QFETCH(bool, yUp);
    const Calibration c = surface(yUp);
    const QTransform t = planOrientation(c);
    const auto y = [&](double px, double py) { return t.map(QPointF(px, py)).y(); };
    QVERIFY(std::abs(y(4, 0) - y(4, 3)) < 1e-9);  // level
    QVERIFY(y(4, 1) < y(2, 1));                   // the concrete lies below it
    // Neither mirrored: turning from the picture keeps the sense of rotation.
    const auto h = compliance::solve(c);
    const auto onPaper = [&](PointPx p) {
        const PointM m = h->plane(p);
        return t.map(QPointF(m.x, m.y));
    };
    const QPointF o = onPaper({300, 250}), a = onPaper({310, 250}) - o, b = onPaper({300, 260}) - o;
    QVERIFY(a.x() * b.y() - a.y() * b.x() > 0);
}

void TestPlan::overTheVideoIsThroughTheHomography() {
    Calibration c = surface();
    c.imagePoints = {{220, 120}, {420, 110}, {590, 400}, {40, 420}};
    const auto h = compliance::solve(c);
    QVERIFY(h);
    const QTransform t = imageTransform(*h);
    for (std::size_t i = 0; i < 4; ++i) {
        const QPointF p = t.map(QPointF(c.planePoints[i].x, c.planePoints[i].y));
        QVERIFY(std::hypot(p.x() - c.imagePoints[i].x, p.y() - c.imagePoints[i].y) < 1e-6);
    }
    PlanData p = *makePlan(c, plan().insertions, 0.4, 5, 640, 480);
    QImage picture(640, 480, QImage::Format_ARGB32_Premultiplied);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    PlanOptions options;
    options.discs = options.numbers = options.gaps = false;
    paintPlan(painter, p, options, t, QRectF(picture.rect()));
    painter.end();
    QVERIFY(pixel(picture, t, {0.25, 0.25}).alpha() > 0);
    QCOMPARE(picture.pixelColor(5, 5).alpha(), 0);  // beyond the region
}

void TestPlan::pictureShowsTheStates() {
    const PlanData p = plan();
    PlanOptions options;
    options.discs = options.numbers = options.gaps = options.formLines = false;
    const QSize size(800, 700);
    const QImage picture = planPicture(p, options, size);
    QCOMPARE(picture.size(), size);
    const QString folder = QStringLiteral(CVD_BINARY_DIR "/screenshots");
    QDir().mkpath(folder);
    for (const bool dark : {false, true}) {
        PlanOptions all;
        all.colours = planColours(dark);
        all.order = true;
        QVERIFY(planPicture(p, all, size)
                    .save(folder + QStringLiteral("/plan_%1.png").arg(dark ? "dark" : "light")));
        all.fill = PlanFill::Dwell;
        all.order = false;
        QVERIFY(
            planPicture(p, all, size)
                .save(folder + QStringLiteral("/plan_dwell_%1.png").arg(dark ? "dark" : "light")));
    }
    // The same frame of reference as the picture's own.
    QPainter probe;
    QImage canvas(size, QImage::Format_RGB32);
    canvas.fill(Qt::white);
    probe.begin(&canvas);
    const QRectF area(0, 0, size.width(), size.height());
    const QTransform t = fitPlan(p, area);
    paintPlan(probe, p, options, t, area);
    probe.end();
    const QColor treated = pixel(canvas, t, {0.8, 1.6}), missed = pixel(canvas, t, {3.2, 1.3});
    QVERIFY2(treated.green() > treated.red(), qPrintable(treated.name()));
    QVERIFY2(missed.red() > missed.green(), qPrintable(missed.name()));
    QCOMPARE(pixel(canvas, t, {-0.2, 1}), QColor(Qt::white));
}

void TestPlan::tableHasEveryCell() {
    const PlanData p = plan();
    const QList<QByteArray> lines = planCsv(p).split('\n');
    QCOMPARE(lines.first().trimmed(), QByteArray("column,row,x_m,y_m,state,dwell_s"));
    const auto cells = std::count_if(p.coverage->state.begin(), p.coverage->state.end(),
                                     [](std::uint8_t s) { return s != CellOutside; });
    QCOMPARE(lines.size(), qsizetype(cells) + 2);  // heading, and what follows the last line end
    QCOMPARE(lines[1].trimmed().count(','), qsizetype(5));
    QVERIFY(planCsv({}).isEmpty());
}

// While a pour is looked at, the mark lies where the crew has to go at that moment.
void TestPlan::theNextPointFollowsTheMoment() {
    PlanData p = *makePlan(surface(), {at(1, {0.5, 0.5}, 0, 10), at(2, {1.5, 0.5}, 20, 10)}, 0.4, 5,
                           600, 500);
    p.spacingM = 1;
    p.planned = {{0.5, 0.5}, {1.5, 0.5}, {2.5, 0.5}, {3.5, 2.5}};
    p.next = PointM{2.5, 0.5};  // after all of them
    PlanOptions options;
    options.fill = PlanFill::None;
    options.discs = options.numbers = options.gaps = options.formLines = options.region = false;
    options.planned = true;
    options.colours.next = Qt::magenta;
    const QTransform toView = QTransform::fromScale(100, 100);
    const auto marked = [&](PointM place, std::optional<double> untilS) {
        options.untilS = untilS;
        QImage picture(400, 300, QImage::Format_RGB32);
        picture.fill(options.colours.paper);
        QPainter painter(&picture);
        paintPlan(painter, p, options, toView, QRectF(0, 0, 400, 300));
        int pixels = 0;
        const QPoint centre = toView.map(QPointF(place.x, place.y)).toPoint();
        for (int y = -10; y <= 10; ++y) {
            for (int x = -10; x <= 10; ++x) {
                pixels += picture.pixelColor(centre + QPoint(x, y)) == QColor(Qt::magenta) ? 1 : 0;
            }
        }
        return pixels > 0;
    };
    QVERIFY(marked({1.5, 0.5}, 15.0) && !marked({2.5, 0.5}, 15.0));
    QVERIFY(marked({2.5, 0.5}, 40.0) && !marked({1.5, 0.5}, 40.0));
    QVERIFY(marked({2.5, 0.5}, std::nullopt));
}

// Close together they are dots, farther apart crosses; none is lost at the rim of what is visible.
void TestPlan::manyPlannedPointsStayVisible() {
    PlanData p = *makePlan(surface(), {}, 0.02, 5, 600, 500);
    p.spacingM = 0.02;
    for (int row = 0; row < 150; ++row) {
        for (int column = 0; column < 200; ++column) {
            p.planned.push_back({0.01 + 0.02 * column, 0.01 + 0.02 * row});
        }
    }
    PlanOptions options;
    options.fill = PlanFill::None;
    options.region = options.formLines = false;
    options.planned = true;
    const auto painted = [&](const QTransform& toView) {
        QImage picture(400, 300, QImage::Format_RGB32);
        picture.fill(options.colours.paper);
        QPainter painter(&picture);
        paintPlan(painter, p, options, toView, QRectF(0, 0, 400, 300));
        return picture;
    };
    const auto marked = [&](const QImage& picture, PointM place, const QTransform& toView) {
        return pixel(picture, toView, place) != options.colours.paper;
    };
    // A pixel every 1 cm: dots, in every part of the slab, and paper between them.
    const QTransform far = QTransform::fromScale(100, 100);
    const QImage small = painted(far);
    int dots = 0, paper = 0;
    for (int y = 0; y < 300; ++y) {
        for (int x = 0; x < 400; ++x) {
            const bool mark = small.pixelColor(x, y) != options.colours.paper;
            dots += mark ? 1 : 0;
            paper += mark ? 0 : 1;
        }
    }
    QVERIFY2(dots > 10000 && paper > 10000, qPrintable(QString::number(dots)));
    // 2 cm are 40 pixels: crosses with their arms, also those that are half in view.
    const QTransform near =
        QTransform::fromTranslate(-1.01, -1.01) * QTransform::fromScale(2000, 2000);
    const QImage large = painted(near);
    for (const PointM& at : {PointM{1.01, 1.01}, PointM{1.11, 1.05}, PointM{1.19, 1.13}}) {
        QVERIFY(marked(large, at, near));
        QVERIFY(marked(large, {at.x + 0.0015, at.y}, near));
        QVERIFY(marked(large, {at.x, at.y + 0.0015}, near));
        QVERIFY(!marked(large, {at.x + 0.0035, at.y + 0.0035}, near));
    }
}

QTEST_MAIN(TestPlan)
#include "tst_plan.moc"
