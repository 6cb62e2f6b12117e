#include "core/report/heatmap.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>

#include <opencv2/imgproc.hpp>

#include "core/compliance/insertions.h"

namespace cvd::report {
namespace {

// 1, 2 or 5 times a power of ten, so that a legend has about four steps.
double niceStep(double range) {
    const double raw = range / 4;
    const double power = std::pow(10.0, std::floor(std::log10(std::max(raw, 1e-9))));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (raw <= factor * power) {
            return factor * power;
        }
    }
    return 10 * power;
}

std::string secondsText(double s, double step) {
    char buffer[32];
    // Built from integers: printf would follow the locale's decimal comma.
    if (step >= 1) {
        std::snprintf(buffer, sizeof(buffer), "%lld s", std::llround(s));
    } else {
        const long long tenths = std::llround(s * 10);
        std::snprintf(buffer, sizeof(buffer), "%lld.%lld s", tenths / 10, tenths % 10);
    }
    return buffer;
}

void putLabel(cv::Mat& picture, const std::string& text, cv::Point at, double scale) {
    cv::putText(picture, text, at, cv::FONT_HERSHEY_SIMPLEX, scale, cv::Scalar(235, 235, 235), 1,
                cv::LINE_AA);
}

// A bar with seconds on a dark panel in the lower right corner.
void drawLegend(cv::Mat& picture, double maxS) {
    const double scale = std::clamp(picture.rows / 720.0, 0.4, 3.0);
    const int barWidth = static_cast<int>(220 * scale), barHeight = static_cast<int>(14 * scale);
    const int pad = static_cast<int>(12 * scale), line = static_cast<int>(18 * scale);
    const cv::Rect panel(picture.cols - barWidth - 3 * pad - line,
                         picture.rows - barHeight - 2 * line - 3 * pad, barWidth + 2 * pad + line,
                         barHeight + 2 * line + 2 * pad);
    const cv::Rect visible = panel & cv::Rect(0, 0, picture.cols, picture.rows);
    if (visible != panel) {
        return;  // a picture too small for a legend
    }
    cv::Mat area = picture(panel);
    area = area * 0.25 + cv::Scalar(20, 18, 16);
    const double font = 0.42 * scale;
    putLabel(picture, "Poker in concrete", {panel.x + pad, panel.y + line}, font);
    const cv::Mat colours = heatScale();
    const int left = panel.x + pad, top = panel.y + pad / 2 + line;
    for (int x = 0; x < barWidth; ++x) {
        const auto c = colours.at<cv::Vec3b>(0, x * 255 / std::max(1, barWidth - 1));
        cv::line(picture, {left + x, top}, {left + x, top + barHeight}, cv::Scalar(c), 1);
    }
    const double step = niceStep(maxS);
    for (double s = 0; s <= maxS * (1 + 1e-9); s += step) {
        const int x = left + static_cast<int>(std::lround(s / maxS * (barWidth - 1)));
        cv::line(picture, {x, top + barHeight}, {x, top + barHeight + pad / 3},
                 cv::Scalar(235, 235, 235), 1);
        putLabel(picture, secondsText(s, step), {x - pad / 2, top + barHeight + line}, font);
    }
}

}  // namespace

cv::Mat accumulateDwell(const Tracks& tracks, int width, int height,
                        const HeatmapOptions& options) {
    const int divisor = std::max(1, options.gridDivisor);
    const int columns = std::max(1, (width + divisor - 1) / divisor);
    const int rows = std::max(1, (height + divisor - 1) / divisor);
    cv::Mat grid = cv::Mat::zeros(rows, columns, CV_32F);
    const std::size_t frames = tracks.frameTimesS.size();
    if (frames == 0) {
        return grid;
    }
    const compliance::Stabiliser stabiliser(tracks);
    const double typical = frames > 1 ? (tracks.frameTimesS.back() - tracks.frameTimesS.front()) /
                                            static_cast<double>(frames - 1)
                                      : 0.04;
    for (const TrackPoint& p : tracks.points) {
        const FrameIndex i = p.frame - tracks.firstFrame;
        if (!p.poker || !p.immersed.value_or(false) || i < 0 ||
            i >= static_cast<FrameIndex>(frames) || p.frame < options.fromFrame.value_or(p.frame) ||
            p.frame > options.toFrame.value_or(p.frame)) {
            continue;
        }
        const auto k = static_cast<std::size_t>(i);
        const double seconds =
            k + 1 < frames ? tracks.frameTimesS[k + 1] - tracks.frameTimesS[k] : typical;
        const PointPx at = stabiliser.toFirst(p.frame, p.poker->low);
        const int x = static_cast<int>(std::floor((at.x + 0.5) / divisor));
        const int y = static_cast<int>(std::floor((at.y + 0.5) / divisor));
        if (x >= 0 && y >= 0 && x < columns && y < rows) {
            grid.at<float>(y, x) += static_cast<float>(seconds);
        }
    }
    // One filter over the grid instead of one disc a point: the cost does not grow with the video.
    const double radiusPx = options.radiusPx > 0 ? options.radiusPx : 35.0 * width / 1280.0;
    const double radius = std::max(1.0, radiusPx / divisor);
    const int reach = static_cast<int>(std::ceil(radius));
    cv::Mat kernel(2 * reach + 1, 2 * reach + 1, CV_32F);
    for (int y = -reach; y <= reach; ++y) {
        for (int x = -reach; x <= reach; ++x) {
            const double d2 = static_cast<double>(x) * x + static_cast<double>(y) * y;
            // 1 in the centre, fading to 0 without an edge.
            const double rest = std::max(0.0, 1 - d2 / (radius * radius));
            kernel.at<float>(y + reach, x + reach) = static_cast<float>(rest * rest);
        }
    }
    cv::Mat dwell;
    cv::filter2D(grid, dwell, CV_32F, kernel, {-1, -1}, 0, cv::BORDER_CONSTANT);
    // Kernels of this size go through a Fourier transform, which leaves dust where nothing was.
    cv::threshold(dwell, dwell, 1e-3, 0, cv::THRESH_TOZERO);
    return dwell;
}

