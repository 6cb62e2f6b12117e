#include "core/compliance/calibration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <numeric>
#include <utility>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include "core/base/small_file.h"
#include "core/compliance/calibration_file.h"
#include "core/compliance/whole_file.h"

namespace cvd::compliance {
namespace {

constexpr const char* kSchema = "cvd-mis/calibration/1";

Error bad(std::string text, std::vector<std::string> args = {}) {
    return fail(ErrorKind::BadInput, std::move(text), std::move(args));
}

std::string number(double v, int decimals) {
    return QString::number(v, 'f', decimals).toStdString();
}

// ---- linear algebra on 3x3 --------------------------------------------------------------------

using Matrix3 = std::array<double, 9>;

Matrix3 multiply(const Matrix3& a, const Matrix3& b) {
    Matrix3 out{};
    for (int r = 0; r < 3; ++r) {
        for (int c = 0; c < 3; ++c) {
            for (int k = 0; k < 3; ++k) {
                out[r * 3 + c] += a[r * 3 + k] * b[k * 3 + c];
            }
        }
    }
    return out;
}

bool invert(const Matrix3& m, Matrix3& out) {
    out = {m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
           m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
           m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]};
    const double det = m[0] * out[0] + m[1] * out[3] + m[2] * out[6];
    if (!std::isfinite(det) || std::abs(det) < 1e-14) {
        return false;
    }
    for (double& v : out) {
        v /= det;
    }
    return true;
}

// Solves A x = b (n x n, row-major) by elimination with pivoting; false when singular.
bool solveLinear(std::vector<double> a, std::vector<double> b, std::vector<double>& x) {
    const int n = static_cast<int>(b.size());
    for (int col = 0; col < n; ++col) {
        int pivot = col;
        for (int r = col + 1; r < n; ++r) {
            if (std::abs(a[r * n + col]) > std::abs(a[pivot * n + col])) {
                pivot = r;
            }
        }
        if (std::abs(a[pivot * n + col]) < 1e-12) {
            return false;
        }
        if (pivot != col) {
            for (int c = 0; c < n; ++c) {
                std::swap(a[pivot * n + c], a[col * n + c]);
            }
            std::swap(b[pivot], b[col]);
        }
        for (int r = col + 1; r < n; ++r) {
            const double f = a[r * n + col] / a[col * n + col];
            for (int c = col; c < n; ++c) {
                a[r * n + c] -= f * a[col * n + c];
            }
            b[r] -= f * b[col];
        }
    }
    x.assign(n, 0.0);
    for (int r = n - 1; r >= 0; --r) {
        double sum = b[r];
        for (int c = r + 1; c < n; ++c) {
            sum -= a[r * n + c] * x[c];
        }
        x[r] = sum / a[r * n + r];
    }
    return true;
}

template <typename P>
double cross(const P& o, const P& a, const P& b) {
    return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

// Moves points to mean 0 and mean distance sqrt 2, so that the equations are well scaled
// (Hartley 1997).
template <typename P>
Matrix3 normaliser(const std::vector<P>& points) {
    double mx = 0, my = 0;
    for (const P& p : points) {
        mx += p.x;
        my += p.y;
    }
    mx /= static_cast<double>(points.size());
    my /= static_cast<double>(points.size());
    double mean = 0;
    for (const P& p : points) {
        mean += std::hypot(p.x - mx, p.y - my);
    }
    mean /= static_cast<double>(points.size());
    const double s = mean > 1e-12 ? std::sqrt(2.0) / mean : 1.0;
    return {s, 0, -s * mx, 0, s, -s * my, 0, 0, 1};
}

template <typename P>
P project(const double* h, P p) {
    const double w = h[6] * p.x + h[7] * p.y + h[8];
    return {(h[0] * p.x + h[1] * p.y + h[2]) / w, (h[3] * p.x + h[4] * p.y + h[5]) / w};
}

// Area of the triangle of the three points that span most, over the squared extent: 0 for a line.
template <typename P>
double spread(const std::vector<P>& points) {
    double extent = 0, area = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = i + 1; j < points.size(); ++j) {
            extent =
                std::max(extent, std::hypot(points[i].x - points[j].x, points[i].y - points[j].y));
            for (std::size_t k = j + 1; k < points.size(); ++k) {
                area = std::max(area, std::abs(cross(points[i], points[j], points[k])) / 2);
            }
        }
    }
    return extent > 0 ? area / (extent * extent) : 0;
}

