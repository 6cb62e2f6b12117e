#include "core/inference/detector.h"

namespace cvd::inference {

Status Detector::setInputSize(int width, int height) {
    return fail(ErrorKind::BadInput,
                CVD_TR("core", "The network %1 does not take pictures of %2 x %3 pixels."),
                {manifest().name, std::to_string(width), std::to_string(height)});
}

}  // namespace cvd::inference
