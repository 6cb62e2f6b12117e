// A picture into which solid bodies are painted in perspective, with an id for every pixel, so that
// what is visible of an object is known exactly.
//
// World frame: metres, x right, y away from the camera along the ground, z up, the concrete surface
// is z = 0. Picture frame: pixels, x right, y down.
#pragma once

#include <cstdint>
#include <vector>

#include <opencv2/core.hpp>

namespace cvd::simulation {

using Vec3 = cv::Vec3d;

struct Camera {
    Vec3 at{0, -4, 2.5};
    double pitch = 0.6;  // radians below the horizon
    double yaw = 0, roll = 0;
    double focalPx = 900;
    double width = 1280, height = 720;

    struct Seen {
        cv::Point2d px;
        double depth = 0;  // metres along the optical axis; <= 0: behind
    };
    Seen project(const Vec3& p) const;
    double pxPerMetre(const Vec3& p) const;  // at the depth of p
    // Where the ray through a pixel meets z = 0; depth <= 0 when it does not.
    Vec3 ground(cv::Point2d px, bool* hit) const;
    cv::Matx33d rotation() const;
};

struct Material {
    cv::Scalar bgr{128, 128, 128};
    double shine = 0;        // 0..1, width of the highlight's strength
    double stripes = 0;      // hi-vis bands, 0 none
    double roughness = 0.1;  // strength of the surface's own texture
    bool flat = false;       // no shading: drawn styles
};

struct Light {
    double angle = 0.6;     // where across a cylinder the light falls, -1..1
    double ambient = 0.55;  // 0..1
    double strength = 0.6;
};

// How bodies are put on the picture. Varied, so that a detector learns things and not one renderer.
struct Style {
    bool smoothEdges = true;
    int mostStrips = 9;      // tones across a rod
    double roundness = 0.8;  // of a rod's ends: 0 cut straight, 1 half circles
    double outlinePx = 0;    // drawn edges
    cv::Scalar outline{0, 0, 0};
};

class Canvas {
public:
    Canvas(cv::Mat& bgr, const Camera& camera, const Light& light, const Style& style = {});

    // A rod with round ends; radii in metres. Pixels get `id` (0: none). `endA` is how far the end
    // at `a` bulges in radii; negative: as the style says.
    void rod(const Vec3& a, const Vec3& b, double radiusA, double radiusB, const Material& m,
             int id, double endA = -1);
    // A flat ring or disc on the ground, from `inner` to `outer` metres about the centre; `gain`
    // brightens (above 1) or darkens what is there.
    void groundRing(const Vec3& centre, double inner, double outer, double gain);
    void tube(const std::vector<Vec3>& line, double radius, const Material& m, int id);
    void ball(const Vec3& centre, double radius, const Material& m, int id);
    void face(const std::vector<Vec3>& corners, const Material& m, int id, double shade = 1);
    // Upright box standing on z.
    void box(const Vec3& centre, const Vec3& size, double turn, const Material& m, int id);
    // A soft dark disc on the ground.
    void shadow(const Vec3& a, const Vec3& b, double radius, double strength);

    const Camera& camera() const { return m_camera; }
    const cv::Mat& ids() const { return m_ids; }
    // All pixels that an object would fill if nothing hid it.
    double fullArea(int id) const {
        return id < static_cast<int>(m_area.size()) ? m_area[static_cast<size_t>(id)] : 0;
    }

private:
    void paint(const std::vector<cv::Point2d>& outline, const cv::Scalar& colour, int id);

    cv::Mat& m_bgr;
    cv::Mat m_ids;  // CV_16U
    const Camera& m_camera;
    Light m_light;
    Style m_style;
    std::vector<double> m_area;
};

}  // namespace cvd::simulation
