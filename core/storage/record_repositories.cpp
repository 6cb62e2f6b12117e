#include "core/storage/repositories.h"
#include "core/storage/sql_helpers.h"

namespace cvd::storage {
namespace {

const QString kCalibrationColumns = QStringLiteral("pid, camera, name, json, changed");
const QString kAuditColumns = QStringLiteral("at, uid, user_name, action, subject, detail");

CalibrationRecord calibrationFrom(const Row& row) {
    return {idFrom<CalibrationId>(row, 0),
            idFrom<ProjectId>(row, 1),
            row.text(2),
            row.text(3),
            row.text(4),
            row.time(5)};
}

QString selectCalibrations(const QString& rest) {
    return QStringLiteral("SELECT id, %1 FROM calibration ").arg(kCalibrationColumns) + rest;
}

QVariantList valuesOf(const CalibrationRecord& c) {
    return {idValue(c.project), c.camera, c.name, c.json, nowForDb()};
}

AuditRecord auditFrom(const Row& row) {
    return {row.integer(0), row.time(1), idFrom<UserId>(row, 2), row.text(3), row.text(4),
            row.text(5),    row.text(6)};
}

Where whereOf(const AuditFilter& filter) {
    Where where;
    if (!filter.action.isEmpty()) {
        where.add(QStringLiteral("action = ?"), {filter.action});
    }
    if (filter.user) {
        where.add(QStringLiteral("uid = ?"), {idValue(*filter.user)});
    }
    if (filter.from.isValid()) {
        where.add(QStringLiteral("at >= ?"), {toDb(filter.from)});
    }
    if (filter.before.isValid()) {
        where.add(QStringLiteral("at < ?"), {toDb(filter.before)});
    }
    for (const QString& word : searchWords(filter.text)) {
        const QStringList actions =
            filter.actionsCalled ? filter.actionsCalled(word) : QStringList();
        QStringList either{QStringLiteral("INSTR(search_key, ?) > 0")};
        QVariantList values{word};
        for (const QString& action : actions) {
            either << QStringLiteral("action = ?");
            values << action;
        }
        where.add(QStringLiteral("(%1)").arg(either.join(QStringLiteral(" OR "))), values);
    }
    return where;
}

}  // namespace

Result<CalibrationId> CalibrationRepository::insert(const CalibrationRecord& calibration) {
    CVD_TRY_ASSIGN(const Done done, m_db.execute(insertSql("calibration", kCalibrationColumns),
                                                 valuesOf(calibration)));
    return CalibrationId{done.insertId};
}

Result<bool> CalibrationRepository::update(const CalibrationRecord& calibration) {
    return updateById(m_db, "calibration", kCalibrationColumns, "id", calibration.id,
                      valuesOf(calibration));
}

Result<bool> CalibrationRepository::remove(CalibrationId id) {
    return removeById(m_db, "calibration", "id", id);
}

Result<std::optional<CalibrationRecord>> CalibrationRepository::find(CalibrationId id) {
    return firstOf<CalibrationRecord>(m_db, selectCalibrations(QStringLiteral("WHERE id = ?")),
                                      {idValue(id)}, calibrationFrom);
}

Result<std::optional<CalibrationRecord>> CalibrationRepository::ofProject(ProjectId project) {
    return firstOf<CalibrationRecord>(
        m_db, selectCalibrations(QStringLiteral("WHERE pid = ? ORDER BY id DESC LIMIT 1")),
        {idValue(project)}, calibrationFrom);
}

Result<QList<CalibrationRecord>> CalibrationRepository::ofCamera(const QString& camera) {
    return listOf<CalibrationRecord>(
        m_db, selectCalibrations(QStringLiteral("WHERE camera = ? ORDER BY id DESC")), {camera},
        calibrationFrom);
}

Result<QList<CalibrationRecord>> CalibrationRepository::ofCameras() {
    return listOf<CalibrationRecord>(
        m_db, selectCalibrations(QStringLiteral("WHERE pid IS NULL ORDER BY camera, name, id")), {},
        calibrationFrom);
}

Status CalibrationRepository::setForProject(ProjectId project, const QString& name,
                                            const QString& json) {
    return m_db.withTransaction([&]() -> Status {
        CVD_TRY_ASSIGN(const std::optional<CalibrationRecord> old, ofProject(project));
        CalibrationRecord record = old.value_or(CalibrationRecord{});
        record.project = project;
        record.name = name;
        record.json = json;
        if (old) {
            CVD_TRY_ASSIGN([[maybe_unused]] const bool there, update(record));
        } else {
            CVD_TRY_ASSIGN([[maybe_unused]] const CalibrationId id, insert(record));
        }
        return {};
    });
}

Result<bool> CalibrationRepository::clearForProject(ProjectId project) {
    return removeById(m_db, "calibration", "pid", project);
}

Status AuditRepository::append(const AuditRecord& entry) {
    const QDateTime at = entry.at.isValid() ? entry.at : QDateTime::currentDateTimeUtc();
    const QString words =
        QStringList{entry.userName, entry.action, entry.subject, entry.detail}.join(
            QLatin1Char('\n'));
    CVD_TRY_ASSIGN([[maybe_unused]] const Done done,
                   m_db.execute(insertSql("audit", kAuditColumns + QStringLiteral(", search_key")),
                                {toDb(at), idValue(entry.user), entry.userName, entry.action,
                                 entry.subject, entry.detail, searchKey(words)}));
    return {};
}

Result<Page<AuditRecord>> AuditRepository::list(const AuditFilter& filter) {
    const Where where = whereOf(filter);
    Page<AuditRecord> page;
    CVD_TRY_ASSIGN(page.total,
                   m_db.selectInteger(QStringLiteral("SELECT COUNT(*) FROM audit") + where.sql(),
                                      where.values));
    CVD_TRY_ASSIGN(page.rows,
                   listOf<AuditRecord>(
                       m_db,
                       QStringLiteral("SELECT id, %1 FROM audit%2 ORDER BY at DESC, id DESC LIMIT "
                                      "? OFFSET ?")
                           .arg(kAuditColumns, where.sql()),
                       where.values + QVariantList{filter.limit, filter.offset}, auditFrom));
    return page;
}

Result<std::optional<QString>> SettingRepository::get(const QString& key) {
    return firstOf<QString>(m_db,
                            QStringLiteral("SELECT content FROM setting WHERE setting_key = ?"),
                            {key}, [](const Row& row) { return row.text(0); });
}

Status SettingRepository::set(const QString& key, const QString& value) {
    CVD_TRY_ASSIGN([[maybe_unused]] const Done done,
                   m_db.execute(m_db.dialect().upsert("setting", "setting_key, content",
                                                      "setting_key", "content"),
                                {key, value}));
    return {};
}

Result<bool> SettingRepository::setOnce(const QString& key, const QString& value) {
    Result<Done> done = m_db.execute(insertSql("setting", "setting_key, content"), {key, value});
    if (!done.ok() && problemOf(done.error()) == Problem::UniqueViolation) {
        return false;
    }
    CVD_TRY(done.ok() ? Status() : Status(done.error()));
    return true;
}

Result<bool> SettingRepository::remove(const QString& key) {
    CVD_TRY_ASSIGN(
        const Done done,
        m_db.execute(QStringLiteral("DELETE FROM setting WHERE setting_key = ?"), {key}));
    return done.affected > 0;
}

Result<std::optional<SignInAttemptRecord>> SignInAttemptRepository::find(const QString& nameKey) {
    return firstOf<SignInAttemptRecord>(
        m_db,
        QStringLiteral(
            "SELECT name_key, failures, last_at FROM sign_in_attempt WHERE name_key = ?"),
        {nameKey}, [](const Row& row) {
            return SignInAttemptRecord{row.text(0), int(row.integer(1)), row.time(2)};
        });
}

Result<SignInAttemptRecord> SignInAttemptRepository::lock(const QString& nameKey,
                                                          const QDateTime& now) {
    // Writing the row, though it changes nothing, is what both engines take a lock for.
    CVD_TRY_ASSIGN(
        [[maybe_unused]] const Done done,
        m_db.execute(m_db.dialect().upsert("sign_in_attempt", "name_key, failures, last_at",
                                           "name_key", "name_key"),
                     {nameKey, 0, toDb(now)}));
    CVD_TRY_ASSIGN(const std::optional<SignInAttemptRecord> found, find(nameKey));
    return found.value_or(SignInAttemptRecord{nameKey, 0, now});
}

Status SignInAttemptRepository::set(const SignInAttemptRecord& attempt) {
    CVD_TRY_ASSIGN(
        [[maybe_unused]] const Done done,
        m_db.execute(m_db.dialect().upsert("sign_in_attempt", "name_key, failures, last_at",
                                           "name_key", "failures, last_at"),
                     {attempt.nameKey, attempt.failures, toDb(attempt.last)}));
    return {};
}

Status SignInAttemptRepository::clear(const QString& nameKey) {
    CVD_TRY_ASSIGN(
        [[maybe_unused]] const Done done,
        m_db.execute(QStringLiteral("DELETE FROM sign_in_attempt WHERE name_key = ?"), {nameKey}));
    return {};
}

Status SignInAttemptRepository::removeOlderThan(const QDateTime& time) {
    CVD_TRY_ASSIGN([[maybe_unused]] const Done done,
                   m_db.execute(QStringLiteral("DELETE FROM sign_in_attempt WHERE last_at < ?"),
                                {toDb(time)}));
    return {};
}

}  // namespace cvd::storage
