// Entries of the audit trail in the user's language. What is stored never changes: names of
// actions and short English details, the same in every program that shares the database.
#pragma once

#include <QString>

namespace cvd::ui {

// An action that is not known keeps its stored name.
QString auditActionText(const QString& action);
// A detail that is not understood, for example of an older or newer program, stays as it is.
QString auditDetailText(const QString& action, const QString& detail);

}  // namespace cvd::ui
