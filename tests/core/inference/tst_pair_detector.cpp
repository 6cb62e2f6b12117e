// Two-stage models and the inspection of files, with small networks made on the spot.
#include <torch/script.h>

#include <filesystem>
#include <fstream>

#include <QTemporaryDir>
#include <QTest>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/file_hash.h"
#include "core/inference/detector.h"
#include "core/inference/inspect_model.h"
#include "core/inference/mask_points.h"

using namespace cvd;
using namespace cvd::inference;
namespace fs = std::filesystem;

namespace {

// YOLOX for 64 x 64: 64 + 16 + 4 anchors, 3 classes. One bar of 32 x 48 whose middle is (32, 32).
constexpr const char* kBoxes = R"(
def forward(self, x):
    out = torch.zeros([x.size(0), 84, 8])
    out[:, 82, 0] = 1.0
    out[:, 82, 1] = 0.0
    out[:, 82, 2] = 0.0
    out[:, 82, 3] = 0.405465
    out[:, 82, 4] = 0.9
    out[:, 82, 5] = 1.0
    return out
)";

// What is bright in the crop is the bar.
constexpr const char* kBrightMask = R"(
def forward(self, x):
    return (x.mean([1], True) > 0.5).float()
)";

// The same as YOLACT says it: one prior over the whole crop, prototypes of a quarter of the size.
constexpr const char* kYolact = R"(
def forward(self, x):
    grey = torch.avg_pool2d(x.mean([1], True), [4, 4])
    proto = ((grey > 0.5).float() * 20.0 - 10.0).permute(0, 2, 3, 1)
    loc = torch.zeros([1, 2, 4])
    conf = torch.zeros([1, 2, 2])
    conf[0, 1, 1] = 0.8
    priors = torch.zeros([2, 4])
    priors[:, 0] = 0.5
    priors[:, 1] = 0.5
    priors[1, 2] = 1.0
    priors[1, 3] = 1.0
    return {"loc": loc, "conf": conf, "mask": torch.ones([1, 2, 1]), "priors": priors, "proto": proto}
)";

// A tilted bright bar on dark ground, 160 x 160; the ends of its axis.
struct Picture {
    cv::Mat frame{160, 160, CV_8UC3, cv::Scalar::all(10)};
    cv::Point2f low{70, 120}, top{90, 50};
    Picture() {
        const cv::Point2f axis = low - top;
        const float length = float(cv::norm(axis));
        const cv::Point2f side = cv::Point2f(-axis.y, axis.x) * (5.0f / length);
        const std::vector<cv::Point> corners{low + side, low - side, top - side, top + side};
        cv::fillConvexPoly(frame, corners, cv::Scalar::all(250));
    }
};

double distance(PointPx a, cv::Point2f b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

}  // namespace

class PairDetectorTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

    fs::path file(const char* name) const { return fs::path(m_dir.path().toStdString()) / name; }
    fs::path save(const char* name, const char* forward) const {
        torch::jit::Module module("Net");
        module.define(forward);
        module.save(file(name).string());
        return file(name);
    }
    ModelManifest pairManifest(MaskForm form, const char* mask) const {
        ModelManifest m;
        m.name = "original-pair";
        m.version = "1";
        m.decoder = Decoder::Pair;
        m.file = save("boxes.ts", kBoxes);
        m.sha256 = sha256OfFile(m.file).value();
        m.inputWidth = m.inputHeight = 64;
        m.std = {1, 1, 1};
        m.align = LetterboxAlign::TopLeft;
        m.classes = {"vibrate_bar", "hoe", "person"};
        m.classMapping = {ObjectClass::Vibrator, ObjectClass::Hoe, ObjectClass::Person};
        MaskStage stage;
        stage.file = save("mask.ts", mask);
        stage.sha256 = sha256OfFile(stage.file).value();
        stage.form = form;
        stage.inputWidth = stage.inputHeight = 88;
        m.maskStage = stage;
        m.figures = {{"AP50", "0.5"}, {"note", "measured elsewhere"}};
        return m;
    }
    fs::path pair(MaskForm form, const char* mask) const {
        const fs::path manifest = file("pair.json");
        if (!saveManifest(pairManifest(form, mask), manifest).ok()) {
            qFatal("The manifest cannot be written.");
        }
        return manifest;
    }
    static void expectBarFound(const fs::path& manifest) {
        auto detector = loadDetector(manifest);
        QVERIFY2(detector.ok(), detector.ok() ? "" : detector.error().message().c_str());
        const Picture picture;
        const std::vector<cv::Mat> frames{picture.frame, cv::Mat(160, 160, CV_8UC3, cv::Scalar())};
        const auto found = (*detector)->detect(frames);
        QVERIFY2(found.ok(), found.ok() ? "" : found.error().message().c_str());
        QCOMPARE(found->size(), size_t{2});
        QCOMPARE(found->at(0).size(), size_t{1});
        const Detection& bar = found->at(0)[0];
        QCOMPARE(bar.cls, ObjectClass::Vibrator);
        // (32, 32) +- (16, 24) of 64, on 160: x 40..120, y 20..140.
        QVERIFY(std::abs(bar.box.x - 40) < 0.5 && std::abs(bar.box.y - 20) < 0.5);
        QVERIFY(bar.poker.has_value());
        QVERIFY2(distance(bar.poker->low, picture.low) < 3,
                 qPrintable(QStringLiteral("%1, %2").arg(bar.poker->low.x).arg(bar.poker->low.y)));
        QVERIFY(distance(bar.poker->top, picture.top) < 3);
        QVERIFY(bar.poker->lowScore > 0.5 && bar.poker->immersedScore < 0);
        // Nothing bright in the second frame: the box stays, without points.
        QCOMPARE(found->at(1).size(), size_t{1});
        QVERIFY(!found->at(1)[0].poker.has_value());
        QVERIFY((*detector)->lastTiming().forwardS > 0);
    }

