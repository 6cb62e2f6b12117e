#include <cmath>

#include "core/compliance/rules/rule_support.h"

namespace cvd::compliance {
namespace {

constexpr const char* kNoRod =
    CVD_TR("core",
           "Without the length of the rod or a mark on the hose in the calibration no speed along "
           "it is known.");

// A speed from a shortening bar is at least this uncertain, however well the fit: a little above
// the limit proves nothing. Our setting.
constexpr double kSpeedError = 0.12;
// A speed is a way over a time, both of which may be off by a share of themselves: its error is a
// factor. So many standard deviations of its logarithm have to lie between a speed and a verdict
// (95 %, the usual coverage). Our setting.
constexpr double kCoverage = 2;
constexpr double kSevere = 2;  // times the limit: such a speed may not pass unnoticed. Our setting.

// What one may say of a withdrawal, whose value and limit are filled in: a violation only where the
// speed is beyond the limit whatever its error, a pass only where a severe violation is ruled out.
Verdict decideSpeed(Violation& v, double errorMmS) {
    const double speed = v.value.value_or(0), limit = v.limit.value_or(0);
    const double factor = std::exp(kCoverage * errorMmS / std::max(1.0, speed));
    if (speed <= limit && speed * factor > kSevere * limit) {
        v.verdict = Verdict::CannotJudge;
        v.reason = CVD_TR("core",
                          "%1 mm/s was measured, but that may be wrong by a factor of %2: more "
                          "than twice the %3 mm/s allowed is not ruled out.");
        v.reasonArgs = {formatNumber(speed, 0), formatNumber(factor, 1), formatNumber(limit, 0)};
        return v.verdict;
    }
    return decide(v, speed - limit, limit * std::max(kSpeedError, factor - 1), 0);
}

}  // namespace

// Mean speed from the start of the last rise until the tip is out above withdraw_max_mm_s (V6:
// withdrawn too fast, the hole does not close).
Verdicts judgeFastWithdrawal(const RuleInput& input) {
    constexpr const char* kRule = "fast_withdrawal";
    constexpr const char* kParameter = "withdraw_max_mm_s";
    const auto limit = input.profile.value(QLatin1String(kParameter));
    if (!limit) {
        return {};
    }
    if (!input.calibration || !(input.calibration->rodLengthM || input.calibration->hoseMarkM)) {
        return cannotJudge(input, kRule, kParameter, kNoRod);
    }
    Verdicts out;
    for (const ObservedInsertion& o : input.insertions) {
        const Insertion& in = o.insertion;
        if (!in.effective) {
            continue;
        }
        Violation v = about(input, kRule, in, kParameter);
        v.limit = *limit;
        v.unit = "mm/s";
        if (in.openEnd || !in.withdrawalMmS) {
            v.verdict = Verdict::CannotJudge;
            v.reason = CVD_TR("core", "The withdrawal of the poker was not seen well enough.");
            out.push_back(v);
            continue;
        }
        const double speed = *in.withdrawalMmS;
        v.value = speed;
        v.startS = std::max(in.startS, in.endS - in.withdrawalS.value_or(0));
        v.startFrame = frameAt(o, v.startS);
        v.reasonArgs = {formatNumber(speed, 0), formatNumber(*limit, 0)};
        v.severity = speed > 2 * *limit ? Severity::Major : Severity::Minor;
        const Verdict verdict = decideSpeed(v, in.withdrawalErrorMmS.value_or(0));
        if (verdict == Verdict::Pass) {
            v.reason = CVD_TR("core",
                              "The poker was withdrawn at %1 mm/s; at most %2 mm/s are "
                              "allowed.");
        } else if (verdict == Verdict::Violation) {
            v.reason = CVD_TR("core",
                              "The poker was withdrawn at %1 mm/s, faster than the %2 mm/s "
                              "allowed.");
        }
        out.push_back(v);
    }
    return out;
}

// From the touch to full depth in more than insert_max_s (V7: fast in, slow out). Needs no metres.
Verdicts judgeSlowInsertion(const RuleInput& input) {
    constexpr const char* kRule = "slow_insertion";
    constexpr const char* kParameter = "insert_max_s";
    const auto limit = input.profile.value(QLatin1String(kParameter));
    if (!limit) {
        return {};
    }
    Verdicts out;
    for (const ObservedInsertion& o : input.insertions) {
        const Insertion& in = o.insertion;
        if (!in.effective) {
            continue;
        }
        Violation v = about(input, kRule, in, kParameter);
        v.limit = *limit;
        v.unit = "s";
        if (in.openStart || !in.insertionS) {
            v.verdict = Verdict::CannotJudge;
            v.reason = CVD_TR("core", "How the poker went in was not seen well enough.");
            out.push_back(v);
            continue;
        }
        const double took = *in.insertionS;
        v.value = took;
        v.endS = std::min(in.endS, in.startS + took);
        v.endFrame = frameAt(o, v.endS);
        v.reasonArgs = {formatNumber(took, 1), formatNumber(*limit, 1)};
        v.severity = Severity::Minor;
        const double error = std::max(kSpeedError * *limit, kBand * in.insertionErrorS.value_or(0));
        const Verdict verdict = decide(v, took - *limit, error, 1);
        if (verdict == Verdict::Pass) {
            v.reason = CVD_TR("core", "The poker was at depth after %1 s; up to %2 s are allowed.");
        } else if (verdict == Verdict::Violation) {
            v.reason = CVD_TR("core",
                              "The poker took %1 s to reach its depth, longer than the %2 s "
                              "allowed.");
        }
        out.push_back(v);
    }
    return out;
}

}  // namespace cvd::compliance
