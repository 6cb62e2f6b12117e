// The options of `detect` and `judge` that say how to judge besides profile and calibration.
#pragma once

#include <QCommandLineParser>

#include "core/base/result.h"
#include "core/compliance/judge.h"

namespace cvd::app {

void addJudgingOptions(QCommandLineParser& parser);
bool givesJudgingOptions(const QCommandLineParser& parser);
// `before` with what the options say. Usage for what is no number or out of range.
Result<compliance::JudgeSettings> judgingFrom(const QCommandLineParser& parser,
                                              compliance::JudgeSettings before);

}  // namespace cvd::app
