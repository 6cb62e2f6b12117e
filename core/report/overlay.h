// Overlays burnt into the pixels of a frame, for result.mp4 and evidence pictures. The program
// itself paints overlays from data over clean frames.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include <opencv2/core.hpp>

#include "core/base/types.h"

namespace cvd::report {

struct OverlayOptions {
    float minScore = 0.3F;  // weaker detections are not drawn
    bool showFrameNumber = true;
    bool showPredicted = true;
    bool showUntracked = false;  // detections that no track took: most of them are false
};

// Seconds that a track has been immersed so far in the insertion under way, for the label.
class ImmersedClock {
public:
    // The frame's points, in order of frames.
    void push(std::span<const TrackPoint> points, double timeS);
    double secondsOf(TrackId track) const;  // 0 when not immersed

private:
    struct Entry {
        TrackId track;
        double sinceS = 0, lastS = 0;
    };
    std::vector<Entry> m_entries;
};

void drawOverlay(cv::Mat& bgr, std::span<const TrackPoint> points, FrameIndex frame, double timeS,
                 const ImmersedClock* clock = nullptr, const OverlayOptions& options = {});

}  // namespace cvd::report
