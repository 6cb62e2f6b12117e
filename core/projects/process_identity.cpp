#include "core/projects/process_identity.h"

#include <QCoreApplication>
#include <QFile>
#include <QStringList>
#include <QSysInfo>
#ifdef Q_OS_UNIX
#include <signal.h>

#include <cerrno>
#endif
#ifdef Q_OS_WIN
#include <windows.h>
#endif

namespace cvd::projects {
namespace {

QString cleanHostName() {
    QString host = QSysInfo::machineHostName();
    if (host.isEmpty()) {
        host = QStringLiteral("localhost");
    }
    for (QChar& c : host) {
        if (!c.isLetterOrNumber() && c != QLatin1Char('-') && c != QLatin1Char('.')) {
            c = QLatin1Char('-');
        }
    }
    return host.left(60);
}

#ifdef Q_OS_WIN
QString startOf(qint64 pid) {
    const HANDLE process =
        OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, static_cast<DWORD>(pid));
    if (!process) {
        return {};
    }
    FILETIME created{}, exited{}, kernel{}, user{};
    DWORD code = 0;
    const bool running = GetExitCodeProcess(process, &code) && code == STILL_ACTIVE;
    const bool known = GetProcessTimes(process, &created, &exited, &kernel, &user);
    CloseHandle(process);
    if (!running || !known) {
        return {};
    }
    return QString::number((quint64(created.dwHighDateTime) << 32) | created.dwLowDateTime);
}
bool exists(qint64 pid) {
    return !startOf(pid).isEmpty();
}
#else
// Field 22 of /proc/<pid>/stat, in clock ticks since boot. The second field may hold blanks and
// brackets, so the fields are counted from the last bracket. Empty where there is no /proc.
QString startOf(qint64 pid) {
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    const QByteArray line = file.readAll();
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    return fields.size() > 19 ? QString::fromLatin1(fields[19]) : QString();
}
bool exists(qint64 pid) {
    return pid > 0 && (::kill(static_cast<pid_t>(pid), 0) == 0 || errno == EPERM);
}
#endif

}  // namespace

ProcessIdentity ProcessIdentity::self() {
    static const ProcessIdentity identity{cleanHostName(), QCoreApplication::applicationPid(),
                                          startOf(QCoreApplication::applicationPid())};
    return identity;
}

QString ProcessIdentity::toString() const {
    return QStringLiteral("%1~%2~%3").arg(host).arg(pid).arg(start);
}

ProcessIdentity ProcessIdentity::fromString(const QString& text) {
    const QStringList parts = text.split(QLatin1Char('~'));
    if (parts.size() < 3) {
        return {};
    }
    return {parts[0], parts[1].toLongLong(), parts[2]};
}

bool ProcessIdentity::sameHost() const {
    return host == self().host;
}

bool ProcessIdentity::isAlive() const {
    return exists(pid) && startOf(pid) == start;
}

}  // namespace cvd::projects
