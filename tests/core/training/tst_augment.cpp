// Crops, their truth and the targets that are painted from it.
#include <cmath>

#include <QTest>

#include <opencv2/imgproc.hpp>

#include "core/training/augment.h"
#include "core/training/targets.h"

using namespace cvd;
using namespace cvd::training;

namespace {

Detection poker(PointPx low, PointPx top, double halfWidth, float immersed) {
    Detection d;
    d.cls = ObjectClass::Vibrator;
    d.score = 1;
    d.box = {std::min(low.x, top.x) - halfWidth, std::min(low.y, top.y),
             std::abs(top.x - low.x) + 2 * halfWidth, std::abs(top.y - low.y)};
    d.poker = PokerPoints{low, top, 1, 1, immersed};
    return d;
}

Detection person(BoxPx box) {
    Detection d;
    d.cls = ObjectClass::Person;
    d.score = 1;
    d.box = box;
    return d;
}

}  // namespace

class AugmentTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aBarThatLeavesThePictureIsCutAtItsEdge() {
        double visible = 0;
        const auto cut = clipTruth(poker({50, 120}, {50, 20}, 4, 1), 100, 100, visible);
        QVERIFY(cut.has_value());
        QVERIFY(std::abs(visible - 0.795) < 1e-6);
        QVERIFY(std::abs(cut->poker->low.y - 99.5) < 1e-6);
        QCOMPARE(cut->poker->top.y, 20.0);
        QVERIFY(cut->poker->immersedScore < 0);  // its tip cannot be seen
        QVERIFY(cut->box.y + cut->box.h <= 100);

        const auto top = clipTruth(poker({50, 80}, {50, -20}, 4, 1), 100, 100, visible);
        QVERIFY(top->poker->immersedScore == 1);
        QVERIFY(std::abs(top->poker->top.y + 0.5) < 1e-6);
        QVERIFY(!clipTruth(poker({150, 80}, {150, 20}, 4, 1), 100, 100, visible));
    }

    // As inference::inputForPeople would have it.
    void peopleAreShownAtTheHeightThatIsAskedFor() {
        AugmentOptions options;
        options.normalWidth = 640;
        options.width = 1600;
        options.height = 960;
        options.smallestScale = options.largestScale = 1;
        options.peopleShare = 1;
        options.colour = false;
        LabelledPicture picture;
        picture.bgr = cv::Mat(540, 960, CV_8UC3, cv::Scalar::all(0));
        // Height of the middle person, height asked for, height shown (640 to 1280 px wide).
        const double rows[][3] = {
            {90, 0, 60}, {90, 110, 110}, {20, 110, 20 * 1280 / 960.0}, {300, 110, 200}};
        for (const auto& [middle, asked, shown] : rows) {
            options.peopleHeight = asked;
            picture.truth = {person({100, 20, 30, middle / 2}), person({300, 20, 30, middle}),
                             person({500, 20, 30, middle * 1.5})};
            double sum = 0;
            constexpr int kCrops = 40;
            for (std::uint64_t seed = 0; seed < kCrops; ++seed) {
                std::mt19937_64 random(seed);
                const TrainingCrop crop = augment(picture, options, random);
                QCOMPARE(crop.truth.size(), size_t{3});
                // Width and height are stretched by up to 8 % against each other.
                sum += std::sqrt(crop.truth[1].box.w * crop.truth[1].box.h * middle / 30);
            }
            QVERIFY2(std::abs(sum / kCrops - shown) < 0.5,
                     qPrintable(QString::number(sum / kCrops)));
        }
    }

    // The same seeds give the same crop, and what is drawn at the truth moves with it.
    void truthFollowsThePicture() {
        LabelledPicture picture;
        picture.bgr = cv::Mat(360, 640, CV_8UC3, cv::Scalar::all(0));
        cv::circle(picture.bgr, {300, 200}, 5, {255, 255, 255}, cv::FILLED);
        picture.truth = {poker({300, 200}, {300, 120}, 6, 1)};
        AugmentOptions options;
        options.colour = false;
        int checked = 0;
        for (unsigned seed = 0; seed < 40; ++seed) {
            std::mt19937_64 random(seed), same(seed);
            const TrainingCrop crop = augment(picture, options, random);
            QCOMPARE(crop.bgr.size(), cv::Size(options.width, options.height));
            QCOMPARE(cv::norm(crop.bgr, augment(picture, options, same).bgr, cv::NORM_INF), 0.0);
            for (const Detection& d : crop.truth) {
                const cv::Point low(static_cast<int>(std::lround(d.poker->low.x)),
                                    static_cast<int>(std::lround(d.poker->low.y)));
                const bool inside =
                    cv::Rect(3, 3, options.width - 6, options.height - 6).contains(low);
                if (d.poker->immersedScore >= 0 && inside) {
                    QVERIFY(crop.bgr.at<cv::Vec3b>(low)[1] > 200);
                    ++checked;
                }
            }
        }
        QVERIFY(checked > 10);
    }

    void targetsPeakAtTheCentre() {
        TrainingCrop crop;
        crop.bgr = cv::Mat(64, 128, CV_8UC3);
        crop.truth = {poker({44, 52}, {44, 12}, 4, 1), person({80, 8, 24, 48})};
        const Targets t = makeTargets(crop);
        QCOMPARE(t.rows, 8);
        QCOMPARE(t.columns, 16);
        const auto at = [&](const std::vector<float>& v, int c, int y, int x) {
            return v[(static_cast<size_t>(c) * t.rows + y) * t.columns + x];
        };
        // Centre (44, 32): halfway between rows 3 and 4, in column 5.
        QCOMPARE(std::max(at(t.heat, 0, 3, 5), at(t.heat, 0, 4, 5)), 1.0f);
        QCOMPARE(at(t.heat, 2, 4, 5), 0.0f);
        QCOMPARE(std::max(at(t.heat, 2, 3, 11), at(t.heat, 2, 4, 11)), 1.0f);
        const int row = at(t.heat, 0, 3, 5) == 1.0f ? 3 : 4;
        QVERIFY(std::abs(at(t.box, 0, row, 5) - 44) < 0.6);
        QCOMPARE(at(t.points, 1, row, 5), 52.5f);
        QCOMPARE(at(t.immersed, 0, row, 5), 1.0f);
        QVERIFY(at(t.pointWeight, 0, row, 5) > 0);
        QCOMPARE(at(t.pointWeight, 0, row, 11), 0.0f);
        for (float w : t.heatWeight) {
            QCOMPARE(w, 1.0f);
        }
    }

    void whatNobodyKnowsIsNotTaught() {
        TrainingCrop crop;
        crop.bgr = cv::Mat(64, 128, CV_8UC3);
        crop.labelled = {true, false, true};
        crop.truth = {person({8, 8, 24, 48})};
        crop.ignored = {poker({100, 50}, {100, 10}, 4, 1)};
        const Targets t = makeTargets(crop);
        const size_t plane = static_cast<size_t>(t.rows) * t.columns;
        QCOMPARE(t.heatWeight[plane], 0.0f);        // hoes are not labelled
        QCOMPARE(t.heatWeight[3 * 16 + 12], 0.0f);  // the ignored poker's region
        QCOMPARE(t.heatWeight[3 * 16 + 2], 1.0f);
        QCOMPARE(t.heatWeight[2 * plane + 3 * 16 + 12], 1.0f);
    }
};

QTEST_GUILESS_MAIN(AugmentTest)
#include "tst_augment.moc"
