// The seam between the program and the shared module that alone is linked with LibTorch. One C
// function is exported; program and module come from the same build, which `build` verifies.
#pragma once

#include <memory>
#include <optional>

#include "core/base/result.h"
#include "core/inference/detector.h"
#include "core/inference/inspect_model.h"

namespace cvd::pipeline {

inline constexpr int kTorchBackendAbi = 2;
inline constexpr const char* kTorchBackendSymbol = "cvdTorchBackend";

struct TorchBackend {
    int abi = kTorchBackendAbi;
    const char* version = "";  // of the program it was built with
    // The module has a log of its own; this sends its lines to the program's.
    void (*setLog)(void (*write)(int level, const char* area, const char* line)) = nullptr;
    void (*load)(const char* model, const inference::DetectorOptions& options,
                 std::optional<Result<std::unique_ptr<inference::Detector>>>& out) = nullptr;
    // Width 0: every usual size.
    void (*inspect)(const char* file, int width, int height,
                    std::optional<Result<inference::ModelFindings>>& out) = nullptr;
};

}  // namespace cvd::pipeline
