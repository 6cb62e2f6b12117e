// The lists of the review page as data: what they show, how they filter and order, and the small
// pure parts (text, clock, index of tracks).
#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include "ui/review/frame_source.h"
#include "ui/review/insertion_model.h"
#include "ui/review/playback_clock.h"
#include "ui/review/review_text.h"
#include "ui/review/track_index.h"
#include "ui/review/violation_model.h"

using namespace cvd;
using namespace cvd::ui;

namespace {

ReviewViolation violation(qint64 id, const char* rule, double startS, Severity severity) {
    ReviewViolation v;
    v.id = id;
    v.finding.rule = rule;
    v.finding.startS = startS;
    v.finding.startFrame = FrameIndex(startS * 25);
    v.finding.severity = severity;
    v.finding.value = 2.1;
    v.finding.limit = 5.0;
    v.finding.unit = "s";
    return v;
}

QList<ReviewViolation> sample() {
    auto list = QList{violation(11, "under_vibration", 38.2, Severity::Major),
                      violation(12, "dragging", 5.0, Severity::Critical),
                      violation(13, "under_vibration", 51.0, Severity::Minor)};
    auto quiet = violation(14, "spacing_too_large", 0, Severity::Minor);
    quiet.finding.verdict = Verdict::CannotJudge;
    list.append(quiet);
    return list;
}

QList<qint64> idsOf(const ViolationFilter& filter) {
    QList<qint64> ids;
    for (int row = 0; row < filter.rowCount(); ++row) {
        ids << filter.idAt(row);
    }
    return ids;
}

}  // namespace

