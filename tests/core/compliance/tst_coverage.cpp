// Coverage on grids whose answer is known from geometry.
#include <QTest>
#include <algorithm>
#include <cmath>

#include "core/compliance/coverage.h"

using namespace cvd;
using namespace cvd::compliance;

class CoverageTest : public QObject {
    Q_OBJECT
    static std::vector<PointM> square(double a, double b) {
        return {{a, a}, {b, a}, {b, b}, {a, b}};
    }
    // Insertions every `step` over a field far larger than the region that is looked at.
    static std::vector<Treatment> grid(double step, bool staggered = false) {
        std::vector<Treatment> out;
        const double rise = staggered ? step * std::sqrt(3.0) / 2 : step;
        for (int r = -12; r <= 12; ++r) {
            for (int c = -12; c <= 12; ++c) {
                out.push_back(
                    {{(c + (staggered && r % 2 ? 0.5 : 0.0)) * step, r * rise}, 10, true});
            }
        }
        return out;
    }

private Q_SLOTS:
    void knownGrids_data() {
        QTest::addColumn<double>("radii");
        QTest::addColumn<bool>("staggered");
        QTest::addColumn<double>("percent");
        QTest::newRow("1.4 R square") << 1.4 << false << 100.0;
        QTest::newRow("1.5 R square") << 1.5 << false << 99.33;
        QTest::newRow("1.6 R square") << 1.6 << false << 97.17;
        QTest::newRow("1.75 R square") << 1.75 << false << 91.905;
        QTest::newRow("2 R square") << 2.0 << false << 78.54;
        QTest::newRow("1.5 R staggered") << 1.5 << true << 100.0;
        QTest::newRow("2 R staggered") << 2.0 << true << 90.69;
    }
    void knownGrids() {
        QFETCH(double, radii);
        QFETCH(bool, staggered);
        QFETCH(double, percent);
        const double radius = 0.35, step = radii * radius;
        // Whole periods of the pattern, away from its borders.
        const double rise = staggered ? step * std::sqrt(3.0) : step;
        const std::vector<PointM> region{
            {-2 * step, -rise}, {2 * step, -rise}, {2 * step, rise}, {-2 * step, rise}};
        const Coverage c = computeCoverage(region, grid(step, staggered), radius, step / 50);
        QVERIFY2(std::abs(100 * c.covered - percent) < 0.02,
                 qPrintable(QString::number(100 * c.covered, 'f', 3)));
        QVERIFY(std::abs(c.covered + c.missed + c.notObserved - 1) < 1e-12);
        // The largest untreated disc of a square grid sits in the middle of four insertions.
        const double gap =
            staggered ? 2 * (step / std::sqrt(3.0) - radius) : 2 * (step / std::sqrt(2.0) - radius);
        if (gap > 0) {
            QVERIFY2(std::abs(c.largestGapM - gap) < 0.025,
                     qPrintable(QString::number(c.largestGapM)));
        } else {
            QCOMPARE(c.largestGapM, 0.0);
            QVERIFY(!c.largestGapAt);
        }
    }

    void unseenIsNotMissed() {
        const auto right = [](PointM p) { return p.x < 1.0; };
        const Coverage c =
            computeCoverage(square(0, 2), {{{0.5, 0.5}, 10, true}}, 0.3, 0.02, right);
        QVERIFY(std::abs(c.notObserved - 0.5) < 0.01);
        QVERIFY(std::abs(c.covered - 3.14159 * 0.09 / 4) < 0.005);
        QVERIFY(std::abs(c.missed - (0.5 - c.covered)) < 0.01);
        for (int r = 0; r < c.rows; ++r) {
            for (int col = 0; col < c.columns; ++col) {
                const double x = c.origin.x + (col + 0.5) * c.cellM;
                const auto state = c.state[static_cast<std::size_t>(r * c.columns + col)];
                QVERIFY(x < 1.0 || state == 3);
            }
        }
        // Treated counts even where the camera lost sight later.
        const Coverage d =
            computeCoverage(square(0, 2), {{{1.5, 0.5}, 10, true}}, 0.3, 0.02, right);
        QVERIFY(d.covered > 0.06);
    }

    void tooShortTreatmentsDwellButDoNotCover() {
        const Coverage c = computeCoverage(square(0, 1), {{{0.5, 0.5}, 2, false}}, 0.3, 0.02);
        QCOMPARE(c.covered, 0.0);
        QCOMPARE(c.dwellS[static_cast<std::size_t>(25 * c.columns + 25)], 2.0F);
        QVERIFY(std::abs(c.areaM2 - 1) < 1e-12);
        QVERIFY(std::abs(c.largestGapM - 1) < 0.05);  // the whole square is one gap
    }

