#include <algorithm>
#include <cmath>

#include "core/compliance/rules/rule_support.h"

namespace cvd::compliance {

namespace {

// Both limits must be kept by more than the errors of measuring, and the poker must have been seen
// to leave or to come back: hidden in between, it may have stayed in the concrete.
void accuse(Violation& v, const Insertion& now, const Insertion& earlier, double gapS) {
    const double pause = now.startS - earlier.endS;
    v.confidence = std::min(v.confidence, earlier.confidence);
    v.severity = Severity::Minor;
    v.startFrame = earlier.startFrame;
    v.startS = earlier.startS;
    const double pauseErrorS = kBand * std::hypot(now.timeErrorS, earlier.timeErrorS);
    if (earlier.openEnd && now.openStart) {
        v.verdict = Verdict::CannotJudge;
        v.reason = CVD_TR("core",
                          "Only %1 m from insertion %3 and %2 s after it, but what the poker did "
                          "in between was not seen: it may have stayed in the concrete.");
    } else if (now.identityInDoubt || earlier.identityInDoubt || gapS - pause <= pauseErrorS) {
        v.verdict = Verdict::CannotJudge;
        v.reason = CVD_TR("core",
                          "Only %1 m from insertion %3 and %2 s after it, but that is too "
                          "uncertain to hold it against anybody.");
    } else if (decide(v, *v.limit - *v.value, distanceBandM(now, earlier), 2) ==
               Verdict::Violation) {
        v.reason = CVD_TR("core",
                          "Only %1 m from insertion %3 and %2 s after it: the same concrete was "
                          "vibrated again.");
    }
}

}  // namespace

// V5: a second insertion within repeat_distance_r radii of an earlier one and less than
// repeat_gap_s after it. Between revibration_min_s and revibration_max_s it is a revibration and
// allowed.
Verdicts judgeRepeatVibration(const RuleInput& input) {
    constexpr const char* kRule = "repeat_vibration";
    const auto reach = input.profile.value(u"repeat_distance_r");
    const auto gap = input.profile.value(u"repeat_gap_s");
    if (!reach || !gap) {
        return {};
    }
    if (!input.homography || !input.radiusM) {
        return cannotJudge(input, kRule, "repeat_distance_r", kNeedsCalibration);
    }
    const double limit = *reach * *input.radiusM;
    const auto again = input.profile.value(u"revibration_min_s");
    const auto late = input.profile.value(u"revibration_max_s");
    Verdicts out;
    for (std::size_t i = 0; i < input.insertions.size(); ++i) {
        const ObservedInsertion& o = input.insertions[i];
        if (!atOnePlace(o)) {
            continue;
        }
        Violation v = about(input, kRule, o.insertion, "repeat_distance_r");
        v.verdict = Verdict::Pass;
        v.limit = limit;
        v.unit = "m";
        v.reason = CVD_TR("core", "No other insertion at this place shortly before.");
        for (std::size_t j = i; j-- > 0;) {
            const ObservedInsertion& earlier = input.insertions[j];
            if (!atOnePlace(earlier)) {
                continue;
            }
            const double d = distanceM(*o.insertion.contactM, *earlier.insertion.contactM);
            const double pause = o.insertion.startS - earlier.insertion.endS;
            if (d >= limit) {
                continue;
            }
            v.value = d;
            if (pause < 0) {
                v.verdict = Verdict::CannotJudge;
                v.reasonArgs = {formatNumber(d, 2), std::to_string(earlier.insertion.id)};
                v.reason = CVD_TR("core",
                                  "Only %1 m from insertion %2 and at the same time: whether these "
                                  "are two pokers cannot be told.");
                break;
            }
            v.reasonArgs = {formatNumber(d, 2), formatNumber(pause, 0),
                            std::to_string(earlier.insertion.id)};
            if (pause < *gap) {
                accuse(v, o.insertion, earlier.insertion, *gap);
            } else if (again && late && pause >= *again && pause <= *late) {
                v.reason = CVD_TR("core",
                                  "%1 m from insertion %3 and %2 s after it: a revibration, "
                                  "which is allowed.");
            } else {
                v.reason = CVD_TR("core", "%1 m from insertion %3 but %2 s after it.");
            }
            break;
        }
        out.push_back(v);
    }
    return out;
}

}  // namespace cvd::compliance
