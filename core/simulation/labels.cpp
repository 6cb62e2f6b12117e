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

std::optional<VisibleAxis> visibleAxis(const Camera& camera, const Vec3& low, const Vec3& top,
                                       bool immersed, const cv::Mat& ids, int id) {
    constexpr int kSteps = 200;
    std::optional<VisibleAxis> found;
    for (int i = 0; i <= kSteps; ++i) {
        const double share = static_cast<double>(i) / kSteps;
        const Camera::Seen s = camera.project(low + (top - low) * share);
        const cv::Rect about = cv::Rect(cvRound(s.px.x) - 1, cvRound(s.px.y) - 1, 3, 3) &
                               cv::Rect(0, 0, ids.cols, ids.rows);
        if (s.depth <= 0 || about.empty() || cv::countNonZero(ids(about) == id) == 0) {
            continue;
        }
        const PointPx at{std::clamp(s.px.x, 0.0, ids.cols - 1.0),
                         std::clamp(s.px.y, 0.0, ids.rows - 1.0)};
        if (!found) {
            found = VisibleAxis{at, at, share};
        }
        found->top = at;
    }
    if (found && found->low.y < found->top.y && !immersed) {
        std::swap(found->low, found->top);
    }
    return found;
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
        const auto axis =
            visibleAxis(camera, poker->contact(), poker->top, poker->immersed(), canvas.ids(), id);
        if (!axis) {
            return {std::nullopt, box};
        }
        PokerPoints points;
        points.low = axis->low;
        points.top = axis->top;
        points.lowScore = points.topScore = 1;
        points.immersedScore = poker->immersed() ? 1.0F : 0.0F;
        d.poker = points;
    }
    return {d, std::nullopt};
}

}  // namespace cvd::simulation
