// Pokers on the rendered sites, with their hoses and whoever holds them. World frame as in
// canvas.h: metres, z up; a poker's axis points from its tip to its hose.
#pragma once

#include "core/simulation/solid/site.h"

namespace cvd::simulation {

// Drowned: so deep that of the poker only the stiff lower end of its hose is seen.
enum class PokerState { Immersed, Drowned, Air, Carried, Lying };

// A poker before it is put up: what the camera needs to know.
struct SolidPoker {
    PokerState state = PokerState::Immersed;
    Vec3 at;             // where the tip goes in or hangs above
    Vec3 axis{0, 0, 1};  // upwards
    double radius = 0.025;
    double head = 0.4, tube = 0;  // lengths of the steel head and of the stiff tube above it
    double shown = 0.3;           // length above the concrete
    double gap = 0;               // between the tip and what is below it
    bool held = true;
    // Filled in when it is put up.
    int id = 0;
    Vec3 low, top;  // ends of what is above the concrete
    bool immersed() const { return state == PokerState::Immersed || state == PokerState::Drowned; }
};
SolidPoker planPoker(Random& random, const Vec3& at);
void putPoker(Random& random, SolidSite& site, SolidPoker& poker);

}  // namespace cvd::simulation
