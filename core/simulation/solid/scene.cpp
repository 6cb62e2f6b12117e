// Bodies to triangles. raster.cpp finds their pixels, shader.cpp their colours.
#include "core/simulation/solid/scene.h"

#include <algorithm>
#include <cmath>

#include "core/simulation/solid/geometry.h"

namespace cvd::simulation {
namespace {

// Round a rod's axis: place, radius, slope of the normal along the axis.
struct Ring {
    Vec3 at;
    double radius, lean;
};

// `px` is the rod's radius in the picture: what is thin needs no round ends.
std::vector<Ring> ringsOf(const Vec3& a, const Vec3& b, double ra, double rb, const Vec3& axis,
                          const SolidScene::RodShape& shape, double px) {
    std::vector<Ring> rings;
    const bool fine = px > 2.5;
    if (shape.domeA > 0 && fine) {
        rings.push_back({a - axis * (ra * shape.domeA), ra * 0.12, -3});
        rings.push_back({a - axis * (ra * shape.domeA * 0.75), ra * 0.66, -0.9});
    }
    rings.push_back({a, ra, 0});
    rings.push_back({b, rb, 0});
    if (shape.domeB > 0 && fine) {
        rings.push_back({b + axis * (rb * shape.domeB * 0.75), rb * 0.66, 0.9});
        rings.push_back({b + axis * (rb * shape.domeB), rb * 0.12, 3});
    }
    return rings;
}

}  // namespace

cv::Vec3f reflectance(const cv::Scalar& bgr) {
    Vec3f out;
    for (int i = 0; i < 3; ++i) {
        out[i] =
            static_cast<float>(0.85 * std::pow(std::clamp(bgr[i] / 255, 0.0, 1.0), 2.2) + 0.01);
    }
    return out;
}

double HeightGrid::at(double x, double y) const {
    const double u = std::clamp((x - x0) / cellX, 0.0, nx - 1.001),
                 v = std::clamp((y - y0) / cellY, 0.0, ny - 1.001);
    const int i = static_cast<int>(u), j = static_cast<int>(v);
    const double a = u - i, b = v - j;
    return (value(i, j) * (1 - a) + value(i + 1, j) * a) * (1 - b) +
           (value(i, j + 1) * (1 - a) + value(i + 1, j + 1) * a) * b;
}

SolidScene::SolidScene(const Camera& camera, double oversample)
    : m_camera(camera), m_oversample(oversample), m_rotation(camera.rotation()) {
    m_vertices.reserve(60000);
    m_faces.reserve(90000);
}

std::uint16_t SolidScene::use(const Surface& s) {
    m_surfaces.push_back(s);
    return static_cast<std::uint16_t>(m_surfaces.size() - 1);
}

std::uint32_t SolidScene::vertex(const Vec3& p, const Vec3& n) {
    m_vertices.push_back({asFloat(p), asFloat(n)});
    return static_cast<std::uint32_t>(m_vertices.size() - 1);
}

void SolidScene::face(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint16_t s, int id,
                      bool counted) {
    m_faces.push_back({a, b, c, s, static_cast<std::uint16_t>(id), counted});
}

double SolidScene::depthOf(const Vec3& p) const {
    return (m_rotation * (p - m_camera.at))[2];
}

// No rod may fall between the pixels.
double SolidScene::seenRadius(const Vec3& p, double radius) const {
    return std::max(radius, 0.42 * std::max(depthOf(p), 0.2) / (m_camera.focalPx * m_oversample));
}

double SolidScene::radiusPx(const Vec3& p, double radius) const {
    return radius * m_camera.focalPx * m_oversample / std::max(0.3, depthOf(p));
}

void SolidScene::rod(const Vec3& a, const Vec3& b, double ra, double rb, const Surface& s, int id) {
    rod(a, b, ra, rb, s, id, RodShape());
}

void SolidScene::rod(const Vec3& a, const Vec3& b, double ra, double rb, const Surface& s, int id,
                     const RodShape& shape) {
    const Vec3 axis = unit(b - a);
    ra = seenRadius(a, ra);
    rb = seenRadius(b, rb);
    Vec3 u = shape.wide - axis * axis.dot(shape.wide);
    u = cv::norm(u) > 1e-6 ? unit(u) : across(axis);
    const Vec3 v = axis.cross(u);
    const double px = radiusPx((a + b) * 0.5, std::max(ra, rb));
    const int sides = px < 1.5 ? 4 : px < 5 ? 6 : px < 16 ? 9 : 14;
    const std::vector<Ring> rings = ringsOf(a, b, ra, rb, axis, shape, px);
    const std::uint16_t material = use(s);
    const auto first = static_cast<std::uint32_t>(m_vertices.size());
    const auto n = static_cast<std::uint32_t>(sides);
    for (const Ring& ring : rings) {
        for (int i = 0; i < sides; ++i) {
            const double t = 2 * CV_PI * i / sides, c = std::cos(t), d = std::sin(t);
            vertex(ring.at + u * (c * ring.radius) + v * (d * ring.radius * shape.flat),
                   unit(unit(u * (c * shape.flat) + v * d) + axis * ring.lean));
        }
    }
    const auto count = static_cast<std::uint32_t>(rings.size());
    for (std::uint32_t k = 0; k + 1 < count; ++k) {
        for (std::uint32_t i = 0; i < n; ++i) {
            const std::uint32_t p = first + k * n + i, q = first + k * n + (i + 1) % n;
            face(p, q, p + n, material, id, shape.counted);
            face(q, q + n, p + n, material, id, shape.counted);
        }
    }
    closeRing(first, n, rings.front().at, axis * -1.0, material, id, shape.counted);
    closeRing(first + (count - 1) * n, n, rings.back().at, axis, material, id, shape.counted);
}

void SolidScene::closeRing(std::uint32_t base, std::uint32_t n, const Vec3& centre,
                           const Vec3& normal, std::uint16_t material, int id, bool counted) {
    const std::uint32_t middle = vertex(centre, normal);
    std::uint32_t last = 0, start = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
        m_vertices.push_back({m_vertices[base + i].p, asFloat(normal)});
        const auto now = static_cast<std::uint32_t>(m_vertices.size() - 1);
        if (i > 0) {
            face(middle, last, now, material, id, counted);
        } else {
            start = now;
        }
        last = now;
    }
    face(middle, last, start, material, id, counted);
}

