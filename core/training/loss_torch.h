// Loss of one batch.
#pragma once

#include <vector>

#include <torch/types.h>

#include "core/training/targets.h"

namespace cvd::training {

struct BatchTargets {
    torch::Tensor heat, heatWeight, box, boxWeight, points, pointWeight, immersed, immersedWeight;
};

// All of one size.
BatchTargets stackTargets(const std::vector<Targets>& targets, torch::Device device);

struct LossParts {
    torch::Tensor total;
    // Already weighted, for the log.
    double heat = 0, box = 0, points = 0, confidence = 0, immersed = 0;
};

// `output`: [N, 22, H/8, W/8].
LossParts detectionLoss(const torch::Tensor& output, const BatchTargets& targets);

}  // namespace cvd::training
