#include <map>

#include "core/compliance/rules/rule_support.h"

namespace cvd::compliance {

// Irregular order (V20): more than order_jump_pct percent of the steps of a poker from one
// insertion to its next are longer than order_step_r radii. Row by row or along a front, a step is
// one spacing and only the turn to a new row may be long.
Verdicts judgeIrregularOrder(const RuleInput& input) {
    constexpr const char* kRule = "irregular_order";
    constexpr int kFewest = 4;  // steps: fewer have no order
    const auto step = input.profile.value(u"order_step_r");
    const auto limit = input.profile.value(u"order_jump_pct");
    if (!step || !limit) {
        return {};
    }
    if (!input.homography || !input.radiusM) {
        return cannotJudge(input, kRule, "order_jump_pct", kNeedsCalibration);
    }
    std::map<std::int64_t, const ObservedInsertion*> last;  // of each poker
    int steps = 0, jumps = 0;
    double confidence = 0;
    Violation v = aboutAll(input, kRule, "order_jump_pct");
    bool first = true;
    for (const ObservedInsertion& o : input.insertions) {
        if (!placed(o)) {
            continue;
        }
        const ObservedInsertion*& before = last[o.insertion.track.value];
        if (before) {
            ++steps;
            confidence += o.insertion.confidence;
            if (distanceM(*before, o) > *step * *input.radiusM) {
                ++jumps;
                if (first) {
                    v.startFrame = before->insertion.startFrame;
                    v.startS = before->insertion.startS;
                    first = false;
                }
                v.endFrame = o.insertion.endFrame;
                v.endS = o.insertion.endS;
                v.positionM = o.insertion.contactM;
            }
        }
        before = &o;
    }
    if (steps < kFewest) {
        return cannotJudge(input, kRule, "order_jump_pct",
                           CVD_TR("core", "Too few insertions of one poker to tell their order."));
    }
    v.confidence = confidence / steps;
    v.value = 100.0 * jumps / steps;
    v.limit = *limit;
    v.unit = "%";
    v.severity = Severity::Minor;
    v.reasonArgs = {std::to_string(jumps), std::to_string(steps), formatNumber(*step, 1)};
    if (decide(v, *v.value - *limit, 0, 0) == Verdict::Violation) {
        v.reason = CVD_TR("core",
                          "%1 of %2 steps from one insertion to the next were longer than %3 "
                          "radii of action: the area is not worked in order.");
    } else if (v.verdict == Verdict::Pass) {
        v.startFrame = input.firstFrame;
        v.startS = input.firstS;
        v.endFrame = input.lastFrame;
        v.endS = input.lastS;
        v.positionM.reset();
        v.reason = CVD_TR("core",
                          "%1 of %2 steps from one insertion to the next were longer than %3 "
                          "radii of action.");
    }
    return {v};
}

}  // namespace cvd::compliance
