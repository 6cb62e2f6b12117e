// Runs a test on both engines: addEngineRows() in the _data function, CVD_FRESH_DATABASE(settings)
// in the test. Each call gives a new empty database.
#pragma once

#include <QTest>

#include "core/storage/schema.h"
#include "mariadb_server.h"

namespace cvd::test {

class TestDatabases {
public:
    // Started at the first use, ended with the object.
    MariaDbServer& server() { return m_server; }

    static void addEngineRows() {
        QTest::addColumn<QString>("engine");
        QTest::newRow("sqlite") << QStringLiteral("sqlite");
        QTest::newRow("mariadb") << QStringLiteral("mariadb");
    }

    // Empty when the engine can be tested; otherwise why not.
    QString prepare(const QString& engine) {
        if (engine == QLatin1String("sqlite")) {
            return {};
        }
        const QString reason = MariaDbServer::unavailableReason();
        return !reason.isEmpty() || m_server.isRunning() ? reason : m_server.start();
    }

    storage::ConnectionSettings fresh(const QString& engine) {
        const QString name = QStringLiteral("cvd_%1").arg(++m_count);
        if (engine == QLatin1String("mariadb")) {
            return m_server.createDatabase(name);
        }
        storage::ConnectionSettings settings;
        settings.sqliteFile = m_folder.filePath(name + QStringLiteral(".sqlite"));
        settings.tls = false;
        return settings;
    }

private:
    QTemporaryDir m_folder;
    MariaDbServer m_server;
    int m_count = 0;
};

}  // namespace cvd::test

// Skips loudly where there is no server; fails where CVD_REQUIRE_MARIADB=1 demands one.
#define CVD_REQUIRE_ENGINE(databases, engine)                                           \
    do {                                                                                \
        const QString cvdReason = (databases).prepare(engine);                          \
        if (!cvdReason.isEmpty() && (!cvdReason.startsWith(QLatin1String("SKIPPED")) || \
                                     cvd::test::MariaDbServer::mustNotSkip())) {        \
            QFAIL(qPrintable(cvdReason));                                               \
        }                                                                               \
        if (!cvdReason.isEmpty()) {                                                     \
            QSKIP(qPrintable(cvdReason));                                               \
        }                                                                               \
    } while (false)

// Fails the test with the error's text; `result` is a Result or Status.
#define CVD_VERIFY_OK(result)                                                                  \
    do {                                                                                       \
        const auto& cvdChecked = (result);                                                     \
        QVERIFY2(                                                                              \
            cvdChecked.ok(),                                                                   \
            cvdChecked.ok()                                                                    \
                ? ""                                                                           \
                : (cvdChecked.error().message() + " | " + cvdChecked.error().detail).c_str()); \
    } while (false)

// CVD_UNWRAP(auto user, users.find(id)): declares `user`, or fails the test.
#define CVD_UNWRAP_INNER(temporary, target, expression) \
    auto temporary = (expression);                      \
    CVD_VERIFY_OK(temporary);                           \
    target = std::move(temporary).value()
#define CVD_UNWRAP(target, expression) \
    CVD_UNWRAP_INNER(CVD_CONCAT(cvdUnwrapped, __COUNTER__), target, expression)
