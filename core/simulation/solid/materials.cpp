#include "core/simulation/solid/materials.h"

#include <array>

#include "core/simulation/actors.h"

namespace cvd::simulation {

cv::Scalar saturated(Random& random) {
    const auto c = random.pick<std::array<int, 3>>({{0, 230, 255},
                                                    {0, 120, 255},
                                                    {30, 30, 220},
                                                    {210, 90, 20},
                                                    {60, 160, 40},
                                                    {235, 235, 235},
                                                    {40, 255, 210},
                                                    {150, 60, 240},
                                                    {20, 60, 120}});
    const double k = random.uniform(0.6, 1);
    return {c[0] * k, c[1] * k, c[2] * k};
}

cv::Scalar timberScalar(Random& random) {
    const double v = random.uniform(70, 220), warm = random.uniform(0.35, 0.9);
    return {v * warm, v * (0.5 + 0.5 * warm), v};
}

cv::Scalar rustScalar(Random& random) {
    const double v = random.uniform(50, 150);
    return {v * random.uniform(0.3, 0.6), v * random.uniform(0.45, 0.75), v};
}

cv::Scalar barScalar(Random& random) {
    const double kind = random.unit();
    return kind < 0.4    ? greyOf(random, 60, 225, 10)
           : kind < 0.65 ? greyOf(random, 8, 70, 8)
           : kind < 0.8  ? rustScalar(random)
           : kind < 0.92 ? saturated(random)
                         : anyColour(random, 1);
}

cv::Scalar hoseScalar(Random& random) {
    const double kind = random.unit();
    return kind < 0.45   ? greyOf(random, 6, 60, 6)
           : kind < 0.6  ? cv::Scalar(random.uniform(0, 50), random.uniform(80, 150),
                                      random.uniform(190, 255))
           : kind < 0.75 ? greyOf(random, 80, 190, 8)
           : kind < 0.88 ? saturated(random)
                         : anyColour(random, 1);
}

Surface plainSurface(Random& random, const cv::Scalar& bgr, double gloss) {
    Surface s;
    s.colour = reflectance(bgr);
    s.gloss = static_cast<float>(gloss);
    s.sharp = static_cast<float>(random.logUniform(6, 50));
    s.cell = static_cast<float>(random.logUniform(0.08, 0.5));
    s.amount = static_cast<float>(random.uniform(0.03, 0.2));
    s.bump = static_cast<float>(random.uniform(0, 0.12));
    return s;
}

Surface barSurface(Random& random) {
    Surface s = plainSurface(random, barScalar(random),
                             random.chance(0.5) ? random.uniform(0, 0.7) : random.uniform(0, 0.15));
    s.dirt = static_cast<float>(random.chance(0.4) ? random.uniform(0, 0.5) : 0);
    return s;
}

Surface hoseSurface(Random& random) {
    Surface s = plainSurface(random, hoseScalar(random), random.uniform(0, 0.25));
    s.dirt = static_cast<float>(random.chance(0.4) ? random.uniform(0, 0.4) : 0);
    return s;
}

Surface rustSurface(Random& random) {
    Surface s =
        plainSurface(random, random.chance(0.65) ? rustScalar(random) : greyOf(random, 20, 150, 8),
                     random.uniform(0, 0.2));
    s.dirt = static_cast<float>(random.chance(0.3) ? random.uniform(0, 0.5) : 0);
    return s;
}

Surface woodSurface(Random& random) {
    Surface s = plainSurface(random, timberScalar(random), 0);
    s.cell = 0.15F;
    s.amount = 0.25F;
    return s;
}

}  // namespace cvd::simulation
