// Figures and names as a report prints them, in the report's language.
#pragma once

#include <functional>

#include "core/report/report_data.h"
#include "core/text/language.h"

namespace cvd::report {

// "2.1 s", digits by unit; metres with two decimals; "1" is a unit without a sign.
QString quantityText(const text::Language& language, double value, const std::string& unit);
QString unitText(const QString& unit);  // "deg" -> "°"
// "2.1 s < 5.0 s": what was measured against what the profile allows; either may be missing.
QString measuredText(const text::Language& language, const Violation& violation);
QString reviewText(const text::Language& language, Review review);
QString profileName(const text::Language& language, const ReportData& data);  // with its version
QString radiusText(const text::Language& language, const ReportData& data);   // "350 mm", "—"
// "Sightings of pokers from a score of 0.30; cells of 20 mm; at the end of the lift".
QString judgingText(const text::Language& language, const ReportData& data);
QString modelText(const ReportData& data);  // name and version
QString whichText(const text::Language& language, Which which);
// Local time with minutes; the time zone beside it, because paper travels.
QString momentText(const text::Language& language, const QDateTime& utc);
// Where a limit comes from: the source and how far it was checked, or "our setting".
QString sourceText(const text::Language& language, const compliance::Parameter& parameter);
QString sourceText(const text::Language& language, const Violation& violation);
// The same for a stored text, in the words of whoever asks: (context, English) -> translation.
using Words = std::function<QString(const char* context, const char* english)>;
QString sourceText(const std::string& stored, const Words& words);
QString parameterLabel(const text::Language& language, const QString& key);
// "12.5" in the language's own form, without superfluous zeros.
QString plainNumber(const text::Language& language, double value);

// Violations that count: verdict "violation".
struct Figures {
    int insertions = 0, touches = 0;
    int violations = 0, confirmed = 0, falseAlarms = 0, open = 0, cannotJudge = 0;
    double shortestS = 0, medianS = 0, longestS = 0, totalS = 0;  // stationary, of insertions
};
Figures figures(const ReportData& data);

}  // namespace cvd::report
