// One repository per table: the only places that name its columns. Each borrows a Database and
// shares its thread; make them where they are needed, they cost nothing. Every write is a
// transaction of its own, or part of the one that is open.
//
// Errors: problem.h. A row that does not exist is an empty optional when reading; changing or
// removing one answers false.
#pragma once

#include <functional>

#include <QHash>
#include <QStringList>
#include <vector>

#include "core/storage/database.h"
#include "core/storage/records.h"

namespace cvd::storage {

class AuthorityRepository {
public:
    explicit AuthorityRepository(Database& database) : m_db(database) {}
    Result<QList<AuthorityRecord>> all();

private:
    Database& m_db;
};

enum class UserSort { Name, Created, Authority, Projects };
struct UserFilter {
    QString text;  // every word must occur in name, title or description; case-insensitive
    std::optional<int> authority;
    UserSort sort = UserSort::Name;
    bool descending = false;
    qint64 offset = 0;
    int limit = 50;
};
struct MonthCount {
    QString month;  // "2026-01", UTC
    qint64 count = 0;
};

class UserRepository {
public:
    explicit UserRepository(Database& database) : m_db(database) {}
    Result<UserId> insert(const UserRecord& user);  // UniqueViolation: the name is taken
    Result<bool> update(const UserRecord& user);    // all but project_num and create_date
    Result<bool> remove(UserId id);                 // cascades to projects and everything below
    Result<std::optional<UserRecord>> find(UserId id);
    Result<std::optional<UserRecord>> findByName(const QString& name);  // ignores case, trims
    Result<Page<UserRecord>> list(const UserFilter& filter);
    Result<qint64> count();
    Result<qint64> countWithAuthority(int authority);
    // The same, and no other connection can change such rows before this transaction ends.
    Result<qint64> lockAuthority(int authority);
    // Projects of this user; until the transaction ends nobody else can give them another.
    Result<qint64> lockProjectsOf(UserId id);
    Result<QList<MonthCount>> perMonth();     // oldest first; months without are left out
    Result<bool> recountProjects(UserId id);  // project_num from the rows

private:
    Database& m_db;
};

class LoginRepository {
public:
    explicit LoginRepository(Database& database) : m_db(database) {}
    Status set(const LoginRecord& login);
    Result<std::optional<LoginRecord>> find(UserId user);

private:
    Database& m_db;
};

enum class ProjectOrder { Created, Name, Owner, Status, Duration };
struct ProjectFilter {
    QString text;  // every word must occur in name, description or owner; case-insensitive
    std::optional<int> status;
    std::optional<UserId> owner;
    QDateTime createdFrom, createdBefore;  // null: open
    ProjectOrder order = ProjectOrder::Created;
    bool descending = true;
    qint64 offset = 0;
    int limit = 48;
};
struct ProjectListRow {
    ProjectRecord project;
    std::optional<VideoRecord> video;
    std::optional<ResultRecord> latestResult;  // without summaryJson
};

class ProjectRepository {
public:
    explicit ProjectRepository(Database& database) : m_db(database) {}
    Result<ProjectId> insert(const ProjectRecord& project);
    Result<bool> update(const ProjectRecord& project);  // name, description, owner, video
    Result<bool> setStatus(ProjectId id, int status);
    Result<qint64> giveAll(UserId from, UserId to);  // all projects of one user; how many
    Result<bool> remove(ProjectId id);               // cascades to jobs, results, calibrations
    Result<std::optional<ProjectRecord>> find(ProjectId id);
    // The same with video and latest result.
    Result<std::optional<ProjectListRow>> findDetailed(ProjectId id);
    // A few statements whatever the page holds, none of which reads all projects. Where a text
    // matches very many, counting stops (Page::atLeast).
    Result<Page<ProjectListRow>> list(const ProjectFilter& filter);
    Result<QHash<int, qint64>> countByStatus(std::optional<UserId> owner);
    Result<qint64> countOfOwner(UserId owner);
    Result<qint64> countOfVideo(VideoId video);
    Result<qint64> countCreatedSince(const QDateTime& since, std::optional<UserId> owner);
    struct Totals {
        qint64 results = 0;     // all
        qint64 violations = 0;  // of the latest result of each project
        qint64 reviewed = 0;    // of these
        double videoS = 0;
    };
    Result<Totals> totals(std::optional<UserId> owner);

