// The evaluator's figures: by hand on tiny sets, and against the COCO API's own on a larger one.
#include <cmath>
#include <filesystem>
#include <fstream>

#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

#include "core/training/coco_metrics.h"

using namespace cvd;
using namespace cvd::training;
namespace fs = std::filesystem;

namespace {

// The reference pictures are not part of the program: $CVD_SHARED_DATA or ../shared/data.
fs::path sharedData() {
    const char* named = std::getenv("CVD_SHARED_DATA");
    return named ? fs::path(named) : fs::path(CVD_SOURCE_DIR) / ".." / "shared" / "data";
}

CocoTruth truth(std::int64_t image, BoxPx box) {
    return {image, 1, box, box.w * box.h, false};
}
CocoDetection found(std::int64_t image, BoxPx box, double score) {
    return {image, 1, box, score};
}

}  // namespace

class CocoMetricsTest : public QObject {
    Q_OBJECT

    // One picture with one object of category 1.
    static Result<CocoFileReport> evaluateTexts(const char* categories,
                                                const QByteArray& detections) {
        const QTemporaryDir dir;
        const fs::path folder = dir.path().toStdString();
        std::ofstream(folder / "truth.json")
            << R"({"images": [{"id": 1}], "annotations": [{"id": 1, "image_id": 1, )"
            << R"("category_id": 1, "bbox": [0, 0, 50, 50]}], "categories": )" << categories << '}';
        std::ofstream(folder / "found.json") << detections.constData();
        return cocoEvaluateFiles(folder / "truth.json", folder / "found.json");
    }

private Q_SLOTS:
    void perfectDetectionsScoreOne() {
        const auto r =
            cocoEvaluate({1, 2}, {1}, {truth(1, {0, 0, 50, 50}), truth(2, {5, 5, 40, 60})},
                         {found(1, {0, 0, 50, 50}, 0.9), found(2, {5, 5, 40, 60}, 0.3)});
        QVERIFY(std::abs(r.all.ap - 1) < 1e-9);
        QVERIFY(std::abs(r.all.ar100 - 1) < 1e-9);
        QVERIFY(std::abs(r.all.apMedium - 1) < 1e-9);
        QCOMPARE(r.all.apSmall, -1.0);  // there is none
        QCOMPARE(r.all.apLarge, -1.0);
    }

    void aFalseAlarmBeforeTheHitHalvesPrecision() {
        const auto r =
            cocoEvaluate({1}, {1}, {truth(1, {0, 0, 50, 50})},
                         {found(1, {200, 200, 50, 50}, 0.9), found(1, {0, 0, 50, 50}, 0.5)});
        QVERIFY(std::abs(r.all.ap - 0.5) < 1e-9);
        QVERIFY(std::abs(r.all.ar1 - 0) < 1e-9);
        QVERIFY(std::abs(r.all.ar10 - 1) < 1e-9);
    }

    void looseBoxesCountAtLowThresholdsOnly() {
        // IoU 0.8: thresholds 0.50 to 0.80 are passed, seven of ten.
        const auto r =
            cocoEvaluate({1}, {1}, {truth(1, {0, 0, 50, 50})}, {found(1, {0, 0, 40, 50}, 0.9)});
        QVERIFY(std::abs(r.all.ap50 - 1) < 1e-9);
        QVERIFY(std::abs(r.all.ap75 - 1) < 1e-9);
        QVERIFY(std::abs(r.all.ap - 0.7) < 0.11);
    }

    void crowdsNeitherCountNorHurt() {
        CocoTruth crowd = truth(1, {0, 0, 100, 100});
        crowd.crowd = true;
        const auto r =
            cocoEvaluate({1}, {1}, {crowd, truth(1, {200, 0, 50, 50})},
                         {found(1, {10, 10, 20, 20}, 0.95), found(1, {40, 40, 20, 20}, 0.9),
                          found(1, {200, 0, 50, 50}, 0.5)});
        QVERIFY(std::abs(r.all.ap - 1) < 1e-9);
    }

