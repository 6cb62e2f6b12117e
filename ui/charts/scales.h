// Round numbers for axes and bins, and the figures of chart_data.h.
#pragma once

#include "ui/charts/chart_data.h"

namespace cvd::ui {

// The smallest of 1, 2, 2.5, 5 times a power of ten that is at least `least`.
double niceStep(double least);

// Width of bins from `from` to `to`, at most `most` of them.
double niceBinWidth(double from, double to, int most = 24);
// The same for clock times: 1, 2, 5, 10, 15, 30 s, 1, 2, 5 min ...
double niceClockWidth(double seconds, int most = 24);

QString numberText(double value, int decimals);  // in the user's language

}  // namespace cvd::ui
