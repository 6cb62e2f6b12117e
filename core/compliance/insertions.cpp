#include "core/compliance/insertions.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "core/compliance/insertion_measures.h"
#include "core/compliance/poker_samples.h"
#include "core/compliance/stretches.h"
#include "core/compliance/surface_camera.h"

namespace cvd::compliance {
namespace {

// An insertion begins with a descent and ends with a rise. The less of that was seen, the more it
// may be a tool that leans somewhere or a bar that is held still, and the surer the rest has to be.
constexpr double kLeastConfidence = 0.4, kOneEndConfidence = 0.5, kNoEndConfidence = 0.75;
constexpr double kAdriftConfidence = 0.25;  // of one that is not judged for that

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
