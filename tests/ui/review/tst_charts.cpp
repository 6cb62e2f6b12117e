// Charts: what they count, that ten thousand insertions are shown at once, and that a click on a
// bar leads to the events behind it.
#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "tests/ui/review/review_fixture.h"
#include "ui/charts/chart_frame.h"
#include "ui/charts/chart_table.h"
#include "ui/charts/chart_view.h"
#include "ui/charts/scales.h"
#include "ui/review/charts_panel.h"
#include "ui/review/insertion_model.h"
#include "ui/review/insertion_panel.h"
#include "ui/review/player_widget.h"
#include "ui/review/review_page.h"
#include "ui/review/scope_chip.h"
#include "ui/review/violation_model.h"
#include "ui/review/violation_panel.h"
#include "ui/theme.h"

using namespace cvd;
using namespace cvd::ui;

namespace {

Insertion insertionAt(qint64 id, double startS, double stationaryS, double x, double y) {
    Insertion i;
    i.id = id;
    i.track = TrackId{1 + id % 3};
    i.startFrame = FrameIndex(startS * 25);
    i.startS = startS;
    i.stationaryS = stationaryS;
    i.contactM = PointM{x, y};
    return i;
}

ReviewData someData() {
    ReviewData data;
    data.title = "Lift 3";
    data.hasResult = true;
    data.profileName = "GB 50666";
    data.video.durationS = 300;
    data.calibration = Calibration{};
    data.limits = {10.0, 30.0, 0.49};
    const double times[] = {4, 9.9, 10, 20, 30, 31};
    for (int i = 0; i < 6; ++i) {
        data.insertions.append(insertionAt(i + 1, i * 40, times[i], i * 0.4, 0));
    }
    data.insertions[5].contactM->x = 3;  // 1.4 m from the fifth
    Insertion touch = insertionAt(7, 250, 0.4, 9, 9);
    touch.effective = false;
    data.insertions.append(touch);
    for (int i = 0; i < 3; ++i) {
        ReviewViolation v;
        v.id = 100 + i;
        v.finding.rule = i < 2 ? "under_vibration" : "over_vibration";
        v.finding.severity = i == 0 ? Severity::Major : Severity::Minor;
        v.finding.startS = i * 100;
        v.finding.insertion = i + 1;
        data.violations.append(v);
    }
    ReviewViolation unjudged;
    unjudged.id = 200;
    unjudged.finding.rule = "missed_area";
    unjudged.finding.verdict = Verdict::CannotJudge;
    data.violations.append(unjudged);
    return data;
}

double sum(const ChartData& chart, int set) {
    double total = 0;
    for (const ChartBar& bar : chart.bars) {
        total += bar.values[set];
    }
    return total;
}

ReviewData manyInsertions(int count) {
    ReviewData data = someData();
    data.insertions.clear();
    for (int i = 0; i < count; ++i) {
        data.insertions.append(insertionAt(i + 1, i * 0.7, 5 + (i * 37) % 300 / 10.0,
                                           (i * 17) % 997 * 0.05, (i * 31) % 991 * 0.05));
    }
    return data;
}

}  // namespace

