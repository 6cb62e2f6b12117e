// A network that looks at each picture at more than one size: what it found there becomes one list.
// Torch-free.
#pragma once

#include <vector>

#include "core/base/types.h"
#include "core/inference/model_manifest.h"

namespace cvd::inference {

// The manifest of each look: the first as it is, then one for each of `furtherLooks` with its input
// size. What a look may not find is out of its classMapping.
std::vector<ModelManifest> looksOf(const ModelManifest& manifest);

// Joins what the looks found in one picture, each best score first, in pixels of that picture. A
// thing that several looks found comes once, with the best of their scores, and lies in between, by
// their scores: a bar whose ends two looks see a little differently must not jump when now the one
// and now the other is surer. Idea: R. Solovyev et al., "Weighted boxes fusion", Image and Vision
// Computing 2021.
std::vector<Detection> joinLooks(std::vector<std::vector<Detection>> looks, float nmsIou,
                                 int maxDetections);

}  // namespace cvd::inference
