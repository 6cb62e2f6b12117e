// How large a network should be shown the pictures of a video. A network is at its best where
// things have about the size that it mostly learnt; of a far view it makes less than the pixels
// hold. People are in nearly every view of a pour, of known height, and found well even when they
// are small: they are the yardstick. Torch-free.
#pragma once

#include <optional>
#include <vector>

#include "core/base/types.h"
#include "core/inference/model_manifest.h"

namespace cvd::inference {

struct InputSize {
    int width = 0, height = 0;  // px
    bool operator==(const InputSize&) const = default;
};

// Heights (px of the picture) of the people among `found` that are seen well and are not cut off by
// the picture's edge.
std::vector<double> peopleHeights(const std::vector<Detection>& found,
                                  const ModelManifest& manifest, int pictureWidth,
                                  int pictureHeight);

// The scale at which the middle one of `heights` (not empty, px) is `height` px high, but no less
// than `least` and, where that is more, no more than `most`. Runs and training both show pictures
// so.
double scaleForPeople(std::vector<double> heights, double height, double least, double most);

// The input at which the middle one of `heights` has the height that the manifest asks for: never
// smaller than the manifest's own input, never with more pixels than the picture has, nor than the
// manifest allows. Empty: the manifest's own input is right, or nothing speaks for another one (no
// PeopleFit, too few people).
std::optional<InputSize> inputForPeople(const ModelManifest& manifest, int pictureWidth,
                                        int pictureHeight, std::vector<double> heights);

}  // namespace cvd::inference
