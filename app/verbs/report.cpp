// cvd-mis report NUMBER|DIR --out DIR2: a project's or a result folder's report in the formats
// asked for. cvd-mis report verify FILE.zip: is an evidence package unchanged.
#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include "app/cli.h"
#include "app/share.h"
#include "app/verbs.h"
#include "app/workspace_cli.h"
#include "core/jobs/judge_again.h"
#include "core/projects/project_report.h"
#include "core/report/evidence_package.h"
#include "core/report/export.h"
#include "ui/language.h"

namespace cvd::app {
namespace {

using report::ExportStage;

// A folder is taken for a result, a number for a project; "./7" names a folder called 7.
bool isNumber(const QString& text) {
    bool ok = false;
    return text.toLongLong(&ok) >= 0 && ok;
}

// What a report is made of.
struct Source {
    report::ReportData data;
    CliWorkspace workspace;  // empty: a folder
    accounts::Session session;
    ProjectId project;
};

Result<Source> sourceFor(const QCommandLineParser& parser, const QString& what) {
    Source source;
    report::ReportData& data = source.data;
    if (!isNumber(what)) {
        CVD_TRY_ASSIGN(data, report::readReportData(what, parser.value(QStringLiteral("video"))));
        return source;
    }
    source.project = ProjectId{what.toLongLong()};
    CVD_TRY_ASSIGN(source.workspace, openWorkspaceFrom(parser));
    CVD_TRY_ASSIGN(source.session, signInFrom(parser, source.workspace));
    CVD_TRY_ASSIGN(data,
                   projects::reportOf(*source.workspace.projects, source.session, source.project));
    if (const QString video = parser.value(QStringLiteral("video")); !video.isEmpty()) {
        data.videoFile = video;
        data.videoAnnotated = false;
        data.videoFirstFrame = 0;
    }
    return source;
}

Result<report::ExportOptions> optionsFrom(const QCommandLineParser& parser) {
    report::ExportOptions options;
    const QString formats = parser.value(QStringLiteral("format"));
    for (const QString& word : formats.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const auto part = report::partFromName(word.trimmed());
        if (!part) {
            return fail(ErrorKind::Usage,
                        CVD_TR("core",
                               "There is no format %1. Choose from files, pdf, xlsx, csv, json, "
                               "clips, video and zip."),
                        {word.toStdString()});
        }
        if (!options.parts.contains(*part)) {
            options.parts.append(*part);
        }
    }
    const QString language = parser.value(QStringLiteral("language"));
    if (!language.isEmpty() && language != QLatin1String("en") &&
        !language.startsWith(QLatin1String("zh"))) {
        return fail(ErrorKind::Usage, CVD_TR("core", "A report is written in en or zh, not in %1."),
                    {language.toStdString()});
    }
    options.language = language.isEmpty() ? ui::language() : language;
    const QString verdicts = parser.value(QStringLiteral("verdicts"));
    if (verdicts == QLatin1String("confirmed")) {
        options.selection.which = report::Which::Confirmed;
    } else if (verdicts != QLatin1String("all")) {
        return fail(ErrorKind::Usage, CVD_TR("core", "--verdicts is all or confirmed, not %1."),
                    {verdicts.toStdString()});
    }
    options.byteOrderMark = !parser.isSet(QStringLiteral("no-bom"));
    options.burnIn.overlay = !parser.isSet(QStringLiteral("no-overlay"));
    options.burnIn.caption = !parser.isSet(QStringLiteral("no-caption"));
    bool ok = false;
    const double lead = parser.value(QStringLiteral("lead")).toDouble(&ok);
    if (!ok || lead < 0 || lead > 60) {
        return fail(ErrorKind::Usage, CVD_TR("core", "--lead is seconds from 0 to 60, not %1."),
                    {parser.value(QStringLiteral("lead")).toStdString()});
    }
    options.burnIn.leadS = lead;
    return options;
}

QString stageText(const report::ExportProgress& p) {
    QString what;
    switch (p.stage) {
        case ExportStage::Preparing:
            return QCoreApplication::translate("cli", "Preparing");
        case ExportStage::Copying:
            what = QCoreApplication::translate("cli", "Copying");
            break;
        case ExportStage::Pictures:
            what = QCoreApplication::translate("cli", "Pictures");
            break;
        case ExportStage::Document:
            what = QCoreApplication::translate("cli", "PDF");
            break;
        case ExportStage::Tables:
            what = QCoreApplication::translate("cli", "Tables");
            break;
        case ExportStage::Clips:
            what = QCoreApplication::translate("cli", "Clips");
            break;
        case ExportStage::Video:
            what = QCoreApplication::translate("cli", "Video");
            break;
        case ExportStage::Packing:
            what = QCoreApplication::translate("cli", "Packing");
            break;
    }
    return p.total > 0 ? QStringLiteral("%1 %2 %").arg(what).arg(p.done * 100 / p.total) : what;
}

Status makeReport(const QCommandLineParser& parser, const QString& what) {
    const QString out = parser.value(QStringLiteral("out"));
    if (out.isEmpty()) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "Say with --out DIR where the results shall go."));
    }
    CVD_TRY_ASSIGN(const auto options, optionsFrom(parser));
    CVD_TRY_ASSIGN(Source source, sourceFor(parser, what));
    report::ReportData& data = source.data;
    if (const QString day = parser.value(QStringLiteral("pour-date")); !day.isEmpty()) {
        data.pourDate = QDate::fromString(day, Qt::ISODate);
        if (!data.pourDate.isValid()) {
            return fail(ErrorKind::Usage,
                        CVD_TR("core", "--pour-date is a day like 2026-03-31, not %1."),
                        {day.toStdString()});
        }
    }
    const QTemporaryDir judged;  // for as long as its files are read
    if (const QString wanted = parser.value(QStringLiteral("profile")); !wanted.isEmpty()) {
        CVD_TRY_ASSIGN(const QString profile, profileFrom(wanted));
        CVD_TRY_ASSIGN(data, jobs::reportUnder(data, profile, judged.path()));
    }
    Result<report::ExportOutcome> made = [&] {
        ProgressLine line(parser.isSet(QStringLiteral("quiet")));
        return report::exportReport(
            data, options, out, [&](const report::ExportProgress& p) { line.show(stageText(p)); },
            cancelFlag());
    }();
    if (!made.ok()) {
        return made.error();
    }
    if (source.workspace.projects) {
        projects::recordExport(*source.workspace.projects, source.session, source.project, *made);
    }
    if (!parser.isSet(QStringLiteral("quiet"))) {
        for (const QString& note : made->notes) {
            print(QCoreApplication::translate("cli", "Note: %1").arg(note));
        }
        if (!made->videoCodec.isEmpty()) {
            print(QCoreApplication::translate("cli", "Clips and video: %1").arg(made->videoCodec));
        }
    }
    print(QDir::toNativeSeparators(made->folder));
    return {};
}

