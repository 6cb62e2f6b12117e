// The faults that scenarios plant. Each clearly breaks its own rule and keeps the others, or the
// others are planted with it. The middle of the grid where that can be, so that others surround it.
#include "core/simulation/planted.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cvd::simulation {
namespace {

constexpr double kPi = 3.14159265358979;

class Planter {
public:
    Planter(const std::string& scenario, CrewPlan& crew, int crewIndex, PourPlan& plan,
            Random& random)
        : m_scenario(scenario), m_crew(crew), m_index(crewIndex), m_plan(plan), m_random(random) {}

    void plant() {
        const int n = count();
        const auto everySecond = [&](auto&& fault) {
            for (int i = 1; i < n; i += 2) {
                fault(i);
            }
        };
        if (n == 0) {
            return;
        }
        if (m_scenario == "under_vibration") {
            everySecond([&](int i) { tooShort(i); });
        } else if (m_scenario == "over_vibration") {
            tooLong(n / 2, 12.6, 13.4);
        } else if (m_scenario == "dragging") {
            everySecond([&](int i) { dragged(i); });
        } else if (m_scenario == "spacing") {
            for (int i = 0; n > 1 && i < n; ++i) {  // the whole grid is too wide
                add("spacing_too_large", i);
            }
        } else if (m_scenario == "missed_area") {
            all().erase(all().begin() + n / 2);
        } else if (m_scenario == "sample") {
            if (n > 1) {
                tooShort(1);
            }
            if (n > 3) {
                tooLong(3, 29, 31);
            }
            if (n > 4) {
                dragged(4);
            }
        } else if (m_scenario == "fast_withdrawal") {
            everySecond([&](int i) { pulledOut(i); });
        } else if (m_scenario == "slow_insertion") {
            everySecond([&](int i) { lowered(i); });
        } else if (m_scenario == "repeat_vibration") {
            again(n / 2);
        } else if (m_scenario == "late_revibration") {
            revibrated();
        } else if (m_scenario == "too_near_form") {
            besideTheForm();
        } else if (m_scenario == "too_far_from_form") {
            farFromTheForm();
        } else if (m_scenario == "tilt") {
            everySecond([&](int i) { leaning(i); });
        } else if (m_scenario == "tilt_direction") {
            leaningApart();
        } else if (m_scenario == "shallow_insertion") {
            shallow();
        } else if (m_scenario == "layer_too_thick") {
            thickLayer();
        } else if (m_scenario == "running_in_air" && n > 1) {
            at(n / 2).pauseS = m_random.uniform(8, 10);
        } else if (m_scenario == "no_vibration" && n > 2) {
            at(n - 1).pauseS = m_random.uniform(615, 625);
        } else if (m_scenario == "irregular_order") {
            leapingAbout();
        } else if (m_scenario == "moving_concrete") {
            pushingConcrete();
        }
    }

private:
    const std::string& m_scenario;
    CrewPlan& m_crew;
    int m_index;
    PourPlan& m_plan;
    Random& m_random;

    std::vector<PlannedInsertion>& all() { return m_crew.insertions; }
    PlannedInsertion& at(int i) { return all()[static_cast<std::size_t>(i)]; }
    int count() const { return static_cast<int>(m_crew.insertions.size()); }
    void add(const char* rule, int insertion) {
        m_plan.violations.push_back({rule, m_index, insertion, false, {}, {}});
    }

    void tooShort(int i) {
        auto& p = at(i);
        p.plungeS = 0.4;
        p.dwellS = m_random.uniform(0.6, 1.2);
        p.withdrawS = m_random.uniform(0.9, 1.3);
        add("under_vibration", i);
        add("fast_withdrawal", i);
    }

    void tooLong(int i, double leastS, double mostS) {
        at(i).dwellS = m_random.uniform(leastS, mostS);
        add("over_vibration", i);
    }

    void dragged(int i) {
        auto& p = at(i);
        // Towards the first point of the crew, that is, inside the forms.
        const PointM& first = all().front().at;
        const double dx = first.x - p.at.x, dy = first.y - p.at.y,
                     far = std::max(0.01, std::hypot(dx, dy));
        p.dwellS = std::max(p.dwellS, 5.0);
        // Far enough to be one (0.15 m), too short to end on the neighbour's place.
        const double way = 0.65 * m_plan.radiusM;
        p.dragTo = PointM{p.at.x + way * dx / far, p.at.y + way * dy / far};
        add("dragging", i);
    }

