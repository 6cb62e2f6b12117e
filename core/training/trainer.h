// Trains the network "cvd-n" from rendered pours and licensed photographs, and turns a checkpoint
// into a model that the detector loads.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/inference/model_manifest.h"
#include "core/training/augment.h"
#include "core/training/evaluate.h"
#include "core/training/network_options.h"
#include "core/training/sample_source.h"

namespace cvd::training {

struct TrainOptions {
    std::filesystem::path workDir = ".training";  // checkpoint, log.csv, sample pictures
    std::filesystem::path dataDir;                // real pictures (see realSources); empty: none
    double minutes = 60;        // wall time of this run; the schedule follows it. 0: no end by time
    std::int64_t maxSteps = 0;  // 0: only `minutes` ends the run
    bool resume = false;        // continue from workDir/checkpoint.pt; without it there may be none
    std::filesystem::path startFrom;  // manifest of an export whose weights a new run starts with
    std::uint64_t seed = 1;
    double learningRate = 2e-3;
    double weightDecay = 0.02;
    int batch = 16;
    double realShare = 0.25;  // of a batch
    // Rendered pictures kept in memory (1.5 MB each) and steadily replaced.
    size_t poolPictures = 4000;
    // Of the rendered pictures: frames of whole pours, pictures of the flat painter and of the one
    // with a depth buffer. The others are those of the first painter.
    double pourShare = 0.2, drawnShare = 0.25, solidShare = 0.35;
    // New rendered pictures for each one that is learnt from. Below about 0.2 a network of this
    // size learns the pool by heart: its loss falls there and not on new pictures
    // (docs/measurements.md).
    double renewShare = 0.3;
    // Parts of a batch that are learnt from at once, each by a thread of its own; on a CPU only. 0:
    // as many as the processor has cores where it is fast in bfloat16, otherwise one.
    int workers = 0;
    // Of each worker's arithmetic. 0: one in bfloat16, because oneDNN's threads wait for each other
    // by spinning, and the backward pass takes many times as long when one of them waits for a core
    // that a painter has. In 32 bits one less than the processor has cores, but never below two:
    // with one, LibTorch leaves oneDNN (docs/measurements.md).
    int threads = 0;
    std::string device = "auto";
    double validateMinutes = 8;  // also the interval of checkpoints and exports; 0: only at the end
    int validationPictures = 150;
    NetworkOptions network;
    AugmentOptions augment;
    // Instead of the simulator and `dataDir` (tests, own data).
    std::vector<std::shared_ptr<SampleSource>> sources;
};

struct TrainProgress {
    std::int64_t step = 0;
    double minutes = 0, share = 0;  // share: 0..1 of the run
    double loss = 0;
    double picturesPerS = 0;
    size_t poolPictures = 0;
    std::string message;              // a line for a log or a status bar
    std::vector<SetFigures> figures;  // after a validation
};

struct TrainReport {
    std::int64_t steps = 0;              // in all runs together
    double firstLoss = 0, lastLoss = 0;  // smoothed, of this run
    std::filesystem::path checkpoint;
    bool cancelled = false;  // before its time was over, or before the last validation was
};

// Blocks until done or `cancelled`; the last state is in the checkpoint either way (Cancelled when
// there was no step to keep). Usage for options that make no sense and for a folder with a
// checkpoint that would be lost, BadInput for a checkpoint that does not fit and for a `dataDir`
// without a picture to learn from, Environment for a disk or device that fails.
Result<TrainReport> runTraining(const TrainOptions& options,
                                const std::function<void(const TrainProgress&)>& progress = {},
                                const std::atomic<bool>* cancelled = nullptr);

struct ExportOptions {
    std::string name = "cvd-n";
    std::string version = "1";
    // px, see fitsNetwork(). 0: kInputWidth x kInputHeight, or what the export has that is written
    // anew.
    int inputWidth = 0, inputHeight = 0;
    std::string licence;
    std::string description;
    std::array<float, kObjectClassCount> defaultThreshold{0.4f, 0.4f, 0.4f};
    // px, see PeopleFit; 0: the model stays with its input.
    double peopleHeight = 0;
    // Added to the opinion whether a tip is immersed, in log-odds. In videos pokers are in the
    // concrete for more of the time than in training pictures.
    double immersedShift = 0;
    // The exported network looks at each picture twice, as it is and mirrored, and averages: fewer
    // errors for up to twice the time. Same weights, same output.
    bool mirrored = false;
};

// Writes NAME.ts (TorchScript of the averaged weights with batch norms folded), NAME.json and,
// unless there is one, the model card NAME.md into `outDir`. Returns the manifest's path. Usage,
// and an earlier model stays, when no detector would load a model with these options.
Result<std::filesystem::path> exportModel(const std::filesystem::path& checkpoint,
                                          const std::filesystem::path& outDir,
                                          const ExportOptions& options = {});

// The same from `manifest`'s own export of a network of the usual shape, with the very same
// weights: for a newer form of export where the checkpoint is gone. BadInput where that is no
// export of ours.
Result<std::filesystem::path> exportAgain(const std::filesystem::path& manifest,
                                          const std::filesystem::path& outDir,
                                          const ExportOptions& options = {});

}  // namespace cvd::training
