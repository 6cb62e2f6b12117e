// The engines on which a test runs, as rows of global test data.
#pragma once

#include <QString>
#include <QTest>

#include "core/storage/connection_settings.h"

namespace cvd::test {

inline void addEngineRows() {
    QTest::addColumn<bool>("server");
    QTest::newRow("SQLite") << false;
}

inline bool freshDatabase(const QString& folder, storage::ConnectionSettings* settings) {
    settings->engine = storage::Engine::Sqlite;
    settings->sqliteFile = folder + QStringLiteral("/projects.sqlite");
    return true;
}

inline void dropDatabase(const storage::ConnectionSettings&) {}

}  // namespace cvd::test
