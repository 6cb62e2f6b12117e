// Loading networks: good ones made on the spot, and every kind of wrong file.
#include <torch/script.h>

#include <filesystem>
#include <fstream>

#include <QTemporaryDir>
#include <QTest>

#include <opencv2/core.hpp>

#include "core/base/file_hash.h"
#include "core/inference/decoders.h"
#include "core/inference/detector.h"

using namespace cvd;
using namespace cvd::inference;
namespace fs = std::filesystem;

namespace {

// One poker cell in the middle whose heat follows the mean brightness of the picture.
constexpr const char* kGood = R"(
def forward(self, x):
    n = x.size(0)
    out = torch.full([n, 22, x.size(2) // 8, x.size(3) // 8], -9.0)
    for i in range(n):
        out[i, 0, 2, 4] = 8.0 * x[i].mean()
    out[:, 3:7] = 0.0
    out[:, 15:19] = 0.5
    return out
)";

}  // namespace

class DetectorTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

    fs::path script() const { return fs::path(m_dir.path().toStdString()) / "net.ts"; }

    // A network with this forward(), and a manifest of 64 x 32 with its hash.
    fs::path model(const char* forward, Decoder decoder = Decoder::Cvd) const {
        torch::jit::Module module("Net");
        module.define(forward);
        module.save(script().string());
        return manifest(decoder);
    }
    fs::path manifest(Decoder decoder = Decoder::Cvd) const {
        ModelManifest m;
        m.name = "net";
        m.version = "1";
        m.decoder = decoder;
        m.file = script();
        m.inputWidth = 64;
        m.inputHeight = 32;
        m.classes = {"vibrator", "hoe", "person"};
        m.classMapping = {ObjectClass::Vibrator, ObjectClass::Hoe, ObjectClass::Person};
        m.sha256 = sha256OfFile(script()).value();
        const fs::path file = script().parent_path() / "net.json";
        if (!saveManifest(m, file).ok()) {
            qFatal("The manifest cannot be written.");
        }
        return file;
    }
    static void expectRefused(const fs::path& manifestFile, const char* part) {
        const auto detector = loadDetector(manifestFile);
        QVERIFY(!detector.ok());
        QCOMPARE(detector.error().kind, ErrorKind::BadInput);
        QVERIFY2(QString::fromStdString(detector.error().message()).contains(part),
                 detector.error().message().c_str());
    }

private Q_SLOTS:
    void detectsInEveryFrameOfABatch() {
        DetectorOptions options;
        options.device = "cpu";
        auto detector = loadDetector(model(kGood), options);
        QVERIFY2(detector.ok(), detector.ok() ? "" : detector.error().message().c_str());
        QCOMPARE((*detector)->deviceName(), std::string("cpu"));
        const std::vector<cv::Mat> frames{cv::Mat(64, 128, CV_8UC3, cv::Scalar::all(255)),
                                          cv::Mat(320, 640, CV_8UC3, cv::Scalar::all(0)),
                                          cv::Mat(90, 160, CV_8UC3, cv::Scalar::all(128))};
        const auto found = (*detector)->detect(frames);
        QVERIFY2(found.ok(), found.ok() ? "" : found.error().message().c_str());
        QCOMPARE(found->size(), size_t{3});
        for (const auto& frame : *found) {
            QCOMPARE(frame.size(), size_t{1});
            QCOMPARE(frame[0].cls, ObjectClass::Vibrator);
            QVERIFY(frame[0].poker.has_value());
        }
        QVERIFY((*found)[0][0].score > (*found)[2][0].score);
        QVERIFY((*found)[2][0].score > (*found)[1][0].score);
        // Cell (4, 2) of 8 x 4: centre (36, 20) of 64 x 32; ten times that in the second frame.
        QCOMPARE((*found)[1][0].box.x + (*found)[1][0].box.w / 2, 360.0);
        QCOMPARE((*found)[1][0].poker->low.x, 399.5);
        QVERIFY((*detector)->lastTiming().forwardS > 0);
        QVERIFY((*detector)->detect({}).value().empty());
    }

