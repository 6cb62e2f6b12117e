// Which finding or insertion of a judgement is which of another judgement of the same tracks, so
// that what people said of it stays with it. Pure; any thread.
#pragma once

#include <optional>
#include <vector>

#include "core/base/types.h"

namespace cvd::compliance {

// For each of `before` the index in `after`, or empty: same rule and verdict, evidence that
// overlaps in time, with an insertion both or neither; the best fitting one, each given away once.
std::vector<std::optional<std::size_t>> sameFindings(const std::vector<Violation>& before,
                                                     const std::vector<Violation>& after);

// For each of `before` the index in `after`, or empty: the same poker, immersed at the same time;
// the one that shares most frames, each given away once.
std::vector<std::optional<std::size_t>> matchInsertions(const std::vector<Insertion>& before,
                                                        const std::vector<Insertion>& after);

}  // namespace cvd::compliance
