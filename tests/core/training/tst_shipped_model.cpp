// The model that ships, on rendered pictures with seeds that it was not trained on. The bounds are
// far below what the model card says: this test finds a broken export, not a slightly worse
// training.
#include <filesystem>

#include <QTemporaryDir>
#include <QTest>

#include "core/training/evaluate.h"

using namespace cvd;
using namespace cvd::training;
namespace fs = std::filesystem;

class ShippedModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsPokersInPoursItHasNeverSeen() {
        const fs::path manifest = fs::path(CVD_SOURCE_DIR) / "models" / "cvd-n.json";
        inference::DetectorOptions options;
        options.device = "cpu";
        auto detector = inference::loadDetector(manifest, options);
        QVERIFY2(detector.ok(), detector.ok() ? "" : detector.error().message().c_str());
        QVERIFY(fs::file_size((*detector)->manifest().file) < 8u << 20);

        QTemporaryDir dir;
        const auto pours = pourSource(kValidationSeed, dir.path().toStdString());
        QVERIFY(pours.ok());
        const auto figures = evaluateOn(**detector, **pours, 64);
        QVERIFY2(figures.ok(), figures.ok() ? "" : figures.error().message().c_str());
        const ClassFigures& poker = figures->classes[0];
        qInfo("%s", figuresTable({*figures}).c_str());
        QVERIFY(poker.objects > 20);
        QVERIFY2(poker.recall >= 0.5, std::to_string(poker.recall).c_str());
        QVERIFY2(poker.precision >= 0.5, std::to_string(poker.precision).c_str());
        QVERIFY2(figures->lowMedianPx <= 8, std::to_string(figures->lowMedianPx).c_str());
    }
};

QTEST_GUILESS_MAIN(ShippedModelTest)
#include "tst_shipped_model.moc"
