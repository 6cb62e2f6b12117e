// The first-use tour, walked by keys and clicks as a new user does.
#include <QCheckBox>
#include <QDialog>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>

#include "tests/ui/clipping.h"
#include "tests/ui/desk.h"
#include "ui/jobs_page.h"
#include "ui/language.h"
#include "ui/review/plan_panel.h"
#include "ui/review/review_page.h"
#include "ui/tour/tour.h"
#include "ui/tour/tour_card.h"

using namespace cvd;
using namespace cvd::ui;
using test::Desk;
using test::kPassword;
using Step = Tour::Step;

namespace {

// A desk whose detections find three violations, when the test says so.
class TourDesk : public Desk {
public:
    TourDesk() {
        config.runner = [this](const jobs::RunRequest& request,
                               std::function<void(const jobs::JobProgress&)> report,
                               const std::atomic<bool>& cancel) -> Status {
            report({3, 12, 20, 0.45, jobs::JobStage::Detecting, QStringLiteral("cpu")});
            while (!go && !cancel) {
                QThread::yieldCurrentThread();
            }
            if (cancel) {
                return fail(ErrorKind::Cancelled, "Cancelled.");
            }
            if (fails) {
                return fail(ErrorKind::Environment, "No memory.");
            }
            return writeFindings(request.outputFolder);
        };
    }
    Tour* tour() const { return shell()->tour(); }
    TourCard* card() const { return tour()->card(); }
    QWidget* ring() const { return shell()->findChild<QWidget*>("tourRing"); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QWidget* focus = QApplication::focusWidget();
        QTest::keyClick(focus ? focus : window(), key, modifiers);
    }
    // The card is whole, on the window, and does not cover what it talks about.
    void checkCard() {
        const QRect place = card()->geometry();
        QVERIFY(card()->isVisible());
        QVERIFY(shell()->rect().contains(place));
        QVERIFY2(test::clippedTexts(*card()).isEmpty(),
                 qPrintable(test::clippedTexts(*card()).join('\n')));
        if (ring()->isVisible()) {
            QVERIFY(!ring()->geometry().intersects(place));
        }
    }

    std::atomic<bool> go = false, fails = false;

private:
    static Status writeFindings(const QString& folder) {
        report::ResultSummary summary;
        summary.video.frames = 12;
        summary.video.durationS = 0.48;
        summary.model = {"fake", "1", "abc"};
        summary.device = "cpu";
        summary.profileId = "gb50666";
        summary.profileVersion = "1";
        summary.createdUtc = "2026-05-01T10:00:00Z";
        compliance::Judgement judgement;
        for (int i = 0; i < 3; ++i) {
            Violation v;
            v.id = i + 1;
            v.rule = "under_vibration";
            v.verdict = Verdict::Violation;
            v.startFrame = 2 * i;
            v.endFrame = 2 * i + 1;
            v.startS = v.startFrame / 25.0;
            v.endS = v.endFrame / 25.0;
            v.value = 3.0;
            v.limit = 10.0;
            v.unit = "s";
            v.reason = "Too short.";
            judgement.violations.push_back(v);
        }
        QDir().mkpath(folder);
        test::writeBytes(folder + "/summary.json", report::summaryToJson(summary, judgement));
        return {};
    }
};

}  // namespace

class TestTour : public QObject {
    Q_OBJECT

