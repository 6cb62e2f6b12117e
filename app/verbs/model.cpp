// cvd-mis model: which detectors there are, and whether a file is one.
#include <QCommandLineParser>
#include <QDir>

#include "app/cli.h"
#include "app/share.h"
#include "app/verbs.h"
#include "core/inference/model_manifest.h"
#include "core/pipeline/late_detector.h"
#include "core/pipeline/pipeline.h"

namespace cvd::app {
namespace {

void printManifest(const inference::ModelManifest& m) {
    QStringList classes;
    for (const std::string& name : m.classes) {
        classes << QString::fromStdString(name);
    }
    print(QStringLiteral("%1 %2  %3x%4  %5  %6  %7")
              .arg(QString::fromStdString(m.name), QString::fromStdString(m.version))
              .arg(m.inputWidth)
              .arg(m.inputHeight)
              .arg(QString::fromUtf8(inference::decoderName(m.decoder).data()),
                   classes.join(QLatin1Char(',')), QString::fromStdString(m.licence)));
    print(QStringLiteral("  %1").arg(QString::fromStdString(m.manifestFile.string())));
    print(QStringLiteral("  sha256 %1").arg(QString::fromStdString(m.sha256)));
}

int listModels() {
    const QDir folder(shareDir() + QStringLiteral("/models"));
    int found = 0;
    for (const QString& file :
         folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        const auto manifest = inference::loadManifest(folder.filePath(file).toStdString());
        if (manifest.ok()) {
            printManifest(*manifest);
            ++found;
        }
    }
    if (found == 0) {
        return printError(
            fail(ErrorKind::Environment,
                 CVD_TR("core", "There is no model in %1. Install or build the program again."),
                 {folder.path().toStdString()}));
    }
    return kDone;
}

int checkModel(const QString& file) {
    const auto manifest = inference::loadManifest(file.toStdString());
    if (!manifest.ok()) {
        return printError(manifest.error());
    }
    inference::DetectorOptions options;
    options.device = "cpu";
    const auto detector = pipeline::loadDetectorLate(file.toStdString(), options);
    if (!detector.ok()) {
        return printError(detector.error());
    }
    printManifest(*manifest);
    print(cliText(QT_TRANSLATE_NOOP(
        "cli", "The model loads, runs and answers in the form that its manifest says.")));
    return kDone;
}

}  // namespace

int runModel(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        cliText(QT_TRANSLATE_NOOP("cli",
                                  "list: the models that come with the program. check FILE: loads "
                                  "a model by its manifest and runs it once.")));
    parser.addPositionalArgument(QStringLiteral("list|check"),
                                 cliText(QT_TRANSLATE_NOOP("cli", "What to do.")));
    parser.addPositionalArgument(
        QStringLiteral("FILE"),
        cliText(QT_TRANSLATE_NOOP("cli", "Manifest of the model, for check.")),
        QStringLiteral("[FILE]"));
    if (const auto code = parse(parser, arguments, 1, 2)) {
        return *code;
    }
    const QStringList words = parser.positionalArguments();
    if (words[0] == QStringLiteral("list") && words.size() == 1) {
        return listModels();
    }
    if (words[0] == QStringLiteral("check") && words.size() == 2) {
        return checkModel(words[1]);
    }
    return printError(
        fail(ErrorKind::Usage, CVD_TR("core", "Use model list, or model check FILE.")));
}

}  // namespace cvd::app
