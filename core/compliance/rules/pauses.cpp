#include <algorithm>
#include <map>

#include "core/compliance/coverage.h"
#include "core/compliance/rules/rule_support.h"

namespace cvd::compliance {
namespace {

struct Pause {
    double fromS = 0, toS = 0;
    FrameIndex from = 0, to = 0;
    bool open = false;  // an insertion at one of its ends was not seen to its end
    bool tail = false;  // nothing follows
};

// Times in which no poker was in the concrete, touches counting as being in it.
std::vector<Pause> pausesOf(const RuleInput& input) {
    std::vector<const Insertion*> all;
    for (const ObservedInsertion& o : input.insertions) {
        all.push_back(&o.insertion);
    }
    std::sort(all.begin(), all.end(),
              [](const Insertion* a, const Insertion* b) { return a->startS < b->startS; });
    std::vector<Pause> out;
    Pause pause{input.firstS, 0, input.firstFrame, 0, false, false};
    for (const Insertion* in : all) {
        if (in->startS > pause.fromS) {
            pause.toS = in->startS;
            pause.to = in->startFrame;
            pause.open = pause.open || in->openStart;
            out.push_back(pause);
        }
        if (in->endS >= pause.fromS) {
            pause = {in->endS, 0, in->endFrame, 0, in->openEnd, false};
        }
    }
    pause.toS = input.lastS;
    pause.to = input.lastFrame;
    pause.tail = true;
    if (pause.toS > pause.fromS) {
        out.push_back(pause);
    }
    return out;
}

// Share of the frames of a pause in which somebody stands or works at the pour.
double shareAtWork(const RuleInput& input, const Pause& pause, const Stabiliser& stabiliser) {
    const Tracks& tracks = *input.tracks;
    const double margin = 0.5 + input.radiusM.value_or(0.35);
    std::vector<PointM> edge = input.calibration->pourRegion;
    edge.push_back(edge.front());
    const auto begin =
        std::lower_bound(tracks.points.begin(), tracks.points.end(), pause.from,
                         [](const TrackPoint& p, FrameIndex frame) { return p.frame < frame; });
    FrameIndex counted = -1;
    double frames = 0;
    for (auto p = begin; p != tracks.points.end() && p->frame <= pause.to; ++p) {
        if (p->frame == counted || p->cls == ObjectClass::Vibrator || p->predicted ||
            p->score < 0.3F || stabiliser.scene(p->frame) != 0) {
            continue;
        }
        const PointPx feet =
            stabiliser.toFirst(p->frame, {p->box.x + p->box.w / 2, p->box.y + p->box.h});
        if (!input.homography->inFront(feet)) {
            continue;
        }
        const PointM at = input.homography->plane(feet);
        if (insidePolygon(input.calibration->pourRegion, at) ||
            distanceToPolyline(edge, at) <= margin) {
            counted = p->frame;
            ++frames;
        }
    }
    return frames / static_cast<double>(std::max<FrameIndex>(1, pause.to - pause.from + 1));
}

}  // namespace

// Pour without vibration (V18): people work at the pour, most of the time, while no poker is in the
// concrete for longer than pause_max_s. The end of the video counts as long as a part of the region
// is untreated.
Verdicts judgeNoVibration(const RuleInput& input) {
    constexpr const char* kRule = "no_vibration";
    constexpr double kAtWork = 0.5, kUnfinished = 0.05;
    const auto limit = input.profile.value(u"pause_max_s");
    if (!limit) {
        return {};
    }
    if (!input.homography || !input.calibration || input.calibration->pourRegion.size() < 3 ||
        !input.tracks) {
        return cannotJudge(
            input, kRule, "pause_max_s",
            CVD_TR("core", "Without a pour region it is not known who works at the pour."));
    }
    const bool unfinished =
        !input.coverage || input.coverage->missed + input.coverage->notObserved > kUnfinished;
    const Stabiliser stabiliser(*input.tracks);
    Verdicts out;
    double longest = 0;
    for (const Pause& pause : pausesOf(input)) {
        const double seconds = pause.toS - pause.fromS;
        if (pause.tail && !unfinished) {
            continue;
        }
        longest = std::max(longest, seconds);
        if (seconds <= *limit) {
            continue;
        }
        Violation v = aboutAll(input, kRule, "pause_max_s");
        v.startS = pause.fromS;
        v.endS = pause.toS;
        v.startFrame = pause.from;
        v.endFrame = pause.to;
        v.value = seconds;
        v.limit = *limit;
        v.unit = "s";
        v.severity = Severity::Major;
        v.reasonArgs = {formatNumber(seconds, 0), formatNumber(*limit, 0)};
        const double share = shareAtWork(input, pause, stabiliser);
        v.confidence = std::clamp(share, 0.0, 1.0);
        if (pause.open || !input.wholeRegionInView) {
            v.verdict = Verdict::CannotJudge;
            v.reason = CVD_TR("core",
                              "No poker was seen in the concrete for %1 s, more than %2 s, but it "
                              "may have worked out of sight.");
        } else if (share < kAtWork) {
            v.verdict = Verdict::Pass;
            v.confidence = 1 - v.confidence;
            v.reason = CVD_TR("core",
                              "No poker was in the concrete for %1 s, more than %2 s, but nobody "
                              "worked at the pour either.");
        } else {
            v.verdict = Verdict::Violation;
            v.reason = CVD_TR("core",
                              "Work went on for %1 s with no poker in the concrete; up to %2 s "
                              "are allowed.");
        }
        out.push_back(v);
    }
    if (out.empty()) {
        Violation v = aboutAll(input, kRule, "pause_max_s");
        v.verdict = Verdict::Pass;
        v.confidence = 1;
        v.value = longest;
        v.limit = *limit;
        v.unit = "s";
        v.reason = CVD_TR("core",
                          "The longest time with no poker in the concrete was %1 s; up to %2 s are "
                          "allowed.");
        v.reasonArgs = {formatNumber(longest, 0), formatNumber(*limit, 0)};
        out.push_back(v);
    }
    return out;
}

// Running in air (V17): a poker was out of the concrete for longer than air_max_s between two of
// its insertions and in sight all the time. Whether it ran cannot be seen; between insertions less
// than a minute apart nobody switches it off, so it is taken to run. Confidence is at most one
// half.
Verdicts judgeRunningInAir(const RuleInput& input) {
    constexpr const char* kRule = "running_in_air";
    constexpr double kSwitchedOffS = 60, kSeen = 0.8, kMostSure = 0.5;
    const auto limit = input.profile.value(u"air_max_s");
    if (!limit) {
        return {};
    }
    if (!input.tracks) {
        return cannotJudge(input, kRule, "air_max_s",
                           CVD_TR("core", "What the pokers did between insertions is not known."));
    }
    std::map<std::int64_t, std::vector<FrameIndex>> seen;  // frames of each poker
    for (const TrackPoint& p : input.tracks->points) {
        if (p.cls == ObjectClass::Vibrator && p.track.valid() && !p.predicted) {
            seen[p.track.value].push_back(p.frame);
        }
    }
    std::map<std::int64_t, const Insertion*> last;
    Verdicts out;
    for (const ObservedInsertion& o : input.insertions) {
        const Insertion& in = o.insertion;
        const Insertion*& before = last[in.track.value];
        const Insertion* previous = before;
        before = &in;
        if (!previous || previous->openEnd || in.openStart) {
            continue;
        }
        const double seconds = in.startS - previous->endS;
        if (seconds <= 0 || seconds > kSwitchedOffS) {
            continue;
        }
        const std::vector<FrameIndex>& frames = seen[in.track.value];
        const auto count = std::lower_bound(frames.begin(), frames.end(), in.startFrame) -
                           std::lower_bound(frames.begin(), frames.end(), previous->endFrame);
        const double share =
            static_cast<double>(count) /
            static_cast<double>(std::max<FrameIndex>(1, in.startFrame - previous->endFrame));
        Violation v = about(input, kRule, in, "air_max_s");
        v.startFrame = previous->endFrame;
        v.startS = previous->endS;
        v.endFrame = in.startFrame;
        v.endS = in.startS;
        v.value = seconds;
        v.limit = *limit;
        v.unit = "s";
        v.severity = Severity::Minor;
        v.confidence = kMostSure * std::min({1.0, 2 * in.confidence, 2 * previous->confidence});
        v.reasonArgs = {formatNumber(seconds, 1), formatNumber(*limit, 1)};
        if (seconds > *limit && share < kSeen) {
            v.verdict = Verdict::CannotJudge;
            v.reason = CVD_TR("core",
                              "%1 s passed until the next insertion, more than %2 s, but the poker "
                              "was not in sight all that time.");
        } else if (decide(v, seconds - *limit, 0, 1) == Verdict::Violation) {
            v.reason = CVD_TR("core",
                              "The poker was out of the concrete for %1 s between two insertions "
                              "and probably running; up to %2 s are allowed.");
        } else if (v.verdict == Verdict::Pass) {
            v.reason = CVD_TR("core",
                              "The poker was out of the concrete for %1 s before this insertion; "
                              "up to %2 s are allowed.");
        }
        out.push_back(v);
    }
    return out;
}

}  // namespace cvd::compliance
