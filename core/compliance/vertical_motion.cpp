// Nobody tells when the rise begins, and the end is known to a fraction of a second only. Instead
// of taking the one beginning that fits best, which favours short steep rises out of noise, every
// pair of beginning and end is fitted, and each counts by how likely it makes what was seen (Bayes;
// the sum of a model over its unknowns). What is left of the spread is the honest error.
//
// Neighbouring frames err alike: residuals are taken for a first-order autoregression, whose
// correlation is estimated from them, and the fit is made on what each adds to the one before
// (generalised least squares, Cochrane and Orcutt 1949).
#include "core/compliance/vertical_motion.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

#include "core/compliance/poker_samples.h"

namespace cvd::compliance {
namespace {

constexpr double kTopError = 0.1;     // of the bar's length in air: perspective, tilt
constexpr double kLeastNoise = 0.01;  // shares are never better known
constexpr double kUnsteady = 0.05;    // of the speed: no hand pulls evenly, no bar keeps its lean
// A detector takes a piece of hose for bar or leaves a piece of bar out, for as long as the picture
// looks alike: no fit tells that from a longer or shorter way. Of the bar's length, at each end of
// the way.
constexpr double kEndError = 0.1;

struct Series {
    std::vector<double> times, shares;
};

// Middle values of short spans: single outliers are gone, and the rest is no more than needed.
Series spans(const std::vector<double>& times, const std::vector<double>& shares) {
    constexpr double kMost = 60, kShortestS = 0.08, kLongestS = 0.2;
    Series out;
    const double span = std::clamp((times.back() - times.front()) / kMost, kShortestS, kLongestS);
    for (std::size_t i = 0; i < times.size();) {
        std::vector<double> t, s;
        for (const double from = times[i]; i < times.size() && times[i] - from < span; ++i) {
            t.push_back(times[i]);
            s.push_back(shares[i]);
        }
        out.times.push_back(medianOf(std::move(t)));
        out.shares.push_back(medianOf(std::move(s)));
    }
    return out;
}

// share = level * (1 - grown) + top * grown, where `grown` runs from 0 to 1 between the two times.
struct Fit {
    double level = 0, top = 0;
    double cll = 0, clt = 0, ctt = 0;  // inverse of the normal equations
    double squares = 0, logDet = 0;
};

class RiseFitter {
public:
    RiseFitter(Series series, double noise, double alikeS)
        : m_series(std::move(series)), m_noise(noise) {
        Sums sums;
        m_before.push_back(sums);
        for (std::size_t i = 0; i < m_series.times.size(); ++i) {
            const double gap = i > 0 ? m_series.times[i] - m_series.times[i - 1] : 1e9;
            Step step;
            step.carried = i > 0 ? std::exp(-gap / alikeS) : 0;
            step.weight = 1 / (1 - step.carried * step.carried);
            step.value = m_series.shares[i] - (i > 0 ? step.carried * m_series.shares[i - 1] : 0);
            const double l = 1 - step.carried;
            sums.ll += step.weight * l * l;
            sums.ly += step.weight * l * step.value;
            sums.yy += step.weight * step.value * step.value;
            m_steps.push_back(step);
            m_before.push_back(sums);
        }
    }

    static double grown(double t, double fromS, double toS) {
        return std::clamp((t - fromS) / (toS - fromS), 0.0, 1.0);
    }

    Fit fit(double fromS, double toS) const {
        // One more observation: all of the bar is in sight at the end.
        const double prior = m_noise * m_noise / (kTopError * kTopError);
        const auto first = static_cast<std::size_t>(
            std::upper_bound(m_series.times.begin(), m_series.times.end(), fromS) -
            m_series.times.begin());
        double ll = m_before[first].ll, ly = m_before[first].ly;
        double yy = m_before[first].yy + prior, lt = 0, tt = prior, ty = prior, before = 0;
        for (std::size_t i = first; i < m_steps.size(); ++i) {
            const double now = grown(m_series.times[i], fromS, toS);
            const auto [carried, w, v] = m_steps[i];
            const double t = now - carried * before, l = 1 - carried - t;
            ll += w * l * l;
            lt += w * l * t;
            tt += w * t * t;
            ly += w * l * v;
            ty += w * t * v;
            yy += w * v * v;
            before = now;
        }
        Fit f;
        const double det = ll * tt - lt * lt;
        if (!(det > 1e-12)) {
            f.squares = 1e300;
            return f;
        }
        f.level = (tt * ly - lt * ty) / det;
        f.top = (ll * ty - lt * ly) / det;
        f.cll = tt / det;
        f.clt = -lt / det;
        f.ctt = ll / det;
        f.squares = std::max(0.0, yy - f.level * ly - f.top * ty);
        f.logDet = std::log(det);
        return f;
    }

