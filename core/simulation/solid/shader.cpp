// Pixels to colours: grain, wet concrete, light, shadows, sky, and what a camera makes of them.
// Frames as in raster.h; colours are linear light, BGR, until they are toned.
#include <algorithm>
#include <array>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "core/simulation/solid/noise.h"
#include "core/simulation/solid/raster.h"

namespace cvd::simulation {
namespace {

// What the grain does to a surface: to its brightness, and its slopes along the two axes in which
// the surface lies.
struct Relief {
    float gain = 1, du = 0, dv = 0;
};

// Below, u and v are cells of the grain and `pixel` is how many of them a pixel of the picture
// covers: what is finer than a pixel fades.

void concreteGrain(const Surface& s, float u, float v, float pixel, Relief& r, float& gloss) {
    const float keep = std::min(1.0F, 0.06F / pixel);
    if (keep > 0.1F) {
        const Noise fine = tile().at(u * 57 + 31, v * 57);
        r.gain += s.amount * fine.value * 0.9F * keep;
        r.du += fine.du * 2.2F * keep;
        r.dv += fine.dv * 2.2F * keep;
    }
    if (gloss > 0.04F) {
        const float wet = tile().at(u * 1.7F + 90, v * 1.7F + 17).value;
        gloss *= std::clamp(0.35F + 1.6F * wet, 0.0F, 1.0F);
        r.gain -= std::clamp(wet, 0.0F, 0.5F) * 0.35F;
    }
}

void earthGrain(const Surface& s, float u, float v, float pixel, Relief& r) {
    const Noise fine = tile().at(u * 41 + 5, v * 41);
    const float keep = std::min(1.0F, 0.08F / pixel);
    r.gain += s.amount * fine.value * 1.8F * keep;
    r.du += fine.du * 4 * keep;
    r.dv += fine.dv * 4 * keep;
}

// `across` in metres.
void boardsGrain(const Surface& s, float across, Relief& r) {
    const float joint = across / (s.cell * 1.9F), in = joint - std::floor(joint);
    r.gain *= in < 0.05F ? 0.45F : 0.9F + 0.2F * tile().at(std::floor(joint) * 17.3F, 3).value;
}

void bricksGrain(const Surface& s, const Vec3f& at, int i, Relief& r) {
    const float course = at[2] / (s.cell * 0.35F), row = std::floor(course);
    const float along = (at[i == 0 ? 0 : 1] + at[1] * 0.001F) / s.cell + row * 0.5F;
    if (course - row < 0.12F || along - std::floor(along) < 0.05F) {
        r.gain *= 1.35F;
    } else {
        r.gain *= 1 + 0.5F * tile().at(row * 7.1F, std::floor(along) * 5.3F).value;
    }
}

void corrugatedGrain(const Surface& s, const Vec3f& at, float pixel, Relief& r) {
    const float w = std::sin((at[0] + at[1]) * 6.2832F / s.cell);
    r.du += w * 0.8F / std::max(0.05F, s.bump) * std::min(1.0F, 0.2F / pixel);
}

}  // namespace

class SolidShader {
public:
    SolidShader(const SolidScene& scene, const SolidScene::Look& look);
    SolidScene::Picture picture() const;

private:
    struct Point {
        Vec3f at, n, look;
        float depth = 0;
    };

    float open(const ShadowMap& s, const Vec3f& p, const Vec3f& n) const;
    float contactAt(const Vec3f& p) const;
    Vec3f sky(const Vec3f& direction) const;
    void grain(const Surface& s, Point& p, Vec3f& colour, float& gloss) const;
    void wetSpots(const Point& p, Vec3f& colour, float& gloss, float& wet) const;
    Vec3f mirrored(const Point& p, const Vec3f& direction, float wet) const;
    Vec3f lit(const Surface& s, const Point& p, const Vec3f& colour, float gloss, float wet) const;
    Vec3f shade(int x, int y) const;
    bool alike(size_t at, size_t before, size_t after) const;
    void shadeRow(int y, std::vector<Vec3f>& line) const;
    void shadeBetween(int y, const std::vector<Vec3f>& above, const std::vector<Vec3f>& under,
                      std::vector<Vec3f>& line) const;
    cv::Mat toned() const;
    double exposure() const;

