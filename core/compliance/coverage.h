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
    bool sufficient = true;  // stationary for at least the profile's shortest time
};

// `observed` says whether the camera saw a point of the surface; empty: all of it.
Coverage computeCoverage(const std::vector<PointM>& region,
                         const std::vector<Treatment>& treatments, double radiusM, double cellM,
                         const std::function<bool(PointM)>& observed = {});

std::vector<PointM> convexHull(std::vector<PointM> points);  // counter-clockwise
bool insidePolygon(const std::vector<PointM>& polygon, PointM p);
double distanceToPolyline(const std::vector<PointM>& line, PointM p);

}  // namespace cvd::compliance