    static void firstStart(TourDesk& desk, bool wanted) {
        desk.start();
        desk.click("nextPushButton");
        QTRY_VERIFY(desk.find<QLineEdit>("administratorNameLineEdit"));
        desk.find<QLineEdit>("administratorNameLineEdit")->setText("boss");
        desk.find<QLineEdit>("newPasswordLineEdit")->setText(kPassword);
        desk.find<QLineEdit>("repeatPasswordLineEdit")->setText(kPassword);
        desk.click("nextPushButton");
        QTRY_VERIFY(desk.find<QCheckBox>("tourCheckBox"));
        auto* tour = desk.find<QCheckBox>("tourCheckBox");
        QVERIFY(tour->isChecked());
        desk.find<QRadioButton>("ownVideoRadioButton")->setChecked(true);
        QVERIFY(!tour->isEnabled() && !tour->toolTip().isEmpty());
        desk.find<QRadioButton>("sampleRadioButton")->setChecked(true);
        tour->setChecked(wanted);
        desk.click("nextPushButton");
        QTRY_VERIFY(desk.shell());
        QTRY_COMPARE(desk.shell()->currentPage(), desk.shell()->projectPage());
        desk.window()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(desk.window()));
    }

private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<cvd::jobs::JobProgress>(); }
    void init() { setLanguage(QStringLiteral("en")); }

    void fromTheFirstStartToTheReport() {
        TourDesk desk;
        firstStart(desk, true);
        QVERIFY(desk.tour()->isRunning());
        QSignalSpy ended(desk.tour(), &Tour::ended);
        QCOMPARE(desk.tour()->step(), Step::Run);
        QTRY_VERIFY(desk.ring()->isVisible());
        desk.checkCard();
        // It says which key, and the key works.
        QVERIFY(desk.card()->content().text.contains("Ctrl+R"));
        desk.key(Qt::Key_R, Qt::ControlModifier);
        QTRY_COMPARE(desk.tour()->step(), Step::Wait);
        desk.checkCard();
        // Elsewhere meanwhile: the card says so and leads back.
        desk.key(Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(desk.shell()->currentPage(), static_cast<QWidget*>(desk.shell()->jobsPage()));
        QTRY_COMPARE(desk.card()->content().primary, QString("Go there"));
        desk.checkCard();
        desk.go = true;
        QTRY_COMPARE(desk.tour()->step(), Step::Review);
        desk.key(Qt::Key_F6);
        QVERIFY(desk.card()->isAncestorOf(QApplication::focusWidget()));
        desk.key(Qt::Key_Space);
        QTRY_COMPARE(desk.shell()->currentPage(), desk.shell()->projectPage());
        QTRY_VERIFY(desk.ring()->isVisible());
        desk.checkCard();
        desk.key(Qt::Key_F6);
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(desk.tour()->step(), Step::Find);
        desk.checkCard();
        desk.key(Qt::Key_N);
        QTRY_COMPARE(desk.tour()->step(), Step::Judge);
        QTRY_VERIFY(desk.ring()->isVisible());
        desk.checkCard();
        desk.key(Qt::Key_C);
        QTRY_COMPARE(desk.tour()->step(), Step::Plan);
        desk.checkCard();
        auto* tabs = desk.shell()->reviewPage()->findChild<QTabWidget*>();
        const QRect tab =
            tabs->tabBar()->tabRect(tabs->indexOf(desk.shell()->reviewPage()->planPanel()));
        QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tab.center());
        QTRY_COMPARE(desk.tour()->step(), Step::Report);
        desk.checkCard();
        desk.key(Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(desk.find<QDialog>("exportDialog"));
        desk.find<QDialog>("exportDialog")->close();
        desk.tour()->noteReport();  // tst_export_dialog makes real ones
        QTRY_COMPARE(desk.tour()->step(), Step::End);
        desk.checkCard();
        QVERIFY(desk.card()->content().last);
        desk.click("tourLeavePushButton");
        QVERIFY(!desk.tour()->isRunning());
        QVERIFY(!desk.card()->isVisible() && !desk.ring()->isVisible());
        QCOMPARE(ended.size(), 1);
        QCOMPARE(ended.first().first().toBool(), true);
    }

    void declinedItNeverComesBack() {
        TourDesk desk;
        firstStart(desk, false);
        QVERIFY(!desk.tour()->isRunning());
        desk.action(Act::SignOut)->trigger();
        QTRY_VERIFY(!desk.shell());
        desk.signIn("boss", kPassword);
        QTRY_VERIFY(desk.shell());
        QVERIFY(!desk.tour()->isRunning());
        QVERIFY(!desk.card()->isVisible());
    }

    void theHelpMenuStartsItForAnybody() {
        TourDesk desk;
        desk.seedAdministrator();
        desk.seedUser("li");
        desk.enter("li");
        QVERIFY(desk.action(Act::Tour)->isEnabled());
        desk.action(Act::Tour)->trigger();
        QTRY_VERIFY(desk.tour()->isRunning());
        QCOMPARE(desk.shell()->projectPage()->project()->name, QString("Sample pour"));
        const ProjectId first = desk.tour()->sample();
        // Left and taken again: the same project, not another copy.
        desk.tour()->leave();
        desk.action(Act::ShowProjects)->trigger();
        desk.action(Act::Tour)->trigger();
        QTRY_VERIFY(desk.tour()->isRunning());
        QCOMPARE(desk.tour()->sample(), first);
        // Another user gets one of her own.
        desk.tour()->leave();
        desk.action(Act::SignOut)->trigger();
        QTRY_VERIFY(!desk.shell());
        desk.signIn("boss", kPassword);
        QTRY_VERIFY(desk.shell());
        desk.action(Act::Tour)->trigger();
        QTRY_VERIFY(desk.tour()->isRunning());
    }

    void withoutTheSampleTheMenuSaysWhy() {
        TourDesk desk;
        QFile::remove(desk.config.sampleVideoFile);
        desk.seedAdministrator();
        desk.enter();
        QVERIFY(!desk.action(Act::Tour)->isEnabled());
        QVERIFY(desk.action(Act::Tour)->toolTip().contains("not installed"));
    }

    void escLeavesTheTourBeforeThePage() {
        TourDesk desk;
        firstStart(desk, true);
        desk.go = true;
        desk.key(Qt::Key_R, Qt::ControlModifier);
        QTRY_COMPARE(desk.tour()->step(), Step::Review);
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(desk.tour()->step(), Step::Find);
        const QWidget* review = desk.shell()->reviewPage();
        desk.key(Qt::Key_Escape);
        QVERIFY(!desk.tour()->isRunning());
        QCOMPARE(desk.shell()->currentPage(), review);
        QVERIFY(!desk.bannerText().isEmpty());  // how it comes back
    }

    void aFailedRunLeadsBackToItsButton() {
        TourDesk desk;
        firstStart(desk, true);
        desk.fails = desk.go = true;
        desk.key(Qt::Key_R, Qt::ControlModifier);
        QTRY_VERIFY(!desk.bannerText().isEmpty());
        QTRY_COMPARE(desk.tour()->step(), Step::Run);
        desk.fails = false;
        desk.click("runDetectionPushButton");
        QTRY_COMPARE(desk.tour()->step(), Step::Review);
    }

    void stepsCanBeSkippedAndTheLanguageChanged() {
        TourDesk desk;
        firstStart(desk, true);
        chooseLanguage(desk.controller->settings(), QStringLiteral("zh_CN"));
        QTRY_COMPARE(desk.card()->content().title, QStringLiteral("运行检测"));
        desk.checkCard();
        for (int step = 0; step < Tour::kSteps - 1; ++step) {
            desk.click("tourSkipPushButton");
            desk.checkCard();
        }
        QCOMPARE(desk.tour()->step(), Step::End);
        chooseLanguage(desk.controller->settings(), QStringLiteral("en"));
    }

    void deletingTheSampleEndsTheTour() {
        TourDesk desk;
        firstStart(desk, true);
        desk.action(Act::DeleteProject)->trigger();
        QTRY_VERIFY(!desk.tour()->isRunning());
        QVERIFY(!desk.card()->isVisible());
    }
};

QTEST_MAIN(TestTour)
#include "tst_tour.moc"
