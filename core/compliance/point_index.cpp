#include "core/compliance/point_index.h"

#include <cmath>

namespace cvd::compliance {
namespace {

constexpr double kMostCells = 4e6;

struct Corners {
    PointM low, high;
};

Corners cornersOf(const std::vector<PointM>& points) {
    if (points.empty()) {
        return {};
    }
    Corners c{points.front(), points.front()};
    for (const PointM& p : points) {
        c.low = {std::min(c.low.x, p.x), std::min(c.low.y, p.y)};
        c.high = {std::max(c.high.x, p.x), std::max(c.high.y, p.y)};
    }
    return c;
}

double cellFor(const Corners& c, std::size_t count) {
    const double w = c.high.x - c.low.x, h = c.high.y - c.low.y;
    const double n = std::max<double>(1, static_cast<double>(count));
    return std::max(std::sqrt(w * h / n), std::max(w, h) / n);
}

}  // namespace

PointIndex::PointIndex(PointM low, PointM high, double cellM) : m_low(low) {
    const double w = std::max(0.0, high.x - low.x), h = std::max(0.0, high.y - low.y);
    m_cellM = std::max({cellM, std::sqrt(w * h / kMostCells), std::max(w, h) / kMostCells, 1e-9});
    m_columns = static_cast<int>(w / m_cellM) + 1;
    m_rows = static_cast<int>(h / m_cellM) + 1;
    m_first.assign(static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_rows), kNone);
}

PointIndex::PointIndex(const std::vector<PointM>& points)
    : PointIndex(cornersOf(points).low, cornersOf(points).high,
                 cellFor(cornersOf(points), points.size())) {
    m_points.reserve(points.size());
    m_next.reserve(points.size());
    for (const PointM& p : points) {
        add(p);
    }
}

void PointIndex::add(PointM p) {
    const std::size_t at =
        static_cast<std::size_t>(row(p.y)) * static_cast<std::size_t>(m_columns) +
        static_cast<std::size_t>(column(p.x));
    m_next.push_back(m_first[at]);
    m_first[at] = static_cast<std::uint32_t>(m_points.size());
    m_points.push_back(p);
}

double PointIndex::nearest(PointM p, double most) const {
    double best = most;
    bool found = false;
    walk(p, best, [&](std::size_t, double squared) {
        if (squared < best * best) {
            best = std::sqrt(squared);
            found = true;
        }
        return false;
    });
    return found ? best : std::numeric_limits<double>::infinity();
}

}  // namespace cvd::compliance
