#include "core/media/frame_converter.h"

#include <cmath>
#include <cstdlib>

#include <opencv2/core.hpp>

extern "C" {
#include <libavutil/display.h>
#include <libavutil/pixdesc.h>
}

namespace cvd::media {
namespace {

// The yuvj* formats are the plain ones with full range; swscale wants them named so.
AVPixelFormat withoutRangeInName(int format, bool& fullRange) {
    switch (format) {
        case AV_PIX_FMT_YUVJ420P:
            fullRange = true;
            return AV_PIX_FMT_YUV420P;
        case AV_PIX_FMT_YUVJ422P:
            fullRange = true;
            return AV_PIX_FMT_YUV422P;
        case AV_PIX_FMT_YUVJ444P:
            fullRange = true;
            return AV_PIX_FMT_YUV444P;
        case AV_PIX_FMT_YUVJ440P:
            fullRange = true;
            return AV_PIX_FMT_YUV440P;
        case AV_PIX_FMT_YUVJ411P:
            fullRange = true;
            return AV_PIX_FMT_YUV411P;
        default:
            return static_cast<AVPixelFormat>(format);
    }
}

int colourMatrix(const AVFrame& frame) {
    switch (frame.colorspace) {
        case AVCOL_SPC_BT709:
            return SWS_CS_ITU709;
        case AVCOL_SPC_BT470BG:
        case AVCOL_SPC_SMPTE170M:
            return SWS_CS_ITU601;
        case AVCOL_SPC_FCC:
            return SWS_CS_FCC;
        case AVCOL_SPC_SMPTE240M:
            return SWS_CS_SMPTE240M;
        case AVCOL_SPC_BT2020_NCL:
        case AVCOL_SPC_BT2020_CL:
            return SWS_CS_BT2020;
        default:  // not said: players take high definition for BT.709, the rest for BT.601
            return frame.width >= 1280 || frame.height > 576 ? SWS_CS_ITU709 : SWS_CS_ITU601;
    }
}

}  // namespace

Orientation orientationOf(const AVStream& stream) {
#if LIBAVFORMAT_VERSION_MAJOR >= 61
    const AVPacketSideData* side =
        av_packet_side_data_get(stream.codecpar->coded_side_data,
                                stream.codecpar->nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
    const std::uint8_t* data = side != nullptr && side->size >= 36 ? side->data : nullptr;
#else
    size_t size = 0;
    const std::uint8_t* data = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    if (size < 36) {
        data = nullptr;
    }
#endif
    Orientation result;
    if (data == nullptr) {
        return result;
    }
    // Shown point = (a x + c y, b x + d y): see libavutil/display.h.
    const auto* matrix = reinterpret_cast<const std::int32_t*>(data);
    const double a = matrix[0], b = matrix[1], c = matrix[3], d = matrix[4];
    if (std::abs(a) + std::abs(d) >= std::abs(b) + std::abs(c)) {
        result.flipX = a < 0;
        result.flipY = d < 0;
    } else {
        result.transpose = true;
        result.flipX = c < 0;
        result.flipY = b < 0;
    }
    return result;
}

Status FrameConverter::prepare(const AVFrame& frame) {
    const bool same = m_scaler && frame.width == m_sourceWidth && frame.height == m_sourceHeight &&
                      frame.format == m_sourceFormat && frame.colorspace == m_sourceSpace &&
                      frame.color_range == m_sourceRange;
    if (same) {
        return {};
    }
    bool fullRange = frame.color_range == AVCOL_RANGE_JPEG;
    const AVPixelFormat format = withoutRangeInName(frame.format, fullRange);
    const bool scaling = frame.width != m_width || frame.height != m_height;
    m_scaler.reset(sws_getContext(frame.width, frame.height, format, m_width, m_height,
                                  AV_PIX_FMT_BGR24, scaling ? SWS_BILINEAR : SWS_FAST_BILINEAR,
                                  nullptr, nullptr, nullptr));
    if (!m_scaler) {
        const char* name = av_get_pix_fmt_name(format);
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "The video's pixel format (%1) cannot be converted."),
                    {name != nullptr ? name : "?"});
    }
    const int* matrix = sws_getCoefficients(colourMatrix(frame));
    sws_setColorspaceDetails(m_scaler.get(), matrix, fullRange ? 1 : 0, matrix, 1, 0, 1 << 16,
                             1 << 16);
    m_sourceWidth = frame.width;
    m_sourceHeight = frame.height;
    m_sourceFormat = frame.format;
    m_sourceSpace = frame.colorspace;
    m_sourceRange = frame.color_range;
    return {};
}

Status FrameConverter::convert(const AVFrame& frame, cv::Mat& out) {
    CVD_TRY(prepare(frame));
    if (out.u != nullptr && out.u->refcount > 1) {
        out.release();
    }
    const bool turned = m_orientation.transpose || m_orientation.flipX || m_orientation.flipY;
    const bool direct = !turned && m_width * 3 % 64 == 0;
    if (direct) {
        out.create(m_height, m_width, CV_8UC3);
    } else {
        // One spare row and whole blocks of columns.
        m_padded.create(m_height + 1, (m_width + 63) / 64 * 64, CV_8UC3);
    }
    cv::Mat& target = direct ? out : m_padded;
    std::uint8_t* planes[4] = {target.data, nullptr, nullptr, nullptr};
    const int strides[4] = {static_cast<int>(target.step[0]), 0, 0, 0};
    const int lines =
        sws_scale(m_scaler.get(), frame.data, frame.linesize, 0, frame.height, planes, strides);
    if (lines <= 0) {
        return fail(ErrorKind::BadInput, CVD_TR("core", "A picture could not be converted."));
    }
    if (direct) {
        return {};
    }
    const cv::Mat stored = m_padded(cv::Rect(0, 0, m_width, m_height));
    const cv::Mat* upright = &stored;
    if (m_orientation.transpose) {
        cv::transpose(stored, m_turned);
        upright = &m_turned;
    }
    if (m_orientation.flipX || m_orientation.flipY) {
        const int code = m_orientation.flipX ? (m_orientation.flipY ? -1 : 1) : 0;
        cv::flip(*upright, out, code);
    } else {
        upright->copyTo(out);
    }
    return {};
}

}  // namespace cvd::media
