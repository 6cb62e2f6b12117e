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
        m_steps[i] = {inverse(fromFirst), fromFirst, scene, shot};
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

bool Stabiliser::moved() const {
    return m_moved;
}

}  // namespace cvd::compliance
