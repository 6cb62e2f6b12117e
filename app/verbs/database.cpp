// cvd-mis db status | migrate | copy
#include <filesystem>
#include <system_error>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

#include "app/cli.h"
#include "app/verbs.h"
#include "app/workspace_cli.h"
#include "core/accounts/password.h"
#include "core/projects/original_import.h"
#include "core/storage/copy_database.h"
#include "core/text/text.h"

namespace cvd::app {
namespace {

using storage::SchemaState;

const char* stateName(SchemaState state) {
    switch (state) {
        case SchemaState::Current:
            return "current";
        case SchemaState::Upgraded:
            return "upgraded";
        case SchemaState::NeedsMigration:
            return "needs migration";
        case SchemaState::NewerCompatible:
            return "newer, compatible";
        case SchemaState::NewerIncompatible:
            return "newer, incompatible";
        case SchemaState::Broken:
            return "broken";
        case SchemaState::Empty:
            return "empty";
    }
    return "";
}

int status(const QCommandLineParser& parser) {
    const auto settings = connectionFrom(parser);
    if (!settings.ok()) {
        return printError(settings.error());
    }
    const auto database = storage::Database::open(*settings, storage::OpenMode::Existing);
    if (!database.ok()) {
        return printError(database.error());
    }
    const auto found = storage::databaseStatus(**database);
    if (!found.ok()) {
        return printError(found.error());
    }
    print(QStringLiteral("location  %1").arg(found->location));
    print(QStringLiteral("server    %1").arg(found->serverVersion));
    if (settings->engine == storage::Engine::MySql) {
        print(QStringLiteral("tls       %1")
                  .arg(found->tlsCipher.isEmpty() ? QStringLiteral("off") : found->tlsCipher));
    }
    print(QStringLiteral("schema    %1 (version %2, this program %3)")
              .arg(QLatin1String(stateName(found->schema.state)))
              .arg(found->schema.version)
              .arg(found->schema.programVersion));
    for (const storage::TableCopy& table : found->tables) {
        print(QStringLiteral("  %1 %2").arg(table.table, -20).arg(table.rows));
    }
    if (!found->damage.isEmpty()) {
        print(QStringLiteral("damage    %1").arg(found->damage));
        return static_cast<int>(ErrorKind::Environment);
    }
    const Status usable = storage::usable(**database, found->schema);
    const bool fresh = found->schema.state == SchemaState::Empty ||
                       found->schema.state == SchemaState::NeedsMigration;
    return usable.ok() || fresh ? kDone : printError(usable.error());
}

int migrate(const QCommandLineParser& parser) {
    const auto settings = connectionFrom(parser);
    if (!settings.ok()) {
        return printError(settings.error());
    }
    const auto database = storage::Database::open(*settings);
    if (!database.ok()) {
        return printError(database.error());
    }
    const auto done = storage::migrate(**database);
    if (!done.ok()) {
        return printError(done.error());
    }
    if (const Status usable = storage::usable(**database, *done); !usable.ok()) {
        return printError(usable.error());
    }
    print(QStringLiteral("%1: version %2")
              .arg(QLatin1String(stateName(done->state)))
              .arg(done->version));
    return kDone;
}

// Also by another name: "replace" would empty what is to be copied.
bool sameFile(const storage::ConnectionSettings& a, const storage::ConnectionSettings& b) {
    std::error_code ignored;
    return a.engine == storage::Engine::Sqlite && b.engine == storage::Engine::Sqlite &&
           std::filesystem::equivalent(a.sqliteFile.toStdU16String(), b.sqliteFile.toStdU16String(),
                                       ignored);
}

bool isThere(const storage::ConnectionSettings& settings) {
    return settings.engine != storage::Engine::Sqlite || QFileInfo::exists(settings.sqliteFile);
}

// A file that only the failed copy made.
void removeDatabaseFile(const storage::ConnectionSettings& settings) {
    for (const char* end : {"", "-wal", "-shm", "-journal"}) {
        QFile::remove(settings.sqliteFile + QLatin1String(end));
    }
}

int copy(const QCommandLineParser& parser) {
    if (!parser.isSet(QStringLiteral("from")) || !parser.isSet(QStringLiteral("to"))) {
        return printError(
            fail(ErrorKind::Usage, CVD_TR("core", "db copy needs --from URL and --to URL.")));
    }
    const auto source = connectionFrom(parser, parser.value(QStringLiteral("from")));
    if (!source.ok()) {
        return printError(source.error());
    }
    const auto target = connectionFrom(parser, parser.value(QStringLiteral("to")));
    if (!target.ok()) {
        return printError(target.error());
    }
    if (source->location() == target->location() || sameFile(*source, *target)) {
        return printError(
            fail(ErrorKind::Usage, CVD_TR("core", "Source and target are the same database.")));
    }
    const auto from = storage::Database::open(*source, storage::OpenMode::Existing);
    if (!from.ok()) {
        return printError(from.error());
    }
    const bool targetIsOurs = !isThere(*target);
    auto to = storage::Database::open(*target);
    if (!to.ok()) {
        if (targetIsOurs) {
            removeDatabaseFile(*target);
        }
        return printError(to.error());
    }
    storage::CopyOptions options;
    options.replace = parser.isSet(QStringLiteral("replace"));
    storage::CopyControl control;
    const auto line = std::make_shared<ProgressLine>(parser.isSet(QStringLiteral("quiet")));
    control.progress = [line](qint64 done, qint64 total, const QString& table) {
        line->show(QStringLiteral("%1 %2 / %3").arg(table).arg(done).arg(total));
    };
    control.cancelled = [] { return cancelFlag().load(); };
    const auto report = storage::copyDatabase(**from, **to, options, control);
    control.progress = {};
    if (!report.ok()) {
        if (targetIsOurs) {
            to->reset();
            removeDatabaseFile(*target);
        }
        return printError(report.error());
    }
    for (const storage::TableCopy& table : report->tables) {
        print(QStringLiteral("  %1 %2").arg(table.table, -20).arg(table.rows));
    }
    const int rows = static_cast<int>(report->rows());
    print(QCoreApplication::translate("cli", "%n row(s) copied and compared.", nullptr, rows));
    return kDone;
}

using projects::OriginalReport;

const char* outcomeName(OriginalReport::Outcome outcome) {
    switch (outcome) {
        case OriginalReport::Outcome::Taken:
            return "taken";
        case OriginalReport::Outcome::TakenBefore:
            return "taken before";
        case OriginalReport::Outcome::SameName:
            return "same name";
        case OriginalReport::Outcome::NotTaken:
            return "not taken";
    }
    return "";
}

void printOriginal(const OriginalReport& report, bool dryRun) {
    using What = OriginalReport::What;
    using Outcome = OriginalReport::Outcome;
    for (const OriginalReport::Line& line : report.lines) {
        const QString why =
            line.problem.ok() ? QString() : text::errorText(line.problem.error()).simplified();
        print(QStringLiteral("%1\t%2\t%3%4%5")
                  .arg(line.what == What::User ? QStringLiteral("user") : QStringLiteral("project"),
                       QLatin1String(outcomeName(line.outcome)), line.name,
                       line.needsPassword ? QStringLiteral("\tneeds a password") : QString(),
                       why.isEmpty() ? QString() : QLatin1Char('\t') + why));
    }
    const QString pattern =
        dryRun ? cliText(QT_TRANSLATE_NOOP(
                     "cli",
                     "Would take over: %1 users, %2 projects. Not: %3 projects. Nothing changed."))
               : cliText(QT_TRANSLATE_NOOP("cli",
                                           "Taken over: %1 users, %2 projects. Not: %3 projects."));
    print(pattern.arg(report.count(What::User, Outcome::Taken))
              .arg(report.count(What::Project, Outcome::Taken))
              .arg(report.count(What::Project, Outcome::NotTaken)));
    if (report.needPassword() > 0) {
        print(cliText(QT_TRANSLATE_NOOP("cli",
                                        "%1 users need a new password: user reset-password NAME."))
                  .arg(report.needPassword()));
    }
}

Status importOriginal(const QCommandLineParser& parser) {
    if (!parser.isSet(QStringLiteral("from")) || !parser.isSet(QStringLiteral("media"))) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "db import-original needs --from URL and --media DIR."));
    }
    CVD_TRY_ASSIGN(const auto source, connectionFrom(parser, parser.value(QStringLiteral("from")),
                                                     QStringLiteral("from-password-file")));
    CVD_TRY_ASSIGN(const auto original,
                   storage::Database::open(source, storage::OpenMode::Existing));
    CVD_TRY_ASSIGN(auto workspace, openWorkspaceFrom(parser));
    CVD_TRY_ASSIGN(const auto session, signInFrom(parser, workspace));
    CVD_TRY(workspace.projects->recover());
    projects::OriginalImport options;
    options.mediaFolder = parser.value(QStringLiteral("media"));
    options.dryRun = parser.isSet(QStringLiteral("dry-run"));
    options.keepPasswords = !parser.isSet(QStringLiteral("reset-passwords"));
    options.mode = parser.isSet(QStringLiteral("link")) ? projects::ImportMode::Link
                                                        : projects::ImportMode::Copy;
    options.cancelled = [] { return cancelFlag().load(); };
    std::optional<OriginalReport> report;
    {
        ProgressLine line(parser.isSet(QStringLiteral("quiet")));
        options.progress = [&](int done, int total, const QString& name) {
            line.show(QStringLiteral("%1 / %2 %3").arg(done).arg(total).arg(name));
        };
        CVD_TRY_ASSIGN(
            report, projects::importOriginal(*original, *workspace.database, *workspace.library,
                                             session, options, accounts::PasswordCost::standard()));
    }
    printOriginal(*report, options.dryRun);
    return {};
}

}  // namespace

