// Identities of pokers and people through dropped detections, crossings, occlusions and cuts.
#include <QElapsedTimer>
#include <QTest>
#include <map>
#include <set>

#include "core/compliance/insertions.h"
#include "core/tracking/assignment.h"
#include "core/tracking/tracker.h"
#include "tests/core/compliance/synthetic_pour.h"

using namespace cvd;
using namespace cvd::test;
using namespace cvd::tracking;

namespace {

struct Tracked {
    Tracks tracks;
    std::map<int, std::set<std::int64_t>> idsOf;     // poker -> track ids
    std::map<std::int64_t, std::set<int>> pokersOf;  // track id -> pokers
};

Tracked track(const std::vector<PourFrame>& frames, TrackerOptions options = {}) {
    Tracked out;
    Tracker tracker(options);
    for (std::size_t f = 0; f < frames.size(); ++f) {
        const auto points = tracker.push(static_cast<FrameIndex>(f), frames[f].timeS,
                                         frames[f].detections, frames[f].motion);
        out.tracks.frameTimesS.push_back(frames[f].timeS);
        out.tracks.motion.push_back(frames[f].motion);
        for (const TrackPoint& p : points) {
            for (std::size_t d = 0; d < frames[f].detections.size(); ++d) {
                if (!p.predicted && p.track.valid() &&
                    std::abs(p.box.x - frames[f].detections[d].box.x) < 1e-3 &&
                    std::abs(p.box.y - frames[f].detections[d].box.y) < 1e-3) {
                    out.idsOf[frames[f].poker[d]].insert(p.track.value);
                    out.pokersOf[p.track.value].insert(frames[f].poker[d]);
                }
            }
            out.tracks.points.push_back(p);
        }
    }
    return out;
}

// An upright bar of 100 px.
Detection bar(double lowX, double lowY, float score) {
    Detection d;
    d.score = score;
    d.box = {lowX - 10, lowY - 100, 20, 100};
    d.poker = PokerPoints{{lowX, lowY}, {lowX, lowY - 100}, 0.9F, 0.9F, 0.5F};
    return d;
}

Detection person(double x, double y, float score = 0.8F) {
    Detection d;
    d.cls = ObjectClass::Person;
    d.score = score;
    d.box = {x, y, 60, 150};
    return d;
}

}  // namespace

class TrackerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onePokerKeepsItsIdentity_data() {
        QTest::addColumn<double>("jitterPx");
        QTest::addColumn<double>("dropShare");
        QTest::addColumn<double>("shakePx");
        QTest::newRow("clean") << 0.0 << 0.0 << 0.0;
        QTest::newRow("jitter") << 3.0 << 0.0 << 0.0;
        QTest::newRow("dropped") << 2.0 << 0.3 << 0.0;
        QTest::newRow("shaking") << 1.0 << 0.1 << 25.0;
    }
    void onePokerKeepsItsIdentity() {
        QFETCH(double, jitterPx);
        QFETCH(double, dropShare);
        QFETCH(double, shakePx);
        const std::vector<PlannedPoker> pokers{fourInsertions()};
        PourOptions options;
        options.jitterPx = jitterPx;
        options.dropShare = dropShare;
        options.shakePx = shakePx;
        Tracked t = track(renderPour(pokers, options));
        QCOMPARE(t.idsOf[0].size(), std::size_t{1});
        const auto found = compliance::findInsertions(t.tracks, {}, nullptr);
        QCOMPARE(found.size(), std::size_t{4});
    }

    void insertionsFromTrackedDetections() {
        PlannedPoker a = fourInsertions(), b = fourInsertions();
        for (auto& i : b.insertions) {
            i.contact.y += 90;
            i.enterS += 1.3;
            i.exitS += 1.7;
        }
        b.start = {800, 260};
        const std::vector<PlannedPoker> pokers{a, b};
        PourOptions options;
        options.jitterPx = 1.5;
        options.dropShare = 0.1;
        Tracked t = track(renderPour(pokers, options));
        const auto found = compliance::findInsertions(t.tracks, {}, nullptr);
        QCOMPARE(insertionF1(pokers, found, 0.15), 1.0);
    }

    void crossingPokersAreNotSwapped() {
        PlannedPoker a, b;  // pass each other in air at different heights of their hands
        a.insertions = {{{300, 500}, 1.0, 5.0}, {{700, 520}, 8.0, 12.0}};
        b.insertions = {{{700, 470}, 1.2, 5.2}, {{300, 450}, 8.2, 12.2}};
        a.start = {250, 480};
        b.start = {750, 450};
        b.barPx = 120;
        PourOptions options;
        options.seconds = 14;
        options.jitterPx = 1;
        Tracked t = track(renderPour({a, b}, options));
        QCOMPARE(t.idsOf[0].size(), std::size_t{1});
        QCOMPARE(t.idsOf[1].size(), std::size_t{1});
        QVERIFY(*t.idsOf[0].begin() != *t.idsOf[1].begin());
    }

    void occlusionIsBridgedForAWhile() {
        PourOptions options;
        options.hiddenS = {{5.0, 6.5}};
        Tracked t = track(renderPour({fourInsertions()}, options));
        QCOMPARE(t.idsOf[0].size(), std::size_t{1});
        int bridged = 0;
        for (const TrackPoint& p : t.tracks.points) {
            if (!p.predicted) {
                continue;
            }
            ++bridged;
            QCOMPARE(p.score, 0.0F);
            // The poker stands in the concrete: the guess stays with it.
            QVERIFY(std::hypot(p.poker->low.x - 300, p.poker->low.y - 500) < 5);
        }
        QCOMPARE(bridged, 10);  // 0.4 s at 25 frames a second
        QCOMPARE(compliance::findInsertions(t.tracks, {}, nullptr).size(), std::size_t{4});
    }

    void aCutStartsNewTracks() {
        auto frames = renderPour({fourInsertions()}, {});
        frames[200].motion.cut = true;
        Tracked t = track(frames);
        QCOMPARE(t.idsOf[0].size(), std::size_t{2});
        // The insertion under way ends at the cut; nothing is joined over it.
        const auto found = compliance::findInsertions(t.tracks, {}, nullptr);
        QCOMPARE(found.size(), std::size_t{5});
        QVERIFY(found[0].openEnd && found[1].openStart);
    }

    void peopleAndPokersAreSeparate() {
        Tracker tracker;
        std::set<std::int64_t> people;
        for (int f = 0; f < 50; ++f) {
            std::vector<Detection> d{person(100 + 3.0 * f, 200), person(400 - 2.0 * f, 220)};
            for (const TrackPoint& p : tracker.push(f, f / 25.0, d)) {
                QVERIFY(p.cls == ObjectClass::Person && !p.poker);
                people.insert(p.track.value);
            }
        }
        QCOMPARE(people.size(), std::size_t{2});
    }

    void weakDetectionsOnlyContinueTracks() {
        Tracker tracker;
        // Never strong: shown, but of no track.
        auto points = tracker.push(0, 0, {person(100, 100, 0.3F)});
        QCOMPARE(points.size(), std::size_t{1});
        QVERIFY(!points[0].track.valid());
        // Strong first: kept through a weak stretch.
        const auto id = tracker.push(1, 0.04, {person(100, 100, 0.9F)})[0].track;
        QVERIFY(id.valid());
        for (int f = 2; f < 30; ++f) {
            points = tracker.push(f, f * 0.04, {person(100, 100, 0.2F)});
            QCOMPARE(points[0].track, id);
        }
        // Below the lowest score: of no track, and the track is bridged.
        points = tracker.push(30, 30 * 0.04, {person(100, 100, 0.05F)});
        QCOMPARE(points.size(), std::size_t{2});
        QVERIFY(points[0].predicted && points[0].track == id);
        QVERIFY(!points[1].track.valid());
    }

    void aMiddlingDetectionFindsALostPokerButStartsNone() {
        const auto poker = [](float score) { return bar(310, 300, score); };
        Tracker tracker;
        QVERIFY(!tracker.push(0, 0, {poker(0.45F)})[0].track.valid());
        TrackId id;
        int frame = 1;
        for (; frame < 12; ++frame) {
            id = tracker.push(frame, frame * 0.04, {poker(0.9F)})[0].track;
        }
        for (; frame < 50; ++frame) {
            (void)tracker.push(frame, frame * 0.04, {});
        }
        QVERIFY(id.valid());
        QVERIFY(!tracker.push(frame, frame * 0.04, {poker(0.3F)})[0].track.valid());
        ++frame;
        QCOMPARE(tracker.push(frame, frame * 0.04, {poker(0.45F)})[0].track, id);
    }

    // Clutter that lies ever further away, each piece close to the last, is not followed, and the
    // poker is found again where it rose from, though it has moved on by most of its length.
    void clutterLeadsNoTrackAway() {
        Tracker tracker;
        TrackId id;
        int frame = 0;
        for (; frame < 50; ++frame) {
            id = tracker.push(frame, frame * 0.04, {bar(310, 300, 0.6F)})[0].track;
        }
        QVERIFY(id.valid());
        int followed = 0;
        for (int k = 0; k < 25; ++k, ++frame) {
            for (const TrackPoint& p :
                 tracker.push(frame, frame * 0.04, {bar(310 + 12 * k, 300 + 5 * k, 0.2F)})) {
                followed += p.track == id && !p.predicted ? 1 : 0;
            }
        }
        QVERIFY2(followed <= 12, qPrintable(QString::number(followed)));
        QCOMPARE(tracker.push(frame, frame * 0.04, {bar(340, 240, 0.6F)})[0].track, id);
    }

    // A poker that the network sees badly all the time jumps and is lost for a while: it is still
    // as sure as it ever was.
    void aPokerThatIsAlwaysSeenBadlyIsFoundAgain() {
        Tracker tracker;
        TrackId id;
        int frame = 0;
        for (; frame < 100; ++frame) {
            id = tracker.push(frame, frame * 0.04, {bar(310, 300, frame < 3 ? 0.55F : 0.36F)})[0]
                     .track;
        }
        QVERIFY(id.valid());
        for (const int until = frame + 30; frame < until; ++frame) {
            (void)tracker.push(frame, frame * 0.04, {});
        }
        QCOMPARE(tracker.push(frame, frame * 0.04, {bar(312, 297, 0.35F)})[0].track, id);
    }

    void aDoubledDetectionStartsNoSecondTrack() {
        auto frames = renderPour({fourInsertions()}, {});
        Tracker tracker;
        std::set<std::int64_t> ids;
        for (std::size_t f = 0; f < frames.size(); ++f) {
            auto twice = frames[f].detections;
            twice.push_back(twice[0]);
            twice.back().score = 0.6F;
            twice.back().poker->low.x += 3;
            for (const TrackPoint& p :
                 tracker.push(static_cast<FrameIndex>(f), frames[f].timeS, twice)) {
                if (p.track.valid()) {
                    ids.insert(p.track.value);
                }
            }
        }
        QCOMPARE(ids.size(), std::size_t{1});
    }

    void isDeterministicAndSurvivesNonsense() {
        const auto frames = renderPour({fourInsertions()}, {});
        const auto a = track(frames).tracks.points, b = track(frames).tracks.points;
        QCOMPARE(a.size(), b.size());
        for (std::size_t i = 0; i < a.size(); ++i) {
            QCOMPARE(a[i].track, b[i].track);
            QCOMPARE(a[i].box, b[i].box);
        }
        Tracker tracker;
        Detection bad = person(std::nan(""), 0);
        QCOMPARE(tracker.push(0, 0, {bad}).size(), std::size_t{0});
        QVERIFY(tracker.push(1, 0, {}).empty());
        QVERIFY(tracker.push(2, -5, {}).empty());
    }

    void timeAFrameDoesNotGrow() {
        // A broken model that fires 500 times a frame.
        std::mt19937 random(3);
        Tracker tracker;
        QElapsedTimer timer;
        qint64 early = 0, late = 0;
        for (int f = 0; f < 150; ++f) {
            std::vector<Detection> d;
            for (int i = 0; i < 500; ++i) {
                d.push_back(person(random() % 1200, random() % 600, 0.9F));
            }
            timer.start();
            const auto points = tracker.push(f, f / 25.0, d);
            (f < 75 ? early : late) += timer.nsecsElapsed();
            QVERIFY(points.size() <= 500 + 400);
        }
        qInfo("500 detections a frame: %.2f ms", double(late) / 75e6);
        QVERIFY(late < 6 * early);
    }

    void assignmentIsOptimal() {
        // Greedy would take 1 and pay 10; together 2 + 2 is cheaper.
        const std::vector<double> cost{1, 2, 2, 10};
        QCOMPARE(assign(cost, 2, 2, 100.0), (std::vector<int>{1, 0}));
        QCOMPARE(assign({0.5, 3.0}, 2, 1, 1.0), (std::vector<int>{0, -1}));
        QCOMPARE(assign({5.0}, 1, 1, 1.0), (std::vector<int>{-1}));
        QCOMPARE(assign({}, 2, 0, 1.0), (std::vector<int>{-1, -1}));
        QCOMPARE(assign({0.3, 0.1, 0.2}, 1, 3, 1.0), (std::vector<int>{1}));
    }
};

QTEST_APPLESS_MAIN(TrackerTest)
#include "tst_tracker.moc"
