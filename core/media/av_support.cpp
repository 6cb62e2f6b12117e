#include "core/media/av_support.h"

#include <array>
#include <cstring>
#include <fstream>
#include <mutex>
#include <string_view>

#include "core/base/log.h"

extern "C" {
#include <libavutil/log.h>
}

namespace cvd::media {
namespace {

void toOurLog(void* source, int level, const char* format, va_list arguments) {
    if (level > AV_LOG_WARNING) {
        return;
    }
    // libav prints some lines in pieces; the prefix state belongs to the thread that prints.
    thread_local int printPrefix = 1;
    std::array<char, 1024> line{};
    av_log_format_line2(source, level, format, arguments, line.data(), line.size(), &printPrefix);
    std::string text(line.data());
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) {
        text.pop_back();
    }
    if (!text.empty()) {
        log(LogLevel::Debug, "media", "libav: " + text);
    }
}

// Formats that open files other than the one named (play lists), or that turn any text or picture
// into "video": none of them is a recording of a pour.
bool isNoRecording(std::string_view format) {
    static constexpr std::string_view kRefused[] = {"tty",    "bin",  "xbin", "adf", "idf",   "hls",
                                                    "concat", "dash", "sdp",  "ico", "image2"};
    for (const auto name : kRefused) {
        if (format == name) {
            return true;
        }
    }
    return format.size() > 5 && format.substr(format.size() - 5) == "_pipe";
}

bool looksLikeMp4(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::array<char, 12> head{};
    in.read(head.data(), head.size());
    const std::string_view box(head.data() + 4, 4);
    return in.gcount() == 12 && (box == "ftyp" || box == "mdat" || box == "wide" || box == "free");
}

Status checkFile(const std::filesystem::path& file) {
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (!std::filesystem::exists(status)) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "The video %1 does not exist. Check the path."), {shown(file)},
                    error.message());
    }
    if (std::filesystem::is_directory(status)) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "%1 is a folder. Choose a video file in it."), {shown(file)});
    }
    if (!std::filesystem::is_regular_file(status)) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "%1 is not a regular file. Choose a video file."),
                    {shown(file)});
    }
    if (!std::ifstream(file, std::ios::binary)) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "The video %1 cannot be opened. Check that you may read it."),
                    {shown(file)}, std::strerror(errno));
    }
    if (std::filesystem::file_size(file, error) == 0) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "The video %1 is empty (0 bytes). Copy it again."),
                    {shown(file)});
    }
    return {};
}

Error notAVideo(const std::filesystem::path& file, std::string detail) {
    return fail(ErrorKind::BadInput,
                CVD_TR("core", "%1 is not a video that can be read. Choose another file."),
                {shown(file)}, std::move(detail));
}

Error noVideoStream(const std::filesystem::path& file, const AVFormatContext& format) {
    for (unsigned i = 0; i < format.nb_streams; ++i) {
        if (format.streams[i]->codecpar->codec_type == AVMEDIA_TYPE_AUDIO) {
            return fail(ErrorKind::BadInput,
                        CVD_TR("core", "%1 has sound but no picture. Choose a video file."),
                        {shown(file)});
        }
    }
    return notAVideo(file, "no video stream");
}

}  // namespace

std::string shown(const std::filesystem::path& file) {
    return file.string();
}

std::string avErrorText(int code) {
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(code, text.data(), text.size());
    return text.data();
}

void redirectAvLog() {
    static std::once_flag once;
    std::call_once(once, [] { av_log_set_callback(toOurLog); });
}

Result<Input> openInput(const std::filesystem::path& file) {
    redirectAvLog();
    CVD_TRY(checkFile(file));

    // "file:" keeps libav from taking a colon in the name for a protocol.
    const std::string url = "file:" + file.string();
    AVDictionary* options = nullptr;
    av_dict_set(&options, "protocol_whitelist", "file", 0);
    AVFormatContext* raw = nullptr;
    const int opened = avformat_open_input(&raw, url.c_str(), nullptr, &options);
    av_dict_free(&options);
    if (opened < 0) {
        if (looksLikeMp4(file)) {
            return fail(
                ErrorKind::BadInput,
                CVD_TR("core",
                       "The video %1 was cut off: its table of contents is missing. Copy it "
                       "again from the camera."),
                {shown(file)}, avErrorText(opened));
        }
        return notAVideo(file, avErrorText(opened));
    }
    Input input;
    input.format.reset(raw);
    if (isNoRecording(raw->iformat->name)) {
        return notAVideo(file, std::string("format ") + raw->iformat->name);
    }
    const int probed = avformat_find_stream_info(raw, nullptr);
    const int best = av_find_best_stream(raw, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (best < 0 || (raw->streams[best]->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0) {
        return noVideoStream(file, *raw);
    }
    if (probed < 0) {
        return notAVideo(file, avErrorText(probed));
    }
    input.stream = raw->streams[best];
    for (unsigned i = 0; i < raw->nb_streams; ++i) {
        raw->streams[i]->discard = static_cast<int>(i) == best ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    }
    return input;
}

}  // namespace cvd::media
