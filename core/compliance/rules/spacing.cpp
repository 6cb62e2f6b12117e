#include <algorithm>
#include <limits>

#include "core/compliance/rules/rule_support.h"

namespace cvd::compliance {

// The nearest other insertion is farther away than s_max_r radii or s_max_m, whichever is less. The
// nearest neighbour is always joined by a Delaunay edge, so no triangulation is needed for it.
Verdicts judgeSpacing(const RuleInput& input) {
    constexpr const char* kRule = "spacing_too_large";
    const auto radii = input.profile.value(u"s_max_r");
    const auto metres = input.profile.value(u"s_max_m");
    if (!radii && !metres) {
        return {};
    }
    const char* parameter = radii ? "s_max_r" : "s_max_m";
    if (!input.homography || (radii && !input.radiusM)) {
        return cannotJudge(input, kRule, parameter, kNeedsCalibration);
    }
    double limit = std::numeric_limits<double>::infinity();
    if (radii) {
        limit = *radii * *input.radiusM;
    }
    if (metres && *metres < limit) {
        limit = *metres;
        parameter = "s_max_m";
    }
    Verdicts out;
    for (const ObservedInsertion& o : input.insertions) {
        if (!placed(o)) {
            continue;
        }
        double nearest = std::numeric_limits<double>::infinity();
        for (const ObservedInsertion& other : input.insertions) {
            if (&other != &o && placed(other)) {
                nearest = std::min(nearest, distanceM(o, other));
            }
        }
        if (nearest == std::numeric_limits<double>::infinity()) {
            continue;  // a single insertion has no spacing
        }
        Violation v = about(input, kRule, o.insertion, parameter);
        v.value = nearest;
        v.limit = limit;
        v.unit = "m";
        v.reasonArgs = {formatNumber(nearest, 2), formatNumber(limit, 2)};
        // The product of decimal fractions may miss the limit by a rounding error.
        if (nearest <= limit + 1e-9) {
            v.verdict = Verdict::Pass;
            v.reason = CVD_TR("core",
                              "The nearest other insertion is %1 m away; at most %2 m are "
                              "allowed.");
        } else {
            const bool doubtful = o.insertion.confidence < kLeastConfidence;
            v.verdict = doubtful ? Verdict::CannotJudge : Verdict::Violation;
            v.severity = Severity::Major;
            v.reason = doubtful ? CVD_TR("core",
                                         "The poker was seen too poorly: the nearest other "
                                         "insertion seems to be %1 m away; at most %2 m are "
                                         "allowed.")
                                : CVD_TR("core",
                                         "The nearest other insertion is %1 m away, farther "
                                         "than the %2 m allowed.");
        }
        out.push_back(v);
    }
    return out;
}

}  // namespace cvd::compliance
