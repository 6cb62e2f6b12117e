// Core's data as sentences in the user's language. Core keeps English patterns with arguments
// (Error, Violation::reason); here they meet the translator installed in the application. Any
// thread.
#pragma once

#include <QString>

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

}  // namespace cvd::text
