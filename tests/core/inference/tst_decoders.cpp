// Decoders on outputs written by hand.
#include <cmath>
#include <limits>

#include <QTest>

#include "core/inference/decoders.h"

using namespace cvd;
using namespace cvd::inference;

namespace {

ModelManifest manifestFor(Decoder decoder, int width = 64, int height = 32) {
    ModelManifest m;
    m.decoder = decoder;
    m.inputWidth = width;
    m.inputHeight = height;
    m.classes = {"vibrator", "hoe", "person"};
    m.classMapping = {ObjectClass::Vibrator, ObjectClass::Hoe, ObjectClass::Person};
    return m;
}

float logit(double p) {
    return static_cast<float>(std::log(p / (1 - p)));
}

// An output of the shape that the manifest promises, all `fill`.
struct Output {
    std::vector<std::int64_t> shape;
    std::vector<float> values;
    Output(const ModelManifest& m, float fill) : shape(expectedShape(m)) {
        values.assign(static_cast<size_t>(view().size()), fill);
    }
    TensorView view() const { return {values.data(), shape}; }
    float& at(std::int64_t c, std::int64_t y, std::int64_t x) {
        return values[static_cast<size_t>((c * shape[1] + y) * shape[2] + x)];
    }
    float& at(std::int64_t row, std::int64_t column) {
        return values[static_cast<size_t>(row * shape[1] + column)];
    }
};

// Full size twice the input, so that every coordinate must be scaled.
Letterbox doubleSize(const ModelManifest& m) {
    return letterboxFor(2 * m.inputWidth, 2 * m.inputHeight, m);
}

bool near(double a, double b, double tolerance = 1e-3) {
    return std::abs(a - b) <= tolerance;
}

void putBox(Output& o, int cls, int y, int x, double dx, double dy, double w, double h) {
    const int c = CvdLayout::kBox + 4 * cls;
    o.at(c, y, x) = static_cast<float>(dx);
    o.at(c + 1, y, x) = static_cast<float>(dy);
    o.at(c + 2, y, x) = static_cast<float>(std::log(w));
    o.at(c + 3, y, x) = static_cast<float>(std::log(h));
}

}  // namespace

class DecodersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cvdFindsAPokerWithItsPoints() {
        const ModelManifest m = manifestFor(Decoder::Cvd);
        Output o(m, -10);
        o.at(CvdLayout::kHeat, 1, 3) = logit(0.8);
        putBox(o, 0, 1, 3, 0.25, -0.5, 1.5, 2);
        const double points[4] = {0.5, 1, -0.25, -1};
        for (int i = 0; i < 4; ++i) {
            o.at(CvdLayout::kPoints + i, 1, 3) = static_cast<float>(points[i]);
        }
        o.at(CvdLayout::kPointScore, 1, 3) = logit(0.9);
        o.at(CvdLayout::kPointScore + 1, 1, 3) = logit(0.6);
        o.at(CvdLayout::kImmersed, 1, 3) = logit(0.7);
        const auto found = decode(o.view(), doubleSize(m), m, {});
        QCOMPARE(found.size(), size_t{1});
        const Detection& d = found.front();
        QCOMPARE(d.cls, ObjectClass::Vibrator);
        QVERIFY(near(d.score, 0.8));
        // Centre ((3.5 + 0.25) * 8, (1.5 - 0.5) * 8) = (30, 8), size 12 x 16; times 2.
        QVERIFY(near(d.box.x, 48) && near(d.box.y, 0) && near(d.box.w, 24) && near(d.box.h, 32));
        QVERIFY(d.poker.has_value());
        // Low at (32, 20) of the input from its edge: 64 - 0.5, 40 - 0.5 from pixel centres.
        QVERIFY(near(d.poker->low.x, 63.5) && near(d.poker->low.y, 39.5));
        QVERIFY(near(d.poker->top.x, 51.5) && near(d.poker->top.y, 7.5));
        QVERIFY(near(d.poker->lowScore, 0.9) && near(d.poker->topScore, 0.6));
        QVERIFY(near(d.poker->immersedScore, 0.7));
    }

    void cvdKeepsOnlyPeaks() {
        const ModelManifest m = manifestFor(Decoder::Cvd);
        Output o(m, -10);
        for (int x = 2; x <= 4; ++x) {
            o.at(CvdLayout::kHeat + 2, 2, x) = logit(x == 3 ? 0.9 : 0.6);
            putBox(o, 2, 2, x, 0, 0, 1, 1);
        }
        o.at(CvdLayout::kHeat + 1, 0, 7) = logit(0.3);
        putBox(o, 1, 0, 7, 0, 0, 1, 1);
        const auto found = decodeCvd(o.view(), doubleSize(m), m, {});
        QCOMPARE(found.size(), size_t{2});
        QCOMPARE(found[0].cls, ObjectClass::Person);
        QVERIFY(!found[0].poker);
        QCOMPARE(found[1].cls, ObjectClass::Hoe);
    }

    void cvdCountsAFlatPeakOnce() {
        const ModelManifest m = manifestFor(Decoder::Cvd);
        Output o(m, -10);
        for (int x = 2; x <= 3; ++x) {
            o.at(CvdLayout::kHeat, 2, x) = 2;
            putBox(o, 0, 2, x, 0, 0, 1, 1);
        }
        QCOMPARE(decodeCvd(o.view(), doubleSize(m), m, {}).size(), size_t{1});
    }

    void cvdKeepsLowScoresDownToTheMinimum() {
        const ModelManifest m = manifestFor(Decoder::Cvd);
        Output o(m, -10);
        o.at(CvdLayout::kHeat, 0, 0) = logit(0.06);
        o.at(CvdLayout::kHeat, 3, 6) = logit(0.04);
        putBox(o, 0, 0, 0, 0, 0, 1, 1);
        putBox(o, 0, 3, 6, 0, 0, 1, 1);
        QCOMPARE(decodeCvd(o.view(), doubleSize(m), m, {}).size(), size_t{1});
        DecodeOptions lower;
        lower.minScore = 0.01f;
        QCOMPARE(decodeCvd(o.view(), doubleSize(m), m, lower).size(), size_t{2});
    }

    void numbersThatAreNoneAreDropped() {
        const ModelManifest m = manifestFor(Decoder::Cvd);
        Output o(m, -10);
        o.at(CvdLayout::kHeat, 1, 1) = 3;
        putBox(o, 0, 1, 1, 0, 0, 1, 1);
        o.at(CvdLayout::kPoints, 1, 1) = std::numeric_limits<float>::quiet_NaN();
        o.at(CvdLayout::kHeat + 1, 1, 5) = std::numeric_limits<float>::quiet_NaN();
        o.at(CvdLayout::kHeat + 2, 1, 5) = 3;
        o.at(CvdLayout::kBox + 8, 1, 5) = std::numeric_limits<float>::infinity();
        QCOMPARE(decodeCvd(o.view(), doubleSize(m), m, {}).size(), size_t{0});
    }

    void yoloxAddsGridAndStride() {
        const ModelManifest m = manifestFor(Decoder::YoloX);
        Output o(m, 0);
        // 8x4 cells of stride 8, then 4x2 of stride 16: cell (2, 1) of stride 16.
        const int row = 8 * 4 + 1 * 4 + 2;
        const float cell[5] = {0.5f, 0.25f, std::log(1.5f), std::log(0.5f), 0.9f};
        std::copy(cell, cell + 5, &o.at(row, 0));
        o.at(row, 5 + 2) = 0.5f;
        const auto found = decode(o.view(), doubleSize(m), m, {});
        QCOMPARE(found.size(), size_t{1});
        QCOMPARE(found[0].cls, ObjectClass::Person);
        QVERIFY(near(found[0].score, 0.45));
        // Centre (40, 20), size 24 x 8 in the input.
        QVERIFY(near(found[0].box.x, 56) && near(found[0].box.y, 32));
        QVERIFY(near(found[0].box.w, 48) && near(found[0].box.h, 16));
    }

    void yoloxDropsClassesThatAreNotMapped() {
        ModelManifest m = manifestFor(Decoder::YoloX);
        m.classMapping[1] = std::nullopt;
        Output o(m, 0);
        o.at(3, 4) = 1;
        o.at(3, 5 + 1) = 1;
        QVERIFY(decode(o.view(), doubleSize(m), m, {}).empty());
        m.classMapping[1] = ObjectClass::Person;
        QCOMPARE(decode(o.view(), doubleSize(m), m, {}).size(), size_t{1});
    }

    void cvdDropsClassesThatAreNotMapped() {
        ModelManifest m = manifestFor(Decoder::Cvd);
        Output o(m, -10);
        for (int cls = 0; cls < kObjectClassCount; ++cls) {
            o.at(CvdLayout::kHeat + cls, 1, 1 + 2 * cls) = logit(0.9);
            putBox(o, cls, 1, 1 + 2 * cls, 0, 0, 1, 1);
        }
        QCOMPARE(decode(o.view(), doubleSize(m), m, {}).size(), size_t{3});
        m.classMapping = {std::nullopt, std::nullopt, ObjectClass::Person};
        const auto found = decode(o.view(), doubleSize(m), m, {});
        QCOMPARE(found.size(), size_t{1});
        QCOMPARE(found[0].cls, ObjectClass::Person);
    }

    // A network of boxes says where a bar is; its ends are those of the box.
    void boxesOfPokersHaveEnds() {
        const ModelManifest m = manifestFor(Decoder::YoloV8);
        Output o(m, 0);
        const float box[4] = {32, 16, 10, 20};
        for (int i = 0; i < 4; ++i) {
            o.at(i, 7) = box[i];
        }
        o.at(4, 7) = 0.75f;
        const auto found = decode(o.view(), doubleSize(m), m, {});
        QCOMPARE(found.size(), size_t{1});
        QVERIFY(found[0].poker.has_value());
        QVERIFY(near(found[0].poker->low.x, 64) && near(found[0].poker->low.y, 52));
        QVERIFY(near(found[0].poker->top.x, 64) && near(found[0].poker->top.y, 12));
        QVERIFY(found[0].poker->immersedScore < 0);
    }

    void yolov8ReadsColumns() {
        const ModelManifest m = manifestFor(Decoder::YoloV8);
        Output o(m, 0);
        const float box[4] = {32, 16, 10, 20};
        for (int i = 0; i < 4; ++i) {
            o.at(i, 7) = box[i];
        }
        o.at(4 + 1, 7) = 0.75f;
        const auto found = decode(o.view(), doubleSize(m), m, {});
        QCOMPARE(found.size(), size_t{1});
        QCOMPARE(found[0].cls, ObjectClass::Hoe);
        QVERIFY(near(found[0].score, 0.75));
        QVERIFY(near(found[0].box.x, 54) && near(found[0].box.y, 12));
        QVERIFY(near(found[0].box.w, 20) && near(found[0].box.h, 40));
    }

    void boxesAreClippedToThePicture() {
        const ModelManifest m = manifestFor(Decoder::YoloV8);
        Output o(m, 0);
        const float box[4] = {0, 0, 20, 20};
        for (int i = 0; i < 4; ++i) {
            o.at(i, 0) = box[i];
        }
        o.at(4, 0) = 1;
        const auto found = decode(o.view(), doubleSize(m), m, {});
        QCOMPARE(found.size(), size_t{1});
        QCOMPARE(found[0].box, (BoxPx{0, 0, 20, 20}));
    }

    void overlapsAreSuppressedWithinAClass() {
        std::vector<Detection> d(4);
        d[0] = {ObjectClass::Person, 0.5f, {0, 0, 10, 10}, {}};
        d[1] = {ObjectClass::Person, 0.9f, {1, 0, 10, 10}, {}};
        d[2] = {ObjectClass::Vibrator, 0.4f, {0, 0, 10, 10}, {}};
        d[3] = {ObjectClass::Person, 0.3f, {30, 0, 10, 10}, {}};
        suppressOverlaps(d, 0.5f, 100);
        QCOMPARE(d.size(), size_t{3});
        QCOMPARE(d[0].score, 0.9f);
        QCOMPARE(d[1].cls, ObjectClass::Vibrator);
        QCOMPARE(d[2].score, 0.3f);
        suppressOverlaps(d, 0.5f, 1);
        QCOMPARE(d.size(), size_t{1});
    }

    void shapesFollowTheManifest() {
        using Shape = std::vector<std::int64_t>;
        QCOMPARE(expectedShape(manifestFor(Decoder::Cvd, 640, 384)), (Shape{22, 48, 80}));
        QCOMPARE(expectedShape(manifestFor(Decoder::YoloX, 416, 416)), (Shape{3549, 8}));
        QCOMPARE(expectedShape(manifestFor(Decoder::YoloV8, 640, 640)), (Shape{7, 8400}));
    }
};

QTEST_GUILESS_MAIN(DecodersTest)
#include "tst_decoders.moc"
