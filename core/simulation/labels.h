// What of the painted objects can be seen, as labels. See training_sample.h for the conventions.
#pragma once

#include <map>
#include <optional>

#include "core/base/types.h"
#include "core/simulation/actors.h"
#include "core/simulation/canvas.h"

namespace cvd::simulation {

struct Visible {
    cv::Rect pixelBox;  // right and bottom exclusive
    int pixels = 0;
    BoxPx box() const {  // of a label: pixel centres are at integers
        return {pixelBox.x - 0.5, pixelBox.y - 0.5, static_cast<double>(pixelBox.width),
                static_cast<double>(pixelBox.height)};
    }
};
using VisibleParts = std::map<int, Visible>;

VisibleParts visibleParts(const cv::Mat& ids);

// Whether so much can be seen of a thing that it is labelled: what a person could not tell either
// is neither right nor wrong. `seen`: share of the whole thing that is not hidden, 0..1. `width` of
// the picture in px: sizes count at 640.
bool canBeTold(ObjectClass cls, const Visible& part, double seen, double width);

// The ends of what is visible of a bar, found by walking its axis; px, inside the picture. "Low" is
// a matter of the picture for a bar that is not in the concrete: it may lie or hang.
struct VisibleAxis {
    PointPx low, top;
    double hiddenShare = 0;  // of the bar, from its lower end up to where it is first seen
};
std::optional<VisibleAxis> visibleAxis(const Camera& camera, const Vec3& low, const Vec3& top,
                                       bool immersed, const cv::Mat& ids, int id);

struct Label {
    std::optional<Detection> object;
    std::optional<BoxPx> ignored;  // too little of it can be seen
};
// `poker` for the class Vibrator only.
Label labelOf(const Camera& camera, const Canvas& canvas, const VisibleParts& parts,
              ObjectClass cls, int id, const Poker* poker);

}  // namespace cvd::simulation