// Four points fix a homography only when no three of them lie on a line.
template <typename P>
bool hasFourInGeneralPosition(const std::vector<P>& points, double least) {
    const std::size_t n = points.size();
    double extent = 0;
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = i + 1; j < n; ++j) {
            extent =
                std::max(extent, std::hypot(points[i].x - points[j].x, points[i].y - points[j].y));
        }
    }
    const auto wide = [&](std::size_t a, std::size_t b, std::size_t c) {
        return std::abs(cross(points[a], points[b], points[c])) / 2 > least * extent * extent;
    };
    for (std::size_t a = 0; a < n; ++a) {
        for (std::size_t b = a + 1; b < n; ++b) {
            for (std::size_t c = b + 1; c < n; ++c) {
                if (!wide(a, b, c)) {
                    continue;
                }
                for (std::size_t d = c + 1; d < n; ++d) {
                    if (wide(a, b, d) && wide(a, c, d) && wide(b, c, d)) {
                        return true;
                    }
                }
            }
        }
    }
    return false;
}

template <typename P>
bool segmentsCross(const P& a, const P& b, const P& c, const P& d) {
    const double d1 = cross(a, b, c), d2 = cross(a, b, d), d3 = cross(c, d, a), d4 = cross(c, d, b);
    if (d1 != 0 && d2 != 0 && d3 != 0 && d4 != 0) {
        return (d1 > 0) != (d2 > 0) && (d3 > 0) != (d4 > 0);
    }
    // An end of one on the other: the outline touches itself, which is no simple one either.
    const auto within = [](const P& p, const P& from, const P& to) {
        return p.x >= std::min(from.x, to.x) && p.x <= std::max(from.x, to.x) &&
               p.y >= std::min(from.y, to.y) && p.y <= std::max(from.y, to.y);
    };
    return (d1 == 0 && within(c, a, b)) || (d2 == 0 && within(d, a, b)) ||
           (d3 == 0 && within(a, c, d)) || (d4 == 0 && within(b, c, d));
}

template <typename P>
bool crossesItself(std::vector<P> polygon) {
    // A corner given twice, or the first one again as the last, is no crossing.
    const auto same = [](const P& a, const P& b) { return a.x == b.x && a.y == b.y; };
    polygon.erase(std::unique(polygon.begin(), polygon.end(), same), polygon.end());
    if (polygon.size() > 1 && same(polygon.front(), polygon.back())) {
        polygon.pop_back();
    }
    const std::size_t n = polygon.size();
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = i + 2; j < n; ++j) {
            if (i == 0 && j == n - 1) {
                continue;
            }
            if (segmentsCross(polygon[i], polygon[(i + 1) % n], polygon[j], polygon[(j + 1) % n])) {
                return true;
            }
        }
    }
    return false;
}

double polygonArea(const std::vector<PointM>& polygon) {
    double twice = 0;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const PointM &a = polygon[i], &b = polygon[(i + 1) % polygon.size()];
        twice += a.x * b.y - a.y * b.x;
    }
    return std::abs(twice) / 2;
}

template <typename P>
bool allFinite(const std::vector<P>& points) {
    constexpr double kFarthest = 1e6;  // pixels or metres; also refuses NaN
    return std::all_of(points.begin(), points.end(), [](const P& p) {
        return std::abs(p.x) <= kFarthest && std::abs(p.y) <= kFarthest;
    });
}

template <typename P>
int firstRepeated(const std::vector<P>& points, double nearest) {
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (std::hypot(points[i].x - points[j].x, points[i].y - points[j].y) < nearest) {
                return static_cast<int>(i) + 1;
            }
        }
    }
    return 0;
}

