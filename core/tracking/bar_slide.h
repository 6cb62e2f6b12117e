// How far a poker slides along its own axis, from the picture: joint, rings, dents and hose move
// with the bar, so they tell its speed where the bar's end in sight is told wrongly (a piece of
// hose taken for bar). The visible part is cut out along the axis, from the lower end upwards, and
// held against the cut of up to a quarter of a second before by normalised cross-correlation
// (Lewis, "Fast Normalized Cross-Correlation", 1995) in steps of half a pixel with a parabola
// through the best; against older cuts than the last one so that slow slides do not drown in
// rounding.
//
// Lengths count from the lower end: a bar that is pulled out of the concrete slides upwards, one
// that is carried does not slide. The camera's motion falls out.
#pragma once

#include <memory>
#include <vector>

#include <opencv2/core/mat.hpp>

#include "core/base/types.h"

namespace cvd::tracking {

// Deterministic; one thread at a time; some ten microseconds a poker.
class BarSlide {
public:
    BarSlide();
    ~BarSlide();
    BarSlide(const BarSlide&) = delete;
    BarSlide& operator=(const BarSlide&) = delete;

    // One call a frame, in order. Fills TrackPoint::slidePx of the pokers among `points` that were
    // seen in this frame (8-bit BGR) and a moment before, where the picture tells it.
    void measure(const cv::Mat& bgr, std::vector<TrackPoint>& points);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace cvd::tracking