    const Series& series() const { return m_series; }

private:
    // What a span adds to the one before it, and its weight.
    struct Step {
        double carried = 0, weight = 1, value = 0;
    };
    struct Sums {  // over the spans before one, while all of them are level
        double ll = 0, ly = 0, yy = 0;
    };
    Series m_series;
    double m_noise;
    std::vector<Step> m_steps;
    std::vector<Sums> m_before;
};

struct Noise {
    double deviation = kLeastNoise, alikeS = 0.3;
};

// What a fit leaves over, and for how long neighbours leave the same.
Noise noiseOf(const RiseFitter& fitter, const Fit& fit, double fromS, double toS) {
    // A short series hides how much alike its errors are: as if so many more had been seen that
    // are alike for this long.
    constexpr double kUsualS = 0.4, kUsualCount = 8, kShortestS = 0.05, kLongestS = 1.5;
    const Series& s = fitter.series();
    std::vector<double> left;
    for (std::size_t i = 0; i < s.times.size(); ++i) {
        const double grown = fitter.grown(s.times[i], fromS, toS);
        left.push_back(s.shares[i] - fit.level * (1 - grown) - fit.top * grown);
    }
    const auto n = static_cast<double>(left.size());
    double squares = 0, products = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        squares += left[i] * left[i];
        products += i > 0 ? left[i] * left[i - 1] : 0;
    }
    const double gap = (s.times.back() - s.times.front()) / std::max(1.0, n - 1);
    const double usual = std::exp(-gap / kUsualS), variance = squares / std::max(1.0, n - 3);
    const double rho = std::clamp((products + kUsualCount * variance * usual) /
                                      std::max(1e-12, squares + kUsualCount * variance),
                                  0.0, 0.98);
    Noise out;
    out.alikeS = std::clamp(rho > 0 ? -gap / std::log(rho) : 0.0, kShortestS, kLongestS);
    // Errors that are alike look smaller than they are: the level follows them.
    const double moments = std::max(2.0, n * gap / (2 * out.alikeS));
    out.deviation = std::max(kLeastNoise, std::sqrt(variance * moments / (moments - 1)));
    return out;
}

struct Times {
    double fromS, toS;
};

// Beginnings for one end.
void addCandidates(std::vector<Times>& out, const Series& s, double toS) {
    constexpr double kShortestS = 0.12, kCount = 60;
    const double step = std::max(0.05, (toS - s.times.front()) / kCount);
    for (double fromS = s.times.front(); fromS <= toS - kShortestS; fromS += step) {
        out.push_back({fromS, toS});
    }
}

// From what the best of the candidates leaves over, estimated twice because the fit needs it too.
// Nothing where no candidate rises.
std::optional<Noise> estimatedNoise(const Series& series, const std::vector<Times>& candidates) {
    Noise noise{0.05, 0.3};
    for (int round = 0; round < 2; ++round) {
        const RiseFitter fitter(series, noise.deviation, noise.alikeS);
        std::optional<std::pair<Fit, Times>> best;
        for (const Times& t : candidates) {
            const Fit f = fitter.fit(t.fromS, t.toS);
            if (f.top > f.level && (!best || f.squares < best->first.squares)) {
                best = {f, t};
            }
        }
        if (!best) {
            return std::nullopt;
        }
        noise = noiseOf(fitter, best->first, best->second.fromS, best->second.toS);
    }
    return noise;
}

// How unlikely a candidate makes what was seen: twice the negative logarithm.
double costOf(const Fit& f, const Times& t, double variance, double endS, double earlierS,
              double laterS) {
    const double away = t.toS - endS, deviation = away < 0 ? earlierS : laterS;
    const double off = deviation > 0 ? away / deviation : 0;
    return f.squares / variance + f.logDet + off * off;
}

// Weighed sums over the candidates.
class Average {
public:
    explicit Average(double variance) : m_variance(variance) {}

