// Projects with their videos, calibrations, results and reviews: every operation that the screens
// and the command line offer, with the role check below both.
//
// Who may do what: a normal user sees and changes only own projects (anything else answers as if
// it did not exist), an administrator everything. The user's row is read at each operation, so a
// session whose user was deleted or lost a role stops working at once.
//
// Threading: belongs to the thread of its Database. Only MediaLibrary::stage is meant for other
// threads; a screen stages in a worker thread and calls create(session, project, staged) here.
//
// Errors: Usage for what the session may not do or names that break the limits, BadInput for files,
// Environment for database and disk.
#pragma once

#include <optional>
#include <vector>

#include "core/projects/project_types.h"
#include "core/storage/database.h"

namespace cvd::accounts {
struct Session;
}
namespace cvd::storage {
struct ProjectRecord;
struct ResultRecord;
struct VideoRecord;
}  // namespace cvd::storage

namespace cvd::projects {

struct Dashboard;
struct PourComparison;

class ProjectService {
public:
    ProjectService(storage::Database& database, const MediaLibrary& library);

    // --- Projects ---
    // Copies or links, then adds the rows; both or neither.
    Result<ProjectId> create(const accounts::Session& session, const NewProject& project,
                             const ImportControl& control = {});
    // The second half alone, for a video staged in another thread (sourceFile and mode are
    // ignored).
    Result<ProjectId> create(const accounts::Session& session, const NewProject& project,
                             StagedVideo staged);
    Result<Project> project(const accounts::Session& session, ProjectId id);
    // A bounded number of statements whatever the page holds.
    Result<storage::Page<Project>> list(const accounts::Session& session,
                                        const ProjectQuery& query);
    Status update(const accounts::Session& session, ProjectId id, const ProjectChange& change);
    // Rows, video (unless another project uses it), thumbnail and result folders together, or
    // nothing. Refused while a job of the project is queued or running.
    Status remove(const accounts::Session& session, ProjectId id);
    Result<ProjectStatistics> statistics(const accounts::Session& session);
    // Figures over all projects for an administrator, over own ones for anybody else (dashboard.h);
    // added up in the database. Takes a moment on a large one: ask in a worker thread.
    Result<Dashboard> dashboard(const accounts::Session& session,
                                const QDateTime& now = QDateTime::currentDateTimeUtc());
    // The newest pours of the project's owner that have a result, newest first; `project` among
    // them where it has one.
    Result<QList<PourComparison>> comparePours(const accounts::Session& session, ProjectId project,
                                               int limit = 24);

    // --- Video ---
    // The file to play, after checking that it is still there and unchanged.
    Result<QString> playableVideo(const accounts::Session& session, ProjectId id);

    // --- Calibration ---
    Result<std::optional<Calibration>> calibration(const accounts::Session& session, ProjectId id);
    Status setCalibration(const accounts::Session& session, ProjectId id,
                          const Calibration& calibration);
    Status clearCalibration(const accounts::Session& session, ProjectId id);
    Status importCalibration(const accounts::Session& session, ProjectId id, const QString& file);

    // Kept for cameras, for everybody who is signed in; by camera, then name. Those that cannot be
    // read any more are left out.
    Result<QList<CameraCalibration>> cameraCalibrations(const accounts::Session& session);
    // Replaces the one of the same camera and name. Usage: no camera or name, or too long.
    Result<CalibrationId> keepCalibration(const accounts::Session& session,
                                          const CameraCalibration& calibration);
    Status removeCameraCalibration(const accounts::Session& session,
                                   CalibrationId id);  // administrators only

    // What people said of the violations of one result, said again of the same ones of another
    // result of the same project: same rule, and evidence that overlaps in time. How many verdicts.
    Result<int> carryVerdicts(const accounts::Session& session, ResultId from, ResultId to);

    // --- Results ---
    Result<QList<ResultInfo>> results(const accounts::Session& session,
                                      ProjectId id);  // newest first
    Result<ResultInfo> result(const accounts::Session& session, ResultId id);
    Result<std::vector<Insertion>> insertions(const accounts::Session& session, ResultId id);
    Result<QList<ReviewedViolation>> violations(const accounts::Session& session, ResultId id);
    Result<ReviewCounts> reviewCounts(const accounts::Session& session, ResultId id);

    // --- Reviews --- append-only; undo appends the former verdict again.
    Result<VerdictEntry> setVerdict(const accounts::Session& session, ViolationId id,
                                    UserVerdict verdict, const QString& reason = {},
                                    const QString& note = {});
    // All or none, in one transaction.
    Status setVerdicts(const accounts::Session& session, const QList<ViolationId>& ids,
                       UserVerdict verdict, const QString& reason = {}, const QString& note = {});

