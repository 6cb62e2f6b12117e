#include "core/compliance/insertions.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "core/compliance/phases.h"
#include "core/compliance/poker_samples.h"
#include "core/compliance/surface_camera.h"

namespace cvd::compliance {
namespace {

constexpr double kJoinS = 3.0;          // an occluded insertion may go on under another track
constexpr double kJoinCutS = 0.5;       // and over a jump of the picture that was made up for
constexpr double kSpeedWindowS = 0.4;   // half of the window in which a speed is fitted
constexpr double kGlimpseS = 1.5;       // shorter with neither end seen is nothing to go by
constexpr double kThingS = 3.0;         // what never moves needs so long to count as a poker
constexpr double kLongestS = 30.0;      // and no longer: the most that standards ask for a place
constexpr double kFromTheStartS = 1.0;  // and no longer than this to be found at first
// An insertion begins with a descent and ends with a rise. The less of that was seen, the more it
// may be a tool that leans somewhere or a bar that is held still, and the surer the rest has to be.
constexpr double kLeastConfidence = 0.4, kOneEndConfidence = 0.5, kNoEndConfidence = 0.75;

constexpr double kMostLost = 0.1;           // share of an insertion with a lost camera
constexpr double kAdriftConfidence = 0.25;  // of one that is not judged for that
constexpr double kParallax = 0.04;          // of the way by which the camera was carried

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

// ---- tracks -----------------------------------------------------------------------------------

void measureBar(Sample& s, const Homography* homography, const SurfaceCamera* camera) {
    s.length = distance(s.low, s.top);
    s.evenLength = s.length;
    s.tiltDeg = std::abs(std::atan2(s.top.x - s.low.x, s.low.y - s.top.y)) * 180 / std::numbers::pi;
    if (camera) {
        // A length along the surface is another measure than one of the bar: where a poker stands
        // at the limit of steepness, jumping between the two would look like going in and out.
        constexpr double kFromAbove = 0.1;
        if (const auto bar = camera->bar(s.low, s.top, kFromAbove)) {
            s.evenLength = bar->lengthM;
            if (camera->bar(s.low, s.top)) {
                s.tiltDeg = bar->tiltDeg;
                s.azimuthDeg = bar->azimuthDeg;
                s.hasAzimuth = true;
            }
            return;
        }
    }
    const double scale =
        homography && homography->inFront(s.low) ? homography->pxPerMetre(s.low) : 0;
    s.evenLength = scale > 0 ? s.length / scale : s.length;
}

// A score that wavers about the threshold must not cut an insertion into pieces: a weak sighting
// counts where the same track was seen well shortly before and after, at its very ends on one side.
void leaveOutWeak(std::vector<Sample>& samples, double minScore) {
    constexpr double kNearS = 2.0;
    const std::size_t n = samples.size();
    std::vector<double> before(n), after(n);  // seconds since, until a good sighting
    double last = -1e9;
    for (std::size_t i = 0; i < n; ++i) {
        last = samples[i].score >= minScore ? samples[i].timeS : last;
        before[i] = samples[i].timeS - last;
    }
    double next = 1e9;
    for (std::size_t i = n; i-- > 0;) {
        next = samples[i].score >= minScore ? samples[i].timeS : next;
        after[i] = next - samples[i].timeS;
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < n; ++i) {
        if (std::max(before[i], after[i]) <= kNearS) {
            samples[kept++] = samples[i];
        }
    }
    samples.resize(kept);
}

// The first moment of a shot, whose numbers rise with the frames.
double shotStartS(const Tracks& tracks, const Stabiliser& stabiliser, int shot) {
    const auto& times = tracks.frameTimesS;
    std::size_t before = 0, from = times.size();
    while (before < from) {
        const std::size_t middle = before + (from - before) / 2;
        const auto frame = tracks.firstFrame + static_cast<FrameIndex>(middle);
        if (stabiliser.shot(frame) < shot) {
            before = middle + 1;
        } else {
            from = middle;
        }
    }
    return from < times.size() ? times[from] : 0;
}

// Forgets what was decided of the points before.
std::vector<PokerTrack> collectTracks(Tracks& tracks, std::vector<std::size_t>& pokerPoints,
                                      const InsertionOptions& options, const Stabiliser& stabiliser,
                                      const Homography* homography, const SurfaceCamera* camera) {
    std::map<std::int64_t, std::size_t> indexOf;
    std::vector<PokerTrack> out;
    for (std::size_t i = 0; i < tracks.points.size(); ++i) {
        TrackPoint& p = tracks.points[i];
        p.immersed.reset();
        if (p.cls != ObjectClass::Vibrator || !p.track.valid()) {
            continue;
        }
        pokerPoints.push_back(i);
        if (!p.poker) {
            continue;
        }
        const auto [it, fresh] = indexOf.try_emplace(p.track.value, out.size());
        if (fresh) {
            out.emplace_back();
            out.back().id = p.track;
            out.back().scene = stabiliser.scene(p.frame);
            out.back().shot = stabiliser.shot(p.frame);
            out.back().shotStartS = shotStartS(tracks, stabiliser, out.back().shot);
        }
        PokerTrack& track = out[it->second];
        track.points.push_back(i);
        if (!p.predicted) {
            track.slid.px += p.slidePx.value_or(0);
            track.slid.untold += p.slidePx ? 0 : 1;
        }
        if (p.predicted || p.score < options.weakScore) {
            continue;
        }
        Sample s;
        s.slid = track.slid;
        s.frame = p.frame;
        s.timeS = p.timeS;
        s.low = stabiliser.toFirst(p.frame, p.poker->low);
        s.top = stabiliser.toFirst(p.frame, p.poker->top);
        s.score = p.score;
        s.immersedScore = p.poker->immersedScore;
        const bool surface = track.scene == 0;
        measureBar(s, surface ? homography : nullptr, surface ? camera : nullptr);
        track.samples.push_back(s);
    }
    for (PokerTrack& track : out) {
        leaveOutWeak(track.samples, options.minScore);
    }
    return out;
}

// How long the bar looks in air. A track that was in concrete all its life cannot tell; the other
// tracks then do.
void fillFreeLengths(std::vector<PokerTrack>& tracks) {
    std::map<int, std::vector<double>> pools;  // by scene: metres or pixels
    for (const PokerTrack& track : tracks) {
        for (const Sample& s : track.samples) {
            pools[track.scene].push_back(s.evenLength);
        }
    }
    std::map<int, double> common;
    for (auto& [scene, pool] : pools) {
        common[scene] = percentile(std::move(pool), 0.93);
    }
    for (PokerTrack& track : tracks) {
        std::vector<double> own, px;
        for (const Sample& s : track.samples) {
            own.push_back(s.evenLength);
            px.push_back(s.length);
        }
        const double longest = percentile(medianFiltered(own), 0.93);
        const double usual = common[track.scene];
        track.freeLength = longest >= 0.75 * usual ? longest : usual;
        const double seenPx = std::max(8.0, percentile(medianFiltered(px), 0.93));
        track.barPx = seenPx * (longest > 0 ? track.freeLength / longest : 1);
    }
}

FrameIndex frameAt(const Tracks& tracks, double timeS) {
    const auto it =
        std::lower_bound(tracks.frameTimesS.begin(), tracks.frameTimesS.end(), timeS - 1e-9);
    return tracks.firstFrame + (it - tracks.frameTimesS.begin());
}

// ---- stretches --------------------------------------------------------------------------------

// Runs cut where the poker was unseen for too long.
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

// A poker that was hidden for a moment comes back under another track: one insertion, less sure.
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

// A fast poker is often lost between two places. When the only other poker was seen in air just
// before this one stood in the concrete, it is the same one and the start is known to a second.
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

// Two pokers at one place in the picture can be taken for each other, in view or while one of them
// is hidden. The insertion says so.
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

// ---- measures ---------------------------------------------------------------------------------

// Noise of single positions, px: what is left when steady motion is taken out by second differences
// (median absolute deviation, so that real starts and stops do not count).
double positionNoise(const std::vector<PointPx>& points) {
    std::vector<double> jumps;
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
        const PointPx &a = points[i - 1], &b = points[i], &c = points[i + 1];
        jumps.push_back(std::abs(a.x - 2 * b.x + c.x));
        jumps.push_back(std::abs(a.y - 2 * b.y + c.y));
    }
    return medianOf(std::move(jumps)) / (0.6745 * std::sqrt(6.0));
}

// The shortest window in which noise alone looks clearly slower than `stillPxS`.
double speedWindow(const std::vector<double>& times, double noisePx, double stillPxS) {
    const auto n = static_cast<double>(times.size());
    if (n < 3 || times.back() <= times.front()) {
        return kSpeedWindowS;
    }
    const double frameS = (times.back() - times.front()) / (n - 1);
    double half = kSpeedWindowS;
    for (; half < 1.6; half += 0.2) {
        // Standard error of the slope of a line through m equally spaced samples.
        const double m = 2 * half / frameS + 1;
        if (noisePx * std::sqrt(12.0 / (m * m * m)) / frameS < 0.25 * stillPxS) {
            break;
        }
    }
    return half;
}

std::vector<ContactSample> contactPath(const std::vector<Sample>& samples,
                                       const InsertionOptions& options, double barPx,
                                       const Homography* homography) {
    std::vector<double> times;
    std::vector<PointPx> lows;
    for (const Sample& s : samples) {
        times.push_back(s.timeS);
        lows.push_back(s.low);
    }
    double stillPxS = options.stationaryBarsPerS * barPx;
    if (homography && !lows.empty() && homography->inFront(lows.front())) {
        stillPxS = options.stationaryMmS / 1000 * homography->pxPerMetre(lows.front());
    }
    const double window = speedWindow(times, positionNoise(lows), stillPxS);
    const SmoothPath path = smoothPath(times, lows, window);
    std::vector<ContactSample> out(samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
        ContactSample& c = out[i];
        c.frame = samples[i].frame;
        c.timeS = samples[i].timeS;
        c.firstPx = path.at[i];
        const PointPx v = path.velocity[i];
        c.speedPxS = std::hypot(v.x, v.y);
        if (homography && homography->inFront(c.firstPx)) {
            constexpr double kStepS = 0.02;
            const PointM at = homography->plane(c.firstPx);
            const PointM next =
                homography->plane({c.firstPx.x + v.x * kStepS, c.firstPx.y + v.y * kStepS});
            c.planeM = at;
            c.speedMmS = 1000 * std::hypot(next.x - at.x, next.y - at.y) / kStepS;
        }
    }
    return out;
}

bool standsStill(const ContactSample& c, const InsertionOptions& options, double barPx) {
    return c.speedMmS ? *c.speedMmS < options.stationaryMmS
                      : c.speedPxS < options.stationaryBarsPerS * barPx;
}

// Adds up still time and moved path. The time before the first and after the last sample takes the
// state of that sample; an unseen stretch is still when both of its ends are.
void measurePath(ObservedInsertion& o, const InsertionOptions& options, double barPx) {
    const std::vector<ContactSample>& path = o.path;
    Insertion& insertion = o.insertion;
    double stillS = 0, pathPx = 0, pathM = 0;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const bool still = standsStill(path[i], options, barPx);
        const double left = i == 0 ? insertion.startS : (path[i - 1].timeS + path[i].timeS) / 2;
        const double right =
            i + 1 == path.size() ? insertion.endS : (path[i].timeS + path[i + 1].timeS) / 2;
        const double share = std::max(0.0, right - left);
        if (still) {
            stillS += share;
        } else {
            pathPx += path[i].speedPxS * share;
            pathM += path[i].speedMmS.value_or(0) / 1000 * share;
        }
    }
    insertion.stationaryS = std::min(stillS, insertion.immersedS);
    insertion.pathPx = pathPx;
    if (!path.empty() && path.front().speedMmS) {
        insertion.pathM = pathM;
    }
}

