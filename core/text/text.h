// Core's data as sentences in the user's language. Core keeps English patterns with arguments
// (Error, Violation::reason); here they meet the translator installed in the application. Any
// thread.
#pragma once

#include <QDateTime>
#include <QLocale>
#include <QString>
#include <QStringList>

#include "core/base/result.h"
#include "core/base/types.h"

namespace cvd::text {

// Translates the pattern in context "core" and fills in %1..%9.
QString sentence(const std::string& pattern, const std::vector<std::string>& arguments);

QString errorText(const Error& error);
QString reasonText(const Violation& violation);

// "under_vibration" -> "Under-vibration". An unknown rule keeps its name.
QString ruleText(const std::string& rule);
QString verdictText(Verdict verdict);
QString severityText(Severity severity);
QString classText(ObjectClass cls);

// Keys of the reasons for a false alarm, in the order of the menu.
QStringList falseAlarmReasons();

// "00:38.24", "1:02:03.50" from an hour on; 0 to 3 decimals. Rounds down, so that a frame is never
// labelled with a moment that lies after it.
QString clockText(double seconds, int decimals = 2);

// "14 May 2026, 09:40" in local time; empty for a null moment.
QString dateTimeText(const QDateTime& utc);

// "2.1 s", digits by unit; metres with two decimals. "1" is a unit without a sign.
QString quantityText(const QLocale& locale, double value, const std::string& unit);
// "0.17 m > 0.03 m". Two figures that differ are written with as many digits as it takes to see it.
QString comparisonText(const QLocale& locale, double value, double limit, const std::string& unit);

// The English source texts (context "core") behind the functions above, for language.h. Null when
// the name is not known.
const char* ruleLabel(const std::string& rule);
const char* verdictLabel(Verdict verdict);
const char* severityLabel(Severity severity);
const char* falseAlarmLabel(const QString& key);
QString filledIn(const QString& pattern, const std::vector<std::string>& arguments);

}  // namespace cvd::text
