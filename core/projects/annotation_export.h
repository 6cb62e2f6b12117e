// What people put right in the pictures of a project, as training pictures: COCO with key points,
// and each frame in which an object was corrected as a JPEG. `cvd-mis train --data` reads it.
#pragma once

#include <functional>

#include "core/projects/project_service.h"

namespace cvd::projects {

struct ExportedAnnotations {
    QString folder;    // absolute
    int pictures = 0;  // frames
    int objects = 0;
};

// Writes `parent`/project-NUMBER with images/ and annotations.json (docs/contract.md); an earlier
// one is replaced when the new one is complete. `goOn` is asked once a picture; false ends with
// Cancelled and leaves nothing. BadInput: nothing was corrected in a picture, no result, or the
// video is gone. Thread of the service.
Result<ExportedAnnotations> exportAnnotations(ProjectService& service,
                                              const accounts::Session& session, ProjectId project,
                                              const QString& parent,
                                              const std::function<bool(int done, int total)>& goOn);

}  // namespace cvd::projects
