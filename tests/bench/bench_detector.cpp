// How long a frame takes in the detector, and how much of that is the network's forward pass.
//
//   bench_detector [MODEL] [--frames N] [--size 1280x720] [--device cpu] [--threads N]
//                  [--float32 yes]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <opencv2/core.hpp>

#include "core/inference/detector.h"

namespace {

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
    std::string model = "models/cvd-n.json", size = "1280x720";
    int frames = 200;
    cvd::inference::DetectorOptions options;
    for (int i = 1; i < argc; ++i) {
        const std::string arg = argv[i];
        const std::string value = i + 1 < argc ? argv[i + 1] : "";
        if (arg.rfind("--", 0) != 0) {
            model = arg;
            continue;
        }
        ++i;
        if (arg == "--frames") {
            frames = std::max(1, std::atoi(value.c_str()));
        } else if (arg == "--size") {
            size = value;
        } else if (arg == "--device") {
            options.device = value;
        } else if (arg == "--threads") {
            options.threads = std::atoi(value.c_str());
        } else if (arg == "--float32") {
            options.reducedPrecision = false;
        }
    }
    int width = 1280, height = 720;
    if (std::sscanf(size.c_str(), "%dx%d", &width, &height) != 2) {
        std::fprintf(stderr, "--size needs WIDTHxHEIGHT.\n");
        return 2;
    }
    auto detector = cvd::inference::loadDetector(model, options);
    if (!detector.ok()) {
        std::fprintf(stderr, "%s\n", detector.error().message().c_str());
        return static_cast<int>(detector.error().kind);
    }
    cv::Mat frame(height, width, CV_8UC3);
    cv::randu(frame, cv::Scalar::all(0), cv::Scalar::all(255));
    std::vector<double> pre, forward, post, total;
    for (int i = 0; i < frames + 10; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const auto found = (*detector)->detect({&frame, 1});
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - start;
        if (!found.ok()) {
            std::fprintf(stderr, "%s\n", found.error().message().c_str());
            return 4;
        }
        if (i < 10) {
            continue;  // warm-up
        }
        const auto timing = (*detector)->lastTiming();
        pre.push_back(timing.preprocessS * 1e3);
        forward.push_back(timing.forwardS * 1e3);
        post.push_back(timing.postprocessS * 1e3);
        total.push_back(took.count());
    }
    std::printf("%s on %s, %s, %dx%d, median of %d frames in ms\n",
                (*detector)->manifest().name.c_str(), (*detector)->deviceName().c_str(),
                (*detector)->precisionName().c_str(), width, height, frames);
    std::printf(
        "preprocess %.2f  forward %.2f  postprocess %.2f  detector total %.2f (%.2f of forward)\n",
        median(pre), median(forward), median(post), median(total), median(total) / median(forward));
    return 0;
}
