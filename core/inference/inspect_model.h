// What a TorchScript file is, found out by loading it and running it once: for people who import a
// model, and for the manifest of a file that comes without one.
//
// A file can crash or hang whoever runs it. core/models/model_probe.h does this in a process of its
// own; call inspectNetwork() directly only for files that are trusted.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/inference/model_manifest.h"

namespace cvd::inference {

struct TensorFinding {
    std::string where;  // "0", "1.2", "proto": the place in what forward() returns
    std::string type;   // "float", "long int" ...
    std::vector<std::int64_t> shape;
};

struct ModelFindings {
    std::vector<std::string>
        inputs;  // forward()'s arguments as the file declares them, without self
    std::vector<TensorFinding> outputs;
    int inputWidth = 0, inputHeight = 0;  // px, of the run that was made
    std::int64_t weights = 0;             // numbers in parameters and buffers
    double forwardS = 0;                  // seconds of one run on the CPU, after warming up
    std::optional<Decoder> decoder;       // the one that the shapes fit; empty: none
    int classes = 0;                      // that the decoder has
};

// Loads `file` on the CPU and runs it on a grey picture of the given size, or of each usual size
// until one is understood. BadInput with the reason when it cannot be loaded or run.
Result<ModelFindings> inspectNetwork(const std::filesystem::path& file,
                                     std::optional<std::pair<int, int>> inputSize);

// The decoder that fits `outputs` (of a picture of that size), and how many classes it has.
std::optional<std::pair<Decoder, int>> guessDecoder(const std::vector<TensorFinding>& outputs,
                                                    int inputWidth, int inputHeight);

// A manifest for a file that came without one, with the family's usual input. `classes`: names in
// the network's order; empty: vibrator, hoe, person for three, COCO's for eighty. BadInput when the
// output is none that a decoder reads, or the classes are not known.
Result<ModelManifest> manifestFromFindings(const ModelFindings& findings,
                                           const std::filesystem::path& file,
                                           const std::string& name,
                                           const std::vector<std::string>& classes);

}  // namespace cvd::inference
