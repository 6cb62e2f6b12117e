// The migrations. Append, never change: databases out there have run these.
#include "core/storage/project_search.h"
#include "core/storage/schema.h"

namespace cvd::storage {
namespace {

// The original system's four tables with its names and columns; wider limits and more columns.
QStringList originalTables(const Dialect& d) {
    const QString end = QStringLiteral(")") + d.tableSuffix();
    return {
        QStringLiteral("CREATE TABLE IF NOT EXISTS authority ("
                       "aid %1 NOT NULL PRIMARY KEY, name %2 NOT NULL")
                .arg(d.integer(), d.varchar(50)) +
            end,
        QStringLiteral("CREATE TABLE IF NOT EXISTS user ("
                       "uid %1, "
                       "user_name %2 NOT NULL DEFAULT '游客用户', "
                       "user_des %3 DEFAULT '这个人很懒，没有留下简介', "
                       "project_num %4 NOT NULL DEFAULT 0, "
                       "create_date %5, "
                       "aid %4 NOT NULL DEFAULT 0, "
                       "description %3 DEFAULT NULL, "
                       "name_key %2 NOT NULL, "  // user_name as it is compared
                       "search_key %6, "         // name, title and description as they are searched
                       "CONSTRAINT user_name_taken UNIQUE (name_key), "
                       "CONSTRAINT user_authority FOREIGN KEY (aid) REFERENCES authority (aid) "
                       "ON DELETE CASCADE")
                .arg(d.primaryKey(), d.varchar(100), d.varchar(500), d.integer(), d.timestampNow(),
                     d.longText()) +
            end,
        QStringLiteral("CREATE TABLE IF NOT EXISTS login_data ("
                       "uid %1 NOT NULL PRIMARY KEY, "
                       "password %2 NOT NULL, "  // Argon2id, never clear text
                       "changed %3 DEFAULT NULL, "
                       "must_change %1 NOT NULL DEFAULT 0, "
                       "CONSTRAINT login_user FOREIGN KEY (uid) REFERENCES user (uid) "
                       "ON DELETE CASCADE")
                .arg(d.integer(), d.varchar(255), d.time()) +
            end,
    };
}

QStringList videoAndProject(const Dialect& d) {
    const QString end = QStringLiteral(")") + d.tableSuffix();
    return {
        QStringLiteral("CREATE TABLE IF NOT EXISTS video ("
                       "id %1, sha256 %2 NOT NULL, path %3 NOT NULL, linked %4 NOT NULL DEFAULT 0, "
                       "thumbnail %5 NOT NULL, file_name %5 NOT NULL, bytes %4 NOT NULL DEFAULT 0, "
                       "modified %6 DEFAULT NULL, width %4 NOT NULL, height %4 NOT NULL, "
                       "frames %4 NOT NULL, fps %7 NOT NULL, duration_s %7 NOT NULL, "
                       "time_base_num %4 NOT NULL, time_base_den %4 NOT NULL, vfr %4 NOT NULL, "
                       "codec %2 NOT NULL, created %6 DEFAULT NULL")
                .arg(d.primaryKey(), d.varchar(64), d.longText(), d.integer(), d.varchar(400),
                     d.time(), d.real()) +
            end,
        d.createIndex("video_sha256", "video", "sha256"),
        QStringLiteral("CREATE TABLE IF NOT EXISTS project ("
                       "pid %1, project_name %2 NOT NULL, video_file %3 NOT NULL, "
                       "project_status %4 NOT NULL DEFAULT 0, description %5 DEFAULT NULL, "
                       "uid %4 NOT NULL, "
                       "create_date %6 NOT NULL, video_id %4 DEFAULT NULL, "
                       "duration_s %7 NOT NULL DEFAULT 0, latest_result %4 DEFAULT NULL, "
                       "name_key %2 NOT NULL, search_key %3 NOT NULL, "
                       "CONSTRAINT project_user FOREIGN KEY (uid) REFERENCES user (uid) "
                       "ON DELETE CASCADE, "
                       "CONSTRAINT project_video FOREIGN KEY (video_id) REFERENCES video (id)")
                .arg(d.primaryKey(), d.varchar(200), d.longText(), d.integer(), d.varchar(1000),
                     d.time(), d.real()) +
            end,
        // One for each way in which the list is filtered and ordered; pid makes the order total.
        d.createIndex("project_by_created", "project", "create_date, pid"),
        d.createIndex("project_by_name", "project", "name_key, pid"),
        d.createIndex("project_by_duration", "project", "duration_s, pid"),
        d.createIndex("project_by_status", "project", "project_status, create_date, pid"),
        d.createIndex("project_of_user_created", "project", "uid, create_date, pid"),
        d.createIndex("project_of_user_name", "project", "uid, name_key, pid"),
        d.createIndex("project_of_user_duration", "project", "uid, duration_s, pid"),
        d.createIndex("project_of_user_status", "project", "uid, project_status, create_date, pid"),
        d.createIndex("project_of_video", "project", "video_id"),
    };
}

QStringList jobAndResult(const Dialect& d) {
    const QString end = QStringLiteral(")") + d.tableSuffix();
    return {
        QStringLiteral("CREATE TABLE IF NOT EXISTS job ("
                       "id %1, pid %2 NOT NULL, uid %2 DEFAULT NULL, state %2 NOT NULL, "
                       "kind %3 NOT NULL, options %4 NOT NULL, progress %4 NOT NULL, "
                       "error %4 NOT NULL, device %3 NOT NULL, queued %5 DEFAULT NULL, "
                       "started %5 DEFAULT NULL, finished %5 DEFAULT NULL, "
                       "heartbeat %5 DEFAULT NULL, owner_host %6 NOT NULL, "
                       "owner_process %6 NOT NULL, cancel_requested %2 NOT NULL DEFAULT 0, "
                       "hidden %2 NOT NULL DEFAULT 0, attempt %2 NOT NULL DEFAULT 1, "
                       "result_id %2 DEFAULT NULL, "
                       "CONSTRAINT job_project FOREIGN KEY (pid) REFERENCES project (pid) "
                       "ON DELETE CASCADE, "
                       "CONSTRAINT job_user FOREIGN KEY (uid) REFERENCES user (uid) "
                       "ON DELETE SET NULL")
                .arg(d.primaryKey(), d.integer(), d.varchar(64), d.longText(), d.time(),
                     d.varchar(255)) +
            end,
        d.createIndex("job_by_state", "job", "state, id"),
        d.createIndex("job_of_project", "job", "pid, id"),
        QStringLiteral("CREATE TABLE IF NOT EXISTS result ("
                       "id %1, pid %2 NOT NULL, job_id %2 DEFAULT NULL, folder %3 NOT NULL, "
                       "profile_id %4 NOT NULL, profile_version %4 NOT NULL, "
                       "model_name %4 NOT NULL, model_version %4 NOT NULL, "
                       "model_sha256 %4 NOT NULL, device %4 NOT NULL, calibrated %2 NOT NULL, "
                       "radius_of_action_m %5 DEFAULT NULL, wall_s %5 NOT NULL, "
                       "frames_per_s %5 NOT NULL, inference_s %5 NOT NULL, summary %6 NOT NULL, "
                       "created %7 DEFAULT NULL, insertions %2 NOT NULL, violations %2 NOT NULL, "
                       "cannot_judge %2 NOT NULL, reviewed %2 NOT NULL DEFAULT 0, "
                       "CONSTRAINT result_folder UNIQUE (folder), "
                       "CONSTRAINT result_project FOREIGN KEY (pid) REFERENCES project (pid) "
                       "ON DELETE CASCADE, "
                       "CONSTRAINT result_job FOREIGN KEY (job_id) REFERENCES job (id) "
                       "ON DELETE SET NULL")
                .arg(d.primaryKey(), d.integer(), d.varchar(255), d.varchar(128), d.real(),
                     d.longText(), d.time()) +
            end,
        d.createIndex("result_of_project", "result", "pid, id"),
    };
}

QStringList findings(const Dialect& d) {
    const QString end = QStringLiteral(")") + d.tableSuffix();
    return {
        QStringLiteral("CREATE TABLE IF NOT EXISTS insertion ("
                       "id %1, result_id %2 NOT NULL, number %2 NOT NULL, track %2 NOT NULL, "
                       "start_frame %2 NOT NULL, end_frame %2 NOT NULL, start_s %3 NOT NULL, "
                       "end_s %3 NOT NULL, immersed_s %3 NOT NULL, stationary_s %3 NOT NULL, "
                       "contact_x_px %3 NOT NULL, contact_y_px %3 NOT NULL, "
                       "contact_x_m %3 DEFAULT NULL, contact_y_m %3 DEFAULT NULL, "
                       "tilt_deg %3 DEFAULT NULL, withdrawal_mm_s %3 DEFAULT NULL, "
                       "path_px %3 NOT NULL, path_m %3 DEFAULT NULL, confidence %3 NOT NULL, "
                       "effective %2 NOT NULL, open_start %2 NOT NULL, open_end %2 NOT NULL, "
                       "CONSTRAINT insertion_number UNIQUE (result_id, number), "
                       "CONSTRAINT insertion_result FOREIGN KEY (result_id) REFERENCES result (id) "
                       "ON DELETE CASCADE")
                .arg(d.primaryKey(), d.integer(), d.real()) +
            end,
        QStringLiteral("CREATE TABLE IF NOT EXISTS violation ("
                       "id %1, result_id %2 NOT NULL, number %2 NOT NULL, rule %4 NOT NULL, "
                       "verdict %4 NOT NULL, severity %4 NOT NULL, start_frame %2 NOT NULL, "
                       "end_frame %2 NOT NULL, start_s %3 NOT NULL, end_s %3 NOT NULL, "
                       "insertion_number %2 DEFAULT NULL, measured %3 DEFAULT NULL, "
                       "limit_value %3 DEFAULT NULL, unit %4 NOT NULL, "
                       "position_x_m %3 DEFAULT NULL, position_y_m %3 DEFAULT NULL, "
                       "source %5 NOT NULL, confidence %3 NOT NULL, reason %5 NOT NULL, "
                       "reason_args %5 NOT NULL, user_verdict %2 NOT NULL DEFAULT 0, "
                       "CONSTRAINT violation_number UNIQUE (result_id, number), "
                       "CONSTRAINT violation_result FOREIGN KEY (result_id) REFERENCES result (id) "
                       "ON DELETE CASCADE")
                .arg(d.primaryKey(), d.integer(), d.real(), d.varchar(64), d.longText()) +
            end,
        QStringLiteral("CREATE TABLE IF NOT EXISTS verdict ("
                       "id %1, violation_id %2 NOT NULL, uid %2 DEFAULT NULL, "
                       "user_name %3 NOT NULL, verdict %2 NOT NULL, reason %4 NOT NULL, "
                       "note %4 NOT NULL, at %5 NOT NULL, is_current %2 NOT NULL DEFAULT 1, "
                       "CONSTRAINT verdict_violation FOREIGN KEY (violation_id) "
                       "REFERENCES violation (id) ON DELETE CASCADE, "
                       "CONSTRAINT verdict_user FOREIGN KEY (uid) REFERENCES user (uid) "
                       "ON DELETE SET NULL")
                .arg(d.primaryKey(), d.integer(), d.varchar(100), d.longText(), d.time()) +
            end,
        d.createIndex("verdict_of_violation", "verdict", "violation_id, uid, is_current"),
    };
}

QStringList records(const Dialect& d) {
    const QString end = QStringLiteral(")") + d.tableSuffix();
    return {
        QStringLiteral("CREATE TABLE IF NOT EXISTS calibration ("
                       "id %1, pid %2 DEFAULT NULL, camera %3 NOT NULL, name %3 NOT NULL, "
                       "json %4 NOT NULL, changed %5 DEFAULT NULL, "
                       "CONSTRAINT calibration_project FOREIGN KEY (pid) REFERENCES project (pid) "
                       "ON DELETE CASCADE")
                .arg(d.primaryKey(), d.integer(), d.varchar(200), d.longText(), d.time()) +
            end,
        d.createIndex("calibration_of_project", "calibration", "pid, id"),
        d.createIndex("calibration_of_camera", "calibration", "camera, id"),
        // No foreign key: the trail outlives the people in it.
        QStringLiteral("CREATE TABLE IF NOT EXISTS audit ("
                       "id %1, at %2 NOT NULL, uid %3 DEFAULT NULL, user_name %4 NOT NULL, "
                       "action %5 NOT NULL, subject %6 NOT NULL, detail %6 NOT NULL, "
                       "search_key %6 NOT NULL")
                .arg(d.primaryKey(), d.time(), d.integer(), d.varchar(100), d.varchar(64),
                     d.longText()) +
            end,
        d.createIndex("audit_by_time", "audit", "at, id"),
        d.createIndex("audit_by_user", "audit", "uid, id"),
        d.createIndex("audit_by_action", "audit", "action, id"),
        QStringLiteral("CREATE TABLE IF NOT EXISTS setting ("
                       "setting_key %1 NOT NULL PRIMARY KEY, content %2 NOT NULL")
                .arg(d.varchar(200), d.longText()) +
            end,
        QStringLiteral(
            "CREATE TABLE IF NOT EXISTS sign_in_attempt ("
            "name_key %1 NOT NULL PRIMARY KEY, failures %2 NOT NULL, last_at %3 NOT NULL")
                .arg(d.varchar(100), d.integer(), d.time()) +
            end,
    };
}

QStringList firstRows(const Dialect& d) {
    return {
        d.upsert("authority", "aid, name", "aid", "aid")
            .replace(QStringLiteral("(?, ?)"), QStringLiteral("(0, 'normal')")),
        d.upsert("authority", "aid, name", "aid", "aid")
            .replace(QStringLiteral("(?, ?)"), QStringLiteral("(1, 'administrator')")),
    };
}

QStringList version1(const Dialect& d) {
    return originalTables(d) + videoAndProject(d) + jobAndResult(d) + findings(d) + records(d) +
           firstRows(d);
}

// Lists of 100,000 projects stay instant: ordering by owner takes one index instead of two tables,
// and searching a text reads the projects that can hold it (project_search.h).
QStringList version2(const Dialect& d) {
    return {
        QStringLiteral("ALTER TABLE project ADD COLUMN owner_key %1 NOT NULL DEFAULT ''")
            .arg(d.varchar(100)),  // the owner's user.name_key
        QStringLiteral("UPDATE project SET owner_key = (SELECT u.name_key FROM user u "
                       "WHERE u.uid = project.uid)"),
        // With the date, so that a filter by it reads no rows.
        d.createIndex("project_by_name_dated", "project", "name_key, pid, create_date"),
        d.createIndex("project_by_duration_dated", "project", "duration_s, pid, create_date"),
        d.dropIndex("project_by_name", "project"),
        d.dropIndex("project_by_duration", "project"),
        d.createIndex("project_by_owner", "project", "owner_key, create_date, pid"),
        d.createIndex("project_by_status_owner", "project",
                      "project_status, owner_key, create_date, pid"),
        d.createIndex("project_by_status_name", "project", "project_status, name_key, pid"),
        d.createIndex("project_by_status_duration", "project", "project_status, duration_s, pid"),
        QStringLiteral("CREATE TABLE IF NOT EXISTS project_gram (gram %1 NOT NULL, "
                       "pid %1 NOT NULL, PRIMARY KEY (gram, pid))%2")
            .arg(d.integer(), d.isMySql() ? d.tableSuffix() : QStringLiteral(" WITHOUT ROWID")),
    };
}

// The dashboard counts violations by rule from this index alone.
QStringList violationCounts(const Dialect& d) {
    return {d.createIndex("violation_for_counts", "violation",
                          "result_id, verdict, rule, severity, user_verdict")};
}

// What people see, add and put right, beside the model's own rows, which stay as they were found.
QStringList handWork(const Dialect& d) {
    const QString end = QStringLiteral(")") + d.tableSuffix();
    return {
        // Who has looked at which violation; a person's own mark, whatever the verdict.
        QStringLiteral("CREATE TABLE IF NOT EXISTS seen ("
                       "id %1, violation_id %2 NOT NULL, uid %2 NOT NULL, user_name %3 NOT NULL, "
                       "at %4 NOT NULL, "
                       "CONSTRAINT seen_once UNIQUE (violation_id, uid), "
                       "CONSTRAINT seen_violation FOREIGN KEY (violation_id) "
                       "REFERENCES violation (id) ON DELETE CASCADE, "
                       "CONSTRAINT seen_user FOREIGN KEY (uid) REFERENCES user (uid) "
                       "ON DELETE CASCADE")
                .arg(d.primaryKey(), d.integer(), d.varchar(100), d.time()) +
            end,
        // The log of corrections; taken back ones stay with active = 0.
        QStringLiteral("CREATE TABLE IF NOT EXISTS correction ("
                       "id %1, result_id %2 NOT NULL, uid %2 DEFAULT NULL, user_name %3 NOT NULL, "
                       "at %5 NOT NULL, content %4 NOT NULL, active %2 NOT NULL DEFAULT 1, "
                       "CONSTRAINT correction_result FOREIGN KEY (result_id) "
                       "REFERENCES result (id) ON DELETE CASCADE, "
                       "CONSTRAINT correction_user FOREIGN KEY (uid) REFERENCES user (uid) "
                       "ON DELETE SET NULL")
                .arg(d.primaryKey(), d.integer(), d.varchar(100), d.longText(), d.time()) +
            end,
        d.createIndex("correction_of_result", "correction", "result_id, id"),
        // The judgement with the active corrections in it, as corrections.json has it.
        QStringLiteral("CREATE TABLE IF NOT EXISTS corrected_result ("
                       "result_id %1 NOT NULL PRIMARY KEY, content %2 NOT NULL, "
                       "changed %3 NOT NULL, "
                       "CONSTRAINT corrected_of_result FOREIGN KEY (result_id) "
                       "REFERENCES result (id) ON DELETE CASCADE")
                .arg(d.integer(), d.longText(), d.time()) +
            end,
        // Which rows of `violation` came with a correction (origin 1), and which no longer hold.
        QStringLiteral("CREATE TABLE IF NOT EXISTS corrected_violation ("
                       "violation_id %1 NOT NULL PRIMARY KEY, origin %1 NOT NULL DEFAULT 0, "
                       "withdrawn %1 NOT NULL DEFAULT 0, "
                       "CONSTRAINT corrected_of_violation FOREIGN KEY (violation_id) "
                       "REFERENCES violation (id) ON DELETE CASCADE")
                .arg(d.integer()) +
            end,
    };
}

// What happened to a job, for whoever asks why it took so long or failed.
QStringList jobLog(const Dialect& d) {
    return {QStringLiteral("ALTER TABLE job ADD COLUMN log %1 DEFAULT NULL").arg(d.longText())};
}

}  // namespace

const QList<Migration>& migrations() {
    static const QList<Migration> kMigrations{
        {1, 1, version1},
        // A program of version 1 would add projects that no search finds.
        {2, 2, version2, rebuildGrams},
        {3, 2, violationCounts},
        {4, 2, handWork},
        {5, 2, jobLog},
    };
    return kMigrations;
}

}  // namespace cvd::storage
