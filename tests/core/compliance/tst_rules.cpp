// Each rule: violation, pass, cannot judge and the boundary; and judging a whole pour.
#include <QElapsedTimer>
#include <QTest>
#include <tuple>

#include "core/compliance/coverage.h"
#include "core/compliance/judge.h"
#include "core/compliance/neighbours.h"
#include "core/compliance/observation.h"
#include "core/compliance/rules/rule_support.h"
#include "core/compliance/rules/rules.h"
#include "tests/core/compliance/synthetic_pour.h"

using namespace cvd;
using namespace cvd::compliance;
using namespace cvd::test;

namespace {

ObservedInsertion at(std::int64_t id, PointM place, double startS, double stationaryS) {
    ObservedInsertion o;
    Insertion& i = o.insertion;
    i.id = id;
    i.track = TrackId{1};
    i.startS = startS;
    i.endS = startS + stationaryS + 1;
    i.startFrame = static_cast<FrameIndex>(i.startS * 25);
    i.endFrame = static_cast<FrameIndex>(i.endS * 25);
    i.immersedS = stationaryS + 1;
    i.stationaryS = stationaryS;
    i.contactM = place;
    i.confidence = 0.9;
    o.places = {{place, stationaryS}};
    return o;
}

Profile profileOf(std::initializer_list<std::pair<const char*, double>> values) {
    Profile p = *loadProfile(QStringLiteral("custom"));
    p.parameters.clear();
    for (const auto& [key, value] : values) {
        p.parameters.append({QString::fromLatin1(key),
                             value,
                             {},
                             QStringLiteral("Test"),
                             SourceStatus::OurSetting});
    }
    return p;
}

// Holds everything that a RuleInput points to.
struct Scene {
    Profile profile;
    std::vector<ObservedInsertion> insertions;
    Calibration calibration = flatCalibration();
    Homography homography = *solve(flatCalibration());
    bool calibrated = true;

    RuleInput input() const {
        RuleInput in{profile, insertions};
        if (calibrated) {
            in.calibration = &calibration;
            in.homography = &homography;
            in.radiusM = calibration.radiusOfActionM;
        }
        in.lastFrame = 999;
        in.lastS = 40;
        return in;
    }
};

QStringList verdictsOf(const Verdicts& verdicts) {
    QStringList out;
    for (const Violation& v : verdicts) {
        out << QString::fromStdString(std::string(verdictName(v.verdict)));
    }
    return out;
}

}  // namespace

class RulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void underVibration_data() {
        QTest::addColumn<double>("stationaryS");
        QTest::addColumn<bool>("open");
        QTest::addColumn<double>("confidence");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("too short") << 3.0 << false << 0.9 << "violation";
        QTest::newRow("just short") << 4.9 << false << 0.9 << "violation";
        QTest::newRow("reads the same") << 4.999 << false << 0.9 << "cannot_judge";
        QTest::newRow("exactly") << 5.0 << false << 0.9 << "pass";
        QTest::newRow("long") << 9.0 << false << 0.9 << "pass";
        QTest::newRow("part seen, short") << 3.0 << true << 0.9 << "cannot_judge";
        QTest::newRow("part seen, long enough") << 6.0 << true << 0.9 << "pass";
        QTest::newRow("poorly seen") << 3.0 << false << 0.2 << "cannot_judge";
    }
    void underVibration() {
        QFETCH(double, stationaryS);
        QFETCH(bool, open);
        QFETCH(double, confidence);
        QFETCH(QString, verdict);
        Scene s{profileOf({{"t_min_s", 5}}), {at(1, {1, 1}, 10, stationaryS)}};
        s.insertions[0].insertion.openEnd = open;
        s.insertions[0].insertion.confidence = confidence;
        s.calibrated = false;  // needs no metres
        const Verdicts v = judgeUnderVibration(s.input());
        QCOMPARE(verdictsOf(v), QStringList{verdict});
        QCOMPARE(*v[0].value, stationaryS);
        QCOMPARE(*v[0].limit, 5.0);
        QCOMPARE(v[0].unit, std::string("s"));
        QCOMPARE(*v[0].insertion, std::int64_t{1});
        QCOMPARE(v[0].startS, 10.0);
        QCOMPARE(v[0].source, std::string("Test (our setting)"));
        QVERIFY(!v[0].reason.empty() && v[0].reasonArgs.size() >= 2);
    }
    // A contact point that moves to and fro about one place may be the camera's shaking: neither
    // too short a stay nor, for the area, none at all.
    void swayingAboutOnePlaceIsNoShortStay() {
        Scene s{profileOf({{"t_min_s", 5}}), {at(1, {1, 1}, 10, 4)}};
        s.insertions[0].waveredS = 0.5;
        QCOMPARE(verdictsOf(judgeUnderVibration(s.input())), QStringList{"violation"});
        s.insertions[0].waveredS = 1.5;
        QCOMPARE(verdictsOf(judgeUnderVibration(s.input())), QStringList{"cannot_judge"});
    }
    void underVibrationIgnoresTouchesAndMissingLimits() {
        Scene s{profileOf({{"t_min_s", 5}}), {at(1, {1, 1}, 10, 0.4)}};
        s.insertions[0].insertion.effective = false;
        QVERIFY(judgeUnderVibration(s.input()).empty());
        s.insertions[0].insertion.effective = true;
        s.profile.parameters.clear();
        QVERIFY(judgeUnderVibration(s.input()).empty());
    }

    void overVibration_data() {
        QTest::addColumn<double>("stationaryS");
        QTest::addColumn<bool>("open");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("exactly") << 15.0 << false << "pass";
        QTest::newRow("just over") << 15.2 << false << "violation";
        QTest::newRow("reads the same") << 15.01 << false << "cannot_judge";
        QTest::newRow("over, part seen") << 16.0 << true << "violation";
        QTest::newRow("under, part seen") << 10.0 << true << "cannot_judge";
    }
    void overVibration() {
        QFETCH(double, stationaryS);
        QFETCH(bool, open);
        QFETCH(QString, verdict);
        Scene s{profileOf({{"t_max_s", 15}}), {at(1, {1, 1}, 10, stationaryS)}};
        s.insertions[0].insertion.openStart = open;
        s.calibrated = false;
        QCOMPARE(verdictsOf(judgeOverVibration(s.input())), QStringList{verdict});
    }
    void overVibrationAddsUpOneTreatment() {
        const auto profile =
            profileOf({{"t_max_s", 15}, {"repeat_gap_s", 120}, {"repeat_distance_r", 0.5}});
        Scene s{profile, {at(1, {1, 1}, 0, 9), at(2, {1.1, 1}, 20, 9), at(3, {2, 1}, 40, 9)}};
        const Verdicts v = judgeOverVibration(s.input());
        QCOMPARE(verdictsOf(v), (QStringList{"pass", "violation", "pass"}));
        QCOMPARE(*v[1].value, 18.0);
        QCOMPARE(v[1].startS, 0.0);
        QCOMPARE(v[1].reasonArgs.size(), std::size_t{3});
        // Two minutes later, or farther away, it is another treatment; the boundary itself, too.
        s.insertions = {at(1, {1, 1}, 0, 9), at(2, {1.1, 1}, 10 + 120, 9)};
        QCOMPARE(verdictsOf(judgeOverVibration(s.input())), (QStringList{"pass", "pass"}));
        s.insertions = {at(1, {1, 1}, 0, 9), at(2, {1.21, 1}, 20, 9)};
        QCOMPARE(verdictsOf(judgeOverVibration(s.input())), (QStringList{"pass", "pass"}));
    }

    // A row of places, each close to the next, is not one place: the first and the third are 0.36 m
    // apart where half of the radius is 0.2 m.
    void overVibrationDoesNotAddUpARow() {
        const auto profile =
            profileOf({{"t_max_s", 15}, {"repeat_gap_s", 120}, {"repeat_distance_r", 0.5}});
        Scene s{profile, {}};
        for (int i = 0; i < 6; ++i) {
            s.insertions.push_back(at(i + 1, {1 + 0.18 * i, 1}, 10.0 * i, 7));
        }
        QCOMPARE(verdictsOf(judgeOverVibration(s.input())), QStringList(6, "pass"));
    }
    void aSumWithAMixedUpPokerAccusesNobody() {
        Scene s{profileOf({{"t_max_s", 15}, {"repeat_gap_s", 120}, {"repeat_distance_r", 0.5}}),
                {at(1, {1, 1}, 0, 9), at(2, {1.1, 1}, 20, 9)}};
        s.insertions[0].insertion.identityInDoubt = true;
        QCOMPARE(verdictsOf(judgeOverVibration(s.input())), (QStringList{"pass", "cannot_judge"}));
    }
    // A sum is held to what one insertion is: nothing unseen, nothing within its error, nothing of
    // a poker that was hardly seen; and such a sum is no pass either.
    void aSumIsHeldToItsErrors() {
        const auto profile =
            profileOf({{"t_max_s", 15}, {"repeat_gap_s", 120}, {"repeat_distance_r", 0.5}});
        Scene s{profile, {at(1, {1, 1}, 0, 8), at(2, {1, 1}, 20, 8)}};
        QCOMPARE(verdictsOf(judgeOverVibration(s.input())), (QStringList{"pass", "violation"}));
        for (ObservedInsertion& o : s.insertions) {
            o.insertion.unseenS = 0.5;
        }
        QCOMPARE(verdictsOf(judgeOverVibration(s.input())), (QStringList{"pass", "cannot_judge"}));
        for (ObservedInsertion& o : s.insertions) {
            o.insertion.unseenS = 0;
            o.insertion.timeErrorS = 0.5;  // 1.06 s for the two
        }
        QCOMPARE(verdictsOf(judgeOverVibration(s.input())), (QStringList{"pass", "cannot_judge"}));
        for (ObservedInsertion& o : s.insertions) {
            o.insertion.timeErrorS = 0.4;  // 0.85 s
        }
        QCOMPARE(verdictsOf(judgeOverVibration(s.input())), (QStringList{"pass", "violation"}));
        s.insertions[0].insertion.confidence = 0.2;
        QCOMPARE(verdictsOf(judgeOverVibration(s.input())), (QStringList{"pass", "cannot_judge"}));
    }
    void swayingIsNoPassBelowTheLongestTime() {
        Scene s{profileOf({{"t_max_s", 15}}), {at(1, {1, 1}, 10, 14)}};
        s.insertions[0].waveredS = 1;
        QCOMPARE(verdictsOf(judgeOverVibration(s.input())), QStringList{"pass"});
        s.insertions[0].waveredS = 1.1;
        QCOMPARE(verdictsOf(judgeOverVibration(s.input())), QStringList{"cannot_judge"});
    }

    // What is judged by how long it took and which way it went may be of either of two pokers.
    void mixedUpPokersAreHeldToNothing() {
        Scene s{profileOf({{"t_min_s", 5}}), {at(1, {1, 1}, 10, 3), at(2, {2, 1}, 20, 3)}};
        s.insertions[1].insertion.identityInDoubt = true;
        Verdicts v = judgeUnderVibration(s.input());
        spareMixedUp(v, s.insertions);
        QCOMPARE(verdictsOf(v), (QStringList{"violation", "cannot_judge"}));
        QCOMPARE(v[1].reasonArgs, (std::vector<std::string>{"3.0", "5.0", "s"}));
        s.insertions[1].insertion.stationaryS = 6;
        v = judgeUnderVibration(s.input());
        spareMixedUp(v, s.insertions);
        QCOMPARE(verdictsOf(v), (QStringList{"violation", "pass"}));
    }

    // The lower end that a detector sees wanders: a way that leads nowhere is no drag.
    void aWayToAndFroIsNoDrag() {
        Scene s{profileOf({{"drag_length_m", 0.15}, {"drag_speed_mm_s", 50}}), {}};
        ObservedInsertion o = at(1, {1, 1}, 0, 5);
        for (int i = 0; i <= 100; ++i) {
            ContactSample c;
            c.frame = i;
            c.timeS = i * 0.05;
            c.planeM = PointM{1 + 0.02 * std::sin(i * 0.5), 1};
            c.speedMmS = 200;
            o.path.push_back(c);
        }
        s.insertions = {o};
        QCOMPARE(verdictsOf(judgeDragging(s.input())), QStringList{"cannot_judge"});
    }
    void dragging() {
        Scene s{profileOf({{"drag_length_m", 0.15}, {"drag_speed_mm_s", 50}}), {}};
        const auto moved = [](double speedMmS, double seconds) {
            ObservedInsertion o = at(1, {1, 1}, 0, 5);
            for (int i = 0; i <= 100; ++i) {
                const double t = i * 0.05;
                ContactSample c;
                c.frame = i;
                c.timeS = t;
                c.planeM = PointM{1 + speedMmS / 1000 * std::min(t, seconds), 1};
                c.speedMmS = t < seconds - 1e-9 ? speedMmS : 5.0;
                o.path.push_back(c);
            }
            return o;
        };
        s.insertions = {moved(100, 2.0)};
        Verdicts v = judgeDragging(s.input());
        QCOMPARE(verdictsOf(v), QStringList{"violation"});
        QVERIFY(std::abs(*v[0].value - 0.2) < 1e-6);
        QCOMPARE(v[0].startS, 0.0);
        QVERIFY(std::abs(v[0].endS - 2.0) < 1e-9);  // the evidence is the drag, not the insertion
        s.insertions = {moved(100, 1.4)};
        QCOMPARE(verdictsOf(judgeDragging(s.input())), QStringList{"pass"});
        s.insertions = {moved(49, 5.0)};  // slow creep is not dragging
        QCOMPARE(verdictsOf(judgeDragging(s.input())), QStringList{"pass"});
        s.insertions = {moved(100, 2.0), moved(100, 2.0)};
        s.calibrated = false;
        v = judgeDragging(s.input());
        QCOMPARE(verdictsOf(v), QStringList{"cannot_judge"});  // once, not per insertion
        QVERIFY(!v[0].insertion);
        QCOMPARE(v[0].endFrame, FrameIndex{999});
    }

    void repeatVibration() {
        Scene s{profileOf({{"repeat_distance_r", 0.5},
                           {"repeat_gap_s", 120},
                           {"revibration_min_s", 900},
                           {"revibration_max_s", 3600}}),
                {at(1, {1, 1}, 0, 9), at(2, {1.19, 1}, 60, 9)}};
        Verdicts v = judgeRepeatVibration(s.input());
        QCOMPARE(verdictsOf(v), (QStringList{"pass", "violation"}));
        QVERIFY(std::abs(*v[1].value - 0.19) < 1e-9);
        s.insertions[1] = at(2, {1.19, 1}, 5, 9);  // two pokers, or one seen twice?
        QCOMPARE(verdictsOf(judgeRepeatVibration(s.input())),
                 (QStringList{"pass", "cannot_judge"}));
        s.insertions[1] = at(2, {1.201, 1}, 60, 9);  // farther than half a radius
        QCOMPARE(verdictsOf(judgeRepeatVibration(s.input())), (QStringList{"pass", "pass"}));
        s.insertions[1] = at(2, {1.19, 1}, 60, 9);
        s.insertions[1].insertion.contactErrorM = 0.006;  // 0.009 m where 0.01 m are missing
        QCOMPARE(verdictsOf(judgeRepeatVibration(s.input())), (QStringList{"pass", "violation"}));
        s.insertions[1].insertion.contactErrorM = 0.007;
        QCOMPARE(verdictsOf(judgeRepeatVibration(s.input())),
                 (QStringList{"pass", "cannot_judge"}));
        // Hidden between the two, the poker may never have left; seen to leave or to come, it did.
        s.insertions[1] = at(2, {1, 1}, 60, 9);
        s.insertions[1].insertion.openStart = true;
        QCOMPARE(verdictsOf(judgeRepeatVibration(s.input())), (QStringList{"pass", "violation"}));
        s.insertions[0].insertion.openEnd = true;
        QCOMPARE(verdictsOf(judgeRepeatVibration(s.input())),
                 (QStringList{"pass", "cannot_judge"}));
        s.insertions[0] = at(1, {1, 1}, 0, 9);
        s.insertions[0].insertion.identityInDoubt = true;
        s.insertions[1] = at(2, {1, 1}, 60, 9);
        QCOMPARE(verdictsOf(judgeRepeatVibration(s.input())),
                 (QStringList{"pass", "cannot_judge"}));
        s.insertions[0] = at(1, {1, 1}, 0, 9);
        s.insertions[1] = at(2, {1, 1}, 10 + 119.9, 9);  // within two minutes by 0.1 s
        QCOMPARE(verdictsOf(judgeRepeatVibration(s.input())), (QStringList{"pass", "violation"}));
        s.insertions[1].insertion.timeErrorS = 0.1;
        QCOMPARE(verdictsOf(judgeRepeatVibration(s.input())),
                 (QStringList{"pass", "cannot_judge"}));
        s.insertions[1] = at(2, {1, 1}, 1800, 9);
        v = judgeRepeatVibration(s.input());
        QCOMPARE(verdictsOf(v), (QStringList{"pass", "pass"}));
        QVERIFY(v[1].reason.find("revibration") != std::string::npos);
        s.calibrated = false;
        QCOMPARE(verdictsOf(judgeRepeatVibration(s.input())), QStringList{"cannot_judge"});
    }

    void spacing() {
        Scene s{profileOf({{"s_max_r", 1.4}}),
                {at(1, {1, 1}, 0, 9), at(2, {1.56, 1}, 20, 9), at(3, {2.13, 1}, 40, 9)}};
        const Verdicts v = judgeSpacing(s.input());
        QCOMPARE(verdictsOf(v), (QStringList{"pass", "pass", "violation"}));  // 0.56 is the limit
        QVERIFY(std::abs(*v[2].value - 0.57) < 1e-9);
        QVERIFY(std::abs(*v[2].limit - 0.56) < 1e-9);
        s.profile = profileOf({{"s_max_r", 1.4}, {"s_max_m", 0.5}});  // the smaller limit counts
        QCOMPARE(verdictsOf(judgeSpacing(s.input())),
                 (QStringList{"violation", "violation", "violation"}));
        s.insertions.resize(1);
        QVERIFY(judgeSpacing(s.input()).empty());
        s.calibrated = false;
        QCOMPARE(verdictsOf(judgeSpacing(s.input())), QStringList{"cannot_judge"});
    }

    void form() {
        Scene s{profileOf({{"form_min_m", 0.05}, {"form_max_r", 0.5}}), {}};
        s.calibration.formLines = {{{0, 0}, {10, 0}}};
        s.insertions = {at(1, {1, 0.04}, 0, 9), at(2, {2, 0.05}, 20, 9), at(3, {3, 0.2}, 40, 9),
                        at(4, {4, 0.21}, 60, 9), at(5, {3, 0.7}, 80, 9)};
        QCOMPARE(verdictsOf(judgeTooNearForm(s.input())),
                 (QStringList{"violation", "pass", "pass", "pass", "pass"}));
        // The last one stands behind the third: not outermost, not judged.
        QCOMPARE(verdictsOf(judgeTooFarFromForm(s.input())),
                 (QStringList{"pass", "pass", "pass", "violation"}));
        s.calibration.formLines.clear();
        QCOMPARE(verdictsOf(judgeTooNearForm(s.input())), QStringList{"cannot_judge"});
        QCOMPARE(verdictsOf(judgeTooFarFromForm(s.input())), QStringList{"cannot_judge"});
    }

    // "No contact" is kept by whoever stood clear of the form, and cannot be told near it.
    void noContactWithTheForm() {
        Scene s{profileOf({{"form_min_m", 0}}), {}};
        s.calibration.formLines = {{{0, 0}, {10, 0}}};
        s.insertions = {at(1, {1, 0.05}, 0, 9), at(2, {2, 0.03}, 20, 9), at(3, {3, 0.05}, 40, 9)};
        s.insertions[2].insertion.contactErrorM = 0.02;  // 0.03 m for a verdict
        const Verdicts v = judgeTooNearForm(s.input());
        QCOMPARE(verdictsOf(v), (QStringList{"pass", "cannot_judge", "cannot_judge"}));
        QCOMPARE(*v[0].limit, 0.0);
        s.calibration.formLines.clear();
        QCOMPARE(verdictsOf(judgeTooNearForm(s.input())), QStringList{"cannot_judge"});
    }

    // A row nearer to the form may have been worked where nobody looked.
    void theRowAtTheFormMayNotHaveBeenSeen() {
        Scene s{profileOf({{"form_max_r", 0.5}}), {at(1, {2, 0.5}, 0, 9)}};
        s.calibration.formLines = {{{0, 0}, {10, 0}}};
        Coverage c;
        c.cellM = 0.1;
        c.columns = 40;
        c.rows = 10;
        c.state.assign(400, kCellMissed);
        RuleInput in = s.input();
        in.coverage = &c;
        QCOMPARE(verdictsOf(judgeTooFarFromForm(in)), QStringList{"violation"});
        std::fill_n(c.state.begin() + 80, 40, kCellNotObserved);  // 0.2 to 0.3 m from the form
        QCOMPARE(verdictsOf(judgeTooFarFromForm(in)), QStringList{"cannot_judge"});
        // Unseen and yet known to have been worked: only for how long is in doubt.
        c.stayInDoubt.assign(400, 1);
        QCOMPARE(verdictsOf(judgeTooFarFromForm(in)), QStringList{"violation"});
    }

    void missedArea() {
        Scene s{profileOf({{"coverage_min_pct", 99}, {"gap_max_m", 0.1}}),
                {at(1, {1, 1}, 0, 9), at(2, {2, 1}, 20, 9), at(3, {1, 2}, 40, 9)}};
        Coverage c;
        c.covered = 0.99;
        c.missed = 0.005;
        c.notObserved = 0.005;
        c.largestGapM = 0.1;
        c.largestGapAt = PointM{1.5, 1.5};
        RuleInput in = s.input();
        in.coverage = &c;
        QCOMPARE(verdictsOf(judgeMissedArea(in)), QStringList{"pass"});
        c.largestGapM = 0.11;
        Verdicts v = judgeMissedArea(in);
        QCOMPARE(verdictsOf(v), QStringList{"violation"});
        QCOMPARE(v[0].positionM->x, 1.5);
        // The gap is what broke a limit, not the share: value, limit and unit are of the gap.
        QCOMPARE(*v[0].value, 0.11);
        QCOMPARE(*v[0].limit, 0.1);
        QCOMPARE(v[0].unit, std::string("m"));
        c.largestGapM = 0.02;
        // What was not seen could hold one gap too many, or too much of the area with the rest.
        c.largestOpenM = 0.11;
        QCOMPARE(verdictsOf(judgeMissedArea(in)), QStringList{"cannot_judge"});
        c.largestOpenM = 0.1;
        QCOMPARE(verdictsOf(judgeMissedArea(in)), QStringList{"pass"});
        c.covered = 0.989;
        c.notObserved = 0.006;
        QCOMPARE(verdictsOf(judgeMissedArea(in)), QStringList{"cannot_judge"});
        c.largestOpenM = 0;
        c.missed = 0.011;
        c.covered = 0.5;
        c.notObserved = 0.489;
        v = judgeMissedArea(in);
        QCOMPARE(verdictsOf(v), QStringList{"violation"});
        QCOMPARE(*v[0].value, 1.1);
        // More than 1 % of what was seen, but not of the region: the rest may have been treated.
        c.missed = 0.006;
        c.notObserved = 0.494;
        v = judgeMissedArea(in);
        QCOMPARE(verdictsOf(v), QStringList{"cannot_judge"});
        QCOMPARE(v[0].reasonArgs, (std::vector<std::string>{"49.4", "0.6", "1.0"}));
        c.missed = 0.004;  // fine where it was seen, but half was not
        c.notObserved = 0.496;
        QCOMPARE(verdictsOf(judgeMissedArea(in)), QStringList{"cannot_judge"});
        c.covered = c.missed = 0;  // nothing seen: never missed, never passed
        c.notObserved = 1;
        QCOMPARE(verdictsOf(judgeMissedArea(in)), QStringList{"cannot_judge"});
        c.notObserved = 0;  // nothing there to be vibrated
        QVERIFY(judgeMissedArea(in)[0].reason.find("Obstacles") == 0);
        in.coverage = nullptr;
        QCOMPARE(verdictsOf(judgeMissedArea(in)), QStringList{"cannot_judge"});
    }

    // Nobody passes for what was not seen, or hardly.
    void noPassForWhatWasNotSeen() {
        Scene s{profileOf({{"drag_length_m", 0.15},
                           {"drag_speed_mm_s", 50},
                           {"move_length_m", 0.3},
                           {"t_min_s", 5}}),
                {at(1, {1, 1}, 0, 9)}};
        for (int i = 0; i < 100; ++i) {
            ContactSample c;
            c.frame = i;
            c.timeS = i * 0.1;
            c.planeM = PointM{1, 1};
            c.speedMmS = 0;
            s.insertions[0].path.push_back(c);
        }
        for (const bool open : {false, true}) {
            s.insertions[0].insertion.openEnd = open;
            const QStringList expected{open ? "cannot_judge" : "pass"};
            QCOMPARE(verdictsOf(judgeDragging(s.input())), expected);
            QCOMPARE(verdictsOf(judgeMovingConcrete(s.input())), expected);
        }
        for (const double confidence : {0.9, 0.25}) {
            s.insertions[0].insertion.confidence = confidence;
            Verdicts v = judgeUnderVibration(s.input());
            passNothingUnseen(v);
            QCOMPARE(verdictsOf(v), QStringList{confidence > 0.5 ? "pass" : "cannot_judge"});
        }
    }

    // ---- how the poker went in and out -------------------------------------------------------

    void fastWithdrawal() {
        Scene s{profileOf({{"withdraw_max_mm_s", 75}}), {at(1, {1, 1}, 10, 8)}};
        QCOMPARE(verdictsOf(judgeFastWithdrawal(s.input())), QStringList{"cannot_judge"});
        s.calibration.hoseMarkM = 0.9;  // measures as well as the end of the rod
        Insertion& in = s.insertions[0].insertion;
        in.withdrawalMmS = 50;
        QCOMPARE(verdictsOf(judgeFastWithdrawal(s.input())), QStringList{"pass"});
        in.withdrawalMmS.reset();
        s.calibration.rodLengthM = 0.5;
        QCOMPARE(verdictsOf(judgeFastWithdrawal(s.input())), QStringList{"cannot_judge"});
        in.withdrawalS = 2;
        for (const auto& [speed, verdict] : {std::pair(75.0, "pass"),
                                             {76.0, "cannot_judge"},
                                             {84.0, "cannot_judge"},
                                             {85.0, "violation"}}) {
            in.withdrawalMmS = speed;
            QCOMPARE(verdictsOf(judgeFastWithdrawal(s.input())), QStringList{verdict});
        }
        QCOMPARE(judgeFastWithdrawal(s.input())[0].startS, in.endS - 2);
        in.openEnd = true;
        QCOMPARE(verdictsOf(judgeFastWithdrawal(s.input())), QStringList{"cannot_judge"});
        s.profile = profileOf({});
        QVERIFY(judgeFastWithdrawal(s.input()).empty());
    }

    // A speed that may be wrong by a factor accuses nobody below that factor of the limit, and
    // passes nobody who may have pulled twice as fast as allowed.
    void fastWithdrawalFollowsItsError() {
        Scene s{profileOf({{"withdraw_max_mm_s", 75}}), {at(1, {1, 1}, 10, 8)}};
        s.calibration.rodLengthM = 0.5;
        Insertion& in = s.insertions[0].insertion;
        in.withdrawalS = 2;
        for (const auto& [speed, error, verdict] : {std::tuple(108.0, 5.0, "violation"),
                                                    {108.0, 22.0, "cannot_judge"},
                                                    {186.0, 47.0, "violation"},
                                                    {459.0, 220.0, "violation"},
                                                    {459.0, 420.0, "cannot_judge"},
                                                    {64.0, 15.0, "pass"},
                                                    {71.0, 35.0, "cannot_judge"},
                                                    {20.0, 20.0, "pass"}}) {
            in.withdrawalMmS = speed;
            in.withdrawalErrorMmS = error;
            const Verdicts found = judgeFastWithdrawal(s.input());
            QCOMPARE(verdictsOf(found), QStringList{verdict});
            QVERIFY(!found[0].reason.empty());
        }
    }

    void slowInsertion() {
        Scene s{profileOf({{"insert_max_s", 3}}), {at(1, {1, 1}, 10, 8)}};
        Insertion& in = s.insertions[0].insertion;
        QCOMPARE(verdictsOf(judgeSlowInsertion(s.input())), QStringList{"cannot_judge"});
        for (const auto& [took, verdict] :
             {std::pair(3.0, "pass"), {3.2, "cannot_judge"}, {3.5, "violation"}}) {
            in.insertionS = took;
            QCOMPARE(verdictsOf(judgeSlowInsertion(s.input())), QStringList{verdict});
        }
        in.confidence = 0.2;
        QCOMPARE(verdictsOf(judgeSlowInsertion(s.input())), QStringList{"cannot_judge"});
    }

    void tilt() {
        Scene s{
            profileOf(
                {{"tilt_max_deg", 20}, {"tilt_spread_max_deg", 45}, {"tilt_layer_min_m", 0.15}}),
            {at(1, {1, 1}, 10, 8), at(2, {1.4, 1}, 30, 8)}};
        s.insertions.resize(1);
        Insertion& in = s.insertions[0].insertion;
        QCOMPARE(verdictsOf(judgeTilt(s.input())), QStringList{"cannot_judge"});
        for (const auto& [angle, verdict] :
             {std::pair(20.0, "pass"), {22.0, "cannot_judge"}, {24.0, "violation"}}) {
            in.tiltDeg = angle;
            QCOMPARE(verdictsOf(judgeTilt(s.input())), QStringList{verdict});
        }
        in.tiltDeg = 12;
        in.tiltAzimuthDeg = 170;
        s.insertions.push_back(at(2, {1.4, 1}, 30, 8));
        s.insertions[1].insertion.tiltDeg = 12;
        s.insertions[1].insertion.tiltAzimuthDeg = -150;  // 40 degrees on
        QCOMPARE(verdictsOf(judgeTilt(s.input())), (QStringList{"pass", "pass"}));
        // At 12 degrees a direction is known to 14, the difference of two to 20.
        s.insertions[1].insertion.tiltAzimuthDeg = -126;
        QCOMPARE(verdictsOf(judgeTilt(s.input())), (QStringList{"pass", "pass", "cannot_judge"}));
        s.insertions[1].insertion.tiltAzimuthDeg = -124;
        QCOMPARE(verdictsOf(judgeTilt(s.input())), (QStringList{"pass", "pass", "violation"}));
        s.calibration.layerHeightM = 0.1;  // a thin slab is vibrated lying
        QVERIFY(judgeTilt(s.input()).empty());
    }

    // One picture of an unknown camera does not tell a lean towards it, nor upright bars at its
    // edge.
    void anAngleOfThePictureIsNoTilt() {
        Scene s{profileOf({{"tilt_max_deg", 20}}), {at(1, {1, 1}, 10, 8)}};
        s.calibrated = false;
        s.insertions[0].tiltInPicture = true;
        for (const auto& [angle, verdict] :
             {std::pair(3.0, "cannot_judge"), {35.0, "cannot_judge"}, {36.0, "violation"}}) {
            s.insertions[0].insertion.tiltDeg = angle;
            QCOMPARE(verdictsOf(judgeTilt(s.input())), QStringList{verdict});
        }
        // And that is what a pour without a calibration gives.
        Tracks tracks = truthTracks(renderPour({fourInsertions()}, {}));
        for (const ObservedInsertion& o : observeInsertions(tracks, {}, nullptr)) {
            QVERIFY(o.tiltInPicture && o.insertion.tiltDeg);
        }
    }

    void depthAndLayer() {
        Scene s{
            profileOf({{"penetration_min_m", 0.05}, {"layer_max_m", 0.5}, {"layer_max_rod", 1.25}}),
            {at(1, {1, 1}, 10, 8)}};
        QCOMPARE(verdictsOf(judgeShallowInsertion(s.input())), QStringList{"cannot_judge"});
        QCOMPARE(verdictsOf(judgeLayerTooThick(s.input())), QStringList{"cannot_judge"});
        s.calibration.rodLengthM = 0.3;
        s.calibration.layerHeightM = 0.3;
        s.insertions[0].insertion.depthM = 0.35;
        QCOMPARE(verdictsOf(judgeShallowInsertion(s.input())), QStringList{"pass"});
        s.insertions[0].insertion.depthM = 0.33;
        QCOMPARE(verdictsOf(judgeShallowInsertion(s.input())), QStringList{"cannot_judge"});
        s.insertions[0].insertion.depthM = 0.31;
        QCOMPARE(verdictsOf(judgeShallowInsertion(s.input())), QStringList{"violation"});
        QCOMPARE(verdictsOf(judgeLayerTooThick(s.input())), QStringList{"pass"});
        s.calibration.layerHeightM = 0.4;  // above 1.25 rods of 0.3 m
        const Verdicts v = judgeLayerTooThick(s.input());
        QCOMPARE(verdictsOf(v), QStringList{"violation"});
        QVERIFY(std::abs(*v[0].limit - 0.375) < 1e-9);
        // Reads the same as the limit: not judged, and said so.
        s.calibration.layerHeightM = 0.378;
        const Verdicts same = judgeLayerTooThick(s.input());
        QCOMPARE(verdictsOf(same), QStringList{"cannot_judge"});
        QVERIFY(same[0].reason.find("error of measuring") != std::string::npos);
        // One of two limits is not known: it may be the one that is broken.
        s.calibration.rodLengthM.reset();
        QCOMPARE(verdictsOf(judgeLayerTooThick(s.input())), QStringList{"cannot_judge"});
        s.profile = profileOf({{"layer_max_m", 0.5}});
        QCOMPARE(verdictsOf(judgeLayerTooThick(s.input())), QStringList{"pass"});
    }

    void airAndPauses() {
        Tracks tracks;
        for (int f = 0; f < 1000; ++f) {
            tracks.frameTimesS.push_back(f * 0.04);
            TrackPoint p;
            p.frame = f;
            p.timeS = f * 0.04;
            p.track = TrackId{1};
            p.immersed = f < 100 || f >= 300;  // in the air from 4 s to 12 s
            tracks.points.push_back(p);
        }
        Scene s{profileOf({{"air_max_s", 5}, {"idle_max_s", 6}}),
                {at(1, {1, 1}, 0, 3), at(2, {2, 1}, 12, 20)}};
        RuleInput in = s.input();
        in.tracks = &tracks;
        Verdicts v = judgeRunningInAir(in);
        QCOMPARE(verdictsOf(v), QStringList{"cannot_judge"});  // never an accusation
        QCOMPARE(v[0].startFrame, FrameIndex{100});
        QCOMPARE(v[0].endFrame, FrameIndex{299});
        v = judgeNoVibration(in);  // 8 s between the two, 7 s after the last
        QCOMPARE(verdictsOf(v), (QStringList{"violation", "cannot_judge"}));
        QVERIFY(std::abs(*v[0].value - 8) < 1e-9);
        tracks.motion.resize(1000);
        tracks.motion[200].cut = true;  // what the film left out is not held against anyone
        QCOMPARE(verdictsOf(judgeNoVibration(in)), (QStringList{"cannot_judge", "cannot_judge"}));
        // A lens that was covered in between saw nobody, and nobody saw whether they vibrated.
        tracks.motion.clear();
        const auto blind = [&](double fromS, double toS) {
            Tracks seen = tracks;
            std::erase_if(seen.points, [&](const TrackPoint& p) {
                return p.timeS > fromS + 1e-9 && p.timeS < toS - 1e-9;
            });
            in.tracks = &seen;
            const QStringList verdicts = verdictsOf(judgeNoVibration(in));
            in.tracks = &tracks;
            return verdicts;
        };
        QCOMPARE(blind(7, 7.96), (QStringList{"violation", "cannot_judge"}));
        QCOMPARE(blind(7, 8), (QStringList{"cannot_judge", "cannot_judge"}));
        s.profile = profileOf({{"air_max_s", 8.5}, {"idle_max_s", 9}});
        QCOMPARE(verdictsOf(judgeRunningInAir(in)), QStringList{"pass"});
        QCOMPARE(verdictsOf(judgeNoVibration(in)), QStringList{"pass"});
        s.insertions.clear();
        s.profile = profileOf({{"idle_max_s", 9}});
        QCOMPARE(verdictsOf(judgeNoVibration(in)), QStringList{"cannot_judge"});
    }

    void order() {
        Scene s{profileOf({{"order_leap_r", 2.5}, {"order_max_pct", 34}}), {}};
        const auto walk = [&](const std::vector<int>& columns) {
            s.insertions.clear();
            for (std::size_t i = 0; i < columns.size(); ++i) {
                s.insertions.push_back(at(static_cast<std::int64_t>(i) + 1, {0.5 * columns[i], 1.0},
                                          20.0 * double(i), 8));
            }
            return verdictsOf(judgeIrregularOrder(s.input()));
        };
        QCOMPARE(walk({0, 1, 2, 3, 4, 5, 6, 7}), QStringList{"pass"});
        QCOMPARE(walk({0, 5, 1, 6, 2, 7, 3, 4}), QStringList{"violation"});
        QCOMPARE(walk({0, 5, 1}), QStringList{"cannot_judge"});
        s.calibrated = false;
        QCOMPARE(walk({0, 1, 2, 3, 4, 5}), QStringList{"cannot_judge"});
    }

    void lateRevibration() {
        Scene s{
            profileOf(
                {{"revibration_max_s", 3600}, {"repeat_distance_r", 0.5}, {"repeat_gap_s", 120}}),
            {at(1, {1, 1}, 0, 8), at(2, {1.05, 1}, 1800, 8)}};
        QCOMPARE(verdictsOf(judgeLateRevibration(s.input())), QStringList{"cannot_judge"});
        s.calibration.concreteAgeS = 600;
        QCOMPARE(verdictsOf(judgeLateRevibration(s.input())), QStringList{"pass"});
        s.calibration.concreteAgeS = 1900;
        QCOMPARE(verdictsOf(judgeLateRevibration(s.input())), QStringList{"violation"});
        // The age was entered: a poker that was hardly seen is the reason, not the age.
        s.insertions[1].insertion.confidence = 0.2;
        const Verdicts poor = judgeLateRevibration(s.input());
        QCOMPARE(verdictsOf(poor), QStringList{"cannot_judge"});
        QVERIFY(poor[0].reason.find("too poorly") != std::string::npos);
        s.insertions[1].insertion.confidence = 0.9;
        s.calibration.concreteAgeS = 1821;  // 30 s beyond the hour, and the text tells them apart
        const Verdicts late = judgeLateRevibration(s.input());
        QCOMPARE(verdictsOf(late), QStringList{"violation"});
        QVERIFY(late[0].reasonArgs[0] != late[0].reasonArgs[1]);
        s.insertions[1] = at(2, {2, 1}, 1800, 8);  // another place
        QVERIFY(judgeLateRevibration(s.input()).empty());
        s.insertions[1] = at(2, {1.05, 1}, 60, 8);  // still the same treatment
        QVERIFY(judgeLateRevibration(s.input()).empty());
    }

    void movingConcrete() {
        Scene s{profileOf({{"move_length_m", 0.5}, {"drag_speed_mm_s", 50}}),
                {at(1, {1, 1}, 0, 8)}};
        const auto pulled = [&](double metres) {
            auto& path = s.insertions[0].path;
            path.clear();
            for (int i = 0; i <= 100; ++i) {
                ContactSample sample;
                sample.frame = i;
                sample.timeS = i * 0.04;
                sample.planeM = PointM{1 + metres * i / 100, 1};
                sample.speedMmS = metres * 250;
                path.push_back(sample);
            }
            return verdictsOf(judgeMovingConcrete(s.input()));
        };
        QCOMPARE(pulled(0.4), QStringList{"pass"});
        QCOMPARE(pulled(0.6), QStringList{"violation"});
        s.insertions[0].insertion.confidence = 0.2;
        QCOMPARE(pulled(0.6), QStringList{"cannot_judge"});
        s.calibrated = false;
        QCOMPARE(pulled(0.6), QStringList{"cannot_judge"});
    }

    // ---- errors, neighbours and what was not seen ----------------------------------------------

    // A tracked poker, and a person whose feet stand in the region, for `seconds` at 5 frames/s.
    static Tracks watched(double seconds, bool person, double pokerUntilS = 1e9) {
        Tracks tracks;
        for (int f = 0; f < seconds * 5; ++f) {
            const double t = f / 5.0;
            tracks.frameTimesS.push_back(t);
            TrackPoint p;
            p.frame = f;
            p.timeS = t;
            p.track = TrackId{1};
            p.score = 0.9F;
            if (t < pokerUntilS) {
                p.cls = ObjectClass::Vibrator;
                p.poker = PokerPoints{{300, 300}, {300, 200}};
                tracks.points.push_back(p);
            }
            if (person) {
                p.cls = ObjectClass::Person;
                p.poker.reset();
                p.track = TrackId{2};
                p.box = {350, 100, 100, 200};
                tracks.points.push_back(p);
            }
        }
        return tracks;
    }
    void whatWasOutOfSightIsNeitherHeldAgainstAnyoneNorPassed() {
        Scene s{profileOf({{"t_min_s", 5}, {"t_max_s", 15}}), {at(1, {1, 1}, 0, 6)}};
        s.insertions[0].insertion.unseenS = 1.0;
        QCOMPARE(verdictsOf(judgeUnderVibration(s.input())), QStringList{"pass"});
        s.insertions[0].insertion.unseenS = 1.5;
        QCOMPARE(verdictsOf(judgeUnderVibration(s.input())), QStringList{"cannot_judge"});
        s.insertions[0].insertion.stationaryS = 16;
        QCOMPARE(verdictsOf(judgeOverVibration(s.input())), QStringList{"cannot_judge"});
        s.insertions[0].insertion.unseenS = 0.5;
        QCOMPARE(verdictsOf(judgeOverVibration(s.input())), QStringList{"violation"});
    }

    void spacingKnowsItsErrorAndItsNeighbours() {
        Scene s{profileOf({{"s_max_r", 1.4}}), {}};  // 0.56 m
        // Rows 0.4 m apart, but columns 0.7 m apart: the nearest is near, the neighbour beside not.
        s.insertions = {at(1, {1, 1}, 0, 9), at(2, {1, 1.4}, 20, 9), at(3, {1.7, 1}, 40, 9),
                        at(4, {1.7, 1.4}, 60, 9)};
        const Verdicts v = judgeSpacing(s.input());
        QCOMPARE(verdictsOf(v), (QStringList{"pass", "pass", "violation", "violation"}));
        QVERIFY(std::abs(*v[3].value - 0.7) < 1e-9);
        for (ObservedInsertion& o : s.insertions) {
            o.insertion.contactErrorM = 0.1;  // 0.14 m for a distance
        }
        QCOMPARE(verdictsOf(judgeSpacing(s.input())),
                 (QStringList{"pass", "pass", "cannot_judge", "cannot_judge"}));
        for (ObservedInsertion& o : s.insertions) {
            o.insertion.contactErrorM = 0.01;
        }
        Coverage c;  // what lies between was hidden
        c.cellM = 1;
        c.columns = c.rows = 4;
        c.state.assign(16, kCellNotObserved);
        RuleInput in = s.input();
        in.coverage = &c;
        QCOMPARE(verdictsOf(judgeSpacing(in)),
                 (QStringList{"pass", "pass", "cannot_judge", "cannot_judge"}));
    }

    void neighboursOfAGrid() {
        std::vector<PointM> grid;
        for (int r = 0; r < 5; ++r) {
            for (int c = 0; c < 6; ++c) {
                grid.push_back({c * 0.5, r * 0.5});
            }
        }
        // Exactly rows and columns: no diagonal, none missing.
        const auto edges = neighbourEdges(grid);
        QCOMPARE(edges.size(), std::size_t{5 * 5 + 6 * 4});
        for (const auto& [a, b] : edges) {
            QVERIFY(std::abs(std::hypot(grid[a].x - grid[b].x, grid[a].y - grid[b].y) - 0.5) <
                    1e-9);
        }
        // A triangulation of n places with h on the hull has 3n - 3 - h edges; on exactly straight
        // sides a corner may be cut off or not.
        QVERIFY(delaunayEdges(grid).size() >= std::size_t{3 * 30 - 3 - 18});
        QVERIFY(delaunayEdges({}).empty() && delaunayEdges({{1, 1}}).empty());
        QCOMPARE(neighbourEdges({{0, 0}, {1, 0}}).size(), std::size_t{1});
        QCOMPARE(neighbourEdges({{0, 0}, {1, 0}, {2, 0}, {3, 0}}).size(), std::size_t{3});
        QVERIFY(neighbourEdges({{0, 0}, {0, 0}, {1, 0}}).size() >= std::size_t{2});
    }

    // The definition itself, by looking at every third place for every pair.
    void neighboursByDefinition_data() {
        QTest::addColumn<int>("kind");
        QTest::newRow("anywhere") << 0;
        QTest::newRow("two heaps far apart") << 1;
        QTest::newRow("a row") << 2;
        QTest::newRow("a staggered grid") << 3;
        QTest::newRow("a circle") << 4;
    }
    void neighboursByDefinition() {
        QFETCH(int, kind);
        std::uint32_t state = 9;
        const auto chance = [&state] {
            state = state * 1664525U + 1013904223U;
            return state / 4294967296.0;
        };
        for (int count = 3; count < 90; count += 4) {
            std::vector<PointM> places;
            for (int i = 0; i < count; ++i) {
                const double angle = 2 * 3.14159265358979 * i / count;
                const PointM kinds[] = {{3 * chance(), 2 * chance()},
                                        {chance() + (i % 2) * 100, chance()},
                                        {0.3 * i, 0.1 * i},
                                        {(i % 9) * 0.5 + (i / 9 % 2) * 0.25, (i / 9) * 0.433},
                                        {std::cos(angle), std::sin(angle)}};
                places.push_back(kinds[kind]);
            }
            const auto squared = [&](std::size_t a, std::size_t b) {
                const double dx = places[a].x - places[b].x, dy = places[a].y - places[b].y;
                return dx * dx + dy * dy;
            };
            std::vector<Edge> expected;
            for (std::size_t a = 0; a < places.size(); ++a) {
                for (std::size_t b = a + 1; b < places.size(); ++b) {
                    bool alone = true;
                    for (std::size_t k = 0; k < places.size() && alone; ++k) {
                        const double own = squared(a, b) * (1 - 1e-9);
                        alone = k == a || k == b || squared(k, a) >= own || squared(k, b) >= own;
                    }
                    if (alone) {
                        expected.emplace_back(a, b);
                    }
                }
            }
            QCOMPARE(neighbourEdges(places), expected);
        }
    }

    void missedAreaKnowsItsError() {
        Scene s{profileOf({{"coverage_min_pct", 99}, {"gap_max_m", 0.1}}), {at(1, {1, 1}, 0, 9)}};
        Coverage c;
        c.covered = 0.985;
        c.missed = 0.015;
        c.coveredMost = 0.995;
        c.largestGapM = 0.12;
        c.errorM = 0.02;
        RuleInput in = s.input();
        in.coverage = &c;
        QCOMPARE(verdictsOf(judgeMissedArea(in)), QStringList{"cannot_judge"});
        c.largestGapM = 0.15;
        QCOMPARE(verdictsOf(judgeMissedArea(in)), QStringList{"violation"});
        c.largestGapM = 0.12;
        c.coveredMost = 0.986;
        QCOMPARE(verdictsOf(judgeMissedArea(in)), QStringList{"violation"});
    }

    // Half of the region lies behind somebody for as long as an insertion takes.
    void whatPeopleHideIsNotMissed() {
        const Homography h = *solve(flatCalibration());
        const auto region = flatCalibration().pourRegion;  // 100 px a metre
        Tracks tracks = watched(60, false);
        QVERIFY(Observation(tracks, h, region, 5).seen({3, 2}));
        for (TrackPoint& p : tracks.points) {
            if (p.timeS > 20 && p.timeS < 30) {  // the poker is gone, a person stands there
                p.cls = ObjectClass::Person;
                p.poker.reset();
                p.box = {200, 100, 200, 300};
            }
        }
        Observation hidden(tracks, h, region, 5);
        QVERIFY(!hidden.seen({3, 2}));
        QVERIFY(hidden.seen({5, 2}) && hidden.seen({3, 5}));
        QVERIFY(Observation(tracks, h, region, 12).seen({3, 2}));  // too short to have treated it
        // With the poker in sight nobody can have worked behind that person.
        Tracks both = watched(60, false);
        for (const TrackPoint& p : tracks.points) {
            if (p.cls == ObjectClass::Person) {
                both.points.push_back(p);
                both.points.back().track = TrackId{9};
            }
        }
        std::stable_sort(
            both.points.begin(), both.points.end(),
            [](const TrackPoint& a, const TrackPoint& b) { return a.frame < b.frame; });
        QVERIFY(Observation(both, h, region, 5).seen({3, 2}));
        // A blocked lens sees nothing.
        Tracks blocked = watched(60, false, 40);
        QVERIFY(!Observation(blocked, h, region, 5).seen({5, 2}));
    }

    void everyRuleSaysWhatItNeeds() {
        Tracks tracks = truthTracks(renderPour({fourInsertions()}, {}));
        const Calibration calibration = flatCalibration();
        for (const Profile& profile : builtInProfiles()) {
            const Judgement j = judge(tracks, profile, &calibration);
            for (const Violation& v : j.violations) {
                QVERIFY2(!v.reason.empty() && !v.source.empty() && !v.rule.empty(), v.rule.c_str());
                QVERIFY2(v.endS >= v.startS && v.endFrame >= v.startFrame, v.rule.c_str());
                for (std::size_t i = 0; i < v.reasonArgs.size(); ++i) {
                    QVERIFY2(!v.reasonArgs[i].empty(), v.rule.c_str());
                }
            }
        }
    }

    // Whether the poker stood long enough decides about the ground as it does about the insertion.
    void stay_data() {
        QTest::addColumn<double>("stoodS");
        QTest::addColumn<double>("waveredS");
        QTest::addColumn<double>("unseenS");
        QTest::addColumn<double>("errorS");
        QTest::addColumn<bool>("open");
        QTest::addColumn<int>("state");
        QTest::newRow("long enough") << 5.0 << 0.0 << 0.0 << 0.0 << false << int(kCellCovered);
        QTest::newRow("too short") << 4.0 << 0.0 << 0.0 << 0.0 << false << int(kCellMissed);
        QTest::newRow("swayed") << 4.0 << 1.0 << 0.0 << 0.0 << false << int(kCellNotObserved);
        QTest::newRow("swayed, too short") << 4.0 << 0.9 << 0.0 << 0.0 << false << int(kCellMissed);
        QTest::newRow("unseen") << 5.0 << 0.0 << 0.1 << 0.0 << false << int(kCellNotObserved);
        QTest::newRow("within the error")
            << 4.0 << 0.0 << 0.0 << 0.7 << false << int(kCellNotObserved);
        QTest::newRow("part seen") << 4.0 << 0.0 << 0.0 << 0.0 << true << int(kCellNotObserved);
    }
    void stay() {
        QFETCH(double, stoodS);
        QFETCH(double, waveredS);
        QFETCH(double, unseenS);
        QFETCH(double, errorS);
        QFETCH(bool, open);
        QFETCH(int, state);
        const Calibration calibration = flatCalibration();
        Tracks tracks = watched(30, false);
        JudgeOptions options;
        options.correct = [&](std::vector<ObservedInsertion>& observed, const Homography*) {
            observed = {at(1, {3, 3}, 5, stoodS)};
            Insertion& in = observed[0].insertion;
            in.unseenS = unseenS;
            in.timeErrorS = errorS;
            in.openEnd = open;
            observed[0].waveredS = waveredS;
        };
        const Profile profile = profileOf({{"t_min_s", 5}, {"coverage_min_pct", 99}});
        const Judgement j = judge(tracks, profile, &calibration, options);
        QCOMPARE(int(coverageState(*j.coverage, {3, 3})), state);
        QCOMPARE(unseen(*j.coverage, {3, 3}), false);  // somebody was seen there
        for (const Violation& v : j.violations) {
            if (v.rule == "under_vibration") {
                QCOMPARE(v.verdict, state == kCellCovered  ? Verdict::Pass
                                    : state == kCellMissed ? Verdict::Violation
                                                           : Verdict::CannotJudge);
            }
        }
    }

    // ---- the whole ----------------------------------------------------------------------------

    void aWholePourWithPlantedViolations() {
        PlannedPoker p;
        p.insertions = {{{300, 500}, 2.0, 12.0},                 // fine
                        {{352, 500}, 14.0, 17.0},                // 3 s: too short
                        {{404, 500}, 19.0, 40.0},                // 21 s: too long
                        {{456, 500}, 42.0, 54.0, {12.0, 0.0}}};  // dragged 1.4 m at 120 mm/s
        PourOptions options;
        options.seconds = 58;
        Tracks tracks = truthTracks(renderPour({p}, options));
        const Calibration calibration = flatCalibration();
        const Profile profile = *loadProfile(QStringLiteral("aci309r"));
        const Judgement j = judge(tracks, profile, &calibration);
        QCOMPARE(j.insertions.size(), std::size_t{4});
        QStringList broken;
        for (const Violation& v : j.violations) {
            if (v.verdict == Verdict::Violation) {
                if (v.rule != "missed_area") {
                    broken << QString::fromStdString(v.rule) +
                                  QString::number(v.insertion.value_or(0));
                }
            }
        }
        broken.sort();
        QStringList expected{"dragging4", "over_vibration3", "under_vibration2"};
        // A poker on the move is nowhere long enough, and ends up far from its neighbours.
        expected << "under_vibration4"
                 << "spacing_too_large4"
                 << "moving_concrete4";
        expected.sort();
        QCOMPARE(broken, expected);
        QVERIFY(std::abs(j.insertions[0].contactM->x - 3.0) < 0.02);
        QVERIFY(std::abs(j.insertions[0].stationaryS - 10.0) < 0.3);
        QCOMPARE(*j.radiusM, 0.4);
        for (std::size_t i = 0; i < j.violations.size(); ++i) {
            QCOMPARE(j.violations[i].id, static_cast<std::int64_t>(i) + 1);
            QVERIFY(!j.violations[i].source.empty() && !j.violations[i].reason.empty());
        }
    }

    void withoutACalibrationMetresAreSaidOnce() {
        Tracks tracks = truthTracks(renderPour({fourInsertions()}, {}));
        const Judgement j = judge(tracks, *loadProfile(QStringLiteral("gb50666")), nullptr);
        QHash<QString, int> cannot;
        for (const Violation& v : j.violations) {
            if (v.verdict == Verdict::CannotJudge) {
                ++cannot[QString::fromStdString(v.rule)];
            }
        }
        for (const char* rule : {"dragging", "spacing_too_large", "repeat_vibration",
                                 "too_far_from_form", "missed_area"}) {
            QCOMPARE(cannot.value(QLatin1String(rule)), 1);
        }
        QVERIFY(!cannot.contains(QStringLiteral("under_vibration")));
        QVERIFY(!cannot.contains(QStringLiteral("over_vibration")));
        QVERIFY(!j.coverage && !j.radiusM);
    }

    void anUnusableCalibrationIsSaid() {
        Tracks tracks = truthTracks(renderPour({fourInsertions()}, {}));
        Calibration c = flatCalibration();
        c.imagePoints.pop_back();
        const Judgement j = judge(tracks, *loadProfile(QStringLiteral("gb50666")), &c);
        QCOMPARE(j.warnings.size(), std::size_t{1});
        QVERIFY(!j.insertions.empty() && !j.insertions[0].contactM);
    }

    // Flat calibration: 100 px a metre. The region ends at x = 4 m; R is 0.4 m.
    void otherPlacesAreLeftOut() {
        PlannedPoker p;
        p.insertions = {{{200, 300}, 1, 9}, {{430, 300}, 11, 19}, {{700, 300}, 21, 29}};
        Calibration calibration = flatCalibration();
        calibration.pourRegion = {{0, 0}, {4, 0}, {4, 6}, {0, 6}};
        Tracks tracks = truthTracks(renderPour({p}, {}));
        const Judgement j = judge(tracks, *loadProfile(QStringLiteral("aci309r")), &calibration);
        // 0.3 m outside is the edge's uncertainty, 3 m outside is another place.
        QCOMPARE(j.insertions.size(), std::size_t{2});
        QCOMPARE(j.insertions[1].id, std::int64_t{2});
        QCOMPARE(j.warnings.size(), std::size_t{1});
        for (const TrackPoint& point : tracks.points) {
            QVERIFY(point.timeS < 20 || !point.immersed.value_or(false));
        }
        // Without a region nothing is left out.
        calibration.pourRegion.clear();
        Tracks again = truthTracks(renderPour({p}, {}));
        QCOMPARE(
            judge(again, *loadProfile(QStringLiteral("aci309r")), &calibration).insertions.size(),
            std::size_t{3});
    }

    void unworkedGroundIsNotMissed() {
        PlannedPoker p;  // two rows at 1.4 R, then the video ends
        double t = 1;
        for (int row = 0; row < 2; ++row) {
            for (int k = 0; k < 4; ++k) {
                p.insertions.push_back({{200.0 + 56 * k, 400.0 + 56 * row}, t, t + 8});
                t += 10;
            }
        }
        PourOptions options;
        options.seconds = t;
        const Calibration calibration = flatCalibration();
        Tracks tracks = truthTracks(renderPour({p}, options));
        JudgeOptions unfinished;
        unfinished.settings.liftFinished = false;
        const Judgement j =
            judge(tracks, *loadProfile(QStringLiteral("aci309r")), &calibration, unfinished);
        QCOMPARE(j.coverage->missed, 0.0);
        QVERIFY(j.coverage->notObserved > 0.8);
        QVERIFY(std::abs(j.coverage->covered + j.coverage->notObserved - 1) < 1e-9);
        for (const Violation& v : j.violations) {
            QVERIFY2(v.verdict != Verdict::Violation, v.rule.c_str());
        }
        // At the end of a lift it is.
        const Judgement end = judge(tracks, *loadProfile(QStringLiteral("aci309r")), &calibration);
        QVERIFY(end.coverage->missed > 0.8);
    }

    // Four points fit exactly however they were clicked: a place is known to a pixel or two at
    // best.
    void fourPointsSayNothingOfTheirError() {
        PlannedPoker p;
        p.insertions = {{{300, 400}, 2.0, 10.0}};
        PourOptions options;
        options.seconds = 12;
        const auto errorM = [&](double pxPerM, int points) {
            Calibration c = flatCalibration();
            c.imagePoints = {{0, 0}, {400, 0}, {400, 400}, {0, 400}, {200, 200}, {100, 300}};
            c.imagePoints.resize(static_cast<std::size_t>(points));
            c.planePoints.clear();
            for (const PointPx& q : c.imagePoints) {
                c.planePoints.push_back({q.x / pxPerM, q.y / pxPerM});
            }
            const Homography surface = *solve(c);
            Tracks tracks = truthTracks(renderPour({p}, options));
            const auto found = observeInsertions(tracks, {}, &surface);
            return found.size() == 1 ? found[0].insertion.contactErrorM.value_or(-1) : -1.0;
        };
        QVERIFY(errorM(200, 6) > 0 && errorM(200, 6) < 0.012);
        QVERIFY(errorM(200, 4) > errorM(200, 6));
        QVERIFY(errorM(40, 4) > 0.035 && errorM(40, 6) < 0.03);
    }

    void twoHoursTakeLessThanASecond() {
        PlannedPoker p;
        for (int k = 0; k < 600; ++k) {
            p.insertions.push_back(
                {{200.0 + 56 * (k % 12), 200.0 + 4 * (k / 12)}, 2 + 12.0 * k, 11 + 12.0 * k});
        }
        PourOptions options;
        options.seconds = 7200;
        options.jitterPx = 1;
        // Found by formula: the schedule's linear search would make the test slow, not the judging.
        Tracks tracks;
        for (int f = 0; f < 180000; ++f) {
            const double time = f / 25.0;
            const int k = std::clamp(static_cast<int>(time / 12), 0, 599);
            PlannedPoker one;
            one.start = k > 0 ? p.insertions[static_cast<std::size_t>(k) - 1].contact : p.start;
            one.insertions = {p.insertions[static_cast<std::size_t>(k)]};
            const PokerState s = stateAt(one, time);
            TrackPoint point;
            point.frame = f;
            point.timeS = time;
            point.track = TrackId{1};
            point.score = 0.9F;
            point.poker = PokerPoints{s.low, s.top, 0.9F, 0.9F, s.immersed ? 1.0F : 0.0F};
            point.box = {s.top.x - 5, s.top.y, 10, s.low.y - s.top.y};
            tracks.points.push_back(point);
            tracks.frameTimesS.push_back(time);
        }
        const Calibration calibration = flatCalibration();
        const Profile profile = *loadProfile(QStringLiteral("gb50666"));
        QElapsedTimer timer;
        timer.start();
        const Judgement j = judge(tracks, profile, &calibration);
        qInfo("judged 2 hours, %zu insertions, in %lld ms", j.insertions.size(),
              static_cast<long long>(timer.elapsed()));
        QCOMPARE(j.insertions.size(), std::size_t{600});
    }
};

QTEST_APPLESS_MAIN(RulesTest)
#include "tst_rules.moc"
