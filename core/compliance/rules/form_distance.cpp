#include <algorithm>
#include <cmath>
#include <limits>

#include "core/compliance/coverage.h"
#include "core/compliance/rules/rule_support.h"

namespace cvd::compliance {
namespace {

constexpr const char* kNoFormLine = CVD_TR("core", "No form line was drawn in the calibration.");

bool hasForm(const RuleInput& input) {
    return input.calibration && !input.calibration->formLines.empty();
}

void judgeContact(Violation& v, double nearestM, double bandM) {
    constexpr double kHeadM = 0.04;  // half of a thick head; our setting
    v.reasonArgs = {formatNumber(nearestM, 2)};
    if (nearestM > kHeadM + bandM) {
        v.verdict = Verdict::Pass;
        v.reason = CVD_TR("core", "The poker stood %1 m from the form and did not touch it.");
    } else {
        v.verdict = Verdict::CannotJudge;
        v.reason = CVD_TR("core",
                          "The poker stood %1 m from the form: whether it touched cannot be told.");
    }
}

// Of the places at which it stood: a dragged poker may have come nearer at one end of its way.
double nearestToForm(const Calibration& calibration, const ObservedInsertion& o) {
    double nearest = std::numeric_limits<double>::infinity();
    for (const auto& line : calibration.formLines) {
        nearest = std::min(nearest, distanceToPolyline(line, *o.insertion.contactM));
        for (const StandingPlace& place : o.places) {
            nearest = std::min(nearest, distanceToPolyline(line, place.at));
        }
    }
    return nearest;
}

// Somebody may have worked between the place and the line where the camera did not see.
bool unseenBefore(const RuleInput& input, const std::vector<PointM>& line, PointM p) {
    return unseenOnTheWay(input, p, nearestOnPolyline(line, p), {0.25, 0.5, 0.75});
}

// Another insertion stands between this one and the line, not far to the side.
bool behindAnother(const RuleInput& input, const ObservedInsertion& o,
                   const std::vector<PointM>& line, double distance, double besideM) {
    for (const ObservedInsertion& other : input.insertions) {
        if (&other == &o || !placed(other)) {
            continue;
        }
        const double otherDistance = distanceToPolyline(line, *other.insertion.contactM);
        const double apart = distanceM(*o.insertion.contactM, *other.insertion.contactM);
        const double across = distance - otherDistance;
        const double along = std::sqrt(std::max(0.0, apart * apart - across * across));
        if (across > 0.1 && along < besideM) {
            return true;
        }
    }
    return false;
}

}  // namespace

// V12: closer to the form than form_min_m. A limit of 0 forbids contact, which no camera tells
// where the poker stood within the error of measuring of the line.
Verdicts judgeTooNearForm(const RuleInput& input) {
    constexpr const char* kRule = "too_near_form";
    const auto limit = input.profile.value(u"form_min_m");
    if (!limit) {
        return {};
    }
    if (!input.homography) {
        return cannotJudge(input, kRule, "form_min_m", kNeedsCalibration);
    }
    if (!hasForm(input)) {
        return cannotJudge(input, kRule, "form_min_m", kNoFormLine);
    }
    Verdicts out;
    for (const ObservedInsertion& o : input.insertions) {
        if (!placed(o)) {
            continue;
        }
        const double nearest = nearestToForm(*input.calibration, o);
        Violation v = about(input, kRule, o.insertion, "form_min_m");
        v.value = nearest;
        v.limit = *limit;
        v.unit = "m";
        v.reasonArgs = {formatNumber(nearest, 2), formatNumber(*limit, 2)};
        if (*limit <= 0) {
            judgeContact(v, nearest, placeBandM(o.insertion));
        } else if (nearest >= *limit - 1e-9) {
            v.verdict = Verdict::Pass;
            v.reason =
                CVD_TR("core", "The poker stood %1 m from the form; at least %2 m are required.");
        } else {
            v.severity = Severity::Minor;
            v.reason = CVD_TR("core",
                              "The poker stood only %1 m from the form; at least %2 m are "
                              "required.");
            decide(v, *limit - nearest, placeBandM(o.insertion), 2);
        }
        out.push_back(v);
    }
    return out;
}

// V13: the outermost row, the insertions with no other between them and a form line, stands farther
// from it than form_max_r radii or form_max_m. Beyond 1.5 radii more, the row at the form is yet to
// come.
Verdicts judgeTooFarFromForm(const RuleInput& input) {
    constexpr const char* kRule = "too_far_from_form";
    const auto radii = input.profile.value(u"form_max_r");
    const auto metres = input.profile.value(u"form_max_m");
    if (!radii && !metres) {
        return {};
    }
    const char* parameter = radii ? "form_max_r" : "form_max_m";
    if (!input.homography || !input.radiusM) {
        return cannotJudge(input, kRule, parameter, kNeedsCalibration);
    }
    if (!hasForm(input)) {
        return cannotJudge(input, kRule, parameter, kNoFormLine);
    }
    const double limit = std::min(radii ? *radii * *input.radiusM : 1e9, metres.value_or(1e9));
    Verdicts out;
    for (const ObservedInsertion& o : input.insertions) {
        if (!placed(o)) {
            continue;
        }
        double worst = -1;
        const std::vector<PointM>* worstLine = nullptr;
        for (const auto& line : input.calibration->formLines) {
            const double d = distanceToPolyline(line, *o.insertion.contactM);
            if (d > limit + 1.5 * *input.radiusM ||
                behindAnother(input, o, line, d, 1.5 * *input.radiusM)) {
                continue;
            }
            if (d > worst) {
                worst = d;
                worstLine = &line;
            }
        }
        if (worst < 0) {
            continue;
        }
        Violation v = about(input, kRule, o.insertion, parameter);
        v.value = worst;
        v.limit = limit;
        v.unit = "m";
        v.reasonArgs = {formatNumber(worst, 2), formatNumber(limit, 2)};
        if (worst <= limit + 1e-9) {
            v.verdict = Verdict::Pass;
            v.reason = CVD_TR("core",
                              "The outermost insertion is %1 m from the form; at most %2 m are "
                              "allowed.");
        } else {
            v.severity = Severity::Minor;
            v.reason = CVD_TR("core",
                              "The outermost insertion is %1 m from the form, farther than the "
                              "%2 m allowed.");
            const bool beyond =
                decide(v, worst - limit, placeBandM(o.insertion), 2) == Verdict::Violation;
            if (beyond && !input.liftFinished) {
                v.verdict = Verdict::CannotJudge;
                v.reason = CVD_TR("core",
                                  "The outermost insertion so far is %1 m from the form, farther "
                                  "than the %2 m allowed, but the work goes on after this video.");
            } else if (beyond && unseenBefore(input, *worstLine, *o.insertion.contactM)) {
                v.verdict = Verdict::CannotJudge;
                v.reason = CVD_TR("core",
                                  "The outermost insertion that was seen is %1 m from the form, "
                                  "farther than the %2 m allowed, but the place between them was "
                                  "not seen all the time.");
            }
        }
        out.push_back(v);
    }
    return out;
}

}  // namespace cvd::compliance
