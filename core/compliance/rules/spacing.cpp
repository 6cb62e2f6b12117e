#include <algorithm>
#include <limits>

#include "core/compliance/neighbours.h"
#include "core/compliance/rules/rule_support.h"

namespace cvd::compliance {
namespace {

constexpr const char* kRule = "spacing_too_large";

struct Limit {
    double metres = std::numeric_limits<double>::infinity();
    const char* parameter = "s_max_r";
};

Limit limitOf(const RuleInput& input) {
    Limit limit;
    if (const auto radii = input.profile.value(u"s_max_r")) {
        limit.metres = *radii * *input.radiusM;
    }
    const auto metres = input.profile.value(u"s_max_m");
    if (metres && *metres < limit.metres) {
        limit = {*metres, "s_max_m"};
    }
    return limit;
}

// The insertion that lies farthest of those that matter to one.
struct Neighbour {
    double distance = -1;
    std::size_t other = 0;  // index of the insertion
    PointM from, to;
};

// Somebody may have vibrated between the two where the camera did not see.
bool unseenBetween(const RuleInput& input, const Neighbour& n) {
    return unseenOnTheWay(input, n.from, n.to, {0.35, 0.5, 0.65});
}

Violation judgeOne(const RuleInput& input, const ObservedInsertion& o, const Neighbour& n,
                   const Limit& limit) {
    const Insertion& other = input.insertions[n.other].insertion;
    Violation v = about(input, kRule, o.insertion, limit.parameter);
    v.value = n.distance;
    v.limit = limit.metres;
    v.unit = "m";
    v.severity = Severity::Major;
    v.reasonArgs = {formatNumber(n.distance, 2), formatNumber(limit.metres, 2),
                    std::to_string(other.id)};
    const Verdict verdict =
        decide(v, n.distance - limit.metres, distanceBandM(o.insertion, other), 2);
    if (verdict == Verdict::Pass) {
        v.reason =
            CVD_TR("core", "Its neighbour, insertion %3, is %1 m away; at most %2 m are allowed.");
    } else if (verdict == Verdict::Violation && unseenBetween(input, n)) {
        v.verdict = Verdict::CannotJudge;
        v.reason = CVD_TR("core",
                          "Its neighbour, insertion %3, is %1 m away, more than %2 m, but the "
                          "place between them was not seen all the time.");
    } else if (verdict == Verdict::Violation) {
        v.reason = CVD_TR("core",
                          "Its neighbour, insertion %3, is %1 m away, farther than the %2 m "
                          "allowed.");
    }
    return v;
}

}  // namespace

// Spacing too large (V4): two neighbours farther apart than s_max_r radii or s_max_m, whichever is
// less. Neighbours are joined by an edge of the Delaunay triangulation with no third insertion
// nearer to both (no diagonals of a grid). Each edge is judged once, with the later insertion.
// An edge of more than two limits spans ground that nobody worked: that is missed area, unless it
// is the nearest that the insertion has.
Verdicts judgeSpacing(const RuleInput& input) {
    const auto radii = input.profile.value(u"s_max_r");
    if (!radii && !input.profile.value(u"s_max_m")) {
        return {};
    }
    if (!input.homography || (radii && !input.radiusM)) {
        return cannotJudge(input, kRule, radii ? "s_max_r" : "s_max_m", kNeedsCalibration);
    }
    const Limit limit = limitOf(input);
    std::vector<PointM> places;
    std::vector<std::size_t> owner;
    for (std::size_t i = 0; i < input.insertions.size(); ++i) {
        if (!placed(input.insertions[i])) {
            continue;
        }
        for (const StandingPlace& place : input.insertions[i].places) {
            places.push_back(place.at);
            owner.push_back(i);
        }
    }
    std::vector<Neighbour> nearest(input.insertions.size()), earlier(input.insertions.size());
    for (const auto& [p, q] : neighbourEdges(places)) {
        const std::size_t a = owner[p], b = owner[q];
        if (a == b) {
            continue;
        }
        const double d = distanceM(places[p], places[q]);
        for (const auto& [self, other, from, to] : {std::tuple{a, b, p, q}, {b, a, q, p}}) {
            Neighbour& n = nearest[self];
            if (n.distance < 0 || d < n.distance) {
                n = {d, other, places[from], places[to]};
            }
        }
        Neighbour& n = earlier[std::max(a, b)];
        if (d <= 2 * limit.metres && d > n.distance) {
            n = {d, std::min(a, b), places[p], places[q]};
        }
    }
    Verdicts out;
    for (std::size_t i = 0; i < input.insertions.size(); ++i) {
        if (nearest[i].distance < 0) {
            continue;  // a single insertion has no spacing
        }
        const bool lonely = nearest[i].distance > limit.metres + 1e-9;
        out.push_back(judgeOne(input, input.insertions[i],
                               lonely || earlier[i].distance < 0 ? nearest[i] : earlier[i], limit));
    }
    return out;
}

}  // namespace cvd::compliance
