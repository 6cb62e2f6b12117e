#include "core/storage/row_readers.h"
#include "core/storage/sql_helpers.h"

namespace cvd::storage {
namespace {

const QString kProjectColumns = QStringLiteral(
    "p.pid, p.project_name, p.video_file, p.project_status, p.description, p.uid, p.create_date, "
    "p.video_id, p.duration_s, p.latest_result, u.user_name");
constexpr int kProjectColumnCount = 11;

ProjectRecord projectFrom(const Row& row) {
    ProjectRecord p;
    p.id = idFrom<ProjectId>(row, 0);
    p.name = row.text(1);
    p.videoFile = row.text(2);
    p.status = int(row.integer(3));
    p.description = row.text(4);
    p.owner = idFrom<UserId>(row, 5);
    p.created = row.time(6);
    p.video = idFrom<VideoId>(row, 7);
    p.durationS = row.real(8);
    p.latestResult = idFrom<ResultId>(row, 9);
    p.ownerName = row.text(10);
    return p;
}

ProjectListRow listRowFrom(const Row& row) {
    ProjectListRow out;
    out.project = projectFrom(row);
    constexpr int video = kProjectColumnCount;
    constexpr int result = video + kVideoColumnCount;
    if (!row.isNull(video)) {
        out.video = videoFrom(row, video);
    }
    if (!row.isNull(result)) {
        out.latestResult = resultFrom(row, result);
    }
    return out;
}

// `ids`: a table or subquery named p with column pid.
QString detailedSelect() {
    return QStringLiteral("SELECT %1, %2, %3 ")
        .arg(kProjectColumns, qualified(videoColumns(), QStringLiteral("v")),
             qualified(resultColumns(), QStringLiteral("r")));
}
const QString kDetailedJoins = QStringLiteral(
    "JOIN user u ON u.uid = p.uid LEFT JOIN video v ON v.id = p.video_id "
    "LEFT JOIN result r ON r.id = p.latest_result");

QString projectSearchKey(const ProjectRecord& p) {
    return searchKey(p.name + QLatin1Char('\n') + p.description);
}

Where whereOf(const ProjectFilter& filter) {
    Where where;
    if (filter.owner) {
        where.add(QStringLiteral("p.uid = ?"), {idValue(*filter.owner)});
    }
    if (filter.status) {
        where.add(QStringLiteral("p.project_status = ?"), {*filter.status});
    }
    if (filter.createdFrom.isValid()) {
        where.add(QStringLiteral("p.create_date >= ?"), {toDb(filter.createdFrom)});
    }
    if (filter.createdBefore.isValid()) {
        where.add(QStringLiteral("p.create_date < ?"), {toDb(filter.createdBefore)});
    }
    addSearch(where, filter.text, QStringLiteral("p.search_key"),
              QStringLiteral("p.uid IN (SELECT uid FROM user WHERE INSTR(name_key, ?) > 0)"));
    return where;
}

// Of one owner's projects all are equal in that order.
ProjectOrder effectiveOrder(const ProjectFilter& filter) {
    return filter.owner && filter.order == ProjectOrder::Owner ? ProjectOrder::Created
                                                               : filter.order;
}

QStringList orderColumns(ProjectOrder order) {
    switch (order) {
        case ProjectOrder::Created:
            return {"p.create_date", "p.pid"};
        case ProjectOrder::Name:
            return {"p.name_key", "p.pid"};
        case ProjectOrder::Owner:
            return {"u.name_key", "p.create_date", "p.pid"};
        case ProjectOrder::Status:
            return {"p.project_status", "p.create_date", "p.pid"};
        case ProjectOrder::Duration:
            return {"p.duration_s", "p.pid"};
    }
    return {"p.pid"};
}

QString orderBy(const ProjectFilter& filter) {
    const QString direction = filter.descending ? QStringLiteral(" DESC") : QStringLiteral(" ASC");
    return QStringLiteral(" ORDER BY ") +
           orderColumns(effectiveOrder(filter)).join(direction + QStringLiteral(", ")) + direction;
}

// Walking the owners in order of their names, and each one's projects by index, needs no sorting.
QString ownersFirst(const Dialect& dialect) {
    return dialect.isMySql() ? QStringLiteral("user u STRAIGHT_JOIN project p ON p.uid = u.uid")
                             : QStringLiteral("user u CROSS JOIN project p ON p.uid = u.uid");
}

QString sourceOf(const Dialect& dialect, const ProjectFilter& filter) {
    if (effectiveOrder(filter) == ProjectOrder::Owner) {
        return ownersFirst(dialect);
    }
    return QStringLiteral("project p");
}

Status recount(Database& db, UserId owner) {
    CVD_TRY_ASSIGN([[maybe_unused]] const bool there, UserRepository(db).recountProjects(owner));
    return {};
}

}  // namespace

Result<ProjectId> ProjectRepository::insert(const ProjectRecord& p) {
    return m_db.withTransaction([&]() -> Result<ProjectId> {
        const QDateTime created = p.created.isValid() ? p.created : QDateTime::currentDateTimeUtc();
        CVD_TRY_ASSIGN(
            const Done done,
            m_db.execute(
                insertSql("project",
                          "project_name, video_file, project_status, description, uid, "
                          "create_date, video_id, duration_s, name_key, search_key"),
                {p.name, p.videoFile, p.status, p.description, idValue(p.owner), toDb(created),
                 idValue(p.video), p.durationS, searchKey(p.name), projectSearchKey(p)}));
        CVD_TRY(recount(m_db, p.owner));
        return ProjectId{done.insertId};
    });
}

Result<bool> ProjectRepository::update(const ProjectRecord& p) {
    return m_db.withTransaction([&]() -> Result<bool> {
        CVD_TRY_ASSIGN(const std::optional<ProjectRecord> before, find(p.id));
        if (!before) {
            return false;
        }
        CVD_TRY_ASSIGN(
            [[maybe_unused]] const bool there,
            updateById(m_db, "project",
                       "project_name, video_file, description, uid, video_id, duration_s, "
                       "name_key, search_key",
                       "pid", p.id,
                       {p.name, p.videoFile, p.description, idValue(p.owner), idValue(p.video),
                        p.durationS, searchKey(p.name), projectSearchKey(p)}));
        CVD_TRY(recount(m_db, before->owner));
        CVD_TRY(recount(m_db, p.owner));
        return true;
    });
}

Result<bool> ProjectRepository::setStatus(ProjectId id, int status) {
    return updateById(m_db, "project", "project_status", "pid", id, {status});
}

Result<qint64> ProjectRepository::giveAll(UserId from, UserId to) {
    return m_db.withTransaction([&]() -> Result<qint64> {
        CVD_TRY_ASSIGN(const Done done,
                       m_db.execute(QStringLiteral("UPDATE project SET uid = ? WHERE uid = ?"),
                                    {idValue(to), idValue(from)}));
        CVD_TRY(recount(m_db, from));
        CVD_TRY(recount(m_db, to));
        return done.affected;
    });
}

Result<bool> ProjectRepository::remove(ProjectId id) {
    return m_db.withTransaction([&]() -> Result<bool> {
        CVD_TRY_ASSIGN(const std::optional<ProjectRecord> before, find(id));
        if (!before) {
            return false;
        }
        CVD_TRY_ASSIGN(const bool removed, removeById(m_db, "project", "pid", id));
        CVD_TRY(recount(m_db, before->owner));
        return removed;
    });
}

Result<std::optional<ProjectRecord>> ProjectRepository::find(ProjectId id) {
    return firstOf<ProjectRecord>(
        m_db,
        QStringLiteral("SELECT %1 FROM project p JOIN user u ON u.uid = p.uid WHERE p.pid = ?")
            .arg(kProjectColumns),
        {idValue(id)}, projectFrom);
}

Result<std::optional<ProjectListRow>> ProjectRepository::findDetailed(ProjectId id) {
    return firstOf<ProjectListRow>(m_db,
                                   detailedSelect() + QStringLiteral("FROM project p ") +
                                       kDetailedJoins + QStringLiteral(" WHERE p.pid = ?"),
                                   {idValue(id)}, listRowFrom);
}

QPair<QString, QVariantList> ProjectRepository::pageStatement(const Dialect& dialect,
                                                              const ProjectFilter& filter) {
    const Where where = whereOf(filter);
    const QString sql = QStringLiteral("SELECT p.pid AS page_pid FROM ") +
                        sourceOf(dialect, filter) + where.sql() + orderBy(filter) +
                        QStringLiteral(" LIMIT ? OFFSET ?");
    return {sql, where.values + QVariantList{filter.limit, filter.offset}};
}

Result<Page<ProjectListRow>> ProjectRepository::list(const ProjectFilter& filter) {
    const Where where = whereOf(filter);
    Page<ProjectListRow> page;
    CVD_TRY_ASSIGN(page.total, m_db.selectInteger(
                                   QStringLiteral("SELECT COUNT(*) FROM project p") + where.sql(),
                                   where.values));
    // Only the page's own rows are read from the tables; what lies before it is skipped in the
    // index.
    const auto [ids, values] = pageStatement(m_db.dialect(), filter);
    const QString sql = detailedSelect() + QStringLiteral("FROM (") + ids +
                        QStringLiteral(") page JOIN project p ON p.pid = page.page_pid ") +
                        kDetailedJoins + orderBy(filter);
    CVD_TRY_ASSIGN(page.rows, listOf<ProjectListRow>(m_db, sql, values, listRowFrom));
    return page;
}

Result<QHash<int, qint64>> ProjectRepository::countByStatus(std::optional<UserId> owner) {
    Where where;
    if (owner) {
        where.add(QStringLiteral("uid = ?"), {idValue(*owner)});
    }
    CVD_TRY_ASSIGN(const Rows rows,
                   m_db.select(QStringLiteral("SELECT project_status, COUNT(*) FROM project") +
                                   where.sql() + QStringLiteral(" GROUP BY project_status"),
                               where.values));
    QHash<int, qint64> counts;
    for (const Row& row : rows) {
        counts[int(row.integer(0))] = row.integer(1);
    }
    return counts;
}

Result<qint64> ProjectRepository::countOfOwner(UserId owner) {
    return m_db.selectInteger(QStringLiteral("SELECT COUNT(*) FROM project WHERE uid = ?"),
                              {idValue(owner)});
}

Result<qint64> ProjectRepository::countOfVideo(VideoId video) {
    return m_db.selectInteger(QStringLiteral("SELECT COUNT(*) FROM project WHERE video_id = ?"),
                              {idValue(video)});
}

Result<qint64> ProjectRepository::countCreatedSince(const QDateTime& since,
                                                    std::optional<UserId> owner) {
    Where where;
    where.add(QStringLiteral("create_date >= ?"), {toDb(since)});
    if (owner) {
        where.add(QStringLiteral("uid = ?"), {idValue(*owner)});
    }
    return m_db.selectInteger(QStringLiteral("SELECT COUNT(*) FROM project") + where.sql(),
                              where.values);
}

Result<ProjectRepository::Totals> ProjectRepository::totals(std::optional<UserId> owner) {
    Where where;
    if (owner) {
        where.add(QStringLiteral("p.uid = ?"), {idValue(*owner)});
    }
    Totals totals;
    CVD_TRY_ASSIGN(
        totals.results,
        m_db.selectInteger(QStringLiteral("SELECT COUNT(*) FROM result r JOIN project p ON "
                                          "p.pid = r.pid") +
                               where.sql(),
                           where.values));
    CVD_TRY_ASSIGN(const std::optional<Row> row,
                   m_db.selectOne(QStringLiteral("SELECT COALESCE(SUM(p.duration_s), 0), "
                                                 "COALESCE(SUM(r.violations), 0), "
                                                 "COALESCE(SUM(r.reviewed), 0) FROM project p "
                                                 "LEFT JOIN result r ON r.id = p.latest_result") +
                                      where.sql(),
                                  where.values));
    if (row) {
        totals.videoS = row->real(0);
        totals.violations = row->integer(1);
        totals.reviewed = row->integer(2);
    }
    return totals;
}

}  // namespace cvd::storage
