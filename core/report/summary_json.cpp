// summary.json, schema cvd-mis/result/1 (docs/contract.md): written and read.
#include <algorithm>
#include <cmath>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/compliance/warnings.h"
#include "core/report/result_files.h"

namespace cvd::report {
namespace {

constexpr const char* kSchema = "cvd-mis/result/1";

QString text(const std::string& s) {
    return QString::fromStdString(s);
}

// Digits that mean nothing make the file hard to read and compare.
QJsonValue number(double v, int decimals = 4) {
    if (!std::isfinite(v)) {
        return QJsonValue::Null;
    }
    const double unit = std::pow(10.0, decimals);
    return std::round(v * unit) / unit;
}
QJsonValue number(const std::optional<double>& v, int decimals = 4) {
    return v ? number(*v, decimals) : QJsonValue(QJsonValue::Null);
}
QJsonValue integer(std::int64_t v) {
    return QJsonValue(static_cast<qint64>(v));
}
QJsonValue point(const std::optional<PointM>& p) {
    return p ? QJsonValue(QJsonArray{number(p->x), number(p->y)}) : QJsonValue(QJsonValue::Null);
}

QJsonObject toJson(const Insertion& i) {
    return {{"id", integer(i.id)},
            {"track", integer(i.track.value)},
            {"start_frame", integer(i.startFrame)},
            {"end_frame", integer(i.endFrame)},
            {"start_s", number(i.startS)},
            {"end_s", number(i.endS)},
            {"immersed_s", number(i.immersedS)},
            {"stationary_s", number(i.stationaryS)},
            {"contact_px", QJsonArray{number(i.contactPx.x, 2), number(i.contactPx.y, 2)}},
            {"time_error_s", number(i.timeErrorS)},
            {"contact_m", point(i.contactM)},
            {"contact_error_m", number(i.contactErrorM)},
            {"tilt_deg", number(i.tiltDeg, 1)},
            {"tilt_azimuth_deg", number(i.tiltAzimuthDeg, 1)},
            {"insertion_s", number(i.insertionS)},
            {"withdrawal_s", number(i.withdrawalS)},
            {"insertion_mm_s", number(i.insertionMmS, 1)},
            {"withdrawal_mm_s", number(i.withdrawalMmS, 1)},
            {"insertion_error_s", number(i.insertionErrorS)},
            {"withdrawal_error_mm_s", number(i.withdrawalErrorMmS, 1)},
            {"depth_m", number(i.depthM, 3)},
            {"unseen_s", number(i.unseenS)},
            {"identity_in_doubt", i.identityInDoubt},
            {"path_px", number(i.pathPx, 1)},
            {"path_m", number(i.pathM, 3)},
            {"confidence", number(i.confidence, 3)},
            {"effective", i.effective},
            {"open_start", i.openStart},
            {"open_end", i.openEnd}};
}

QJsonObject toJson(const Violation& v) {
    QJsonArray arguments;
    for (const std::string& a : v.reasonArgs) {
        arguments.append(text(a));
    }
    return {{"id", integer(v.id)},
            {"rule", text(v.rule)},
            {"verdict", text(std::string(verdictName(v.verdict)))},
            {"severity", text(std::string(severityName(v.severity)))},
            {"start_frame", integer(v.startFrame)},
            {"end_frame", integer(v.endFrame)},
            {"start_s", number(v.startS)},
            {"end_s", number(v.endS)},
            {"insertion", v.insertion ? integer(*v.insertion) : QJsonValue(QJsonValue::Null)},
            {"value", number(v.value, 9)},  // or it is rounded to another figure than its sentence
            {"limit", number(v.limit)},
            {"unit", text(v.unit)},
            {"position_m", point(v.positionM)},
            {"source", text(v.source)},
            {"confidence", number(v.confidence, 3)},
            {"reason", text(reasonText(v))},
            {"reason_pattern", text(v.reason)},
            {"reason_args", arguments}};
}

std::string str(const QJsonValue& v) {
    return v.toString().toStdString();
}
std::optional<double> maybe(const QJsonValue& v) {
    return v.isDouble() ? std::optional(v.toDouble()) : std::nullopt;
}
std::optional<PointM> maybePoint(const QJsonValue& v) {
    const QJsonArray a = v.toArray();
    return a.size() == 2 ? std::optional(PointM{a[0].toDouble(), a[1].toDouble()}) : std::nullopt;
}

Insertion insertionFrom(const QJsonObject& o) {
    Insertion i;
    i.id = o["id"].toInteger();
    i.track = TrackId{o["track"].toInteger(-1)};
    i.startFrame = o["start_frame"].toInteger();
    i.endFrame = o["end_frame"].toInteger();
    i.startS = o["start_s"].toDouble();
    i.endS = o["end_s"].toDouble();
    i.immersedS = o["immersed_s"].toDouble();
    i.stationaryS = o["stationary_s"].toDouble();
    const QJsonArray px = o["contact_px"].toArray();
    i.contactPx = {px.at(0).toDouble(), px.at(1).toDouble()};
    i.timeErrorS = o["time_error_s"].toDouble();
    i.contactM = maybePoint(o["contact_m"]);
    i.contactErrorM = maybe(o["contact_error_m"]);
    i.tiltDeg = maybe(o["tilt_deg"]);
    i.tiltAzimuthDeg = maybe(o["tilt_azimuth_deg"]);
    i.insertionS = maybe(o["insertion_s"]);
    i.withdrawalS = maybe(o["withdrawal_s"]);
    i.insertionMmS = maybe(o["insertion_mm_s"]);
    i.withdrawalMmS = maybe(o["withdrawal_mm_s"]);
    i.insertionErrorS = maybe(o["insertion_error_s"]);
    i.withdrawalErrorMmS = maybe(o["withdrawal_error_mm_s"]);
    i.depthM = maybe(o["depth_m"]);
    i.unseenS = o["unseen_s"].toDouble();
    i.identityInDoubt = o["identity_in_doubt"].toBool();
    i.pathPx = o["path_px"].toDouble();
    i.pathM = maybe(o["path_m"]);
    i.confidence = o["confidence"].toDouble();
    i.effective = o["effective"].toBool(true);
    i.openStart = o["open_start"].toBool();
    i.openEnd = o["open_end"].toBool();
    return i;
}

std::optional<Violation> violationFrom(const QJsonObject& o) {
    const auto verdict = verdictFromName(str(o["verdict"]));
    const auto severity = severityFromName(str(o["severity"]));
    if (!verdict || !severity) {
        return std::nullopt;
    }
    Violation v;
    v.id = o["id"].toInteger();
    v.rule = str(o["rule"]);
    v.verdict = *verdict;
    v.severity = *severity;
    v.startFrame = o["start_frame"].toInteger();
    v.endFrame = o["end_frame"].toInteger();
    v.startS = o["start_s"].toDouble();
    v.endS = o["end_s"].toDouble();
    if (o["insertion"].isDouble()) {
        v.insertion = o["insertion"].toInteger();
    }
    v.value = maybe(o["value"]);
    v.limit = maybe(o["limit"]);
    v.unit = str(o["unit"]);
    v.positionM = maybePoint(o["position_m"]);
    v.source = str(o["source"]);
    v.confidence = o["confidence"].toDouble();
    v.reason = o.contains("reason_pattern") ? str(o["reason_pattern"]) : str(o["reason"]);
    for (const QJsonValue& a : o["reason_args"].toArray()) {
        v.reasonArgs.push_back(str(a));
    }
    return v;
}

Note noteFrom(const QJsonObject& o) {
    Note note{str(o["pattern"]), {}};
    for (const QJsonValue& argument : o["args"].toArray()) {
        note.args.push_back(str(argument));
    }
    return note;
}

// A result that was damaged on the way must not be read as one that found little: what screens and
// reports divide by, allocate or seek to has to make sense.
bool inTime(double s) {
    return std::isfinite(s) && std::abs(s) <= 1e7;
}
bool inRange(FrameIndex start, FrameIndex end, const ResultSummary& s) {
    return std::min(start, end) >= 0 && std::max(start, end) <= s.video.frames;
}
bool onSite(const std::optional<PointM>& p) {
    return !p || (std::abs(p->x) <= 1e7 && std::abs(p->y) <= 1e7);
}

const char* implausible(const ResultSummary& s) {
    constexpr int kLargestSide = 1 << 16;
    constexpr FrameIndex kMostFrames = 1'000'000'000;
    const VideoInfo& v = s.video;
    // 0: not said, as in what other programs write.
    const bool size =
        std::min(v.width, v.height) >= 0 && std::max(v.width, v.height) <= kLargestSide;
    const bool length = v.frames >= 1 && v.frames <= kMostFrames && inTime(v.durationS);
    if (!size || !length || !(v.fps >= 0 && v.fps <= 1e5)) {
        return "video";
    }
    // One less than the first: not one frame could be decoded.
    const bool range =
        s.firstFrame >= 0 && s.lastFrame >= s.firstFrame - 1 && s.lastFrame < v.frames;
    if (!range) {
        return "range";
    }
    return compliance::validateSettings(s.judging).ok() ? nullptr : "judging";
}

bool plausible(const Insertion& i, const ResultSummary& s) {
    return inRange(i.startFrame, i.endFrame, s) && inTime(i.startS) && inTime(i.endS) &&
           inTime(i.immersedS) && inTime(i.stationaryS) && onSite(i.contactM) &&
           std::abs(i.contactPx.x) <= 1e6 && std::abs(i.contactPx.y) <= 1e6;
}

bool plausible(const Violation& v, const ResultSummary& s) {
    return inRange(v.startFrame, v.endFrame, s) && inTime(v.startS) && inTime(v.endS) &&
           onSite(v.positionM) && !v.rule.empty();
}

}  // namespace

std::string reasonText(const Violation& violation) {
    return fail(ErrorKind::BadInput, violation.reason, violation.reasonArgs).message();
}

QByteArray summaryToJson(const ResultSummary& s, const compliance::Judgement& judgement) {
    QJsonArray insertions, touches, violations, passes, warnings, patterns;
    for (const Insertion& i : judgement.insertions) {
        (i.effective ? insertions : touches).append(toJson(i));
    }
    for (const Violation& v : judgement.violations) {
        (v.verdict == Verdict::Pass ? passes : violations).append(toJson(v));
    }
    for (const auto* list : {&s.warnings, &judgement.warnings}) {
        for (const Note& w : *list) {
            QJsonArray arguments;
            for (const std::string& argument : w.args) {
                arguments.append(text(argument));
            }
            warnings.append(text(w.sentence()));
            patterns.append(QJsonObject{{"pattern", text(w.text)}, {"args", arguments}});
        }
    }
    QJsonValue coverage(QJsonValue::Null);
    if (judgement.coverage) {
        const Coverage& c = *judgement.coverage;
        coverage = QJsonObject{{"cell_m", number(c.cellM)},
                               {"area_m2", number(c.areaM2)},
                               {"covered", number(c.covered, 6)},
                               {"missed", number(c.missed, 6)},
                               {"not_observed", number(c.notObserved, 6)},
                               {"error_m", number(c.errorM)},
                               {"covered_least", number(c.coveredLeast, 6)},
                               {"covered_most", number(c.coveredMost, 6)},
                               {"largest_gap_m", number(c.largestGapM)},
                               {"largest_gap_at_m", point(c.largestGapAt)}};
    }
    const QJsonObject o{
        {"schema", QLatin1String(kSchema)},
        {"created", text(s.createdUtc)},
        {"program_version", QStringLiteral(CVD_VERSION)},
        {"video", QJsonObject{{"file", text(s.video.file)},
                              {"sha256", text(s.video.sha256)},
                              {"width", s.video.width},
                              {"height", s.video.height},
                              {"frames", integer(s.video.frames)},
                              {"fps", number(s.video.fps, 6)},
                              {"duration_s", number(s.video.durationS)},
                              {"variable_frame_rate", s.video.variableFrameRate},
                              {"codec", text(s.video.codec)}}},
        {"model", QJsonObject{{"name", text(s.model.name)},
                              {"version", text(s.model.version)},
                              {"sha256", text(s.model.sha256)},
                              {"input", QJsonArray{s.model.inputWidth, s.model.inputHeight}}}},
        {"device", text(s.device)},
        {"profile", text(s.profileId)},
        {"profile_version", text(s.profileVersion)},
        {"profile_name", text(s.profileName)},
        {"calibrated", s.calibrated},
        {"radius_of_action_m", number(judgement.radiusM ? judgement.radiusM : s.radiusOfActionM)},
        {"judging", QJsonObject{{"min_score", number(s.judging.minScore, 3)},
                                {"lift_finished", s.judging.liftFinished},
                                {"coverage_cell_m", number(s.judging.coverageCellM)}}},
        {"range",
         QJsonObject{{"first_frame", integer(s.firstFrame)}, {"last_frame", integer(s.lastFrame)}}},
        {"timing", QJsonObject{{"wall_s", number(s.timing.wallS, 3)},
                               {"frames_per_s", number(s.timing.framesPerS, 2)},
                               {"inference_s", number(s.timing.inferenceS, 3)}}},
        {"insertions", insertions},
        {"touches", touches},
        {"violations", violations},
        {"passes", passes},
        {"coverage", coverage},
        {"warnings", warnings},
        {"warning_patterns", patterns}};
    return QJsonDocument(o).toJson(QJsonDocument::Indented);
}

compliance::JudgeOptions judgeOptions(const ResultSummary& summary) {
    compliance::JudgeOptions options;
    options.settings = summary.judging;
    options.frameWidth = summary.video.width;
    options.frameHeight = summary.video.height;
    return options;
}

Result<StoredResult> parseSummary(const QByteArray& json, const QString& where) {
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
    const std::string place = where.toStdString();
    if (problem.error != QJsonParseError::NoError) {
        return fail(ErrorKind::BadInput, CVD_TR("core", "%1 is not a JSON file: %2 at byte %3."),
                    {place, problem.errorString().toStdString(), std::to_string(problem.offset)});
    }
    const QJsonObject o = document.object();
    if (o["schema"].toString() != QLatin1String(kSchema)) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "%1 is not a result: its \"schema\" must be \"%2\"."),
                    {place, kSchema});
    }
    for (const char* list : {"insertions", "violations"}) {
        if (!o[QLatin1String(list)].isArray()) {
            return fail(ErrorKind::BadInput,
                        CVD_TR("core", "%1: the field \"%2\" is missing or has the wrong form."),
                        {place, list});
        }
    }
    StoredResult r;
    ResultSummary& s = r.summary;
    const QJsonObject video = o["video"].toObject(), model = o["model"].toObject();
    s.video.file = str(video["file"]);
    s.video.sha256 = str(video["sha256"]);
    s.video.width = video["width"].toInt();
    s.video.height = video["height"].toInt();
    s.video.frames = video["frames"].toInteger();
    s.video.fps = video["fps"].toDouble();
    s.video.durationS = video["duration_s"].toDouble();
    s.video.variableFrameRate = video["variable_frame_rate"].toBool();
    s.video.codec = str(video["codec"]);
    const QJsonArray input = model["input"].toArray();
    s.model = {str(model["name"]), str(model["version"]), str(model["sha256"]), input.at(0).toInt(),
               input.at(1).toInt()};
    s.device = str(o["device"]);
    s.profileId = str(o["profile"]);
    s.profileVersion = str(o["profile_version"]);
    s.profileName = str(o["profile_name"]);
    s.calibrated = o["calibrated"].toBool();
    s.radiusOfActionM = maybe(o["radius_of_action_m"]);
    const QJsonObject judging = o["judging"].toObject();  // not in older results
    s.judging = {judging["min_score"].toDouble(s.judging.minScore),
                 judging["lift_finished"].toBool(s.judging.liftFinished),
                 judging["coverage_cell_m"].toDouble(s.judging.coverageCellM)};
    s.firstFrame = o["range"].toObject()["first_frame"].toInteger();
    s.lastFrame = o["range"].toObject()["last_frame"].toInteger(s.video.frames - 1);
    const QJsonObject timing = o["timing"].toObject();
    s.timing = {timing["wall_s"].toDouble(), timing["frames_per_s"].toDouble(),
                timing["inference_s"].toDouble()};
    s.createdUtc = str(o["created"]);
    if (const char* field = implausible(s)) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "%1: the field \"%2\" is missing or has the wrong form."),
                    {place, field});
    }
    const QJsonArray sentences = o["warnings"].toArray();
    const QJsonArray patterns = o["warning_patterns"].toArray();
    for (qsizetype i = 0; i < sentences.size(); ++i) {
        // Results of older programs hold the sentences only.
        s.warnings.push_back(patterns.size() == sentences.size()
                                 ? noteFrom(patterns[i].toObject())
                                 : compliance::noteFromSentence(str(sentences[i])));
    }
    compliance::Judgement& j = r.judgement;
    j.radiusM = s.radiusOfActionM;
    for (const char* list : {"insertions", "touches"}) {
        for (const QJsonValue& i : o[QLatin1String(list)].toArray()) {
            j.insertions.push_back(insertionFrom(i.toObject()));
            if (!plausible(j.insertions.back(), s)) {
                return fail(
                    ErrorKind::BadInput,
                    CVD_TR("core", "%1: the field \"%2\" is missing or has the wrong form."),
                    {place, list});
            }
        }
    }
    for (const char* list : {"violations", "passes"}) {
        for (const QJsonValue& item : o[QLatin1String(list)].toArray()) {
            const auto v = violationFrom(item.toObject());
            if (!v || !plausible(*v, s)) {
                return fail(
                    ErrorKind::BadInput,
                    CVD_TR("core", "%1: the field \"%2\" is missing or has the wrong form."),
                    {place, list});
            }
            j.violations.push_back(*v);
        }
    }
    const auto byId = [](const auto& a, const auto& b) { return a.id < b.id; };
    std::stable_sort(j.insertions.begin(), j.insertions.end(), byId);
    std::stable_sort(j.violations.begin(), j.violations.end(), byId);
    if (o["coverage"].isObject()) {
        const QJsonObject c = o["coverage"].toObject();
        Coverage coverage;
        coverage.cellM = c["cell_m"].toDouble();
        coverage.areaM2 = c["area_m2"].toDouble();
        coverage.covered = c["covered"].toDouble();
        coverage.missed = c["missed"].toDouble();
        coverage.notObserved = c["not_observed"].toDouble();
        coverage.errorM = c["error_m"].toDouble();
        coverage.coveredLeast = c["covered_least"].toDouble(coverage.covered);
        coverage.coveredMost = c["covered_most"].toDouble(coverage.covered);
        coverage.largestGapM = c["largest_gap_m"].toDouble();
        coverage.largestGapAt = maybePoint(c["largest_gap_at_m"]);
        j.coverage = coverage;
    }
    return r;
}

}  // namespace cvd::report
