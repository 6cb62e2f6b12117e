// A small renderer with a depth buffer: triangles, a sun or lamps with shadows, a sky, surfaces
// with a grain of their own. Objects hide each other pixel by pixel, and every pixel knows its
// object. World and picture frames as in canvas.h.
#pragma once

#include <cstdint>
#include <vector>

#include <opencv2/core.hpp>

#include "core/simulation/canvas.h"
#include "core/simulation/random.h"

namespace cvd::simulation {

enum class Grain : std::uint8_t { Plain, Mottled, Concrete, Earth, Boards, Bricks, Corrugated };

struct Surface {
    cv::Vec3f colour{0.3F, 0.3F, 0.3F};  // share of the light that comes back, BGR
    float gloss = 0;                     // strength of highlights and of the mirrored sky
    float sharp = 20;                    // of highlights
    Grain grain = Grain::Mottled;
    float cell = 0.1F;    // metres of the grain
    float amount = 0.1F;  // how much the grain changes the colour
    float bump = 0.1F;    // how much it turns the surface
    float dirt = 0;       // share that dirt covers
    float glow = 0;       // light of its own
    bool casts = true;    // throws shadows
};

// Reflectance of a colour as pictures store it.
cv::Vec3f reflectance(const cv::Scalar& bgr);
// Tileable noise about 0 with deviation of about 0.35, period 1 in both directions.
float tileNoise(double u, double v);

// The uneven top of the concrete.
struct HeightGrid {
    double x0 = 0, y0 = 0, cellX = 0.05, cellY = 0.05;
    int nx = 0, ny = 0;
    std::vector<float> z;
    float& value(int i, int j) { return z[static_cast<size_t>(j * nx + i)]; }
    float value(int i, int j) const { return z[static_cast<size_t>(j * nx + i)]; }
    double at(double x, double y) const;  // clamped to its edges
};

struct Lamp {
    bool sun = true;  // parallel light
    Vec3 at;          // of the lamp; of a sun the direction to it
    Vec3 aim;         // of a lamp
    cv::Vec3f colour{1, 1, 1};
    double edgeM = 0.03;  // width of its shadows' edges
    double cone = 0.5;    // of a lamp: cosine of the half angle that is lit
    bool soft = false;    // part of a wide light: no highlight of its own
};

struct Air {
    cv::Vec3f zenith{0.8F, 0.6F, 0.5F}, rim{0.9F, 0.85F, 0.8F};  // the sky's colours
    cv::Vec3f below{0.2F, 0.2F, 0.2F};                           // light from the ground
    float ambient = 1;                                           // of the sky's light
    // Share of that light that comes past whatever stands in its way. The others are lamps all over
    // the sky, with shadows of their own (light.cpp).
    float open = 1;
    float clouds = 0.2F;
    float haze = 0;       // share lost per metre
    float contact = 1;    // strength of the darkness where things stand
    bool closed = false;  // indoors: no sky
};

// A place where concrete was worked: wet from the centre to `radius`, darker or brighter.
struct WetSpot {
    double x = 0, y = 0, radius = 0.1;
    float wet = 0.5F, gain = 0.9F;
    double ring = 0;  // radius of a groove; 0: none
};

class SolidScene {
public:
    SolidScene(const Camera& camera, double oversample);

    // Round rod with radii at its ends. `dome` is the height of the end caps in radii, a then b;
    // `flat` squeezes it across `wide`. `counted`: belongs to what fullArea counts.
    struct RodShape {
        double domeA = 0, domeB = 0, flat = 1;
        Vec3 wide{0, 0, 0};
        bool counted = true;
    };
    void rod(const Vec3& a, const Vec3& b, double ra, double rb, const Surface& s, int id = 0);
    void rod(const Vec3& a, const Vec3& b, double ra, double rb, const Surface& s, int id,
             const RodShape& shape);
    void tube(const std::vector<Vec3>& line, double radius, const Surface& s, int id = 0,
              double ribs = 0);
    void ball(const Vec3& centre, const Vec3& radii, double turn, const Surface& s, int id = 0,
              double lowest = -1);
    // Box about its centre, with its axes.
    void box(const Vec3& centre, const Vec3& half, const Vec3& ax, const Vec3& ay, const Surface& s,
             int id = 0);
    void block(const Vec3& foot, const Vec3& size, double turn, const Surface& s, int id = 0);
    void quad(const Vec3& a, const Vec3& b, const Vec3& c, const Vec3& d, const Surface& s,
              int id = 0);
    void heights(const HeightGrid& grid, const Surface& s);

    void addWetSpot(const WetSpot& spot) { m_spots.push_back(spot); }
    // A rod that wet concrete mirrors.
    void addMirrored(const Vec3& a, const Vec3& b, double radius, const cv::Vec3f& colour);

    const Camera& camera() const { return m_camera; }

    struct Look {
        Air air;
        std::vector<Lamp> lamps;
        Vec3 focus;           // shadows are exact about here
        double reach = 8;     // metres about it
        double exposure = 1;  // 1 is right
        double contrast = 1;
        cv::Vec3f dirt{0.3F, 0.3F, 0.3F};
    };
    struct Picture {
        cv::Mat bgr, ids;  // ids: CV_16U
    };
    Picture render(const Look& look) const;
    // Pixels that an object would fill in the picture if nothing hid it.
    std::vector<double> fullAreas(int ids) const;

private:
    friend class SolidRaster;
    friend class SolidShader;
    struct Vertex {
        cv::Vec3f p, n;
    };
    struct Face {
        std::uint32_t a = 0, b = 0, c = 0;
        std::uint16_t surface = 0, id = 0;
        bool counted = true;
    };
    struct Mirrored {
        cv::Vec3f a, b, colour;
        float radius = 0;
    };

    std::uint16_t use(const Surface& s);
    std::uint32_t vertex(const Vec3& p, const Vec3& n);
    void face(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint16_t s, int id,
              bool counted = true);
    // Puts a disc on the ring of `n` corners that begins at vertex `base`.
    void closeRing(std::uint32_t base, std::uint32_t n, const Vec3& centre, const Vec3& normal,
                   std::uint16_t material, int id, bool counted);
    // A flat face of four corners, with its normal.
    void plate(const Vec3& a, const Vec3& b, const Vec3& c, const Vec3& d, const Vec3& n,
               std::uint16_t material, int id);
    double depthOf(const Vec3& p) const;
    double seenRadius(const Vec3& p, double radius) const;
    // Pixels of the oversampled picture; finite before and behind the lens.
    double radiusPx(const Vec3& p, double radius) const;

    Camera m_camera;
    double m_oversample;
    cv::Matx33d m_rotation;
    std::vector<Vertex> m_vertices;
    std::vector<Face> m_faces;
    std::vector<Surface> m_surfaces;
    std::vector<WetSpot> m_spots;
    std::vector<Mirrored> m_mirrored;
};

}  // namespace cvd::simulation
