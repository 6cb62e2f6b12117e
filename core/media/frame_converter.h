// Private to core/media: a decoded picture to upright BGR.
#pragma once

#include <opencv2/core/mat.hpp>

#include "core/media/av_support.h"

namespace cvd::media {

// How the stored picture is turned to be shown: transposed first, then mirrored.
struct Orientation {
    bool transpose = false, flipX = false, flipY = false;
};
// From the stream's display matrix, to the nearest quarter turn; upright without one.
Orientation orientationOf(const AVStream& stream);

class FrameConverter {
public:
    // `width` x `height`: size as stored, before turning. Pictures of another size in mid-stream
    // are scaled to it.
    FrameConverter(int width, int height, Orientation orientation)
        : m_width(width), m_height(height), m_orientation(orientation) {}

    // Writes into `out`, which is reallocated when somebody else refers to its pixels.
    Status convert(const AVFrame& frame, cv::Mat& out);

private:
    Status prepare(const AVFrame& frame);

    int m_width, m_height;
    Orientation m_orientation;
    AvPtr<SwsContext> m_scaler;
    int m_sourceWidth = 0, m_sourceHeight = 0, m_sourceFormat = -1, m_sourceSpace = -1,
        m_sourceRange = -1;
    cv::Mat m_padded;  // rows of 64-byte multiples, because swscale's fast paths write whole blocks
    cv::Mat m_turned;
};

}  // namespace cvd::media
