#include "core/inference/preprocess.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include <opencv2/imgproc.hpp>

namespace cvd::inference {

PointPx Letterbox::toFull(double x, double y) const {
    return {(x - offsetX) / scaleX - 0.5, (y - offsetY) / scaleY - 0.5};
}

PointPx Letterbox::toInput(PointPx p) const {
    return {(p.x + 0.5) * scaleX + offsetX, (p.y + 0.5) * scaleY + offsetY};
}

BoxPx Letterbox::boxToFull(double left, double top, double right, double bottom) const {
    const auto clampX = [&](double x) {
        return std::clamp((x - offsetX) / scaleX, 0.0, static_cast<double>(fullWidth));
    };
    const auto clampY = [&](double y) {
        return std::clamp((y - offsetY) / scaleY, 0.0, static_cast<double>(fullHeight));
    };
    const double x0 = clampX(left), x1 = clampX(right);
    const double y0 = clampY(top), y1 = clampY(bottom);
    return {x0, y0, x1 - x0, y1 - y0};
}

Letterbox letterboxFor(int fullWidth, int fullHeight, int inputWidth, int inputHeight,
                       LetterboxAlign align, bool stretch) {
    Letterbox box;
    box.fullWidth = fullWidth;
    box.fullHeight = fullHeight;
    if (stretch) {
        box.innerWidth = inputWidth;
        box.innerHeight = inputHeight;
    } else {
        const double scale = std::min(static_cast<double>(inputWidth) / fullWidth,
                                      static_cast<double>(inputHeight) / fullHeight);
        box.innerWidth =
            std::clamp(static_cast<int>(std::lround(fullWidth * scale)), 1, inputWidth);
        box.innerHeight =
            std::clamp(static_cast<int>(std::lround(fullHeight * scale)), 1, inputHeight);
    }
    if (align == LetterboxAlign::Centre) {
        box.innerX = (inputWidth - box.innerWidth) / 2;
        box.innerY = (inputHeight - box.innerHeight) / 2;
    }
    // From the rounded size, so that the way back is exact.
    box.scaleX = static_cast<double>(box.innerWidth) / fullWidth;
    box.scaleY = static_cast<double>(box.innerHeight) / fullHeight;
    box.offsetX = box.innerX;
    box.offsetY = box.innerY;
    return box;
}

Letterbox letterboxFor(int fullWidth, int fullHeight, const ModelManifest& manifest) {
    return letterboxFor(fullWidth, fullHeight, manifest.inputWidth, manifest.inputHeight,
                        manifest.align, manifest.stretch);
}

void fillInput(const cv::Mat& bgr, const Letterbox& box, const ModelManifest& manifest, float* out,
               cv::Mat& scratch) {
    const int width = manifest.inputWidth, height = manifest.inputHeight;
    const cv::Size inner(box.innerWidth, box.innerHeight);
    const bool shrinks = bgr.cols > inner.width || bgr.rows > inner.height;
    const cv::Mat* source = &bgr;
    if (bgr.size() != inner) {
        cv::resize(bgr, scratch, inner, 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
        source = &scratch;
    }

    // Plane of the network that source channel b, g, r goes to.
    const int blue = manifest.colour == ColourOrder::Bgr ? 0 : 2;
    const int planeOf[3] = {blue, 1, 2 - blue};
    const cv::Rect inside(box.innerX, box.innerY, inner.width, inner.height);
    cv::Mat channel;
    for (int c = 0; c < 3; ++c) {
        const int p = planeOf[c];
        cv::Mat plane(height, width, CV_32F, out + static_cast<size_t>(width) * height * p);
        const double gain = 1.0 / manifest.std[p], shift = -manifest.mean[p] * gain;
        if (inside.size() != plane.size()) {
            plane.setTo(manifest.letterboxFill * gain + shift);
        }
        cv::extractChannel(*source, channel, c);
        cv::Mat within = plane(inside);  // the same memory: convertTo() writes there
        channel.convertTo(within, CV_32F, gain, shift);
    }
}

}  // namespace cvd::inference
