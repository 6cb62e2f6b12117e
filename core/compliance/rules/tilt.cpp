#include <algorithm>
#include <cmath>

#include "core/compliance/rules/rule_support.h"

namespace cvd::compliance {
namespace {

constexpr double kErrorDeg = 2;
constexpr double kLeansDeg = 10;  // below, a direction means nothing. Our setting.

double between(double a, double b) {  // degrees of two azimuths
    const double d = std::abs(std::fmod(a - b, 360.0));
    return std::min(d, 360 - d);
}

// The earlier insertion nearby that leans most differently.
const Insertion* leansElsewhere(const RuleInput& input, std::size_t i, double nearM,
                                double& angle) {
    const Insertion& in = input.insertions[i].insertion;
    const Insertion* found = nullptr;
    for (std::size_t j = 0; j < i; ++j) {
        const Insertion& other = input.insertions[j].insertion;
        if (!placed(input.insertions[j]) || !other.tiltAzimuthDeg ||
            other.tiltDeg.value_or(0) < kLeansDeg || other.confidence < kLeastConfidence ||
            distanceM(*in.contactM, *other.contactM) > nearM) {
            continue;
        }
        const double d = between(*in.tiltAzimuthDeg, *other.tiltAzimuthDeg);
        if (d > angle) {
            angle = d;
            found = &other;
        }
    }
    return found;
}

}  // namespace

// Not vertical (V10): median tilt while immersed above tilt_max_deg. One camera sees the lean
// across its line of sight only, so the measured tilt is the least that the bar can have: a
// violation holds, a pass says what was seen. Direction of tilt (V11): insertions within three
// radii that lean by more than ten degrees in directions more than tilt_spread_deg apart.
Verdicts judgeTilt(const RuleInput& input) {
    constexpr const char* kRule = "tilt";
    const auto limit = input.profile.value(u"tilt_max_deg");
    const auto spread = input.profile.value(u"tilt_spread_deg");
    if (!limit) {
        return {};
    }
    if (!input.homography) {
        return cannotJudge(input, kRule, "tilt_max_deg",
                           CVD_TR("core",
                                  "Without a calibration it is not known which way is vertical in "
                                  "the picture."));
    }
    const double nearM = 3 * input.radiusM.value_or(0.35);
    Verdicts out;
    for (std::size_t i = 0; i < input.insertions.size(); ++i) {
        const ObservedInsertion& o = input.insertions[i];
        const Insertion& in = o.insertion;
        if (!placed(o)) {
            continue;
        }
        Violation v = about(input, kRule, in, "tilt_max_deg");
        v.limit = *limit;
        v.unit = "deg";
        if (!in.tiltDeg) {
            v.verdict = Verdict::CannotJudge;
            v.reason = CVD_TR("core",
                              "The bar was seen too short or from too far above to tell "
                              "its tilt.");
            out.push_back(v);
            continue;
        }
        v.value = *in.tiltDeg;
        v.severity = *in.tiltDeg > 1.5 * *limit ? Severity::Major : Severity::Minor;
        v.reasonArgs = {formatNumber(*in.tiltDeg, 0), formatNumber(*limit, 0)};
        const Verdict verdict = decide(v, *in.tiltDeg - *limit, kErrorDeg, 1);
        double angle = 0;
        const Insertion* other = nullptr;
        if (spread && in.tiltAzimuthDeg && *in.tiltDeg >= kLeansDeg) {
            other = leansElsewhere(input, i, nearM, angle);
        }
        if (verdict == Verdict::Violation) {
            v.reason = CVD_TR("core",
                              "The poker leaned by at least %1 degrees; up to %2 degrees are "
                              "allowed.");
        } else if (verdict == Verdict::Pass && other && angle > *spread &&
                   v.confidence >= kLeastConfidence) {
            v.verdict = Verdict::Violation;
            v.severity = Severity::Minor;
            v.value = angle;
            v.limit = *spread;
            v.source = input.profile.sourceText(u"tilt_spread_deg").toStdString();
            v.reason = CVD_TR("core",
                              "The poker leaned %1 degrees away from the direction of insertion %3 "
                              "nearby; up to %2 degrees are allowed.");
            v.reasonArgs = {formatNumber(angle, 0), formatNumber(*spread, 0),
                            std::to_string(other->id)};
        } else if (verdict == Verdict::Pass) {
            v.reason = CVD_TR("core",
                              "The poker leaned by %1 degrees as seen from the camera; up to %2 "
                              "degrees are allowed.");
        }
        out.push_back(v);
    }
    return out;
}

}  // namespace cvd::compliance
