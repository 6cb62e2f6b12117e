#include "core/pipeline/result_inputs.h"

#include <QString>

#include "core/compliance/calibration_file.h"
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
        CVD_TRY_ASSIGN(auto file, compliance::readCalibrationFile(toQt(calibrationFile)));
        inputs.calibration = std::move(file.calibration);
        inputs.calibrationMadeIn = file.madeIn;
    }
    return inputs;
}

Status fitToVideo(ResultInputs& inputs, const VideoInfo& video) {
    if (inputs.calibration) {
        const compliance::PictureSize size{video.width, video.height};
        CVD_TRY_ASSIGN(inputs.calibration,
                       compliance::scaleCalibration(std::move(*inputs.calibration),
                                                    inputs.calibrationMadeIn, size));
        inputs.calibrationMadeIn = size;
    }
    return {};
}

Status saveInputs(const std::filesystem::path& dir, const ResultInputs& inputs) {
    CVD_TRY(compliance::writeProfile(toQt(dir / "profile.json"), inputs.profile));
    if (inputs.calibration) {
        const QString file = toQt(dir / "calibration.json");
        CVD_TRY(compliance::writeCalibrationFile(file,
                                                 {*inputs.calibration, inputs.calibrationMadeIn}));
    }
    return {};
}

Note damagedFramesWarning(FrameIndex count, FrameIndex first) {
    return {compliance::kDamagedFrames, {std::to_string(count), std::to_string(first)}};
}

Note missingAtStartWarning(FrameIndex count) {
    return {compliance::kMissingAtStart, {std::to_string(count)}};
}

Note thinnedPointsWarning(FrameIndex count) {
    return {compliance::kThinnedPoints, {std::to_string(count)}};
}

Note cutOffWarning(std::int64_t missingBytes) {
    return {compliance::kCutOff, {std::to_string(missingBytes)}};
}

std::optional<Note> modelWarning(const inference::ModelManifest& manifest) {
    if (!inference::findsPokers(manifest)) {
        return Note{compliance::kNoPokers, {manifest.name}};
    }
    const bool boxes = manifest.decoder == inference::Decoder::YoloX ||
                       manifest.decoder == inference::Decoder::YoloV8;
    return boxes ? std::optional(Note{compliance::kBoxesOnly, {manifest.name}}) : std::nullopt;
}

bool isRunWarning(const Note& warning) {
    return warning.text == compliance::kDamagedFrames ||
           warning.text == compliance::kMissingAtStart ||
           warning.text == compliance::kThinnedPoints || warning.text == compliance::kCutOff ||
           warning.text == compliance::kBoxesOnly || warning.text == compliance::kNoPokers;
}

compliance::Judgement judgeInto(report::ResultSummary& summary, Tracks& tracks,
                                const ResultInputs& inputs) {
    auto judgement = compliance::judge(tracks, inputs.profile,
                                       inputs.calibration ? &*inputs.calibration : nullptr,
                                       report::judgeOptions(summary));
    summary.profileId = inputs.profile.id.toStdString();
    summary.profileVersion = inputs.profile.version.toStdString();
    summary.profileName = inputs.profile.nameEn.toStdString();
    summary.calibrated = inputs.calibration.has_value();
    summary.radiusOfActionM = judgement.radiusM;
    return judgement;
}

}  // namespace cvd::pipeline