int runDatabase(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(cliText(
        QT_TRANSLATE_NOOP("cli",
                          "status: what is there. migrate: brings the tables up to date. copy: "
                          "everything from one database to another, compared row by row. "
                          "import-original: people, projects and videos of the original system.")));
    parser.addPositionalArgument(QStringLiteral("ACTION"),
                                 cliText(QT_TRANSLATE_NOOP("cli", "What to do.")),
                                 QStringLiteral("status|migrate|copy|import-original"));
    addSessionOptions(parser);
    parser.addOptions({
        {QStringLiteral("from"),
         cliText(QT_TRANSLATE_NOOP("cli", "Source of copy or import-original.")),
         QStringLiteral("URL")},
        {QStringLiteral("to"),
         cliText(QT_TRANSLATE_NOOP("cli", "Target of copy; it must be empty.")),
         QStringLiteral("URL")},
        {QStringLiteral("replace"),
         cliText(QT_TRANSLATE_NOOP("cli", "Delete what the target of copy holds."))},
        {QStringLiteral("from-password-file"),
         cliText(QT_TRANSLATE_NOOP(
             "cli", "File whose first line is the password of import-original's server.")),
         QStringLiteral("FILE")},
        {QStringLiteral("media"),
         cliText(QT_TRANSLATE_NOOP("cli", "The original system's media folder.")),
         QStringLiteral("DIR")},
        {QStringLiteral("dry-run"),
         cliText(QT_TRANSLATE_NOOP("cli", "Only tell what import-original would take."))},
        {QStringLiteral("link"),
         cliText(QT_TRANSLATE_NOOP("cli", "Leave the videos where they are instead of copying."))},
        {QStringLiteral("reset-passwords"),
         cliText(QT_TRANSLATE_NOOP("cli", "Take no passwords over; give new ones afterwards."))},
        {QStringLiteral("quiet"), cliText(QT_TRANSLATE_NOOP("cli", "No progress."))},
    });
    if (const auto code = parse(parser, arguments, 1, 1)) {
        return *code;
    }
    const QString what = parser.positionalArguments().constFirst();
    if (what == QStringLiteral("status")) {
        return status(parser);
    }
    if (what == QStringLiteral("migrate")) {
        return migrate(parser);
    }
    if (what == QStringLiteral("copy")) {
        return copy(parser);
    }
    if (what == QStringLiteral("import-original")) {
        return finish(importOriginal(parser));
    }
    return printError(
        fail(ErrorKind::Usage,
             CVD_TR("core", "db knows status, migrate, copy and import-original, not %1."),
             {what.toStdString()}));
}

}  // namespace cvd::app
