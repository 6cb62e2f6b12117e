// cvd-mis project list | show | create | run | delete | annotations, with the rights of the user
// who signs in.
#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFileInfo>
#include <QTimer>

#include "app/cli.h"
#include "app/result_lines.h"
#include "app/share.h"
#include "app/verbs.h"
#include "app/workspace_cli.h"
#include "core/base/log.h"
#include "core/jobs/job_queue.h"
#include "core/jobs/job_store.h"
#include "core/jobs/pipeline_runner.h"
#include "core/models/model_library.h"
#include "core/projects/annotation_export.h"
#include "core/storage/database.h"
#include "core/storage/problem.h"

namespace cvd::app {
namespace {

using projects::ProjectStatus;

QString statusText(ProjectStatus status) {
    switch (status) {
        case ProjectStatus::NotStarted:
            return QStringLiteral("not started");
        case ProjectStatus::Running:
            return QStringLiteral("running");
        case ProjectStatus::Done:
            return QStringLiteral("done");
    }
    return {};
}

void printProject(const projects::Project& p) {
    print(QStringLiteral("%1\t%2\t%3\t%4\t%5 s\t%6/%7")
              .arg(p.id.value)
              .arg(p.name, statusText(p.status), p.ownerName)
              .arg(p.video.durationS, 0, 'f', 1)
              .arg(p.violations - p.unreviewed)
              .arg(p.violations));
}

Status list(CliWorkspace& w, const accounts::Session& session, const QCommandLineParser& parser) {
    projects::ProjectQuery query;
    query.text = parser.value(QStringLiteral("search"));
    query.limit = 200;
    for (qint64 total = 1; query.offset < total; query.offset += query.limit) {
        CVD_TRY_ASSIGN(const auto page, w.projects->list(session, query));
        total = page.total;
        for (const projects::Project& p : page.rows) {
            printProject(p);
        }
    }
    return {};
}

Status create(CliWorkspace& w, const accounts::Session& session, const QCommandLineParser& parser,
              const QString& video) {
    projects::NewProject project;
    project.name = parser.value(QStringLiteral("name"));
    project.sourceFile = video;
    project.mode = parser.isSet(QStringLiteral("link")) ? projects::ImportMode::Link
                                                        : projects::ImportMode::Copy;
    projects::ImportControl control;
    control.cancelled = [] { return cancelFlag().load(); };
    CVD_TRY_ASSIGN(const ProjectId id, w.projects->create(session, project, control));
    if (const QString file = parser.value(QStringLiteral("calibration")); !file.isEmpty()) {
        if (const Status read = w.projects->importCalibration(session, id, file); !read.ok()) {
            (void)w.projects->remove(session, id);  // half a project helps nobody
            return read.error();
        }
    }
    print(QString::number(id.value));
    return {};
}

Result<ProjectId> idFrom(const QString& text) {
    bool ok = false;
    const qint64 id = text.toLongLong(&ok);
    if (!ok || id < 0) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "A project is given by its number from project list, not %1."),
                    {text.toStdString()});
    }
    return ProjectId{id};
}

// What --model says, or the database's default.
Result<QString> modelFor(CliWorkspace& w, const QString& option) {
    if (!option.isEmpty()) {
        CVD_TRY_ASSIGN(const QString file, triedModelFrom(option));
        return QFileInfo(file).absoluteFilePath();
    }
    const models::ModelLibrary library(w.database.get(), shareDir() + QStringLiteral("/models"),
                                       userModelsDir());
    const auto model = library.defaultModel();
    return model.ok() ? model->manifestFile : modelFileFrom({});
}

// A server that went away may come back; a full disk waits for whoever reads the message.
int storeWithinMs(const jobs::JobQueue& queue) {
    const auto problem = queue.databaseProblem();
    const bool comesBack = !problem || storage::isTemporary(storage::problemOf(*problem));
    return comesBack ? 60'000 : 1'000;
}

Error notStored(const jobs::JobQueue::Unstored& ending, const QString& database) {
    if (ending.state == jobs::JobState::Failed && ending.error) {
        return *ending.error;
    }
    if (ending.state != jobs::JobState::Done) {
        return fail(ErrorKind::Cancelled, CVD_TR("core", "Cancelled."));
    }
    return fail(ErrorKind::Environment,
                CVD_TR("core",
                       "The detection has ended, but the database %1 could not store it: its disk "
                       "is full or it cannot be reached. What was found is kept; mend that, then "
                       "start the program again."),
                {database.toStdString()});
}

