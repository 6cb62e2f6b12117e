#include "core/compliance/surface_camera.h"

#include <array>
#include <cmath>
#include <numbers>

namespace cvd::compliance {
namespace {

using Vector = std::array<double, 3>;

double dot(const Vector& a, const Vector& b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

Vector cross(const Vector& a, const Vector& b) {
    return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

Vector times(const Vector& a, double k) {
    return {a[0] * k, a[1] * k, a[2] * k};
}

// From the two conditions on the columns of the homography, as one least-squares equation in f^2.
double focalOf(const Vector& h1, const Vector& h2, double width) {
    const double a1 = h1[2] * h2[2], b1 = h1[0] * h2[0] + h1[1] * h2[1];
    const double a2 = h1[2] * h1[2] - h2[2] * h2[2];
    const double b2 = h1[0] * h1[0] + h1[1] * h1[1] - h2[0] * h2[0] - h2[1] * h2[1];
    const double square = -(a1 * b1 + a2 * b2) / (a1 * a1 + a2 * a2);
    const double focal = square > 0 ? std::sqrt(square) : 0;
    constexpr double kShortest = 0.35, kLongest = 5, kOrdinary = 1.0;  // frame widths
    return focal >= kShortest * width && focal <= kLongest * width ? focal : kOrdinary * width;
}

}  // namespace

std::optional<SurfaceCamera> SurfaceCamera::from(const Homography& homography, int width,
                                                 int height) {
    if (width <= 0 || height <= 0) {
        return std::nullopt;
    }
    const double cx = (width - 1) / 2.0, cy = (height - 1) / 2.0;
    const double* h = homography.toImage;
    const auto column = [&](int c) {
        return Vector{h[c] - cx * h[6 + c], h[3 + c] - cy * h[6 + c], h[6 + c]};
    };
    Vector g1 = column(0), g2 = column(1), g3 = column(2);
    const double f = focalOf(g1, g2, width);
    for (Vector* g : {&g1, &g2, &g3}) {
        (*g)[0] /= f;
        (*g)[1] /= f;
    }
    const double size = std::sqrt(std::sqrt(dot(g1, g1) * dot(g2, g2)));
    if (!(size > 1e-12) || !std::isfinite(size)) {
        return std::nullopt;
    }
    double k = 1 / size;
    // The lower middle of the frame looks at the surface, from the front.
    const PointPx looked{cx, 0.9 * height};
    const PointM seen = homography.plane(looked);
    if (k * (g1[2] * seen.x + g2[2] * seen.y + g3[2]) < 0) {
        k = -k;
    }
    const Vector r1 = times(g1, k), r2 = times(g2, k), t = times(g3, k);
    Vector up = cross(r1, r2);
    up = times(up, 1 / std::sqrt(std::max(1e-12, dot(up, up))));
    // Where the camera stands: -R^T t, R's columns made orthogonal as far as needed here.
    Vector at{-dot(r1, t), -dot(r2, t), -dot(up, t)};
    if (at[2] < 0) {
        up = times(up, -1);
        at[2] = -at[2];
    }
    if (!(at[2] > 1e-3) || !std::isfinite(at[2])) {
        return std::nullopt;
    }
    SurfaceCamera out;
    out.m_homography = homography;
    out.m_focal = f;
    out.m_height = at[2];
    out.m_below = {at[0], at[1]};
    const std::array<Vector, 4> columns{r1, r2, up, t};
    for (std::size_t c = 0; c < 4; ++c) {
        const Vector& v = columns[c];
        out.m_p[c] = f * v[0] + cx * v[2];
        out.m_p[4 + c] = f * v[1] + cy * v[2];
        out.m_p[8 + c] = v[2];
    }
    return out;
}

PointPx SurfaceCamera::project(PointM p, double heightM) const {
    const auto row = [&](int r) {
        return m_p[4 * r] * p.x + m_p[4 * r + 1] * p.y + m_p[4 * r + 2] * heightM + m_p[4 * r + 3];
    };
    const double w = row(2);
    return {row(0) / w, row(1) / w};
}

std::optional<BarInSpace> SurfaceCamera::bar(PointPx low, PointPx top, double leastAway) const {
    if (!m_homography.inFront(low)) {
        return std::nullopt;
    }
    const PointM foot = m_homography.plane(low);
    const double dx = foot.x - m_below.x, dy = foot.y - m_below.y, away = std::hypot(dx, dy);
    if (!(away > leastAway * m_height)) {
        return std::nullopt;
    }
    const double sx = -dy / away, sy = dx / away;  // sideways as the camera sees it
    // top = foot + h * up + s * sideways: two equations, linear in h and s.
    double a[2][2], b[2];
    for (int r = 0; r < 2; ++r) {
        const double q = r == 0 ? top.x : top.y;
        const auto entry = [&](int c) { return m_p[4 * r + c] - q * m_p[8 + c]; };
        a[r][0] = entry(2);
        a[r][1] = sx * entry(0) + sy * entry(1);
        b[r] = -(foot.x * entry(0) + foot.y * entry(1) + entry(3));
    }
    const double det = a[0][0] * a[1][1] - a[0][1] * a[1][0];
    if (!(std::abs(det) > 1e-9)) {
        return std::nullopt;
    }
    const double h = (b[0] * a[1][1] - a[0][1] * b[1]) / det;
    const double s = (a[0][0] * b[1] - b[0] * a[1][0]) / det;
    BarInSpace out;
    out.lengthM = std::hypot(h, s);
    out.tiltDeg = std::abs(std::atan2(s, std::max(0.0, h))) * 180 / std::numbers::pi;
    const double sign = s < 0 ? -1 : 1;
    out.azimuthDeg = std::atan2(sign * sy, sign * sx) * 180 / std::numbers::pi;
    return std::isfinite(out.lengthM) && h > 0 ? std::optional(out) : std::nullopt;
}

}  // namespace cvd::compliance
