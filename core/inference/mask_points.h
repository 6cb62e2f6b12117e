// From the mask of a poker to its two points: pure functions without torch.
#pragma once

#include <optional>

#include <opencv2/core/mat.hpp>

#include "core/base/types.h"
#include "core/inference/decoders.h"
#include "core/inference/preprocess.h"

namespace cvd::inference {

// What a YOLACT network returns for one crop, see MaskForm::Yolact. Boxes of `loc` are offsets to
// `priors` (centre x, y, width, height, in parts of the input) with SSD's variances 0.1 and 0.2;
// column 0 of `conf` is the background, all are probabilities.
struct YolactOutput {
    TensorView loc;     // [P, 4]
    TensorView conf;    // [P, 1 + classes]
    TensorView mask;    // [P, K]
    TensorView priors;  // [P, 4]
    TensorView proto;   // [h, w, K]

    // The shapes fit each other.
    bool consistent() const;
};

// The mask of the most confident prior within its own box, h x w, CV_32F, probabilities. Empty when
// nothing is more likely than 0.05.
cv::Mat bestYolactMask(const YolactOutput& output);

// `probability`: CV_32F, any size, covers the network's input. `box` tells where in the input the
// crop lies, `origin` where in the frame the crop begins. The largest connected part above
// `threshold` is the bar; the short edges of its smallest rectangle (minAreaRect) are its ends, the
// lower one of them the low point. In pixels of the frame; scores are the mean probability of the
// part. Empty when there is no such part.
std::optional<PokerPoints> pointsOfMask(const cv::Mat& probability, const Letterbox& box,
                                        cv::Point origin, int inputWidth, int inputHeight,
                                        float threshold);

}  // namespace cvd::inference
