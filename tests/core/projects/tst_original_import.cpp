// Taking over the original system: its tables on a real MariaDB, its media folder, into both
// engines.
#include <QDir>

#include "core/accounts/account_service.h"
#include "core/accounts/password.h"
#include "core/projects/original_import.h"
#include "core/storage/schema.h"
#include "tests/core/projects/service_fixture.h"

using namespace cvd;
using namespace cvd::projects;
using Outcome = OriginalReport::Outcome;
using What = OriginalReport::What;

class TestOriginalImport : public QObject, private test::ServiceFixture {
    Q_OBJECT

    std::unique_ptr<storage::Database> m_original;
    int m_count = 0;

    QString media(const QString& name) const { return m_dir->filePath("media/" + name); }

    // As the original documents it, in its own words.
    void makeOriginal() {
        const auto settings =
            m_databases.server().createDatabase(QStringLiteral("django_%1").arg(++m_count));
        auto opened = storage::Database::open(settings);
        QVERIFY2(opened.ok(), test::message(opened));
        m_original = std::move(*opened);
        for (const char* statement :
             {"CREATE TABLE authority (aid INT PRIMARY KEY, name VARCHAR(20))",
              "CREATE TABLE user (uid INT PRIMARY KEY AUTO_INCREMENT, user_name VARCHAR(20) NOT "
              "NULL DEFAULT '游客用户', user_des VARCHAR(50) DEFAULT '这个人很懒，没有留下简介', "
              "project_num INT NOT NULL DEFAULT 0, create_date TIMESTAMP NOT NULL DEFAULT "
              "CURRENT_TIMESTAMP, aid INT NOT NULL DEFAULT 0, description VARCHAR(50), FOREIGN KEY "
              "(aid) REFERENCES authority (aid) ON DELETE CASCADE) DEFAULT CHARSET=utf8mb4",
              "CREATE TABLE login_data (uid INT PRIMARY KEY, password VARCHAR(20) NOT NULL, "
              "FOREIGN KEY (uid) REFERENCES user (uid) ON DELETE CASCADE)",
              "CREATE TABLE project (pid INT PRIMARY KEY AUTO_INCREMENT, project_name VARCHAR(20) "
              "NOT NULL, video_file VARCHAR(50) NOT NULL, project_status INT NOT NULL DEFAULT 0, "
              "description VARCHAR(50), uid INT NOT NULL, FOREIGN KEY (uid) REFERENCES user (uid) "
              "ON DELETE CASCADE) DEFAULT CHARSET=utf8mb4",
              "INSERT INTO authority VALUES (0, 'normal'), (1, 'admin')",
              "INSERT INTO user (uid, user_name, user_des, create_date, aid, description) VALUES "
              "(1, '李伟', '质检员', '2024-03-01 08:00:00', 1, 'B'), (2, 'ann', 'same name', "
              "'2024-03-02 08:00:00', 0, NULL), (3, 'guest', NULL, '2024-03-03 08:00:00', 0, "
              "NULL), (4, 'guest', NULL, '2024-03-04 08:00:00', 0, NULL)",
              "INSERT INTO login_data VALUES (1, '123456'), (2, 'secret'), (3, '')",
              "INSERT INTO project (pid, project_name, video_file, project_status, description, "
              "uid) VALUES (1, '承台', 'video/one.mp4', 2, 'first', 1), (2, 'wall', "
              "'/media/video/two.mp4', 0, NULL, 2), (3, 'gone', 'video/gone.mp4', 1, NULL, 3), (4, "
              "'broken', 'broken.mp4', 0, NULL, 4), (5, 'escape', '../../outside.mp4', 0, NULL, "
              "1)"}) {
            VERIFY_OK(m_original->executeSchema(QString::fromUtf8(statement)));
        }
        QVERIFY(QDir().mkpath(media("video")));
        QVERIFY(QFile::copy(video(1), media("video/one.mp4")));
        QVERIFY(QFile::copy(video(2), media("video/two.mp4")));
        QVERIFY(QFile::copy(video(1), m_dir->filePath("outside.mp4")));
        test::writeBytes(media("broken.mp4"), "no video");
    }
    OriginalImport options() const {
        OriginalImport o;
        o.mediaFolder = m_dir->filePath("media");
        return o;
    }
    Result<OriginalReport> import(const OriginalImport& o) {
        return importOriginal(*m_original, *m_database, *m_library, m_admin, o,
                              accounts::PasswordCost::forTests());
    }
    qint64 rows(const QString& table) {
        return m_database->selectInteger("SELECT COUNT(*) FROM " + table).value();
    }
    static ProjectQuery searchFor(const QString& text) {
        ProjectQuery query;
        query.text = text;
        return query;
    }
    storage::UserRecord user(const QString& name) {
        return **storage::UserRepository(*m_database).findByName(name);
    }

private Q_SLOTS:
    void initTestCase_data() { test::TestDatabases::addEngineRows(); }
    void initTestCase() {
        makeVideos(2);
        CVD_REQUIRE_ENGINE(m_databases, QStringLiteral("mariadb"));
    }
    void init() {
        QFETCH_GLOBAL(QString, engine);
        openServices(engine);
        makeOriginal();
    }
    void cleanup() {
        m_original.reset();
        closeServices();
    }

