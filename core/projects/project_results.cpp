// Calibrations, results and what people say of them.
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <algorithm>

#include "core/accounts/session.h"
#include "core/compliance/calibration.h"
#include "core/projects/project_service.h"
#include "core/report/result_files.h"
#include "core/storage/records.h"
#include "core/storage/repositories.h"
#include "core/storage/stored_verdict.h"

namespace cvd::projects {
namespace {

constexpr int kReasonCharacters = 100;
constexpr int kNoteCharacters = 2000;

Error noSuchResult() {
    return fail(ErrorKind::Usage, CVD_TR("core",
                                         "This result does not exist any more, or it is "
                                         "not yours. Refresh the page."));
}

static_assert(int(UserVerdict::Undecided) == storage::kVerdictUndecided &&
              int(UserVerdict::Confirmed) == storage::kVerdictConfirmed &&
              int(UserVerdict::FalseAlarm) == storage::kVerdictFalseAlarm &&
              int(UserVerdict::Open) == storage::kVerdictOpen);

// What a newer program may have stored counts as undecided.
UserVerdict verdictOf(int stored) {
    return stored >= storage::kVerdictUndecided && stored <= storage::kVerdictOpen
               ? UserVerdict(stored)
               : UserVerdict::Undecided;
}

VerdictEntry toEntry(const storage::VerdictRecord& row) {
    VerdictEntry entry;
    entry.user = row.user;
    entry.userName = row.userName;
    entry.at = row.at;
    entry.verdict = verdictOf(row.verdict);
    entry.reason = row.reason;
    entry.note = row.note;
    return entry;
}

Status checkWords(const QString& reason, const QString& note) {
    if (reason.size() > kReasonCharacters || note.size() > kNoteCharacters) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "A reason may have %1 and a note %2 characters. Shorten it."),
                    {std::to_string(kReasonCharacters), std::to_string(kNoteCharacters)});
    }
    return {};
}

int countVerdict(const std::vector<Violation>& violations, Verdict verdict) {
    return int(std::count_if(violations.begin(), violations.end(),
                             [&](const Violation& v) { return v.verdict == verdict; }));
}

storage::ResultRecord toRow(const report::StoredResult& stored) {
    const report::ResultSummary& summary = stored.summary;
    storage::ResultRecord row;
    row.profileId = QString::fromStdString(summary.profileId);
    row.profileVersion = QString::fromStdString(summary.profileVersion);
    row.modelName = QString::fromStdString(summary.model.name);
    row.modelVersion = QString::fromStdString(summary.model.version);
    row.modelSha256 = QString::fromStdString(summary.model.sha256);
    row.device = QString::fromStdString(summary.device);
    row.calibrated = summary.calibrated;
    row.radiusOfActionM = summary.radiusOfActionM;
    row.wallS = summary.timing.wallS;
    row.framesPerS = summary.timing.framesPerS;
    row.inferenceS = summary.timing.inferenceS;
    row.insertions = int(stored.judgement.insertions.size());
    row.violations = countVerdict(stored.judgement.violations, Verdict::Violation);
    row.cannotJudge = countVerdict(stored.judgement.violations, Verdict::CannotJudge);
    return row;
}

Result<QString> readSummaryText(const QString& folder) {
    QFile file(folder + QStringLiteral("/summary.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core", "The result %1 cannot be read. Run the detection again."),
                    {folder.toStdString()}, file.errorString().toStdString());
    }
    return QString::fromUtf8(file.readAll());
}

}  // namespace

// --- Calibration ---

Result<std::optional<Calibration>> ProjectService::calibration(const accounts::Session& session,
                                                               ProjectId id) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    CVD_TRY_ASSIGN(const auto project, visible(who, id));
    CVD_TRY_ASSIGN(const auto row, storage::CalibrationRepository(m_database).ofProject(id));
    if (!row) {
        return std::optional<Calibration>();
    }
    CVD_TRY_ASSIGN(Calibration read,
                   compliance::parseCalibration(row->json.toUtf8(), project.name));
    return std::optional<Calibration>(std::move(read));
}

Status ProjectService::setCalibration(const accounts::Session& session, ProjectId id,
                                      const Calibration& calibration) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    CVD_TRY_ASSIGN(const auto project, visible(who, id));
    CVD_TRY(compliance::validateCalibration(calibration));
    CVD_TRY_ASSIGN(const auto video, storage::VideoRepository(m_database).find(project.video));
    const compliance::PictureSize size =
        video ? compliance::PictureSize{video->width, video->height} : compliance::PictureSize{};
    const QString json = QString::fromUtf8(
        compliance::withPictureSize(compliance::calibrationToJson(calibration), size));
    return m_database.withTransaction([&]() -> Status {
        CVD_TRY(storage::CalibrationRepository(m_database).setForProject(id, project.name, json));
        return audit(who, QStringLiteral("calibration_changed"), project.name);
    });
}

