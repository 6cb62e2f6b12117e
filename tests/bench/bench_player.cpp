// How long a person waits for a picture in a long video: steps forward and back at the pace of a
// held key, and jumps to any place. What is timed is what the review page does:
// FrameSource::request() until frameReady() arrives in the GUI thread.
//
//   bench_player VIDEO [--steps N] [--seeks N] [--pause MS] [--look MS]
//
// A two-hour file with a key frame every ten seconds, made of one minute repeated:
//   ffmpeg -f lavfi -i testsrc=size=1280x720:rate=25 -t 60 -c:v libx264 -preset veryfast -b:v 800k
//          -g 250 -keyint_min 250 -sc_threshold 0 -bf 2 minute.mp4
//   ffmpeg -stream_loop 119 -i minute.mp4 -c copy two_hours.mp4
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QGuiApplication>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <random>
#include <vector>

#include "ui/review/frame_source.h"

using namespace cvd;
using namespace cvd::ui;

namespace {

double waitFor(FrameSource& source, FrameIndex wanted) {
    QEventLoop loop;
    QElapsedTimer timer;
    double ms = -1;
    const auto ready =
        QObject::connect(&source, &FrameSource::frameReady, &loop, [&](FrameIndex frame) {
            if (frame == wanted) {
                ms = double(timer.nsecsElapsed()) / 1e6;
                loop.quit();
            }
        });
    const auto failed =
        QObject::connect(&source, &FrameSource::frameFailed, &loop, [&] { loop.quit(); });
    timer.start();
    source.request(wanted);
    loop.exec();
    QObject::disconnect(ready);
    QObject::disconnect(failed);
    return ms;
}

void pause(int ms) {
    if (ms > 0) {
        QEventLoop loop;
        QTimer::singleShot(ms, &loop, &QEventLoop::quit);
        loop.exec();
    }
}

void tell(const char* what, std::vector<double> ms) {
    if (ms.empty()) {
        return;
    }
    std::sort(ms.begin(), ms.end());
    const auto share = [&](double part) { return ms[size_t(part * double(ms.size() - 1))]; };
    const auto slow = std::count_if(ms.begin(), ms.end(), [](double t) { return t > 50; });
    std::printf(
        "%-34s n %4zu  median %7.1f  95 %% %7.1f  99 %% %7.1f  worst %7.1f ms  over 50 ms: "
        "%ld\n",
        what, ms.size(), share(0.5), share(0.95), share(0.99), ms.back(), long(slow));
}

}  // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addPositionalArgument("VIDEO", "file");
    parser.addOptions({{"steps", "steps a run", "N", "300"},
                       {"seeks", "jumps", "N", "30"},
                       {"pause", "between two steps", "MS", "40"},
                       {"look", "after the jump from which steps go back", "MS", "1500"}});
    parser.process(app);
    if (parser.positionalArguments().isEmpty()) {
        std::fprintf(
            stderr, "usage: bench_player VIDEO [--steps N] [--seeks N] [--pause MS] [--look MS]\n");
        return 2;
    }
    const int steps = parser.value("steps").toInt(), seeks = parser.value("seeks").toInt();
    const int pauseMs = parser.value("pause").toInt(), lookMs = parser.value("look").toInt();

    FrameSource source;
    std::shared_ptr<const OpenedVideo> video;
    QEventLoop opening;
    QObject::connect(&source, &FrameSource::opened, &opening,
                     [&](const std::shared_ptr<const OpenedVideo>& opened) {
                         video = opened;
                         opening.quit();
                     });
    QObject::connect(&source, &FrameSource::failed, &opening, &QEventLoop::quit);
    QElapsedTimer timer;
    timer.start();
    source.open(parser.positionalArguments().first());
    opening.exec();
    if (!video) {
        std::fprintf(stderr, "cannot be opened\n");
        return 3;
    }
    std::printf("%dx%d, %lld frames, %.0f s, opened in %.2f s\n", video->info.width,
                video->info.height, static_cast<long long>(video->frameCount()),
                video->info.durationS, double(timer.elapsed()) / 1000);

    std::mt19937 random(3);
    const FrameIndex frames = video->frameCount();
    std::vector<double> jumps, forward, back, turns;
    for (int i = 0; i < seeks; ++i) {
        jumps.push_back(waitFor(source, FrameIndex(random() % std::uint64_t(frames))));
        pause(pauseMs);
    }
    FrameIndex at = frames * 2 / 3;
    waitFor(source, at);
    for (int i = 0; i < steps && at + 1 < frames; ++i) {
        pause(pauseMs);
        forward.push_back(waitFor(source, ++at));
    }
    // From a key frame on: the one before it needs the whole group before.
    at = frames / 2 / 250 * 250;
    waitFor(source, at);
    pause(lookMs);
    for (int i = 0; i < steps && at > 0; ++i) {
        pause(pauseMs);
        back.push_back(waitFor(source, --at));
    }
    // To and fro, as one looks for the moment in which a tip touches.
    for (int i = 0; i < steps; ++i) {
        pause(pauseMs);
        at = std::clamp<FrameIndex>(at + ((i / 12) % 2 == 0 ? 1 : -1), 0, frames - 1);
        turns.push_back(waitFor(source, at));
    }
    tell("jumps to any frame", jumps);
    tell("steps forward", forward);
    tell("steps back", back);
    tell("steps to and fro", turns);
    return 0;
}