Status validatePoints(const Calibration& c) {
    const std::size_t n = c.imagePoints.size();
    if (n != c.planePoints.size()) {
        return bad(CVD_TR("core",
                          "The calibration has %1 points in the picture but %2 on the "
                          "concrete; give every point in both."),
                   {std::to_string(n), std::to_string(c.planePoints.size())});
    }
    if (n < 4) {
        return bad(CVD_TR("core", "The calibration has %1 points; at least 4 are needed."),
                   {std::to_string(n)});
    }
    if (n > 200) {
        return bad(CVD_TR("core", "The calibration has %1 points; at most 200 can be used."),
                   {std::to_string(n)});
    }
    if (!allFinite(c.imagePoints) || !allFinite(c.planePoints)) {
        return bad(CVD_TR(
            "core",
            "A calibration point is not a number or far too large; enter its position again."));
    }
    if (const int i = firstRepeated(c.imagePoints, 1.0)) {
        return bad(CVD_TR("core",
                          "Calibration point %1 lies on another one in the picture; place "
                          "the points apart."),
                   {std::to_string(i)});
    }
    if (const int i = firstRepeated(c.planePoints, 0.001)) {
        return bad(CVD_TR("core",
                          "Calibration point %1 lies on another one on the concrete; check "
                          "its distances."),
                   {std::to_string(i)});
    }
    if (spread(c.imagePoints) < 0.004 || spread(c.planePoints) < 0.004) {
        return bad(CVD_TR("core",
                          "The calibration points lie on one line; place at least one well "
                          "beside it."));
    }
    if (!hasFourInGeneralPosition(c.imagePoints, 0.001) ||
        !hasFourInGeneralPosition(c.planePoints, 0.001)) {
        return bad(CVD_TR("core",
                          "Three of the four calibration points lie on one line; spread them "
                          "out like the corners of a rectangle."));
    }
    if (n == 4 && crossesItself(c.planePoints) != crossesItself(c.imagePoints)) {
        return bad(CVD_TR("core",
                          "The outline of the calibration points crosses itself; give them in "
                          "the same order in the picture and on the concrete."));
    }
    return {};
}

Status validateExtras(const Calibration& c) {
    if (!c.pourRegion.empty()) {
        if (c.pourRegion.size() < 3) {
            return bad(CVD_TR("core", "The pour region has %1 corners; at least 3 are needed."),
                       {std::to_string(c.pourRegion.size())});
        }
        if (!allFinite(c.pourRegion)) {
            return bad(CVD_TR(
                "core",
                "A corner of the pour region is not a number or far too large; draw it again."));
        }
        if (crossesItself(c.pourRegion)) {
            return bad(
                CVD_TR("core", "The outline of the pour region crosses itself; draw it again."));
        }
        const double area = polygonArea(c.pourRegion);
        if (area < 0.01 || area > 1e5) {
            return bad(CVD_TR("core",
                              "The pour region has an area of %1 m²; it must be between "
                              "0.01 and 100000 m². Check that it is in metres."),
                       {number(area, 3)});
        }
    }
    for (std::size_t i = 0; i < c.formLines.size(); ++i) {
        if (c.formLines[i].size() < 2 || !allFinite(c.formLines[i])) {
            return bad(CVD_TR("core",
                              "Form line %1 needs at least two points with positions in metres; "
                              "draw it again."),
                       {std::to_string(i + 1)});
        }
    }
    for (std::size_t i = 0; i < c.obstacles.size(); ++i) {
        const std::string which = std::to_string(i + 1);
        if (c.obstacles[i].size() < 3 || !allFinite(c.obstacles[i])) {
            return bad(CVD_TR("core",
                              "Obstacle %1 needs at least three corners with positions in metres; "
                              "draw it again."),
                       {which});
        }
        if (crossesItself(c.obstacles[i])) {
            return bad(CVD_TR("core", "The outline of obstacle %1 crosses itself; draw it again."),
                       {which});
        }
        if (polygonArea(c.obstacles[i]) < 1e-6) {
            return bad(CVD_TR("core", "Obstacle %1 has no area; draw it again."), {which});
        }
    }
    if (c.radiusOfActionM &&
        !(*c.radiusOfActionM >= 0.05 && *c.radiusOfActionM <= 1.5)) {  // also refuses NaN
        return bad(
            CVD_TR("core", "The radius of action is %1 m; it must be between 0.05 and 1.5 m."),
            {number(*c.radiusOfActionM, 3)});
    }
    if (c.rodLengthM && !(*c.rodLengthM >= 0.05 && *c.rodLengthM <= 3)) {
        return bad(
            CVD_TR("core", "The length of the rod is %1 m; it must be between 0.05 and 3 m."),
            {number(*c.rodLengthM, 3)});
    }
    if (c.hoseMarkM && !(*c.hoseMarkM >= 0.05 && *c.hoseMarkM <= 10)) {
        return bad(
            CVD_TR("core", "The mark is %1 m from the tip; it must be between 0.05 and 10 m."),
            {number(*c.hoseMarkM, 3)});
    }
    if (c.layerHeightM && !(*c.layerHeightM >= 0.02 && *c.layerHeightM <= 5)) {
        return bad(CVD_TR("core",
                          "The layer is %1 m thick; it must be between 0.02 and 5 m. Check that "
                          "it is in metres."),
                   {number(*c.layerHeightM, 3)});
    }
    if (c.concreteAgeS && !(*c.concreteAgeS >= 0 && *c.concreteAgeS <= 7 * 86400)) {
        return bad(CVD_TR("core",
                          "The concrete was placed %1 s before the video begins; it must be "
                          "between 0 s and a week."),
                   {number(*c.concreteAgeS, 0)});
    }
    return {};
}

