// Which parts of the pour region were in sight whenever somebody could have vibrated there unseen.
#pragma once

#include <vector>

#include "core/base/types.h"
#include "core/compliance/calibration.h"
#include "core/compliance/insertions.h"

namespace cvd::compliance {

// A place is not observed when, for `shortestS` or longer without a break, a poker at work was out
// of sight and the place was hidden: behind a person, in a scene after a cut, or because the camera
// saw nothing at all any more. While every poker is in sight nothing can happen unseen, so people
// who stand in front then hide nothing. The number of pokers at work is the most that were in sight
// together for at least two seconds. Sampled twice a second; some milliseconds for two hours.
class Observation {
public:
    Observation(const Tracks& tracks, const Homography& homography,
                const std::vector<PointM>& region, double shortestS);
    // With a stabiliser of these tracks, for who has one.
    Observation(const Tracks& tracks, const Stabiliser& stabiliser, const Homography& homography,
                const std::vector<PointM>& region, double shortestS);
    bool seen(PointM p) const;

private:
    PointM m_origin;
    double m_cellM = 1;
    int m_columns = 0, m_rows = 0;
    std::vector<std::uint8_t> m_hidden;  // empty: everything was in sight
};

}  // namespace cvd::compliance
