// What the network should say for a picture, as plain arrays in the layout of inference::CvdLayout.
#pragma once

#include <vector>

#include "core/training/augment.h"

namespace cvd::training {

// All planes are row-major [channels][rows][columns], one value a cell of stride 8.
struct Targets {
    int rows = 0, columns = 0;
    std::vector<float> heat;            // 3: 1 at an object's centre cell, falling off around it
    std::vector<float> heatWeight;      // 3: 0 where nothing can be learnt
    std::vector<float> box;             // 12: centre x, y and size w, h in px of the input
    std::vector<float> boxWeight;       // 3
    std::vector<float> points;          // 4: low x, y, top x, y in px of the input (edge origin)
    std::vector<float> pointWeight;     // 1
    std::vector<float> immersed;        // 1
    std::vector<float> immersedWeight;  // 1
};

Targets makeTargets(const TrainingCrop& crop);

}  // namespace cvd::training
