#include "core/storage/problem.h"

#include <array>
#include <string>

namespace cvd::storage {
namespace {

struct Sentence {
    Problem problem;
    const char* text;
};

// %1 is the location of the database.
constexpr std::array kSentences = {
    Sentence{Problem::ReadOnly,
             CVD_TR("core",
                    "The database %1 cannot be changed because it is read-only. Allow writing to "
                    "the file and its folder, then try again.")},
    Sentence{Problem::DiskFull,
             CVD_TR("core",
                    "The disk that holds the database %1 is full. Nothing was changed; free some "
                    "space and try again.")},
    Sentence{
        Problem::Locked,
        CVD_TR("core", "The database %1 is being used by another program. Try again in a moment.")},
    Sentence{Problem::Corrupt,
             CVD_TR("core", "The database %1 is damaged. Restore it from a backup.")},
    Sentence{Problem::NotADatabase,
             CVD_TR("core", "%1 is not a database file. Choose another file.")},
    Sentence{Problem::CannotOpen,
             CVD_TR("core",
                    "The database %1 cannot be opened. Check that the folder exists and that you "
                    "may write to it.")},
    Sentence{Problem::InputOutput,
             CVD_TR("core", "Reading or writing the database %1 failed. Check the disk.")},
    Sentence{Problem::DriverMissing,
             CVD_TR("core",
                    "The database %1 cannot be used because its driver is not installed. On Debian "
                    "install libqt6sql6-sqlite for files and libqt6sql6-mysql for servers.")},
    Sentence{Problem::WrongPassword,
             CVD_TR("core",
                    "The database server refused the user name or password for %1. Check both.")},
    Sentence{Problem::AccessDenied,
             CVD_TR("core",
                    "The database user of %1 lacks a right that is needed. Ask the administrator "
                    "of the server for all rights on this database.")},
    Sentence{
        Problem::UnknownDatabase,
        CVD_TR("core", "The database %1 does not exist on the server. Create it there first.")},
    Sentence{Problem::HostUnreachable,
             CVD_TR("core",
                    "The database server of %1 cannot be reached. Check the host, the port and the "
                    "network.")},
    Sentence{Problem::TlsRefused,
             CVD_TR("core",
                    "No encrypted connection to %1 could be made. Set up TLS on the server, check "
                    "the CA file, or switch TLS off by hand if the network is trusted.")},
    Sentence{Problem::ServerGone,
             CVD_TR("core",
                    "The connection to the database server of %1 was lost. What was not saved yet "
                    "is not saved; try again when the server is back.")},
    Sentence{Problem::SchemaMismatch,
             CVD_TR("core",
                    "The database %1 does not have the tables that this program expects. Check it "
                    "with \"cvd-mis db status\".")},
    Sentence{Problem::UniqueViolation,
             CVD_TR("core", "The database %1 already has an entry of this name.")},
    Sentence{Problem::ForeignKeyViolation,
             CVD_TR("core",
                    "The change does not fit to the other entries of the database %1, which may "
                    "have been deleted meanwhile. Reload and try again.")},
    Sentence{Problem::NewerVersion,
             CVD_TR("core",
                    "The database %1 was made by a newer version of CVD-MIS. Update this program "
                    "to use it.")},
    Sentence{Problem::BrokenSchema,
             CVD_TR("core",
                    "The tables of the database %1 are incomplete or belong to another program. "
                    "Restore a backup or choose another database.")},
    Sentence{Problem::NotMigrated,
             CVD_TR("core",
                    "The database %1 has not been brought up to date yet. Run \"cvd-mis db "
                    "migrate\".")},
    Sentence{Problem::Other, CVD_TR("core", "The database %1 reported an error: %2")},
};

Problem classifySqlite(int code) {
    switch (code & 0xff) {  // the low byte is the primary result code
        case 5:
        case 6:
            return Problem::Locked;
        case 8:
            return Problem::ReadOnly;
        case 10:
            return Problem::InputOutput;
        case 11:
            return Problem::Corrupt;
        case 13:
            return Problem::DiskFull;
        case 14:
            return Problem::CannotOpen;
        case 26:
            return Problem::NotADatabase;
        default:
            return Problem::Other;
    }
}

Problem classifySqliteConstraint(int code, const QString& text) {
    constexpr int kForeignKey = 787, kPrimaryKey = 1555, kUnique = 2067;
    if (code == kForeignKey || text.contains(QLatin1String("FOREIGN KEY"))) {
        return Problem::ForeignKeyViolation;
    }
    if (code == kPrimaryKey || code == kUnique || text.contains(QLatin1String("UNIQUE"))) {
        return Problem::UniqueViolation;
    }
    return Problem::Other;
}

Problem classifySqliteError(const QSqlError& error) {
    const int code = error.nativeErrorCode().toInt();
    if ((code & 0xff) == 19) {
        return classifySqliteConstraint(code, error.databaseText());
    }
    const QString text = error.databaseText();
    if (text.startsWith(QLatin1String("no such table")) ||
        text.startsWith(QLatin1String("no such column")) ||
        text.contains(QLatin1String("has no column named"))) {
        return Problem::SchemaMismatch;
    }
    return classifySqlite(code);
}

Problem classifyMySql(int code) {
    switch (code) {
        case 1021:
        case 1114:
            return Problem::DiskFull;
        case 1036:
        case 1290:
        case 1836:
            return Problem::ReadOnly;
        case 1044:
        case 1142:
        case 1143:
        case 1227:
            return Problem::AccessDenied;
        case 1045:
        case 1698:
            return Problem::WrongPassword;
        case 1049:
            return Problem::UnknownDatabase;
        case 1040:
        case 2001:
        case 2002:
        case 2003:
        case 2005:
            return Problem::HostUnreachable;
        case 2026:
            return Problem::TlsRefused;
        case 1053:
        case 1077:
        case 1079:
        case 1152:
        case 1184:
        case 1927:
        case 2006:
        case 2013:
        case 2055:
        case 4031:
            return Problem::ServerGone;
        case 1205:
        case 1213:
            return Problem::Locked;
        case 1054:
        case 1146:
        case 1051:
            return Problem::SchemaMismatch;
        case 126:
        case 127:
        case 1034:
        case 1194:
        case 1195:
        case 1932:
            return Problem::Corrupt;
        case 1062:
            return Problem::UniqueViolation;
        case 1216:
        case 1217:
        case 1451:
        case 1452:
            return Problem::ForeignKeyViolation;
        default:
            return Problem::Other;
    }
}

}  // namespace

Problem problemOf(const Error& error) {
    for (const Sentence& sentence : kSentences) {
        if (error.text == sentence.text) {
            return sentence.problem;
        }
    }
    return Problem::None;
}

bool isTemporary(Problem problem) {
    return problem == Problem::ServerGone || problem == Problem::HostUnreachable ||
           problem == Problem::Locked;
}

Problem classify(Engine engine, const QSqlError& error) {
    if (error.type() == QSqlError::NoError) {
        return Problem::None;
    }
    return engine == Engine::Sqlite ? classifySqliteError(error)
                                    : classifyMySql(error.nativeErrorCode().toInt());
}

Error databaseError(Problem problem, const ConnectionSettings& where, const QString& detail) {
    for (const Sentence& sentence : kSentences) {
        if (sentence.problem == problem) {
            return fail(ErrorKind::Environment, sentence.text,
                        {where.location().toStdString(), detail.toStdString()},
                        detail.toStdString());
        }
    }
    return databaseError(Problem::Other, where, detail);
}

}  // namespace cvd::storage
