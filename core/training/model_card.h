// What stands in the manifest of the model that ships.
#pragma once

#include "core/training/trainer.h"

namespace cvd::training {

ExportOptions shippedModelOptions();

}  // namespace cvd::training
