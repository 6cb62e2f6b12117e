#include "core/compliance/stretches.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace cvd::compliance {
namespace {

constexpr double kJoinS = 3.0;          // an occluded insertion may go on under another track
constexpr double kJoinCutS = 0.5;       // and over a jump of the picture that was made up for
constexpr double kGlimpseS = 1.5;       // shorter with neither end seen is nothing to go by
constexpr double kThingS = 3.0;         // what never moves needs so long to count as a poker
constexpr double kLongestS = 30.0;      // and no longer: the most that standards ask for a place
constexpr double kFromTheStartS = 1.0;  // and no longer than this to be found at first

FrameIndex frameAt(const Tracks& tracks, double timeS) {
    const auto it =
        std::lower_bound(tracks.frameTimesS.begin(), tracks.frameTimesS.end(), timeS - 1e-9);
    return tracks.firstFrame + (it - tracks.frameTimesS.begin());
}

}  // namespace

std::vector<Stretch> stretchesOf(const PokerTrack& track, const std::vector<Run>& runs,
                                 std::size_t index, const Tracks& tracks,
                                 const InsertionOptions& options) {
    const std::vector<Sample>& s = track.samples;
    std::vector<Stretch> out;
    for (const Run& run : runs) {
        for (std::size_t i = run.first; i <= run.last; ++i) {
            Stretch stretch;
            stretch.track = index;
            stretch.first = i;
            // A long unseen stretch is filled only when the poker still stands at the same place.
            while (i < run.last) {
                const double gap = s[i + 1].timeS - s[i].timeS;
                const bool same = distance(s[i].low, s[i + 1].low) < 0.15 * track.barPx;
                if (gap > (same ? 2 * options.bridgeS : options.bridgeS)) {
                    break;
                }
                ++i;
            }
            stretch.last = i;
            const Sample &a = s[stretch.first], &b = s[stretch.last];
            stretch.openStart = stretch.openEnd = true;
            stretch.startS = a.timeS;
            stretch.endS = b.timeS;
            if (stretch.first == run.first && run.first > 0) {
                stretch.openStart = a.timeS - s[run.first - 1].timeS > options.bridgeS;
                stretch.startS = stretch.openStart ? a.timeS : run.startS;
                stretch.sawStart = run.sawStart && !stretch.openStart;
                stretch.startErrorS = run.startErrorS;
            }
            if (stretch.last == run.last && run.last + 1 < s.size()) {
                stretch.openEnd = s[run.last + 1].timeS - b.timeS > options.bridgeS;
                stretch.endS = stretch.openEnd ? b.timeS : run.endS;
                stretch.sawEnd = run.sawEnd && !stretch.openEnd;
                stretch.endErrorS = run.endErrorS;
            }
            stretch.startFrame = std::min(a.frame, frameAt(tracks, stretch.startS));
            stretch.endFrame = stretch.openEnd ? b.frame : frameAt(tracks, stretch.endS);
            out.push_back(stretch);
        }
    }
    return out;
}

namespace {

const Sample& lastOf(const Stretch& stretch, const std::vector<PokerTrack>& tracks) {
    return stretch.pieces.empty()
               ? tracks[stretch.track].samples[stretch.last]
               : tracks[stretch.pieceTracks.back()].samples[stretch.pieces.back().second];
}

bool goesOn(const Stretch& a, const Stretch& b, const std::vector<PokerTrack>& tracks) {
    const PokerTrack &from = tracks[a.track], &to = tracks[b.track];
    const double gap = b.startS - a.endS;
    return a.openEnd && b.openStart && a.track != b.track && from.scene == to.scene && gap > -0.1 &&
           gap <= (from.shot == to.shot ? kJoinS : kJoinCutS) &&
           distance(lastOf(a, tracks).low, to.samples[b.first].low) <= 0.25 * from.barPx;
}

}  // namespace

void joinAcrossTracks(std::vector<Stretch>& stretches, const std::vector<PokerTrack>& tracks) {
    std::vector<bool> gone(stretches.size(), false);
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        for (std::size_t j = i + 1; j < stretches.size(); ++j) {
            Stretch &a = stretches[i], &b = stretches[j];
            if (b.startS > a.endS + kJoinS) {
                break;  // in order of start
            }
            if (gone[i] || gone[j] || !goesOn(a, b, tracks)) {
                continue;
            }
            a.pieces.emplace_back(b.first, b.last);
            a.pieceTracks.push_back(b.track);
            a.endS = b.endS;
            a.endFrame = b.endFrame;
            a.openEnd = b.openEnd;
            a.sawEnd = b.sawEnd;
            a.endErrorS = b.endErrorS;
            a.doubt *= 0.85 * b.doubt;
            gone[j] = true;
        }
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        if (!gone[i]) {
            stretches[kept++] = std::move(stretches[i]);
        }
    }
    stretches.resize(kept);
}