    void staysInDoubtNeitherCoverNorMiss() {
        const std::vector<PointM> region = {{0, 0}, {2, 0}, {2, 1}, {0, 1}};
        const Coverage c = computeCoverage(
            region, {{{0.5, 0.5}, 8, true, 1}, {{1.5, 0.5}, 2, false, 2, true}}, 0.3, 0.02);
        const double circle = 3.14159265358979 * 0.09 / 2;
        QVERIFY(std::abs(c.covered - circle) < 1e-3);
        QVERIFY(std::abs(c.notObserved - circle) < 1e-3);
        QVERIFY(std::abs(c.covered + c.missed + c.notObserved - 1) < 1e-9);
        QCOMPARE(coverageState(c, {1.5, 0.5}), kCellNotObserved);
        QVERIFY(!unseen(c, {1.5, 0.5}));
        // Where both reach, the sure one counts.
        const Coverage both = computeCoverage(
            region, {{{0.5, 0.5}, 2, false, 1, true}, {{0.5, 0.5}, 8, true, 2}}, 0.3, 0.02);
        QVERIFY(std::abs(both.covered - circle) < 1e-3);
        QCOMPARE(both.notObserved, 0.0);
    }
    // The widest disc that may be untreated: here all of the half that nobody saw.
    void whatWasNotSeenMayHoldAGap() {
        const std::vector<PointM> region = {{0, 0}, {2, 0}, {2, 1}, {0, 1}};
        const Coverage c = computeCoverage(region, {{{0, 0.5}, 8, true, 1}}, 1.2, 0.02,
                                           [](PointM p) { return p.x < 1; });
        QVERIFY(c.largestGapM < 0.1);
        QVERIFY(c.largestOpenM > 0.7 && c.largestOpenM <= 0.82);
        const Coverage seen = computeCoverage(region, {{{0, 0.5}, 8, true, 1}}, 1.2, 0.02);
        QCOMPARE(seen.largestOpenM, seen.largestGapM);
    }

    void anyRegionShapeAndSize() {
        const std::vector<PointM> triangle{{0, 0}, {2, 0}, {0, 2}};
        const Coverage c = computeCoverage(triangle, {}, 0.3, 0.02);
        QVERIFY(std::abs(c.areaM2 - 2) < 1e-12);
        QCOMPARE(c.missed, 1.0);
        QCOMPARE(c.state[static_cast<std::size_t>((c.rows - 1) * c.columns + c.columns - 1)],
                 std::uint8_t{0});
        const Coverage large = computeCoverage(square(0, 500), {}, 0.3, 0.02);
        QVERIFY(large.state.size() < 500000);  // cells grow, memory does not
        QVERIFY(computeCoverage({}, {}, 0.3, 0.02).state.empty());
    }

    void obstaclesAreNoPartOfTheRegion() {
        const Coverage c = computeCoverage(square(0, 2), {{{0.5, 0.5}, 10, true, 1}}, 0.3, 0.02, {},
                                           {square(1, 2), square(0.4, 0.5)});
        QVERIFY(std::abs(c.areaM2 - 2.99) < 0.01);
        QCOMPARE(coverageState(c, {1.5, 1.5}), kCellOutside);
        QCOMPARE(coverageState(c, {0.45, 0.45}), kCellOutside);
        QCOMPARE(coverageState(c, {0.55, 0.55}), kCellCovered);
        QCOMPARE(coverageState(c, {1.5, 0.5}), kCellMissed);
        QCOMPARE(coverageState(c, {3, 0.5}), kCellOutside);
        QVERIFY(std::abs(c.covered + c.missed - 1) < 1e-9);
    }
    void theErrorOfThePlacesMakesABand() {
        const Coverage c =
            computeCoverage(square(0, 2), {{{1, 1}, 10, true, 1}}, 0.5, 0.02, {}, {}, 0.05);
        const auto circle = [](double r) { return 3.14159265 * r * r / 4; };  // of 4 m²
        QVERIFY(std::abs(c.covered - circle(0.5)) < 1e-3);
        QVERIFY(std::abs(c.coveredLeast - circle(0.45)) < 1e-3);
        QVERIFY(std::abs(c.coveredMost - circle(0.55)) < 1e-3);
        for (std::size_t i = 0; i < c.uncertain.size(); ++i) {
            const auto cell = static_cast<int>(i);
            const double d = std::hypot((cell % c.columns + 0.5) * 0.02 - 1,
                                        (cell / c.columns + 0.5) * 0.02 - 1);
            QCOMPARE(c.uncertain[i] != 0, d > 0.45 && d <= 0.55);
        }
        const Coverage sure = computeCoverage(square(0, 2), {{{1, 1}, 10, true, 1}}, 0.5, 0.02);
        QCOMPARE(sure.coveredLeast, sure.covered);
        QCOMPARE(sure.coveredMost, sure.covered);
        QCOMPARE(std::count(sure.uncertain.begin(), sure.uncertain.end(), 1), 0);
    }
    void theOrderOfWorkIsKept() {
        const Coverage c = computeCoverage(
            square(0, 2), {{{0.5, 1}, 2, false, 1}, {{0.6, 1}, 10, true, 2}, {{1, 1}, 10, true, 3}},
            0.3, 0.02);
        const auto by = [&](double x) {
            return c.treatedBy[static_cast<std::size_t>(50 * c.columns + int(x / 0.02))];
        };
        QCOMPARE(by(0.25), 0);  // the first was too short
        QCOMPARE(by(0.61), 2);
        QCOMPARE(by(0.8), 2);  // of two, the earlier
        QCOMPARE(by(1.2), 3);
    }

    void hull() {
        const auto h = convexHull({{0, 0}, {2, 0}, {1, 1}, {2, 2}, {0, 2}, {1, 0}});
        QCOMPARE(h.size(), std::size_t{4});
        QVERIFY(insidePolygon(h, {1, 1}));
        QVERIFY(!insidePolygon(h, {3, 1}));
        QCOMPARE(distanceToPolyline({{0, 0}, {10, 0}}, {5, 3}), 3.0);
        QCOMPARE(distanceToPolyline({{0, 0}, {10, 0}}, {13, 4}), 5.0);
    }
};

QTEST_APPLESS_MAIN(CoverageTest)
#include "tst_coverage.moc"
