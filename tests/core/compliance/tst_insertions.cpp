// Insertions from poker tracks with known truth.
#include <QTest>
#include <random>

#include "core/compliance/edge_time.h"
#include "core/compliance/insertions.h"
#include "core/compliance/judge.h"
#include "core/compliance/phases.h"
#include "core/compliance/surface_camera.h"
#include "core/compliance/vertical_motion.h"
#include "core/compliance/warnings.h"
#include "tests/core/compliance/synthetic_pour.h"

using namespace cvd;
using namespace cvd::compliance;
using namespace cvd::test;

class InsertionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void truthTracksGiveExactTimes_data() {
        QTest::addColumn<bool>("network");
        QTest::addColumn<double>("jitterPx");
        QTest::addColumn<double>("dropShare");
        QTest::addColumn<double>("toleranceS");
        QTest::newRow("network") << true << 0.0 << 0.0 << 0.041;
        QTest::newRow("network, jitter") << true << 2.0 << 0.0 << 0.041;
        QTest::newRow("network, dropped") << true << 1.0 << 0.3 << 0.2;
        QTest::newRow("geometry") << false << 0.0 << 0.0 << 0.12;
        QTest::newRow("geometry, jitter") << false << 1.5 << 0.0 << 0.25;
        QTest::newRow("geometry, dropped") << false << 1.0 << 0.2 << 0.35;
    }
    void truthTracksGiveExactTimes() {
        QFETCH(bool, network);
        QFETCH(double, jitterPx);
        QFETCH(double, dropShare);
        QFETCH(double, toleranceS);
        const std::vector<PlannedPoker> pokers{fourInsertions()};
        PourOptions options;
        options.immersedScore = network;
        options.jitterPx = jitterPx;
        options.dropShare = dropShare;
        Tracks tracks = truthTracks(renderPour(pokers, options));
        const auto found = findInsertions(tracks, {}, nullptr);
        QCOMPARE(found.size(), pokers[0].insertions.size());
        QCOMPARE(insertionF1(pokers, found, toleranceS), 1.0);
        for (std::size_t i = 0; i < found.size(); ++i) {
            const PlannedInsertion& planned = pokers[0].insertions[i];
            QCOMPARE(found[i].id, static_cast<std::int64_t>(i) + 1);
            QVERIFY(std::hypot(found[i].contactPx.x - planned.contact.x,
                               found[i].contactPx.y - planned.contact.y) < 1.5);
            QVERIFY(!found[i].openStart && !found[i].openEnd && found[i].effective);
            QVERIFY2(found[i].stationaryS > found[i].immersedS - 0.8,
                     qPrintable(QString::number(found[i].stationaryS)));
            QVERIFY(found[i].confidence > 0.5);
            QVERIFY(!found[i].contactM && !found[i].pathM);
            QVERIFY(found[i].tiltDeg && *found[i].tiltDeg < 6);
        }
    }

    void writesTheStateOfEveryPoint() {
        const std::vector<PlannedPoker> pokers{fourInsertions()};
        const auto frames = renderPour(pokers, {});
        Tracks tracks = truthTracks(frames);
        (void)findInsertions(tracks, {}, nullptr);
        int wrong = 0;
        for (const TrackPoint& p : tracks.points) {
            QVERIFY(p.immersed.has_value());
            wrong += *p.immersed != stateAt(pokers[0], p.timeS).immersed ? 1 : 0;
        }
        QCOMPARE(wrong, 0);
    }

    void aNetworkThatIsOftenWrongIsOutvoted() {
        const std::vector<PlannedPoker> pokers{fourInsertions()};
        PourOptions options;
        options.jitterPx = 1;
        Tracks tracks = truthTracks(renderPour(pokers, options));
        std::mt19937 random(5);
        for (TrackPoint& p : tracks.points) {
            if (random() % 10 == 0) {
                p.poker->immersedScore = 1 - p.poker->immersedScore;
            }
        }
        QCOMPARE(insertionF1(pokers, findInsertions(tracks, {}, nullptr), 0.2), 1.0);
    }

    void noiseIsNotMovement() {
        const std::vector<PlannedPoker> pokers{fourInsertions()};
        PourOptions options;
        options.jitterPx = 5;
        options.dropShare = 0.1;
        Tracks tracks = truthTracks(renderPour(pokers, options));
        const auto found = findInsertions(tracks, {}, nullptr);
        QCOMPARE(found.size(), pokers[0].insertions.size());
        for (const Insertion& i : found) {
            QVERIFY2(i.stationaryS > i.immersedS - 0.8, qPrintable(QString::number(i.stationaryS)));
        }
    }

    void realMovementIsSeenThroughNoise() {
        PlannedPoker p;
        p.insertions = {{{300, 500}, 2.0, 10.0, {25, 0}}};
        PourOptions options;
        options.jitterPx = 4;
        options.seconds = 12;
        Tracks tracks = truthTracks(renderPour({p}, options));
        const auto found = findInsertions(tracks, {}, nullptr);
        QCOMPARE(found.size(), std::size_t{1});
        QVERIFY(found[0].stationaryS < 1.0);
        QVERIFY2(std::abs(found[0].pathPx - 200) < 30,
                 qPrintable(QString::number(found[0].pathPx)));
    }

    void aTouchIsKeptApart() {
        PlannedPoker p;
        p.insertions = {{{300, 500}, 2.0, 2.7}, {{420, 505}, 5.0, 12.0}};
        PourOptions options;
        options.seconds = 15;
        Tracks tracks = truthTracks(renderPour({p}, options));
        const auto found = findInsertions(tracks, {}, nullptr);
        QCOMPARE(found.size(), std::size_t{2});
        QVERIFY(!found[0].effective);
        QVERIFY(found[1].effective);
    }

    void aShortOcclusionIsBridged() {
        const std::vector<PlannedPoker> pokers{fourInsertions()};
        PourOptions options;
        options.hiddenS = {{4.0, 5.2}, {22.0, 23.0}};
        Tracks tracks = truthTracks(renderPour(pokers, options));
        const auto found = findInsertions(tracks, {}, nullptr);
        QCOMPARE(insertionF1(pokers, found, 0.05), 1.0);
        QVERIFY(found[0].confidence < found[1].confidence);
    }

    void aLongOcclusionLeavesOpenEnds() {
        const std::vector<PlannedPoker> pokers{fourInsertions()};
        PourOptions options;
        options.hiddenS = {{4.0, 9.0}};
        Tracks tracks = truthTracks(renderPour(pokers, options));
        const auto found = findInsertions(tracks, {}, nullptr);
        QCOMPARE(found.size(), std::size_t{5});
        QVERIFY(found[0].openEnd && !found[0].openStart);
        QVERIFY(found[1].openStart && !found[1].openEnd);
    }

    void ends() {
        PlannedPoker p;
        p.insertions = {{{300, 500}, -3.0, 5.0}, {{500, 500}, 8.0, 99.0}};
        PourOptions options;
        options.seconds = 14;
        Tracks tracks = truthTracks(renderPour({p}, options));
        const auto found = findInsertions(tracks, {}, nullptr);
        QCOMPARE(found.size(), std::size_t{2});
        QVERIFY(found[0].openStart && !found[0].openEnd);
        QCOMPARE(found[0].startFrame, FrameIndex{0});
        QVERIFY(!found[1].openStart && found[1].openEnd);
        QCOMPARE(found[1].endFrame, FrameIndex{14 * 25 - 1});
    }

    void twoPokersStayApart() {
        PlannedPoker a = fourInsertions(), b = fourInsertions();
        for (auto& i : b.insertions) {
            i.contact.y += 120;
            i.enterS += 1;
            i.exitS += 1.5;
        }
        const std::vector<PlannedPoker> pokers{a, b};
        PourOptions options;
        options.jitterPx = 1;
        Tracks tracks = truthTracks(renderPour(pokers, options));
        QCOMPARE(insertionF1(pokers, findInsertions(tracks, {}, nullptr), 0.05), 1.0);
    }

    void pokersThatMeetLowerTheConfidence() {
        PlannedPoker a, b;
        a.insertions = {{{300, 500}, 1.0, 9.0}, {{600, 500}, 12.0, 18.0}};
        b.start = {100, 500};
        b.insertions = {{{310, 505}, 3.0, 7.0}};
        PourOptions options;
        options.seconds = 20;
        Tracks tracks = truthTracks(renderPour({a, b}, options));
        const auto found = findInsertions(tracks, {}, nullptr);
        QCOMPARE(found.size(), std::size_t{3});
        QVERIFY(found[0].confidence < 0.75);
        QVERIFY(found[2].confidence > 0.9);
    }

    void aShakingCameraIsTakenOut() {
        const std::vector<PlannedPoker> pokers{fourInsertions()};
        PourOptions options;
        options.immersedScore = false;
        options.shakePx = 12;
        const auto frames = renderPour(pokers, options);
        Tracks tracks = truthTracks(frames);
        const auto found = findInsertions(tracks, {}, nullptr);
        QCOMPARE(found.size(), pokers[0].insertions.size());
        for (const Insertion& i : found) {
            QVERIFY(i.stationaryS > i.immersedS - 0.8);
        }
        // Left in, the shake looks like a contact point that never stands still.
        Tracks naive = truthTracks(frames);
        naive.motion.clear();
        double still = 0;
        for (const Insertion& i : findInsertions(naive, {}, nullptr)) {
            still += i.stationaryS;
        }
        QVERIFY(still < 8);
        // Told in the pixels of its own start frame.
        const double shift = frames[50].detections[0].poker->low.x - 300;
        QVERIFY(std::abs(found[0].contactPx.x - 300 - shift) < 2);
    }

    void aCutSeparatesScenes() {
        Tracks tracks;
        tracks.frameTimesS = {0, 1, 2, 3};
        tracks.motion.resize(4);
        tracks.motion[1].m[2] = 5;
        tracks.motion[2].cut = true;
        tracks.motion[3].m[2] = 7;
        const Stabiliser s(tracks);
        QCOMPARE(s.scene(1), 0);
        QCOMPARE(s.scene(2), 1);
        QCOMPARE(s.toFirst(1, {15, 0}).x, 10.0);
        QCOMPARE(s.toFirst(2, {15, 0}).x, 15.0);
        QCOMPARE(s.toFirst(3, {15, 0}).x, 8.0);
        QVERIFY(s.moved());
    }

    void aBarThatNeverTouchesIsNoInsertion() {
        PlannedPoker p;
        p.start = {400, 400};
        for (const bool network : {true, false}) {
            PourOptions options;
            options.immersedScore = network;
            options.jitterPx = 1.5;
            options.seconds = 20;
            Tracks tracks = truthTracks(renderPour({p}, options));
            QCOMPARE(findInsertions(tracks, {}, nullptr).size(), std::size_t{0});
        }
    }

    void weakDetectionsAreNotLookedAt() {
        Tracks tracks = truthTracks(renderPour({fourInsertions()}, {}));
        for (TrackPoint& p : tracks.points) {
            p.score = 0.28F;
        }
        QCOMPARE(findInsertions(tracks, {}, nullptr).size(), std::size_t{0});
        InsertionOptions options;
        options.minScore = 0.25F;
        QCOMPARE(findInsertions(tracks, options, nullptr).size(), std::size_t{4});
    }

    void aScoreThatWaversCutsNothing() {
        const std::vector<PlannedPoker> pokers{fourInsertions()};
        Tracks tracks = truthTracks(renderPour(pokers, {}));
        for (TrackPoint& p : tracks.points) {
            p.score = std::fmod(p.timeS, 2.4) < 1.8 ? 0.22F : 0.6F;
        }
        const auto found = findInsertions(tracks, {}, nullptr);
        QCOMPARE(insertionF1(pokers, found, 0.1), 1.0);
        for (const Insertion& i : found) {
            QVERIFY2(i.unseenS < 0.3, qPrintable(QString::number(i.unseenS)));
        }
    }

    void aTipThatHoversOverItsHoleIsOut() {
        const std::vector<PlannedPoker> pokers{fourInsertions()};
        Tracks tracks = truthTracks(renderPour(pokers, {}));
        for (TrackPoint& p : tracks.points) {
            for (const PlannedInsertion& i : pokers[0].insertions) {
                const double since = p.timeS - i.exitS;
                if (since >= 0 && since < 0.6) {
                    p.poker->low = i.contact;
                    p.poker->immersedScore = since > 0.28 && since < 0.5 ? 0.9F : 0.1F;
                }
            }
        }
        QCOMPARE(insertionF1(pokers, findInsertions(tracks, {}, nullptr), 0.1), 1.0);
    }

    void anOccludedPokerUnderANewTrackIsOneInsertion() {
        PourOptions options;
        options.hiddenS = {{5.0, 7.0}};
        const std::vector<PlannedPoker> pokers{fourInsertions()};
        Tracks tracks = truthTracks(renderPour(pokers, options));
        for (TrackPoint& p : tracks.points) {
            if (p.timeS >= 7.0) {
                p.track = TrackId{9};
            }
        }
        const auto found = findInsertions(tracks, {}, nullptr);
        QCOMPARE(insertionF1(pokers, found, 0.05), 1.0);
        QVERIFY(found[0].confidence < found[1].confidence);
    }

    void aPokerLostOnItsWayDownIsTakenForTheSame() {
        PourOptions options;
        options.hiddenS = {{1.6, 2.3}, {9.8, 10.5}};
        const std::vector<PlannedPoker> pokers{fourInsertions()};
        Tracks tracks = truthTracks(renderPour(pokers, options));
        for (TrackPoint& p : tracks.points) {
            p.track = TrackId{p.timeS < 2 ? 1 : p.timeS < 10 ? 2 : 3};
        }
        auto found = findInsertions(tracks, {}, nullptr);
        QCOMPARE(found.size(), std::size_t{4});
        QVERIFY(!found[0].openStart && !found[0].openEnd);
        QVERIFY(found[0].confidence < found[1].confidence);
        // Not when there is another poker that it could be.
        Tracks two = tracks;
        for (const TrackPoint& p : tracks.points) {
            TrackPoint other = p;
            other.track = TrackId{4};
            other.poker->low.x += 500;
            other.poker->top.x += 500;
            other.poker->immersedScore = 0;
            two.points.push_back(other);
        }
        std::stable_sort(
            two.points.begin(), two.points.end(),
            [](const TrackPoint& a, const TrackPoint& b) { return a.frame < b.frame; });
        found = findInsertions(two, {}, nullptr);
        QVERIFY(found[0].openStart && found[0].openEnd);
    }

    void aNetworkThatIsWrongForASecondChangesNothing() {
        const std::vector<PlannedPoker> pokers{fourInsertions()};
        PourOptions options;
        options.jitterPx = 2;
        Tracks tracks = truthTracks(renderPour(pokers, options));
        for (TrackPoint& p : tracks.points) {
            // In the middle of the second insertion, and on the way between two.
            if ((p.timeS > 15 && p.timeS < 16.2) || (p.timeS > 27.6 && p.timeS < 28.2)) {
                p.poker->immersedScore = 1 - p.poker->immersedScore;
            }
        }
        QCOMPARE(insertionF1(pokers, findInsertions(tracks, {}, nullptr), 0.2), 1.0);
    }

    void aNetworkThatHoldsOnTooLongIsCorrectedByMovement() {
        const std::vector<PlannedPoker> pokers{fourInsertions()};
        PourOptions options;
        options.jitterPx = 1.5;
        Tracks tracks = truthTracks(renderPour(pokers, options));
        for (TrackPoint& p : tracks.points) {
            for (const PlannedInsertion& i : pokers[0].insertions) {
                if (p.timeS >= i.exitS && p.timeS < i.exitS + 0.8) {
                    p.poker->immersedScore = 0.9F;
                }
            }
        }
        QCOMPARE(insertionF1(pokers, findInsertions(tracks, {}, nullptr), 0.25), 1.0);
    }

    // The lower end has stood at one place since the poker came down there: it is in the concrete,
    // although the network sees it only seconds later.
    void aNetworkThatSeesThePokerInLateIsCorrectedByMovement() {
        const std::vector<PlannedPoker> pokers{fourInsertions()};
        PourOptions options;
        options.jitterPx = 1;
        Tracks tracks = truthTracks(renderPour(pokers, options));
        for (TrackPoint& p : tracks.points) {
            for (const PlannedInsertion& i : pokers[0].insertions) {
                if (p.timeS >= i.enterS && p.timeS < i.enterS + 0.6 * (i.exitS - i.enterS)) {
                    p.poker->immersedScore = 0.3F;
                }
            }
        }
        QCOMPARE(insertionF1(pokers, findInsertions(tracks, {}, nullptr), 0.3), 1.0);
    }

    void aPokerUnseenWhileItCameInIsDatedToTheMiddle() {
        const PlannedPoker poker = fourInsertions();
        PourOptions options;
        const double enterS = poker.insertions[1].enterS;
        options.hiddenS = {{enterS - 0.5, enterS + 0.5}};
        Tracks tracks = truthTracks(renderPour({poker}, options));
        for (TrackPoint& p : tracks.points) {  // nor does the network know before a second later
            if (p.timeS < enterS + 1.5 && p.timeS > enterS) {
                p.poker->immersedScore = 0.4F;
            }
        }
        const auto found = findInsertions(tracks, {}, nullptr);
        QCOMPARE(found.size(), poker.insertions.size());
        QVERIFY2(std::abs(found[1].startS - enterS) < 0.1,
                 qPrintable(QString::number(found[1].startS - enterS)));
    }

    void anEdgeIsWeighedFromAllSigns() {
        // The tip comes out at 8 s, the bar leaves its place half a second later.
        constexpr double kOutS = 8, kLeftS = 8.5;
        EdgeSigns none, opinion, length, sagging;
        for (int f = 0; f < 250; ++f) {
            const double t = f * 0.04;
            const double share = 0.4 + 0.6 * std::clamp((t - 6) / (kOutS - 6), 0.0, 1.0);
            for (EdgeSigns* s : {&none, &opinion, &length, &sagging}) {
                s->timesS.push_back(t);
                s->shares.push_back(s == &length || s == &sagging ? share : 0.4);
            }
            none.odds.push_back(std::nan(""));
            length.odds.push_back(std::nan(""));
            opinion.odds.push_back(t < kOutS ? 4 : t < kLeftS ? -1 : -5);
            sagging.odds.push_back(t < 7        ? 1.5
                                   : t < kLeftS ? 0.5
                                                : 0.3);  // hardly sure of anything
        }
        const EdgeTime told = weighEdge(opinion, kLeftS, 0.5, 2);
        QVERIFY2(std::abs(told.atS - kOutS) < 0.05, qPrintable(QString::number(told.atS)));
        const EdgeTime seen = weighEdge(length, kLeftS, 0.5, 2);
        QVERIFY2(std::abs(seen.atS - kOutS) < 0.2, qPrintable(QString::number(seen.atS)));
        const EdgeTime doubtful = weighEdge(sagging, kLeftS, 0.5, 2);
        QVERIFY2(std::abs(doubtful.atS - kOutS) < 0.4, qPrintable(QString::number(doubtful.atS)));
        // With nothing to go by it lies before the movement, and its error says how far.
        const EdgeTime guessed = weighEdge(none, kLeftS, 0.5, 2);
        QVERIFY(guessed.atS < kLeftS && guessed.atS > kLeftS - 0.6);
        QVERIFY2(guessed.errorS > 0.25 && guessed.errorS > 1.3 * told.errorS,
                 qPrintable(QString("%1 %2").arg(guessed.errorS).arg(told.errorS)));
        QCOMPARE(weighEdge({}, kLeftS, 0.5, 2).atS, kLeftS);
        // A length that grows in an instant is no poker that stopped rising: it tells little.
        EdgeSigns jumpy = none;
        for (std::size_t i = 0; i < jumpy.timesS.size(); ++i) {
            jumpy.shares[i] = jumpy.timesS[i] < 6.8 ? 0.5 : 0.85;
        }
        const EdgeTime jumped = weighEdge(jumpy, kLeftS, 0.5, 2);
        QVERIFY2(std::abs(jumped.atS - guessed.atS) < 0.3,
                 qPrintable(QString("%1 %2").arg(jumped.atS).arg(guessed.atS)));
        QVERIFY(jumped.errorS > 1.3 * told.errorS);
    }

    // Whatever it says of a bar that is carried from place to place, half hidden behind a leg.
    void aNetworkThatCallsACarriedPokerImmersedIsNotBelieved() {
        PlannedPoker poker;
        poker.barPx = 100;
        poker.insertions = {
            {{300, 500}, 3.0, 12.0}, {{700, 450}, 14.0, 22.0}, {{250, 520}, 24.5, 36.0}};
        const std::vector<PlannedPoker> pokers{poker};
        for (const double jitterPx : {0.0, 2.0}) {
            PourOptions options;
            options.jitterPx = jitterPx;
            options.seconds = 38;
            Tracks tracks = truthTracks(renderPour(pokers, options));
            for (TrackPoint& p : tracks.points) {
                PokerPoints& points = *p.poker;
                if (points.immersedScore < 0.5F) {
                    points.immersedScore = 0.9F;
                    points.top.y += 0.45 * (points.low.y - points.top.y);
                }
            }
            // It hangs still over its place before it goes down: nothing but the network could
            // tell that.
            QCOMPARE(insertionF1(pokers, findInsertions(tracks, {}, nullptr), 2.5), 1.0);
        }
    }

    // A corner of the form that the detector takes for a poker from some moment on: nobody brought
    // it. One that stood there from the first picture on may have been brought before, unless it
    // stands for longer than anybody vibrates one place.
    void whatAppearsFromNowhereIsNoInsertion() {
        PlannedPoker standing, carried;
        standing.barPx = carried.barPx = 100;
        standing.insertions = {{{300, 500}, -3.0, 99.0}};
        carried.insertions = {{{700, 500}, 3.0, 10.0}, {{850, 500}, 13.0, 22.0}};
        struct Thing {
            double fromS, toS;
            std::size_t insertions;
        };
        for (const Thing& thing : {Thing{0, 28, 3}, Thing{12, 28, 2}, Thing{0, 40, 2}}) {
            PourOptions options;
            options.seconds = thing.toS;
            options.jitterPx = 1;
            Tracks tracks = truthTracks(renderPour({standing, carried}, options));
            std::erase_if(tracks.points, [&](const TrackPoint& p) {
                return p.timeS < thing.fromS && p.poker->low.x < 400;
            });
            QCOMPARE(findInsertions(tracks, {}, nullptr).size(), thing.insertions);
        }
    }

    void whatNeverMovesAndIsSeenBadlyIsNoInsertion() {
        PlannedPoker p;
        p.insertions = {{{300, 500}, -3.0, 99.0}};
        PourOptions options;
        options.jitterPx = 1;
        options.dropShare = 0.6;
        options.seconds = 12;
        Tracks tracks = truthTracks(renderPour({p}, options));
        for (TrackPoint& point : tracks.points) {
            point.score = 0.35F;
        }
        QCOMPARE(findInsertions(tracks, {}, nullptr).size(), std::size_t{0});
    }

    // In a manner of pictures that it does not know the network calls every tip dry, those in
    // concrete a little less than the others: what it says of each is told by comparison.
    void aNetworkThatSaysTooLittleIsReadByComparison() {
        PlannedPoker poker;
        poker.barPx = 100;
        poker.insertions = {{{300, 500}, 4.0, 12.0}, {{450, 520}, 15.0, 24.0}};
        PourOptions options;
        options.seconds = 28;
        options.jitterPx = 1;
        Tracks tracks = truthTracks(renderPour({poker}, options));
        for (TrackPoint& p : tracks.points) {
            p.poker->immersedScore = p.poker->immersedScore > 0.5F ? 0.2F : 0.07F;
        }
        QCOMPARE(insertionF1({poker}, findInsertions(tracks, {}, nullptr), 0.6), 1.0);
    }

    // A stake whose box wavers by less than half a bar, with an opinion that goes to and fro. The
    // same, carried as pokers are, is two insertions; so it is of one that stood steadily and was
    // hidden for all but the first steps of its way.
    void whatWaversButIsNeverCarriedIsNoInsertion() {
        struct Way {
            double waverPx, farthestBars;
            std::size_t insertions;
        };
        for (const Way& way :
             {Way{1, 99, 2}, Way{6, 99, 2}, Way{6, 0.4, 0}, Way{1, 0.4, 2}, Way{1, 0.2, 0}}) {
            PlannedPoker poker;
            poker.barPx = 100;
            const PointPx home{300, 500};
            poker.insertions = {{home, 6.0, 13.0}, {home, 17.0, 24.0}};
            PourOptions options;
            options.seconds = 30;
            options.jitterPx = way.waverPx;
            Tracks tracks = truthTracks(renderPour({poker}, options));
            for (TrackPoint& p : tracks.points) {
                PokerPoints& points = *p.poker;
                const PointPx away{points.low.x - home.x, points.low.y - home.y};
                const double far = std::hypot(away.x, away.y),
                             most = way.farthestBars * poker.barPx;
                const double back = far <= most ? 0 : 1 - most / far;
                for (PointPx* end : {&points.low, &points.top}) {
                    end->x -= back * away.x;
                    end->y -= back * away.y;
                }
            }
            QCOMPARE(findInsertions(tracks, {}, nullptr).size(), way.insertions);
        }
    }

    void speedsComeFromTheVisibleLength() {
        // Down in 0.5 s and up in 1 s, 45 % of a rod of 0.5 m.
        const std::vector<PlannedPoker> pokers{fourInsertions()};
        PourOptions options;
        options.jitterPx = 1;
        Tracks tracks = truthTracks(renderPour(pokers, options));
        InsertionOptions insertionOptions;
        insertionOptions.rodLengthM = 0.5;
        for (const Insertion& i : findInsertions(tracks, insertionOptions, nullptr)) {
            QVERIFY(i.insertionS && i.withdrawalS && i.insertionMmS && i.withdrawalMmS && i.depthM);
            QVERIFY2(std::abs(*i.insertionS - 0.5) < 0.15,
                     qPrintable(QString::number(*i.insertionS)));
            QVERIFY2(std::abs(*i.withdrawalS - 1) < 0.2,
                     qPrintable(QString::number(*i.withdrawalS)));
            QVERIFY(std::abs(*i.depthM - 0.225) < 0.03);
            QVERIFY(std::abs(*i.withdrawalMmS - 225) < 45);
        }
    }

    // Hose taken for bar, the more the deeper the bar stands: by its ends it hardly moves. What is
    // on it does (TrackPoint::slidePx).
    void slidesTellTheSpeedWhereTheEndsDoNot() {
        const PlannedPoker poker = fourInsertions();
        InsertionOptions options;
        options.rodLengthM = 0.5;
        const auto found = [&](double hoseShare, bool slides) {
            Tracks tracks = truthTracks(renderPour({poker}, {}));
            double before = 0;
            for (TrackPoint& p : tracks.points) {
                PokerPoints& bar = *p.poker;
                const double length = bar.low.y - bar.top.y;
                if (slides) {
                    p.slidePx = static_cast<float>(before > 0 ? length - before : 0);
                }
                before = length;
                bar.top.y -= hoseShare * (poker.barPx - length);
            }
            return findInsertions(tracks, options, nullptr);
        };
        for (const Insertion& i : found(0.55, false)) {
            QVERIFY(!i.withdrawalMmS || *i.withdrawalMmS < 0.6 * 225);
        }
        for (const double hoseShare : {0.0, 0.55, 0.9}) {
            const auto insertions = found(hoseShare, true);
            QCOMPARE(insertions.size(), size_t{4});
            for (const Insertion& i : insertions) {
                QVERIFY(i.withdrawalMmS.has_value());
                QVERIFY2(std::abs(*i.withdrawalMmS - 225) < 50,
                         qPrintable(QString::number(*i.withdrawalMmS)));
                QVERIFY(std::abs(*i.withdrawalMmS - 225) < 2 * *i.withdrawalErrorMmS);
            }
        }
    }

    // A hand before the bar for most of its way out: what slid meanwhile is not known, and that it
    // did not slide is no answer. A hole while the bar stands does no harm.
    void slidesWithAHoleInTheWayTellNothing() {
        const auto withdrawal = [](double holeFromS, double holeToS) {
            ObservedInsertion o;
            o.insertion.endS = 10;
            AxialView view;
            Slid slid;
            double before = 1;
            for (double t = 0; t <= 10.001; t += 0.04) {
                // In 0.5 s down and in 1 s up, 45 % of a rod of 0.5 m.
                const double share = 1 - 0.45 * std::min({1.0, t / 0.5, std::max(0.0, 10 - t)});
                const double step = share - before;
                before = share;
                if (t > holeFromS && t < holeToS) {
                    continue;
                }
                const bool told = o.path.empty() || t - o.path.back().timeS < 0.2;
                slid.px += told ? step : 0;
                slid.untold += told ? 0 : 1;
                ContactSample sample;
                sample.timeS = t;
                o.path.push_back(sample);
                view.shares.push_back(0.95);
                view.slides.at.push_back(slid);
            }
            InsertionOptions options;
            options.rodLengthM = 0.5;
            measurePhases(o, view, 0, 0.02, 0.02, options);
            return o.insertion.withdrawalMmS;
        };
        for (const double holeFromS : {20.0, 5.0}) {
            const auto told = withdrawal(holeFromS, holeFromS + 1);
            QVERIFY(told.has_value());
            QVERIFY2(std::abs(*told - 225) < 25, qPrintable(QString::number(*told)));
        }
        for (const double holeFromS : {8.6, 8.95, 9.1}) {
            const auto told = withdrawal(holeFromS, 9.6);
            QVERIFY2(!told, qPrintable(QString::number(told.value_or(0))));
        }
    }

    // A rake that is set down like a poker, of which the network is in two minds.
    void whatLooksFarLessLikeThePokersIsDoubted() {
        PlannedPoker rake;
        rake.start = {900, 300};
        rake.insertions = {{{900, 500}, 5.0, 9.0}, {{930, 500}, 15.0, 19.0}};
        const auto found = [&](float pokerScore, float rakeScore, double unsure) {
            Tracks tracks = truthTracks(renderPour({fourInsertions(), rake}, {}));
            std::erase_if(tracks.points, [&](const TrackPoint& p) {
                return p.track == TrackId{1} && pokerScore <= 0;
            });
            for (TrackPoint& p : tracks.points) {
                p.score = p.track == TrackId{1} ? pokerScore : rakeScore;
                if (p.track == TrackId{2}) {
                    auto& immersed = p.poker->immersedScore;
                    immersed = static_cast<float>(0.5 + (immersed - 0.5) * unsure);
                }
            }
            return findInsertions(tracks, {}, nullptr);
        };
        QCOMPARE(found(0.8F, 0.35F, 0.3).size(), size_t{4});
        // Alone it is all that there is to go by; a second poker may look another way.
        QCOMPARE(found(0, 0.35F, 0.3).size(), size_t{2});
        QCOMPARE(found(0.8F, 0.55F, 1).size(), size_t{6});
        // One false thing that the network is sure of does not drive out what is seen well.
        const auto kept = found(0.6F, 0.95F, 1);
        QCOMPARE(kept.size(), size_t{6});
        QVERIFY(std::all_of(kept.begin(), kept.end(),
                            [](const Insertion& i) { return i.confidence >= 0.5; }));
    }

    // One insertion of two is called dry. What stands still with part of it out of sight is in the
    // concrete all the same, unless all of it shows, or the network is sure.
    void whatStandsStillAndShortIsInTheConcrete() {
        PlannedPoker poker;
        poker.barPx = 100;
        poker.insertions = {{{300, 500}, 4.0, 14.0}, {{450, 520}, 18.0, 26.0}};
        PourOptions options;
        options.seconds = 30;
        options.jitterPx = 1;
        const auto found = [&](double visibleShare, float called) {
            poker.visibleShare = visibleShare;
            Tracks tracks = truthTracks(renderPour({poker}, options));
            for (TrackPoint& p : tracks.points) {
                auto& immersed = p.poker->immersedScore;
                immersed = immersed <= 0.5F ? 0.05F : p.timeS < 15 ? called : 0.95F;
            }
            return findInsertions(tracks, {}, nullptr).size();
        };
        QCOMPARE(found(0.75, 0.2F), std::size_t{2});
        QCOMPARE(found(0.75, 0.003F), std::size_t{1});
        QCOMPARE(found(0.97, 0.2F), std::size_t{1});
    }

    // A rake is drawn to and fro on the surface all the time and seen none too well. What is
    // dragged a way like that but stood first, and what is seen well, stays.
    void whatNeverStandsIsDoubted() {
        const auto found = [](double standsS, double score) {
            PlannedPoker rake;
            rake.barPx = 100;
            rake.insertions = {{{400, 500}, 4.0, 16.0}};
            PourOptions options;
            options.seconds = 20;
            Tracks tracks = truthTracks(renderPour({rake}, options));
            for (TrackPoint& p : tracks.points) {
                p.score = static_cast<float>(score);
                if (p.timeS < 4 + standsS || p.timeS > 16) {
                    continue;
                }
                const double x = 40 * std::sin((p.timeS - 4 - standsS) * 1.2);
                for (PointPx* end : {&p.poker->low, &p.poker->top}) {
                    end->x += x;
                }
            }
            return findInsertions(tracks, {}, nullptr).size();
        };
        QCOMPARE(found(0, 0.4), std::size_t{0});
        QCOMPARE(found(4, 0.4), std::size_t{1});
        QCOMPARE(found(0, 0.9), std::size_t{1});
    }

    // A share that wanders for a second at a time, as a network's lengths do: the speed stays right
    // on the whole, and how far it is off is said.
    void aWanderingLengthLeavesTheSpeedRight() {
        std::mt19937 random(17);
        std::normal_distribution<double> normal(0, 1);
        double bias = 0, squares = 0, worst = 0;
        int told = 0;
        constexpr int kTries = 120;
        for (int n = 0; n < kTries; ++n) {
            const double level = 0.3 + 0.1 * (n % 3), took = 1.2 + 1.2 * (n % 4), stood = 4;
            std::vector<double> times, shares;
            double wander = 0;
            for (double t = 0; t <= stood + took; t += 0.04) {
                const double keep = std::exp(-0.04 / 0.7);
                wander = keep * wander + std::sqrt(1 - keep * keep) * 0.05 * normal(random);
                const double grown = std::max(0.0, t - stood) / took;
                times.push_back(t);
                shares.push_back(level + (1 - level) * grown + wander + 0.02 * normal(random));
            }
            const Rise rise = riseOf(times, shares, stood + took + 0.15 * normal(random), 0.15);
            if (!rise.told) {
                continue;
            }
            ++told;
            const double off = rise.perSecond / ((1 - level) / took) - 1;
            bias += off;
            worst = std::max(worst, std::abs(off));
            squares += off * off / (rise.perSecondError * rise.perSecondError);
        }
        QVERIFY(told > 0.95 * kTries);
        QVERIFY2(std::abs(bias / told) < 0.08, qPrintable(QString::number(bias / told)));
        const double z = std::sqrt(squares / told);  // 1 when the errors are honest
        QVERIFY2(z > 0.4 && z < 1.6, qPrintable(QString::number(z)));
        QVERIFY2(worst < 0.8, qPrintable(QString::number(worst)));
    }
    // A detector that takes some hose for bar while the poker stands deep, and leaves some bar out
    // while it comes up, shows a steady rise of the wrong height: nothing in it tells, so the error
    // has to hold it anyway.
    void lengthsThatAreSteadilyWrongAreInTheError() {
        std::mt19937 random(23);
        std::normal_distribution<double> normal(0, 1);
        double squares = 0;
        int told = 0, beyond = 0;
        constexpr int kTries = 120;
        for (int n = 0; n < kTries; ++n) {
            const double level = 0.3 + 0.1 * (n % 3), took = 1.2 + 1.2 * (n % 4), stood = 4;
            const double deep = 0.08 * normal(random), high = 0.08 * normal(random);
            std::vector<double> times, shares;
            for (double t = 0; t <= stood + took; t += 0.04) {
                const double grown = std::max(0.0, t - stood) / took;
                times.push_back(t);
                shares.push_back((level + deep) * (1 - grown) + (1 + high) * grown +
                                 0.02 * normal(random));
            }
            const Rise rise = riseOf(times, shares, stood + took, 0.1);
            if (!rise.told) {
                continue;
            }
            ++told;
            const double z = std::log(rise.perSecond / ((1 - level) / took)) / rise.perSecondError;
            squares += z * z;
            beyond += std::abs(z) > 2 ? 1 : 0;
        }
        QVERIFY(told > 0.95 * kTries);
        const double z = std::sqrt(squares / told);
        QVERIFY2(z > 0.3 && z < 1.2, qPrintable(QString::number(z)));
        QVERIFY2(beyond <= 0.05 * told, qPrintable(QString::number(beyond)));
    }
    // A detector that changes its mind about where the bar ends makes it longer in an instant, as
    // no hand does.
    void aJumpOfTheLengthIsNoFastRise() {
        std::vector<double> times, slow, jumps;
        for (double t = 0; t <= 8; t += 0.04) {
            const double grown = std::clamp((t - 4) / 4, 0.0, 1.0);
            times.push_back(t);
            slow.push_back(0.4 + 0.6 * grown);
            jumps.push_back(t < 7.6 ? 0.45 : 0.85);
        }
        QVERIFY(riseOf(times, slow, 8, 0.1).perSecondError < 0.3);
        const Rise jump = riseOf(times, jumps, 8, 0.1);
        QVERIFY2(!jump.told || jump.perSecondError > 0.5,
                 qPrintable(QString::number(jump.perSecondError)));
    }
    void aRiseIsExactWithoutNoise() {
        std::vector<double> times, shares;
        for (double t = 0; t <= 6; t += 0.04) {
            times.push_back(t);
            shares.push_back(0.4 + 0.6 * std::max(0.0, t - 4) / 2);
        }
        const Rise rise = riseOf(times, shares, 6, 0);
        QVERIFY(rise.told);
        QVERIFY2(std::abs(rise.seconds - 2) < 0.05, qPrintable(QString::number(rise.seconds)));
        QVERIFY2(std::abs(rise.perSecond - 0.3) < 0.006,
                 qPrintable(QString::number(rise.perSecond)));
        QVERIFY(std::abs(rise.level - 0.4) < 0.01 && std::abs(rise.top - 1) < 0.01);
        // Cut off before the bar rose: that it must have risen is no measurement.
        times.resize(100);
        shares.resize(100);
        QVERIFY(!riseOf(times, shares, times.back() + 0.04, 0.1).told);
        QVERIFY(!riseOf({}, {}, 0, 0).told);
        QVERIFY(!riseOf(times, std::vector<double>(100, 0.5), times.back(), 0.1).told);
    }
    void aCarriedCameraThatIsLostAccusesNobody() {
        // Walks to the right all the time; from 4 to 8 s nobody can tell how far, until the picture
        // is found again.
        constexpr double kStepPx = 2;
        constexpr int kLostFrom = 100, kLostTo = 200;
        const std::vector<PlannedPoker> pokers{fourInsertions()};
        Tracks tracks = truthTracks(renderPour(pokers, {}));
        for (std::size_t f = 1; f < tracks.motion.size(); ++f) {
            CameraMotion& m = tracks.motion[f];
            const bool lost = f >= kLostFrom && f < kLostTo;
            m.reliable = !lost;
            m.m[2] = lost ? 0 : f == kLostTo ? kStepPx * (kLostTo - kLostFrom + 1) : kStepPx;
        }
        for (TrackPoint& p : tracks.points) {
            const double walked = kStepPx * static_cast<double>(p.frame);
            p.box.x += walked;
            p.poker->low.x += walked;
            p.poker->top.x += walked;
        }
        Calibration calibration;
        calibration.imagePoints = {{0, 0}, {1280, 0}, {1280, 720}, {0, 720}};
        calibration.planePoints = {{0, 0}, {6.4, 0}, {6.4, 3.6}, {0, 3.6}};
        JudgeOptions options;
        options.frameWidth = 1280;
        options.frameHeight = 720;
        const Judgement j =
            judge(tracks, *loadProfile(QStringLiteral("aci309r")), &calibration, options);
        int placed = 0;
        for (const Insertion& i : j.insertions) {
            if (i.startFrame < kLostTo && i.endFrame > kLostFrom) {
                QVERIFY(!i.contactM);
            } else {
                ++placed;
                // Nor is a place exact to which the camera was carried.
                QVERIFY(i.contactM && *i.contactErrorM > 0.015);
            }
        }
        QVERIFY(placed > 0);
        for (const Violation& v : j.violations) {
            QVERIFY2(v.verdict != Verdict::Violation || v.startFrame > kLostTo, v.rule.c_str());
        }
        const auto warned = [&](const char* what) {
            return std::any_of(j.warnings.begin(), j.warnings.end(),
                               [&](const Note& n) { return n.text == what; });
        };
        QVERIFY(warned(kCameraLost) && warned(kCameraMoved));
    }

    void theCameraBehindACalibration() {
        // 1.6 m behind and 2 m above the edge of a field of 2 x 1 m, 30 degrees down.
        const double f = 1000, a = std::atan2(2.0, 2.1), c = std::cos(a), s = std::sin(a);
        const auto seen = [&](double x, double y, double z) {
            const double dx = x - 1, dy = y + 1.6, dz = z - 2;
            const double depth = c * dy - s * dz, up = s * dy + c * dz;
            return PointPx{639.5 + f * dx / depth, 359.5 - f * up / depth};
        };
        Calibration calibration;
        calibration.planePoints = {{0, 0}, {2, 0}, {2, 1}, {0, 1}};
        for (const PointM& p : calibration.planePoints) {
            calibration.imagePoints.push_back(seen(p.x, p.y, 0));
        }
        const auto homography = solve(calibration);
        QVERIFY(homography.ok());
        const auto camera = SurfaceCamera::from(*homography, 1280, 720);
        QVERIFY(camera);
        QVERIFY2(std::abs(camera->focalPx() - f) < 5,
                 qPrintable(QString::number(camera->focalPx())));
        QVERIFY(std::abs(camera->heightM() - 2) < 0.02);
        const PointPx top = seen(0.5, 0.4, 0.6), again = camera->project({0.5, 0.4}, 0.6);
        QVERIFY(std::hypot(top.x - again.x, top.y - again.y) < 1);
        const auto upright = camera->bar(seen(0.5, 0.4, 0), top);
        QVERIFY(upright && std::abs(upright->lengthM - 0.6) < 0.01 && upright->tiltDeg < 1);
        // Leaning to the right of a point straight ahead: along +x.
        const auto leaning = camera->bar(seen(1, 0.4, 0), seen(1.2, 0.4, 0.5));
        QVERIFY(leaning && std::abs(leaning->tiltDeg - 21.8) < 1);
        QVERIFY2(std::abs(leaning->azimuthDeg) < 3,
                 qPrintable(QString::number(leaning->azimuthDeg)));
        QVERIFY(!SurfaceCamera::from(*homography, 0, 0));
    }

    void aMovedCameraIsSaid() {
        PourOptions options;
        options.jitterPx = 1;
        auto frames = renderPour({fourInsertions()}, options);
        const Profile profile = *loadProfile(QStringLiteral("aci309r"));
        Tracks still = truthTracks(frames);
        const auto warningsOf = [&](Tracks& tracks) {
            JudgeOptions judging;
            judging.frameWidth = 1280;
            judging.frameHeight = 720;
            return judge(tracks, profile, nullptr, judging).warnings.size();
        };
        QCOMPARE(warningsOf(still), std::size_t{0});
        Tracks bumped = truthTracks(frames);
        bumped.motion[300].m[2] = 40;
        for (TrackPoint& p : bumped.points) {
            if (p.frame >= 300) {
                p.poker->low.x += 40;
                p.poker->top.x += 40;
            }
        }
        QCOMPARE(warningsOf(bumped), std::size_t{1});
        Tracks shaken = truthTracks(renderPour({fourInsertions()}, [] {
            PourOptions o;
            o.shakePx = 12;
            return o;
        }()));
        QCOMPARE(warningsOf(shaken), std::size_t{0});
    }

    void theFirstSceneComesBack() {
        Tracks tracks;
        tracks.frameTimesS = {0, 1, 2, 3};
        tracks.motion.resize(4);
        tracks.motion[1].cut = true;
        tracks.motion[2].cut = tracks.motion[2].fromFirst = true;
        tracks.motion[2].m[2] = 6;
        const Stabiliser s(tracks);
        QCOMPARE(s.scene(1), 1);
        QCOMPARE(s.scene(2), 0);
        QCOMPARE(s.shot(2), 2);
        QCOMPARE(s.toFirst(3, {15, 0}).x, 9.0);
    }

    void survivesNothing() {
        Tracks tracks;
        QVERIFY(findInsertions(tracks, {}, nullptr).empty());
        tracks.frameTimesS = {0};
        QVERIFY(findInsertions(tracks, {}, nullptr).empty());
    }
};

QTEST_APPLESS_MAIN(InsertionsTest)
#include "tst_insertions.moc"