Status verify(const QString& file) {
    CVD_TRY_ASSIGN(const auto check, report::verifyPackage(file));
    for (const QString& path : check.changed) {
        print(QCoreApplication::translate("cli", "changed: %1").arg(path));
    }
    for (const QString& path : check.missing) {
        print(QCoreApplication::translate("cli", "missing: %1").arg(path));
    }
    for (const QString& path : check.extra) {
        print(QCoreApplication::translate("cli", "not in the manifest: %1").arg(path));
    }
    if (!check.intact()) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "%1 was changed after it was made; do not rely on it."),
                    {file.toStdString()});
    }
    print(QCoreApplication::translate("cli", "%n file(s) unchanged", nullptr, check.files));
    print(QStringLiteral("%1  %2").arg(check.project, check.created));
    print(QStringLiteral("manifest.json SHA-256 %1").arg(check.manifestSha256));
    return {};
}

}  // namespace

int runReport(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(cliText(QT_TRANSLATE_NOOP(
        "cli",
        "Writes the report of a project's newest result, or of a result folder. verify FILE.zip "
        "checks an evidence package.")));
    parser.addPositionalArgument(
        QStringLiteral("NUMBER|DIR|verify"),
        cliText(QT_TRANSLATE_NOOP(
            "cli", "The project's number from project list, or the folder that detect wrote.")));
    parser.addPositionalArgument(
        QStringLiteral("FILE"),
        cliText(QT_TRANSLATE_NOOP("cli", "The evidence package, for verify.")),
        QStringLiteral("[FILE]"));
    addSessionOptions(parser);
    parser.addOptions({
        {QStringLiteral("out"), cliText(QT_TRANSLATE_NOOP("cli", "Folder for the files.")),
         QStringLiteral("DIR")},
        {QStringLiteral("format"),
         cliText(QT_TRANSLATE_NOOP(
             "cli",
             "What to write, with commas: files (the result's own), pdf, xlsx, csv, json, clips, "
             "video, zip (evidence package).")),
         QStringLiteral("LIST"), QStringLiteral("files")},
        {QStringLiteral("language"),
         cliText(QT_TRANSLATE_NOOP("cli", "Language of the report: en or zh.")),
         QStringLiteral("CODE")},
        {QStringLiteral("verdicts"),
         cliText(QT_TRANSLATE_NOOP("cli", "Which violations to list: all or confirmed.")),
         QStringLiteral("WHICH"), QStringLiteral("all")},
        {QStringLiteral("profile"),
         cliText(QT_TRANSLATE_NOOP(
             "cli", "Judge it for this report under another rule profile: its id, name or file.")),
         QStringLiteral("NAME|FILE")},
        {QStringLiteral("video"),
         cliText(QT_TRANSLATE_NOOP("cli", "The clean video, for pictures and clips.")),
         QStringLiteral("FILE")},
        {QStringLiteral("pour-date"),
         cliText(QT_TRANSLATE_NOOP("cli", "Day of the pour, for the cover: YYYY-MM-DD.")),
         QStringLiteral("DATE")},
        {QStringLiteral("lead"),
         cliText(QT_TRANSLATE_NOOP("cli", "Seconds before and after the violation in a clip.")),
         QStringLiteral("S"), QStringLiteral("2")},
        {QStringLiteral("no-overlay"),
         cliText(QT_TRANSLATE_NOOP("cli", "Pictures and clips without boxes and points."))},
        {QStringLiteral("no-caption"),
         cliText(QT_TRANSLATE_NOOP("cli", "Clips without the line that names the violation."))},
        {QStringLiteral("no-bom"),
         cliText(QT_TRANSLATE_NOOP("cli", "CSV without the mark that spreadsheets look for."))},
        {QStringLiteral("quiet"), cliText(QT_TRANSLATE_NOOP("cli", "No progress."))},
    });
    if (const auto code = parse(parser, arguments, 1, 2)) {
        return *code;
    }
    const QStringList words = parser.positionalArguments();
    const bool check = words[0] == QLatin1String("verify");
    if (check != (words.size() == 2)) {
        return printError(
            fail(ErrorKind::Usage,
                 CVD_TR("core",
                        "Use report NUMBER --out DIR, report DIR --out DIR, or report verify "
                        "FILE.zip.")));
    }
    return finish(check ? verify(words[1]) : makeReport(parser, words[0]));
}

}  // namespace cvd::app
