#include "core/simulation/solid/geometry.h"

namespace cvd::simulation {

Vec3 level(double angle) {
    return {std::cos(angle), std::sin(angle), 0};
}

Vec3 leaning(Random& random, double most) {
    return unit(kUp + level(random.uniform(0, 2 * CV_PI)) * std::tan(random.uniform(0, most)));
}

double anySide(Random& random) {
    return random.uniform(0, 2 * CV_PI);
}

Vec3 across(const Vec3& axis) {
    return unit(axis.cross(std::abs(axis[2]) < 0.9 ? Vec3(0, 0, 1) : Vec3(1, 0, 0)));
}

Line smooth(const Line& points, int steps) {
    Line line;
    for (size_t i = 0; i + 1 < points.size(); ++i) {
        const Vec3 &b = points[i], &c = points[i + 1];
        const Vec3 a = i > 0 ? points[i - 1] : b * 2 - c,
                   d = i + 2 < points.size() ? points[i + 2] : c * 2 - b;
        for (int k = 0; k < steps; ++k) {
            const double t = static_cast<double>(k) / steps, t2 = t * t, t3 = t2 * t;
            line.push_back((b * 2 + (c - a) * t + (a * 2 - b * 5 + c * 4 - d) * t2 +
                            (b * 3 - a - c * 3 + d) * t3) *
                           0.5);
        }
    }
    line.push_back(points.back());
    return line;
}

Vec3 joint(const Vec3& from, Vec3& to, double first, double second, const Vec3& pole) {
    Vec3 d = to - from;
    double far = cv::norm(d);
    if (far > 0.995 * (first + second)) {
        to = from + d * (0.995 * (first + second) / far);
        d = to - from;
        far = cv::norm(d);
    }
    const Vec3 axis = unit(d);
    const double along = (first * first - second * second + far * far) / (2 * std::max(1e-6, far));
    const double aside = std::sqrt(std::max(0.0, first * first - along * along));
    return from + axis * along + unit(pole - axis * axis.dot(pole)) * aside;
}

}  // namespace cvd::simulation