class TestReviewModels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void timesRoundDownAndKeepHours() {
        QCOMPARE(timeText(38.24), QStringLiteral("00:38.24"));
        QCOMPARE(timeText(956 / 25.0), QStringLiteral("00:38.24"));
        QCOMPARE(timeText(59.999), QStringLiteral("00:59.99"));
        QCOMPARE(timeText(3723.5), QStringLiteral("1:02:03.50"));
        QCOMPARE(timeText(-1), QStringLiteral("00:00.00"));
    }

    void timesAreReadInEveryForm_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("seconds");
        QTest::newRow("seconds") << "38" << 38.0;
        QTest::newRow("hundredths") << "38.24" << 38.24;
        QTest::newRow("comma") << "38,24" << 38.24;
        QTest::newRow("minutes") << "1:02" << 62.0;
        QTest::newRow("hours") << " 1:02:03.5 " << 3723.5;
        QTest::newRow("words") << "soon" << -1.0;
        QTest::newRow("empty") << "" << -1.0;
        QTest::newRow("double colon") << "1::2" << -1.0;
    }
    void timesAreReadInEveryForm() {
        QFETCH(QString, text);
        QFETCH(double, seconds);
        QCOMPARE(parseTime(text).value_or(-1.0), seconds);
    }

    void figuresCarryTheirUnit() {
        QCOMPARE(quantityText(0.624, "m"), QStringLiteral("0.62\u00A0m"));
        QCOMPARE(quantityText(2.14, "s"), QStringLiteral("2.1\u00A0s"));
        QCOMPARE(quantityText(17.6, "deg"), QStringLiteral("18\u00B0"));
        QCOMPARE(quantityText(3, "1"), QStringLiteral("3.0"));
        // Nobody believes "0.01 m > 0.01 m".
        Violation near;
        near.unit = "m";
        near.value = 0.0131;
        near.limit = 0.01;
        QCOMPARE(measuredText(near), QStringLiteral("0.013\u00A0m > 0.010\u00A0m"));
        near.value = 0.62;
        near.limit = 0.53;
        QCOMPARE(measuredText(near), QStringLiteral("0.62\u00A0m > 0.53\u00A0m"));
        near.value = near.limit;
        QCOMPARE(measuredText(near), QStringLiteral("0.53\u00A0m = 0.53\u00A0m"));
        auto v = violation(1, "under_vibration", 0, Severity::Minor).finding;
        QCOMPARE(measuredText(v), QStringLiteral("2.1\u00A0s < 5.0\u00A0s"));
        v.value = 9;
        QCOMPARE(measuredText(v), QStringLiteral("9.0\u00A0s > 5.0\u00A0s"));
        v.limit.reset();
        QCOMPARE(measuredText(v), QStringLiteral("9.0\u00A0s"));
        v.value.reset();
        QVERIFY(measuredText(v).isEmpty());
    }

    void violationModelKeepsTheRulesOfModels() {
        ViolationModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        ViolationFilter filter;
        filter.setSourceModel(&model);
        QAbstractItemModelTester filterTester(
            &filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setViolations(sample());
        QCOMPARE(model.rowCount(), 4);
        model.setHistory(12, {VerdictEntry{ReviewVerdict::Confirmed, {}, {}, {}, {}}});
        model.setHistory(999, {});  // not there: nothing happens
        filter.setText(QStringLiteral("drag"));
        filter.clear();
        model.setViolations({});
        QCOMPARE(filter.rowCount(), 0);
    }

    void insertionModelKeepsTheRulesOfModels() {
        InsertionModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        InsertionFilter filter;
        filter.setSourceModel(&model);
        Insertion a;
        a.id = 1;
        a.immersedS = 6.2;
        a.openEnd = true;
        Insertion touch;
        touch.id = 2;
        touch.effective = false;
        model.setInsertions({a, touch});
        QCOMPARE(filter.rowCount(), 1);
        QCOMPARE(model.effectiveCount(), 1);
        QCOMPARE(model.index(0, InsertionModel::Immersed).data().toString(),
                 QStringLiteral("\u2265 6.2"));
        filter.setShowTouches(true);
        QCOMPARE(filter.rowCount(), 2);
        model.setInsertions({});
    }

    void filtersCombineAndTheQuietRowsStayBelow() {
        ViolationModel model;
        ViolationFilter filter;
        filter.setSourceModel(&model);
        model.setViolations(sample());
        filter.sort(ViolationModel::Time, Qt::AscendingOrder);
        QCOMPARE(idsOf(filter), (QList<qint64>{12, 11, 13}));
        filter.setShowCannotJudge(true);
        QCOMPARE(idsOf(filter), (QList<qint64>{12, 11, 13, 14}));
        filter.sort(ViolationModel::Time, Qt::DescendingOrder);
        QCOMPARE(idsOf(filter), (QList<qint64>{13, 11, 12, 14}));
        filter.setRules({QStringLiteral("under_vibration")});
        QCOMPARE(idsOf(filter), (QList<qint64>{13, 11}));
        filter.setSeverities({int(Severity::Major)});
        QCOMPARE(idsOf(filter), (QList<qint64>{11}));
        model.setHistory(11, {VerdictEntry{ReviewVerdict::FalseAlarm, {}, {}, {}, {}}});
        filter.setVerdicts({int(ReviewVerdict::Unreviewed)});
        QCOMPARE(filter.rowCount(), 0);
        QVERIFY(filter.isFiltering());
        filter.clear();
        QVERIFY(!filter.isFiltering());
    }

    void searchFindsNotesTimesAndRules() {
        ViolationModel model;
        ViolationFilter filter;
        filter.setSourceModel(&model);
        model.setViolations(sample());
        model.setHistory(
            12, {VerdictEntry{ReviewVerdict::Confirmed, {}, QStringLiteral("Ask Wang"), {}, {}}});
        filter.setText(QStringLiteral("wang"));
        QCOMPARE(idsOf(filter), (QList<qint64>{12}));
        filter.setText(QStringLiteral("00:51"));
        QCOMPARE(idsOf(filter), (QList<qint64>{13}));
        filter.setText(QStringLiteral("under-vib"));
        QCOMPARE(filter.rowCount(), 2);
    }

    void rangesAndPeopleFilter() {
        ViolationModel model;
        ViolationFilter filter;
        filter.setSourceModel(&model);
        QAbstractItemModelTester tester(&filter);
        QList<ReviewViolation> rows;
        for (int i = 0; i < 10; ++i) {
            ReviewViolation v;
            v.id = i + 1;
            v.finding.rule = "dragging";
            v.finding.startS = i;
            v.finding.endS = i + 0.5 * i;
            v.finding.confidence = i / 10.0;
            rows.append(v);
        }
        rows[3].seenBy = QStringList{QStringLiteral("Li")};
        rows[4].history.append({ReviewVerdict::Confirmed, {}, {}, QStringLiteral("Wang"), {}});
        rows[5].seenByMe = true;
        model.setViolations(rows);
        filter.setScores(0.5, {});
        QCOMPARE(filter.rowCount(), 5);
        filter.setTimes(6.0, 8.0);
        QCOMPARE(filter.rowCount(), 3);
        filter.clear();
        filter.setPeople({QStringLiteral("Li")});
        QCOMPARE(filter.rowCount(), 1);
        QCOMPARE(filter.idAt(0), 4);
        filter.setPeople({QStringLiteral("Li"), QStringLiteral("Wang")});
        QCOMPARE(filter.rowCount(), 2);
        filter.setPeople({kNobody});
        QCOMPARE(filter.rowCount(), 8);
        filter.setPeople({kNotSeenByMe});
        QCOMPARE(filter.rowCount(), 9);
        model.setSeen({1, 2, 99}, true);
        QCOMPARE(filter.rowCount(), 7);
        QCOMPARE(model.unseenCount(), 7);
        filter.clear();
        // Every column has an order of its own.
        for (int column = 0; column < model.columnCount(); ++column) {
            filter.sort(column, Qt::DescendingOrder);
            QCOMPARE(filter.rowCount(), 10);
        }
        filter.sort(ViolationModel::Duration, Qt::DescendingOrder);
        QCOMPARE(filter.idAt(0), 10);
        filter.sort(ViolationModel::Reviewer, Qt::DescendingOrder);
        QCOMPARE(filter.idAt(0), 5);
    }

    void tenThousandRowsAnswerAtOnce() {
        ViolationModel model;
        ViolationFilter filter;
        filter.setSourceModel(&model);
        QList<ReviewViolation> rows;
        for (int i = 0; i < 10000; ++i) {
            ReviewViolation v;
            v.id = i + 1;
            v.finding.rule = i % 2 == 0 ? "dragging" : "under_vibration";
            v.finding.startS = i * 0.7;
            v.finding.confidence = (i % 100) / 100.0;
            rows.append(v);
        }
        model.setViolations(rows);
        QElapsedTimer clock;
        clock.start();
        filter.sort(ViolationModel::Score, Qt::AscendingOrder);
        const qint64 sorted = clock.restart();
        filter.setText(QStringLiteral("drag"));
        const qint64 searched = clock.restart();
        QHash<qint64, QList<VerdictEntry>> all;
        for (int i = 0; i < 10000; ++i) {
            all.insert(i + 1, {VerdictEntry{ReviewVerdict::Confirmed, {}, {}, {}, {}}});
        }
        model.setHistories(all);
        const qint64 judged = clock.restart();
        qInfo("10,000 rows: sort %lld ms, search %lld ms, bulk verdict %lld ms", sorted, searched,
              judged);
        QCOMPARE(model.unreviewedCount(), 0);
        QVERIFY(sorted + searched + judged < 3000);
    }

    void countersLeaveOutWhatCouldNotBeJudged() {
        ViolationModel model;
        model.setViolations(sample());
        QCOMPARE(model.judgedCount(), 3);
        QCOMPARE(model.unreviewedCount(), 3);
        model.setHistory(11, {VerdictEntry{ReviewVerdict::Confirmed, {}, {}, {}, {}}});
        QCOMPARE(model.unreviewedCount(), 2);
        model.setHistory(12, {VerdictEntry{ReviewVerdict::Undecided, {}, {}, {}, {}}});
        QCOMPARE(model.unreviewedCount(), 2);
    }

    void clockFollowsTimeStampsInBothDirections() {
        PlaybackClock clock;
        clock.start(10, 1, 1000);
        QCOMPARE(clock.mediaTimeS(1500), 10.5);
        QCOMPARE(clock.msUntil(10.04, 1000), 40);
        QCOMPARE(clock.msUntil(10.04, 2000), 0);  // overdue
        clock.start(10, -2, 1000);
        QCOMPARE(clock.mediaTimeS(1500), 9.0);
        QCOMPARE(clock.msUntil(9.9, 1000), 50);
        clock.start(0, 0.25, 0);
        QCOMPARE(clock.msUntil(0.04, 0), 160);
    }

    void videoFindsTheFrameOfATime() {
        OpenedVideo video;
        video.timesS = {0, 0.02, 0.1, 0.12, 0.2};
        QCOMPARE(video.frameAt(-1), 0);
        QCOMPARE(video.frameAt(0.019), 0);
        QCOMPARE(video.frameAt(0.02), 1);
        QCOMPARE(video.frameAt(0.09), 1);
        QCOMPARE(video.frameAt(99), 4);
        for (FrameIndex i = 0; i < 5; ++i) {
            QCOMPARE(video.frameAt(video.timeS(i)), i);
        }
        QCOMPARE(OpenedVideo{}.frameAt(1), 0);
    }

    void trackIndexFindsFramesAndTails() {
        auto tracks = std::make_shared<Tracks>();
        tracks->firstFrame = 10;
        for (FrameIndex f = 10; f < 20; ++f) {
            tracks->frameTimesS.push_back(double(f) / 25);
            if (f == 15) {
                continue;  // nothing seen
            }
            for (int t = 1; t <= 2; ++t) {
                TrackPoint p;
                p.frame = f;
                p.track = TrackId{t};
                p.poker = PokerPoints{{double(f), double(t)}, {}, 1, 1, 1};
                tracks->points.push_back(p);
            }
        }
        const TrackIndex index(tracks);
        QCOMPARE(index.at(10).size(), size_t(2));
        QCOMPARE(index.at(15).size(), size_t(0));
        QCOMPARE(index.at(9).size(), size_t(0));
        QCOMPARE(index.at(1000).size(), size_t(0));
        QCOMPARE(index.between(12, 16).size(), size_t(8));
        const auto tail = index.tail(TrackId{2}, 17, 3);
        QCOMPARE(tail.size(), size_t(3));  // 14, 16, 17
        QCOMPARE(tail.front(), QPointF(14, 2));
        QVERIFY(index.processed(19) && !index.processed(20) && !index.processed(9));
        QVERIFY(TrackIndex(nullptr).empty());
    }

    void trackIndexAnswersAtOnceForTwoHours() {
        auto tracks = std::make_shared<Tracks>();
        tracks->points.resize(2 * 3600 * 25 * 4);
        for (size_t i = 0; i < tracks->points.size(); ++i) {
            tracks->points[i].frame = FrameIndex(i / 4);
        }
        const TrackIndex index(tracks);
        QBENCHMARK {
            for (FrameIndex f = 0; f < 180000; f += 180) {
                QCOMPARE(index.at(f).size(), size_t(4));
            }
        }
    }
};

QTEST_MAIN(TestReviewModels)
#include "tst_review_models.moc"
