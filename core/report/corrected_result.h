// A finished result judged again with what people put right by hand: what the screen shows, what is
// stored and what reports say. The files of the result folder stay as the detector left them.
//
// Reads files, knows no database. Any thread; judging two hours takes well under a second.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QString>

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/compliance/corrections.h"
#include "core/compliance/profile.h"
#include "core/report/plan_data.h"
#include "core/report/result_files.h"

namespace cvd::report {

// What a result was judged with, as its folder keeps it.
struct JudgingInputs {
    ResultSummary summary;
    compliance::Judgement model;  // as it is stored, without the corrections
    compliance::Profile profile;
    std::optional<Calibration> calibration;
};
// BadInput: not a result folder, or its profile or calibration cannot be read.
Result<JudgingInputs> readJudgingInputs(const QString& resultFolder);
// The same for callers that have read the summary already.
Result<JudgingInputs> readJudgingInputs(const QString& resultFolder, StoredResult stored);

// The plan of a result without corrections; an empty optional: judged without a calibration.
Result<std::optional<PlanData>> planOf(const JudgingInputs& inputs, Tracks tracks);

struct CorrectedResult {
    std::shared_ptr<const Tracks> tracks;  // with the corrected objects
    compliance::Judgement judgement;
    std::shared_ptr<const PlanData> plan;  // null: judged without a usable calibration
};
// `tracks` are those of the folder's tracks.bin. Without corrections the model's own judgement
// comes back as it was stored.
CorrectedResult judgeCorrected(const JudgingInputs& inputs, Tracks tracks,
                               const std::vector<compliance::Correction>& corrections);

}  // namespace cvd::report
