#include "core/compliance/judge.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/compliance/coverage.h"
#include "core/compliance/observation.h"
#include "core/compliance/poker_samples.h"
#include "core/compliance/rules/rule_support.h"
#include "core/compliance/rules/rules.h"
#include "core/compliance/warnings.h"

namespace cvd::compliance {
namespace {

bool inFrame(const Homography& homography, PointM p, const JudgeOptions& options) {
    if (options.frameWidth <= 0 || options.frameHeight <= 0) {
        return true;
    }
    const PointPx q = homography.image(p);
    return homography.inFront(q) && q.x >= 0 && q.y >= 0 && q.x < options.frameWidth &&
           q.y < options.frameHeight;
}

// Only cells that the camera saw all the time in which they could have been treated, and that the
// work has reached when the lift goes on, can be missed.
Coverage coverageOf(const Tracks& tracks, const Stabiliser& stabiliser,
                    const std::vector<ObservedInsertion>& insertions,
                    const std::vector<ObservedInsertion>& doubted, const Calibration& calibration,
                    const Homography& homography, double radiusM, double shortestS,
                    const JudgeOptions& options) {
    std::vector<Treatment> treatments;
    std::vector<PointM> places;
    double squares = 0;
    for (const ObservedInsertion& o : insertions) {
        const Insertion& in = o.insertion;
        if (!in.effective || !in.contactM) {
            continue;
        }
        for (const StandingPlace& place : o.places) {
            // A dragged one treats the places at which it stood long enough, each for itself. Where
            // that cannot be told, the ground is neither treated nor missed.
            const double stoodS = o.places.size() == 1 ? in.stationaryS : place.stationaryS;
            const Stay stay = stayOf(o, stoodS, shortestS);
            treatments.push_back(
                {place.at, place.stationaryS, stay == Stay::Enough, in.id, stay == Stay::InDoubt});
            places.push_back(place.at);
            squares += in.contactErrorM.value_or(0) * in.contactErrorM.value_or(0);
        }
    }
    const double errorM =
        treatments.empty() ? 0 : std::sqrt(squares / static_cast<double>(treatments.size()));
    for (const ObservedInsertion& o : doubted) {
        for (const StandingPlace& place : o.places) {
            treatments.push_back({place.at, 0, false, o.insertion.id, true});
        }
    }
    const std::vector<PointM> worked = convexHull(places);
    const Observation observation(tracks, stabiliser, homography, calibration.pourRegion,
                                  std::max(1.0, shortestS));
    const auto seen = [&](PointM p) {
        if (!options.settings.liftFinished && (worked.size() < 3 || !insidePolygon(worked, p))) {
            return false;
        }
        return inFrame(homography, p, options) && observation.seen(p);
    };
    return computeCoverage(calibration.pourRegion, treatments, radiusM,
                           options.settings.coverageCellM, seen, calibration.obstacles, errorM);
}

// With a pour region drawn, what stands in the ground well outside it is no part of this pour:
// another crew, or a tool that was taken for a poker. A radius of action beyond the edge still
// counts as inside, because people draw and pixels measure with an error.
bool wellOutside(const Insertion& insertion, const Calibration& calibration, double marginM) {
    if (!insertion.contactM || calibration.pourRegion.size() < 3 ||
        insidePolygon(calibration.pourRegion, *insertion.contactM)) {
        return false;
    }
    std::vector<PointM> edge = calibration.pourRegion;
    edge.push_back(edge.front());
    return distanceToPolyline(edge, *insertion.contactM) > marginM;
}

void forgetImmersion(Tracks& tracks, const Insertion& insertion) {
    auto point =
        std::lower_bound(tracks.points.begin(), tracks.points.end(), insertion.startFrame,
                         [](const TrackPoint& p, FrameIndex frame) { return p.frame < frame; });
    for (; point != tracks.points.end() && point->frame <= insertion.endFrame; ++point) {
        if (point->track == insertion.track && point->immersed) {
            point->immersed = false;
        }
    }
}

// Answers how many were left out; the others are numbered anew.
int leaveOutOtherPlaces(std::vector<ObservedInsertion>& observed, Tracks& tracks,
                        const Calibration& calibration, double marginM) {
    const auto outside =
        std::stable_partition(observed.begin(), observed.end(), [&](const ObservedInsertion& o) {
            return !wellOutside(o.insertion, calibration, marginM);
        });
    const auto count = static_cast<int>(observed.end() - outside);
    for (auto it = outside; it != observed.end(); ++it) {
        forgetImmersion(tracks, it->insertion);
    }
    observed.erase(outside, observed.end());
    for (std::size_t i = 0; i < observed.size(); ++i) {
        observed[i].insertion.id = static_cast<std::int64_t>(i) + 1;
    }
    return count;
}

std::string seconds(double s) {
    return QString::number(s, 'f', 1).toStdString();
}

// A jump of the picture ends what the calibration is good for; a camera that came to rest elsewhere
// is followed, and said.
void tellOfTheCamera(const Tracks& tracks, const Stabiliser& stabiliser, bool calibrated,
                     const JudgeOptions& options, std::vector<Note>& warnings) {
    constexpr double kBlockS = 5;  // a shake is over and back again within
    const double width = options.frameWidth > 0 ? options.frameWidth : 1280;
    const double height = options.frameHeight > 0 ? options.frameHeight : 720;
    const PointPx middle{width / 2, height / 2};
    struct Block {
        double startS = 0;
        std::vector<double> x, y;
    };
    std::vector<Block> blocks;
    bool jumped = false;
    double lostS = 0, firstLostS = -1;
    for (std::size_t i = 0; i < tracks.motion.size() && i < tracks.frameTimesS.size(); ++i) {
        const FrameIndex frame = tracks.firstFrame + static_cast<FrameIndex>(i);
        const double timeS = tracks.frameTimesS[i];
        if (stabiliser.lost(frame)) {
            firstLostS = firstLostS < 0 ? timeS : firstLostS;
            lostS += i > 0 ? timeS - tracks.frameTimesS[i - 1] : 0;
        }
        if (stabiliser.scene(frame) != 0) {
            if (!jumped && calibrated) {
                warnings.push_back({kPictureJumps, {seconds(timeS)}});
            }
            jumped = true;
            continue;
        }
        if (blocks.empty() || timeS - blocks.back().startS >= kBlockS) {
            blocks.push_back({timeS, {}, {}});
        }
        const PointPx p = stabiliser.fromFirst(frame, middle);
        blocks.back().x.push_back(p.x - middle.x);
        blocks.back().y.push_back(p.y - middle.y);
    }
    constexpr double kTellS = 0.2;
    if (lostS > kTellS) {
        warnings.push_back({kCameraLost, {seconds(lostS), seconds(firstLostS)}});
    }
    const auto away = [&](const Block& block) {
        return std::hypot(medianOf(block.x) - medianOf(blocks.front().x),
                          medianOf(block.y) - medianOf(blocks.front().y));
    };
    const double noticeable = 0.006 * width;
    if (blocks.size() < 2) {
        return;
    }
    // Where it stays elsewhere, since when; where it came back, the farthest.
    std::size_t since = blocks.size() - 1, farthest = since;
    if (away(blocks.back()) >= noticeable) {
        while (since > 1 && away(blocks[since - 1]) >= noticeable / 2) {
            --since;
        }
    } else {
        for (std::size_t i = 1; i < blocks.size(); ++i) {
            farthest = away(blocks[i]) > away(blocks[farthest]) ? i : farthest;
        }
        since = farthest;
    }
    if (away(blocks[farthest]) >= noticeable) {
        warnings.push_back(
            {kCameraMoved,
             {seconds(blocks[since].startS),
              std::to_string(static_cast<int>(std::lround(away(blocks[farthest]))))}});
    }
}

}  // namespace

std::span<const std::string_view> ruleNames() {
    static constexpr std::array<std::string_view, 18> kNames{
        "under_vibration",   "over_vibration",
        "missed_area",       "spacing_too_large",
        "repeat_vibration",  "fast_withdrawal",
        "slow_insertion",    "dragging",
        "moving_concrete",   "tilt",
        "too_near_form",     "too_far_from_form",
        "shallow_insertion", "layer_too_thick",
        "running_in_air",    "no_vibration",
        "late_revibration",  "irregular_order"};
    return kNames;
}

Status validateSettings(const JudgeSettings& s) {
    if (!(s.minScore >= kLeastScore && s.minScore <= kMostScore)) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "The score from which on a poker counts must be %1 to %2."),
                    {formatNumber(kLeastScore, 2), formatNumber(kMostScore, 2)});
    }
    if (!(s.coverageCellM >= kSmallestCellM && s.coverageCellM <= kLargestCellM)) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "A cell of the coverage map must be %1 to %2 m wide."),
                    {formatNumber(kSmallestCellM, 3), formatNumber(kLargestCellM, 1)});
    }
    return {};
}

