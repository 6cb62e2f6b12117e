// The camera behind a calibration: with it, heights above the concrete surface can be told too.
#pragma once

#include <optional>

#include "core/base/types.h"
#include "core/compliance/calibration.h"

namespace cvd::compliance {

// What a bar that stands on the surface measures. Its lower end must lie on the surface. A lean
// towards or away from the camera looks like a change of length and cannot be told; it counts as
// none.
struct BarInSpace {
    double lengthM = 0;
    double tiltDeg = 0;     // from the vertical
    double azimuthDeg = 0;  // to where the top leans, from +x of the plane towards +y, (-180, 180]
};

// Square pixels and the optical axis in the middle of the frame are assumed (Zhang, PAMI 2000, for
// one plane). Where the surface is seen so steeply that the focal length cannot be told, an
// ordinary lens is assumed.
class SurfaceCamera {
public:
    // Empty without a frame size, or when the homography belongs to no such camera.
    static std::optional<SurfaceCamera> from(const Homography& homography, int width, int height);

    PointPx project(PointM p, double heightM) const;
    // Empty near the horizon and when seen from straight above, where height has no extent: where
    // the way to the point below the camera is less than `leastAway` of the camera's height.
    std::optional<BarInSpace> bar(PointPx low, PointPx top, double leastAway = kSteep) const;
    // Steeper than about 70 degrees a height is hardly longer than the noise, and a lean unknown.
    static constexpr double kSteep = 0.35;
    double focalPx() const { return m_focal; }
    PointM below() const { return m_below; }  // the point of the surface below the camera
    double heightM() const { return m_height; }

private:
    Homography m_homography;
    double m_p[12] = {};  // 3x4, row-major: plane and height, homogeneous, to px
    double m_focal = 0, m_height = 0;
    PointM m_below;
};

}  // namespace cvd::compliance
