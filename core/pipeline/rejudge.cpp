#include <algorithm>
#include <chrono>
#include <exception>

#include <opencv2/imgcodecs.hpp>

#include <QString>

#include "core/compliance/warnings.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/result_folder.h"
#include "core/pipeline/result_inputs.h"
#include "core/report/track_file.h"

namespace cvd::pipeline {

namespace fs = std::filesystem;

namespace {

QString toQt(const fs::path& path) {
    return QString::fromStdString(path.string());
}

fs::path existing(const fs::path& file) {
    std::error_code ignored;
    return fs::is_regular_file(file, ignored) ? file : fs::path();
}

// The picture under the heat map; a grey one when it is missing.
cv::Mat storedFirstFrame(const fs::path& dir, const VideoInfo& video) {
    cv::Mat picture;
    if (!existing(dir / "first_frame.png").empty()) {
        picture = cv::imread((dir / "first_frame.png").string(), cv::IMREAD_COLOR);
    }
    if (picture.empty()) {
        picture = cv::Mat(std::max(video.height, 1), std::max(video.width, 1), CV_8UC3,
                          cv::Scalar::all(96));
    }
    return picture;
}

// What judging decides of each point: in the concrete, not, or unknown.
std::vector<std::int8_t> statesOf(const Tracks& tracks) {
    std::vector<std::int8_t> states;
    states.reserve(tracks.points.size());
    for (const TrackPoint& p : tracks.points) {
        states.push_back(p.immersed ? static_cast<std::int8_t>(*p.immersed) : std::int8_t{-1});
    }
    return states;
}

// Most profiles differ in their limits only; then the tables of the tracks, which are nearly all of
// a result's bytes, are right as they are.
report::TrackTables tablesToWrite(const fs::path& dir, bool sameStates) {
    const bool there = std::all_of(std::begin(report::kTrackTables), std::end(report::kTrackTables),
                                   [&](const char* name) { return !existing(dir / name).empty(); });
    return sameStates && there ? report::TrackTables::Keep : report::TrackTables::Write;
}

Result<RunResult> judgeAgain(const fs::path& dir, const std::string& profile,
                             const fs::path& calibrationFile,
                             const std::optional<compliance::JudgeSettings>& settings) {
    std::error_code ignored;
    if (!fs::is_directory(dir, ignored)) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core",
                           "%1 is not a result folder. Name the folder that a detection "
                           "wrote."),
                    {dir.string()});
    }
    CVD_TRY_ASSIGN(auto stored, report::readResult(toQt(dir)));
    CVD_TRY_ASSIGN(auto tracks, report::loadTracks(toQt(dir / "tracks.bin")));
    const fs::path calibration =
        calibrationFile.empty() ? existing(dir / "calibration.json") : calibrationFile;
    CVD_TRY_ASSIGN(
        auto inputs,
        loadInputs(profile.empty() ? report::judgedProfile(toQt(dir), stored.summary).toStdString()
                                   : profile,
                   calibration));
    CVD_TRY(fitToVideo(inputs, stored.summary.video));

    const bool calibrationGone = stored.summary.calibrated && calibration.empty();
    RunResult result;
    result.summary = std::move(stored.summary);
    if (settings) {  // what is stored was checked when it was read
        CVD_TRY(compliance::validateSettings(*settings));
        result.summary.judging = *settings;
    }
    result.summary.createdUtc.clear();
    std::erase_if(result.summary.warnings,
                  [](const Note& warning) { return !isRunWarning(warning); });
    const auto before = statesOf(tracks);
    const auto started = std::chrono::steady_clock::now();
    result.judgement = judgeInto(result.summary, tracks, inputs);
    if (calibrationGone) {
        result.judgement.warnings.push_back({compliance::kCalibrationGone, {}});
    }
    result.stages.judge =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();

    CVD_TRY_ASSIGN(auto folder, ResultFolder::create(dir, 16u << 20));
    CVD_TRY(saveInputs(folder->partial(), inputs));
    const auto tables = tablesToWrite(dir, statesOf(tracks) == before);
    CVD_TRY(report::writeResultTables(
        toQt(folder->partial()), result.summary, tracks, result.judgement,
        tables == report::TrackTables::Write ? storedFirstFrame(dir, result.summary.video)
                                             : cv::Mat(),
        tables));
    CVD_TRY(folder->publish(false));
    return result;
}

}  // namespace

Result<RunResult> rejudge(const fs::path& resultDir, const std::string& profile,
                          const fs::path& calibrationFile,
                          const std::optional<compliance::JudgeSettings>& settings) {
    try {
        return judgeAgain(resultDir, profile, calibrationFile, settings);
    } catch (const std::exception& problem) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core",
                           "Judging %1 again stopped because of an unexpected error. The "
                           "details say what went wrong."),
                    {resultDir.string()}, problem.what());
    }
}

}  // namespace cvd::pipeline
