#include "core/simulation/solid/raster.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace cvd::simulation {
namespace {

constexpr float kNowhere = -1e9F;

struct Corner {
    Vec3f q;  // x, y, near
    Vec3f n;
};

// Calls put(y, x0, x1, near at x0, its slope) for each row that the triangle meets.
template <typename Put>
void fill(const Vec3f& a, const Vec3f& b, const Vec3f& c, cv::Size size, Put&& put) {
    const float area = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]);
    if (std::abs(area) < 1e-7F) {
        return;
    }
    const float top = std::min({a[1], b[1], c[1]}), bottom = std::max({a[1], b[1], c[1]});
    if (!(bottom >= 0 && top <= static_cast<float>(size.height))) {
        return;
    }
    const float dx = ((b[2] - a[2]) * (c[1] - a[1]) - (c[2] - a[2]) * (b[1] - a[1])) / area;
    const float dy = ((c[2] - a[2]) * (b[0] - a[0]) - (b[2] - a[2]) * (c[0] - a[0])) / area;
    const int y0 = std::max(0, static_cast<int>(std::ceil(top)));
    const int y1 = std::min(size.height - 1, static_cast<int>(std::floor(bottom)));
    const std::array<const Vec3f*, 4> corner{&a, &b, &c, &a};
    for (int y = y0; y <= y1; ++y) {
        const auto fy = static_cast<float>(y);
        float left = 1e9F, right = -1e9F;
        for (size_t e = 0; e < 3; ++e) {
            const Vec3f &p = *corner[e], &q = *corner[e + 1];
            if ((p[1] <= fy) != (q[1] <= fy)) {
                const float x = p[0] + (fy - p[1]) / (q[1] - p[1]) * (q[0] - p[0]);
                left = std::min(left, x);
                right = std::max(right, x);
            }
        }
        const int x0 = std::max(0, -below(-std::max(left, -1.0F)));
        const int x1 = -below(-std::min(right, static_cast<float>(size.width))) - 1;
        if (x0 <= x1) {
            put(y, x0, x1, a[2] + (static_cast<float>(x0) - a[0]) * dx + (fy - a[1]) * dy, dx);
        }
    }
}

// Brings a map to the nearest of what it holds and the triangle.
void raise(cv::Mat& map, const Corner& a, const Corner& b, const Corner& c) {
    fill(a.q, b.q, c.q, map.size(), [&](int y, int x0, int x1, float near, float slope) {
        auto* row = map.ptr<float>(y);
        for (int x = x0; x <= x1; ++x, near += slope) {
            row[x] = std::max(row[x], near);
        }
    });
}

// Marks the longest edge of a triangle that is too thin to meet every row and column it crosses.
void markThin(const Vec3f& a, const Vec3f& b, const Vec3f& c, cv::Mat& near) {
    const auto length2 = [](const Vec3f& p, const Vec3f& q) {
        return (p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]);
    };
    const float ab = length2(a, b), bc = length2(b, c), ca = length2(c, a);
    const float longest = std::max({ab, bc, ca});
    const float area = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]);
    if (area * area > 1.5F * longest || longest < 4 || longest > 4e6F) {
        return;
    }
    const Vec3f from = longest == ca   ? c
                       : longest == bc ? b
                                       : a,
                to = longest == ca   ? a
                     : longest == bc ? c
                                     : b,
                d = to - from;
    const int steps = static_cast<int>(std::max(std::abs(d[0]), std::abs(d[1]))) + 1;
    for (int i = 0; i <= steps; ++i) {
        const Vec3f q = from + d * (static_cast<float>(i) / static_cast<float>(steps));
        const int x = below(q[0]), y = below(q[1]);
        if (x >= 0 && y >= 0 && x < near.cols && y < near.rows) {
            float& at = near.at<float>(y, x);
            at = std::max(at, q[2]);
        }
    }
}

// What of a triangle lies before the eye, as a fan.
int clipNear(const std::array<Vec3f, 3>& t, const std::array<Vec3f, 3>& n,
             std::array<Vec3f, 4>& outT, std::array<Vec3f, 4>& outN) {
    int count = 0;
    for (size_t i = 0; i < 3; ++i) {
        const size_t j = (i + 1) % 3;
        const bool in = t[i][2] >= kNear, next = t[j][2] >= kNear;
        if (in) {
            outT[static_cast<size_t>(count)] = t[i];
            outN[static_cast<size_t>(count++)] = n[i];
        }
        if (in != next) {
            const float k = (kNear - t[i][2]) / (t[j][2] - t[i][2]);
            outT[static_cast<size_t>(count)] = t[i] + (t[j] - t[i]) * k;
            outN[static_cast<size_t>(count++)] = n[i] + (n[j] - n[i]) * k;
        }
    }
    return count;
}

