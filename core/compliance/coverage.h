// Which part of the pour region was treated: cells within the radius of action of an effective
// insertion; missed; not observed (the camera did not see them: never counted as missed).
#pragma once

#include <functional>
#include <vector>

#include "core/base/types.h"

namespace cvd::compliance {

struct Treatment {  // one effective insertion
    PointM at;
    double stationaryS = 0;
    bool sufficient = true;      // stationary for at least the profile's shortest time
    std::int64_t insertion = 0;  // Insertion::id, for the order of work
    bool doubtful = false;       // not sufficient, but may have been: its cells are not observed
};

// States of a cell, as in Coverage::state.
inline constexpr std::uint8_t kCellOutside = 0, kCellCovered = 1, kCellMissed = 2,
                              kCellNotObserved = 3;

// `observed` says whether the camera saw a point of the surface; empty: all of it. `obstacles` are
// no part of the region. `errorM`: how far the places may be wrong, one standard deviation; the
// band of Coverage comes from it. Treatments in order of time.
Coverage computeCoverage(const std::vector<PointM>& region,
                         const std::vector<Treatment>& treatments, double radiusM, double cellM,
                         const std::function<bool(PointM)>& observed = {},
                         const std::vector<std::vector<PointM>>& obstacles = {}, double errorM = 0);

// State of the cell under a place; kCellOutside beyond the grid.
std::uint8_t coverageState(const Coverage& coverage, PointM at);
// Somebody may have worked at the place without the camera's seeing it.
bool unseen(const Coverage& coverage, PointM at);

std::vector<PointM> convexHull(std::vector<PointM> points);  // counter-clockwise
bool insidePolygon(const std::vector<PointM>& polygon, PointM p);
// The point itself where there is no line.
PointM nearestOnPolyline(const std::vector<PointM>& line, PointM p);
// Infinite where there is no line.
double distanceToPolyline(const std::vector<PointM>& line, PointM p);

}  // namespace cvd::compliance
