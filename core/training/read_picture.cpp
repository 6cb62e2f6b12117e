#include "core/training/read_picture.h"

#include <algorithm>
#include <cctype>
#include <mutex>
#include <set>

#include <opencv2/imgcodecs.hpp>

#include "core/base/log.h"
#include "core/base/small_file.h"

namespace cvd::training {

Result<cv::Mat> readPicture(const std::filesystem::path& file) {
    CVD_TRY(checkRegularFile(file));
    std::string detail;
    try {
        cv::Mat bgr = cv::imread(file.string(), cv::IMREAD_COLOR);
        if (!bgr.empty()) {
            return bgr;
        }
    } catch (const std::exception& e) {
        detail = e.what();
    }
    return fail(ErrorKind::BadInput, CVD_TR("core", "The picture %1 cannot be read."),
                {file.string()}, detail);
}

bool endsLike(const std::filesystem::path& file, std::initializer_list<const char*> endings) {
    std::string extension = file.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::find(endings.begin(), endings.end(), extension) != endings.end();
}

void warnOnce(const std::string& line) {
    static std::mutex mutex;
    static std::set<std::string> said;
    const std::lock_guard lock(mutex);
    if (said.insert(line).second) {
        log(LogLevel::Warning, "training", line);
    }
}

void warnLeftOut(const Error& why) {
    warnOnce(why.message() + " It is left out.");
}

}  // namespace cvd::training
