#include <algorithm>

#include "core/compliance/rules/rule_support.h"

namespace cvd::compliance {
namespace {

constexpr const char* kNoSpeed = CVD_TR(
    "core", "The visible length of the bar did not change clearly enough to tell its movement.");
constexpr const char* kNoRod =
    CVD_TR("core",
           "Without the length of the rod in the calibration depths and speeds along the "
           "bar cannot be measured.");

bool knowsRod(const RuleInput& input) {
    return input.calibration && (input.calibration->rodLengthM || input.calibration->hoseMarkM);
}

// A tenth: what a bar length of some dozen pixels and a lean towards the camera leave open.
constexpr double kSpeedError = 0.1;

}  // namespace

// Withdrawn too fast (V6): mean speed from the start of the last rise until the tip is out above
// withdraw_max_mm_s. Immersed length from the visible share of a bar of known length.
Verdicts judgeFastWithdrawal(const RuleInput& input) {
    constexpr const char* kRule = "fast_withdrawal";
    const auto limit = input.profile.value(u"withdraw_max_mm_s");
    if (!limit) {
        return {};
    }
    if (!knowsRod(input)) {
        return cannotJudge(input, kRule, "withdraw_max_mm_s", kNoRod);
    }
    Verdicts out;
    for (const ObservedInsertion& o : input.insertions) {
        const Insertion& in = o.insertion;
        if (!in.effective) {
            continue;
        }
        Violation v = about(input, kRule, in, "withdraw_max_mm_s");
        v.limit = *limit;
        v.unit = "mm/s";
        if (!in.withdrawalMmS || in.openEnd) {
            v.verdict = Verdict::CannotJudge;
            v.reason = in.openEnd ? CVD_TR("core", "The withdrawal was not seen.") : kNoSpeed;
            out.push_back(v);
            continue;
        }
        v.value = *in.withdrawalMmS;
        if (in.withdrawalS) {  // the evidence is the rise
            v.startS = std::max(in.startS, in.endS - *in.withdrawalS);
            const double frameS = static_cast<double>(in.endFrame - in.startFrame) > 0
                                      ? (in.endS - in.startS) / double(in.endFrame - in.startFrame)
                                      : 0;
            v.startFrame =
                frameS > 0 ? in.endFrame - static_cast<FrameIndex>((in.endS - v.startS) / frameS)
                           : in.startFrame;
        }
        v.severity = *v.value > 2 * *limit ? Severity::Major : Severity::Minor;
        v.reasonArgs = {formatNumber(*v.value, 0), formatNumber(*limit, 0)};
        const Verdict verdict = decide(v, *v.value - *limit, kSpeedError * *limit, 0);
        if (verdict == Verdict::Pass) {
            v.reason =
                CVD_TR("core", "The poker was withdrawn at %1 mm/s; up to %2 mm/s are allowed.");
        } else if (verdict == Verdict::Violation) {
            v.reason = CVD_TR("core",
                              "The poker was withdrawn at %1 mm/s, faster than the %2 mm/s "
                              "allowed.");
        }
        out.push_back(v);
    }
    return out;
}

// Inserted too slowly (V7): the bar takes longer than insert_max_s to its depth, or longer in than
// out. Needs no metres. A plunge of under a second is never slow.
Verdicts judgeSlowInsertion(const RuleInput& input) {
    constexpr const char* kRule = "slow_insertion";
    constexpr double kNeverSlowS = 1.0, kErrorS = 0.2;
    const auto limit = input.profile.value(u"insert_max_s");
    if (!limit) {
        return {};
    }
    Verdicts out;
    for (const ObservedInsertion& o : input.insertions) {
        const Insertion& in = o.insertion;
        if (!in.effective) {
            continue;
        }
        Violation v = about(input, kRule, in, "insert_max_s");
        v.limit = *limit;
        v.unit = "s";
        if (!in.insertionS || in.openStart) {
            v.verdict = Verdict::CannotJudge;
            v.reason =
                in.openStart ? CVD_TR("core", "The insertion's beginning was not seen.") : kNoSpeed;
            out.push_back(v);
            continue;
        }
        v.value = *in.insertionS;
        v.severity = Severity::Minor;
        v.reasonArgs = {formatNumber(*v.value, 1), formatNumber(*limit, 1)};
        const bool slowerThanOut = in.withdrawalS && !in.openEnd && *in.insertionS > kNeverSlowS &&
                                   *in.insertionS > *in.withdrawalS + kErrorS;
        if (decide(v, *v.value - *limit, kErrorS, 1) == Verdict::Violation) {
            v.reason = CVD_TR("core",
                              "The poker took %1 s to reach its depth, longer than the %2 s "
                              "allowed.");
        } else if (v.verdict == Verdict::Pass && slowerThanOut) {
            v.verdict = v.confidence < kLeastConfidence ? Verdict::CannotJudge : Verdict::Violation;
            v.limit = *in.withdrawalS;
            v.reasonArgs = {formatNumber(*v.value, 1), formatNumber(*in.withdrawalS, 1)};
            v.reason = CVD_TR("core",
                              "The poker took %1 s to go in but only %2 s to come out: quickly in, "
                              "slowly out.");
        } else if (v.verdict == Verdict::Pass) {
            v.reason =
                CVD_TR("core", "The poker took %1 s to reach its depth; up to %2 s are allowed.");
        }
        out.push_back(v);
    }
    return out;
}

// Too shallow (V15): the immersed length does not reach penetration_min_m into the layer below.
// Only with the layer's height and the length of the rod, or of the hose up to a mark; the rest of
// a longer way cannot be seen.
Verdicts judgeShallowInsertion(const RuleInput& input) {
    constexpr const char* kRule = "shallow_insertion";
    constexpr double kErrorM = 0.02;
    const auto penetration = input.profile.value(u"penetration_min_m");
    if (!penetration) {
        return {};
    }
    if (!knowsRod(input)) {
        return cannotJudge(input, kRule, "penetration_min_m", kNoRod);
    }
    if (!input.calibration->layerHeightM) {
        return cannotJudge(
            input, kRule, "penetration_min_m",
            CVD_TR("core", "The thickness of the layer was not entered in the calibration."));
    }
    const double needed = *input.calibration->layerHeightM + *penetration;
    const double bar =
        input.calibration->hoseMarkM.value_or(input.calibration->rodLengthM.value_or(0));
    if (needed >= bar) {
        return cannotJudge(
            input, kRule, "penetration_min_m",
            CVD_TR("core",
                   "The depth required is more than the length of the bar that can be "
                   "followed. Enter the distance of a mark on the hose."));
    }
    Verdicts out;
    for (const ObservedInsertion& o : input.insertions) {
        const Insertion& in = o.insertion;
        if (!in.effective) {
            continue;
        }
        Violation v = about(input, kRule, in, "penetration_min_m");
        v.limit = needed;
        v.unit = "m";
        if (!in.depthM) {
            v.verdict = Verdict::CannotJudge;
            v.reason = kNoSpeed;
            out.push_back(v);
            continue;
        }
        v.value = *in.depthM;
        v.severity = Severity::Major;
        v.reasonArgs = {formatNumber(*v.value, 2), formatNumber(needed, 2)};
        if (needed - *in.depthM > 0 && (in.openStart || in.openEnd)) {
            v.verdict = Verdict::CannotJudge;
            v.reason = CVD_TR("core",
                              "Only a part of this insertion was seen: the tip was %1 m deep in "
                              "it; at least %2 m are required.");
        } else if (decide(v, needed - *in.depthM, kErrorM, 2) == Verdict::Pass) {
            v.reason = CVD_TR("core", "The tip was %1 m deep; at least %2 m are required.");
        } else if (v.verdict == Verdict::Violation) {
            v.reason = CVD_TR("core",
                              "The tip was only %1 m deep; at least %2 m are required to reach "
                              "into the layer below.");
        }
        out.push_back(v);
    }
    return out;
}

// Layer too thick (V16): the entered height is above layer_max_m or layer_max_rod rod lengths.
Verdicts judgeLayerTooThick(const RuleInput& input) {
    constexpr const char* kRule = "layer_too_thick";
    const auto metres = input.profile.value(u"layer_max_m");
    const auto rods = input.profile.value(u"layer_max_rod");
    if (!metres && !rods) {
        return {};
    }
    const char* parameter = metres ? "layer_max_m" : "layer_max_rod";
    if (!input.calibration || !input.calibration->layerHeightM) {
        return cannotJudge(
            input, kRule, parameter,
            CVD_TR("core", "The thickness of the layer was not entered in the calibration."));
    }
    std::optional<double> limit = metres;
    if (rods && input.calibration->rodLengthM) {
        const double byRod = *rods * *input.calibration->rodLengthM;
        if (!limit || byRod < *limit) {
            limit = byRod;
            parameter = "layer_max_rod";
        }
    }
    if (!limit) {
        return cannotJudge(input, kRule, parameter, kNoRod);
    }
    Violation v = aboutAll(input, kRule, parameter);
    v.confidence = 1;  // entered, not measured
    v.value = *input.calibration->layerHeightM;
    v.limit = *limit;
    v.unit = "m";
    v.severity = Severity::Major;
    v.reasonArgs = {formatNumber(*v.value, 2), formatNumber(*limit, 2)};
    v.reason =
        decide(v, *v.value - *limit, 0, 2) == Verdict::Pass
            ? CVD_TR("core", "The layer is %1 m thick; up to %2 m are allowed.")
            : CVD_TR("core", "The layer is %1 m thick, more than the %2 m allowed for one lift.");
    return {v};
}

}  // namespace cvd::compliance
