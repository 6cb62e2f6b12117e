// The training's log as a picture: what a person looks at to see whether it still learns.
#pragma once

#include <filesystem>

#include "core/base/result.h"

namespace cvd::training {

// Reads log.csv of a training folder and draws loss, learning rate and the validation figures over
// the minutes into a PNG. BadInput when the log holds nothing to draw, Environment when the picture
// cannot be written.
Status writeCurves(const std::filesystem::path& logCsv, const std::filesystem::path& png);

}  // namespace cvd::training
