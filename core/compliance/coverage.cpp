#include "core/compliance/coverage.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "core/compliance/point_index.h"

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
// is missed. `open`: of every cell that is missed or not observed.
std::vector<double> distanceToOthers(const Coverage& c, bool open) {
    const int w = c.columns + 2, h = c.rows + 2;
    constexpr double kMuch = 1e12;
    std::vector<double> squared(static_cast<std::size_t>(w) * h, 0.0);
    for (int r = 0; r < c.rows; ++r) {
        for (int col = 0; col < c.columns; ++col) {
            const std::uint8_t state = c.state[static_cast<std::size_t>(r) * c.columns + col];
            if (state == Missed || (open && state == NotObserved)) {
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

PointM nearestOnPolyline(const std::vector<PointM>& line, PointM p) {
    double best = std::numeric_limits<double>::infinity();
    PointM nearest = line.empty() ? p : line.front();
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const PointM &a = line[i], &b = line[i + 1];
        const double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
        const double t =
            length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0;
        const PointM q{a.x + t * dx, a.y + t * dy};
        if (const double d = std::hypot(p.x - q.x, p.y - q.y); d < best) {
            best = d;
            nearest = q;
        }
    }
    return nearest;
}

double distanceToPolyline(const std::vector<PointM>& line, PointM p) {
    if (line.size() < 2) {
        return std::numeric_limits<double>::infinity();
    }
    const PointM nearest = nearestOnPolyline(line, p);
    return std::hypot(p.x - nearest.x, p.y - nearest.y);
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

namespace {

struct Span {
    int left = 0, right = -1, top = 0, bottom = -1;
};

// Cells that a circle may touch.
Span spanOf(const Coverage& c, PointM at, double reach) {
    const auto column = [&](double x) {
        return static_cast<int>(std::floor((x - c.origin.x) / c.cellM));
    };
    const auto row = [&](double y) {
        return static_cast<int>(std::floor((y - c.origin.y) / c.cellM));
    };
    return {std::max(0, column(at.x - reach)), std::min(c.columns - 1, column(at.x + reach)),
            std::max(0, row(at.y - reach)), std::min(c.rows - 1, row(at.y + reach))};
}

// Which of the 8 x 8 parts of each cell lie within `radius` of a treatment that `which` names: the
// shares are then exact to a fraction of a cell's edge although the map shows whole cells.
std::vector<std::uint64_t> treatedParts(const Coverage& c, const std::vector<Treatment>& treatments,
                                        double radius, bool Treatment::*which) {
    std::vector<std::uint64_t> parts(c.state.size(), 0);
    const double halfDiagonal = c.cellM * std::sqrt(0.5);
    for (const Treatment& t : treatments) {
        if (!(t.*which)) {
            continue;
        }
        const Span span = spanOf(c, t.at, radius + c.cellM);
        for (int r = span.top; r <= span.bottom; ++r) {
            const double dy = c.origin.y + (r + 0.5) * c.cellM - t.at.y;
            for (int col = span.left; col <= span.right; ++col) {
                const double dx = c.origin.x + (col + 0.5) * c.cellM - t.at.x;
                const double d = std::hypot(dx, dy);
                std::uint64_t& cell = parts[static_cast<std::size_t>(r) * c.columns + col];
                if (d > radius + halfDiagonal) {
                    continue;
                }
                if (d <= radius - halfDiagonal) {
                    cell = ~std::uint64_t{0};
                    continue;
                }
                for (int k = 0; k < 64; ++k) {
                    const double px = dx + ((k % 8 + 0.5) / 8 - 0.5) * c.cellM;
                    const double py = dy + ((k / 8 + 0.5) / 8 - 0.5) * c.cellM;
                    if (px * px + py * py <= radius * radius) {
                        cell |= std::uint64_t{1} << k;
                    }
                }
            }
        }
    }
    return parts;
}

// Dwell, order of work and which cells' centres are treated, for the map.
void treatCells(Coverage& c, const std::vector<Treatment>& treatments, double radiusM) {
    for (const Treatment& t : treatments) {
        const Span span = spanOf(c, t.at, radiusM + c.cellM);
        for (int r = span.top; r <= span.bottom; ++r) {
            const double dy = c.origin.y + (r + 0.5) * c.cellM - t.at.y;
            for (int col = span.left; col <= span.right; ++col) {
                const double dx = c.origin.x + (col + 0.5) * c.cellM - t.at.x;
                const std::size_t i = static_cast<std::size_t>(r) * c.columns + col;
                if (dx * dx + dy * dy > radiusM * radiusM) {
                    continue;
                }
                c.dwellS[i] += static_cast<float>(t.stationaryS);
                if (t.sufficient) {
                    c.state[i] = Covered;
                    if (c.treatedBy[i] == 0) {
                        c.treatedBy[i] = static_cast<std::int32_t>(t.insertion);
                    }
                } else if (t.doubtful) {
                    c.stayInDoubt[i] = 1;
                }
            }
        }
    }
}

PointIndex sufficientPlaces(const std::vector<Treatment>& treatments) {
    std::vector<PointM> places;
    for (const Treatment& t : treatments) {
        if (t.sufficient) {
            places.push_back(t.at);
        }
    }
    return PointIndex(places);
}

struct Gap {
    double widthM = 0;
    std::optional<PointM> at;
};

// The widest disc of missed cells; `open`: of missed and unobserved ones.
Gap widestGap(const Coverage& c, const std::vector<Treatment>& treatments, double radiusM,
              bool open) {
    const std::vector<double> distance = distanceToOthers(c, open);
    const double best = *std::max_element(distance.begin(), distance.end());
    // The cells tell where the gap is; the circles around it tell its width exactly.
    const PointIndex sufficient = sufficientPlaces(treatments);
    Gap gap;
    for (std::size_t i = 0; i < distance.size(); ++i) {
        if (distance[i] < best - 1) {
            continue;
        }
        const auto cell = static_cast<int>(i);
        const PointM at{c.origin.x + (cell % c.columns + 0.5) * c.cellM,
                        c.origin.y + (cell / c.columns + 0.5) * c.cellM};
        const double clear = distance[i] * c.cellM;
        const double reach = std::min(clear, sufficient.nearest(at, clear + radiusM) - radiusM);
        if (2 * reach > gap.widthM) {
            gap = {2 * reach, at};
        }
    }
    return gap;
}

// Cells whose centre one error more or less of radius would turn.
void markUncertain(Coverage& c, const std::vector<Treatment>& treatments, double radiusM) {
    Coverage least = c, most = c;
    std::fill(least.state.begin(), least.state.end(), Outside);
    most.state = least.state;
    treatCells(least, treatments, std::max(0.0, radiusM - c.errorM));
    treatCells(most, treatments, radiusM + c.errorM);
    for (std::size_t i = 0; i < c.uncertain.size(); ++i) {
        c.uncertain[i] = c.state[i] != Outside && least.state[i] != most.state[i] ? 1 : 0;
    }
}

std::optional<std::size_t> cellAt(const Coverage& c, PointM at) {
    if (!(c.cellM > 0)) {
        return std::nullopt;
    }
    const double column = std::floor((at.x - c.origin.x) / c.cellM);
    const double row = std::floor((at.y - c.origin.y) / c.cellM);
    if (column < 0 || row < 0 || column >= c.columns || row >= c.rows) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(row) * c.columns + static_cast<std::size_t>(column);
}

}  // namespace

std::uint8_t coverageState(const Coverage& c, PointM at) {
    const auto cell = cellAt(c, at);
    return cell ? c.state[*cell] : kCellOutside;
}

bool unseen(const Coverage& c, PointM at) {
    const auto cell = cellAt(c, at);
    return cell && c.state[*cell] == kCellNotObserved &&
           (*cell >= c.stayInDoubt.size() || c.stayInDoubt[*cell] == 0);
}

Coverage computeCoverage(const std::vector<PointM>& region,
                         const std::vector<Treatment>& treatments, double radiusM, double cellM,
                         const std::function<bool(PointM)>& observed,
                         const std::vector<std::vector<PointM>>& obstacles, double errorM) {
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
    c.errorM = std::max(0.0, errorM);
    const std::size_t cells = static_cast<std::size_t>(c.columns) * c.rows;
    c.dwellS.assign(cells, 0.0F);
    c.state.assign(cells, Outside);
    c.treatedBy.assign(cells, 0);
    c.uncertain.assign(cells, 0);
    c.stayInDoubt.assign(cells, 0);
    const auto within = [&](double radius) {
        return treatedParts(c, treatments, std::max(0.0, radius), &Treatment::sufficient);
    };
    const std::vector<std::uint64_t> parts = within(radiusM);
    const auto inDoubt = treatedParts(c, treatments, radiusM, &Treatment::doubtful);
    const bool band = c.errorM > 0;
    const auto least = band ? within(radiusM - c.errorM) : parts;
    const auto most = band ? within(radiusM + c.errorM) : parts;
    treatCells(c, treatments, radiusM);
    std::size_t count[4] = {0, 0, 0, 0};  // whole cells
    double share[4] = {0, 0, 0, 0};       // parts
    double leastShare = 0, mostShare = 0, inRegion = 0;
    for (int r = 0; r < c.rows; ++r) {
        for (int col = 0; col < c.columns; ++col) {
            const std::size_t i = static_cast<std::size_t>(r) * c.columns + col;
            const PointM centre{x0 + (col + 0.5) * c.cellM, y0 + (r + 0.5) * c.cellM};
            const bool treated = c.state[i] == Covered;
            const bool doubtful = std::exchange(c.stayInDoubt[i], std::uint8_t{0}) != 0;
            c.state[i] = Outside;
            if (!insidePolygon(region, centre)) {
                continue;
            }
            ++inRegion;
            if (std::any_of(obstacles.begin(), obstacles.end(), [&](const auto& obstacle) {
                    return obstacle.size() >= 3 && insidePolygon(obstacle, centre);
                })) {
                continue;
            }
            const std::uint8_t rest = observed && !observed(centre) ? NotObserved : Missed;
            c.stayInDoubt[i] = doubtful && !treated && rest == Missed ? 1 : 0;
            const std::uint8_t open = doubtful ? static_cast<std::uint8_t>(NotObserved) : rest;
            c.state[i] = treated ? static_cast<std::uint8_t>(Covered) : open;
            ++count[c.state[i]];
            const double part = std::popcount(parts[i]) / 64.0;
            const double maybe = std::popcount(inDoubt[i] & ~parts[i]) / 64.0;
            share[Covered] += part;
            share[NotObserved] += maybe;
            share[rest] += 1 - part - maybe;
            leastShare += std::popcount(least[i]) / 64.0;
            mostShare += std::popcount(most[i]) / 64.0;
        }
    }
    const double all = share[Covered] + share[Missed] + share[NotObserved];
    c.areaM2 = polygonArea(region) * (inRegion > 0 ? all / inRegion : 1);
    if (all > 0) {
        c.covered = share[Covered] / all;
        c.missed = share[Missed] / all;
        c.notObserved = share[NotObserved] / all;
        c.coveredLeast = leastShare / all;
        c.coveredMost = mostShare / all;
    }
    if (band) {
        markUncertain(c, treatments, radiusM);
    }
    if (count[Missed] > 0) {
        const Gap gap = widestGap(c, treatments, radiusM, false);
        c.largestGapM = gap.widthM;
        c.largestGapAt = gap.at;
    }
    c.largestOpenM =
        count[NotObserved] > 0 ? widestGap(c, treatments, radiusM, true).widthM : c.largestGapM;
    return c;
}

}  // namespace cvd::compliance
