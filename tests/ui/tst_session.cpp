// What comes back at the next start: the place, the filters, the tables, the keys.
#include <QComboBox>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QPushButton>
#include <QScreen>
#include <QTableView>
#include <QTimer>

#include "core/projects/process_identity.h"
#include "tests/ui/desk.h"
#include "ui/column_room.h"
#include "ui/key_registry.h"
#include "ui/keys_editor.h"
#include "ui/language.h"
#include "ui/note_drafts.h"
#include "ui/project_model.h"
#include "ui/review/violation_panel.h"
#include "ui/settings_dialog.h"

using namespace cvd;
using namespace cvd::ui;
using test::Desk;
using test::kPassword;

class TestSession : public QObject {
    Q_OBJECT

    // Closes the program and starts it again, as the same user.
    // In a window of a usual size, which may be larger than the test's screen, or in the restored
    // one.
    static void again(Desk& desk, bool restoredSize = false) {
        QVERIFY(desk.window()->close());
        desk.controller.reset();
        desk.controller = std::make_unique<DesktopController>(desk.config);
        desk.controller->start();
        if (!restoredSize) {
            desk.window()->resize(1280, 800);
        }
        desk.signIn("boss", kPassword);
        QTRY_VERIFY(desk.shell());
    }

private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<cvd::jobs::JobProgress>(); }
    void init() { setLanguage(QStringLiteral("en")); }

    void searchAndFiltersComeBack() {
        Desk desk;
        desk.seedAdministrator();
        const accounts::Session li = desk.seedUser("li");
        desk.seedProject("Lift 3 west", desk.boss, 1);
        desk.seedProject("Lift 3 east", li, 2);
        desk.seedProject("Slab", li, 3);
        desk.enter();
        desk.find<QLineEdit>("searchLineEdit")->setText("lift");
        auto* owner = desk.find<QComboBox>("ownerFilterComboBox");
        owner->setCurrentIndex(owner->findText("li"));
        Q_EMIT owner->activated(owner->currentIndex());
        auto* sort = desk.find<QComboBox>("sortComboBox");
        sort->setCurrentIndex(1);
        Q_EMIT sort->activated(1);
        QTRY_COMPARE(desk.shell()->projectsPage()->model()->rowCount(), 1);
        again(desk);
        QCOMPARE(desk.find<QLineEdit>("searchLineEdit")->text(), QString("lift"));
        QCOMPARE(desk.find<QComboBox>("ownerFilterComboBox")->currentText(), QString("li"));
        QCOMPARE(desk.find<QComboBox>("sortComboBox")->currentIndex(), 1);
        QTRY_COMPARE(desk.shell()->projectsPage()->model()->rowCount(), 1);
        QCOMPARE(desk.shell()->projectsPage()->model()->project(0)->name, QString("Lift 3 east"));
    }

    void everyPageComesBack() {
        Desk desk;
        desk.seedAdministrator();
        const ProjectId id = desk.seedProject("Lift 3", desk.boss, 1);
        desk.enter();
        for (const Act act :
             {Act::ShowJobs, Act::ShowDashboard, Act::ShowModels, Act::ShowUsers, Act::ShowAudit}) {
            desk.action(act)->trigger();
            const QString page = desk.shell()->currentPage()->objectName();
            again(desk);
            QCOMPARE(desk.shell()->currentPage()->objectName(), page);
        }
        desk.shell()->openProject(id);
        again(desk);
        QCOMPARE(desk.shell()->currentPage(), desk.shell()->projectPage());
        QCOMPARE(desk.shell()->projectPage()->project()->name, QString("Lift 3"));
        desk.shell()->openCalibration(id);
        again(desk);
        QCOMPARE(desk.shell()->currentPage()->objectName(), QString("calibrationPage"));
    }

    void aSuddenEndIsSaidAndLosesNoPlace() {
        Desk desk;
        desk.seedAdministrator();
        const ProjectId id = desk.seedProject("Lift 3", desk.boss, 1);
        desk.enter();
        QVERIFY(desk.bannerText().isEmpty());
        desk.shell()->openProject(id);
        desk.shell()->savePlace();  // a timer does it
        {
            Settings settings;
            const auto self = projects::ProcessIdentity::self();
            QCOMPARE(settings.runningAs(), self.toString());
            // As if it had been another process, which is gone.
            settings.setRunningAs(
                projects::ProcessIdentity{self.host, self.pid, self.start + "0"}.toString());
        }
        const auto start = [&] {
            desk.controller = std::make_unique<DesktopController>(desk.config);
            desk.controller->start();
            desk.signIn("boss", kPassword);
            QTRY_VERIFY(desk.shell());
        };
        desk.controller.reset();  // not closed
        start();
        QCOMPARE(desk.shell()->currentPage(), desk.shell()->projectPage());
        QVERIFY2(desk.bannerText().contains("suddenly"), qPrintable(desk.bannerText()));
        QVERIFY(desk.window()->close());
        QVERIFY(Settings().runningAs().isEmpty());
        desk.controller.reset();
        start();
        QVERIFY(desk.bannerText().isEmpty());
    }

    void notesThatAreBeingTypedOutliveTheProgram() {
        const Desk desk;  // its folders
        QList<ReviewViolation> found(2);
        for (int i = 0; i < 2; ++i) {
            found[i].id = 7 + i;
            found[i].finding.rule = "under_vibration";
            found[i].finding.verdict = Verdict::Violation;
        }
        const QStringList pour{"notes", "here", "3"};
        const auto show = [&](ViolationPanel& panel) {
            panel.setViolations(found);
            panel.select(8);
            panel.show();
        };
        const auto field = [](ViolationPanel& panel) {
            return panel.findChild<QLineEdit*>("noteLineEdit");
        };
        {
            ViolationPanel panel;
            NoteDrafts notes(&panel);
            show(panel);
            QCOMPARE(notes.open(pour), 0);
            QTest::keyClicks(field(panel), "ask the foreman");
            notes.keep();  // a timer does it; then the program dies
        }
        {
            ViolationPanel panel;
            NoteDrafts notes(&panel);
            show(panel);
            QCOMPARE(notes.open({"notes", "here", "4"}), 0);  // another pour
            QCOMPARE(notes.open(pour), 1);
            QCOMPARE(field(panel)->text(), QString("ask the foreman"));
            panel.giveVerdict(ReviewVerdict::Confirmed);
            notes.close();
        }
        ViolationPanel panel;
        NoteDrafts notes(&panel);
        show(panel);
        QCOMPARE(notes.open(pour), 0);  // it belongs to a verdict now
    }

    // The size of a large screen at the office must not put the title bar out of reach on the
    // laptop in the cabin.
    void windowComesBackWhereItCanBeReached() {
        Desk desk;
        desk.seedAdministrator();
        desk.enter();
        desk.window()->resize(950, 560);
        desk.window()->move(30, 40);
        again(desk, true);
        QCOMPARE(desk.window()->height(), 560);
        QVERIFY(std::abs(desk.window()->y() - 40) < 5);  // a platform's frame
        desk.window()->setGeometry(5000, 4000, 3000, 2000);
        again(desk, true);
        const QRect room = desk.window()->screen()->availableGeometry();
        const QRect window = desk.window()->geometry();
        QVERIFY2(room.contains(window.topLeft()),
                 qPrintable(QStringLiteral("%1, %2").arg(window.left()).arg(window.top())));
        QVERIFY(window.height() <= room.height());
        QVERIFY(window.width() <= std::max(room.width(), desk.window()->minimumWidth()));
    }

    void anotherUserBeginsAtTheBeginning() {
        Desk desk;
        desk.seedAdministrator();
        desk.seedUser("li");
        desk.enter();
        desk.find<QLineEdit>("searchLineEdit")->setText("lift");
        desk.action(Act::ShowJobs)->trigger();
        QVERIFY(desk.window()->close());
        desk.controller.reset();
        desk.controller = std::make_unique<DesktopController>(desk.config);
        desk.controller->start();
        desk.window()->resize(1280, 800);
        desk.signIn("li", kPassword);
        QTRY_VERIFY(desk.shell());
        QCOMPARE(desk.shell()->currentPage(), desk.shell()->projectsPage());
        QVERIFY(desk.find<QLineEdit>("searchLineEdit")->text().isEmpty());
    }

    void tablesKeepWidthsAndOrder() {
        Desk desk;
        desk.seedAdministrator();
        const ProjectId id = desk.seedProject("Lift 3", desk.boss, 1);
        desk.enter();
        desk.action(Act::ShowUsers)->trigger();
        auto* users = desk.find<QTableView>("usersTableView")->horizontalHeader();
        users->resizeSection(1, 211);
        users->setSectionsMovable(true);
        users->moveSection(3, 0);
        desk.shell()->openReview(id, {});
        auto* violations =
            desk.shell()->findChild<QTableView*>("violationTableView")->horizontalHeader();
        violations->moveSection(2, 0);
        auto* room = ColumnRoom::of(*static_cast<QTableView*>(violations->parentWidget()));
        QVERIFY(room);
        room->choose(1, false);
        room->choose(3, true);
        const int first = violations->logicalIndex(0);
        again(desk);
        desk.action(Act::ShowUsers)->trigger();
        users = desk.find<QTableView>("usersTableView")->horizontalHeader();
        QCOMPARE(users->sectionSize(1), 211);
        QCOMPARE(users->logicalIndex(0), 3);
        desk.shell()->openReview(id, {});
        violations = desk.shell()->findChild<QTableView*>("violationTableView")->horizontalHeader();
        QCOMPARE(violations->logicalIndex(0), first);
        QVERIFY(violations->isSectionHidden(1));
        room = ColumnRoom::of(*static_cast<QTableView*>(violations->parentWidget()));
        QVERIFY(room->asked().contains(3));
        room->release();  // as in a window with room for all
        QVERIFY(!violations->isSectionHidden(4));
        QVERIFY(violations->isSectionHidden(1));
    }

    // --- Keys ---

    void keysAreChangedWithAWarningAndComeBack() {
        Desk desk;
        desk.seedAdministrator();
        desk.enter();
        bool done = false;
        QTimer::singleShot(0, this, [&] {
            auto* dialog = desk.find<SettingsDialog>("");
            dialog = qobject_cast<SettingsDialog*>(QApplication::activeModalWidget());
            QVERIFY(dialog);
            dialog->showCategory(SettingsDialog::Keys);
            KeysEditor* editor = dialog->keysEditor();
            editor->select("showJobsAction");
            auto* field = editor->findChild<QKeySequenceEdit*>("keySequenceEdit");
            auto* warning = editor->findChild<QLabel*>("keyConflictLabel");
            auto* assign = editor->findChild<QPushButton*>("assignKeyPushButton");
            field->setKeySequence(QKeySequence("Ctrl+1"));  // belongs to the projects
            QVERIFY2(warning->text().contains("Projects"), qPrintable(warning->text()));
            assign->click();
            QVERIFY(editor->keys().value("showProjectsAction").isEmpty());
            QCOMPARE(editor->keys().value("showJobsAction"),
                     QList<QKeySequence>{QKeySequence("Ctrl+1")});
            // The usual key again.
            editor->select("showJobsAction");
            editor->findChild<QPushButton*>("resetKeyPushButton")->click();
            QCOMPARE(editor->keys().value("showJobsAction"),
                     QList<QKeySequence>{QKeySequence("Ctrl+2")});
            field->setKeySequence(QKeySequence("Ctrl+Shift+J"));
            QVERIFY(warning->text().isEmpty() || !warning->isVisible());
            assign->click();
            dialog->findChild<QPushButton*>("saveSettingsPushButton")->click();
            done = true;
        });
        desk.action(Act::Settings)->trigger();
        QVERIFY(done);
        QCOMPARE(desk.action(Act::ShowJobs)->shortcut(), QKeySequence("Ctrl+Shift+J"));
        QVERIFY(desk.action(Act::ShowProjects)->shortcut().isEmpty());
        QVERIFY(desk.action(Act::ShowJobs)->toolTip().contains("J"));
        again(desk);
        QCOMPARE(desk.action(Act::ShowJobs)->shortcut(), QKeySequence("Ctrl+Shift+J"));
        QCOMPARE(desk.shell()->keys().conflicts(), QStringList());
        desk.shell()->keys().resetAll();
        QCOMPARE(desk.action(Act::ShowJobs)->shortcut(), QKeySequence("Ctrl+2"));
        QCOMPARE(desk.action(Act::ShowProjects)->shortcut(), QKeySequence("Ctrl+1"));
        again(desk);
        QCOMPARE(desk.action(Act::ShowProjects)->shortcut(), QKeySequence("Ctrl+1"));
    }
};

QTEST_MAIN(TestSession)
#include "tst_session.moc"