cv::Mat heatScale() {
    cv::Mat ramp(1, 256, CV_8UC1);
    for (int i = 0; i < 256; ++i) {
        ramp.at<uchar>(0, i) = static_cast<uchar>(i);
    }
    cv::Mat colours;
    cv::applyColorMap(ramp, colours, cv::COLORMAP_INFERNO);
    return colours;
}

cv::Mat colourDwell(const cv::Mat& dwellS, double maxS) {
    cv::Mat out(dwellS.size(), CV_8UC4, cv::Scalar(0, 0, 0, 0));
    if (dwellS.empty()) {
        return out;
    }
    double most = maxS;
    if (most <= 0) {
        cv::minMaxLoc(dwellS, nullptr, &most);
    }
    if (most <= 0) {
        return out;
    }
    const cv::Mat colours = heatScale();
    // Faint heat fades in, so that its border is not a hard edge; the colour alone tells seconds.
    std::array<uchar, 256> opacity{};
    for (int i = 0; i < 256; ++i) {
        opacity[static_cast<std::size_t>(i)] =
            static_cast<uchar>(std::lround(210 * std::min(1.0, std::sqrt(i / 64.0))));
    }
    for (int y = 0; y < dwellS.rows; ++y) {
        const auto* in = dwellS.ptr<float>(y);
        auto* to = out.ptr<cv::Vec4b>(y);
        for (int x = 0; x < dwellS.cols; ++x) {
            if (in[x] <= 0) {
                continue;
            }
            const int i = std::min(255, static_cast<int>(in[x] / most * 255));
            const auto c = colours.at<cv::Vec3b>(0, i);
            to[x] = {c[0], c[1], c[2], opacity[static_cast<std::size_t>(i)]};
        }
    }
    return out;
}

cv::Mat heatOverFrame(const cv::Mat& firstFrameBgr, const cv::Mat& dwellS, double maxS,
                      const HeatmapOptions& options) {
    cv::Mat picture = firstFrameBgr.clone();
    cv::Mat large;
    const int divisor = std::max(1, options.gridDivisor);
    cv::resize(dwellS, large, {dwellS.cols * divisor, dwellS.rows * divisor}, 0, 0,
               cv::INTER_LINEAR);
    const cv::Mat heat = colourDwell(large, maxS);
    for (int y = 0; y < picture.rows; ++y) {
        auto* to = picture.ptr<cv::Vec3b>(y);
        const auto* from = heat.ptr<cv::Vec4b>(y);
        for (int x = 0; x < picture.cols; ++x) {
            const int a = from[x][3];
            if (a == 0) {
                continue;
            }
            for (int k = 0; k < 3; ++k) {
                to[x][k] = static_cast<uchar>((from[x][k] * a + to[x][k] * (255 - a)) / 255);
            }
        }
    }
    return picture;
}

cv::Mat renderHeatmap(const cv::Mat& firstFrameBgr, const Tracks& tracks,
                      const HeatmapOptions& options) {
    const cv::Mat dwell = accumulateDwell(tracks, firstFrameBgr.cols, firstFrameBgr.rows, options);
    double most = 0;
    cv::minMaxLoc(dwell, nullptr, &most);
    cv::Mat picture = heatOverFrame(firstFrameBgr, dwell, most, options);
    drawLegend(picture, most > 0 ? most : 1.0);
    return picture;
}

}  // namespace cvd::report
