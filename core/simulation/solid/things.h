// Things on the rendered sites that must not be taken for a poker. Metres, world frame as in
// canvas.h. What people hold or work with comes with its people.
#pragma once

#include "core/simulation/solid/site.h"

namespace cvd::simulation {

// One kind of look-alike, at or near a place.
void putLookAlike(Random& random, SolidSite& site, const Vec3& at);
// A shovel, hoe or rake: a labelled tool.
void putTool(Random& random, SolidSite& site, const Vec3& at);

}  // namespace cvd::simulation
