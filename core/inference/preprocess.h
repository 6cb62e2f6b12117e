// From a full-size picture to the network's input, and the way back for coordinates.
#pragma once

#include <opencv2/core/mat.hpp>

#include "core/base/types.h"
#include "core/inference/model_manifest.h"

namespace cvd::inference {

// input = full * scale + offset, with pixel edges as origin ((0,0) is the corner of the first pixel
// in this struct; PointPx has it at the pixel's centre, toFull() and toInput() take care of the
// half).
struct Letterbox {
    double scaleX = 1, scaleY = 1;
    double offsetX = 0, offsetY = 0;  // px of the input
    int fullWidth = 0, fullHeight = 0;
    int innerX = 0, innerY = 0, innerWidth = 0,
        innerHeight = 0;  // the picture inside the input, px

    // Points: from the input (edge origin) to pixels of the full-size picture (centre origin), and
    // back.
    PointPx toFull(double x, double y) const;
    PointPx toInput(PointPx p) const;
    // Box edges (edge origin on both sides).
    BoxPx boxToFull(double left, double top, double right, double bottom) const;
};

Letterbox letterboxFor(int fullWidth, int fullHeight, int inputWidth, int inputHeight,
                       LetterboxAlign align, bool stretch);
Letterbox letterboxFor(int fullWidth, int fullHeight, const ModelManifest& manifest);

// Resizes, letterboxes, orders channels and normalises `bgr` (8-bit, 3 channels) into
// `out[3][height][width]`. `scratch` keeps its memory between calls.
void fillInput(const cv::Mat& bgr, const Letterbox& box, const ModelManifest& manifest, float* out,
               cv::Mat& scratch);

}  // namespace cvd::inference
