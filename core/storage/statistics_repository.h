// Counts over whole tables for the dashboard and the comparison of pours; everything is added up
// inside the database. `owner`: only this user's projects. See repositories.h for threads, errors.
#pragma once

#include <QList>
#include <QString>
#include <optional>

#include "core/storage/database.h"
#include "core/storage/records.h"

namespace cvd::storage {

struct RuleCount {
    QString rule;
    QString severity;
    bool falseAlarm = false;  // somebody's last word
    qint64 count = 0;
};
struct DayJobs {
    QString day;  // "2026-01-31", UTC
    qint64 done = 0, failed = 0;
};
struct StoredVideos {
    qint64 copies = 0, links = 0;  // videos
    qint64 copiedBytes = 0;        // inside the library
};
struct DetectionTotals {
    qint64 results = 0;
    double frames = 0, wallS = 0;
};
struct PourRecord {
    ProjectId project;
    QString name;
    ResultId result;
    int insertions = 0;  // that count
    double meanStationaryS = 0;
    int violations = 0, wrongLength = 0;  // false alarms left out
};

class StatisticsRepository {
public:
    explicit StatisticsRepository(Database& database) : m_db(database) {}

    Result<QList<QPair<QString, qint64>>> projectsPerMonth(std::optional<UserId> owner);
    Result<QHash<int, qint64>> jobsByState(std::optional<UserId> owner);
    // Finished ones, oldest day first; days without are left out.
    Result<QList<DayJobs>> jobsPerDay(const QDateTime& since, std::optional<UserId> owner);
    Result<DetectionTotals> detections(const QDateTime& since, std::optional<UserId> owner);
    Result<StoredVideos> videos(std::optional<UserId> owner);
    // Of the latest result of each project; verdict "violation".
    Result<QList<RuleCount>> violationsByRule(std::optional<UserId> owner);
    // Projects with a result, newest first.
    Result<QList<PourRecord>> pours(UserId owner, int limit);
    Result<std::optional<PourRecord>> pour(ProjectId project);

private:
    Result<QList<PourRecord>> withFigures(QList<PourRecord> pours);

    Database& m_db;
};

}  // namespace cvd::storage
