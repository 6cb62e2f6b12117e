// The tables of a report for other programs: CSV, JSON and XLSX. Frame, timecode and seconds in
// every row; numbers in the C locale (typed cells in XLSX).
#pragma once

#include <functional>

#include <QByteArray>

#include "core/report/report_data.h"
#include "core/text/language.h"

namespace cvd::report {

// The columns of violations.csv (docs/contract.md) and after them what people said.
QByteArray reportViolationsCsv(const std::vector<const Finding*>& rows, bool byteOrderMark);
// The columns of insertions.csv and after them the times as timecodes. Touches too.
QByteArray reportInsertionsCsv(const ReportData& data, bool byteOrderMark);

// Schema "cvd-mis/report/1": the record, the reviews and the figures.
QByteArray reportJson(const ReportData& data, const Selection& selection,
                      const std::vector<const Finding*>& rows);

// Sheets: summary, insertions, violations with pictures, profile, coverage. `picture` gives the
// JPEG of a finding or nothing; called once a row, in order. The file is written in place: give a
// name in a temporary folder. A full disk is an Environment error; `goOn` false ends with
// Cancelled.
Status writeXlsx(const QString& file, const ReportData& data, const Selection& selection,
                 const std::vector<const Finding*>& rows, const text::Language& language,
                 const std::function<QByteArray(const Finding&)>& picture,
                 const std::function<bool(int done, int total)>& goOn);

}  // namespace cvd::report