double waveredS(const ObservedInsertion& o) {
    constexpr double kHandM = 0.1;
    if (!o.insertion.contactM || o.places.size() != 1) {
        return 0;
    }
    double atPlaceS = 0;
    for (std::size_t i = 0; i < o.path.size(); ++i) {
        const auto& at = o.path[i].planeM;
        const double from = i == 0 ? o.insertion.startS : o.path[i - 1].timeS;
        const double to = i + 1 == o.path.size() ? o.insertion.endS : o.path[i + 1].timeS;
        const PointM& place = o.places.front().at;
        atPlaceS +=
            at && std::hypot(at->x - place.x, at->y - place.y) < kHandM ? (to - from) / 2 : 0;
    }
    return std::max(0.0, std::min(atPlaceS, o.insertion.immersedS) - o.insertion.stationaryS);
}

// A poker works where it stands, and one that is dragged stood somewhere first. What is about all
// the time is more likely a rake or a screed, whose shaft ends at the surface too. Factor of
// confidence.
double restlessDoubt(const ObservedInsertion& o, PointPx middle, double barPx) {
    constexpr double kShortestS = 2, kStood = 0.2, kRangeBars = 0.2, kFactor = 0.5;
    const Insertion& in = o.insertion;
    if (in.immersedS < kShortestS || in.stationaryS > kStood * in.immersedS) {
        return 1;
    }
    std::vector<double> away;
    for (const ContactSample& c : o.path) {
        away.push_back(distance(c.firstPx, middle));
    }
    return percentile(std::move(away), 0.9) > kRangeBars * barPx ? kFactor : 1;
}

