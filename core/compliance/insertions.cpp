#include "core/compliance/insertions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/base/camera_motion.h"

namespace cvd::compliance {
namespace {

constexpr double kJoinS = 3.0;         // an occluded insertion may go on under another track
constexpr double kSwitchCost = 4.0;    // log-odds that a change of state has to earn
constexpr double kSpeedWindowS = 0.4;  // half of the window in which a speed is fitted
constexpr double kReferenceFrameS = 0.04;
constexpr double kEdgeS = 2.0;  // how far geometry may move an edge outwards

double distance(PointPx a, PointPx b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

double medianOf(std::vector<double> values) {
    if (values.empty()) {
        return 0;
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1) {
        return *middle;
    }
    const double upper = *middle;
    return (upper + *std::max_element(values.begin(), middle)) / 2;
}

double percentile(std::vector<double> values, double share) {
    if (values.empty()) {
        return 0;
    }
    const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + at, values.end());
    return values[static_cast<std::size_t>(at)];
}

// One sighting of a poker, in pixels of the first frame of its scene.
struct Sample {
    FrameIndex frame = 0;
    double timeS = 0;
    PointPx low, top;
    double score = 0;
    double immersedScore = -1;
    double length = 0;      // visible bar, px
    double evenLength = 0;  // the same with the perspective taken out when calibrated
    double evidence = 0;    // log-odds that the tip is in concrete
    bool immersed = false;
};

struct PokerTrack {
    TrackId id;
    int scene = 0;
    std::vector<Sample> samples;
    std::vector<std::size_t> points;  // of Tracks::points, unseen ones too
    double freeLength = 1;            // of the bar in air, same units as Sample::evenLength
    double barPx = 1;                 // typical free length in px
    bool fromPicture = false;         // the network told immersion, geometry only helps
};

// A stretch of samples of one track with the tip in the concrete.
struct Stretch {
    std::size_t track = 0;
    std::size_t first = 0, last = 0;  // samples
    FrameIndex startFrame = 0, endFrame = 0;
    double startS = 0, endS = 0;
    bool openStart = false, openEnd = false;
    double doubt = 1;  // factor of confidence: identity not certain
    std::vector<std::pair<std::size_t, std::size_t>> pieces;  // sample ranges of other tracks
    std::vector<std::size_t> pieceTracks;
};

// ---- evidence ---------------------------------------------------------------------------------

// Middle value of each sample and its two neighbours on either side: removes single outliers.
std::vector<double> medianFiltered(const std::vector<double>& values) {
    std::vector<double> out(values.size());
    const auto n = static_cast<std::ptrdiff_t>(values.size());
    for (std::ptrdiff_t i = 0; i < n; ++i) {
        const std::ptrdiff_t reach = std::min<std::ptrdiff_t>({2, i, n - 1 - i});
        // Insertion sort of at most five values.
        std::array<double, 5> window{};
        int count = 0;
        for (std::ptrdiff_t k = i - reach; k <= i + reach; ++k) {
            int at = count++;
            for (; at > 0 && window[at - 1] > values[static_cast<std::size_t>(k)]; --at) {
                window[at] = window[at - 1];
            }
            window[at] = values[static_cast<std::size_t>(k)];
        }
        out[static_cast<std::size_t>(i)] = window[static_cast<std::size_t>(reach)];
    }
    return out;
}

struct SmoothPath {
    std::vector<PointPx> at;
    std::vector<PointPx> velocity;  // px/s
};

// Position and velocity at every time by a straight line fitted to the samples within the window,
// which keeps its length at both ends by reaching inwards.
SmoothPath smoothPath(const std::vector<double>& times, const std::vector<PointPx>& points,
                      double halfWindowS) {
    const std::size_t n = times.size();
    std::vector<double> xs(n), ys(n);
    for (std::size_t i = 0; i < n; ++i) {
        xs[i] = points[i].x;
        ys[i] = points[i].y;
    }
    xs = medianFiltered(xs);
    ys = medianFiltered(ys);
    SmoothPath out;
    out.at.resize(n);
    out.velocity.resize(n);
    std::size_t begin = 0, end = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double first = times.front(), last = times.back();
        const double from = std::min(times[i] - halfWindowS, last - 2 * halfWindowS) - 1e-9;
        const double to = std::max(times[i] + halfWindowS, first + 2 * halfWindowS) + 1e-9;
        while (begin < i && times[begin] < from) {
            ++begin;
        }
        while (end < n && times[end] <= to) {
            ++end;
        }
        double st = 0, sx = 0, sy = 0, stt = 0, stx = 0, sty = 0;
        for (std::size_t k = begin; k < end; ++k) {
            const double t = times[k] - times[i];
            st += t;
            sx += xs[k];
            sy += ys[k];
            stt += t * t;
            stx += t * xs[k];
            sty += t * ys[k];
        }
        const auto m = static_cast<double>(end - begin);
        const double det = m * stt - st * st;
        if (end - begin < 3 || det < 1e-12) {
            out.at[i] = {sx / m, sy / m};
            out.velocity[i] = {0, 0};
            continue;
        }
        out.velocity[i] = {(m * stx - st * sx) / det, (m * sty - st * sy) / det};
        out.at[i] = {(sx - out.velocity[i].x * st) / m, (sy - out.velocity[i].y * st) / m};
    }
    return out;
}

double logOdds(double probability) {
    const double p = std::clamp(probability, 0.02, 0.98);
    return std::log(p / (1 - p));
}

// What shape and motion alone say: part of the bar is out of sight, and its lower end stands still.
// Perspective and tilt change the length of a bar in air by a tenth and more, so only a clear loss
// counts; refineEdges() finds the moments in which it began and ended.
double geometryEvidence(double shareVisible, double barsPerS) {
    const double shortened = std::clamp((0.82 - shareVisible) / 0.06, -1.2, 2.0);
    const double still = barsPerS < 0.1   ? 0.2
                         : barsPerS > 1.2 ? -3.0
                                          : 0.2 - 3.2 * (barsPerS - 0.1) / 1.1;
    return shortened + still;
}

void fillEvidence(PokerTrack& track) {
    std::vector<double> times;
    std::vector<PointPx> lows;
    std::vector<double> lengths;
    for (const Sample& s : track.samples) {
        times.push_back(s.timeS);
        lows.push_back(s.low);
        lengths.push_back(s.evenLength);
    }
    const SmoothPath path = smoothPath(times, lows, 0.12);
    lengths = medianFiltered(lengths);
    for (std::size_t i = 0; i < track.samples.size(); ++i) {
        Sample& s = track.samples[i];
        const double share = lengths[i] / std::max(1e-9, track.freeLength);
        const double speed = std::hypot(path.velocity[i].x, path.velocity[i].y) / track.barPx;
        const double geometry = geometryEvidence(share, speed);
        s.evidence = s.immersedScore >= 0
                         ? std::clamp(logOdds(s.immersedScore), -2.5, 2.5) + 0.3 * geometry
                         : geometry;
    }
}

// The cheapest explanation of all evidence when a change of state costs kSwitchCost (Viterbi 1967):
// hysteresis that looks both ways.
void decideStates(PokerTrack& track) {
    std::vector<Sample>& s = track.samples;
    const std::size_t n = s.size();
    std::vector<std::uint8_t> fromIn(n), fromOut(n);  // best previous state was "in"
    double out = 0, in = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double gap = i > 0 ? s[i].timeS - s[i - 1].timeS : kReferenceFrameS;
        // Evidence counts by time, not by frame rate; after an unseen stretch a change is easier.
        const double weight = std::clamp(gap / kReferenceFrameS, 0.4, 2.0);
        const double change = kSwitchCost / (1 + std::max(0.0, gap - 0.1) / 0.5);
        const double gain = weight * s[i].evidence;
        if (i == 0) {
            in = gain;
            out = 0;
            continue;
        }
        fromIn[i] = in >= out - change;
        fromOut[i] = in - change > out;
        const double nextIn = std::max(in, out - change) + gain;
        const double nextOut = std::max(out, in - change);
        in = nextIn;
        out = nextOut;
    }
    bool state = in > out;
    for (std::size_t i = n; i-- > 0;) {
        s[i].immersed = state;
        if (i > 0) {
            state = state ? fromIn[i] != 0 : fromOut[i] != 0;
        }
    }
}

