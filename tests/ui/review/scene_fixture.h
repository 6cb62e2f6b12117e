// A rendered pour with its exact truth, judged by the real rules: what the pictures of the review
// page show.
#pragma once

#include "ui/review/review_data.h"

namespace cvd::test {

// Renders `seconds` of the scenario into `dir`. An empty videoPath: it failed.
ui::ReviewData makeScene(const QString& dir, const char* scenario, double seconds);

}  // namespace cvd::test
