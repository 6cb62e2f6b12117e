// Tracks + profile + calibration -> insertions, verdicts and coverage. Pure functions of data.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/types.h"
#include "core/compliance/calibration.h"
#include "core/compliance/insertions.h"
#include "core/compliance/profile.h"

namespace cvd::compliance {

struct JudgeOptions {
    InsertionOptions insertions;  // stationaryMmS and touchS are overridden by the profile's
    double coverageCellM = 0.02;  // side of a coverage cell
    // The end of the video is the end of the lift: what no insertion reached by then was missed.
    // False: only inside the hull of the insertions; beyond it the work may still come (not
    // observed).
    bool liftFinished = true;
    int frameWidth = 0, frameHeight = 0;  // 0: unknown, the whole pour region counts as in view
};

struct Judgement {
    std::vector<Insertion> insertions;
    std::vector<Violation> violations;  // every verdict, passes too; in order of start
    std::optional<Coverage> coverage;   // with calibration and pour region only
    std::optional<double> radiusM;      // radius of action used
    std::vector<std::string> warnings;  // English sentences, for example an unusable calibration
};

// Fills TrackPoint::immersed. `calibration` null or unusable: rules in metres cannot judge.
// A 2-hour video takes well under a second.
Judgement judge(Tracks& tracks, const Profile& profile, const Calibration* calibration,
                const JudgeOptions& options = {});

}  // namespace cvd::compliance
