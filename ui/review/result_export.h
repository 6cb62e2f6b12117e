// Copies a result for other people: the files of docs/contract.md and what was said in the review.
#pragma once

#include <QByteArray>
#include <QString>

#include "core/base/result.h"
#include "ui/review/review_data.h"

namespace cvd::ui {

// UTF-8, C locale, one row a statement; violations without one have one row with an empty verdict.
QByteArray reviewCsv(const QList<ReviewViolation>& violations);

// Makes a new folder, named after `title`, inside `parentFolder` and copies what exists. Gives the
// new folder's path. Fails as a whole: nothing half-copied stays. Any thread; takes as long as
// copying the annotated video takes.
Result<QString> exportResult(const QString& resultDir, const QString& parentFolder,
                             const QString& title, const QList<ReviewViolation>& violations);

}  // namespace cvd::ui
