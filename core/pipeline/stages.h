// The three threads of a detection run and the queues between them.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include <opencv2/core/mat.hpp>

#include "core/media/video_reader.h"
#include "core/media/video_writer.h"
#include "core/pipeline/bounded_queue.h"
#include "core/pipeline/pipeline.h"

namespace cvd::pipeline {

struct StageOutput {
    Tracks tracks;
    cv::Mat firstFrame;
    StageSeconds seconds;
    FrameIndex thinnedPoints = 0;  // weak detections dropped to bound memory
};

// Runs over `range` of the reader. The referenced objects belong to the caller and are used by one
// thread each until join() returned.
class Stages {
public:
    // `writer` may be null: no result.mp4. While `pause` is true no frame is read, and those that
    // are under way are finished; null: never.
    Stages(media::VideoReader& reader, inference::Detector& detector, media::VideoWriter* writer,
           FrameRange range, const std::atomic<bool>* pause = nullptr);
    ~Stages();  // cancels and joins

    void start();
    // Waits until all threads are done, at most `milliseconds`; true when they are.
    bool waitFor(int milliseconds);
    void cancel();
    // After waitFor() was true or cancel() was called.
    Result<StageOutput> join();

    FrameIndex done() const { return m_done; }

private:
    // `bgr` empty: a frame that cannot be decoded.
    struct Picture {
        FrameIndex index = 0;
        double timeS = 0;
        cv::Mat bgr;
    };
    struct Seen {
        Picture picture;
        std::vector<Detection> detections;
    };

    void run(Status (Stages::*stage)());
    void waitWhilePaused();
    Status decode();
    Status detect();
    Status detectBatch(std::vector<Picture>& batch);
    Status track();
    Status drawAndWrite(const Picture& picture, const std::vector<TrackPoint>& points);
    void setError(const Error& error);

    media::VideoReader& m_reader;
    inference::Detector& m_detector;
    media::VideoWriter* m_writer;
    const FrameRange m_range;
    const std::atomic<bool>* const m_pause;
    BoundedQueue<Picture> m_pictures;
    BoundedQueue<Seen> m_seen{4};
    StageOutput m_output;
    struct Drawing;
    std::unique_ptr<Drawing> m_drawing;

    std::mutex m_mutex;
    std::condition_variable m_ended, m_notPaused;
    int m_running = 0;
    bool m_cancelled = false;
    std::optional<Error> m_error;
    std::atomic<FrameIndex> m_done{0};
    std::vector<std::thread> m_threads;
};

// Bounds memory whatever a video holds: above `most` points the weakest ones that belong to no
// track go. Returns how many went.
std::size_t thinOut(std::vector<TrackPoint>& points, std::size_t most);

}  // namespace cvd::pipeline
