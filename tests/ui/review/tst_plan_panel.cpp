// The plan tab: what lies under the cursor, choosing, keys, the moment, exports, and what it says
// without a calibration.
#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "ui/review/plan_panel.h"
#include "ui/review/review_text.h"

using namespace cvd;
using namespace cvd::ui;

namespace {

ReviewData pour() {
    ReviewData d;
    d.hasResult = true;
    d.videoPath = QStringLiteral("/pour.mp4");
    d.video.width = 800;
    d.video.height = 600;
    d.profileId = QStringLiteral("gb50666");
    d.radiusM = 0.4;
    Calibration c;
    c.imagePoints = {{100, 100}, {500, 100}, {500, 400}, {100, 400}};
    c.planePoints = {{0, 0}, {4, 0}, {4, 3}, {0, 3}};
    c.pourRegion = c.planePoints;
    d.calibration = c;
    for (int i = 0; i < 6; ++i) {
        Insertion in;
        in.id = i + 1;
        in.contactM = PointM{0.5 + 0.5 * i, 1.5};
        in.startS = 60.0 * i;
        in.endS = in.startS + 40;
        in.startFrame = FrameIndex(in.startS * 25);
        in.endFrame = FrameIndex(in.endS * 25);
        in.immersedS = in.stationaryS = 40;
        d.insertions.append(in);
    }
    return d;
}

}  // namespace

class TestPlanPanel : public QObject {
    Q_OBJECT

    static QPoint onScreen(const PlanPanel& panel, double x, double y) {
        return panel.view()->planeToView().map(QPointF(x, y)).toPoint();
    }
    static std::unique_ptr<PlanPanel> open(const ReviewData& review) {
        auto panel = std::make_unique<PlanPanel>();
        panel->resize(560, 600);
        panel->setData(review);
        panel->show();
        (void)QTest::qWaitForWindowExposed(panel.get());
        return panel;
    }

private Q_SLOTS:
    void cursorReadsSecondsAndInsertions() {
        auto panel = open(pour());
        QVERIFY(panel->emptyText().isEmpty());
        QTest::mouseMove(panel->view(), onScreen(*panel, 0.75, 1.5));
        QTRY_VERIFY2(panel->readout().contains(quantityText(80, "s")),
                     qPrintable(panel->readout()));
        QVERIFY(panel->readout().contains(QStringLiteral("1, 2")));
        QTest::mouseMove(panel->view(), onScreen(*panel, 2.0, 2.8));
        QTRY_VERIFY2(panel->readout().contains(PlanPanel::tr("missed")),
                     qPrintable(panel->readout()));
        QVERIFY(panel->readout().contains(quantityText(0, "s")));
        // There and back: the place under the cursor is the place that was meant.
        const auto place = panel->view()->placeAt(panel->view()->planeToView().map(QPointF(1, 2)));
        QVERIFY(place && std::abs(place->x - 1) < 1e-6 && std::abs(place->y - 2) < 1e-6);
    }

    void clickGoesToTheInsertion() {
        auto panel = open(pour());
        QSignalSpy chosen(panel.get(), &PlanPanel::insertionClicked);
        QTest::mouseClick(panel->view(), Qt::LeftButton, {}, onScreen(*panel, 1.45, 1.5));
        QCOMPARE(chosen.takeFirst().at(0).toLongLong(), 3);
        QTest::mouseClick(panel->view(), Qt::LeftButton, {}, onScreen(*panel, 2.0, 2.9));
        QVERIFY(chosen.isEmpty());  // nobody was there
    }

    void keysGoThroughTheOrderOfWork() {
        auto panel = open(pour());
        QSignalSpy chosen(panel.get(), &PlanPanel::insertionClicked);
        panel->view()->setFocus();
        panel->setCurrentInsertion(2);
        QTest::keyClick(panel->view(), Qt::Key_Down);
        QCOMPARE(chosen.takeFirst().at(0).toLongLong(), 3);
        QTest::keyClick(panel->view(), Qt::Key_Up);
        QCOMPARE(chosen.takeFirst().at(0).toLongLong(), 1);
        panel->setCurrentInsertion(6);
        QTest::keyClick(panel->view(), Qt::Key_Down);
        QVERIFY(chosen.isEmpty());
    }

