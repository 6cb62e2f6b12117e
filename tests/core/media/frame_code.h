// A picture that says its own number, so that it can be read back after compression: 16 blocks,
// black or white, in the left upper corner of a grey picture.
#pragma once

#include <opencv2/core.hpp>

#include "core/base/types.h"

namespace cvd::test {

inline constexpr int kCodeBits = 12;

inline cv::Mat frameWithNumber(int width, int height, FrameIndex number) {
    cv::Mat picture(height, width, CV_8UC3, cv::Scalar(110, 120, 130));
    const int side = width / kCodeBits;
    for (int bit = 0; bit < kCodeBits; ++bit) {
        const bool on = (number >> bit & 1) != 0;
        picture(cv::Rect(bit * side, 0, side, height / 2)) = cv::Scalar::all(on ? 235 : 20);
    }
    // Something that moves, so that the encoder predicts between frames.
    const int x = static_cast<int>(number * 3 % (width - 8));
    picture(cv::Rect(x, height * 3 / 4, 8, height / 8)) = cv::Scalar(40, 200, 90);
    return picture;
}

inline FrameIndex numberInFrame(const cv::Mat& picture) {
    const int side = picture.cols / kCodeBits;
    FrameIndex number = 0;
    for (int bit = 0; bit < kCodeBits; ++bit) {
        const auto& pixel = picture.at<cv::Vec3b>(picture.rows / 4, bit * side + side / 2);
        if (pixel[1] > 128) {
            number |= FrameIndex(1) << bit;
        }
    }
    return number;
}

}  // namespace cvd::test
