#include <cmath>

#include "core/compliance/rules/rule_support.h"

namespace cvd::compliance {
namespace {

double turn(PointM a, PointM b) {  // degrees between two directions
    const double angle = std::atan2(a.x * b.y - a.y * b.x, a.x * b.x + a.y * b.y);
    return std::abs(angle) * 180 / 3.14159265358979323846;
}

}  // namespace

// Moving concrete with the poker (V9): dragged farther than moving_length_m in one direction, or
// the third of at least three insertions in a row that were each dragged more than drag_length_m
// the same way (within 45 degrees).
Verdicts judgeMovingConcrete(const RuleInput& input) {
    constexpr const char* kRule = "moving_concrete";
    constexpr double kSameWayDeg = 45;
    constexpr int kInARow = 3;
    const auto limit = input.profile.value(u"moving_length_m");
    const auto speed = input.profile.value(u"drag_speed_mm_s");
    const auto drag = input.profile.value(u"drag_length_m");
    if (!limit || !speed) {
        return {};
    }
    if (!input.homography) {
        return cannotJudge(input, kRule, "moving_length_m", kNeedsCalibration);
    }
    Verdicts out;
    int row = 0;
    PointM way{};
    for (const ObservedInsertion& o : input.insertions) {
        if (!placed(o) || o.path.empty()) {
            continue;
        }
        const Drag longest = longestDrag(o.path, *speed);
        PointM moved{};
        if (longest.lengthM > 0 && o.path[longest.from].planeM && o.path[longest.to].planeM) {
            moved = {o.path[longest.to].planeM->x - o.path[longest.from].planeM->x,
                     o.path[longest.to].planeM->y - o.path[longest.from].planeM->y};
        }
        const double straight = std::hypot(moved.x, moved.y);
        const bool dragged = drag && straight > *drag;
        row = !dragged ? 0 : row > 0 && turn(way, moved) <= kSameWayDeg ? row + 1 : 1;
        way = moved;
        Violation v = about(input, kRule, o.insertion, "moving_length_m");
        v.value = straight;
        v.limit = *limit;
        v.unit = "m";
        v.severity = Severity::Critical;
        v.reasonArgs = {formatNumber(straight, 2), formatNumber(*limit, 2)};
        const Verdict verdict =
            decide(v, straight - *limit, o.insertion.contactErrorM.value_or(0), 2);
        if (verdict == Verdict::Violation) {
            v.reason = CVD_TR("core",
                              "The poker was drawn %1 m in one direction through the concrete, "
                              "more than %2 m: it moves concrete.");
        } else if (row >= kInARow && v.confidence >= kLeastConfidence) {
            v.verdict = Verdict::Violation;
            v.reason = CVD_TR("core",
                              "%1 insertions in a row were dragged the same way: the poker moves "
                              "concrete.");
            v.reasonArgs = {std::to_string(row)};
        } else if (verdict == Verdict::Pass) {
            v.reason = CVD_TR("core",
                              "The poker was drawn at most %1 m in one direction; more than %2 m "
                              "would move concrete.");
        }
        if (v.verdict != Verdict::Pass && longest.lengthM > 0) {
            v.startFrame = o.path[longest.from].frame;
            v.startS = o.path[longest.from].timeS;
            v.endFrame = o.path[longest.to].frame;
            v.endS = o.path[longest.to].timeS;
            v.positionM = o.path[longest.from].planeM;
        }
        out.push_back(v);
    }
    return out;
}

}  // namespace cvd::compliance
