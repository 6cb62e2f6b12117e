// The audit trail in the reader's language, whatever was stored.
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTableView>
#include <QToolButton>

#include "core/compliance/profile_store.h"
#include "tests/ui/desk.h"
#include "ui/audit_text.h"
#include "ui/language.h"
#include "ui/profile_choice.h"

using namespace cvd;
using namespace cvd::ui;
using test::Desk;
using test::kPassword;

class TestAuditPage : public QObject {
    Q_OBJECT

    // Words in Latin letters but for names that people gave.
    static QStringList englishIn(QString text) {
        static const QRegularExpression kNames(
            QStringLiteral("boss|li|ann|Lift 3|gb50666|SHA-256|\\b[0-9a-f]{64}\\b"));
        text.remove(kNames);
        static const QRegularExpression kWord(QStringLiteral("[A-Za-z]{2,}"));
        QStringList words;
        for (auto it = kWord.globalMatch(text); it.hasNext();) {
            words << it.next().captured();
        }
        return words;
    }

private Q_SLOTS:
    void init() { setLanguage(QStringLiteral("en")); }
    void cleanupTestCase() { setLanguage(QStringLiteral("en")); }

    void whatPeopleDoIsToldInChinese() {
        Desk desk;
        desk.seedAdministrator();
        const accounts::Session li = desk.seedUser("li");
        const accounts::Session ann = desk.seedUser("ann");
        auto& accounts = desk.seed->accounts();
        auto& projects = desk.seed->projects();
        const ProjectId lift = desk.seedProject("Lift 3", li, 1);
        const ProjectId gone = desk.seedProject("Lift 3", desk.boss, 2);
        accounts::UserChange change;
        change.role = accounts::Role::Administrator;
        change.title = QStringLiteral("1");
        change.description = QStringLiteral("2");
        QVERIFY(accounts.updateUser(desk.boss, ann.user, change).ok());
        projects::ProjectChange edit;
        edit.name = QStringLiteral("Lift 3 ");
        edit.description = QStringLiteral("3");
        edit.owner = ann.user;
        QVERIFY(projects.update(desk.boss, lift, edit).ok());
        edit = {};
        edit.owner = li.user;
        QVERIFY(projects.update(desk.boss, lift, edit).ok());
        QVERIFY(accounts.giveProjects(desk.boss, li.user, desk.boss.user).ok());
        QVERIFY(projects.remove(desk.boss, gone).ok());
        const models::ProfileLibrary library(&desk.seed->database(), profileStore().folder(), {});
        auto profile = profileStore().find("aci309r")->profile;
        profile.id.clear();
        const auto own = library.add(desk.boss, profile);
        QVERIFY(own.ok());
        QVERIFY(library.remove(desk.boss, own->profile.id).ok());
        desk.runner.hold = true;
        auto& queue = desk.seed->queue();
        const auto job = queue.enqueue(desk.boss, lift, {});
        QVERIFY(job.ok());
        QVERIFY(queue.cancel(desk.boss, *job).ok());
        QVERIFY(accounts.deleteUser(desk.boss, li.user).ok());

        setLanguage(QStringLiteral("zh_CN"));
        const auto trail = accounts.auditTrail(desk.boss, {});
        QVERIFY(trail.ok());
        int details = 0;
        for (const accounts::AuditEntry& entry : trail->rows) {
            const QString detail = auditDetailText(entry.action, entry.detail);
            QVERIFY2(englishIn(detail).isEmpty(), qPrintable(entry.action + ": " + detail));
            QVERIFY2(englishIn(auditActionText(entry.action)).isEmpty(), qPrintable(entry.action));
            QCOMPARE(detail.isEmpty(), entry.detail.isEmpty());
            details += detail.isEmpty() ? 0 : 1;
        }
        QVERIFY(details >= 13);
    }

