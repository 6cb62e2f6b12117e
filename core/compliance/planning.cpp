#include "core/compliance/planning.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <queue>

#include "core/compliance/coverage.h"
#include "core/compliance/neighbours.h"
#include "core/compliance/point_index.h"

namespace cvd::compliance {
namespace {

constexpr std::size_t kMostPoints = 200000;

double distance(PointM a, PointM b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

std::vector<PointM> closed(std::vector<PointM> polygon) {
    polygon.push_back(polygon.front());
    return polygon;
}

// A frame of its own: x along the work, y across it.
struct Turned {
    double cosine = 1, sine = 0;
    PointM to(PointM p) const { return {cosine * p.x + sine * p.y, cosine * p.y - sine * p.x}; }
    PointM back(PointM p) const { return {cosine * p.x - sine * p.y, cosine * p.y + sine * p.x}; }
};

Turned alongLongest(const std::vector<PointM>& region,
                    const std::vector<std::vector<PointM>>& formLines) {
    PointM best{1, 0};
    double longest = 0;
    const auto look = [&](const std::vector<PointM>& line) {
        for (std::size_t i = 0; i + 1 < line.size(); ++i) {
            if (const double d = distance(line[i], line[i + 1]); d > longest * (1 + 1e-9)) {
                longest = d;
                best = {(line[i + 1].x - line[i].x) / d, (line[i + 1].y - line[i].y) / d};
            }
        }
    };
    for (const auto& line : formLines) {
        look(line);
    }
    if (longest == 0) {
        look(closed(region));
    }
    return {best.x, best.y};
}

struct Box {
    PointM low{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
    PointM high{-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    void add(PointM p) {
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
};

Box boxOf(const std::vector<PointM>& points) {
    Box box;
    for (const PointM& p : points) {
        box.add(p);
    }
    return box;
}

// From `low` to `high`, the ends included, no two farther apart than `step`.
std::vector<double> spread(double low, double high, double step) {
    if (high - low < 1e-9) {
        return {(low + high) / 2};
    }
    const int parts = std::max(1, static_cast<int>(std::ceil((high - low) / step - 1e-9)));
    std::vector<double> out;
    for (int i = 0; i <= parts; ++i) {
        out.push_back(low + (high - low) * i / parts);
    }
    return out;
}

// Cells of a turned rectangle: which of them lie within the radius of a place.
class Raster {
public:
    Raster(Box turned, double cellM) : m_low(turned.low) {
        constexpr double kMostCells = 64e6;
        const double w = turned.high.x - turned.low.x, h = turned.high.y - turned.low.y;
        m_cellM = std::max(cellM, std::sqrt(w * h / kMostCells));
        m_columns = static_cast<long>(std::ceil(w / m_cellM)) + 1;
        m_rows = static_cast<long>(std::ceil(h / m_cellM)) + 1;
        m_reached.assign(static_cast<std::size_t>(m_columns * m_rows), 0);
    }
    void reach(PointM turned, double radius) {
        const double cx = (turned.x - m_low.x) / m_cellM - 0.5;
        const double cy = (turned.y - m_low.y) / m_cellM - 0.5, r = radius / m_cellM;
        const long top = std::max(0L, std::lround(std::ceil(cy - r)));
        const long bottom = std::min(m_rows - 1, std::lround(std::floor(cy + r)));
        for (long row = top; row <= bottom; ++row) {
            const double half = std::sqrt(std::max(0.0, r * r - (row - cy) * (row - cy)));
            const long left = std::max(0L, std::lround(std::ceil(cx - half)));
            const long right = std::min(m_columns - 1, std::lround(std::floor(cx + half)));
            if (left <= right) {
                std::fill_n(m_reached.begin() + row * m_columns + left, right - left + 1, 1);
            }
        }
    }
    std::size_t size() const { return m_reached.size(); }
    double cellM() const { return m_cellM; }
    bool reached(std::size_t cell) const { return m_reached[cell] != 0; }
    PointM centre(std::size_t cell) const {
        const long at = static_cast<long>(cell);
        return {m_low.x + (static_cast<double>(at % m_columns) + 0.5) * m_cellM,
                m_low.y + (static_cast<double>(at / m_columns) + 0.5) * m_cellM};
    }

private:
    PointM m_low;
    double m_cellM = 1;
    long m_columns = 1, m_rows = 1;
    std::vector<std::uint8_t> m_reached;
};

class Planner {
public:
    Planner(const std::vector<PointM>& region, const std::vector<std::vector<PointM>>& obstacles,
            const std::vector<std::vector<PointM>>& formLines, const PlanOptions& options)
        : m_region(region),
          m_outline(closed(region)),
          m_formLines(formLines),
          m_options(options),
          m_turn(alongLongest(region, formLines)),
          m_index(boxOf(region).low, boxOf(region).high, options.spacingM) {
        for (const auto& obstacle : obstacles) {
            if (obstacle.size() >= 3) {
                m_obstacles.push_back(closed(obstacle));
            }
        }
        for (const PointM& corner : region) {
            m_turned.add(m_turn.to(corner));
        }
    }

    std::vector<PointM> plan() {
        if (!layGrid()) {
            return {};
        }
        lineForms();
        fillGaps();
        shortenSteps();
        return inOrder();
    }

private:
    bool allowed(PointM p) const {
        if (!insidePolygon(m_region, p)) {
            return false;
        }
        const double least = m_options.formMinM - 1e-9;
        if (distanceToPolyline(m_outline, p) < least) {
            return false;
        }
        const auto tooNear = [&](const std::vector<PointM>& line) {
            return distanceToPolyline(line, p) < least;
        };
        return std::none_of(m_formLines.begin(), m_formLines.end(), tooNear) &&
               std::none_of(m_obstacles.begin(), m_obstacles.end(),
                            [&](const auto& o) { return insidePolygon(o, p) || tooNear(o); });
    }

    double farthestFromForm() const {
        return m_options.formMaxM.value_or(std::numeric_limits<double>::infinity());
    }

    // One row or column in the middle where two would stand so near each other that the second
    // treats the same concrete again; two moved apart where one does not do.
    bool tooNarrow(double extentM, double edgeM) const {
        return extentM - 2 * edgeM < m_options.leastM;
    }
    double movedApart(double extentM) const {
        return std::max(std::min(m_options.formMinM, extentM / 2),
                        (extentM - m_options.leastM) / 2);
    }

    // The longest step at which a single row in the middle of a strip reaches both of its edges;
    // 0 where that would take too many points.
    double stepOfOneRow(double widthM) const {
        constexpr double kWorthIt = 0.7;
        const double r = m_options.radiusM, half = widthM / 2;
        const double step =
            half < r ? std::min(m_options.spacingM, 2 * std::sqrt(r * r - half * half)) : 0;
        return step >= kWorthIt * m_options.spacingM && half <= farthestFromForm() ? step : 0;
    }

    // Half a spacing, nearer where the profile says so, and never so far that the corner is missed.
    double edge() const {
        double e = std::min(m_options.spacingM / 2, 0.7 * m_options.radiusM);
        if (m_options.formMaxM) {
            e = std::min(e, *m_options.formMaxM);
        }
        return std::max(e, m_options.formMinM);
    }

    bool layGrid() {  // false: far too many
        const auto [x0, y0] = m_turned.low;
        const auto [x1, y1] = m_turned.high;
        const double width = x1 - x0, height = y1 - y0, e = edge();
        double s = m_options.spacingM, ex = std::min(e, width / 2), ey = std::min(e, height / 2);
        m_pitch = m_options.staggered ? s * std::sqrt(3.0) / 2 : s;
        if (width / s * height / m_pitch > double(kMostPoints)) {
            return false;
        }
        if (tooNarrow(height, e)) {
            const double step = stepOfOneRow(height);
            ey = step > 0 ? height / 2 : movedApart(height);
            s = step > 0 ? step : s;
            ex = std::min(ex, s / 2);
        }
        if (tooNarrow(width, ex)) {
            constexpr double kNearlyReached = 1.05;  // what it leaves is no gap that anybody fills
            const bool one = std::hypot(width / 2, ey) <= kNearlyReached * m_options.radiusM &&
                             width / 2 <= farthestFromForm();
            ex = one ? width / 2 : movedApart(width);
        }
        m_rows = spread(y0 + ey, y1 - ey, m_pitch);
        for (std::size_t r = 0; r < m_rows.size(); ++r) {
            std::vector<double> columns = spread(x0 + ex, x1 - ex, s);
            if (m_options.staggered && r % 2 == 1 && columns.size() > 1) {
                // Between those of the other rows; the ends stay, or the edge would be missed.
                std::vector<double> shifted{columns.front()};
                for (std::size_t i = 0; i + 1 < columns.size(); ++i) {
                    shifted.push_back((columns[i] + columns[i + 1]) / 2);
                }
                shifted.push_back(columns.back());
                columns = std::move(shifted);
            }
            for (const double x : columns) {
                add(m_turn.back({x, m_rows[r]}));
            }
        }
        return true;
    }

    // A row along each form line, where the grid has none within the farthest distance.
    void lineForms() {
        if (!m_options.formMaxM) {
            return;
        }
        for (const auto& line : m_formLines) {
            for (std::size_t i = 0; i + 1 < line.size(); ++i) {
                const double length = distance(line[i], line[i + 1]);
                for (double t = edge(); t < length; t += m_options.spacingM / 2) {
                    alongForm(line[i], line[i + 1], t / length);
                }
            }
        }
    }

    void alongForm(PointM a, PointM b, double share) {
        const PointM q{a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
        const double far = *m_options.formMaxM + 1e-9;
        const std::vector<PointM> form{a, b};
        if (m_index.any(q, m_options.spacingM + 1e-9, [&](std::size_t, PointM p) {
                return distanceToPolyline(form, p) <= far;
            })) {
            return;
        }
        const double length = distance(a, b), e = edge();
        const PointM normal{-(b.y - a.y) / length, (b.x - a.x) / length};
        for (const double side : {1.0, -1.0}) {
            const PointM p{q.x + side * e * normal.x, q.y + side * e * normal.y};
            if (allowed(p)) {
                add(p);
                return;
            }
        }
    }

    // How far the nearest circle, edge or obstacle is from a place that no circle reaches. Less
    // than a cell's width from the edge is as good as a cell's width.
    double gapAt(PointM p, double cellM) const {
        double edge = distanceToPolyline(m_outline, p);
        for (const auto& obstacle : m_obstacles) {
            edge = std::min(edge, distanceToPolyline(obstacle, p));
        }
        edge = std::max(edge, cellM);
        return std::min(edge, m_index.nearest(p, edge + m_options.radiusM) - m_options.radiusM);
    }

    bool belongs(PointM p) const {
        return insidePolygon(m_region, p) &&
               std::none_of(m_obstacles.begin(), m_obstacles.end(),
                            [&](const auto& o) { return insidePolygon(o, p); });
    }

    // The widest gap first. What a new point takes from the gaps beside it is found out when their
    // turn comes.
    void fillGaps() {
        const double radius = m_options.radiusM;
        Raster raster(m_turned, std::max(0.02, radius / 10));
        for (const PointM& p : m_points) {
            raster.reach(m_turn.to(p), radius);
        }
        std::priority_queue<Gap> gaps;
        const auto offer = [&](std::size_t cell, PointM p) {
            if (const double size = gapAt(p, raster.cellM()); 2 * size >= radius / 10) {
                gaps.push({size, cell});
            }
        };
        for (std::size_t cell = 0; cell < raster.size(); ++cell) {
            if (raster.reached(cell)) {
                continue;
            }
            if (const PointM p = m_turn.back(raster.centre(cell)); belongs(p)) {
                offer(cell, p);
            }
        }
        while (!gaps.empty() && m_points.size() < kMostPoints) {
            const Gap widest = gaps.top();
            gaps.pop();
            const PointM at = m_turn.back(raster.centre(widest.cell));
            if (raster.reached(widest.cell)) {
                continue;
            }
            if (gapAt(at, raster.cellM()) < widest.size - 1e-9) {
                offer(widest.cell, at);
            } else if (const auto p = nearestAllowed(at)) {
                add(*p);
                raster.reach(m_turn.to(*p), radius);
            } else {
                // Places that may not be used can neither be reached nor asked for.
                raster.reach(raster.centre(widest.cell), 2 * raster.cellM());
            }
        }
    }

    // Where a corner or an obstacle pulls two neighbours apart, one goes between them.
    void shortenSteps() {
        for (int round = 0; round < 8; ++round) {
            std::vector<PointM> between;
            for (const auto& [a, b] : neighbourEdges(m_points)) {
                const PointM &p = m_points[a], &q = m_points[b];
                const PointM middle{(p.x + q.x) / 2, (p.y + q.y) / 2};
                if (distance(p, q) > m_options.spacingM + 1e-9 && allowed(middle)) {
                    between.push_back(middle);
                }
            }
            if (between.empty() || m_points.size() + between.size() > kMostPoints) {
                return;
            }
            for (const PointM& p : between) {
                add(p);
            }
        }
    }

    std::optional<PointM> nearestAllowed(PointM at) const {
        for (double r = 0; r < m_options.radiusM; r += 0.02) {
            for (int k = 0; k < (r > 0 ? 16 : 1); ++k) {
                const double angle = k * 3.14159265358979323846 / 8;
                const PointM p{at.x + r * std::cos(angle), at.y + r * std::sin(angle)};
                if (allowed(p)) {
                    return p;
                }
            }
        }
        return std::nullopt;
    }

    void add(PointM p) {
        if (m_points.size() < kMostPoints && allowed(p)) {
            m_points.push_back(p);
            m_index.add(p);
        }
    }

    std::vector<PointM> inOrder() const {
        struct Placed {
            long row;
            PointM turned, at;
        };
        std::vector<Placed> all;
        const double first = m_rows.empty() ? 0 : m_rows.front();
        const double pitch = m_rows.size() > 1 ? m_rows[1] - m_rows[0] : m_pitch;
        for (const PointM& p : m_points) {
            const PointM turned = m_turn.to(p);
            all.push_back({std::lround((turned.y - first) / pitch), turned, p});
        }
        std::sort(all.begin(), all.end(), [](const Placed& a, const Placed& b) {
            if (a.row != b.row) {
                return a.row < b.row;
            }
            return a.row % 2 == 0 ? a.turned.x < b.turned.x : a.turned.x > b.turned.x;
        });
        std::vector<PointM> out;
        for (const Placed& p : all) {
            out.push_back(p.at);
        }
        return out;
    }

    struct Gap {
        double size = 0;
        std::size_t cell = 0;
        bool operator<(const Gap& other) const {
            return size != other.size ? size < other.size : cell > other.cell;
        }
    };

    const std::vector<PointM>& m_region;
    std::vector<PointM> m_outline;                 // the region, closed
    std::vector<std::vector<PointM>> m_obstacles;  // closed
    const std::vector<std::vector<PointM>>& m_formLines;
    const PlanOptions& m_options;
    Turned m_turn;
    Box m_turned;  // around the region, in the frame of the work
    PointIndex m_index;
    double m_pitch = 1;
    std::vector<double> m_rows;
    std::vector<PointM> m_points;
};

}  // namespace

PlanOptions planOptions(const Profile& profile, double radiusM, bool staggered) {
    PlanOptions o;
    o.radiusM = radiusM;
    o.staggered = staggered;
    o.spacingM = (staggered ? std::sqrt(3.0) : std::sqrt(2.0)) * radiusM;
    if (const auto radii = profile.value(u"s_max_r")) {
        o.spacingM = std::min(o.spacingM, *radii * radiusM);
    }
    if (const auto metres = profile.value(u"s_max_m")) {
        o.spacingM = std::min(o.spacingM, *metres);
    }
    o.formMinM = profile.value(u"form_min_m").value_or(0);
    if (const auto radii = profile.value(u"form_max_r")) {
        o.formMaxM = *radii * radiusM;
    }
    if (const auto radii = profile.value(u"repeat_distance_r")) {
        constexpr double kClear = 1.1;  // nobody puts a poker in to the centimetre
        o.leastM = std::min(kClear * *radii * radiusM, o.spacingM);
    }
    if (const auto metres = profile.value(u"form_max_m")) {
        o.formMaxM = std::min(o.formMaxM.value_or(*metres), *metres);
    }
    return o;
}

std::vector<PointM> plannedPoints(const std::vector<PointM>& region,
                                  const std::vector<std::vector<PointM>>& obstacles,
                                  const std::vector<std::vector<PointM>>& formLines,
                                  const PlanOptions& options) {
    if (region.size() < 3 || !(options.radiusM > 0) || !(options.spacingM > 0)) {
        return {};
    }
    return Planner(region, obstacles, formLines, options).plan();
}

std::optional<std::size_t> nextPoint(const std::vector<PointM>& planned,
                                     const std::vector<PointM>& treated, double spacingM,
                                     std::optional<PointM> from) {
    const PointIndex done(treated);
    std::optional<std::size_t> best;
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < planned.size(); ++i) {
        const double d = from ? distance(*from, planned[i]) : 0;
        if (d < nearest - 1e-9 &&
            !done.any(planned[i], spacingM / 2, [](std::size_t, PointM) { return true; })) {
            nearest = d;
            best = i;
        }
    }
    return best;
}

}  // namespace cvd::compliance
