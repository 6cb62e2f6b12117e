#include "core/storage/repositories.h"
#include "core/storage/sql_helpers.h"

namespace cvd::storage {
namespace {

constexpr int kQueued = 0, kRunning = 1;

const QString kChangeable = QStringLiteral(
    "state, kind, options, progress, error, device, started, finished, heartbeat, owner_host, "
    "owner_process, cancel_requested, hidden, attempt, result_id, log");

QVariantList changeableOf(const JobRecord& j) {
    return {j.state,           j.kind,      j.optionsJson,     j.progressJson,
            j.errorJson,       j.device,    toDb(j.started),   toDb(j.finished),
            toDb(j.heartbeat), j.ownerHost, j.ownerProcess,    j.cancelRequested,
            j.hidden,          j.attempt,   idValue(j.result), j.logJson};
}

QString selectJobs(const QString& rest) {
    return QStringLiteral(
               "SELECT j.id, j.pid, j.uid, j.queued, %1, p.project_name, u.user_name, v.thumbnail "
               "FROM job j JOIN project p ON p.pid = j.pid LEFT JOIN user u ON u.uid = j.uid "
               "LEFT JOIN video v ON v.id = p.video_id ")
               .arg(qualified(kChangeable, QStringLiteral("j"))) +
           rest;
}

JobRecord jobFrom(const Row& row) {
    JobRecord j;
    j.id = idFrom<JobId>(row, 0);
    j.project = idFrom<ProjectId>(row, 1);
    j.owner = idFrom<UserId>(row, 2);
    j.queued = row.time(3);
    j.state = int(row.integer(4));
    j.kind = row.text(5);
    j.optionsJson = row.text(6);
    j.progressJson = row.text(7);
    j.errorJson = row.text(8);
    j.device = row.text(9);
    j.started = row.time(10);
    j.finished = row.time(11);
    j.heartbeat = row.time(12);
    j.ownerHost = row.text(13);
    j.ownerProcess = row.text(14);
    j.cancelRequested = row.flag(15);
    j.hidden = row.flag(16);
    j.attempt = int(row.integer(17));
    j.result = idFrom<ResultId>(row, 18);
    j.logJson = row.text(19);
    j.projectName = row.text(20);
    j.ownerName = row.text(21);
    j.thumbnail = row.text(22);
    return j;
}

}  // namespace

Result<JobId> JobRepository::insert(const JobRecord& job) {
    const QDateTime queued = job.queued.isValid() ? job.queued : QDateTime::currentDateTimeUtc();
    const QVariantList values =
        QVariantList{idValue(job.project), idValue(job.owner), toDb(queued)} + changeableOf(job);
    CVD_TRY_ASSIGN(
        const Done done,
        m_db.execute(insertSql("job", QStringLiteral("pid, uid, queued, ") + kChangeable), values));
    return JobId{done.insertId};
}

Result<bool> JobRepository::update(const JobRecord& job) {
    return updateById(m_db, "job", kChangeable, "id", job.id, changeableOf(job));
}

Result<bool> JobRepository::remove(JobId id) {
    return removeById(m_db, "job", "id", id);
}

Result<std::optional<JobRecord>> JobRepository::find(JobId id) {
    return firstOf<JobRecord>(m_db, selectJobs(QStringLiteral("WHERE j.id = ?")), {idValue(id)},
                              jobFrom);
}

Result<QList<JobRecord>> JobRepository::ofProject(ProjectId project) {
    return listOf<JobRecord>(m_db, selectJobs(QStringLiteral("WHERE j.pid = ? ORDER BY j.id DESC")),
                             {idValue(project)}, jobFrom);
}

Result<QList<JobRecord>> JobRepository::inState(int state) {
    return listOf<JobRecord>(m_db, selectJobs(QStringLiteral("WHERE j.state = ? ORDER BY j.id")),
                             {state}, jobFrom);
}

Result<QList<JobRecord>> JobRepository::recent(std::optional<UserId> owner, int limit) {
    Where where;
    where.add(QStringLiteral("j.hidden = 0"));
    if (owner) {
        where.add(QStringLiteral("p.uid = ?"), {idValue(*owner)});
    }
    return listOf<JobRecord>(
        m_db, selectJobs(where.sql().mid(1) + QStringLiteral(" ORDER BY j.id DESC LIMIT ?")),
        where.values + QVariantList{limit}, jobFrom);
}

Result<qint64> JobRepository::countActive(ProjectId project) {
    return m_db.selectInteger(
        QStringLiteral("SELECT COUNT(*) FROM job WHERE pid = ? AND state IN (0, 1)"),
        {idValue(project)});
}

Result<std::optional<JobRecord>> JobRepository::claimNext(const QString& host,
                                                          const QString& process) {
    return m_db.withTransaction([&]() -> Result<std::optional<JobRecord>> {
        const QString lock =
            m_db.engine() == Engine::MySql ? QStringLiteral(" FOR UPDATE") : QString();
        CVD_TRY_ASSIGN(
            const std::optional<Row> next,
            m_db.selectOne(QStringLiteral("SELECT id FROM job WHERE state = ? ORDER BY id "
                                          "LIMIT 1") +
                               lock,
                           {kQueued}));
        if (!next) {
            return std::optional<JobRecord>();
        }
        const JobId id = idFrom<JobId>(*next, 0);
        const QVariant now = nowForDb();
        CVD_TRY_ASSIGN(
            [[maybe_unused]] const Done done,
            m_db.execute(
                updateSql("job",
                          "state, owner_host, owner_process, started, heartbeat, finished, "
                          "cancel_requested",
                          "id"),
                {kRunning, host, process, now, now, QVariant(), 0, idValue(id)}));
        return find(id);
    });
}

Result<bool> JobRepository::changeState(JobId id, int from, int to) {
    CVD_TRY_ASSIGN(
        const Done done,
        m_db.execute(QStringLiteral("UPDATE job SET state = ? WHERE id = ? AND state = ?"),
                     {to, idValue(id), from}));
    return done.affected > 0;
}

Result<bool> JobRepository::heartbeat(JobId id, const QString& progressJson) {
    return updateById(m_db, "job", "progress, heartbeat", "id", id, {progressJson, nowForDb()});
}

Result<bool> JobRepository::setLog(JobId id, const QString& logJson) {
    return updateById(m_db, "job", "log", "id", id, {logJson});
}

Result<QList<JobRecord>> JobRepository::silentSince(const QDateTime& time) {
    return listOf<JobRecord>(
        m_db,
        selectJobs(QStringLiteral("WHERE j.state = ? AND (j.heartbeat IS NULL OR j.heartbeat < ?) "
                                  "ORDER BY j.id")),
        {kRunning, toDb(time)}, jobFrom);
}

Result<bool> JobRepository::requestCancel(JobId id) {
    return updateById(m_db, "job", "cancel_requested", "id", id, {1});
}

Result<bool> JobRepository::cancelRequested(JobId id) {
    CVD_TRY_ASSIGN(
        const qint64 requested,
        m_db.selectInteger(QStringLiteral("SELECT cancel_requested FROM job WHERE id = ?"),
                           {idValue(id)}));
    return requested != 0;
}

}  // namespace cvd::storage
