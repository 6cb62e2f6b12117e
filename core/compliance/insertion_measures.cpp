#include "core/compliance/insertion_measures.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/compliance/phases.h"

namespace cvd::compliance {
namespace {

constexpr double kSpeedWindowS = 0.4;  // half of the window in which a speed is fitted
constexpr double kMostLost = 0.1;      // share of an insertion with a lost camera
constexpr double kParallax = 0.04;     // of the way by which the camera was carried

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

// Middle of angles that may lie on either side of 180.
double middleAngle(const std::vector<double>& degrees) {
    double x = 0, y = 0;
    for (const double d : degrees) {
        x += std::cos(d * std::numbers::pi / 180);
        y += std::sin(d * std::numbers::pi / 180);
    }
    return std::atan2(y, x) * 180 / std::numbers::pi;
}

// Four points fit exactly however badly they were clicked: then a hand's error in the picture
// counts instead of the residual. Our setting.
double calibrationErrorM(PointPx contact, const Homography& surface) {
    constexpr double kClickPx = 1.5;
    constexpr int kExact = 4;
    const double scale = surface.pxPerMetre(contact);
    return surface.points > kExact || scale <= 0 ? surface.residualCm / 100 : kClickPx / scale;
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
    return std::hypot(kLeastM, calibrationErrorM(contact, surface), wander);
}

}  // namespace

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

}  // namespace cvd::compliance
