// The moment is unknown; every sighting is tried as the first one outside, and each counts by how
// likely it makes what was seen (Bayes):
// - the lower end left its place then or a little later, and hardly before;
// - the network's log-odds keep to one level in the concrete and to another outside. Both are read
//   off this very insertion, so a network that is unsure of one site still tells when it changed
//   its mind there;
// - the visible length grows until the tip is out, and no longer: the bar is rigid.
// What the network errs in is alike for a while, so neighbouring frames count as a fraction of one.
#include "core/compliance/edge_time.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "core/compliance/poker_samples.h"
#include "core/compliance/vertical_motion.h"

namespace cvd::compliance {
namespace {

constexpr double kAlikeS = 0.8;     // errors of a detector are alike for so long
constexpr double kLookBackS = 2.0;  // a tip does not linger for longer
constexpr double kLateS = 0.08;     // how far the lower end may have been seen to leave too early
constexpr double kSpanS = 6.0;      // before the movement, in which levels and rise are looked for
constexpr double kBeyondS = 0.25;   // after it the bar swings: its length is not looked at
constexpr double kOutsideS = 1.0;   // after it, in which the network's level outside is read

double typicalGap(const std::vector<double>& times) {
    std::vector<double> gaps;
    for (std::size_t i = 1; i < times.size(); ++i) {
        gaps.push_back(times[i] - times[i - 1]);
    }
    return std::max(1e-3, medianOf(std::move(gaps)));
}

struct OpinionSays {
    std::vector<double> inside;  // for each sighting: in the concrete rather than outside
    std::vector<double> change;  // that it came out with this sighting: the network's mind changed
};

// As logarithms of how much more likely.
// In the concrete it keeps to a level; what it says of a tip that hovers over its hole may be
// anything between there and what it says of one that is carried. All zero where the network says
// the same on both sides.
OpinionSays opinionFor(const EdgeSigns& s, double leftS, double earliestS) {
    constexpr double kLeastApart = 0.5, kLeastSpread = 0.8, kLevelS = 3.5;
    constexpr double kMost = 3;  // one opinion in twenty is wrong, however sure
    constexpr std::size_t kFewest = 4;
    const std::size_t n = s.timesS.size();
    OpinionSays says{std::vector<double>(n), std::vector<double>(n)};
    std::vector<double> ins, outs;
    for (std::size_t i = 0; i < n; ++i) {
        const double t = s.timesS[i];
        if (std::isnan(s.odds[i])) {
            continue;
        }
        if (t >= std::max(earliestS, leftS - kLevelS) && t < leftS - kOutsideS) {
            ins.push_back(s.odds[i]);
        } else if (t > leftS && t <= leftS + kOutsideS) {
            outs.push_back(s.odds[i]);
        }
    }
    if (ins.size() < kFewest || outs.size() < kFewest) {
        return says;
    }
    const double inside = medianOf(ins), outside = medianOf(std::move(outs));
    if (inside - outside < kLeastApart) {
        return says;
    }
    for (double& v : ins) {
        v = std::abs(v - inside);
    }
    const double spread = std::max(kLeastSpread, 1.48 * medianOf(std::move(ins)));
    // How often it keeps to its level in the last second inside, is anywhere in between (a bar that
    // comes up looks less immersed), and is at the level outside; the same of a tip that is out and
    // hovers over its hole. Rounded from what was counted on rendered pours.
    constexpr double kInKeeps = 0.85, kInBetween = 0.14, kInIsOut = 0.01;
    constexpr double kOutKeeps = 0.17, kOutBetween = 0.7, kOutIsOut = 0.13;
    const double peak = 1 / (2.507 * spread), between = std::min(peak, 1 / (inside - outside));
    const auto near = [&](double off) {
        return peak * std::exp(-0.5 * off * off / (spread * spread));
    };
    for (std::size_t i = 0; i < n; ++i) {
        if (!std::isnan(s.odds[i])) {
            const double keeps = near(std::max(0.0, inside - s.odds[i]));
            const double isOut = near(std::max(0.0, s.odds[i] - outside));
            const double in = kInKeeps * keeps + kInBetween * between + kInIsOut * isOut;
            const double out = kOutKeeps * keeps + kOutBetween * between + kOutIsOut * isOut;
            says.inside[i] = std::clamp(std::log(in / out), -kMost, kMost);
        }
    }
    // Its errors are alike from frame to frame, so it rarely changes for no reason: least of all
    // from where it was sure, while one that sags already may fall further.
    for (std::size_t i = 2; i + 1 < n; ++i) {
        const double before = std::min(s.odds[i - 2], s.odds[i - 1]);
        const double fell = before - std::max(s.odds[i], s.odds[i + 1]);
        if (!std::isnan(fell)) {
            const double most = before > inside - 2 * spread ? kMost : kMost / 2;
            says.change[i] = std::clamp(fell / spread - 1, 0.0, most);
        }
    }
    return says;
}

// A level, a rise of so many seconds that ends at `endS`, and a level, fitted by least squares:
// what is left over. From running sums, because many ends and durations are tried.
class RiseSquares {
public:
    // `times` ascending.
    RiseSquares(const std::vector<double>& times, const std::vector<double>& values)
        : m_times(times), m_sums(times.size() + 1) {
        for (std::size_t i = 0; i < times.size(); ++i) {
            const double t = times[i], y = values[i];
            const Sums& last = m_sums[i];
            m_sums[i + 1] = {last.t + t, last.tt + t * t, last.y + y, last.ty + t * y,
                             last.yy + y * y};
        }
    }
    double flat() const {
        const Sums& all = m_sums.back();
        return all.yy - all.y * all.y / static_cast<double>(m_times.size());
    }
    double fit(double endS, double tookS) const {
        const std::size_t from = placeOf(endS - tookS), to = placeOf(endS);
        const Sums &before = m_sums[from], &until = m_sums[to], &all = m_sums.back();
        const double n = static_cast<double>(m_times.size()), rising = double(to - from),
                     risen = n - double(to);
        // While it rises its share is g = offset + t / tookS, then 1.
        const double offset = 1 - endS / tookS, per = 1 / tookS;
        const double t = until.t - before.t, tt = until.tt - before.tt;
        const double sg = offset * rising + per * t + risen;
        const double sgg = offset * offset * rising + 2 * offset * per * t + per * per * tt + risen;
        const double sgy =
            offset * (until.y - before.y) + per * (until.ty - before.ty) + (all.y - until.y);
        const double det = n * sgg - sg * sg;
        const double slope = det > 1e-9 ? (n * sgy - sg * all.y) / det : 0;
        if (slope <= 0) {
            return flat();
        }
        return std::max(0.0, all.yy - slope * sgy - (all.y - slope * sg) / n * all.y);
    }

private:
    struct Sums {
        double t = 0, tt = 0, y = 0, ty = 0, yy = 0;
    };
    std::size_t placeOf(double timeS) const {
        return static_cast<std::size_t>(std::lower_bound(m_times.begin(), m_times.end(), timeS) -
                                        m_times.begin());
    }

