#include "core/compliance/planning.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/compliance/coverage.h"
#include "core/compliance/neighbours.h"

namespace cvd::compliance {
namespace {

constexpr std::size_t kMostPoints = 5000;

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

class Planner {
public:
    Planner(const std::vector<PointM>& region, const std::vector<std::vector<PointM>>& obstacles,
            const std::vector<std::vector<PointM>>& formLines, const PlanOptions& options)
        : m_region(region),
          m_obstacles(obstacles),
          m_formLines(formLines),
          m_options(options),
          m_turn(alongLongest(region, formLines)) {}

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
        if (distanceToPolyline(closed(m_region), p) < least) {
            return false;
        }
        const auto tooNear = [&](const std::vector<PointM>& line) {
            return distanceToPolyline(line, p) < least;
        };
        return std::none_of(m_formLines.begin(), m_formLines.end(), tooNear) &&
               std::none_of(m_obstacles.begin(), m_obstacles.end(), [&](const auto& o) {
                   return o.size() >= 3 && (insidePolygon(o, p) || tooNear(closed(o)));
               });
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
        double x0 = std::numeric_limits<double>::infinity(), y0 = x0, x1 = -x0, y1 = -x0;
        for (const PointM& corner : m_region) {
            const PointM p = m_turn.to(corner);
            x0 = std::min(x0, p.x);
            x1 = std::max(x1, p.x);
            y0 = std::min(y0, p.y);
            y1 = std::max(y1, p.y);
        }
        const double e = edge(), s = m_options.spacingM;
        m_pitch = m_options.staggered ? s * std::sqrt(3.0) / 2 : s;
        const double ex = std::min(e, (x1 - x0) / 2), ey = std::min(e, (y1 - y0) / 2);
        if ((x1 - x0) / s * (y1 - y0) / m_pitch > double(kMostPoints)) {
            return false;
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
        if (std::any_of(m_points.begin(), m_points.end(), [&](PointM p) {
                return distance(p, q) <= m_options.spacingM + 1e-9 &&
                       distanceToPolyline({a, b}, p) <= far;
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

    void fillGaps() {
        const double cell = std::max(0.02, m_options.radiusM / 10);
        std::vector<Treatment> treatments;
        for (const PointM& p : m_points) {
            treatments.push_back({p, 1, true});
        }
        // Places that may not be used can neither be reached nor asked for.
        std::vector<PointM> refused;
        for (int round = 0; round < 400 && m_points.size() < kMostPoints; ++round) {
            const auto reachable = [&](PointM p) {
                return std::none_of(refused.begin(), refused.end(),
                                    [&](PointM q) { return distance(p, q) < 2 * cell; });
            };
            const Coverage c = computeCoverage(m_region, treatments, m_options.radiusM, cell,
                                               reachable, m_obstacles);
            if (!c.largestGapAt || c.largestGapM < m_options.radiusM / 10) {
                return;
            }
            if (const auto p = nearestAllowed(*c.largestGapAt)) {
                m_points.push_back(*p);
                treatments.push_back({*p, 1, true});
                if (distance(*p, *c.largestGapAt) > m_options.radiusM) {
                    refused.push_back(*c.largestGapAt);
                }
            } else {
                refused.push_back(*c.largestGapAt);
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
            m_points.insert(m_points.end(), between.begin(), between.end());
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

    const std::vector<PointM>& m_region;
    const std::vector<std::vector<PointM>>& m_obstacles;
    const std::vector<std::vector<PointM>>& m_formLines;
    const PlanOptions& m_options;
    Turned m_turn;
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
    std::optional<std::size_t> best;
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < planned.size(); ++i) {
        if (std::any_of(treated.begin(), treated.end(),
                        [&](PointM t) { return distance(t, planned[i]) <= spacingM / 2; })) {
            continue;
        }
        if (!from) {
            return i;
        }
        if (const double d = distance(*from, planned[i]); d < nearest - 1e-9) {
            nearest = d;
            best = i;
        }
    }
    return best;
}

}  // namespace cvd::compliance
