// The charts of one result, and of several pours side by side, computed from plain data. Any
// thread. False alarms are left out everywhere; touches and what could not be judged, too.
#pragma once

#include "ui/charts/chart_data.h"
#include "ui/review/review_data.h"

namespace cvd::ui {

enum class ReviewChart {
    InsertionTimes,      // how long the poker stood still, against the profile's band
    TimesOverPour,       // the same, one point an insertion, over the length of the video
    Spacing,             // distance to the nearest other insertion, against the limit
    ViolationsByRule,    // by severity
    ViolationsOverTime,  // by severity
    ByPoker,             // violations of each poker's track
    Pours,               // this and others, side by side
};

// Whether the ids behind a chart's bars are insertions, violations or projects.
enum class ChartEvents { Insertions, Violations, Projects };
ChartEvents eventsOf(ReviewChart chart);
QString chartName(ReviewChart chart);  // for the list of charts

// All but Pours.
ChartData reviewChart(ReviewChart chart, const ReviewData& data);

enum class PourMeasure { ViolationsPer100, WithinBandPct, MeanStationaryS, Insertions };
QString measureName(PourMeasure measure);
ChartData poursChart(PourMeasure measure, const QList<PourFigures>& pours);

// Metres to the nearest other placed insertion, in the order of `insertions`; empty where there is
// no place or no other. n log n.
QList<std::optional<double>> nearestDistances(const QList<Insertion>& insertions);

}  // namespace cvd::ui
