// The real program as a script runs it, with data and settings in a folder of its own.
#pragma once

#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

namespace cvd::test {

struct Outcome {
    int code = -1;  // -1: it crashed or did not end in time
    QString out, err;
};

inline QProcessEnvironment programEnvironment(const QString& folder) {
    QProcessEnvironment e = QProcessEnvironment::systemEnvironment();
    e.insert("CVD_MIS_DATA_DIR", folder + "/data");
    e.insert("CVD_MIS_CONFIG_DIR", folder + "/config");
    e.insert("LC_ALL", "C.UTF-8");
    e.insert("QT_QPA_PLATFORM", "offscreen");
    e.remove("CVD_MIS_VERBOSE");
    return e;
}

inline Outcome runProgram(const QStringList& arguments, const QProcessEnvironment& environment,
                          int timeoutMs, const QByteArray& input = {}) {
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(CVD_PROGRAM, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(timeoutMs)) {
        process.kill();
        process.waitForFinished();
        return {};
    }
    const bool crashed = process.exitStatus() != QProcess::NormalExit;
    return {crashed ? -1 : process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

}  // namespace cvd::test
