// Tracks the detections of a result folder once more and judges them, without the network: what a
// change of core/tracking does to many pours, in seconds.
//
//   bench_retrack RESULT_DIR OUT_DIR        OUT_DIR: a copy with new tracks and verdicts
#include <cstdio>
#include <filesystem>

#include "core/pipeline/pipeline.h"
#include "core/report/result_files.h"
#include "core/report/track_file.h"
#include "core/tracking/tracker.h"

namespace {

using namespace cvd;

Detection detectionOf(const TrackPoint& p) {
    Detection d;
    d.cls = p.cls;
    d.score = p.score;
    d.box = p.box;
    d.poker = p.poker;
    return d;
}

Tracks trackedAgain(const Tracks& old, const tracking::TrackerOptions& options) {
    Tracks tracks = old;
    tracks.points.clear();
    tracking::Tracker tracker(options);
    std::size_t next = 0;
    for (std::size_t i = 0; i < old.frameTimesS.size(); ++i) {
        const FrameIndex frame = old.firstFrame + static_cast<FrameIndex>(i);
        std::vector<Detection> seen;
        for (; next < old.points.size() && old.points[next].frame == frame; ++next) {
            if (!old.points[next].predicted) {
                seen.push_back(detectionOf(old.points[next]));
            }
        }
        const CameraMotion motion = old.motion.empty() ? CameraMotion{} : old.motion[i];
        for (const TrackPoint& p : tracker.push(frame, old.frameTimesS[i], seen, motion)) {
            tracks.points.push_back(p);
        }
    }
    return tracks;
}

int failed(const Error& error) {
    std::fprintf(stderr, "%s\n", error.message().c_str());
    return static_cast<int>(error.kind);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "bench_retrack RESULT_DIR OUT_DIR\n");
        return 2;
    }
    namespace fs = std::filesystem;
    const fs::path from = argv[1], to = argv[2];
    std::error_code error;
    fs::create_directories(to, error);
    for (const char* name :
         {"summary.json", "calibration.json", "profile.json", "first_frame.png", "tracks.bin"}) {
        fs::copy_file(from / name, to / name, fs::copy_options::overwrite_existing, error);
    }
    const QString file = QString::fromStdString((to / "tracks.bin").string());
    const auto old = report::loadTracks(file);
    if (!old.ok()) {
        return failed(old.error());
    }
    const Status saved = report::saveTracks(file, trackedAgain(*old, {}));
    if (!saved.ok()) {
        return failed(saved.error());
    }
    const auto judged = pipeline::rejudge(to, {}, {});
    return judged.ok() ? 0 : failed(judged.error());
}
