#include "core/inference/decoders.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cvd::inference {

std::int64_t TensorView::size() const {
    return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

namespace {

float sigmoid(float logit) {
    return 1.0f / (1.0f + std::exp(-logit));
}

float logitOf(float probability) {
    const float p = std::clamp(probability, 1e-6f, 1.0f - 1e-6f);
    return std::log(p / (1.0f - p));
}

// A [channels, height, width] output with (channel, row, column) access.
struct Grid {
    const float* data;
    int height, width;
    float at(int channel, int y, int x) const {
        return data[(static_cast<size_t>(channel) * height + y) * width + x];
    }
};

bool isPeak(const Grid& grid, int channel, int y, int x) {
    const float own = grid.at(channel, y, x);
    for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) {
            const int ny = y + dy, nx = x + dx;
            if ((dx == 0 && dy == 0) || ny < 0 || nx < 0 || ny >= grid.height || nx >= grid.width) {
                continue;
            }
            const float other = grid.at(channel, ny, nx);
            // Of equal neighbours the first in reading order stands.
            const bool before = ny < y || (ny == y && nx < x);
            if (other > own || (before && other == own)) {
                return false;
            }
        }
    }
    return true;
}

PokerPoints pokerAt(const Grid& grid, int y, int x, const Letterbox& box) {
    using L = CvdLayout;
    const double cx = x + 0.5, cy = y + 0.5;
    PokerPoints p;
    p.low = box.toFull((cx + grid.at(L::kPoints, y, x)) * L::kStride,
                       (cy + grid.at(L::kPoints + 1, y, x)) * L::kStride);
    p.top = box.toFull((cx + grid.at(L::kPoints + 2, y, x)) * L::kStride,
                       (cy + grid.at(L::kPoints + 3, y, x)) * L::kStride);
    p.lowScore = sigmoid(grid.at(L::kPointScore, y, x));
    p.topScore = sigmoid(grid.at(L::kPointScore + 1, y, x));
    p.immersedScore = sigmoid(grid.at(L::kImmersed, y, x));
    return p;
}

BoxPx cvdBoxAt(const Grid& grid, int cls, int y, int x, const Letterbox& box) {
    using L = CvdLayout;
    const int c = L::kBox + 4 * cls;
    constexpr float kLargestLog = 7.0f;  // exp(7) strides is far beyond any input
    const double cx = (x + 0.5 + grid.at(c, y, x)) * L::kStride;
    const double cy = (y + 0.5 + grid.at(c + 1, y, x)) * L::kStride;
    const double w = std::exp(std::min(grid.at(c + 2, y, x), kLargestLog)) * L::kStride;
    const double h = std::exp(std::min(grid.at(c + 3, y, x), kLargestLog)) * L::kStride;
    return box.boxToFull(cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2);
}

bool finite(const Detection& d) {
    const auto ok = [](double v) { return std::isfinite(v); };
    const bool boxOk = ok(d.score) && ok(d.box.x) && ok(d.box.y) && ok(d.box.w) && ok(d.box.h);
    return boxOk && (!d.poker || (ok(d.poker->low.x) && ok(d.poker->low.y) && ok(d.poker->top.x) &&
                                  ok(d.poker->top.y)));
}

void keepUsable(std::vector<Detection>& detections) {
    // A box wholly in the letterbox border has no extent in the picture.
    std::erase_if(detections,
                  [](const Detection& d) { return !finite(d) || d.box.w <= 0 || d.box.h <= 0; });
}

// A network that finds boxes only says where the bar is, not how it lies in the box: pokers stand
// nearly upright, so it is taken to run down the middle. Whether the tip is immersed nobody says.
PokerPoints pointsOfBox(const BoxPx& box) {
    constexpr float kHalfSure = 0.5F;
    const double x = box.x + box.w / 2;
    return {{x, box.y + box.h}, {x, box.y}, kHalfSure, kHalfSure, -1};
}

Detection plainDetection(ObjectClass cls, float score, double cx, double cy, double w, double h,
                         const Letterbox& box) {
    Detection d;
    d.cls = cls;
    d.score = std::clamp(score, 0.0f, 1.0f);
    d.box = box.boxToFull(cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2);
    if (cls == ObjectClass::Vibrator) {
        d.poker = pointsOfBox(d.box);
    }
    return d;
}

std::int64_t yoloAnchors(const ModelManifest& manifest) {
    std::int64_t anchors = 0;
    for (int stride : {8, 16, 32}) {
        anchors += static_cast<std::int64_t>(manifest.inputWidth / stride) *
                   (manifest.inputHeight / stride);
    }
    return anchors;
}

}  // namespace

// What the network calls class number `cls` of its layout.
static std::optional<ObjectClass> mappedClass(const ModelManifest& manifest, int cls) {
    const auto at = static_cast<size_t>(cls);
    return at < manifest.classMapping.size() ? manifest.classMapping[at]
                                             : std::optional(static_cast<ObjectClass>(cls));
}

