// A row of table video as the media library knows it.
#pragma once

#include "core/projects/media_library.h"

namespace cvd::storage {
struct VideoRecord;
}

namespace cvd::projects {

MediaRecord mediaRecordOf(const storage::VideoRecord& row);

}  // namespace cvd::projects
