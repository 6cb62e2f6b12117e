// One random picture of a site with exact labels: what the detector learns from.
//
// Labels: `box` is the tight box of what is visible of the object, pixels of the picture, clipped
// to it. A poker's bar is its rigid part (steel head and stiff tube) above the concrete, without
// the hose. Where the head is wholly in the concrete, the bar is the stiff lower end of the hose,
// up to where it bends, so an immersed poker always has a bar and a contact point. `low` is the
// lowest visible point on the bar's axis (where it enters the concrete when immersed), `top` its
// other end, where the hose begins. PokerPoints::immersedScore is 1 or 0. A bar that is mostly
// hidden or too small to be told is in `ignore` instead: neither right nor wrong for a detector.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include <opencv2/core.hpp>

#include "core/base/types.h"
#include "core/simulation/random.h"
#include "core/simulation/site.h"

namespace cvd::simulation {

struct TrainingSample {
    cv::Mat bgr;
    std::vector<Detection> truth;  // score 1
    std::vector<BoxPx> ignore;
};

// The same seed and size give the same picture on every machine. `backgrounds` may be null; with
// it, about half of the pictures stand on a photograph. Thread-safe.
TrainingSample renderTrainingSample(std::uint64_t seed, int width, int height,
                                    const BackgroundPool* backgrounds = nullptr);

// A sheet of `columns` x `rows` samples with their labels drawn in, for looking at.
cv::Mat contactSheet(std::uint64_t firstSeed, int columns, int rows, int width, int height,
                     const BackgroundPool* backgrounds = nullptr);

// The same as a picture file (PNG or JPEG). Environment when it cannot be written.
Status writeContactSheet(const std::filesystem::path& file, std::uint64_t firstSeed, int columns,
                         int rows, int width, int height,
                         const BackgroundPool* backgrounds = nullptr);

// A photograph of the pool cut, mirrored and scaled to the size; its people go to `persons`.
cv::Mat photograph(Random& random, const BackgroundPool& pool, cv::Size size,
                   std::vector<BoxPx>& persons);

// People of the photograph stay true as far as they can still be seen; `untouched` is the
// photograph before anything was put on it.
void addPhotographed(TrainingSample& sample, const std::vector<BoxPx>& persons,
                     const cv::Mat& untouched);

// Motion blur of each labelled poker with this chance, over up to this share of its box.
void blurMovingPokers(Random& random, TrainingSample& sample, double chance, double reachBars);

}  // namespace cvd::simulation
