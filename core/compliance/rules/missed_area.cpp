#include <algorithm>

#include "core/compliance/rules/rule_support.h"

namespace cvd::compliance {
namespace {

// Nothing that was seen breaks a limit; with what was not seen, something might.
Violation unbroken(Violation v, const Coverage& c, std::optional<double> largestGap) {
    constexpr double kRounding = 1e-9;
    const bool open = 100 * (c.missed + c.notObserved) > *v.limit + kRounding ||
                      (largestGap && c.largestOpenM > *largestGap + kRounding);
    v.positionM.reset();
    if (open) {
        v.verdict = Verdict::CannotJudge;
        v.reasonArgs = {formatNumber(100 * c.notObserved, 1), formatNumber(*v.value, 1),
                        formatNumber(*v.limit, 1)};
        v.reason = CVD_TR("core",
                          "%1 % of the pour region was not seen well enough to judge. %2 % of it "
                          "was seen and not vibrated; up to %3 % are allowed.");
        return v;
    }
    v.verdict = Verdict::Pass;
    v.reasonArgs = {formatNumber(*v.value, 1), formatNumber(*v.limit, 1)};
    v.reason = CVD_TR("core", "%1 % of the pour region was not vibrated; up to %2 % are allowed.");
    return v;
}

// A limit is exceeded, by the share or, with a value in metres, by one gap.
void broken(Violation& v, const Coverage& c, bool sure) {
    const bool gap = v.unit == "m";
    const int decimals = gap ? 2 : 1;
    v.reasonArgs = {formatNumber(*v.value, decimals), formatNumber(*v.limit, decimals),
                    formatNumber(sure ? c.largestGapM : c.errorM, 2)};
    if (!sure) {
        v.verdict = Verdict::CannotJudge;
        v.reason =
            gap ? CVD_TR("core",
                         "A gap of %1 m seems not to be vibrated, up to %2 m are allowed, "
                         "but the places of the insertions are known to %3 m only.")
                : CVD_TR("core",
                         "%1 % of the pour region seems not to be vibrated, up to %2 % are "
                         "allowed, but the places of the insertions are known to %3 m only.");
        return;
    }
    if (v.confidence < kLeastConfidence) {
        v.verdict = Verdict::CannotJudge;
        v.reason = CVD_TR("core", "The pokers were seen too poorly to say that ground was missed.");
        v.reasonArgs.clear();
        return;
    }
    v.verdict = Verdict::Violation;
    v.reason =
        gap ? CVD_TR("core", "A gap of %1 m was not vibrated; gaps of up to %2 m are allowed.")
            : CVD_TR("core",
                     "%1 % of the pour region was not vibrated, up to %2 % are allowed; the "
                     "largest gap is %3 m wide.");
}

}  // namespace

// V3: share of the pour region that was seen and that no sufficient insertion reached, and the
// largest untreated disc in it. What was not seen, or not well enough to say whether somebody stood
// there for long enough, accuses nobody: it counts as treated. It passes only where that could not
// break a limit either.
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
    std::size_t count = 0;
    double confidence = 0;
    for (const ObservedInsertion& o : input.insertions) {
        if (placed(o)) {
            ++count;
            confidence += o.insertion.confidence;
        }
    }
    if (c.covered + c.missed + c.notObserved <= 0) {
        return cannotJudge(input, kRule, "coverage_min_pct",
                           CVD_TR("core", "Obstacles take up the whole pour region."));
    }
    if (count == 0 || c.covered + c.missed <= 0) {
        return cannotJudge(
            input, kRule, "coverage_min_pct",
            CVD_TR("core", "Too few insertions were seen to say which area was worked."));
    }
    Violation v = aboutAll(input, kRule, "coverage_min_pct");
    v.confidence = confidence / static_cast<double>(count);
    v.value = 100 * c.missed;
    v.limit = 100 - *leastPercent;
    v.unit = "%";
    v.positionM = c.largestGapAt;
    const bool wide = largestGap && c.largestGapM > *largestGap;
    const bool much = *v.value > *v.limit;
    if (!much && !wide) {
        return {unbroken(v, c, largestGap)};
    }
    // Would circles one error wider do?
    const double percentError = 100 * std::max(0.0, c.coveredMost - c.covered);
    const bool surelyMuch = *v.value - percentError > *v.limit;
    const bool surelyWide = wide && c.largestGapM - 2 * c.errorM > *largestGap;
    if (!surelyMuch && (surelyWide || !much)) {
        v.value = c.largestGapM;
        v.limit = *largestGap;
        v.unit = "m";
        v.source = input.profile.sourceText(u"gap_max_m").toStdString();
    }
    broken(v, c, surelyMuch || surelyWide);
    v.severity = c.largestGapM > *input.radiusM ? Severity::Critical : Severity::Major;
    return {v};
}

}  // namespace cvd::compliance
