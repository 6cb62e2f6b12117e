// The ground of a rendered site: fresh concrete, forms, pits, rooms, and what stands far about.
#pragma once

#include "core/simulation/solid/plan.h"
#include "core/simulation/solid/scene.h"
#include "core/simulation/solid/site.h"

namespace cvd::simulation {

Surface groundSurface(Random& random, const Plan& p);
Surface concreteSurface(Random& random);
// The uneven top of the fresh concrete; steps and heaps in it, and spots that were worked before.
void makeHeights(Random& random, SolidSite& site, const Plan& p);
void workTheSurface(Random& random, SolidSite& site, const Plan& p);

// The ground about the pour, with the sides of what lies deeper or higher.
void putGround(Random& random, SolidSite& site, const Plan& p, const Surface& s);
void putForms(Random& random, SolidSite& site, const Plan& p);
void putShelf(Random& random, SolidSite& site, const Plan& p);
void putRoom(Random& random, SolidSite& site, const Plan& p, const Camera& camera);
// What stands about: walls, sheds, machines, heaps, trees.
void putSurroundings(Random& random, SolidSite& site, const Plan& p, const Camera& camera);

}  // namespace cvd::simulation
