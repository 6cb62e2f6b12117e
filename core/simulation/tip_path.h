// Where the tip of a crew's poker is when, from the plan alone.
#pragma once

#include "core/simulation/plan.h"

namespace cvd::simulation {

struct TipState {
    PointM at;
    double height = kCarryM;  // of the tip over the surface; negative: depth
    int insertion = -1;       // the one under way
};
TipState tipAt(const CrewPlan& crew, double t);

// Which way the bar leans: `usual` where the plan says nothing, turning while the crew walks.
struct Direction {
    double x = 0, y = 0, z = 1;  // of the bar, upwards
};
Direction leanAt(const CrewPlan& crew, const Direction& usual, double t);

}  // namespace cvd::simulation
