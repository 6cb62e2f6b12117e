// cvd-mis sample: what ./run --headless shows.
#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>

#include "app/cli.h"
#include "app/result_lines.h"
#include "app/share.h"
#include "app/verbs.h"

namespace cvd::app {

int runSample(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate(
        "cli", "Runs the sample pour that comes with the program through detect."));
    parser.addOption({QStringLiteral("out"),
                      QCoreApplication::translate("cli", "Folder for the results."),
                      QStringLiteral("DIR")});
    if (const auto code = parse(parser, arguments, 0, 0)) {
        return *code;
    }
    pipeline::DetectRequest request;
    const QString out = parser.value(QStringLiteral("out"));
    if (out.isEmpty()) {
        return printError(fail(ErrorKind::Usage,
                               CVD_TR("core", "Say with --out DIR where the results shall go.")));
    }
    if (!QFileInfo::exists(sampleVideoFile())) {
        return printError(fail(
            ErrorKind::Environment,
            CVD_TR("core", "The sample video %1 is missing. Install or build the program again."),
            {sampleVideoFile().toStdString()}));
    }
    request.outDir = out.toStdString();
    request.videoFile = sampleVideoFile().toStdString();
    request.calibrationFile = sampleCalibrationFile().toStdString();
    request.profile = kSampleProfile;
    request.modelFile = modelFileFrom({}).toStdString();
    return detectAndTell(request, false);
}

}  // namespace cvd::app
