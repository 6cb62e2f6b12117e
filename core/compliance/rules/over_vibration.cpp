#include <algorithm>

#include "core/compliance/rules/rule_support.h"

namespace cvd::compliance {
namespace {

constexpr const char* kRule = "over_vibration";

Violation judgeOne(const RuleInput& input, const Insertion& in, double limit) {
    Violation v = about(input, kRule, in, "t_max_s");
    v.value = in.stationaryS;
    v.limit = limit;
    v.unit = "s";
    v.reasonArgs = {formatNumber(in.stationaryS, 1), formatNumber(limit, 1)};
    if (in.stationaryS > limit && in.confidence < kLeastConfidence) {
        v.verdict = Verdict::CannotJudge;
        v.reason = CVD_TR("core",
                          "The poker was seen too poorly: it seems to have stood still for %1 "
                          "s; at most %2 s are allowed.");
    } else if (in.stationaryS > limit && in.stationaryS - in.unseenS <= limit) {
        v.verdict = Verdict::CannotJudge;
        v.reason = CVD_TR("core",
                          "The poker was out of sight for %3 s of the %1 s that it seems to have "
                          "stood still; at most %2 s are allowed.");
        v.reasonArgs.push_back(formatNumber(in.unseenS, 1));
    } else if (in.stationaryS > limit) {
        v.severity = in.stationaryS > 2 * limit ? Severity::Major : Severity::Minor;
        if (decide(v, in.stationaryS - limit, kBand * in.timeErrorS, 1) == Verdict::CannotJudge) {
            return v;
        }
        v.reason = CVD_TR("core", "The poker stood still for %1 s; at most %2 s are allowed.");
    } else if (in.openStart || in.openEnd) {
        v.verdict = Verdict::CannotJudge;
        v.reason = CVD_TR("core",
                          "Only a part of this insertion was seen: the poker stood still for "
                          "%1 s of it; at most %2 s are allowed.");
    } else {
        v.verdict = Verdict::Pass;
        v.reason = CVD_TR("core", "The poker stood still for %1 s; at most %2 s are allowed.");
    }
    return v;
}

}  // namespace

// Stationary time above t_max_s, of one insertion or of several at the same place that count as one
// treatment: within repeat_distance_r radii and less than repeat_gap_s apart.
Verdicts judgeOverVibration(const RuleInput& input) {
    Verdicts out;
    const auto limit = input.profile.value(u"t_max_s");
    if (!limit) {
        return out;
    }
    const auto gap = input.profile.value(u"repeat_gap_s");
    const auto reach = input.profile.value(u"repeat_distance_r");
    const bool canSum = gap && reach && input.radiusM && input.homography;
    // For each insertion, the last earlier one of the same treatment and the sum up to here.
    const std::size_t n = input.insertions.size();
    std::vector<double> sum(n, 0), least(n, 1);
    std::vector<std::size_t> first(n), count(n, 1);
    for (std::size_t i = 0; i < n; ++i) {
        const ObservedInsertion& o = input.insertions[i];
        const Insertion& in = o.insertion;
        sum[i] = in.stationaryS;
        least[i] = in.confidence;
        first[i] = i;
        if (!in.effective) {
            continue;
        }
        Violation v = judgeOne(input, in, *limit);
        if (canSum && atOnePlace(o)) {
            for (std::size_t j = i; j-- > 0;) {
                const ObservedInsertion& earlier = input.insertions[j];
                const double pause = in.startS - earlier.insertion.endS;
                if (!atOnePlace(earlier) || pause < 0 || pause >= *gap ||
                    distanceM(*in.contactM, *earlier.insertion.contactM) >
                        *reach * *input.radiusM) {
                    continue;
                }
                sum[i] += sum[j];
                count[i] += count[j];
                first[i] = first[j];
                least[i] = std::min(least[i], least[j]);
                break;
            }
            if (count[i] > 1 && sum[i] > *limit && v.verdict != Verdict::Violation &&
                least[i] >= kLeastConfidence) {
                const Insertion& start = input.insertions[first[i]].insertion;
                v.verdict = Verdict::Violation;
                v.severity = sum[i] > 2 * *limit ? Severity::Major : Severity::Minor;
                v.startFrame = start.startFrame;
                v.startS = start.startS;
                v.value = sum[i];
                v.confidence = least[i];
                v.reason = CVD_TR("core",
                                  "%3 insertions at the same place add up to %1 s; at most %2 "
                                  "s are allowed.");
                v.reasonArgs = {formatNumber(sum[i], 1), formatNumber(*limit, 1),
                                std::to_string(count[i])};
            }
        }
        out.push_back(v);
    }
    return out;
}

}  // namespace cvd::compliance
