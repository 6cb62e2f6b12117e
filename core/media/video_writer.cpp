#include "core/media/video_writer.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <utility>

#include <opencv2/core.hpp>

#include "core/media/av_support.h"

extern "C" {
#include <libavutil/opt.h>
}

namespace cvd::media {
namespace {

constexpr int kTicksPerSecond = 90000;

struct OutputDeleter {
    void operator()(AVFormatContext* p) const {
        avio_closep(&p->pb);
        avformat_free_context(p);
    }
};

int evenUp(int size) {
    return size + size % 2;
}

}  // namespace

struct VideoWriter::Impl {
    std::filesystem::path file;
    int width = 0, height = 0;
    double fps = 25;
    std::unique_ptr<AVFormatContext, OutputDeleter> format;
    AVStream* stream = nullptr;
    AvPtr<AVCodecContext> encoder;
    AvPtr<AVFrame> frame;
    AvPtr<AVPacket> packet;
    AvPtr<SwsContext> scaler;
    std::int64_t lastTick = -1;
    bool created = false;   // the file was made by us
    bool finished = false;  // or failed for good

    ~Impl() {
        format.reset();
        std::error_code error;
        if (created && !finished && std::filesystem::is_regular_file(file, error)) {
            std::filesystem::remove(file, error);
        }
    }

    Status openEncoder(const WriterOptions& options);
    Status openFile();
    Status toYuv(const cv::Mat& bgr);
    Status drain();
    Error writeError(int code) const;
};

Error VideoWriter::Impl::writeError(int code) const {
    if (code == AVERROR(ENOSPC) || code == AVERROR(EDQUOT)) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core",
                           "The disk is full: %1 could not be written. Free some space and "
                           "try again."),
                    {shown(file)}, avErrorText(code));
    }
    return fail(ErrorKind::Environment,
                CVD_TR("core",
                       "The video %1 could not be written. Check the folder and the free "
                       "space."),
                {shown(file)}, avErrorText(code));
}

Status VideoWriter::Impl::openEncoder(const WriterOptions& options) {
    const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
    if (codec == nullptr) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core",
                           "This FFmpeg has no H.264 encoder (libx264), so no video can be "
                           "written. Install it, or go on without the result video."));
    }
    encoder.reset(avcodec_alloc_context3(codec));
    encoder->width = evenUp(width);
    encoder->height = evenUp(height);
    encoder->pix_fmt = AV_PIX_FMT_YUV420P;
    encoder->time_base = {1, kTicksPerSecond};
    encoder->framerate = av_d2q(fps, 100000);
    encoder->gop_size = options.keyframeInterval > 0
                            ? options.keyframeInterval
                            : std::max(1, static_cast<int>(std::lround(2 * fps)));
    encoder->thread_count = options.threads > 0 ? options.threads : 2;
    encoder->colorspace = AVCOL_SPC_BT709;
    encoder->color_primaries = AVCOL_PRI_BT709;
    encoder->color_trc = AVCOL_TRC_BT709;
    encoder->color_range = AVCOL_RANGE_MPEG;
    if ((format->oformat->flags & AVFMT_GLOBALHEADER) != 0) {
        encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    }
    av_opt_set(encoder->priv_data, "preset", options.preset.c_str(), 0);
    av_opt_set_double(encoder->priv_data, "crf", options.crf, 0);
    const int opened = avcodec_open2(encoder.get(), codec, nullptr);
    if (opened < 0) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core", "The H.264 encoder refuses to write %1 (%2 x %3 pixels)."),
                    {shown(file), std::to_string(width), std::to_string(height)},
                    avErrorText(opened));
    }
    return {};
}

Status VideoWriter::Impl::openFile() {
    AVFormatContext* raw = nullptr;
    const std::string url = "file:" + file.string();
    const int allocated = avformat_alloc_output_context2(&raw, nullptr, "mp4", url.c_str());
    if (allocated < 0) {
        return writeError(allocated);
    }
    format.reset(raw);
    const int opened = avio_open(&raw->pb, url.c_str(), AVIO_FLAG_WRITE);
    if (opened < 0) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core",
                           "The video %1 cannot be created. Check that the folder exists "
                           "and that you may write to it."),
                    {shown(file)}, avErrorText(opened));
    }
    created = true;
    return {};
}

Status VideoWriter::Impl::toYuv(const cv::Mat& bgr) {
    cv::Mat even = bgr;
    if (encoder->width != width || encoder->height != height) {
        cv::copyMakeBorder(bgr, even, 0, encoder->height - height, 0, encoder->width - width,
                           cv::BORDER_REPLICATE);
    }
    const int writable = av_frame_make_writable(frame.get());
    if (writable < 0) {
        return writeError(writable);
    }
    const std::uint8_t* planes[4] = {even.data, nullptr, nullptr, nullptr};
    const int strides[4] = {static_cast<int>(even.step[0]), 0, 0, 0};
    sws_scale(scaler.get(), planes, strides, 0, even.rows, frame->data, frame->linesize);
    return {};
}

