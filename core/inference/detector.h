// Finds pokers, hoes and people in pictures. The only implementation that ships runs a TorchScript
// network; callers and tests may bring their own.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <opencv2/core/mat.hpp>

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/inference/model_manifest.h"

namespace cvd::inference {

// Time that the last call to detect() took, for benchmarks and the run's summary; seconds.
struct DetectorTiming {
    double preprocessS = 0, forwardS = 0, postprocessS = 0;
    double totalS() const { return preprocessS + forwardS + postprocessS; }
};

// One thread at a time; separate instances are independent.
class Detector {
public:
    virtual ~Detector() = default;
    Detector() = default;
    Detector(const Detector&) = delete;
    Detector& operator=(const Detector&) = delete;

    // `bgrFrames`: 8-bit, 3 channels, any size, sizes may differ. One list a frame, best score
    // first, in pixels of that frame. BadInput for a frame of another type, Environment when the
    // network fails (its message is in Error::detail). A failure leaves the detector usable.
    virtual Result<std::vector<std::vector<Detection>>> detect(
        std::span<const cv::Mat> bgrFrames) = 0;

    // From now on pictures are shown to the network at this size, which manifest() then names. Only
    // where the manifest has a PeopleFit. BadInput, and the size stays, when the network does not
    // take it.
    virtual Status setInputSize(int width, int height);

    virtual const ModelManifest& manifest() const = 0;
    virtual std::string deviceName() const = 0;                      // "cpu", "cuda:0"
    virtual std::string precisionName() const { return "float32"; }  // "bfloat16", "float16"
    virtual DetectorTiming lastTiming() const { return {}; }
    virtual int preferredBatch() const { return 1; }  // frames a call at which the device is busy
};

struct DetectorOptions {
    std::string device = "auto";   // "auto", "cpu", "cuda", "cuda:N"
    float minScore = 0.05f;        // detections below are dropped; thresholds filter later
    int maxDetections = 100;       // a frame, best first
    int threads = 0;               // CPU threads inside the network; 0: what suits the machine
    bool reducedPrecision = true;  // 16-bit numbers where the device is faster with them and the
                                   // manifest allows it
    bool verifyHash = true;
    bool warmUp = true;  // runs the network once, so that a wrong one is refused here
};

// Loads and checks a network: manifest, hash, TorchScript, one run on an empty picture (shape, type
// and finite values of what comes out). `path`: a manifest, or a folder with one. BadInput with the
// reason when it is not a detector that its manifest describes; Environment when the device is
// missing. From then on the process keeps up to 256 MiB of freed memory (malloc's thresholds).
Result<std::unique_ptr<Detector>> loadDetector(const std::filesystem::path& path,
                                               const DetectorOptions& options = {});

// The model that ships with the program: $CVD_MODEL, then `models/` beside or above the executable
// folder `executableDir`, then the installed share folder. BadInput when none is there.
Result<std::filesystem::path> findDefaultModel(const std::filesystem::path& executableDir);

}  // namespace cvd::inference
