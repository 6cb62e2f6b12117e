// The trainer's state on disk.
#pragma once

#include <filesystem>

#include <torch/optim/adamw.h>

#include "core/base/result.h"
#include "core/training/network_torch.h"

namespace cvd::training {

struct TrainState {
    CvdNet net{nullptr}, average{nullptr};
    std::unique_ptr<torch::optim::AdamW> optimizer;
    std::int64_t step = 0;
    double minutes = 0;  // of all runs together
};

TrainState freshState(const NetworkOptions& options, double learningRate, double weightDecay);
// An earlier checkpoint stays when the disk is full.
Status saveState(const TrainState& state, const std::filesystem::path& file);
// Builds the network as the checkpoint says.
Result<TrainState> loadState(const std::filesystem::path& file);

}  // namespace cvd::training
