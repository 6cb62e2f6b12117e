#include <algorithm>

#include "core/storage/project_search.h"
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

// All but the text, which planSearch() looks after.
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
            return {"p.owner_key", "p.create_date", "p.pid"};
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

// A page is found among all projects by walking the index of its order, or among few candidates.
QString sourceOf(const Dialect& dialect, const ProjectSearch& search) {
    if (search.candidates.isEmpty()) {
        return QStringLiteral("project p");
    }
    return QStringLiteral("(%1) few %2 project p ON p.pid = few.pid")
        .arg(search.candidates,
             dialect.isMySql() ? QStringLiteral("STRAIGHT_JOIN") : QStringLiteral("CROSS JOIN"));
}

struct Select {
    QString sql;
    QVariantList values;
};

Select matchesOf(const Dialect& dialect, const ProjectFilter& filter, const ProjectSearch& search) {
    Where where = whereOf(filter);
    for (const QString& condition : search.conditions.conditions) {
        where.add(condition);
    }
    where.values += search.conditions.values;
    return {QStringLiteral(" FROM ") + sourceOf(dialect, search) + where.sql(),
            search.candidateValues + where.values};
}

Select pageOf(const Dialect& dialect, const ProjectFilter& filter, const ProjectSearch& search) {
    Select page = matchesOf(dialect, filter, search);
    page.sql = QStringLiteral("SELECT p.pid AS page_pid") + page.sql + orderBy(filter) +
               QStringLiteral(" LIMIT ? OFFSET ?");
    page.values += QVariantList{filter.limit, filter.offset};
    return page;
}

// The same page counted from the other end, where that is nearer: what lies before a page is
// stepped over one by one.
ProjectFilter fromNearerEnd(ProjectFilter filter, qint64 total) {
    const qint64 behind = total - filter.offset - filter.limit;
    if (filter.offset <= total / 2 || filter.offset >= total) {
        return filter;
    }
    filter.descending = !filter.descending;
    filter.limit += int(std::min<qint64>(0, behind));
    filter.offset = std::max<qint64>(0, behind);
    return filter;
}

constexpr qint64 kCountedMatches = 1000;

// Exact, but for a text that very many hold.
Result<qint64> countMatches(Database& db, const ProjectFilter& filter,
                            const ProjectSearch& search) {
    const Select matches = matchesOf(db.dialect(), filter, search);
    if (search.conditions.conditions.isEmpty()) {
        return db.selectInteger(QStringLiteral("SELECT COUNT(*)") + matches.sql, matches.values);
    }
    return db.selectInteger(QStringLiteral("SELECT COUNT(*) FROM (SELECT 1%1 LIMIT %2) some")
                                .arg(matches.sql)
                                .arg(kCountedMatches + 1),
                            matches.values);
}

// The rows of `ids`, a subquery with the column page_pid, or numbers.
Result<QList<ProjectListRow>> rowsOf(Database& db, const ProjectFilter& filter, const Select& ids) {
    const QString sql = detailedSelect() + QStringLiteral("FROM (") + ids.sql +
                        QStringLiteral(") page JOIN project p ON p.pid = page.page_pid ") +
                        kDetailedJoins + orderBy(filter);
    return listOf<ProjectListRow>(db, sql, ids.values, listRowFrom);
}

// Few can match: all of them in order, once, and then the page.
Result<Page<ProjectListRow>> pageOfFew(Database& db, const ProjectFilter& filter,
                                       const ProjectSearch& search) {
    const Select matches = matchesOf(db.dialect(), filter, search);
    CVD_TRY_ASSIGN(
        const Rows found,
        db.select(QStringLiteral("SELECT p.pid") + matches.sql + orderBy(filter), matches.values));
    Page<ProjectListRow> page;
    page.total = found.size();
    QStringList ids;
    for (qint64 i = filter.offset; i < std::min(page.total, filter.offset + filter.limit); ++i) {
        ids << QString::number(found[i].integer(0));
    }
    if (ids.isEmpty()) {
        return page;
    }
    CVD_TRY_ASSIGN(page.rows,
                   rowsOf(db, filter,
                          {QStringLiteral("SELECT pid AS page_pid FROM project WHERE pid IN (%1)")
                               .arg(ids.join(QLatin1Char(','))),
                           {}}));
    return page;
}

