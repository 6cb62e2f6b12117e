// What all verbs of the command line share: option parsing with the contract's exit codes, one
// plain line for an error, progress on stderr, a password prompt without echo, cancel by Ctrl+C.
#pragma once

#include <atomic>
#include <functional>

#include <QCommandLineParser>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include "core/base/result.h"

namespace cvd::app {

// Exit codes of docs/contract.md. ErrorKind's numbers are the rest of them.
inline constexpr int kDone = 0;

// Prints "cvd-mis: <sentence>" in the user's language to stderr; the detail too with
// CVD_MIS_VERBOSE=1.
int printError(const Error& error);
inline int finish(const Status& status) {
    return status.ok() ? kDone : printError(status.error());
}

// Translates what QT_TRANSLATE_NOOP("cli", ...) marked.
QString cliText(const char* text);
void print(const QString& line);  // stdout, UTF-8
void printJson(const QJsonObject& object);

// Parses `arguments` (the verb first); an unknown option or a missing argument is a Usage error.
// Returns nothing when the verb goes on; the exit code when it is over (--help, wrong usage).
std::optional<int> parse(QCommandLineParser& parser, const QStringList& arguments,
                         int positionalAtLeast, int positionalAtMost);

// Empty when there is no terminal to ask on.
std::optional<QString> askPassword(const QString& prompt);

// Set by the first SIGINT or SIGTERM; a second one ends the program at once.
const std::atomic<bool>& cancelFlag();

// One line on stderr, rewritten in place on a terminal, about once a second otherwise.
class ProgressLine {
public:
    explicit ProgressLine(bool quiet);
    ~ProgressLine();
    void show(const QString& line);

private:
    bool m_quiet = false, m_terminal = false, m_shown = false;
    qint64 m_lastMs = 0;
    QString m_last;
};

}  // namespace cvd::app