// Places at which the contact point stood for at least a second: one, or more after a drag.
std::vector<StandingPlace> standingPlaces(const ObservedInsertion& o,
                                          const InsertionOptions& options, double barPx) {
    constexpr double kApartM = 0.1, kShortestS = 1.0;
    std::vector<StandingPlace> places;
    std::vector<double> xs, ys;
    double seconds = 0;
    const auto close = [&] {
        if (seconds >= kShortestS) {
            places.push_back({{medianOf(xs), medianOf(ys)}, seconds});
        }
        xs.clear();
        ys.clear();
        seconds = 0;
    };
    for (std::size_t i = 0; i < o.path.size(); ++i) {
        const ContactSample& c = o.path[i];
        if (!c.planeM || !standsStill(c, options, barPx)) {
            continue;
        }
        if (!xs.empty() && std::hypot(c.planeM->x - xs.back(), c.planeM->y - ys.back()) > kApartM) {
            close();
        }
        xs.push_back(c.planeM->x);
        ys.push_back(c.planeM->y);
        const double from = i == 0 ? o.insertion.startS : o.path[i - 1].timeS;
        const double to = i + 1 == o.path.size() ? o.insertion.endS : o.path[i + 1].timeS;
        seconds += (to - from) / 2;
    }
    close();
    if (places.empty() && o.insertion.contactM) {
        places.push_back({*o.insertion.contactM, o.insertion.stationaryS});
    }
    return places;
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

// Middle of angles that may lie on either side of 180.
double middleAngle(const std::vector<double>& degrees) {
    double x = 0, y = 0;
    for (const double d : degrees) {
        x += std::cos(d * std::numbers::pi / 180);
        y += std::sin(d * std::numbers::pi / 180);
    }
    return std::atan2(y, x) * 180 / std::numbers::pi;
}

// How far the place may be wrong: the fit of the calibration, the wandering of the bar's lower end
// about it, which does not become less by looking longer, and what no camera tells: hands that sway
// and a bar as thick as a thumb.
double placeErrorM(const std::vector<PointPx>& lows, PointPx contact, const Homography& surface) {
    constexpr double kLeastM = 0.01, kMost = 0.2;
    std::vector<double> away;
    for (const PointPx& p : lows) {
        away.push_back(distance(p, contact));
    }
    // Half of a Gaussian cloud lies within 1.18 standard deviations of one coordinate.
    const double spreadPx = medianOf(std::move(away)) / 1.18;
    const double scale = surface.pxPerMetre(contact);
    const double wander = scale > 0 ? std::min(kMost, spreadPx / scale) : 0;
    return std::hypot(kLeastM, surface.residualCm / 100, wander);
}

ObservedInsertion describe(const Stretch& stretch, const std::vector<PokerTrack>& tracks,
                           const InsertionOptions& options, const Homography* homography,
                           bool camera, const Stabiliser& stabiliser, double frameS) {
    const PokerTrack& track = tracks[stretch.track];
    std::vector<Sample> samples(
        track.samples.begin() + static_cast<std::ptrdiff_t>(stretch.first),
        track.samples.begin() + static_cast<std::ptrdiff_t>(stretch.last) + 1);
    for (std::size_t k = 0; k < stretch.pieces.size(); ++k) {
        const auto& more = tracks[stretch.pieceTracks[k]].samples;
        const std::size_t joint = samples.size();
        samples.insert(samples.end(),
                       more.begin() + static_cast<std::ptrdiff_t>(stretch.pieces[k].first),
                       more.begin() + static_cast<std::ptrdiff_t>(stretch.pieces[k].second) + 1);
        // Slides are counted for each track: from one to the next, none is told.
        const Slid before = samples[joint - 1].slid, after = samples[joint].slid;
        for (std::size_t i = joint; i < samples.size(); ++i) {
            samples[i].slid.px += before.px - after.px;
            samples[i].slid.untold += before.untold - after.untold + 1;
        }
    }
    // While the camera moves and cannot be followed, no place is known.
    const auto lost = std::count_if(samples.begin(), samples.end(),
                                    [&](const Sample& s) { return stabiliser.lost(s.frame); });
    const bool adrift = static_cast<double>(lost) > kMostLost * static_cast<double>(samples.size());
    const Homography* surface = track.scene == 0 && !adrift ? homography : nullptr;

    ObservedInsertion o;
    Insertion& in = o.insertion;
    in.track = track.id;
    in.startFrame = stretch.startFrame;
    in.endFrame = stretch.endFrame;
    in.startS = stretch.startS;
    in.endS = stretch.endS;
    in.immersedS = stretch.endS - stretch.startS;
    in.timeErrorS = std::hypot(stretch.startErrorS, stretch.endErrorS);
    in.openStart = stretch.openStart;
    in.openEnd = stretch.openEnd;
    in.effective = in.immersedS >= options.touchS;
    o.path = contactPath(samples, options, track.barPx, surface);
    measurePath(o, options, track.barPx);

    std::vector<double> shares;
    for (const Sample& s : samples) {
        shares.push_back(std::clamp(s.evenLength / std::max(1e-9, track.freeLength), 0.0, 1.3));
    }
    shares = medianFiltered(shares);
    for (std::size_t i = 0; i < o.path.size(); ++i) {
        o.path[i].visibleShare = std::min(1.0, shares[i]);
    }
    // A length on the surface is none of a standing bar: without the camera there are no metres.
    const double freeM = surface && camera ? track.freeLength : 0;
    const double rodM = freeM > 0 ? options.rodLengthM.value_or(freeM) : 0;
    measurePhases(o, {shares, slidesOf(samples, track.freeLength, rodM)}, freeM,
                  stretch.startErrorS, stretch.endErrorS, options);

    std::vector<double> xs, ys, tilts, azimuths;
    double score = 0, certainty = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const Sample& s = samples[i];
        xs.push_back(s.low.x);
        ys.push_back(s.low.y);
        if (s.length >= 10) {
            tilts.push_back(s.tiltDeg);
            if (s.hasAzimuth) {
                azimuths.push_back(s.azimuthDeg);
            }
        }
        score += s.score;
        certainty += std::min(1.0, std::abs(s.evidence) / 1.5);
        const double gap = i > 0 ? s.timeS - samples[i - 1].timeS : s.timeS - in.startS;
        in.unseenS += gap > std::max(0.25, 2.5 * frameS) ? gap - frameS : 0;
    }
    in.identityInDoubt = stretch.identityInDoubt;
    const auto n = static_cast<double>(samples.size());
    const PointPx contact{medianOf(xs), medianOf(ys)};
    in.contactPx = stabiliser.fromFirst(in.startFrame, contact);
    if (surface && surface->inFront(contact)) {
        in.contactM = surface->plane(contact);
    }
    o.places = standingPlaces(o, options, track.barPx);
    o.waveredS = waveredS(o);
    if (in.contactM && o.places.size() == 1) {
        std::vector<PointPx> lows;
        for (const Sample& s : samples) {
            lows.push_back(s.low);
        }
        in.contactErrorM = placeErrorM(lows, contact, *surface);
    } else if (in.contactM) {  // dragged: the spread is its way
        in.contactErrorM = placeErrorM({contact}, contact, *surface);
    }
    if (in.contactErrorM) {
        // A similarity does not follow the parallax of a camera that is carried elsewhere.
        const double carriedM =
            distance(in.contactPx, contact) / std::max(1.0, surface->pxPerMetre(contact));
        in.contactErrorM = std::hypot(*in.contactErrorM, kParallax * carriedM);
    }
    if (tilts.size() * 2 > samples.size()) {
        in.tiltDeg = medianOf(tilts);
        o.tiltInPicture = azimuths.size() * 2 <= tilts.size();
    }
    // A bar that stands upright leans nowhere.
    constexpr double kUprightDeg = 4;
    if (azimuths.size() * 2 > samples.size() && in.tiltDeg.value_or(0) >= kUprightDeg) {
        in.tiltAzimuthDeg = middleAngle(azimuths);
    }
    // Sure when seen with a good score, in most frames, with clear signs of immersion.
    const double seen = std::min(1.0, n * frameS / std::max(frameS, in.immersedS));
    const double quality = std::clamp(score / n / 0.6, 0.0, 1.0);
    const double clear = 0.5 + 0.5 * certainty / n;
    in.confidence = std::clamp(
        std::sqrt(seen) * quality * clear * stretch.doubt * restlessDoubt(o, contact, track.barPx),
        0.0, 1.0);
    o.adrift = adrift;
    return o;
}