Status ProjectService::clearCalibration(const accounts::Session& session, ProjectId id) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    CVD_TRY_ASSIGN(const auto project, visible(who, id));
    return m_database.withTransaction([&]() -> Status {
        CVD_TRY_ASSIGN(const bool cleared,
                       storage::CalibrationRepository(m_database).clearForProject(id));
        return cleared ? audit(who, QStringLiteral("calibration_removed"), project.name) : Status();
    });
}

Status ProjectService::importCalibration(const accounts::Session& session, ProjectId id,
                                         const QString& file) {
    CVD_TRY(mayUse(session, id));
    CVD_TRY_ASSIGN(Calibration read, compliance::readCalibration(file));
    QFile again(file);
    const compliance::PictureSize made = again.open(QIODevice::ReadOnly)
                                             ? compliance::pictureSizeOf(again.readAll())
                                             : compliance::PictureSize{};
    if (made.known()) {
        CVD_TRY_ASSIGN(const auto shown, project(session, id));
        CVD_TRY_ASSIGN(read, compliance::scaleCalibration(std::move(read), made,
                                                          {shown.video.width, shown.video.height}));
    }
    return setCalibration(session, id, read);
}

// --- Results ---

Result<storage::ResultRecord> ProjectService::visibleResult(const Actor& actor, ResultId id) {
    CVD_TRY_ASSIGN(const auto row, storage::ResultRepository(m_database).find(id));
    if (!row) {
        return noSuchResult();
    }
    CVD_TRY_ASSIGN(const auto project, storage::ProjectRepository(m_database).find(row->project));
    if (!project || (project->owner != actor.user && !actor.administrator)) {
        return noSuchResult();
    }
    return *row;
}

Result<QList<ResultInfo>> ProjectService::results(const accounts::Session& session, ProjectId id) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    CVD_TRY(visible(who, id));
    CVD_TRY_ASSIGN(const auto rows, storage::ResultRepository(m_database).ofProject(id));
    QList<ResultInfo> infos;
    for (const auto& row : rows) {
        infos.append(toResultInfo(row));
    }
    return infos;
}

Result<ResultInfo> ProjectService::result(const accounts::Session& session, ResultId id) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    CVD_TRY_ASSIGN(const auto row, visibleResult(who, id));
    return toResultInfo(row);
}

Result<std::vector<Insertion>> ProjectService::insertions(const accounts::Session& session,
                                                          ResultId id) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    CVD_TRY(visibleResult(who, id));
    CVD_TRY_ASSIGN(const auto corrected, storage::CorrectionRepository(m_database).judgement(id));
    if (corrected && !corrected->isEmpty()) {
        CVD_TRY_ASSIGN(auto stored, report::parseSummary(corrected->toUtf8(), QString()));
        return std::move(stored.judgement.insertions);
    }
    return storage::InsertionRepository(m_database).insertionsOf(id);
}

Result<QList<ReviewedViolation>> ProjectService::violations(const accounts::Session& session,
                                                            ResultId id) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    CVD_TRY(visibleResult(who, id));
    CVD_TRY_ASSIGN(const auto rows, storage::ViolationRepository(m_database).ofResult(id));
    CVD_TRY_ASSIGN(const auto said, storage::VerdictRepository(m_database).ofResult(id));
    QHash<qint64, QList<storage::VerdictRecord>> histories;
    for (const auto& verdict : said) {
        histories[verdict.violation.value].append(verdict);
    }
    CVD_TRY_ASSIGN(const auto seen, storage::SeenRepository(m_database).ofResult(id));
    QHash<qint64, QList<storage::SeenRecord>> seenBy;
    for (const auto& mark : seen) {
        seenBy[mark.violation.value].append(mark);
    }
    CVD_TRY_ASSIGN(const auto states,
                   storage::CorrectionRepository(m_database).violationStates(id));
    QHash<qint64, storage::CorrectedViolationRecord> stateOf;
    for (const auto& state : states) {
        stateOf.insert(state.violation.value, state);
    }
    QList<ReviewedViolation> list;
    list.reserve(rows.size());
    for (const auto& row : rows) {
        const auto state = stateOf.value(row.id.value);
        if (state.withdrawn) {
            continue;
        }
        ReviewedViolation item;
        item.byHand = state.byHand;
        for (const auto& mark : seenBy.value(row.id.value)) {
            item.seenBy.append(mark.userName);
            item.seenByMe = item.seenByMe || mark.user == who.user;
        }
        item.id = row.id;
        item.result = row.result;
        item.violation = row.violation;
        for (const auto& verdict : histories.value(row.id.value)) {
            item.history.append(toEntry(verdict));
            item.latest = item.history.last();
            if (verdict.user == who.user) {
                item.mine = item.history.last();
            }
        }
        list.append(std::move(item));
    }
    return list;
}

