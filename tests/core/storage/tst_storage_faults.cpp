// What goes wrong in the world: full disks, files without rights, servers that go away.
#include <unistd.h>

#include "core/base/log.h"
#include "core/storage/copy_database.h"
#include "core/storage/repositories.h"
#include "test_databases.h"

using namespace cvd;
using namespace cvd::storage;

class StorageFaultsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    test::TestDatabases m_databases;
    QStringList m_log;

    ConnectionSettings file(const QString& name) const {
        ConnectionSettings settings;
        settings.sqliteFile = m_folder.filePath(name);
        return settings;
    }
    static Problem openProblem(const ConnectionSettings& settings) {
        const auto db = openReady(settings);
        return db.ok() ? Problem::None : problemOf(db.error());
    }

private Q_SLOTS:
    void initTestCase() {
        setLogSink([this](LogLevel, std::string_view, std::string_view line) {
            m_log << QString::fromUtf8(line.data(), qsizetype(line.size()));
        });
    }

    // --- SQLite ---

    void tellsWhatIsNoDatabase() {
        const ConnectionSettings settings = file(QStringLiteral("text.sqlite"));
        QFile text(settings.sqliteFile);
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write(QByteArray(5000, 'x'));
        text.close();
        QCOMPARE(openProblem(settings), Problem::NotADatabase);
        QCOMPARE(openProblem(file(QStringLiteral("text.sqlite/below.sqlite"))),
                 Problem::CannotOpen);
        QCOMPARE(openProblem(file(QString())), Problem::CannotOpen);  // the folder itself
    }

    void lookingMakesNoFile() {
        const ConnectionSettings settings = file(QStringLiteral("typo.sqlite"));
        const auto db = Database::open(settings, OpenMode::Existing);
        QCOMPARE(problemOf(db.error()), Problem::CannotOpen);
        QVERIFY(!QFile::exists(settings.sqliteFile));
    }

    void tellsADamagedFile() {
        const ConnectionSettings settings = file(QStringLiteral("damaged.sqlite"));
        {
            CVD_UNWRAP(const auto db, openReady(settings));
            for (int i = 0; i < 300; ++i) {
                CVD_VERIFY_OK(SettingRepository(*db).set(QString::number(i), QString(300, 'x')));
            }
            CVD_VERIFY_OK(db->select(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)")));
        }
        QFile content(settings.sqliteFile);
        QVERIFY(content.open(QIODevice::ReadWrite));
        for (qint64 at = 4096; at < content.size(); at += 4096) {  // every page but the first
            content.seek(at);
            content.write(QByteArray(2000, '\xff'));
        }
        content.close();
        QCOMPARE(openProblem(settings), Problem::Corrupt);
    }

    void madeForItsOwnerOnly() {
        const ConnectionSettings settings = file(QStringLiteral("deep/new/private.sqlite"));
        CVD_UNWRAP(const auto db, openReady(settings));
        const auto others =
            QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY((QFile::permissions(settings.sqliteFile) & others) == 0);
    }

    void aFullDiskChangesNothing() {
        CVD_UNWRAP(const auto db, openReady(file(QStringLiteral("full.sqlite"))));
        SettingRepository settings(*db);
        CVD_VERIFY_OK(settings.set("before", "1"));
        CVD_UNWRAP(const qint64 pages, db->selectInteger(QStringLiteral("PRAGMA page_count")));
        CVD_VERIFY_OK(db->select(QStringLiteral("PRAGMA max_page_count = %1").arg(pages + 2)));
        const Status full = db->withTransaction([&]() -> Status {
            CVD_TRY(settings.set("small", "1"));
            // The engine may roll back everything by itself; nothing after it may slip through.
            const Status large = settings.set("large", QString(1'000'000, 'x'));
            const Status late = settings.set("late", "1");
            return large.ok() ? late : late.ok() ? Status() : large;
        });
        QVERIFY(!full.ok());
        QCOMPARE(problemOf(full.error()), Problem::DiskFull);
        QVERIFY(!*settings.get("small") && !*settings.get("large") && !*settings.get("late"));
        QCOMPARE(**settings.get("before"), QStringLiteral("1"));
        CVD_VERIFY_OK(db->select(QStringLiteral("PRAGMA max_page_count = 1000000")));
        CVD_VERIFY_OK(settings.set("large", QString(1'000'000, 'x')));  // space again: it goes on
    }

    void aReadOnlyDatabaseCanStillBeRead() {
        CVD_UNWRAP(const auto db, openReady(file(QStringLiteral("readonly.sqlite"))));
        SettingRepository settings(*db);
        CVD_VERIFY_OK(settings.set("a", "1"));
        CVD_VERIFY_OK(db->executeSchema(QStringLiteral("PRAGMA query_only = ON")));
        const Status refused = settings.set("a", "2");
        QCOMPARE(problemOf(refused.error()), Problem::ReadOnly);
        QCOMPARE(**settings.get("a"), QStringLiteral("1"));
    }

    void aFileWithoutRightsCanStillBeRead() {
        if (geteuid() == 0) {
            QSKIP("SKIPPED: root may write to every file");
        }
        const ConnectionSettings settings = file(QStringLiteral("rights.sqlite"));
        { CVD_UNWRAP(const auto db, openReady(settings)); }
        QFile::setPermissions(settings.sqliteFile, QFile::ReadOwner);
        CVD_UNWRAP(const auto db, openReady(settings));
        QCOMPARE(problemOf(SettingRepository(*db).set("a", "1").error()), Problem::ReadOnly);
    }

    void aLockedDatabaseSaysSo() {
        const ConnectionSettings settings = file(QStringLiteral("locked.sqlite"));
        CVD_UNWRAP(const auto db, openReady(settings));
        CVD_UNWRAP(const auto other, Database::open(settings));
        CVD_VERIFY_OK(other->executeSchema(QStringLiteral("PRAGMA busy_timeout = 1")));
        CVD_UNWRAP(Transaction writing, db->begin());
        QCOMPARE(problemOf(SettingRepository(*other).set("a", "1").error()), Problem::Locked);
        CVD_VERIFY_OK(SettingRepository(*other).get("a"));  // reading goes on
        writing.rollback();
        CVD_VERIFY_OK(SettingRepository(*other).set("a", "1"));
    }

    void failedSqlIsLoggedWithoutItsValues() {
        CVD_UNWRAP(const auto db, openReady(file(QStringLiteral("log.sqlite"))));
        m_log.clear();
        const auto failed = db->execute(QStringLiteral("INSERT INTO nowhere VALUES (?)"),
                                        {QStringLiteral("private")});
        QCOMPARE(problemOf(failed.error()), Problem::SchemaMismatch);
        QVERIFY(m_log.join(' ').contains(QLatin1String("INSERT INTO nowhere")));
        QVERIFY(!m_log.join(' ').contains(QLatin1String("private")));
    }

    // --- MariaDB ---

    void tellsWhyAServerRefuses() {
        CVD_REQUIRE_ENGINE(m_databases, QStringLiteral("mariadb"));
        const ConnectionSettings good = m_databases.fresh(QStringLiteral("mariadb"));
        CVD_VERIFY_OK(openReady(good));
        m_log.clear();
        ConnectionSettings bad = good;
        bad.password = QStringLiteral("wrong-secret");
        QCOMPARE(openProblem(bad), Problem::WrongPassword);
        QVERIFY(!m_log.join(' ').contains(QLatin1String("wrong-secret")));
        bad = good;
        bad.database = QStringLiteral("elsewhere");
        QCOMPARE(openProblem(bad), Problem::AccessDenied);
        m_databases.server().executeAsRoot(
            QStringLiteral("GRANT ALL ON elsewhere.* TO 'cvd'@'127.0.0.1'"));
        QCOMPARE(openProblem(bad), Problem::UnknownDatabase);
        bad = good;
        bad.port = 1;
        QCOMPARE(openProblem(bad), Problem::HostUnreachable);
        bad.host = QStringLiteral("no-such-host.invalid");
        QCOMPARE(openProblem(bad), Problem::HostUnreachable);
        bad = good;
        bad.tls = true;  // this server has no certificate: no fall-back to clear text
        QCOMPARE(openProblem(bad), Problem::TlsRefused);
        bad.tlsCaFile = m_folder.filePath(QStringLiteral("missing.pem"));
        QCOMPARE(openProblem(bad), Problem::TlsRefused);
    }

    void aServerThatComesBackIsUsedAgain() {
        CVD_REQUIRE_ENGINE(m_databases, QStringLiteral("mariadb"));
        CVD_UNWRAP(const auto db, openReady(m_databases.fresh(QStringLiteral("mariadb"))));
        test::MariaDbServer& server = m_databases.server();
        SettingRepository settings(*db);
        CVD_VERIFY_OK(settings.set("kept", "1"));

        // Restarted between two calls, as a connection that idled too long: nobody notices.
        server.stop();
        QCOMPARE(server.start(), QString());
        CVD_VERIFY_OK(settings.set("after restart", "1"));
        server.kill();
        QCOMPARE(server.start(), QString());
        CVD_UNWRAP(const auto kept, settings.get("kept"));
        QCOMPARE(*kept, QStringLiteral("1"));

        // Gone in the middle of a transaction: it fails, and nothing of it is kept.
        {
            CVD_UNWRAP(Transaction transaction, db->begin());
            CVD_VERIFY_OK(settings.set("half", "1"));
            server.kill();
            const Status lost = settings.set("other half", "1");
            QCOMPARE(problemOf(lost.error()), Problem::ServerGone);
            QCOMPARE(server.start(), QString());
            // The server is there again, but this transaction is not.
            QCOMPARE(problemOf(settings.set("too late", "1").error()), Problem::ServerGone);
            QCOMPARE(problemOf(transaction.commit().error()), Problem::ServerGone);
        }
        CVD_VERIFY_OK(settings.set("next", "1"));
        QVERIFY(!*settings.get("half") && !*settings.get("other half") &&
                !*settings.get("too late"));

        // Away for longer: each call says so at once, and the object stays usable.
        server.kill();
        for (int i = 0; i < 2; ++i) {
            const Status away = settings.set("away", "1");
            QVERIFY(isTemporary(problemOf(away.error())));
        }
        QVERIFY(isTemporary(problemOf(db->ping().error())));
        QCOMPARE(server.start(), QString());
        CVD_VERIFY_OK(db->ping());
        CVD_VERIFY_OK(settings.set("back", "1"));
        // The session is set up again, too.
        CVD_UNWRAP(const auto zone, db->selectOne(QStringLiteral("SELECT @@session.time_zone")));
        QCOMPARE(zone->text(0), QStringLiteral("+00:00"));
    }

    void aKilledConnectionIsMadeAgain() {
        CVD_REQUIRE_ENGINE(m_databases, QStringLiteral("mariadb"));
        CVD_UNWRAP(const auto db, openReady(m_databases.fresh(QStringLiteral("mariadb"))));
        CVD_UNWRAP(const qint64 id, db->selectInteger(QStringLiteral("SELECT CONNECTION_ID()")));
        QVERIFY(m_databases.server().executeAsRoot(QStringLiteral("KILL %1").arg(id)));
        CVD_VERIFY_OK(SettingRepository(*db).set("a", "1"));
        CVD_UNWRAP(const qint64 other, db->selectInteger(QStringLiteral("SELECT CONNECTION_ID()")));
        QVERIFY(other != id);
    }

    void encryptsAndChecksTheAuthority() {
        CVD_REQUIRE_ENGINE(m_databases, QStringLiteral("mariadb"));
        test::MariaDbServer server(test::MariaDbServer::Options{true});
        QCOMPARE(server.start(), QString());
        ConnectionSettings settings = server.createDatabase(QStringLiteral("secret"));
        settings.tls = true;
        for (const QString& ca : {QString(), server.caFile()}) {
            settings.tlsCaFile = ca;
            CVD_UNWRAP(const auto db, openReady(settings));
            CVD_UNWRAP(const QString cipher, db->tlsCipher());
            QVERIFY(!cipher.isEmpty());
        }
        // Signed by someone else.
        QVERIFY(server.replaceCaFile());
        QCOMPARE(openProblem(settings), Problem::TlsRefused);
        settings.tls = false;
        CVD_UNWRAP(const auto plain, openReady(settings));
        CVD_UNWRAP(const QString none, plain->tlsCipher());
        QCOMPARE(none, QString());
    }
};

QTEST_GUILESS_MAIN(StorageFaultsTest)
#include "tst_storage_faults.moc"
