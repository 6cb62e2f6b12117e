// Training pictures of a third make: whole sites rendered with a depth buffer, with light, shadows
// and many things that resemble a poker but are none. Labels as in training_sample.h; a poker whose
// place of entry is hidden has an immersedScore of -1.
#pragma once

#include "core/simulation/training_sample.h"

namespace cvd::simulation {

// The same seed and size give the same picture. Thread-safe. `backgrounds` is not used: all of
// these sites are built.
TrainingSample renderSolidSample(std::uint64_t seed, int width, int height,
                                 const BackgroundPool* backgrounds = nullptr);

}  // namespace cvd::simulation
