// Manifests: what is read, and every refusal with its reason.
#include <filesystem>
#include <fstream>

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/file_hash.h"
#include "core/inference/detector.h"
#include "core/inference/model_manifest.h"

using namespace cvd;
using namespace cvd::inference;
namespace fs = std::filesystem;

namespace {

QJsonObject goodManifest() {
    return {
        {"schema", "cvd-mis/model/1"},
        {"name", "test"},
        {"version", "3"},
        {"file", "test.ts"},
        {"sha256", QString::fromStdString(sha256OfBytes("weights", 7))},
        {"decoder", "yolox"},
        {"input", QJsonObject{{"width", 416},
                              {"height", 320},
                              {"colour", "rgb"},
                              {"mean", QJsonArray{1, 2, 3}},
                              {"std", QJsonArray{4, 5, 6}},
                              {"fill", 100},
                              {"align", "top_left"}}},
        {"classes", QJsonArray{"worker", "cat", "vibrator"}},
        {"class_map", QJsonObject{{"worker", "person"}, {"vibrator", "vibrator"}}},
        {"default_threshold", QJsonObject{{"vibrator", 0.31}}},
        {"nms_iou", 0.5},
        {"licence", "MIT"},
        {"people_fit",
         QJsonObject{
             {"height", 120.5}, {"largest_width", 832}, {"largest_height", 640}, {"multiple", 64}}},
        {"reduced_precision", QJsonObject{{"keep_float32", QJsonArray{"last_weight"}}}},
        {"figures", QJsonObject{{"ignored", true}}}};
}

}  // namespace

class ModelManifestTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

    fs::path path(const char* name) const { return fs::path(m_dir.path().toStdString()) / name; }
    fs::path write(const QByteArray& text, const char* name = "test.json") const {
        std::ofstream(path(name), std::ios::binary) << text.toStdString();
        return path(name);
    }
    fs::path write(const QJsonObject& o) const { return write(QJsonDocument(o).toJson()); }

