// What people put right by hand: laid over the tracks, taken into the judgement, kept as JSON.
#include <QTest>

#include "core/compliance/corrections.h"
#include "core/compliance/profile.h"
#include "tests/core/compliance/synthetic_pour.h"

using namespace cvd;
using namespace cvd::compliance;
using namespace cvd::test;

namespace {

Profile shortest(double seconds) {
    Profile p = *loadProfile(QStringLiteral("custom"));
    p.parameters.clear();
    p.parameters.append(
        {QStringLiteral("t_min_s"), seconds, {}, QStringLiteral("Test"), SourceStatus::OurSetting});
    return p;
}

Tracks pour() {
    return truthTracks(renderPour({fourInsertions()}, PourOptions()));
}

// The insertion as the program found it, ready to be changed.
Correction correcting(const Insertion& in) {
    Correction c;
    c.kind = Correction::Kind::Insertion;
    c.author = "Ann";
    c.insertion = in.id;
    c.track = in.track;
    c.startFrame = in.startFrame;
    c.endFrame = in.endFrame;
    c.contactPx = in.contactPx;
    return c;
}

const Insertion* byNumber(const Judgement& j, std::int64_t id) {
    for (const Insertion& in : j.insertions) {
        if (in.id == id) {
            return &in;
        }
    }
    return nullptr;
}

int broken(const Judgement& j, const char* rule) {
    return int(std::count_if(j.violations.begin(), j.violations.end(), [&](const Violation& v) {
        return v.rule == rule && v.verdict == Verdict::Violation;
    }));
}

bool inOrder(const Tracks& tracks) {
    return std::is_sorted(tracks.points.begin(), tracks.points.end(),
                          [](const auto& a, const auto& b) { return a.frame < b.frame; });
}

}  // namespace

