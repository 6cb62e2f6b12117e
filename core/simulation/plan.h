// What the crews of a pour do and when: pure data, no pictures.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/types.h"
#include "core/simulation/random.h"

namespace cvd::simulation {

inline constexpr double kDragS = 1.6;  // a dragged point moves in the middle of its dwell

// One insertion as planned. The contact point moves from `at` to `dragTo` in the middle of the
// dwell if that is set.
struct PlannedInsertion {
    PointM at;
    std::optional<PointM> dragTo;
    double startS = 0;     // the tip touches the surface
    double plungeS = 0.6;  // until full depth
    double dwellS = 6;     // at full depth
    double withdrawS = 3;  // until the tip is out
    double endS() const { return startS + plungeS + dwellS + withdrawS; }
};

struct CrewPlan {
    std::vector<PlannedInsertion> insertions;  // in time
    double depthM = 0.28;                      // of the tip, at full depth
};

struct PlannedViolation {
    std::string rule;
    int crew = 0;
    int insertion = -1;  // index within the crew; -1: none
};

struct PourPlan {
    std::vector<CrewPlan> crews;
    std::vector<PlannedViolation> violations;
    std::vector<PointM> region;
    double radiusM = 0.35;
    double seconds = 60;
    std::string profile = "aci309r";  // 5 to 15 s, the limits the plan was made for
    bool shaking = false, dusk = false;
};

PourPlan planPour(const std::string& scenario, double seconds, Random& random);

}  // namespace cvd::simulation
