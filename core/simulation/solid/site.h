// The ground that people and things of a rendered site stand on, and what has been put up so far.
// World frame as in canvas.h: metres, z up. Ids are those of SolidScene's bodies: pokers below
// kSolidPersonIds, then persons, from kSolidHoeIds on tools; 0 is nothing that has a label.
#pragma once

#include "core/simulation/random.h"
#include "core/simulation/solid/scene.h"

namespace cvd::simulation {

inline constexpr int kSolidPersonIds = 100, kSolidHoeIds = 200, kSolidIds = 300;

// Where things stand and what has been put up so far.
struct SolidSite {
    SolidScene* scene = nullptr;
    HeightGrid concrete;
    double x0 = 0, x1 = 0, y0 = 0, y1 = 0;  // of the concrete
    double ground = 0;                      // height of what is around it
    double stand = 0;                       // height where people beside it stand
    double shelf = 0;                       // width of a platform of that height about it
    bool wade = true;                       // people stand in the concrete, too
    cv::Vec3f grout{0.3F, 0.3F, 0.3F};
    int persons = kSolidPersonIds, hoes = kSolidHoeIds;

    bool inConcrete(double x, double y) const { return x > x0 && x < x1 && y > y0 && y < y1; }
    double surface(double x, double y) const {
        const bool near = x > x0 - shelf && x < x1 + shelf && y > y0 - shelf && y < y1 + shelf;
        return inConcrete(x, y) ? concrete.at(x, y) : near ? stand : ground;
    }
    // Where a person's soles are; away from narrow concrete.
    Vec3 footing(Random& random, double x, double y) const;
    void dent(double x, double y, double radius, double height);  // a dimple or a mound
};

// A place within `far` of another, on what is there.
Vec3 spotNear(Random& random, const SolidSite& site, const Vec3& at, double far);
// How far along the axis the surface is met, from a point of the surface's mean.
double surfaceAlong(const SolidSite& site, const Vec3& from, const Vec3& axis);
// The site's concrete, where it sticks to things or runs out of them.
Surface groutOf(const SolidSite& site, Random& random);

}  // namespace cvd::simulation
