// The desktop program as people use it: from the first start to a finished detection.
#include <QAbstractItemModelTester>
#include <QDropEvent>
#include <QListView>
#include <QMimeData>
#include <QProgressBar>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTableWidget>
#include <QTimer>

#include "tests/ui/desk.h"
#include "ui/first_start_page.h"
#include "ui/import_dialog.h"
#include "ui/jobs_page.h"
#include "ui/language.h"
#include "ui/project_model.h"
#include "ui/theme.h"
#include "ui/users_page.h"
#include "ui/widgets.h"

using namespace cvd;
using namespace cvd::ui;
using test::Desk;
using test::kPassword;

class TestDesktop : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<cvd::jobs::JobProgress>(); }
    void init() { setLanguage(QStringLiteral("en")); }

    // --- First start and sign-in ---

    void firstStartLeadsToTheSampleProject() {
        Desk desk;
        desk.start();
        QTRY_VERIFY(desk.find<FirstStartPage>(""));
        desk.click("nextPushButton");  // the embedded database
        QTRY_VERIFY(desk.find<QLineEdit>("administratorNameLineEdit"));
        auto* next = desk.find<QAbstractButton>("nextPushButton");
        QVERIFY(!next->isEnabled());
        QVERIFY(!next->toolTip().isEmpty());  // says why
        QVERIFY(!desk.find<QAbstractButton>("skipPushButton"));
        QVERIFY(desk.find<QLineEdit>("administratorNameLineEdit")->isEnabled());
        desk.find<QLineEdit>("administratorNameLineEdit")->setText("boss");
        desk.find<QLineEdit>("newPasswordLineEdit")->setText("short");
        QVERIFY(!next->isEnabled());
        desk.find<QLineEdit>("newPasswordLineEdit")->setText(kPassword);
        desk.find<QLineEdit>("repeatPasswordLineEdit")->setText("concrete cures slowlz");
        QVERIFY(!next->isEnabled());
        desk.find<QLineEdit>("repeatPasswordLineEdit")->setText(kPassword);
        QVERIFY(next->isEnabled());
        desk.click("nextPushButton");
        QTRY_VERIFY(desk.find<QRadioButton>("sampleRadioButton"));
        QVERIFY(desk.find<QRadioButton>("sampleRadioButton")->isChecked());
        desk.click("nextPushButton");
        QTRY_VERIFY(desk.shell());
        QTRY_COMPARE(desk.shell()->currentPage(), desk.shell()->projectPage());
        desk.action(Act::ShowProjects)->trigger();
        QCOMPARE(desk.shell()->projectsPage()->model()->rowCount(), 1);
    }

    void firstStartWithoutAVideoShowsAnEmptyListWithAButton() {
        Desk desk;
        desk.start();
        desk.click("skipPushButton");
        QTRY_VERIFY(desk.find<QLineEdit>("administratorNameLineEdit"));
        desk.find<QLineEdit>("administratorNameLineEdit")->setText("boss");
        desk.find<QLineEdit>("newPasswordLineEdit")->setText(kPassword);
        desk.find<QLineEdit>("repeatPasswordLineEdit")->setText(kPassword);
        desk.click("nextPushButton");
        QTRY_VERIFY(desk.find<QRadioButton>("sampleRadioButton"));
        desk.click("skipPushButton");
        QTRY_VERIFY(desk.shell());
        QVERIFY(desk.find<EmptyState>(""));
    }

    void signInRightAndWrong() {
        Desk desk;
        desk.seedAdministrator();
        desk.seed.reset();
        desk.start();
        desk.signIn("boss", "wrong password");
        QVERIFY(!desk.shell());
        QVERIFY(desk.bannerText().contains("wrong"));
        QVERIFY(desk.find<QLineEdit>("passwordLineEdit")->text().isEmpty());
        desk.signIn("BOSS", kPassword);
        QTRY_VERIFY(desk.shell());
    }

    void afterFailedTriesTheWaitIsSaid() {
        Desk desk;
        desk.seedAdministrator();
        desk.seed.reset();
        desk.start();
        for (int i = 0; i < 4; ++i) {
            if (auto* button = desk.find<QAbstractButton>("signInPushButton");
                !desk.find<QLineEdit>("userNameLineEdit") || !button) {
                break;
            }
            desk.find<QLineEdit>("userNameLineEdit")->setText("boss");
            desk.find<QLineEdit>("passwordLineEdit")->setText("wrong");
            desk.find<QAbstractButton>("signInPushButton")->click();
        }
        QVERIFY2(desk.bannerText().contains("Wait"), qPrintable(desk.bannerText()));
        desk.find<QLineEdit>("passwordLineEdit")->setText(kPassword);
        auto* button = desk.find<QAbstractButton>("signInPushButton");
        QVERIFY(!button->isEnabled());
        QVERIFY(!button->toolTip().isEmpty());
        desk.now = desk.now.addSecs(600);
        QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), 15000);  // counted down by itself
        button->click();
        QTRY_VERIFY(desk.shell());
    }

    void anUnreachableServerIsSaidAndCanBeTriedAgain() {
        Desk desk(QStringLiteral("mysql://nobody@127.0.0.1:1/none"));
        desk.start();
        QTRY_VERIFY_WITH_TIMEOUT(desk.find<QAbstractButton>("retryPushButton"), 15000);
        QTRY_VERIFY(!desk.bannerText().isEmpty());
        desk.click("retryPushButton");
        QTRY_VERIFY_WITH_TIMEOUT(desk.find<QAbstractButton>("retryPushButton")->isEnabled(), 15000);
        desk.click("changeDatabasePushButton");
        desk.find<QRadioButton>("embeddedRadioButton")->setChecked(true);
        desk.click("retryPushButton");
        QTRY_VERIFY(desk.find<QLineEdit>("administratorNameLineEdit"));
    }

    void signOutLeadsBackToSignIn() {
        Desk desk;
        desk.seedAdministrator();
        desk.enter();
        desk.action(Act::SignOut)->trigger();
        QTRY_VERIFY(!desk.shell());
        QTRY_VERIFY(desk.find<QLineEdit>("passwordLineEdit"));
        QCOMPARE(desk.find<QLineEdit>("userNameLineEdit")->text(), QString("boss"));
    }

    // --- Import ---

    void importGoodAndBadVideos() {
        Desk desk;
        desk.seedAdministrator();
        desk.enter();
        test::writeVideo(desk.path("lift 3.mp4"), 5);
        test::writeBytes(desk.path("empty.mp4"), {});
        test::writeBytes(desk.path("sound.wav"), test::waveFile());
        desk.filesToOpen = {desk.path("lift 3.mp4"), desk.path("empty.mp4"),
                            desk.path("sound.wav")};
        desk.action(Act::ImportVideo)->trigger();
        auto* files = desk.find<QTableWidget>("importFilesTableWidget");
        QVERIFY(files);
        QCOMPARE(files->item(0, 0)->text(), QString("lift 3"));
        desk.find<QAbstractButton>("runAfterImportCheckBox")->setChecked(false);
        desk.click("importPushButton");
        QTRY_COMPARE(desk.shell()->findChild<ImportDialog*>()->isRunning(), false);
        QCOMPARE(files->item(0, 3)->text(), QString("Imported"));
        for (const int bad : {1, 2}) {
            QCOMPARE(files->item(bad, 3)->text(), QString("Refused"));
            QVERIFY(files->item(bad, 3)->toolTip().size() > 10);  // the reason
        }
        const auto* banner = desk.shell()->findChild<ImportDialog*>()->findChild<Banner*>();
        QVERIFY2(banner->text().contains("2 files"), qPrintable(banner->text()));
        desk.click("cancelImportPushButton");  // says "Close" now
        QTRY_COMPARE(desk.shell()->currentPage(), desk.shell()->projectPage());
        QCOMPARE(desk.shell()->projectPage()->project()->name, QString("lift 3"));
        QVERIFY(!desk.action(Act::OpenReview)->isEnabled());
    }

    void aDroppedVideoOpensTheImport() {
        Desk desk;
        desk.seedAdministrator();
        desk.enter();
        test::writeVideo(desk.path("dropped.mp4"), 6);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(desk.path("dropped.mp4"))});
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(desk.shell(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(desk.shell(), &drop);
        QTRY_VERIFY(desk.find<QTableWidget>("importFilesTableWidget"));
        desk.click("importPushButton");  // runs the detection, too
        QTRY_COMPARE(desk.runner.started(), 1);
        QTRY_VERIFY(desk.shell()->projectPage()->whyNotReview().isEmpty());
    }

    void cancellingAnImportLeavesNothing() {
        Desk desk;
        desk.seedAdministrator();
        desk.enter();
        test::writeVideo(desk.path("a.mp4"), 7, 200, 640, 480);
        ImportDialog* dialog = desk.shell()->importVideos({desk.path("a.mp4")});
        desk.click("importPushButton");
        dialog->reject();
        QTRY_VERIFY(!dialog->isRunning());
        if (dialog->imported().isEmpty()) {  // the cancel came in time
            desk.action(Act::ShowProjects)->trigger();
            QCOMPARE(desk.shell()->projectsPage()->model()->rowCount(), 0);
        }
        dialog->reject();
    }

    // --- Detection ---

    void runToTheEnd() {
        Desk desk;
        desk.seedAdministrator();
        const ProjectId id = desk.seedProject("Lift 3", desk.boss);
        desk.runner.hold = true;
        desk.enter();
        desk.shell()->openProject(id);
        desk.click("runDetectionPushButton");
        QTRY_COMPARE(desk.runner.started(), 1);
        QTRY_VERIFY(desk.find<QProgressBar>("detectionProgressBar"));
        QTRY_VERIFY(desk.find<QLabel>("detectionProgressLabel")->text().contains("20"));
        QVERIFY(!desk.action(Act::RunDetection)->isEnabled());
        QVERIFY(!desk.action(Act::DeleteProject)->isEnabled());
        QVERIFY(desk.action(Act::CancelDetection)->isEnabled());
        QTRY_VERIFY(desk.find<QAbstractButton>("showJobsToolButton")->text().contains("1"));
        desk.runner.release();
        QTRY_VERIFY(desk.action(Act::OpenReview)->isEnabled());
        QVERIFY(desk.find<QTableView>("resultsTableView"));
        QCOMPARE(desk.find<QTableView>("resultsTableView")->model()->rowCount(), 1);
        desk.action(Act::OpenReview)->trigger();
        QCOMPARE(desk.shell()->currentPage(),
                 reinterpret_cast<QWidget*>(desk.shell()->reviewPage()));
        desk.action(Act::Back)->trigger();
        QCOMPARE(desk.shell()->currentPage(), desk.shell()->projectPage());
    }

    void cancelAndRunAgain() {
        Desk desk;
        desk.seedAdministrator();
        const ProjectId id = desk.seedProject("Lift 3", desk.boss);
        desk.runner.hold = true;
        desk.enter();
        desk.shell()->openProject(id);
        desk.click("runDetectionPushButton");
        QTRY_COMPARE(desk.runner.started(), 1);
        // The button stands where the other one stood: a double click must not cancel.
        const int usual = QApplication::doubleClickInterval();
        QApplication::setDoubleClickInterval(60000);
        desk.click("cancelDetectionPushButton");
        QVERIFY(desk.find<QAbstractButton>("cancelDetectionPushButton"));
        QApplication::setDoubleClickInterval(0);
        desk.click("cancelDetectionPushButton");
        QApplication::setDoubleClickInterval(usual);
        QTRY_VERIFY(desk.find<QAbstractButton>("runDetectionPushButton"));
        QVERIFY(desk.find<QLabel>("detectionProgressLabel")->text().contains("cancelled"));
        desk.runner.hold = false;
        desk.click("runDetectionPushButton");
        QTRY_VERIFY(desk.action(Act::OpenReview)->isEnabled());
    }

    void aFailureIsShownWithItsReason() {
        Desk desk;
        desk.seedAdministrator();
        const ProjectId id = desk.seedProject("Lift 3", desk.boss);
        desk.runner.error =
            fail(ErrorKind::BadInput, "Frame %1 cannot be decoded.", {"7"}, "codec said no");
        desk.enter();
        desk.shell()->openProject(id);
        desk.click("runDetectionPushButton");
        QTRY_COMPARE(desk.bannerText(), QString("Frame 7 cannot be decoded."));
        QVERIFY(desk.find<QAbstractButton>("bannerDetailsPushButton"));
        QVERIFY(desk.find<QAbstractButton>("bannerCopyPushButton"));
    }

    // --- The list ---

    void searchFilterAndDelete() {
        Desk desk;
        desk.seedAdministrator();
        desk.seedProject("Lift 3 west", desk.boss, 1);
        desk.seedProject("Slab", desk.boss, 2);
        desk.enter();
        ProjectsPage* page = desk.shell()->projectsPage();
        QAbstractItemModelTester tester(page->model(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(page->model()->rowCount(), 2);
        desk.find<QLineEdit>("searchLineEdit")->setText("west");
        QTRY_COMPARE(page->model()->rowCount(), 1);
        desk.find<QLineEdit>("searchLineEdit")->setText("nowhere");
        QTRY_COMPARE(page->model()->rowCount(), 0);
        desk.find<QLineEdit>("searchLineEdit")->clear();
        QTRY_COMPARE(page->model()->rowCount(), 2);
        QVERIFY(!desk.action(Act::DeleteProject)->isEnabled());
        page->select(page->model()->project(0)->id);
        QVERIFY(desk.action(Act::DeleteProject)->isEnabled());
        desk.answer = false;
        desk.action(Act::DeleteProject)->trigger();
        QCOMPARE(page->model()->rowCount(), 2);
        desk.answer = true;
        desk.action(Act::DeleteProject)->trigger();
        QCOMPARE(page->model()->rowCount(), 1);
        QCOMPARE(desk.questions.size(), 2);
    }

    // In a narrow window the field opens on demand, and stays while it filters.
    void theSearchWorksInANarrowWindow() {
        Desk desk;
        desk.seedAdministrator();
        desk.seedProject("Lift 3 west", desk.boss, 1);
        desk.seedProject("Slab", desk.boss, 2);
        desk.enter();
        desk.window()->resize(940, 560);
        desk.window()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(desk.window()));
        QTRY_VERIFY(desk.find<QAbstractButton>("openSearchToolButton"));
        QVERIFY(!desk.find<QLineEdit>("searchLineEdit"));
        desk.click("openSearchToolButton");
        auto* field = desk.find<QLineEdit>("searchLineEdit");
        QVERIFY(field && field->hasFocus());
        QTest::keyClicks(field, "west");
        QTRY_COMPARE(desk.shell()->projectsPage()->model()->rowCount(), 1);
        desk.shell()->projectsPage()->setFocus();
        QVERIFY(field->isVisible());  // it says why the list is short
        desk.window()->resize(1280, 800);
        QTRY_VERIFY(!desk.find<QAbstractButton>("openSearchToolButton"));
        QCOMPARE(field->text(), QString("west"));
        QVERIFY(field->isVisible());
        desk.window()->resize(940, 560);
        QTRY_VERIFY(desk.find<QAbstractButton>("openSearchToolButton"));
        QTest::keyClick(desk.window(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(field->hasFocus());
        QTest::keyClick(field, Qt::Key_Escape);
        QTRY_COMPARE(desk.shell()->projectsPage()->model()->rowCount(), 2);
        QTRY_VERIFY(!desk.find<QLineEdit>("searchLineEdit"));
    }

    // --- Roles ---

    void aNormalUserSeesOwnProjectsAndNoAdministration() {
        Desk desk;
        desk.seedAdministrator();
        const accounts::Session li = desk.seedUser("li");
        desk.seedProject("of the boss", desk.boss, 1);
        desk.seedProject("of li", li, 2);
        desk.enter("li");
        QCOMPARE(desk.shell()->projectsPage()->model()->rowCount(), 1);
        QVERIFY(!desk.shell()->usersPage());
        QVERIFY(!desk.find<QAbstractButton>("showUsersToolButton"));
        QVERIFY(!desk.action(Act::ShowUsers)->isEnabled());
        QVERIFY(!desk.action(Act::ShowUsers)->toolTip().isEmpty());
        QVERIFY(!desk.find<QComboBox>("ownerFilterComboBox"));
    }

    void anAdministratorSeesUsersAndTheAuditTrail() {
        Desk desk;
        desk.seedAdministrator();
        desk.seedUser("li");
        desk.enter();
        desk.action(Act::ShowUsers)->trigger();
        auto* table = desk.shell()->usersPage()->findChild<QTableView*>();
        QVERIFY(table);
        QAbstractItemModelTester tester(table->model(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(table->model()->rowCount(), 2);
        desk.action(Act::ShowAudit)->trigger();
        QVERIFY(desk.shell()->currentPage() ==
                reinterpret_cast<QWidget*>(desk.shell()->auditPage()));
    }

    void usersAreCreatedAndDeletedButNotTheLastAdministrator() {
        Desk desk;
        desk.seedAdministrator();
        desk.enter();
        desk.action(Act::ShowUsers)->trigger();
        auto* table = desk.find<QTableView>("usersTableView");
        table->selectRow(0);
        auto* remove = desk.find<QAbstractButton>("deleteUserPushButton");
        QVERIFY(!remove->isEnabled());
        QVERIFY(remove->toolTip().contains("last administrator"));
        QTimer::singleShot(0, this, [&] {
            desk.find<QLineEdit>("userNameLineEdit")->setText("li");
            desk.find<QLineEdit>("userPasswordLineEdit")->setText(kPassword);
            desk.find<QLineEdit>("userPasswordAgainLineEdit")->setText(kPassword);
            desk.click("saveUserPushButton");
        });
        desk.click("createUserPushButton");
        QCOMPARE(table->model()->rowCount(), 2);
        QCOMPARE(table->model()->index(1, 0).data().toString(), QString("li"));
        table->selectRow(1);
        QVERIFY(remove->isEnabled());
        remove->click();
        QCOMPARE(desk.questions.size(), 1);
        QCOMPARE(table->model()->rowCount(), 1);
    }

    // --- Keys, states, language, theme ---

    void keysReachTheirActions() {
        Desk desk;
        desk.seedAdministrator();
        const ProjectId id = desk.seedProject("Lift 3", desk.boss);
        desk.enter();
        desk.window()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(desk.window()));
        QTest::keyClick(desk.window(), Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(static_cast<QWidget*>(desk.shell()->jobsPage()), desk.shell()->currentPage());
        desk.shell()->openProject(id);
        QTest::keyClick(desk.window(), Qt::Key_R, Qt::ControlModifier);
        QTRY_COMPARE(desk.runner.started(), 1);
        QTRY_VERIFY(desk.action(Act::OpenReview)->isEnabled());
        QTest::keyClick(desk.window(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(desk.find<QLineEdit>("searchLineEdit")->hasFocus());
    }

    void noTwoActionsShareAKey() {
        Desk desk;
        desk.seedAdministrator();
        desk.enter();
        QCOMPARE(desk.shell()->keys().conflicts(), QStringList());
    }

    // Every action in every state is either enabled or says why not.
    void everyDisabledActionSaysWhy() {
        Desk desk;
        desk.seedAdministrator();
        const ProjectId id = desk.seedProject("Lift 3", desk.boss);
        desk.enter();
        const auto check = [&] {
            for (const QAction* a : desk.shell()->keys().actions()) {
                if (!a->isEnabled()) {
                    QVERIFY2(a->toolTip().endsWith('.'), qPrintable(a->objectName()));
                }
            }
        };
        struct Expected {
            Act act;
            bool onList, selected, onProject;
        };
        const Expected kMatrix[] = {{Act::OpenProject, false, true, false},
                                    {Act::RunDetection, false, true, true},
                                    {Act::CancelDetection, false, false, false},
                                    {Act::OpenReview, false, false, false},
                                    {Act::DeleteProject, false, true, true},
                                    {Act::ToggleView, true, true, false},
                                    {Act::Back, false, false, true},
                                    {Act::ImportVideo, true, true, true},
                                    {Act::ShowUsers, true, true, true}};
        for (const Expected& e : kMatrix) {
            QCOMPARE(desk.action(e.act)->isEnabled(), e.onList);
        }
        check();
        desk.shell()->projectsPage()->select(id);
        for (const Expected& e : kMatrix) {
            QCOMPARE(desk.action(e.act)->isEnabled(), e.selected);
        }
        check();
        desk.shell()->openProject(id);
        for (const Expected& e : kMatrix) {
            QCOMPARE(desk.action(e.act)->isEnabled(), e.onProject);
        }
        check();
    }

    void languageAndThemeChangeAtRunTime() {
        Desk desk;
        desk.seedAdministrator();
        desk.enter();
        const QColor before = desk.window()->palette().color(QPalette::Window);
        chooseTheme(desk.controller->settings(),
                    isDark() ? QStringLiteral("light") : QStringLiteral("dark"));
        QVERIFY(desk.window()->palette().color(QPalette::Window) != before);
        auto* projects = desk.find<QAbstractButton>("showProjectsToolButton");
        auto* title = desk.find<QLabel>("projectsTitleLabel");
        QCOMPARE(title->text(), QString("Projects"));
        chooseLanguage(desk.controller->settings(), QStringLiteral("zh_CN"));
        QCOMPARE(ui::language(), QString("zh_CN"));
        QCOMPARE(desk.controller->settings().language(), QString("zh_CN"));
        QTRY_COMPARE(title->text(), QString("项目"));
        QCOMPARE(projects->text(), QString("项目"));
        chooseLanguage(desk.controller->settings(), QStringLiteral("en"));
        QTRY_COMPARE(title->text(), QString("Projects"));
    }

    void geometryIsRemembered() {
        Desk desk;
        desk.seedAdministrator();
        desk.enter();
        desk.window()->resize(1111, 777);
        QVERIFY(desk.window()->close());
        QVERIFY(!desk.controller->settings().geometry().isEmpty());
    }

    void closingAsksWhileADetectionRuns() {
        Desk desk;
        desk.seedAdministrator();
        const ProjectId id = desk.seedProject("Lift 3", desk.boss);
        desk.runner.hold = true;
        desk.enter();
        desk.shell()->openProject(id);
        desk.click("runDetectionPushButton");
        QTRY_COMPARE(desk.runner.started(), 1);
        desk.answer = false;
        QVERIFY(!desk.window()->close());
        QCOMPARE(desk.questions.size(), 1);
    }
};

QTEST_MAIN(TestDesktop)
#include "tst_desktop.moc"
