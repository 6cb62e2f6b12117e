// cvd-mis report NUMBER --out DIR: the files of a project's newest result.
#include <QCommandLineParser>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include "app/cli.h"
#include "app/verbs.h"
#include "app/workspace_cli.h"

namespace cvd::app {
namespace {

Status copyFile(const QString& from, const QString& to) {
    // Beside the target first, so that a full disk never leaves half a file under its name.
    const QString temporary = to + QStringLiteral(".partial");
    QFile::remove(temporary);
    if (!QFile::copy(from, temporary) || (QFile::exists(to) && !QFile::remove(to)) ||
        !QFile::rename(temporary, to)) {
        QFile::remove(temporary);
        return fail(ErrorKind::Environment,
                    CVD_TR("core",
                           "The file %1 could not be written. Check the folder's permissions and "
                           "the free space."),
                    {to.toStdString()});
    }
    return {};
}

Status exportResult(const QCommandLineParser& parser, const QString& number, const QString& out) {
    CVD_TRY_ASSIGN(auto w, openWorkspaceFrom(parser));
    CVD_TRY_ASSIGN(const auto session, signInFrom(parser, w));
    bool ok = false;
    const ProjectId id{number.toLongLong(&ok)};
    if (!ok) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "A project is given by its number from project list, not %1."),
                    {number.toStdString()});
    }
    CVD_TRY_ASSIGN(const auto project, w.projects->project(session, id));
    if (!project.latestResult) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "The project %1 has no result yet. Run it first."),
                    {project.name.toStdString()});
    }
    if (!QDir().mkpath(out)) {
        return fail(
            ErrorKind::Environment,
            CVD_TR("core", "The folder %1 cannot be made. Check its name and your permissions."),
            {out.toStdString()});
    }
    const QDir folder(project.latestResult->folder);
    for (const QString& file : folder.entryList(QDir::Files)) {
        CVD_TRY(copyFile(folder.filePath(file), QDir(out).filePath(file)));
    }
    print(QDir::toNativeSeparators(QFileInfo(out).absoluteFilePath()));
    return {};
}

}  // namespace

int runReport(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(cliText(
        QT_TRANSLATE_NOOP("cli", "Copies the files of a project's newest result into a folder.")));
    parser.addPositionalArgument(
        QStringLiteral("NUMBER"),
        cliText(QT_TRANSLATE_NOOP("cli", "The project's number from project list.")));
    addSessionOptions(parser);
    parser.addOption({QStringLiteral("out"),
                      cliText(QT_TRANSLATE_NOOP("cli", "Folder for the files.")),
                      QStringLiteral("DIR")});
    if (const auto code = parse(parser, arguments, 1, 1)) {
        return *code;
    }
    const QString out = parser.value(QStringLiteral("out"));
    if (out.isEmpty()) {
        return printError(fail(ErrorKind::Usage,
                               CVD_TR("core", "Say with --out DIR where the results shall go.")));
    }
    return finish(exportResult(parser, parser.positionalArguments().constFirst(), out));
}

}  // namespace cvd::app
