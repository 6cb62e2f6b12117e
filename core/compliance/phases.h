// Private to the finding of insertions: how a poker went in and how it was pulled out.
#pragma once

#include <vector>

#include "core/compliance/insertions.h"
#include "core/compliance/poker_samples.h"

namespace cvd::compliance {

// Slides of the samples of an insertion's path, counted in lengths of the bar instead of px.
struct AxialSlides {
    std::vector<Slid> at;
    double scaleError = 0;  // how well that length is known, as a share of it
};

// What is known of the bar in the direction of its axis, for each sample of an insertion's path.
struct AxialView {
    std::vector<double> shares;  // visible share of the bar, from its ends in the picture
    AxialSlides slides;
};

// `freeLength`: of the bar in air, as Sample::evenLength. `rodM`: the length that the calibration
// names, where evenLength is in metres; else 0.
AxialSlides slidesOf(const std::vector<Sample>& samples, double freeLength, double rodM);

// Fills what Insertion says of going in and being pulled out: times, speeds with their errors,
// depth. Lengths and slides are weighed by their errors; where they contradict each other, the
// error grows with their distance. `freeM`: metres of the bar in air, 0 where metres are not known;
// errors of the insertion's edges in seconds, one standard deviation.
void measurePhases(ObservedInsertion& o, const AxialView& view, double freeM, double startErrorS,
                   double endErrorS, const InsertionOptions& options);

}  // namespace cvd::compliance
