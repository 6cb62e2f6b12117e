#include "ui/log_file.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QSysInfo>
#include <memory>

#include "core/base/log.h"
#include "ui/settings.h"

namespace cvd::ui {
namespace {

class LogFile {
public:
    LogFile(const QString& name, qint64 mostBytes) : m_file(name), m_mostBytes(mostBytes) {
        QDir().mkpath(QFileInfo(name).absolutePath());
        open();
    }

    // Called under the lock of cvd::log().
    void write(const QByteArray& line) {
        if (m_file.isOpen() && m_file.size() + line.size() > m_mostBytes) {
            startAnew();
        }
        if (m_file.isOpen()) {
            m_file.write(line);
        }
    }

private:
    void open() {
        // Some lines may come from another window of the program: each is appended as a whole.
        (void)m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered);
    }
    void startAnew() {
        m_file.close();
        const QString older = m_file.fileName() + QStringLiteral(".1");
        QFile::remove(older);
        QFile::rename(m_file.fileName(), older);
        open();
    }

    QFile m_file;
    const qint64 m_mostBytes;
};

const char* nameOf(LogLevel level) {
    switch (level) {
        case LogLevel::Debug:
            return "debug";
        case LogLevel::Info:
            return "info";
        case LogLevel::Warning:
            return "warning";
        case LogLevel::Error:
            break;
    }
    return "error";
}

QByteArray lineOf(LogLevel level, std::string_view area, std::string_view text) {
    QByteArray line = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toUtf8() + ' ' +
                      nameOf(level) + " [" + QByteArray(area.data(), qsizetype(area.size())) +
                      "] " +
                      QByteArray(text.data(), qsizetype(text.size())).replace('\n', "\n    ");
    return line + '\n';
}

void fromQt(QtMsgType type, const QMessageLogContext& context, const QString& message) {
    const LogLevel level = type == QtDebugMsg || type == QtInfoMsg ? LogLevel::Debug
                           : type == QtWarningMsg                  ? LogLevel::Warning
                                                                   : LogLevel::Error;
    log(level, context.category != nullptr ? context.category : "qt", message.toStdString());
}

}  // namespace

QString logFile() {
    return QDir(dataDir()).filePath(QStringLiteral("logs/cvd-mis.log"));
}

void startLogFile(const QString& file, qint64 mostBytes) {
    const auto log = std::make_shared<LogFile>(file, mostBytes);
    setLogLevel(LogLevel::Info);
    setLogSink([log](LogLevel level, std::string_view area, std::string_view line) {
        log->write(lineOf(level, area, line));
        if (level >= LogLevel::Warning) {
            logToStderr(level, area, line);
        }
    });
    qInstallMessageHandler(fromQt);
    cvd::log(LogLevel::Info, "program",
             std::string("CVD-MIS " CVD_VERSION " starts on ") +
                 QSysInfo::prettyProductName().toStdString() + ", Qt " + qVersion() + ", " +
                 QLocale::system().name().toStdString() + '.');
}

}  // namespace cvd::ui
