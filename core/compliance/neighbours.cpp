#include "core/compliance/neighbours.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <set>

#include "core/compliance/point_index.h"

namespace cvd::compliance {
namespace {

// Whole numbers, so that which side of a line and of a circle a place lies on is never a matter of
// rounding: 29 bits a coordinate, twice as many for the one and four times for the other.
__extension__ typedef __int128 Wide;
constexpr double kSteps = 1 << 28;

struct Whole {
    std::int64_t x = 0, y = 0;
    auto operator<=>(const Whole&) const = default;
};

// Four corners of a square lie on one circle, where any choice would do. A tiny shift that is
// always the same makes the choice the same wherever the square lies in the list.
std::vector<Whole> wholeNumbers(const std::vector<PointM>& places) {
    double x0 = places[0].x, x1 = x0, y0 = places[0].y, y1 = y0;
    for (const PointM& p : places) {
        x0 = std::min(x0, p.x);
        x1 = std::max(x1, p.x);
        y0 = std::min(y0, p.y);
        y1 = std::max(y1, p.y);
    }
    const double extent = std::max({x1 - x0, y1 - y0, 1e-3});
    const double shift = 1e-7 * std::max(1.0, extent);
    std::uint32_t state = 12345;
    const auto shifted = [&](double value) {
        state = state * 1664525U + 1013904223U;
        return std::llround((value + (state / 4294967296.0 - 0.5) * shift) / extent * kSteps);
    };
    std::vector<Whole> out;
    std::set<Whole> taken;
    for (const PointM& p : places) {
        Whole w;
        w.x = shifted(p.x - x0);
        w.y = shifted(p.y - y0);
        while (!taken.insert(w).second) {
            ++w.x;
        }
        out.push_back(w);
    }
    return out;
}

// Above 0: c lies to the left of the way from a to b.
std::int64_t turn(const Whole& a, const Whole& b, const Whole& c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

// Does d lie within the circle through a, b and c, which turn to the left?
bool inCircle(const Whole& a, const Whole& b, const Whole& c, const Whole& d) {
    const std::int64_t ax = a.x - d.x, ay = a.y - d.y, bx = b.x - d.x, by = b.y - d.y;
    const std::int64_t cx = c.x - d.x, cy = c.y - d.y;
    return Wide(ax * ax + ay * ay) * (bx * cy - by * cx) -
               Wide(bx * bx + by * by) * (ax * cy - ay * cx) +
               Wide(cx * cx + cy * cy) * (ax * by - ay * bx) >
           0;
}

// Adds one place after the other and re-makes the triangles whose circle it falls into (Bowyer
// 1981, Watson 1981). All around, one more corner at infinity closes the outside with triangles of
// its own, whose "circle" is the half-plane beyond the edge.
class Triangulation {
public:
    explicit Triangulation(const std::vector<Whole>& points)
        : m_points(points), m_infinity(static_cast<int>(points.size())) {
        m_startingAt.resize(points.size() + 1);
        m_endingAt.resize(points.size() + 1);
    }

    // False: all places lie on one line.
    bool build() {
        const std::vector<int> order = insertionOrder();
        std::size_t third = 2;
        while (third < order.size() && turn(at(order[0]), at(order[1]), at(order[third])) == 0) {
            ++third;
        }
        if (third >= order.size()) {
            return false;
        }
        begin(order[0], order[1], order[third]);
        for (std::size_t i = 2; i < order.size(); ++i) {
            if (i != third) {
                add(order[i]);
            }
        }
        return true;
    }

    std::vector<Edge> edges() const {
        std::vector<Edge> out;
        for (const Triangle& t : m_triangles) {
            for (int k = 0; k < 3; ++k) {
                // Every edge runs one way in one triangle and back in the other.
                const int a = t.corner[k], b = t.corner[next(k)];
                if (t.alive && a < b && b != m_infinity) {
                    out.emplace_back(a, b);
                }
            }
        }
        std::sort(out.begin(), out.end());
        return out;
    }

private:
    struct Triangle {
        std::array<int, 3> corner{};  // to the left around
        std::array<int, 3> beyond{};  // the triangle across from each corner
        bool alive = true;
    };
    struct RimEdge {
        int from, to, outside;
    };
    static int next(int k) { return k == 2 ? 0 : k + 1; }
    const Whole& at(int i) const { return m_points[static_cast<std::size_t>(i)]; }
    Triangle& triangle(int t) { return m_triangles[static_cast<std::size_t>(t)]; }

    // Few first, then ever more, each of these rounds along a curve through neighbouring squares:
    // the next place is near the last one, and no order of the list makes many triangles anew.
    std::vector<int> insertionOrder() const {
        std::vector<std::uint64_t> key(m_points.size());
        std::uint32_t state = 6789;
        for (std::size_t i = 0; i < key.size(); ++i) {
            state = state * 1664525U + 1013904223U;
            int round = 15;
            for (std::uint32_t bits = state >> 16; round > 0 && (bits & 1U) != 0; bits >>= 1) {
                --round;
            }
            std::uint64_t curve = 0;
            const auto x = static_cast<std::uint64_t>(std::max<std::int64_t>(0, m_points[i].x));
            const auto y = static_cast<std::uint64_t>(std::max<std::int64_t>(0, m_points[i].y));
            for (int bit = 28; bit >= 0; --bit) {
                curve = curve << 2 | (x >> bit & 1) << 1 | (y >> bit & 1);
            }
            key[i] = static_cast<std::uint64_t>(round) << 60 | curve;
        }
        std::vector<int> order(m_points.size());
        std::iota(order.begin(), order.end(), 0);
        std::sort(order.begin(), order.end(), [&](int a, int b) {
            return key[static_cast<std::size_t>(a)] < key[static_cast<std::size_t>(b)];
        });
        return order;
    }

    void begin(int a, int b, int c) {
        if (turn(at(a), at(b), at(c)) < 0) {
            std::swap(b, c);
        }
        const int o = m_infinity;
        m_triangles = {{{a, b, c}, {1, 2, 3}},
                       {{c, b, o}, {3, 2, 0}},
                       {{a, c, o}, {1, 3, 0}},
                       {{b, a, o}, {2, 1, 0}}};
        m_last = 0;
    }

    bool inConflict(const Triangle& t, int p) const {
        for (int k = 0; k < 3; ++k) {
            if (t.corner[k] != m_infinity) {
                continue;
            }
            const Whole &a = at(t.corner[next(k)]), &b = at(t.corner[next(next(k))]), &q = at(p);
            const std::int64_t side = turn(a, b, q);
            const bool between = (q.x - a.x) * (q.x - b.x) + (q.y - a.y) * (q.y - b.y) < 0;
            return side > 0 || (side == 0 && between);
        }
        return inCircle(at(t.corner[0]), at(t.corner[1]), at(t.corner[2]), at(p));
    }

    // Towards the place, triangle by triangle; ends beyond the edge where it lies outside.
    int find(int p) {
        int t = m_last;
        for (int k = 0; k < 3; ++k) {
            if (triangle(t).corner[k] == m_infinity) {
                t = triangle(t).beyond[k];
                break;
            }
        }
        for (bool moved = true; moved;) {
            moved = false;
            const Triangle& here = triangle(t);
            for (int k = 0; k < 3 && !moved; ++k) {
                const int a = here.corner[next(k)], b = here.corner[next(next(k))];
                if (turn(at(a), at(b), at(p)) < 0) {
                    t = here.beyond[k];
                    const auto& corner = triangle(t).corner;
                    if (std::find(corner.begin(), corner.end(), m_infinity) != corner.end()) {
                        return t;
                    }
                    moved = true;
                }
            }
        }
        return t;
    }

    void add(int p) {
        std::vector<RimEdge>& rim = m_rim;
        rim.clear();
        m_open.assign(1, find(p));
        triangle(m_open.front()).alive = false;
        for (std::size_t i = 0; i < m_open.size(); ++i) {
            const Triangle t = triangle(m_open[i]);
            for (int k = 0; k < 3; ++k) {
                Triangle& other = triangle(t.beyond[k]);
                if (!other.alive) {
                    continue;
                }
                if (inConflict(other, p)) {
                    other.alive = false;
                    m_open.push_back(t.beyond[k]);
                } else {
                    rim.push_back({t.corner[next(k)], t.corner[next(next(k))], t.beyond[k]});
                }
            }
        }
        // Every triangle lost makes room for one; two more are needed.
        std::size_t reused = 0;
        for (const RimEdge& edge : rim) {
            int t = 0;
            if (reused < m_open.size()) {
                t = m_open[reused++];
            } else {
                t = static_cast<int>(m_triangles.size());
                m_triangles.emplace_back();
            }
            triangle(t) = {{edge.from, edge.to, p}, {-1, -1, edge.outside}, true};
            m_startingAt[static_cast<std::size_t>(edge.from)] = t;
            m_endingAt[static_cast<std::size_t>(edge.to)] = t;
            Triangle& outside = triangle(edge.outside);
            for (int k = 0; k < 3; ++k) {
                if (outside.corner[next(k)] == edge.to &&
                    outside.corner[next(next(k))] == edge.from) {
                    outside.beyond[k] = t;
                }
            }
        }
        for (const RimEdge& edge : rim) {
            Triangle& t = triangle(m_startingAt[static_cast<std::size_t>(edge.from)]);
            t.beyond[0] = m_startingAt[static_cast<std::size_t>(edge.to)];
            t.beyond[1] = m_endingAt[static_cast<std::size_t>(edge.from)];
        }
        m_last = m_startingAt[static_cast<std::size_t>(rim.front().from)];
    }

    const std::vector<Whole>& m_points;
    int m_infinity;
    int m_last = 0;
    std::vector<Triangle> m_triangles;
    std::vector<int> m_startingAt, m_endingAt;  // of the newest triangles, by corner
    std::vector<int> m_open;
    std::vector<RimEdge> m_rim;
};

std::vector<Edge> alongLine(const std::vector<Whole>& points) {
    std::vector<std::size_t> order(points.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return points[a] < points[b]; });
    std::vector<Edge> out;
    for (std::size_t i = 0; i + 1 < order.size(); ++i) {
        out.emplace_back(std::minmax(order[i], order[i + 1]));
    }
    std::sort(out.begin(), out.end());
    return out;
}

double squaredDistance(PointM a, PointM b) {
    const double dx = a.x - b.x, dy = a.y - b.y;
    return dx * dx + dy * dy;
}

}  // namespace

std::vector<Edge> delaunayEdges(const std::vector<PointM>& places) {
    if (places.size() < 2) {
        return {};
    }
    if (places.size() == 2) {
        return {{0, 1}};
    }
    const std::vector<Whole> points = wholeNumbers(places);
    Triangulation triangulation(points);
    return triangulation.build() ? triangulation.edges() : alongLine(points);
}

std::vector<Edge> neighbourEdges(const std::vector<PointM>& places) {
    std::vector<Edge> edges = delaunayEdges(places);
    const PointIndex index(places);
    std::erase_if(edges, [&](const Edge& e) {
        const PointM a = places[e.first], b = places[e.second];
        const double whole = squaredDistance(a, b), own = whole * (1 - 1e-9);
        // What is nearer to both ends lies within this much of the middle.
        const double reach = std::sqrt(0.75 * whole);
        return index.any({(a.x + b.x) / 2, (a.y + b.y) / 2}, reach, [&](std::size_t k, PointM p) {
            return k != e.first && k != e.second && squaredDistance(p, a) < own &&
                   squaredDistance(p, b) < own;
        });
    });
    return edges;
}

}  // namespace cvd::compliance
