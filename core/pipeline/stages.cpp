#include "core/pipeline/stages.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <functional>
#include <utility>

#include "core/inference/common_score.h"
#include "core/report/overlay.h"
#include "core/tracking/bar_slide.h"
#include "core/tracking/motion_estimator.h"
#include "core/tracking/tracker.h"

namespace cvd::pipeline {
namespace {

// 3 million points are about 400 MB: 2 hours at 25 frames/s with 16 objects in every frame.
constexpr std::size_t kMostPoints = 3'000'000;
constexpr std::size_t kMostDetections = 48;  // of a frame, best first

// Adds the time of its life to a sum.
class Stopwatch {
public:
    explicit Stopwatch(double& sum) : m_sum(sum) {}
    ~Stopwatch() {
        m_sum += std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
    }
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;

private:
    double& m_sum;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

Error atFrame(const Error& cause, FrameIndex frame) {
    return fail(cause.kind,
                CVD_TR("core",
                       "The detection failed at frame %1. Try another device or model; the "
                       "details say what went wrong."),
                {std::to_string(frame)}, cause.message() + " " + cause.detail);
}

// Pokers are judged after the last frame; while frames are drawn the network's own opinion stands
// in.
void assumeImmersion(std::vector<TrackPoint>& points) {
    for (auto& point : points) {
        if (point.poker && point.poker->immersedScore >= 0) {
            point.immersed = point.poker->immersedScore > 0.5F;
        }
    }
}

void toCommonScores(std::vector<Detection>& detections, const inference::ModelManifest& model) {
    for (Detection& d : detections) {
        d.score = inference::commonScore(d.score, model.defaultThreshold[static_cast<int>(d.cls)]);
    }
    std::stable_sort(detections.begin(), detections.end(),
                     [](const Detection& a, const Detection& b) { return a.score > b.score; });
}

}  // namespace

std::size_t thinOut(std::vector<TrackPoint>& points, std::size_t most) {
    const std::size_t before = points.size();
    for (const float weakest : {0.15F, 0.3F, 2.0F}) {
        if (points.size() <= most) {
            break;
        }
        std::erase_if(points, [&](const TrackPoint& point) {
            return !point.track.valid() && point.score < weakest;
        });
    }
    return before - points.size();
}

struct Stages::Drawing {
    report::ImmersedClock clock;
    double startS = -1;
};

Stages::Stages(media::VideoReader& reader, inference::Detector& detector,
               media::VideoWriter* writer, FrameRange range, const std::atomic<bool>* pause)
    : m_reader(reader),
      m_detector(detector),
      m_writer(writer),
      m_range(range),
      m_pause(pause),
      m_pictures(static_cast<std::size_t>(4 + std::max(1, detector.preferredBatch()))),
      m_drawing(std::make_unique<Drawing>()) {}

Stages::~Stages() {
    cancel();
    for (auto& thread : m_threads) {
        thread.join();
    }
}

void Stages::start() {
    m_running = 3;
    m_threads.emplace_back([this] { run(&Stages::decode); });
    m_threads.emplace_back([this] { run(&Stages::detect); });
    m_threads.emplace_back([this] { run(&Stages::track); });
}

bool Stages::waitFor(int milliseconds) {
    std::unique_lock lock(m_mutex);
    return m_ended.wait_for(lock, std::chrono::milliseconds(milliseconds),
                            [this] { return m_running == 0; });
}

void Stages::cancel() {
    {
        const std::lock_guard lock(m_mutex);
        m_cancelled = true;
        m_notPaused.notify_all();
    }
    m_pictures.cancel();
    m_seen.cancel();
}

// Whoever ends the pause knows nothing of this thread, so the flag is looked at now and then.
void Stages::waitWhilePaused() {
    constexpr std::chrono::milliseconds kLookAgain{40};
    std::unique_lock lock(m_mutex);
    while (m_pause != nullptr && *m_pause && !m_cancelled) {
        m_notPaused.wait_for(lock, kLookAgain);
    }
}

void Stages::setError(const Error& error) {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_error) {
            m_error = error;
        }
    }
    cancel();
}

Result<StageOutput> Stages::join() {
    for (auto& thread : m_threads) {
        thread.join();
    }
    m_threads.clear();
    if (m_error) {
        return *m_error;
    }
    return std::move(m_output);
}

// No exception leaves a thread.
void Stages::run(Status (Stages::*stage)()) {
    Status status;
    try {
        status = (this->*stage)();
    } catch (const std::exception& problem) {
        status = fail(ErrorKind::Environment,
                      CVD_TR("core",
                             "The detection stopped near frame %1 because of an unexpected "
                             "error. The details say what went wrong."),
                      {std::to_string(m_range.first + m_done)}, problem.what());
    }
    if (!status.ok()) {
        setError(status.error());
    }
    const std::lock_guard lock(m_mutex);
    --m_running;
    m_ended.notify_all();
}

