// How good a detector is, on named sets.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/inference/detector.h"
#include "core/training/coco_metrics.h"
#include "core/training/sample_source.h"

namespace cvd::training {

// One class on one set at the detector's default threshold, with the threshold-free figures beside.
struct ClassFigures {
    bool measured = false;     // the set says where this class is
    std::int64_t objects = 0;  // in the truth
    CocoFigures coco;
    double precision = 0, recall = 0;  // IoU >= 0.5, at the default threshold
    double recallAtTenthFalse = 0;     // highest recall with at most 0.1 false alarms a picture
    double bestThreshold = 0;          // of the best F1
    double falsePerPicture = 0;        // at the default threshold
};

struct SetFigures {
    std::string name;
    std::int64_t pictures = 0;
    ClassFigures classes[kObjectClassCount];
    // Pokers found (IoU >= 0.3, default threshold): distance to the true point in px of a picture
    // that is 640 wide.
    double lowMedianPx = 0, low95Px = 0, topMedianPx = 0, top95Px = 0;
    double immersedAccuracy = 0;
};

struct EvaluateProgress {
    std::int64_t done = 0, total = 0;
};

// Runs the detector over pictures 0..count-1 of the source. Those that cannot be read are left out
// with a warning; BadInput when that is all of them. Cancelled when asked to.
Result<SetFigures> evaluateOn(inference::Detector& detector, const SampleSource& source,
                              std::int64_t count,
                              const std::function<void(const EvaluateProgress&)>& progress = {},
                              const std::atomic<bool>* cancelled = nullptr);

// Same figures from detections that exist already, one list a picture.
SetFigures figuresOf(const std::string& name, const std::vector<LabelledPicture>& truths,
                     const std::vector<std::vector<Detection>>& detections,
                     const std::array<float, kObjectClassCount>& thresholds);

// Pictures and videos in `folder` in which no poker is in use: every one found is false. Videos are
// sampled at about two frames a second. What cannot be read is left out with a warning; BadInput
// when that is everything.
struct SilenceFigures {
    std::int64_t pictures = 0;
    std::int64_t falsePokers = 0, falseHoes = 0;  // at the default thresholds
    std::vector<float> pokerScores;               // all of them, best first
    double perPicture() const {
        return pictures ? static_cast<double>(falsePokers) / static_cast<double>(pictures) : 0;
    }
};
Result<SilenceFigures> evaluateSilence(inference::Detector& detector,
                                       const std::filesystem::path& folder,
                                       const std::atomic<bool>* cancelled = nullptr);

// Plain text table of several sets.
std::string figuresTable(const std::vector<SetFigures>& sets);

// The same for programs: {"schema": "cvd-mis/figures/1", "model", "sets", "no_poker_in_use"}.
std::string figuresJson(const inference::ModelManifest& model, const std::vector<SetFigures>& sets,
                        const std::optional<SilenceFigures>& silence);

}  // namespace cvd::training