namespace {

// How far from its middle the lower end is seen while it stands, in bar lengths: in one of ten
// sightings farther than this.
double wanderBars(const Stretch& stretch, const PokerTrack& track, PointPx home) {
    std::vector<double> away;
    for (std::size_t i = stretch.first; i <= stretch.last; ++i) {
        away.push_back(distance(track.lows[i], home));
    }
    return percentile(std::move(away), 0.9) / track.barPx;
}

// Was the lower end seen so often so far from `home`? Of a poker the first few sightings answer it:
// a track of hours is not read to its end.
bool seenAway(const PokerTrack& track, PointPx home, double farPx, std::size_t sightings) {
    std::size_t far = 0;
    for (std::size_t i = 0; i < track.lows.size() && far < sightings; ++i) {
        far += distance(track.lows[i], home) >= farPx ? 1 : 0;
    }
    return far == sightings;
}

// Was the lower end ever seen far from where it stood? One sighting in error says nothing, five do.
// Of a poker that was hidden on its way often only a part of the way is seen: that is enough when
// it stood steadily, so that its box does not waver, and when it was there for some of its life.
bool wasCarried(const Stretch& stretch, const std::vector<PokerTrack>& tracks) {
    constexpr double kFarBars = 0.6, kLeastBars = 0.3, kWanders = 8;
    static constexpr std::size_t kSightings = 5, kShare = 10;  // or one in ten
    const PokerTrack& own = tracks[stretch.track];
    const PointPx home = medianPoint(own.lows, stretch.first, stretch.last);
    const auto anySeenAway = [&](double bars, const auto& sightings) {
        const auto away = [&](const PokerTrack& t) {
            return seenAway(t, home, bars * own.barPx, sightings(t));
        };
        return away(own) || std::any_of(stretch.pieceTracks.begin(), stretch.pieceTracks.end(),
                                        [&](std::size_t other) { return away(tracks[other]); });
    };
    if (anySeenAway(kFarBars, [](const PokerTrack&) { return kSightings; })) {
        return true;
    }
    const double bars = std::max(kLeastBars, kWanders * wanderBars(stretch, own, home));
    return bars < kFarBars && anySeenAway(bars, [](const PokerTrack& t) {
               return std::max(kSightings, t.lows.size() / kShare);
           });
}

// Was another track of a poker lost shortly before, which this one may go on with?
bool mayHaveCome(const Stretch& stretch, const std::vector<PokerTrack>& tracks) {
    const PokerTrack& own = tracks[stretch.track];
    return std::any_of(tracks.begin(), tracks.end(), [&](const PokerTrack& other) {
        const double lostS = stretch.startS - other.samples.back().timeS;
        return &other != &own && other.shot == own.shot && lostS > 0 && lostS <= kJoinS;
    });
}

}  // namespace

// What is neither seen to come nor to go is a glimpse. A poker is carried: what never in its life
// was seen away from where it stood may be a thing that was taken for a poker, whose box
// wavers; so may what never moved at all. Nobody saw it come, so it must have been there from the
// start of the shot on, or be one that was lost on its way; and it must be seen well and for long,
// but not for longer than anybody vibrates one place: a stub that stands there all the time does.
bool plausible(const Stretch& stretch, const std::vector<PokerTrack>& tracks) {
    const PokerTrack& track = tracks[stretch.track];
    const bool carried = wasCarried(stretch, tracks);
    if (carried && (stretch.sawStart || stretch.sawEnd)) {
        return true;
    }
    const double seconds = stretch.endS - stretch.startS;
    if (stretch.openStart && stretch.openEnd && seconds < kGlimpseS) {
        return false;
    }
    if (carried && (!track.neverMoved || !stretch.pieces.empty())) {
        return true;
    }
    return stretch.openStart && stretch.openEnd && seconds >= kThingS && seconds <= kLongestS &&
           (stretch.startS - track.shotStartS <= kFromTheStartS || mayHaveCome(stretch, tracks));
}

