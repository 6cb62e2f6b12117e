// Private to core/media: libav objects that free themselves, its log, and opening an input.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/result.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswscale/swscale.h>
}

namespace cvd::media {

struct AvDeleter {
    void operator()(AVFormatContext* p) const { avformat_close_input(&p); }
    void operator()(AVCodecContext* p) const { avcodec_free_context(&p); }
    void operator()(AVFrame* p) const { av_frame_free(&p); }
    void operator()(AVPacket* p) const { av_packet_free(&p); }
    void operator()(SwsContext* p) const { sws_freeContext(p); }
};
template <typename T>
using AvPtr = std::unique_ptr<T, AvDeleter>;

std::string avErrorText(int code);

// Sends what libav says to core/base/log at debug level, from whichever thread it says it.
// Every entry point of core/media calls this; only the first call does anything.
void redirectAvLog();

struct Input {
    AvPtr<AVFormatContext> format;
    AVStream* stream = nullptr;  // the video stream; packets of all others are discarded
};

// Opens a local file (never a URL, play list or picture) and finds its video stream.
Result<Input> openInput(const std::filesystem::path& file);

// File name for messages.
std::string shown(const std::filesystem::path& file);

}  // namespace cvd::media