// The state of each point of a track: what was decided for the stretch that its time falls into.
void writeStates(Tracks& tracks, const std::vector<PokerTrack>& pokers,
                 const std::vector<Stretch>& stretches) {
    std::vector<std::vector<std::pair<FrameIndex, FrameIndex>>> immersed(pokers.size());
    for (const Stretch& s : stretches) {
        const FrameIndex end = s.openEnd ? s.endFrame + 1 : s.endFrame;
        immersed[s.track].emplace_back(s.startFrame, end);
        for (const std::size_t other : s.pieceTracks) {
            immersed[other].emplace_back(s.startFrame, end);
        }
    }
    for (std::size_t t = 0; t < pokers.size(); ++t) {
        auto& ranges = immersed[t];
        std::sort(ranges.begin(), ranges.end());
        std::size_t r = 0;
        for (const std::size_t i : pokers[t].points) {
            TrackPoint& p = tracks.points[i];
            while (r < ranges.size() && p.frame >= ranges[r].second) {
                ++r;
            }
            p.immersed = r < ranges.size() && p.frame >= ranges[r].first;
        }
    }
}

double typicalFrameS(const Tracks& tracks) {
    const std::size_t n = tracks.frameTimesS.size();
    if (n < 2) {
        return 0.04;
    }
    return std::max(1e-3, (tracks.frameTimesS.back() - tracks.frameTimesS.front()) /
                              static_cast<double>(n - 1));
}

}  // namespace

