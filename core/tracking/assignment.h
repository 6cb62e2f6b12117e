// The cheapest one-to-one assignment between rows and columns.
#pragma once

#include <vector>

namespace cvd::tracking {

// `cost` is row-major, rows x columns. Pairs that cost `gate` or more are never made; leaving a row
// alone costs `gate`. Returns the column of each row, -1 for none. Hungarian method with potentials
// (Kuhn 1955, Munkres 1957), cubic in the larger side; ties go to the lower index.
std::vector<int> assign(const std::vector<double>& cost, int rows, int columns, double gate);

}  // namespace cvd::tracking
