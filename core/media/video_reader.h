// A frame-exact video reader: frame N is the same picture whichever way it is reached.
//
// The index of presentation time stamps is built at open by reading the packets (no decoding,
// memory 24 bytes a frame); seeking goes to the key frame before the wanted frame and decodes up to
// it, and the time stamp of the decoded frame is compared with the index. A wrong landing falls
// back to an earlier key frame and in the end to decoding from the first packet.
//
// Thread use: one thread at a time for each reader; different readers are independent.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include <opencv2/core/mat.hpp>

#include "core/base/result.h"
#include "core/base/types.h"

namespace cvd::media {

// `bgr` is 8-bit, full size, upright (the file's rotation is applied), and owned by the caller:
// the reader never writes to it again.
struct Frame {
    FrameIndex index = -1;
    double timeS = 0;  // time stamp minus the first frame's
    cv::Mat bgr;
};

struct OpenOptions {
    int decodeThreads = 0;  // 0: two
    // Decoded frames that are kept for stepping backwards; 0 switches this off (one-way reading).
    std::size_t cacheBytes = 96u << 20;
    // Asked every few hundred packets while the index is built; true ends open() with Cancelled.
    std::function<bool()> cancelled;
};

class VideoReader {
public:
    // Refuses, with the reason (ErrorKind::BadInput), what is missing, empty, a folder, not a
    // video, without a video stream, without a readable frame, cut off before its table of
    // contents, or larger than 16384 pixels a side. VideoInfo::sha256 stays empty (see
    // core/base/file_hash.h).
    static Result<std::unique_ptr<VideoReader>> open(const std::filesystem::path& file,
                                                     const OpenOptions& options = {});
    ~VideoReader();
    VideoReader(const VideoReader&) = delete;
    VideoReader& operator=(const VideoReader&) = delete;

    const VideoInfo& info() const;
    FrameIndex frameCount() const;  // equals info().frames
    // For what runs beside the pictures: the first frame's own time stamp, and whether there is a
    // sound (see sound_reader.h).
    double startS() const;
    bool hasSound() const;
    double timeS(FrameIndex i) const;        // i is clamped to the video
    FrameIndex frameAt(double timeS) const;  // the frame on screen at that time, clamped

    // The next frame after the one returned last (the first one after open); false at the end.
    // Frames that cannot be decoded are left out and listed in damagedFrames().
    Result<bool> next(Frame& out);

    // Exactly frame i, from the cache where possible. A following next() returns i + 1 or later.
    // Fails with Usage outside the video and with BadInput, naming the frame, when it is damaged.
    Result<Frame> frame(FrameIndex i);

    // Makes next() continue with frame i.
    Status seek(FrameIndex i);

    // Decodes one picture more of those that somebody who steps from `around` will ask for next:
    // backwards for a negative `direction`, onwards for a positive one, both for 0. False: they are
    // all there. For idle moments: frame() and next() answer the same without it. Needs a cache.
    bool prefetch(FrameIndex around, int direction);
    bool isCached(FrameIndex i) const;

    // Frames found to be undecodable so far, in increasing order.
    const std::vector<FrameIndex>& damagedFrames() const;
    // So many frames before the first one need a picture that the file does not have, because it
    // was cut there or is damaged; frames and times count from the first one that can be shown.
    FrameIndex missingAtStart() const;

private:
    struct Impl;
    explicit VideoReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

// What open() would accept and what it would say; one pass over the packets and one decoded frame.
Result<VideoInfo> probe(const std::filesystem::path& file,
                        const std::function<bool()>& cancelled = {});

// Writes a JPEG of a frame about a tenth into the video (later ones are tried when that one is
// black), at most `maxWidth` pixels wide. The file appears only when complete.
Status writeThumbnail(const std::filesystem::path& video, const std::filesystem::path& jpgOut,
                      int maxWidth = 480);

}  // namespace cvd::media