void SolidScene::tube(const std::vector<Vec3>& line, double radius, const Surface& s, int id,
                      double ribs) {
    if (line.size() < 2) {
        return;
    }
    const std::uint16_t material = use(s);
    Vec3 u = across(unit(line[1] - line[0]));
    std::uint32_t before = 0;
    int sidesBefore = 0;
    const double px = radiusPx(line[line.size() / 2], radius);
    const int sides = px < 1.5 ? 4 : px < 5 ? 6 : 9;
    for (size_t k = 0; k < line.size(); ++k) {
        const Vec3 axis = unit(line[std::min(k + 1, line.size() - 1)] - line[k > 0 ? k - 1 : 0]);
        u = unit(u - axis * axis.dot(u));
        const Vec3 v = axis.cross(u);
        const double r = seenRadius(line[k], radius * (k % 2 == 1 ? 1 + ribs : 1.0));
        const auto first = static_cast<std::uint32_t>(m_vertices.size());
        for (int i = 0; i < sides; ++i) {
            const double t = 2 * CV_PI * i / sides;
            const Vec3 n = u * std::cos(t) + v * std::sin(t);
            vertex(line[k] + n * r, n);
        }
        for (int i = 0; i < sidesBefore; ++i) {
            const auto p = static_cast<std::uint32_t>(i),
                       q = static_cast<std::uint32_t>((i + 1) % sides);
            face(before + p, before + q, first + p, material, id);
            face(before + q, first + q, first + p, material, id);
        }
        before = first;
        sidesBefore = sides;
    }
    for (const size_t end : {size_t{0}, line.size() - 1}) {  // closed ends
        const Vec3 n = unit(line[end] - line[end == 0 ? 1 : end - 1]);
        rod(line[end] - n * (radius * 0.2), line[end], radius, radius * 0.8, s, id);
    }
}

