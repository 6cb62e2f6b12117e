// Every page can be used without a mouse and without seeing it: names for screen readers, a Tab
// order that reads like the page, and a reason for whatever is disabled.
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QButtonGroup>
#include <QDialog>
#include <QGroupBox>
#include <QHeaderView>
#include <QRadioButton>
#include <QScrollBar>
#include <QSet>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTextEdit>
#include <QTimer>

#include "tests/ui/desk.h"
#include "ui/audit_page.h"
#include "ui/calibration/calibration_page.h"
#include "ui/dashboard_page.h"
#include "ui/help/help_window.h"
#include "ui/import_dialog.h"
#include "ui/jobs_page.h"
#include "ui/key_registry.h"
#include "ui/language.h"
#include "ui/models_page.h"
#include "ui/review/review_page.h"
#include "ui/settings_dialog.h"
#include "ui/users_page.h"

using namespace cvd;
using namespace cvd::ui;
using test::Desk;
using test::kPassword;

namespace {

QString called(const QWidget* widget) {
    const QString name = widget->objectName();
    return QString::fromLatin1(widget->metaObject()->className()).section("::", -1) +
           (name.isEmpty()
                ? QStringLiteral(" in ") +
                      (widget->parentWidget() ? widget->parentWidget()->objectName() : QString())
                : QLatin1Char(' ') + name);
}

// Parts that Qt makes for itself; the widget around them has the name.
bool isInner(const QWidget* widget) {
    if (qobject_cast<const QScrollBar*>(widget) || qobject_cast<const QHeaderView*>(widget) ||
        qobject_cast<const QTabBar*>(widget) || widget->objectName().startsWith("qt_")) {
        return true;
    }
    const QWidget* around = widget->parentWidget();
    const char* const owners[] = {"QAbstractSpinBox", "QComboBox", "QLineEdit", "QKeySequenceEdit",
                                  "QTableView"};
    return around && std::any_of(std::begin(owners), std::end(owners),
                                 [&](const char* owner) { return around->inherits(owner); });
}

QList<QWidget*> interactive(const QWidget& root) {
    QList<QWidget*> found;
    for (QWidget* widget : root.findChildren<QWidget*>()) {
        const bool focus = widget->focusPolicy() != Qt::NoFocus && !widget->focusProxy();
        if (widget->isVisibleTo(&root) && !isInner(widget) && widget->window() == root.window() &&
            (focus || qobject_cast<QAbstractButton*>(widget))) {
            found << widget;
        }
    }
    return found;
}

QStringList nameless(const QWidget& root) {
    QStringList bad;
    for (QWidget* widget : interactive(root)) {
        QAccessibleInterface* face = QAccessible::queryAccessibleInterface(widget);
        if (!face || face->text(QAccessible::Name).trimmed().isEmpty()) {
            bad << called(widget);
        }
    }
    return bad;
}

QStringList silentlyDisabled(const QWidget& root) {
    QStringList bad;
    for (QWidget* widget : interactive(root)) {
        auto* button = qobject_cast<QAbstractButton*>(widget);
        const bool alone = !widget->isEnabled() && widget->parentWidget()->isEnabled();
        const QString name = button ? button->text() : QString();
        if (alone && (widget->toolTip().isEmpty() || widget->toolTip() == name)) {
            bad << called(widget);
        }
    }
    return bad;
}

QRect placeOf(const QWidget* widget) {
    return {widget->mapToGlobal(QPoint()), widget->size()};
}

// Walks the page with Tab. Everything is reached, nothing holds the focus, and the way never goes
// back to the left in a row, or up and to the left.
QStringList tabOrderProblems(QWidget& root) {
    QStringList bad;
    QSet<QWidget*> expected;
    for (QWidget* widget : interactive(root)) {
        // One of a group of which one is chosen is enough: the arrows reach the others.
        const auto* button = qobject_cast<QAbstractButton*>(widget);
        const bool oneOfGroup = button && (button->autoExclusive() ||
                                           (button->group() && button->group()->exclusive()));
        if ((widget->focusPolicy() & Qt::TabFocus) && widget->isEnabled() &&
            !(oneOfGroup && !button->isChecked())) {
            expected << widget;
        }
    }
    QList<QWidget*> way;
    QWidget* first = nullptr;
    for (QWidget* w = root.nextInFocusChain(); w != &root; w = w->nextInFocusChain()) {
        if (expected.contains(w)) {
            first = w;
            break;
        }
    }
    if (!first) {
        return expected.isEmpty() ? bad : QStringList{"no way in"};
    }
    first->setFocus(Qt::TabFocusReason);
    QWidget* now = QApplication::focusWidget();
    for (int step = 0; step < 400 && now; ++step) {
        if (root.isAncestorOf(now)) {
            if (!way.isEmpty() && way.first() == now) {
                break;
            }
            if (way.contains(now)) {
                // Links of a text are stops of their own.
                if (!now->inherits("QTextBrowser") && way.last() == now) {
                    bad << called(now) + " holds the Tab key";
                    break;
                }
            } else {
                way << now;
            }
        } else if (way.size() > 1 && !root.isAncestorOf(now) && step > 300) {
            break;
        }
        QTest::keyClick(now, Qt::Key_Tab);
        now = QApplication::focusWidget();
    }
    for (QWidget* widget : expected) {
        if (qobject_cast<QRadioButton*>(widget) &&
            std::any_of(way.begin(), way.end(), [widget](QWidget* other) {
                return qobject_cast<QRadioButton*>(other) &&
                       other->parentWidget() == widget->parentWidget();
            })) {
            continue;  // the arrows reach it
        }
        QWidget* reached = widget;
        while (reached && !way.contains(reached) && reached != &root) {
            reached = reached->focusProxy();
        }
        if (!reached || !way.contains(reached)) {
            bad << called(widget) + " is not reached by Tab";
        }
    }
    for (qsizetype i = 1; i < way.size(); ++i) {
        const QRect from = placeOf(way[i - 1]), to = placeOf(way[i]);
        const int overlap = std::min(from.bottom(), to.bottom()) - std::max(from.top(), to.top());
        const bool sameRow = overlap > std::min(from.height(), to.height()) / 2;
        const bool back = sameRow && to.right() < from.left();
        const bool upAndBack = to.bottom() < from.top() && to.right() < from.left();
        if (back || upAndBack) {
            bad << called(way[i - 1]) + " -> " + called(way[i]) + " goes back";
        }
    }
    return bad;
}

}  // namespace

