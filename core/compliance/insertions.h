// Tracks -> insertions: from the moment the poker's tip enters the concrete to the moment it
// leaves.
#pragma once

#include <optional>
#include <vector>

#include "core/base/types.h"
#include "core/compliance/calibration.h"

namespace cvd::compliance {

struct InsertionOptions {
    float minScore = 0.3F;             // detections below start nothing and end nothing
    float weakScore = 0.2F;            // and below this they are not looked at
    double touchS = 1.0;               // shorter ones are touches: effective = false
    double minimumS = 0.3;             // shorter ones are noise: not listed
    double bridgeS = 1.5;              // an unseen stretch between two immersed ones is filled
    double stationaryMmS = 30;         // contact point counts as still below this, when calibrated
    double stationaryBarsPerS = 0.06;  // else in bar lengths a second
    std::optional<double> rodLengthM;  // of the whole rigid bar: speeds and depth need it
    int frameWidth = 0, frameHeight = 0;  // 0: unknown; with a homography tilt needs them
};

// The contact point in one frame of an insertion, smoothed.
struct ContactSample {
    FrameIndex frame = 0;
    double timeS = 0;
    PointPx firstPx;  // in pixels of the first frame of the scene
    double speedPxS = 0;
    std::optional<PointM> planeM;  // with a homography
    std::optional<double> speedMmS;
    double visibleShare = 1;  // of the bar: 1 in air, smoothed
};

struct StandingPlace {
    PointM at;
    double stationaryS = 0;
};

struct ObservedInsertion {
    Insertion insertion;
    std::vector<ContactSample> path;
    std::vector<StandingPlace> places;  // with a homography; more than one after a drag
    // Seconds of an insertion at one place in which the contact point moved and yet came no farther
    // than a hand from there: the poker swayed, or the measurement did. 0 without a homography.
    double waveredS = 0;
    bool adrift = false;         // the camera moved meanwhile and could not be followed
    bool tiltInPicture = false;  // tiltDeg is an angle of the picture, not of the bar in space
};

// Maps points of each frame into the first frame of its scene, where a calibration holds.
class Stabiliser {
public:
    explicit Stabiliser(const Tracks& tracks);
    PointPx toFirst(FrameIndex frame, PointPx p) const;
    PointPx fromFirst(FrameIndex frame, PointPx p) const;
    int scene(FrameIndex frame) const;  // 0: the first one, where the calibration holds
    int shot(FrameIndex frame) const;   // counts cuts
    bool moved() const;                 // the camera moved at all
    // It moved and could not be followed: places of that moment are not known.
    bool lost(FrameIndex frame) const;

private:
    struct Step {
        CameraMotion toFirst, fromFirst;
        int scene = 0, shot = 0;
        bool lost = false;
    };
    void markLost(const Tracks& tracks);
    const Step* step(FrameIndex frame) const;
    FrameIndex m_first = 0;
    bool m_moved = false;
    std::vector<Step> m_steps;
};

// Fills TrackPoint::immersed of every poker point that belongs to a track, and returns the
// insertions in order of start, ids from 1. `homography` may be null: nothing in metres then.
std::vector<ObservedInsertion> observeInsertions(Tracks& tracks, const InsertionOptions& options,
                                                 const Homography* homography);
// The same with a stabiliser of these tracks, for who needs it for more than this.
struct Observed {
    std::vector<ObservedInsertion> insertions;
    // Too unsure to be called insertions, but a poker was seen to come or to go: nobody may say
    // that the places were missed. Ids are 0.
    std::vector<ObservedInsertion> doubted;
    std::vector<std::size_t> pokerPoints;  // of Tracks::points that belong to a track, ascending
};
Observed observe(Tracks& tracks, const Stabiliser& stabiliser, const InsertionOptions& options,
                 const Homography* homography);
std::vector<Insertion> findInsertions(Tracks& tracks, const InsertionOptions& options,
                                      const Homography* homography);

}  // namespace cvd::compliance
