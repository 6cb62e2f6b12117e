// The original system's kind of detector: one network finds the poker's box, a second one segments
// it, and the mask gives the points. Any pair that a manifest with the decoder "pair" describes.
#pragma once

#include <functional>

#include "core/inference/detector.h"

namespace cvd::inference {

using LoadNetwork =
    std::function<Result<std::unique_ptr<Detector>>(const ModelManifest&, const DetectorOptions&)>;

// The manifest of a pair's first network alone.
ModelManifest firstOfPair(const ModelManifest& pair);

// `loadFirst` loads a single network; hashes are checked already. Errors as loadDetector()'s.
Result<std::unique_ptr<Detector>> loadPair(const ModelManifest& manifest,
                                           const DetectorOptions& options,
                                           const LoadNetwork& loadFirst);

}  // namespace cvd::inference
