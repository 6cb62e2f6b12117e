#include "core/compliance/rules/rule_support.h"

namespace cvd::compliance {

// Under-vibration (V1): stationary time below t_min_s. A part that was not seen may have been long
// enough, and may not have been: it is neither held against anyone nor does it make a pass.
Verdicts judgeUnderVibration(const RuleInput& input) {
    Verdicts out;
    const auto limit = input.profile.value(u"t_min_s");
    if (!limit) {
        return out;
    }
    for (const ObservedInsertion& o : input.insertions) {
        const Insertion& in = o.insertion;
        if (!in.effective) {
            continue;
        }
        Violation v = about(input, "under_vibration", in, "t_min_s");
        v.value = in.stationaryS;
        v.limit = *limit;
        v.unit = "s";
        v.reasonArgs = {formatNumber(in.stationaryS, 1), formatNumber(*limit, 1)};
        if (in.stationaryS >= *limit && in.stationaryS - in.unseenS < *limit) {
            v.verdict = Verdict::CannotJudge;
            v.reason = CVD_TR("core",
                              "The poker was out of sight for %3 s of the %1 s that it seems to "
                              "have stood still; at least %2 s are required.");
            v.reasonArgs.push_back(formatNumber(in.unseenS, 1));
        } else if (in.stationaryS >= *limit) {
            v.verdict = Verdict::Pass;
            v.reason =
                CVD_TR("core", "The poker stood still for %1 s; at least %2 s are required.");
        } else if (in.openStart || in.openEnd) {
            v.verdict = Verdict::CannotJudge;
            v.reason = CVD_TR("core",
                              "Only a part of this insertion was seen: the poker stood still "
                              "for %1 s of it; at least %2 s are required.");
        } else if (in.confidence < kLeastConfidence) {
            v.verdict = Verdict::CannotJudge;
            v.reason = CVD_TR("core",
                              "The poker was seen too poorly: it seems to have stood still for "
                              "%1 s; at least %2 s are required.");
        } else if (in.stationaryS + o.waveredS >= *limit) {
            v.verdict = Verdict::CannotJudge;
            v.reason = CVD_TR("core",
                              "The poker stood still for %1 s and swayed about its place for %3 "
                              "s, which may be the camera's shaking; at least %2 s are required.");
            v.reasonArgs.push_back(formatNumber(o.waveredS, 1));
        } else {
            v.severity = in.stationaryS < 0.5 * *limit ? Severity::Major : Severity::Minor;
            if (decide(v, *limit - in.stationaryS, kBand * in.timeErrorS, 1) ==
                Verdict::CannotJudge) {
                out.push_back(v);
                continue;
            }
            v.reason = CVD_TR("core",
                              "The poker stood still for only %1 s; at least %2 s are "
                              "required.");
        }
        out.push_back(v);
    }
    return out;
}

}  // namespace cvd::compliance
