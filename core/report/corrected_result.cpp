#include "core/report/corrected_result.h"

#include <QFile>

#include "core/compliance/calibration.h"

namespace cvd::report {

Result<JudgingInputs> readJudgingInputs(const QString& folder) {
    CVD_TRY_ASSIGN(auto stored, readResult(folder));
    return readJudgingInputs(folder, std::move(stored));
}

Result<JudgingInputs> readJudgingInputs(const QString& folder, StoredResult stored) {
    JudgingInputs inputs;
    inputs.summary = std::move(stored.summary);
    inputs.model = std::move(stored.judgement);
    CVD_TRY_ASSIGN(inputs.profile, compliance::loadProfile(judgedProfile(folder, inputs.summary)));
    const QString calibration = folder + QStringLiteral("/calibration.json");
    if (inputs.summary.calibrated && QFile::exists(calibration)) {
        CVD_TRY_ASSIGN(inputs.calibration, compliance::readCalibration(calibration));
    }
    return inputs;
}

CorrectedResult judgeCorrected(const JudgingInputs& inputs, Tracks tracks,
                               const std::vector<compliance::Correction>& corrections) {
    const compliance::JudgeOptions options = judgeOptions(inputs.summary);
    const Calibration* calibration = inputs.calibration ? &*inputs.calibration : nullptr;
    CorrectedResult out;
    out.judgement = compliance::judgeCorrected(tracks, inputs.profile, calibration,
                                               inputs.model.insertions, corrections, options);
    if (corrections.empty()) {
        out.judgement.insertions = inputs.model.insertions;
        out.judgement.violations = inputs.model.violations;
    }
    out.tracks = std::make_shared<const Tracks>(std::move(tracks));
    if (!calibration) {
        return out;
    }
    auto plan = makePlan(*calibration, out.judgement.insertions, out.judgement.radiusM.value_or(0),
                         inputs.profile.value(u"t_min_s").value_or(0), options.frameWidth,
                         options.frameHeight, out.judgement.coverage);
    if (plan) {
        planAhead(*plan, inputs.profile);
        out.plan = std::make_shared<const PlanData>(std::move(*plan));
    }
    return out;
}

}  // namespace cvd::report