    void storedDetails_data() {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("stored");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char* action, const char* stored, const char* shown) {
            QTest::newRow(stored) << QString(action) << QString::fromUtf8(stored)
                                  << QString::fromUtf8(shown);
        };
        row("user_created", "role: 1", "role: Administrator");
        row("user_changed", "name: a -> b; role: 0 -> 1; title",
            "name: a → b; role: Normal user → Administrator; title");
        row("projects_given", "12 -> li", "12 given to li");
        row("project_changed", "project 7: name, owner li", "project 7 (name, owner: li)");
        row("project_changed", "project 7: description", "project 7 (description)");
        row("result_corrected", "moved in frame 12; insertion 3 10-20; tilt 30-40; 2 taken back",
            "object changed in frame 12; insertion 3: frames 10 to 20; Tilted: frames 30 to 40; 2 "
            "taken back");
        row("import_original", "users 2, projects 3, not taken 1",
            "users 2, projects 3, not taken 1");
        row("profile_changed", "version 1.1", "version 1.1");
        row("detection_queued", "project 7: profile gb50666", "project 7, rule profile gb50666");
        row("detection_cancelled", "project 7", "project 7");
        row("result_exported", "project 7: report.pdf, clips", "project 7: report.pdf, clips");
        // A name that looks like a place for an argument stays a name.
        row("user_changed", "name: %2 -> %1", "name: %2 → %1");
        // What another program wrote is shown as it is.
        row("user_changed", "shoe size: 43; title", "shoe size: 43; title");
        row("user_changed", "name: a; b -> c", "name: a; b → c");
        row("to_the_moon", "role: 1", "role: 1");
        row("sign_in", "", "");
    }
    void storedDetails() {
        QFETCH(QString, action);
        QFETCH(QString, stored);
        QTEST(auditDetailText(action, stored), "shown");
    }

    void thePageShowsThem() {
        Desk desk;
        desk.seedAdministrator();
        desk.seedUser("li");
        desk.enter();
        desk.action(Act::ShowAudit)->trigger();
        const auto* model = desk.find<QTableView>("auditTableView")->model();
        const auto details = [&] {
            QStringList all;
            for (int row = 0; row < model->rowCount(); ++row) {
                all << model->index(row, 4).data().toString();
            }
            return all;
        };
        QVERIFY(details().contains("role: Normal user"));
        setLanguage(QStringLiteral("zh_CN"));
        QTRY_VERIFY(!details().contains("role: Normal user"));
        QVERIFY2(englishIn(details().join(u' ')).isEmpty(), qPrintable(details().join(u'|')));
    }

    void olderEntriesAreOnFurtherPages() {
        Desk desk;
        desk.seedAdministrator();
        const ProjectId lift = desk.seedProject("Lift 3", desk.boss);
        for (int i = 0; i < 105; ++i) {
            const Status stored = desk.seed->projects().recordUse(
                desk.boss, lift, projects::ProjectService::Use::ResultExported, "clips");
            QVERIFY(stored.ok());
        }
        desk.enter();
        desk.action(Act::ShowAudit)->trigger();
        const auto* table = desk.find<QTableView>("auditTableView");
        const auto* page = table->parentWidget();
        auto* next = page->findChild<QToolButton*>("nextPageToolButton");
        auto* previous = page->findChild<QToolButton*>("previousPageToolButton");
        QVERIFY(next && previous);
        QCOMPARE(table->model()->rowCount(), 100);
        QVERIFY(next->isEnabled() && !previous->isEnabled());
        next->click();
        const int left = table->model()->rowCount();
        QVERIFY(left > 5 && left < 100);
        QVERIFY(!next->isEnabled() && previous->isEnabled());
        QCOMPARE(page->findChild<QLabel*>("pagerLabel")->text(),
                 QStringLiteral("101–%1 of %1").arg(100 + left));
        desk.find<QLineEdit>("auditSearchLineEdit")
            ->setText("user_created");  // from its first page
        QTRY_COMPARE(table->model()->rowCount(), 1);
        QVERIFY(!next->isEnabled() && !previous->isEnabled());
    }

    // By the words on the screen, not by those in the database.
    void entriesAreFoundByTheirShownNames() {
        Desk desk;
        desk.seedAdministrator();
        desk.seedUser("li");
        desk.seedUser("ann");
        desk.enter();
        desk.action(Act::ShowAudit)->trigger();
        const auto* model = desk.find<QTableView>("auditTableView")->model();
        const auto shown = [&](int column) {
            QStringList all;
            for (int row = 0; row < model->rowCount(); ++row) {
                all << model->index(row, column).data().toString();
            }
            all.removeDuplicates();
            return all;
        };
        QVERIFY(shown(2).size() > 1);
        auto* search = desk.find<QLineEdit>("auditSearchLineEdit");
        auto* action = desk.find<QComboBox>("auditActionComboBox");
        setLanguage(QStringLiteral("zh_CN"));
        const QString created = auditActionText("user_created");
        QVERIFY(created != "user_created" && englishIn(created).isEmpty());
        search->setText(created + " ann");
        QTRY_COMPARE(shown(2), QStringList{created});
        QCOMPARE(shown(3), QStringList{"ann"});
        search->setText("user_created");  // the stored name is understood as well
        QTRY_COMPARE(shown(3).size(), 3);
        QCOMPARE(shown(2), QStringList{created});

        search->clear();
        const QString signedIn = auditActionText("sign_in");
        action->setCurrentText(signedIn);
        QTRY_COMPARE(shown(2), QStringList{signedIn});
        setLanguage(QStringLiteral("en"));
        QTRY_COMPARE(shown(2), QStringList{"Signed in"});
        QCOMPARE(action->currentText(), QString("Signed in"));
        action->setCurrentIndex(0);
        QTRY_VERIFY(shown(2).size() > 1);
    }
};

QTEST_MAIN(TestAuditPage)
#include "tst_audit_page.moc"
