// What the crews of a pour do and when: pure data, no pictures.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/types.h"
#include "core/simulation/random.h"

namespace cvd::simulation {

inline constexpr double kDragS = 1.6;      // a dragged point moves in the middle of its dwell
inline constexpr double kHoverM = 0.02;    // of the tip above the surface just before and after
inline constexpr double kCarryM = 0.25;    // and between two points
inline constexpr double kLongWalkS = 3.0;  // what takes longer is a pause, then a walk

struct Lean {
    double tilt = 0;     // radians from the vertical
    double azimuth = 0;  // to where the top leans, radians from +x towards +y
};

// One insertion as planned. The contact point moves from `at` to `dragTo` in the middle of the
// dwell if that is set.
struct PlannedInsertion {
    PointM at;
    std::optional<PointM> dragTo;
    double dragS = kDragS;
    double pauseS = 0;     // at least so long after the one before; the poker hangs in the air
    double startS = 0;     // the tip comes down from kHoverM
    double plungeS = 0.6;  // until full depth
    double dwellS = 6;     // at full depth
    double withdrawS = 3;  // until the tip is back at kHoverM
    std::optional<double> depthM;  // the crew's unless given
    std::optional<Lean> lean;      // the crew's unless given
    double endS() const { return startS + plungeS + dwellS + withdrawS; }
    double dragFromS() const { return startS + plungeS + (dwellS - dragS) / 2; }
};

struct CrewPlan {
    std::vector<PlannedInsertion> insertions;  // in time
    double depthM = 0.28;                      // of the tip, at full depth
    double depthOf(const PlannedInsertion& i) const { return i.depthM.value_or(depthM); }
    // Of the tip while it rises, metres a second along the bar.
    double withdrawalSpeed(const PlannedInsertion& i) const;
};

struct PlannedViolation {
    std::string rule;
    int crew = 0;
    int insertion = -1;                  // index within the crew; -1: none
    bool cannotJudge = false;            // a rule that points at it and never accuses
    std::optional<double> startS, endS;  // of the evidence; else the insertion's or the whole pour
};

struct PourPlan {
    std::vector<CrewPlan> crews;
    std::vector<PlannedViolation> violations;
    std::vector<PointM> region;
    double radiusM = 0.35;
    double seconds = 60;
    std::string profile = "aci309r";                   // the limits that the plan keeps or breaks
    std::optional<double> layerHeightM, concreteAgeS;  // entered in the calibration
    bool shaking = false, dusk = false;
};

// What is particular to a scenario before anything is planted in it.
struct ScenarioTraits {
    const char* name;
    double seconds = 60;              // its own length
    const char* profile = "aci309r";  // 5 to 15 s
    double longerS = 0;               // of each dwell: 4.5 suits profiles of 10 to 30 s
    double reservedS = 0;             // for what is planted
    bool small = false;               // 640 x 360
    double fps = 25;
};
const std::vector<ScenarioTraits>& scenarios();
const ScenarioTraits* findScenario(const std::string& name);  // null: there is none

PourPlan planPour(const std::string& scenario, double seconds, Random& random);

}  // namespace cvd::simulation
