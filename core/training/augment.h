// Random changes of a training picture beyond what the simulator varies, and the cut to training
// size.
#pragma once

#include <random>

#include <opencv2/core/mat.hpp>

#include "core/training/network_options.h"
#include "core/training/sample_source.h"

namespace cvd::training {

struct AugmentOptions {
    int width = 384, height = 224;     // px, multiples of 32
    double normalWidth = kInputWidth;  // px; scale 1 shows the picture as the detector's input does
    double smallestScale = 0.6, largestScale = 1.4;
    // px; the middle person of a picture that shows any has this height at scale 1, as a run of a
    // model with inference::PeopleFit would show them: in an input no smaller than normalWidth, no
    // wider than widestPicture. 0: normalWidth for every picture.
    double peopleHeight = 0, widestPicture = 1280;
    double peopleShare = 0.75;  // of the pictures with people; the others at normalWidth
    bool colour = true;         // brightness, contrast, hue, blur, noise, JPEG
};

// A picture of training size with its truth. `ignored`: regions (px) where an object is cut so much
// that neither yes nor no is right.
struct TrainingCrop {
    cv::Mat bgr;
    std::vector<Detection> truth;
    std::vector<Detection> ignored;
    std::array<bool, kObjectClassCount> labelled{true, true, true};
};

TrainingCrop augment(const LabelledPicture& picture, const AugmentOptions& options,
                     std::mt19937_64& random);

// Truth of an object after the picture was cut to [0, width) x [0, height): a poker's bar is cut at
// the edge, so its points stay the ends of what can be seen. Empty: nothing is left. `visible`
// receives the part (0..1) that is left.
std::optional<Detection> clipTruth(const Detection& truth, double width, double height,
                                   double& visible);

}  // namespace cvd::training
