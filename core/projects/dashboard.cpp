#include "core/projects/dashboard.h"

#include <QDirIterator>
#include <QStorageInfo>
#include <algorithm>

#include "core/accounts/session.h"
#include "core/projects/project_service.h"
#include "core/storage/repositories.h"
#include "core/storage/statistics_repository.h"

namespace cvd::projects {
namespace {

constexpr int kMonths = 12, kDays = 30;

QString monthName(const QDate& date) {
    return date.toString(QStringLiteral("yyyy-MM"));
}

// The last twelve months, also those in which nothing happened.
template <class Counts>
QList<MonthFigure> lastMonths(const QDate& today, const Counts& counts) {
    QHash<QString, qint64> known;
    for (const auto& [month, count] : counts) {
        known.insert(month, count);
    }
    QList<MonthFigure> months;
    const QDate first = QDate(today.year(), today.month(), 1).addMonths(1 - kMonths);
    for (int i = 0; i < kMonths; ++i) {
        const QString month = monthName(first.addMonths(i));
        months.append({month, known.value(month)});
    }
    return months;
}

QList<DayFigure> lastDays(const QDate& today, const QList<storage::DayJobs>& jobs) {
    QList<DayFigure> days;
    for (int i = kDays - 1; i >= 0; --i) {
        days.append({today.addDays(-i), 0, 0});
    }
    for (const storage::DayJobs& day : jobs) {
        const qint64 at = days.first().day.daysTo(QDate::fromString(day.day, Qt::ISODate));
        if (at >= 0 && at < days.size()) {
            days[at].done = day.done;
            days[at].failed = day.failed;
        }
    }
    return days;
}

QList<RuleFigure> ruleFigures(const QList<storage::RuleCount>& counts) {
    QHash<QString, RuleFigure> byRule;
    for (const storage::RuleCount& count : counts) {
        RuleFigure& figure = byRule[count.rule];
        figure.rule = count.rule;
        const auto severity = severityFromName(count.severity.toStdString());
        qint64& place = count.falseAlarm                 ? figure.falseAlarms
                        : severity == Severity::Critical ? figure.critical
                        : severity == Severity::Major    ? figure.major
                                                         : figure.minor;
        place += count.count;
    }
    QList<RuleFigure> rules = byRule.values();
    std::sort(rules.begin(), rules.end(), [](const RuleFigure& a, const RuleFigure& b) {
        return a.total() != b.total() ? a.total() > b.total() : a.rule < b.rule;
    });
    return rules;
}

}  // namespace

Result<Dashboard> ProjectService::dashboard(const accounts::Session& session,
                                            const QDateTime& now) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    const std::optional<UserId> owner =
        who.administrator ? std::nullopt : std::optional<UserId>(who.user);
    const QDate today = now.toUTC().date();
    const QDateTime since(today.addDays(1 - kDays), QTime(0, 0), Qt::UTC);
    storage::StatisticsRepository counts(m_database);
    Dashboard board;
    board.everybody = who.administrator;
    board.computed = now.toUTC();

    CVD_TRY_ASSIGN(const auto byStatus,
                   storage::ProjectRepository(m_database).countByStatus(owner));
    board.projects = {byStatus.value(0), byStatus.value(1), byStatus.value(2)};
    CVD_TRY_ASSIGN(const auto perMonth, counts.projectsPerMonth(owner));
    board.projectsPerMonth = lastMonths(today, perMonth);
    if (who.administrator) {
        storage::UserRepository users(m_database);
        CVD_TRY_ASSIGN(board.users, users.count());
        CVD_TRY_ASSIGN(const auto newUsers, users.perMonth());
        board.usersPerMonth = lastMonths(today, newUsers);
    }

    CVD_TRY_ASSIGN(const auto jobs, counts.jobsByState(owner));
    board.jobsQueued = jobs.value(0);
    board.jobsRunning = jobs.value(1);
    board.jobsDone = jobs.value(2);
    board.jobsFailed = jobs.value(3);
    board.jobsStopped = jobs.value(4) + jobs.value(5);
    CVD_TRY_ASSIGN(const auto perDay, counts.jobsPerDay(since, owner));
    board.jobsPerDay = lastDays(today, perDay);
    CVD_TRY_ASSIGN(const auto detections, counts.detections(since, owner));
    board.framesPerS = detections.wallS > 0 ? detections.frames / detections.wallS : 0;
    board.detectionHours = detections.wallS / 3600;

    CVD_TRY_ASSIGN(const auto videos, counts.videos(owner));
    board.videosCopied = videos.copies;
    board.videosLinked = videos.links;
    board.copiedBytes = videos.copiedBytes;
    CVD_TRY_ASSIGN(const auto rules, counts.violationsByRule(owner));
    board.rules = ruleFigures(rules);
    return board;
}

std::optional<LibraryUsage> libraryUsage(const QString& root, const std::atomic_bool& cancel) {
    LibraryUsage usage;
    const QStorageInfo disk(root);
    usage.free = disk.isValid() ? disk.bytesAvailable() : 0;
    const QString videos = root + QStringLiteral("/media/");
    const QString results = root + QStringLiteral("/results/");
    QDirIterator it(root, QDir::Files | QDir::Hidden | QDir::NoSymLinks,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        if (cancel) {
            return std::nullopt;
        }
        const QString path = it.next();
        qint64& place = path.startsWith(videos)    ? usage.videos
                        : path.startsWith(results) ? usage.results
                                                   : usage.other;
        place += it.fileInfo().size();
    }
    return usage;
}

Result<QList<PourComparison>> ProjectService::comparePours(const accounts::Session& session,
                                                           ProjectId project, int limit) {
    CVD_TRY(mayUse(session, project));
    CVD_TRY_ASSIGN(const auto row, storage::ProjectRepository(m_database).find(project));
    if (!row) {
        return QList<PourComparison>{};
    }
    storage::StatisticsRepository counts(m_database);
    CVD_TRY_ASSIGN(auto pours, counts.pours(row->owner, limit));
    const bool there = std::any_of(pours.begin(), pours.end(),
                                   [&](const auto& pour) { return pour.project == project; });
    if (!there) {  // an old pour: shown beside the newest
        CVD_TRY_ASSIGN(const auto own, counts.pour(project));
        if (own) {
            pours.prepend(*own);
        }
    }
    QList<PourComparison> list;
    for (const storage::PourRecord& pour : pours) {
        list.append({pour.project, pour.name, pour.insertions, pour.violations, pour.wrongLength,
                     pour.meanStationaryS});
    }
    return list;
}

}  // namespace cvd::projects
