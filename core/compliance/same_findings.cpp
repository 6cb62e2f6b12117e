#include "core/compliance/same_findings.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <tuple>
#include <unordered_set>

namespace cvd::compliance {
namespace {

// Of what is about the whole pour: at one place, and no worse by half. A small gap that somebody
// called a false alarm says nothing of a large one that another profile finds.
bool sameOnTheGround(const Violation& a, const Violation& b) {
    constexpr double kNearM = 0.5, kMuchWorse = 1.5;
    if (a.positionM && b.positionM &&
        std::hypot(a.positionM->x - b.positionM->x, a.positionM->y - b.positionM->y) > kNearM) {
        return false;
    }
    return a.unit != b.unit || !a.value || !b.value ||
           std::abs(*b.value) <= kMuchWorse * std::abs(*a.value);
}

// Insertions of one judgement in another one.
class Renumbered {
public:
    explicit Renumbered(const SameInsertions& insertions) : m_insertions(insertions) {
        for (const auto& [from, to] : insertions) {
            m_known.insert(to);
        }
    }
    // What people added by hand is in neither list: it may be any that is nobody else's.
    bool same(std::int64_t before, std::int64_t after) const {
        const auto at = m_insertions.find(before);
        return at != m_insertions.end() ? at->second == after : !m_known.contains(after);
    }

private:
    const SameInsertions& m_insertions;
    std::unordered_set<std::int64_t> m_known;
};

bool alike(const Violation& a, const Violation& b, const Renumbered& insertions) {
    if (a.rule != b.rule || a.verdict != b.verdict || a.startFrame > b.endFrame ||
        b.startFrame > a.endFrame || a.insertion.has_value() != b.insertion.has_value()) {
        return false;
    }
    return a.insertion ? insertions.same(*a.insertion, *b.insertion) : sameOnTheGround(a, b);
}

FrameIndex apart(const Violation& a, const Violation& b) {
    return std::abs(a.startFrame - b.startFrame) + std::abs(a.endFrame - b.endFrame);
}

}  // namespace

std::vector<std::optional<std::size_t>> sameFindings(const std::vector<Violation>& before,
                                                     const std::vector<Violation>& after,
                                                     const SameInsertions& insertions) {
    const Renumbered renumbered(insertions);
    std::vector<std::tuple<FrameIndex, std::size_t, std::size_t>> pairs;
    for (std::size_t i = 0; i < before.size(); ++i) {
        for (std::size_t k = 0; k < after.size(); ++k) {
            if (alike(before[i], after[k], renumbered)) {
                pairs.emplace_back(apart(before[i], after[k]), i, k);
            }
        }
    }
    std::sort(pairs.begin(), pairs.end());
    std::vector<std::optional<std::size_t>> become(before.size());
    std::vector<bool> taken(after.size(), false);
    for (const auto& [frames, i, k] : pairs) {
        if (!become[i] && !taken[k]) {
            become[i] = k;
            taken[k] = true;
        }
    }
    return become;
}

SameInsertions sameInsertions(const std::vector<Insertion>& before,
                              const std::vector<Insertion>& after) {
    SameInsertions same;
    const auto become = matchInsertions(before, after);
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (become[i]) {
            same.emplace(before[i].id, after[*become[i]].id);
        }
    }
    return same;
}

std::vector<std::optional<std::size_t>> matchInsertions(const std::vector<Insertion>& before,
                                                        const std::vector<Insertion>& after) {
    std::vector<std::optional<std::size_t>> become;
    std::vector<bool> taken(after.size(), false);
    for (const Insertion& old : before) {
        std::optional<std::size_t> best;
        FrameIndex most = 0;
        for (std::size_t i = 0; i < after.size(); ++i) {
            const FrameIndex shared = std::min(old.endFrame, after[i].endFrame) -
                                      std::max(old.startFrame, after[i].startFrame) + 1;
            if (!taken[i] && after[i].track == old.track && shared > most) {
                most = shared;
                best = i;
            }
        }
        if (best) {
            taken[*best] = true;
        }
        become.push_back(best);
    }
    return become;
}

}  // namespace cvd::compliance