void closeOpenEnds(std::vector<Stretch>& stretches, const std::vector<PokerTrack>& tracks) {
    constexpr double kNearS = 1.0;
    for (Stretch& stretch : stretches) {
        const PokerTrack& own = tracks[stretch.track];
        int before = 0, after = 0, around = 0;
        for (std::size_t t = 0; t < tracks.size(); ++t) {
            const PokerTrack& other = tracks[t];
            if (t == stretch.track || other.samples.size() < 3 || other.scene != own.scene) {
                continue;
            }
            const Sample &head = other.samples.front(), &tail = other.samples.back();
            const double sinceTail = stretch.startS - tail.timeS;
            const double untilHead = head.timeS - stretch.endS;
            before += !tail.immersed && sinceTail > 0 && sinceTail <= kNearS ? 1 : 0;
            after += !head.immersed && untilHead > 0 && untilHead <= kNearS ? 1 : 0;
            around += head.timeS < stretch.startS && tail.timeS >= stretch.startS ? 1 : 0;
        }
        if (stretch.openStart && stretch.first == 0 && before == 1 && around == 0) {
            stretch.openStart = false;
            stretch.doubt *= 0.85;
        }
        if (stretch.openEnd && stretch.pieces.empty() && after == 1 && around == 0) {
            stretch.openEnd = false;
            stretch.doubt *= 0.85;
        }
    }
}

namespace {

double apart(const Sample& a, const Sample& b) {
    return (distance(a.low, b.low) + distance(a.top, b.top)) / 2;
}

// Was `other` at the place of `own` then? Both ranges of samples are ascending in time.
bool meets(const PokerTrack& own, double fromS, double toS, const PokerTrack& other,
           double nearBars, double slackS) {
    const double near = nearBars * std::min(own.barPx, other.barPx);
    const auto later = [](const Sample& s, double t) { return s.timeS < t; };
    auto o = std::lower_bound(other.samples.begin(), other.samples.end(), fromS - slackS, later);
    auto i = std::lower_bound(own.samples.begin(), own.samples.end(), fromS, later);
    for (; i != own.samples.end() && i->timeS <= toS; ++i) {
        while (o != other.samples.end() && o->timeS < i->timeS - slackS) {
            ++o;
        }
        for (auto k = o; k != other.samples.end() && k->timeS <= i->timeS + slackS; ++k) {
            if (apart(*i, *k) < near) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace

void doubtWhereTwoMeet(std::vector<Stretch>& stretches, const std::vector<PokerTrack>& tracks) {
    constexpr double kMeetBars = 0.25, kHiddenBars = 0.5, kHiddenS = 0.3, kAroundS = 1.0;
    for (Stretch& stretch : stretches) {
        const PokerTrack& own = tracks[stretch.track];
        const double fromS = stretch.startS - kAroundS, toS = stretch.endS + kAroundS;
        bool during = false, around = false;
        for (std::size_t t = 0; t < tracks.size() && !during; ++t) {
            const PokerTrack& other = tracks[t];
            const bool piece = std::find(stretch.pieceTracks.begin(), stretch.pieceTracks.end(),
                                         t) != stretch.pieceTracks.end();
            if (t == stretch.track || piece || other.shot != own.shot || other.neverMoved ||
                other.samples.front().timeS > toS || other.samples.back().timeS < fromS) {
                continue;
            }
            during = meets(own, stretch.startS, stretch.endS, other, kMeetBars, 0.001);
            around = around || meets(own, fromS, toS, other, kMeetBars, 0.001);
            for (std::size_t i = stretch.first; i < stretch.last && !during; ++i) {
                const double a = own.samples[i].timeS, b = own.samples[i + 1].timeS;
                during = b - a > kHiddenS && (meets(own, a, a, other, kHiddenBars, b - a) ||
                                              meets(own, b, b, other, kHiddenBars, b - a));
            }
        }
        stretch.identityInDoubt = during || around;
        stretch.doubt *= during ? 0.7 : around ? 0.85 : 1.0;
    }
}

// A video's own pokers are the yardstick: they come again and again and look the same, while
// handles, poles and pipes are found by a network that is in two minds about them. What is found
// far less surely than the surest of its shot is doubted, but never so much that it alone decides:
// two pokers may look different, and the surest one may be wrong.
void doubtWhatLooksLess(std::vector<Stretch>& stretches, const std::vector<PokerTrack>& pokers) {
    constexpr double kAsSure = 0.75, kLeastFactor = 0.55, kYardstickS = 2;
    std::vector<double> sure;
    std::map<int, double> surest;  // by shot
    for (const Stretch& s : stretches) {
        const PokerTrack& track = pokers[s.track];
        std::vector<double> scores;
        for (std::size_t i = s.first; i <= s.last; ++i) {
            scores.push_back(track.samples[i].score);
        }
        sure.push_back(medianOf(std::move(scores)));
        if (s.endS - s.startS >= kYardstickS) {
            surest[track.shot] = std::max(surest[track.shot], sure.back());
        }
    }
    for (std::size_t k = 0; k < stretches.size(); ++k) {
        const double yardstick = kAsSure * surest[pokers[stretches[k].track].shot];
        const double ratio = yardstick > 0 ? std::min(1.0, sure[k] / yardstick) : 1;
        stretches[k].doubt *= std::max(kLeastFactor, ratio * ratio);
    }
}

}  // namespace cvd::compliance
