// The version of the tables and how they get there.
//
// Rules for a migration: every statement may be run again (MySQL commits DDL at once, so a killed
// migration is simply run again); nothing is destroyed unless the minimum compatible version is
// raised to the new one. The version is raised in the same transaction as the statements.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <functional>

#include "core/storage/database.h"

namespace cvd::storage {

enum class SchemaState {
    Current,
    Upgraded,           // migrate() has just brought it up to date
    NeedsMigration,     // older, or a migration was interrupted
    NewerCompatible,    // made by a newer program, this one may still use it
    NewerIncompatible,  // made by a newer program, this one must not touch it
    Broken,             // a table or column is missing, or it is another program's database
    Empty,              // nothing there yet
};

struct SchemaStatus {
    SchemaState state = SchemaState::Empty;
    int version = 0;            // of the database
    int minimumCompatible = 0;  // the oldest program schema that may use it
    int programVersion = 0;
    QString problem;  // Broken: what is missing, untranslated
};

struct Migration {
    int version = 0;
    int minimumCompatible = 0;
    std::function<QStringList(const Dialect&)> statements;
    std::function<Status(Database&)> fill = {};  // after them, what SQL cannot say; may be empty
};

const QList<Migration>& migrations();
int programSchemaVersion();

Result<SchemaStatus> schemaStatus(Database& database);
// Brings an empty or older database up to date; leaves the other states as they are. Safe while
// another program migrates the same database.
Result<SchemaStatus> migrate(Database& database);
// The same with other steps, for tests.
Result<SchemaStatus> schemaStatus(Database& database, const QList<Migration>& steps);
Result<SchemaStatus> migrate(Database& database, const QList<Migration>& steps);

// Ok for Current, Upgraded and NewerCompatible; otherwise an error that says what to do.
Status usable(const Database& database, const SchemaStatus& status);

// Opens, migrates and checks: what a program calls.
Result<std::unique_ptr<Database>> openReady(const ConnectionSettings& settings);

// --- The tables as they are now, parents before children ---
enum class ColumnType { Integer, Real, Text, Timestamp };
struct ColumnSpec {
    QString name;
    ColumnType type;
};
struct TableSpec {
    QString name;
    QStringList key;  // primary key
    QList<ColumnSpec> columns;
    bool derived = false;  // made from the other tables: not copied, but made anew
};
const QList<TableSpec>& schemaTables();

}  // namespace cvd::storage
