#include "core/compliance/same_findings.h"

#include <algorithm>
#include <cstdlib>

namespace cvd::compliance {
namespace {

bool alike(const Violation& a, const Violation& b) {
    return a.rule == b.rule && a.verdict == b.verdict && a.startFrame <= b.endFrame &&
           b.startFrame <= a.endFrame && a.insertion.has_value() == b.insertion.has_value();
}

FrameIndex apart(const Violation& a, const Violation& b) {
    return std::abs(a.startFrame - b.startFrame) + std::abs(a.endFrame - b.endFrame);
}

}  // namespace

std::vector<std::optional<std::size_t>> sameFindings(const std::vector<Violation>& before,
                                                     const std::vector<Violation>& after) {
    std::vector<std::optional<std::size_t>> become;
    std::vector<bool> taken(after.size(), false);
    for (const Violation& finding : before) {
        std::optional<std::size_t> best;
        for (std::size_t i = 0; i < after.size(); ++i) {
            if (!taken[i] && alike(finding, after[i]) &&
                (!best || apart(finding, after[i]) < apart(finding, after[*best]))) {
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