Status VideoWriter::Impl::drain() {
    for (;;) {
        const int got = avcodec_receive_packet(encoder.get(), packet.get());
        if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) {
            return {};
        }
        if (got < 0) {
            return writeError(got);
        }
        packet->stream_index = stream->index;
        packet->duration = static_cast<std::int64_t>(std::llround(kTicksPerSecond / fps));
        av_packet_rescale_ts(packet.get(), encoder->time_base, stream->time_base);
        const int written = av_interleaved_write_frame(format.get(), packet.get());
        if (written < 0) {
            return writeError(written);
        }
        if (format->pb->error < 0) {
            return writeError(format->pb->error);
        }
    }
}

VideoWriter::VideoWriter(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
VideoWriter::~VideoWriter() = default;
int VideoWriter::encodedWidth() const {
    return m_impl->encoder->width;
}
int VideoWriter::encodedHeight() const {
    return m_impl->encoder->height;
}

Result<std::unique_ptr<VideoWriter>> VideoWriter::open(const std::filesystem::path& file, int width,
                                                       int height, double fps,
                                                       const WriterOptions& options) {
    redirectAvLog();
    if (width < 2 || height < 2 || width > 16384 || height > 16384) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "A video of %1 x %2 pixels cannot be written."),
                    {std::to_string(width), std::to_string(height)});
    }
    auto impl = std::make_unique<Impl>();
    impl->file = file;
    impl->width = width;
    impl->height = height;
    impl->fps = fps > 0.01 && fps < 1000 ? fps : 25;
    CVD_TRY(impl->openFile());
    CVD_TRY(impl->openEncoder(options));

    impl->stream = avformat_new_stream(impl->format.get(), nullptr);
    impl->stream->time_base = impl->encoder->time_base;
    impl->stream->avg_frame_rate = impl->encoder->framerate;
    avcodec_parameters_from_context(impl->stream->codecpar, impl->encoder.get());
    AVDictionary* muxer = nullptr;
    av_dict_set(&muxer, "movflags", "+faststart", 0);
    const int begun = avformat_write_header(impl->format.get(), &muxer);
    av_dict_free(&muxer);
    if (begun < 0) {
        return impl->writeError(begun);
    }

    impl->packet.reset(av_packet_alloc());
    impl->frame.reset(av_frame_alloc());
    impl->frame->format = AV_PIX_FMT_YUV420P;
    impl->frame->width = impl->encoder->width;
    impl->frame->height = impl->encoder->height;
    const int allocated = av_frame_get_buffer(impl->frame.get(), 0);
    impl->scaler.reset(sws_getContext(
        impl->encoder->width, impl->encoder->height, AV_PIX_FMT_BGR24, impl->encoder->width,
        impl->encoder->height, AV_PIX_FMT_YUV420P, SWS_FAST_BILINEAR, nullptr, nullptr, nullptr));
    if (allocated < 0 || !impl->scaler) {
        return impl->writeError(AVERROR(ENOMEM));
    }
    const int* matrix = sws_getCoefficients(SWS_CS_ITU709);
    sws_setColorspaceDetails(impl->scaler.get(), matrix, 1, matrix, 0, 0, 1 << 16, 1 << 16);
    return std::unique_ptr<VideoWriter>(new VideoWriter(std::move(impl)));
}

Status VideoWriter::write(const cv::Mat& bgr, double timeS) {
    Impl& impl = *m_impl;
    const auto tick = static_cast<std::int64_t>(std::llround(timeS * kTicksPerSecond));
    const bool fits = bgr.type() == CV_8UC3 && bgr.cols == impl.width && bgr.rows == impl.height;
    if (!fits || tick <= impl.lastTick || impl.finished) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core",
                           "A frame for %1 has the wrong size or its time is not later "
                           "than that of the frame before."),
                    {shown(impl.file)});
    }
    impl.lastTick = tick;
    CVD_TRY(impl.toYuv(bgr));
    impl.frame->pts = tick;
    const int sent = avcodec_send_frame(impl.encoder.get(), impl.frame.get());
    if (sent < 0) {
        return impl.writeError(sent);
    }
    return impl.drain();
}

Status VideoWriter::finish() {
    Impl& impl = *m_impl;
    if (impl.finished) {
        return {};
    }
    if (impl.lastTick < 0) {
        return fail(ErrorKind::Usage, CVD_TR("core", "No frame was written to %1."),
                    {shown(impl.file)});
    }
    const int flushed = avcodec_send_frame(impl.encoder.get(), nullptr);
    if (flushed < 0) {
        return impl.writeError(flushed);
    }
    CVD_TRY(impl.drain());
    const int ended = av_write_trailer(impl.format.get());
    if (ended < 0) {
        return impl.writeError(ended);
    }
    const int closed = avio_closep(&impl.format->pb);
    if (closed < 0) {
        return impl.writeError(closed);
    }
    impl.finished = true;
    return {};
}

}  // namespace cvd::media
