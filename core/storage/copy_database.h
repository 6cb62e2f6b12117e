// Moving a whole database to the other engine and back, and what "db status" shows.
#pragma once

#include <functional>

#include "core/storage/schema.h"

namespace cvd::storage {

struct CopyOptions {
    bool replace = false;  // delete what the target holds; otherwise a target with rows is refused
    int batch = 500;       // rows read at a time
};

struct TableCopy {
    QString table;
    qint64 rows = 0;  // copied, read back and found equal in every column
};

struct CopyReport {
    QList<TableCopy> tables;
    qint64 rows() const;
};

struct CopyControl {
    // `done` runs to `total` twice the number of rows: copying, then comparing.
    std::function<void(qint64 done, qint64 total, const QString& table)> progress;
    std::function<bool()> cancelled;
};

// Copies all tables in one transaction of the target, then reads both sides again and compares
// every column of every row before committing. On any error, and when cancelled, the target holds
// what it held before. The source is read in one transaction, so programs that use it meanwhile do
// not disturb the copy. An empty target gets its tables first.
// Errors: Usage for a target with rows or a source that is not up to date, Cancelled, Environment.
Result<CopyReport> copyDatabase(Database& from, Database& to, const CopyOptions& options = {},
                                const CopyControl& control = {});

struct DatabaseStatus {
    QString location;       // without password
    QString serverVersion;  // "SQLite 3.40.1", "MariaDB 10.11.6"
    QString tlsCipher;      // empty: not encrypted
    SchemaStatus schema;
    qint64 bytes = 0;         // SQLite: size of the file
    QList<TableCopy> tables;  // rows in each table; empty unless the tables can be used
    QString damage;           // SQLite: what the integrity check found; empty: nothing
};

// Changes nothing.
Result<DatabaseStatus> databaseStatus(Database& database);

}  // namespace cvd::storage