// The job goes through the same queue as the program's, so it survives and is seen there too.
Status run(CliWorkspace& w, const accounts::Session& session, const QCommandLineParser& parser,
           ProjectId id) {
    jobs::JobQueue queue(w.database->settings(), w.library->root(), jobs::pipelineRunner());
    CVD_TRY(queue.start());
    jobs::JobOptions options;
    CVD_TRY_ASSIGN(options.profile, profileFrom(parser.value(QStringLiteral("profile"))));
    options.device = parser.value(QStringLiteral("device"));
    CVD_TRY_ASSIGN(options.modelFile, modelFor(w, parser.value(QStringLiteral("model"))));
    options.writeVideo = !parser.isSet(QStringLiteral("no-video"));
    QEventLoop loop;
    ProgressLine line(parser.isSet(QStringLiteral("quiet")));
    JobId mine;
    QObject::connect(&queue, &jobs::JobQueue::progress, &loop,
                     [&](JobId job, ProjectId, const jobs::JobProgress& p) {
                         if (job == mine) {
                             line.show(QStringLiteral("%1 / %2  %3/s")
                                           .arg(p.done)
                                           .arg(p.total)
                                           .arg(p.framesPerS, 0, 'f', 1));
                         }
                     });
    QObject::connect(&queue, &jobs::JobQueue::finished, &loop, [&](JobId job) {
        if (job == mine) {
            loop.quit();
        }
    });
    CVD_TRY_ASSIGN(mine, queue.enqueue(session, id, options));
    QElapsedTimer unstored;
    QTimer watch;  // a signal handler may not touch the queue
    QObject::connect(&watch, &QTimer::timeout, &loop, [&] {
        if (cancelFlag().load()) {
            (void)queue.cancel(session, mine);
        }
        if (!queue.unstored(mine)) {
            unstored.invalidate();
        } else if (!unstored.isValid()) {
            unstored.start();
        } else if (cancelFlag().load() || unstored.hasExpired(storeWithinMs(queue))) {
            loop.quit();
        }
    });
    watch.start(100);
    loop.exec();
    if (const auto ending = queue.unstored(mine)) {
        return notStored(*ending, w.database->location());
    }
    CVD_TRY_ASSIGN(const jobs::JobInfo info, queue.job(session, mine));
    queue.stop();
    pipeline::waitForBackgroundLoading();
    if (info.state == jobs::JobState::Cancelled) {
        return fail(ErrorKind::Cancelled, CVD_TR("core", "Cancelled."));
    }
    if (info.state != jobs::JobState::Done) {
        return info.error;
    }
    CVD_TRY_ASSIGN(const auto result, w.projects->result(session, info.result));
    tellResult(result.folder);
    return {};
}

Status annotations(CliWorkspace& w, const accounts::Session& session,
                   const QCommandLineParser& parser, ProjectId id) {
    const QString folder = parser.value(QStringLiteral("out"));
    if (folder.isEmpty()) {
        return fail(ErrorKind::Usage, CVD_TR("core", "Name the folder with --out."));
    }
    ProgressLine line(parser.isSet(QStringLiteral("quiet")));
    CVD_TRY_ASSIGN(
        const auto done,
        projects::exportAnnotations(*w.projects, session, id, folder, [&](int made, int total) {
            line.show(QStringLiteral("%1 / %2").arg(made).arg(total));
            return !cancelFlag().load();
        }));
    print(QStringLiteral("%1\t%2\t%3").arg(done.folder).arg(done.pictures).arg(done.objects));
    return {};
}

