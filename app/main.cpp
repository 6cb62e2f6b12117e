// Composition: which part of the product runs. Nothing else is decided here.
#include <array>
#include <cstdio>
#include <memory>
#include <string_view>

#include <QApplication>
#include <QCommandLineParser>

#include "app/cli.h"
#include "app/desktop.h"
#include "app/verbs.h"
#include "core/base/log.h"
#include "core/pipeline/late_detector.h"
#include "ui/language.h"

namespace {

using cvd::ErrorKind;
using cvd::fail;

struct Verb {
    const char* name;
    int (*run)(const QStringList&);
    const char* summary;  // context "cli"
};

constexpr std::array<Verb, 12> kVerbs{{
    {"detect", cvd::app::runDetect,
     QT_TRANSLATE_NOOP("cli", "find and judge the insertions in a video")},
    {"judge", cvd::app::runJudge,
     QT_TRANSLATE_NOOP("cli", "judge an earlier result again, without detection")},
    {"simulate", cvd::app::runSimulate, QT_TRANSLATE_NOOP("cli", "render a pour with known truth")},
    {"sample", cvd::app::runSample,
     QT_TRANSLATE_NOOP("cli", "run the sample pour that comes with the program")},
    {"train", cvd::app::runTrain, QT_TRANSLATE_NOOP("cli", "train the detector")},
    {"evaluate", cvd::app::runTrain, QT_TRANSLATE_NOOP("cli", "measure a detector")},
    {"model", cvd::app::runModel,
     QT_TRANSLATE_NOOP("cli", "list, check, import and remove detection models")},
    {"profile", cvd::app::runProfile,
     QT_TRANSLATE_NOOP("cli", "list, show, check, import, export and remove rule profiles")},
    {"project", cvd::app::runProject,
     QT_TRANSLATE_NOOP("cli", "list, create, run, export and delete projects")},
    {"user", cvd::app::runUser, QT_TRANSLATE_NOOP("cli", "list, create, change and delete users")},
    {"db", cvd::app::runDatabase,
     QT_TRANSLATE_NOOP("cli", "look at, migrate and copy the database")},
    {"report", cvd::app::runReport, QT_TRANSLATE_NOOP("cli", "export a project's result")},
}};

const Verb* findVerb(std::string_view name) {
    for (const Verb& verb : kVerbs) {
        if (name == verb.name) {
            return &verb;
        }
    }
    return nullptr;
}

void nameTheProgram() {
    QCoreApplication::setOrganizationName(QStringLiteral("CVD-MIS"));
    QCoreApplication::setApplicationName(QStringLiteral("CVD-MIS"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CVD_VERSION));
}

void printUsage() {
    using cvd::app::print;
    print(QCoreApplication::translate("cli", "Usage: cvd-mis [VERB] [options]"));
    print(QCoreApplication::translate("cli", "Without a verb the program opens its window."));
    print({});
    for (const Verb& verb : kVerbs) {
        print(QStringLiteral("  %1  %2")
                  .arg(QLatin1String(verb.name), -9)
                  .arg(QCoreApplication::translate("cli", verb.summary)));
    }
    print({});
    print(QCoreApplication::translate("cli",
                                      "cvd-mis VERB --help lists a verb's options. Also: "
                                      "--version, --help, --exit-after-startup."));
}

// Reports are painted: that needs fonts, but no display.
std::unique_ptr<QCoreApplication> applicationFor(const Verb& verb, int& argc, char** argv) {
    if (verb.run == cvd::app::runReport) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        if (qEnvironmentVariableIntValue("CVD_MIS_VERBOSE") <= 0) {
            // What a windowless session lacks is no news to whoever reads stderr.
            qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
        }
        return std::make_unique<QGuiApplication>(argc, argv);
    }
    return std::make_unique<QCoreApplication>(argc, argv);
}

int runVerb(const Verb& verb, int argc, char** argv) {
    const auto application = applicationFor(verb, argc, argv);
    cvd::ui::installSystemLanguage();
    if (qEnvironmentVariableIntValue("CVD_MIS_VERBOSE") <= 0) {
        // Scripts read stderr: one plain line for an error, the library's own words only on
        // request.
        cvd::setLogSink([](cvd::LogLevel, std::string_view, std::string_view) {});
    }
    return verb.run(QCoreApplication::arguments().mid(1));
}

int runWithoutVerb(int argc, char** argv, std::string_view first) {
    QCoreApplication application(argc, argv);
    cvd::ui::installSystemLanguage();
    if (first == "--version" || first == "-v") {
        cvd::app::print(QStringLiteral("cvd-mis " CVD_VERSION));
        return cvd::app::kDone;
    }
    if (first == "--help" || first == "-h" || first == "help") {
        printUsage();
        return cvd::app::kDone;
    }
    return cvd::app::printError(
        fail(ErrorKind::Usage, CVD_TR("core", "There is no verb or option %1. Try cvd-mis --help."),
             {std::string(first)}));
}

// Options that the window takes; everything else after the program's name must be a verb.
bool isWindowOption(std::string_view first) {
    return first == "--exit-after-startup" || first == "--db" || first.starts_with("--db=") ||
           first == "--db-password-file" || first.starts_with("--db-password-file=") ||
           first == "-style" || first == "-platform";
}

// A name that does not survive the way to text and back would be looked for in vain.
const char* firstThatIsNoText(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        if (QString::fromLocal8Bit(argv[i]).toLocal8Bit() != QByteArray(argv[i])) {
            return argv[i];
        }
    }
    return nullptr;
}

}  // namespace

int main(int argc, char** argv) {
    // Before any thread: LibTorch's workers shall spin for a moment only while they wait
    // (docs/architecture.md).
    cvd::pipeline::restartWithBriefSpinning(argv);
    nameTheProgram();
    if (const char* broken = firstThatIsNoText(argc, argv)) {
        return cvd::app::printError(fail(
            ErrorKind::Usage,
            CVD_TR("core",
                   "The argument %1 is not UTF-8 text. Rename the file, or use a UTF-8 locale."),
            {QString::fromLocal8Bit(broken).toStdString()}));
    }
    const std::string_view first = argc > 1 ? argv[1] : "";
    if (const Verb* verb = findVerb(first)) {
        return runVerb(*verb, argc, argv);
    }
    if (argc > 1 && !isWindowOption(first)) {
        return runWithoutVerb(argc, argv, first);
    }
    return cvd::app::runDesktop(argc, argv);
}