    void aDryRunTellsAndChangesNothing() {
        OriginalImport o = options();
        o.dryRun = true;
        const qint64 users = rows("user"), audits = rows("audit");
        const auto report = import(o);
        QVERIFY2(report.ok(), test::message(report));
        QCOMPARE(report->count(What::User, Outcome::Taken), 3);
        QCOMPARE(report->count(What::User, Outcome::SameName), 1);
        QCOMPARE(report->count(What::Project, Outcome::Taken), 2);
        QCOMPARE(report->count(What::Project, Outcome::NotTaken), 3);
        QCOMPARE(report->needPassword(), 2);  // an empty one and a missing one
        QCOMPARE(rows("user"), users);
        QCOMPARE(rows("project"), 0);
        QCOMPARE(rows("setting"), 0);
        QCOMPARE(rows("audit"), audits);
    }

    void peopleAndProjectsAreTakenOver() {
        const auto report = import(options());
        QVERIFY2(report.ok(), test::message(report));
        QCOMPARE(report->count(What::User, Outcome::Taken), 3);
        QCOMPARE(report->count(What::Project, Outcome::Taken), 2);
        for (const auto& line : report->lines) {
            QCOMPARE(line.problem.ok(), line.outcome != Outcome::NotTaken);
        }
        const storage::UserRecord li = user(QStringLiteral("李伟"));
        QCOMPARE(li.authority, 1);
        QCOMPARE(li.title, QStringLiteral("质检员"));
        QCOMPARE(li.created.date(), QDate(2024, 3, 1));
        QCOMPARE(li.projectCount, 1);
        QCOMPARE(user("guest (2)").authority, 0);
        QCOMPARE(user("Ann").id, m_ann.user);  // was here, and has the project now
        QCOMPARE(user("Ann").projectCount, 1);

        // The password works, lies nowhere in clear text, and has to be changed.
        accounts::AccountOptions quick;
        quick.cost = accounts::PasswordCost::forTests();
        accounts::AccountService accounts(*m_database, quick);
        const auto session = accounts.signIn(QStringLiteral("李伟"), "123456");
        QVERIFY2(session.ok(), test::message(session));
        QVERIFY(session->mustChangePassword);
        QVERIFY(!accounts.signIn("guest", "").ok());
        const auto hashes = m_database->select("SELECT password FROM login_data");
        for (const storage::Row& row : *hashes) {
            QVERIFY(row.text(0).startsWith("$argon2id$"));
        }

        const auto projects = m_service->list(*session, {});
        QVERIFY(projects.ok());
        QCOMPARE(projects->total, 2);  // an administrator sees all
        const auto found = m_service->list(m_admin, searchFor(QStringLiteral("承台")));
        QCOMPARE(found->total, 1);
        QCOMPARE(found->rows[0].ownerName, QStringLiteral("李伟"));
        QCOMPARE(found->rows[0].description, "first");
        QCOMPARE(found->rows[0].status, ProjectStatus::NotStarted);
        QVERIFY(QFile::exists(found->rows[0].videoPath));
        QVERIFY(QFile::exists(media("video/one.mp4")));  // only read
    }

    void aSecondRunTakesWhatIsNew() {
        VERIFY_OK(import(options()));
        const qint64 users = rows("user"), projects = rows("project");
        auto again = import(options());
        QVERIFY2(again.ok(), test::message(again));
        QCOMPARE(again->count(What::User, Outcome::TakenBefore), 4);
        QCOMPARE(again->count(What::Project, Outcome::TakenBefore), 2);
        QCOMPARE(rows("user"), users);
        QCOMPARE(rows("project"), projects);
        // The missing video turns up, a killed run forgot to note what it made, a person came.
        QVERIFY(QFile::copy(video(2), media("video/gone.mp4")));
        VERIFY_OK(m_original->execute("INSERT INTO user (uid, user_name) VALUES (9, 'new')"));
        VERIFY_OK(m_database->execute("DELETE FROM setting WHERE setting_key LIKE '%/project/1'"));
        again = import(options());
        QVERIFY2(again.ok(), test::message(again));
        QCOMPARE(again->count(What::User, Outcome::Taken), 1);
        QCOMPARE(again->count(What::Project, Outcome::Taken), 2);
        QCOMPARE(rows("project"), projects + 1);
    }

    void passwordsMayBeLeftOut() {
        OriginalImport o = options();
        o.keepPasswords = false;
        o.mode = ImportMode::Link;
        const auto report = import(o);
        QVERIFY2(report.ok(), test::message(report));
        QCOMPARE(report->needPassword(), 3);
        accounts::AccountService accounts(*m_database);
        QVERIFY(!accounts.signIn(QStringLiteral("李伟"), "123456").ok());
        const auto found = m_service->list(m_admin, searchFor(QStringLiteral("承台")));
        QVERIFY(found->rows[0].videoLinked);
    }

    void whatIsRefused() {
        OriginalImport o = options();
        const auto cost = accounts::PasswordCost::forTests();
        VERIFY_FAILS(importOriginal(*m_original, *m_database, *m_library, m_ann, o, cost),
                     ErrorKind::Usage);
        o.mediaFolder = m_dir->filePath("nowhere");
        VERIFY_FAILS(import(o), ErrorKind::BadInput);
        o = options();
        VERIFY_FAILS(importOriginal(*m_database, *m_database, *m_library, m_admin, o, cost),
                     ErrorKind::Usage);
        VERIFY_OK(m_original->executeSchema("ALTER TABLE project DROP COLUMN video_file"));
        VERIFY_FAILS(import(o), ErrorKind::BadInput);
        QCOMPARE(rows("project"), 0);
        o.cancelled = [] { return true; };
        VERIFY_OK(m_original->executeSchema("ALTER TABLE project ADD COLUMN video_file TEXT"));
        VERIFY_FAILS(import(o), ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestOriginalImport)
#include "tst_original_import.moc"