    void add(const Fit& f, const Times& t, double weight) {
        const double took = t.toS - t.fromS, way = f.top - f.level, top = std::max(0.1, f.top);
        const double logRate = std::log(way / top / took);
        // d rate = -d level / way + (1 / way - 1 / top) d top
        const double dl = -1 / way, dt = 1 / way - 1 / top;
        const double spread =
            m_variance * (dl * dl * f.cll + 2 * dl * dt * f.clt + dt * dt * f.ctt);
        m_sum += weight;
        m_logRate += weight * logRate;
        m_logRateSquares += weight * (logRate * logRate + spread);
        m_seconds += weight * took;
        m_secondsSquares += weight * took * took;
        m_level += weight * f.level;
        m_top += weight * f.top;
    }

    bool empty() const { return !(m_sum > 0); }

    Rise rise() const {
        const double logRate = m_logRate / m_sum, took = m_seconds / m_sum;
        Rise out;
        out.level = m_level / m_sum;
        out.top = m_top / m_sum;
        out.perSecond = std::exp(logRate);
        out.seconds = (1 - out.level / out.top) / out.perSecond;
        out.secondsError = std::sqrt(std::max(0.0, m_secondsSquares / m_sum - took * took));
        const double spread = std::max(0.0, m_logRateSquares / m_sum - logRate * logRate);
        out.fitError = std::hypot(std::sqrt(spread), kUnsteady);
        const double way = std::max(1e-3, (out.top - out.level) / out.top);
        out.perSecondError = std::hypot(out.fitError, std::numbers::sqrt2 * kEndError / way);
        return out;
    }

private:
    double m_variance;
    double m_sum = 0, m_logRate = 0, m_logRateSquares = 0, m_seconds = 0, m_secondsSquares = 0;
    double m_level = 0, m_top = 0;
};

}  // namespace

double largestJump(const std::vector<double>& times, const std::vector<double>& shares) {
    constexpr double kInstantS = 0.1, kHandPerS = 1.2;  // bar lengths a second
    double largest = 0;
    for (std::size_t i = 0, k = 0; i < times.size(); ++i) {
        while (k < times.size() && times[k] - times[i] < kInstantS) {
            ++k;
        }
        if (k == times.size()) {
            break;
        }
        const double step = std::abs(shares[k] - shares[i]);
        if (step > kHandPerS * (times[k] - times[i])) {
            largest = std::max(largest, step);
        }
    }
    return largest;
}

Rise riseOf(const std::vector<double>& times, const std::vector<double>& shares, double endS,
            double endErrorS, double hoverS) {
    constexpr std::size_t kFewest = 6;
    if (times.size() < kFewest) {
        return {};
    }
    const Series series = spans(times, shares);
    if (series.times.size() < 4) {
        return {};
    }
    std::vector<Times> candidates;
    addCandidates(candidates, series, endS);
    const auto noise = estimatedNoise(series, candidates);
    if (!noise) {
        return {};
    }
    const double earlierS = std::hypot(endErrorS, hoverS), laterS = endErrorS;
    for (const double away : {-2.0 * earlierS, -1.2 * earlierS, -0.6 * earlierS, 0.8 * laterS}) {
        if (away != 0) {
            addCandidates(candidates, series, endS + away);
        }
    }
    const RiseFitter fitter(series, noise->deviation, noise->alikeS);
    const double variance = noise->deviation * noise->deviation;
    std::vector<std::pair<double, Fit>> fits;
    double least = std::numeric_limits<double>::infinity();
    for (const Times& t : candidates) {
        const Fit f = fitter.fit(t.fromS, t.toS);
        const double cost = f.top > f.level ? costOf(f, t, variance, endS, earlierS, laterS)
                                            : std::numeric_limits<double>::infinity();
        fits.emplace_back(cost, f);
        least = std::min(least, cost);
    }
    Average average(variance);
    for (std::size_t i = 0; i < fits.size(); ++i) {
        const auto& [cost, f] = fits[i];
        const double weight = std::isfinite(cost) ? std::exp((least - cost) / 2) : 0;
        if (weight >= 1e-9) {
            average.add(f, candidates[i], weight);
        }
    }
    if (average.empty()) {
        return {};
    }
    Rise out = average.rise();
    // The way with the jump or the way without it may be the right one.
    const double way = std::max(1e-3, out.top - out.level);
    const double without = std::max(0.01 * way, way - largestJump(times, shares));
    out.perSecondError = std::hypot(out.perSecondError, std::log(way / without) / 2);
    // That the bar ends in sight as a whole is only known, not seen, where its end was cut off.
    out.told = series.shares.back() > (out.level + out.top) / 2;
    return out;
}

}  // namespace cvd::compliance
