// How fast a detection runs and how much memory it takes.
//
//   bench_detect VIDEO [--model FILE] [--no-video] [--preset NAME] [--decode-threads N]
//   [--read-only]
//
// Prints one line of figures, and the busy seconds of each stage. --read-only only decodes the
// video twice: in order, and 200 frames in random order.
#include <QCoreApplication>
#include <QTemporaryDir>
#include <cstdio>
#include <fstream>
#include <random>
#include <string>

#include <chrono>

#include "core/media/video_reader.h"
#include "core/pipeline/late_detector.h"
#include "core/pipeline/pipeline.h"

using namespace cvd;

namespace {

double secondsSince(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double peakMegabytes() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        if (word == "VmHWM:") {
            double kilobytes = 0;
            status >> kilobytes;
            return kilobytes / 1024;
        }
    }
    return 0;
}

int failed(const Error& error) {
    std::fprintf(stderr, "%s (%s)\n", error.message().c_str(), error.detail.c_str());
    return static_cast<int>(error.kind);
}

int readOnly(const std::filesystem::path& video) {
    auto start = std::chrono::steady_clock::now();
    auto reader = media::VideoReader::open(video);
    if (!reader.ok()) {
        return failed(reader.error());
    }
    const auto& info = (*reader)->info();
    std::printf("%s %dx%d %s: %lld frames, %.3f frames/s%s, %.3f s; open %.3f s\n",
                info.file.c_str(), info.width, info.height, info.codec.c_str(),
                static_cast<long long>(info.frames), info.fps,
                info.variableFrameRate ? " (variable)" : "", info.durationS, secondsSince(start));
    start = std::chrono::steady_clock::now();
    media::Frame frame;
    FrameIndex seen = 0;
    while (*(*reader)->next(frame)) {
        ++seen;
    }
    std::printf("in order: %lld frames, %.1f frames/s, %zu damaged\n", static_cast<long long>(seen),
                static_cast<double>(seen) / secondsSince(start), (*reader)->damagedFrames().size());
    std::mt19937 random(1);
    start = std::chrono::steady_clock::now();
    for (int i = 0; i < 200; ++i) {
        const auto wanted = static_cast<FrameIndex>(random() % static_cast<unsigned>(info.frames));
        const auto got = (*reader)->frame(wanted);
        if (!got.ok()) {
            return failed(got.error());
        }
    }
    std::printf("random: %.1f ms a frame\n", secondsSince(start) * 1000 / 200);
    start = std::chrono::steady_clock::now();
    const FrameIndex last = std::min<FrameIndex>(info.frames - 1, 400);
    for (FrameIndex i = last; i >= 0; --i) {
        if (const auto got = (*reader)->frame(i); !got.ok()) {
            return failed(got.error());
        }
    }
    std::printf("backwards: %.1f ms a frame\n",
                secondsSince(start) * 1000 / static_cast<double>(last + 1));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    pipeline::restartWithPassiveOpenMp(argv);
    QCoreApplication application(argc, argv);
    pipeline::DetectRequest request;
    bool onlyRead = false;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const auto value = [&] { return std::string(i + 1 < argc ? argv[++i] : ""); };
        if (word == "--model") {
            request.modelFile = value();
        } else if (word == "--preset") {
            request.videoPreset = value();
        } else if (word == "--decode-threads") {
            request.decodeThreads = std::stoi(value());
        } else if (word == "--no-video") {
            request.writeVideo = false;
        } else if (word == "--read-only") {
            onlyRead = true;
        } else {
            request.videoFile = word;
        }
    }
    if (request.videoFile.empty()) {
        std::fprintf(stderr, "usage: bench_detect VIDEO [--model FILE] [--no-video] ...\n");
        return 2;
    }
    if (onlyRead) {
        return readOnly(request.videoFile);
    }
    const QTemporaryDir folder;
    request.outDir = folder.path().toStdString() + "/result";
    const auto start = std::chrono::steady_clock::now();
    const std::atomic<bool> never{false};
    const auto result = pipeline::runDetect(request, {}, never);
    if (!result.ok()) {
        return failed(result.error());
    }
    const auto& s = result->stages;
    const auto frames = result->summary.lastFrame - result->summary.firstFrame + 1;
    std::printf("%lld frames, %.1f frames/s while detecting, %.1f over all %.2f s, peak %.0f MB\n",
                static_cast<long long>(frames), result->summary.timing.framesPerS,
                static_cast<double>(frames) / secondsSince(start), secondsSince(start),
                peakMegabytes());
    std::printf(
        "busy seconds: prepare %.2f decode %.2f detect %.2f track %.2f draw %.2f encode "
        "%.2f judge %.2f write %.2f\n",
        s.prepare, s.decode, s.detect, s.track, s.draw, s.encode, s.judge, s.write);
    return 0;
}
