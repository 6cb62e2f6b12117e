// Loads LibTorch only when a detection starts: the window is on screen long before.
#pragma once

#include <filesystem>
#include <memory>

#include "core/base/result.h"
#include "core/inference/detector.h"

namespace cvd::pipeline {

// Folder of the running program.
std::filesystem::path executableFolder();

// inference::loadDetector() from the shared module cvd_torch_backend, which is looked for in
// $CVD_BACKEND_DIR (alone, when set), beside the program, and in ../lib/cvd-mis. `model` empty: the
// model that ships with the program. Environment when the module is missing or does not load.
// Any thread; the first call takes about a second.
Result<std::unique_ptr<inference::Detector>> loadDetectorLate(
    const std::filesystem::path& model, const inference::DetectorOptions& options);

}  // namespace cvd::pipeline
