// Training and evaluation live in a program of their own beside this one, so that the window never
// loads LibTorch's training half. The arguments go there unchanged.
#include <vector>

#include <QCoreApplication>
#include <QFileInfo>

#include <unistd.h>

#include "app/cli.h"
#include "app/verbs.h"

namespace cvd::app {

int runTrain(const QStringList& arguments) {
    const QString program = QCoreApplication::applicationDirPath() + QStringLiteral("/cvd-train");
    if (!QFileInfo(program).isExecutable()) {
        return printError(fail(ErrorKind::Environment,
                               CVD_TR("core", "The training program %1 is missing. Install or build the target cvd-train."),
                               {program.toStdString()}));
    }
    std::vector<QByteArray> bytes{program.toLocal8Bit()};
    for (const QString& argument : arguments) {
        bytes.push_back(argument.toLocal8Bit());
    }
    std::vector<char*> words;
    for (QByteArray& word : bytes) {
        words.push_back(word.data());
    }
    words.push_back(nullptr);
    ::execv(words[0], words.data());
    return printError(fail(ErrorKind::Environment, CVD_TR("core", "The training program %1 cannot be started."),
                           {program.toStdString()}));
}

}  // namespace cvd::app
