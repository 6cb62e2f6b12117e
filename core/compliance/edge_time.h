// Private to the finding of insertions: when exactly the tip entered or left, weighed from what
// each sign says about it.
#pragma once

#include <vector>

namespace cvd::compliance {

// Sightings around the end of an insertion, times ascending. For its start, hand over times that
// run backwards (negative), so that the way in looks like a way out.
struct EdgeSigns {
    std::vector<double> timesS;
    std::vector<double> shares;  // of the bar in sight; 1: all of it
    std::vector<double> odds;    // log-odds of "immersed" that the network gives; NaN: none
};

struct EdgeTime {
    double atS = 0;     // between the last sighting in the concrete and the first one outside
    double errorS = 0;  // one standard deviation
};

// `leftS`: when the lower end left the contact point, which it does when the tip is out or, where
// the tip lingers over its hole, `lingersS` later on average. `earliestS`: the tip is in until
// then.
EdgeTime weighEdge(const EdgeSigns& signs, double leftS, double lingersS, double earliestS);

}  // namespace cvd::compliance
