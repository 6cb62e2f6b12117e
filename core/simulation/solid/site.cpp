#include "core/simulation/solid/site.h"

#include <algorithm>
#include <cmath>

#include "core/simulation/solid/geometry.h"
#include "core/simulation/solid/materials.h"

namespace cvd::simulation {

Vec3 SolidSite::footing(Random& random, double x, double y) const {
    if (!inConcrete(x, y)) {
        return {x, y, stand};
    }
    if (wade) {
        return {x, y, concrete.at(x, y) - (random.chance(0.8) ? random.uniform(0.01, 0.22) : 0)};
    }
    // The nearest long side.
    const double aside = random.uniform(0.25, 0.5);
    if (x1 - x0 < y1 - y0) {
        return {x < (x0 + x1) / 2 ? x0 - aside : x1 + aside, y, stand};
    }
    return {x, y < (y0 + y1) / 2 ? y0 - aside : y1 + aside, stand};
}

void SolidSite::dent(double x, double y, double radius, double height) {
    HeightGrid& g = concrete;
    for (int j = 0; j < g.ny; ++j) {
        const double dy = (g.y0 + j * g.cellY - y) / radius;
        if (std::abs(dy) > 2) {
            continue;
        }
        for (int i = 0; i < g.nx; ++i) {
            const double dx = (g.x0 + i * g.cellX - x) / radius, d2 = dx * dx + dy * dy;
            if (d2 < 4) {
                g.value(i, j) += static_cast<float>(height * std::exp(-2 * d2));
            }
        }
    }
}

Vec3 spotNear(Random& random, const SolidSite& site, const Vec3& at, double far) {
    const Vec3 p = at + level(random.uniform(0, 2 * CV_PI)) * (far * std::sqrt(random.unit()));
    return {p[0], p[1], site.surface(p[0], p[1])};
}

double surfaceAlong(const SolidSite& site, const Vec3& from, const Vec3& axis) {
    double s = 0;
    for (int i = 0; i < 12; ++i) {
        const Vec3 p = from + axis * s;
        s += (site.surface(p[0], p[1]) - p[2]) / std::max(0.3, axis[2]);
    }
    return s;
}

Surface groutOf(const SolidSite& site, Random& random) {
    Surface s = plainSurface(random, {128, 128, 128}, random.uniform(0, 0.4));
    s.colour = site.grout * static_cast<float>(random.uniform(0.7, 1.2));
    s.cell = 0.05F;
    s.amount = 0.2F;
    s.bump = 0.2F;
    return s;
}

}  // namespace cvd::simulation
