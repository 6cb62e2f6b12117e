// Sun, sky, lamps, exposure: how a rendered site is lit.
#pragma once

#include "core/simulation/solid/plan.h"
#include "core/simulation/solid/scene.h"

namespace cvd::simulation {

SolidScene::Look planLook(Random& random, const Plan& p, const Camera& camera);

}  // namespace cvd::simulation