    void nothingToFindIsMinusOne() {
        const auto r = cocoEvaluate({1}, {1}, {}, {found(1, {0, 0, 5, 5}, 0.5)});
        QCOMPARE(r.all.ap, -1.0);
        QCOMPARE(cocoEvaluate({1}, {1}, {truth(1, {0, 0, 5, 5})}, {}).all.ap, 0.0);
    }

    void wrongFilesAreRefused() {
        QVERIFY(!cocoEvaluateFiles("absent.json", "absent.json").ok());
        const fs::path source = fs::path(CVD_SOURCE_DIR) / "CMakePresets.json";
        QVERIFY(!cocoEvaluateFiles(source, source).ok());
        QVERIFY(!cocoEvaluateFiles(fs::path(CVD_SOURCE_DIR) / "README.md", source).ok());
    }

    void repeatedIdsCountOnce() {
        const std::vector<CocoTruth> truths{truth(1, {0, 0, 50, 50}), truth(2, {5, 5, 40, 60})};
        const std::vector<CocoDetection> detections{found(1, {0, 0, 50, 50}, 0.9),
                                                    found(2, {80, 80, 40, 60}, 0.95)};
        const auto once = cocoEvaluate({1, 2}, {1}, truths, detections);
        const auto twice = cocoEvaluate({1, 2, 1, 1}, {1, 1}, truths, detections);
        QCOMPARE(twice.all.ap, once.all.ap);
        QCOMPARE(twice.all.ar100, once.all.ar100);
    }

    void filesThatDoNotBelongTogetherAreRefused_data() {
        QTest::addColumn<QByteArray>("detections");
        QTest::newRow("object") << QByteArray("{}");
        QTest::newRow("null") << QByteArray("null");
        QTest::newRow("unknown image") << QByteArray(
            R"([{"image_id": 9, "category_id": 1, "bbox": [0, 0, 5, 5], "score": 0.5}])");
    }

    void filesThatDoNotBelongTogetherAreRefused() {
        QFETCH(QByteArray, detections);
        const auto r = evaluateTexts(R"([{"id": 1, "name": "vibrator"}])", detections);
        QVERIFY(!r.ok());
        QCOMPARE(r.error().kind, ErrorKind::BadInput);
    }

    void categoriesOfOneNameStayApart() {
        const auto r = evaluateTexts(R"([{"id": 1, "name": "all"}, {"id": 2, "name": "poker"},
                                         {"id": 3, "name": "poker"}, {"id": 4, "name": "hoe"}])",
                                     "[]");
        QVERIFY2(r.ok(), r.ok() ? "" : r.error().message().c_str());
        const auto json = nlohmann::json::parse(cocoReportToJson(*r));
        QCOMPARE(json.size(), size_t{5});
        for (const char* name : {"all", "all (1)", "poker (2)", "poker (3)", "hoe"}) {
            QVERIFY2(json.contains(name), name);
        }
    }

    void equalsTheCocoApi() {
        const fs::path folder = sharedData() / "coco_reference";
        if (!fs::exists(folder)) {
            QSKIP("No coco_reference folder: set CVD_SHARED_DATA to compare with the COCO API.");
        }
        const auto r = cocoEvaluateFiles(folder / "ground_truth.json", folder / "detections.json");
        QVERIFY2(r.ok(), r.ok() ? "" : r.error().message().c_str());
        std::ifstream in(folder / "reference.json");
        const auto wanted = nlohmann::json::parse(in);
        const auto got = nlohmann::json::parse(cocoReportToJson(*r));
        int compared = 0;
        for (const char* group : {"all", "vibrator", "hoe", "person"}) {
            for (const auto& [name, value] : wanted.at(group).items()) {
                const double difference =
                    std::abs(value.get<double>() - got.at(group).at(name).get<double>());
                QVERIFY2(difference <= 1e-4, (std::string(group) + " " + name).c_str());
                ++compared;
            }
        }
        QCOMPARE(compared, 48);
    }
};

QTEST_GUILESS_MAIN(CocoMetricsTest)
#include "tst_coco_metrics.moc"
