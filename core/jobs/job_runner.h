// What the queue asks of the code that does the work, so that tests can put another in its place.
#pragma once

#include <QString>
#include <atomic>
#include <functional>
#include <optional>
#include <utility>

#include "core/base/result.h"
#include "core/base/types.h"

namespace cvd::jobs {

enum class JobStage { Waiting, Preparing, Detecting, Judging, Writing, Storing };

struct JobProgress {
    FrameIndex done = 0, total = 0;  // frames; total 0: not known yet
    double framesPerS = 0;
    double secondsLeft = -1;  // negative: not known yet
    JobStage stage = JobStage::Waiting;
    QString device;  // "cpu", "cuda:0"; empty: not known yet
    bool paused = false;
    double pausedS = 0;  // seconds that the job stood still so far
};

// Whether only the figures differ, so that what may be done with the job and its log are the same.
inline bool samePhase(const JobProgress& a, const JobProgress& b) {
    return a.stage == b.stage && a.paused == b.paused;
}

// What the user chooses for a detection.
struct JobOptions {
    QString profile = QStringLiteral("gb50666");
    bool useCalibration = true;               // the project's calibration, if it has one
    QString device = QStringLiteral("auto");  // auto, cpu, cuda[:N]
    QString modelFile;                        // manifest or model; empty: the shipped one
    std::optional<std::pair<FrameIndex, FrameIndex>> range;  // both inclusive; empty: all frames
    bool writeVideo = true;                                  // result.mp4
};

struct RunRequest {
    QString videoFile;
    QString videoSha256;
    QString calibrationFile;  // empty: none
    QString outputFolder;     // appears only when complete
    JobOptions options;
    const std::atomic<bool>* pause = nullptr;  // while true the runner reads no further frame
};

// Runs in the queue's worker thread, blocks until done; must return within 0.5 s of `cancel`
// becoming true and then leave nothing in outputFolder.
using JobRunner = std::function<Status(const RunRequest&, std::function<void(const JobProgress&)>,
                                       const std::atomic<bool>& cancel)>;

}  // namespace cvd::jobs
