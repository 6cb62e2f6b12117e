// What stands in the manifest of the model that ships.
#pragma once

#include <string>

#include "core/training/trainer.h"

namespace cvd::training {

ExportOptions shippedModelOptions();

// The facts of an export in Markdown; `training` says where the weights come from. What was
// measured is for a person to add.
std::string modelCardText(const inference::ModelManifest& manifest, const std::string& training);

}  // namespace cvd::training