private Q_SLOTS:
    void everyFieldIsRead() {
        const auto m = loadManifest(write(goodManifest()));
        QVERIFY2(m.ok(), m.ok() ? "" : m.error().message().c_str());
        QCOMPARE(m->name, std::string("test"));
        QCOMPARE(m->version, std::string("3"));
        QCOMPARE(m->file, path("test.ts"));
        QCOMPARE(m->decoder, Decoder::YoloX);
        QCOMPARE(m->inputWidth, 416);
        QCOMPARE(m->inputHeight, 320);
        QCOMPARE(m->colour, ColourOrder::Rgb);
        QCOMPARE(m->mean, (std::array<float, 3>{1, 2, 3}));
        QCOMPARE(m->std, (std::array<float, 3>{4, 5, 6}));
        QCOMPARE(m->letterboxFill, 100.0f);
        QCOMPARE(m->align, LetterboxAlign::TopLeft);
        QCOMPARE(m->classMapping.size(), size_t{3});
        QVERIFY(m->classMapping[0] == ObjectClass::Person);
        QVERIFY(!m->classMapping[1]);
        QVERIFY(m->classMapping[2] == ObjectClass::Vibrator);
        QCOMPARE(m->defaultThreshold[0], 0.31f);
        QCOMPARE(m->nmsIou, 0.5f);
        QCOMPARE(m->licence, std::string("MIT"));
        QVERIFY(m->keepFloat32 == std::vector<std::string>{"last_weight"});
        QVERIFY(m->peopleFit.has_value());
        QCOMPARE(m->peopleFit->height, 120.5);
        QCOMPARE(m->peopleFit->largestWidth, 832);
        QCOMPARE(m->peopleFit->largestHeight, 640);
        QCOMPARE(m->peopleFit->multiple, 64);
    }

    void whatIsWrittenIsReadAgain() {
        const auto m = loadManifest(write(goodManifest()));
        QVERIFY(m.ok());
        QVERIFY(saveManifest(*m, path("copy.json")).ok());
        const auto again = loadManifest(path("copy.json"));
        QVERIFY2(again.ok(), again.ok() ? "" : again.error().message().c_str());
        QCOMPARE(manifestToJson(*again), manifestToJson(*m));
        QCOMPARE(again->defaultThreshold, m->defaultThreshold);
        fs::remove(path("copy.json"));
    }

    // Nobody has said that 16 bits are enough for it.
    void aManifestWithoutPrecisionStaysWithoutIt() {
        QJsonObject plain = goodManifest();
        plain.remove("reduced_precision");
        const auto m = loadManifest(write(plain));
        QVERIFY(m.ok());
        QVERIFY(!m->keepFloat32);
        QVERIFY(manifestToJson(*m).find("reduced_precision") == std::string::npos);
    }

    void wrongFieldsAreNamed_data() {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("schema") << "schema" << QJsonValue("other/1");
        QTest::newRow("no name") << "name" << QJsonValue(QJsonValue::Undefined);
        QTest::newRow("name type") << "name" << QJsonValue(5);
        QTest::newRow("decoder") << "decoder" << QJsonValue("yolo9000");
        QTest::newRow("no hash") << "sha256" << QJsonValue(QJsonValue::Undefined);
        QTest::newRow("file above") << "file" << QJsonValue("../test.ts");
        QTest::newRow("absolute file") << "file" << QJsonValue("/etc/passwd");
        QTest::newRow("input size")
            << "input" << QJsonValue(QJsonObject{{"width", 100}, {"height", 320}});
        QTest::newRow("huge input")
            << "input" << QJsonValue(QJsonObject{{"width", 320000}, {"height", 320}});
        QTest::newRow("no classes") << "classes" << QJsonValue(QJsonArray{});
        QTest::newRow("strange map") << "class_map" << QJsonValue(QJsonObject{{"worker", "dog"}});
        QTest::newRow("empty map") << "classes" << QJsonValue(QJsonArray{"cat"});
        QTest::newRow("reduced_precision") << "reduced_precision" << QJsonValue("bfloat16");
        QTest::newRow("threshold") << "default_threshold" << QJsonValue(QJsonObject{{"hoe", 1.5}});
        const auto fit = [](double height, int width, int multiple) {
            return QJsonValue(QJsonObject{{"height", height},
                                          {"largest_width", width},
                                          {"largest_height", 640},
                                          {"multiple", multiple}});
        };
        QTest::newRow("no people") << "people_fit" << fit(0, 832, 64);
        QTest::newRow("people below the input") << "people_fit" << fit(120, 384, 64);
        QTest::newRow("people off the grid") << "people_fit" << fit(120, 840, 64);
        QTest::newRow("people's grid") << "people_fit" << fit(120, 832, 0);
        QTest::newRow("people's type") << "people_fit" << QJsonValue(130);
        QTest::newRow("nms") << "nms_iou" << QJsonValue(0);
    }
    void wrongFieldsAreNamed() {
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        QJsonObject o = goodManifest();
        if (value.isUndefined()) {
            o.remove(field);
        } else {
            o[field] = value;
        }
        const auto m = loadManifest(write(o));
        QVERIFY(!m.ok());
        QCOMPARE(m.error().kind, ErrorKind::BadInput);
        QVERIFY2(QString::fromStdString(m.error().message()).contains('"' + field + '"'),
                 m.error().message().c_str());
    }

    void cvdNeedsItsThreeClasses() {
        QJsonObject o = goodManifest();
        o["decoder"] = "cvd";
        QVERIFY(!loadManifest(write(o)).ok());
        o["classes"] = QJsonArray{"vibrator", "hoe", "person"};
        o.remove("class_map");
        QVERIFY(loadManifest(write(o)).ok());
    }

    void whatIsNoManifestIsRefused() {
        QVERIFY(!loadManifest(path("absent.json")).ok());
        for (const char* text : {"", "no json", "[1, 2]", "{}", "null"}) {
            const auto m = loadManifest(write(QByteArray(text)));
            QVERIFY2(!m.ok(), text);
            QCOMPARE(m.error().kind, ErrorKind::BadInput);
        }
    }

    void aFolderMustHoldOneManifest() {
        write(goodManifest());
        const auto one = loadManifest(m_dir.path().toStdString());
        QVERIFY2(one.ok(), one.ok() ? "" : one.error().message().c_str());
        write("{}", "second.json");
        QVERIFY(!loadManifest(m_dir.path().toStdString()).ok());
        fs::remove(path("second.json"));
        fs::remove(path("test.json"));
        QVERIFY(!loadManifest(m_dir.path().toStdString()).ok());
    }

    void theHashIsChecked() {
        const auto m = loadManifest(write(goodManifest()));
        QVERIFY(m.ok());
        QVERIFY(!verifyModelFile(*m).ok());  // absent
        write("weights", "test.ts");
        QVERIFY(verifyModelFile(*m).ok());
        write("Weights", "test.ts");
        QCOMPARE(verifyModelFile(*m).error().kind, ErrorKind::BadInput);
        const auto detector = loadDetector(path("test.json"));
        QVERIFY(!detector.ok());
        QVERIFY(QString::fromStdString(detector.error().message()).contains("SHA-256"));
    }

    void theDefaultModelIsFoundAboveTheProgram() {
        const fs::path models = path("models");
        fs::create_directories(models);
        fs::create_directories(path("build/release/bin"));
        QVERIFY(!findDefaultModel(path("build/release/bin")).ok() ||
                findDefaultModel(path("build/release/bin"))->parent_path() != models);
        std::ofstream(models / "cvd-n.json") << "{}";
        const auto found = findDefaultModel(path("build/release/bin"));
        QVERIFY(found.ok());
        QCOMPARE(*found, models / "cvd-n.json");
        qputenv("CVD_MODEL", path("absent.json").c_str());
        QVERIFY(!findDefaultModel(path("build/release/bin")).ok());
        qunsetenv("CVD_MODEL");
    }
};

QTEST_GUILESS_MAIN(ModelManifestTest)
#include "tst_model_manifest.moc"