class TestCorrections : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutCorrectionsNothingChanges() {
        const Calibration calibration = flatCalibration();
        const Profile profile = shortest(5);
        Tracks tracks = pour(), same = pour();
        const Judgement model = judge(tracks, profile, &calibration);
        const Judgement again = judgeCorrected(same, profile, &calibration, model.insertions, {});
        QCOMPARE(model.insertions.size(), size_t(4));
        QCOMPARE(again.insertions.size(), model.insertions.size());
        QCOMPARE(again.violations.size(), model.violations.size());
        for (size_t i = 0; i < model.violations.size(); ++i) {
            QCOMPARE(again.violations[i].rule, model.violations[i].rule);
            QCOMPARE(again.violations[i].verdict, model.violations[i].verdict);
            QCOMPARE(again.violations[i].value, model.violations[i].value);
        }
        QCOMPARE(again.coverage->covered, model.coverage->covered);
    }

    void aChangedEndChangesTheVerdict() {
        const Profile profile = shortest(5);
        Tracks tracks = pour();
        const Judgement model = judge(tracks, profile, nullptr);
        QCOMPARE(broken(model, "under_vibration"), 0);
        const Insertion second = model.insertions[1];
        Correction c = correcting(second);
        c.endFrame = c.startFrame + 75;  // 3 s
        Tracks corrected = pour();
        const Judgement now = judgeCorrected(corrected, profile, nullptr, model.insertions, {c});
        QCOMPARE(broken(now, "under_vibration"), 1);
        const Insertion* changed = byNumber(now, second.id);
        QVERIFY(changed);
        QCOMPARE(changed->endFrame, c.endFrame);
        QVERIFY(std::abs(changed->immersedS - 3) < 0.05);
        QCOMPARE(changed->contactPx, second.contactPx);
        QVERIFY(!changed->withdrawalS);
        QCOMPARE(changed->insertionS, second.insertionS);
        // The others stay, with their numbers.
        for (const std::int64_t id : {1, 3, 4}) {
            QCOMPARE(byNumber(now, id)->startFrame, byNumber(model, id)->startFrame);
        }
        // What the picture says of the poker follows.
        for (const TrackPoint& p : corrected.points) {
            if (p.frame == c.startFrame + 10 || p.frame == c.endFrame + 10) {
                QCOMPARE(*p.immersed, p.frame < c.endFrame);
            }
        }
    }

    void anAddedInsertionCoversItsPlace() {
        const Calibration calibration = flatCalibration();
        const Profile profile = shortest(5);
        Tracks tracks = pour();
        const Judgement model = judge(tracks, profile, &calibration);
        Correction c;
        c.kind = Correction::Kind::Insertion;
        c.author = "Ann";
        c.insertion = freeInsertionNumber(model.insertions, {});
        QCOMPARE(c.insertion, 5);
        c.startFrame = 100;
        c.endFrame = 300;
        c.contactPx = {800, 300};
        Tracks corrected = pour();
        const Judgement now =
            judgeCorrected(corrected, profile, &calibration, model.insertions, {c});
        const Insertion* added = byNumber(now, 5);
        QVERIFY(added);
        QCOMPARE(now.insertions.size(), size_t(5));
        QVERIFY(std::abs(added->contactM->x - 8) < 1e-6 && std::abs(added->contactM->y - 3) < 1e-6);
        QVERIFY(std::abs(*added->contactErrorM - 0.03) < 1e-6);
        QVERIFY(std::abs(added->stationaryS - 8) < 1e-6);
        QVERIFY(added->effective);
        // A disc of 0.4 m more is treated.
        const double areaM2 = now.coverage->areaM2;
        const double gained = (now.coverage->covered - model.coverage->covered) * areaM2;
        QVERIFY2(std::abs(gained - 3.14159 * 0.16) < 0.03, qPrintable(QString::number(gained)));
        // Far from everything else: the rules see it.
        const auto by = insertionsByHand({c});
        QCOMPARE(by.size(), size_t(1));
        QCOMPARE(by[0].first, 5);
        QCOMPARE(by[0].second, std::string("Ann"));
    }

    void aRemovedInsertionIsGone() {
        const Profile profile = shortest(5);
        Tracks tracks = pour();
        const Judgement model = judge(tracks, profile, nullptr);
        Correction c = correcting(model.insertions[0]);
        c.remove = true;
        Tracks corrected = pour();
        const Judgement now = judgeCorrected(corrected, profile, nullptr, model.insertions, {c});
        QCOMPARE(now.insertions.size(), size_t(3));
        QVERIFY(!byNumber(now, 1));
        QVERIFY(byNumber(now, 4));
        for (const TrackPoint& p : corrected.points) {
            if (p.frame > c.startFrame && p.frame < c.endFrame) {
                QVERIFY(!p.immersed.value_or(false));
            }
        }
        QVERIFY(insertionsByHand({c}).empty());
    }

    void aTouchByHandIsATouch() {
        const Profile profile = shortest(5);
        Tracks tracks = pour();
        const Judgement model = judge(tracks, profile, nullptr);
        Correction c = correcting(model.insertions[2]);
        c.endFrame = c.startFrame + 10;  // 0.4 s
        Tracks corrected = pour();
        const Judgement now = judgeCorrected(corrected, profile, nullptr, model.insertions, {c});
        QVERIFY(!byNumber(now, 3)->effective);
        QCOMPARE(broken(now, "under_vibration"), 0);
    }

    void aMovedInsertionMovesItsPlace() {
        const Calibration calibration = flatCalibration();
        const Profile profile = shortest(5);
        Tracks tracks = pour();
        const Judgement model = judge(tracks, profile, &calibration);
        Correction c = correcting(model.insertions[1]);
        c.contactPx = {420, 205};
        Tracks corrected = pour();
        const Judgement now =
            judgeCorrected(corrected, profile, &calibration, model.insertions, {c});
        const Insertion* moved = byNumber(now, 2);
        QVERIFY(std::abs(moved->contactM->y - 2.05) < 1e-6);
        QCOMPARE(moved->startFrame, model.insertions[1].startFrame);
        QVERIFY(std::abs(moved->stationaryS - model.insertions[1].stationaryS) < 1e-6);
    }

    // With the camera shaking, the same place has other pixels in another first frame.
    void anotherStartIsNotAnotherPlace() {
        const Calibration calibration = flatCalibration();
        const Profile profile = shortest(5);
        PourOptions shaking;
        shaking.shakePx = 6;
        const auto frames = renderPour({fourInsertions()}, shaking);
        Tracks tracks = truthTracks(frames), corrected = truthTracks(frames);
        const Judgement model = judge(tracks, profile, &calibration);
        QCOMPARE(model.insertions.size(), size_t(4));
        const Stabiliser stabiliser(tracks);
        Correction c = correcting(model.insertions[1]);
        c.startFrame += 25;
        c.contactPx = stabiliser.fromFirst(
            c.startFrame, stabiliser.toFirst(model.insertions[1].startFrame, c.contactPx));
        QVERIFY(std::hypot(c.contactPx.x - model.insertions[1].contactPx.x,
                           c.contactPx.y - model.insertions[1].contactPx.y) > 1);
        const Judgement now =
            judgeCorrected(corrected, profile, &calibration, model.insertions, {c});
        QCOMPARE(*byNumber(now, 2)->contactM, *model.insertions[1].contactM);
        QCOMPARE(byNumber(now, 2)->tiltDeg, model.insertions[1].tiltDeg);
    }

    void objectsAreReplacedAddedAndRemoved() {
        Tracks tracks = pour();
        const TrackPoint found = tracks.points[100];
        Correction moved;
        moved.object = found;
        moved.object.track = {};
        moved.object.box.x += 20;
        moved.object.poker->low.x += 20;
        moved.replaces = found.box;
        Correction again = moved;
        again.replaces = moved.object.box;
        again.object.box.x += 5;
        Correction added;
        added.object = found;
        added.object.track = TrackId{9};
        added.object.box = {10, 10, 30, 60};
        Correction removed;
        removed.remove = true;
        removed.object = tracks.points[200];
        removed.replaces = tracks.points[200].box;
        const size_t before = tracks.points.size();
        applyToTracks(tracks, {moved, again, added, removed});
        QCOMPARE(tracks.points.size(), before);  // one more, one less
        QVERIFY(inOrder(tracks));
        QList<TrackPoint> there;
        for (const TrackPoint& p : tracks.points) {
            if (p.frame == found.frame) {
                there.append(p);
            }
            QVERIFY(p.frame != removed.object.frame);
        }
        QCOMPARE(there.size(), 2);
        const auto& kept = there[0].track == found.track ? there[0] : there[1];
        QCOMPARE(kept.track, found.track);  // who it was is not lost by moving it
        QCOMPARE(kept.box.x, found.box.x + 25);
        QCOMPARE(kept.score, 1.0F);
        // Removing what is not there changes nothing.
        applyToTracks(tracks, {removed});
        QCOMPARE(tracks.points.size(), before);
        // Beyond the last frame: at the end.
        added.object.frame = 100'000;
        applyToTracks(tracks, {added});
        QVERIFY(inOrder(tracks));
        QCOMPARE(tracks.points.back().frame, FrameIndex(100'000));
    }

    // False pokers of the detector make an insertion; without them there is none.
    void removingObjectsTakesTheirInsertionAway() {
        const Profile profile = shortest(5);
        Tracks tracks = pour();
        const Judgement model = judge(tracks, profile, nullptr);
        const Insertion first = model.insertions[0];
        std::vector<Correction> corrections;
        for (const TrackPoint& p : pour().points) {
            if (p.frame <= first.endFrame + 25) {
                Correction c;
                c.remove = true;
                c.object = p;
                c.replaces = p.box;
                corrections.push_back(c);
            }
        }
        Tracks corrected = pour();
        const Judgement now =
            judgeCorrected(corrected, profile, nullptr, model.insertions, corrections);
        QCOMPARE(now.insertions.size(), size_t(3));
        QVERIFY(!byNumber(now, 1));
        QCOMPARE(byNumber(now, 2)->endFrame, model.insertions[1].endFrame);  // its number is kept
    }

    void aWholeTrackIsRemovedAtOnce() {
        const Profile profile = shortest(5);
        Tracks tracks = pour();
        const Judgement model = judge(tracks, profile, nullptr);
        Correction c;
        c.remove = c.wholeTrack = true;
        c.object.track = TrackId{1};
        QVERIFY(validateCorrection(c, 1000).ok());
        Tracks corrected = pour();
        const auto read = parseCorrection(correctionToJson([&] {
            Correction withBox = c;
            withBox.object.box = {0, 0, 5, 5};
            return withBox;
        }()));
        QVERIFY(read.ok());
        const Judgement now =
            judgeCorrected(corrected, profile, nullptr, model.insertions, {*read});
        QVERIFY(now.insertions.empty());
        QVERIFY(corrected.points.empty());
        c.object.track = {};
        QVERIFY(!validateCorrection(c, 1000).ok());
    }

    void aPersonsFindingNamesThePerson() {
        const Profile profile = shortest(5);
        Tracks tracks = pour();
        const Judgement model = judge(tracks, profile, nullptr);
        Correction c;
        c.kind = Correction::Kind::Violation;
        c.author = "李工";
        c.note = "%1 leaned on the rebar";
        c.violation.rule = "tilt";
        c.violation.severity = Severity::Major;
        c.violation.startFrame = 60;
        c.violation.endFrame = 90;
        c.violation.startS = 2.4;
        c.violation.endS = 3.6;
        c.violation.insertion = 1;
        Tracks corrected = pour();
        const Judgement now = judgeCorrected(corrected, profile, nullptr, model.insertions, {c});
        QCOMPARE(now.violations.size(), model.violations.size() + 1);
        const auto v = std::find_if(now.violations.begin(), now.violations.end(), enteredByHand);
        QVERIFY(v != now.violations.end());
        QCOMPARE(v->source, c.author);
        QCOMPARE(v->insertion, std::optional<std::int64_t>(1));
        QCOMPARE(v->verdict, Verdict::Violation);
        QCOMPARE(fail(ErrorKind::Usage, v->reason, v->reasonArgs).message(),
                 std::string("Entered by hand by 李工: %1 leaned on the rebar"));
        for (size_t i = 0; i < now.violations.size(); ++i) {
            QCOMPARE(now.violations[i].id, std::int64_t(i) + 1);
        }
        // An insertion that is gone is not named.
        c.violation.insertion = 77;
        Tracks more = pour();
        const Judgement other = judgeCorrected(more, profile, nullptr, model.insertions, {c});
        for (const Violation& found : other.violations) {
            QVERIFY(!enteredByHand(found) || !found.insertion);
        }
    }

    void jsonKeepsEverything() {
        Correction object;
        object.object.frame = 12;
        object.object.timeS = 0.48;
        object.object.track = TrackId{3};
        object.object.box = {1.25, 2.5, 30.0625, 40};
        object.object.poker = PokerPoints{{10.1, 40.7}, {11, 3}, 1, 1, 1};
        object.replaces = BoxPx{1, 2, 30, 40};
        const auto read = parseCorrection(correctionToJson(object));
        QVERIFY(read.ok());
        QCOMPARE(int(read->kind), int(Correction::Kind::Object));
        QCOMPARE(read->object.frame, object.object.frame);
        QCOMPARE(read->object.track, object.object.track);
        QCOMPARE(read->object.box, object.object.box);
        QCOMPARE(read->object.poker->low, object.object.poker->low);
        QCOMPARE(read->object.poker->immersedScore, 1.0F);
        QCOMPARE(read->replaces, object.replaces);
        Correction insertion;
        insertion.kind = Correction::Kind::Insertion;
        insertion.insertion = 7;
        insertion.remove = true;
        insertion.track = TrackId{2};
        insertion.startFrame = 5;
        insertion.endFrame = 9;
        insertion.contactPx = {1.5, 2.5};
        const auto second = parseCorrection(correctionToJson(insertion));
        QVERIFY(second.ok() && second->remove);
        QCOMPARE(second->insertion, 7);
        QCOMPARE(second->contactPx, insertion.contactPx);
        Correction violation;
        violation.kind = Correction::Kind::Violation;
        violation.note = "倾斜";
        violation.violation.rule = "tilt";
        violation.violation.severity = Severity::Critical;
        violation.violation.startFrame = 1;
        violation.violation.endFrame = 4;
        const auto third = parseCorrection(correctionToJson(violation));
        QVERIFY(third.ok());
        QCOMPARE(third->note, violation.note);
        QCOMPARE(third->violation.severity, Severity::Critical);
        QVERIFY(!third->violation.insertion);
    }

    void brokenJsonIsRefused_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no object") << QByteArray("[1]");
        QTest::newRow("no kind") << QByteArray("{}");
        QTest::newRow("no box") << QByteArray(R"({"kind":"object","object":{"class":"person"}})");
        QTest::newRow("severity") << QByteArray(
            R"({"kind":"violation","violation":{"rule":"tilt"}})");
    }
    void brokenJsonIsRefused() {
        QFETCH(QByteArray, json);
        const auto read = parseCorrection(json);
        QVERIFY(!read.ok());
        QCOMPARE(read.error().kind, ErrorKind::BadInput);
    }

    void whatMakesNoSenseIsRefused() {
        const auto refused = [](const Correction& c) {
            const Status status = validateCorrection(c, 1000);
            return !status.ok() && status.error().kind == ErrorKind::Usage;
        };
        Correction object;
        object.object.box = {0, 0, 10, 10};
        QVERIFY(validateCorrection(object, 1000).ok());
        object.object.frame = 1000;
        QVERIFY(refused(object));
        object.object.frame = 999;
        object.object.box.w = 0.5;
        QVERIFY(refused(object));
        object.remove = true;
        QVERIFY(refused(object));
        Correction insertion;
        insertion.kind = Correction::Kind::Insertion;
        insertion.startFrame = 10;
        insertion.endFrame = 20;
        QVERIFY(refused(insertion));
        insertion.insertion = 1;
        QVERIFY(validateCorrection(insertion, 1000).ok());
        insertion.endFrame = 10;
        QVERIFY(refused(insertion));
        insertion.endFrame = 1000;
        QVERIFY(refused(insertion));
        insertion.remove = true;
        QVERIFY(validateCorrection(insertion, 1000).ok());
        Correction violation;
        violation.kind = Correction::Kind::Violation;
        violation.violation.rule = "no_such_rule";
        violation.violation.endFrame = 5;
        QVERIFY(refused(violation));
        for (const std::string_view rule : ruleNames()) {
            violation.violation.rule = rule;
            QVERIFY(validateCorrection(violation, 1000).ok());
        }
    }
};

QTEST_GUILESS_MAIN(TestCorrections)
#include "tst_corrections.moc"
