// Tileable noise for the grain of surfaces, with its slopes. One unit is one cell of the tile,
// whose side is kNoiseTile cells; outside it repeats. Inline, as every pixel asks for it.
#pragma once

#include <cstddef>
#include <vector>

#include "core/simulation/solid/geometry.h"

namespace cvd::simulation {

inline constexpr int kNoiseTile = 256;  // a power of 2

struct Noise {
    float value = 0, du = 0, dv = 0;  // slopes per cell of the tile
};

class NoiseTile {
public:
    NoiseTile();

    Noise at(float u, float v) const {  // in cells
        const int iu = below(u), iv = below(v);
        const float a = u - static_cast<float>(iu), b = v - static_cast<float>(iv);
        const int x = iu & (kNoiseTile - 1), y = iv & (kNoiseTile - 1);
        const int x1 = (x + 1) & (kNoiseTile - 1), y1 = (y + 1) & (kNoiseTile - 1);
        const Noise &p = cell(x, y), &q = cell(x1, y), &r = cell(x, y1), &s = cell(x1, y1);
        const float wp = (1 - a) * (1 - b), wq = a * (1 - b), wr = (1 - a) * b, ws = a * b;
        return {wp * p.value + wq * q.value + wr * r.value + ws * s.value,
                wp * p.du + wq * q.du + wr * r.du + ws * s.du,
                wp * p.dv + wq * q.dv + wr * r.dv + ws * s.dv};
    }

private:
    const Noise& cell(int x, int y) const {
        return m_cells[static_cast<size_t>(y * kNoiseTile + x)];
    }

    std::vector<Noise> m_cells;
};

inline const NoiseTile& tile() {
    static const NoiseTile noise;
    return noise;
}

}  // namespace cvd::simulation
