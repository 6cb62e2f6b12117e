#include "app/desktop.h"

#include <QApplication>
#include <QCommandLineParser>

#include "app/cli.h"
#include "app/share.h"
#include "app/workspace_cli.h"
#include "core/jobs/pipeline_runner.h"
#include "core/pipeline/pipeline.h"
#include "ui/desktop_controller.h"
#include "ui/log_file.h"

namespace cvd::app {
namespace {

std::optional<int> readOptions(const QStringList& arguments, ui::DesktopConfig& config) {
    QCommandLineParser parser;
    addDatabaseOptions(parser);
    parser.addOption({QStringLiteral("exit-after-startup"),
                      cliText(QT_TRANSLATE_NOOP("cli", "Open the window and close it again."))});
    if (const auto code = parse(parser, arguments, 0, 0)) {
        return code;
    }
    config.databaseUrl = parser.value(QStringLiteral("db"));
    config.databasePasswordFile = parser.value(QStringLiteral("db-password-file"));
    config.exitAfterStartup = parser.isSet(QStringLiteral("exit-after-startup"));
    return std::nullopt;
}

}  // namespace

int runDesktop(int argc, char** argv) {
    QApplication application(argc, argv);
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.cvd_mis.CvdMis"));
    ui::DesktopConfig config;
    if (const auto code = readOptions(QCoreApplication::arguments(), config)) {
        return *code;
    }
    ui::startLogFile();
    config.runner = jobs::pipelineRunner();
    config.defaultModelFile = defaultModelFile();
    config.sampleVideoFile = sampleVideoFile();
    config.sampleCalibrationFile = sampleCalibrationFile();
    int code = kDone;
    {
        ui::DesktopController controller(config);
        controller.start();
        code = QApplication::exec();
    }
    pipeline::waitForBackgroundLoading();
    return code;
}

}  // namespace cvd::app