Status Stages::decode() {
    CVD_TRY(m_reader.seek(m_range.first));
    FrameIndex expected = m_range.first;
    for (;;) {
        media::Frame frame;
        waitWhilePaused();
        {
            const Stopwatch watch(m_output.seconds.decode);
            CVD_TRY_ASSIGN(const bool more, m_reader.next(frame));
            if (!more || frame.index > m_range.last) {
                break;
            }
        }
        for (; expected < frame.index; ++expected) {  // damaged: time goes on, nothing is seen
            if (!m_pictures.push({expected, m_reader.timeS(expected), {}})) {
                return {};
            }
        }
        if (!m_pictures.push({frame.index, frame.timeS, std::move(frame.bgr)})) {
            return {};
        }
        if (expected++ == m_range.last) {
            break;
        }
    }
    if (expected == m_range.first) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core",
                           "No frame from %1 to %2 can be decoded. Copy the video again or "
                           "choose another range."),
                    {std::to_string(m_range.first), std::to_string(m_range.last)});
    }
    m_pictures.close();
    return {};
}

// Batches are filled to the same size in every run, so that timing cannot change a result.
Status Stages::detect() {
    const auto batchSize = static_cast<std::size_t>(std::max(1, m_detector.preferredBatch()));
    std::vector<Picture> batch;
    for (;;) {
        auto picture = m_pictures.pop();
        if (picture) {
            batch.push_back(std::move(*picture));
        }
        if (batch.size() == batchSize || (!picture && !batch.empty())) {
            CVD_TRY(detectBatch(batch));
            batch.clear();
        }
        if (!picture) {
            break;
        }
    }
    m_seen.close();
    return {};
}

Status Stages::detectBatch(std::vector<Picture>& batch) {
    std::vector<cv::Mat> pictures;
    for (const auto& picture : batch) {
        if (!picture.bgr.empty()) {
            pictures.push_back(picture.bgr);
        }
    }
    std::vector<std::vector<Detection>> found;
    if (!pictures.empty()) {
        const Stopwatch watch(m_output.seconds.detect);
        auto result = m_detector.detect(pictures);
        if (!result.ok()) {
            return atFrame(result.error(), batch.front().index);
        }
        found = std::move(*result);
        for (auto& detections : found) {
            toCommonScores(detections, m_detector.manifest());
        }
    }
    std::size_t next = 0;
    for (auto& picture : batch) {
        Seen seen{std::move(picture), {}};
        if (!seen.picture.bgr.empty() && next < found.size()) {
            seen.detections = std::move(found[next++]);
            seen.detections.resize(std::min(seen.detections.size(), kMostDetections));
        }
        if (!m_seen.push(std::move(seen))) {
            return {};
        }
    }
    return {};
}

Status Stages::track() {
    tracking::Tracker tracker;
    tracking::MotionEstimator motion;
    tracking::BarSlide slide;
    Tracks& tracks = m_output.tracks;
    tracks.firstFrame = m_range.first;
    std::size_t most = kMostPoints;
    while (auto seen = m_seen.pop()) {
        const Picture& picture = seen->picture;
        std::vector<TrackPoint> points;
        {
            const Stopwatch watch(m_output.seconds.track);
            const CameraMotion moved = picture.bgr.empty()
                                           ? CameraMotion{}
                                           : motion.pushFull(picture.bgr, seen->detections);
            points = tracker.push(picture.index, picture.timeS, seen->detections, moved);
            if (!picture.bgr.empty()) {
                slide.measure(picture.bgr, points);
            }
            tracks.points.insert(tracks.points.end(), points.begin(), points.end());
            tracks.frameTimesS.push_back(picture.timeS);
            tracks.motion.push_back(moved);
            if (tracks.points.size() > most) {
                m_output.thinnedPoints +=
                    static_cast<FrameIndex>(thinOut(tracks.points, kMostPoints));
                most = std::max(kMostPoints, tracks.points.size()) + kMostPoints / 8;
            }
        }
        if (!picture.bgr.empty()) {
            if (m_output.firstFrame.empty()) {
                m_output.firstFrame = picture.bgr.clone();
            }
            CVD_TRY(drawAndWrite(picture, points));
        }
        ++m_done;
    }
    return {};
}

Status Stages::drawAndWrite(const Picture& picture, const std::vector<TrackPoint>& points) {
    if (m_writer == nullptr) {
        return {};
    }
    if (m_drawing->startS < 0) {
        m_drawing->startS = picture.timeS;
    }
    cv::Mat canvas = picture.bgr;  // the last user of these pixels
    {
        const Stopwatch watch(m_output.seconds.draw);
        std::vector<TrackPoint> shown = points;
        assumeImmersion(shown);
        m_drawing->clock.push(shown, picture.timeS);
        report::drawOverlay(canvas, shown, picture.index, picture.timeS, &m_drawing->clock);
    }
    const Stopwatch watch(m_output.seconds.encode);
    return m_writer->write(canvas, picture.timeS - m_drawing->startS);
}

}  // namespace cvd::pipeline
