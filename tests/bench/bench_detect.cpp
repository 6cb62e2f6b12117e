// How fast a detection runs and how much memory it takes.
//
//   bench_detect VIDEO [--model FILE] [--no-video] [--preset NAME] [--decode-threads N]
//   [--read-only] [--crowd N] [--watch]
//
// Prints one line of figures, and the busy seconds of each stage. --read-only only decodes the
// video twice: in order, and 200 frames in random order. --crowd N puts N moving objects into every
// frame instead of asking a network, the worst that a long video can hold: what memory it takes is
// told by --watch, a line for every tenth of the video. A video of two hours for it:
//   ffmpeg -f lavfi -i testsrc2=s=160x96:r=25 -t 7200 -c:v libx264 -preset ultrafast two_hours.mp4
#include <QCoreApplication>
#include <QTemporaryDir>
#include <cmath>
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

double megabytes(const std::string& which) {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        if (word == which) {
            double kilobytes = 0;
            status >> kilobytes;
            return kilobytes / 1024;
        }
    }
    return 0;
}

// People who walk to and fro, and a poker that goes in and out every ten seconds.
class Crowd : public inference::Detector {
public:
    explicit Crowd(int objects) : m_objects(objects) {
        m_manifest.name = "crowd";
        m_manifest.version = "1";
    }
    Result<std::vector<std::vector<Detection>>> detect(std::span<const cv::Mat> frames) override {
        std::vector<std::vector<Detection>> all;
        for (const cv::Mat& frame : frames) {
            all.push_back(seenIn(frame.cols, frame.rows));
            ++m_frame;
        }
        return all;
    }
    const inference::ModelManifest& manifest() const override { return m_manifest; }
    std::string deviceName() const override { return "none"; }

private:
    std::vector<Detection> seenIn(int width, int height) const {
        std::vector<Detection> seen;
        for (int i = 0; i < m_objects; ++i) {
            const double way = 0.5 + 0.4 * std::sin(0.004 * m_frame + 1.7 * i);
            Detection one;
            one.cls = ObjectClass::Person;
            one.score = 0.8F;
            one.box = {way * width * 0.8, height * (0.05 + 0.8 * i / m_objects), width * 0.06,
                       height * 0.1};
            seen.push_back(one);
        }
        const bool in = m_frame % 250 < 150;
        const double low = height * (in ? 0.8 : 0.7);
        Detection poker;
        poker.cls = ObjectClass::Vibrator;
        poker.score = 0.9F;
        poker.box = {width * 0.45, low - height * 0.4, width * 0.05, height * 0.4};
        poker.poker = PokerPoints{{width * 0.47, low},
                                  {width * 0.47, low - height * 0.4},
                                  0.9F,
                                  0.9F,
                                  in ? 0.95F : 0.05F};
        seen.push_back(poker);
        return seen;
    }

    int m_objects;
    std::int64_t m_frame = 0;
    inference::ModelManifest m_manifest;
};

// A line for every tenth of the video.
pipeline::ProgressSink watching() {
    return [told = FrameIndex(-1)](const pipeline::Progress& p) mutable {
        const FrameIndex tenth = p.total > 0 ? p.done * 10 / p.total : -1;
        if (tenth > told || p.stage == pipeline::Stage::Judging ||
            p.stage == pipeline::Stage::Writing) {
            told = std::max(told, tenth);
            std::printf("%lld frames: %.0f MB\n", static_cast<long long>(p.done),
                        megabytes("VmRSS:"));
            std::fflush(stdout);
        }
    };
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
    pipeline::restartWithBriefSpinning(argv);
    QCoreApplication application(argc, argv);
    pipeline::DetectRequest request;
    pipeline::ProgressSink progress;
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
        } else if (word == "--crowd") {
            request.detectorFactory =
                [objects = std::stoi(value())](
                    const auto&, const auto&) -> Result<std::unique_ptr<inference::Detector>> {
                return std::unique_ptr<inference::Detector>(std::make_unique<Crowd>(objects));
            };
        } else if (word == "--watch") {
            progress = watching();
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
    const auto result = pipeline::runDetect(request, progress, never);
    if (!result.ok()) {
        return failed(result.error());
    }
    const auto& s = result->stages;
    const auto frames = result->summary.lastFrame - result->summary.firstFrame + 1;
    std::printf("%lld frames, %.1f frames/s while detecting, %.1f over all %.2f s, peak %.0f MB\n",
                static_cast<long long>(frames), result->summary.timing.framesPerS,
                static_cast<double>(frames) / secondsSince(start), secondsSince(start),
                megabytes("VmHWM:"));
    std::printf(
        "busy seconds: prepare %.2f decode %.2f detect %.2f track %.2f draw %.2f encode "
        "%.2f judge %.2f write %.2f\n",
        s.prepare, s.decode, s.detect, s.track, s.draw, s.encode, s.judge, s.write);
    return 0;
}
