// A colour frame to a small grey one in a single pass. One thread at a time for each target.
#pragma once

#include <opencv2/core.hpp>

namespace cvd::tracking {

// Mean of the grey levels (ITU-R BT.601) of each square of `factor` x `factor` pixels, rounded. For
// 8-bit BGR frames of which both sides hold `factor`, an even number up to 16, without a remainder;
// false, and nothing done, for others. `small` is kept when it fits.
bool shrinkToGrey(const cv::Mat& bgr, int factor, cv::Mat& small);

}  // namespace cvd::tracking
