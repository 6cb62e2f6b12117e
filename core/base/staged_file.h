// Files that appear whole or not at all, without Qt. What LibTorch stores is made in memory first
// and written here: its own writer throws from a destructor, and so ends the program, when the disk
// is full.
#pragma once

#include <filesystem>
#include <string_view>

#include "core/base/result.h"

namespace cvd {

// Writes FILE.partial. `failure`, with what the system said as its detail, when it cannot be;
// nothing is left then.
Status stageFile(const std::filesystem::path& file, std::string_view bytes, Error failure);
// FILE.partial becomes FILE.
Status publishFile(const std::filesystem::path& file, Error failure);
void dropStaged(const std::filesystem::path& file);

// Both. An earlier FILE stays when it fails.
Status writeWhole(const std::filesystem::path& file, std::string_view bytes, const Error& failure);

}  // namespace cvd
