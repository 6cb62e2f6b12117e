// Calibrations: the figures of a known camera, the file, and every refusal.
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <limits>

#include "core/compliance/calibration.h"

using namespace cvd;
using namespace cvd::compliance;

namespace {

// A camera that looks down a slope: m -> px.
PointPx camera(PointM p) {
    const double w = 0.05 * p.x + 0.3 * p.y + 1;
    return {(400 + 200 * p.x + 40 * p.y) / w, (250 + 15 * p.x + 260 * p.y) / w};
}

Calibration good() {
    Calibration c;
    c.planePoints = {{0, 0}, {3.2, 0}, {3.2, 2.4}, {0, 2.4}, {1.6, 1.2}};
    for (const PointM& p : c.planePoints) {
        c.imagePoints.push_back(camera(p));
    }
    c.pourRegion = {{0, 0}, {3.2, 0}, {3.2, 2.4}, {0, 2.4}};
    c.formLines = {{{0, 0}, {3.2, 0}}};
    c.radiusOfActionM = 0.35;
    c.rodLengthM = 0.45;
    c.obstacles = {{{1, 1}, {1.4, 1}, {1.4, 1.4}}, {{2, 2}, {2.2, 2}, {2.2, 2.2}, {2, 2.2}}};
    c.hoseMarkM = 0.9;
    c.layerHeightM = 0.3;
    c.concreteAgeS = 600;
    return c;
}

}  // namespace

Q_DECLARE_METATYPE(cvd::Calibration)

class CalibrationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsTheCamera() {
        const auto h = solve(good());
        QVERIFY(h.ok());
        QVERIFY(h->residualCm < 1e-6);
        for (double x = 0; x <= 3.2; x += 0.4) {
            for (double y = 0; y <= 2.4; y += 0.4) {
                const PointPx px = camera({x, y});
                const PointM m = h->plane(px);
                QVERIFY(std::hypot(m.x - x, m.y - y) < 1e-6);
                const PointPx back = h->image({x, y});
                QVERIFY(std::hypot(back.x - px.x, back.y - px.y) < 1e-6);
                QVERIFY(h->inFront(px));
            }
        }
        const PointPx o = camera({1, 1}), a = camera({1.001, 1}), b = camera({1, 1.001});
        const double area = std::abs((a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x)) / 1e-6;
        QVERIFY(std::abs(h->pxPerMetre(o) / std::sqrt(area) - 1) < 0.01);
    }
    void tellsItsResidual() {
        Calibration c = good();
        c.planePoints[4].x += 0.05;  // 5 cm wrong at one of five points
        const auto h = solve(c);
        QVERIFY(h.ok());
        QVERIFY(h->residualCm > 0.5 && h->residualCm < 5);
        QVERIFY(h->maxResidualCm >= h->residualCm);
    }
    void goesThroughAFile() {
        QTemporaryDir dir;
        const QString file = dir.filePath(QStringLiteral("c.json"));
        QVERIFY(writeCalibration(file, good()).ok());
        const auto back = readCalibration(file);
        QVERIFY2(back.ok(), back.ok() ? "" : back.error().message().c_str());
        QCOMPARE(back->imagePoints, good().imagePoints);
        QCOMPARE(back->planePoints, good().planePoints);
        QCOMPARE(back->pourRegion, good().pourRegion);
        QCOMPARE(back->formLines, good().formLines);
        QCOMPARE(back->radiusOfActionM, good().radiusOfActionM);
        QCOMPARE(back->rodLengthM, good().rodLengthM);
        QCOMPARE(back->obstacles, good().obstacles);
        QCOMPARE(back->hoseMarkM, good().hoseMarkM);
        QCOMPARE(back->layerHeightM, good().layerHeightM);
        QCOMPARE(back->concreteAgeS, good().concreteAgeS);
        const Status status = writeCalibration(dir.filePath(QStringLiteral("no/c.json")), good());
        QVERIFY(!status.ok() && status.error().kind == ErrorKind::Environment);
    }
    void refusals_data() {
        QTest::addColumn<Calibration>("c");
        QTest::addColumn<QString>("says");
        Calibration c = good();
        c.imagePoints.resize(3);
        c.planePoints.resize(3);
        QTest::newRow("three points") << c << "at least 4";
        c = good();
        c.imagePoints.pop_back();
        QTest::newRow("counts differ") << c << "in both";
        c = good();
        c.planePoints[1].x = std::numeric_limits<double>::quiet_NaN();
        QTest::newRow("not a number") << c << "not a number";
        c = good();
        c.imagePoints[1] = c.imagePoints[0];
        QTest::newRow("same place in picture") << c << "lies on another one in the picture";
        c = good();
        c.planePoints[1] = c.planePoints[0];
        QTest::newRow("same place on concrete") << c << "lies on another one on the concrete";
        c = good();
        for (std::size_t i = 0; i < 5; ++i) {
            c.imagePoints[i] = {100.0 * double(i), 50.0 * double(i)};
        }
        QTest::newRow("on a line") << c << "on one line";
        c = good();
        c.imagePoints.resize(4);
        c.planePoints = {{0, 0}, {1, 0}, {2, 0}, {0, 2}};
        QTest::newRow("three on a line") << c << "Three of the four";
        c = good();
        c.imagePoints.resize(4);
        c.planePoints.resize(4);
        std::swap(c.imagePoints[2], c.imagePoints[3]);
        QTest::newRow("crossing") << c << "crosses itself";
        c = good();
        std::swap(c.planePoints[0], c.planePoints[4]);
        QTest::newRow("wrong order") << c << "calibration";
        c = good();
        c.planePoints[4].x += 1.0;
        QTest::newRow("residual") << c << "misses its own points";
        c = good();
        c.pourRegion.resize(2);
        QTest::newRow("region of two") << c << "pour region has 2";
        c = good();
        std::swap(c.pourRegion[2], c.pourRegion[3]);
        QTest::newRow("crossing region") << c << "pour region crosses";
        c = good();
        c.pourRegion = {{0, 0}, {3200, 0}, {3200, 2400}, {0, 2400}};
        QTest::newRow("region in mm") << c << "in metres";
        c = good();
        c.formLines[0].resize(1);
        QTest::newRow("form line") << c << "Form line 1";
        c = good();
        c.radiusOfActionM = 35;
        QTest::newRow("radius") << c << "radius of action";
        c = good();
        c.rodLengthM = -0.45;
        QTest::newRow("rod") << c << "rod";
        c = good();
        c.obstacles[1].resize(2);
        QTest::newRow("obstacle of two") << c << "Obstacle 2 needs";
        c = good();
        std::swap(c.obstacles[1][2], c.obstacles[1][3]);
        QTest::newRow("crossing obstacle") << c << "obstacle 2 crosses";
        c = good();
        c.obstacles[0] = {{1, 1}, {2, 1}, {3, 1}};
        QTest::newRow("flat obstacle") << c << "Obstacle 1 has no area";
        c = good();
        c.hoseMarkM = 0;
        QTest::newRow("mark") << c << "The mark is";
        c = good();
        c.layerHeightM = 300;
        QTest::newRow("layer") << c << "metres";
        c = good();
        c.layerHeightM = std::numeric_limits<double>::quiet_NaN();
        QTest::newRow("layer not a number") << c << "The layer is";
        c = good();
        c.concreteAgeS = -1;
        QTest::newRow("age") << c << "placed";
    }
    void refusals() {
        QFETCH(Calibration, c);
        QFETCH(QString, says);
        const Status status = validateCalibration(c);
        QVERIFY(!status.ok());
        QVERIFY(status.error().kind == ErrorKind::BadInput);
        QVERIFY2(status.error().message().find(says.toStdString()) != std::string::npos,
                 status.error().message().c_str());
        QTemporaryDir dir;
        QVERIFY(!writeCalibration(dir.filePath(QStringLiteral("c.json")), c).ok());
        QVERIFY(!QFile::exists(dir.filePath(QStringLiteral("c.json"))));
    }
    // An outline that touches itself encloses two places; a corner given twice encloses one.
    void anOutlineThatTouchesItselfIsRefused() {
        Calibration c = good();
        c.pourRegion = {{0, 0}, {1.2, 0}, {1.2, 0.6}, {0.6, 0}, {0, -0.2}};
        QVERIFY(!validateCalibration(c).ok());
        c.pourRegion = {{0, 0}, {0, 0}, {2, 0}, {2, 1}, {0, 1}, {0, 0}};
        QVERIFY(validateCalibration(c).ok());
    }
    // A field that other programs add is theirs; one of ours misspelled is not left out silently.
    void aMisspelledFieldIsNamed() {
        QJsonObject o = QJsonDocument::fromJson(calibrationToJson(good())).object();
        o["remark"] = QStringLiteral("north pier");
        QVERIFY(parseCalibration(QJsonDocument(o).toJson(), "c.json").ok());
        o["pour_region"] = o.take("pour_region_m");
        const auto misspelled = parseCalibration(QJsonDocument(o).toJson(), "c.json");
        QVERIFY(!misspelled.ok());
        QVERIFY(misspelled.error().message().find("pour_region_m") != std::string::npos);
    }
    void refusesBrokenFiles() {
        const QByteArray json = calibrationToJson(good());
        for (const QByteArray& bad :
             {QByteArray(), QByteArray("{"), json.left(json.size() / 2),
              QByteArray(json).replace("calibration/1", "calibration/9"),
              QByteArray(json).replace("image_points", "image_point"),
              QByteArray(json).replace("0.45", "\"long\""),
              QByteArray(json).replace("\"concrete_age_s\": 600", "\"concrete_age_s\": \"noon\""),
              QByteArray(json).replace("\"obstacles_m\": [", "\"obstacles_m\": [7,")}) {
            const auto c = parseCalibration(bad, QStringLiteral("file.json"));
            QVERIFY(!c.ok());
            QVERIFY(c.error().message().find("file.json") != std::string::npos);
        }
        QVERIFY(!readCalibration(QStringLiteral("/nonexistent.json")).ok());
        QVERIFY(parseCalibration(json, QStringLiteral("x")).ok());
    }
};

QTEST_APPLESS_MAIN(CalibrationTest)
#include "tst_calibration.moc"
