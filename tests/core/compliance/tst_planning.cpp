// Suggested insertion points: they cover the region, keep to the limits, and tell the next one.
#include <QTest>
#include <algorithm>
#include <cmath>

#include "core/compliance/coverage.h"
#include "core/compliance/neighbours.h"
#include "core/compliance/planning.h"

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
