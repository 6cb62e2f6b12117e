// Whether a file ends before its own structure says that it should. A decoder plays what is there
// of such a file; for a record of a pour the missing end matters: the import refuses it, a
// detection says so in its result.
#pragma once

#include <cstdint>
#include <filesystem>

namespace cvd::media {

// Bytes that are missing at the end of an MP4/MOV (ISO/IEC 14496-12 boxes), AVI (RIFF chunks) or
// Matroska/WebM file (segment of known size); 0 when it is complete, of another kind or unreadable.
std::int64_t missingBytes(const std::filesystem::path& file);

}  // namespace cvd::media
