// From the network's numbers to detections: pure functions without torch, so that they can be
// tested with numbers written by hand.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/types.h"
#include "core/inference/model_manifest.h"
#include "core/inference/preprocess.h"

namespace cvd::inference {

// One picture's output, contiguous, row-major: [rows, columns] or [channels, height, width].
struct TensorView {
    const float* data = nullptr;
    std::vector<std::int64_t> shape;
    std::int64_t size() const;
};

// Channels of the "cvd" output at stride 8. All are raw (logits and offsets); cell (column x, row
// y) has its centre at ((x + 0.5) * 8, (y + 0.5) * 8) of the input.
//   0..2   centre heat map of vibrator, hoe, person (logit)
//   3..14  for each class: box centre offset x, y in strides; log of width, height in strides
//   15..18 poker low x, y and top x, y from the cell's centre, in strides
//   19,20  confidence of low and top (logit)
//   21     tip immersed (logit)
// Idea of peaks on a centre map: X. Zhou et al., "Objects as Points", 2019.
struct CvdLayout {
    static constexpr int kStride = 8;
    static constexpr int kHeat = 0;
    static constexpr int kBox = kObjectClassCount;
    static constexpr int kPoints = kBox + 4 * kObjectClassCount;
    static constexpr int kPointScore = kPoints + 4;
    static constexpr int kImmersed = kPointScore + 2;
    static constexpr int kChannels = kImmersed + 1;
};

struct DecodeOptions {
    float minScore = 0.05f;
    int maxDetections = 100;
};

// Each returns detections in pixels of the full-size picture, best score first, boxes clipped to
// it. The caller has checked the shape with expectedShape().
//
// "yolox": [anchors, 5 + classes] undecoded, strides 8, 16, 32 (Z. Ge et al., "YOLOX", 2021);
//   objectness and class columns are probabilities.
// "yolov8": [4 + classes, anchors], boxes as centre and size in input pixels, class probabilities.
std::vector<Detection> decodeCvd(const TensorView& output, const Letterbox& box,
                                 const ModelManifest& manifest, const DecodeOptions& options);
std::vector<Detection> decodeYoloX(const TensorView& output, const Letterbox& box,
                                   const ModelManifest& manifest, const DecodeOptions& options);
std::vector<Detection> decodeYoloV8(const TensorView& output, const Letterbox& box,
                                    const ModelManifest& manifest, const DecodeOptions& options);
std::vector<Detection> decode(const TensorView& output, const Letterbox& box,
                              const ModelManifest& manifest, const DecodeOptions& options);

// Shape of one picture's output that the manifest promises.
std::vector<std::int64_t> expectedShape(const ModelManifest& manifest);

// Greedy suppression within each class: of two boxes that overlap by more than `iou` the lower
// score goes. Sorts by score.
void suppressOverlaps(std::vector<Detection>& detections, float iou, int maxDetections);

}  // namespace cvd::inference
