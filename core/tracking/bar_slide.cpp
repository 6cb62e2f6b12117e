#include "core/tracking/bar_slide.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include <opencv2/imgproc.hpp>

namespace cvd::tracking {
namespace {

constexpr double kGapS = 0.2;       // sightings further apart than this are not compared
constexpr double kKeyS = 0.24;      // age at which a cut is replaced
constexpr double kKeySlide = 10;    // steps slid after which it is
constexpr double kFinest = 120;     // steps along the longest length seen: larger bars are shrunk
constexpr double kLongest = 2;      // diagonals of the picture
constexpr double kSmallestPx = 10;  // shorter ones show nothing

// What is seen along a bar, one row for each of five lines beside its axis, one column a step,
// from the lower end on.
struct Cut {
    cv::Mat grey;       // CV_32F
    double length = 0;  // of the visible bar, steps
    double timeS = 0;
    double slid = 0;  // steps, since the track began
};

Cut cutAlong(const cv::Mat& bgr, const PokerPoints& bar, double step) {
    constexpr int kLines = 5;
    constexpr double kHalfWidth = 2.5, kBeyond = 0.3;  // steps; of the length: joint, hose
    constexpr int kMore = 30;
    const double dx = bar.top.x - bar.low.x, dy = bar.top.y - bar.low.y;
    const double px = std::hypot(dx, dy), ux = dx / px, uy = dy / px;
    Cut cut;
    cut.length = px / step;
    const int columns = static_cast<int>(cut.length * (1 + kBeyond)) + kMore;
    cv::Mat xs(kLines, columns, CV_32F), ys(kLines, columns, CV_32F);
    for (int r = 0; r < kLines; ++r) {
        const double aside = (2.0 * r / (kLines - 1) - 1) * kHalfWidth * step;
        for (int c = 0; c < columns; ++c) {
            xs.at<float>(r, c) = static_cast<float>(bar.low.x + ux * c * step - uy * aside);
            ys.at<float>(r, c) = static_cast<float>(bar.low.y + uy * c * step + ux * aside);
        }
    }
    cv::Mat colours, grey;
    cv::remap(bgr, colours, xs, ys, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    cv::cvtColor(colours, grey, cv::COLOR_BGR2GRAY);
    cv::GaussianBlur(grey, grey, {3, 1}, 0.8);
    grey.convertTo(cut.grey, CV_32F);
    return cut;
}

// Correlation of columns [from, to) of `before` with those of `now` that lie `slide` further up.
// Empty: they leave the cut.
std::optional<double> alike(const cv::Mat& before, const cv::Mat& now, int from, int to,
                            double slide) {
    const int whole = static_cast<int>(std::floor(slide));
    const auto part = static_cast<float>(slide - whole);
    if (from + whole < 0 || to + whole + 1 > now.cols) {
        return std::nullopt;
    }
    double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
    for (int r = 0; r < before.rows; ++r) {
        const float* a = before.ptr<float>(r);
        const float* b = now.ptr<float>(r) + whole;
        for (int c = from; c < to; ++c) {
            const double va = a[c], vb = b[c] + part * (b[c + 1] - b[c]);
            sa += va;
            sb += vb;
            saa += va * va;
            sbb += vb * vb;
            sab += va * vb;
        }
    }
    const double n = static_cast<double>(before.rows) * (to - from);
    const double va = saa - sa * sa / n, vb = sbb - sb * sb / n;
    return (sab - sa * sb / n) / std::sqrt(std::max(1e-6, va * vb));
}

// Where `now` has slid to against `before`, near `expected`, in steps. Empty: nothing alike there,
// or no clear peak.
std::optional<double> slideBetween(const Cut& before, const Cut& now, double expected) {
    constexpr double kReach = 4, kStep = 0.5, kAlike = 0.7;
    constexpr int kFewest = 12;
    // The edge of the concrete about the lower end stays where it is.
    const int from = static_cast<int>(3 + 0.08 * before.length);
    const int to =
        std::min({static_cast<int>(1.15 * before.length), before.grey.cols, now.grey.cols - 20});
    if (to - from < kFewest) {
        return std::nullopt;
    }
    constexpr int kCount = static_cast<int>(2 * kReach / kStep) + 1;
    std::optional<double> values[kCount];
    int best = 0;
    for (int k = 0; k < kCount; ++k) {
        values[k] = alike(before.grey, now.grey, from, to, expected - kReach + k * kStep);
        best = values[k].value_or(-1) > values[best].value_or(-1) ? k : best;
    }
    if (best == 0 || best == kCount - 1 || !values[best - 1] || !values[best + 1] ||
        values[best].value_or(-1) < kAlike) {
        return std::nullopt;
    }
    const double left = *values[best - 1], right = *values[best + 1];
    const double bend = left - 2 * *values[best] + right;
    const double beside = bend < 0 ? kStep * (left - right) / (2 * bend) : 0;
    return expected - kReach + best * kStep + beside;
}

struct Bar {
    std::optional<Cut> key;
    double step = 1;  // px
    double longestPx = 0;
    double timeS = 0;
    double slid = 0, perS = 0;  // steps
};

// Against a key that grows older the error of one comparison does not add up.
std::optional<double> follow(Bar& bar, Cut now) {
    constexpr double kLearn = 0.2, kForget = 0.5;
    const double passedS = now.timeS - bar.timeS;
    std::optional<double> moved;
    if (bar.key && passedS < kGapS) {
        const double sinceKey = bar.slid - bar.key->slid;
        const auto slide = slideBetween(*bar.key, now, sinceKey + bar.perS * passedS);
        if (slide) {
            moved = *slide - sinceKey;
            bar.slid += *moved;
            bar.perS += kLearn * (*moved / std::max(1e-3, passedS) - bar.perS);
        }
    }
    if (!moved) {
        bar.perS *= kForget;
    }
    bar.timeS = now.timeS;
    if (!moved || now.timeS - bar.key->timeS >= kKeyS ||
        std::abs(bar.slid - bar.key->slid) > kKeySlide) {
        now.slid = bar.slid;
        bar.key = std::move(now);
    }
    return moved;
}

}  // namespace

struct BarSlide::State {
    std::map<std::int64_t, Bar> bars;  // by track
};

BarSlide::BarSlide() : m_state(std::make_unique<State>()) {}
BarSlide::~BarSlide() = default;

void BarSlide::measure(const cv::Mat& bgr, std::vector<TrackPoint>& points) {
    auto& bars = m_state->bars;
    double nowS = 0;
    for (TrackPoint& p : points) {
        nowS = p.timeS;
        if (!p.poker || p.predicted || !p.track.valid()) {
            continue;
        }
        const double px =
            std::hypot(p.poker->top.x - p.poker->low.x, p.poker->top.y - p.poker->low.y);
        if (!(px >= kSmallestPx && px < kLongest * std::hypot(bgr.cols, bgr.rows))) {
            continue;
        }
        Bar& bar = bars[p.track.value];
        bar.longestPx = std::max(bar.longestPx, px);
        // A cut in other steps cannot be compared: the scale only follows what grew a good deal.
        if (const double step = std::max(1.0, bar.longestPx / kFinest); step > 1.2 * bar.step) {
            bar = {std::nullopt, step, bar.longestPx, bar.timeS, 0, 0};
        }
        Cut cut = cutAlong(bgr, *p.poker, bar.step);
        cut.timeS = p.timeS;
        if (const auto moved = follow(bar, std::move(cut))) {
            p.slidePx = static_cast<float>(*moved * bar.step);
        }
    }
    std::erase_if(bars, [&](const auto& bar) { return nowS - bar.second.timeS > kGapS; });
}

}  // namespace cvd::tracking
