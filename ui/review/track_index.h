// Finds what is in a frame, and where a poker was just before, in the time of a binary search:
// two hours of tracks are never walked through as a whole to paint one picture.
#pragma once

#include <QPointF>
#include <memory>
#include <span>
#include <vector>

#include "core/base/types.h"

namespace cvd::ui {

class TrackIndex {
public:
    TrackIndex() = default;
    // Shares the tracks; their points are ordered by frame. Null: an empty index.
    explicit TrackIndex(std::shared_ptr<const Tracks> tracks);

    std::span<const TrackPoint> at(FrameIndex frame) const;
    // All points of the frames from `first` to `last`, both included.
    std::span<const TrackPoint> between(FrameIndex first, FrameIndex last) const;
    // The contact point's way of one track over `frames` frames up to `frame`, oldest first.
    std::vector<QPointF> tail(TrackId track, FrameIndex frame, FrameIndex frames) const;
    bool processed(FrameIndex frame) const;  // whether the detector looked at this frame
    bool empty() const { return !m_tracks || m_tracks->points.empty(); }

private:
    std::shared_ptr<const Tracks> m_tracks;
};

}  // namespace cvd::ui
