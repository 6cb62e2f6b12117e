// How the picture itself moved from one frame to the next: a shaking, bumped or carried camera.
//
// Every frame is laid over a key frame directly: a similarity is sought that makes the pixels of
// the key frame that have any texture agree with the frame, coarse to fine, by inverse
// compositional least squares (Baker and Matthews, IJCV 2004) with weights that let everything that
// moves by itself drop out (Cauchy). Faint texture counts too, so that noise and dusk, which leave
// few corners, are no obstacle; what a detector has found (people, tools) is left out altogether. A
// frame counts as followed only when enough parts of the picture, each by itself, look like the key
// frame there.
//
// The first frame of a scene stays the reference: when the key frame has to change, because the
// scene did, the reference is tried again and again, so that errors do not add up. After a jump the
// shift is found by phase correlation. A scene that comes back after a cut is recognised.
// A fixed camera gives the identity exactly. Deterministic; one thread at a time.
#pragma once

#include <memory>
#include <span>

#include <opencv2/core.hpp>

#include "core/base/camera_motion.h"
#include "core/base/types.h"

namespace cvd::tracking {

struct MotionOptions {
    int smallWidth = 320;  // frames are measured at this width
    double noisePx = 0.3;  // motion below this, in full-size px, is noise
};

class MotionEstimator {
public:
    explicit MotionEstimator(MotionOptions options = {});
    ~MotionEstimator();
    MotionEstimator(MotionEstimator&&) noexcept;
    MotionEstimator& operator=(MotionEstimator&&) noexcept;

    // `smallGray`: 8-bit grey, any size; `scaleToFull`: width of the full frame / width of
    // smallGray; `moving`: what was found in this frame, full-size px, left out of the measurement.
    // The answer is in full-size pixels and maps the previous frame into this one. The first frame
    // gives the identity. `cut`: this frame starts a new scene. `reliable` false: too little
    // texture or too much change to tell; the identity is returned, and a later frame that can be
    // laid over the key frame again makes up for what was missed.
    CameraMotion push(const cv::Mat& smallGray, double scaleToFull,
                      std::span<const Detection> moving = {});

    // Shrinks a full-size BGR or grey frame to options.smallWidth and measures it.
    CameraMotion pushFull(const cv::Mat& frame, std::span<const Detection> moving = {});

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace cvd::tracking
