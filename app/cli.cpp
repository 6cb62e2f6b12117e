#include "app/cli.h"

#include <csignal>
#include <cstdio>
#include <iostream>

#include <QDateTime>
#include <QJsonDocument>
#include <QTextStream>

#include <termios.h>
#include <unistd.h>

#include "core/text/text.h"

namespace cvd::app {
namespace {

std::atomic<bool> gCancel{false};

void onSignal(int signal) {
    if (gCancel.exchange(true)) {
        std::signal(signal, SIG_DFL);
        std::raise(signal);
    }
}

// Terminal echo is off while this lives, also when the prompt is left by Ctrl+D.
class NoEcho {
public:
    NoEcho() {
        tcgetattr(STDIN_FILENO, &m_before);
        termios quiet = m_before;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    ~NoEcho() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before); }

private:
    termios m_before{};
};

}  // namespace

int printError(const Error& error) {
    const QByteArray line = text::errorText(error).simplified().toUtf8();
    std::fprintf(stderr, "cvd-mis: %s\n", line.constData());
    if (!error.detail.empty() && qEnvironmentVariableIntValue("CVD_MIS_VERBOSE") > 0) {
        std::fprintf(stderr, "  %s\n", error.detail.c_str());
    }
    return static_cast<int>(error.kind);
}

QString cliText(const char* text) {
    return QCoreApplication::translate("cli", text);
}

void print(const QString& line) {
    const QByteArray bytes = line.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

void printJson(const QJsonObject& object) {
    print(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Indented)).trimmed());
}

namespace {

// What to type for help: the verb, or the program alone when it runs without one.
std::string helpFor(const QStringList& arguments) {
    const QString first = arguments.value(0);
    const bool verb = !first.contains(QLatin1Char('/')) && !first.contains(QLatin1Char('\\'));
    return verb && first != QLatin1String("cvd-mis") ? "cvd-mis " + first.toStdString() : "cvd-mis";
}

// An empty value is nearly always a script's unset variable, and of two values one would be
// forgotten: neither may pass in silence.
Status checkValues(const QCommandLineParser& parser, const QStringList& arguments) {
    for (const QString& name : parser.optionNames()) {
        const QStringList values = parser.values(name);
        const bool takesValue = !values.isEmpty();
        if (takesValue && parser.optionNames().count(name) > 1) {
            return fail(ErrorKind::Usage, CVD_TR("core", "--%1 is given twice. Try %2 --help."),
                        {name.toStdString(), helpFor(arguments)});
        }
        if (takesValue && values.contains(QString())) {
            return fail(ErrorKind::Usage, CVD_TR("core", "--%1 has no value. Try %2 --help."),
                        {name.toStdString(), helpFor(arguments)});
        }
    }
    for (const QString& word : parser.positionalArguments()) {
        if (word.isEmpty()) {
            return fail(ErrorKind::Usage, CVD_TR("core", "An argument is empty. Try %1 --help."),
                        {helpFor(arguments)});
        }
    }
    return {};
}

}  // namespace

std::optional<int> parse(QCommandLineParser& parser, const QStringList& arguments,
                         int positionalAtLeast, int positionalAtMost) {
    const QCommandLineOption help({"h", "help"},
                                  QCoreApplication::translate("cli", "Show this help."));
    parser.addOption(help);
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    const bool parsed = parser.parse(arguments);
    if (parser.isSet(help)) {
        // Qt knows the program only, not its verb.
        QString text = parser.helpText().trimmed();
        const QString program = QCoreApplication::arguments().constFirst();
        if (const qsizetype at = text.indexOf(program); at >= 0) {
            text.replace(at, program.size(), QString::fromStdString(helpFor(arguments)));
        }
        print(text);
        return kDone;
    }
    if (!parsed) {
        return printError(fail(ErrorKind::Usage, CVD_TR("core", "%1 Try %2 --help."),
                               {parser.errorText().toStdString(), helpFor(arguments)}));
    }
    const auto count = parser.positionalArguments().size();
    if (count < positionalAtLeast) {
        return printError(fail(ErrorKind::Usage,
                               CVD_TR("core", "An argument is missing. Try %1 --help."),
                               {helpFor(arguments)}));
    }
    if (count > positionalAtMost) {
        return printError(fail(ErrorKind::Usage,
                               CVD_TR("core", "There is one argument too many: %1. Try %2 --help."),
                               {parser.positionalArguments().value(positionalAtMost).toStdString(),
                                helpFor(arguments)}));
    }
    if (const Status checked = checkValues(parser, arguments); !checked.ok()) {
        return printError(checked.error());
    }
    return std::nullopt;
}

std::optional<QString> askPassword(const QString& prompt) {
    if (!isatty(STDIN_FILENO)) {
        return std::nullopt;
    }
    std::fprintf(stderr, "%s ", prompt.toUtf8().constData());
    std::string line;
    bool read = false;
    {
        const NoEcho quiet;
        read = static_cast<bool>(std::getline(std::cin, line));
    }
    std::fputc('\n', stderr);
    return read ? std::optional(QString::fromStdString(line)) : std::nullopt;
}

const std::atomic<bool>& cancelFlag() {
    static const bool kInstalled = [] {
        std::signal(SIGINT, onSignal);
        std::signal(SIGTERM, onSignal);
        return true;
    }();
    (void)kInstalled;
    return gCancel;
}

// The first line after a second: what is over before that, or refused, shows no progress.
ProgressLine::ProgressLine(bool quiet)
    : m_quiet(quiet),
      m_terminal(isatty(STDERR_FILENO)),
      m_lastMs(QDateTime::currentMSecsSinceEpoch()) {}

ProgressLine::~ProgressLine() {
    if (m_shown && m_terminal) {
        std::fputc('\n', stderr);
    }
}

void ProgressLine::show(const QString& line) {
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    if (m_quiet || now - m_lastMs < (m_terminal && m_shown ? 100 : 1000)) {
        return;
    }
    m_lastMs = now;
    if (!m_terminal && line == m_last) {
        return;  // a log that says the same every second hides what matters
    }
    m_last = line;
    m_shown = true;
    const QByteArray bytes = line.toUtf8();
    std::fprintf(stderr, m_terminal ? "\r\033[K%s" : "%s\n", bytes.constData());
    std::fflush(stderr);
}

}  // namespace cvd::app
