// The charts of a printed report. Painter's units are millimetres; letters are real text.
#pragma once

#include <QSizeF>

#include "core/report/report_data.h"
#include "core/text/language.h"

class QPainter;

namespace cvd::report {

// Each insertion's stationary time at its moment, over the band that the profile allows.
void paintTimesChart(QPainter& painter, QSizeF mm, const ReportData& data,
                     const text::Language& language, const QFont& font);
// A bar a rule: confirmed, not reviewed, false alarm.
void paintRulesChart(QPainter& painter, QSizeF mm, const ReportData& data,
                     const text::Language& language, const QFont& font);
double rulesChartHeight(const ReportData& data);  // mm

}  // namespace cvd::report
