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

    std::array<float, 3> gain{}, shift{}, fill{};
    for (int c = 0; c < 3; ++c) {
        gain[c] = 1.0f / manifest.std[c];
        shift[c] = -manifest.mean[c] * gain[c];
        fill[c] = manifest.letterboxFill * gain[c] + shift[c];
    }
    const size_t plane = static_cast<size_t>(width) * height;
    // Plane of the network that source channel b, g, r goes to.
    const int blue = manifest.colour == ColourOrder::Bgr ? 0 : 2, red = 2 - blue;
    for (int y = 0; y < height; ++y) {
        float* rows[3];
        for (int c = 0; c < 3; ++c) {
            rows[c] = out + plane * c + static_cast<size_t>(y) * width;
        }
        if (y < box.innerY || y >= box.innerY + inner.height) {
            for (int c = 0; c < 3; ++c) {
                std::fill_n(rows[c], width, fill[c]);
            }
            continue;
        }
        for (int c = 0; c < 3; ++c) {
            std::fill_n(rows[c], box.innerX, fill[c]);
            std::fill(rows[c] + box.innerX + inner.width, rows[c] + width, fill[c]);
        }
        const std::uint8_t* in = source->ptr<std::uint8_t>(y - box.innerY);
        float* b = rows[blue] + box.innerX;
        float* g = rows[1] + box.innerX;
        float* r = rows[red] + box.innerX;
        const float gb = gain[blue], gg = gain[1], gr = gain[red];
        const float sb = shift[blue], sg = shift[1], sr = shift[red];
        for (int x = 0; x < inner.width; ++x) {
            b[x] = static_cast<float>(in[3 * x]) * gb + sb;
            g[x] = static_cast<float>(in[3 * x + 1]) * gg + sg;
            r[x] = static_cast<float>(in[3 * x + 2]) * gr + sr;
        }
    }
}

}  // namespace cvd::inference
