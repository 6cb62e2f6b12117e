#include <QJsonArray>
#include <QJsonDocument>

#include "core/storage/row_readers.h"
#include "core/storage/sql_helpers.h"
#include "core/storage/stored_verdict.h"

namespace cvd::storage {
namespace {

const QString kResultFields = QStringLiteral(
    "pid, job_id, folder, profile_id, profile_version, model_name, model_version, model_sha256, "
    "device, calibrated, radius_of_action_m, wall_s, frames_per_s, inference_s, created, "
    "insertions, "
    "violations, cannot_judge, reviewed");

const QString kInsertionColumns = QStringLiteral(
    "result_id, number, track, start_frame, end_frame, start_s, end_s, immersed_s, stationary_s, "
    "contact_x_px, contact_y_px, contact_x_m, contact_y_m, tilt_deg, withdrawal_mm_s, path_px, "
    "path_m, confidence, effective, open_start, open_end");

const QString kViolationColumns = QStringLiteral(
    "result_id, number, rule, verdict, severity, start_frame, end_frame, start_s, end_s, "
    "insertion_number, measured, limit_value, unit, position_x_m, position_y_m, source, "
    "confidence, "
    "reason, reason_args");

QVariant coordinate(const std::optional<PointM>& point, double PointM::*member) {
    return point ? QVariant((*point).*member) : QVariant();
}

std::optional<PointM> pointFrom(const Row& row, int x) {
    return row.isNull(x) ? std::nullopt : std::optional(PointM{row.real(x), row.real(x + 1)});
}

QString qt(std::string_view text) {
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

QString argsToJson(const std::vector<std::string>& args) {
    QJsonArray array;
    for (const std::string& arg : args) {
        array.append(QString::fromStdString(arg));
    }
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

std::vector<std::string> argsFromJson(const QString& json) {
    std::vector<std::string> args;
    const QJsonArray array = QJsonDocument::fromJson(json.toUtf8()).array();
    for (const QJsonValue& value : array) {
        args.push_back(value.toString().toStdString());
    }
    return args;
}

QVariantList valuesOf(ResultId result, const Insertion& i) {
    return {idValue(result),
            qlonglong(i.id),
            qlonglong(i.track.value),
            qlonglong(i.startFrame),
            qlonglong(i.endFrame),
            i.startS,
            i.endS,
            i.immersedS,
            i.stationaryS,
            i.contactPx.x,
            i.contactPx.y,
            coordinate(i.contactM, &PointM::x),
            coordinate(i.contactM, &PointM::y),
            toDb(i.tiltDeg),
            toDb(i.withdrawalMmS),
            i.pathPx,
            toDb(i.pathM),
            i.confidence,
            i.effective,
            i.openStart,
            i.openEnd};
}

InsertionRecord insertionFrom(const Row& row) {
    InsertionRecord record;
    Insertion& i = record.insertion;
    record.id = idFrom<InsertionId>(row, 0);
    record.result = idFrom<ResultId>(row, 1);
    i.id = row.integer(2);
    i.track = TrackId{row.integer(3)};
    i.startFrame = row.integer(4);
    i.endFrame = row.integer(5);
    i.startS = row.real(6);
    i.endS = row.real(7);
    i.immersedS = row.real(8);
    i.stationaryS = row.real(9);
    i.contactPx = {row.real(10), row.real(11)};
    i.contactM = pointFrom(row, 12);
    i.tiltDeg = row.optionalReal(14);
    i.withdrawalMmS = row.optionalReal(15);
    i.pathPx = row.real(16);
    i.pathM = row.optionalReal(17);
    i.confidence = row.real(18);
    i.effective = row.flag(19);
    i.openStart = row.flag(20);
    i.openEnd = row.flag(21);
    return record;
}

QVariantList valuesOf(const ViolationRecord& record) {
    const Violation& v = record.violation;
    return {
        idValue(record.result),
        qlonglong(v.id),
        qt(v.rule),
        record.unknownVerdict.isEmpty() ? qt(verdictName(v.verdict)) : record.unknownVerdict,
        record.unknownSeverity.isEmpty() ? qt(severityName(v.severity)) : record.unknownSeverity,
        qlonglong(v.startFrame),
        qlonglong(v.endFrame),
        v.startS,
        v.endS,
        v.insertion ? QVariant(qlonglong(*v.insertion)) : QVariant(),
        toDb(v.value),
        toDb(v.limit),
        qt(v.unit),
        coordinate(v.positionM, &PointM::x),
        coordinate(v.positionM, &PointM::y),
        qt(v.source),
        v.confidence,
        qt(v.reason),
        argsToJson(v.reasonArgs)};
}

ViolationRecord violationFrom(const Row& row) {
    ViolationRecord record;
    Violation& v = record.violation;
    record.id = idFrom<ViolationId>(row, 0);
    record.result = idFrom<ResultId>(row, 1);
    v.id = row.integer(2);
    v.rule = row.text(3).toStdString();
    const auto verdict = verdictFromName(row.text(4).toStdString());
    const auto severity = severityFromName(row.text(5).toStdString());
    record.unknownVerdict = verdict ? QString() : row.text(4);
    record.unknownSeverity = severity ? QString() : row.text(5);
    v.verdict = verdict.value_or(Verdict::CannotJudge);
    v.severity = severity.value_or(Severity::Minor);
    v.startFrame = row.integer(6);
    v.endFrame = row.integer(7);
    v.startS = row.real(8);
    v.endS = row.real(9);
    v.insertion = row.optionalInteger(10);
    v.value = row.optionalReal(11);
    v.limit = row.optionalReal(12);
    v.unit = row.text(13).toStdString();
    v.positionM = pointFrom(row, 14);
    v.source = row.text(16).toStdString();
    v.confidence = row.real(17);
    v.reason = row.text(18).toStdString();
    v.reasonArgs = argsFromJson(row.text(19));
    record.userVerdict = int(row.integer(20));
    return record;
}

QString selectViolations(const QString& rest) {
    return QStringLiteral("SELECT id, %1, user_verdict FROM violation ").arg(kViolationColumns) +
           rest;
}

const QString kSeenColumns = QStringLiteral("violation_id, uid, user_name, at");
const QString kCorrectionColumns = QStringLiteral("result_id, uid, user_name, at, content, active");

SeenRecord seenFrom(const Row& row) {
    return {idFrom<ViolationId>(row, 0), idFrom<UserId>(row, 1), row.text(2), row.time(3)};
}

CorrectionRecord correctionFrom(const Row& row) {
    CorrectionRecord c;
    c.id = row.integer(0);
    c.result = idFrom<ResultId>(row, 1);
    c.user = idFrom<UserId>(row, 2);
    c.userName = row.text(3);
    c.at = row.time(4);
    c.content = row.text(5);
    c.active = row.flag(6);
    return c;
}

// Of the violations of a result that hold: what the corrections withdrew counts nowhere.
const QString kHolds = QStringLiteral(
    "NOT EXISTS (SELECT 1 FROM corrected_violation c WHERE c.violation_id = violation.id AND "
    "c.withdrawn = 1)");

const QString kVerdictColumns =
    QStringLiteral("violation_id, uid, user_name, verdict, reason, note, at, is_current");

VerdictRecord verdictFrom(const Row& row) {
    VerdictRecord v;
    v.id = row.integer(0);
    v.violation = idFrom<ViolationId>(row, 1);
    v.user = idFrom<UserId>(row, 2);
    v.userName = row.text(3);
    v.verdict = int(row.integer(4));
    v.reason = row.text(5);
    v.note = row.text(6);
    v.at = row.time(7);
    v.current = row.flag(8);
    return v;
}

Status refreshLatest(Database& db, ProjectId project) {
    CVD_TRY_ASSIGN(
        [[maybe_unused]] const Done done,
        db.execute(QStringLiteral("UPDATE project SET latest_result = (SELECT MAX(id) FROM "
                                  "result WHERE result.pid = project.pid) WHERE pid = ?"),
                   {idValue(project)}));
    return {};
}

}  // namespace

const QString& resultColumns() {
    static const QString kAll = QStringLiteral("id, ") + kResultFields;
    return kAll;
}

ResultRecord resultFrom(const Row& row, int c) {
    ResultRecord r;
    r.id = idFrom<ResultId>(row, c);
    r.project = idFrom<ProjectId>(row, c + 1);
    r.job = idFrom<JobId>(row, c + 2);
    r.folder = row.text(c + 3);
    r.profileId = row.text(c + 4);
    r.profileVersion = row.text(c + 5);
    r.modelName = row.text(c + 6);
    r.modelVersion = row.text(c + 7);
    r.modelSha256 = row.text(c + 8);
    r.device = row.text(c + 9);
    r.calibrated = row.flag(c + 10);
    r.radiusOfActionM = row.optionalReal(c + 11);
    r.wallS = row.real(c + 12);
    r.framesPerS = row.real(c + 13);
    r.inferenceS = row.real(c + 14);
    r.created = row.time(c + 15);
    r.insertions = int(row.integer(c + 16));
    r.violations = int(row.integer(c + 17));
    r.cannotJudge = int(row.integer(c + 18));
    r.reviewed = int(row.integer(c + 19));
    return r;
}

namespace {

ResultRecord resultWithSummary(const Row& row) {
    ResultRecord r = resultFrom(row, 0);
    r.summaryJson = row.text(kResultColumnCount);
    return r;
}

QString selectResults(const QString& rest) {
    return QStringLiteral("SELECT %1, summary FROM result ").arg(resultColumns()) + rest;
}

}  // namespace

Result<ResultId> ResultRepository::insert(const ResultRecord& r) {
    return m_db.withTransaction([&]() -> Result<ResultId> {
        const QDateTime created = r.created.isValid() ? r.created : QDateTime::currentDateTimeUtc();
        CVD_TRY_ASSIGN(
            const Done done,
            m_db.execute(insertSql("result", kResultFields + QStringLiteral(", summary")),
                         {idValue(r.project),
                          idValue(r.job),
                          r.folder,
                          r.profileId,
                          r.profileVersion,
                          r.modelName,
                          r.modelVersion,
                          r.modelSha256,
                          r.device,
                          r.calibrated,
                          toDb(r.radiusOfActionM),
                          r.wallS,
                          r.framesPerS,
                          r.inferenceS,
                          toDb(created),
                          r.insertions,
                          r.violations,
                          r.cannotJudge,
                          r.reviewed,
                          r.summaryJson}));
        CVD_TRY(refreshLatest(m_db, r.project));
        return ResultId{done.insertId};
    });
}

Result<bool> ResultRepository::remove(ResultId id) {
    return m_db.withTransaction([&]() -> Result<bool> {
        CVD_TRY_ASSIGN(const std::optional<ResultRecord> before, find(id));
        if (!before) {
            return false;
        }
        CVD_TRY_ASSIGN(const bool removed, removeById(m_db, "result", "id", id));
        CVD_TRY(refreshLatest(m_db, before->project));
        return removed;
    });
}

Result<std::optional<ResultRecord>> ResultRepository::find(ResultId id) {
    return firstOf<ResultRecord>(m_db, selectResults(QStringLiteral("WHERE id = ?")), {idValue(id)},
                                 resultWithSummary);
}

Result<std::optional<ResultRecord>> ResultRepository::findByFolder(const QString& folder) {
    return firstOf<ResultRecord>(m_db, selectResults(QStringLiteral("WHERE folder = ?")), {folder},
                                 resultWithSummary);
}

Result<QList<ResultRecord>> ResultRepository::ofProject(ProjectId project) {
    return listOf<ResultRecord>(m_db,
                                selectResults(QStringLiteral("WHERE pid = ? ORDER BY id DESC")),
                                {idValue(project)}, resultWithSummary);
}

Status InsertionRepository::insert(ResultId result, const std::vector<Insertion>& insertions) {
    QList<QVariantList> rows;
    for (const Insertion& insertion : insertions) {
        rows << valuesOf(result, insertion);
    }
    return m_db.executeBatch(insertSql("insertion", kInsertionColumns), rows);
}

Result<QList<InsertionRecord>> InsertionRepository::ofResult(ResultId result) {
    return listOf<InsertionRecord>(
        m_db,
        QStringLiteral("SELECT id, %1 FROM insertion WHERE result_id = ? ORDER BY number")
            .arg(kInsertionColumns),
        {idValue(result)}, insertionFrom);
}

Result<std::vector<Insertion>> InsertionRepository::insertionsOf(ResultId result) {
    CVD_TRY_ASSIGN(const auto rows, ofResult(result));
    std::vector<Insertion> insertions;
    insertions.reserve(size_t(rows.size()));
    for (const auto& row : rows) {
        insertions.push_back(row.insertion);
    }
    return insertions;
}

Status ViolationRepository::insert(ResultId result, const std::vector<Violation>& violations) {
    QList<ViolationRecord> records;
    for (const Violation& violation : violations) {
        ViolationRecord record;
        record.result = result;
        record.violation = violation;
        records << record;
    }
    return insertRecords(records);
}

Status ViolationRepository::insertRecords(const QList<ViolationRecord>& records) {
    QList<QVariantList> rows;
    for (const ViolationRecord& record : records) {
        rows << valuesOf(record);
    }
    return m_db.executeBatch(insertSql("violation", kViolationColumns), rows);
}

Result<QList<ViolationRecord>> ViolationRepository::ofResult(ResultId result) {
    return listOf<ViolationRecord>(
        m_db, selectViolations(QStringLiteral("WHERE result_id = ? ORDER BY number")),
        {idValue(result)}, violationFrom);
}

Result<std::optional<ViolationRecord>> ViolationRepository::find(ViolationId id) {
    return firstOf<ViolationRecord>(m_db, selectViolations(QStringLiteral("WHERE id = ?")),
                                    {idValue(id)}, violationFrom);
}

Result<VerdictRecord> VerdictRepository::append(const VerdictRecord& verdict) {
    return m_db.withTransaction([&]() -> Result<VerdictRecord> {
        VerdictRecord v = verdict;
        v.at = v.at.isValid() ? v.at : QDateTime::currentDateTimeUtc();
        v.current = true;
        // First, so that two people deciding at once wait for each other here. What was taken back
        // counts as never said.
        CVD_TRY_ASSIGN([[maybe_unused]] const Done last,
                       m_db.execute(updateSql("violation", "user_verdict", "id"),
                                    {v.verdict == kVerdictOpen ? int(kVerdictUndecided) : v.verdict,
                                     idValue(v.violation)}));
        CVD_TRY_ASSIGN(
            [[maybe_unused]] const Done old,
            m_db.execute(QStringLiteral("UPDATE verdict SET is_current = 0 WHERE "
                                        "violation_id = ? AND uid = ? AND is_current = 1"),
                         {idValue(v.violation), idValue(v.user)}));
        CVD_TRY_ASSIGN(const Done done,
                       m_db.execute(insertSql("verdict", kVerdictColumns),
                                    {idValue(v.violation), idValue(v.user), v.userName, v.verdict,
                                     v.reason, v.note, toDb(v.at), 1}));
        v.id = done.insertId;
        CVD_TRY_ASSIGN(
            [[maybe_unused]] const Done counted,
            m_db.execute(
                QStringLiteral("UPDATE result SET reviewed = (SELECT COUNT(*) FROM violation "
                               "WHERE violation.result_id = result.id AND user_verdict <> 0 "
                               "AND verdict = 'violation' AND %1) WHERE id = (SELECT result_id "
                               "FROM violation WHERE id = ?)")
                    .arg(kHolds),
                {idValue(v.violation)}));
        return v;
    });
}

Result<QList<VerdictRecord>> VerdictRepository::ofViolation(ViolationId violation) {
    return listOf<VerdictRecord>(
        m_db,
        QStringLiteral("SELECT id, %1 FROM verdict WHERE violation_id = ? ORDER BY id")
            .arg(kVerdictColumns),
        {idValue(violation)}, verdictFrom);
}

Result<QList<VerdictRecord>> VerdictRepository::ofResult(ResultId result) {
    return listOf<VerdictRecord>(
        m_db,
        QStringLiteral("SELECT d.id, %1 FROM verdict d JOIN violation v ON v.id = d.violation_id "
                       "WHERE v.result_id = ? ORDER BY d.id")
            .arg(qualified(kVerdictColumns, QStringLiteral("d"))),
        {idValue(result)}, verdictFrom);
}

Result<qint64> VerdictRepository::countReviewedBy(ResultId result, UserId user) {
    return m_db.selectInteger(
        QStringLiteral("SELECT COUNT(*) FROM violation v JOIN verdict d ON d.violation_id = v.id "
                       "WHERE v.result_id = ? AND v.verdict = 'violation' AND d.uid = ? AND "
                       "d.is_current = 1 AND d.verdict NOT IN (0, %1)")
            .arg(kVerdictOpen),
        {idValue(result), idValue(user)});
}

Status SeenRepository::set(const SeenRecord& seen) {
    CVD_TRY(clear(seen.violation, seen.user));
    const QDateTime at = seen.at.isValid() ? seen.at : QDateTime::currentDateTimeUtc();
    CVD_TRY_ASSIGN(
        [[maybe_unused]] const Done done,
        m_db.execute(insertSql("seen", kSeenColumns),
                     {idValue(seen.violation), idValue(seen.user), seen.userName, toDb(at)}));
    return {};
}

Status SeenRepository::clear(ViolationId violation, UserId user) {
    CVD_TRY_ASSIGN(
        [[maybe_unused]] const Done done,
        m_db.execute(QStringLiteral("DELETE FROM seen WHERE violation_id = ? AND uid = ?"),
                     {idValue(violation), idValue(user)}));
    return {};
}

Result<QList<SeenRecord>> SeenRepository::ofResult(ResultId result) {
    return listOf<SeenRecord>(
        m_db,
        QStringLiteral("SELECT %1 FROM seen s JOIN violation v ON v.id = s.violation_id WHERE "
                       "v.result_id = ? ORDER BY s.id")
            .arg(qualified(kSeenColumns, QStringLiteral("s"))),
        {idValue(result)}, seenFrom);
}

Result<CorrectionRecord> CorrectionRepository::append(const CorrectionRecord& correction) {
    CorrectionRecord c = correction;
    c.at = c.at.isValid() ? c.at : QDateTime::currentDateTimeUtc();
    CVD_TRY_ASSIGN(const Done done, m_db.execute(insertSql("correction", kCorrectionColumns),
                                                 {idValue(c.result), idValue(c.user), c.userName,
                                                  toDb(c.at), c.content, c.active}));
    c.id = done.insertId;
    return c;
}

Result<bool> CorrectionRepository::setActive(qint64 id, bool active) {
    return updateExisting(m_db, updateSql("correction", "active", "id"), {active, qlonglong(id)},
                          QStringLiteral("SELECT COUNT(*) FROM correction WHERE id = ?"),
                          {qlonglong(id)});
}

Result<std::optional<CorrectionRecord>> CorrectionRepository::find(qint64 id) {
    return firstOf<CorrectionRecord>(
        m_db, QStringLiteral("SELECT id, %1 FROM correction WHERE id = ?").arg(kCorrectionColumns),
        {qlonglong(id)}, correctionFrom);
}

Result<QList<CorrectionRecord>> CorrectionRepository::ofResult(ResultId result) {
    return listOf<CorrectionRecord>(
        m_db,
        QStringLiteral("SELECT id, %1 FROM correction WHERE result_id = ? ORDER BY id")
            .arg(kCorrectionColumns),
        {idValue(result)}, correctionFrom);
}

Status CorrectionRepository::setJudgement(ResultId result, const QString& json) {
    CVD_TRY_ASSIGN(
        [[maybe_unused]] const Done done,
        m_db.execute(m_db.dialect().upsert("corrected_result", "result_id, content, changed",
                                           "result_id", "content, changed"),
                     {idValue(result), json, toDb(QDateTime::currentDateTimeUtc())}));
    return {};
}

Result<std::optional<QString>> CorrectionRepository::judgement(ResultId result) {
    return firstOf<QString>(
        m_db, QStringLiteral("SELECT content FROM corrected_result WHERE result_id = ?"),
        {idValue(result)}, [](const Row& row) { return row.text(0); });
}

Status CorrectionRepository::setViolationState(const CorrectedViolationRecord& state) {
    CVD_TRY_ASSIGN(
        [[maybe_unused]] const Done done,
        m_db.execute(m_db.dialect().upsert("corrected_violation", "violation_id, origin, withdrawn",
                                           "violation_id", "origin, withdrawn"),
                     {idValue(state.violation), state.byHand ? 1 : 0, state.withdrawn ? 1 : 0}));
    return {};
}

Result<QList<CorrectedViolationRecord>> CorrectionRepository::violationStates(ResultId result) {
    return listOf<CorrectedViolationRecord>(
        m_db,
        QStringLiteral("SELECT c.violation_id, c.origin, c.withdrawn FROM corrected_violation c "
                       "JOIN violation v ON v.id = c.violation_id WHERE v.result_id = ?"),
        {idValue(result)}, [](const Row& row) {
            return CorrectedViolationRecord{idFrom<ViolationId>(row, 0), row.flag(1), row.flag(2)};
        });
}

Status CorrectionRepository::recount(ResultId result, int insertions) {
    const auto counted = [](const char* condition) {
        return QStringLiteral(
                   "(SELECT COUNT(*) FROM violation WHERE violation.result_id = result.id AND %1 "
                   "AND %2)")
            .arg(QLatin1String(condition), kHolds);
    };
    CVD_TRY_ASSIGN(
        [[maybe_unused]] const Done done,
        m_db.execute(QStringLiteral("UPDATE result SET insertions = ?, violations = %1, "
                                    "cannot_judge = %2, reviewed = %3 WHERE id = ?")
                         .arg(counted("verdict = 'violation'"), counted("verdict = 'cannot_judge'"),
                              counted("verdict = 'violation' AND user_verdict <> 0")),
                     {insertions, idValue(result)}));
    return {};
}

}  // namespace cvd::storage