// Geometry sees the bar shorten only some frames after the tip went in. The lower end tells better:
// it has already stopped at the contact point.
void refineEdges(PokerTrack& track) {
    std::vector<Sample>& s = track.samples;
    const double nearPx = std::max(1.5, 0.02 * track.barPx);
    std::vector<double> xs, ys;
    for (const Sample& sample : s) {
        xs.push_back(sample.low.x);
        ys.push_back(sample.low.y);
    }
    xs = medianFiltered(xs);
    ys = medianFiltered(ys);
    const auto contactAt = [&](std::size_t from, std::size_t to) {
        return PointPx{medianOf({xs.begin() + static_cast<std::ptrdiff_t>(from),
                                 xs.begin() + static_cast<std::ptrdiff_t>(to) + 1}),
                       medianOf({ys.begin() + static_cast<std::ptrdiff_t>(from),
                                 ys.begin() + static_cast<std::ptrdiff_t>(to) + 1})};
    };
    const std::vector<Sample> before = s;
    for (std::size_t i = 1; i < before.size(); ++i) {
        if (before[i].immersed == before[i - 1].immersed) {
            continue;
        }
        if (before[i].immersed) {
            std::size_t to = i;
            while (to + 1 < s.size() && before[to + 1].immersed &&
                   s[to + 1].timeS - s[i].timeS < 0.5) {
                ++to;
            }
            const PointPx contact = contactAt(i, to);
            for (std::size_t k = i; k-- > 0 && !before[k].immersed;) {
                if (s[i].timeS - s[k].timeS > kEdgeS ||
                    distance({xs[k], ys[k]}, contact) > nearPx) {
                    break;
                }
                s[k].immersed = true;
            }
        } else {
            std::size_t from = i - 1;
            while (from > 0 && before[from - 1].immersed &&
                   s[i - 1].timeS - s[from - 1].timeS < 0.5) {
                --from;
            }
            const PointPx contact = contactAt(from, i - 1);
            for (std::size_t k = i; k < s.size() && !before[k].immersed; ++k) {
                if (s[k].timeS - s[i].timeS > kEdgeS ||
                    distance({xs[k], ys[k]}, contact) > nearPx) {
                    break;
                }
                s[k].immersed = true;
            }
        }
    }
}

