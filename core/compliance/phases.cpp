#include "core/compliance/phases.h"

#include <algorithm>
#include <cmath>

#include "core/compliance/vertical_motion.h"

namespace cvd::compliance {
namespace {

constexpr double kMostSpeedError = 0.5;  // of the speed: one half of which is error says nothing

// One of the two ways of a poker. Every rise has time as it runs towards the edge: for the way in
// it runs backwards.
struct Way {
    int direction = 1;  // 1: towards the insertion's end; -1: towards its start
    double edgeS = 0, edgeErrorS = 0;
    double hoverS = 0;
    double fromS = 0, toS = 0;  // what may be looked at
};

// Indices of the path that belong to a way, the edge's last.
std::vector<std::size_t> indicesOf(const Way& way, const std::vector<ContactSample>& path) {
    constexpr double kWindowS = 12;
    std::vector<std::size_t> out;
    for (std::size_t k = 0; k < path.size(); ++k) {
        const std::size_t i = way.direction > 0 ? k : path.size() - 1 - k;
        const double t = path[i].timeS;
        if (t >= way.fromS && t <= way.toS && std::abs(t - way.edgeS) <= kWindowS) {
            out.push_back(i);
        }
    }
    return out;
}

// At the edges the tip is at the surface and all of the bar in sight. A rise that does not lead
// there is not how the bar went in or out.
bool leadsToTheSurface(const Rise& rise) {
    constexpr double kLeastWay = 0.12, kLeastTop = 0.65, kMostTop = 1.35;
    return rise.top - rise.level > kLeastWay && rise.top > kLeastTop && rise.top < kMostTop &&
           rise.fitError < kMostSpeedError;
}

Rise fitted(const Way& way, const std::vector<ContactSample>& path,
            const std::vector<std::size_t>& indices, const std::vector<double>& shares) {
    std::vector<double> times;
    for (const std::size_t i : indices) {
        times.push_back(way.direction * path[i].timeS);
    }
    Rise found = riseOf(times, shares, way.direction * way.edgeS, way.edgeErrorS, way.hoverS);
    found.told = found.told && leadsToTheSurface(found);
    return found;
}

Rise fromLengths(const Way& way, const std::vector<ContactSample>& path,
                 const std::vector<std::size_t>& indices, const std::vector<double>& shares) {
    std::vector<double> values;
    for (const std::size_t i : indices) {
        values.push_back(shares[i]);
    }
    return fitted(way, path, indices, values);
}

// What is known of a way without a hole: since the last time before the edge at which no slide was
// told for long. Shorter holes are bridged at the speed before them.
struct Followed {
    std::vector<std::size_t> indices;
    std::vector<double> slid;  // bar lengths since the first of them
    double bridgedS = 0;
    bool whole = true;  // no such hole
};

Followed followed(const std::vector<ContactSample>& path, const std::vector<std::size_t>& indices,
                  const std::vector<Slid>& slides) {
    constexpr double kLongestBridgeS = 0.3;
    Followed out;
    double perS = 0;
    for (std::size_t k = 0; k < indices.size(); ++k) {
        const std::size_t now = indices[k], before = indices[k > 0 ? k - 1 : 0];
        const double passedS = std::abs(path[now].timeS - path[before].timeS);
        double step = slides[now].px - slides[before].px;
        if (slides[now].untold == slides[before].untold) {
            perS = step / std::max(1e-3, passedS);
        } else if (passedS <= kLongestBridgeS) {
            step = perS * passedS;
            out.bridgedS += passedS;
        } else {
            out = {};
            out.whole = false;
        }
        out.slid.push_back(out.slid.empty() ? 0 : out.slid.back() + step);
        out.indices.push_back(now);
    }
    return out;
}

// All of the bar is in sight at the edge, so what slid until then was hidden.
Rise fromSlides(const Way& way, const std::vector<ContactSample>& path,
                const std::vector<std::size_t>& indices, const AxialSlides& slides) {
    constexpr double kMostBridged = 0.15;
    // Smooth bars show what is about them instead. One standard deviation of the speed.
    constexpr double kSlideError = 0.15;
    Followed known = followed(path, indices, slides.at);
    if (known.indices.size() < 2) {
        return {};
    }
    const double lastedS =
        std::abs(path[known.indices.back()].timeS - path[known.indices.front()].timeS);
    if (known.bridgedS > kMostBridged * lastedS) {
        return {};
    }
    const double atEdge = known.slid.back();
    for (double& share : known.slid) {
        share += 1 - atEdge;
    }
    Rise found = fitted(way, path, known.indices, known.slid);
    // After a hole the bar has to be seen to stand before it moves: part of the way may be in it.
    constexpr double kStoodS = 0.5;
    found.told = found.told && (known.whole || found.seconds < lastedS - kStoodS);
    found.perSecondError = std::hypot(found.fitError, kSlideError, slides.scaleError);
    return found;
}

// Means of what two ways of looking say, weighed by their errors, which grow where the two
// contradict each other (the scale factor of the Particle Data Group's averages).
Rise weighed(const Rise& a, const Rise& b) {
    if (!a.told || !b.told) {
        return a.told ? a : b;
    }
    const auto square = [](double v) { return v * v; };
    const double wa = 1 / square(a.perSecondError), wb = 1 / square(b.perSecondError);
    const auto mean = [&](double va, double vb) { return (wa * va + wb * vb) / (wa + wb); };
    const double apart = std::log(a.perSecond / b.perSecond);
    const double scale =
        std::max(1.0, std::abs(apart) / std::hypot(a.perSecondError, b.perSecondError));
    Rise out = wa > wb ? a : b;
    out.perSecond = std::exp(mean(std::log(a.perSecond), std::log(b.perSecond)));
    out.perSecondError = scale / std::sqrt(wa + wb);
    out.top = 1;
    out.level = mean(a.level / a.top, b.level / b.top);
    out.seconds = (1 - out.level) / out.perSecond;
    out.secondsError =
        std::hypot(mean(a.secondsError, b.secondsError), out.seconds * (scale - 1) / 2);
    return out;
}

Rise seen(const Way& way, const std::vector<ContactSample>& path, const AxialView& view) {
    const std::vector<std::size_t> indices = indicesOf(way, path);
    return weighed(fromLengths(way, path, indices, view.shares),
                   fromSlides(way, path, indices, view.slides));
}

}  // namespace

AxialSlides slidesOf(const std::vector<Sample>& samples, double freeLength, double rodM) {
    // One scale for all: the single lengths waver.
    std::vector<double> scales;
    for (const Sample& s : samples) {
        if (s.length > 0) {
            scales.push_back(s.evenLength / s.length);
        }
    }
    // The bar's length as the picture has it may hold a piece of hose, metres depend on the
    // camera's place: the middle of both errs least.
    const double length = rodM > 0 ? std::sqrt(rodM * freeLength) : freeLength;
    const double barsPerPx = medianOf(std::move(scales)) / std::max(1e-9, length);
    AxialSlides out;
    for (const Sample& s : samples) {
        out.at.push_back({s.slid.px * barsPerPx, s.slid.untold});
    }
    out.scaleError = rodM > 0 && freeLength > 0 ? std::abs(std::log(freeLength / rodM)) / 2 : 0;
    return out;
}

// Nearly all of the bar is in sight at the edges, least of it in between. Each way needs to see the
// level that it leads from or to, so it is told from all that the other one leaves.
void measurePhases(ObservedInsertion& o, const AxialView& view, double freeM, double startErrorS,
                   double endErrorS, const InsertionOptions& options) {
    Insertion& in = o.insertion;
    constexpr double kFirstShare = 0.25, kMiddle = 0.5;
    constexpr double kHoverS = 0.3;  // a tip that hovers over its hole looks immersed for so long
    const double rod = options.rodLengthM.value_or(freeM);
    const double startS = in.startS, endS = in.endS,
                 firstS = startS + kFirstShare * (endS - startS);
    const auto rise = [&](double fromS, double errorS, double hoverS) {
        return in.openEnd ? Rise{} : seen({1, endS, errorS, hoverS, fromS, endS}, o.path, view);
    };
    Rise up = rise(firstS, 0, 0);  // in outline
    const double deepS = up.told ? endS - up.seconds : startS + kMiddle * (endS - startS);
    const Rise down =
        in.openStart
            ? Rise{}
            : seen({-1, startS, startErrorS, 0, startS, std::max(deepS, firstS)}, o.path, view);
    const bool parted = down.told && startS + down.seconds < deepS;
    up = rise(parted ? startS + down.seconds : firstS, endErrorS, kHoverS);
    const auto fill = [&](const Rise& r, std::optional<double>& seconds,
                          std::optional<double>& mmS) {
        if (!r.told) {
            return;
        }
        seconds = r.seconds;
        if (rod > 0) {
            if (r.perSecondError < kMostSpeedError) {
                mmS = 1000 * r.perSecond * rod;
            }
            const double depthM = (1 - std::max(0.0, r.level) / r.top) * rod;
            in.depthM = std::max(in.depthM.value_or(0), depthM);
        }
    };
    fill(down, in.insertionS, in.insertionMmS);
    fill(up, in.withdrawalS, in.withdrawalMmS);
    if (in.insertionS) {
        in.insertionErrorS = std::hypot(down.secondsError, startErrorS);
    }
    if (in.withdrawalMmS) {
        in.withdrawalErrorMmS = *in.withdrawalMmS * up.perSecondError;
    }
}

}  // namespace cvd::compliance
