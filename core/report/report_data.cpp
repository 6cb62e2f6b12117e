#include "core/report/report_data.h"

#include <algorithm>
#include <map>

#include <QDir>
#include <QFileInfo>

#include "core/report/corrected_result.h"

namespace cvd::report {

const char* reviewName(Review review) {
    switch (review) {
        case Review::Confirmed:
            return "confirmed";
        case Review::FalseAlarm:
            return "false_alarm";
        case Review::Undecided:
            return "undecided";
        case Review::Open:
            break;
    }
    return "open";
}

Result<ReportData> readReportData(const QString& resultFolder, const QString& videoFile) {
    CVD_TRY_ASSIGN(auto stored, readResult(resultFolder));
    const QDir folder(QFileInfo(resultFolder).absoluteFilePath());
    ReportData data;
    data.summary = std::move(stored.summary);
    data.title = QFileInfo(QString::fromStdString(data.summary.video.file)).completeBaseName();
    data.resultFolder = folder.path();
    data.preparedAt = QDateTime::currentDateTimeUtc();
    data.insertions = std::move(stored.judgement.insertions);
    data.coverage = std::move(stored.judgement.coverage);
    for (Violation& v : stored.judgement.violations) {
        if (v.verdict != Verdict::Pass) {
            data.findings.push_back({v.id, std::move(v), {}});
        }
    }
    if (auto profile = compliance::loadProfile(judgedProfile(folder.path(), data.summary));
        profile.ok()) {
        data.profile = *profile;
    }
    if (auto calibration =
            compliance::readCalibration(folder.filePath(QStringLiteral("calibration.json")));
        calibration.ok()) {
        data.calibration = *calibration;
        if (auto solved = compliance::solve(*calibration); solved.ok()) {
            data.homography = *solved;
        }
    }
    if (auto tracks = loadTracks(folder.filePath(QStringLiteral("tracks.bin"))); tracks.ok()) {
        if (auto plan = loadPlan(folder.path(), *tracks); plan.ok() && *plan) {
            data.plan = std::make_shared<PlanData>(std::move(**plan));
        }
        data.tracks = std::make_shared<FrameIndexedTracks>(std::move(*tracks));
    }
    data.videoFile = videoFile;
    const QString annotated = folder.filePath(QStringLiteral("result.mp4"));
    if (videoFile.isEmpty() && QFileInfo::exists(annotated)) {
        data.videoFile = annotated;
        data.videoAnnotated = true;
        data.videoFirstFrame = data.summary.firstFrame;
    }
    return data;
}

Result<compliance::Judgement> layCorrectionsOver(
    ReportData& data, const std::vector<compliance::Correction>& corrections) {
    CVD_TRY_ASSIGN(const auto inputs, readJudgingInputs(data.resultFolder));
    CVD_TRY_ASSIGN(Tracks tracks, loadTracks(data.resultFolder + QStringLiteral("/tracks.bin")));
    CorrectedResult corrected = judgeCorrected(inputs, std::move(tracks), corrections);
    data.coverage = corrected.judgement.coverage;
    data.plan = corrected.plan;
    data.tracks = std::make_shared<FrameIndexedTracks>(*corrected.tracks);
    for (const auto& [number, who] : compliance::insertionsByHand(corrections)) {
        data.insertionsByHand.insert(number, QString::fromStdString(who));
    }
    data.corrections = corrections;
    return std::move(corrected.judgement);
}

std::vector<const Finding*> selected(const ReportData& data, const Selection& selection) {
    std::vector<const Finding*> rows;
    for (const Finding& f : data.findings) {
        const bool take =
            selection.which == Which::All ||
            (selection.which == Which::Filtered && selection.keys.contains(f.key)) ||
            (selection.which == Which::Confirmed && f.violation.verdict == Verdict::Violation &&
             f.review() == Review::Confirmed);
        if (take) {
            rows.push_back(&f);
        }
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Finding* a, const Finding* b) {
        return a->violation.startFrame < b->violation.startFrame;
    });
    return rows;
}

std::optional<double> RulePrecision::precision() const {
    const int judged = confirmed + falseAlarms;
    return judged > 0 ? std::optional(double(confirmed) / judged) : std::nullopt;
}

std::vector<RulePrecision> precisionByRule(const ReportData& data) {
    std::map<std::string, RulePrecision> byRule;
    for (const Finding& f : data.findings) {
        if (f.violation.verdict != Verdict::Violation) {
            continue;
        }
        RulePrecision& row = byRule[f.violation.rule];
        row.rule = f.violation.rule;
        ++row.violations;
        row.confirmed += f.review() == Review::Confirmed;
        row.falseAlarms += f.review() == Review::FalseAlarm;
    }
    std::vector<RulePrecision> rows;
    for (auto& [rule, row] : byRule) {
        rows.push_back(row);
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.violations > b.violations; });
    return rows;
}

FrameIndex pictureFrame(const Violation& v) {
    return v.startFrame + std::max<FrameIndex>(0, v.endFrame - v.startFrame) / 2;
}

}  // namespace cvd::report
