// Addresses of databases, passwords from files, and the small text helpers: no database needed.
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/log.h"
#include "core/storage/dialect.h"
#include "core/storage/password_source.h"
#include "core/storage/problem.h"

using namespace cvd;
using namespace cvd::storage;

class StorageSettingsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString writeFile(const QByteArray& content, QFile::Permissions permissions) {
        QFile file(m_folder.filePath(QStringLiteral("password")));
        QFile::remove(file.fileName());
        if (file.open(QIODevice::WriteOnly)) {
            file.write(content);
        }
        file.setPermissions(permissions);
        return file.fileName();
    }

    static ConnectionSettings server() {
        return *parseDatabaseUrl(QStringLiteral("mysql://ann@db.example.org/cvd"));
    }

private Q_SLOTS:
    void init() {
        qunsetenv("CVD_MIS_DB_PASSWORD_FILE");
        setLogSink([](LogLevel, std::string_view, std::string_view) {});
    }

    void understandsFiles_data() {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("file");
        QTest::newRow("path") << "/data/x.sqlite"
                              << "/data/x.sqlite";
        QTest::newRow("scheme") << "sqlite:/data/x.sqlite"
                                << "/data/x.sqlite";
        QTest::newRow("three slashes") << "sqlite:///data/x.sqlite"
                                       << "/data/x.sqlite";
        QTest::newRow("untidy") << "  /data/./a/../x.sqlite "
                                << "/data/x.sqlite";
    }
    void understandsFiles() {
        QFETCH(QString, url);
        QFETCH(QString, file);
        const auto settings = parseDatabaseUrl(url);
        QVERIFY(settings.ok());
        QCOMPARE(settings->engine, Engine::Sqlite);
        QCOMPARE(settings->sqliteFile, file);
    }

    void understandsServers() {
        const auto settings =
            parseDatabaseUrl(QStringLiteral("mysql://ann@db.example.org:3307/cvd?ca=/etc/ca.pem"));
        QVERIFY(settings.ok());
        QCOMPARE(settings->engine, Engine::MySql);
        QCOMPARE(settings->host, QStringLiteral("db.example.org"));
        QCOMPARE(settings->port, 3307);
        QCOMPARE(settings->user, QStringLiteral("ann"));
        QCOMPARE(settings->database, QStringLiteral("cvd"));
        QCOMPARE(settings->tlsCaFile, QStringLiteral("/etc/ca.pem"));
        QCOMPARE(settings->location(), QStringLiteral("ann@db.example.org:3307/cvd"));
        QCOMPARE(server().port, 3306);
    }

    void encryptsUnlessToldOtherwise_data() {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("tls");
        QTest::newRow("remote") << "mysql://a@db.example.org/x" << true;
        QTest::newRow("remote, off by hand") << "mysql://a@db.example.org/x?tls=off" << false;
        QTest::newRow("this machine") << "mysql://a@127.0.0.1/x" << false;
        QTest::newRow("this machine by name") << "mariadb://a@LocalHost/x" << false;
        QTest::newRow("this machine, IPv6") << "mysql://a@[::1]/x" << false;
        QTest::newRow("this machine, on by hand") << "mysql://a@127.0.0.1/x?tls=on" << true;
        QTest::newRow("looks like this machine") << "mysql://a@localhost.example.org/x" << true;
    }
    void encryptsUnlessToldOtherwise() {
        QFETCH(QString, url);
        QFETCH(bool, tls);
        const auto settings = parseDatabaseUrl(url);
        QVERIFY(settings.ok());
        QCOMPARE(settings->tls, tls);
    }

    void refusesWhatItCannotUse_data() {
        QTest::addColumn<QString>("url");
        QTest::newRow("empty") << "";
        QTest::newRow("folder") << "/data/";
        QTest::newRow("other engine") << "postgres://a@b/c";
        QTest::newRow("no database") << "mysql://a@b";
        QTest::newRow("no user") << "mysql://b/c";
        QTest::newRow("no host") << "mysql:///c";
        QTest::newRow("bad port") << "mysql://a@b:port/c";
        QTest::newRow("bad tls") << "mysql://a@b/c?tls=maybe";
        QTest::newRow("two names") << "mysql://a@b/c/d";
    }
    void refusesWhatItCannotUse() {
        QFETCH(QString, url);
        const auto settings = parseDatabaseUrl(url);
        QVERIFY(!settings.ok());
        QCOMPARE(settings.error().kind, ErrorKind::Usage);
        QVERIFY(!settings.error().message().empty());
    }

    void refusesAPasswordAndDoesNotRepeatIt() {
        for (const char* url : {"mysql://ann:s3cret@db.example.org/cvd", "mysql://ann:@host/cvd"}) {
            const auto settings = parseDatabaseUrl(QString::fromLatin1(url));
            QVERIFY(!settings.ok());
            const QString message = QString::fromStdString(settings.error().message());
            QVERIFY2(message.contains(QLatin1String("password")), qPrintable(message));
            QVERIFY(!message.contains(QLatin1String("s3cret")));
        }
    }

    void foldsWhatIsCompared() {
        QCOMPARE(searchKey(QStringLiteral("  ÄNNE ")), QStringLiteral("änne"));
        QCOMPARE(searchKey(QStringLiteral("A\u030A")), searchKey(QStringLiteral("\u00E5")));
        QCOMPARE(searchKey(QStringLiteral("ＡＢ")), QStringLiteral("ab"));
    }

    void everyProblemHasItsOwnSentence() {
        QSet<QString> sentences;
        for (int i = int(Problem::ReadOnly); i <= int(Problem::Other); ++i) {
            const Error error = databaseError(Problem(i), server(), QStringLiteral("detail"));
            QCOMPARE(problemOf(error), Problem(i));
            QCOMPARE(error.kind, ErrorKind::Environment);
            QVERIFY(QString::fromStdString(error.message()).contains(server().location()));
            sentences << QString::fromStdString(error.message());
        }
        QCOMPARE(sentences.size(), int(Problem::Other));
    }

    void readsAPasswordFile() {
        PasswordRequest request;
        request.passwordFile = writeFile("päss wörd \r\nsecond line\n", QFile::ReadOwner);
        const auto found = resolvePassword(server(), request);
        QVERIFY(found.ok());
        QCOMPARE(found->password, QStringLiteral("päss wörd "));
        QCOMPARE(found->origin, PasswordOrigin::File);
        QVERIFY(!found->warning);
    }

    void warnsOfAPasswordFileThatOthersCanRead() {
        PasswordRequest request;
        request.passwordFile = writeFile("secret", QFile::ReadOwner | QFile::ReadOther);
        const auto found = resolvePassword(server(), request);
        QVERIFY(found.ok());
        QVERIFY(found->warning);
        QVERIFY(found->warning->message().find("chmod 600") != std::string::npos);
        QVERIFY(found->warning->message().find("secret") == std::string::npos);
    }

    void takesTheFileFromTheEnvironment() {
        qputenv("CVD_MIS_DB_PASSWORD_FILE",
                writeFile("from-env\n", QFile::ReadOwner).toLocal8Bit());
        const auto found = resolvePassword(server(), {});
        QVERIFY(found.ok());
        QCOMPARE(found->password, QStringLiteral("from-env"));
    }

    void saysThatAPasswordFileIsMissing() {
        PasswordRequest request;
        request.passwordFile = m_folder.filePath(QStringLiteral("nothing-here"));
        const auto found = resolvePassword(server(), request);
        QVERIFY(!found.ok());
        QCOMPARE(found.error().kind, ErrorKind::Environment);
    }

    void asksLastAndTakesNoForAnAnswer() {
        PasswordRequest request;
        request.useKeychain = false;
        QString asked;
        request.prompt = [&](const QString& location) {
            asked = location;
            return std::optional<QString>(QStringLiteral("typed"));
        };
        QCOMPARE(resolvePassword(server(), request)->password, QStringLiteral("typed"));
        QCOMPARE(asked, server().location());
        request.prompt = [](const QString&) { return std::optional<QString>(); };
        QCOMPARE(resolvePassword(server(), request).error().kind, ErrorKind::Cancelled);
    }

    // A process without a session bus must neither hang nor complain.
    void goesOnWithoutAKeychain() {
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        qunsetenv("XDG_RUNTIME_DIR");
        const auto found = resolvePassword(server(), {});
        QVERIFY(found.ok());
        QCOMPARE(found->origin, PasswordOrigin::None);
        QVERIFY(!rememberPassword(server()).ok());
    }

    void aFileNeedsNoPassword() {
        PasswordRequest request;
        request.prompt = [](const QString&) -> std::optional<QString> { qFatal("asked"); };
        QVERIFY(resolvePassword(*parseDatabaseUrl(QStringLiteral("/x.sqlite")), request).ok());
    }
};

QTEST_GUILESS_MAIN(StorageSettingsTest)
#include "tst_storage_settings.moc"