    void anotherInputSizeIsTakenWhereTheManifestSaysSo() {
        ModelManifest m = loadManifest(model(kGood)).value();
        const std::vector<cv::Mat> frames(2, cv::Mat(64, 128, CV_8UC3, cv::Scalar::all(255)));
        for (const bool fits : {false, true}) {
            if (fits) {
                m.peopleFit = PeopleFit{100, 128, 64, 32};
            }
            QVERIFY(saveManifest(m, m.manifestFile).ok());
            auto detector = loadDetector(m.manifestFile);
            QVERIFY2(detector.ok(), detector.ok() ? "" : detector.error().message().c_str());
            const Status taken = (*detector)->setInputSize(128, 64);
            QCOMPARE(taken.ok(), fits);
            QCOMPARE((*detector)->manifest().inputWidth, fits ? 128 : 64);
            const auto found = (*detector)->detect(frames);
            QVERIFY(found.ok());
            QCOMPARE(found->size(), size_t{2});
            // Cell (4, 2) has its centre at (36, 20) of either input: in the picture twice that, or
            // just there.
            const BoxPx& box = found->at(1).at(0).box;
            QCOMPARE(box.x + box.w / 2, fits ? 36.0 : 72.0);
        }
    }

    void anInputSizeThatTheNetworkCannotTakeLeavesItAsItWas() {
        ModelManifest m = loadManifest(model(R"(
def forward(self, x):
    return torch.full([x.size(0), 22, 4, 8], -9.0)
)"))
                              .value();
        m.peopleFit = PeopleFit{100, 128, 64, 32};
        QVERIFY(saveManifest(m, m.manifestFile).ok());
        auto detector = loadDetector(m.manifestFile);
        QVERIFY(detector.ok());
        const Status taken = (*detector)->setInputSize(128, 64);
        QVERIFY(!taken.ok());
        QCOMPARE(taken.error().kind, ErrorKind::BadInput);
        QCOMPARE((*detector)->manifest().inputWidth, 64);
        const cv::Mat frame(64, 128, CV_8UC3, cv::Scalar::all(0));
        QVERIFY((*detector)->detect({&frame, 1}).ok());
    }

    void anotherBatchSizeWorksAfterwards() {
        auto detector = loadDetector(model(kGood));
        QVERIFY(detector.ok());
        const std::vector<cv::Mat> frames(4, cv::Mat(64, 128, CV_8UC3, cv::Scalar::all(200)));
        for (size_t count : {4u, 1u, 3u}) {
            const auto found = (*detector)->detect({frames.data(), count});
            QVERIFY(found.ok());
            QCOMPARE(found->size(), count);
        }
    }

    void framesOfAnotherKindAreRefused() {
        auto detector = loadDetector(model(kGood));
        QVERIFY(detector.ok());
        for (const cv::Mat& bad : {cv::Mat(), cv::Mat(9, 9, CV_8U, cv::Scalar(0)),
                                   cv::Mat(9, 9, CV_32FC3, cv::Scalar::all(0))}) {
            const auto found = (*detector)->detect({&bad, 1});
            QVERIFY(!found.ok());
            QCOMPARE(found.error().kind, ErrorKind::BadInput);
        }
        const cv::Mat good(9, 9, CV_8UC3, cv::Scalar::all(0));
        QVERIFY((*detector)->detect({&good, 1}).ok());
    }

    void aFileThatIsNoNetworkIsRefused() {
        std::ofstream(script()) << "This is no network.";
        expectRefused(manifest(), "TorchScript");
        std::ofstream(script(), std::ios::trunc) << "";
        expectRefused(manifest(), "TorchScript");
        model(kGood);
        fs::resize_file(script(), fs::file_size(script()) / 2);
        expectRefused(manifest(), "TorchScript");
    }

    void aKeptWeightThatIsNotThereIsRefused() {
        ModelManifest m = loadManifest(model(kGood)).value();
        m.keepFloat32 = {"last_weight"};
        QVERIFY(saveManifest(m, m.manifestFile).ok());
        expectRefused(m.manifestFile, "last_weight");
    }

    void aChangedFileIsRefused() {
        const fs::path file = model(kGood);
        std::ofstream(script(), std::ios::app) << "x";
        expectRefused(file, "SHA-256");
    }

    void aHashInCapitalsIsTheSame() {
        const fs::path file = model(kGood);
        ModelManifest m = loadManifest(file).value();
        std::transform(m.sha256.begin(), m.sha256.end(), m.sha256.begin(),
                       [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
        QVERIFY(saveManifest(m, file).ok());
        QVERIFY(loadDetector(file).ok());
    }

    void wrongOutputsAreRefused_data() {
        QTest::addColumn<QString>("forward");
        QTest::addColumn<QString>("part");
        QTest::newRow("channels")
            << "def forward(self, x):\n    return torch.zeros([x.size(0), 21, 4, 8])\n"
            << "1x21x4x8";
        QTest::newRow("rank") << "def forward(self, x):\n    return torch.zeros([22, 4, 8])\n"
                              << "22x4x8";
        QTest::newRow("integers")
            << "def forward(self, x):\n    return torch.zeros([1, 22, 4, 8], dtype=3)\n"
            << "type";
        QTest::newRow("no tensor") << "def forward(self, x):\n    return 5\n"
                                   << "Int";
        QTest::newRow("not a number")
            << "def forward(self, x):\n    return torch.zeros([x.size(0), 22, 4, 8]) / 0.0\n"
            << "not numbers";
        QTest::newRow("not a number on pictures")
            << "def forward(self, x):\n"
               "    bad = float(x.std() > 0.02)\n"
               "    return torch.zeros([x.size(0), 22, 4, 8]) / (1.0 - bad)\n"
            << "not numbers";
        QTest::newRow("throws") << "def forward(self, x):\n    return x.reshape([7])\n"
                                << "cannot process";
        QTest::newRow("two inputs") << "def forward(self, x, y):\n    return x + y\n"
                                    << "cannot process";
    }
    void wrongOutputsAreRefused() {
        QFETCH(QString, forward);
        QFETCH(QString, part);
        expectRefused(model(forward.toUtf8().constData()), part.toUtf8().constData());
    }

    // What is no number would count as nothing found.
    void notANumberInARunIsAnError() {
        auto detector = loadDetector(model(
            "def forward(self, x):\n"
            "    bad = float(x.mean() > 0.9)\n"
            "    return (torch.zeros([x.size(0), 22, 4, 8]) - 9) * (1.0 - bad) / (1.0 - bad)\n"));
        QVERIFY2(detector.ok(), detector.ok() ? "" : detector.error().message().c_str());
        const cv::Mat dark(32, 64, CV_8UC3, cv::Scalar::all(9));
        QVERIFY((*detector)->detect({&dark, 1}).ok());
        const cv::Mat bright(32, 64, CV_8UC3, cv::Scalar::all(255));
        const auto found = (*detector)->detect({&bright, 1});
        QVERIFY(!found.ok());
        QCOMPARE(found.error().kind, ErrorKind::BadInput);
    }

    void aNetworkWithoutForwardIsRefused() {
        torch::jit::Module module("Net");
        module.define("def backward(self, x):\n    return x\n");
        module.save(script().string());
        expectRefused(manifest(), "no forward method");
    }

    void tuplesOfOtherExportersAreUnderstood() {
        const fs::path file =
            model("def forward(self, x):\n    return torch.zeros([x.size(0), 7, 42]), x\n",
                  Decoder::YoloV8);
        auto detector = loadDetector(file);
        QVERIFY2(detector.ok(), detector.ok() ? "" : detector.error().message().c_str());
        const cv::Mat frame(9, 9, CV_8UC3, cv::Scalar::all(0));
        QVERIFY((*detector)->detect({&frame, 1}).value().front().empty());
    }

    void unknownDevicesAreRefused() {
        const fs::path file = model(kGood);
        DetectorOptions options;
        for (const char* name : {"gpu", "", "cuda:", "cuda:x", "cuda:-1", "cuda:12345678"}) {
            options.device = name;
            const auto detector = loadDetector(file, options);
            QVERIFY2(!detector.ok(), name);
            QCOMPARE(detector.error().kind, ErrorKind::Usage);
        }
        options.device = "cuda:99";
        const auto detector = loadDetector(file, options);
        QVERIFY(!detector.ok());
        QCOMPARE(detector.error().kind, ErrorKind::Environment);
    }
};

QTEST_GUILESS_MAIN(DetectorTest)
#include "tst_detector.moc"
