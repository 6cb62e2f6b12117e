// Models differ in how sure they sound: one is right at 0.25, another at 0.6. Between detection and
// tracking all scores are brought to one scale, so that tracking, judging and display need no
// numbers of their own for each model.
#pragma once

#include <algorithm>

namespace cvd::inference {

// Where a model's default threshold (ModelManifest::defaultThreshold) comes to lie on that scale:
// the one of the model that the limits of tracking were found with.
inline constexpr float kCommonThreshold = 0.43F;

// 0 and 1 stay, `defaultThreshold` becomes kCommonThreshold, straight lines in between.
inline float commonScore(float score, float defaultThreshold) {
    constexpr float kLeast = 1e-3F;
    const float t = std::clamp(defaultThreshold, kLeast, 1 - kLeast);
    const float s = std::clamp(score, 0.0F, 1.0F);
    return s < t ? s / t * kCommonThreshold
                 : kCommonThreshold + (s - t) / (1 - t) * (1 - kCommonThreshold);
}

}  // namespace cvd::inference
