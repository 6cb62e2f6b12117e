#include "core/compliance/same_findings.h"

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

}  // namespace cvd::compliance
