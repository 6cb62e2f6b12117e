// Arithmetic on CameraMotion (types.h): similarities of the picture plane.
#pragma once

#include <cmath>

#include "core/base/types.h"

namespace cvd {

// Point of the previous frame in this one.
inline PointPx apply(const CameraMotion& motion, PointPx p) {
    const double* m = motion.m;
    return {m[0] * p.x + m[1] * p.y + m[2], m[3] * p.x + m[4] * p.y + m[5]};
}

// The motion that undoes `motion`; the identity for a degenerate one.
inline CameraMotion inverse(const CameraMotion& motion) {
    const double* m = motion.m;
    const double det = m[0] * m[4] - m[1] * m[3];
    if (std::abs(det) < 1e-12) {
        return {};
    }
    CameraMotion out = motion;
    out.m[0] = m[4] / det;
    out.m[1] = -m[1] / det;
    out.m[3] = -m[3] / det;
    out.m[4] = m[0] / det;
    out.m[2] = -(out.m[0] * m[2] + out.m[1] * m[5]);
    out.m[5] = -(out.m[3] * m[2] + out.m[4] * m[5]);
    return out;
}

// `first`, then `second`.
inline CameraMotion combine(const CameraMotion& first, const CameraMotion& second) {
    const double *a = first.m, *b = second.m;
    CameraMotion out;
    out.m[0] = b[0] * a[0] + b[1] * a[3];
    out.m[1] = b[0] * a[1] + b[1] * a[4];
    out.m[2] = b[0] * a[2] + b[1] * a[5] + b[2];
    out.m[3] = b[3] * a[0] + b[4] * a[3];
    out.m[4] = b[3] * a[1] + b[4] * a[4];
    out.m[5] = b[3] * a[2] + b[4] * a[5] + b[5];
    out.cut = first.cut || second.cut;
    out.reliable = first.reliable && second.reliable;
    return out;
}

inline bool isIdentity(const CameraMotion& motion) {
    const double* m = motion.m;
    return m[0] == 1 && m[1] == 0 && m[2] == 0 && m[3] == 0 && m[4] == 1 && m[5] == 0;
}

}  // namespace cvd