// ---- JSON -------------------------------------------------------------------------------------

template <typename P>
bool parsePoints(const QJsonValue& value, std::vector<P>& out) {
    if (!value.isArray()) {
        return false;
    }
    for (const QJsonValue& item : value.toArray()) {
        const QJsonArray pair = item.toArray();
        if (pair.size() != 2 || !pair[0].isDouble() || !pair[1].isDouble()) {
            return false;
        }
        out.push_back({pair[0].toDouble(), pair[1].toDouble()});
    }
    return true;
}

template <typename P>
QJsonArray pointsToJson(const std::vector<P>& points) {
    QJsonArray out;
    for (const P& p : points) {
        out.append(QJsonArray{p.x, p.y});
    }
    return out;
}

struct NumberField {
    const char* key;
    std::optional<double> Calibration::*member;
};
constexpr NumberField kNumbers[] = {
    {"radius_of_action_m", &Calibration::radiusOfActionM},
    {"rod_length_m", &Calibration::rodLengthM},
    {"hose_mark_m", &Calibration::hoseMarkM},
    {"layer_height_m", &Calibration::layerHeightM},
    {"concrete_age_s", &Calibration::concreteAgeS},
};

QJsonArray listsToJson(const std::vector<std::vector<PointM>>& lists) {
    QJsonArray out;
    for (const auto& points : lists) {
        out.append(pointsToJson(points));
    }
    return out;
}

// Letters to insert, remove or exchange to make one word of another (Levenshtein 1966).
int editDistance(const QString& a, const QString& b) {
    std::vector<int> row(static_cast<std::size_t>(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        int diagonal = std::exchange(row[0], static_cast<int>(i));
        for (qsizetype k = 1; k <= b.size(); ++k) {
            const auto at = static_cast<std::size_t>(k);
            const int exchanged = diagonal + (a[i - 1] == b[k - 1] ? 0 : 1);
            diagonal = std::exchange(row[at], std::min({exchanged, row[at] + 1, row[at - 1] + 1}));
        }
    }
    return row.back();
}

// Other programs may add fields of their own. One that is nearly one of ours is ours misspelled: a
// pour region that nobody reads would silently not be judged.
Status refuseMisspelled(const QJsonObject& o, const QString& where) {
    QStringList known{QStringLiteral("schema"),         QStringLiteral("image_points"),
                      QStringLiteral("plane_points_m"), QStringLiteral("pour_region_m"),
                      QStringLiteral("form_lines_m"),   QStringLiteral("obstacles_m"),
                      QStringLiteral("picture_px")};
    for (const NumberField& field : kNumbers) {
        known.append(QLatin1String(field.key));
    }
    for (const QString& key : o.keys()) {
        if (known.contains(key)) {
            continue;
        }
        for (const QString& name : known) {
            constexpr int kNear = 2;
            if (editDistance(key.toLower(), name) <= kNear) {
                return bad(CVD_TR("core", "%1: there is no field \"%2\"; is \"%3\" meant?"),
                           {where.toStdString(), key.toStdString(), name.toStdString()});
            }
        }
    }
    return {};
}

Error badField(const QString& where, const char* field) {
    return bad(CVD_TR("core", "%1: the field \"%2\" is missing or has the wrong form."),
               {where.toStdString(), field});
}

}  // namespace

PointM Homography::plane(PointPx p) const {
    const PointPx q = project(toPlane, p);
    return {q.x, q.y};
}

PointPx Homography::image(PointM p) const {
    const PointM q = project(toImage, p);
    return {q.x, q.y};
}

bool Homography::inFront(PointPx p) const {
    return toPlane[6] * p.x + toPlane[7] * p.y + toPlane[8] > 1e-9;
}

double Homography::pxPerMetre(PointPx p) const {
    const PointM o = plane(p), a = plane({p.x + 1, p.y}), b = plane({p.x, p.y + 1});
    const double area = std::abs((a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x));
    return area > 1e-18 ? 1 / std::sqrt(area) : 0;
}

