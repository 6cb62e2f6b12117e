// Places of a plane sorted into square cells: who is near is found without looking at all of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/base/types.h"

namespace cvd::compliance {

class PointIndex {
public:
    // For places between two corners; others may be added and are found too, only more slowly.
    // `cellM` about the distance that will be asked for; cells grow where there would be millions.
    PointIndex(PointM low, PointM high, double cellM);
    // All of them, in cells that hold about one each.
    explicit PointIndex(const std::vector<PointM>& points);

    void add(PointM p);
    // To the nearest place; infinity when none is nearer than `most`.
    double nearest(PointM p, double most = std::numeric_limits<double>::infinity()) const;
    // Calls back with index and place of everything within `radius`, the inner cells first, until
    // the answer is true.
    template <typename Visit>
    bool any(PointM p, double radius, const Visit& visit) const {
        return walk(p, radius, [&](std::size_t i, double squared) {
            return squared <= radius * radius && visit(i, m_points[i]);
        });
    }

private:
    static constexpr std::uint32_t kNone = 0xFFFFFFFF;

    int column(double x) const { return inside((x - m_low.x) / m_cellM, m_columns); }
    int row(double y) const { return inside((y - m_low.y) / m_cellM, m_rows); }
    static int inside(double cell, int count) {
        return static_cast<int>(std::clamp(cell, 0.0, count - 1.0));
    }
    // Ring by ring around the place's cell. A place of ring k is at least k - 1 cells away, those
    // outside the corners too: moving both into the grid brings them no farther apart.
    template <typename Visit>
    bool walk(PointM p, const double& radius, const Visit& visit) const {
        const int c = column(p.x), r = row(p.y);
        const int most = std::max({c, m_columns - 1 - c, r, m_rows - 1 - r});
        for (int ring = 0; ring <= most && (ring - 1) * m_cellM <= radius; ++ring) {
            for (int y = std::max(0, r - ring); y <= std::min(m_rows - 1, r + ring); ++y) {
                const bool whole = y == r - ring || y == r + ring;
                const int step = whole || ring == 0 ? 1 : 2 * ring;
                for (int x = c - ring; x <= c + ring; x += step) {
                    if (x >= 0 && x < m_columns && cell(p, x, y, visit)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
    template <typename Visit>
    bool cell(PointM p, int x, int y, const Visit& visit) const {
        const std::size_t at = static_cast<std::size_t>(y) * static_cast<std::size_t>(m_columns);
        for (std::uint32_t i = m_first[at + static_cast<std::size_t>(x)]; i != kNone;
             i = m_next[i]) {
            const double dx = m_points[i].x - p.x, dy = m_points[i].y - p.y;
            if (visit(std::size_t{i}, dx * dx + dy * dy)) {
                return true;
            }
        }
        return false;
    }

    PointM m_low;
    double m_cellM = 1;
    int m_columns = 1, m_rows = 1;
    std::vector<std::uint32_t> m_first, m_next;  // of each cell, after each place
    std::vector<PointM> m_points;
};

}  // namespace cvd::compliance
