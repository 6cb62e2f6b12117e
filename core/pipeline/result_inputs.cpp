#include "core/pipeline/result_inputs.h"

#include <QString>

#include "core/compliance/calibration.h"
#include "core/compliance/warnings.h"

namespace cvd::pipeline {

namespace {

QString toQt(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}
}  // namespace

Result<ResultInputs> loadInputs(const std::string& profile,
                                const std::filesystem::path& calibrationFile) {
    ResultInputs inputs;
    CVD_TRY_ASSIGN(inputs.profile, compliance::loadProfile(QString::fromStdString(profile)));
    if (!calibrationFile.empty()) {
        CVD_TRY_ASSIGN(inputs.calibration, compliance::readCalibration(toQt(calibrationFile)));
    }
    return inputs;
}

Status saveInputs(const std::filesystem::path& dir, const ResultInputs& inputs) {
    CVD_TRY(compliance::writeProfile(toQt(dir / "profile.json"), inputs.profile));
    if (inputs.calibration) {
        CVD_TRY(compliance::writeCalibration(toQt(dir / "calibration.json"), *inputs.calibration));
    }
    return {};
}

Note damagedFramesWarning(FrameIndex count, FrameIndex first) {
    return {compliance::kDamagedFrames, {std::to_string(count), std::to_string(first)}};
}

Note thinnedPointsWarning(FrameIndex count) {
    return {compliance::kThinnedPoints, {std::to_string(count)}};
}

bool isRunWarning(const Note& warning) {
    return warning.text == compliance::kDamagedFrames || warning.text == compliance::kThinnedPoints;
}

compliance::Judgement judgeInto(report::ResultSummary& summary, Tracks& tracks,
                                const ResultInputs& inputs) {
    compliance::JudgeOptions options;
    options.frameWidth = summary.video.width;
    options.frameHeight = summary.video.height;
    auto judgement = compliance::judge(
        tracks, inputs.profile, inputs.calibration ? &*inputs.calibration : nullptr, options);
    summary.profileId = inputs.profile.id.toStdString();
    summary.profileVersion = inputs.profile.version.toStdString();
    summary.profileName = inputs.profile.nameEn.toStdString();
    summary.calibrated = inputs.calibration.has_value();
    summary.radiusOfActionM = judgement.radiusM;
    return judgement;
}

}  // namespace cvd::pipeline
