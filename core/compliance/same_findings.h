// Which finding or insertion of a judgement is which of another judgement of the same tracks, so
// that what people said of it stays with it. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/base/types.h"

namespace cvd::compliance {

// For each of `before` the index in `after`, or empty: the same poker, immersed at the same time;
// the one that shares most frames, each given away once.
std::vector<std::optional<std::size_t>> matchInsertions(const std::vector<Insertion>& before,
                                                        const std::vector<Insertion>& after);

// Insertion::id of one judgement -> that of the other, of those that are in both.
using SameInsertions = std::unordered_map<std::int64_t, std::int64_t>;
SameInsertions sameInsertions(const std::vector<Insertion>& before,
                              const std::vector<Insertion>& after);

// For each of `before` the index in `after`, or empty: same rule and verdict, evidence that
// overlaps in time, about the same insertion or both about none, and then at the same place and not
// much worse than what people saw. The pairs that fit best find each other first.
std::vector<std::optional<std::size_t>> sameFindings(const std::vector<Violation>& before,
                                                     const std::vector<Violation>& after,
                                                     const SameInsertions& insertions);

}  // namespace cvd::compliance