    // At least twice the 75 mm/s allowed, after long enough a stay.
    void pulledOut(int i) {
        auto& p = at(i);
        p.dwellS = m_random.uniform(6.5, 8);
        p.withdrawS = (m_crew.depthM + kHoverM) / m_random.uniform(0.15, 0.26);
        add("fast_withdrawal", i);
    }

    // Half as long again as the 3 s allowed, and more.
    void lowered(int i) {
        auto& p = at(i);
        p.plungeS = m_random.uniform(4.6, 6);
        p.dwellS = m_random.uniform(2.0, 2.6);
        add("slow_insertion", i);
    }

    // Two stays at one place shortly after each other that together keep to 15 s.
    void again(int i) {
        auto& p = at(i);
        p.plungeS = 0.5;
        p.dwellS = m_random.uniform(1.2, 1.5);
        PlannedInsertion second = p;
        second.at.x += 0.02;
        all().insert(all().begin() + i + 1, second);
        add("repeat_vibration", i + 1);
    }

    // The first place once more when the concrete is older than an hour, by what was entered.
    void revibrated() {
        const double worked = 12.0 * count();
        if (m_plan.seconds < 155) {
            return;
        }
        m_plan.concreteAgeS = 3600 - 0.5 * worked;
        PlannedInsertion second = all().front();
        second.at.y += 0.02;
        // Longer than two minutes after the first, when it counts as another treatment.
        second.pauseS = std::max(0.0, 126 - 10.0 * (count() - 1));
        all().push_back(second);
        add("late_revibration", count() - 1);
    }

    // Between two points of the last row, one more at the far form.
    void besideTheForm() {
        double farthest = 0, left = 1e9;
        for (const PlannedInsertion& p : all()) {
            farthest = std::max(farthest, p.at.y);
            left = std::min(left, p.at.x);
        }
        PlannedInsertion more = all().back();
        const double form = m_plan.region[2].y;
        more.at = {left + 0.625 * m_plan.radiusM, form - m_random.uniform(0.006, 0.012)};
        if (count() < 2 || more.at.x > m_plan.region[1].x) {
            return;
        }
        all().push_back(more);
        add("too_near_form", count() - 1);
    }

    // The plan has put the first column too far from the left form already.
    void farFromTheForm() {
        double left = 1e9;
        for (const PlannedInsertion& p : all()) {
            left = std::min(left, p.at.x);
        }
        for (int i = 0; i < count(); ++i) {
            if (at(i).at.x < left + 0.3 * m_plan.radiusM) {
                add("too_far_from_form", i);
            }
        }
    }

    // To the side as the camera sees it, or no picture could tell. A leaning bar is pulled out
    // farther along itself.
    void lean(PlannedInsertion& p, double least, double most, double azimuth) {
        p.lean = Lean{m_random.uniform(least, most) * kPi / 180, azimuth};
        p.withdrawS /= std::cos(p.lean->tilt);
        p.dwellS = std::max(3.0, p.dwellS);
    }

    void leaning(int i) {
        lean(at(i), 35, 39, m_random.chance(0.5) ? 0 : kPi);
        add("tilt", i);
    }

    // All lean to one side, within the limit of the angle, the last one to the other.
    void leaningApart() {
        if (count() < 2) {
            return;
        }
        const double side = m_random.chance(0.5) ? 0 : kPi;
        for (PlannedInsertion& p : all()) {
            lean(p, 14, 16, side);
        }
        all().back().lean->azimuth = kPi - side;
        add("tilt", count() - 1);
    }

    void shallow() {
        m_crew.depthM += 0.08;
        m_plan.layerHeightM = m_crew.depthM - 0.1;  // and 0.05 m into the layer below
        for (int i = 0; i < count(); ++i) {
            PlannedInsertion& p = at(i);
            p.withdrawS = (m_crew.depthM + kHoverM) / 0.066;
            if (i % 2 == 1) {
                p.depthM = m_crew.depthM * m_random.uniform(0.5, 0.6);
                p.dwellS += p.withdrawS * (1 - *p.depthM / m_crew.depthM);
                p.withdrawS = (*p.depthM + kHoverM) / 0.066;
                add("shallow_insertion", i);
            }
        }
    }

