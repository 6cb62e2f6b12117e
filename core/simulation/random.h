// Random numbers that are the same on every machine and in every thread.
#pragma once

#include <cmath>
#include <cstdint>
#include <initializer_list>

namespace cvd::simulation {

// SplitMix64 (Steele, Lea, Flood 2014): one 64-bit state, passes BigCrush, any seed is good.
class Random {
public:
    // Neighbouring seeds must not give shifted copies of one sequence, so the seed is scrambled
    // first with a constant that is not the generator's own.
    explicit Random(std::uint64_t seed)
        : m_state((seed ^ 0x5851F42D4C957F2DULL) * 0x2545F4914F6CDD1DULL) {
        m_state = bits() ^ (m_state >> 29);
    }

    std::uint64_t bits() {
        std::uint64_t z = (m_state += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    double unit() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }  // [0, 1)
    double uniform(double low, double high) { return low + (high - low) * unit(); }
    int integer(int low, int high) {  // both inclusive
        return low + static_cast<int>(bits() % static_cast<std::uint64_t>(high - low + 1));
    }
    bool chance(double p) { return unit() < p; }
    // Between low and high with every octave as likely as the next.
    double logUniform(double low, double high) { return low * std::pow(high / low, unit()); }
    double normal() {  // sum of uniforms: no libm differences, good to 3 sigma
        double s = 0;
        for (int i = 0; i < 12; ++i) {
            s += unit();
        }
        return s - 6;
    }
    template <typename T>
    T pick(std::initializer_list<T> values) {
        return values.begin()[integer(0, static_cast<int>(values.size()) - 1)];
    }
    Random fork(std::uint64_t salt) { return Random(bits() ^ (salt * 0xD1B54A32D192ED03ULL)); }

private:
    std::uint64_t m_state;
};

}  // namespace cvd::simulation