QString ownerKeySql() {
    return QStringLiteral("(SELECT name_key FROM user WHERE uid = ?)");
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
                QStringLiteral("INSERT INTO project (project_name, video_file, project_status, "
                               "description, uid, create_date, video_id, duration_s, name_key, "
                               "search_key, owner_key) VALUES (%1, COALESCE(%2, ''))")
                    .arg(placeholders(10), ownerKeySql()),
                {p.name, p.videoFile, p.status, p.description, idValue(p.owner), toDb(created),
                 idValue(p.video), p.durationS, searchKey(p.name), projectSearchKey(p),
                 idValue(p.owner)}));
        const ProjectId id{done.insertId};
        CVD_TRY(changeGrams(m_db, id, {}, projectSearchKey(p)));
        CVD_TRY(recount(m_db, p.owner));
        return id;
    });
}

Result<bool> ProjectRepository::update(const ProjectRecord& p) {
    return m_db.withTransaction([&]() -> Result<bool> {
        CVD_TRY_ASSIGN(const std::optional<ProjectRecord> before, find(p.id));
        if (!before) {
            return false;
        }
        CVD_TRY_ASSIGN(
            [[maybe_unused]] const Done done,
            m_db.execute(
                QStringLiteral("UPDATE project SET project_name = ?, video_file = ?, "
                               "description = ?, uid = ?, video_id = ?, duration_s = ?, "
                               "name_key = ?, search_key = ?, owner_key = COALESCE(%1, '') "
                               "WHERE pid = ?")
                    .arg(ownerKeySql()),
                {p.name, p.videoFile, p.description, idValue(p.owner), idValue(p.video),
                 p.durationS, searchKey(p.name), projectSearchKey(p), idValue(p.owner),
                 idValue(p.id)}));
        CVD_TRY(changeGrams(m_db, p.id, projectSearchKey(*before), projectSearchKey(p)));
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
                       m_db.execute(QStringLiteral("UPDATE project SET uid = ?, owner_key = "
                                                   "COALESCE(%1, '') WHERE uid = ?")
                                        .arg(ownerKeySql()),
                                    {idValue(to), idValue(to), idValue(from)}));
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
        CVD_TRY(changeGrams(m_db, id, projectSearchKey(*before), {}));
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
    const Select page = pageOf(dialect, filter, {});
    return {page.sql, page.values};
}

Result<Page<ProjectListRow>> ProjectRepository::list(const ProjectFilter& filter) {
    CVD_TRY_ASSIGN(const ProjectSearch search, planSearch(m_db, filter.text, filter.owner));
    if (!search.candidates.isEmpty()) {
        return pageOfFew(m_db, filter, search);
    }
    Page<ProjectListRow> page;
    CVD_TRY_ASSIGN(page.total, countMatches(m_db, filter, search));
    page.atLeast = !search.conditions.conditions.isEmpty() && page.total > kCountedMatches;
    // Only the page's own rows are read from the tables; what lies before it is skipped in the
    // index.
    CVD_TRY_ASSIGN(
        page.rows,
        rowsOf(m_db, filter,
               pageOf(m_db.dialect(), page.atLeast ? filter : fromNearerEnd(filter, page.total),
                      search)));
    if (page.atLeast) {
        // A full page beyond what was counted may be followed by another.
        const bool full = page.rows.size() == filter.limit;
        page.total = std::max(page.total - 1, filter.offset + page.rows.size() + (full ? 1 : 0));
    }
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
