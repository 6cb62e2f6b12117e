// When is a poker's tip in the concrete? Three signs are weighed:
// - the network's opinion: right on the whole, wrong for stretches, differently in each video;
// - the visible length: part of the bar is out of sight; the network measures it roughly;
// - the lower end: it stands still where the bar enters the concrete and moves with the poker in
// air. A chain of states weighs them over time; then the lower end alone says when it arrived and
// left, because it is what the network sees best.
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "core/compliance/edge_time.h"
#include "core/compliance/poker_samples.h"

namespace cvd::compliance {
namespace {

constexpr double kSwitchCost = 4.0;  // log-odds that a change of state has to earn
// Opinions of neighbouring frames are much alike: so many seconds count as one independent opinion.
constexpr double kAlikeS = 0.12;
// How far movement may put an edge beyond the states' one: for so long no tip hangs still in air.
constexpr double kEdgeS = 12.0;
constexpr double kInwardS = 1.5;      // and how far before it
constexpr double kLongestGapS = 0.6;  // movement is not followed over a longer gap
constexpr double kUnseenS = 2.0;      // and an edge not dated to the middle of one longer than this
constexpr double kLeavesBars = 0.10;  // bar lengths from the contact point that count as leaving
constexpr double kDraggedBarsPerS = 0.7;  // a poker is hardly dragged faster through concrete
constexpr double kCoreS = 1.5;            // of an insertion's edge that tells the contact point

double logOdds(double probability) {
    const double p = std::clamp(probability, 0.002, 0.998);
    return std::log(p / (1 - p));
}

// What shape and motion alone say. Perspective and tilt change the length of a bar in air by a
// tenth and more, so only a clear loss counts.
double geometryEvidence(double shareVisible, double barsPerS) {
    const double shortened = std::clamp((0.82 - shareVisible) / 0.08, -1.2, 2.0);
    const double still = barsPerS < 0.15  ? 0.2
                         : barsPerS > 1.2 ? -3.0
                                          : 0.2 - 3.2 * (barsPerS - 0.15) / 1.05;
    return shortened + still;
}

// How fast the lower end gets from place to place around each sample, bars/s: between the middles
// of short stretches, so that a point that jumps to and fro goes nowhere; the slower of before and
// after, so that it ends with the way. 0 where a stretch was not seen.
std::vector<double> travelBarsPerS(const std::vector<double>& times,
                                   const std::vector<PointPx>& lows, double barPx) {
    constexpr double kApartS = 0.3, kHalfS = 0.1;
    const auto place = [&](double atS) -> std::optional<PointPx> {
        const auto first = std::lower_bound(times.begin(), times.end(), atS - kHalfS);
        const auto last = std::upper_bound(first, times.end(), atS + kHalfS);
        if (first == last) {
            return std::nullopt;
        }
        return medianPoint(lows, static_cast<std::size_t>(first - times.begin()),
                           static_cast<std::size_t>(last - times.begin()) - 1);
    };
    std::vector<double> travel(times.size());
    for (std::size_t i = 0; i < times.size(); ++i) {
        const auto before = place(times[i] - kApartS), here = place(times[i]),
                   after = place(times[i] + kApartS);
        if (before && here && after) {
            travel[i] =
                std::min(distance(*before, *here), distance(*here, *after)) / kApartS / barPx;
        }
    }
    return travel;
}

// Concrete holds a poker: nobody drags one a bar's length a second through it, whatever the network
// says of it meanwhile. Outweighs its opinion.
double travelEvidence(double barsPerS) {
    constexpr double kCarried = 1.3, kWeight = 5;
    return -kWeight *
           std::clamp((barsPerS - kDraggedBarsPerS) / (kCarried - kDraggedBarsPerS), 0.0, 1.0);
}

// For each sample: did the lower end stay at one place for three seconds around it?
std::vector<bool> standsLong(const std::vector<double>& times, const std::vector<PointPx>& lows,
                             double barPx) {
    constexpr double kBucketS = 0.25, kHalfS = 1.5, kWithinBars = 0.06;
    struct Place {
        std::size_t first, last;  // samples
        double timeS;
        PointPx at;
    };
    std::vector<Place> places;
    for (std::size_t first = 0; first < times.size();) {
        std::size_t last = first;
        while (last + 1 < times.size() && times[last + 1] - times[first] < kBucketS) {
            ++last;
        }
        places.push_back(
            {first, last, (times[first] + times[last]) / 2, medianPoint(lows, first, last)});
        first = last + 1;
    }
    // Seen on both sides and, where it was seen, there.
    const auto stays = [&](std::size_t k) {
        for (const int step : {-1, 1}) {
            double farS = 0;
            for (std::size_t i = k; farS < kHalfS;) {
                if ((step < 0 && i == 0) || (step > 0 && i + 1 == places.size())) {
                    return false;
                }
                i += static_cast<std::size_t>(step);
                farS = std::abs(places[i].timeS - places[k].timeS);
                if (distance(places[i].at, places[k].at) > kWithinBars * barPx) {
                    return false;
                }
            }
        }
        return true;
    };
    std::vector<bool> out(times.size());
    for (std::size_t k = 0; k < places.size(); ++k) {
        std::fill(out.begin() + static_cast<std::ptrdiff_t>(places[k].first),
                  out.begin() + static_cast<std::ptrdiff_t>(places[k].last) + 1, stays(k));
    }
    return out;
}

// No hand holds a bar so still for so long, unless concrete helps: where part of it is out of sight
// too, that speaks against an opinion that is none too sure.
double standEvidence(bool standsLong, double shareVisible) {
    constexpr double kWeight = 1.5;
    return standsLong ? kWeight * std::clamp((0.87 - shareVisible) / 0.1, 0.0, 1.0) : 0;
}

// What the network's opinion of a track is worth: log-odds less `middle`, times `weight`.
struct Opinion {
    double middle = 0, weight = 1;
};

// The network's log-odds differ from video to video. While the poker travels its tip is in air, and
// while it stands with much of its bar out of sight it is in concrete: the middle between what the
// network says in either case parts them, and the less the two differ, the more shape and motion
// have to tell. Where they hardly do, the middle means nothing and the opinion is taken as it is.
Opinion opinionOf(const PokerTrack& track, const std::vector<double>& barsPerS) {
    constexpr double kParted = 1.5, kHardly = 0.6;
    std::vector<double> air, in;
    for (std::size_t i = 0; i < track.samples.size(); ++i) {
        const double score = track.samples[i].immersedScore;
        if (score < 0) {
            continue;
        }
        if (barsPerS[i] > 0.8 && track.shares[i] > 0.75) {
            air.push_back(logOdds(score));
        } else if (barsPerS[i] < 0.15 && track.shares[i] < 0.7) {
            in.push_back(logOdds(score));
        }
    }
    if (air.size() < 8 || in.size() < 20) {
        return {};
    }
    const double low = medianOf(std::move(air)), high = medianOf(std::move(in));
    if (high - low < kHardly) {
        return {};
    }
    return {std::clamp((low + high) / 2, -2.5, 1.0), std::min(1.0, (high - low) / kParted)};
}

void fillEvidence(PokerTrack& track) {
    std::vector<double> times, lengths;
    std::vector<PointPx> lows;
    for (const Sample& s : track.samples) {
        times.push_back(s.timeS);
        lows.push_back(s.low);
        lengths.push_back(s.evenLength);
    }
    const SmoothPath path = smoothPath(times, lows, 0.12);
    track.lows = medianFiltered(lows);
    track.shares = medianFiltered(lengths);
    std::vector<double> barsPerS;
    for (std::size_t i = 0; i < times.size(); ++i) {
        track.shares[i] /= std::max(1e-9, track.freeLength);
        barsPerS.push_back(std::hypot(path.velocity[i].x, path.velocity[i].y) / track.barPx);
    }
    const Opinion opinion = opinionOf(track, barsPerS);
    track.travel = travelBarsPerS(times, track.lows, track.barPx);
    const std::vector<bool> stands = standsLong(times, track.lows, track.barPx);
    for (std::size_t i = 0; i < track.samples.size(); ++i) {
        Sample& s = track.samples[i];
        const double geometry = geometryEvidence(track.shares[i], barsPerS[i]);
        const double weight = s.immersedScore >= 0 ? opinion.weight : 0;
        s.evidence = weight * std::clamp(logOdds(s.immersedScore) - opinion.middle, -2.5, 2.5) +
                     (1 - 0.5 * weight) * geometry;
        s.evidence += travelEvidence(track.travel[i]) + standEvidence(stands[i], track.shares[i]);
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
        const double gap = i > 0 ? s[i].timeS - s[i - 1].timeS : 0.04;
        // Evidence counts by time, not by frame rate; after an unseen stretch a change is easier.
        const double weight = std::clamp(gap, 0.01, 0.2) / kAlikeS;
        const double change = kSwitchCost / (1 + std::max(0.0, gap - 0.25) / 0.5);
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

// The moment from which a distance that was level grows: least squares of a level and a ramp that
// begins there, straight (a steady pull) or, if it may, bent (a movement that starts slowly). Times
// ascending.
double hingeTime(const std::vector<double>& times, const std::vector<double>& values,
                 double earliest, bool mayBend) {
    const std::size_t n = times.size();
    double bestTime = times.back(), bestError = 1e300;
    for (std::size_t k = 0; k + 1 < n; ++k) {
        for (const double at : {times[k], (times[k] + times[k + 1]) / 2}) {
            if (at < earliest && k + 2 < n) {
                continue;
            }
            for (const bool bent : {false, true}) {
                if (bent && !mayBend) {
                    continue;
                }
                double su = 0, sv = 0, suu = 0, suv = 0, svv = 0;
                for (std::size_t i = 0; i < n; ++i) {
                    const double since = std::max(0.0, times[i] - at);
                    const double u = bent ? since * since : since;
                    su += u;
                    sv += values[i];
                    suu += u * u;
                    suv += u * values[i];
                    svv += values[i] * values[i];
                }
                const auto m = static_cast<double>(n);
                const double det = m * suu - su * su;
                const double slope = det > 1e-12 ? (m * suv - su * sv) / det : 0;
                if (slope <= 0) {
                    continue;
                }
                const double level = (sv - slope * su) / m;
                // A bent ramp fits noise more easily, so it has to fit better.
                const double error = (svv - level * sv - slope * suv) * (bent ? 1.2 : 1.0);
                if (error < bestError) {
                    bestError = error;
                    bestTime = at;
                }
            }
        }
    }
    return bestTime;
}

// One edge of a run, looked at in the direction of time (+1: how it left) or against it (-1: how it
// had arrived). Answers the time of the edge, or nothing when no movement tells.
class EdgeFinder {
public:
    EdgeFinder(const PokerTrack& track, int direction) : m_track(track), m_step(direction) {}

    // `inner`: the other end of the run; `edge`: its last sample on this side; `limit`: the last
    // sample that may be looked at (the neighbouring run begins behind it).
    std::optional<double> find(std::size_t inner, std::size_t edge, std::size_t limit) {
        m_edgeS = at(edge);
        const double coreS = std::min(kCoreS, 0.6 * (m_edgeS - at(inner)));
        const std::size_t stood = lastStood(inner, edge);
        m_inwardS = kInwardS + m_edgeS - at(stood);
        std::size_t core = stood;
        while (core != inner && at(stood) - at(back(core)) <= coreS) {
            core = back(core);
        }
        const auto [first, last] = std::minmax(core, stood);
        m_contact = medianPoint(m_track.lows, first, last);
        std::vector<double> off;
        for (std::size_t i = first; i <= last; ++i) {
            off.push_back(distance(m_track.lows[i], m_contact));
        }
        const double noise = 1.2 * medianOf(std::move(off));
        m_leave = std::clamp(5 * noise, kLeavesBars * m_track.barPx, 0.3 * m_track.barPx);
        return edgeTime(inner, edge, stood, limit);
    }

private:
    const PokerTrack& m_track;
    int m_step;
    PointPx m_contact;
    double m_leave = 0, m_edgeS = 0, m_inwardS = kInwardS;

    double at(std::size_t i) const { return m_step * m_track.samples[i].timeS; }
    std::size_t next(std::size_t i) const { return i + static_cast<std::size_t>(m_step); }
    std::size_t back(std::size_t i) const { return i - static_cast<std::size_t>(m_step); }
    bool away(std::size_t i) const { return distance(m_track.lows[i], m_contact) > m_leave; }

    // The sample nearest to the edge at which the lower end stood: what lies between is the way in
    // or out already, or clutter taken for the poker once it was gone. The edge itself where it
    // stood nowhere near.
    std::size_t lastStood(std::size_t inner, std::size_t edge) const {
        constexpr double kLookS = 3.0;
        for (std::size_t i = edge; m_edgeS - at(i) <= kLookS; i = back(i)) {
            if (stands(i, inner)) {
                return i;
            }
            if (i == inner) {
                break;
            }
        }
        return edge;
    }

    // At one place for the half second before i.
    bool stands(std::size_t i, std::size_t inner) const {
        constexpr double kForS = 0.8, kWithinBars = 0.08;
        constexpr std::size_t kFewest = 4;
        std::size_t first = i;
        while (first != inner && at(i) - at(back(first)) <= kForS) {
            first = back(first);
        }
        const auto [a, b] = std::minmax(first, i);
        if (b - a + 1 < kFewest || at(i) - at(first) < 0.6 * kForS) {
            return false;
        }
        const PointPx place = medianPoint(m_track.lows, a, b);
        std::vector<double> off;
        for (std::size_t k = a; k <= b; ++k) {
            off.push_back(distance(m_track.lows[k], place));
        }
        // Nor on its way, however steadily.
        constexpr double kDriftBars = 0.05;
        const std::size_t half = (a + b) / 2;
        const double drift =
            distance(medianPoint(m_track.lows, a, half), medianPoint(m_track.lows, half + 1, b));
        return percentile(std::move(off), 0.8) < kWithinBars * m_track.barPx &&
               drift < kDriftBars * m_track.barPx;
    }

    // Away at i, and for the next tenth of a second too.
    bool left(std::size_t i, std::size_t limit) const {
        const double from = at(i);
        for (int seen = 0;; i = next(i)) {
            if (!away(i)) {
                return false;
            }
            ++seen;
            if ((seen >= 2 && at(i) - from >= 0.1) || i == limit) {
                return seen >= 2;
            }
            if (at(next(i)) - at(i) > kLongestGapS) {
                return seen >= 3;
            }
        }
    }

    std::optional<double> edgeTime(std::size_t inner, std::size_t edge, std::size_t stood,
                                   std::size_t limit) const {
        const double middleS = (at(inner) + m_edgeS) / 2;
        std::size_t from = edge;
        while (from != inner && at(back(from)) >= std::max(middleS, m_edgeS - m_inwardS)) {
            from = back(from);
        }
        for (std::size_t i = from;; i = next(i)) {
            if (at(i) - m_edgeS > kEdgeS) {
                return std::nullopt;
            }
            if (left(i, limit) && (at(i) >= at(stood) || travels(i, edge))) {
                return ramp(inner, i, limit);
            }
            if (i == limit) {
                return std::nullopt;
            }
            // Unseen while it came or went: somewhere in between.
            if (const double gap = at(next(i)) - at(i); gap > kLongestGapS) {
                return gap < kUnseenS && at(i) >= at(stood) && away(next(i))
                           ? std::optional(m_step * (at(i) + gap / 2))
                           : std::nullopt;
            }
        }
    }

    // A drag leaves the contact point too, but along the surface, slowly and with the bar deep.
    bool travels(std::size_t i, std::size_t edge) const {
        std::vector<double> shares;
        double fastest = 0;
        for (std::size_t k = i;; k = next(k)) {
            shares.push_back(m_track.shares[k]);
            if (k != i) {
                const double dt = std::max(1e-3, at(k) - at(i));
                if (dt > 0.15) {
                    fastest = std::max(fastest, distance(m_track.lows[k], m_track.lows[i]) / dt);
                }
            }
            if (k == edge) {
                break;
            }
        }
        return fastest > 0.8 * m_track.barPx ||
               (medianOf(std::move(shares)) > 0.85 && fastest > 0.15 * m_track.barPx);
    }

    // Follows the way out of the contact point back to where it began.
    double ramp(std::size_t inner, std::size_t leaving, std::size_t limit) const {
        const PointPx to = m_track.lows[leaving];
        const double size = std::max(1e-6, distance(to, m_contact));
        const double ux = (to.x - m_contact.x) / size, uy = (to.y - m_contact.y) / size;
        constexpr double kWindowS = 2.0, kBeyondS = 0.25, kFar = 2.5, kEarlierS = 0.8;
        const auto along = [&](std::size_t i) {
            const PointPx p = m_track.lows[i];
            return (p.x - m_contact.x) * ux + (p.y - m_contact.y) * uy;
        };
        // A little beyond, so that the way out stands clear of the noise.
        std::size_t last = leaving;
        while (last != limit && at(next(last)) - at(leaving) <= kBeyondS &&
               along(next(last)) > along(last) && along(next(last)) < kFar * m_leave) {
            last = next(last);
        }
        std::vector<double> times, values;
        for (std::size_t i = last;; i = back(i)) {
            times.push_back(at(i));
            values.push_back(along(i));
            if (i == inner || at(leaving) - at(back(i)) > kWindowS ||
                at(back(i)) < (at(inner) + m_edgeS) / 2) {
                break;
            }
        }
        std::reverse(times.begin(), times.end());
        std::reverse(values.begin(), values.end());
        const double earliest = std::min(m_edgeS, at(leaving)) - kEarlierS;
        return m_step * (times.size() < 4 ? (times.front() + times.back()) / 2
                                          : hingeTime(times, values, earliest, m_step > 0));
    }
};

// The edge of a run that all signs together make likely, after the lower end has told when it left
// (direction 1) or arrived (-1): the time of the first frame out, of the first one in. `inner` is
// the other end of the run, `limit` the last sample on this side that may be looked at.
EdgeTime weighed(const PokerTrack& track, int direction, std::size_t inner, std::size_t limit,
                 double leftS) {
    // A poker that has come out is held over its hole for a moment; one that arrives goes in.
    constexpr double kLingersOutS = 0.5, kLingersInS = 0.25;
    constexpr double kBeforeS = 7, kAfterS = 1.2;
    EdgeSigns signs;
    std::vector<double> gaps;
    for (std::size_t i = inner;; i += static_cast<std::size_t>(direction)) {
        const Sample& s = track.samples[i];
        const double t = direction * s.timeS, since = t - direction * leftS;
        if (since > -kBeforeS && since < kAfterS) {
            if (!signs.timesS.empty()) {
                gaps.push_back(t - signs.timesS.back());
            }
            signs.timesS.push_back(t);
            signs.shares.push_back(track.shares[i]);
            signs.odds.push_back(s.immersedScore >= 0 ? logOdds(s.immersedScore)
                                                      : std::numeric_limits<double>::quiet_NaN());
        }
        if (i == limit) {
            break;
        }
    }
    const double innerS = direction * track.samples[inner].timeS;
    const double middleS = (innerS + direction * leftS) / 2;
    EdgeTime at =
        weighEdge(signs, direction * leftS, direction > 0 ? kLingersOutS : kLingersInS, middleS);
    at.atS = direction * at.atS + 0.5 * medianOf(std::move(gaps));
    return at;
}

bool neverMoved(const PokerTrack& track) {
    const PointPx home = medianPoint(track.lows, 0, track.lows.size() - 1);
    std::vector<double> away, lengths;
    for (std::size_t i = 0; i < track.samples.size(); ++i) {
        away.push_back(distance(track.lows[i], home));
        lengths.push_back(track.shares[i]);
    }
    const double middle = medianOf(lengths);
    return percentile(std::move(away), 0.97) < 0.2 * track.barPx &&
           percentile(lengths, 0.97) - percentile(lengths, 0.03) < 0.35 * std::max(0.2, middle);
}

// An opinion against all that is seen does not end an insertion: between the two runs the bar's
// lower end stayed where it was, and part of the bar stayed out of sight.
bool neverLeft(const PokerTrack& track, const Run& a, const Run& b) {
    constexpr double kLongestS = 5, kStillDeep = 0.85;
    const std::vector<Sample>& s = track.samples;
    if (b.first <= a.last + 1 || s[b.first].timeS - s[a.last].timeS > kLongestS) {
        return false;
    }
    const auto tail = [&](std::size_t from, int step, std::size_t end) {
        std::vector<PointPx> points{track.lows[from]};
        for (std::size_t i = from; i != end && points.size() < 15;) {
            i += static_cast<std::size_t>(step);
            points.push_back(track.lows[i]);
        }
        return medianPoint(points, 0, points.size() - 1);
    };
    const PointPx from = tail(a.last, -1, a.first), to = tail(b.first, 1, b.last);
    const double near = 1.3 * kLeavesBars * track.barPx;
    if (distance(from, to) > near) {
        return false;
    }
    std::vector<double> away, shares;
    for (std::size_t i = a.last + 1; i < b.first; ++i) {
        away.push_back(std::min(distance(track.lows[i], from), distance(track.lows[i], to)));
        shares.push_back(track.shares[i]);
    }
    return percentile(std::move(away), 0.9) < near && percentile(shares, 0.8) < kStillDeep;
}

// Nor does an opinion alone make one: all of the bar was in sight all the time.
bool allInSight(const PokerTrack& track, const Run& run) {
    constexpr double kAll = 0.93;
    const std::size_t quarter = (run.last - run.first) / 4;
    std::vector<double> shares(
        track.shares.begin() + static_cast<std::ptrdiff_t>(run.first + quarter),
        track.shares.begin() + static_cast<std::ptrdiff_t>(run.last - quarter) + 1);
    return medianOf(std::move(shares)) > kAll;
}

}  // namespace

std::vector<Run> findRuns(PokerTrack& track) {
    fillEvidence(track);
    decideStates(track);
    track.neverMoved = neverMoved(track);
    std::vector<Sample>& s = track.samples;
    std::vector<Run> runs;
    for (std::size_t i = 0; i < s.size(); ++i) {
        if (!s[i].immersed) {
            continue;
        }
        Run run;
        run.first = i;
        while (i + 1 < s.size() && s[i + 1].immersed) {
            ++i;
        }
        run.last = i;
        if (!runs.empty() && neverLeft(track, runs.back(), run)) {
            runs.back().last = run.last;
        } else {
            runs.push_back(run);
        }
    }
    const std::vector<Run> rough = runs;
    for (std::size_t r = 0; r < runs.size(); ++r) {
        Run& run = runs[r];
        const std::size_t lowest = r > 0 ? rough[r - 1].last + 1 : 0;
        const std::size_t highest = r + 1 < rough.size() ? rough[r + 1].first - 1 : s.size() - 1;
        // From the first frame in to the first one out again; half way where frames were missed.
        const auto between = [&](std::size_t before, std::size_t after) {
            return s[after].frame - s[before].frame == 1 ? s[after].timeS
                                                         : (s[before].timeS + s[after].timeS) / 2;
        };
        run.startS = run.first > 0 ? between(run.first - 1, run.first) : s[run.first].timeS;
        run.endS = run.last + 1 < s.size() ? between(run.last, run.last + 1) : s[run.last].timeS;
        if (run.last - run.first < 2) {
            continue;
        }
        const auto end = EdgeFinder(track, 1).find(rough[r].first, rough[r].last, highest);
        const auto start = EdgeFinder(track, -1).find(rough[r].last, rough[r].first, lowest);
        constexpr double kLeastErrorS = 0.1;
        run.endErrorS = run.startErrorS = kLeastErrorS;
        if (end) {
            const EdgeTime at = weighed(track, 1, rough[r].first, highest, *end);
            run.endS = at.atS;
            run.endErrorS = std::max(kLeastErrorS, at.errorS);
            run.sawEnd = true;
        }
        if (start) {
            const EdgeTime at = weighed(track, -1, rough[r].last, lowest, *start);
            run.startS = at.atS;
            run.startErrorS = std::max(kLeastErrorS, at.errorS);
            run.sawStart = true;
        }
    }
    // Neighbours may not overlap after their edges moved.
    for (std::size_t r = 1; r < runs.size(); ++r) {
        if (runs[r].startS < runs[r - 1].endS) {
            runs[r].startS = runs[r - 1].endS = (runs[r].startS + runs[r - 1].endS) / 2;
        }
    }
    for (Sample& sample : s) {
        sample.immersed = false;
    }
    std::erase_if(runs, [&](const Run& run) {
        return run.endS <= run.startS || (!(run.sawStart && run.sawEnd) && allInSight(track, run));
    });
    for (Run& run : runs) {
        std::size_t first = run.first, last = run.last;
        while (first > 0 && s[first - 1].timeS >= run.startS) {
            --first;
        }
        while (first < last && s[first].timeS < run.startS) {
            ++first;
        }
        while (last + 1 < s.size() && s[last + 1].timeS < run.endS - 1e-9) {
            ++last;
        }
        const bool outOfSight = last + 1 == s.size() && !run.sawEnd;  // still in when last seen
        while (!outOfSight && last > first && s[last].timeS >= run.endS - 1e-9) {
            --last;
        }
        run.first = first;
        run.last = last;
        for (std::size_t i = first; i <= last; ++i) {
            s[i].immersed = true;
        }
    }
    return runs;
}

}  // namespace cvd::compliance
