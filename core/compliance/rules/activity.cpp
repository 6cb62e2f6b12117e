#include <algorithm>
#include <map>
#include <vector>

#include "core/compliance/rules/rule_support.h"

namespace cvd::compliance {
namespace {

struct Stretch {
    std::size_t from = 0, to = 0;  // processed frames
    TrackId track;
};

// The longest time that each poker was seen in the air without a break of more than a second.
std::vector<Stretch> stretchesInAir(const Tracks& tracks,
                                    const std::vector<std::size_t>* pokerPoints, double leastS) {
    constexpr double kBreakS = 1.0;
    const auto at = [&](const TrackPoint& p) {
        return static_cast<std::size_t>(p.frame - tracks.firstFrame);
    };
    std::map<std::int64_t, Stretch> open;
    std::vector<Stretch> all;
    const auto close = [&](const Stretch& s) {
        if (tracks.frameTimesS[s.to] - tracks.frameTimesS[s.from] > leastS) {
            all.push_back(s);
        }
    };
    const std::size_t count = pokerPoints != nullptr ? pokerPoints->size() : tracks.points.size();
    for (std::size_t i = 0; i < count; ++i) {
        const TrackPoint& p = tracks.points[pokerPoints != nullptr ? (*pokerPoints)[i] : i];
        if (p.cls != ObjectClass::Vibrator || !p.track.valid() || p.frame < tracks.firstFrame ||
            at(p) >= tracks.frameTimesS.size()) {
            continue;
        }
        const auto it = open.find(p.track.value);
        const bool inAir = p.immersed && !*p.immersed;
        if (it != open.end() && (!inAir || p.timeS - tracks.frameTimesS[it->second.to] > kBreakS)) {
            close(it->second);
            open.erase(it);
        }
        if (!inAir) {
            continue;
        }
        const auto [mine, fresh] = open.try_emplace(p.track.value, Stretch{at(p), at(p), p.track});
        mine->second.to = at(p);
    }
    for (const auto& [id, stretch] : open) {
        close(stretch);
    }
    return all;
}

void setInterval(Violation& v, const Tracks& tracks, std::size_t from, std::size_t to) {
    v.startFrame = tracks.firstFrame + static_cast<FrameIndex>(from);
    v.endFrame = tracks.firstFrame + static_cast<FrameIndex>(to);
    v.startS = tracks.frameTimesS[from];
    v.endS = tracks.frameTimesS[to];
}

// The longest stretch between two frames without so long a blind one in it that an insertion may
// have gone unseen: no tracked thing in sight, so that the lens may have been covered or the crew
// at work outside the picture.
double longestSeenS(const Tracks& tracks, std::size_t from, std::size_t to, double blindS) {
    const auto before = [&](const TrackPoint& p, std::size_t f) {
        return p.frame < tracks.firstFrame + static_cast<FrameIndex>(f);
    };
    auto point = std::lower_bound(tracks.points.begin(), tracks.points.end(), from, before);
    double longest = 0, beganS = tracks.frameTimesS[from], lastS = beganS;
    const auto seeAt = [&](double timeS) {
        beganS = timeS - lastS >= blindS ? timeS : beganS;
        lastS = timeS;
        longest = std::max(longest, lastS - beganS);
    };
    for (; point != tracks.points.end() && point->timeS <= tracks.frameTimesS[to]; ++point) {
        if (point->track.valid() && !point->predicted) {
            seeAt(point->timeS);
        }
    }
    seeAt(tracks.frameTimesS[to]);
    return longest;
}

// The whole pour kept a limit in seconds.
Violation nothingLonger(const RuleInput& input, const char* rule, const char* parameter,
                        std::string limitText, const char* reason) {
    Violation v = aboutAll(input, rule, parameter);
    v.verdict = Verdict::Pass;
    v.limit = input.profile.value(QLatin1String(parameter));
    v.unit = "s";
    v.confidence = 1;
    v.reasonArgs = {std::move(limitText)};
    v.reason = reason;
    return v;
}

}  // namespace

// V17: a poker out of the concrete for more than air_max_s. Whether it ran cannot be seen (that
// would need sound or a sensor), so this points at the moment and never accuses.
Verdicts judgeRunningInAir(const RuleInput& input) {
    constexpr const char* kRule = "running_in_air";
    constexpr const char* kParameter = "air_max_s";
    const auto limit = input.profile.value(QLatin1String(kParameter));
    if (!limit || !input.tracks || input.tracks->frameTimesS.empty()) {
        return {};
    }
    Verdicts out;
    for (const Stretch& s : stretchesInAir(*input.tracks, input.pokerPoints, *limit)) {
        Violation v = aboutAll(input, kRule, kParameter);
        setInterval(v, *input.tracks, s.from, s.to);
        v.verdict = Verdict::CannotJudge;
        v.value = v.endS - v.startS;
        v.limit = *limit;
        v.unit = "s";
        v.reasonArgs = {formatNumber(*v.value, 1), formatNumber(*limit, 1)};
        v.reason = CVD_TR("core",
                          "The poker was out of the concrete for %1 s; whether it was running, "
                          "which is allowed for %2 s, cannot be seen.");
        out.push_back(v);
    }
    if (out.empty() && !input.insertions.empty()) {
        out.push_back(nothingLonger(
            input, kRule, kParameter, formatNumber(*limit, 1),
            CVD_TR("core", "No poker was seen out of the concrete for more than %1 s.")));
    }
    return out;
}

// V18: between two insertions of a pour nobody vibrated for longer than idle_max_s. Before the
// first and after the last insertion it is not known whether concrete was being placed, nor where
// the camera saw another scene, or nothing at all for as long as an insertion takes.
Verdicts judgeNoVibration(const RuleInput& input) {
    constexpr const char* kRule = "no_vibration";
    constexpr const char* kParameter = "idle_max_s";
    const auto limit = input.profile.value(QLatin1String(kParameter));
    if (!limit || !input.tracks || input.tracks->frameTimesS.empty()) {
        return {};
    }
    const Tracks& tracks = *input.tracks;
    Verdicts out;
    const auto say = [&](double fromS, double toS, FrameIndex from, FrameIndex to, bool within) {
        if (toS - fromS <= *limit) {
            return;
        }
        bool cut = false;
        for (FrameIndex f = from + 1; f <= to && !tracks.motion.empty(); ++f) {
            const auto i = static_cast<std::size_t>(f - tracks.firstFrame);
            cut = cut || (i < tracks.motion.size() && tracks.motion[i].cut);
        }
        Violation v = aboutAll(input, kRule, kParameter);
        v.startFrame = from;
        v.endFrame = to;
        v.startS = fromS;
        v.endS = toS;
        v.value = toS - fromS;
        v.limit = *limit;
        v.unit = "s";
        v.reasonArgs = {formatNumber(*v.value, 0), formatNumber(*limit, 0)};
        const auto frame = [&](FrameIndex f) {
            return static_cast<std::size_t>(std::clamp<FrameIndex>(
                f - tracks.firstFrame, 0, static_cast<FrameIndex>(tracks.frameTimesS.size()) - 1));
        };
        const double shortestS = std::max(1.0, input.profile.value(u"t_min_s").value_or(0));
        if (within && !cut && longestSeenS(tracks, frame(from), frame(to), shortestS) > *limit) {
            v.verdict = Verdict::Violation;
            v.severity = Severity::Major;
            v.confidence = 0.7;
            v.reason = CVD_TR("core",
                              "Nobody vibrated for %1 s between two insertions; up to %2 s are "
                              "allowed.");
        } else {
            v.verdict = Verdict::CannotJudge;
            v.reason = CVD_TR("core",
                              "No insertion was seen for %1 s, longer than %2 s; whether concrete "
                              "was being placed meanwhile cannot be told.");
        }
        out.push_back(v);
    };
    double coveredS = input.firstS;
    FrameIndex covered = input.firstFrame;
    bool any = false;
    for (const ObservedInsertion& o : input.insertions) {
        say(coveredS, o.insertion.startS, covered, o.insertion.startFrame, any);
        if (o.insertion.endS > coveredS) {
            coveredS = o.insertion.endS;
            covered = o.insertion.endFrame;
        }
        any = true;
    }
    say(coveredS, input.lastS, covered, input.lastFrame, false);
    if (out.empty() && any) {
        out.push_back(
            nothingLonger(input, kRule, kParameter, formatNumber(*limit, 0),
                          CVD_TR("core", "No pause between two insertions was longer than %1 s.")));
    }
    return out;
}

}  // namespace cvd::compliance
