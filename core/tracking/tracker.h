// Joins the detections of consecutive frames into tracks: several pokers, workers and hoes at once.
//
// Association in two stages as in ByteTrack (Zhang et al., ECCV 2022): confident detections first,
// weak ones only for tracks that are still unmatched, so that a half-hidden poker keeps its
// identity without weak detections starting tracks. In between lie those that find a lost track
// again but start none. A poker that was lost is looked for where it was expected and where it was
// last seen firmly: clutter much weaker than it usually is leads it away for a moment at most.
// Boxes are predicted by a constant-velocity Kalman filter after the picture's own motion has been
// taken out. A poker is a few pixels wide,
// overlap of boxes says little about it, so pokers are compared by the distance of their two points
// and box centre in units of the bar's length.
//
// Deterministic; one thread at a time; time a frame and memory depend on the objects in view, not
// on the length of the video.
#pragma once

#include <memory>
#include <vector>

#include "core/base/types.h"

namespace cvd::tracking {

struct TrackerOptions {
    float highScore = 0.5F;  // first stage; at or above, a detection may start a track
    float findScore = 0.4F;  // at or above, a lost track may be found again
    float lowScore = 0.1F;   // second stage; below, a detection belongs to no track
    double bridgeS = 0.4;    // a confirmed track is reported as predicted for this long
    double keepS = 3.0;      // and may be found again for this long
    int confirmHits = 3;     // detections after which a track counts as confirmed
    double gatePoker = 0.6;  // largest cost of a match, in bar lengths
    double gateBox = 0.8;    // largest cost of a match, half overlap and half distance
};

class Tracker {
public:
    explicit Tracker(TrackerOptions options = {});
    ~Tracker();
    Tracker(Tracker&&) noexcept;
    Tracker& operator=(Tracker&&) noexcept;

    // One call a frame, in order. `motion` maps the previous frame into this one; a cut ends every
    // track. Returns the frame's points ordered by track, those without a track last
    // (TrackId invalid). A bridged object has predicted = true and a score of 0.
    std::vector<TrackPoint> push(FrameIndex frame, double timeS,
                                 const std::vector<Detection>& detections,
                                 const CameraMotion& motion = {});

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace cvd::tracking
