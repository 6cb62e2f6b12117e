// Our detector beside others on one machine, in one run: forward time alone, the detector's time
// around it, the original system's two networks (their sizes, random weights) and YOLOX-nano
// through OpenCV; then, with a folder of labelled photographs, how well ours and YOLOX-nano find
// people.
//
//   bench_peers [--model models/cvd-n.json] [--yolox-nano FILE.onnx] [--people FOLDER:CLASS]
//               [--frames N] [--threads N]
//
// FOLDER holds images/ and labels/ in YOLO's text form; CLASS is the number of the class person.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

#include "core/inference/decoders.h"
#include "core/inference/detector.h"
#include "core/inference/preprocess.h"
#include "core/training/evaluate.h"
#include "core/training/peer_networks.h"

namespace {

using namespace cvd;
using Clock = std::chrono::steady_clock;

double msSince(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

// YOLOX-nano as its authors publish it (COCO's 80 classes, undecoded), through OpenCV.
class OpenCvYoloX final : public inference::Detector {
public:
    explicit OpenCvYoloX(const std::string& onnx) : m_net(cv::dnn::readNetFromONNX(onnx)) {
        m_manifest.name = "yolox-nano";
        m_manifest.decoder = inference::Decoder::YoloX;
        m_manifest.inputWidth = m_manifest.inputHeight = 416;
        m_manifest.std = {1, 1, 1};
        m_manifest.align = inference::LetterboxAlign::TopLeft;
        m_manifest.nmsIou = 0.45f;
        m_manifest.classes.assign(80, "");
        m_manifest.classMapping.assign(80, std::nullopt);
        m_manifest.classMapping[0] = ObjectClass::Person;
        m_manifest.defaultThreshold = {0.4f, 0.4f, 0.4f};
    }
    Result<std::vector<std::vector<Detection>>> detect(std::span<const cv::Mat> frames) override {
        std::vector<std::vector<Detection>> all;
        const int sizes[4] = {1, 3, m_manifest.inputHeight, m_manifest.inputWidth};
        for (const cv::Mat& frame : frames) {
            const auto box = inference::letterboxFor(frame.cols, frame.rows, m_manifest);
            cv::Mat blob(4, sizes, CV_32F);
            inference::fillInput(frame, box, m_manifest, blob.ptr<float>(), m_scratch);
            m_net.setInput(blob);
            const auto start = Clock::now();
            const cv::Mat out = m_net.forward();
            m_timing.forwardS = msSince(start) / 1e3;
            const inference::TensorView view{out.ptr<float>(), {out.size[1], out.size[2]}};
            inference::DecodeOptions options;
            options.minScore = 0.01f;
            all.push_back(inference::decodeYoloX(view, box, m_manifest, options));
        }
        return all;
    }
    const inference::ModelManifest& manifest() const override { return m_manifest; }
    std::string deviceName() const override { return "cpu"; }
    inference::DetectorTiming lastTiming() const override { return m_timing; }

private:
    cv::dnn::Net m_net;
    inference::ModelManifest m_manifest;
    inference::DetectorTiming m_timing;
    cv::Mat m_scratch;
};

struct Times {
    double forwardMs = 0, totalMs = 0;
};

Result<Times> timeDetector(inference::Detector& detector, int frames) {
    cv::Mat frame(720, 1280, CV_8UC3);
    cv::randu(frame, cv::Scalar::all(0), cv::Scalar::all(255));
    std::vector<double> forward, total;
    for (int i = 0; i < frames + 5; ++i) {
        const auto start = Clock::now();
        CVD_TRY_ASSIGN(const auto found, detector.detect({&frame, 1}));
        if (i >= 5) {
            total.push_back(msSince(start));
            forward.push_back(detector.lastTiming().forwardS * 1e3);
        }
    }
    return Times{median(forward), median(total)};
}

int failed(const Error& error) {
    std::fprintf(stderr, "%s\n", error.message().c_str());
    return static_cast<int>(error.kind);
}

std::map<std::string, std::string> parse(int argc, char** argv) {
    std::map<std::string, std::string> values{
        {"--model", "models/cvd-n.json"}, {"--frames", "60"}, {"--threads", "2"}};
    for (int i = 1; i + 1 < argc; i += 2) {
        values[argv[i]] = argv[i + 1];
    }
    return values;
}

int people(const std::string& where, inference::Detector& ours, inference::Detector* peer) {
    const size_t colon = where.rfind(':');
    if (colon == std::string::npos) {
        std::fprintf(stderr, "--people needs FOLDER:CLASS.\n");
        return 2;
    }
    const auto source =
        training::yoloFolderSource(where.substr(0, colon), std::atoi(where.c_str() + colon + 1));
    if (!source.ok()) {
        return failed(source.error());
    }
    std::printf("\nPeople in %s\n", where.c_str());
    for (inference::Detector* d : {&ours, peer}) {
        if (d == nullptr) {
            continue;
        }
        const auto figures = training::evaluateOn(*d, **source, 100000);
        if (!figures.ok()) {
            return failed(figures.error());
        }
        const auto& f = figures->classes[static_cast<int>(ObjectClass::Person)];
        std::printf("%-12s AP50 %.3f  AP %.3f  AR100 %.3f  recall %.3f precision %.3f\n",
                    d->manifest().name.c_str(), f.coco.ap50, f.coco.ap, f.coco.ar100, f.recall,
                    f.precision);
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    auto values = parse(argc, argv);
    const int frames = std::max(1, std::atoi(values["--frames"].c_str()));
    const int threads = std::max(1, std::atoi(values["--threads"].c_str()));
    cv::setNumThreads(threads);
    inference::DetectorOptions options;
    options.device = "cpu";
    options.threads = threads;
    options.minScore = 0.01f;
    auto ours = inference::loadDetector(values["--model"], options);
    if (!ours.ok()) {
        return failed(ours.error());
    }
    std::printf("1280x720 frames, CPU, %d threads, medians in ms\n", threads);
    const auto time = timeDetector(**ours, frames);
    if (!time.ok()) {
        return failed(time.error());
    }
    std::printf("%-28s forward %8.2f  detector %8.2f (%.2f of forward)\n",
                (*ours)->manifest().name.c_str(), time->forwardMs, time->totalMs,
                time->totalMs / time->forwardMs);
    std::unique_ptr<OpenCvYoloX> nano;
    if (!values["--yolox-nano"].empty()) {
        try {
            nano = std::make_unique<OpenCvYoloX>(values["--yolox-nano"]);
        } catch (const cv::Exception& e) {
            std::fprintf(stderr, "%s cannot be read: %s\n", values["--yolox-nano"].c_str(),
                         e.what());
            return 3;
        }
        const auto peer = timeDetector(*nano, frames);
        std::printf("%-28s forward %8.2f  detector %8.2f\n", "YOLOX-nano 416x416 (OpenCV)",
                    peer->forwardMs, peer->totalMs);
    }
    const auto networks = training::timePeerNetworks(threads, std::min(frames, 7));
    if (!networks.ok()) {
        return failed(networks.error());
    }
    double eager = 0, optimised = 0;
    for (const auto& n : *networks) {
        std::printf("%-28s eager %10.1f  optimised %9.1f  (%.1f million weights, random)\n",
                    n.name.c_str(), n.eagerMs, n.optimisedMs, n.millionWeights);
        eager += n.eagerMs;
        optimised += n.optimisedMs;
    }
    std::printf("%-28s eager %10.1f  optimised %9.1f  = %.0f and %.0f times our detector\n",
                "the original's pair", eager, optimised, eager / time->totalMs,
                optimised / time->totalMs);
    return values["--people"].empty() ? 0 : people(values["--people"], **ours, nano.get());
}
