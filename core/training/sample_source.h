// Where training pictures come from.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <opencv2/core/mat.hpp>

#include "core/base/result.h"
#include "core/base/types.h"

namespace cvd::training {

// A picture with its truth in the picture's own pixels. PokerPoints::immersedScore of a truth is 0
// or 1, or negative where nobody knows. A class that is not `labelled` teaches nothing, neither
// that it is there nor that it is not.
struct LabelledPicture {
    cv::Mat bgr;
    std::vector<Detection> truth;
    std::vector<BoxPx>
        ignore;  // pokers too hidden or too small to be told: neither right nor wrong
    std::array<bool, kObjectClassCount> labelled{true, true, true};
    std::string name;  // file or seed, for messages
};

// Numbered pictures; any number may be asked for from several threads at once.
class SampleSource {
public:
    virtual ~SampleSource() = default;
    virtual std::string name() const = 0;
    // Number of different pictures; 0: no end (rendered ones).
    virtual std::uint64_t size() const = 0;
    virtual Result<LabelledPicture> sample(std::uint64_t index) const = 0;
};

// Size in px of all rendered pictures: larger than the detector's input, so that a part that
// training enlarges shows true detail.
inline constexpr int kRenderedWidth = 960, kRenderedHeight = 540;

// Rendered pours (core/simulation): picture `index` is the simulator's seed firstSeed + index.
inline constexpr std::uint64_t kTrainingSeed = 1'000'000;
inline constexpr std::uint64_t kValidationSeed = 900'000'000'000;  // never trained on
// With a `dataDir` about half of them stand on photographs of that split (see realSources).
Result<std::unique_ptr<SampleSource>> simulatedSource(std::uint64_t firstSeed,
                                                      const std::filesystem::path& dataDir = {},
                                                      const std::string& split = "train");

// The same, drawn by the other painter (core/simulation/drawn_sample.h).
Result<std::unique_ptr<SampleSource>> drawnSource(std::uint64_t firstSeed,
                                                  const std::filesystem::path& dataDir = {},
                                                  const std::string& split = "train");

// The same with a depth buffer, shading and shadows (core/simulation/solid_sample.h).
Result<std::unique_ptr<SampleSource>> solidSource(std::uint64_t firstSeed,
                                                  const std::filesystem::path& dataDir = {},
                                                  const std::string& split = "train");

enum class PourFrames {
    Spread,   // 32 over the whole pour: what is measured
    AtEdges,  // 64, half of them about the moments at which a poker goes in or comes out. There
              // lies what is hard to tell, and only a fifth of a pour's time: what is learnt from
};
// Frames of whole rendered pours: one after the other through the scenarios, each with another
// seed. Needs a folder for the videos, which do not stay. Rendering one takes long: `cancelled`
// ends that, too.
Result<std::unique_ptr<SampleSource>> pourSource(std::uint64_t firstSeed,
                                                 const std::filesystem::path& scratchDir,
                                                 PourFrames frames = PourFrames::Spread,
                                                 const std::atomic<bool>* cancelled = nullptr);

// One of each of the above, in this order: simulated, drawn, solid, pours.
Result<std::vector<std::unique_ptr<SampleSource>>> renderedSources(
    std::uint64_t firstSeed, const std::filesystem::path& dataDir, const std::string& split,
    const std::filesystem::path& scratchDir, PourFrames pourFrames = PourFrames::Spread,
    const std::atomic<bool>* cancelled = nullptr);

// A folder with images/*.jpg and labels/*.txt ("class cx cy w h", 0..1) of which the boxes of
// `personClass` are people. Such sets hold no pokers and no hoes, so their photographs also teach
// where there is none.
Result<std::unique_ptr<SampleSource>> yoloFolderSource(const std::filesystem::path& folder,
                                                       int personClass);

// Pictures that people corrected in the program (`cvd-mis project annotations`): a folder with
// annotations.json and the frames. Only classes that somebody looked at teach anything.
Result<std::unique_ptr<SampleSource>> annotationSource(const std::filesystem::path& folder,
                                                       const std::string& split);
// Those among the folders in `dataDir` that have pictures of this split. BadInput for a broken one.
Result<std::vector<std::unique_ptr<SampleSource>>> annotationSources(
    const std::filesystem::path& dataDir, const std::string& split);

// The real sets below `dataDir` (folders site_safety, rig_workers, each with `split`) that may be
// trained on (`split`: "train", "valid" or "test"), then those that people corrected; folders that
// are absent are left out. None for an empty `dataDir`; BadInput for one that is no folder.
Result<std::vector<std::unique_ptr<SampleSource>>> realSources(const std::filesystem::path& dataDir,
                                                               const std::string& split);

// What to say where realSources() gives nothing and somebody counts on it.
Error noRealPictures(const std::filesystem::path& dataDir, const std::string& split);

}  // namespace cvd::training
