// The window while the world lets it down: a server that goes away, hangs and comes back, and a
// disk that fills up. What was done stays done, the reason is on the screen, and work goes on
// without a restart.
#include <QApplication>
#include <QElapsedTimer>
#include <QToolButton>

#include "core/storage/repositories.h"
#include "tests/core/storage/small_disk.h"
#include "tests/core/storage/test_databases.h"
#include "tests/ui/desk.h"
#include "ui/connection_watch.h"
#include "ui/language.h"
#include "ui/project_model.h"

using namespace cvd;
using namespace cvd::ui;
using test::Desk;
using test::kPassword;

namespace {

constexpr int kWaitMs = 40'000;  // the longest pause between two tries is 30 s

}  // namespace

class TestHardTimes : public QObject {
    Q_OBJECT

    test::TestDatabases m_databases;

    // The program on a database of its own on the test's server, signed in, with one project.
    ProjectId enterOnServer(Desk& desk) {
        desk.server = m_databases.fresh("mariadb");
        test::writeBytes(desk.path("server-password"), desk.server.password.toUtf8() + '\n');
        QFile::setPermissions(desk.path("server-password"), QFile::ReadOwner | QFile::WriteOwner);
        desk.config.databasePasswordFile = desk.path("server-password");
        desk.config.databaseUrl = QStringLiteral("mysql://%1@%2:%3/%4?tls=off")
                                      .arg(desk.server.user, desk.server.host)
                                      .arg(desk.server.port)
                                      .arg(desk.server.database);
        desk.seedAdministrator();
        const ProjectId id = desk.seedProject("Lift 3", desk.boss);
        desk.enter();
        return id;
    }
    static QString databaseState(const Desk& desk) {
        auto* state = desk.find<QToolButton>("databaseStateToolButton");
        return state ? state->text() : QString();
    }
    static void search(const Desk& desk, const QString& text) {
        desk.find<QLineEdit>("searchLineEdit")->setText(text);
    }

private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<cvd::jobs::JobProgress>(); }
    void init() { setLanguage(QStringLiteral("en")); }

    void aServerGoesAwayAndComesBack() {
        CVD_REQUIRE_ENGINE(m_databases, QStringLiteral("mariadb"));
        Desk desk;
        const ProjectId id = enterOnServer(desk);
        ProjectsPage* page = desk.shell()->projectsPage();
        QTRY_COMPARE(page->model()->rowCount(), 1);
        QCOMPARE(databaseState(desk), desk.server.host);

        m_databases.server().stop();
        search(desk, "Lift");
        QTRY_COMPARE(databaseState(desk), QString("Offline"));
        QTRY_VERIFY(!desk.bannerText().isEmpty());
        QCOMPARE(page->model()->rowCount(), 1);  // what was there is still shown
        // Whatever is tried now says why it does not go, and nothing breaks.
        desk.shell()->openProject(id);
        desk.action(Act::ShowJobs)->trigger();
        desk.action(Act::ShowProjects)->trigger();
        QVERIFY(!desk.bannerText().isEmpty());

        QCOMPARE(m_databases.server().start(), QString());
        desk.click("databaseStateToolButton");
        QTRY_COMPARE_WITH_TIMEOUT(databaseState(desk), desk.server.host, kWaitMs);
        QTRY_VERIFY(desk.bannerText().isEmpty());
        QTRY_COMPARE(page->model()->rowCount(), 1);
        desk.shell()->openProject(id);
        QTRY_COMPARE(desk.shell()->currentPage(), desk.shell()->projectPage());
        desk.click("runDetectionPushButton");
        QTRY_VERIFY_WITH_TIMEOUT(desk.action(Act::OpenReview)->isEnabled(), kWaitMs);
    }

    void aDetectionOutlivesTheServersAbsence() {
        CVD_REQUIRE_ENGINE(m_databases, QStringLiteral("mariadb"));
        Desk desk;
        const ProjectId id = enterOnServer(desk);
        desk.runner.hold = true;
        desk.shell()->openProject(id);
        desk.click("runDetectionPushButton");
        QTRY_COMPARE(desk.runner.started(), 1);
        m_databases.server().kill();
        // Nobody touches anything: the heartbeat of the detection notices.
        QTRY_COMPARE_WITH_TIMEOUT(databaseState(desk), QString("Offline"), kWaitMs);
        QVERIFY(!desk.bannerText().isEmpty());
        desk.runner.release();
        QCOMPARE(m_databases.server().start(), QString());
        QTRY_COMPARE_WITH_TIMEOUT(databaseState(desk), desk.server.host, kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(desk.action(Act::OpenReview)->isEnabled(), kWaitMs);
    }

    // Nothing comes from the other side, not even a refusal: the window must not stand still for
    // minutes.
    void aServerThatHangsIsGivenUp() {
        CVD_REQUIRE_ENGINE(m_databases, QStringLiteral("mariadb"));
        Desk desk;
        enterOnServer(desk);
        ProjectsPage* page = desk.shell()->projectsPage();
        QTRY_COMPARE(page->model()->rowCount(), 1);
        m_databases.server().freeze();
        QElapsedTimer still;
        still.start();
        page->refresh();
        const qint64 stoodStill = still.elapsed();
        QTRY_COMPARE_WITH_TIMEOUT(databaseState(desk), QString("Offline"), kWaitMs);
        m_databases.server().thaw();
        QVERIFY2(stoodStill < 20'000, qPrintable(QString::number(stoodStill)));
        desk.click("databaseStateToolButton");
        QTRY_COMPARE_WITH_TIMEOUT(databaseState(desk), desk.server.host, 2 * kWaitMs);
        search(desk, "Lift");
        QTRY_COMPARE(page->model()->rowCount(), 1);
    }

    void signingInWithoutTheServer() {
        CVD_REQUIRE_ENGINE(m_databases, QStringLiteral("mariadb"));
        Desk desk;
        enterOnServer(desk);
        m_databases.server().stop();
        desk.action(Act::SignOut)->trigger();
        QTRY_VERIFY(!desk.shell());
        desk.signIn("boss", kPassword);
        QTRY_VERIFY(!desk.bannerText().isEmpty());
        QVERIFY(!desk.shell());
        QCOMPARE(m_databases.server().start(), QString());
        desk.signIn("boss", kPassword);
        QTRY_VERIFY(desk.shell());
    }

    // The disk of database and library fills up while a detection runs.
    void aFullDiskIsOnTheScreen() {
        const test::SmallDisk disk(100 * 1024);  // an import leaves 64 MB free
        CVD_REQUIRE_SMALL_DISK(disk);
        const QByteArray before = qgetenv("TMPDIR");
        qputenv("TMPDIR", disk.path().toUtf8());
        {
            Desk desk;
            desk.seedAdministrator();
            const ProjectId id = desk.seedProject("Lift 3", desk.boss);
            desk.runner.hold = true;
            desk.enter();
            desk.shell()->openProject(id);
            desk.click("runDetectionPushButton");
            QTRY_COMPARE(desk.runner.started(), 1);
            {
                // A reader keeps the log from being written over, so that it has to grow, and a
                // writer takes what the log has left.
                storage::ConnectionSettings settings;
                settings.sqliteFile = defaultSqliteFile();
                CVD_UNWRAP(const auto reader, storage::Database::open(settings));
                CVD_UNWRAP(const auto writer, storage::Database::open(settings));
                CVD_UNWRAP(storage::Transaction reading, reader->beginRead());
                CVD_VERIFY_OK(reader->selectInteger("SELECT COUNT(*) FROM job"));
                disk.fill();
                Status written;
                while (written.ok()) {
                    written = storage::SettingRepository(*writer).set("x", QString(2000, 'x'));
                }
                QCOMPARE(storage::problemOf(written.error()), storage::Problem::DiskFull);
                QTRY_VERIFY_WITH_TIMEOUT(desk.bannerText().contains("full"), kWaitMs);
                // Everything that only reads goes on.
                desk.action(Act::ShowProjects)->trigger();
                QCOMPARE(desk.shell()->projectsPage()->model()->rowCount(), 1);
            }
            disk.release();
            desk.runner.release();
            QTRY_VERIFY_WITH_TIMEOUT(!desk.bannerText().contains("full"), kWaitMs);
            desk.shell()->openProject(id);
            QTRY_VERIFY_WITH_TIMEOUT(desk.action(Act::OpenReview)->isEnabled(), kWaitMs);
        }
        qputenv("TMPDIR", before);
    }
};

QTEST_ON_SMALL_DISKS(QApplication, TestHardTimes)
#include "tst_hard_times.moc"
