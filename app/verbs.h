// The verbs of the command line, one function each. `arguments` starts with the verb's name; the
// return value is the exit code (docs/contract.md). All of them run without a screen.
#pragma once

#include <QStringList>

namespace cvd::app {

int runDetect(const QStringList& arguments);
int runJudge(const QStringList& arguments);
int runSimulate(const QStringList& arguments);
int runSample(const QStringList& arguments);
int runTrain(const QStringList& arguments);  // train and evaluate: handed to cvd-train
int runModel(const QStringList& arguments);
int runProfile(const QStringList& arguments);
int runDatabase(const QStringList& arguments);  // db
int runUser(const QStringList& arguments);
int runProject(const QStringList& arguments);
int runReport(const QStringList& arguments);

}  // namespace cvd::app
