#include "core/report/tables.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/report/report_words.h"
#include "core/text/text.h"

namespace cvd::report {

void appendCsvText(QByteArray& line, const QString& text);  // csv.cpp

namespace {

constexpr char kBom[] = "\xEF\xBB\xBF";

// First line and the rest of a table that csv.cpp wrote.
QByteArray headOf(const QByteArray& table) {
    return table.left(table.indexOf('\n'));
}
QByteArray rowOf(const QByteArray& table) {
    QByteArray row = table.mid(table.indexOf('\n') + 1);
    row.chop(1);
    return row;
}

QJsonObject statementJson(const Statement& s) {
    return {{QStringLiteral("review"), QLatin1String(reviewName(s.review))},
            {QStringLiteral("who"), s.who},
            {QStringLiteral("at_utc"), s.at.toUTC().toString(Qt::ISODate)},
            {QStringLiteral("reason"), s.reason},
            {QStringLiteral("note"), s.note}};
}

QJsonArray precisionJson(const ReportData& data) {
    QJsonArray out;
    for (const RulePrecision& r : precisionByRule(data)) {
        const auto precision = r.precision();
        out.append(QJsonObject{
            {QStringLiteral("rule"), QString::fromStdString(r.rule)},
            {QStringLiteral("violations"), r.violations},
            {QStringLiteral("confirmed"), r.confirmed},
            {QStringLiteral("false_alarms"), r.falseAlarms},
            {QStringLiteral("precision"), precision ? QJsonValue(*precision) : QJsonValue()}});
    }
    return out;
}

// "entered": a person's own finding; "corrected": it follows from what a person put right.
const char* byHand(const Finding& f) {
    return compliance::enteredByHand(f.violation) ? "entered" : f.corrected ? "corrected" : "";
}

QJsonArray correctionsJson(const ReportData& data) {
    QJsonArray out;
    for (const compliance::Correction& c : data.corrections) {
        QJsonObject o = QJsonDocument::fromJson(compliance::correctionToJson(c)).object();
        o[QLatin1String("who")] = QString::fromStdString(c.author);
        out.append(o);
    }
    return out;
}

const char* whichName(Which which) {
    return which == Which::Filtered ? "filtered" : which == Which::Confirmed ? "confirmed" : "all";
}

}  // namespace

QByteArray reportViolationsCsv(const std::vector<const Finding*>& rows, bool byteOrderMark) {
    QByteArray out(byteOrderMark ? kBom : "");
    out += headOf(violationsCsv({})) +
           ",start_timecode,end_timecode,picture_frame,review,reviewer,review_reason,review_note,"
           "reviewed_utc,statements,by_hand\n";
    for (const Finding* f : rows) {
        const Violation& v = f->violation;
        const Statement last = f->history.isEmpty() ? Statement{} : f->history.last();
        out += rowOf(violationsCsv({v})) + ',';
        out += text::clockText(v.startS, 3).toLatin1() + ',';
        out += text::clockText(v.endS, 3).toLatin1() + ',';
        out += QByteArray::number(qlonglong(pictureFrame(v))) + ',';
        out += QByteArray(reviewName(f->review())) + ',';
        appendCsvText(out, last.who);
        appendCsvText(out, last.reason);
        appendCsvText(out, last.note);
        out +=
            (f->history.isEmpty() ? QString() : last.at.toUTC().toString(Qt::ISODate)).toLatin1();
        out += ',' + QByteArray::number(qlonglong(f->history.size())) + ',' + byHand(*f) + '\n';
    }
    return out;
}

QByteArray reportInsertionsCsv(const ReportData& data, bool byteOrderMark) {
    QByteArray out(byteOrderMark ? kBom : "");
    out += headOf(insertionsCsv({})) + ",start_timecode,end_timecode,by_hand\n";
    for (const Insertion& i : data.insertions) {
        out += rowOf(insertionsCsv({i})) + ',' + text::clockText(i.startS, 3).toLatin1() + ',' +
               text::clockText(i.endS, 3).toLatin1() + ',';
        appendCsvText(out, data.insertionsByHand.value(i.id));
        out.chop(1);  // the comma after the last field
        out += '\n';
    }
    return out;
}

QByteArray reportJson(const ReportData& data, const Selection& selection,
                      const std::vector<const Finding*>& rows) {
    compliance::Judgement judgement;
    judgement.insertions = data.insertions;
    judgement.coverage = data.coverage;
    judgement.radiusM = data.summary.radiusOfActionM;
    for (const Finding* f : rows) {
        judgement.violations.push_back(f->violation);
    }
    // The same form as a result, so that what reads one reads the other.
    QJsonObject o = QJsonDocument::fromJson(summaryToJson(data.summary, judgement)).object();
    QJsonArray violations = o[QLatin1String("violations")].toArray();
    for (qsizetype n = 0; n < violations.size() && n < qsizetype(rows.size()); ++n) {
        const Finding& f = *rows[size_t(n)];
        QJsonObject v = violations[n].toObject();
        QJsonArray history;
        for (const Statement& s : f.history) {
            history.append(statementJson(s));
        }
        v[QLatin1String("start_timecode")] = text::clockText(f.violation.startS, 3);
        v[QLatin1String("picture_frame")] = qint64(pictureFrame(f.violation));
        v[QLatin1String("review")] = QLatin1String(reviewName(f.review()));
        v[QLatin1String("history")] = history;
        v[QLatin1String("by_hand")] = QLatin1String(byHand(f));
        violations[n] = v;
    }
    for (const char* list : {"insertions", "touches"}) {
        QJsonArray insertions = o[QLatin1String(list)].toArray();
        for (qsizetype n = 0; n < insertions.size(); ++n) {
            QJsonObject in = insertions[n].toObject();
            in[QLatin1String("by_hand")] =
                data.insertionsByHand.value(in[QLatin1String("id")].toInteger());
            insertions[n] = in;
        }
        o[QLatin1String(list)] = insertions;
    }
    o[QLatin1String("corrections")] = correctionsJson(data);
    const Figures f = figures(data);
    o[QLatin1String("schema")] = QStringLiteral("cvd-mis/report/1");
    o[QLatin1String("violations")] = violations;
    o[QLatin1String("selection")] = QLatin1String(whichName(selection.which));
    o[QLatin1String("precision")] = precisionJson(data);
    o[QLatin1String("project")] = QJsonObject{
        {QStringLiteral("name"), data.title},
        {QStringLiteral("owner"), data.owner},
        {QStringLiteral("description"), data.description},
        {QStringLiteral("pour_date"), data.pourDate.toString(Qt::ISODate)},
        {QStringLiteral("prepared_by"), data.preparedBy},
        {QStringLiteral("prepared_utc"), data.preparedAt.toUTC().toString(Qt::ISODate)}};
    o[QLatin1String("figures")] = QJsonObject{
        {QStringLiteral("insertions"), f.insertions},    {QStringLiteral("touches"), f.touches},
        {QStringLiteral("violations"), f.violations},    {QStringLiteral("confirmed"), f.confirmed},
        {QStringLiteral("false_alarms"), f.falseAlarms}, {QStringLiteral("not_reviewed"), f.open},
        {QStringLiteral("cannot_judge"), f.cannotJudge}};
    return QJsonDocument(o).toJson(QJsonDocument::Indented);
}

}  // namespace cvd::report
