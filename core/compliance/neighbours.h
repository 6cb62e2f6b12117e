// Which places are neighbours of each other: the triangulation of Delaunay, thinned.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "core/base/types.h"

namespace cvd::compliance {

using Edge = std::pair<std::size_t, std::size_t>;  // first < second

// Edges of the Delaunay triangulation in ascending order; for fewer than three places every pair.
// Places that coincide are told apart by less than a ten-millionth of the extent. About O(n log n):
// a tenth of a second for 50,000.
std::vector<Edge> delaunayEdges(const std::vector<PointM>& places);

// Those of them with no third place nearer to both ends than they are to each other (relative
// neighbourhood graph, Toussaint 1980): a grid keeps its rows and columns and loses its diagonals.
std::vector<Edge> neighbourEdges(const std::vector<PointM>& places);

}  // namespace cvd::compliance
