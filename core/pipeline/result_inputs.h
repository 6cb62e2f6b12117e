// Profile and calibration of a run, and judging with them. A result folder keeps copies of both, so
// that it can be judged again as it was.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/compliance/calibration.h"
#include "core/compliance/judge.h"
#include "core/compliance/profile.h"
#include "core/inference/model_manifest.h"
#include "core/report/result_files.h"

namespace cvd::pipeline {

struct ResultInputs {
    compliance::Profile profile;
    std::optional<Calibration> calibration;
    compliance::PictureSize calibrationMadeIn;  // as the file says; unknown in older ones
};

// BadInput for an unknown profile or a broken calibration. An empty file name means none.
Result<ResultInputs> loadInputs(const std::string& profile,
                                const std::filesystem::path& calibrationFile);

// Brings the calibration to the size of the video. BadInput when it was made for another one.
Status fitToVideo(ResultInputs& inputs, const VideoInfo& video);

// profile.json, and calibration.json when there is one.
Status saveInputs(const std::filesystem::path& dir, const ResultInputs& inputs);

// What a run that went through has to say about its video. The judge's warnings are apart from
// these: judging again replaces them.
Note damagedFramesWarning(FrameIndex count, FrameIndex first);
Note missingAtStartWarning(FrameIndex count);
Note thinnedPointsWarning(FrameIndex count);
Note cutOffWarning(std::int64_t missingBytes);
std::optional<Note> modelWarning(const inference::ModelManifest& manifest);
bool isRunWarning(const Note& warning);

// Judges, and writes into `summary` what it was judged with.
compliance::Judgement judgeInto(report::ResultSummary& summary, Tracks& tracks,
                                const ResultInputs& inputs);

}  // namespace cvd::pipeline