class TestCharts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundNumbers() {
        QCOMPARE(niceStep(0.7), 1.0);
        QCOMPARE(niceStep(1.01), 2.0);
        QCOMPARE(niceStep(21), 25.0);
        QCOMPARE(niceStep(0), 1.0);
        QCOMPARE(niceClockWidth(7200, 20), 600.0);
    }

    void timesStandAgainstTheBand() {
        const ChartData chart = reviewChart(ReviewChart::InsertionTimes, someData());
        QCOMPARE(chart.sets.size(), 3);
        QCOMPARE(sum(chart, 0), 2.0);  // 4 and 9.9 s are too short
        QCOMPARE(sum(chart, 1), 3.0);  // the limits themselves are allowed
        QCOMPARE(sum(chart, 2), 1.0);
        QCOMPARE(chart.bands.size(), 1);
        QCOMPARE(chart.bands.first().from, 10.0);
        QCOMPARE(chart.bands.first().to, 30.0);
        QVERIFY(chart.bands.first().name.contains("GB 50666"));
        ReviewData free = someData();
        free.limits = {};
        const ChartData unlimited = reviewChart(ReviewChart::InsertionTimes, free);
        QCOMPARE(unlimited.sets.size(), 1);
        QCOMPARE(unlimited.total(), 6.0);
        QVERIFY(unlimited.bands.isEmpty());
    }

    void spacingIsThatOfTheNearest() {
        const auto distances = nearestDistances(someData().insertions);
        QVERIFY(qAbs(*distances[0] - 0.4) < 1e-9);
        QVERIFY(qAbs(*distances[5] - 1.4) < 1e-9);
        QVERIFY(!distances[6]);  // a touch
        const ChartData chart = reviewChart(ReviewChart::Spacing, someData());
        QCOMPARE(sum(chart, 0), 5.0);
        QCOMPARE(sum(chart, 1), 1.0);
        QCOMPARE(chart.marks.first().at, 0.49);
        ReviewData bare = someData();
        bare.calibration.reset();
        for (Insertion& i : bare.insertions) {
            i.contactM.reset();
        }
        const ChartData none = reviewChart(ReviewChart::Spacing, bare);
        QVERIFY(none.isEmpty());
        QVERIFY(none.empty.contains("calibration"));
    }

    // The same as trying all pairs.
    void nearestDistancesAreExact() {
        const auto insertions = manyInsertions(400).insertions;
        const auto fast = nearestDistances(insertions);
        for (int i = 0; i < insertions.size(); ++i) {
            double best = 1e9;
            for (int j = 0; j < insertions.size(); ++j) {
                if (i != j) {
                    best = std::min(
                        best, std::hypot(insertions[i].contactM->x - insertions[j].contactM->x,
                                         insertions[i].contactM->y - insertions[j].contactM->y));
                }
            }
            QVERIFY(qAbs(*fast[i] - best) < 1e-9);
        }
    }

    void falseAlarmsAndUnjudgedAreLeftOut() {
        ReviewData data = someData();
        QCOMPARE(reviewChart(ReviewChart::ViolationsByRule, data).total(), 3.0);
        QCOMPARE(reviewChart(ReviewChart::ByPoker, data).total(), 3.0);
        VerdictEntry entry;
        entry.verdict = ReviewVerdict::FalseAlarm;
        data.violations[0].history.append(entry);
        const ChartData chart = reviewChart(ReviewChart::ViolationsByRule, data);
        QCOMPARE(chart.total(), 2.0);
        QCOMPARE(sum(chart, 1), 0.0);  // it was the only major one
        const ChartData overTime = reviewChart(ReviewChart::ViolationsOverTime, data);
        QCOMPARE(overTime.total(), 2.0);
        QCOMPARE(overTime.idsOf(int(overTime.bars.size()) - 1).size() +
                     overTime.idsOf(int(100 / overTime.binWidth)).size(),
                 qsizetype(1));
    }

    void theTableSaysTheSame() {
        ChartTableModel model;
        QAbstractItemModelTester tester(&model);
        const ChartData chart = reviewChart(ReviewChart::InsertionTimes, someData());
        model.setData(chart);
        QCOMPARE(model.rowCount(), chart.bars.size());
        QCOMPARE(model.columnCount(), 4);
        model.setData(reviewChart(ReviewChart::TimesOverPour, someData()));
        QCOMPARE(model.rowCount(), 6);
        const QByteArray csv = chartCsv(chart);
        QCOMPARE(csv.count('\n'), chart.bars.size() + 1);
        QVERIFY(csv.startsWith("Time standing still (s),Too short"));
        ChartData evil = chart;
        evil.bars[0].label = "=1+1,\"x\"";
        QVERIFY(chartCsv(evil).contains("\"'=1+1,\"\"x\"\"\""));
    }

    void filesAreWholeOrNotThere() {
        QTemporaryDir dir;
        ChartFrame frame(true);
        frame.setData(reviewChart(ReviewChart::InsertionTimes, someData()));
        QVERIFY(frame.savePicture(dir.filePath("c.png")).ok());
        QVERIFY(frame.saveTable(dir.filePath("c.csv")).ok());
        const QImage picture(dir.filePath("c.png"));
        QCOMPARE(picture.size(), QSize(1600, 900));
        QCOMPARE(picture.pixelColor(2, 2), QColor(Qt::white));  // paper, whatever the theme
        int coloured = 0;
        for (int y = 0; y < picture.height(); y += 4) {
            for (int x = 0; x < picture.width(); x += 4) {
                coloured += picture.pixelColor(x, y).saturation() > 80;
            }
        }
        QVERIFY2(coloured > 200, qPrintable(QString::number(coloured)));
        const Status failed = frame.saveTable("/nowhere/c.csv");
        QVERIFY(!failed.ok() && failed.error().kind == ErrorKind::Environment);
        frame.setData({});
        for (const auto* button : frame.findChildren<QToolButton*>()) {
            QVERIFY(!button->isEnabled() && button->toolTip().contains("empty"));
        }
    }

    void aBarLeadsToItsEvents() {
        ReviewPage page;
        page.resize(1280, 744);
        page.show();
        page.setData(someData());
        auto* tabs = page.findChild<QTabWidget*>();
        tabs->setCurrentWidget(page.chartsPanel());
        ChartFrame* frame = page.chartsPanel()->frame();
        page.chartsPanel()->showChart(ReviewChart::ViolationsByRule);
        const int longest = int(frame->data().bars.size()) - 1;
        QCOMPARE(frame->data().idsOf(longest).size(), 2);
        // With the mouse: the first part of the longest bar.
        QCoreApplication::processEvents();
        QTest::mouseClick(frame->view()->viewport(), Qt::LeftButton, {},
                          frame->view()->positionOf(longest).toPoint());
        QCOMPARE(tabs->currentWidget(), page.violationPanel());
        QCOMPARE(page.violationPanel()->filter()->rowCount(), 1);
        QCOMPARE(page.violationPanel()->currentId(), 100);
        auto* chip = page.violationPanel()->findChild<ScopeChip*>();
        QVERIFY(chip->isVisible());
        chip->click();
        QCOMPARE(page.violationPanel()->filter()->rowCount(), 3);
        QVERIFY(!chip->isVisible());
        // With the keyboard: Enter in the table takes the whole bar.
        tabs->setCurrentWidget(page.chartsPanel());
        frame->table()->setFocus();
        frame->table()->setCurrentIndex(frame->table()->model()->index(longest, 0));
        QTest::keyClick(frame->table(), Qt::Key_Return);
        QCOMPARE(page.violationPanel()->filter()->rowCount(), 2);
        // What is asked for from elsewhere is shown, filter or not.
        page.showViolation(102);
        QCOMPARE(page.violationPanel()->filter()->rowCount(), 3);

        tabs->setCurrentWidget(page.chartsPanel());
        page.chartsPanel()->showChart(ReviewChart::Spacing);
        const auto& bars = frame->data().bars;
        QTest::mouseClick(frame->view()->viewport(), Qt::LeftButton, {},
                          frame->view()->positionOf(int(bars.size()) - 1).toPoint());
        QCOMPARE(tabs->currentWidget(), page.insertionPanel());
        QCOMPARE(page.insertionPanel()->filter()->rowCount(), 1);
        QCOMPARE(page.insertionPanel()->currentId(), 6);
    }

    void poursAreAskedForOnceAndLeadToTheirProject() {
        ReviewPage page;
        page.show();
        page.setData(someData());
        ChartsPanel* panel = page.chartsPanel();
        QSignalSpy wanted(panel, &ChartsPanel::poursWanted);
        QSignalSpy opened(&page, &ReviewPage::projectRequested);
        page.findChild<QTabWidget*>()->setCurrentWidget(panel);
        panel->showChart(ReviewChart::Pours);
        QCOMPARE(wanted.size(), 1);
        QVERIFY(panel->frame()->data().isEmpty());
        panel->setPours({{7, "Lift 1", false, 50, 5, 2, 14}, {8, "Lift 3", true, 10, 1, 1, 12}});
        QCOMPARE(panel->frame()->data().bars.size(), 2);
        QCOMPARE(panel->frame()->data().bars[1].values.first(), 10.0);  // 5 of 50
        QTest::keyClick(panel->frame()->table(), Qt::Key_Down);
        panel->frame()->table()->setCurrentIndex(panel->frame()->table()->model()->index(1, 0));
        QTest::keyClick(panel->frame()->table(), Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened.first().first().toLongLong(), 7);
    }

    void tenThousandInsertionsAreShownAtOnce() {
        const ReviewData data = manyInsertions(10000);
        ReviewPage page;
        page.resize(1280, 744);
        page.show();
        page.setData(data);
        page.findChild<QTabWidget*>()->setCurrentWidget(page.chartsPanel());
        for (const auto chart :
             {ReviewChart::InsertionTimes, ReviewChart::TimesOverPour, ReviewChart::Spacing}) {
            QElapsedTimer timer;
            timer.start();
            page.chartsPanel()->showChart(chart);
            (void)page.chartsPanel()->grab();
            qInfo("chart %d of 10000 insertions: %lld ms", int(chart), timer.elapsed());
            QVERIFY2(timer.elapsed() < 1500, qPrintable(QString::number(timer.elapsed())));
        }
        QVERIFY(page.chartsPanel()->frame()->view()->items().size() < 500);  // not one item a point
    }

    void coloursReadOnTheirGround() {
        for (const Tokens& t : {lightTokens(), darkTokens()}) {
            for (const auto tone : {ChartTone::Accent, ChartTone::Pass, ChartTone::Minor,
                                    ChartTone::Major, ChartTone::Critical, ChartTone::Unknown}) {
                QVERIFY(contrastRatio(toneColour(tone, t), t.surface) >= 3);
            }
        }
    }
};

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"
