// cvd-mis simulate: a rendered pour with its truth.
#include <QCommandLineParser>
#include <QCoreApplication>

#include "app/cli.h"
#include "app/verbs.h"
#include "core/pipeline/result_folder.h"
#include "core/simulation/pour.h"

namespace cvd::app {
namespace {

QString joinedScenarios() {
    QStringList names;
    for (const std::string& name : simulation::scenarioNames()) {
        names << QString::fromStdString(name);
    }
    return names.join(QStringLiteral(", "));
}

Result<simulation::ScenarioOptions> optionsFrom(const QCommandLineParser& parser) {
    simulation::ScenarioOptions options;
    const QString scenario = parser.value(QStringLiteral("scenario"));
    options.scenario = scenario.toStdString();
    const auto names = simulation::scenarioNames();
    if (std::find(names.begin(), names.end(), options.scenario) == names.end()) {
        return fail(ErrorKind::Usage, CVD_TR("core", "There is no scenario %1. Choose one of: %2."),
                    {options.scenario, joinedScenarios().toStdString()});
    }
    bool ok = false;
    options.seed = parser.value(QStringLiteral("seed")).toULongLong(&ok);
    if (!ok) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "--seed must be a whole number from 0 up, not %1."),
                    {parser.value(QStringLiteral("seed")).toStdString()});
    }
    if (parser.isSet(QStringLiteral("seconds"))) {
        options.seconds = parser.value(QStringLiteral("seconds")).toDouble(&ok);
        if (!ok || !(options.seconds >= 1) || options.seconds > 7200) {
            return fail(ErrorKind::Usage,
                        CVD_TR("core", "--seconds must be a number from 1 to 7200, not %1."),
                        {parser.value(QStringLiteral("seconds")).toStdString()});
        }
    }
    return options;
}

// The three files appear together or not at all.
Status renderInto(const simulation::ScenarioOptions& options, const std::string& out) {
    CVD_TRY_ASSIGN(const auto folder, pipeline::ResultFolder::create(out, 0));
    CVD_TRY(
        simulation::simulatePour(options, folder->partial(), [] { return cancelFlag().load(); }));
    return folder->publish(false, "truth.json");
}

}  // namespace

int runSimulate(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(cliText(
        QT_TRANSLATE_NOOP("cli", "Renders a pour: video.mp4, truth.json and calibration.json.")));
    parser.addOptions({
        {QStringLiteral("out"), cliText(QT_TRANSLATE_NOOP("cli", "Folder for the three files.")),
         QStringLiteral("DIR")},
        {QStringLiteral("scenario"),
         cliText(QT_TRANSLATE_NOOP("cli", "What happens in it: %1.")).arg(joinedScenarios()),
         QStringLiteral("NAME"), QStringLiteral("clean")},
        {QStringLiteral("seed"),
         cliText(QT_TRANSLATE_NOOP("cli", "The same seed gives the same pour.")),
         QStringLiteral("N"), QStringLiteral("1")},
        {QStringLiteral("seconds"),
         cliText(QT_TRANSLATE_NOOP("cli", "Length of the video; the scenario's own if not given.")),
         QStringLiteral("S")},
    });
    if (const auto code = parse(parser, arguments, 0, 0)) {
        return *code;
    }
    const QString out = parser.value(QStringLiteral("out"));
    if (out.isEmpty()) {
        return printError(fail(ErrorKind::Usage,
                               CVD_TR("core", "Say with --out DIR where the results shall go.")));
    }
    const auto options = optionsFrom(parser);
    if (!options.ok()) {
        return printError(options.error());
    }
    if (const Status status = renderInto(*options, out.toStdString()); !status.ok()) {
        return printError(status.error());
    }
    print(cliText(QT_TRANSLATE_NOOP("cli", "Rendered into %1.")).arg(out));
    return kDone;
}

}  // namespace cvd::app
