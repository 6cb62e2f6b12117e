// Private to the finding of insertions: a poker's sightings, and the arithmetic on them.
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

#include "core/base/types.h"

namespace cvd::compliance {

// How far a bar slid along itself since its track began, and in how many sightings nobody could
// tell (TrackPoint::slidePx).
struct Slid {
    double px = 0;
    int untold = 0;
};

// One sighting of a poker, in pixels of the first frame of its scene.
struct Sample {
    FrameIndex frame = 0;
    double timeS = 0;
    PointPx low, top;
    double score = 0;
    double immersedScore = -1;
    double length = 0;      // visible bar, px
    double evenLength = 0;  // the same in metres when calibrated, else px
    double tiltDeg = 0;
    double azimuthDeg = 0;  // with hasAzimuth
    bool hasAzimuth = false;
    double evidence = 0;  // log-odds that the tip is in concrete, for one frame at 25 frames/s
    bool immersed = false;
    Slid slid;
};

struct PokerTrack {
    TrackId id;
    int scene = 0, shot = 0;
    double shotStartS = 0;
    std::vector<Sample> samples;
    std::vector<std::size_t> points;  // of Tracks::points, unseen ones too
    Slid slid;                        // until the last of them
    double freeLength = 1;            // of the bar in air, same units as Sample::evenLength
    double barPx = 1;                 // typical free length in px
    bool neverMoved = false;          // stood at one place with one length all its life
    std::vector<PointPx> lows;        // of the samples, without single outliers
    std::vector<double> shares;       // visible share of the bar, without single outliers
    std::vector<double> travel;       // of the lower end from place to place, bar lengths/s
};

// A run of samples with the tip in the concrete. The times lie between samples where the movement
// of the bar's lower end says so.
struct Run {
    std::size_t first = 0, last = 0;  // samples
    double startS = 0, endS = 0;
    bool sawStart = false, sawEnd = false;  // the poker arrived, left: it was seen to move
    // How far movement and opinion are apart, which is how well an edge is known.
    double startErrorS = 0, endErrorS = 0;  // one standard deviation
};

inline double distance(PointPx a, PointPx b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

double medianOf(std::vector<double> values);                  // 0 for none
double percentile(std::vector<double> values, double share);  // 0 for none
// Middle value of each sample and its two neighbours on either side: removes single outliers.
std::vector<double> medianFiltered(const std::vector<double>& values);
std::vector<PointPx> medianFiltered(const std::vector<PointPx>& points);
// The point whose coordinates are the medians of samples first to last.
PointPx medianPoint(const std::vector<PointPx>& points, std::size_t first, std::size_t last);

struct SmoothPath {
    std::vector<PointPx> at;
    std::vector<PointPx> velocity;  // px/s
};

// Position and velocity at every time by a straight line fitted to the samples within the window,
// which keeps its length at both ends by reaching inwards.
SmoothPath smoothPath(const std::vector<double>& times, const std::vector<PointPx>& points,
                      double halfWindowS);

// Decides Sample::immersed and returns the runs. Fills lows, shares, neverMoved.
std::vector<Run> findRuns(PokerTrack& track);

}  // namespace cvd::compliance
