// Reading a file that a person named and that is small by its nature: a calibration, a profile, a
// manifest. Whatever else lies at that path (a folder, a device, a pipe nobody writes to, a film)
// is refused at once; nothing is read for ever and nothing fills the memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace cvd {

// BadInput with the reason. `file` may be a link to a regular file.
Status checkRegularFile(const std::filesystem::path& file);

// The bytes of a regular file of at most `mostBytes`.
Result<std::string> readSmallFile(const std::filesystem::path& file, std::uintmax_t mostBytes);

}  // namespace cvd
