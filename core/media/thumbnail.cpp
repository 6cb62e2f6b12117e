#include <algorithm>
#include <fstream>
#include <system_error>
#include <vector>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/media/av_support.h"
#include "core/media/video_reader.h"

namespace cvd::media {
namespace {

bool showsSomething(const cv::Mat& picture) {
    cv::Scalar mean, deviation;
    cv::meanStdDev(picture, mean, deviation);
    const double brightness = (mean[0] + mean[1] + mean[2]) / 3;
    const double contrast = (deviation[0] + deviation[1] + deviation[2]) / 3;
    return brightness > 20 && brightness < 245 && contrast > 6;
}

cv::Mat chooseFrame(VideoReader& reader) {
    cv::Mat fallback;
    for (const double part : {0.1, 0.25, 0.5, 0.75, 0.0}) {
        const auto index = static_cast<FrameIndex>(part * static_cast<double>(reader.frameCount()));
        auto frame = reader.frame(std::min(index, reader.frameCount() - 1));
        if (!frame.ok()) {
            continue;
        }
        if (showsSomething(frame->bgr)) {
            return frame->bgr;
        }
        if (fallback.empty()) {
            fallback = frame->bgr;
        }
    }
    return fallback;
}

Error notWritten(const std::filesystem::path& file, std::string detail) {
    return fail(ErrorKind::Environment,
                CVD_TR("core",
                       "The picture %1 could not be written. Check the folder and the free "
                       "space."),
                {shown(file)}, std::move(detail));
}

}  // namespace

Status writeThumbnail(const std::filesystem::path& video, const std::filesystem::path& jpgOut,
                      int maxWidth) {
    OpenOptions options;
    options.cacheBytes = 0;
    CVD_TRY_ASSIGN(auto reader, VideoReader::open(video, options));
    cv::Mat picture = chooseFrame(*reader);
    if (picture.empty()) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "The video %1 has no frame that can be decoded. Copy it again."),
                    {shown(video)});
    }
    std::vector<unsigned char> jpeg;
    try {
        if (picture.cols > maxWidth && maxWidth > 0) {
            const int height = std::max(1, picture.rows * maxWidth / picture.cols);
            cv::resize(picture, picture, {maxWidth, height}, 0, 0, cv::INTER_AREA);
        }
        cv::imencode(".jpg", picture, jpeg, {cv::IMWRITE_JPEG_QUALITY, 88});
    } catch (const cv::Exception& e) {
        return notWritten(jpgOut, e.what());
    }
    auto partial = jpgOut;
    partial += ".partial";
    std::error_code error;
    {
        std::ofstream out(partial, std::ios::binary | std::ios::trunc);
        out.write(reinterpret_cast<const char*>(jpeg.data()),
                  static_cast<std::streamsize>(jpeg.size()));
        out.close();
        if (!out) {
            std::filesystem::remove(partial, error);
            return notWritten(jpgOut, "write");
        }
    }
    std::filesystem::rename(partial, jpgOut, error);
    if (error) {
        std::error_code ignored;
        std::filesystem::remove(partial, ignored);
        return notWritten(jpgOut, error.message());
    }
    return {};
}

}  // namespace cvd::media
