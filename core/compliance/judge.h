// Tracks + profile + calibration -> insertions, verdicts and coverage. Pure functions of data.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/note.h"
#include "core/base/result.h"
#include "core/base/types.h"
#include "core/compliance/calibration.h"
#include "core/compliance/insertions.h"
#include "core/compliance/profile.h"

namespace cvd::compliance {

// What people choose for a judgement besides profile and calibration; results keep it.
struct JudgeSettings {
    // Score (on the scale of tracks.csv) from which on a sighting of a poker counts.
    double minScore = 0.3;
    // The end of the video is the end of the lift: what no insertion reached by then was missed.
    // False: only inside the hull of the insertions; beyond it, and between the outermost row and a
    // form, the work may still come (not observed).
    bool liftFinished = true;
    double coverageCellM = 0.02;  // side of a coverage cell
    bool operator==(const JudgeSettings&) const = default;
};
inline constexpr double kLeastScore = 0.05, kMostScore = 0.95;
inline constexpr double kSmallestCellM = 0.005, kLargestCellM = 0.5;
Status validateSettings(const JudgeSettings& settings);  // BadInput beyond these

struct JudgeOptions {
    // minScore, stationaryMmS and touchS are those of the settings and the profile.
    InsertionOptions insertions;
    JudgeSettings settings;
    int frameWidth = 0, frameHeight = 0;  // 0: unknown, the whole pour region counts as in view
    // Changes what was observed before coverage and rules see it (corrections.h). `surface` is null
    // without a usable calibration.
    std::function<void(std::vector<ObservedInsertion>& observed, const Homography* surface)>
        correct;
};

// Where the contact point was in each frame of an insertion, and how much of the bar was seen.
struct InsertionPath {
    std::int64_t insertion = 0;  // Insertion::id
    std::vector<ContactSample> samples;
};

struct Judgement {
    std::vector<Insertion> insertions;
    std::vector<InsertionPath> paths;   // in the same order; empty when read from a file
    std::vector<Violation> violations;  // every verdict, passes too; in order of start
    std::optional<Coverage> coverage;   // with calibration and pour region only
    std::optional<double> radiusM;      // radius of action used
    std::vector<Note> warnings;         // for example an unusable calibration
};

// The rules' names as docs/contract.md has them.
std::span<const std::string_view> ruleNames();

// Fills TrackPoint::immersed. `calibration` null or unusable: rules in metres cannot judge.
// A 2-hour video takes well under a second.
Judgement judge(Tracks& tracks, const Profile& profile, const Calibration* calibration,
                const JudgeOptions& options = {});

}  // namespace cvd::compliance
