#include "core/base/small_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

namespace cvd {

namespace fs = std::filesystem;

namespace {

Error bad(std::string text, const fs::path& file, std::string detail = {}) {
    return fail(ErrorKind::BadInput, std::move(text), {file.string()}, std::move(detail));
}

}  // namespace

Status checkRegularFile(const fs::path& file) {
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    if (error && status.type() == fs::file_type::none) {
        return bad(CVD_TR("core", "%1 cannot be reached. Check the path and your permissions."),
                   file, error.message());
    }
    switch (status.type()) {
        case fs::file_type::not_found:
            return bad(CVD_TR("core", "The file %1 does not exist. Check the path."), file);
        case fs::file_type::directory:
            return bad(CVD_TR("core", "%1 is a folder. Name a file in it."), file);
        case fs::file_type::regular:
            return {};
        default:
            return bad(CVD_TR("core", "%1 is not a regular file. Name a file."), file);
    }
}

Result<std::string> readSmallFile(const fs::path& file, std::uintmax_t mostBytes) {
    CVD_TRY(checkRegularFile(file));
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        return bad(CVD_TR("core", "The file %1 cannot be opened. Check that you may read it."),
                   file, std::strerror(errno));
    }
    std::error_code error;
    const std::uintmax_t size = fs::file_size(file, error);
    if (!error && size > mostBytes) {
        return fail(
            ErrorKind::BadInput,
            CVD_TR("core", "%1 has %2 MB, far too much for such a file. Name the right one."),
            {file.string(), std::to_string(size >> 20)});
    }
    // Files of /proc say 0 bytes and hold more: what counts is what comes.
    std::string bytes;
    char buffer[1 << 16];
    while (in.read(buffer, sizeof(buffer)) || in.gcount() > 0) {
        bytes.append(buffer, static_cast<std::size_t>(in.gcount()));
        if (bytes.size() > mostBytes) {
            return bad(CVD_TR("core", "%1 does not end. Name the right file."), file);
        }
    }
    if (in.bad()) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core",
                           "Reading %1 failed half-way. Check the disk or the cable and try "
                           "again."),
                    {file.string()});
    }
    return bytes;
}

}  // namespace cvd
