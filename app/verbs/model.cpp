// cvd-mis model: which detectors there are, whether a file is one, and bringing others in.
#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>

#include "app/cli.h"
#include "app/share.h"
#include "app/verbs.h"
#include "app/workspace_cli.h"
#include "core/models/model_library.h"

namespace cvd::app {
namespace {

using models::InstalledModel;
using models::ModelLibrary;

QString shippedModelsDir() {
    return shareDir() + QStringLiteral("/models");
}

void printManifest(const inference::ModelManifest& m, const QString& mark) {
    QStringList classes;
    for (const std::string& name : m.classes) {
        classes << QString::fromStdString(name);
    }
    print(QStringLiteral("%1 %2  %3x%4  %5  %6  %7%8")
              .arg(QString::fromStdString(m.name), QString::fromStdString(m.version))
              .arg(m.inputWidth)
              .arg(m.inputHeight)
              .arg(QString::fromUtf8(inference::decoderName(m.decoder).data()),
                   classes.mid(0, 12).join(QLatin1Char(',')), QString::fromStdString(m.licence),
                   mark));
    print(QStringLiteral("  %1").arg(QString::fromStdString(m.manifestFile.string())));
    print(QStringLiteral("  sha256 %1").arg(QString::fromStdString(m.sha256)));
    for (const inference::ModelFigure& figure : m.figures) {
        print(QStringLiteral("  %1 %2").arg(QString::fromStdString(figure.name),
                                            QString::fromStdString(figure.value)));
    }
}

// What was found by running it.
void printReport(const models::ProbeReport& report) {
    const inference::ModelFindings& f = report.network;
    for (const std::string& input : f.inputs) {
        print(QStringLiteral("  input   %1").arg(QString::fromStdString(input)));
    }
    for (const inference::TensorFinding& t : f.outputs) {
        QStringList sides;
        for (const std::int64_t side : t.shape) {
            sides << QString::number(side);
        }
        print(QStringLiteral("  output  %1: %2 %3")
                  .arg(QString::fromStdString(t.where), QString::fromStdString(t.type),
                       sides.join(QLatin1Char('x'))));
    }
    print(QStringLiteral("  decoder %1, %2 classes, %3 weights")
              .arg(f.decoder ? QString::fromUtf8(inference::decoderName(*f.decoder).data())
                             : QStringLiteral("-"))
              .arg(f.classes)
              .arg(f.weights));
    print(QStringLiteral("  forward %1 s at %2x%3")
              .arg(f.forwardS, 0, 'f', 4)
              .arg(f.inputWidth)
              .arg(f.inputHeight));
    if (report.detectS > 0) {
        print(QStringLiteral("  detect  %1 s for a frame of 1280x720")
                  .arg(report.detectS, 0, 'f', 4));
    }
}

models::ProbeControl probeControl() {
    models::ProbeControl control;
    control.cancelled = [] { return cancelFlag().load(); };
    bool ok = false;
    const int seconds = qEnvironmentVariableIntValue("CVD_MIS_PROBE_SECONDS", &ok);
    control.timeoutS = ok && seconds > 0 ? seconds : control.timeoutS;
    return control;
}

int list(const QCommandLineParser& parser) {
    // The list works without a database, too; then the default is the shipped one.
    auto database = existingDatabase(parser);
    const ModelLibrary library(database.ok() ? database->get() : nullptr, shippedModelsDir(),
                               userModelsDir());
    const auto chosen = library.defaultModel();
    const QList<InstalledModel> all = library.models();
    for (const InstalledModel& model : all) {
        const bool isDefault = chosen.ok() && chosen->manifestFile == model.manifestFile;
        if (model.problem.ok()) {
            printManifest(model.manifest, isDefault ? QStringLiteral("  [default]") : QString());
        } else {
            printError(model.problem.error());
        }
    }
    return chosen.ok() ? kDone : printError(chosen.error());
}

int check(const QString& file) {
    const bool bare = !QFileInfo(file).isDir() && !file.endsWith(QStringLiteral(".json"));
    const auto report = models::probeInChild(file, probeControl());
    if (!report.ok()) {
        return printError(report.error());
    }
    if (bare) {
        const auto guess =
            inference::manifestFromFindings(report->network, file.toStdString(), "model", {});
        if (!report->network.decoder) {
            return printError(guess.error());
        }
    } else if (const auto manifest = inference::loadManifest(file.toStdString()); manifest.ok()) {
        printManifest(*manifest, {});
    }
    printReport(*report);
    print(bare ? cliText(
                     QT_TRANSLATE_NOOP("cli", "The file is a detector. model import brings it in."))
               : cliText(QT_TRANSLATE_NOOP("cli",
                                           "The model loads, runs and answers in the form that its "
                                           "manifest says.")));
    return kDone;
}

// The file is tried before anybody is asked for a password.
Status import(const QCommandLineParser& parser, const QString& file) {
    models::ModelImport request;
    request.file = file;
    request.manifest = parser.value(QStringLiteral("manifest"));
    request.name = parser.value(QStringLiteral("name"));
    request.classes = parser.value(QStringLiteral("classes")).split(',', Qt::SkipEmptyParts);
    CVD_TRY_ASSIGN(auto staged, models::stageModel(userModelsDir(), request, probeControl()));
    const models::ProbeReport report = staged.report();
    const bool guessed = staged.guessed();
    CVD_TRY_ASSIGN(const auto database, existingDatabase(parser));
    CVD_TRY_ASSIGN(const auto session, sessionFor(parser, database.get()));
    ModelLibrary library(database.get(), shippedModelsDir(), userModelsDir());
    CVD_TRY_ASSIGN(const InstalledModel added, library.add(session, std::move(staged)));
    printManifest(added.manifest, {});
    printReport(report);
    if (guessed) {
        print(cliText(QT_TRANSLATE_NOOP("cli",
                                        "It came without a manifest; one was written from what was "
                                        "found. Check the classes.")));
    }
    return {};
}

Status change(const QCommandLineParser& parser, const QString& what, const QString& name) {
    CVD_TRY_ASSIGN(const auto database, existingDatabase(parser));
    CVD_TRY_ASSIGN(const auto session, sessionFor(parser, database.get()));
    ModelLibrary library(database.get(), shippedModelsDir(), userModelsDir());
    return what == QStringLiteral("remove") ? library.remove(session, name)
                                            : library.setDefault(session, name);
}

// For this program's own use: the process that a model is tried in.
int probe(const QString& file) {
    const QJsonObject answer = models::probeHere(file);
    print(QString::fromUtf8(QJsonDocument(answer).toJson(QJsonDocument::Compact)));
    return kDone;
}

void describe(QCommandLineParser& parser) {
    parser.setApplicationDescription(cliText(QT_TRANSLATE_NOOP(
        "cli",
        "list: the models of this computer. check FILE: runs a model once and tells what it is. "
        "import FILE: the same, and keeps it. remove NAME. default NAME: the one that detections "
        "of projects use.")));
    parser.addPositionalArgument(QStringLiteral("ACTION"),
                                 cliText(QT_TRANSLATE_NOOP("cli", "What to do.")),
                                 QStringLiteral("list|check|import|remove|default"));
    parser.addPositionalArgument(
        QStringLiteral("FILE|NAME"),
        cliText(QT_TRANSLATE_NOOP("cli",
                                  "A manifest, a folder with one, or a TorchScript file; or a "
                                  "model's name.")),
        QStringLiteral("[FILE|NAME]"));
    addSessionOptions(parser);
    parser.addOptions({
        {QStringLiteral("manifest"),
         cliText(QT_TRANSLATE_NOOP("cli", "Manifest of the file to import.")),
         QStringLiteral("FILE")},
        {QStringLiteral("name"),
         cliText(QT_TRANSLATE_NOOP("cli",
                                   "Name of the imported model; the manifest's or the "
                                   "file's if not given.")),
         QStringLiteral("NAME")},
        {QStringLiteral("classes"),
         cliText(QT_TRANSLATE_NOOP(
             "cli", "Classes of a file without a manifest, in the network's order: a,b,c.")),
         QStringLiteral("NAMES")},
    });
}

}  // namespace

int runModel(const QStringList& arguments) {
    QCommandLineParser parser;
    describe(parser);
    if (const auto code = parse(parser, arguments, 1, 2)) {
        return *code;
    }
    const QStringList words = parser.positionalArguments();
    const QString what = words[0], argument = words.value(1);
    if (what == QStringLiteral("list") && words.size() == 1) {
        return list(parser);
    }
    if (words.size() == 2 && what == QStringLiteral("check")) {
        return check(argument);
    }
    if (words.size() == 2 && what == QStringLiteral("import")) {
        return finish(import(parser, argument));
    }
    if (words.size() == 2 &&
        (what == QStringLiteral("remove") || what == QStringLiteral("default"))) {
        return finish(change(parser, what, argument));
    }
    if (words.size() == 2 && what == QStringLiteral("probe")) {
        return probe(argument);
    }
    return printError(
        fail(ErrorKind::Usage,
             CVD_TR("core",
                    "Use model list, or model check or import with a file, or model remove or "
                    "default with a name.")));
}

}  // namespace cvd::app
