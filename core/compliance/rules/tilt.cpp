#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/compliance/rules/rule_support.h"

namespace cvd::compliance {
namespace {

constexpr const char* kRule = "tilt";
constexpr const char* kAngle = "tilt_max_deg";
constexpr const char* kSpread = "tilt_spread_max_deg";

constexpr double kAngleErrorDeg = 3;  // of a bar seen by one camera; our setting
// Of one in a picture whose camera is not known: towards the edges of a picture from above upright
// bars lean outwards, and a camera held askew tilts all of them. Our setting.
constexpr double kPictureErrorDeg = 15;

double between(double a, double b) {  // of two directions, 0..180 degrees
    const double d = std::fmod(std::abs(a - b), 360.0);
    return d > 180 ? 360 - d : d;
}

// Of the way in which a bar leans: the less it does, the less its direction is known.
double directionErrorDeg(double tiltDeg) {
    return std::atan2(kAngleErrorDeg, tiltDeg) * 180 / std::numbers::pi;
}

Violation judgeAngle(const RuleInput& input, const ObservedInsertion& o, double limit) {
    const Insertion& in = o.insertion;
    Violation v = about(input, kRule, in, kAngle);
    v.limit = limit;
    v.unit = "deg";
    if (!in.tiltDeg) {
        v.verdict = Verdict::CannotJudge;
        v.reason = CVD_TR("core", "How far the poker leaned was not seen well enough.");
        return v;
    }
    v.value = *in.tiltDeg;
    v.reasonArgs = {formatNumber(*in.tiltDeg, 0), formatNumber(limit, 0)};
    v.severity = *in.tiltDeg > 2 * limit ? Severity::Major : Severity::Minor;
    const Verdict verdict =
        decide(v, *in.tiltDeg - limit, o.tiltInPicture ? kPictureErrorDeg : kAngleErrorDeg, 0);
    if (verdict == Verdict::Pass && o.tiltInPicture) {
        v.verdict = Verdict::CannotJudge;
        v.reason = CVD_TR("core",
                          "In the picture the poker leaned by %1°, where %2° are allowed; "
                          "whether it leaned towards the camera cannot be told without a "
                          "calibration.");
    } else if (verdict == Verdict::Pass) {
        v.reason = CVD_TR("core", "The poker leaned by %1°; up to %2° are allowed.");
    } else if (verdict == Verdict::Violation) {
        v.reason = CVD_TR("core", "The poker leaned by %1°, more than the %2° allowed.");
    }
    return v;
}

bool leansClearly(const ObservedInsertion& o) {
    constexpr double kClearDeg = 8;  // below, a direction means nothing; our setting
    return placed(o) && o.insertion.tiltDeg && *o.insertion.tiltDeg >= kClearDeg &&
           o.insertion.tiltAzimuthDeg && o.insertion.confidence >= kLeastConfidence;
}

// The direction against that of the nearest earlier leaning neighbour within three radii.
std::optional<Violation> judgeDirection(const RuleInput& input, std::size_t index, double limit) {
    const ObservedInsertion& o = input.insertions[index];
    if (!leansClearly(o)) {
        return std::nullopt;
    }
    const ObservedInsertion* neighbour = nullptr;
    double nearest = 3 * *input.radiusM;
    for (std::size_t j = 0; j < index; ++j) {
        const ObservedInsertion& other = input.insertions[j];
        if (leansClearly(other) && distanceM(o, other) < nearest) {
            nearest = distanceM(o, other);
            neighbour = &other;
        }
    }
    if (neighbour == nullptr) {
        return std::nullopt;
    }
    const double turn = between(*o.insertion.tiltAzimuthDeg, *neighbour->insertion.tiltAzimuthDeg);
    if (turn <= limit) {
        return std::nullopt;  // its own angle was judged already
    }
    Violation v = about(input, kRule, o.insertion, kSpread);
    v.severity = Severity::Minor;
    v.value = turn;
    v.limit = limit;
    v.unit = "deg";
    const double error = std::hypot(directionErrorDeg(*o.insertion.tiltDeg),
                                    directionErrorDeg(*neighbour->insertion.tiltDeg));
    if (decide(v, turn - limit, error, 0) != Verdict::Violation) {
        return v;
    }
    v.reason = CVD_TR("core",
                      "The poker leaned in a direction that differs by %1° from insertion %3 "
                      "beside it; up to %2° are allowed.");
    v.reasonArgs = {formatNumber(turn, 0), formatNumber(limit, 0),
                    std::to_string(neighbour->insertion.id)};
    return v;
}

}  // namespace

// V10: the bar leaned more than tilt_max_deg while in the concrete; layers thinner than
// tilt_layer_min_m are exempt, where the head can only be immersed lying (San Joaquin
// specification, NPCA). V11: neighbouring leaning insertions differ in direction by more than
// tilt_spread_max_deg (DL/T 5144: if tilted, then in one direction).
Verdicts judgeTilt(const RuleInput& input) {
    const auto limit = input.profile.value(QLatin1String(kAngle));
    if (!limit) {
        return {};
    }
    const auto exempt = input.profile.value(u"tilt_layer_min_m");
    if (exempt && input.calibration && input.calibration->layerHeightM &&
        *input.calibration->layerHeightM < *exempt) {
        return {};
    }
    const auto spread = input.profile.value(QLatin1String(kSpread));
    Verdicts out;
    for (std::size_t i = 0; i < input.insertions.size(); ++i) {
        if (!input.insertions[i].insertion.effective) {
            continue;
        }
        out.push_back(judgeAngle(input, input.insertions[i], *limit));
        if (spread && input.homography && input.radiusM) {
            if (const auto v = judgeDirection(input, i, *spread)) {
                out.push_back(*v);
            }
        }
    }
    return out;
}

}  // namespace cvd::compliance
