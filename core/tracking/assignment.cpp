#include "core/tracking/assignment.h"

#include <limits>

namespace cvd::tracking {

std::vector<int> assign(const std::vector<double>& cost, int rows, int columns, double gate) {
    std::vector<int> columnOfRow(static_cast<std::size_t>(rows), -1);
    if (rows == 0 || columns == 0) {
        return columnOfRow;
    }
    // Each row gets a private spare column at the price of the gate, so a forbidden pair is never
    // worth making and the square method needs no special case.
    const int width = columns + rows;
    const auto price = [&](int row, int column) {
        if (column >= columns) {
            return column - columns == row ? gate : 2 * gate;
        }
        const double c = cost[static_cast<std::size_t>(row) * columns + column];
        return c < gate ? c : 2 * gate;
    };
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    // One-based as is usual for this method: row 0 and column 0 are the search's start.
    std::vector<double> rowPotential(rows + 1, 0.0), columnPotential(width + 1, 0.0);
    std::vector<int> rowOfColumn(width + 1, 0), before(width + 1, 0);
    for (int row = 1; row <= rows; ++row) {
        rowOfColumn[0] = row;
        int column = 0;
        std::vector<double> slack(width + 1, kInfinity);
        std::vector<char> used(width + 1, 0);
        do {
            used[column] = 1;
            const int current = rowOfColumn[column];
            double delta = kInfinity;
            int next = 0;
            for (int j = 1; j <= width; ++j) {
                if (used[j]) {
                    continue;
                }
                const double reduced =
                    price(current - 1, j - 1) - rowPotential[current] - columnPotential[j];
                if (reduced < slack[j]) {
                    slack[j] = reduced;
                    before[j] = column;
                }
                if (slack[j] < delta) {
                    delta = slack[j];
                    next = j;
                }
            }
            for (int j = 0; j <= width; ++j) {
                if (used[j]) {
                    rowPotential[rowOfColumn[j]] += delta;
                    columnPotential[j] -= delta;
                } else {
                    slack[j] -= delta;
                }
            }
            column = next;
        } while (rowOfColumn[column] != 0);
        while (column != 0) {
            rowOfColumn[column] = rowOfColumn[before[column]];
            column = before[column];
        }
    }
    for (int j = 1; j <= columns; ++j) {
        const int row = rowOfColumn[j] - 1;
        if (row >= 0 && cost[static_cast<std::size_t>(row) * columns + (j - 1)] < gate) {
            columnOfRow[row] = j - 1;
        }
    }
    return columnOfRow;
}

}  // namespace cvd::tracking
