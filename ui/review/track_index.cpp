#include "ui/review/track_index.h"

#include <algorithm>

namespace cvd::ui {

TrackIndex::TrackIndex(std::shared_ptr<const Tracks> tracks) : m_tracks(std::move(tracks)) {}

std::span<const TrackPoint> TrackIndex::between(FrameIndex first, FrameIndex last) const {
    if (!m_tracks || last < first) {
        return {};
    }
    const auto& points = m_tracks->points;
    const auto begin =
        std::lower_bound(points.begin(), points.end(), first,
                         [](const TrackPoint& p, FrameIndex frame) { return p.frame < frame; });
    const auto end =
        std::upper_bound(begin, points.end(), last,
                         [](FrameIndex frame, const TrackPoint& p) { return frame < p.frame; });
    return {begin, end};
}

std::span<const TrackPoint> TrackIndex::at(FrameIndex frame) const {
    return between(frame, frame);
}

std::vector<QPointF> TrackIndex::tail(TrackId track, FrameIndex frame, FrameIndex frames) const {
    std::vector<QPointF> way;
    if (!track.valid()) {
        return way;
    }
    for (const auto& point : between(frame - frames, frame)) {
        if (point.track == track && point.poker) {
            way.emplace_back(point.poker->low.x, point.poker->low.y);
        }
    }
    return way;
}

bool TrackIndex::processed(FrameIndex frame) const {
    return m_tracks && frame >= m_tracks->firstFrame &&
           frame < m_tracks->firstFrame + FrameIndex(m_tracks->frameTimesS.size());
}

}  // namespace cvd::ui
