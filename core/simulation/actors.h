// The things on a site: pokers, workers, tools, and things that look like a poker and are none.
#pragma once

#include <optional>
#include <vector>

#include "core/simulation/canvas.h"
#include "core/simulation/random.h"

namespace cvd::simulation {

// Everything that varies from site to site but not within a pour.
struct Palette {
    bool flat = false;      // a drawn style without shading
    double saturation = 1;  // of clothes
};

// A poker is a rigid bar (steel head, and the stiff tube above it) with a hose on its top. `tip`
// may lie below the surface; the part above z = 0 is what the picture shows.
struct Poker {
    Vec3 tip, top;
    double radius = 0.03;      // metres, of the head
    double neckRadius = 0.02;  // of the bar's upper end
    double headShare = 0.6;    // of the bar's length that is steel head; the rest is tube
    Material head, tube, hose, smear;
    double smearShare = 0;   // of the bar, from the tip, that grout covers
    double collarShare = 0;  // where a thicker ring sits on the bar; 0: none
    int bands = 0;           // painted rings, such as marks of depth
    bool pointed = false;
    Material band;
    double hoseRadius = 0.018;
    std::vector<Vec3> hoseLine;  // from `top` on

    Vec3 contact() const;  // where the axis crosses z = 0, or the tip when that is above
    bool immersed() const { return tip[2] < 0; }
};

struct Worker {
    Vec3 at;            // on the ground, between the feet
    double facing = 0;  // radians, 0 looks along +x
    double height = 1.75;
    double bend = 0.2;    // radians of the trunk
    double stride = 0.2;  // metres between the feet, along the facing
    double crouch = 0;    // 0..0.4
    std::optional<Vec3> leftHand, rightHand;
    double girth = 1;  // 1 is ordinary
    Material trousers, jacket, vest, skin, gloves, helmet, boots;
    bool hasHelmet = true, hasVest = false, hasBrim = false;

    Vec3 shoulder(int side) const;  // -1 left, 1 right
};

struct Hoe {
    Vec3 blade, grip;
    double bladeWidth = 0.3;
    bool shovel = false;
    double handleRadius = 0.016;
    int teeth = 0;  // of a rake
    Material handle, metal;
};

Poker makePoker(Random& random, const Palette& palette);
void placePoker(Poker& poker, const Vec3& contact, const Vec3& axisUp, double length, double depth);
// Hose from the bar's top over `hand` to `end`.
void layHose(Poker& poker, const Vec3& hand, const Vec3& end, double slack, Random& random);
Worker makeWorker(Random& random, const Palette& palette);
Hoe makeHoe(Random& random, const Palette& palette);

void draw(Canvas& canvas, const Poker& poker, int id);
void draw(Canvas& canvas, const Worker& worker, int id);
void draw(Canvas& canvas, const Hoe& hoe, int id);

// One random thing that must not be taken for a poker, near `around`.
void drawDistractor(Canvas& canvas, Random& random, const Palette& palette, const Vec3& around);

cv::Scalar anyColour(Random& random, double saturation);
// A grey between `low` and `high`, each channel off by up to `tint`.
cv::Scalar greyOf(Random& random, double low, double high, double tint);

}  // namespace cvd::simulation
