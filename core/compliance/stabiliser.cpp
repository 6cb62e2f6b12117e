#include <algorithm>

#include "core/base/camera_motion.h"
#include "core/compliance/insertions.h"

namespace cvd::compliance {

Stabiliser::Stabiliser(const Tracks& tracks) : m_first(tracks.firstFrame) {
    const bool still = std::all_of(tracks.motion.begin(), tracks.motion.end(),
                                   [](const CameraMotion& m) { return isIdentity(m) && !m.cut; });
    if (still) {
        return;
    }
    m_steps.resize(tracks.motion.size());
    CameraMotion fromFirst;
    int scene = 0, shot = 0;
    for (std::size_t i = 0; i < tracks.motion.size(); ++i) {
        const CameraMotion& motion = tracks.motion[i];
        if (motion.cut) {
            ++shot;
            scene = motion.fromFirst ? 0 : shot;
            fromFirst = motion.fromFirst ? motion : CameraMotion{};
        } else if (i > 0) {
            fromFirst = combine(fromFirst, motion);
        }
        m_moved = m_moved || !isIdentity(fromFirst);
        m_steps[i] = {inverse(fromFirst), fromFirst, scene, shot, false};
    }
    markLost(tracks);
}

// A camera that stands in the dark cannot be followed either, but need not be: lost is who moved
// shortly before or after.
void Stabiliser::markLost(const Tracks& tracks) {
    constexpr double kAboutS = 1;
    const auto& motion = tracks.motion;
    const std::size_t n = std::min(motion.size(), tracks.frameTimesS.size());
    std::vector<double> since(n, 1e9);  // seconds from a frame in which the picture moved
    double last = -1e9;
    for (std::size_t i = 0; i < n; ++i) {
        last = isIdentity(motion[i]) ? last : tracks.frameTimesS[i];
        since[i] = tracks.frameTimesS[i] - last;
    }
    last = 1e9;
    for (std::size_t i = n; i-- > 0;) {
        last = isIdentity(motion[i]) ? last : tracks.frameTimesS[i];
        since[i] = std::min(since[i], last - tracks.frameTimesS[i]);
    }
    for (std::size_t i = 0; i < n;) {
        std::size_t end = i;
        bool near = false;
        while (end < n && !motion[end].reliable) {
            near = near || since[end] <= kAboutS;
            ++end;
        }
        for (std::size_t k = i; k < end; ++k) {
            m_steps[k].lost = near;
        }
        i = std::max(end, i + 1);
    }
}

const Stabiliser::Step* Stabiliser::step(FrameIndex frame) const {
    const auto i = frame - m_first;
    return i >= 0 && i < static_cast<FrameIndex>(m_steps.size())
               ? &m_steps[static_cast<std::size_t>(i)]
               : nullptr;
}

PointPx Stabiliser::toFirst(FrameIndex frame, PointPx p) const {
    const Step* s = step(frame);
    return s != nullptr ? apply(s->toFirst, p) : p;
}

PointPx Stabiliser::fromFirst(FrameIndex frame, PointPx p) const {
    const Step* s = step(frame);
    return s != nullptr ? apply(s->fromFirst, p) : p;
}

int Stabiliser::scene(FrameIndex frame) const {
    const Step* s = step(frame);
    return s != nullptr ? s->scene : 0;
}

int Stabiliser::shot(FrameIndex frame) const {
    const Step* s = step(frame);
    return s != nullptr ? s->shot : 0;
}

bool Stabiliser::lost(FrameIndex frame) const {
    const Step* s = step(frame);
    return s != nullptr && s->lost;
}

bool Stabiliser::moved() const {
    return m_moved;
}

}  // namespace cvd::compliance
