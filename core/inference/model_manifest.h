// What the detector must know about a network file, read from a JSON file that lies beside it.
//
//   {"schema": "cvd-mis/model/1", "name": "cvd-n", "version": "1", "file": "cvd-n.ts", "sha256":
//   "...",
//    "decoder": "cvd" | "yolox" | "yolov8",
//    "input": {"width": 640, "height": 384, "colour": "bgr" | "rgb", "mean": [0,0,0],
//              "std": [255,255,255], "fill": 114, "align": "centre" | "top_left", "stretch":
//              false},
//    "classes": ["vibrator", "hoe", "person"], "class_map": {"person": "person", ...},
//    "default_threshold": {"vibrator": 0.4, "hoe": 0.5, "person": 0.4},
//    "nms_iou": 0.6, "licence": "...", "description": "...", "figures": {...}}
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

enum class Decoder { Cvd, YoloX, YoloV8 };
enum class ColourOrder { Bgr, Rgb };
enum class LetterboxAlign { Centre, TopLeft };

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

    std::vector<std::string> classes;                      // the network's own, in its order
    std::vector<std::optional<ObjectClass>> classMapping;  // same length; empty: dropped
    std::array<float, kObjectClassCount> defaultThreshold{0.4f, 0.4f, 0.4f};  // by ObjectClass
    float nmsIou = 0.6f;
};

std::string_view decoderName(Decoder decoder);  // "cvd", "yolox", "yolov8"
std::optional<Decoder> decoderFromName(std::string_view name);

// `path`: a manifest, or a folder that holds exactly one. BadInput with the reason when a field is
// missing or out of range. Does not touch the network file.
Result<ModelManifest> loadManifest(const std::filesystem::path& path);

// The manifest as JSON text, file names relative to the manifest's folder.
std::string manifestToJson(const ModelManifest& manifest);
Status saveManifest(const ModelManifest& manifest, const std::filesystem::path& path);

// Compares the network file's hash with the manifest's. BadInput on a difference or a missing file.
Status verifyModelFile(const ModelManifest& manifest);

}  // namespace cvd::inference