Result<Homography> fitCalibration(const Calibration& c) {
    CVD_TRY(validatePoints(c));
    const Matrix3 ni = normaliser(c.imagePoints), np = normaliser(c.planePoints);
    // Least squares of the direct linear equations with h33 = 1, as normal equations of 8 unknowns.
    std::vector<double> ata(64, 0.0), atb(8, 0.0), h;
    for (std::size_t i = 0; i < c.imagePoints.size(); ++i) {
        const PointPx p = project(ni.data(), c.imagePoints[i]);
        const PointM q = project(np.data(), c.planePoints[i]);
        const double rows[2][8] = {{p.x, p.y, 1, 0, 0, 0, -q.x * p.x, -q.x * p.y},
                                   {0, 0, 0, p.x, p.y, 1, -q.y * p.x, -q.y * p.y}};
        const double right[2] = {q.x, q.y};
        for (int r = 0; r < 2; ++r) {
            for (int a = 0; a < 8; ++a) {
                for (int b = 0; b < 8; ++b) {
                    ata[a * 8 + b] += rows[r][a] * rows[r][b];
                }
                atb[a] += rows[r][a] * right[r];
            }
        }
    }
    const Error degenerate =
        bad(CVD_TR("core",
                   "The calibration points do not fix the concrete surface; spread them out "
                   "like the corners of a rectangle."));
    if (!solveLinear(ata, atb, h)) {
        return degenerate;
    }
    const Matrix3 hn{h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], 1};
    Matrix3 npInverse{}, back{};
    if (!invert(np, npInverse)) {
        return degenerate;
    }
    Matrix3 m = multiply(npInverse, multiply(hn, ni));
    // All points lie on the same side of the horizon, which is made the positive one.
    int positive = 0;
    for (const PointPx& p : c.imagePoints) {
        positive += m[6] * p.x + m[7] * p.y + m[8] > 0 ? 1 : 0;
    }
    if (positive != 0 && positive != static_cast<int>(c.imagePoints.size())) {
        return bad(CVD_TR("core",
                          "The calibration folds the surface over; check that the points have "
                          "the same order in the picture and on the concrete."));
    }
    if (positive == 0) {
        for (double& v : m) {
            v = -v;
        }
    }
    if (!invert(m, back)) {
        return degenerate;
    }
    Homography out;
    out.points = static_cast<int>(c.imagePoints.size());
    std::copy(m.begin(), m.end(), out.toPlane);
    std::copy(back.begin(), back.end(), out.toImage);
    double sum = 0;
    for (std::size_t i = 0; i < c.imagePoints.size(); ++i) {
        const PointM q = out.plane(c.imagePoints[i]);
        const double cm = 100 * std::hypot(q.x - c.planePoints[i].x, q.y - c.planePoints[i].y);
        sum += cm * cm;
        out.maxResidualCm = std::max(out.maxResidualCm, cm);
    }
    out.residualCm = std::sqrt(sum / static_cast<double>(c.imagePoints.size()));
    if (!std::isfinite(out.residualCm)) {
        return degenerate;
    }
    return out;
}

std::vector<double> residualsCm(const Homography& homography, const Calibration& c) {
    std::vector<double> residuals;
    const std::size_t n = std::min(c.imagePoints.size(), c.planePoints.size());
    for (std::size_t i = 0; i < n; ++i) {
        const PointM q = homography.plane(c.imagePoints[i]);
        residuals.push_back(100 * std::hypot(q.x - c.planePoints[i].x, q.y - c.planePoints[i].y));
    }
    return residuals;
}

Result<Homography> solve(const Calibration& c) {
    CVD_TRY_ASSIGN(const Homography out, fitCalibration(c));
    if (out.residualCm > kMaxResidualCm) {
        return bad(CVD_TR("core",
                          "The calibration misses its own points by %1 cm, more than %2 cm; "
                          "check the points and their distances."),
                   {number(out.residualCm, 1), number(kMaxResidualCm, 0)});
    }
    return out;
}

Status validateCalibration(const Calibration& calibration) {
    CVD_TRY(validatePoints(calibration));
    CVD_TRY(validateExtras(calibration));
    CVD_TRY(solve(calibration));
    return {};
}

