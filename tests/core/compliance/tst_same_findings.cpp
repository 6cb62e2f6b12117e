// What people said of a finding stays with that finding when a result is judged again.
#include <QTest>

#include "core/compliance/same_findings.h"

using namespace cvd;
using namespace cvd::compliance;

namespace {

Insertion insertion(std::int64_t id, std::int64_t track, FrameIndex start, FrameIndex end) {
    Insertion i;
    i.id = id;
    i.track = TrackId{track};
    i.startFrame = start;
    i.endFrame = end;
    return i;
}

Violation finding(const Insertion& of) {
    Violation v;
    v.rule = "under_vibration";
    v.verdict = Verdict::Violation;
    v.insertion = of.id;
    v.startFrame = of.startFrame;
    v.endFrame = of.endFrame;
    return v;
}

using Become = std::vector<std::optional<std::size_t>>;

}  // namespace

class SameFindingsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Two crews whose insertions overlap. One finding is gone under the other profile: the verdict
    // on it belongs to nobody, and those of the others stay where they were.
    void aVerdictNeverGoesToAnotherInsertion() {
        const std::vector<Insertion> insertions{insertion(1, 1, 0, 200), insertion(2, 2, 100, 300),
                                                insertion(3, 1, 250, 450)};
        const std::vector<Violation> before{finding(insertions[0]), finding(insertions[1]),
                                            finding(insertions[2])};
        const auto same = sameInsertions(insertions, insertions);
        QCOMPARE(sameFindings(before, before, same), (Become{0, 1, 2}));
        QCOMPARE(sameFindings(before, {before[1], before[2]}, same), (Become{std::nullopt, 0, 1}));
        QCOMPARE(sameFindings(before, {before[2]}, same), (Become{std::nullopt, std::nullopt, 0}));
    }
    void numbersMayChange() {
        const std::vector<Insertion> before{insertion(1, 1, 0, 200), insertion(2, 2, 100, 300)};
        const std::vector<Insertion> after{insertion(1, 2, 110, 290), insertion(2, 1, 10, 210)};
        QCOMPARE(
            sameFindings({finding(before[0]), finding(before[1])},
                         {finding(after[0]), finding(after[1])}, sameInsertions(before, after)),
            (Become{1, 0}));
    }
    // An insertion that somebody added is in no list of what was found.
    void whatWasAddedByHandFindsItself() {
        const std::vector<Insertion> found{insertion(1, 1, 0, 200)};
        const Violation byHand = finding(insertion(7, 0, 50, 150));
        const auto same = sameInsertions(found, found);
        QCOMPARE(sameFindings({byHand}, {finding(found[0])}, same), Become{std::nullopt});
        QCOMPARE(sameFindings({byHand}, {finding(found[0]), byHand}, same), Become{1});
    }
    void aSmallGapSaysNothingOfALargeOne() {
        Violation small;
        small.rule = "missed_area";
        small.verdict = Verdict::Violation;
        small.endFrame = 900;
        small.value = 3;
        small.unit = "%";
        small.positionM = PointM{1, 1};
        Violation other = small;
        QCOMPARE(sameFindings({small}, {other}, {}), Become{0});
        other.value = 4;
        QCOMPARE(sameFindings({small}, {other}, {}), Become{0});
        other.value = 40;
        QCOMPARE(sameFindings({small}, {other}, {}), Become{std::nullopt});
        other = small;
        other.positionM = PointM{4, 1};
        QCOMPARE(sameFindings({small}, {other}, {}), Become{std::nullopt});
        other = small;
        other.verdict = Verdict::CannotJudge;
        QCOMPARE(sameFindings({small}, {other}, {}), Become{std::nullopt});
    }
};

QTEST_GUILESS_MAIN(SameFindingsTest)
#include "tst_same_findings.moc"
