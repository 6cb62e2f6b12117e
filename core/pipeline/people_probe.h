// Looks at a few pictures of a video before a run, to show the network all of them at the size at
// which it finds most.
#pragma once

#include <functional>

#include "core/base/result.h"
#include "core/inference/detector.h"
#include "core/media/video_reader.h"
#include "core/pipeline/pipeline.h"

namespace cvd::pipeline {

// Gives `detector` another input size where its manifest has a PeopleFit and the people in `range`
// ask for it. The same video and range give the same size. Frames that cannot be read are left out.
// `cancelled` is asked before each picture. Errors: those of the detector; Cancelled.
Status fitInputToPeople(inference::Detector& detector, media::VideoReader& reader,
                        const FrameRange& range, const std::function<bool()>& cancelled);

}  // namespace cvd::pipeline
