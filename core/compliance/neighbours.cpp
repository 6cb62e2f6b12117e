#include "core/compliance/neighbours.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>

namespace cvd::compliance {
namespace {

struct Triangle {
    std::size_t a = 0, b = 0, c = 0;
    double x = 0, y = 0, squared = 0;  // circumscribed circle
};

// Four corners of a square lie on one circle, where rounding alone would decide. A tiny shift that
// is always the same takes the choice from chance.
std::vector<PointM> apart(std::vector<PointM> points, double extent) {
    std::uint32_t state = 12345;
    for (PointM& p : points) {
        for (double* value : {&p.x, &p.y}) {
            state = state * 1664525U + 1013904223U;
            *value += (state / 4294967296.0 - 0.5) * 1e-7 * std::max(1.0, extent);
        }
    }
    return points;
}

Triangle circled(const std::vector<PointM>& p, std::size_t a, std::size_t b, std::size_t c) {
    Triangle t{a, b, c};
    const double bx = p[b].x - p[a].x, by = p[b].y - p[a].y;
    const double cx = p[c].x - p[a].x, cy = p[c].y - p[a].y;
    const double d = 2 * (bx * cy - by * cx);
    const double bb = bx * bx + by * by, cc = cx * cx + cy * cy;
    const double ux = (cy * bb - by * cc) / d, uy = (bx * cc - cx * bb) / d;
    t.x = p[a].x + ux;
    t.y = p[a].y + uy;
    t.squared = ux * ux + uy * uy;
    return t;
}

double squaredDistance(PointM a, PointM b) {
    const double dx = a.x - b.x, dy = a.y - b.y;
    return dx * dx + dy * dy;
}

}  // namespace

// Adds one place after the other and re-makes the triangles whose circle it falls into (Bowyer
// 1981, Watson 1981).
std::vector<Edge> delaunayEdges(const std::vector<PointM>& places) {
    const std::size_t n = places.size();
    std::set<Edge> edges;
    if (n < 3) {
        if (n == 2) {
            edges.emplace(0, 1);
        }
        return {edges.begin(), edges.end()};
    }
    double x0 = places[0].x, x1 = x0, y0 = places[0].y, y1 = y0;
    for (const PointM& p : places) {
        x0 = std::min(x0, p.x);
        x1 = std::max(x1, p.x);
        y0 = std::min(y0, p.y);
        y1 = std::max(y1, p.y);
    }
    const double extent = std::max({x1 - x0, y1 - y0, 1e-3});
    std::vector<PointM> points = apart(places, extent);
    const double mx = (x0 + x1) / 2, my = (y0 + y1) / 2, far = 1000 * extent;
    points.push_back({mx - far, my - far});
    points.push_back({mx + far, my - far});
    points.push_back({mx, my + far});
    std::vector<Triangle> triangles{circled(points, n, n + 1, n + 2)};
    for (std::size_t i = 0; i < n; ++i) {
        std::vector<Edge> rim;
        const auto add = [&](std::size_t a, std::size_t b) { rim.emplace_back(std::minmax(a, b)); };
        std::erase_if(triangles, [&](const Triangle& t) {
            if (squaredDistance(points[i], {t.x, t.y}) >= t.squared) {
                return false;
            }
            add(t.a, t.b);
            add(t.b, t.c);
            add(t.c, t.a);
            return true;
        });
        // An edge between two of the taken triangles is gone, too.
        std::sort(rim.begin(), rim.end());
        for (std::size_t k = 0; k < rim.size(); ++k) {
            if (k + 1 < rim.size() && rim[k] == rim[k + 1]) {
                ++k;
                continue;
            }
            triangles.push_back(circled(points, rim[k].first, rim[k].second, i));
        }
    }
    for (const Triangle& t : triangles) {
        for (const auto& [a, b] : {std::pair(t.a, t.b), std::pair(t.b, t.c), std::pair(t.c, t.a)}) {
            if (a < n && b < n) {
                edges.insert(std::minmax(a, b));
            }
        }
    }
    return {edges.begin(), edges.end()};
}

std::vector<Edge> neighbourEdges(const std::vector<PointM>& places) {
    std::vector<Edge> edges = delaunayEdges(places);
    std::erase_if(edges, [&](const Edge& e) {
        const double own = squaredDistance(places[e.first], places[e.second]) * (1 - 1e-9);
        for (std::size_t k = 0; k < places.size(); ++k) {
            if (k != e.first && k != e.second &&
                squaredDistance(places[k], places[e.first]) < own &&
                squaredDistance(places[k], places[e.second]) < own) {
                return true;
            }
        }
        return false;
    });
    return edges;
}

}  // namespace cvd::compliance
