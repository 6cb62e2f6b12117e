#include <algorithm>

#include "core/compliance/rules/rule_support.h"

namespace cvd::compliance {
namespace {

// How far the end of a drag lies from its beginning.
double ledM(const ObservedInsertion& o, const Drag& drag) {
    const auto &from = o.path[drag.from].planeM, &to = o.path[drag.to].planeM;
    return from && to ? distanceM(*from, *to) : drag.lengthM;
}

}  // namespace

// The contact point moved sideways faster than drag_speed_mm_s over more than drag_length_m while
// the tip was in the concrete. What of the way led nowhere is not held against anyone: the lower
// end that a detector sees wanders to and fro.
Verdicts judgeDragging(const RuleInput& input) {
    constexpr const char* kRule = "dragging";
    const auto limit = input.profile.value(u"drag_length_m");
    const auto speed = input.profile.value(u"drag_speed_mm_s");
    if (!limit || !speed) {
        return {};
    }
    if (!input.homography) {
        return cannotJudge(input, kRule, "drag_length_m", kNeedsCalibration);
    }
    Verdicts out;
    for (const ObservedInsertion& o : input.insertions) {
        if (!placed(o)) {
            continue;
        }
        const Drag drag = longestDrag(o.path, *speed);
        Violation v = about(input, kRule, o.insertion, "drag_length_m");
        v.value = drag.lengthM;
        v.limit = *limit;
        v.unit = "m";
        v.reasonArgs = {formatNumber(drag.lengthM, 2), formatNumber(*limit, 2)};
        if (drag.lengthM <= *limit) {
            v.verdict = Verdict::Pass;
            v.reason = CVD_TR("core",
                              "The poker was moved sideways %1 m in the concrete; up to %2 m "
                              "are tolerated.");
        } else if (const double nowhereM = drag.lengthM - ledM(o, drag);
                   drag.lengthM - *limit <= nowhereM) {
            v.verdict = Verdict::CannotJudge;
            v.reason = CVD_TR("core",
                              "The poker seems to have moved %1 m to and fro, of which %3 m led "
                              "nowhere: that may be the measurement; up to %2 m are tolerated.");
            v.reasonArgs.push_back(formatNumber(nowhereM, 2));
        } else {
            const bool doubtful = o.insertion.confidence < kLeastConfidence;
            v.verdict = doubtful ? Verdict::CannotJudge : Verdict::Violation;
            v.severity = drag.lengthM > 3 * *limit ? Severity::Critical : Severity::Major;
            v.startFrame = o.path[drag.from].frame;
            v.startS = o.path[drag.from].timeS;
            v.endFrame = o.path[drag.to].frame;
            v.endS = o.path[drag.to].timeS;
            v.positionM = o.path[drag.from].planeM;
            v.reason = doubtful
                           ? CVD_TR("core",
                                    "The poker was seen too poorly: it seems to have been "
                                    "dragged %1 m through the concrete; up to %2 m are "
                                    "tolerated.")
                           : CVD_TR("core",
                                    "The poker was dragged %1 m through the concrete; up to %2 "
                                    "m are tolerated.");
        }
        passNoPart(v, o.insertion);
        out.push_back(v);
    }
    return out;
}

}  // namespace cvd::compliance
