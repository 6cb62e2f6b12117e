#include <algorithm>
#include <cmath>
#include <limits>

#include "core/compliance/rules/rule_support.h"

namespace cvd::compliance {

// V15: the length of the bar that went out of sight, upright, is less than the layer plus
// penetration_min_m. Needs the rod's length (or a mark on the hose) and the layer's thickness.
Verdicts judgeShallowInsertion(const RuleInput& input) {
    constexpr const char* kRule = "shallow_insertion";
    constexpr const char* kParameter = "penetration_min_m";
    const auto penetration = input.profile.value(QLatin1String(kParameter));
    if (!penetration) {
        return {};
    }
    const Calibration* c = input.calibration;
    if (!c || !(c->rodLengthM || c->hoseMarkM)) {
        return cannotJudge(input, kRule, kParameter,
                           CVD_TR("core",
                                  "How deep the tip went cannot be seen without the length of the "
                                  "rod or a mark on the hose in the calibration."));
    }
    if (!c->layerHeightM) {
        return cannotJudge(input, kRule, kParameter,
                           CVD_TR("core",
                                  "The thickness of the layer was not entered in the calibration, "
                                  "so nothing is known of the layer below."));
    }
    constexpr double kErrorM = 0.03;  // of a length read off the picture; our setting
    constexpr double kDegree = 3.14159265358979 / 180;
    const double limit = *c->layerHeightM + *penetration;
    Verdicts out;
    for (const ObservedInsertion& o : input.insertions) {
        const Insertion& in = o.insertion;
        if (!in.effective) {
            continue;
        }
        Violation v = about(input, kRule, in, kParameter);
        v.limit = limit;
        v.unit = "m";
        if (!in.depthM) {
            v.verdict = Verdict::CannotJudge;
            v.reason = CVD_TR("core", "How deep the poker went was not seen well enough.");
            out.push_back(v);
            continue;
        }
        const double depth = *in.depthM * std::cos(in.tiltDeg.value_or(0) * kDegree);
        v.value = depth;
        v.reasonArgs = {formatNumber(depth, 2), formatNumber(limit, 2),
                        formatNumber(*penetration, 2)};
        v.severity = depth < *c->layerHeightM ? Severity::Major : Severity::Minor;
        const Verdict verdict = decide(v, limit - depth, kErrorM, 2);
        if (verdict == Verdict::Pass) {
            v.reason = CVD_TR("core",
                              "The tip went %1 m deep; %2 m are required to reach %3 m into the "
                              "layer below.");
        } else if (verdict == Verdict::Violation && (in.openStart || in.openEnd)) {
            v.verdict = Verdict::CannotJudge;  // it may have gone deeper while nobody looked
            v.reason = CVD_TR("core",
                              "The tip seems to have gone %1 m deep; that is too uncertain to hold "
                              "against the required %2 m.");
        } else if (verdict == Verdict::Violation) {
            v.reason = CVD_TR("core",
                              "The tip went only %1 m deep; %2 m are required to reach %3 m into "
                              "the layer below.");
        }
        out.push_back(v);
    }
    return out;
}

// V16: the entered thickness of the layer above layer_max_m or layer_max_rod rod lengths. The
// picture does not tell it.
Verdicts judgeLayerTooThick(const RuleInput& input) {
    constexpr const char* kRule = "layer_too_thick";
    const auto metres = input.profile.value(u"layer_max_m");
    const auto rods = input.profile.value(u"layer_max_rod");
    if (!metres && !rods) {
        return {};
    }
    const char* parameter = metres ? "layer_max_m" : "layer_max_rod";
    const Calibration* c = input.calibration;
    if (!c || !c->layerHeightM) {
        return cannotJudge(
            input, kRule, parameter,
            CVD_TR("core", "The thickness of the layer was not entered in the calibration."));
    }
    if (!metres && !c->rodLengthM) {
        return cannotJudge(
            input, kRule, parameter,
            CVD_TR("core", "The length of the rod was not entered in the calibration."));
    }
    double limit = metres.value_or(std::numeric_limits<double>::infinity());
    if (rods && c->rodLengthM && *rods * *c->rodLengthM < limit) {
        limit = *rods * *c->rodLengthM;
        parameter = "layer_max_rod";
    }
    Violation v = aboutAll(input, kRule, parameter);
    v.value = *c->layerHeightM;
    v.limit = limit;
    v.unit = "m";
    v.confidence = 1;
    v.reasonArgs = {formatNumber(*v.value, 2), formatNumber(limit, 2)};
    v.severity = Severity::Major;
    const Verdict verdict = decide(v, *v.value - limit, 0, 2);
    if (verdict == Verdict::Pass && rods && !c->rodLengthM) {
        v.verdict = Verdict::CannotJudge;
        v.reason = CVD_TR("core",
                          "The layer is %1 m thick and keeps to %2 m, but the length of the rod, "
                          "which limits it too, was not entered in the calibration.");
    } else if (verdict == Verdict::Pass) {
        v.reason = CVD_TR("core", "The layer is %1 m thick; up to %2 m are allowed.");
    } else if (verdict == Verdict::Violation) {
        v.reason = CVD_TR("core", "The layer is %1 m thick, more than the %2 m allowed.");
    }
    return {v};
}

}  // namespace cvd::compliance
