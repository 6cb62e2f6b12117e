#include "core/report/overlay.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include <opencv2/imgproc.hpp>

namespace cvd::report {
namespace {

const cv::Scalar kHalo(30, 26, 22);

cv::Scalar colourOf(ObjectClass cls) {  // BGR of the Okabe-Ito set
    switch (cls) {
        case ObjectClass::Vibrator:
            return {0x00, 0x9F, 0xE6};  // #E69F00
        case ObjectClass::Person:
            return {0xE9, 0xB4, 0x56};  // #56B4E9
        case ObjectClass::Hoe:
            break;
    }
    return {0x73, 0x9E, 0x00};  // #009E73
}

cv::Point rounded(PointPx p) {
    // Far outside, OpenCV's fixed-point drawing overflows.
    const auto whole = [](double v) {
        return std::isfinite(v) ? static_cast<int>(std::lround(std::clamp(v, -4000.0, 20000.0)))
                                : 0;
    };
    return {whole(p.x), whole(p.y)};
}

// "12.3" whatever the locale.
std::string tenths(double v) {
    const long long t = std::llround(std::max(0.0, v) * 10);
    return std::to_string(t / 10) + "." + std::to_string(t % 10);
}

std::string clockText(double s) {
    const long long hundredths = std::llround(std::max(0.0, s) * 100);
    char buffer[40];
    std::snprintf(buffer, sizeof(buffer), "%02lld:%02lld.%02lld", hundredths / 6000,
                  hundredths / 100 % 60, hundredths % 100);
    return buffer;
}

void putText(cv::Mat& bgr, const std::string& text, cv::Point at, double scale,
             const cv::Scalar& colour) {
    cv::putText(bgr, text, at, cv::FONT_HERSHEY_SIMPLEX, scale, kHalo, 3, cv::LINE_8);
    cv::putText(bgr, text, at, cv::FONT_HERSHEY_SIMPLEX, scale, colour, 1, cv::LINE_AA);
}

std::optional<bool> stateOf(const TrackPoint& p) {
    if (p.immersed) {
        return p.immersed;
    }
    if (p.poker && p.poker->immersedScore >= 0) {
        return p.poker->immersedScore >= 0.5F;  // not judged yet
    }
    return std::nullopt;
}

std::string labelOf(const TrackPoint& p, const ImmersedClock* clock) {
    std::string label = p.track.valid() ? "#" + std::to_string(p.track.value) : "?";
    if (!p.predicted) {
        label += " " + std::to_string(static_cast<int>(std::lround(p.score * 100))) + "%";
    }
    if (p.cls == ObjectClass::Vibrator) {
        // No words: the font has no Chinese. The filled point says that the tip is in the concrete.
        if (clock && stateOf(p).value_or(false)) {
            label += " " + tenths(clock->secondsOf(p.track)) + " s";
        }
    }
    return label;
}

void drawPoker(cv::Mat& bgr, const TrackPoint& p, const cv::Scalar& colour, int width) {
    const cv::Point low = rounded(p.poker->low), top = rounded(p.poker->top);
    cv::line(bgr, low, top, kHalo, width + 2, cv::LINE_8);
    cv::line(bgr, low, top, colour, width, cv::LINE_AA);
    const int radius = 2 * width + 1;
    // Filled: tip in concrete. Ring: in air.
    if (stateOf(p).value_or(false)) {
        cv::circle(bgr, low, radius + 1, kHalo, cv::FILLED, cv::LINE_AA);
        cv::circle(bgr, low, radius, colour, cv::FILLED, cv::LINE_AA);
    } else {
        cv::circle(bgr, low, radius, kHalo, width + 2, cv::LINE_8);
        cv::circle(bgr, low, radius, colour, width, cv::LINE_AA);
    }
    cv::circle(bgr, top, width + 1, kHalo, cv::FILLED, cv::LINE_8);
    cv::circle(bgr, top, width, colour, cv::FILLED, cv::LINE_8);
}

}  // namespace

void ImmersedClock::push(std::span<const TrackPoint> points, double timeS) {
    for (const TrackPoint& p : points) {
        if (p.cls != ObjectClass::Vibrator || !p.track.valid()) {
            continue;
        }
        const auto it = std::find_if(m_entries.begin(), m_entries.end(),
                                     [&](const Entry& e) { return e.track == p.track; });
        if (!stateOf(p).value_or(false)) {
            if (it != m_entries.end()) {
                m_entries.erase(it);
            }
        } else if (it == m_entries.end()) {
            m_entries.push_back({p.track, timeS, timeS});
        } else {
            it->lastS = timeS;
        }
    }
    std::erase_if(m_entries, [&](const Entry& e) { return timeS - e.lastS > 3.0; });
}

double ImmersedClock::secondsOf(TrackId track) const {
    for (const Entry& e : m_entries) {
        if (e.track == track) {
            return e.lastS - e.sinceS;
        }
    }
    return 0;
}

void drawOverlay(cv::Mat& bgr, std::span<const TrackPoint> points, FrameIndex frame, double timeS,
                 const ImmersedClock* clock, const OverlayOptions& options) {
    if (bgr.empty() || bgr.type() != CV_8UC3) {
        return;
    }
    const double scale = std::clamp(bgr.rows / 720.0, 0.5, 3.0);
    const int width = std::max(1, static_cast<int>(std::lround(2 * scale)));
    for (const TrackPoint& p : points) {
        if ((p.predicted ? !options.showPredicted : p.score < options.minScore) ||
            !(p.track.valid() || options.showUntracked)) {
            continue;
        }
        cv::Scalar colour = colourOf(p.cls);
        if (p.predicted) {
            colour = colour * 0.6;
        }
        const cv::Point corner = rounded({p.box.x, p.box.y});
        const cv::Point opposite = rounded({p.box.x + p.box.w, p.box.y + p.box.h});
        cv::rectangle(bgr, corner, opposite, kHalo, width + 2, cv::LINE_8);
        cv::rectangle(bgr, corner, opposite, colour, width, cv::LINE_8);
        if (p.poker) {
            drawPoker(bgr, p, colour, width);
        }
        const cv::Point label{std::clamp(corner.x, 0, std::max(0, bgr.cols - 40)),
                              std::max(corner.y - 3 * width, static_cast<int>(14 * scale))};
        putText(bgr, labelOf(p, clock), label, 0.5 * scale, colour);
    }
    if (options.showFrameNumber) {
        putText(bgr, clockText(timeS) + "  f " + std::to_string(frame),
                {static_cast<int>(10 * scale), bgr.rows - static_cast<int>(12 * scale)},
                0.6 * scale, cv::Scalar(240, 240, 240));
    }
}

}  // namespace cvd::report
