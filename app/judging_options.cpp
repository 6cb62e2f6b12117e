#include "app/judging_options.h"

#include "app/cli.h"

namespace cvd::app {
namespace {

constexpr const char *kMinScore = "min-score", *kCell = "cell", *kFinished = "lift-finished";

Status readNumber(const QCommandLineParser& parser, const char* option, double& into) {
    const QString name = QString::fromLatin1(option);
    if (!parser.isSet(name)) {
        return {};
    }
    bool ok = false;
    const double number = parser.value(name).toDouble(&ok);
    if (!ok) {
        return fail(ErrorKind::Usage, CVD_TR("core", "--%1 must be a number, not %2."),
                    {option, parser.value(name).toStdString()});
    }
    into = number;
    return {};
}

}  // namespace

void addJudgingOptions(QCommandLineParser& parser) {
    parser.addOptions(
        {{QString::fromLatin1(kMinScore),
          cliText(QT_TRANSLATE_NOOP("cli", "Score from which on a sighting of a poker counts.")),
          QStringLiteral("S")},
         {QString::fromLatin1(kCell),
          cliText(QT_TRANSLATE_NOOP("cli", "Side of a cell of the coverage map, metres.")),
          QStringLiteral("M")},
         {QString::fromLatin1(kFinished),
          cliText(QT_TRANSLATE_NOOP(
              "cli", "no: the work goes on after the video, so ground beyond it is not missed.")),
          QStringLiteral("yes|no")}});
}

bool givesJudgingOptions(const QCommandLineParser& parser) {
    return parser.isSet(QString::fromLatin1(kMinScore)) ||
           parser.isSet(QString::fromLatin1(kCell)) || parser.isSet(QString::fromLatin1(kFinished));
}

Result<compliance::JudgeSettings> judgingFrom(const QCommandLineParser& parser,
                                              compliance::JudgeSettings before) {
    CVD_TRY(readNumber(parser, kMinScore, before.minScore));
    CVD_TRY(readNumber(parser, kCell, before.coverageCellM));
    const QString finished = parser.value(QString::fromLatin1(kFinished));
    if (finished == QLatin1String("yes") || finished == QLatin1String("no")) {
        before.liftFinished = finished == QLatin1String("yes");
    } else if (parser.isSet(QString::fromLatin1(kFinished))) {
        return fail(ErrorKind::Usage, CVD_TR("core", "--%1 must be yes or no, not %2."),
                    {kFinished, finished.toStdString()});
    }
    if (const Status valid = compliance::validateSettings(before); !valid.ok()) {
        Error error = valid.error();
        error.kind = ErrorKind::Usage;
        return error;
    }
    return before;
}

}  // namespace cvd::app
