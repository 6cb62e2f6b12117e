// Several looks at one picture: which finds are one thing, and where it then lies.
#include <QTest>

#include "core/inference/looks.h"

using namespace cvd;
using namespace cvd::inference;

namespace {

Detection person(float score, BoxPx box) {
    return {ObjectClass::Person, score, box, std::nullopt};
}

// An upright bar; its box is as wide as a bar of a far view, so boxes two pixels apart hardly meet.
Detection bar(float score, double x, double low, double top, float immersed = 0.5F) {
    return {ObjectClass::Vibrator, score, BoxPx{x - 1.5, top, 3, low - top},
            PokerPoints{{x, low}, {x, top}, 0.9F, 0.9F, immersed}};
}

std::vector<Detection> join(std::vector<std::vector<Detection>> looks) {
    return joinLooks(std::move(looks), 0.6F, 100);
}

}  // namespace

class LooksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneLookStaysAsItIs() {
        const auto found = join({{person(0.9F, {0, 0, 50, 100}), person(0.3F, {2, 0, 50, 100})}});
        QCOMPARE(found.size(), size_t{2});
    }

    void whatOnlyOneLookFindsCounts() {
        const auto found = join({{person(0.7F, {0, 0, 50, 100})}, {bar(0.8F, 200, 150, 120)}});
        QCOMPARE(found.size(), size_t{2});
        QCOMPARE(found[0].score, 0.8F);
        QCOMPARE(found[0].poker->low.y, 150.0);
        QCOMPARE(found[1].box.w, 50.0);
    }

    void aBarOfTwoLooksComesOnceAndLiesBetween() {
        // The boxes' overlap is 0.2, the ends are two pixels apart.
        const auto found =
            join({{bar(0.6F, 202, 150, 122, 0.2F)}, {bar(0.2F, 200, 154, 120, 0.6F)}});
        QCOMPARE(found.size(), size_t{1});
        QCOMPARE(found[0].score, 0.6F);
        const PokerPoints& p = *found[0].poker;
        QVERIFY(std::abs(p.low.x - 201.5) < 1e-6);
        QVERIFY(std::abs(p.low.y - 151) < 1e-6);
        QVERIFY(std::abs(p.top.y - 121.5) < 1e-6);
        QVERIFY(std::abs(p.immersedScore - 0.3F) < 1e-6F);
        QVERIFY(std::abs(found[0].box.x + found[0].box.w / 2 - 201.5) < 1e-6);
    }

    void aBarThatOneLookTakesForLongerIsTheSame() {
        // With as much hose above it again.
        const auto found = join({{bar(0.5F, 200, 150, 90)}, {bar(0.5F, 201, 150, 120)}});
        QCOMPARE(found.size(), size_t{1});
        QVERIFY(std::abs(found[0].poker->top.y - 105) < 1e-6);
    }

    void barsOneBehindTheOtherStayTwo() {
        const auto found = join({{bar(0.5F, 200, 150, 120)}, {bar(0.5F, 200, 112, 82)}});
        QCOMPARE(found.size(), size_t{2});
    }

    void theOrderOfLooksDoesNotMatter() {
        const auto a = join({{bar(0.6F, 202, 150, 122)}, {bar(0.3F, 200, 154, 120)}});
        const auto b = join({{bar(0.3F, 200, 154, 120)}, {bar(0.6F, 202, 150, 122)}});
        QCOMPARE(a.size(), b.size());
        QCOMPARE(a[0].poker->low.x, b[0].poker->low.x);
        QCOMPARE(a[0].score, b[0].score);
    }

    void twoBarsSideBySideStayTwo() {
        // As one look sees them, and both as the other does.
        const auto found = join({{bar(0.9F, 100, 150, 120), bar(0.8F, 112, 150, 120)},
                                 {bar(0.7F, 113, 150, 120), bar(0.6F, 101, 150, 120)}});
        QCOMPARE(found.size(), size_t{2});
        QVERIFY(found[0].poker->low.x < 101 && found[1].poker->low.x > 111);
    }

    void aBarAndItsHolderStayTwo() {
        Detection p = person(0.9F, {100, 50, 60, 100});
        Detection b = bar(0.8F, 130, 150, 50);
        b.box = p.box;
        QCOMPARE(join({{p}, {b}}).size(), size_t{2});
    }

    void immersionThatOneLookCannotTellIsTheOthers() {
        const auto found = join({{bar(0.5F, 200, 150, 120, 0.8F)}, {bar(0.4F, 200, 150, 120, -1)}});
        QCOMPARE(found[0].poker->immersedScore, 0.8F);
        const auto other = join({{bar(0.5F, 200, 150, 120, -1)}, {bar(0.4F, 200, 150, 120, 0.8F)}});
        QCOMPARE(other[0].poker->immersedScore, 0.8F);
    }

    void noMoreThanAskedFor() {
        std::vector<Detection> many;
        for (int i = 0; i < 30; ++i) {
            many.push_back(person(0.9F - 0.01F * static_cast<float>(i), {100.0 * i, 0, 50, 100}));
        }
        const auto found = joinLooks({many, {bar(0.95F, 5, 60, 30)}}, 0.6F, 10);
        QCOMPARE(found.size(), size_t{10});
        QCOMPARE(found[0].cls, ObjectClass::Vibrator);
    }

    void eachLookHasItsSizeAndItsClasses() {
        ModelManifest m;
        m.classes = {"vibrator", "hoe", "person"};
        m.classMapping = {ObjectClass::Vibrator, ObjectClass::Hoe, ObjectClass::Person};
        QCOMPARE(looksOf(m).size(), size_t{1});
        m.furtherLooks = {{1024, 576, {true, false, false}}};
        const auto looks = looksOf(m);
        QCOMPARE(looks.size(), size_t{2});
        QCOMPARE(looks[0].inputWidth, 640);
        QVERIFY(looks[0].classMapping == m.classMapping);
        QCOMPARE(looks[1].inputWidth, 1024);
        QCOMPARE(looks[1].inputHeight, 576);
        QVERIFY(looks[1].classMapping[0] == ObjectClass::Vibrator);
        QVERIFY(!looks[1].classMapping[1] && !looks[1].classMapping[2]);
    }
};

QTEST_APPLESS_MAIN(LooksTest)
#include "tst_looks.moc"
