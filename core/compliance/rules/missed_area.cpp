#include <algorithm>

#include "core/compliance/rules/rule_support.h"

namespace cvd::compliance {

// Share of the seen area that no sufficient insertion reached, and the largest untreated
// disc in it. What was not seen or not yet worked is neither missed nor treated, and too much of it
// leaves no pass.
Verdicts judgeMissedArea(const RuleInput& input) {
    constexpr const char* kRule = "missed_area";
    const auto leastPercent = input.profile.value(u"coverage_min_pct");
    const auto largestGap = input.profile.value(u"gap_max_m");
    if (!leastPercent) {
        return {};
    }
    if (!input.homography || !input.radiusM) {
        return cannotJudge(input, kRule, "coverage_min_pct", kNeedsCalibration);
    }
    if (!input.coverage) {
        return cannotJudge(input, kRule, "coverage_min_pct",
                           CVD_TR("core", "No pour region was drawn in the calibration."));
    }
    const Coverage& c = *input.coverage;
    const double judged = c.covered + c.missed;
    std::size_t count = 0;
    double confidence = 0;
    for (const ObservedInsertion& o : input.insertions) {
        if (placed(o)) {
            ++count;
            confidence += o.insertion.confidence;
        }
    }
    if (count == 0 || judged <= 0) {
        return cannotJudge(
            input, kRule, "coverage_min_pct",
            CVD_TR("core", "Too few insertions were seen to say which area was worked."));
    }
    Violation v = aboutAll(input, kRule, "coverage_min_pct");
    v.confidence = confidence / static_cast<double>(count);
    v.value = 100 * c.missed / judged;
    v.limit = 100 - *leastPercent;
    v.unit = "%";
    v.positionM = c.largestGapAt;
    v.reasonArgs = {formatNumber(*v.value, 1), formatNumber(*v.limit, 1),
                    formatNumber(c.largestGapM, 2)};
    const bool wide = largestGap && c.largestGapM > *largestGap;
    if (*v.value <= *v.limit && !wide && 100 * c.notObserved > *v.limit) {
        v.verdict = Verdict::CannotJudge;
        v.positionM.reset();
        v.value.reset();
        v.reasonArgs = {formatNumber(100 * c.notObserved, 1)};
        v.reason =
            CVD_TR("core", "%1 % of the pour region was not seen; nothing was missed in the rest.");
        return {v};
    }
    if (*v.value <= *v.limit && !wide) {
        v.verdict = Verdict::Pass;
        v.positionM.reset();
        v.reason =
            CVD_TR("core", "%1 % of the pour region was not vibrated; up to %2 % are allowed.");
        return {v};
    }
    // Would circles one error wider do?
    const double percentError = 100 * std::max(0.0, c.coveredMost - c.covered) / judged;
    const bool sure =
        *v.value - percentError > *v.limit || (wide && c.largestGapM - 2 * c.errorM > *largestGap);
    if (!sure) {
        v.verdict = Verdict::CannotJudge;
        v.reason = CVD_TR("core",
                          "%1 % of the pour region seems not to be vibrated, up to %2 % are "
                          "allowed, but the places of the insertions are known to %3 m only.");
        v.reasonArgs[2] = formatNumber(c.errorM, 2);
        return {v};
    }
    v.verdict = v.confidence < kLeastConfidence ? Verdict::CannotJudge : Verdict::Violation;
    v.severity = c.largestGapM > *input.radiusM ? Severity::Critical : Severity::Major;
    v.reason = CVD_TR("core",
                      "%1 % of the pour region was not vibrated, up to %2 % are allowed; the "
                      "largest gap is %3 m wide.");
    return {v};
}

}  // namespace cvd::compliance
