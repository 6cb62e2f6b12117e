// The ways of hoses: from a hand or a bar to the ground, a motor, or out of the picture. Points of
// lines in metres, world frame as in canvas.h; a tube is put along the line by the caller.
#pragma once

#include "core/simulation/solid/geometry.h"
#include "core/simulation/solid/people.h"
#include "core/simulation/solid/site.h"

namespace cvd::simulation {

// From the line's last point to the ground and away on it in bends, beginning in direction `turn`.
void trail(Random& random, const SolidSite& site, Line& line, double turn, double radius);

// The way of a hose from the hand, the line's last point, on. `f` holds it; null: nobody does.
void routeHose(Random& random, SolidSite& site, Line& line, const SolidFigure* f, double radius);

}  // namespace cvd::simulation
