// cvd-mis judge: the saved tracks under another profile or calibration, without detection.
#include <QCommandLineParser>

#include "app/cli.h"
#include "app/judging_options.h"
#include "app/result_lines.h"
#include "app/share.h"
#include "app/verbs.h"
#include "core/report/result_files.h"

namespace cvd::app {
namespace {

// Empty where no option asks for other ones than the result has.
Result<std::optional<compliance::JudgeSettings>> settingsFor(const QCommandLineParser& parser,
                                                             const QString& dir) {
    if (!givesJudgingOptions(parser)) {
        return std::optional<compliance::JudgeSettings>();
    }
    CVD_TRY_ASSIGN(const auto stored, report::readResult(dir));
    CVD_TRY_ASSIGN(const auto settings, judgingFrom(parser, stored.summary.judging));
    return std::optional(settings);
}

}  // namespace

int runJudge(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(cliText(QT_TRANSLATE_NOOP(
        "cli",
        "Judges an earlier result again, without detection. What is not given stays as it was.")));
    parser.addPositionalArgument(
        QStringLiteral("DIR"), cliText(QT_TRANSLATE_NOOP("cli", "The folder that detect wrote.")));
    parser.addOptions({
        {QStringLiteral("profile"),
         cliText(QT_TRANSLATE_NOOP(
             "cli", "Rule profile: its id or name (profile list), or a profile file.")),
         QStringLiteral("NAME|FILE")},
        {QStringLiteral("calibration"), cliText(QT_TRANSLATE_NOOP("cli", "Calibration file.")),
         QStringLiteral("FILE")},
        {QStringLiteral("quiet"), cliText(QT_TRANSLATE_NOOP("cli", "No progress and no summary."))},
    });
    addJudgingOptions(parser);
    if (const auto code = parse(parser, arguments, 1, 1)) {
        return *code;
    }
    const QString dir = parser.positionalArguments().constFirst();
    const auto profile = profileFrom(parser.value(QStringLiteral("profile")));
    if (!profile.ok()) {
        return printError(profile.error());
    }
    const auto settings = settingsFor(parser, dir);
    if (!settings.ok()) {
        return printError(settings.error());
    }
    const auto run =
        pipeline::rejudge(dir.toStdString(), profile->toStdString(),
                          parser.value(QStringLiteral("calibration")).toStdString(), *settings);
    if (!run.ok()) {
        return printError(run.error());
    }
    return parser.isSet(QStringLiteral("quiet")) ? kDone : tellResult(dir);
}

}  // namespace cvd::app
