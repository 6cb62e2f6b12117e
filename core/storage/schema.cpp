#include "core/storage/schema.h"

#include <QSet>

#include "core/base/log.h"

namespace cvd::storage {
namespace {

constexpr int kLockWaitS = 60;  // less than the connection's read time-out

int newestVersion(const QList<Migration>& steps) {
    return steps.isEmpty() ? 0 : steps.last().version;
}

// Column names by table name, of the tables that exist.
Result<QHash<QString, QSet<QString>>> existingTables(Database& database) {
    const bool sqlite = database.engine() == Engine::Sqlite;
    const QString sql =
        sqlite ? QStringLiteral(
                     "SELECT m.name, c.name FROM sqlite_master m, "
                     "pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT "
                     "LIKE 'sqlite!_%' ESCAPE '!'")
               : QStringLiteral(
                     "SELECT table_name, column_name FROM information_schema.columns "
                     "WHERE table_schema = DATABASE()");
    CVD_TRY_ASSIGN(const Rows rows, database.select(sql));
    QHash<QString, QSet<QString>> tables;
    for (const Row& row : rows) {
        tables[row.text(0)].insert(row.text(1));
    }
    return tables;
}

// What of schemaTables() is not there; empty: complete.
QString missingParts(const QHash<QString, QSet<QString>>& existing) {
    QStringList missing;
    for (const TableSpec& table : schemaTables()) {
        if (!existing.contains(table.name)) {
            missing << QStringLiteral("table %1").arg(table.name);
            continue;
        }
        for (const ColumnSpec& column : table.columns) {
            if (!existing[table.name].contains(column.name)) {
                missing << QStringLiteral("column %1.%2").arg(table.name, column.name);
            }
        }
    }
    return missing.isEmpty() ? QString()
                             : QStringLiteral("Missing: ") + missing.join(QStringLiteral(", "));
}

struct StoredVersion {
    int version = 0;
    int minimumCompatible = 0;
};

Result<std::optional<StoredVersion>> storedVersion(Database& database) {
    CVD_TRY_ASSIGN(const std::optional<Row> row,
                   database.selectOne(QStringLiteral(
                       "SELECT version, minimum_compatible FROM schema_version WHERE id = 1")));
    if (!row) {
        return std::optional<StoredVersion>();
    }
    return std::optional(StoredVersion{int(row->integer(0)), int(row->integer(1))});
}

SchemaStatus broken(SchemaStatus status, const QString& problem) {
    status.state = SchemaState::Broken;
    status.problem = problem;
    return status;
}

SchemaState stateOf(const StoredVersion& stored, int program) {
    if (stored.version < program) {
        return SchemaState::NeedsMigration;
    }
    if (stored.version == program) {
        return SchemaState::Current;
    }
    return stored.minimumCompatible <= program ? SchemaState::NewerCompatible
                                               : SchemaState::NewerIncompatible;
}

// Unless these are the program's own steps, what the tables should look like is not known.
bool describesOwnTables(const QList<Migration>& steps) {
    return &steps == &migrations();
}

Status createVersionTable(Database& database) {
    const Dialect& d = database.dialect();
    CVD_TRY(database.executeSchema(
        QStringLiteral(
            "CREATE TABLE IF NOT EXISTS schema_version (id %1 NOT NULL PRIMARY KEY, "
            "version %1 NOT NULL, minimum_compatible %1 NOT NULL, changed %2 NOT NULL)%3")
            .arg(d.integer(), d.time(), d.tableSuffix())));
    return {};
}

Status writeVersion(Database& database, int version, int minimumCompatible) {
    CVD_TRY_ASSIGN(
        [[maybe_unused]] const Done done,
        database.execute(
            database.dialect().upsert("schema_version", "id, version, minimum_compatible, changed",
                                      "id", "version, minimum_compatible, changed"),
            {1, version, minimumCompatible, toDb(QDateTime::currentDateTimeUtc())}));
    return {};
}

// What an interrupted run has done already and has no IF NOT EXISTS: on MySQL tables, columns and
// indexes made or dropped, on SQLite columns.
bool alreadyThere(const Database& database, const Error& error) {
    const QString detail = QString::fromStdString(error.detail);
    if (database.engine() == Engine::Sqlite) {
        return detail.contains(QLatin1String("duplicate column name"));
    }
    for (const char* code : {"(1050)", "(1060)", "(1061)", "(1091)", "(1826)"}) {
        if (detail.endsWith(QLatin1String(code))) {
            return true;
        }
    }
    return false;
}

Status runStep(Database& database, const Migration& step) {
    log(LogLevel::Info, "storage",
        "Bringing the tables to version " + std::to_string(step.version) + ".");
    return database.withTransaction([&]() -> Status {
        for (const QString& statement : step.statements(database.dialect())) {
            Status done = database.executeSchema(statement);
            if (!done.ok() && !alreadyThere(database, done.error())) {
                return done;
            }
        }
        if (step.fill) {
            CVD_TRY(step.fill(database));
        }
        return writeVersion(database, step.version, step.minimumCompatible);
    });
}

Status runSteps(Database& database, const QList<Migration>& steps, int from) {
    for (const Migration& step : steps) {
        if (step.version > from) {
            CVD_TRY(runStep(database, step));
        }
    }
    return {};
}

// Looks again under the lock, since another program may have been faster.
Result<SchemaStatus> migrateLocked(Database& database, const QList<Migration>& steps) {
    CVD_TRY_ASSIGN(const SchemaStatus before, schemaStatus(database, steps));
    const bool wanted =
        before.state == SchemaState::Empty || before.state == SchemaState::NeedsMigration;
    if (!wanted) {
        return before;
    }
    if (before.state == SchemaState::Empty) {
        CVD_TRY(createVersionTable(database));
        CVD_TRY(writeVersion(database, 0, 0));
    }
    CVD_TRY(runSteps(database, steps, before.version));
    CVD_TRY_ASSIGN(SchemaStatus after, schemaStatus(database, steps));
    if (after.state == SchemaState::Current) {
        after.state = SchemaState::Upgraded;
    }
    return after;
}

// SQLite: everything in one transaction that holds the write lock.
Result<SchemaStatus> migrateSqlite(Database& database, const QList<Migration>& steps) {
    return database.withTransaction([&] { return migrateLocked(database, steps); });
}

// MySQL: DDL commits by itself, so a lock of the server keeps a second migrator out. It ends with
// the connection, even of a killed program.
Result<SchemaStatus> migrateMySql(Database& database, const QList<Migration>& steps) {
    const QString name =
        QStringLiteral("cvd-mis-migrate-%1").arg(database.settings().database).left(64);
    CVD_TRY_ASSIGN(
        const qint64 locked,
        database.selectInteger(QStringLiteral("SELECT GET_LOCK(?, ?)"), {name, kLockWaitS}));
    if (locked != 1) {
        return databaseError(Problem::Locked, database.settings(),
                             QStringLiteral("Another program is migrating"));
    }
    Result<SchemaStatus> result = migrateLocked(database, steps);
    if (auto released = database.selectInteger(QStringLiteral("SELECT RELEASE_LOCK(?)"), {name});
        !released.ok() && result.ok()) {
        return released.error();
    }
    return result;
}

ColumnSpec integer(const char* name) {
    return {QString::fromLatin1(name), ColumnType::Integer};
}
ColumnSpec real(const char* name) {
    return {QString::fromLatin1(name), ColumnType::Real};
}
ColumnSpec text(const char* name) {
    return {QString::fromLatin1(name), ColumnType::Text};
}
ColumnSpec stamp(const char* name) {
    return {QString::fromLatin1(name), ColumnType::Timestamp};
}

QList<TableSpec> makeTables() {
    const QStringList id{QStringLiteral("id")};
    const QStringList uid{QStringLiteral("uid")};
    return {
        {"authority", {"aid"}, {integer("aid"), text("name")}},
        {"user",
         uid,
         {integer("uid"), text("user_name"), text("user_des"), integer("project_num"),
          stamp("create_date"), integer("aid"), text("description"), text("name_key"),
          text("search_key")}},
        {"login_data",
         uid,
         {integer("uid"), text("password"), text("changed"), integer("must_change")}},
        {"video",
         id,
         {integer("id"), text("sha256"), text("path"), integer("linked"), text("thumbnail"),
          text("file_name"), integer("bytes"), text("modified"), integer("width"),
          integer("height"), integer("frames"), real("fps"), real("duration_s"),
          integer("time_base_num"), integer("time_base_den"), integer("vfr"), text("codec"),
          text("created")}},
        {"project",
         {"pid"},
         {integer("pid"), text("project_name"), text("video_file"), integer("project_status"),
          text("description"), integer("uid"), text("create_date"), integer("video_id"),
          real("duration_s"), integer("latest_result"), text("name_key"), text("search_key"),
          text("owner_key")}},
        {"project_gram", {"gram", "pid"}, {integer("gram"), integer("pid")}, true},
        {"job",
         id,
         {integer("id"),     integer("pid"),     integer("uid"),        integer("state"),
          text("kind"),      text("options"),    text("progress"),      text("error"),
          text("device"),    text("queued"),     text("started"),       text("finished"),
          text("heartbeat"), text("owner_host"), text("owner_process"), integer("cancel_requested"),
          integer("hidden"), integer("attempt"), integer("result_id"),  text("log")}},
        {"result", id, {integer("id"),         integer("pid"),          integer("job_id"),
                        text("folder"),        text("profile_id"),      text("profile_version"),
                        text("model_name"),    text("model_version"),   text("model_sha256"),
                        text("device"),        integer("calibrated"),   real("radius_of_action_m"),
                        real("wall_s"),        real("frames_per_s"),    real("inference_s"),
                        text("summary"),       text("created"),         integer("insertions"),
                        integer("violations"), integer("cannot_judge"), integer("reviewed")}},
        {"insertion", id, {integer("id"),           integer("result_id"),   integer("number"),
                           integer("track"),        integer("start_frame"), integer("end_frame"),
                           real("start_s"),         real("end_s"),          real("immersed_s"),
                           real("stationary_s"),    real("contact_x_px"),   real("contact_y_px"),
                           real("contact_x_m"),     real("contact_y_m"),    real("tilt_deg"),
                           real("withdrawal_mm_s"), real("path_px"),        real("path_m"),
                           real("confidence"),      integer("effective"),   integer("open_start"),
                           integer("open_end")}},
        {"violation",
         id,
         {integer("id"),
          integer("result_id"),
          integer("number"),
          text("rule"),
          text("verdict"),
          text("severity"),
          integer("start_frame"),
          integer("end_frame"),
          real("start_s"),
          real("end_s"),
          integer("insertion_number"),
          real("measured"),
          real("limit_value"),
          text("unit"),
          real("position_x_m"),
          real("position_y_m"),
          text("source"),
          real("confidence"),
          text("reason"),
          text("reason_args"),
          integer("user_verdict")}},
        {"verdict",
         id,
         {integer("id"), integer("violation_id"), integer("uid"), text("user_name"),
          integer("verdict"), text("reason"), text("note"), text("at"), integer("is_current")}},
        {"seen",
         id,
         {integer("id"), integer("violation_id"), integer("uid"), text("user_name"), text("at")}},
        {"correction",
         id,
         {integer("id"), integer("result_id"), integer("uid"), text("user_name"), text("at"),
          text("content"), integer("active")}},
        {"corrected_result",
         {"result_id"},
         {integer("result_id"), text("content"), text("changed")}},
        {"corrected_violation",
         {"violation_id"},
         {integer("violation_id"), integer("origin"), integer("withdrawn")}},
        {"calibration",
         id,
         {integer("id"), integer("pid"), text("camera"), text("name"), text("json"),
          text("changed")}},
        {"audit",
         id,
         {integer("id"), text("at"), integer("uid"), text("user_name"), text("action"),
          text("subject"), text("detail"), text("search_key")}},
        {"setting", {"setting_key"}, {text("setting_key"), text("content")}},
        {"sign_in_attempt", {"name_key"}, {text("name_key"), integer("failures"), text("last_at")}},
    };
}

}  // namespace

const QList<TableSpec>& schemaTables() {
    static const QList<TableSpec> kTables = makeTables();
    return kTables;
}

int programSchemaVersion() {
    return newestVersion(migrations());
}

Result<SchemaStatus> schemaStatus(Database& database) {
    return schemaStatus(database, migrations());
}

Result<SchemaStatus> migrate(Database& database) {
    return migrate(database, migrations());
}

Result<SchemaStatus> schemaStatus(Database& database, const QList<Migration>& steps) {
    SchemaStatus status;
    status.programVersion = newestVersion(steps);
    CVD_TRY_ASSIGN(const auto tables, existingTables(database));
    if (tables.isEmpty()) {
        return status;
    }
    if (!tables.contains(QStringLiteral("schema_version"))) {
        return broken(status, QStringLiteral("There are tables, but no table schema_version"));
    }
    Result<std::optional<StoredVersion>> stored = storedVersion(database);
    if (!stored.ok() && problemOf(stored.error()) == Problem::SchemaMismatch) {
        return broken(status, QString::fromStdString(stored.error().detail));
    }
    CVD_TRY(stored.ok() ? Status() : Status(stored.error()));
    // A first migration that was killed right after making the table.
    const StoredVersion version = stored->value_or(StoredVersion{});
    status.version = version.version;
    status.minimumCompatible = version.minimumCompatible;
    status.state = stateOf(version, status.programVersion);
    const bool checkable =
        status.state == SchemaState::Current || status.state == SchemaState::NewerCompatible;
    const QString missing =
        checkable && describesOwnTables(steps) ? missingParts(tables) : QString();
    return missing.isEmpty() ? status : broken(status, missing);
}

Result<SchemaStatus> migrate(Database& database, const QList<Migration>& steps) {
    // Most of the time there is nothing to do; then nobody is kept waiting for a lock.
    CVD_TRY_ASSIGN(const SchemaStatus status, schemaStatus(database, steps));
    if (status.state != SchemaState::Empty && status.state != SchemaState::NeedsMigration) {
        return status;
    }
    return database.engine() == Engine::Sqlite ? migrateSqlite(database, steps)
                                               : migrateMySql(database, steps);
}

Status usable(const Database& database, const SchemaStatus& status) {
    switch (status.state) {
        case SchemaState::Current:
        case SchemaState::Upgraded:
        case SchemaState::NewerCompatible:
            return {};
        case SchemaState::NewerIncompatible:
            return databaseError(Problem::NewerVersion, database.settings(),
                                 QStringLiteral("Version %1, this program knows %2")
                                     .arg(status.version)
                                     .arg(status.programVersion));
        case SchemaState::Broken:
            return databaseError(Problem::BrokenSchema, database.settings(), status.problem);
        case SchemaState::NeedsMigration:
        case SchemaState::Empty:
            break;
    }
    return databaseError(Problem::NotMigrated, database.settings());
}

Result<std::unique_ptr<Database>> openReady(const ConnectionSettings& settings) {
    CVD_TRY_ASSIGN(std::unique_ptr<Database> database, Database::open(settings));
    CVD_TRY_ASSIGN(const SchemaStatus status, migrate(*database));
    CVD_TRY(usable(*database, status));
    return database;
}

}  // namespace cvd::storage