// ---- tracks -----------------------------------------------------------------------------------

std::vector<PokerTrack> collectTracks(const Tracks& tracks, const InsertionOptions& options,
                                      const Stabiliser& stabiliser, const Homography* homography) {
    std::map<std::int64_t, std::size_t> indexOf;
    std::vector<PokerTrack> out;
    for (std::size_t i = 0; i < tracks.points.size(); ++i) {
        const TrackPoint& p = tracks.points[i];
        if (p.cls != ObjectClass::Vibrator || !p.poker || !p.track.valid()) {
            continue;
        }
        const auto [it, fresh] = indexOf.try_emplace(p.track.value, out.size());
        if (fresh) {
            out.emplace_back();
            out.back().id = p.track;
            out.back().scene = stabiliser.scene(p.frame);
        }
        PokerTrack& track = out[it->second];
        track.points.push_back(i);
        if (p.predicted || p.score < options.minScore) {
            continue;
        }
        Sample s;
        s.frame = p.frame;
        s.timeS = p.timeS;
        s.low = stabiliser.toFirst(p.frame, p.poker->low);
        s.top = stabiliser.toFirst(p.frame, p.poker->top);
        s.score = p.score;
        s.immersedScore = p.poker->immersedScore;
        s.length = distance(s.low, s.top);
        const double scale =
            homography && homography->inFront(s.low) ? homography->pxPerMetre(s.low) : 0;
        s.evenLength = scale > 0 ? s.length / scale : s.length;
        track.samples.push_back(s);
    }
    return out;
}

