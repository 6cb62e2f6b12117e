// Frames a second and time left, smoothed, and not told more than ten times a second.
#pragma once

#include <chrono>
#include <cmath>

#include "core/pipeline/pipeline.h"

namespace cvd::pipeline {

class ProgressMeter {
public:
    using Clock = std::chrono::steady_clock;

    explicit ProgressMeter(const ProgressSink& sink) : m_sink(sink) {}

    void setDevice(const std::string& device) { m_progress.device = device; }
    void setTotal(FrameIndex total) { m_progress.total = total; }

    void tell(Stage stage, FrameIndex done) {
        const auto now = Clock::now();
        m_progress.stage = stage;
        if (stage == Stage::Detecting) {
            measure(done, now);
        }
        m_progress.done = done;
        if (m_sink && (!m_told || now - m_lastTold >= std::chrono::milliseconds(100))) {
            m_told = true;
            m_lastTold = now;
            m_sink(m_progress);
        }
    }

    // The run stands still: the time until the next frame says nothing about its speed.
    void hold() { m_measuring = false; }

private:
    void measure(FrameIndex done, Clock::time_point now) {
        if (!m_measuring) {
            m_measuring = true;
            m_since = now;
            m_doneSince = done;
            return;
        }
        const double passed = std::chrono::duration<double>(now - m_since).count();
        if (passed < 0.25) {
            return;
        }
        const double rate = static_cast<double>(done - m_doneSince) / passed;
        const double weight = 1 - std::exp(-passed / 3.0);  // time constant of three seconds
        m_progress.framesPerS =
            m_progress.framesPerS > 0
                ? m_progress.framesPerS + weight * (rate - m_progress.framesPerS)
                : rate;
        m_since = now;
        m_doneSince = done;
        if (m_progress.framesPerS > 0.01) {
            m_progress.secondsLeft =
                static_cast<double>(m_progress.total - done) / m_progress.framesPerS;
        }
    }

    const ProgressSink& m_sink;
    Progress m_progress;
    bool m_told = false, m_measuring = false;
    Clock::time_point m_lastTold, m_since;
    FrameIndex m_doneSince = 0;
};

}  // namespace cvd::pipeline