Status act(CliWorkspace& w, const QCommandLineParser& parser, const QString& what,
           const QString& argument) {
    CVD_TRY_ASSIGN(const auto session, signInFrom(parser, w));
    CVD_TRY(w.projects->recover());
    // A killed program's detection must neither be shown as running nor stand in the way.
    if (const auto settled = jobs::JobStore(*w.database, *w.library).settleDeadHere();
        !settled.ok()) {
        log(LogLevel::Warning, "cli", settled.error().message());
    }
    if (what == QStringLiteral("list")) {
        return list(w, session, parser);
    }
    if (what == QStringLiteral("create")) {
        return create(w, session, parser, argument);
    }
    CVD_TRY_ASSIGN(const ProjectId id, idFrom(argument));
    if (what == QStringLiteral("run")) {
        return run(w, session, parser, id);
    }
    if (what == QStringLiteral("annotations")) {
        return annotations(w, session, parser, id);
    }
    if (what == QStringLiteral("delete")) {
        return w.projects->remove(session, id);
    }
    CVD_TRY_ASSIGN(const auto project, w.projects->project(session, id));
    printProject(project);
    if (project.latestResult) {
        tellResult(project.latestResult->folder);
    }
    return {};
}

}  // namespace

int runProject(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(cliText(QT_TRANSLATE_NOOP(
        "cli",
        "Projects: list, show NUMBER, create VIDEO, run NUMBER, delete NUMBER, annotations NUMBER "
        "(what was corrected by hand, as training pictures).")));
    parser.addPositionalArgument(QStringLiteral("ACTION"),
                                 cliText(QT_TRANSLATE_NOOP("cli", "What to do.")),
                                 QStringLiteral("list|show|create|run|delete|annotations"));
    parser.addPositionalArgument(
        QStringLiteral("NUMBER|VIDEO"),
        cliText(QT_TRANSLATE_NOOP("cli", "The project, or the video of a new one.")),
        QStringLiteral("[NUMBER|VIDEO]"));
    addSessionOptions(parser);
    parser.addOptions({
        {QStringLiteral("search"),
         cliText(QT_TRANSLATE_NOOP("cli", "Words that must occur, for list.")),
         QStringLiteral("TEXT")},
        {QStringLiteral("name"),
         cliText(QT_TRANSLATE_NOOP("cli", "Name of the new project; the file's if not given.")),
         QStringLiteral("NAME")},
        {QStringLiteral("link"),
         cliText(QT_TRANSLATE_NOOP("cli", "Leave the video where it is instead of copying it."))},
        {QStringLiteral("calibration"),
         cliText(QT_TRANSLATE_NOOP("cli", "Calibration file of the new project.")),
         QStringLiteral("FILE")},
        {QStringLiteral("profile"), cliText(QT_TRANSLATE_NOOP("cli", "Rule profile, for run.")),
         QStringLiteral("ID"), QStringLiteral("gb50666")},
        {QStringLiteral("model"),
         cliText(QT_TRANSLATE_NOOP("cli", "Another detection model: its name, or its manifest.")),
         QStringLiteral("FILE")},
        {QStringLiteral("device"), cliText(QT_TRANSLATE_NOOP("cli", "auto, cpu, cuda or cuda:N.")),
         QStringLiteral("DEVICE"), QStringLiteral("auto")},
        {QStringLiteral("out"),
         cliText(QT_TRANSLATE_NOOP("cli", "Folder for the training pictures, for annotations.")),
         QStringLiteral("DIR")},
        {QStringLiteral("no-video"), cliText(QT_TRANSLATE_NOOP("cli", "Do not write result.mp4."))},
        {QStringLiteral("quiet"), cliText(QT_TRANSLATE_NOOP("cli", "No progress."))},
    });
    if (const auto code = parse(parser, arguments, 1, 2)) {
        return *code;
    }
    const QStringList words = parser.positionalArguments();
    const QStringList known{QStringLiteral("list"),   QStringLiteral("show"),
                            QStringLiteral("create"), QStringLiteral("run"),
                            QStringLiteral("delete"), QStringLiteral("annotations")};
    if (!known.contains(words[0]) || (words[0] == QStringLiteral("list")) != (words.size() == 1)) {
        return printError(
            fail(ErrorKind::Usage, CVD_TR("core",
                                          "Use project list, or project show, run, delete or "
                                          "annotations with a number, or project create with a "
                                          "video.")));
    }
    auto workspace = openWorkspaceFrom(parser);
    return workspace.ok() ? finish(act(*workspace, parser, words[0], words.value(1)))
                          : printError(workspace.error());
}

}  // namespace cvd::app
