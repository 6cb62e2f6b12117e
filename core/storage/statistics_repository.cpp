#include "core/storage/statistics_repository.h"

#include <QHash>

#include "core/storage/sql_helpers.h"
#include "core/storage/stored_verdict.h"

namespace cvd::storage {
namespace {

// States of jobs::JobState, kept as numbers here.
constexpr int kDone = 2, kFailed = 3;

// What corrections by hand withdrew counts nowhere. A list, because it is short and read once.
QString holds(const char* id) {
    return QStringLiteral(
               "%1 NOT IN (SELECT violation_id FROM corrected_violation WHERE withdrawn = 1)")
        .arg(QLatin1String(id));
}

Where ofOwner(const QString& column, std::optional<UserId> owner) {
    Where where;
    if (owner) {
        where.add(column + QStringLiteral(" = ?"), {idValue(*owner)});
    }
    return where;
}

}  // namespace

Result<QList<QPair<QString, qint64>>> StatisticsRepository::projectsPerMonth(
    std::optional<UserId> owner) {
    const Where where = ofOwner(QStringLiteral("uid"), owner);
    return listOf<QPair<QString, qint64>>(
        m_db,
        QStringLiteral("SELECT SUBSTR(create_date, 1, 7) AS month, COUNT(*) FROM project") +
            where.sql() + QStringLiteral(" GROUP BY month ORDER BY month"),
        where.values, [](const Row& row) { return qMakePair(row.text(0), row.integer(1)); });
}

Result<QHash<int, qint64>> StatisticsRepository::jobsByState(std::optional<UserId> owner) {
    const Where where = ofOwner(QStringLiteral("p.uid"), owner);
    const QString join = owner ? QStringLiteral(" JOIN project p ON p.pid = j.pid") : QString();
    CVD_TRY_ASSIGN(const Rows rows,
                   m_db.select(QStringLiteral("SELECT j.state, COUNT(*) FROM job j") + join +
                                   where.sql() + QStringLiteral(" GROUP BY j.state"),
                               where.values));
    QHash<int, qint64> counts;
    for (const Row& row : rows) {
        counts.insert(int(row.integer(0)), row.integer(1));
    }
    return counts;
}

Result<QList<DayJobs>> StatisticsRepository::jobsPerDay(const QDateTime& since,
                                                        std::optional<UserId> owner) {
    Where where = ofOwner(QStringLiteral("p.uid"), owner);
    where.add(QStringLiteral("j.finished >= ?"), {toDb(since)});
    const QString join = owner ? QStringLiteral(" JOIN project p ON p.pid = j.pid") : QString();
    return listOf<DayJobs>(
        m_db,
        QStringLiteral("SELECT SUBSTR(j.finished, 1, 10) AS day, "
                       "SUM(CASE WHEN j.state = %1 THEN 1 ELSE 0 END), "
                       "SUM(CASE WHEN j.state = %2 THEN 1 ELSE 0 END) FROM job j")
                .arg(kDone)
                .arg(kFailed) +
            join + where.sql() + QStringLiteral(" GROUP BY day ORDER BY day"),
        where.values, [](const Row& row) {
            return DayJobs{row.text(0), row.integer(1), row.integer(2)};
        });
}

Result<DetectionTotals> StatisticsRepository::detections(const QDateTime& since,
                                                         std::optional<UserId> owner) {
    Where where = ofOwner(QStringLiteral("p.uid"), owner);
    where.add(QStringLiteral("r.created >= ?"), {toDb(since)});
    const QString join = owner ? QStringLiteral(" JOIN project p ON p.pid = r.pid") : QString();
    CVD_TRY_ASSIGN(const auto row,
                   m_db.selectOne(QStringLiteral("SELECT COUNT(*), "
                                                 "COALESCE(SUM(r.frames_per_s * r.wall_s), 0), "
                                                 "COALESCE(SUM(r.wall_s), 0) FROM result r") +
                                      join + where.sql(),
                                  where.values));
    return row ? DetectionTotals{row->integer(0), row->real(1), row->real(2)} : DetectionTotals{};
}

Result<StoredVideos> StatisticsRepository::videos(std::optional<UserId> owner) {
    Where where;
    if (owner) {
        where.add(QStringLiteral("id IN (SELECT video_id FROM project WHERE uid = ?)"),
                  {idValue(*owner)});
    }
    CVD_TRY_ASSIGN(const Rows rows,
                   m_db.select(QStringLiteral("SELECT linked, COUNT(*), COALESCE(SUM(bytes), 0) "
                                              "FROM video") +
                                   where.sql() + QStringLiteral(" GROUP BY linked"),
                               where.values));
    StoredVideos stored;
    for (const Row& row : rows) {
        if (row.flag(0)) {
            stored.links = row.integer(1);
        } else {
            stored.copies = row.integer(1);
            stored.copiedBytes = row.integer(2);
        }
    }
    return stored;
}

Result<QList<RuleCount>> StatisticsRepository::violationsByRule(std::optional<UserId> owner) {
    Where where = ofOwner(QStringLiteral("p.uid"), owner);
    where.add(QStringLiteral("v.verdict = 'violation'"));
    where.add(holds("v.id"));
    // Read from the index violation_for_counts alone; the rows with their texts are never touched.
    return listOf<RuleCount>(
        m_db,
        QStringLiteral("SELECT v.rule, v.severity, v.user_verdict = %1 AS false_alarm, COUNT(*) "
                       "FROM project p JOIN violation v ON v.result_id = p.latest_result")
                .arg(kVerdictFalseAlarm) +
            where.sql() + QStringLiteral(" GROUP BY v.rule, v.severity, false_alarm"),
        where.values, [](const Row& row) {
            return RuleCount{row.text(0), row.text(1), row.flag(2), row.integer(3)};
        });
}

Result<QList<PourRecord>> StatisticsRepository::withFigures(QList<PourRecord> pours) {
    if (pours.isEmpty()) {
        return pours;
    }
    QVariantList ids;
    QHash<qint64, PourRecord*> byResult;
    for (PourRecord& pour : pours) {
        ids << idValue(pour.result);
        byResult.insert(pour.result.value, &pour);
    }
    const QString in = placeholders(ids.size());
    CVD_TRY_ASSIGN(const Rows insertions,
                   m_db.select(QStringLiteral("SELECT result_id, COUNT(*), AVG(stationary_s) FROM "
                                              "insertion WHERE effective <> 0 AND result_id IN "
                                              "(%1) GROUP BY result_id")
                                   .arg(in),
                               ids));
    for (const Row& row : insertions) {
        PourRecord* pour = byResult.value(row.integer(0));
        pour->insertions = int(row.integer(1));
        pour->meanStationaryS = row.real(2);
    }
    CVD_TRY_ASSIGN(const Rows violations,
                   m_db.select(QStringLiteral("SELECT result_id, rule, COUNT(*) FROM violation "
                                              "WHERE verdict = 'violation' AND user_verdict <> %2 "
                                              "AND result_id IN (%1) AND %3 GROUP BY result_id, "
                                              "rule")
                                   .arg(in)
                                   .arg(kVerdictFalseAlarm)
                                   .arg(holds("id")),
                               ids));
    for (const Row& row : violations) {
        PourRecord* pour = byResult.value(row.integer(0));
        const QString rule = row.text(1);
        const int count = int(row.integer(2));
        pour->violations += count;
        if (rule == QLatin1String("under_vibration") || rule == QLatin1String("over_vibration")) {
            pour->wrongLength += count;
        }
    }
    return pours;
}

Result<QList<PourRecord>> StatisticsRepository::pours(UserId owner, int limit) {
    CVD_TRY_ASSIGN(auto pours,
                   listOf<PourRecord>(
                       m_db,
                       QStringLiteral("SELECT pid, project_name, latest_result FROM project WHERE "
                                      "uid = ? AND latest_result IS NOT NULL ORDER BY create_date "
                                      "DESC, pid DESC LIMIT %1")
                           .arg(limit),
                       {idValue(owner)}, [](const Row& row) {
                           PourRecord pour;
                           pour.project = idFrom<ProjectId>(row, 0);
                           pour.name = row.text(1);
                           pour.result = idFrom<ResultId>(row, 2);
                           return pour;
                       }));
    return withFigures(pours);
}

Result<std::optional<PourRecord>> StatisticsRepository::pour(ProjectId project) {
    CVD_TRY_ASSIGN(auto pours,
                   listOf<PourRecord>(
                       m_db,
                       QStringLiteral("SELECT pid, project_name, latest_result FROM project WHERE "
                                      "pid = ? AND latest_result IS NOT NULL"),
                       {idValue(project)}, [](const Row& row) {
                           PourRecord pour;
                           pour.project = idFrom<ProjectId>(row, 0);
                           pour.name = row.text(1);
                           pour.result = idFrom<ResultId>(row, 2);
                           return pour;
                       }));
    CVD_TRY_ASSIGN(const auto figures, withFigures(pours));
    return figures.isEmpty() ? std::optional<PourRecord>() : figures.first();
}

}  // namespace cvd::storage
