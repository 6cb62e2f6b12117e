// Dwell time of the poker's contact point over the picture.
#pragma once

#include <optional>

#include <opencv2/core.hpp>

#include "core/base/types.h"

namespace cvd::report {

struct HeatmapOptions {
    double radiusPx = 0;  // of the disc that a contact point warms; 0: 35 px at 1280 px width
    int gridDivisor = 4;  // the grid has 1/4 of the frame's width and height
    std::optional<FrameIndex> fromFrame, toFrame;  // only these, inclusive; empty: to the end
};

// Seconds of immersion near each place: CV_32F, width/gridDivisor x height/gridDivisor. A cell
// holds the time during which an immersed contact point was within radiusPx, weighted by a bell
// that is 1 at its centre and 0 at its border. Points are brought back into the first frame's
// pixels.
cv::Mat accumulateDwell(const Tracks& tracks, int width, int height,
                        const HeatmapOptions& options = {});

// Colours of a dwell grid: BGRA (premultiplied no), zero transparent; `maxS` <= 0: the grid's
// maximum. The scale is inferno.
cv::Mat colourDwell(const cv::Mat& dwellS, double maxS = 0);
// The scale itself, 256 BGR entries as a 1x256 CV_8UC3.
cv::Mat heatScale();

// First frame, BGR, with the heat of a grid of accumulateDwell() above it; without a legend. `maxS`
// as colourDwell() has it.
cv::Mat heatOverFrame(const cv::Mat& firstFrameBgr, const cv::Mat& dwellS, double maxS,
                      const HeatmapOptions& options = {});
// The finished picture, BGR, with a legend in seconds.
cv::Mat renderHeatmap(const cv::Mat& firstFrameBgr, const Tracks& tracks,
                      const HeatmapOptions& options = {});

}  // namespace cvd::report
