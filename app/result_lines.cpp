#include "app/result_lines.h"

#include <map>

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include "app/cli.h"
#include "core/report/result_files.h"
#include "core/text/text.h"
#include "ui/language.h"

namespace cvd::app {
namespace {

QString progressText(const pipeline::Progress& p) {
    switch (p.stage) {
        case pipeline::Stage::Preparing:
            return QCoreApplication::translate("cli", "Preparing");
        case pipeline::Stage::Judging:
            return QCoreApplication::translate("cli", "Judging");
        case pipeline::Stage::Writing:
            return QCoreApplication::translate("cli", "Writing");
        case pipeline::Stage::Detecting:
            break;
    }
    QString line = QCoreApplication::translate("cli", "Frame %1 of %2").arg(p.done).arg(p.total);
    if (p.framesPerS > 0) {
        line += QCoreApplication::translate("cli", ", %1 frames/s").arg(p.framesPerS, 0, 'f', 1);
    }
    if (p.secondsLeft >= 0) {
        line += QCoreApplication::translate("cli", ", %1 s left").arg(p.secondsLeft, 0, 'f', 0);
    }
    return line;
}

void printFindings(const report::ResultSummary& summary, const compliance::Judgement& judgement) {
    const QString profile = QString::fromStdString(
        summary.profileName.empty() ? summary.profileId : summary.profileName);
    int effective = 0;
    for (const Insertion& i : judgement.insertions) {
        effective += i.effective ? 1 : 0;
    }
    print(QCoreApplication::translate("cli", "Judged against: %1").arg(profile));
    print(QCoreApplication::translate("cli", "%n insertion(s)", nullptr, effective));
    for (const Insertion& i : judgement.insertions) {
        print(QCoreApplication::translate("cli", "  %1. %2  immersed %3 s, still %4 s")
                  .arg(i.id)
                  .arg(text::clockText(i.startS, 1))
                  .arg(i.immersedS, 0, 'f', 1)
                  .arg(i.stationaryS, 0, 'f', 1));
    }
    std::map<std::string, int> cannot;
    int violations = 0;
    for (const Violation& v : judgement.violations) {
        violations += v.verdict == Verdict::Violation ? 1 : 0;
        cannot[v.rule] += v.verdict == Verdict::CannotJudge ? 1 : 0;
    }
    print(QCoreApplication::translate("cli", "%n violation(s)", nullptr, violations));
    for (const Violation& v : judgement.violations) {
        if (v.verdict == Verdict::Violation) {
            print(QStringLiteral("  %1  %2: %3")
                      .arg(text::clockText(v.startS, 1), text::ruleText(v.rule),
                           text::reasonText(v)));
        }
    }
    for (const auto& [rule, count] : cannot) {
        if (count > 0) {
            print(
                QCoreApplication::translate("cli", "  cannot judge: %1").arg(text::ruleText(rule)));
        }
    }
    for (const Note& warning : summary.warnings) {
        print(QCoreApplication::translate("cli", "Note: %1")
                  .arg(text::sentence(warning.text, warning.args)));
    }
}

}  // namespace

int detectAndTell(const pipeline::DetectRequest& request, bool quiet) {
    Result<pipeline::RunResult> run = [&] {
        ProgressLine line(quiet);
        return pipeline::runDetect(
            request, [&](const pipeline::Progress& p) { line.show(progressText(p)); },
            cancelFlag());
    }();
    pipeline::waitForBackgroundLoading();
    if (!run.ok()) {
        return printError(run.error());
    }
    if (quiet) {
        return kDone;
    }
    printFindings(run->summary, run->judgement);
    print(QCoreApplication::translate("cli", "%1 frames in %2 s, %3 frames/s on %4")
              .arg(run->summary.lastFrame - run->summary.firstFrame + 1)
              .arg(run->summary.timing.wallS, 0, 'f', 1)
              .arg(run->summary.timing.framesPerS, 0, 'f', 1)
              .arg(QString::fromStdString(run->summary.device)));
    print(QCoreApplication::translate("cli", "Results: %1")
              .arg(QDir::toNativeSeparators(
                  QFileInfo(QString::fromStdString(request.outDir.string())).absoluteFilePath())));
    return kDone;
}

int tellResult(const QString& dir) {
    const auto stored = report::readResult(dir);
    if (!stored.ok()) {
        return printError(stored.error());
    }
    printFindings(stored->summary, stored->judgement);
    return kDone;
}

}  // namespace cvd::app
