#include "core/compliance/rules/rule_support.h"

namespace cvd::compliance {
namespace {

// The latest insertion at this place that was another treatment: at least `gapS` before.
const Insertion* treatedBefore(const RuleInput& input, std::size_t i, double reachM, double gapS) {
    const Insertion& in = input.insertions[i].insertion;
    for (std::size_t j = i; j-- > 0;) {
        const Insertion& other = input.insertions[j].insertion;
        if (placed(input.insertions[j]) && in.startS - other.endS >= gapS &&
            distanceM(*in.contactM, *other.contactM) < reachM) {
            return &other;
        }
    }
    return nullptr;
}

}  // namespace

// Revibrated too late (V19): the concrete is older than revibration_max_s. Its age is known when
// the time of placing was entered, for every insertion; without it only a lower bound is, for one
// at a place that was vibrated before: the time since then.
Verdicts judgeLateRevibration(const RuleInput& input) {
    constexpr const char* kRule = "late_revibration";
    const auto limit = input.profile.value(u"revibration_max_s");
    const auto reach = input.profile.value(u"repeat_distance_r");
    const auto again = input.profile.value(u"repeat_gap_s");
    if (!limit || !reach || !again) {
        return {};
    }
    if (!input.homography || !input.radiusM) {
        return cannotJudge(input, kRule, "revibration_max_s", kNeedsCalibration);
    }
    const std::optional<double> age = input.calibration->concreteAgeS;
    Verdicts out;
    for (std::size_t i = 0; i < input.insertions.size(); ++i) {
        const ObservedInsertion& o = input.insertions[i];
        if (!placed(o)) {
            continue;
        }
        const Insertion* before = treatedBefore(input, i, *reach * *input.radiusM, *again);
        if (!age && !before) {
            continue;  // a first treatment of concrete of unknown age: nothing to judge
        }
        Violation v = about(input, kRule, o.insertion, "revibration_max_s");
        v.value = age ? *age + o.insertion.startS : o.insertion.startS - before->endS;
        v.limit = *limit;
        v.unit = "s";
        v.severity = Severity::Critical;
        v.reasonArgs = {formatNumber(*v.value / 60, 1), formatNumber(*limit / 60, 1)};
        if (decide(v, *v.value - *limit, 0, 0) == Verdict::Violation) {
            v.reason = CVD_TR("core",
                              "The concrete was vibrated at least %1 min after it was placed; up "
                              "to %2 min are allowed.");
        } else if (v.verdict == Verdict::Pass && age) {
            v.reason = CVD_TR("core",
                              "The concrete was vibrated %1 min after it was placed; up to %2 min "
                              "are allowed.");
        } else if (v.verdict == Verdict::Pass) {
            v.verdict = Verdict::CannotJudge;
            v.reason = CVD_TR("core",
                              "The place was vibrated again after %1 min; when the concrete was "
                              "placed was not entered in the calibration.");
        }
        out.push_back(v);
    }
    if (out.empty() && !age) {
        return {};
    }
    return out;
}

}  // namespace cvd::compliance
