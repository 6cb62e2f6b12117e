// The rules, each a pure function of what was observed and the profile: definitions in
// docs/contract.md. A rule gives one verdict for each thing that it could judge; one for all when
// it lacks what it needs (for example metres); none when the profile sets no limit.
#pragma once

#include <optional>
#include <vector>

#include "core/base/types.h"
#include "core/compliance/calibration.h"
#include "core/compliance/insertions.h"
#include "core/compliance/profile.h"

namespace cvd::compliance {

struct RuleInput {
    const Profile& profile;
    const std::vector<ObservedInsertion>& insertions;
    const Calibration* calibration = nullptr;  // with `homography` or not at all
    const Homography* homography = nullptr;
    const Coverage* coverage = nullptr;
    std::optional<double> radiusM = {};
    bool liftFinished = true;                  // see JudgeSettings
    FrameIndex firstFrame = 0, lastFrame = 0;  // of the processed range
    double firstS = 0, lastS = 0;
    const Tracks* tracks = nullptr;  // with TrackPoint::immersed filled in
    // Those of its points that show a poker of a track, ascending; null: they are looked for.
    const std::vector<std::size_t>* pokerPoints = nullptr;
};

using Verdicts = std::vector<Violation>;

Verdicts judgeUnderVibration(const RuleInput& input);
Verdicts judgeOverVibration(const RuleInput& input);
Verdicts judgeDragging(const RuleInput& input);
Verdicts judgeRepeatVibration(const RuleInput& input);
Verdicts judgeSpacing(const RuleInput& input);
Verdicts judgeTooNearForm(const RuleInput& input);
Verdicts judgeTooFarFromForm(const RuleInput& input);
Verdicts judgeMissedArea(const RuleInput& input);
Verdicts judgeFastWithdrawal(const RuleInput& input);
Verdicts judgeSlowInsertion(const RuleInput& input);
Verdicts judgeTilt(const RuleInput& input);
Verdicts judgeShallowInsertion(const RuleInput& input);
Verdicts judgeLayerTooThick(const RuleInput& input);
Verdicts judgeMovingConcrete(const RuleInput& input);
Verdicts judgeRunningInAir(const RuleInput& input);
Verdicts judgeNoVibration(const RuleInput& input);
Verdicts judgeIrregularOrder(const RuleInput& input);
Verdicts judgeLateRevibration(const RuleInput& input);

}  // namespace cvd::compliance