std::vector<Detection> decodeCvd(const TensorView& output, const Letterbox& box,
                                 const ModelManifest& manifest, const DecodeOptions& options) {
    const Grid grid{output.data, static_cast<int>(output.shape.at(1)),
                    static_cast<int>(output.shape.at(2))};
    const float lowest = logitOf(options.minScore);
    std::vector<Detection> found;
    for (int cls = 0; cls < kObjectClassCount; ++cls) {
        const auto mapped = mappedClass(manifest, cls);
        if (!mapped) {
            continue;
        }
        for (int y = 0; y < grid.height; ++y) {
            for (int x = 0; x < grid.width; ++x) {
                const float logit = grid.at(CvdLayout::kHeat + cls, y, x);
                if (!(logit >= lowest) || !isPeak(grid, CvdLayout::kHeat + cls, y, x)) {
                    continue;
                }
                Detection d;
                d.cls = *mapped;
                d.score = sigmoid(logit);
                d.box = cvdBoxAt(grid, cls, y, x, box);
                if (cls == static_cast<int>(ObjectClass::Vibrator)) {
                    d.poker = pokerAt(grid, y, x, box);
                }
                found.push_back(d);
            }
        }
    }
    keepUsable(found);
    suppressOverlaps(found, manifest.nmsIou, options.maxDetections);
    return found;
}

std::vector<Detection> decodeYoloX(const TensorView& output, const Letterbox& box,
                                   const ModelManifest& manifest, const DecodeOptions& options) {
    const std::int64_t columns = output.shape.at(1);
    std::vector<Detection> found;
    const float* row = output.data;
    for (int stride : {8, 16, 32}) {
        for (int gy = 0; gy < manifest.inputHeight / stride; ++gy) {
            for (int gx = 0; gx < manifest.inputWidth / stride; ++gx, row += columns) {
                const float objectness = row[4];
                for (size_t c = 0; c < manifest.classMapping.size(); ++c) {
                    const float score = objectness * row[5 + c];
                    if (!manifest.classMapping[c] || !(score >= options.minScore)) {
                        continue;
                    }
                    found.push_back(plainDetection(
                        *manifest.classMapping[c], score, (row[0] + gx) * stride,
                        (row[1] + gy) * stride, std::exp(std::min(row[2], 10.0f)) * stride,
                        std::exp(std::min(row[3], 10.0f)) * stride, box));
                }
            }
        }
    }
    keepUsable(found);
    suppressOverlaps(found, manifest.nmsIou, options.maxDetections);
    return found;
}

std::vector<Detection> decodeYoloV8(const TensorView& output, const Letterbox& box,
                                    const ModelManifest& manifest, const DecodeOptions& options) {
    const std::int64_t anchors = output.shape.at(1);
    const auto at = [&](std::int64_t channel, std::int64_t i) {
        return output.data[channel * anchors + i];
    };
    std::vector<Detection> found;
    for (size_t c = 0; c < manifest.classMapping.size(); ++c) {
        if (!manifest.classMapping[c]) {
            continue;
        }
        for (std::int64_t i = 0; i < anchors; ++i) {
            const float score = at(4 + static_cast<std::int64_t>(c), i);
            if (score >= options.minScore) {
                found.push_back(plainDetection(*manifest.classMapping[c], score, at(0, i), at(1, i),
                                               at(2, i), at(3, i), box));
            }
        }
    }
    keepUsable(found);
    suppressOverlaps(found, manifest.nmsIou, options.maxDetections);
    return found;
}

std::vector<Detection> decode(const TensorView& output, const Letterbox& box,
                              const ModelManifest& manifest, const DecodeOptions& options) {
    switch (manifest.decoder) {
        case Decoder::Cvd:
            return decodeCvd(output, box, manifest, options);
        case Decoder::YoloX:
            return decodeYoloX(output, box, manifest, options);
        case Decoder::YoloV8:
            return decodeYoloV8(output, box, manifest, options);
        case Decoder::Pair:
            break;  // its first network has a manifest of its own: pair_detector.cpp
    }
    return {};
}

std::vector<std::int64_t> expectedShape(const ModelManifest& manifest) {
    const auto classes = static_cast<std::int64_t>(manifest.classes.size());
    switch (manifest.decoder) {
        case Decoder::Cvd:
            return {CvdLayout::kChannels, manifest.inputHeight / CvdLayout::kStride,
                    manifest.inputWidth / CvdLayout::kStride};
        case Decoder::YoloX:
            return {yoloAnchors(manifest), 5 + classes};
        case Decoder::YoloV8:
            return {4 + classes, yoloAnchors(manifest)};
        case Decoder::Pair:
            break;
    }
    return {};
}

void suppressOverlaps(std::vector<Detection>& detections, float iou, int maxDetections) {
    std::stable_sort(detections.begin(), detections.end(),
                     [](const Detection& a, const Detection& b) { return a.score > b.score; });
    // Suppression is quadratic; a network that fires everywhere must not stall the program.
    constexpr size_t kCandidates = 2000;
    detections.resize(std::min(detections.size(), kCandidates));
    std::vector<Detection> kept;
    for (const Detection& d : detections) {
        if (static_cast<int>(kept.size()) >= maxDetections) {
            break;
        }
        const bool covered = std::any_of(kept.begin(), kept.end(), [&](const Detection& k) {
            return k.cls == d.cls && intersectionOverUnion(k.box, d.box) > iou;
        });
        if (!covered) {
            kept.push_back(d);
        }
    }
    detections = std::move(kept);
}

}  // namespace cvd::inference
