#include "core/simulation/labels.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cvd::simulation {
namespace {

// What a person could not tell either is neither right nor wrong.
constexpr double kWorstHidden = 0.62;
constexpr double kShortestBar = 9.0 / 640;  // of the picture's width
constexpr double kFewestPixels = 18;        // at 640 pixels of width

// The ends of what is visible of the bar: the axis is walked and the first and last pixel of the
// bar kept.
std::optional<std::pair<PointPx, PointPx>> visibleAxis(const Camera& camera, const Poker& p,
                                                       const cv::Mat& ids, int id) {
    const Vec3 low = p.contact();
    PointPx first, last;
    bool found = false;
    const int steps = 200;
    for (int i = 0; i <= steps; ++i) {
        const auto s = camera.project(low + (p.top - low) * (static_cast<double>(i) / steps));
        const cv::Point q(cvRound(s.px.x), cvRound(s.px.y));
        bool here = false;
        for (int dy = -1; dy <= 1 && !here; ++dy) {
            for (int dx = -1; dx <= 1 && !here; ++dx) {
                const int x = q.x + dx, y = q.y + dy;
                here = x >= 0 && y >= 0 && x < ids.cols && y < ids.rows &&
                       ids.at<std::uint16_t>(y, x) == id;
            }
        }
        if (here) {
            const PointPx at{std::clamp(s.px.x, 0.0, ids.cols - 1.0),
                             std::clamp(s.px.y, 0.0, ids.rows - 1.0)};
            first = found ? first : at;
            last = at;
            found = true;
        }
    }
    if (!found) {
        return std::nullopt;
    }
    // "Lowest visible point" is a matter of the picture for a bar that lies or hangs.
    if (first.y < last.y && !p.immersed()) {
        std::swap(first, last);
    }
    return std::pair(first, last);
}

}  // namespace

VisibleParts visibleParts(const cv::Mat& ids) {
    std::map<int, std::array<int, 5>> found;  // left, top, right, bottom, count
    for (int y = 0; y < ids.rows; ++y) {
        const auto* row = ids.ptr<std::uint16_t>(y);
        for (int x = 0; x < ids.cols; ++x) {
            if (row[x] == 0) {
                continue;
            }
            auto [it, fresh] = found.try_emplace(row[x], std::array<int, 5>{x, y, x, y, 0});
            auto& f = it->second;
            f[0] = std::min(f[0], x);
            f[2] = std::max(f[2], x);
            f[3] = std::max(f[3], y);
            ++f[4];
        }
    }
    VisibleParts parts;
    for (const auto& [id, f] : found) {
        parts[id] = {cv::Rect(cv::Point(f[0], f[1]), cv::Point(f[2] + 1, f[3] + 1)), f[4]};
    }
    return parts;
}

Label labelOf(const Camera& camera, const Canvas& canvas, const VisibleParts& parts,
              ObjectClass cls, int id, const Poker* poker) {
    const auto it = parts.find(id);
    if (it == parts.end()) {
        return {};
    }
    const BoxPx box = it->second.box();
    const double seen = it->second.pixels / std::max(1.0, canvas.fullArea(id));
    const double longest = std::max(box.w, box.h), unit = camera.width / 640;
    const bool tooLittle = cls == ObjectClass::Person ? box.h < 8 || it->second.pixels < 40
                           : cls == ObjectClass::Hoe
                               ? longest < 10 || seen < 0.3
                               : longest < kShortestBar * camera.width ||
                                     it->second.pixels < kFewestPixels * unit * unit ||
                                     seen < 1 - kWorstHidden;
    if (tooLittle) {
        return {std::nullopt, box};
    }
    Detection d{cls, 1, box, std::nullopt};
    if (poker != nullptr) {
        const auto axis = visibleAxis(camera, *poker, canvas.ids(), id);
        if (!axis) {
            return {std::nullopt, box};
        }
        PokerPoints points;
        points.low = axis->first;
        points.top = axis->second;
        points.lowScore = points.topScore = 1;
        points.immersedScore = poker->immersed() ? 1.0F : 0.0F;
        d.poker = points;
    }
    return {d, std::nullopt};
}

}  // namespace cvd::simulation
