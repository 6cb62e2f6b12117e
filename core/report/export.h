// All exports of a result, for the screen and the command line alike: documents, tables, clips, the
// evidence package and copies of the result's own files.
//
// Everything is made in a hidden folder beside the target and moved there at the end: cancelling, a
// full disk or a killed program leave nothing half-written under its name.
#pragma once

#include <atomic>
#include <functional>

#include <QList>
#include <QString>
#include <QStringList>

#include "core/base/result.h"
#include "core/report/evidence.h"
#include "core/report/pdf_report.h"
#include "core/report/report_data.h"

namespace cvd::report {

enum class Part { Files, Pdf, Xlsx, Csv, Json, Clips, Video, Package };
// "files", "pdf", "xlsx", "csv", "json", "clips", "video", "zip"
const char* partName(Part part);
std::optional<Part> partFromName(const QString& name);
QList<Part> allParts();

struct ExportOptions {
    QList<Part> parts;
    Selection selection;
    QString language = QStringLiteral("en");  // see text::Language
    bool byteOrderMark = true;                // spreadsheets need it to read Chinese CSV
    BurnIn burnIn;
    PdfPages pages;
};

enum class ExportStage { Preparing, Copying, Pictures, Document, Tables, Clips, Video, Packing };

struct ExportProgress {
    ExportStage stage = ExportStage::Preparing;
    qint64 done = 0, total = 0;  // of the stage; total 0: not known
};

struct ExportOutcome {
    QString folder;      // absolute
    QStringList files;   // relative to it
    QString videoCodec;  // of clips and video; empty: none were made
    QStringList notes;   // what is left out and why, in the export's language
};

// Into `folder`, which is made when missing; files of the same name there are replaced. Errors:
// Usage for nothing chosen, BadInput for a video that is needed and missing, Environment for the
// disk, Cancelled. Any thread; PDF and pictures need a QGuiApplication.
Result<ExportOutcome> exportReport(const ReportData& data, const ExportOptions& options,
                                   const QString& folder,
                                   const std::function<void(const ExportProgress&)>& progress,
                                   const std::atomic<bool>& cancel);

// A name for a new folder in `parent`, after the project; never one that exists.
QString freshFolder(const QString& parent, const QString& title);

}  // namespace cvd::report
