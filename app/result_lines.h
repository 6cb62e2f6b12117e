// Running a detection and telling its result in lines that a person reads.
#pragma once

#include "core/pipeline/pipeline.h"

namespace cvd::app {

// Progress on stderr, a short account of what was found on stdout; the exit code.
int detectAndTell(const pipeline::DetectRequest& request, bool quiet);

// The account alone, read from the result folder.
int tellResult(const QString& dir);

}  // namespace cvd::app