// How long the bar looks in air. A track that was in concrete all its life cannot tell; the other
// tracks then do.
void fillFreeLengths(std::vector<PokerTrack>& tracks) {
    std::vector<double> pool;
    for (const PokerTrack& track : tracks) {
        for (const Sample& s : track.samples) {
            pool.push_back(s.evenLength);
        }
    }
    const double common = percentile(pool, 0.95);
    for (PokerTrack& track : tracks) {
        std::vector<double> own, px;
        std::size_t told = 0;
        for (const Sample& s : track.samples) {
            own.push_back(s.evenLength);
            px.push_back(s.length);
            told += s.immersedScore >= 0 ? 1 : 0;
        }
        const double longest = percentile(own, 0.95);
        track.freeLength = longest >= 0.75 * common ? longest : common;
        track.barPx = std::max(8.0, percentile(px, 0.95));
        track.fromPicture = told * 2 > track.samples.size();
    }
}

FrameIndex frameAt(const Tracks& tracks, double timeS) {
    const auto it =
        std::lower_bound(tracks.frameTimesS.begin(), tracks.frameTimesS.end(), timeS - 1e-9);
    return tracks.firstFrame + (it - tracks.frameTimesS.begin());
}

// ---- stretches --------------------------------------------------------------------------------

std::vector<Stretch> stretchesOf(const PokerTrack& track, std::size_t index, const Tracks& tracks,
                                 const InsertionOptions& options) {
    const std::vector<Sample>& s = track.samples;
    std::vector<Stretch> out;
    for (std::size_t i = 0; i < s.size(); ++i) {
        if (!s[i].immersed) {
            continue;
        }
        Stretch stretch;
        stretch.track = index;
        stretch.first = i;
        // A long unseen stretch is filled only when the poker still stands at the same place.
        while (i + 1 < s.size() && s[i + 1].immersed) {
            const double gap = s[i + 1].timeS - s[i].timeS;
            const bool same = distance(s[i].low, s[i + 1].low) < 0.15 * track.barPx;
            if (gap > (same ? 2 * options.bridgeS : options.bridgeS)) {
                break;
            }
            ++i;
        }
        stretch.last = i;

        const Sample& a = s[stretch.first];
        stretch.startFrame = a.frame;
        stretch.startS = a.timeS;
        stretch.openStart = true;
        if (stretch.first > 0 && !s[stretch.first - 1].immersed) {
            const Sample& before = s[stretch.first - 1];
            stretch.openStart = a.timeS - before.timeS > options.bridgeS;
            if (!stretch.openStart && a.frame - before.frame > 1) {
                stretch.startS = (a.timeS + before.timeS) / 2;
                stretch.startFrame = std::min(a.frame, frameAt(tracks, stretch.startS));
            }
        }
        const Sample& b = s[stretch.last];
        stretch.endFrame = b.frame;
        stretch.endS = b.timeS;
        stretch.openEnd = true;
        if (stretch.last + 1 < s.size() && !s[stretch.last + 1].immersed) {
            const Sample& after = s[stretch.last + 1];
            stretch.openEnd = after.timeS - b.timeS > options.bridgeS;
            if (!stretch.openEnd) {
                const bool adjacent = after.frame - b.frame == 1;
                stretch.endS = adjacent ? after.timeS : (after.timeS + b.timeS) / 2;
                stretch.endFrame = adjacent ? after.frame : frameAt(tracks, stretch.endS);
            }
        }
        out.push_back(stretch);
    }
    return out;
}