    // SQL and values of the statement that finds a page's ids; for tests of the query plan.
    static QPair<QString, QVariantList> pageStatement(const Dialect& dialect,
                                                      const ProjectFilter& filter);

private:
    Database& m_db;
};

class VideoRepository {
public:
    explicit VideoRepository(Database& database) : m_db(database) {}
    Result<VideoId> insert(const VideoRecord& video);
    Result<bool> update(const VideoRecord& video);
    Result<bool> remove(VideoId id);  // ForeignKeyViolation while a project uses it
    Result<std::optional<VideoRecord>> find(VideoId id);
    // A copy with this content, or the link to this path with this content.
    Result<std::optional<VideoRecord>> findStored(const QString& sha256, bool linked,
                                                  const QString& path = {});
    Result<QList<VideoRecord>> unused();  // of no project

private:
    Database& m_db;
};

class JobRepository {
public:
    explicit JobRepository(Database& database) : m_db(database) {}
    Result<JobId> insert(const JobRecord& job);
    Result<bool> update(const JobRecord& job);  // everything but id, project, owner, queued
    Result<bool> remove(JobId id);
    Result<std::optional<JobRecord>> find(JobId id);
    Result<QList<JobRecord>> ofProject(ProjectId project);  // newest first
    Result<QList<JobRecord>> inState(int state);            // oldest first
    // Not hidden ones, newest first. `owner`: only jobs of this user's projects.
    Result<QList<JobRecord>> recent(std::optional<UserId> owner, int limit);
    Result<qint64> countActive(ProjectId project);  // state 0 or 1
    // Takes the oldest queued job (state 0 -> 1) for this process; empty when there is none. Two
    // programs never take the same one.
    Result<std::optional<JobRecord>> claimNext(const QString& host, const QString& process);
    // Changes the state only while it is `from`, so that two programs cannot both do it.
    Result<bool> changeState(JobId id, int from, int to);
    Result<bool> heartbeat(JobId id, const QString& progressJson);  // now
    Result<bool> setLog(JobId id, const QString& logJson);
    // Running, and not heard of since.
    Result<QList<JobRecord>> silentSince(const QDateTime& time);
    Result<bool> requestCancel(JobId id);
    Result<bool> cancelRequested(JobId id);

private:
    Database& m_db;
};

class ResultRepository {
public:
    explicit ResultRepository(Database& database) : m_db(database) {}
    Result<ResultId> insert(const ResultRecord& result);  // becomes the project's latest
    Result<bool> remove(ResultId id);
    Result<std::optional<ResultRecord>> find(ResultId id);
    Result<std::optional<ResultRecord>> findByFolder(const QString& folder);
    Result<QList<ResultRecord>> ofProject(ProjectId project);  // newest first

private:
    Database& m_db;
};

class InsertionRepository {
public:
    explicit InsertionRepository(Database& database) : m_db(database) {}
    Status insert(ResultId result, const std::vector<Insertion>& insertions);
    Result<QList<InsertionRecord>> ofResult(ResultId result);      // in order of Insertion::id
    Result<std::vector<Insertion>> insertionsOf(ResultId result);  // the same without their rows

private:
    Database& m_db;
};

class ViolationRepository {
public:
    explicit ViolationRepository(Database& database) : m_db(database) {}
    Status insert(ResultId result, const std::vector<Violation>& violations);
    Status insertRecords(const QList<ViolationRecord>& records);  // keeps unknown names
    Result<QList<ViolationRecord>> ofResult(ResultId result);     // in order of Violation::id
    Result<std::optional<ViolationRecord>> find(ViolationId id);

private:
    Database& m_db;
};

class VerdictRepository {
public:
    explicit VerdictRepository(Database& database) : m_db(database) {}
    // Also keeps violation.user_verdict and result.reviewed.
    Result<VerdictRecord> append(const VerdictRecord& verdict);
    Result<QList<VerdictRecord>> ofViolation(ViolationId violation);  // oldest first
    Result<QList<VerdictRecord>> ofResult(ResultId result);           // oldest first
    // Violations (verdict "violation") of the result that this person has decided on.
    Result<qint64> countReviewedBy(ResultId result, UserId user);

private:
    Database& m_db;
};

class SeenRepository {
public:
    explicit SeenRepository(Database& database) : m_db(database) {}
    Status set(const SeenRecord& seen);  // once more changes nothing
    Status clear(ViolationId violation, UserId user);
    Result<QList<SeenRecord>> ofResult(ResultId result);  // oldest first

private:
    Database& m_db;
};

class CorrectionRepository {
public:
    explicit CorrectionRepository(Database& database) : m_db(database) {}
    Result<CorrectionRecord> append(const CorrectionRecord& correction);
    Result<bool> setActive(qint64 id, bool active);
    Result<std::optional<CorrectionRecord>> find(qint64 id);
    Result<QList<CorrectionRecord>> ofResult(ResultId result);  // oldest first, inactive ones too
    // The judgement that the corrections lead to; empty: none was stored.
    Status setJudgement(ResultId result, const QString& json);
    Result<std::optional<QString>> judgement(ResultId result);
    Status setViolationState(const CorrectedViolationRecord& state);
    Result<QList<CorrectedViolationRecord>> violationStates(ResultId result);
    // Counts insertions, violations and decisions of the result anew, without withdrawn ones.
    Status recount(ResultId result, int insertions);

private:
    Database& m_db;
};

class CalibrationRepository {
public:
    explicit CalibrationRepository(Database& database) : m_db(database) {}
    Result<CalibrationId> insert(const CalibrationRecord& calibration);
    Result<bool> update(const CalibrationRecord& calibration);
    Result<bool> remove(CalibrationId id);
    Result<std::optional<CalibrationRecord>> find(CalibrationId id);
    Result<std::optional<CalibrationRecord>> ofProject(ProjectId project);  // the newest
    Result<QList<CalibrationRecord>> ofCamera(const QString& camera);
    Result<QList<CalibrationRecord>> ofCameras();  // all of no project; by camera, then name
    // One per project: changes it or adds it.
    Status setForProject(ProjectId project, const QString& name, const QString& json);
    Result<bool> clearForProject(ProjectId project);

private:
    Database& m_db;
};

struct AuditFilter {
    QString text;  // every word must occur in user, action, subject or detail
    // The actions that the reader knows by a word of `text` (lower case), where they are shown by
    // other names than the stored ones. Empty: none.
    std::function<QStringList(const QString& word)> actionsCalled;
    QString action;  // empty: all
    std::optional<UserId> user;
    QDateTime from, before;  // null: open
    qint64 offset = 0;
    int limit = 100;
};

class AuditRepository {
public:
    explicit AuditRepository(Database& database) : m_db(database) {}
    Status append(const AuditRecord& entry);
    Result<Page<AuditRecord>> list(const AuditFilter& filter);  // newest first

private:
    Database& m_db;
};

class SettingRepository {
public:
    explicit SettingRepository(Database& database) : m_db(database) {}
    Result<std::optional<QString>> get(const QString& key);
    Status set(const QString& key, const QString& value);
    // Adds it unless it is there; true for the one caller that did.
    Result<bool> setOnce(const QString& key, const QString& value);
    Result<bool> remove(const QString& key);

private:
    Database& m_db;
};

class SignInAttemptRepository {
public:
    explicit SignInAttemptRepository(Database& database) : m_db(database) {}
    Result<std::optional<SignInAttemptRecord>> find(const QString& nameKey);
    // The same (made when missing), and other connections wait until this transaction ends.
    Result<SignInAttemptRecord> lock(const QString& nameKey, const QDateTime& now);
    Status set(const SignInAttemptRecord& attempt);
    Status clear(const QString& nameKey);
    Status removeOlderThan(const QDateTime& time);

private:
    Database& m_db;
};

}  // namespace cvd::storage