// ---- the whole --------------------------------------------------------------------------------

std::vector<ObservedInsertion> observeInsertions(Tracks& tracks, const InsertionOptions& options,
                                                 const Homography* homography) {
    return observe(tracks, Stabiliser(tracks), options, homography).insertions;
}

Observed observe(Tracks& tracks, const Stabiliser& stabiliser, const InsertionOptions& options,
                 const Homography* homography) {
    Observed observed;
    const auto camera =
        homography ? SurfaceCamera::from(*homography, options.frameWidth, options.frameHeight)
                   : std::nullopt;
    std::vector<PokerTrack> pokers = collectTracks(
        tracks, observed.pokerPoints, options, stabiliser, homography, camera ? &*camera : nullptr);
    // Fewer sightings say nothing about immersion.
    std::erase_if(pokers, [](const PokerTrack& t) { return t.samples.size() < 3; });
    fillFreeLengths(pokers);
    std::vector<Stretch> stretches;
    for (std::size_t t = 0; t < pokers.size(); ++t) {
        const std::vector<Run> runs = findRuns(pokers[t]);
        const auto found = stretchesOf(pokers[t], runs, t, tracks, options);
        stretches.insert(stretches.end(), found.begin(), found.end());
    }
    std::stable_sort(stretches.begin(), stretches.end(),
                     [](const Stretch& a, const Stretch& b) { return a.startS < b.startS; });
    joinAcrossTracks(stretches, pokers);
    std::erase_if(stretches, [&](const Stretch& s) {
        return s.endS - s.startS < options.minimumS || !plausible(s, pokers);
    });
    closeOpenEnds(stretches, pokers);
    doubtWhereTwoMeet(stretches, pokers);
    doubtWhatLooksLess(stretches, pokers);

    const double frameS = typicalFrameS(tracks);
    std::vector<ObservedInsertion>& out = observed.insertions;
    std::erase_if(stretches, [&](const Stretch& stretch) {
        ObservedInsertion o =
            describe(stretch, pokers, options, homography, camera.has_value(), stabiliser, frameS);
        const int ends = (stretch.sawStart || !stretch.openStart ? 1 : 0) +
                         (stretch.sawEnd || !stretch.openEnd ? 1 : 0);
        const double least = ends == 2   ? kLeastConfidence
                             : ends == 1 ? kOneEndConfidence
                                         : kNoEndConfidence;
        if (o.insertion.confidence < least) {
            if (ends > 0) {
                observed.doubted.push_back(std::move(o));
            }
            return true;
        }
        if (o.adrift) {  // seen, but nothing that was measured then is held against anybody
            o.insertion.confidence = std::min(o.insertion.confidence, kAdriftConfidence);
        }
        o.insertion.id = static_cast<std::int64_t>(out.size()) + 1;
        out.push_back(std::move(o));
        return false;
    });
    writeStates(tracks, pokers, stretches);
    return observed;
}

std::vector<Insertion> findInsertions(Tracks& tracks, const InsertionOptions& options,
                                      const Homography* homography) {
    std::vector<Insertion> out;
    for (ObservedInsertion& o : observeInsertions(tracks, options, homography)) {
        out.push_back(std::move(o.insertion));
    }
    return out;
}

}  // namespace cvd::compliance
