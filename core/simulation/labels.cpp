#include "core/simulation/labels.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cvd::simulation {
namespace {

// The least of a class that is labelled; px at 640 pixels of width.
struct Least {
    double longSide = 0, pixels = 0;
    double seen = 0;  // share
};
constexpr Least leastOf(ObjectClass cls) {
    switch (cls) {
        case ObjectClass::Vibrator:
            return {9, 18, 0.38};
        case ObjectClass::Hoe:
            return {11, 0, 0.33};
        // A sleeve or a boot beside a form is no person, for whoever labels photographs either.
        case ObjectClass::Person:
            return {10, 50, 0.28};
    }
    return {};
}

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

bool canBeTold(ObjectClass cls, const Visible& part, double seen, double width) {
    const Least least = leastOf(cls);
    const double unit = width / 640;
    const auto longSide = static_cast<double>(
        cls == ObjectClass::Person ? part.pixelBox.height
                                   : std::max(part.pixelBox.width, part.pixelBox.height));
    return longSide >= least.longSide * unit && part.pixels >= least.pixels * unit * unit &&
           seen >= least.seen;
}

Label labelOf(const Camera& camera, const Canvas& canvas, const VisibleParts& parts,
              ObjectClass cls, int id, const Poker* poker) {
    const auto it = parts.find(id);
    if (it == parts.end()) {
        return {};
    }
    const BoxPx box = it->second.box();
    // The limbs of a person overlap in the canvas's account, so that nothing can be said of a
    // share.
    const double seen =
        cls == ObjectClass::Person ? 1 : it->second.pixels / std::max(1.0, canvas.fullArea(id));
    if (!canBeTold(cls, it->second, seen, camera.width)) {
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
