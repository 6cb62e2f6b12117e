#include "core/compliance/rules/rules.h"

namespace cvd::compliance {

const std::vector<Rule>& allRules() {
    static const std::vector<Rule> kRules = {
        judgeUnderVibration,   judgeOverVibration,  judgeMissedArea,    judgeSpacing,
        judgeRepeatVibration,  judgeFastWithdrawal, judgeSlowInsertion, judgeDragging,
        judgeMovingConcrete,   judgeTilt,           judgeTooNearForm,   judgeTooFarFromForm,
        judgeShallowInsertion, judgeLayerTooThick,  judgeRunningInAir,  judgeNoVibration,
        judgeLateRevibration,  judgeIrregularOrder};
    return kRules;
}

}  // namespace cvd::compliance
