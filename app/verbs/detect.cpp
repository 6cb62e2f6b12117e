// cvd-mis detect: the main job without database and screen. The same code runs the program's jobs.
#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRegularExpression>

#include "app/cli.h"
#include "app/judging_options.h"
#include "app/result_lines.h"
#include "app/share.h"
#include "app/verbs.h"
#include "core/pipeline/pipeline.h"

namespace cvd::app {
namespace {

Result<std::optional<pipeline::FrameRange>> rangeFrom(const QString& text) {
    using Range = std::optional<pipeline::FrameRange>;
    if (text.isEmpty()) {
        return Range{};
    }
    static const QRegularExpression kRange(QStringLiteral("\\A(\\d{1,12})-(\\d{1,12})\\z"));
    const auto match = kRange.match(text);
    const FrameIndex first = match.captured(1).toLongLong();
    const FrameIndex last = match.captured(2).toLongLong();
    if (!match.hasMatch() || last < first) {
        return fail(
            ErrorKind::Usage,
            CVD_TR("core",
                   "--range must be two frame numbers such as 250-900, the smaller first, not %1."),
            {text.toStdString()});
    }
    return Range(pipeline::FrameRange{first, last});
}

Status checkDevice(const QString& device) {
    static const QRegularExpression kDevice(QStringLiteral("\\A(auto|cpu|cuda(:\\d{1,2})?)\\z"));
    if (kDevice.match(device).hasMatch()) {
        return {};
    }
    return fail(ErrorKind::Usage,
                CVD_TR("core", "--device must be auto, cpu, cuda or cuda:N, not %1."),
                {device.toStdString()});
}

Result<pipeline::DetectRequest> requestFrom(const QCommandLineParser& parser) {
    pipeline::DetectRequest request;
    request.videoFile = parser.positionalArguments().constFirst().toStdString();
    request.outDir = parser.value(QStringLiteral("out")).toStdString();
    if (request.outDir.empty()) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "Say with --out DIR where the results shall go."));
    }
    CVD_TRY_ASSIGN(request.range, rangeFrom(parser.value(QStringLiteral("range"))));
    CVD_TRY(checkDevice(parser.value(QStringLiteral("device"))));
    request.device = parser.value(QStringLiteral("device")).toStdString();
    request.calibrationFile = parser.value(QStringLiteral("calibration")).toStdString();
    CVD_TRY_ASSIGN(const QString profile, profileFrom(parser.value(QStringLiteral("profile"))));
    request.profile = profile.toStdString();
    CVD_TRY_ASSIGN(const QString model, triedModelFrom(parser.value(QStringLiteral("model"))));
    request.modelFile = model.toStdString();
    CVD_TRY_ASSIGN(request.judging, judgingFrom(parser, {}));
    request.writeVideo = !parser.isSet(QStringLiteral("no-video"));
    return request;
}

}  // namespace

int runDetect(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(cliText(QT_TRANSLATE_NOOP(
        "cli", "Finds every insertion in a video and judges it against a profile.")));
    parser.addPositionalArgument(QStringLiteral("VIDEO"),
                                 cliText(QT_TRANSLATE_NOOP("cli", "The video file.")));
    parser.addOptions({
        {QStringLiteral("out"), cliText(QT_TRANSLATE_NOOP("cli", "Folder for the results.")),
         QStringLiteral("DIR")},
        {QStringLiteral("calibration"),
         cliText(QT_TRANSLATE_NOOP("cli",
                                   "Calibration file; without it rules in metres cannot judge.")),
         QStringLiteral("FILE")},
        {QStringLiteral("profile"),
         cliText(QT_TRANSLATE_NOOP(
             "cli", "Rule profile: its id or name (profile list), or a profile file.")),
         QStringLiteral("NAME|FILE"), QStringLiteral("gb50666")},
        {QStringLiteral("model"),
         cliText(QT_TRANSLATE_NOOP("cli", "Another detection model: its name, or its manifest.")),
         QStringLiteral("FILE")},
        {QStringLiteral("device"), cliText(QT_TRANSLATE_NOOP("cli", "auto, cpu, cuda or cuda:N.")),
         QStringLiteral("DEVICE"), QStringLiteral("auto")},
        {QStringLiteral("range"),
         cliText(QT_TRANSLATE_NOOP("cli", "Only frames A to B, counted from 0.")),
         QStringLiteral("A-B")},
        {QStringLiteral("no-video"), cliText(QT_TRANSLATE_NOOP("cli", "Do not write result.mp4."))},
        {QStringLiteral("quiet"), cliText(QT_TRANSLATE_NOOP("cli", "No progress and no summary."))},
    });
    addJudgingOptions(parser);
    if (const auto code = parse(parser, arguments, 1, 1)) {
        return *code;
    }
    const auto request = requestFrom(parser);
    if (!request.ok()) {
        return printError(request.error());
    }
    return detectAndTell(*request, parser.isSet(QStringLiteral("quiet")));
}

}  // namespace cvd::app
