// Pokers that follow a schedule, with known truth: what the camera would see, as detections or as
// finished tracks. Deterministic.
#pragma once

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "core/base/camera_motion.h"
#include "core/base/types.h"

namespace cvd::test {

struct PlannedInsertion {
    PointPx contact;
    double enterS = 0, exitS = 0;
    PointPx dragPerS{};  // the contact point moves while immersed
};

struct PlannedPoker {
    std::vector<PlannedInsertion> insertions;
    PointPx start{200, 200};  // where the tip hangs in air at first
    double barPx = 150;
    double visibleShare = 0.55;  // of the bar while fully immersed
};

struct PourOptions {
    double fps = 25;
    double seconds = 40;
    bool immersedScore = true;
    double jitterPx = 0;
    double dropShare = 0;
    std::vector<std::pair<double, double>> hiddenS;  // nobody sees anything in these
    double shakePx = 0;                              // amplitude of the camera's shake
    std::uint32_t seed = 1;
};

struct PokerState {
    PointPx low, top;
    bool immersed = false;
};

inline PokerState stateAt(const PlannedPoker& poker, double t) {
    constexpr double kHoverPx = 60, kLowerS = 0.25;
    PokerState s;
    const double bar = poker.barPx;
    PointPx from = poker.start;
    double leftS = 0;
    for (const PlannedInsertion& i : poker.insertions) {
        if (t < i.enterS) {
            // In air: travels, then comes down within kLowerS.
            const double lowerAt = i.enterS - kLowerS;
            const double travel =
                std::clamp((t - leftS) / std::max(0.05, std::min(1.5, lowerAt - leftS)), 0.0, 1.0);
            const double lift = t < lowerAt ? 1.0 : (i.enterS - t) / kLowerS;
            const double up = std::min(lift, 1.0) *
                              (travel < 1 && leftS > 0 ? std::min(1.0, (t - leftS) / 0.2) : 1.0);
            s.low = {from.x + (i.contact.x - from.x) * travel,
                     from.y + (i.contact.y - from.y) * travel - kHoverPx * up};
            s.top = {s.low.x + 4, s.low.y - bar};
            return s;
        }
        if (t < i.exitS) {
            const double in = std::min(1.0, (t - i.enterS) / 0.5);
            const double out = std::min(1.0, (i.exitS - t) / 1.0);
            const double hidden = (1 - poker.visibleShare) * std::min(in, out);
            const double dt = t - i.enterS;
            s.low = {i.contact.x + i.dragPerS.x * dt, i.contact.y + i.dragPerS.y * dt};
            s.top = {s.low.x + 4, s.low.y - bar * (1 - hidden)};
            s.immersed = true;
            return s;
        }
        const double dt = i.exitS - i.enterS;
        from = {i.contact.x + i.dragPerS.x * dt, i.contact.y + i.dragPerS.y * dt};
        leftS = i.exitS;
    }
    const double up = std::min(1.0, (t - leftS) / 0.25);
    s.low = {from.x, from.y - kHoverPx * up};
    s.top = {s.low.x + 4, s.low.y - bar};
    return s;
}

struct PourFrame {
    double timeS = 0;
    std::vector<Detection> detections;
    std::vector<int> poker;  // which one each detection shows
    CameraMotion motion;
};

inline std::vector<PourFrame> renderPour(const std::vector<PlannedPoker>& pokers,
                                         const PourOptions& options) {
    std::mt19937 random(options.seed);
    std::normal_distribution<double> noise(0, 1);
    std::uniform_real_distribution<double> uniform(0, 1);
    std::vector<PourFrame> frames;
    PointPx lastShift{};
    const auto count = static_cast<int>(std::lround(options.seconds * options.fps));
    for (int f = 0; f < count; ++f) {
        PourFrame frame;
        frame.timeS = f / options.fps;
        const double phase = frame.timeS * 2 * 3.14159265358979;
        const PointPx shift{options.shakePx * std::sin(phase * 0.6),
                            options.shakePx * std::cos(phase * 0.8) - options.shakePx};
        frame.motion.m[2] = shift.x - lastShift.x;
        frame.motion.m[5] = shift.y - lastShift.y;
        lastShift = shift;
        bool hidden = false;
        for (const auto& [from, to] : options.hiddenS) {
            hidden = hidden || (frame.timeS >= from && frame.timeS < to);
        }
        for (std::size_t p = 0; p < pokers.size(); ++p) {
            const PokerState s = stateAt(pokers[p], frame.timeS);
            const double jitter[4] = {noise(random), noise(random), noise(random), noise(random)};
            const bool dropped = uniform(random) < options.dropShare;
            if (hidden || dropped) {
                continue;
            }
            Detection d;
            d.cls = ObjectClass::Vibrator;
            d.score = 0.9F;
            PokerPoints points;
            points.low = {s.low.x + shift.x + options.jitterPx * jitter[0],
                          s.low.y + shift.y + options.jitterPx * jitter[1]};
            points.top = {s.top.x + shift.x + options.jitterPx * jitter[2],
                          s.top.y + shift.y + options.jitterPx * jitter[3]};
            points.lowScore = points.topScore = 0.9F;
            points.immersedScore = options.immersedScore ? (s.immersed ? 1.0F : 0.0F) : -1.0F;
            d.poker = points;
            d.box = {std::min(points.low.x, points.top.x) - 8, points.top.y - 4,
                     std::abs(points.low.x - points.top.x) + 16, points.low.y - points.top.y + 8};
            frame.detections.push_back(d);
            frame.poker.push_back(static_cast<int>(p));
        }
        frames.push_back(frame);
    }
    return frames;
}

// Tracks with perfect identities: track 1 is the first poker.
inline Tracks truthTracks(const std::vector<PourFrame>& frames) {
    Tracks tracks;
    for (std::size_t f = 0; f < frames.size(); ++f) {
        tracks.frameTimesS.push_back(frames[f].timeS);
        tracks.motion.push_back(frames[f].motion);
        for (std::size_t i = 0; i < frames[f].detections.size(); ++i) {
            const Detection& d = frames[f].detections[i];
            TrackPoint p;
            p.frame = static_cast<FrameIndex>(f);
            p.timeS = frames[f].timeS;
            p.track = TrackId{frames[f].poker[i] + 1};
            p.cls = d.cls;
            p.score = d.score;
            p.box = d.box;
            p.poker = d.poker;
            tracks.points.push_back(p);
        }
    }
    return tracks;
}

// Share of planned insertions found again with both ends within `toleranceS`, combined with the
// share of found ones that were planned (F1).
inline double insertionF1(const std::vector<PlannedPoker>& pokers,
                          const std::vector<Insertion>& found, double toleranceS) {
    std::vector<const PlannedInsertion*> planned;
    for (const PlannedPoker& p : pokers) {
        for (const PlannedInsertion& i : p.insertions) {
            planned.push_back(&i);
        }
    }
    std::vector<bool> used(found.size(), false);
    int hits = 0;
    for (const PlannedInsertion* i : planned) {
        for (std::size_t k = 0; k < found.size(); ++k) {
            if (!used[k] && std::abs(found[k].startS - i->enterS) <= toleranceS &&
                std::abs(found[k].endS - i->exitS) <= toleranceS &&
                std::hypot(found[k].contactPx.x - i->contact.x,
                           found[k].contactPx.y - i->contact.y) < 40) {
                used[k] = true;
                ++hits;
                break;
            }
        }
    }
    const auto total = static_cast<double>(planned.size() + found.size());
    return total > 0 ? 2.0 * hits / total : 1.0;
}

// One poker that visits four places: the everyday case.
inline PlannedPoker fourInsertions() {
    PlannedPoker p;
    p.insertions = {{{300, 500}, 2.0, 10.0},
                    {{420, 505}, 12.0, 19.0},
                    {{540, 500}, 21.0, 27.0},
                    {{660, 495}, 29.0, 36.5}};
    return p;
}

// 100 px a metre, no perspective.
inline Calibration flatCalibration() {
    Calibration c;
    c.imagePoints = {{0, 0}, {1000, 0}, {1000, 600}, {0, 600}};
    c.planePoints = {{0, 0}, {10, 0}, {10, 6}, {0, 6}};
    c.pourRegion = c.planePoints;
    c.radiusOfActionM = 0.4;
    return c;
}

}  // namespace cvd::test