Judgement judge(Tracks& tracks, const Profile& profile, const Calibration* calibration,
                const JudgeOptions& options) {
    Judgement out;
    std::optional<Homography> homography;
    if (calibration) {
        if (auto solved = solve(*calibration); solved.ok()) {
            homography = *solved;
        } else {
            out.warnings.push_back({solved.error().text, solved.error().args});
        }
    }
    const Stabiliser stabiliser(tracks);
    tellOfTheCamera(tracks, stabiliser, homography.has_value(), options, out.warnings);

    InsertionOptions insertionOptions = options.insertions;
    constexpr double kWeakShare = 2.0 / 3;  // of the score that counts
    insertionOptions.minScore = static_cast<float>(options.settings.minScore);
    insertionOptions.weakScore = static_cast<float>(kWeakShare * options.settings.minScore);
    insertionOptions.touchS = profile.value(u"touch_s").value_or(insertionOptions.touchS);
    insertionOptions.stationaryMmS =
        profile.value(u"still_mm_s").value_or(insertionOptions.stationaryMmS);
    insertionOptions.frameWidth = options.frameWidth;
    insertionOptions.frameHeight = options.frameHeight;
    if (calibration) {
        insertionOptions.rodLengthM =
            calibration->hoseMarkM ? calibration->hoseMarkM : calibration->rodLengthM;
    }
    const Homography* surface = homography ? &*homography : nullptr;
    Observed seen = observe(tracks, stabiliser, insertionOptions, surface);
    std::vector<ObservedInsertion>& observed = seen.insertions;

    if (surface) {
        out.radiusM = calibration->radiusOfActionM;
        if (!out.radiusM) {
            out.radiusM = profile.value(u"radius_m");
        }
        constexpr double kMarginM = 0.5;  // our setting, where no radius of action is known
        const int elsewhere =
            leaveOutOtherPlaces(observed, tracks, *calibration, out.radiusM.value_or(kMarginM));
        if (elsewhere > 0) {
            out.warnings.push_back({kLeftOut, {std::to_string(elsewhere)}});
        }
    }
    if (options.correct) {
        options.correct(observed, surface);
    }
    if (surface) {
        if (out.radiusM && calibration->pourRegion.size() >= 3) {
            out.coverage =
                coverageOf(tracks, stabiliser, observed, seen.doubted, *calibration, *surface,
                           *out.radiusM, profile.value(u"t_min_s").value_or(0), options);
        }
    }

    RuleInput input{profile,
                    observed,
                    surface ? calibration : nullptr,
                    surface,
                    out.coverage ? &*out.coverage : nullptr,
                    out.radiusM};
    input.liftFinished = options.settings.liftFinished;
    input.firstFrame = tracks.firstFrame;
    if (!tracks.frameTimesS.empty()) {
        input.lastFrame =
            tracks.firstFrame + static_cast<FrameIndex>(tracks.frameTimesS.size()) - 1;
        input.firstS = tracks.frameTimesS.front();
        input.lastS = tracks.frameTimesS.back();
    }
    input.tracks = &tracks;
    input.pokerPoints = &seen.pokerPoints;
    for (const auto rule :
         {judgeUnderVibration, judgeOverVibration, judgeDragging, judgeMovingConcrete,
          judgeRepeatVibration, judgeFastWithdrawal, judgeSlowInsertion}) {
        Verdicts verdicts = rule(input);
        spareMixedUp(verdicts, observed);
        out.violations.insert(out.violations.end(), verdicts.begin(), verdicts.end());
    }
    for (const auto rule :
         {judgeLateRevibration, judgeSpacing, judgeTooNearForm, judgeTooFarFromForm,
          judgeMissedArea, judgeTilt, judgeShallowInsertion, judgeLayerTooThick, judgeRunningInAir,
          judgeNoVibration, judgeIrregularOrder}) {
        const Verdicts verdicts = rule(input);
        out.violations.insert(out.violations.end(), verdicts.begin(), verdicts.end());
    }
    passNothingUnseen(out.violations);
    std::stable_sort(out.violations.begin(), out.violations.end(),
                     [](const Violation& a, const Violation& b) { return a.startS < b.startS; });
    for (std::size_t i = 0; i < out.violations.size(); ++i) {
        out.violations[i].id = static_cast<std::int64_t>(i) + 1;
    }
    for (ObservedInsertion& o : observed) {
        out.insertions.push_back(o.insertion);
        out.paths.push_back({o.insertion.id, std::move(o.path)});
    }
    return out;
}

}  // namespace cvd::compliance
