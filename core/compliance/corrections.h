// What people put right by hand in a result, and judging with it. The detector's tracks are never
// changed: corrections are kept apart as a list and laid over a copy, in the order in which they
// were made.
//
// Frames and pixels are those of core/base/types.h. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <QByteArray>

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/compliance/judge.h"

namespace cvd::compliance {

struct Correction {
    enum class Kind { Object, Insertion, Violation };

    Kind kind = Kind::Object;
    bool remove = false;  // what it names is not there (not for a Violation: take it back instead)
    std::string author;   // who made it; kept beside the JSON, not in it

    // Object: what is in one frame. `replaces` is the box of what this stands for, as it was before
    // this correction; without it the object was missed. When removing, `replaces` says which.
    TrackPoint object;
    std::optional<BoxPx> replaces;
    bool wholeTrack = false;  // when removing: object.track in every frame

    // Insertion: by its number. A number that nothing has is a new insertion.
    std::int64_t insertion = 0;
    TrackId track;  // invalid: no tracked poker made it
    FrameIndex startFrame = 0, endFrame = 0;
    PointPx contactPx;  // in pixels of startFrame

    // Violation: a finding of a person; rule, severity, interval and insertion count.
    Violation violation;
    std::string note;
};

// One object in compact JSON; parse answers BadInput for anything else. `author` is not part of it.
QByteArray correctionToJson(const Correction& correction);
Result<Correction> parseCorrection(const QByteArray& json);

// Usage with a sentence for a person: a frame outside of the video, a box without a size, an end
// before its start, an unknown rule. `frames` of the video; 0: not known.
Status validateCorrection(const Correction& correction, FrameIndex frames);

// Lays the Object corrections over the tracks, in order. Points stay ordered by frame.
void applyToTracks(Tracks& tracks, const std::vector<Correction>& corrections);

// The first number that a new insertion may have.
std::int64_t freeInsertionNumber(const std::vector<Insertion>& insertions,
                                 const std::vector<Correction>& corrections);
// Numbers of the insertions that people added or changed, and who did last.
std::vector<std::pair<std::int64_t, std::string>> insertionsByHand(
    const std::vector<Correction>& corrections);
// The finding as it enters the judgement: `source` names the author.
Violation violationOf(const Correction& correction);

// Whether a finding came from a person: made by violationOf().
bool enteredByHand(const Violation& violation);

// judge() with the corrections in it. `tracks` are the detector's and come back corrected;
// `modelInsertions` are the result's own: those that are still found keep their numbers.
Judgement judgeCorrected(Tracks& tracks, const Profile& profile, const Calibration* calibration,
                         const std::vector<Insertion>& modelInsertions,
                         const std::vector<Correction>& corrections,
                         const JudgeOptions& options = {});

}  // namespace cvd::compliance