// A poker that was hidden for a moment comes back under another track: one insertion, less sure.
void joinAcrossTracks(std::vector<Stretch>& stretches, const std::vector<PokerTrack>& tracks) {
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        for (std::size_t j = 0; j < stretches.size(); ++j) {
            Stretch &a = stretches[i], &b = stretches[j];
            if (i == j || !a.openEnd || !b.openStart || a.track == b.track ||
                tracks[a.track].scene != tracks[b.track].scene || b.startS < a.endS - 0.1 ||
                b.startS - a.endS > kJoinS) {
                continue;
            }
            // The last place of a: its own or of the last piece that was joined to it.
            const std::size_t lastTrack = a.pieces.empty() ? a.track : a.pieceTracks.back();
            const std::size_t lastSample = a.pieces.empty() ? a.last : a.pieces.back().second;
            const PointPx from = tracks[lastTrack].samples[lastSample].low;
            const PointPx to = tracks[b.track].samples[b.first].low;
            if (distance(from, to) > 0.25 * tracks[a.track].barPx) {
                continue;
            }
            a.pieces.emplace_back(b.first, b.last);
            a.pieceTracks.push_back(b.track);
            a.pieces.insert(a.pieces.end(), b.pieces.begin(), b.pieces.end());
            a.pieceTracks.insert(a.pieceTracks.end(), b.pieceTracks.begin(), b.pieceTracks.end());
            a.endS = b.endS;
            a.endFrame = b.endFrame;
            a.openEnd = b.openEnd;
            a.doubt *= 0.85 * b.doubt;
            stretches.erase(stretches.begin() + static_cast<std::ptrdiff_t>(j));
            i = static_cast<std::size_t>(-1);  // start over: indices moved
            break;
        }
    }
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

