#include "core/base/staged_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

namespace cvd {

namespace fs = std::filesystem;

namespace {

fs::path partialOf(const fs::path& file) {
    return file.string() + ".partial";
}

}  // namespace

Status stageFile(const fs::path& file, std::string_view bytes, Error failure) {
    errno = 0;
    std::ofstream out(partialOf(file), std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (out) {
        return {};
    }
    failure.detail = std::strerror(errno);
    dropStaged(file);
    return failure;
}

Status publishFile(const fs::path& file, Error failure) {
    std::error_code error;
    fs::rename(partialOf(file), file, error);
    if (!error) {
        return {};
    }
    failure.detail = error.message();
    dropStaged(file);
    return failure;
}

void dropStaged(const fs::path& file) {
    std::error_code ignored;
    fs::remove(partialOf(file), ignored);
}

Status writeWhole(const fs::path& file, std::string_view bytes, const Error& failure) {
    CVD_TRY(stageFile(file, bytes, failure));
    return publishFile(file, failure);
}

}  // namespace cvd