private Q_SLOTS:
    void theMaskGivesThePoints() { expectBarFound(pair(MaskForm::Mask, kBrightMask)); }
    void yolactGivesThePoints() { expectBarFound(pair(MaskForm::Yolact, kYolact)); }

    void weakBoxesKeepNoPoints() {
        ModelManifest m = pairManifest(MaskForm::Mask, kBrightMask);
        m.maskStage->boxScore = 0.95f;
        QVERIFY(saveManifest(m, file("pair.json")).ok());
        auto detector = loadDetector(file("pair.json"));
        QVERIFY(detector.ok());
        const Picture picture;
        const auto found = (*detector)->detect({&picture.frame, 1});
        QVERIFY(found.ok());
        QCOMPARE(found->front().size(), size_t{1});
        QVERIFY(!found->front()[0].poker.has_value());
    }

    void theManifestSurvivesARoundTrip() {
        const ModelManifest written = pairManifest(MaskForm::Yolact, kYolact);
        QVERIFY(saveManifest(written, file("pair.json")).ok());
        const auto read = loadManifest(file("pair.json"));
        QVERIFY2(read.ok(), read.ok() ? "" : read.error().message().c_str());
        QCOMPARE(manifestToJson(*read), manifestToJson(written));
        QCOMPARE(read->maskStage->inputWidth, 88);
        QCOMPARE(read->figures.size(), size_t{2});
        QCOMPARE(modelFiles(*read).size(), size_t{2});
    }

    void aChangedSecondNetworkIsRefused() {
        const fs::path manifest = pair(MaskForm::Mask, kBrightMask);
        std::ofstream(file("mask.ts"), std::ios::app) << "x";
        const auto detector = loadDetector(manifest);
        QVERIFY(!detector.ok());
        QVERIFY(detector.error().message().find("SHA-256") != std::string::npos);
    }

    void wrongSecondNetworksAreRefused_data() {
        QTest::addColumn<QString>("forward");
        QTest::addColumn<bool>("yolact");
        QTest::newRow("no mask") << "def forward(self, x):\n    return 5\n" << false;
        QTest::newRow("three dimensions")
            << "def forward(self, x):\n    return torch.zeros([3, 4, 5])\n"
            << false;
        QTest::newRow("throws") << "def forward(self, x):\n    return x.reshape([7])\n" << false;
        QTest::newRow("not numbers")
            << "def forward(self, x):\n    return torch.zeros([1, 1, 9, 9]) / 0.0\n"
            << false;
        QTest::newRow("another shape")
            << "def forward(self, x):\n    return torch.zeros([1, 1, 84, 8])\n"
            << false;
        QTest::newRow("too few") << "def forward(self, x):\n    return (x, x)\n" << true;
        QTest::newRow("shapes")
            << "def forward(self, x):\n    z = torch.zeros([1, 3, 4])\n    return (z, z, z, z, x)\n"
            << true;
    }
    void wrongSecondNetworksAreRefused() {
        QFETCH(QString, forward);
        QFETCH(bool, yolact);
        const auto detector = loadDetector(
            pair(yolact ? MaskForm::Yolact : MaskForm::Mask, forward.toUtf8().constData()));
        QVERIFY(!detector.ok());
        QCOMPARE(detector.error().kind, ErrorKind::BadInput);
    }

    void brokenPairManifestsAreRefused_data() {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::newRow("no stage") << "\"mask_stage\""
                                  << "\"other\"";
        QTest::newRow("form") << "\"form\": \"mask\""
                              << "\"form\": \"outline\"";
        QTest::newRow("first") << "\"first_decoder\": \"yolox\""
                               << "\"first_decoder\": \"cvd\"";
        QTest::newRow("boxes") << "\"max_boxes\": 4"
                               << "\"max_boxes\": 0";
        QTest::newRow("type") << "\"max_boxes\": 4"
                              << "\"max_boxes\": \"four\"";
        QTest::newRow("threshold") << "\"threshold\": 0.5"
                                   << "\"threshold\": 5";
        QTest::newRow("outside") << "mask.ts"
                                 << "../mask.ts";
        QTest::newRow("size") << "\"width\": 88"
                              << "\"width\": 88000";
    }
    void brokenPairManifestsAreRefused() {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QString text =
            QString::fromStdString(manifestToJson(pairManifest(MaskForm::Mask, kBrightMask)));
        QVERIFY(text.contains(from));
        text.replace(from, to);
        std::ofstream(file("broken.json")) << text.toStdString();
        const auto read = loadManifest(file("broken.json"));
        QVERIFY(!read.ok());
        QCOMPARE(read.error().kind, ErrorKind::BadInput);
    }

    void theLowerShortEdgeIsTheLowPoint() {
        cv::Mat mask = cv::Mat::zeros(100, 100, CV_32F);
        mask(cv::Rect(40, 10, 9, 71)).setTo(1);
        mask(cv::Rect(5, 5, 6, 6)).setTo(1);  // a smaller part does not count
        const Letterbox box = letterboxFor(100, 100, 100, 100, LetterboxAlign::Centre, true);
        const auto points = pointsOfMask(mask, box, {1000, 2000}, 100, 100, 0.5f);
        QVERIFY(points.has_value());
        QVERIFY(distance(points->low, {1044, 2080}) < 0.6);
        QVERIFY(distance(points->top, {1044, 2010}) < 0.6);
        QCOMPARE(points->lowScore, 1.0f);
        QVERIFY(!pointsOfMask(cv::Mat::zeros(9, 9, CV_32F), box, {}, 100, 100, 0.5f).has_value());
        QVERIFY(!pointsOfMask(cv::Mat(), box, {}, 100, 100, 0.5f).has_value());
        // A single pixel is a degenerate rectangle, and no reason to fall over.
        cv::Mat dot = cv::Mat::zeros(100, 100, CV_32F);
        dot.at<float>(50, 50) = 1;
        QVERIFY(pointsOfMask(dot, box, {}, 100, 100, 0.5f).has_value());
    }

    void inspectionGuessesTheDecoder_data() {
        QTest::addColumn<QString>("forward");
        QTest::addColumn<QString>("decoder");
        QTest::addColumn<int>("classes");
        QTest::newRow("cvd")
            << "def forward(self, x):\n    return torch.zeros([1, 22, x.size(2) // 8, x.size(3) // "
               "8])\n"
            << "cvd" << 3;
        QTest::newRow("yolox, only 416")
            << "def forward(self, x):\n    y = x.reshape([1, 3, 416, 416])\n    return "
               "torch.zeros([1, 3549, 85])\n"
            << "yolox" << 80;
        QTest::newRow("yolov8 in a tuple")
            << "def forward(self, x):\n    return (torch.zeros([1, 7, 8400]), x)\n"
            << "yolov8" << 3;
        QTest::newRow("classifier") << "def forward(self, x):\n    return torch.zeros([1, 1000])\n"
                                    << "" << 0;
    }
    void inspectionGuessesTheDecoder() {
        QFETCH(QString, forward);
        QFETCH(QString, decoder);
        QFETCH(int, classes);
        const auto found =
            inspectNetwork(save("any.ts", forward.toUtf8().constData()), std::nullopt);
        QVERIFY2(found.ok(), found.ok() ? "" : found.error().message().c_str());
        QCOMPARE(found->inputs.size(), size_t{1});
        QCOMPARE(found->decoder.has_value(), !decoder.isEmpty());
        QCOMPARE(found->classes, classes);
        const auto manifest = manifestFromFindings(*found, file("any.ts"), "any", {});
        QCOMPARE(manifest.ok(), !decoder.isEmpty());
        if (manifest.ok()) {
            QCOMPARE(std::string(decoderName(manifest->decoder)), decoder.toStdString());
            QCOMPARE(int(manifest->classes.size()), classes);
        } else {
            QVERIFY(manifest.error().message().find("1x1000") != std::string::npos);
        }
    }

    void inspectionRefusesWhatCannotRun() {
        for (const char* forward : {"def forward(self, x):\n    return x.reshape([7])\n",
                                    "def forward(self, x, y):\n    return x + y\n"}) {
            const auto found = inspectNetwork(save("bad.ts", forward), std::nullopt);
            QVERIFY(!found.ok());
            QCOMPARE(found.error().kind, ErrorKind::BadInput);
        }
        std::ofstream(file("text.ts")) << "no network";
        QVERIFY(!inspectNetwork(file("text.ts"), std::nullopt).ok());
    }

    void unknownClassesMustBeNamed() {
        ModelFindings found;
        found.decoder = Decoder::YoloV8;
        found.classes = 2;
        found.inputWidth = found.inputHeight = 640;
        QVERIFY(!manifestFromFindings(found, "x.ts", "x", {}).ok());
        QVERIFY(!manifestFromFindings(found, "x.ts", "x", {"person"}).ok());
        QVERIFY(!manifestFromFindings(found, "x.ts", "x", {"car", "dog"}).ok());
        const auto named = manifestFromFindings(found, "x.ts", "x", {"vibrate_bar", "dog"});
        QVERIFY(named.ok());
        QCOMPARE(*named->classMapping[0], ObjectClass::Vibrator);
        QVERIFY(!named->classMapping[1].has_value());
    }
};

QTEST_GUILESS_MAIN(PairDetectorTest)
#include "tst_pair_detector.moc"
