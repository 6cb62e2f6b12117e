// Private to the finding of insertions: how fast a bar went down or was pulled out, from how much
// of it was in sight.
#pragma once

#include <vector>

namespace cvd::compliance {

// The visible share stays level and then grows steadily until the tip is at the surface. Errors are
// one standard deviation.
struct Rise {
    bool told = false;
    double seconds = 0, secondsError = 0;
    double level = 0, top = 1;                 // visible share before it begins, and at its end
    double perSecond = 0, perSecondError = 0;  // of the whole bar; the error as a share of it
    double fitError = 0;                       // the part of that error that the fit leaves open
};

// `shares` at `times` (ascending, seconds), of which the last lie at the surface, passed at `endS`
// give or take `endErrorS`, or earlier by about `hoverS`, when a tip that hovers over its hole was
// taken for one in it. For a way down, hand over times that run backwards (negative).
Rise riseOf(const std::vector<double>& times, const std::vector<double>& shares, double endS,
            double endErrorS, double hoverS = 0);

// The largest change of a visible share in an instant that no hand makes: a detector that changes
// its mind about where the bar ends. 0 for none.
double largestJump(const std::vector<double>& times, const std::vector<double>& shares);

}  // namespace cvd::compliance
