// The report that an inspector signs, as PDF: cover, basis of the judgement, figures and charts,
// coverage plan, every selected violation with its picture, precision, what could not be judged,
// the insertions, signatures. A4, CJK font embedded, "page x of y".
//
// Needs a QGuiApplication (the offscreen platform will do); any thread.
#pragma once

#include <functional>

#include <QByteArray>

#include "core/report/report_data.h"
#include "core/text/language.h"

namespace cvd::report {

// What a shorter report may leave out; the findings themselves are always there.
struct PdfPages {
    bool pictures = true;    // of the violations
    bool plan = true;        // coverage plan and heat map, beside their figures
    bool insertions = true;  // the table of all of them
    bool signatures = true;
};

struct PdfInputs {
    const ReportData& data;
    Selection selection;
    std::vector<const Finding*> rows;
    // JPEG of a finding's picture; empty: none. Asked once each, in order.
    std::function<QByteArray(const Finding&)> picture;
    // Told pages as they are painted; false ends with Cancelled.
    std::function<bool(int page, int pages)> goOn;
    PdfPages pages = {};
};

// The file is written in place and removed when it fails: give a name in a temporary folder. A full
// disk is an Environment error. Memory does not grow with the number of pictures.
Status writePdf(const QString& file, const PdfInputs& inputs, const text::Language& language);

}  // namespace cvd::report