    // The same with a verdict for each; what was stored, in the same order.
    Result<QList<VerdictEntry>> setVerdicts(const accounts::Session& session,
                                            const QList<VerdictChange>& changes);
    // The session user's own mark of having looked at them. All or none.
    Status setSeen(const accounts::Session& session, const QList<ViolationId>& ids, bool seen);

    // --- Corrections by hand --- a log beside the detector's rows, which stay as they were found.
    Result<QList<CorrectionEntry>> corrections(const accounts::Session& session,
                                               ResultId id);  // oldest first, taken back ones too
    // Stores the act and the judgement that it leads to (report::judgeCorrected with
    // correctionsAfter()): findings that no longer hold are withdrawn, new ones added, verdicts go
    // on to the finding that takes the place of theirs. All or nothing. Answers the ids of `add`.
    // Usage: not allowed to see the result, an invalid correction, or `basedOn` is out of date.
    Result<QList<qint64>> correct(const accounts::Session& session, ResultId id,
                                  const CorrectionEdit& edit,
                                  const compliance::Judgement& judgement);
    // The active corrections of one result made again in another of the same project, with their
    // authors; judges it. Reads the result folders. How many.
    Result<int> carryCorrections(const accounts::Session& session, ResultId from, ResultId to);

    // --- For the job queue (no session: the job was allowed when it was queued) ---
    // Reads summary.json of a finished folder inside the library and adds result, insertions and
    // violations in one transaction. Storing the same folder twice answers the first result's id.
    Result<ResultId> storeResult(ProjectId project, JobId job, const QString& folder);

    // Finishes or takes back deletions that a killed program left half-done, and removes abandoned
    // copies. Call once after the database is open.
    Status recover();

    // The checks of every operation, for modules above that keep rows of their own (jobs).
    struct Actor {
        UserId user;
        QString name;
        bool administrator = false;
    };
    Result<Actor> actor(const accounts::Session& session);
    // What a person did with a project elsewhere, for the audit trail.
    enum class Use { DetectionQueued, DetectionCancelled, ResultExported };
    Status recordUse(const accounts::Session& session, ProjectId id, Use use,
                     const QString& detail = {});
    // Usage when the project does not exist or the session may not see it.
    Status mayUse(const accounts::Session& session, ProjectId id);

private:
    Result<storage::ProjectRecord> visible(const Actor& actor, ProjectId id);
    Result<storage::ResultRecord> visibleResult(const Actor& actor, ResultId id);
    Status storeJudgement(ResultId id, const storage::ResultRecord& result, bool corrected,
                          const compliance::Judgement& judgement);
    Result<ProjectId> insertRows(const Actor& actor, const NewProject& project, UserId owner,
                                 const MediaRecord& media);
    Status removeRows(const Actor& actor, const storage::ProjectRecord& project);
    Result<QStringList> filesOf(const storage::ProjectRecord& project);
    Status audit(const Actor& actor, const QString& action, const QString& subject,
                 const QString& detail = {});
    Project toProject(const storage::ProjectRecord& project,
                      const std::optional<storage::VideoRecord>& video,
                      const std::optional<storage::ResultRecord>& latest) const;
    ResultInfo toResultInfo(const storage::ResultRecord& record) const;
    Status recoverDeletions();
    Status recoverImports();

    storage::Database& m_database;
    const MediaLibrary& m_library;
};

// The corrections that count, in order, with their authors; after an act by `author`.
std::vector<compliance::Correction> correctionsAfter(const QList<CorrectionEntry>& log,
                                                     const CorrectionEdit& edit,
                                                     const QString& author);
std::vector<compliance::Correction> activeCorrections(const QList<CorrectionEntry>& log);

// English; context "core".
inline constexpr const char* kSampleName = CVD_TR("core", "Sample pour");
inline constexpr const char* kSampleDescription =
    CVD_TR("core", "A rendered pour to try the program with.");
// The rendered pour that a first start offers: made once per installation for the first user who
// asks; once deleted it does not come back. Empty id: it was made before and is gone.
// `calibrationFile` may be empty; name and description are those of the user's language, English
// when empty.
Result<ProjectId> ensureSampleProject(ProjectService& service, storage::Database& database,
                                      const accounts::Session& session, const QString& videoFile,
                                      const QString& calibrationFile, const QString& name = {},
                                      const QString& description = {});

}  // namespace cvd::projects
