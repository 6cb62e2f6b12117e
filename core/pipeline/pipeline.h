// The main job: a video file becomes a result folder (docs/contract.md). The program and
// `cvd-mis detect` both call runDetect(), so their results are the same.
//
//   decode thread -> queue -> detect thread -> queue -> track, draw, encode thread;  then judge,
//   write
//
// Everything is written into DIR/.partial and moved into place when complete, summary.json last. A
// run that is killed leaves only DIR/.partial, which the next run clears.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/compliance/judge.h"
#include "core/inference/detector.h"
#include "core/report/result_files.h"

namespace cvd::pipeline {

struct FrameRange {
    FrameIndex first = 0, last = 0;  // both inclusive
};

// Tests bring their own; empty means loadDetectorLate() (core/pipeline/late_detector.h).
using DetectorFactory = std::function<Result<std::unique_ptr<inference::Detector>>(
    const std::filesystem::path& model, const inference::DetectorOptions& options)>;

struct DetectRequest {
    std::filesystem::path videoFile;
    std::filesystem::path outDir;           // made when missing
    std::filesystem::path calibrationFile;  // empty: not calibrated
    std::string profile = "gb50666";        // id of a built-in profile, or a file
    std::filesystem::path modelFile;        // manifest or folder; empty: the shipped model
    std::string device = "auto";            // auto, cpu, cuda[:N]
    std::optional<FrameRange> range;        // empty: all frames
    compliance::JudgeSettings judging;      // a range that ends before the video finishes no lift
    bool writeVideo = true;                 // result.mp4
    std::string videoSha256;                // when it is known already; empty: computed on the way
    // While true no further frame is read: the processor is free, the run keeps its place. Null:
    // the run never pauses. Must outlive the run.
    const std::atomic<bool>* pause = nullptr;

    DetectorFactory detectorFactory;
    int decodeThreads = 0;                  // 0: what measured best
    std::string videoPreset = "superfast";  // x264's
};

enum class Stage { Preparing, Detecting, Judging, Writing };

struct Progress {
    FrameIndex done = 0, total = 0;  // frames of the range; total 0: not known yet
    double framesPerS = 0;           // smoothed over some seconds; 0: not known yet
    double secondsLeft = -1;         // negative: not known yet
    Stage stage = Stage::Preparing;
    std::string device;  // "cpu", "cuda:0"; empty: not known yet
};
using ProgressSink = std::function<void(const Progress&)>;

// Seconds that each stage was busy; waiting for a neighbour does not count.
struct StageSeconds {
    double prepare = 0, decode = 0, detect = 0, track = 0, draw = 0, encode = 0, judge = 0,
           write = 0;
};

struct RunResult {
    report::ResultSummary summary;
    compliance::Judgement judgement;
    StageSeconds stages;
};

// Blocks until done. `progress` is called in the calling thread, at most ten times a second.
// After `cancel` becomes true it returns Cancelled within half a second and leaves nothing behind
// (an earlier result in the folder stays as it was), also when it is paused. Pauses change no
// result; they do not count in `frames_per_s`.
//
// Errors: BadInput (video, calibration, profile, model), Usage (range outside the video, result
// would overwrite the video), Environment (folder, disk space, device, another run in the same
// folder). An error in mid-run names the frame. Frames that cannot be decoded are no error: the run
// ends with what exists, and the summary's warnings say so.
Result<RunResult> runDetect(const DetectRequest& request, const ProgressSink& progress,
                            const std::atomic<bool>& cancel);

// Judges the saved tracks of an earlier result again, without video, inference or model, and
// replaces its tables. Empty arguments keep what the result was judged with. result.mp4 stays.
Result<RunResult> rejudge(const std::filesystem::path& resultDir, const std::string& profile = {},
                          const std::filesystem::path& calibrationFile = {},
                          const std::optional<compliance::JudgeSettings>& settings = {});

// A detector that was still loading when its run was cancelled goes on loading in the background.
// Call this at the end of main(): a program must not end while a library is being loaded.
void waitForBackgroundLoading();

}  // namespace cvd::pipeline
