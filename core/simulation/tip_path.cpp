#include "core/simulation/tip_path.h"

#include <algorithm>
#include <cmath>

namespace cvd::simulation {
namespace {

constexpr double kSlowS = 2;  // of a plunge

double smooth(double t) {
    t = std::clamp(t, 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

PointM between(const PointM& a, const PointM& b, double k) {
    return {a.x + (b.x - a.x) * k, a.y + (b.y - a.y) * k};
}

PointM position(const PlannedInsertion& i, double t) {
    return i.dragTo ? between(i.at, *i.dragTo, smooth((t - i.dragFromS()) / i.dragS)) : i.at;
}

// From one point to the next: in an arc, or hanging over the first point until it is time to go.
TipState walk(const PointM& from, const PointM& to, double beforeS, double untilS, double t) {
    const double whole = untilS - beforeS;
    if (whole <= kLongWalkS) {
        const double k = smooth((t - beforeS) / std::max(0.2, whole));
        return {between(from, to, k), kHoverM + kCarryM * 4 * k * (1 - k), -1};
    }
    constexpr double kGoS = 1.7, kLiftS = 0.8;
    const double k = smooth((t - (untilS - kGoS)) / (kGoS - 0.3));
    const double lift = smooth((t - beforeS) / kLiftS) * smooth((untilS - t) / kLiftS);
    return {between(from, to, k), kHoverM + kCarryM * lift, -1};
}

Direction directionOf(const PlannedInsertion& i, const Direction& usual) {
    if (!i.lean) {
        return usual;
    }
    return {std::sin(i.lean->tilt) * std::cos(i.lean->azimuth),
            std::sin(i.lean->tilt) * std::sin(i.lean->azimuth), std::cos(i.lean->tilt)};
}

}  // namespace

TipState tipAt(const CrewPlan& crew, double t) {
    const auto& all = crew.insertions;
    for (std::size_t n = 0; n < all.size(); ++n) {
        const PlannedInsertion& i = all[n];
        if (t < i.startS) {
            if (n == 0) {
                return walk({i.at.x - 0.3, i.at.y - 0.3}, i.at, i.startS - 1.2, i.startS, t);
            }
            return walk(position(all[n - 1], 1e9), i.at, all[n - 1].endS(), i.startS, t);
        }
        if (t <= i.endS()) {
            const double risesS = i.endS() - i.withdrawS, in = (t - i.startS) / i.plungeS;
            // Who lets it down slowly does so steadily.
            const double sinks = i.plungeS > kSlowS ? std::clamp(in, 0.0, 1.0) : smooth(in);
            const double down =
                t < risesS ? sinks : 1 - std::clamp((t - risesS) / i.withdrawS, 0.0, 1.0);
            return {position(i, t), kHoverM - (crew.depthOf(i) + kHoverM) * down,
                    static_cast<int>(n)};
        }
    }
    const double since = all.empty() ? t : t - all.back().endS();
    const PointM rest = all.empty() ? PointM{} : position(all.back(), 1e9);
    return {rest, kHoverM + kCarryM * smooth(since / 1.5), -1};
}

Direction leanAt(const CrewPlan& crew, const Direction& usual, double t) {
    const auto& all = crew.insertions;
    if (std::none_of(all.begin(), all.end(), [](const auto& i) { return i.lean.has_value(); })) {
        return usual;
    }
    for (std::size_t n = 0; n < all.size(); ++n) {
        if (t > all[n].endS()) {
            continue;
        }
        const Direction to = directionOf(all[n], usual);
        if (t >= all[n].startS || n == 0) {
            return to;
        }
        const Direction from = directionOf(all[n - 1], usual);
        const double before = all[n - 1].endS();
        const double k = smooth((t - before) / std::max(0.2, all[n].startS - before));
        return {from.x + (to.x - from.x) * k, from.y + (to.y - from.y) * k,
                from.z + (to.z - from.z) * k};
    }
    return all.empty() ? usual : directionOf(all.back(), usual);
}

}  // namespace cvd::simulation
