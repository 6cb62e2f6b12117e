// Data for the tests of the review page: videos whose frames carry their number as painted blocks,
// and results with as many violations as a test wants.
#pragma once

#include <QImage>
#include <QString>

#include "ui/review/review_data.h"

namespace cvd::test {

// Writes `frames` frames of 320x192 with the index painted as black and white blocks in the upper
// half. `variable`: the distance between frames changes.
bool writeNumberedVideo(const QString& file, int frames, bool variable);
// The number painted into a frame; -1 when it cannot be read.
FrameIndex paintedNumber(const QImage& frame);
double frameTimeS(FrameIndex frame, bool variable);

// A result over a numbered video of `frames` frames: insertions of two pokers and `violations`
// violations at increasing times, plus two rules that could not be judged.
ui::ReviewData makeReviewData(const QString& video, int frames, int violations);

}  // namespace cvd::test