void SolidScene::ball(const Vec3& centre, const Vec3& radii, double turn, const Surface& s, int id,
                      double lowest) {
    const std::uint16_t material = use(s);
    const double px = radiusPx(centre, std::max({radii[0], radii[1], radii[2]}));
    const int sides = px < 4 ? 6 : px < 20 ? 10 : 16, rows = sides / 2;
    const double cs = std::cos(turn), sn = std::sin(turn), from = std::asin(lowest);
    const auto first = static_cast<std::uint32_t>(m_vertices.size());
    for (int j = 0; j <= rows; ++j) {
        const double t = from + (CV_PI / 2 - from) * j / rows;
        for (int i = 0; i < sides; ++i) {
            const double a = 2 * CV_PI * i / sides;
            const Vec3 d(std::cos(t) * std::cos(a), std::cos(t) * std::sin(a), std::sin(t));
            const Vec3 p(d[0] * radii[0], d[1] * radii[1], d[2] * radii[2]);
            const Vec3 n(d[0] / radii[0], d[1] / radii[1], d[2] / radii[2]);
            vertex(centre + Vec3(cs * p[0] - sn * p[1], sn * p[0] + cs * p[1], p[2]),
                   unit({cs * n[0] - sn * n[1], sn * n[0] + cs * n[1], n[2]}));
        }
    }
    const auto n = static_cast<std::uint32_t>(sides);
    for (std::uint32_t j = 0; j < static_cast<std::uint32_t>(rows); ++j) {
        for (std::uint32_t i = 0; i < n; ++i) {
            const std::uint32_t p = first + j * n + i, q = first + j * n + (i + 1) % n;
            face(p, q, p + n, material, id);
            face(q, q + n, p + n, material, id);
        }
    }
}

void SolidScene::quad(const Vec3& a, const Vec3& b, const Vec3& c, const Vec3& d, const Surface& s,
                      int id) {
    plate(a, b, c, d, unit((b - a).cross(d - a)), use(s), id);
}

void SolidScene::plate(const Vec3& a, const Vec3& b, const Vec3& c, const Vec3& d, const Vec3& n,
                       std::uint16_t material, int id) {
    const std::uint32_t p = vertex(a, n), q = vertex(b, n), r = vertex(c, n), t = vertex(d, n);
    face(p, q, r, material, id);
    face(p, r, t, material, id);
}

void SolidScene::box(const Vec3& centre, const Vec3& half, const Vec3& ax, const Vec3& ay,
                     const Surface& s, int id) {
    const Vec3 x = unit(ax), y = unit(ay - x * x.dot(ay)), z = x.cross(y);
    const auto at = [&](double i, double j, double k) {
        return centre + x * (i * half[0]) + y * (j * half[1]) + z * (k * half[2]);
    };
    const std::uint16_t material = use(s);
    for (const double k : {-1.0, 1.0}) {
        plate(at(-1, -1, k), at(1, -1, k), at(1, 1, k), at(-1, 1, k), z * k, material, id);
        plate(at(-1, k, -1), at(1, k, -1), at(1, k, 1), at(-1, k, 1), y * k, material, id);
        plate(at(k, -1, -1), at(k, 1, -1), at(k, 1, 1), at(k, -1, 1), x * k, material, id);
    }
}

void SolidScene::block(const Vec3& foot, const Vec3& size, double turn, const Surface& s, int id) {
    box(foot + Vec3(0, 0, size[2] / 2), size * 0.5, {std::cos(turn), std::sin(turn), 0},
        {-std::sin(turn), std::cos(turn), 0}, s, id);
}

void SolidScene::heights(const HeightGrid& grid, const Surface& s) {
    const std::uint16_t material = use(s);
    const auto first = static_cast<std::uint32_t>(m_vertices.size());
    for (int j = 0; j < grid.ny; ++j) {
        for (int i = 0; i < grid.nx; ++i) {
            const int l = std::max(0, i - 1), r = std::min(grid.nx - 1, i + 1),
                      u = std::max(0, j - 1), d = std::min(grid.ny - 1, j + 1);
            const double sx = (grid.value(r, j) - grid.value(l, j)) / (grid.cellX * (r - l)),
                         sy = (grid.value(i, d) - grid.value(i, u)) / (grid.cellY * (d - u));
            vertex({grid.x0 + i * grid.cellX, grid.y0 + j * grid.cellY, grid.value(i, j)},
                   unit({-sx, -sy, 1}));
        }
    }
    const auto n = static_cast<std::uint32_t>(grid.nx);
    for (std::uint32_t j = 0; j + 1 < static_cast<std::uint32_t>(grid.ny); ++j) {
        for (std::uint32_t i = 0; i + 1 < n; ++i) {
            const std::uint32_t p = first + j * n + i;
            face(p, p + 1, p + n, material, 0);
            face(p + 1, p + n + 1, p + n, material, 0);
        }
    }
}

void SolidScene::addMirrored(const Vec3& a, const Vec3& b, double radius, const Vec3f& colour) {
    if (m_mirrored.size() < 12) {
        m_mirrored.push_back({asFloat(a), asFloat(b), colour, static_cast<float>(radius)});
    }
}

}  // namespace cvd::simulation