Result<Calibration> parseCalibration(const QByteArray& json, const QString& where) {
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
    if (problem.error != QJsonParseError::NoError) {
        return fail(ErrorKind::BadInput, CVD_TR("core", "%1 is not a JSON file: %2 at byte %3."),
                    {where.toStdString(), problem.errorString().toStdString(),
                     std::to_string(problem.offset)});
    }
    const QJsonObject o = document.object();
    if (o["schema"].toString() != QLatin1String(kSchema)) {
        return bad(CVD_TR("core", "%1 is not a calibration file: its \"schema\" must be \"%2\"."),
                   {where.toStdString(), kSchema});
    }
    CVD_TRY(refuseMisspelled(o, where));
    Calibration c;
    if (!parsePoints(o["image_points"], c.imagePoints)) {
        return badField(where, "image_points");
    }
    if (!parsePoints(o["plane_points_m"], c.planePoints)) {
        return badField(where, "plane_points_m");
    }
    const auto given = [&](const char* key) {
        const QJsonValue v = o[QLatin1String(key)];
        return !v.isUndefined() && !v.isNull();
    };
    if (given("pour_region_m") && !parsePoints(o["pour_region_m"], c.pourRegion)) {
        return badField(where, "pour_region_m");
    }
    const auto lists = [&](const char* key, std::vector<std::vector<PointM>>& out) {
        if (!given(key)) {
            return true;
        }
        if (!o[QLatin1String(key)].isArray()) {
            return false;
        }
        for (const QJsonValue& line : o[QLatin1String(key)].toArray()) {
            out.emplace_back();
            if (!parsePoints(line, out.back())) {
                return false;
            }
        }
        return true;
    };
    if (!lists("form_lines_m", c.formLines)) {
        return badField(where, "form_lines_m");
    }
    if (!lists("obstacles_m", c.obstacles)) {
        return badField(where, "obstacles_m");
    }
    for (const NumberField& field : kNumbers) {
        if (!given(field.key)) {
            continue;
        }
        if (!o[QLatin1String(field.key)].isDouble()) {
            return badField(where, field.key);
        }
        c.*field.member = o[QLatin1String(field.key)].toDouble();
    }
    // Half a size would silently leave the points of another picture where they are.
    if (given("picture_px") && !pictureSizeOf(json).known()) {
        return badField(where, "picture_px");
    }
    CVD_TRY(validateCalibration(c));
    return c;
}

QByteArray calibrationToJson(const Calibration& c) {
    QJsonObject o;
    o["schema"] = QLatin1String(kSchema);
    o["image_points"] = pointsToJson(c.imagePoints);
    o["plane_points_m"] = pointsToJson(c.planePoints);
    if (!c.pourRegion.empty()) {
        o["pour_region_m"] = pointsToJson(c.pourRegion);
    }
    if (!c.formLines.empty()) {
        o["form_lines_m"] = listsToJson(c.formLines);
    }
    if (!c.obstacles.empty()) {
        o["obstacles_m"] = listsToJson(c.obstacles);
    }
    for (const NumberField& field : kNumbers) {
        if (c.*field.member) {
            o[QLatin1String(field.key)] = *(c.*field.member);
        }
    }
    return QJsonDocument(o).toJson(QJsonDocument::Indented);
}

Result<CalibrationFile> readCalibrationFile(const QString& file) {
    constexpr std::uintmax_t kMostBytes = 4u << 20;
    CVD_TRY_ASSIGN(const std::string bytes,
                   readSmallFile(std::filesystem::path(file.toStdU16String()), kMostBytes));
    const QByteArray json = QByteArray::fromStdString(bytes);
    CVD_TRY_ASSIGN(Calibration calibration, parseCalibration(json, file));
    return CalibrationFile{std::move(calibration), pictureSizeOf(json)};
}

Result<Calibration> readCalibration(const QString& file) {
    CVD_TRY_ASSIGN(const auto read, readCalibrationFile(file));
    return read.calibration;
}

Status writeCalibration(const QString& file, const Calibration& calibration) {
    return writeCalibrationFile(file, {calibration, {}});
}

Status writeCalibrationFile(const QString& file, const CalibrationFile& content) {
    CVD_TRY(validateCalibration(content.calibration));
    QSaveFile f(file);
    const QByteArray json = withPictureSize(calibrationToJson(content.calibration), content.madeIn);
    if (!saveWhole(f, json)) {
        return fail(ErrorKind::Environment, CVD_TR("core", "%1 cannot be written: %2."),
                    {file.toStdString(), f.errorString().toStdString()});
    }
    return {};
}

}  // namespace cvd::compliance