    const std::vector<double>& m_times;
    std::vector<Sums> m_sums;  // of all before each index
};

// Logarithm of how likely the visible lengths are when the tip was out at each of the times.
std::vector<double> lengthFor(const EdgeSigns& s, const std::vector<double>& candidates,
                              double leftS, double earliestS) {
    constexpr double kLeastSpread = 0.03, kLengthAlikeS = 0.7;
    constexpr double kTook[] = {0.3, 0.5, 0.8, 1.2, 1.8, 2.6, 3.6, 5};
    constexpr std::size_t kFewest = 8;
    std::vector<double> times, values, out(candidates.size());
    for (std::size_t i = 0; i < s.timesS.size(); ++i) {
        const double t = s.timesS[i];
        if (t >= std::max(earliestS, leftS - kSpanS) && t <= leftS + kBeyondS) {
            times.push_back(t - leftS);
            values.push_back(s.shares[i]);
        }
    }
    if (times.size() < kFewest) {
        return out;
    }
    const RiseSquares squares(times, values);
    const double flat = squares.flat();
    double least = flat;
    for (std::size_t c = 0; c < candidates.size(); ++c) {
        out[c] = flat;
        for (const double took : kTook) {
            out[c] = std::min(out[c], squares.fit(candidates[c] - leftS, took));
        }
        least = std::min(least, out[c]);
    }
    // A detector that changes its mind about where the bar ends is not to be trusted with less.
    const double jump = largestJump(times, values) / 2;
    const double variance = std::max(
        {kLeastSpread * kLeastSpread, least / static_cast<double>(times.size()), jump * jump});
    const double counts = std::min(1.0, typicalGap(times) / kLengthAlikeS);
    for (double& v : out) {
        v = -counts * (v - least) / (2 * variance);
    }
    return out;
}

}  // namespace

EdgeTime weighEdge(const EdgeSigns& signs, double leftS, double lingersS, double earliestS) {
    const std::vector<double>& times = signs.timesS;
    std::vector<double> candidates;
    std::vector<std::size_t> index;
    for (std::size_t i = 1; i < times.size(); ++i) {
        const double at = (times[i - 1] + times[i]) / 2;
        if (at >= std::max(earliestS, leftS - kLookBackS) && at <= leftS + 3 * kLateS) {
            candidates.push_back(at);
            index.push_back(i);
        }
    }
    if (candidates.empty()) {
        return {leftS, lingersS};
    }
    const OpinionSays says = opinionFor(signs, leftS, earliestS);
    std::vector<double> likely = lengthFor(signs, candidates, leftS, earliestS);
    double opinion = 0;
    std::size_t seen = index.front();
    for (std::size_t c = 0; c < candidates.size(); ++c) {
        for (; seen < index[c]; ++seen) {
            opinion += says.inside[seen] * std::min(1.0, (times[seen] - times[seen - 1]) / kAlikeS);
        }
        const double lingered = leftS - candidates[c];
        likely[c] +=
            opinion + says.change[index[c]] +
            (lingered >= 0 ? -lingered / lingersS : -0.5 * lingered * lingered / (kLateS * kLateS));
    }
    const double most = *std::max_element(likely.begin(), likely.end());
    double sum = 0, mean = 0, squares = 0;
    for (std::size_t c = 0; c < candidates.size(); ++c) {
        // A candidate stands for the time to its neighbours.
        likely[c] = std::exp(likely[c] - most) * (times[index[c]] - times[index[c] - 1]);
        sum += likely[c];
        mean += likely[c] * candidates[c];
        squares += likely[c] * candidates[c] * candidates[c];
    }
    mean /= sum;
    double before = 0;
    std::size_t middle = 0;
    while (middle + 1 < candidates.size() && before + likely[middle] < sum / 2) {
        before += likely[middle++];
    }
    return {candidates[middle], std::sqrt(std::max(0.0, squares / sum - mean * mean))};
}

}  // namespace cvd::compliance
