// Words and figures of the review page in the user's language, beside those of core/text.
#pragma once

#include <QString>
#include <QStringList>

#include "core/base/types.h"
#include "ui/review/review_data.h"

namespace cvd::ui {

// "00:38.24", hundredths of a second; "1:02:03.50" from an hour on. Rounds down, so that a frame is
// never labelled with a moment that lies after it.
QString timeText(double seconds);

// "Lift 3 plan": a name for a file, without characters that file systems refuse.
QString fileNameOf(const QString& title, const QString& kind);
// Reads "38", "38.24", "1:02", "1:02:03.5"; empty when it is none of these.
std::optional<double> parseTime(const QString& text);

QString ruleExplanation(const std::string& rule);  // one sentence
QString verdictText(ReviewVerdict verdict);

// "2.1 s", digits by unit; metres with two decimals. "1" is a unit without a sign.
QString quantityText(double value, const std::string& unit);
// Where a limit is from and how far that was checked, in the user's language.
QString sourceText(const Violation& finding);
// "2.1 s < 5.0 s": what was measured against what the profile allows; either may be missing.
QString measuredText(const Violation& finding);
QString metresText(PointM place);  // "0.17, 0.16", without the unit
QString positionText(const std::optional<PointM>& metres, const std::optional<PointPx>& pixels);

QString byHandText(const QString& who);  // "Added or changed by hand by Ann"
// Empty for what the program found by itself.
QString byHandText(const ReviewViolation& violation);

// Keys of the reasons for a false alarm, in the order of the menu, and their text.
QStringList falseAlarmReasons();
QString falseAlarmReasonText(const QString& keyOrText);

}  // namespace cvd::ui
