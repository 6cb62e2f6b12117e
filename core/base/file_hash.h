// SHA-256 of a file, streamed, so that memory does not depend on its size.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "core/base/result.h"

namespace cvd {

// Lower-case hex. `cancelled` is asked about every 4 MiB.
Result<std::string> sha256OfFile(const std::filesystem::path& file,
                                 const std::function<bool()>& cancelled = {});
std::string sha256OfBytes(const void* data, size_t size);

}  // namespace cvd
