// Where to vibrate: the suggested grid of insertion points for a pour region, and the next point.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/base/types.h"
#include "core/compliance/profile.h"

namespace cvd::compliance {

struct PlanOptions {
    double radiusM = 0.35;                // of action
    double spacingM = 0.49;               // largest distance of neighbours
    bool staggered = false;               // every second row shifted by half a spacing
    double formMinM = 0;                  // distance from form lines, region edges and obstacles
    std::optional<double> formMaxM = {};  // of the outermost row from the form lines
    double leastM = 0;  // no rows nearer to each other: one treats the concrete of the other again
};

// The limits of a profile. The spacing is never so wide that a grid leaves gaps: at most sqrt(2) R
// for a square one, sqrt(3) R for a staggered one.
PlanOptions planOptions(const Profile& profile, double radiusM, bool staggered);

// Points in order of work: row by row, there and back, along the longest form line or edge. Rows
// and columns are evenly spread, the outermost as far from the edge as profile and radius allow.
// What odd corners and obstacles leave is filled with single points until nothing wider than a
// tenth of R is left. Time grows with the points, not with their square: some tenths of a second
// for 50,000. Empty for a region without area, a radius of 0, or more than 200,000 points.
std::vector<PointM> plannedPoints(const std::vector<PointM>& region,
                                  const std::vector<std::vector<PointM>>& obstacles,
                                  const std::vector<std::vector<PointM>>& formLines,
                                  const PlanOptions& options);

// Index of the planned point to go to next: of those with no sufficient insertion within half a
// spacing, the nearest to `from` (the last insertion), else the first. Empty: all are done.
std::optional<std::size_t> nextPoint(const std::vector<PointM>& planned,
                                     const std::vector<PointM>& treated, double spacingM,
                                     std::optional<PointM> from);

}  // namespace cvd::compliance
