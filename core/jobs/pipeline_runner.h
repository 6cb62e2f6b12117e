// The queue's runner for real work: pipeline::runDetect.
#pragma once

#include "core/jobs/job_runner.h"
#include "core/pipeline/pipeline.h"

namespace cvd::jobs {

// `detectorFactory` empty: the detector that ships with the program, loaded when a job starts.
JobRunner pipelineRunner(pipeline::DetectorFactory detectorFactory = {});

}  // namespace cvd::jobs
