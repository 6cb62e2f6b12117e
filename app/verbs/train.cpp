// Training and evaluation live in a program of their own beside this one, so that the window never
// loads LibTorch's training half. Options are checked here, then handed over.
#include <vector>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>

#include <unistd.h>

#include "app/cli.h"
#include "app/share.h"
#include "app/verbs.h"
#include "core/training/number_options.h"

namespace cvd::app {
namespace {

int handOver(const QStringList& arguments) {
    const QString program = QCoreApplication::applicationDirPath() + QStringLiteral("/cvd-train");
    std::vector<QByteArray> bytes{program.toLocal8Bit()};
    for (const QString& argument : arguments) {
        bytes.push_back(argument.toLocal8Bit());
    }
    std::vector<char*> words;
    for (QByteArray& word : bytes) {
        words.push_back(word.data());
    }
    words.push_back(nullptr);
    ::execv(words[0], words.data());
    return printError(fail(
        ErrorKind::Environment,
        CVD_TR("core",
               "The training program %1 cannot be started. Install or build the target cvd-train."),
        {program.toStdString()}));
}

void addOption(QCommandLineParser& parser, const char* name, const QString& help,
               const char* value = "") {
    parser.addOption({QLatin1String(name), help, QLatin1String(value)});
}

QStringList given(const QCommandLineParser& parser, const QStringList& names) {
    QStringList out;
    for (const QString& name : names) {
        if (parser.isSet(name)) {
            out << QStringLiteral("--") + name;
            if (!parser.value(name).isEmpty()) {
                out << parser.value(name);
            }
        }
    }
    return out;
}

Status checkNumbers(const QCommandLineParser& parser, const QStringList& names) {
    for (const QString& name : names) {
        if (parser.isSet(name)) {
            CVD_TRY(
                training::checkNumberOption(name.toStdString(), parser.value(name).toStdString()));
        }
    }
    return {};
}

int train(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        cliText(QT_TRANSLATE_NOOP("cli",
                                  "Trains the detector on rendered and real pictures; export "
                                  "writes a model from a checkpoint.")));
    parser.addPositionalArgument(
        QStringLiteral("export"),
        cliText(QT_TRANSLATE_NOOP("cli", "Write a model instead of training.")),
        QStringLiteral("[export]"));
    addOption(parser, "work",
              cliText(QT_TRANSLATE_NOOP("cli", "Folder for checkpoints and log (.training).")),
              "DIR");
    addOption(parser, "data",
              cliText(QT_TRANSLATE_NOOP(
                  "cli", "Folder with real pictures: site_safety and rig_workers below train/.")),
              "DIR");
    addOption(parser, "minutes", cliText(QT_TRANSLATE_NOOP("cli", "How long to train.")), "M");
    addOption(parser, "steps", cliText(QT_TRANSLATE_NOOP("cli", "Or how many steps.")), "N");
    addOption(parser, "resume",
              cliText(QT_TRANSLATE_NOOP("cli", "Go on from the last checkpoint.")));
    addOption(
        parser, "from",
        cliText(QT_TRANSLATE_NOOP("cli",
                                  "Manifest of a trained model whose weights to start with, or "
                                  "with export to write anew.")),
        "FILE");
    addOption(parser, "seed", cliText(QT_TRANSLATE_NOOP("cli", "Seed of everything random.")), "N");
    addOption(parser, "batch", cliText(QT_TRANSLATE_NOOP("cli", "Pictures a step.")), "N");
    addOption(parser, "pool",
              cliText(QT_TRANSLATE_NOOP("cli", "Rendered pictures kept in memory.")), "N");
    addOption(parser, "rate", cliText(QT_TRANSLATE_NOOP("cli", "Learning rate.")), "R");
    addOption(parser, "renew",
              cliText(QT_TRANSLATE_NOOP("cli", "New rendered pictures for each one learnt from.")),
              "SHARE");
    addOption(parser, "real-share",
              cliText(QT_TRANSLATE_NOOP("cli", "Share of photographs in a step.")), "SHARE");
    addOption(parser, "pour-share",
              cliText(QT_TRANSLATE_NOOP("cli", "Share of the rendered pictures: whole pours.")),
              "SHARE");
    addOption(parser, "drawn-share",
              cliText(QT_TRANSLATE_NOOP("cli", "Share of the rendered pictures: drawn ones.")),
              "SHARE");
    addOption(parser, "solid-share",
              cliText(QT_TRANSLATE_NOOP("cli",
                                        "Share of the rendered pictures: with depth and shadows.")),
              "SHARE");
    addOption(parser, "crop-width",
              cliText(QT_TRANSLATE_NOOP("cli", "Size of a training picture, multiples of 32.")),
              "PX");
    addOption(parser, "crop-height",
              cliText(QT_TRANSLATE_NOOP("cli", "Size of a training picture, multiples of 32.")),
              "PX");
    addOption(parser, "normal-width",
              cliText(QT_TRANSLATE_NOOP(
                  "cli", "Width of the input that the model is trained for, in pixels.")),
              "PX");
    addOption(parser, "validate-minutes",
              cliText(QT_TRANSLATE_NOOP("cli", "Time between two validations and checkpoints.")),
              "M");
    addOption(parser, "device", cliText(QT_TRANSLATE_NOOP("cli", "auto, cpu, cuda or cuda:N.")),
              "DEVICE");
    addOption(parser, "out",
              cliText(QT_TRANSLATE_NOOP("cli", "Folder for the model, with export.")), "DIR");
    addOption(parser, "thresholds",
              cliText(QT_TRANSLATE_NOOP(
                  "cli", "Default thresholds of poker, hoe and person, with export.")),
              "V,H,P");
    addOption(parser, "mirrored",
              cliText(QT_TRANSLATE_NOOP("cli",
                                        "With export: the model looks at each picture mirrored, "
                                        "too; more exact, slower.")));
    addOption(parser, "input-width",
              cliText(QT_TRANSLATE_NOOP(
                  "cli", "With export: size of the model's input, multiples of 32.")),
              "PX");
    addOption(parser, "input-height",
              cliText(QT_TRANSLATE_NOOP(
                  "cli", "With export: size of the model's input, multiples of 32.")),
              "PX");
    addOption(parser, "people-height",
              cliText(QT_TRANSLATE_NOOP(
                  "cli",
                  "With export: runs take a larger input for far views, in which people are so "
                  "many pixels high.")),
              "PX");
    if (const auto code = parse(parser, arguments, 0, 1)) {
        return *code;
    }
    const QStringList words = parser.positionalArguments();
    if (!words.isEmpty() && words[0] != QStringLiteral("export")) {
        return printError(fail(ErrorKind::Usage,
                               CVD_TR("core", "Use train, or train export, not train %1."),
                               {words[0].toStdString()}));
    }
    const QStringList numbers{QStringLiteral("minutes"),
                              QStringLiteral("steps"),
                              QStringLiteral("seed"),
                              QStringLiteral("batch"),
                              QStringLiteral("pool"),
                              QStringLiteral("rate"),
                              QStringLiteral("renew"),
                              QStringLiteral("real-share"),
                              QStringLiteral("pour-share"),
                              QStringLiteral("drawn-share"),
                              QStringLiteral("solid-share"),
                              QStringLiteral("crop-width"),
                              QStringLiteral("crop-height"),
                              QStringLiteral("normal-width"),
                              QStringLiteral("validate-minutes")};
    const QStringList sizes{QStringLiteral("input-width"), QStringLiteral("input-height"),
                            QStringLiteral("people-height")};
    if (const Status checked = checkNumbers(parser, numbers + sizes); !checked.ok()) {
        return printError(checked.error());
    }
    if (!words.isEmpty()) {
        return handOver(
            QStringList{QStringLiteral("export")} +
            given(parser, sizes + QStringList{QStringLiteral("work"), QStringLiteral("from"),
                                              QStringLiteral("out"), QStringLiteral("thresholds"),
                                              QStringLiteral("mirrored")}));
    }
    return handOver(
        QStringList{QStringLiteral("train")} +
        given(parser, numbers + QStringList{QStringLiteral("work"), QStringLiteral("data"),
                                            QStringLiteral("resume"), QStringLiteral("from"),
                                            QStringLiteral("device")}));
}

int evaluate(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(cliText(QT_TRANSLATE_NOOP(
        "cli",
        "Measures a model on simulated and real pictures, or two COCO files against each other.")));
    addOption(
        parser, "model",
        cliText(QT_TRANSLATE_NOOP("cli", "Another detection model: its name, or its manifest.")),
        "FILE");
    addOption(parser, "simulated",
              cliText(QT_TRANSLATE_NOOP(
                  "cli", "Measure on simulated pictures with seeds never trained on.")));
    addOption(
        parser, "data",
        cliText(QT_TRANSLATE_NOOP("cli", "Folder with real labelled pictures, measured too.")),
        "DIR");
    addOption(
        parser, "silence",
        cliText(QT_TRANSLATE_NOOP("cli", "Folder of pictures and videos without a poker in use.")),
        "DIR");
    addOption(parser, "count", cliText(QT_TRANSLATE_NOOP("cli", "Pictures of each set.")), "N");
    addOption(parser, "split", cliText(QT_TRANSLATE_NOOP("cli", "valid or test.")), "NAME");
    addOption(parser, "device", cliText(QT_TRANSLATE_NOOP("cli", "auto, cpu, cuda or cuda:N.")),
              "DEVICE");
    addOption(
        parser, "sheets",
        cliText(QT_TRANSLATE_NOOP("cli", "Folder for sheets of pictures with what was found.")),
        "DIR");
    addOption(parser, "ground-truth",
              cliText(QT_TRANSLATE_NOOP("cli", "COCO file with the true boxes.")), "FILE");
    addOption(parser, "detections", cliText(QT_TRANSLATE_NOOP("cli", "COCO file with detections.")),
              "FILE");
    addOption(parser, "json", cliText(QT_TRANSLATE_NOOP("cli", "Print JSON instead of a table.")));
    if (const auto code = parse(parser, arguments, 0, 0)) {
        return *code;
    }
    const bool truth = parser.isSet(QStringLiteral("ground-truth")),
               found = parser.isSet(QStringLiteral("detections"));
    if (truth != found) {
        return printError(fail(ErrorKind::Usage,
                               CVD_TR("core", "--ground-truth and --detections belong together.")));
    }
    if (truth) {
        return handOver(
            QStringList{QStringLiteral("coco")} +
            given(parser, {QStringLiteral("ground-truth"), QStringLiteral("detections")}));
    }
    const QStringList what{QStringLiteral("simulated"), QStringLiteral("data"),
                           QStringLiteral("silence")};
    if (given(parser, what).isEmpty()) {
        return printError(
            fail(ErrorKind::Usage, CVD_TR("core",
                                          "Say what to measure: --simulated, --data DIR, --silence "
                                          "DIR, or --ground-truth and --detections.")));
    }
    if (const Status checked = checkNumbers(parser, {QStringLiteral("count")}); !checked.ok()) {
        return printError(checked.error());
    }
    const auto model = triedModelFrom(parser.value(QStringLiteral("model")));
    if (!model.ok()) {
        return printError(model.error());
    }
    QStringList words{QStringLiteral("evaluate"), QStringLiteral("--model"), *model};
    words +=
        given(parser, {QStringLiteral("simulated"), QStringLiteral("data"),
                       QStringLiteral("silence"), QStringLiteral("count"), QStringLiteral("split"),
                       QStringLiteral("device"), QStringLiteral("sheets"), QStringLiteral("json")});
    return handOver(words);
}

}  // namespace

int runTrain(const QStringList& arguments) {
    return arguments.value(0) == QStringLiteral("evaluate") ? evaluate(arguments)
                                                            : train(arguments);
}

}  // namespace cvd::app
