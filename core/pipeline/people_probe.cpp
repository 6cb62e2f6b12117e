#include "core/pipeline/people_probe.h"

#include <algorithm>
#include <optional>

#include "core/base/log.h"
#include "core/inference/people_fit.h"

namespace cvd::pipeline {

Status fitInputToPeople(inference::Detector& detector, media::VideoReader& reader,
                        const FrameRange& range, const std::function<bool()>& cancelled) {
    constexpr FrameIndex kPictures = 12;
    if (!detector.manifest().peopleFit) {
        return {};
    }
    const int width = reader.info().width, height = reader.info().height;
    const FrameIndex frames = range.last - range.first + 1, count = std::min(kPictures, frames);
    std::vector<double> heights;
    for (FrameIndex k = 0; k < count; ++k) {
        if (cancelled()) {
            return fail(ErrorKind::Cancelled, CVD_TR("core", "Cancelled."));
        }
        // In the middle of as many equal parts.
        const auto frame = reader.frame(range.first + (2 * k + 1) * frames / (2 * count));
        if (!frame.ok()) {
            continue;
        }
        CVD_TRY_ASSIGN(const auto found, detector.detect({&frame->bgr, 1}));
        const auto seen = inference::peopleHeights(found.at(0), detector.manifest(), width, height);
        heights.insert(heights.end(), seen.begin(), seen.end());
    }
    const auto size =
        inference::inputForPeople(detector.manifest(), width, height, std::move(heights));
    if (!size) {
        return {};
    }
    log(LogLevel::Info, "pipeline",
        "People are small in this video: input " + std::to_string(size->width) + "x" +
            std::to_string(size->height));
    return detector.setInputSize(size->width, size->height);
}

}  // namespace cvd::pipeline