    const SolidScene& m_scene;
    const SolidScene::Look& m_look;
    SolidBuffers m_pixels;
    cv::Matx33f m_back;  // from the camera to the world
};

SolidShader::SolidShader(const SolidScene& scene, const SolidScene::Look& look)
    : m_scene(scene), m_look(look), m_pixels(SolidRaster(scene, look).buffers()) {
    m_back = m_pixels.view.rotation.t();
}

float SolidShader::contactAt(const Vec3f& p) const {
    const Vec3f q = m_pixels.up.seen(m_pixels.up.turned(p));
    const int x = static_cast<int>(q[0]), y = static_cast<int>(q[1]);
    if (q[0] < 0 || q[1] < 0 || x + 1 >= m_pixels.contact.cols || y + 1 >= m_pixels.contact.rows) {
        return 1;
    }
    const float a = q[0] - static_cast<float>(x), b = q[1] - static_cast<float>(y);
    const auto *r0 = m_pixels.contact.ptr<float>(y), *r1 = m_pixels.contact.ptr<float>(y + 1);
    const float v =
        (r0[x] * (1 - a) + r0[x + 1] * a) * (1 - b) + (r1[x] * (1 - a) + r1[x + 1] * a) * b;
    return 1 - m_look.air.contact * std::min(0.75F, v);
}

// Share of a lamp's light that comes through: four samples, an edge's width apart.
float SolidShader::open(const ShadowMap& s, const Vec3f& p, const Vec3f& n) const {
    const Vec3f t = s.view.turned(p + n * (1.6F * s.texel * s.edge));
    if (!s.view.parallel && t[2] < kNear) {
        return 1;
    }
    const Vec3f q = s.view.seen(t);
    const float bias = s.view.parallel ? 0.012F : 0.012F * q[2] * q[2];
    const float u = q[0] / s.edge, v = q[1] / s.edge;
    const int side = s.near.cols;
    if (!(u > -1 && v > -1 && u < static_cast<float>(side) && v < static_cast<float>(side))) {
        return 1;
    }
    const auto fu = static_cast<float>(below(u)), fv = static_cast<float>(below(v));
    const float a = u - fu, b = v - fv;
    const int x0 = static_cast<int>(fu * s.edge), y0 = static_cast<int>(fv * s.edge),
              x1 = static_cast<int>((fu + 1) * s.edge), y1 = static_cast<int>((fv + 1) * s.edge);
    if (x0 < 0 || y0 < 0 || x1 >= side || y1 >= side) {
        return 1;
    }
    const float near = q[2] + bias;
    const auto *r0 = s.near.ptr<float>(y0), *r1 = s.near.ptr<float>(y1);
    return ((r0[x0] < near) * (1 - a) + (r0[x1] < near) * a) * (1 - b) +
           ((r1[x0] < near) * (1 - a) + (r1[x1] < near) * a) * b;
}

Vec3f SolidShader::sky(const Vec3f& d) const {
    const Air& air = m_look.air;
    if (d[2] <= 0) {
        return air.below * (1 - 0.3F * d[2]);
    }
    const float t = std::sqrt(std::min(1.0F, d[2]));
    Vec3f c = air.rim * (1 - t) + air.zenith * t;
    if (air.clouds > 0 && !air.closed) {
        const float k = 30 / (d[2] + 0.15F);
        const float cloud = tile().at(d[0] * k, d[1] * k).value;
        c *= std::max(0.3F, 1 + air.clouds * cloud * 1.6F);
    }
    return c;
}

void SolidShader::grain(const Surface& s, Point& p, Vec3f& colour, float& gloss) const {
    if (s.grain == Grain::Plain) {
        return;
    }
    // The axes in which the surface lies.
    const float ax = std::abs(p.n[0]), ay = std::abs(p.n[1]), az = std::abs(p.n[2]);
    int i = 0, j = 1;
    if (ax > ay && ax > az) {
        i = 1, j = 2;
    } else if (ay > az) {
        j = 2;
    }
    float u = p.at[i] / s.cell, v = p.at[j] / s.cell;
    const float pixel = p.depth / m_pixels.view.scale / s.cell;  // of the picture, in cells
    if (s.grain == Grain::Boards) {
        u *= 0.09F;
    }
    // Eight cells of the tile make its coarsest lump.
    const Noise coarse = tile().at(u * 8, v * 8);
    const float far = std::min(1.0F, 0.5F / pixel);
    Relief r{1 + s.amount * coarse.value * 1.6F * far, coarse.du, coarse.dv};
    switch (s.grain) {
        case Grain::Concrete:
            concreteGrain(s, u, v, pixel, r, gloss);
            break;
        case Grain::Earth:
            earthGrain(s, u, v, pixel, r);
            break;
        case Grain::Boards:
            boardsGrain(s, p.at[j], r);
            break;
        case Grain::Bricks:
            bricksGrain(s, p.at, i, r);
            break;
        case Grain::Corrugated:
            corrugatedGrain(s, p.at, pixel, r);
            break;
        default:
            break;
    }
    if (s.dirt > 0) {
        const float d = tile().at(u * 23 + 7, v * 23 + 3).value + s.dirt * 1.4F - 0.7F;
        const float share = std::clamp(d * 4 + 0.5F, 0.0F, 1.0F);
        colour = colour * (1 - share) + m_look.dirt * share;
        gloss *= 1 - share;
    }
    colour *= std::max(0.15F, r.gain);
    p.n[i] -= r.du * s.bump;
    p.n[j] -= r.dv * s.bump;
    p.n = unitF(p.n);
}

void SolidShader::wetSpots(const Point& p, Vec3f& colour, float& gloss, float& wet) const {
    for (const WetSpot& spot : m_scene.m_spots) {
        const float dx = p.at[0] - static_cast<float>(spot.x),
                    dy = p.at[1] - static_cast<float>(spot.y), r = static_cast<float>(spot.radius),
                    d2 = dx * dx + dy * dy;
        if (d2 > r * r * 2) {
            continue;
        }
        const float ragged = 1 + 0.5F * tile().at(p.at[0] * 60, p.at[1] * 60).value;
        const float d = std::sqrt(d2), k = std::clamp((r - d * ragged) / (0.35F * r), 0.0F, 1.0F);
        colour *= 1 + (spot.gain - 1) * k;
        gloss += 0.5F * spot.wet * k;
        wet = std::max(wet, spot.wet * k);
        const auto ring = static_cast<float>(spot.ring);
        if (ring > 0 && std::abs(d - ring) < ring * 0.3F) {
            colour *= 0.72F;
        }
    }
}

// What stands in wet concrete is mirrored by it: the ray is followed to the rods by name.
Vec3f SolidShader::mirrored(const Point& p, const Vec3f& r, float wet) const {
    Vec3f c = sky(r);
    if (wet < 0.25F) {
        return c;
    }
    for (const auto& m : m_scene.m_mirrored) {
        const Vec3f d = m.b - m.a, w = p.at - m.a;
        const float dd = d.dot(d), rd = r.dot(d), det = dd - rd * rd;
        if (det < 1e-6F) {
            continue;
        }
        const float t = std::clamp((w.dot(d) - rd * w.dot(r)) / det, 0.0F, 1.0F);
        const float s = rd * t - w.dot(r);
        const Vec3f gap = w + r * s - d * t;
        if (s > 0 && gap.dot(gap) < m.radius * m.radius) {
            c = m.colour * 0.5F;
        }
    }
    return c;
}

Vec3f SolidShader::lit(const Surface& s, const Point& p, const Vec3f& colour, float gloss,
                       float wet) const {
    const Air& air = m_look.air;
    const float up = 0.5F + 0.5F * p.n[2];
    const float hidden = contactAt(p.at);
    // Near the ground only: what lies higher is not in the map's shade.
    const float shade = p.n[2] > -0.2F ? hidden : 1;
    Vec3f light = (air.zenith * 0.6F + air.rim * 0.4F) * (up * air.ambient * air.open * shade) +
                  air.below * ((1 - up) * air.ambient);
    const Vec3f eye = -p.look;
    Vec3f shine(0, 0, 0);
    for (size_t i = 0; i < m_look.lamps.size(); ++i) {
        const Lamp& lamp = m_look.lamps[i];
        const ShadowMap& shadow = m_pixels.shadows[i];
        Vec3f to = shadow.towards;
        float strength = 1;
        if (!lamp.sun) {
            const Vec3f way = shadow.view.at - p.at;
            const float d2 = way.dot(way);
            to = way * (1 / std::sqrt(d2));
            const float in = to.dot(shadow.towards) - static_cast<float>(lamp.cone);
            const Vec3f full = shadow.view.at - asFloat(lamp.aim);
            strength = std::clamp(in * 6 + 0.04F, 0.0F, 1.0F) * full.dot(full) / (d2 + 1);
        }
        const float facing = p.n.dot(to);
        if (facing <= 0 || strength <= 0) {
            continue;
        }
        strength *= open(shadow, p.at, p.n);
        light += lamp.colour * (facing * strength);
        if (gloss > 0.01F && strength > 0 && !lamp.soft) {
            const float h = std::max(0.0F, p.n.dot(unitF(to + eye)));
            shine += lamp.colour * (gloss * strength * std::pow(h, s.sharp) * s.sharp * 0.03F);
        }
    }
    Vec3f out = colour.mul(light) + shine + colour * s.glow;
    if (gloss > 0.01F) {
        const float facing = std::max(0.0F, p.n.dot(eye)), f = 1 - facing;
        const Vec3f r = p.look + p.n * (2 * facing);
        const float fresnel = gloss * (0.08F + 0.92F * f * f * f * f);
        out += mirrored(p, unitF(r), wet) * (fresnel * air.ambient * shade);
    }
    return out;
}

Vec3f SolidShader::shade(int x, int y) const {
    const size_t at =
        static_cast<size_t>(y) * static_cast<size_t>(m_pixels.size.width) + static_cast<size_t>(x);
    const Vec3f ray =
        m_back * Vec3f((static_cast<float>(x) - m_pixels.view.cx) / m_pixels.view.scale,
                       (static_cast<float>(y) - m_pixels.view.cy) / m_pixels.view.scale, 1);
    if (m_pixels.face[at] == 0) {
        return sky(unitF(ray));
    }
    const Surface& s = m_scene.m_surfaces[m_scene.m_faces[m_pixels.face[at] - 1].surface];
    Point p;
    p.depth = 1 / m_pixels.near[at];
    p.at = m_pixels.view.at + ray * p.depth;
    p.look = unitF(ray);
    p.n = unitF(unpacked(m_pixels.normal[at]));
    if (p.n.dot(p.look) > 0) {
        p.n = -p.n;
    }
    Vec3f colour = s.colour;
    float gloss = s.gloss, wet = 0;
    grain(s, p, colour, gloss);
    if (s.grain == Grain::Concrete) {
        wetSpots(p, colour, gloss, wet);
    }
    Vec3f out = lit(s, p, colour, gloss, wet);
    if (m_look.air.haze > 0) {
        const float keep = std::exp(-m_look.air.haze * p.depth);
        out = out * keep + m_look.air.rim * (m_look.air.ambient * (1 - keep));
    }
    return out;
}

bool SolidShader::alike(size_t at, size_t before, size_t after) const {
    const auto surface = [&](size_t i) {
        return m_pixels.face[i] == 0 ? -1 : int{m_scene.m_faces[m_pixels.face[i] - 1].surface};
    };
    const int own = surface(at);
    return surface(before) == own && surface(after) == own;
}

// Every other pixel of a row is shaded; those between two of the same surface are like them.
void SolidShader::shadeRow(int y, std::vector<Vec3f>& line) const {
    const size_t row = static_cast<size_t>(y) * line.size(), last = line.size() - 1;
    for (size_t x = 0; x <= last; x += 2) {
        line[x] = shade(static_cast<int>(x), y);
    }
    for (size_t x = 1; x <= last; x += 2) {
        line[x] = x < last && alike(row + x, row + x - 1, row + x + 1)
                      ? (line[x - 1] + line[x + 1]) * 0.5F
                      : shade(static_cast<int>(x), y);
    }
}

// The row between two that are done.
void SolidShader::shadeBetween(int y, const std::vector<Vec3f>& above,
                               const std::vector<Vec3f>& under, std::vector<Vec3f>& line) const {
    const size_t width = line.size(), row = static_cast<size_t>(y) * width;
    for (size_t x = 0; x < width; ++x) {
        line[x] = alike(row + x, row + x - width, row + x + width) ? (above[x] + under[x]) * 0.5F
                                                                   : shade(static_cast<int>(x), y);
    }
}

// As cameras do it: so that the picture's middle tone is right.
double SolidShader::exposure() const {
    double sum = 0;
    int count = 0;
    for (int y = 8; y < m_pixels.size.height; y += 24) {
        for (int x = 8; x < m_pixels.size.width; x += 24) {
            const Vec3f c = shade(x, y);
            sum += std::log(0.02 + (c[0] + 2 * c[1] + c[2]) / 4);
            ++count;
        }
    }
    return 0.27 / std::exp(sum / std::max(1, count));
}

// The shaded picture as a camera stores it.
cv::Mat SolidShader::toned() const {
    constexpr int kSteps = 2048;
    constexpr float kBrightest = 6;
    std::array<std::uint8_t, kSteps> tone{};
    for (int i = 0; i < kSteps; ++i) {
        const double c = static_cast<double>(i) / kSteps * kBrightest;
        const double v = std::pow(1 - std::exp(-1.25 * c), 1 / 2.2 * m_look.contrast);
        tone[static_cast<size_t>(i)] = cv::saturate_cast<std::uint8_t>(255 * v);
    }
    const float gain = static_cast<float>(exposure() * m_look.exposure) * kSteps / kBrightest;
    cv::Mat out(m_pixels.size, CV_8UC3);
    const auto store = [&](int y, const std::vector<Vec3f>& line) {
        auto* row = out.ptr<cv::Vec3b>(y);
        for (int x = 0; x < m_pixels.size.width; ++x) {
            const Vec3f& c = line[static_cast<size_t>(x)];
            for (int k = 0; k < 3; ++k) {
                const int step = static_cast<int>(std::min(c[k] * gain, kSteps - 1.0F));
                row[x][k] = tone[static_cast<size_t>(std::max(0, step))];
            }
        }
    };
    std::vector<Vec3f> above(static_cast<size_t>(m_pixels.size.width)), line = above, under = above;
    shadeRow(0, above);
    store(0, above);
    for (int y = 2; y < m_pixels.size.height; y += 2) {
        shadeRow(y, under);
        store(y, under);
        shadeBetween(y - 1, above, under, line);
        store(y - 1, line);
        std::swap(above, under);
    }
    if (m_pixels.size.height % 2 == 0) {
        shadeRow(m_pixels.size.height - 1, line);
        store(m_pixels.size.height - 1, line);
    }
    return out;
}

SolidScene::Picture SolidShader::picture() const {
    SolidScene::Picture out;
    const Camera& camera = m_scene.m_camera;
    const cv::Size size(cvRound(camera.width), cvRound(camera.height));
    cv::resize(toned(), out.bgr, size, 0, 0, cv::INTER_AREA);
    out.ids = cv::Mat(size, CV_16U, cv::Scalar(0));
    const double k = m_scene.m_oversample;
    for (int y = 0; y < size.height; ++y) {
        auto* row = out.ids.ptr<std::uint16_t>(y);
        const int v = std::clamp(cvRound((y + 0.5) * k - 0.5), 0, m_pixels.size.height - 1);
        for (int x = 0; x < size.width; ++x) {
            const int u = std::clamp(cvRound((x + 0.5) * k - 0.5), 0, m_pixels.size.width - 1);
            const std::uint32_t f =
                m_pixels.face[static_cast<size_t>(v) * static_cast<size_t>(m_pixels.size.width) +
                              static_cast<size_t>(u)];
            row[x] = f == 0 ? std::uint16_t{0} : m_scene.m_faces[f - 1].id;
        }
    }
    return out;
}

SolidScene::Picture SolidScene::render(const Look& look) const {
    return SolidShader(*this, look).picture();
}

}  // namespace cvd::simulation
