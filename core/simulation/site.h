// Grounds and surroundings: procedural sites, or licensed photographs.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <opencv2/core.hpp>

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/simulation/canvas.h"
#include "core/simulation/random.h"

namespace cvd::simulation {

// Photographs with the boxes of the people in them, kept as JPEG bytes. Read-only after loading, so
// threads may share it.
class BackgroundPool {
public:
    struct Picture {
        std::vector<unsigned char> jpeg;
        std::vector<BoxPx> persons;  // pixels of the picture
    };

    // `folder` holds images/ and labels/ in YOLO's text form; `personClass` is the class that means
    // a person. Pictures whose longer side is above `maxSide` are scaled down.
    Status addYoloFolder(const std::filesystem::path& folder, int personClass, int maxSide = 960);
    bool empty() const { return m_pictures.empty(); }
    size_t size() const { return m_pictures.size(); }
    const Picture& at(size_t i) const { return m_pictures[i]; }

private:
    std::vector<Picture> m_pictures;
};

// Multi-scale noise of mean 0 and deviation about 1, CV_32F. `grain` is the finest cell in pixels.
cv::Mat noiseField(Random& random, cv::Size size, double coarse, double grain, double persistence);

// The ground z = 0 in perspective with concrete, formwork, mesh, puddles; wall or sky above the
// horizon.
void paintSite(cv::Mat& bgr, const Camera& camera, Random& random, bool flat);

// Fresh concrete texture on a polygon of the ground.
void paintConcrete(cv::Mat& bgr, const Camera& camera, const std::vector<Vec3>& outline,
                   Random& random, bool flat);

// What the lens, the sensor and the file do to a picture.
void spoil(cv::Mat& bgr, Random& random, double strength);

}  // namespace cvd::simulation
