// Loads LibTorch only when a detection starts: the window is on screen long before.
#pragma once

#include <filesystem>
#include <memory>

#include "core/base/result.h"
#include "core/inference/detector.h"
#include "core/inference/inspect_model.h"

namespace cvd::pipeline {

// Folder of the running program.
std::filesystem::path executableFolder();

// Call first thing in main() of every program that detects. LibTorch's OpenMP threads spin while
// they wait for each other; when decoder and encoder want the same cores, each wait then lasts
// until the scheduler gives up on the spinning thread, and a frame takes twenty times as long
// (measured: 1.2 frames/s against 26.7 on a busy 2-core machine). Threads that sleep at once need
// 0.15 ms to wake for each of a network's hundred layers, twice the time of a frame where nothing
// else runs. So they spin for a millisecond at most. Only the environment can tell OpenMP so, and
// its library is loaded before main(): this starts the program again with GOMP_SPINCOUNT. Does
// nothing when the user has set a policy, or when that is not possible.
void restartWithBriefSpinning(char** argv);

// inference::loadDetector() from the shared module cvd_torch_backend, which is looked for in
// $CVD_BACKEND_DIR (alone, when set), beside the program, and in ../lib/cvd-mis. `model` empty: the
// model that ships with the program. Environment when the module is missing or does not load.
// Any thread; the first call takes about a second.
Result<std::unique_ptr<inference::Detector>> loadDetectorLate(
    const std::filesystem::path& model, const inference::DetectorOptions& options);

// inference::inspectNetwork() from the same module. It can crash the program: core/models asks in a
// process of its own.
Result<inference::ModelFindings> inspectNetworkLate(const std::filesystem::path& file,
                                                    std::optional<std::pair<int, int>> inputSize);

}  // namespace cvd::pipeline
