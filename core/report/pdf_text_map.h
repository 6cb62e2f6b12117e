// Makes the text of a PDF written by Qt come out right when it is copied or searched.
#pragma once

#include <QChar>
#include <QSet>
#include <QString>

#include "core/base/result.h"

namespace cvd::report {

// In a CJK font one glyph serves several characters: the radical U+2F00 looks like U+4E00. Qt notes
// the lowest of them beside the glyph, so text that is copied out of the file holds radicals that
// no search finds. This appends corrected tables (an incremental update of the file) for those
// characters that were really drawn, `drawn`. A file without such tables stays as it is.
Status repairTextMap(const QString& pdf, const QSet<QChar>& drawn);

}  // namespace cvd::report