template <typename Each>
void eachTriangle(const View& view, const std::array<Vec3f, 3>& turned,
                  const std::array<Vec3f, 3>& normals, Each&& each) {
    if (view.parallel ||
        (turned[0][2] >= kNear && turned[1][2] >= kNear && turned[2][2] >= kNear)) {
        each(Corner{view.seen(turned[0]), normals[0]}, Corner{view.seen(turned[1]), normals[1]},
             Corner{view.seen(turned[2]), normals[2]});
        return;
    }
    std::array<Vec3f, 4> t, n;
    const int count = clipNear(turned, normals, t, n);
    for (int i = 2; i < count; ++i) {
        const auto k = static_cast<size_t>(i);
        each(Corner{view.seen(t[0]), n[0]}, Corner{view.seen(t[k - 1]), n[k - 1]},
             Corner{view.seen(t[k]), n[k]});
    }
}

// As the camera sees, in a picture that is `scale` times its own.
View throughLens(const Camera& camera, cv::Size size, double scale) {
    View v;
    v.rotation = cv::Matx33f(camera.rotation());
    v.at = asFloat(camera.at);
    v.scale = static_cast<float>(camera.focalPx * scale);
    v.cx = static_cast<float>(size.width) / 2 - 0.5F;
    v.cy = static_cast<float>(size.height) / 2 - 0.5F;
    return v;
}

View lookingAlong(const Vec3f& forward) {
    View v;
    const Vec3 f = unit({forward[0], forward[1], forward[2]});
    const Vec3 right = across(f), down = f.cross(right);
    for (int i = 0; i < 3; ++i) {
        v.rotation(0, i) = static_cast<float>(right[i]);
        v.rotation(1, i) = static_cast<float>(down[i]);
        v.rotation(2, i) = static_cast<float>(f[i]);
    }
    return v;
}

}  // namespace

SolidBuffers SolidRaster::buffers() const {
    SolidBuffers out;
    const Camera& c = m_scene.m_camera;
    const double k = m_scene.m_oversample;
    out.size = {cvRound(c.width * k), cvRound(c.height * k)};
    out.view = throughLens(c, out.size, k);
    rasterise(out);
    for (const Lamp& lamp : m_look.lamps) {
        out.shadows.push_back(shadowOf(lamp));
    }
    castContact(out);
    return out;
}

void SolidRaster::rasterise(SolidBuffers& out) const {
    const auto count = static_cast<size_t>(out.size.area());
    out.near.assign(count, 0);
    out.face.assign(count, 0);
    out.normal.assign(count, 0);
    std::vector<Vec3f> turned(m_scene.m_vertices.size());
    for (size_t i = 0; i < turned.size(); ++i) {
        turned[i] = out.view.turned(m_scene.m_vertices[i].p);
    }
    const auto width = static_cast<size_t>(out.size.width);
    for (size_t f = 0; f < m_scene.m_faces.size(); ++f) {
        const auto& face = m_scene.m_faces[f];
        const auto& v = m_scene.m_vertices;
        const auto index = static_cast<std::uint32_t>(f + 1);
        eachTriangle(
            out.view, {turned[face.a], turned[face.b], turned[face.c]},
            {v[face.a].n, v[face.b].n, v[face.c].n},
            [&](const Corner& a, const Corner& b, const Corner& c) {
                const float area =
                    (b.q[0] - a.q[0]) * (c.q[1] - a.q[1]) - (c.q[0] - a.q[0]) * (b.q[1] - a.q[1]);
                const bool flat = a.n == b.n && b.n == c.n;
                const std::uint32_t even = packed(a.n);
                const Vec3f db = (b.n - a.n) * (1 / area), dc = (c.n - a.n) * (1 / area);
                fill(a.q, b.q, c.q, out.size, [&](int y, int x0, int x1, float near, float slope) {
                    const size_t row = static_cast<size_t>(y) * width;
                    for (int x = x0; x <= x1; ++x, near += slope) {
                        const size_t at = row + static_cast<size_t>(x);
                        if (near > out.near[at]) {
                            out.near[at] = near;
                            out.face[at] = index;
                            if (flat) {
                                out.normal[at] = even;
                                continue;
                            }
                            const float px = static_cast<float>(x) - a.q[0],
                                        py = static_cast<float>(y) - a.q[1];
                            const float wb = px * (c.q[1] - a.q[1]) - py * (c.q[0] - a.q[0]),
                                        wc = py * (b.q[0] - a.q[0]) - px * (b.q[1] - a.q[1]);
                            out.normal[at] = packed(a.n + db * wb + dc * wc);
                        }
                    }
                });
            });
    }
}

