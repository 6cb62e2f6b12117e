// Entries of the audit trail in the user's language. What is stored never changes: names of
// actions and short English details, the same in every program that shares the database.
#pragma once

#include <QStringList>

namespace cvd::ui {

// All actions that auditActionText() knows, by their stored names.
QStringList auditActions();
// Those whose name in the user's language holds `word`, whatever its case.
QStringList auditActionsCalled(const QString& word);
// An action that is not known keeps its stored name.
QString auditActionText(const QString& action);
// A detail that is not understood, for example of an older or newer program, stays as it is.
QString auditDetailText(const QString& action, const QString& detail);

}  // namespace cvd::ui
