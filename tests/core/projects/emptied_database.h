// A database for each test. SQLite makes a new file in no time; on the server one database is made
// once and emptied before each test, because making one takes seconds there.
#pragma once

#include <algorithm>

#include "core/storage/schema.h"
#include "tests/core/storage/test_databases.h"

namespace cvd::test {

class EmptiedDatabases : public TestDatabases {
public:
    Result<std::unique_ptr<storage::Database>> open(const QString& engine,
                                                    storage::ConnectionSettings* settings) {
        const bool reuse = engine == QLatin1String("mariadb") && m_server.has_value();
        *settings = reuse ? *m_server : fresh(engine);
        CVD_TRY_ASSIGN(auto database, storage::openReady(*settings));
        if (reuse) {
            CVD_TRY(empty(*database));
        } else if (engine == QLatin1String("mariadb")) {
            m_server = *settings;
        }
        return database;
    }
    // After a test that failed in the middle the tables may be anything.
    void discardServerDatabase() { m_server.reset(); }

private:
    static Status empty(storage::Database& database) {
        QList<storage::TableSpec> tables = storage::schemaTables();
        std::reverse(tables.begin(), tables.end());
        for (const storage::TableSpec& table : tables) {
            if (table.name != QLatin1String("authority") &&
                !table.name.contains(QLatin1String("schema"))) {
                CVD_TRY(database.execute(QStringLiteral("DELETE FROM ") + table.name));
            }
        }
        return {};
    }

    std::optional<storage::ConnectionSettings> m_server;
};

}  // namespace cvd::test
