// Directions, curves and joints that the rendered scenes share. World frame as in canvas.h: metres,
// z up; angles in radians, about z from +x. Coordinates are doubles while a scene is built and
// floats while it is rendered.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/simulation/canvas.h"
#include "core/simulation/random.h"

namespace cvd::simulation {

using Line = std::vector<Vec3>;
using Vec3f = cv::Vec3f;

inline const Vec3 kUp(0, 0, 1);

inline Vec3 unit(const Vec3& v) {
    return v / std::max(1e-9, cv::norm(v));
}

inline Vec3f asFloat(const Vec3& v) {
    return {static_cast<float>(v[0]), static_cast<float>(v[1]), static_cast<float>(v[2])};
}

inline Vec3f unitF(const Vec3f& v) {
    return v * (1 / std::sqrt(std::max(1e-12F, v.dot(v))));
}

// The whole number below; faster than std::floor where that is a call.
inline int below(float v) {
    const int i = static_cast<int>(v);
    return i - (v < static_cast<float>(i) ? 1 : 0);
}

Vec3 level(double angle);                   // a horizontal direction
Vec3 leaning(Random& random, double most);  // upwards, off the vertical by up to `most`
double anySide(Random& random);             // 0 to 2 pi
// Any direction square to `axis`.
Vec3 across(const Vec3& axis);

// A curve through all points.
Line smooth(const Line& points, int steps = 6);

// The joint of a limb of two pieces, `first` and `second` long; it points towards `pole`. What is
// out of reach is drawn in: `to` moves.
Vec3 joint(const Vec3& from, Vec3& to, double first, double second, const Vec3& pole);

}  // namespace cvd::simulation
