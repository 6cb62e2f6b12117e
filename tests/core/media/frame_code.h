// A picture that says its own number, so that it can be read back after compression: a row of black
// and white blocks along the upper edge of a still scene in which one small thing moves.
#pragma once

#include <opencv2/core.hpp>

#include "core/base/types.h"

namespace cvd::test {

inline constexpr int kCodeBits = 12;

inline cv::Mat frameWithNumber(int width, int height, FrameIndex number) {
    cv::Mat picture(height, width, CV_8UC3, cv::Scalar(110, 120, 130));
    cv::RNG random(5);
    for (int i = 0; i < 40; ++i) {  // the scene: the same in every frame
        const int w = random.uniform(4, width / 8), h = random.uniform(4, height / 8);
        picture(cv::Rect(random.uniform(0, width - w), random.uniform(0, height - h), w, h)) =
            cv::Scalar(random.uniform(60, 180), random.uniform(60, 180), random.uniform(60, 180));
    }
    const int side = width / kCodeBits;
    for (int bit = 0; bit < kCodeBits; ++bit) {
        const bool on = (number >> bit & 1) != 0;
        picture(cv::Rect(bit * side, 0, side, height / 8)) = cv::Scalar::all(on ? 235 : 20);
    }
    const int x = static_cast<int>(number * 3 % (width - 8));
    picture(cv::Rect(x, height * 7 / 8, 8, height / 10)) = cv::Scalar(40, 200, 90);
    return picture;
}

inline FrameIndex numberInFrame(const cv::Mat& picture) {
    const int side = picture.cols / kCodeBits;
    FrameIndex number = 0;
    for (int bit = 0; bit < kCodeBits; ++bit) {
        const auto& pixel = picture.at<cv::Vec3b>(picture.rows / 16, bit * side + side / 2);
        if (pixel[1] > 128) {
            number |= FrameIndex(1) << bit;
        }
    }
    return number;
}

}  // namespace cvd::test
