#include <algorithm>
#include <cmath>

#include "core/compliance/rules/rule_support.h"

namespace cvd::compliance {
namespace {

constexpr const char* kRule = "over_vibration";

Violation judgeOne(const RuleInput& input, const ObservedInsertion& o, double limit) {
    const Insertion& in = o.insertion;
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
    } else if (in.stationaryS + o.waveredS > limit) {
        v.verdict = Verdict::CannotJudge;
        v.reason = CVD_TR("core",
                          "The poker stood still for %1 s and swayed about its place for %3 s, "
                          "which may be the camera's shaking; at most %2 s are allowed.");
        v.reasonArgs.push_back(formatNumber(o.waveredS, 1));
    } else {
        v.verdict = Verdict::Pass;
        v.reason = CVD_TR("core", "The poker stood still for %1 s; at most %2 s are allowed.");
    }
    return v;
}

// Several insertions that count as one treatment of the last one's place.
struct Treatment {
    std::size_t count = 1;
    const Insertion* first = nullptr;
    double stoodS = 0, unseenS = 0, confidence = 1, errorS = 0;
    bool mixedUp = false;
};

// Going back in time, those within `reachM` of insertion `i`, none more than `gapS` before the
// next. Its own place is what all are measured from: a row of close places is not one of them.
Treatment treatmentOf(const std::vector<ObservedInsertion>& all, std::size_t i, double reachM,
                      double gapS) {
    Treatment t;
    const auto take = [&](const Insertion& in) {
        t.first = &in;
        t.stoodS += in.stationaryS;
        t.unseenS += in.unseenS;
        t.confidence = std::min(t.confidence, in.confidence);
        t.errorS = std::hypot(t.errorS, in.timeErrorS);
        t.mixedUp = t.mixedUp || in.identityInDoubt;
    };
    take(all[i].insertion);
    for (std::size_t j = i; j-- > 0;) {
        const Insertion& earlier = all[j].insertion;
        const double pause = t.first->startS - earlier.endS;
        if (atOnePlace(all[j]) && pause >= 0 && pause < gapS &&
            distanceM(*all[i].insertion.contactM, *earlier.contactM) <= reachM) {
            take(earlier);
            ++t.count;
        }
    }
    return t;
}

// What the sum over a treatment says, where one insertion alone keeps the limit.
void judgeSum(Violation& v, const Treatment& t, double limit) {
    v.startFrame = t.first->startFrame;
    v.startS = t.first->startS;
    v.value = t.stoodS;
    v.confidence = t.confidence;
    v.severity = t.stoodS > 2 * limit ? Severity::Major : Severity::Minor;
    if (decide(v, t.stoodS - limit, kBand * t.errorS, 1) == Verdict::CannotJudge) {
        return;
    }
    v.reasonArgs = {formatNumber(t.stoodS, 1), formatNumber(limit, 1), std::to_string(t.count)};
    if (t.stoodS - t.unseenS <= limit) {
        v.verdict = Verdict::CannotJudge;
        v.reason = CVD_TR("core",
                          "%3 insertions at the same place seem to add up to %1 s, but the poker "
                          "was out of sight for %4 s of them; at most %2 s are allowed.");
        v.reasonArgs.push_back(formatNumber(t.unseenS, 1));
        return;
    }
    v.reason =
        CVD_TR("core", "%3 insertions at the same place add up to %1 s; at most %2 s are allowed.");
    if (t.mixedUp) {
        spareMixedUp(v);
    }
}

}  // namespace

// V2: stationary time above t_max_s, of one insertion or of several at the same place that count as
// one treatment: within repeat_distance_r radii and less than repeat_gap_s apart.
Verdicts judgeOverVibration(const RuleInput& input) {
    Verdicts out;
    const auto limit = input.profile.value(u"t_max_s");
    if (!limit) {
        return out;
    }
    const auto gap = input.profile.value(u"repeat_gap_s");
    const auto reach = input.profile.value(u"repeat_distance_r");
    const bool canSum = gap && reach && input.radiusM && input.homography;
    for (std::size_t i = 0; i < input.insertions.size(); ++i) {
        const ObservedInsertion& o = input.insertions[i];
        if (!o.insertion.effective) {
            continue;
        }
        Violation v = judgeOne(input, o, *limit);
        if (canSum && atOnePlace(o) && v.verdict != Verdict::Violation) {
            const Treatment t = treatmentOf(input.insertions, i, *reach * *input.radiusM, *gap);
            if (t.count > 1 && t.stoodS > *limit) {
                judgeSum(v, t, *limit);
            }
        }
        out.push_back(v);
    }
    return out;
}

}  // namespace cvd::compliance
