// Triangles to pixels, for SolidScene and its shading only: which face each pixel of the picture
// shows, and what keeps the lamps' and the sky's light away.
//
// World frame as in canvas.h: metres. Picture frame: pixels of the oversampled picture or of a map,
// x right, y down. "Near" grows towards the eye: 1 / depth, or -depth where the rays are parallel.
#pragma once

#include <cstdint>
#include <vector>

#include <opencv2/core.hpp>

#include "core/simulation/solid/geometry.h"
#include "core/simulation/solid/scene.h"

namespace cvd::simulation {

inline constexpr float kNear = 0.12F;  // metres before the eye: nothing closer is seen
// Pixels of the maps.
inline constexpr int kShadowSide = 1024, kSoftShadowSide = 512, kContactSide = 512;

// How points come to a picture. `near` grows towards the eye and is linear across the picture.
struct View {
    cv::Matx33f rotation = cv::Matx33f::eye();  // rows: right, down, forward
    Vec3f at;
    float scale = 1, cx = 0, cy = 0;
    bool parallel = false;

    Vec3f turned(const Vec3f& p) const { return rotation * (p - at); }
    Vec3f seen(const Vec3f& t) const {  // of a turned point
        if (parallel) {
            return {cx + scale * t[0], cy + scale * t[1], -t[2]};
        }
        const float w = 1 / t[2];
        return {cx + scale * t[0] * w, cy + scale * t[1] * w, w};
    }
};

// Directions are kept in three bytes.
inline std::uint32_t packed(const Vec3f& n) {
    const Vec3f u = n * 127.0F;  // no longer than 1: corners' normals are
    const auto byte = [](float v) {
        return static_cast<std::uint32_t>(static_cast<std::uint8_t>(static_cast<int>(v) + 128));
    };
    return byte(u[0]) | byte(u[1]) << 8 | byte(u[2]) << 16;
}

inline Vec3f unpacked(std::uint32_t v) {
    const auto part = [&](int shift) {
        return static_cast<float>(static_cast<int>(v >> shift & 255U) - 128) / 127.0F;
    };
    return {part(0), part(8), part(16)};
}

struct ShadowMap {
    View view;
    cv::Mat near;                   // CV_32F, of what the light meets first
    Vec3f towards;                  // to a sun; to a lamp, from what it aims at
    float texel = 0.01F, edge = 1;  // metres a pixel; pixels of a shadow's edge
};

struct SolidBuffers {
    View view;
    cv::Size size;
    // One entry a pixel of the picture, row by row.
    std::vector<float> near;            // 0: sky
    std::vector<std::uint32_t> face;    // number of the scene's face plus 1; 0: sky
    std::vector<std::uint32_t> normal;  // packed
    std::vector<ShadowMap> shadows;     // one a lamp
    cv::Mat contact;                    // CV_32F, share of the sky that is hidden by what is near
    View up;                            // of `contact`
};

class SolidRaster {
public:
    SolidRaster(const SolidScene& scene, const SolidScene::Look& look)
        : m_scene(scene), m_look(look) {}
    SolidBuffers buffers() const;

private:
    void rasterise(SolidBuffers& out) const;
    ShadowMap shadowOf(const Lamp& lamp) const;
    void castContact(SolidBuffers& out) const;

    const SolidScene& m_scene;
    const SolidScene::Look& m_look;
};

}  // namespace cvd::simulation
