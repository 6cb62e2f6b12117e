#include "core/inference/people_fit.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cvd::inference {
namespace {

int roundedUp(double side, int multiple) {
    return static_cast<int>(std::ceil(side / multiple - 1e-9)) * multiple;
}

}  // namespace

std::vector<double> peopleHeights(const std::vector<Detection>& found,
                                  const ModelManifest& manifest, int pictureWidth,
                                  int pictureHeight) {
    constexpr double kEdge = 0.01;  // of the picture's height
    const double edge = kEdge * pictureHeight;
    const float least = manifest.defaultThreshold[static_cast<size_t>(ObjectClass::Person)];
    std::vector<double> heights;
    for (const Detection& d : found) {
        const bool whole = d.box.x > edge && d.box.y > edge &&
                           d.box.x + d.box.w < pictureWidth - edge &&
                           d.box.y + d.box.h < pictureHeight - edge;
        if (d.cls == ObjectClass::Person && d.score >= least && whole) {
            heights.push_back(d.box.h);
        }
    }
    return heights;
}

double scaleForPeople(std::vector<double> heights, double height, double least, double most) {
    const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
    std::nth_element(heights.begin(), middle, heights.end());
    return std::clamp(height / *middle, least, std::max(least, most));
}

std::optional<InputSize> inputForPeople(const ModelManifest& manifest, int pictureWidth,
                                        int pictureHeight, std::vector<double> heights) {
    constexpr size_t kFewest = 5;
    constexpr double kWorthIt = 1.15;
    if (!manifest.peopleFit || manifest.stretch || heights.size() < kFewest) {
        return std::nullopt;
    }
    const PeopleFit& fit = *manifest.peopleFit;
    const double own = std::min(static_cast<double>(manifest.inputWidth) / pictureWidth,
                                static_cast<double>(manifest.inputHeight) / pictureHeight);
    const double most = std::min({1.0, static_cast<double>(fit.largestWidth) / pictureWidth,
                                  static_cast<double>(fit.largestHeight) / pictureHeight});
    const double scale = scaleForPeople(std::move(heights), fit.height, own, most);
    if (scale < kWorthIt * own) {
        return std::nullopt;
    }
    return InputSize{roundedUp(scale * pictureWidth, fit.multiple),
                     roundedUp(scale * pictureHeight, fit.multiple)};
}

}  // namespace cvd::inference
