#include "core/simulation/plan.h"

#include <algorithm>
#include <cmath>

#include "core/simulation/planted.h"

namespace cvd::simulation {
namespace {

constexpr double kWalkS = 1.7;  // from one point to the next
constexpr double kPerInsertionS = 12.0;
constexpr double kFormDistance = 0.48;  // of the outer points, in radii: within every standard

// Points of a grid row by row, there and back, as a crew walks them.
std::vector<PointM> walkedGrid(int columns, int rows, double spacing, double x0, double y0) {
    std::vector<PointM> points;
    for (int r = 0; r < rows; ++r) {
        for (int c = 0; c < columns; ++c) {
            const int column = r % 2 == 0 ? c : columns - 1 - c;
            points.push_back({x0 + column * spacing, y0 + r * spacing});
        }
    }
    return points;
}

// Fast in, slowly out (below 75 mm/s), 5 to 15 s in all.
PlannedInsertion ordinary(const PointM& at, double depthM, Random& random) {
    PlannedInsertion i;
    i.at = {at.x + random.uniform(-0.015, 0.015), at.y + random.uniform(-0.015, 0.015)};
    i.plungeS = random.uniform(0.5, 0.8);
    i.dwellS = random.uniform(3.2, 4.6);
    i.withdrawS = depthM / random.uniform(0.056, 0.066);
    return i;
}

void schedule(CrewPlan& crew, double firstS, double walkS) {
    double next = firstS;
    for (std::size_t n = 0; n < crew.insertions.size(); ++n) {
        PlannedInsertion& i = crew.insertions[n];
        i.startS = n == 0 ? firstS : next + std::max(walkS, i.pauseS);
        next = i.endS();
    }
}

// What does not fit into the video does not happen.
void leaveOutWhatComesTooLate(PourPlan& plan, CrewPlan& crew, int crewIndex) {
    while (!crew.insertions.empty() && crew.insertions.back().endS() > plan.seconds - 0.6) {
        const int last = static_cast<int>(crew.insertions.size()) - 1;
        std::erase_if(plan.violations, [&](const PlannedViolation& v) {
            return v.crew == crewIndex && v.insertion == last;
        });
        crew.insertions.pop_back();
    }
}

struct Grid {
    int columns = 1, rows = 1;
    double spacing = 0.5;
    double left = 0.2, edge = 0.2;  // of the outer points from the left form and the others
};

Grid gridOf(const ScenarioTraits& traits, const PourPlan& plan) {
    const std::string name = traits.name;
    // Only as many as are sure to be finished before the end.
    int each = std::clamp(static_cast<int>((plan.seconds - 3 - traits.reservedS) /
                                           (kPerInsertionS + traits.longerS)) +
                              (name == "missed_area" ? 1 : 0),  // one of them will be left out
                          1, 400);
    if (name == "no_vibration") {
        each = std::min(each, 4);
    }
    Grid grid;
    grid.spacing = plan.radiusM * (name == "spacing" ? 1.75 : 1.25);
    grid.rows = std::clamp(static_cast<int>(std::lround(std::sqrt(each / 2.0))), 1, 6);
    grid.columns = std::max(1, each / grid.rows);
    if (name == "moving_concrete") {  // room to push it along
        grid.rows = each >= 6 ? 2 : 1;
        grid.columns = each / grid.rows;
    }
    if (name == "irregular_order" && each >= 8) {
        grid.rows = 2;
        grid.columns = 4;
    }
    // A limit of half a radius leaves the wandering of hands no more room than this.
    const bool halfRadius = std::string(traits.profile) == "gb50666" && name != "sample";
    grid.edge = grid.left = plan.radiusM * (halfRadius ? 0.4 : kFormDistance);
    if (name == "too_far_from_form") {
        grid.left = plan.radiusM * 0.7;
    }
    return grid;
}

}  // namespace

double CrewPlan::withdrawalSpeed(const PlannedInsertion& i) const {
    return (depthOf(i) + kHoverM) / i.withdrawS / (i.lean ? std::cos(i.lean->tilt) : 1.0);
}

const std::vector<ScenarioTraits>& scenarios() {
    static const std::vector<ScenarioTraits> all{
        {.name = "clean"},
        {.name = "two_crews"},
        {.name = "shaking_dusk"},
        {.name = "under_vibration"},
        {.name = "over_vibration", .reservedS = 9},
        {.name = "dragging"},
        {.name = "missed_area"},
        {.name = "spacing"},
        {.name = "no_poker", .seconds = 20},
        // Its good insertions pass under most profiles.
        {.name = "sample",
         .seconds = 125,
         .profile = "gb50666",
         .longerS = 4.5,
         .reservedS = 22,
         .small = true,
         .fps = 15},
        {.name = "fast_withdrawal"},
        {.name = "slow_insertion", .seconds = 75, .reservedS = 10},
        {.name = "repeat_vibration", .seconds = 75, .reservedS = 9},
        {.name = "late_revibration", .seconds = 175, .reservedS = 14},
        {.name = "too_near_form",
         .seconds = 100,
         .profile = "custom",
         .longerS = 4.5,
         .reservedS = 16},
        {.name = "too_far_from_form", .seconds = 100, .profile = "gb50666", .longerS = 4.5},
        {.name = "tilt", .reservedS = 5},
        {.name = "tilt_direction", .seconds = 100, .profile = "custom", .longerS = 4.5},
        {.name = "shallow_insertion",
         .seconds = 100,
         .profile = "gb50666",
         .longerS = 4.5,
         .reservedS = 8},
        {.name = "layer_too_thick"},
        {.name = "running_in_air", .seconds = 75, .reservedS = 9},
        // More than ten minutes: small and with few frames.
        {.name = "no_vibration", .seconds = 690, .small = true, .fps = 5},
        {.name = "irregular_order", .seconds = 110},
        {.name = "moving_concrete", .seconds = 75, .reservedS = 5},
    };
    return all;
}

const ScenarioTraits* findScenario(const std::string& name) {
    const auto it = std::find_if(scenarios().begin(), scenarios().end(),
                                 [&](const ScenarioTraits& t) { return t.name == name; });
    return it == scenarios().end() ? nullptr : &*it;
}

PourPlan planPour(const std::string& scenario, double seconds, Random& random) {
    const ScenarioTraits* found = findScenario(scenario);
    const ScenarioTraits& traits = found != nullptr ? *found : scenarios().front();
    PourPlan plan;
    plan.seconds = seconds > 0 ? seconds : traits.seconds;
    plan.profile = traits.profile;
    plan.radiusM = random.uniform(0.33, 0.45);
    plan.shaking = plan.dusk = scenario == "shaking_dusk";
    const bool sample = scenario == "sample";
    const int crews = scenario == "no_poker" ? 0 : scenario == "two_crews" ? 2 : 1;
    const Grid grid = gridOf(traits, plan);
    const double w = (std::max(1, crews) * grid.columns - 1) * grid.spacing + grid.left + grid.edge;
    const double h = (grid.rows - 1) * grid.spacing + 2 * grid.edge;
    plan.region = {{0, 0}, {w, 0}, {w, h}, {0, h}};
    for (int c = 0; c < crews; ++c) {
        CrewPlan crew;
        crew.depthM = sample ? random.uniform(0.22, 0.24) : random.uniform(0.24, 0.32);
        for (const PointM& p : walkedGrid(grid.columns, grid.rows, grid.spacing,
                                          grid.left + c * grid.columns * grid.spacing, grid.edge)) {
            crew.insertions.push_back(ordinary(p, crew.depthM, random));
            crew.insertions.back().dwellS += traits.longerS;
        }
        plantFaults(scenario, crew, c, plan, random);
        schedule(crew, random.uniform(1.2, 2.0) + c * 1.7, sample ? 1.3 : kWalkS);
        leaveOutWhatComesTooLate(plan, crew, c);
        plan.crews.push_back(crew);
    }
    plantFaultsOfTheWhole(scenario, plan);
    return plan;
}

}  // namespace cvd::simulation
