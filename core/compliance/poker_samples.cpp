#include "core/compliance/poker_samples.h"

#include <algorithm>
#include <array>
#include <span>

namespace cvd::compliance {

// Their order is lost.
static double medianIn(std::span<double> values) {
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

double medianOf(std::vector<double> values) {
    return medianIn(values);
}

double percentile(std::vector<double> values, double share) {
    if (values.empty()) {
        return 0;
    }
    const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + at, values.end());
    return values[static_cast<std::size_t>(at)];
}

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

std::vector<PointPx> medianFiltered(const std::vector<PointPx>& points) {
    std::vector<double> xs, ys;
    xs.reserve(points.size());
    ys.reserve(points.size());
    for (const PointPx& p : points) {
        xs.push_back(p.x);
        ys.push_back(p.y);
    }
    xs = medianFiltered(xs);
    ys = medianFiltered(ys);
    std::vector<PointPx> out(points.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = {xs[i], ys[i]};
    }
    return out;
}

PointPx medianPoint(const std::vector<PointPx>& points, std::size_t first, std::size_t last) {
    const std::size_t count = std::min(last + 1, points.size()) - std::min(first, points.size());
    // Asked of some points for each sighting of two hours: without memory of its own.
    constexpr std::size_t kFew = 64;
    std::array<double, 2 * kFew> few;
    std::vector<double> many(count > kFew ? 2 * count : 0);
    const std::span<double> all(count > kFew ? many.data() : few.data(), 2 * count);
    for (std::size_t i = 0; i < count; ++i) {
        all[i] = points[first + i].x;
        all[count + i] = points[first + i].y;
    }
    return {medianIn(all.first(count)), medianIn(all.last(count))};
}

SmoothPath smoothPath(const std::vector<double>& times, const std::vector<PointPx>& points,
                      double halfWindowS) {
    const std::size_t n = times.size();
    const std::vector<PointPx> steady = medianFiltered(points);
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
            sx += steady[k].x;
            sy += steady[k].y;
            stt += t * t;
            stx += t * steady[k].x;
            sty += t * steady[k].y;
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

}  // namespace cvd::compliance
