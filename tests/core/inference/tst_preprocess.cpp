// The way into the network's input and back.
#include <cmath>
#include <vector>

#include <QTest>

#include <opencv2/core.hpp>

#include "core/inference/preprocess.h"

using namespace cvd;
using namespace cvd::inference;

namespace {

ModelManifest manifest(int width, int height) {
    ModelManifest m;
    m.inputWidth = width;
    m.inputHeight = height;
    return m;
}

float at(const std::vector<float>& input, const ModelManifest& m, int channel, int y, int x) {
    return input[(static_cast<size_t>(channel) * m.inputHeight + y) * m.inputWidth + x];
}

std::vector<float> filled(const cv::Mat& bgr, const ModelManifest& m) {
    std::vector<float> input(static_cast<size_t>(3) * m.inputWidth * m.inputHeight, -99);
    cv::Mat scratch;
    fillInput(bgr, letterboxFor(bgr.cols, bgr.rows, m), m, input.data(), scratch);
    return input;
}

}  // namespace

class PreprocessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pointsComeBack_data() {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<bool>("topLeft");
        QTest::addColumn<bool>("stretch");
        QTest::newRow("16:9") << 1280 << 720 << false << false;
        QTest::newRow("upright") << 360 << 640 << false << false;
        QTest::newRow("odd") << 777 << 333 << true << false;
        QTest::newRow("stretched") << 500 << 500 << false << true;
        QTest::newRow("tiny") << 3 << 700 << false << false;
    }
    void pointsComeBack() {
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(bool, topLeft);
        QFETCH(bool, stretch);
        const auto align = topLeft ? LetterboxAlign::TopLeft : LetterboxAlign::Centre;
        const Letterbox box = letterboxFor(width, height, 640, 384, align, stretch);
        for (const PointPx p :
             {PointPx{0, 0}, PointPx{width - 1.0, height - 1.0}, PointPx{1.25, 2.5}}) {
            const PointPx in = box.toInput(p);
            QVERIFY(in.x >= 0 && in.x <= 640 && in.y >= 0 && in.y <= 384);
            const PointPx back = box.toFull(in.x, in.y);
            QVERIFY(std::abs(back.x - p.x) < 1e-9 && std::abs(back.y - p.y) < 1e-9);
        }
        const PointPx a = box.toInput({-0.5, -0.5}), b = box.toInput({width - 0.5, height - 0.5});
        QCOMPARE(a.x, static_cast<double>(box.innerX));
        QCOMPARE(a.y, static_cast<double>(box.innerY));
        QVERIFY(std::abs(b.x - box.innerX - box.innerWidth) < 1e-9);
        const BoxPx whole = box.boxToFull(-50, -50, 9999, 9999);
        QCOMPARE(whole, (BoxPx{0, 0, double(width), double(height)}));
    }

    void aspectRatioIsKept() {
        const Letterbox box = letterboxFor(1280, 720, 640, 384, LetterboxAlign::Centre, false);
        QCOMPARE(box.innerWidth, 640);
        QCOMPARE(box.innerHeight, 360);
        QCOMPARE(box.innerY, 12);
        QCOMPARE(letterboxFor(1280, 720, 640, 384, LetterboxAlign::TopLeft, false).innerY, 0);
    }

    void channelsBorderAndScale() {
        ModelManifest m = manifest(64, 64);
        const cv::Mat bgr(32, 64, CV_8UC3, cv::Scalar(10, 20, 30));
        auto input = filled(bgr, m);
        QCOMPARE(at(input, m, 0, 32, 5), 10 / 255.0f);
        QCOMPARE(at(input, m, 1, 32, 5), 20 / 255.0f);
        QCOMPARE(at(input, m, 2, 32, 5), 30 / 255.0f);
        QVERIFY(std::abs(at(input, m, 0, 0, 0) - 114 / 255.0f) < 1e-6f);
        QVERIFY(std::abs(at(input, m, 2, 63, 63) - 114 / 255.0f) < 1e-6f);

        m.colour = ColourOrder::Rgb;
        m.mean = {30, 20, 10};
        m.std = {1, 2, 4};
        m.letterboxFill = 50;
        input = filled(bgr, m);
        QCOMPARE(at(input, m, 0, 32, 5), 0.0f);
        QCOMPARE(at(input, m, 2, 32, 5), 0.0f);
        QCOMPARE(at(input, m, 0, 0, 0), 20.0f);
        QCOMPARE(at(input, m, 1, 0, 0), 15.0f);
        QCOMPARE(at(input, m, 2, 0, 0), 10.0f);
    }

    // A bright dot must arrive where toInput() says.
    void picturesAndPointsAgree() {
        const ModelManifest m = manifest(64, 64);
        cv::Mat bgr(128, 256, CV_8UC3, cv::Scalar::all(0));
        bgr(cv::Rect(100, 40, 4, 4)).setTo(cv::Scalar::all(255));
        const auto input = filled(bgr, m);
        const PointPx p = letterboxFor(256, 128, m).toInput({101.5, 41.5});  // centre of the dot
        QCOMPARE(at(input, m, 1, static_cast<int>(p.y), static_cast<int>(p.x)), 1.0f);
        QCOMPARE(at(input, m, 1, static_cast<int>(p.y), static_cast<int>(p.x) + 2), 0.0f);
    }

    void everyValueIsWritten() {
        for (const cv::Size size : {cv::Size(1, 1), cv::Size(1000, 3), cv::Size(3, 1000)}) {
            const ModelManifest m = manifest(96, 64);
            const auto input = filled(cv::Mat(size, CV_8UC3, cv::Scalar::all(1)), m);
            for (float v : input) {
                QVERIFY(v >= 0 && v <= 1);
            }
        }
    }
};

QTEST_GUILESS_MAIN(PreprocessTest)
#include "tst_preprocess.moc"
