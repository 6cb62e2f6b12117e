#include "core/simulation/plan.h"

#include <algorithm>
#include <cmath>

namespace cvd::simulation {
namespace {

constexpr double kWalkS = 1.7;  // from one point to the next
constexpr double kPerInsertionS = 12.0;
constexpr double kFormDistance = 0.48;  // of the outer points, in radii: within every standard

double defaultSeconds(const std::string& scenario) {
    if (scenario == "sample") {
        return 105;
    }
    return scenario == "no_poker" ? 20 : 60;
}

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

// What the scenario does to an ordinary crew. The middle one, so that others surround it.
void plant(const std::string& scenario, CrewPlan& crew, int crewIndex, PourPlan& plan,
           Random& random) {
    const int count = static_cast<int>(crew.insertions.size());
    if (count == 0) {
        return;
    }
    const auto add = [&](const char* rule, int index) {
        plan.violations.push_back({rule, crewIndex, index});
    };
    const auto tooShort = [&](int i) {
        auto& p = crew.insertions[static_cast<size_t>(i)];
        p.plungeS = 0.4;
        p.dwellS = random.uniform(0.6, 1.2);
        p.withdrawS = random.uniform(0.9, 1.3);
        add("under_vibration", i);
        add("fast_withdrawal", i);
    };
    const auto tooLong = [&](int i) {
        crew.insertions[static_cast<size_t>(i)].dwellS = random.uniform(12.6, 13.4);
        add("over_vibration", i);
    };
    const auto dragged = [&](int i) {
        auto& p = crew.insertions[static_cast<size_t>(i)];
        // Towards the first point of the crew, that is, inside the forms.
        const PointM& first = crew.insertions.front().at;
        const double dx = first.x - p.at.x, dy = first.y - p.at.y,
                     far = std::max(0.01, std::hypot(dx, dy));
        p.dwellS = std::max(p.dwellS, 5.0);
        // Far enough to be one (0.15 m), too short to end on the neighbour's place.
        const double way = 0.65 * plan.radiusM;
        p.dragTo = PointM{p.at.x + way * dx / far, p.at.y + way * dy / far};
        add("dragging", i);
    };
    if (scenario == "under_vibration") {
        for (int i = 1; i < count; i += 2) {
            tooShort(i);
        }
    } else if (scenario == "over_vibration") {
        tooLong(count / 2);
    } else if (scenario == "dragging") {
        for (int i = 1; i < count; i += 2) {
            dragged(i);
        }
    } else if (scenario == "missed_area" || scenario == "spacing") {
        if (scenario == "spacing") {  // the whole grid is too wide
            for (int i = 0; count > 1 && i < count; ++i) {
                add("spacing_too_large", i);
            }
        } else {
            crew.insertions.erase(crew.insertions.begin() + count / 2);
        }
    } else if (scenario == "sample") {
        if (count > 1) {
            tooShort(1);
        }
        if (count > 3) {
            tooLong(3);
        }
        if (count > 4) {
            dragged(4);
        }
    }
}

void schedule(CrewPlan& crew, double firstS, double walkS) {
    double t = firstS;
    for (PlannedInsertion& i : crew.insertions) {
        i.startS = t;
        t = i.endS() + walkS;
    }
}

// Is more than a hundredth of the region out of every sufficient insertion's radius of action?
// Fewer than three insertions tell nothing about an area.
bool leavesAGap(const PourPlan& plan) {
    constexpr double kLeastS = 5, kCellM = 0.03, kTolerated = 0.01;
    std::vector<PointM> effective;
    size_t insertions = 0;
    for (const CrewPlan& crew : plan.crews) {
        for (const PlannedInsertion& i : crew.insertions) {
            ++insertions;
            // A dragged one counts where it stood longest, at the end of its way.
            const double stoodS = i.endS() - i.startS - (i.dragTo ? kDragS : 0);
            if (stoodS >= kLeastS) {
                effective.push_back(i.dragTo.value_or(i.at));
            }
        }
    }
    if (insertions < 3) {
        return false;
    }
    int cells = 0, missed = 0;
    for (double y = kCellM / 2; y < plan.region[2].y; y += kCellM) {
        for (double x = kCellM / 2; x < plan.region[2].x; x += kCellM) {
            const bool reached = std::any_of(effective.begin(), effective.end(), [&](PointM p) {
                return std::hypot(x - p.x, y - p.y) <= plan.radiusM;
            });
            ++cells;
            missed += reached ? 0 : 1;
        }
    }
    return missed > kTolerated * cells;
}

}  // namespace

PourPlan planPour(const std::string& scenario, double seconds, Random& random) {
    PourPlan plan;
    plan.seconds = seconds > 0 ? seconds : defaultSeconds(scenario);
    plan.radiusM = random.uniform(0.33, 0.45);
    plan.shaking = plan.dusk = scenario == "shaking_dusk";
    const double spacing = plan.radiusM * (scenario == "spacing" ? 1.75 : 1.25);
    const int crews = scenario == "no_poker" ? 0 : scenario == "two_crews" ? 2 : 1;
    // Only as many as are sure to be finished before the end.
    const bool sample = scenario == "sample";
    const double longOneS = scenario == "over_vibration" || sample ? 9 : 0;
    const int each =
        std::clamp(static_cast<int>((plan.seconds - 3 - longOneS) / kPerInsertionS) +
                       (scenario == "missed_area" ? 1 : 0),  // one of them will be left out
                   1, 400);
    const int rows = std::clamp(static_cast<int>(std::lround(std::sqrt(each / 2.0))), 1, 6);
    const int columns = std::max(1, each / rows);
    const double edge = plan.radiusM * kFormDistance;
    for (int c = 0; c < crews; ++c) {
        CrewPlan crew;
        crew.depthM =
            scenario == "sample" ? random.uniform(0.22, 0.24) : random.uniform(0.24, 0.32);
        for (const PointM& p :
             walkedGrid(columns, rows, spacing, edge + c * columns * spacing, edge)) {
            crew.insertions.push_back(ordinary(p, crew.depthM, random));
        }
        plant(scenario, crew, c, plan, random);
        schedule(crew, random.uniform(1.2, 2.0) + c * 1.7, scenario == "sample" ? 1.3 : kWalkS);
        // What does not fit into the video does not happen.
        while (!crew.insertions.empty() && crew.insertions.back().endS() > plan.seconds - 0.6) {
            const int last = static_cast<int>(crew.insertions.size()) - 1;
            std::erase_if(plan.violations, [&](const PlannedViolation& v) {
                return v.crew == c && v.insertion == last;
            });
            crew.insertions.pop_back();
        }
        plan.crews.push_back(crew);
    }
    const double w = (std::max(1, crews) * columns - 1) * spacing + 2 * edge,
                 h = (rows - 1) * spacing + 2 * edge;
    plan.region = {{0, 0}, {w, 0}, {w, h}, {0, h}};
    if (leavesAGap(plan)) {
        plan.violations.push_back({"missed_area", 0, -1});
    }
    return plan;
}

}  // namespace cvd::simulation