Result<ReviewCounts> ProjectService::reviewCounts(const accounts::Session& session, ResultId id) {
    CVD_TRY_ASSIGN(const auto all, violations(session, id));
    ReviewCounts counts;
    for (const ReviewedViolation& item : all) {
        if (item.violation.verdict != Verdict::Violation) {
            continue;
        }
        ++counts.total;
        counts.reviewed += item.reviewed();
        counts.reviewedByMe += item.reviewedByMe();
        counts.confirmed += item.latest && item.latest->verdict == UserVerdict::Confirmed;
        counts.falseAlarms += item.latest && item.latest->verdict == UserVerdict::FalseAlarm;
    }
    return counts;
}

// --- Reviews ---

Result<VerdictEntry> ProjectService::setVerdict(const accounts::Session& session, ViolationId id,
                                                UserVerdict verdict, const QString& reason,
                                                const QString& note) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    CVD_TRY(checkWords(reason, note));
    CVD_TRY_ASSIGN(const auto violation, storage::ViolationRepository(m_database).find(id));
    if (!violation) {
        return noSuchResult();
    }
    CVD_TRY(visibleResult(who, violation->result));
    storage::VerdictRecord row;
    row.violation = id;
    row.user = who.user;
    row.userName = who.name;
    row.verdict = int(verdict);
    row.reason = reason;
    row.note = note;
    return m_database.withTransaction([&]() -> Result<VerdictEntry> {
        CVD_TRY_ASSIGN(const auto stored, storage::VerdictRepository(m_database).append(row));
        CVD_TRY(storage::SeenRepository(m_database).set({id, who.user, who.name, {}}));
        return toEntry(stored);
    });
}

Status ProjectService::setVerdicts(const accounts::Session& session, const QList<ViolationId>& ids,
                                   UserVerdict verdict, const QString& reason,
                                   const QString& note) {
    return m_database.withTransaction([&]() -> Status {
        for (const ViolationId id : ids) {
            CVD_TRY(setVerdict(session, id, verdict, reason, note));
        }
        return {};
    });
}

Result<QList<VerdictEntry>> ProjectService::setVerdicts(const accounts::Session& session,
                                                        const QList<VerdictChange>& changes) {
    return m_database.withTransaction([&]() -> Result<QList<VerdictEntry>> {
        QList<VerdictEntry> stored;
        for (const VerdictChange& change : changes) {
            CVD_TRY_ASSIGN(const auto entry, setVerdict(session, change.violation, change.verdict,
                                                        change.reason, change.note));
            stored.append(entry);
        }
        return stored;
    });
}

Status ProjectService::setSeen(const accounts::Session& session, const QList<ViolationId>& ids,
                               bool seen) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    return m_database.withTransaction([&]() -> Status {
        storage::SeenRepository marks(m_database);
        for (const ViolationId id : ids) {
            CVD_TRY_ASSIGN(const auto violation, storage::ViolationRepository(m_database).find(id));
            if (!violation) {
                return noSuchResult();
            }
            CVD_TRY(visibleResult(who, violation->result));
            if (seen) {
                CVD_TRY(marks.set({id, who.user, who.name, {}}));
            } else {
                CVD_TRY(marks.clear(id, who.user));
            }
        }
        return {};
    });
}

// --- For the job queue ---

Result<ResultId> ProjectService::storeResult(ProjectId project, JobId job, const QString& folder) {
    const QString stored = m_library.relativePath(QFileInfo(folder).absoluteFilePath());
    storage::ResultRepository results(m_database);
    CVD_TRY_ASSIGN(const auto known, results.findByFolder(stored));
    if (known) {
        return known->id;
    }
    CVD_TRY_ASSIGN(const auto read, report::readResult(folder));
    storage::ResultRecord row = toRow(read);
    row.project = project;
    row.job = job;
    row.folder = stored;
    CVD_TRY_ASSIGN(row.summaryJson, readSummaryText(folder));
    return m_database.withTransaction([&]() -> Result<ResultId> {
        storage::ProjectRepository projects(m_database);
        CVD_TRY_ASSIGN(const auto owner, projects.find(project));
        if (!owner) {
            return fail(ErrorKind::BadInput,
                        CVD_TR("core", "The project was deleted before its result was stored."));
        }
        CVD_TRY_ASSIGN(const ResultId id, results.insert(row));
        CVD_TRY(storage::InsertionRepository(m_database).insert(id, read.judgement.insertions));
        CVD_TRY(storage::ViolationRepository(m_database).insert(id, read.judgement.violations));
        CVD_TRY(projects.setStatus(project, int(ProjectStatus::Done)));
        return id;
    });
}

}  // namespace cvd::projects
