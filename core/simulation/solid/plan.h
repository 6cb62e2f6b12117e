// What is decided of a rendered site before anything is built: the kind of place, where its pokers
// are, and the camera that sees them. World frame as in canvas.h; the pour's middle is at 0, 0.
#pragma once

#include <vector>

#include "core/simulation/canvas.h"
#include "core/simulation/random.h"
#include "core/simulation/solid/pokers.h"

namespace cvd::simulation {

enum class Place { Slab, Deck, Pit, WallTop, Column, Trench, Lane, Indoor, Beam };

// What is decided before the camera.
struct Plan {
    Place place = Place::Slab;
    double halfX = 2, halfY = 2, ground = 0, stand = 0, shelf = 0;
    bool wade = true;
    double front = 1e9;  // x where the fresh concrete ends within its forms
    double depth = 0.25;
    std::vector<SolidPoker> pokers;
    Vec3 focus;
    double focusLength = 0.3;
};

void planPlace(Random& random, Plan& p);
void planPokers(Random& random, Plan& p);  // with what the camera looks at
Camera aimCamera(Random& random, const Plan& p, int width, int height);

// A place of the fresh concrete, within so large a part of it.
Vec3 inThePour(Random& random, const Plan& p, double part);

}  // namespace cvd::simulation
