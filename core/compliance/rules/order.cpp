#include <algorithm>
#include <limits>
#include <map>
#include <vector>

#include "core/compliance/rules/rule_support.h"

namespace cvd::compliance {
namespace {

struct Leap {
    const Insertion* from = nullptr;
    const Insertion* to = nullptr;
};

// A leap: from one place to another farther away than `farM` although a place that was treated only
// later lay much nearer.
std::vector<Leap> leapsOf(const std::vector<const ObservedInsertion*>& walk, double farM) {
    std::vector<Leap> leaps;
    for (std::size_t i = 0; i + 1 < walk.size(); ++i) {
        const double gone = distanceM(*walk[i], *walk[i + 1]);
        double passed = std::numeric_limits<double>::infinity();
        for (std::size_t k = i + 2; k < walk.size(); ++k) {
            passed = std::min(passed, distanceM(*walk[i], *walk[k]));
        }
        if (gone > farM && passed < 0.5 * gone) {
            leaps.push_back({&walk[i]->insertion, &walk[i + 1]->insertion});
        }
    }
    return leaps;
}

}  // namespace

// V20: a crew leaps about instead of going on beside where it was: more than order_max_pct of its
// moves are leaps (see above) of more than order_leap_r radii. The end of a row is one leap for all
// of the row, so working row by row passes.
Verdicts judgeIrregularOrder(const RuleInput& input) {
    constexpr const char* kRule = "irregular_order";
    constexpr const char* kParameter = "order_max_pct";
    constexpr std::size_t kFewest = 6;
    const auto limit = input.profile.value(QLatin1String(kParameter));
    const auto far = input.profile.value(u"order_leap_r");
    if (!limit || !far) {
        return {};
    }
    if (!input.homography || !input.radiusM) {
        return cannotJudge(input, kRule, kParameter, kNeedsCalibration);
    }
    std::map<std::int64_t, std::vector<const ObservedInsertion*>> walks;
    for (const ObservedInsertion& o : input.insertions) {
        if (placed(o) && !o.insertion.identityInDoubt) {
            walks[o.insertion.track.value].push_back(&o);
        }
    }
    Verdicts out;
    for (const auto& [track, walk] : walks) {
        if (walk.size() < kFewest) {
            continue;
        }
        const std::vector<Leap> leaps = leapsOf(walk, *far * *input.radiusM);
        Violation v = aboutAll(input, kRule, kParameter);
        v.startFrame = walk.front()->insertion.startFrame;
        v.startS = walk.front()->insertion.startS;
        v.endFrame = walk.back()->insertion.endFrame;
        v.endS = walk.back()->insertion.endS;
        v.value = 100.0 * static_cast<double>(leaps.size()) / static_cast<double>(walk.size() - 1);
        v.limit = *limit;
        v.unit = "%";
        v.confidence = 0.6;
        v.reasonArgs = {formatNumber(*v.value, 0), formatNumber(*limit, 0)};
        if (*v.value <= *limit) {
            v.verdict = Verdict::Pass;
            v.reason = CVD_TR("core",
                              "The crew worked from neighbour to neighbour: %1 % of its moves "
                              "leapt over untreated places, up to %2 % are tolerated.");
        } else {
            v.verdict = Verdict::Violation;
            v.severity = Severity::Minor;
            v.insertion = leaps.front().to->id;
            v.positionM = leaps.front().to->contactM;
            v.reason = CVD_TR("core",
                              "The crew worked in no order: %1 % of its moves leapt over untreated "
                              "places, up to %2 % are tolerated.");
        }
        out.push_back(v);
    }
    if (out.empty() && !input.insertions.empty()) {
        return cannotJudge(input, kRule, kParameter,
                           CVD_TR("core", "Too few insertions of one crew to speak of an order."));
    }
    return out;
}

static constexpr const char* kAgeAgain = CVD_TR(
    "core",
    "The concrete of insertion %3 was vibrated again when it was %1 min old; up to %2 min are "
    "allowed.");

// V19: concrete was vibrated again later than revibration_max_s after it was placed. The age of the
// concrete may be entered; without it, the first insertion at the place is the latest moment at
// which it can have been placed.
Verdicts judgeLateRevibration(const RuleInput& input) {
    constexpr const char* kRule = "late_revibration";
    constexpr const char* kParameter = "revibration_max_s";
    const auto limit = input.profile.value(QLatin1String(kParameter));
    const auto reach = input.profile.value(u"repeat_distance_r");
    const auto gap = input.profile.value(u"repeat_gap_s");
    if (!limit || !reach || !gap) {
        return {};
    }
    if (!input.homography || !input.radiusM) {
        return cannotJudge(input, kRule, kParameter, kNeedsCalibration);
    }
    const double* ageAtStart = input.calibration && input.calibration->concreteAgeS
                                   ? &*input.calibration->concreteAgeS
                                   : nullptr;
    Verdicts out;
    for (std::size_t i = 0; i < input.insertions.size(); ++i) {
        const ObservedInsertion& o = input.insertions[i];
        if (!atOnePlace(o)) {
            continue;
        }
        const ObservedInsertion* first = nullptr;
        for (std::size_t j = 0; j < i && first == nullptr; ++j) {
            if (atOnePlace(input.insertions[j]) &&
                distanceM(o, input.insertions[j]) < *reach * *input.radiusM) {
                first = &input.insertions[j];
            }
        }
        if (first == nullptr || o.insertion.startS - first->insertion.endS < *gap) {
            continue;  // not vibrated before, or still the same treatment
        }
        const double since = o.insertion.endS - first->insertion.startS;
        const double age = ageAtStart ? *ageAtStart + o.insertion.endS : since;
        Violation v = about(input, kRule, o.insertion, kParameter);
        v.value = age;
        v.limit = *limit;
        v.unit = "s";
        v.confidence = std::min(o.insertion.confidence, first->insertion.confidence);
        v.reasonArgs = {formatNumber(age / 60, 1), formatNumber(*limit / 60, 1),
                        std::to_string(first->insertion.id)};
        v.severity = Severity::Major;
        if (age > *limit) {
            if (decide(v, age - *limit, kBand * o.insertion.timeErrorS, 0) == Verdict::Violation) {
                v.reason = kAgeAgain;
            }
        } else if (ageAtStart) {
            v.verdict = Verdict::Pass;
            v.reason = kAgeAgain;
        } else {
            v.verdict = Verdict::CannotJudge;
            v.reason =
                CVD_TR("core",
                       "The concrete of insertion %3 was vibrated again at least %1 min "
                       "after it was placed; its age was not entered, so the limit of %2 min "
                       "cannot be checked.");
        }
        out.push_back(v);
    }
    return out;
}

}  // namespace cvd::compliance
