#include "core/simulation/plan.h"

#include <algorithm>
#include <cmath>

namespace cvd::simulation {
namespace {

constexpr double kWalkS = 1.7;  // from one point to the next
constexpr double kPerInsertionS = 11.5;

double defaultSeconds(const std::string& scenario) {
    if (scenario == "sample") {
        return 75;
    }
    return scenario == "no_poker" ? 20 : 60;
}

// Points of a grid row by row, there and back, as a crew walks them.
std::vector<PointM> walkedGrid(int columns, int rows, double spacing, double x0) {
    std::vector<PointM> points;
    for (int r = 0; r < rows; ++r) {
        for (int c = 0; c < columns; ++c) {
            const int column = r % 2 == 0 ? c : columns - 1 - c;
            points.push_back({x0 + (column + 0.5) * spacing, (r + 0.5) * spacing});
        }
    }
    return points;
}

PlannedInsertion ordinary(const PointM& at, Random& random) {
    PlannedInsertion i;
    i.at = {at.x + random.uniform(-0.015, 0.015), at.y + random.uniform(-0.015, 0.015)};
    i.plungeS = random.uniform(0.5, 0.8);
    i.dwellS = random.uniform(4.5, 6.0);
    i.withdrawS = random.uniform(3.0, 3.8);
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
    };
    const auto tooLong = [&](int i) {
        crew.insertions[static_cast<size_t>(i)].dwellS = random.uniform(15, 18);
        add("over_vibration", i);
    };
    const auto dragged = [&](int i) {
        auto& p = crew.insertions[static_cast<size_t>(i)];
        const double turn = random.uniform(0, 6.28);
        p.dwellS = std::max(p.dwellS, 5.0);
        p.dragTo = PointM{p.at.x + 0.4 * std::cos(turn), p.at.y + 0.4 * std::sin(turn)};
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
        crew.insertions.erase(crew.insertions.begin() + count / 2);
        add("missed_area", -1);
        if (scenario == "spacing") {
            add("spacing_too_large", -1);
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

void schedule(CrewPlan& crew, double firstS) {
    double t = firstS;
    for (PlannedInsertion& i : crew.insertions) {
        i.startS = t;
        t = i.endS() + kWalkS;
    }
}

}  // namespace

PourPlan planPour(const std::string& scenario, double seconds, Random& random) {
    PourPlan plan;
    plan.seconds = seconds > 0 ? seconds : defaultSeconds(scenario);
    plan.radiusM = random.uniform(0.3, 0.45);
    plan.shaking = plan.dusk = scenario == "shaking_dusk";
    const double spacing = plan.radiusM * 1.25;
    const int crews = scenario == "no_poker" ? 0 : scenario == "two_crews" ? 2 : 1;
    const int each = std::clamp(
        static_cast<int>((plan.seconds - 3) / kPerInsertionS) + (scenario == "sample" ? 1 : 0), 1,
        400);
    const int rows = each >= 9 ? 3 : each >= 4 ? 2 : 1;
    const int columns = std::max(1, (each + rows - 1) / rows);
    const double strip = columns * spacing;
    for (int c = 0; c < crews; ++c) {
        CrewPlan crew;
        for (const PointM& p : walkedGrid(columns, rows, spacing, c * strip)) {
            crew.insertions.push_back(ordinary(p, random));
        }
        plant(scenario, crew, c, plan, random);
        schedule(crew, random.uniform(1.2, 2.2) + c * 1.7);
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
    const double w = std::max(1, crews) * strip, h = rows * spacing;
    plan.region = {{0, 0}, {w, 0}, {w, h}, {0, h}};
    // A pour cut short by the end of the video leaves part of the region untreated.
    size_t done = 0;
    for (const CrewPlan& c : plan.crews) {
        done += c.insertions.size();
    }
    const bool whole = done >= static_cast<size_t>(crews * columns * rows);
    const bool said = std::any_of(plan.violations.begin(), plan.violations.end(),
                                  [](const auto& v) { return v.rule == "missed_area"; });
    if (crews > 0 && !whole && !said) {
        plan.violations.push_back({"missed_area", 0, -1});
    }
    return plan;
}

}  // namespace cvd::simulation
