// Private to the finding of insertions: what is measured of one.
#pragma once

#include <vector>

#include "core/compliance/insertions.h"
#include "core/compliance/poker_samples.h"
#include "core/compliance/stretches.h"

namespace cvd::compliance {

// The insertion that a stretch is: places, path, times, speeds, tilt, confidence; without an id.
// `homography` may be null; `camera`: lengths of samples are metres; `frameS`: seconds from frame
// to frame.
ObservedInsertion describe(const Stretch& stretch, const std::vector<PokerTrack>& tracks,
                           const InsertionOptions& options, const Homography* homography,
                           bool camera, const Stabiliser& stabiliser, double frameS);

}  // namespace cvd::compliance
