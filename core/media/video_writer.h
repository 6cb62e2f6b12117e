// H.264 in MP4 from BGR frames. Time stamps come with each frame, so a variable frame rate stays
// so.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <opencv2/core/mat.hpp>

#include "core/base/result.h"

namespace cvd::media {

struct WriterOptions {
    std::string preset = "veryfast";  // x264's names, from ultrafast to placebo
    int crf = 23;                     // 0 (lossless) .. 51
    int threads = 0;                  // 0: two
    int keyframeInterval = 0;         // frames; 0: two seconds
};

// yuv420p, BT.709 limited range, `moov` at the front. H.264 needs an even width and height: an odd
// size is padded by repeating the last column or row (see encodedWidth).
//
// Thread use: one thread at a time. Until finish() succeeds the file is incomplete, and the
// destructor removes it.
class VideoWriter {
public:
    // `fps` is the nominal rate: it guides the encoder and gives the last frame its duration.
    // Environment errors: folder missing or not writable, no H.264 encoder in this FFmpeg.
    static Result<std::unique_ptr<VideoWriter>> open(const std::filesystem::path& file, int width,
                                                     int height, double fps,
                                                     const WriterOptions& options = {});
    ~VideoWriter();
    VideoWriter(const VideoWriter&) = delete;
    VideoWriter& operator=(const VideoWriter&) = delete;

    int encodedWidth() const;
    int encodedHeight() const;

    // `bgr` is 8-bit with the size given to open(); `timeS` must increase by at least 1/90000 s.
    // A full disk is an Environment error here or in finish().
    Status write(const cv::Mat& bgr, double timeS);

    // Flushes, writes the table of contents and closes. Nothing may be written afterwards.
    Status finish();

private:
    struct Impl;
    explicit VideoWriter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace cvd::media
