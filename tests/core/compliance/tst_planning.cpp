// Suggested insertion points: they cover the region, keep to the limits, and tell the next one.
#include <QTest>
#include <algorithm>
#include <cmath>
#include <ctime>

#include "core/compliance/coverage.h"
#include "core/compliance/neighbours.h"
#include "core/compliance/planning.h"
#include "core/compliance/point_index.h"

using namespace cvd;
using namespace cvd::compliance;

namespace {

std::vector<PointM> rectangle(double w, double h, double turnDeg = 0) {
    const double c = std::cos(turnDeg * 3.14159265 / 180), s = std::sin(turnDeg * 3.14159265 / 180);
    std::vector<PointM> out;
    for (const PointM& p : {PointM{0, 0}, PointM{w, 0}, PointM{w, h}, PointM{0, h}}) {
        out.push_back({c * p.x - s * p.y, s * p.x + c * p.y});
    }
    return out;
}

double covered(const std::vector<PointM>& region, const std::vector<PointM>& points, double radius,
               const std::vector<std::vector<PointM>>& obstacles = {}) {
    std::vector<Treatment> treatments;
    for (const PointM& p : points) {
        treatments.push_back({p, 10, true});
    }
    return computeCoverage(region, treatments, radius, 0.02, {}, obstacles).covered;
}

std::vector<PointM> closedLine(std::vector<PointM> p) {
    p.push_back(p.front());
    return p;
}

}  // namespace

class PlanningTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyProfileCoversEveryRegion_data() {
        QTest::addColumn<QString>("profile");
        QTest::addColumn<bool>("staggered");
        for (const QString& id : builtInProfileIds()) {
            QTest::addRow("%s square", qPrintable(id)) << id << false;
            QTest::addRow("%s staggered", qPrintable(id)) << id << true;
        }
    }
    void everyProfileCoversEveryRegion() {
        QFETCH(QString, profile);
        QFETCH(bool, staggered);
        const PlanOptions o = planOptions(*loadProfile(profile), 0.35, staggered);
        for (const auto& region :
             {rectangle(4, 3), rectangle(5, 0.5), rectangle(3, 2, 30),
              std::vector<PointM>{{0, 0}, {4, 0}, {4, 1.5}, {2, 1.5}, {2, 3}, {0, 3}}}) {
            const std::vector<std::vector<PointM>> forms{closedLine(region)};
            const auto points = plannedPoints(region, {}, forms, o);
            QVERIFY(!points.empty());
            const double share = covered(region, points, o.radiusM);
            QVERIFY2(share > 0.99, qPrintable(QString::number(share)));
            double farthest = 0;
            for (const PointM& p : points) {
                QVERIFY(insidePolygon(region, p));
                QVERIFY(distanceToPolyline(forms[0], p) >= o.formMinM - 1e-6);
            }
            for (const auto& [a, b] : neighbourEdges(points)) {
                const PointM middle{(points[a].x + points[b].x) / 2,
                                    (points[a].y + points[b].y) / 2};
                if (!insidePolygon(region, middle) ||
                    distanceToPolyline(forms[0], middle) < o.formMinM) {
                    continue;  // across a notch
                }
                farthest = std::max(
                    farthest, std::hypot(points[a].x - points[b].x, points[a].y - points[b].y));
            }
            QVERIFY2(farthest <= o.spacingM + 1e-6, qPrintable(QString::number(farthest)));
        }
    }
    // In a strip or a footing about as wide as two edges: who follows the plan treats no place
    // twice, and yet all of it.
    void narrowPlacesAreNotPlannedTwice() {
        for (const char* id : {"aci309r", "gb50666", "jsce", "custom"}) {
            const auto profile = *loadProfile(QString::fromLatin1(id));
            const PlanOptions o = planOptions(profile, 0.35, false);
            const double least = *profile.value(u"repeat_distance_r") * 0.35;
            for (const auto& [w, h] : {std::pair{2.0, 0.5},
                                       {0.5, 0.5},
                                       {10.0, 0.52},
                                       {0.51, 0.51},
                                       {1.0, 0.3},
                                       {3.0, 0.62},
                                       {0.2, 0.2}}) {
                const auto region = rectangle(w, h);
                const auto points = plannedPoints(region, {}, {}, o);
                QVERIFY2(covered(region, points, o.radiusM) > 0.99, id);
                for (std::size_t i = 0; i < points.size(); ++i) {
                    for (std::size_t k = 0; k < i; ++k) {
                        const double apart =
                            std::hypot(points[i].x - points[k].x, points[i].y - points[k].y);
                        QVERIFY2(
                            apart > least,
                            qPrintable(
                                QStringLiteral("%1 %2 x %3: %4").arg(id).arg(w).arg(h).arg(apart)));
                    }
                }
            }
        }
    }
    void theOutermostRowKeepsToTheForm() {
        const PlanOptions o = planOptions(*loadProfile(QStringLiteral("gb50666")), 0.35, false);
        QCOMPARE(*o.formMaxM, 0.175);
        const auto region = rectangle(3, 2);
        const auto points = plannedPoints(region, {}, {closedLine(region)}, o);
        for (double x = 0.2; x < 2.9; x += 0.1) {  // along the near form
            QVERIFY(std::any_of(points.begin(), points.end(), [&](PointM p) {
                return p.y <= 0.175 + 1e-6 && std::abs(p.x - x) <= o.spacingM;
            }));
        }
    }
    void obstaclesAreLeftOutAndWorkedAround() {
        PlanOptions o{0.35, 0.49, false, 0.05, {}};
        const std::vector<std::vector<PointM>> columns{
            {{1, 1}, {1.5, 1}, {1.5, 1.5}, {1, 1.5}},
            {{2.4, 0.3}, {2.8, 0.3}, {2.8, 0.7}, {2.4, 0.7}}};
        const auto points = plannedPoints(rectangle(4, 3), columns, {}, o);
        for (const PointM& p : points) {
            for (const auto& column : columns) {
                QVERIFY(!insidePolygon(column, p));
                QVERIFY(distanceToPolyline(closedLine(column), p) >= 0.05 - 1e-6);
            }
        }
        QVERIFY(covered(rectangle(4, 3), points, o.radiusM, columns) > 0.995);
    }
    void goesThereAndBack() {
        const PlanOptions o{0.35, 0.5, false, 0, {}};
        const auto points = plannedPoints(rectangle(4, 2), {}, {}, o);
        for (std::size_t i = 1; i < points.size(); ++i) {  // no step longer than a spacing
            QVERIFY(std::hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y) <=
                    o.spacingM + 1e-6);
        }
        // A staggered grid needs fewer points for the same ground.
        PlanOptions wide{0.35, 0.35 * std::sqrt(3.0), true, 0, {}};
        PlanOptions square{0.35, 0.35 * std::sqrt(2.0), false, 0, {}};
        const auto region = rectangle(12, 9);
        QVERIFY(plannedPoints(region, {}, {}, wide).size() <
                plannedPoints(region, {}, {}, square).size());
    }
    void theNextPoint() {
        const std::vector<PointM> planned{{0, 0}, {0.5, 0}, {1, 0}, {1.5, 0}};
        QCOMPARE(*nextPoint(planned, {}, 0.5, {}), std::size_t{0});
        QCOMPARE(*nextPoint(planned, {{0.1, 0}}, 0.5, PointM{0.1, 0}), std::size_t{1});
        // The nearest to the last insertion, not the first in the list.
        QCOMPARE(*nextPoint(planned, {{1.5, 0}}, 0.5, PointM{1.5, 0}), std::size_t{2});
        QCOMPARE(*nextPoint(planned, {{0.25, 0}}, 0.5, {}),
                 std::size_t{2});  // half a spacing: both
        QVERIFY(!nextPoint(planned, planned, 0.5, PointM{0, 0}));
        QVERIFY(!nextPoint({}, {}, 0.5, {}));
    }
    void largeSlabsKeepToTheSameLimits_data() {
        QTest::addColumn<bool>("staggered");
        QTest::addColumn<double>("turnDeg");
        QTest::addColumn<bool>("columns");
        QTest::newRow("square") << false << 0.0 << false;
        QTest::newRow("staggered") << true << 0.0 << false;
        QTest::newRow("turned, with columns") << false << 20.0 << true;
    }
    // 100 m x 60 m with R 0.25 m: some 50,000 points.
    void largeSlabsKeepToTheSameLimits() {
        QFETCH(bool, staggered);
        QFETCH(double, turnDeg);
        QFETCH(bool, columns);
        const auto region = rectangle(100, 60, turnDeg);
        const double c = std::cos(turnDeg * 3.14159265 / 180),
                     s = std::sin(turnDeg * 3.14159265 / 180);
        std::vector<std::vector<PointM>> obstacles, obstacleLines;
        for (int i = 0; columns && i < 40; ++i) {
            const double x = 5 + 10 * (i % 10), y = 7.3 + 15 * (i / 10);
            obstacles.emplace_back();
            for (const PointM& p :
                 {PointM{x, y}, PointM{x + 0.6, y}, PointM{x + 0.6, y + 0.6}, PointM{x, y + 0.6}}) {
                obstacles.back().push_back({c * p.x - s * p.y, s * p.x + c * p.y});
            }
            obstacleLines.push_back(closedLine(obstacles.back()));
        }
        const PlanOptions o = planOptions(*loadProfile(QStringLiteral("gb50666")), 0.25, staggered);
        const auto outline = closedLine(region);
        const std::clock_t before = std::clock();
        const auto points = plannedPoints(region, obstacles, {outline}, o);
        qInfo("%zu points in %.0f ms of processor time", points.size(),
              1000.0 * double(std::clock() - before) / CLOCKS_PER_SEC);
        const double pitch = o.spacingM * (staggered ? std::sqrt(3.0) / 2 : 1);
        const double usual = 100 * 60 / (o.spacingM * pitch);
        QVERIFY2(points.size() > 0.98 * usual && points.size() < 1.05 * usual,
                 qPrintable(QStringLiteral("%1 of %2").arg(points.size()).arg(usual)));
        const PointIndex index(points);
        for (const PointM& p : points) {
            QVERIFY(insidePolygon(region, p));
            QVERIFY(distanceToPolyline(outline, p) >= o.formMinM - 1e-6);
            for (const auto& obstacle : obstacles) {
                QVERIFY(!insidePolygon(obstacle, p));
            }
        }
        // No place of the concrete is farther from a point than R and a tenth of it.
        std::uint32_t state = 1;
        const auto chance = [&state] {
            state = state * 1664525U + 1013904223U;
            return state / 4294967296.0;
        };
        for (int i = 0; i < 200000; ++i) {
            const double x = 100 * chance(), y = 60 * chance();
            const PointM p{c * x - s * y, s * x + c * y};
            if (std::none_of(obstacles.begin(), obstacles.end(),
                             [&](const auto& body) { return insidePolygon(body, p); })) {
                QVERIFY2(index.nearest(p) <= 1.1 * o.radiusM,
                         qPrintable(QStringLiteral("%1 %2").arg(x).arg(y)));
            }
        }
        // Neighbours keep the spacing, but for those with an obstacle or the form's rim between.
        for (const auto& [a, b] : neighbourEdges(points)) {
            const PointM middle{(points[a].x + points[b].x) / 2, (points[a].y + points[b].y) / 2};
            const bool blocked =
                !insidePolygon(region, middle) ||
                distanceToPolyline(outline, middle) < o.formMinM ||
                std::any_of(obstacleLines.begin(), obstacleLines.end(), [&](const auto& line) {
                    return insidePolygon(line, middle) ||
                           distanceToPolyline(line, middle) < o.formMinM;
                });
            QVERIFY(blocked || std::hypot(points[a].x - points[b].x, points[a].y - points[b].y) <=
                                   o.spacingM + 1e-6);
        }
        // The next one after a part is done: the first that is not within half a spacing of it.
        const std::vector<PointM> treated(points.begin(), points.begin() + 3000);
        const auto next = nextPoint(points, treated, o.spacingM, points[2999]);
        QVERIFY(next && *next >= 3000);
        QVERIFY(std::none_of(treated.begin(), treated.end(), [&](PointM p) {
            return std::hypot(p.x - points[*next].x, p.y - points[*next].y) <= o.spacingM / 2;
        }));
    }
    void nearPlacesAreFoundAsByLookingAtAll() {
        std::uint32_t state = 3;
        const auto chance = [&state] {
            state = state * 1664525U + 1013904223U;
            return state / 4294967296.0;
        };
        std::vector<PointM> points;
        for (int i = 0; i < 500; ++i) {  // two heaps far apart, and some of a row
            points.push_back(i % 10 == 0 ? PointM{0.1 * i, 0}
                                         : PointM{chance() + (i % 2) * 60, 2 * chance()});
        }
        PointIndex grown({0, 0}, {1, 1}, 0.3);  // most lie beyond its corners
        for (const PointM& p : points) {
            grown.add(p);
        }
        const PointIndex whole(points);
        for (int i = 0; i < 300; ++i) {
            const PointM p{80 * chance() - 10, 6 * chance() - 2};
            double nearest = 1e9;
            std::size_t within = 0;
            for (const PointM& q : points) {
                const double d = std::hypot(p.x - q.x, p.y - q.y);
                nearest = std::min(nearest, d);
                within += d <= 1.5 ? 1 : 0;
            }
            for (const PointIndex* index : {static_cast<const PointIndex*>(&grown), &whole}) {
                QVERIFY(std::abs(index->nearest(p) - nearest) < 1e-12);
                QVERIFY(std::isinf(index->nearest(p, nearest * 0.999)));
                std::size_t seen = 0;
                QVERIFY(!index->any(p, 1.5, [&](std::size_t, PointM) {
                    ++seen;
                    return false;
                }));
                QCOMPARE(seen, within);
            }
        }
        QVERIFY(std::isinf(PointIndex(std::vector<PointM>{}).nearest({0, 0})));
    }
    void nothingForNothing() {
        QVERIFY(plannedPoints({}, {}, {}, {}).empty());
        QVERIFY(plannedPoints(rectangle(1, 1), {}, {}, {0, 0.5}).empty());
        QVERIFY(plannedPoints(rectangle(1000, 1000), {}, {}, {0.1, 0.1}).empty());
        const auto narrow = plannedPoints(rectangle(2, 0.05), {}, {}, {0.35, 0.5});
        QVERIFY(!narrow.empty());
    }
};

QTEST_APPLESS_MAIN(PlanningTest)
#include "tst_planning.moc"