class TestAccessibility : public QObject {
    Q_OBJECT

    QStringList m_problems;

    void check(QWidget* root, const QString& where) {
        QVERIFY2(root, qPrintable(where));
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        for (const QString& bad : nameless(*root)) {
            m_problems << where + ": no name: " + bad;
        }
        for (const QString& bad : silentlyDisabled(*root)) {
            m_problems << where + ": disabled without a reason: " + bad;
        }
        for (const QString& bad : tabOrderProblems(*root)) {
            m_problems << where + ": " + bad;
        }
    }
    void checkModal(const QString& where, const std::function<void()>& open) {
        bool looked = false;
        QTimer::singleShot(0, this, [&] {
            if (auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget())) {
                dialog->activateWindow();
                (void)QTest::qWaitForWindowActive(dialog);
                check(dialog, where);
                looked = true;
                dialog->reject();
            }
        });
        open();
        QVERIFY2(looked, qPrintable(where));
    }
    static void activate(Desk& desk) {
        desk.window()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(desk.window()));
    }
    void verdict() {
        const QStringList found = m_problems;
        m_problems.clear();
        for (const QString& problem : found) {
            qWarning("%s", qPrintable(problem));  // a failure's own text is cut off
        }
        QCOMPARE(found, QStringList());
    }

    // --- Actions ---

    // Every disabled action of the registry, the pages' own among them, says why.
    static QStringList mute(Desk& desk) {
        QStringList bad;
        for (const KeyEntry& entry : desk.shell()->keys().entries()) {
            const QAction* action = entry.action;
            const QString tip = action->toolTip();
            const bool says = entry.scope.isEmpty() ? tip.endsWith('.') : tip.contains('\n');
            if (!action->isEnabled() && !says) {
                bad << entry.id + ": \"" + tip + '"';
            }
        }
        return bad;
    }

