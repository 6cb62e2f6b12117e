// Figures over many projects, as ProjectService::dashboard and comparePours answer them. Plain
// data.
#pragma once

#include <QDate>
#include <atomic>
#include <optional>

#include "core/projects/project_types.h"

namespace cvd::projects {

struct MonthFigure {
    QString month;  // "2026-01", UTC; without gaps
    qint64 count = 0;
};
struct DayFigure {
    QDate day;                    // UTC; without gaps
    qint64 done = 0, failed = 0;  // jobs that ended so
};
struct RuleFigure {
    QString rule;
    qint64 critical = 0, major = 0, minor = 0;  // false alarms left out
    qint64 falseAlarms = 0;
    qint64 total() const { return critical + major + minor; }
};

struct Dashboard {
    bool everybody = false;  // of all users; false: of the session's user alone
    QDateTime computed;      // UTC
    StatusCounts projects;
    QList<MonthFigure> projectsPerMonth;  // the last twelve months
    QList<MonthFigure> usersPerMonth;     // the same; administrators only
    qint64 users = 0;                     // administrators only
    qint64 jobsQueued = 0, jobsRunning = 0, jobsDone = 0, jobsFailed = 0, jobsStopped = 0;
    QList<DayFigure> jobsPerDay;  // the last thirty days
    double framesPerS = 0;        // of detections in these days; 0: none
    double detectionHours = 0;    // that they took
    qint64 videosCopied = 0, videosLinked = 0, copiedBytes = 0;
    QList<RuleFigure> rules;  // of the latest result of each project, most first
};

// Bytes on disk, by walking the library's folder: takes as long as there are files. Any thread.
// Empty when `cancel` became true.
struct LibraryUsage {
    qint64 videos = 0, results = 0, other = 0;  // bytes
    qint64 free = 0;                            // on that disk
};
std::optional<LibraryUsage> libraryUsage(const QString& root, const std::atomic_bool& cancel);

// One pour beside others, of its latest result; false alarms left out.
struct PourComparison {
    ProjectId project;
    QString name;
    int insertions = 0, violations = 0, wrongLength = 0;
    double meanStationaryS = 0;
};

}  // namespace cvd::projects
