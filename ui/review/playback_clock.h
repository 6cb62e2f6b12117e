// Where playback should be at a moment of the wall clock. Pure arithmetic, so that pacing is tested
// without waiting.
#pragma once

#include <QtGlobal>
#include <algorithm>
#include <cmath>

namespace cvd::ui {

class PlaybackClock {
public:
    // From `timeS` of the video at `nowMs` of the wall clock; a negative speed plays backwards.
    void start(double timeS, double speed, qint64 nowMs) {
        m_timeS = timeS;
        m_speed = speed;
        m_startMs = nowMs;
    }
    double mediaTimeS(qint64 nowMs) const {
        return m_timeS + m_speed * double(nowMs - m_startMs) / 1000;
    }
    // Milliseconds until the video's time `timeS` is due; 0 when it is due or overdue.
    qint64 msUntil(double timeS, qint64 nowMs) const {
        const double seconds = (timeS - mediaTimeS(nowMs)) / m_speed;
        return std::max<qint64>(0, qint64(std::ceil(seconds * 1000)));
    }
    double speed() const { return m_speed; }

private:
    double m_timeS = 0, m_speed = 1;
    qint64 m_startMs = 0;
};

}  // namespace cvd::ui