private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<cvd::jobs::JobProgress>(); }
    void init() {
        setLanguage(QStringLiteral("en"));
        m_problems.clear();
    }

    void beforeSignIn() {
        {
            Desk desk;
            desk.start();
            activate(desk);
            QTRY_VERIFY(desk.find<QAbstractButton>("nextPushButton"));
            check(desk.window()->gate(), "first start, data");
            desk.find<QRadioButton>("serverRadioButton")->setChecked(true);
            check(desk.window()->gate(), "first start, server");
            desk.find<QRadioButton>("embeddedRadioButton")->setChecked(true);
            desk.click("nextPushButton");
            QTRY_VERIFY(desk.find<QLineEdit>("administratorNameLineEdit"));
            check(desk.window()->gate(), "first start, administrator");
            desk.find<QLineEdit>("administratorNameLineEdit")->setText("boss");
            desk.find<QLineEdit>("newPasswordLineEdit")->setText(kPassword);
            desk.find<QLineEdit>("repeatPasswordLineEdit")->setText(kPassword);
            desk.click("nextPushButton");
            QTRY_VERIFY(desk.find<QRadioButton>("sampleRadioButton"));
            check(desk.window()->gate(), "first start, video");
        }
        {
            Desk desk;
            desk.seedAdministrator();
            desk.seed.reset();
            desk.start();
            activate(desk);
            QTRY_VERIFY(desk.find<QLineEdit>("userNameLineEdit"));
            check(desk.window()->gate(), "sign-in");
        }
        Desk desk("mysql://site@127.0.0.1:1/cvd");
        desk.start();
        activate(desk);
        QTRY_VERIFY_WITH_TIMEOUT(!desk.bannerText().isEmpty(), 15000);
        check(desk.window()->gate(), "database problem");
        desk.click("changeDatabasePushButton");
        check(desk.window()->gate(), "database change");
        verdict();
    }

    void everyPage() {
        Desk desk;
        desk.seedAdministrator();
        desk.seedUser("li");
        const ProjectId id = desk.seedProject("Lift 3", desk.boss, 1);
        desk.enter();
        activate(desk);
        check(desk.shell(), "projects, cards");
        desk.action(Act::ToggleView)->trigger();
        desk.shell()->projectsPage()->select(id);
        check(desk.shell()->projectsPage(), "projects, list");
        desk.shell()->openProject(id);
        check(desk.shell()->projectPage(), "project, new");
        desk.runner.hold = true;
        desk.click("runDetectionPushButton");
        QTRY_COMPARE(desk.runner.started(), 1);
        check(desk.shell()->projectPage(), "project, running");
        desk.action(Act::ShowJobs)->trigger();
        check(desk.shell()->jobsPage(), "jobs, none chosen");
        desk.find<QTableView>("jobsTableView")->selectRow(0);
        check(desk.shell()->jobsPage(), "jobs");
        desk.runner.release();
        QTRY_VERIFY(desk.shell()->projectPage()->whyNotReview().isEmpty());
        desk.shell()->openProject(id);
        check(desk.shell()->projectPage(), "project, done");
        desk.shell()->openCalibration(id);
        check(desk.shell()->calibrationPage(), "calibration, opening");
        QTRY_VERIFY(desk.find<QWidget>("calibrationFrameSlider")->isEnabled());
        check(desk.shell()->calibrationPage(), "calibration");
        desk.shell()->openReview(id, {});
        auto* tabs = desk.shell()->reviewPage()->findChild<QTabWidget*>();
        for (int i = 0; i < tabs->count(); ++i) {
            tabs->setCurrentIndex(i);
            check(desk.shell()->reviewPage(), "review, " + tabs->tabText(i));
        }
        const std::pair<Act, const char*> pages[] = {{Act::ShowDashboard, "dashboard"},
                                                     {Act::ShowModels, "models"},
                                                     {Act::ShowProfiles, "profiles"},
                                                     {Act::ShowUsers, "users"},
                                                     {Act::ShowAudit, "audit"}};
        for (const auto& [act, name] : pages) {
            desk.action(act)->trigger();
            check(desk.shell()->currentPage(), name);
        }
        verdict();
    }

    void everyDialog() {
        Desk desk;
        desk.seedAdministrator();
        const ProjectId id = desk.seedProject("Lift 3", desk.boss, 1);
        desk.enter();
        activate(desk);
        checkModal("settings", [&] { desk.action(Act::Settings)->trigger(); });
        for (int i = 1; i < SettingsDialog::CategoryCount; ++i) {
            checkModal(QStringLiteral("settings %1").arg(i), [&] {
                Settings settings;
                SettingsDialog dialog(settings, "here", "cvd-n", desk.shell()->keys(),
                                      desk.shell());
                dialog.showCategory(SettingsDialog::Category(i));
                dialog.exec();
            });
        }
        checkModal("password", [&] { desk.action(Act::ChangePassword)->trigger(); });
        checkModal("about", [&] { desk.action(Act::About)->trigger(); });
        checkModal("take over", [&] {
            for (QAction* action : desk.shell()->findChildren<QAction*>()) {
                if (action->text() == Shell::tr("Take over the original system…")) {
                    action->trigger();
                    return;
                }
            }
        });
        desk.action(Act::ShowUsers)->trigger();
        checkModal("new user", [&] { desk.click("createUserPushButton"); });
        desk.shell()->openProject(id);
        checkModal("edit project", [&] { desk.click("editProjectPushButton"); });
        desk.action(Act::KeySheet)->trigger();
        auto* sheet = desk.find<QDialog>("keySheetDialog");
        QVERIFY(sheet && QTest::qWaitForWindowActive(sheet));
        check(sheet, "key sheet");
        sheet->close();
        test::writeVideo(desk.path("a.mp4"), 9);
        ImportDialog* import = desk.shell()->importVideos({desk.path("a.mp4")});
        QVERIFY(QTest::qWaitForWindowActive(import));
        check(import, "import");
        import->reject();
        HelpWindow* help = desk.window()->showHelp("review");
        QVERIFY(QTest::qWaitForWindowActive(help));
        check(help, "guide");
        help->close();
        verdict();
    }

    // Which shell action may be used in which state; whatever may not says why.
    void actionsAndStates() {
        enum State { Nothing, Listed, Opened, Running, WithResult, InReview, Offline, StateCount };
        const char* names[] = {"nothing",     "listed",    "opened", "running",
                               "with result", "in review", "offline"};
        struct Row {
            Act act;
            const char* usable;  // one letter a state: + or -
        };
        const Row kTable[] = {{Act::ImportVideo, "+++++++"},    {Act::OpenProject, "-+-----"},
                              {Act::RunDetection, "-++-+-+"},   {Act::CancelDetection, "---+---"},
                              {Act::PauseDetection, "---+---"}, {Act::OpenReview, "----+-+"},
                              {Act::DeleteProject, "-++-+-+"},  {Act::ToggleView, "++-----"},
                              {Act::Back, "--+++++"},           {Act::Settings, "+++++++"},
                              {Act::Help, "+++++++"},           {Act::ShowUsers, "+++++++"},
                              {Act::KeySheet, "+++++++"}};
        for (const bool administrator : {true, false}) {
            Desk desk;
            desk.seedAdministrator();
            const accounts::Session li = desk.seedUser("li");
            const ProjectId id = desk.seedProject("Lift 3", administrator ? desk.boss : li, 1);
            desk.enter(administrator ? "boss" : "li");
            const auto state = [&](State now) {
                QStringList bad = mute(desk);
                for (const Row& row : kTable) {
                    bool usable = row.usable[now] == '+';
                    usable = usable && (administrator || row.act != Act::ShowUsers);
                    if (desk.action(row.act)->isEnabled() != usable) {
                        bad << desk.action(row.act)->objectName() +
                                   (usable ? " should be usable" : " should be disabled");
                    }
                }
                for (const QString& silent : silentlyDisabled(*desk.shell())) {
                    bad << "no reason: " + silent;
                }
                for (const QString& text : bad) {
                    m_problems << QStringLiteral("%1, %2: %3")
                                      .arg(administrator ? "administrator" : "user", names[now],
                                           text);
                }
            };
            state(Nothing);
            desk.shell()->projectsPage()->select(id);
            state(Listed);
            desk.shell()->openProject(id);
            state(Opened);
            desk.runner.hold = true;
            desk.click("runDetectionPushButton");
            QTRY_COMPARE(desk.runner.started(), 1);
            QTRY_VERIFY(!desk.action(Act::RunDetection)->isEnabled());
            state(Running);
            desk.runner.release();
            QTRY_VERIFY(desk.action(Act::OpenReview)->isEnabled());
            state(WithResult);
            desk.action(Act::OpenReview)->trigger();
            state(InReview);
            desk.action(Act::Back)->trigger();
            Q_EMIT desk.shell()->jobsPage()->failed(
                fail(ErrorKind::Environment, "The database cannot be reached.", {}, "2006"));
            state(Offline);
        }
        verdict();
    }
};

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
