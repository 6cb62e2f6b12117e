// What can go wrong with a database, told apart. Each has one sentence that says what to do.
#pragma once

#include <QSqlError>

#include "core/base/result.h"
#include "core/storage/connection_settings.h"

namespace cvd::storage {

enum class Problem {
    None,
    ReadOnly,
    DiskFull,
    Locked,
    Corrupt,
    NotADatabase,
    CannotOpen,
    InputOutput,
    DriverMissing,
    WrongPassword,
    AccessDenied,
    UnknownDatabase,
    HostUnreachable,
    TlsRefused,
    ServerGone,
    SchemaMismatch,  // a table or column is not what the program expects
    UniqueViolation,
    ForeignKeyViolation,
    NewerVersion,
    BrokenSchema,
    NotMigrated,
    Other,
};

// The problem behind an error that this module returned; None for any other error.
Problem problemOf(const Error& error);
// Worth another try when the server or the other program is done (lost, unreachable, locked).
bool isTemporary(Problem problem);

Problem classify(Engine engine, const QSqlError& error);
// `detail` goes to logs and "Details".
Error databaseError(Problem problem, const ConnectionSettings& where, const QString& detail = {});

}  // namespace cvd::storage
