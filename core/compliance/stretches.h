// Private to the finding of insertions: stretches of a track with the tip in the concrete, which of
// them belong together, and what speaks against them.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "core/compliance/insertions.h"
#include "core/compliance/poker_samples.h"

namespace cvd::compliance {

// A stretch of samples of one track with the tip in the concrete.
struct Stretch {
    std::size_t track = 0;
    std::size_t first = 0, last = 0;  // samples
    FrameIndex startFrame = 0, endFrame = 0;
    double startS = 0, endS = 0;
    bool openStart = false, openEnd = false;
    bool sawStart = false, sawEnd = false;  // it was seen to arrive, to leave
    bool identityInDoubt = false;
    double startErrorS = 0, endErrorS = 0;
    double doubt = 1;                                         // factor of confidence
    std::vector<std::pair<std::size_t, std::size_t>> pieces;  // sample ranges of other tracks
    std::vector<std::size_t> pieceTracks;
};

// `runs` of pokers[index], cut where the poker was unseen for too long.
std::vector<Stretch> stretchesOf(const PokerTrack& track, const std::vector<Run>& runs,
                                 std::size_t index, const Tracks& tracks,
                                 const InsertionOptions& options);

// All of these take the stretches of all tracks in order of start; Stretch::track and pieceTracks
// are places in `tracks`.

// A poker that was hidden for a moment comes back under another track: one insertion, less sure.
void joinAcrossTracks(std::vector<Stretch>& stretches, const std::vector<PokerTrack>& tracks);

// False for what is more likely a thing that was taken for a poker.
bool plausible(const Stretch& stretch, const std::vector<PokerTrack>& tracks);

// A fast poker is often lost between two places. When the only other poker was seen in air just
// before this one stood in the concrete, it is the same one and the start is known to a second.
void closeOpenEnds(std::vector<Stretch>& stretches, const std::vector<PokerTrack>& tracks);

// Two pokers at one place in the picture can be taken for each other, in view or while one of them
// is hidden. The insertion says so.
void doubtWhereTwoMeet(std::vector<Stretch>& stretches, const std::vector<PokerTrack>& tracks);

// Lowers the confidence of what the network is far less sure of than of the surest poker of the
// shot.
void doubtWhatLooksLess(std::vector<Stretch>& stretches, const std::vector<PokerTrack>& tracks);

}  // namespace cvd::compliance
