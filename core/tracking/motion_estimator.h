// How the picture itself moved from one frame to the next: a shaking, bumped or carried camera.
//
// Features of a key frame are followed with pyramidal Lucas-Kanade into each frame and a similarity
// is fitted with RANSAC, so workers who walk about do not count. Measuring against the key frame
// keeps the sum of many small motions from drifting; a fixed camera gives the identity exactly.
// Deterministic; one thread at a time.
#pragma once

#include <memory>

#include <opencv2/core.hpp>

#include "core/base/camera_motion.h"
#include "core/base/types.h"

namespace cvd::tracking {

struct MotionOptions {
    int smallWidth = 320;  // frames are measured at this width
    int maxFeatures = 160;
    double noisePx = 0.3;  // motion below this, in full-size px, is noise
};

class MotionEstimator {
public:
    explicit MotionEstimator(MotionOptions options = {});
    ~MotionEstimator();
    MotionEstimator(MotionEstimator&&) noexcept;
    MotionEstimator& operator=(MotionEstimator&&) noexcept;

    // `smallGray`: 8-bit grey, any size; `scaleToFull`: width of the full frame / width of
    // smallGray. The answer is in full-size pixels and maps the previous frame into this one. The
    // first frame gives the identity. `cut`: this frame starts a new scene. `reliable` false: too
    // little texture or too much change to tell; the identity is returned.
    CameraMotion push(const cv::Mat& smallGray, double scaleToFull);

    // Shrinks a full-size BGR or grey frame to options.smallWidth and measures it.
    CameraMotion pushFull(const cv::Mat& frame);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace cvd::tracking
