// The networks that others run for the same task, with random weights, so that their time can be
// measured beside ours on one machine. They detect nothing.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"

namespace cvd::training {

struct PeerTiming {
    std::string name;  // "YOLOX-s 640x640"
    double millionWeights = 0;
    double eagerMs = 0;      // median forward time of one picture, as a framework runs it
    double optimisedMs = 0;  // traced, frozen and optimised as our own networks are
};

// The original system's pair: YOLOX-s (Z. Ge et al., "YOLOX", 2021) at 640 x 640 and YOLACT with
// ResNet-101 (D. Bolya et al., "YOLACT", 2019) at 550 x 550, one picture each, on the CPU.
// Blocks for about half a minute. Environment when torch fails.
Result<std::vector<PeerTiming>> timePeerNetworks(int threads, int repeats);

}  // namespace cvd::training