// Two pokers at one place in the picture can be taken for each other. The insertion says so by its
// confidence.
void doubtWhereTwoMeet(std::vector<Stretch>& stretches, const std::vector<PokerTrack>& tracks) {
    constexpr double kMeetBars = 0.25;
    for (Stretch& stretch : stretches) {
        const PokerTrack& own = tracks[stretch.track];
        const auto begin = own.samples.begin() + static_cast<std::ptrdiff_t>(stretch.first);
        const auto end = own.samples.begin() + static_cast<std::ptrdiff_t>(stretch.last) + 1;
        bool met = false;
        for (std::size_t t = 0; t < tracks.size() && !met; ++t) {
            const PokerTrack& other = tracks[t];
            if (t == stretch.track || other.scene != own.scene) {
                continue;
            }
            auto o = std::lower_bound(
                other.samples.begin(), other.samples.end(), begin->frame,
                [](const Sample& sample, FrameIndex frame) { return sample.frame < frame; });
            for (auto i = begin; i != end && o != other.samples.end() && !met; ++i) {
                while (o != other.samples.end() && o->frame < i->frame) {
                    ++o;
                }
                met = o != other.samples.end() && o->frame == i->frame &&
                      (distance(o->low, i->low) + distance(o->top, i->top)) / 2 <
                          kMeetBars * std::min(own.barPx, other.barPx);
            }
        }
        stretch.doubt *= met ? 0.7 : 1.0;
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

// When the bar went down and when it was pulled out: the first and last crossing of a tenth of the
// way between its typical visible share at depth and all of it.
void measurePhases(ObservedInsertion& o, const std::vector<double>& shares,
                   const InsertionOptions& options) {
    Insertion& in = o.insertion;
    constexpr double kNear = 0.1, kLeastWay = 0.1;
    const double deep = medianOf(shares);
    const double way = 1 - deep;
    if (shares.size() < 5 || way < kLeastWay) {
        return;
    }
    const auto isDeep = [&](double share) { return share <= deep + kNear * way; };
    const auto n = shares.size();
    std::size_t first = 0, last = n - 1;
    while (first + 1 < n && !isDeep(shares[first])) {
        ++first;
    }
    while (last > first && !isDeep(shares[last])) {
        --last;
    }
    if (options.rodLengthM) {
        in.depthM = way * *options.rodLengthM;
    }
    if (!in.openStart) {
        in.insertionS = std::max(0.0, o.path[first].timeS - in.startS) / (1 - kNear);
    }
    if (!in.openEnd) {
        in.withdrawalS = std::max(0.0, in.endS - o.path[last].timeS) / (1 - kNear);
    }
    const auto speed = [&](const std::optional<double>& seconds) {
        return seconds && *seconds > 0.02 && in.depthM ? std::optional(1000 * *in.depthM / *seconds)
                                                       : std::nullopt;
    };
    in.insertionMmS = speed(in.insertionS);
    in.withdrawalMmS = speed(in.withdrawalS);
}

ObservedInsertion describe(const Stretch& stretch, const std::vector<PokerTrack>& tracks,
                           const InsertionOptions& options, const Homography* homography,
                           const Stabiliser& stabiliser, double frameS) {
    const PokerTrack& track = tracks[stretch.track];
    std::vector<Sample> samples(
        track.samples.begin() + static_cast<std::ptrdiff_t>(stretch.first),
        track.samples.begin() + static_cast<std::ptrdiff_t>(stretch.last) + 1);
    for (std::size_t k = 0; k < stretch.pieces.size(); ++k) {
        const auto& more = tracks[stretch.pieceTracks[k]].samples;
        samples.insert(samples.end(),
                       more.begin() + static_cast<std::ptrdiff_t>(stretch.pieces[k].first),
                       more.begin() + static_cast<std::ptrdiff_t>(stretch.pieces[k].second) + 1);
    }
    const Homography* surface = track.scene == 0 ? homography : nullptr;

    ObservedInsertion o;
    Insertion& in = o.insertion;
    in.track = track.id;
    in.startFrame = stretch.startFrame;
    in.endFrame = stretch.endFrame;
    in.startS = stretch.startS;
    in.endS = stretch.endS;
    in.immersedS = stretch.endS - stretch.startS;
    in.openStart = stretch.openStart;
    in.openEnd = stretch.openEnd;
    in.effective = in.immersedS >= options.touchS;
    o.path = contactPath(samples, options, track.barPx, surface);
    measurePath(o, options, track.barPx);

    std::vector<double> shares;
    for (const Sample& s : samples) {
        shares.push_back(std::clamp(s.evenLength / std::max(1e-9, track.freeLength), 0.0, 1.0));
    }
    shares = medianFiltered(shares);
    for (std::size_t i = 0; i < o.path.size(); ++i) {
        o.path[i].visibleShare = shares[i];
    }
    measurePhases(o, shares, options);

    std::vector<double> xs, ys, tilts;
    double score = 0, certainty = 0;
    for (const Sample& s : samples) {
        xs.push_back(s.low.x);
        ys.push_back(s.low.y);
        if (s.length >= 10) {
            const double dx = s.top.x - s.low.x, dy = s.low.y - s.top.y;
            tilts.push_back(std::abs(std::atan2(dx, dy)) * 180 / 3.14159265358979323846);
        }
        score += s.score;
        certainty += std::min(1.0, std::abs(s.evidence) / 1.5);
    }
    const auto n = static_cast<double>(samples.size());
    const PointPx contact{medianOf(xs), medianOf(ys)};
    in.contactPx = stabiliser.fromFirst(in.startFrame, contact);
    if (surface && surface->inFront(contact)) {
        in.contactM = surface->plane(contact);
    }
    o.places = standingPlaces(o, options, track.barPx);
    if (tilts.size() * 2 > samples.size()) {
        in.tiltDeg = medianOf(tilts);
    }
    // Sure when seen with a good score, in most frames, with clear signs of immersion.
    const double seen = std::min(1.0, n * frameS / std::max(frameS, in.immersedS));
    const double quality = std::clamp(score / n / 0.6, 0.0, 1.0);
    const double clear = 0.5 + 0.5 * certainty / n;
    in.confidence = std::clamp(std::sqrt(seen) * quality * clear * stretch.doubt, 0.0, 1.0);
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
        return kReferenceFrameS;
    }
    return std::max(1e-3, (tracks.frameTimesS.back() - tracks.frameTimesS.front()) /
                              static_cast<double>(n - 1));
}

}  // namespace

