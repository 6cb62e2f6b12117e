#include "core/tracking/tracker.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/tracking/assignment.h"
#include "core/tracking/motion_estimator.h"

namespace cvd::tracking {
namespace {

// More objects of one class than this are not tracked: keeps a frame's time bounded when a broken
// model fires everywhere. The strongest are kept.
constexpr std::size_t kMostDetections = 64;

// Position and velocity of one coordinate.
struct Axis {
    double x = 0, v = 0;
    double pxx = 1, pxv = 0, pvv = 1;

    void start(double z, double sigma, double sigmaV) {
        x = z;
        v = 0;
        pxx = sigma * sigma;
        pxv = 0;
        pvv = sigmaV * sigmaV;
    }
    void predict(double dt, double sigmaA) {
        x += v * dt;
        const double q = sigmaA * sigmaA;
        pxx += 2 * dt * pxv + dt * dt * pvv + q * dt * dt * dt * dt / 4;
        pxv += dt * pvv + q * dt * dt * dt / 2;
        pvv += q * dt * dt;
    }
    void update(double z, double sigma) {
        const double s = pxx + sigma * sigma;
        const double kx = pxx / s, kv = pxv / s, e = z - x;
        x += kx * e;
        v += kv * e;
        pvv -= kv * pxv;
        pxv -= kx * pxv;
        pxx -= kx * pxx;
    }
};

enum AxisName { CX, CY, W, H, LowX, LowY, TopX, TopY, AxisCount };
using Axes = std::array<Axis, AxisCount>;

double distance(PointPx a, PointPx b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

PointPx pointAt(const Axes& axes, int ix, int iy) {
    return {axes[ix].x, axes[iy].x};
}

struct Track {
    TrackId id;
    ObjectClass cls = ObjectClass::Vibrator;
    Axes axes;
    bool hasPoints = false;
    double length = 1;  // bar length of a poker, box diagonal otherwise; px
    double lastSeenS = 0;
    // As it was when it was last seen firmly (isFirm()). Where weak sightings or guesses have led
    // the track astray, it is found from here.
    Axes firm;
    double lastFirmS = 0;
    double usualScore = 0;  // of firm sightings, over the last second or so
    int hits = 0;
    int misses = 0;

    BoxPx box() const {
        const PointPx centre = pointAt(axes, CX, CY);
        const double w = std::max(1.0, axes[W].x), h = std::max(1.0, axes[H].x);
        return {centre.x - w / 2, centre.y - h / 2, w, h};
    }
    int axisCount() const { return hasPoints ? AxisCount : LowX; }
};

PointPx centreOf(const BoxPx& b) {
    return {b.x + b.w / 2, b.y + b.h / 2};
}

double sizeOf(const Detection& d) {
    const double diagonal = std::hypot(d.box.w, d.box.h);
    return std::max(
        4.0, d.poker ? std::max(distance(d.poker->low, d.poker->top), diagonal * 0.5) : diagonal);
}

// Mean distance in px of a poker's points and centre from where `axes` has them.
double pokerDistance(const Track& track, const Axes& axes, const Detection& d) {
    const double centre = distance(pointAt(axes, CX, CY), centreOf(d.box));
    if (!track.hasPoints || !d.poker) {
        return centre;
    }
    const double low = distance(pointAt(axes, LowX, LowY), d.poker->low);
    const double top = distance(pointAt(axes, TopX, TopY), d.poker->top);
    return (low + top + centre) / 3;
}

// Half overlap, half distance of the centres in diagonals: defined also when the boxes of a fast
// object do not touch.
double boxCost(const Track& track, const Detection& d) {
    const double overlap = intersectionOverUnion(track.box(), d.box);
    const double away =
        distance(centreOf(track.box()), centreOf(d.box)) / std::max(track.length, sizeOf(d));
    return 0.5 * (1 - overlap) + 0.5 * std::min(1.0, 2 * away);
}

// A second detection of the same thing must not start a second track.
bool sameThing(const Detection& a, const Detection& b) {
    if (a.cls != b.cls) {
        return false;
    }
    if (a.poker && b.poker) {
        const double scale = std::max(sizeOf(a), sizeOf(b));
        return distance(a.poker->low, b.poker->low) < 0.2 * scale &&
               distance(a.poker->top, b.poker->top) < 0.35 * scale;
    }
    return intersectionOverUnion(a.box, b.box) > 0.55;
}

bool finite(const Detection& d) {
    bool ok = std::isfinite(d.score) && std::isfinite(d.box.x) && std::isfinite(d.box.y) &&
              std::isfinite(d.box.w) && std::isfinite(d.box.h);
    if (d.poker) {
        ok = ok && std::isfinite(d.poker->low.x) && std::isfinite(d.poker->low.y) &&
             std::isfinite(d.poker->top.x) && std::isfinite(d.poker->top.y);
    }
    return ok;
}

void moveWithCamera(Track& track, const CameraMotion& motion) {
    const double scale = std::hypot(motion.m[0], motion.m[3]);
    const auto movePair = [&](Axes& axes, int ix, int iy) {
        Axis &x = axes[ix], &y = axes[iy];
        const PointPx p = apply(motion, {x.x, y.x});
        const double vx = motion.m[0] * x.v + motion.m[1] * y.v;
        const double vy = motion.m[3] * x.v + motion.m[4] * y.v;
        x.x = p.x;
        y.x = p.y;
        x.v = vx;
        y.v = vy;
    };
    for (Axes* axes : {&track.axes, &track.firm}) {
        movePair(*axes, CX, CY);
        (*axes)[W].x *= scale;
        (*axes)[H].x *= scale;
        if (track.hasPoints) {
            movePair(*axes, LowX, LowY);
            movePair(*axes, TopX, TopY);
        }
    }
    track.length *= scale;
}

void predict(Track& track, double dt) {
    // Hands accelerate a poker by several bar lengths a second squared; boxes change slowly.
    const double sigmaA = (track.cls == ObjectClass::Vibrator ? 8.0 : 3.0) * track.length;
    // Unseen, a guess that goes on for ever is worse than one that comes to rest.
    const double damping = track.misses > 0 ? std::exp(-dt / 0.25) : 1.0;
    for (int i = 0; i < track.axisCount(); ++i) {
        track.axes[i].v *= damping;
        track.axes[i].predict(dt, sigmaA);
    }
}

// Goes back to where the track was seen firmly; what was guessed since is forgotten.
void returnToFirm(Track& track, double timeS) {
    const double sigma = track.length * std::min(1.0, timeS - track.lastFirmS);
    track.axes = track.firm;
    for (int i = 0; i < track.axisCount(); ++i) {
        const double z = track.axes[i].x;
        track.axes[i].start(z, std::max(1.0, sigma), track.length);
    }
}

void take(Track& track, const Detection& d, double timeS, bool first, bool firmly) {
    const double size = sizeOf(d);
    const double sigma = std::max(1.0, 0.025 * size) * (d.score < 0.3F ? 2.0 : 1.0);
    const PointPx centre = centreOf(d.box);
    const bool firstPoints = d.poker && !track.hasPoints;
    const auto set = [&](int i, double z, bool fresh) {
        if (fresh) {
            track.axes[i].start(z, sigma, size);
        } else {
            track.axes[i].update(z, sigma);
        }
    };
    set(CX, centre.x, first);
    set(CY, centre.y, first);
    set(W, d.box.w, first);
    set(H, d.box.h, first);
    if (d.poker) {
        set(LowX, d.poker->low.x, firstPoints);
        set(LowY, d.poker->low.y, firstPoints);
        set(TopX, d.poker->top.x, firstPoints);
        set(TopY, d.poker->top.y, firstPoints);
        track.hasPoints = true;
    }
    // The longest recent look of the bar: it stays the yardstick while most of it is in concrete.
    track.length = first ? size : std::max(size, track.length * 0.998 + size * 0.002);
    track.lastSeenS = timeS;
    track.misses = 0;
    ++track.hits;
    if (firmly) {
        const double share = first ? 1.0 : 0.04;
        track.usualScore += share * (d.score - track.usualScore);
        track.firm = track.axes;
        track.lastFirmS = timeS;
    }
}

TrackPoint pointOf(const Detection& d, FrameIndex frame, double timeS, TrackId id) {
    TrackPoint p;
    p.frame = frame;
    p.timeS = timeS;
    p.track = id;
    p.cls = d.cls;
    p.score = d.score;
    p.box = d.box;
    p.poker = d.poker;
    return p;
}

TrackPoint bridgedPoint(const Track& track, FrameIndex frame, double timeS) {
    TrackPoint p;
    p.frame = frame;
    p.timeS = timeS;
    p.track = track.id;
    p.cls = track.cls;
    p.box = track.box();
    p.predicted = true;
    if (track.hasPoints) {
        PokerPoints points;
        points.low = pointAt(track.axes, LowX, LowY);
        points.top = pointAt(track.axes, TopX, TopY);
        p.poker = points;
    }
    return p;
}

// Tracks are stored in single precision; rounded here, a stored result judged again gives exactly
// what the first judging gave.
void toSinglePrecision(TrackPoint& p) {
    for (double* v : {&p.box.x, &p.box.y, &p.box.w, &p.box.h}) {
        *v = static_cast<float>(*v);
    }
    if (p.poker) {
        for (double* v : {&p.poker->low.x, &p.poker->low.y, &p.poker->top.x, &p.poker->top.y}) {
            *v = static_cast<float>(*v);
        }
    }
}

// Not much weaker than this poker usually is.
bool looksUsual(const Track& track, const Detection& d) {
    constexpr double kUsualShare = 0.7;
    return d.score >= kUsualShare * track.usualScore;
}

// One round of giving detections to tracks.
struct Stage {
    double tightness = 1;
    bool weak = false;      // scores that say little by themselves
    bool fromFirm = false;  // compare with where tracks were last seen firmly
};

// Which detection of a frame belongs to which track.
struct Matching {
    Matching(const std::vector<Detection>& seen, std::size_t tracks)
        : detections(seen), trackOf(seen.size(), -1), taken(tracks, 0) {
        for (int i = 0; i < static_cast<int>(seen.size()); ++i) {
            if (finite(seen[i])) {
                order.push_back(i);
            }
        }
        std::stable_sort(order.begin(), order.end(),
                         [&](int a, int b) { return seen[a].score > seen[b].score; });
    }
    const std::vector<Detection>& detections;
    std::vector<int> order;    // strongest first; the order of the input breaks ties
    std::vector<int> trackOf;  // of each detection, -1: none
    std::vector<char> taken;   // of each track that was there before
};

}  // namespace

struct Tracker::State {
    TrackerOptions options;
    std::vector<Track> tracks;
    std::int64_t nextId = 1;
    double lastS = 0;
    bool started = false;

