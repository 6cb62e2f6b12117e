// What the detector must know about a network file, read from a JSON file that lies beside it.
//
//   {"schema": "cvd-mis/model/1", "name": "cvd-n", "version": "1", "file": "cvd-n.ts", "sha256":
//   "...",
//    "decoder": "cvd" | "yolox" | "yolov8" | "pair",
//    "input": {"width": 640, "height": 384, "colour": "bgr" | "rgb", "mean": [0,0,0],
//              "std": [255,255,255], "fill": 114, "align": "centre" | "top_left", "stretch":
//              false},
//    "classes": ["vibrator", "hoe", "person"], "class_map": {"person": "person", ...},
//    "default_threshold": {"vibrator": 0.4, "hoe": 0.5, "person": 0.4},
//    "nms_iou": 0.6, "licence": "...", "description": "...", "figures": {"AP50": 0.85, ...},
//    "reduced_precision": {"keep_float32": ["head_2_weight", "head_2_bias"]}}
//
// "reduced_precision" says that the network finds the same with 16-bit numbers, and which of its
// weights must stay in 32 bits for that. With it, a CPU that multiplies bfloat16 does so. Without
// it a CPU stays with 32 bits; CUDA devices always take 16.
//
// "people_fit": {"height": 130, "largest_width": 1280, "largest_height": 768, "multiple": 64} says
// that the network also takes larger inputs, whose sides are multiples of that, and that it finds
// most where the people of a video are so many pixels high: a run looks for them first and takes an
// input that shows them so (core/inference/people_fit.h). Not for a pair.
//
// "pair" is two networks: `file` finds boxes, a second one segments each box of a vibrator, and the
// lower short edge of the mask's smallest rectangle is the poker's low point (core/inference/
// pair_detector.h). Its manifest adds
//
//    "first_decoder": "yolox" | "yolov8",      how `file` answers; "yolox" if left out
//    "mask_stage": {"file": "mask.ts", "sha256": "...", "form": "mask" | "yolact",
//                   "input": {... as above, any size from 32 to 4096; "stretch": true is usual},
//                   "crop_margin": 0.0,        of the box's sides, added on each of them
//                   "box_score": 0.25,         boxes below keep no points
//                   "max_boxes": 4,            a frame, best first; each costs a run
//                   "threshold": 0.5}          of a pixel of the mask
//
// The network gets float [N, 3, height, width] with (pixel - mean) / std, pixel in 0..255.
// Classes that `class_map` leaves out are dropped; without a `class_map` the classes that bear one
// of our three names count. Unknown fields are ignored, missing ones that have no default are
// errors.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/types.h"

namespace cvd::inference {

enum class Decoder { Cvd, YoloX, YoloV8, Pair };
enum class ColourOrder { Bgr, Rgb };
enum class LetterboxAlign { Centre, TopLeft };
// What the second network of a pair returns for one crop.
//   Mask: [h, w] or [1, h, w], the probability that a pixel is the bar.
//   Yolact: five tensors, loc [P, 4], conf [P, 1 + classes], mask [P, K], priors [P, 4] and
//   proto [h, w, K] (D. Bolya et al., "YOLACT", 2019): the best prior's mask within its box.
enum class MaskForm { Mask, Yolact };

// The second network of a pair. Its input is described as the first one's is.
struct MaskStage {
    std::filesystem::path file;  // absolute
    std::string sha256;
    MaskForm form = MaskForm::Mask;
    int inputWidth = 550, inputHeight = 550;  // px
    ColourOrder colour = ColourOrder::Rgb;
    std::array<float, 3> mean{0, 0, 0}, std{255, 255, 255};
    float letterboxFill = 114;
    LetterboxAlign align = LetterboxAlign::Centre;
    bool stretch = true;
    float cropMargin = 0;
    float boxScore = 0.25f;
    int maxBoxes = 4;
    float threshold = 0.5f;
};

// The input may be larger than the manifest's own, so that people have this height in it.
struct PeopleFit {
    double height = 0;                        // px of the input
    int largestWidth = 0, largestHeight = 0;  // px
    int multiple = 32;                        // of the sides
};

struct ModelFigure {
    std::string name, value;  // as the manifest has them
};

struct ModelManifest {
    std::string name;
    std::string version;
    std::string description;
    std::string licence;  // SPDX id or a sentence
    std::filesystem::path manifestFile;
    std::filesystem::path file;  // absolute; the manifest holds it relative to its own folder
    std::string sha256;          // of `file`, lower-case hex

    Decoder decoder = Decoder::Cvd;
    int inputWidth = 640, inputHeight = 384;  // px, multiples of 32
    ColourOrder colour = ColourOrder::Bgr;
    std::array<float, 3> mean{0, 0, 0};  // in the network's colour order, pixel 0..255
    std::array<float, 3> std{255, 255, 255};
    float letterboxFill = 114;  // grey of the border, 0..255
    LetterboxAlign align = LetterboxAlign::Centre;
    bool stretch = false;  // true: no letterbox, the picture is squeezed into the input
    std::optional<PeopleFit> peopleFit;

    std::vector<std::string> classes;                      // the network's own, in its order
    std::vector<std::optional<ObjectClass>> classMapping;  // same length; empty: dropped
    std::array<float, kObjectClassCount> defaultThreshold{0.4f, 0.4f, 0.4f};  // by ObjectClass
    float nmsIou = 0.6f;

    Decoder firstDecoder = Decoder::YoloX;  // of a pair's first network
    std::optional<MaskStage> maskStage;     // of a pair
    std::vector<ModelFigure> figures;       // what was measured, for people
    // Of "reduced_precision": names of parameters as the TorchScript has them. Empty optional: the
    // manifest does not say that 16 bits are enough.
    std::optional<std::vector<std::string>> keepFloat32;
};

std::string_view decoderName(Decoder decoder);  // "cvd", "yolox", "yolov8", "pair"
std::string_view maskFormName(MaskForm form);   // "mask", "yolact"
std::optional<Decoder> decoderFromName(std::string_view name);

// `path`: a manifest, or a folder that holds exactly one. BadInput with the reason when a field is
// missing or out of range. Does not touch the network file.
Result<ModelManifest> loadManifest(const std::filesystem::path& path);

// The manifest as JSON text, file names relative to the manifest's folder.
std::string manifestToJson(const ModelManifest& manifest);
Status saveManifest(const ModelManifest& manifest, const std::filesystem::path& path);

// Is one of its classes the poker?
bool findsPokers(const ModelManifest& manifest);
// All network files of the model, the first one first.
std::vector<std::filesystem::path> modelFiles(const ModelManifest& manifest);

// Compares the hashes of the network files with the manifest's. BadInput on a difference or a
// missing file.
Status verifyModelFile(const ModelManifest& manifest);

}  // namespace cvd::inference
