#include "core/simulation/solid/noise.h"

#include "core/simulation/random.h"
#include "core/simulation/solid/scene.h"

namespace cvd::simulation {
namespace {

// Adds smoothed random values, `period` of them a side.
void addOctave(std::vector<float>& sum, Random& random, int period, float weight) {
    std::vector<float> lattice(static_cast<size_t>(period * period));
    for (float& l : lattice) {
        l = static_cast<float>(random.uniform(-1, 1));
    }
    const float step = static_cast<float>(period) / kNoiseTile;
    for (int y = 0; y < kNoiseTile; ++y) {
        for (int x = 0; x < kNoiseTile; ++x) {
            const float u = static_cast<float>(x) * step, v = static_cast<float>(y) * step;
            const int i = static_cast<int>(u), j = static_cast<int>(v);
            const float a0 = u - static_cast<float>(i), b0 = v - static_cast<float>(j);
            const float a = a0 * a0 * (3 - 2 * a0), b = b0 * b0 * (3 - 2 * b0);
            const auto at = [&](int p, int q) {
                return lattice[static_cast<size_t>(q % period * period + p % period)];
            };
            sum[static_cast<size_t>(y * kNoiseTile + x)] +=
                weight * ((at(i, j) * (1 - a) + at(i + 1, j) * a) * (1 - b) +
                          (at(i, j + 1) * (1 - a) + at(i + 1, j + 1) * a) * b);
        }
    }
}

}  // namespace

NoiseTile::NoiseTile() : m_cells(static_cast<size_t>(kNoiseTile * kNoiseTile)) {
    std::vector<float> v(m_cells.size(), 0);
    Random random(0x7113ULL);
    float weight = 0.5F;
    for (int period = 8; period <= 128; period *= 2, weight *= 0.72F) {
        addOctave(v, random, period, weight);
    }
    for (int y = 0; y < kNoiseTile; ++y) {
        for (int x = 0; x < kNoiseTile; ++x) {
            const auto at = [&](int i, int j) {
                return v[static_cast<size_t>((j & (kNoiseTile - 1)) * kNoiseTile +
                                             (i & (kNoiseTile - 1)))];
            };
            m_cells[static_cast<size_t>(y * kNoiseTile + x)] = {
                at(x, y), (at(x + 1, y) - at(x - 1, y)) / 2, (at(x, y + 1) - at(x, y - 1)) / 2};
        }
    }
}

float tileNoise(double u, double v) {
    return tile().at(static_cast<float>(u * kNoiseTile), static_cast<float>(v * kNoiseTile)).value;
}

}  // namespace cvd::simulation