    bool isConfirmed(const Track& track) const { return track.hits >= options.confirmHits; }
    bool isFirm(const Track& track, const Detection& d) const;
    bool mayStart(const Matching& m, int detection) const;
    double cost(const Track& track, const Detection& d, const Stage& stage, double timeS) const;
    void predictTracks(double timeS, const CameraMotion& motion);
    void associate(Matching& m, ObjectClass cls, const CameraMotion& motion, double timeS);
    void match(Matching& m, std::vector<int> candidates, const std::vector<int>& open,
               const Stage& stage, double timeS);
    std::vector<TrackPoint> takeDetections(Matching& m, FrameIndex frame, double timeS);
};

double Tracker::State::cost(const Track& track, const Detection& d, const Stage& stage,
                            double timeS) const {
    // A track seen in the last frame goes before one that was lost.
    const double late = track.misses > 0 ? 0.05 : 0.0;
    if (d.cls != ObjectClass::Vibrator) {
        return boxCost(track, d) / stage.tightness + late;
    }
    if (stage.weak && stage.fromFirm && !looksUsual(track, d)) {
        return 2 * options.gatePoker;
    }
    // The longer a track was not seen, the less its prediction is worth.
    const double sinceS = timeS - (stage.fromFirm ? track.lastFirmS : track.lastSeenS);
    const double slack = 1 + std::min(1.0, sinceS / 1.0);
    const double px = pokerDistance(track, stage.fromFirm ? track.firm : track.axes, d);
    // Clutter must not widen its own gate by being large.
    const double bar = stage.weak ? track.length : std::max(track.length, sizeOf(d));
    return px / bar / (stage.tightness * slack) + late;
}

// Strong enough to find a lost track, not much weaker than this one usually is, or close to where
// it was expected.
bool Tracker::State::isFirm(const Track& track, const Detection& d) const {
    constexpr double kExpectedBars = 0.15, kHalfHidden = 0.55;
    return d.cls != ObjectClass::Vibrator || d.score >= options.findScore || looksUsual(track, d) ||
           (d.score >= kHalfHidden * track.usualScore &&
            pokerDistance(track, track.axes, d) < kExpectedBars * track.length);
}

// Gives each of `candidates` (indices of detections) that has no track yet one out of `open`.
void Tracker::State::match(Matching& m, std::vector<int> candidates, const std::vector<int>& open,
                           const Stage& stage, double timeS) {
    std::erase_if(candidates, [&](int i) { return m.trackOf[i] >= 0; });
    if (candidates.empty() || open.empty()) {
        return;
    }
    const ObjectClass cls = m.detections[candidates.front()].cls;
    const double gate = cls == ObjectClass::Vibrator ? options.gatePoker : options.gateBox;
    std::vector<double> costs(candidates.size() * open.size());
    for (std::size_t r = 0; r < open.size(); ++r) {
        for (std::size_t c = 0; c < candidates.size(); ++c) {
            costs[r * candidates.size() + c] =
                cost(tracks[open[r]], m.detections[candidates[c]], stage, timeS);
        }
    }
    const std::vector<int> chosen =
        assign(costs, static_cast<int>(open.size()), static_cast<int>(candidates.size()), gate);
    for (std::size_t r = 0; r < open.size(); ++r) {
        if (chosen[r] >= 0) {
            m.trackOf[candidates[chosen[r]]] = open[r];
            m.taken[open[r]] = 1;
            if (stage.fromFirm) {
                returnToFirm(tracks[open[r]], timeS);
            }
        }
    }
}

Tracker::Tracker(TrackerOptions options) : m_state(std::make_unique<State>()) {
    m_state->options = options;
}
Tracker::~Tracker() = default;
Tracker::Tracker(Tracker&&) noexcept = default;
Tracker& Tracker::operator=(Tracker&&) noexcept = default;

// Ends what was not seen for too long and says where the rest is expected.
void Tracker::State::predictTracks(double timeS, const CameraMotion& motion) {
    const double dt = started ? std::clamp(timeS - lastS, 0.0, 1.0) : 0.0;
    lastS = timeS;
    started = true;
    if (motion.cut) {
        tracks.clear();
    }
    std::erase_if(tracks, [&](const Track& t) {
        return timeS - t.lastSeenS > (isConfirmed(t) ? options.keepS : 0.25);
    });
    for (Track& track : tracks) {
        moveWithCamera(track, motion);
        predict(track, dt);
    }
}

// Rounds from the surest detections of a class to the weakest.
void Tracker::State::associate(Matching& m, ObjectClass cls, const CameraMotion& motion,
                               double timeS) {
    std::vector<int> strong, middle, weak;
    for (int i : m.order) {
        const Detection& d = m.detections[i];
        if (d.cls != cls || strong.size() + middle.size() + weak.size() >= kMostDetections) {
            continue;
        }
        if (d.score >= options.highScore) {
            strong.push_back(i);
        } else if (d.score >= options.findScore && cls == ObjectClass::Vibrator) {
            middle.push_back(i);
        } else if (d.score >= options.lowScore) {
            weak.push_back(i);
        }
    }
    const auto openTracks = [&](auto&& wanted) {
        std::vector<int> open;
        for (int t = 0; t < static_cast<int>(tracks.size()); ++t) {
            if (tracks[t].cls == cls && !m.taken[t] && wanted(tracks[t])) {
                open.push_back(t);
            }
        }
        return open;
    };
    const auto any = [](const Track&) { return true; };
    // Weak sightings carry a track on that was seen firmly just before; clutter may not lead it
    // away for longer than a gap is bridged.
    const auto recent = [&](const Track& t) {
        return timeS - t.lastFirmS <= options.bridgeS + 1e-9;
    };
    const auto lost = [](const Track& t) { return t.cls == ObjectClass::Vibrator && t.misses > 0; };
    const double sight = motion.reliable ? 1.0 : 1.5;
    match(m, strong, openTracks(any), {sight}, timeS);
    match(m, strong, openTracks(lost), {.tightness = sight, .fromFirm = true}, timeS);
    match(m, middle, openTracks(any), {0.8 * sight}, timeS);
    match(m, middle, openTracks(lost), {.tightness = 0.8 * sight, .fromFirm = true}, timeS);
    match(m, weak, openTracks(recent), {.tightness = 0.6 * sight, .weak = true}, timeS);
    match(m, weak, openTracks(lost), {.tightness = 0.4 * sight, .weak = true, .fromFirm = true},
          timeS);
}

bool Tracker::State::mayStart(const Matching& m, int i) const {
    const bool repeated = std::any_of(m.order.begin(), m.order.end(), [&](int j) {
        return j != i && m.trackOf[j] >= 0 && sameThing(m.detections[i], m.detections[j]);
    });
    return m.detections[i].score >= options.highScore && !repeated &&
           tracks.size() < 4 * kMostDetections;
}

// Every detection into its track, or into a new one where it may start one.
std::vector<TrackPoint> Tracker::State::takeDetections(Matching& m, FrameIndex frame,
                                                       double timeS) {
    std::vector<TrackPoint> points;
    for (int i : m.order) {
        const Detection& d = m.detections[i];
        TrackId id;
        if (m.trackOf[i] >= 0) {
            Track& track = tracks[m.trackOf[i]];
            take(track, d, timeS, false, isFirm(track, d));
            id = track.id;
        } else if (mayStart(m, i)) {
            Track track;
            track.id = id = TrackId{nextId++};
            track.cls = d.cls;
            take(track, d, timeS, true, true);
            m.trackOf[i] = static_cast<int>(tracks.size());
            tracks.push_back(track);
        }
        points.push_back(pointOf(d, frame, timeS, id));
    }
    return points;
}

std::vector<TrackPoint> Tracker::push(FrameIndex frame, double timeS,
                                      const std::vector<Detection>& detections,
                                      const CameraMotion& motion) {
    State& s = *m_state;
    s.predictTracks(timeS, motion);
    Matching m(detections, s.tracks.size());
    for (int c = 0; c < kObjectClassCount; ++c) {
        s.associate(m, static_cast<ObjectClass>(c), motion, timeS);
    }
    std::vector<TrackPoint> points = s.takeDetections(m, frame, timeS);
    for (std::size_t t = 0; t < m.taken.size(); ++t) {
        Track& track = s.tracks[t];
        if (m.taken[t]) {
            continue;
        }
        ++track.misses;
        if (s.isConfirmed(track) && timeS - track.lastSeenS <= s.options.bridgeS + 1e-9) {
            points.push_back(bridgedPoint(track, frame, timeS));
        }
    }
    std::for_each(points.begin(), points.end(), toSinglePrecision);
    std::stable_sort(points.begin(), points.end(), [](const TrackPoint& a, const TrackPoint& b) {
        if (a.track.valid() != b.track.valid()) {
            return a.track.valid();
        }
        return a.track.value < b.track.value;
    });
    return points;
}

}  // namespace cvd::tracking
