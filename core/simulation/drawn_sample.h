// Training pictures of another make than training_sample.h: a flat painter that puts shapes on a
// picture without any camera. What both have in common is what a detector should learn: a straight
// bar that ends in something and has a hose on its other end. Labels as in training_sample.h.
#pragma once

#include "core/simulation/training_sample.h"

namespace cvd::simulation {

// The same seed and size give the same picture on every machine. Thread-safe.
TrainingSample renderDrawnSample(std::uint64_t seed, int width, int height,
                                 const BackgroundPool* backgrounds = nullptr);

}  // namespace cvd::simulation