    void zoomKeepsThePlaceUnderTheCursor() {
        auto panel = open(pour());
        const QPointF at = onScreen(*panel, 1, 1);
        const auto before = panel->view()->placeAt(at);
        panel->view()->zoomAt(at, 3);
        const auto after = panel->view()->placeAt(at);
        QVERIFY(before && after);
        QVERIFY(std::hypot(before->x - after->x, before->y - after->y) < 1e-6);
        QVERIFY(!panel->view()->isFitted());
        QTest::keyClick(panel->view(), Qt::Key_0);
        QVERIFY(panel->view()->isFitted());
        // The same pour again keeps the zoom, another one does not.
        panel->view()->zoomAt(at, 3);
        panel->setData(pour());
        QVERIFY(!panel->view()->isFitted());
        ReviewData other = pour();
        other.videoPath = QStringLiteral("/other.mp4");
        panel->setData(other);
        QVERIFY(panel->view()->isFitted());
    }

    void followsTheShownFrame() {
        auto panel = open(pour());
        panel->setShownTime(70);
        QVERIFY(!panel->view()->options().untilS);
        panel->findChild<QAction*>(QStringLiteral("planFollowAction"))->setChecked(true);
        QCOMPARE(panel->view()->options().untilS, std::optional(70.0));
        panel->setShownTime(10);
        QCOMPARE(panel->view()->options().untilS, std::optional(10.0));
        QTest::mouseMove(panel->view(), onScreen(*panel, 2.5, 1.5));
        QTRY_VERIFY2(panel->readout().contains(PlanPanel::tr("still to do")),
                     qPrintable(panel->readout()));
    }

    void exportsPictureAndCells() {
        auto panel = open(pour());
        QTemporaryDir dir;
        QString error;
        QVERIFY(panel->exportPicture(dir.filePath("plan.png"), &error));
        QVERIFY(QImage(dir.filePath("plan.png")).width() >= 1000);
        QVERIFY(panel->exportTable(dir.filePath("plan.csv"), &error));
        QFile file(dir.filePath("plan.csv"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().count('\n') > 1000);
        QVERIFY(!panel->exportTable(dir.filePath("none/plan.csv"), &error));
        QVERIFY(error.contains(QStringLiteral("none")));
    }

    void saysWhatToDoWithoutCalibration() {
        ReviewData review = pour();
        review.calibration.reset();
        auto panel = open(review);
        QVERIFY(!panel->emptyText().isEmpty());
        auto* button = panel->findChild<QPushButton*>(QStringLiteral("planCalibratePushButton"));
        QVERIFY(button->isVisible());
        QSignalSpy asked(panel.get(), &PlanPanel::calibrateRequested);
        button->click();
        QCOMPARE(asked.size(), 1);
        // A calibration that cannot be used says why.
        review = pour();
        review.calibration->imagePoints[2] = review.calibration->imagePoints[1];
        panel->setData(review);
        QVERIFY2(panel->emptyText().contains('3'), qPrintable(panel->emptyText()));
        panel->setData({});
        QVERIFY(!panel->emptyText().isEmpty());
    }

    void plannedGridIsOfferedWhenThereIsOne() {
        ReviewData review = pour();
        auto panel = open(review);
        auto* action = panel->findChild<QAction*>(QStringLiteral("planPlannedAction"));
        QVERIFY(!action->isVisible());
        report::PlanData plan = *panel->plan();
        plan.planned = {{1, 1}, {2, 1}};
        plan.next = PointM{2, 1};
        review.plan = std::make_shared<const report::PlanData>(plan);
        panel->setData(review);
        QVERIFY(action->isVisible());
        const QImage without = panel->view()->grab().toImage();
        action->setChecked(true);
        QVERIFY(panel->view()->grab().toImage() != without);
    }

    void warningsOfTheResultAreShown() {
        ReviewData review = pour();
        review.warnings = {QStringLiteral("The camera was moved.")};
        auto panel = open(review);
        auto* label = panel->findChild<QLabel*>(QStringLiteral("planWarningLabel"));
        QVERIFY(label->isVisible());
        QCOMPARE(label->text(), review.warnings.first());
    }
};

QTEST_MAIN(TestPlanPanel)
#include "tst_plan_panel.moc"