// ---- Stabiliser -------------------------------------------------------------------------------

Stabiliser::Stabiliser(const Tracks& tracks) : m_first(tracks.firstFrame) {
    const bool still = std::all_of(tracks.motion.begin(), tracks.motion.end(),
                                   [](const CameraMotion& m) { return isIdentity(m) && !m.cut; });
    if (still) {
        return;
    }
    m_steps.resize(tracks.motion.size());
    CameraMotion fromFirst;
    int scene = 0;
    for (std::size_t i = 0; i < tracks.motion.size(); ++i) {
        const CameraMotion& motion = tracks.motion[i];
        if (motion.cut) {
            fromFirst = {};
            ++scene;
        } else if (i > 0) {
            m_moved = m_moved || !isIdentity(motion);
            fromFirst = combine(fromFirst, motion);
        }
        m_steps[i] = {inverse(fromFirst), fromFirst, scene};
    }
}

PointPx Stabiliser::toFirst(FrameIndex frame, PointPx p) const {
    const auto i = frame - m_first;
    return i >= 0 && i < static_cast<FrameIndex>(m_steps.size())
               ? apply(m_steps[static_cast<std::size_t>(i)].toFirst, p)
               : p;
}

PointPx Stabiliser::fromFirst(FrameIndex frame, PointPx p) const {
    const auto i = frame - m_first;
    return i >= 0 && i < static_cast<FrameIndex>(m_steps.size())
               ? apply(m_steps[static_cast<std::size_t>(i)].fromFirst, p)
               : p;
}

int Stabiliser::scene(FrameIndex frame) const {
    const auto i = frame - m_first;
    return i >= 0 && i < static_cast<FrameIndex>(m_steps.size())
               ? m_steps[static_cast<std::size_t>(i)].scene
               : 0;
}

bool Stabiliser::moved() const {
    return m_moved;
}

// ---- the whole --------------------------------------------------------------------------------

std::vector<ObservedInsertion> observeInsertions(Tracks& tracks, const InsertionOptions& options,
                                                 const Homography* homography) {
    for (TrackPoint& p : tracks.points) {
        p.immersed.reset();
    }
    const Stabiliser stabiliser(tracks);
    std::vector<PokerTrack> pokers = collectTracks(tracks, options, stabiliser, homography);
    // Fewer sightings say nothing about immersion.
    std::erase_if(pokers, [](const PokerTrack& t) { return t.samples.size() < 3; });
    fillFreeLengths(pokers);
    std::vector<Stretch> stretches;
    for (std::size_t t = 0; t < pokers.size(); ++t) {
        fillEvidence(pokers[t]);
        decideStates(pokers[t]);
        if (!pokers[t].fromPicture) {
            refineEdges(pokers[t]);
        }
        const auto found = stretchesOf(pokers[t], t, tracks, options);
        stretches.insert(stretches.end(), found.begin(), found.end());
    }
    std::stable_sort(stretches.begin(), stretches.end(),
                     [](const Stretch& a, const Stretch& b) { return a.startS < b.startS; });
    joinAcrossTracks(stretches, pokers);
    std::erase_if(stretches,
                  [&](const Stretch& s) { return s.endS - s.startS < options.minimumS; });
    closeOpenEnds(stretches, pokers);
    doubtWhereTwoMeet(stretches, pokers);
    writeStates(tracks, pokers, stretches);

    const double frameS = typicalFrameS(tracks);
    std::vector<ObservedInsertion> out;
    for (const Stretch& stretch : stretches) {
        out.push_back(describe(stretch, pokers, options, homography, stabiliser, frameS));
        out.back().insertion.id = static_cast<std::int64_t>(out.size());
    }
    return out;
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
