#include "core/compliance/coverage.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace cvd::compliance {
namespace {

// Keeps a mistyped region from filling the memory: cells grow instead.
constexpr double kMostCells = 400000;

enum State : std::uint8_t { Outside = 0, Covered = 1, Missed = 2, NotObserved = 3 };

// Squared distance, in cells, of each cell of a line to the nearest one with height 0, where
// `heights` holds the result of the other direction (Felzenszwalb and Huttenlocher 2012).
void distanceLine(std::vector<double>& heights, std::vector<double>& scratch,
                  std::vector<int>& vertex, std::vector<double>& border) {
    const int n = static_cast<int>(heights.size());
    constexpr double kFar = std::numeric_limits<double>::infinity();
    int k = 0;
    vertex[0] = 0;
    border[0] = -kFar;
    border[1] = kFar;
    for (int q = 1; q < n; ++q) {
        const auto meet = [&](int v) {
            return ((heights[q] + double(q) * q) - (heights[v] + double(v) * v)) / (2.0 * (q - v));
        };
        double s = meet(vertex[k]);
        while (k > 0 && s <= border[k]) {
            --k;
            s = meet(vertex[k]);
        }
        ++k;
        vertex[k] = q;
        border[k] = s;
        border[k + 1] = kFar;
    }
    k = 0;
    for (int q = 0; q < n; ++q) {
        while (border[k + 1] < q) {
            ++k;
        }
        const double d = q - vertex[k];
        scratch[q] = d * d + heights[vertex[k]];
    }
    heights = scratch;
}

// Distance of every missed cell to the nearest cell that is not, in cells; beyond the grid nothing
// is missed.
std::vector<double> distanceToOthers(const Coverage& c) {
    const int w = c.columns + 2, h = c.rows + 2;
    constexpr double kMuch = 1e12;
    std::vector<double> squared(static_cast<std::size_t>(w) * h, 0.0);
    for (int r = 0; r < c.rows; ++r) {
        for (int col = 0; col < c.columns; ++col) {
            if (c.state[static_cast<std::size_t>(r) * c.columns + col] == Missed) {
                squared[static_cast<std::size_t>(r + 1) * w + col + 1] = kMuch;
            }
        }
    }
    const int most = std::max(w, h);
    std::vector<double> line, scratch(most), border(most + 1);
    std::vector<int> vertex(most);
    line.resize(h);
    scratch.resize(h);
    for (int col = 0; col < w; ++col) {
        for (int r = 0; r < h; ++r) {
            line[r] = squared[static_cast<std::size_t>(r) * w + col];
        }
        distanceLine(line, scratch, vertex, border);
        for (int r = 0; r < h; ++r) {
            squared[static_cast<std::size_t>(r) * w + col] = line[r];
        }
    }
    line.resize(w);
    scratch.resize(w);
    for (int r = 0; r < h; ++r) {
        std::copy_n(squared.begin() + static_cast<std::ptrdiff_t>(r) * w, w, line.begin());
        distanceLine(line, scratch, vertex, border);
        std::copy_n(line.begin(), w, squared.begin() + static_cast<std::ptrdiff_t>(r) * w);
    }
    std::vector<double> out(c.state.size());
    for (int r = 0; r < c.rows; ++r) {
        for (int col = 0; col < c.columns; ++col) {
            out[static_cast<std::size_t>(r) * c.columns + col] =
                std::sqrt(squared[static_cast<std::size_t>(r + 1) * w + col + 1]);
        }
    }
    return out;
}

double polygonArea(const std::vector<PointM>& polygon) {
    double twice = 0;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const PointM &a = polygon[i], &b = polygon[(i + 1) % polygon.size()];
        twice += a.x * b.y - a.y * b.x;
    }
    return std::abs(twice) / 2;
}

}  // namespace

bool insidePolygon(const std::vector<PointM>& polygon, PointM p) {
    bool inside = false;
    for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
        const PointM &a = polygon[i], &b = polygon[j];
        if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) {
            inside = !inside;
        }
    }
    return inside;
}

double distanceToPolyline(const std::vector<PointM>& line, PointM p) {
    double best = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const PointM &a = line[i], &b = line[i + 1];
        const double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
        const double t =
            length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0;
        best = std::min(best, std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy));
    }
    return best;
}

std::vector<PointM> convexHull(std::vector<PointM> points) {
    std::sort(points.begin(), points.end(),
              [](const PointM& a, const PointM& b) { return a.x != b.x ? a.x < b.x : a.y < b.y; });
    points.erase(std::unique(points.begin(), points.end()), points.end());
    if (points.size() < 3) {
        return points;
    }
    std::vector<PointM> hull(2 * points.size());
    std::size_t k = 0;
    const auto turn = [&](const PointM& o, const PointM& a, const PointM& b) {
        return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
    };
    for (std::size_t i = 0; i < points.size(); ++i) {
        while (k >= 2 && turn(hull[k - 2], hull[k - 1], points[i]) <= 0) {
            --k;
        }
        hull[k++] = points[i];
    }
    for (std::size_t i = points.size() - 1, lower = k + 1; i-- > 0;) {
        while (k >= lower && turn(hull[k - 2], hull[k - 1], points[i]) <= 0) {
            --k;
        }
        hull[k++] = points[i];
    }
    hull.resize(k - 1);
    return hull;
}

