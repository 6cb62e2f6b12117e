#include "core/compliance/rules/rule_support.h"

namespace cvd::compliance {

// V9: the poker pushes concrete along: dragged in one direction, so that the places where the drag
// began and ended are more than move_length_m apart. A swing to and fro ends where it began.
Verdicts judgeMovingConcrete(const RuleInput& input) {
    constexpr const char* kRule = "moving_concrete";
    constexpr const char* kParameter = "move_length_m";
    const auto limit = input.profile.value(QLatin1String(kParameter));
    const auto speed = input.profile.value(u"drag_speed_mm_s");
    if (!limit || !speed) {
        return {};
    }
    if (!input.homography) {
        return cannotJudge(input, kRule, kParameter, kNeedsCalibration);
    }
    Verdicts out;
    for (const ObservedInsertion& o : input.insertions) {
        if (!placed(o)) {
            continue;
        }
        const Drag drag = longestDrag(o.path, *speed);
        const auto &from = o.path.empty() ? std::nullopt : o.path[drag.from].planeM,
                   &to = o.path.empty() ? std::nullopt : o.path[drag.to].planeM;
        Violation v = about(input, kRule, o.insertion, kParameter);
        v.value = from && to ? distanceM(*from, *to) : 0;
        v.limit = *limit;
        v.unit = "m";
        v.reasonArgs = {formatNumber(*v.value, 2), formatNumber(*limit, 2)};
        v.severity = Severity::Critical;
        const Verdict verdict =
            decide(v, *v.value - *limit, distanceBandM(o.insertion, o.insertion), 2);
        if (verdict == Verdict::Pass) {
            v.reason = CVD_TR("core",
                              "The poker went %1 m in one direction through the concrete; up to "
                              "%2 m are not held to be moving it.");
        } else {
            v.startFrame = o.path[drag.from].frame;
            v.startS = o.path[drag.from].timeS;
            v.endFrame = o.path[drag.to].frame;
            v.endS = o.path[drag.to].timeS;
            v.positionM = from;
        }
        if (verdict == Verdict::Violation) {
            v.reason = CVD_TR("core",
                              "The poker was pulled %1 m in one direction, farther than %2 m: "
                              "concrete was moved with it.");
        }
        passNoPart(v, o.insertion);
        out.push_back(v);
    }
    return out;
}

}  // namespace cvd::compliance