    // Thicker than the 0.5 m allowed; then no insertion reaches the layer below either.
    void thickLayer() {
        m_plan.layerHeightM = 0.62;
        m_plan.violations.push_back({"layer_too_thick", m_index, -1, false, {}, {}});
        for (int i = 0; i < count(); ++i) {
            add("shallow_insertion", i);
        }
    }

    // A grid of two rows of four in an order that passes over near places again and again.
    void leapingAbout() {
        if (count() != 8) {
            return;
        }
        const auto old = all();
        int to = 0;
        for (const std::size_t from : std::array<std::size_t, 8>{0, 3, 7, 4, 1, 2, 5, 6}) {
            at(to++) = old[from];
        }
    }

    // Two thirds of a metre in one direction.
    void pushingConcrete() {
        const double width = m_plan.region[1].x, way = m_random.uniform(0.66, 0.74);
        for (int i = count() / 2; i < count(); ++i) {
            PlannedInsertion& p = at(i);
            const double direction = p.at.x > width / 2 ? -1 : 1;
            const double end = p.at.x + direction * way;
            if (end < 0.1 || end > width - 0.1) {
                continue;
            }
            p.dwellS = 7.5;
            p.dragS = 3;
            p.dragTo = PointM{end, p.at.y};
            add("dragging", i);
            add("moving_concrete", i);
            return;
        }
    }
};

// Is more than a hundredth of the region, or a disc of a decimetre, out of every sufficient
// insertion's radius of action? Without any insertion nobody can say what was worked.
bool leavesAGap(const PourPlan& plan) {
    constexpr double kCellM = 0.02, kTolerated = 0.01, kWidestM = 0.1;
    const double leastS = plan.profile == "aci309r" ? 5 : 10;
    std::vector<PointM> effective;
    std::size_t insertions = 0;
    for (const CrewPlan& crew : plan.crews) {
        for (const PlannedInsertion& i : crew.insertions) {
            ++insertions;
            // A dragged one counts where it stood longest, at the end of its way.
            const double stoodS = i.endS() - i.startS - (i.dragTo ? i.dragS : 0);
            if (stoodS >= leastS) {
                effective.push_back(i.dragTo.value_or(i.at));
            }
        }
    }
    if (insertions == 0) {
        return false;
    }
    int cells = 0, missed = 0;
    double widest = 0;
    const double w = plan.region[2].x, h = plan.region[2].y;
    for (double y = kCellM / 2; y < h; y += kCellM) {
        for (double x = kCellM / 2; x < w; x += kCellM) {
            double reach = std::min(std::min(x, w - x), std::min(y, h - y));
            for (const PointM& p : effective) {
                reach = std::min(reach, std::hypot(x - p.x, y - p.y) - plan.radiusM);
            }
            ++cells;
            missed += reach > 0 ? 1 : 0;
            widest = std::max(widest, 2 * reach);
        }
    }
    return missed > kTolerated * cells || widest > kWidestM;
}

}  // namespace

void plantFaults(const std::string& scenario, CrewPlan& crew, int crewIndex, PourPlan& plan,
                 Random& random) {
    Planter(scenario, crew, crewIndex, plan, random).plant();
}

void plantFaultsOfTheWhole(const std::string& scenario, PourPlan& plan) {
    for (std::size_t c = 0; c < plan.crews.size(); ++c) {
        const auto& all = plan.crews[c].insertions;
        for (std::size_t i = 1; i < all.size(); ++i) {
            const double idleS = all[i].startS - all[i - 1].endS();
            const auto say = [&](const char* rule, bool cannotJudge) {
                plan.violations.push_back(
                    {rule, static_cast<int>(c), -1, cannotJudge, all[i - 1].endS(), all[i].startS});
            };
            if (idleS > 5) {  // whether the poker runs cannot be seen
                say("running_in_air", true);
            }
            if (idleS > 600) {
                say("no_vibration", false);
            }
        }
        if (scenario == "irregular_order" && all.size() == 8) {
            plan.violations.push_back({"irregular_order", static_cast<int>(c), -1, false,
                                       all.front().startS, all.back().endS()});
        }
    }
    if (leavesAGap(plan)) {
        plan.violations.push_back({"missed_area", 0, -1, false, {}, {}});
    }
}

}  // namespace cvd::simulation