Coverage computeCoverage(const std::vector<PointM>& region,
                         const std::vector<Treatment>& treatments, double radiusM, double cellM,
                         const std::function<bool(PointM)>& observed) {
    Coverage c;
    if (region.size() < 3 || !(cellM > 0) || !(radiusM > 0)) {
        return c;
    }
    double x0 = region[0].x, x1 = x0, y0 = region[0].y, y1 = y0;
    for (const PointM& p : region) {
        x0 = std::min(x0, p.x);
        x1 = std::max(x1, p.x);
        y0 = std::min(y0, p.y);
        y1 = std::max(y1, p.y);
    }
    c.cellM = std::max(cellM, std::sqrt((x1 - x0) * (y1 - y0) / kMostCells));
    c.origin = {x0, y0};
    // The small subtraction keeps 1.2 / 0.02 from becoming 61 cells.
    c.columns = std::max(1, static_cast<int>(std::ceil((x1 - x0) / c.cellM - 1e-6)));
    c.rows = std::max(1, static_cast<int>(std::ceil((y1 - y0) / c.cellM - 1e-6)));
    c.areaM2 = polygonArea(region);
    const std::size_t cells = static_cast<std::size_t>(c.columns) * c.rows;
    c.dwellS.assign(cells, 0.0F);
    c.state.assign(cells, Outside);
    // Which of the 8 x 8 parts of each cell were treated: the shares are then exact to a fraction
    // of a cell's edge although the map shows whole cells.
    std::vector<std::uint64_t> parts(cells, 0);
    std::vector<std::uint8_t> treated(cells, 0);
    const double halfDiagonal = c.cellM * std::sqrt(0.5);
    for (const Treatment& t : treatments) {
        const auto column = [&](double x) {
            return static_cast<int>(std::floor((x - x0) / c.cellM));
        };
        const auto row = [&](double y) { return static_cast<int>(std::floor((y - y0) / c.cellM)); };
        const double reach = radiusM + c.cellM;
        const int left = std::max(0, column(t.at.x - reach));
        const int right = std::min(c.columns - 1, column(t.at.x + reach));
        const int top = std::max(0, row(t.at.y - reach));
        const int bottom = std::min(c.rows - 1, row(t.at.y + reach));
        for (int r = top; r <= bottom; ++r) {
            const double dy = y0 + (r + 0.5) * c.cellM - t.at.y;
            for (int col = left; col <= right; ++col) {
                const double dx = x0 + (col + 0.5) * c.cellM - t.at.x;
                const double d = std::hypot(dx, dy);
                const std::size_t i = static_cast<std::size_t>(r) * c.columns + col;
                if (d <= radiusM) {
                    c.dwellS[i] += static_cast<float>(t.stationaryS);
                    treated[i] |= t.sufficient ? 1 : 0;
                }
                if (!t.sufficient || d > radiusM + halfDiagonal) {
                    continue;
                }
                if (d <= radiusM - halfDiagonal) {
                    parts[i] = ~std::uint64_t{0};
                    continue;
                }
                for (int k = 0; k < 64; ++k) {
                    const double px = dx + ((k % 8 + 0.5) / 8 - 0.5) * c.cellM;
                    const double py = dy + ((k / 8 + 0.5) / 8 - 0.5) * c.cellM;
                    if (px * px + py * py <= radiusM * radiusM) {
                        parts[i] |= std::uint64_t{1} << k;
                    }
                }
            }
        }
    }
    std::size_t count[4] = {0, 0, 0, 0};  // whole cells
    double share[4] = {0, 0, 0, 0};       // parts
    for (int r = 0; r < c.rows; ++r) {
        for (int col = 0; col < c.columns; ++col) {
            const std::size_t i = static_cast<std::size_t>(r) * c.columns + col;
            const PointM centre{x0 + (col + 0.5) * c.cellM, y0 + (r + 0.5) * c.cellM};
            if (!insidePolygon(region, centre)) {
                continue;
            }
            const std::uint8_t rest = observed && !observed(centre) ? NotObserved : Missed;
            c.state[i] = treated[i] ? static_cast<std::uint8_t>(Covered) : rest;
            ++count[c.state[i]];
            const double part = std::popcount(parts[i]) / 64.0;
            share[Covered] += part;
            share[rest] += 1 - part;
        }
    }
    const double all = share[Covered] + share[Missed] + share[NotObserved];
    if (all > 0) {
        c.covered = share[Covered] / all;
        c.missed = share[Missed] / all;
        c.notObserved = share[NotObserved] / all;
    }
    if (count[Missed] > 0) {
        const std::vector<double> distance = distanceToOthers(c);
        const double best = *std::max_element(distance.begin(), distance.end());
        // The cells tell where the gap is; the circles around it tell its width exactly.
        double widest = 0;
        for (std::size_t i = 0; i < distance.size(); ++i) {
            if (distance[i] < best - 1) {
                continue;
            }
            const auto cell = static_cast<int>(i);
            const PointM at{x0 + (cell % c.columns + 0.5) * c.cellM,
                            y0 + (cell / c.columns + 0.5) * c.cellM};
            double reach = distance[i] * c.cellM;
            for (const Treatment& t : treatments) {
                if (t.sufficient) {
                    reach = std::min(reach, std::hypot(at.x - t.at.x, at.y - t.at.y) - radiusM);
                }
            }
            if (reach > widest) {
                widest = reach;
                c.largestGapAt = at;
            }
        }
        c.largestGapM = 2 * widest;
    }
    return c;
}

}  // namespace cvd::compliance
