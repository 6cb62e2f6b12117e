// People on the rendered sites: how they stand and reach (SolidFigure), what they wear, and the
// bodies that they are made of. World frame as in canvas.h: metres, z up; angles in radians, about
// z from +x. A side is 1 for the left and -1 for the right.
#pragma once

#include <cmath>
#include <optional>

#include "core/simulation/solid/site.h"

namespace cvd::simulation {

struct SolidFigure {
    Vec3 at;  // on the ground, between the feet
    double facing = 0, height = 1.75;
    double girth = 1;     // 1 is ordinary
    double bend = 0.1;    // of the trunk, forwards
    double crouch = 0;    // share of the legs' length by which the hips are lower
    double stride = 0.2;  // metres between the feet, along the facing
    double turn = 0;      // sideways lean of the trunk
    bool kneels = false;
    std::optional<Vec3> left, right;  // hands; one that is not given hangs down

    Vec3 forward() const { return {std::cos(facing), std::sin(facing), 0}; }
    Vec3 leftward() const { return {-std::sin(facing), std::cos(facing), 0}; }
    Vec3 hip() const;
    Vec3 trunk() const;  // direction
    Vec3 shoulder(int side) const;
    Vec3 neck() const;
    void stoopFor(const Vec3& hand, int side);  // bends until the hand can be reached
};
SolidFigure makeSolidFigure(Random& random, const Vec3& at, double facing);
// A person whose hands are at two places, standing beside them in direction `from`.
SolidFigure personAt(Random& random, SolidSite& site, const Vec3& hand,
                     const std::optional<Vec3>& other, double from);
// Nobody is put up where the camera is, nor when all ids are used up.
void putFigure(Random& random, SolidSite& site, const SolidFigure& figure);
// Somebody who walks, stands, points, or has his hands in his pockets.
void putPasserBy(Random& random, SolidSite& site, const Vec3& at);

}  // namespace cvd::simulation