ShadowMap SolidRaster::shadowOf(const Lamp& lamp) const {
    ShadowMap s;
    const int side = lamp.soft ? kSoftShadowSide : kShadowSide;
    const float half = static_cast<float>(side) / 2;
    const Vec3f focus = asFloat(m_look.focus);
    s.towards = unitF(lamp.sun ? asFloat(lamp.at) : asFloat(lamp.at - lamp.aim));
    s.view = lookingAlong(-s.towards);
    s.view.cx = s.view.cy = half;
    s.view.parallel = lamp.sun;
    if (lamp.sun) {
        s.view.at = focus;
        s.view.scale = half / static_cast<float>(m_look.reach);
        s.texel = 1 / s.view.scale;
    } else {
        s.view.at = asFloat(lamp.at);
        const double tangent = std::sqrt(1 - lamp.cone * lamp.cone) / lamp.cone;
        s.view.scale = half / static_cast<float>(tangent);
        s.texel = static_cast<float>(cv::norm(lamp.at - lamp.aim)) / s.view.scale;
    }
    s.edge = std::max(1.0F, static_cast<float>(lamp.edgeM) / s.texel);
    s.near = cv::Mat(side, side, CV_32F, cv::Scalar(kNowhere));
    std::vector<Vec3f> turned(m_scene.m_vertices.size());
    for (size_t i = 0; i < turned.size(); ++i) {
        turned[i] = s.view.turned(m_scene.m_vertices[i].p);
    }
    for (const auto& face : m_scene.m_faces) {
        if (!m_scene.m_surfaces[face.surface].casts) {
            continue;
        }
        eachTriangle(s.view, {turned[face.a], turned[face.b], turned[face.c]}, {},
                     [&](const Corner& a, const Corner& b, const Corner& c) {
                         markThin(a.q, b.q, c.q, s.near);
                         raise(s.near, a, b, c);
                     });
    }
    return s;
}

// Seen from below, the lowest thing above each spot keeps the sky's light from the ground.
void SolidRaster::castContact(SolidBuffers& out) const {
    View up = lookingAlong({0, 0, 1});
    up.parallel = true;
    up.at = {static_cast<float>(m_look.focus[0]), static_cast<float>(m_look.focus[1]), 0};
    up.cx = up.cy = kContactSide / 2.0F;
    up.scale = kContactSide / 2.0F / static_cast<float>(m_look.reach * 0.7);
    cv::Mat low(kContactSide, kContactSide, CV_32F, cv::Scalar(kNowhere));
    for (const auto& face : m_scene.m_faces) {
        if (!m_scene.m_surfaces[face.surface].casts) {
            continue;
        }
        const auto& v = m_scene.m_vertices;
        eachTriangle(
            up, {up.turned(v[face.a].p), up.turned(v[face.b].p), up.turned(v[face.c].p)}, {},
            [&](const Corner& a, const Corner& b, const Corner& c) { raise(low, a, b, c); });
    }
    for (int y = 0; y < low.rows; ++y) {
        auto* row = low.ptr<float>(y);
        for (int x = 0; x < low.cols; ++x) {
            const float h = std::max(0.0F, -row[x]);
            row[x] = h > 3 ? 0.0F : 1 / (1 + h * h * 18);
        }
    }
    cv::Mat wide;
    const int n = std::max(1, cvRound(up.scale * 0.16)) * 2 + 1,
              m = std::max(1, cvRound(up.scale * 0.03)) * 2 + 1;
    cv::blur(low, wide, {n, n});
    cv::blur(low, low, {m, m});
    out.contact = low * 0.45 + wide * 0.8;
    out.up = up;
}

std::vector<double> SolidScene::fullAreas(int ids) const {
    const cv::Size size(cvRound(m_camera.width), cvRound(m_camera.height));
    const View view = throughLens(m_camera, size, 1);
    std::vector<double> area(static_cast<size_t>(ids), 0);
    // Faces of one object follow each other, or nearly so: the mark tells whose a pixel was last.
    cv::Mat mark(size, CV_16U, cv::Scalar(0));
    std::vector<std::vector<const Face*>> of(static_cast<size_t>(ids));
    for (const Face& f : m_faces) {
        if (f.id > 0 && f.id < ids && f.counted) {
            of[f.id].push_back(&f);
        }
    }
    for (size_t id = 1; id < of.size(); ++id) {
        for (const Face* f : of[id]) {
            eachTriangle(view,
                         {view.turned(m_vertices[f->a].p), view.turned(m_vertices[f->b].p),
                          view.turned(m_vertices[f->c].p)},
                         {}, [&](const Corner& a, const Corner& b, const Corner& c) {
                             fill(a.q, b.q, c.q, size, [&](int y, int x0, int x1, float, float) {
                                 auto* row = mark.ptr<std::uint16_t>(y);
                                 for (int x = x0; x <= x1; ++x) {
                                     area[id] += row[x] == id ? 0 : 1;
                                     row[x] = static_cast<std::uint16_t>(id);
                                 }
                             });
                         });
        }
    }
    return area;
}

}  // namespace cvd::simulation
