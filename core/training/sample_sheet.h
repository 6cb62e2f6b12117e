// Pictures with truth and detections drawn in, for people to look at.
#pragma once

#include <atomic>
#include <filesystem>

#include "core/base/result.h"
#include "core/inference/detector.h"
#include "core/training/sample_source.h"

namespace cvd::training {

// Truth thin and white, pokers red with their two points, hoes yellow, people green; only what
// reaches the default threshold.
void drawTruthAndFound(cv::Mat& bgr, const std::vector<Detection>& truth,
                       const std::vector<Detection>& found,
                       const inference::ModelManifest& manifest);

// A JPEG of 3 x 6 pictures of the source; makes the folder. Cancelled when asked to.
Status writeSampleSheet(inference::Detector& detector, const SampleSource& source,
                        const std::filesystem::path& file,
                        const std::atomic<bool>* cancelled = nullptr);

}  // namespace cvd::training
