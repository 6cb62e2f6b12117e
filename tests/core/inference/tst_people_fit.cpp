// The size at which a network is shown a video, from the people in it.
#include <QTest>

#include "core/inference/people_fit.h"

using namespace cvd;
using namespace cvd::inference;

namespace {

ModelManifest fitting(double height = 130) {
    ModelManifest m;  // 640 x 384
    m.peopleFit = PeopleFit{height, 1280, 768, 64};
    return m;
}

std::optional<InputSize> inputFor(double personPx, int width = 1280, int height = 720) {
    return inputForPeople(fitting(), width, height, std::vector<double>(8, personPx));
}

Detection person(BoxPx box, float score = 0.8F) {
    return {ObjectClass::Person, score, box, std::nullopt};
}

}  // namespace

class PeopleFitTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nearPeopleLeaveTheInputAsItIs() {
        QVERIFY(!inputFor(400));  // 200 px of the input
        QVERIFY(!inputFor(260));  // just as asked
        QVERIFY(!inputFor(235));  // hardly worth it
    }

    void smallerPeopleGetALargerInput() {
        // 130 of 195 px: two thirds of the picture, on the grid of 64.
        QVERIFY(inputFor(195) == (InputSize{896, 512}));
        // 130 of 165 px: 1008 x 567.
        QVERIFY(inputFor(165) == (InputSize{1024, 576}));
    }

    void noInputHasMorePixelsThanThePictureOrTheManifestAllows() {
        QVERIFY(inputFor(60) == (InputSize{1280, 768}));
        QVERIFY(inputFor(60, 1920, 1080) == (InputSize{1280, 768}));
        QVERIFY(inputFor(60, 3840, 2160) == (InputSize{1280, 768}));
        QVERIFY(!inputFor(30, 640, 360));
        // 854 x 480 has a third more than the input.
        QVERIFY(inputFor(40, 854, 480) == (InputSize{896, 512}));
    }

    void uprightVideosFitTheirHeight() {
        QVERIFY(inputFor(150, 720, 1280) == (InputSize{448, 768}));
    }

    void theMiddleHeightCounts() {
        std::vector<double> heights{30, 31, 400, 195, 195, 195, 410, 420, 29};
        QVERIFY(inputForPeople(fitting(), 1280, 720, heights) == (InputSize{896, 512}));
    }

    void fewPeopleSayNothing() {
        QVERIFY(!inputForPeople(fitting(), 1280, 720, {60, 60, 60, 60}));
        QVERIFY(!inputForPeople(fitting(), 1280, 720, {}));
    }

    void modelsWithoutAFitKeepTheirInput() {
        QVERIFY(!inputForPeople(ModelManifest(), 1280, 720, std::vector<double>(9, 60)));
    }

    void onlyWholeAndSurePeopleCount() {
        Detection poker = person({300, 300, 20, 60});
        poker.cls = ObjectClass::Vibrator;
        const std::vector<Detection> found{
            person({100, 100, 40, 111}),        person({100, 100, 40, 112}, 0.39F),
            person({0, 100, 40, 113}),          person({100, 2, 40, 114}),
            person({1238, 100, 40, 115}),       person({100, 600, 40, 118}),
            person({600, 300, 40, 117}, 0.41F), poker};
        const auto heights = peopleHeights(found, fitting(), 1280, 720);
        QCOMPARE(heights, (std::vector<double>{111, 117}));
    }
};

QTEST_APPLESS_MAIN(PeopleFitTest)
#include "tst_people_fit.moc"
