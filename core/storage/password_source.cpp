#include "core/storage/password_source.h"

#include <QFile>

#include "core/base/log.h"
#include "core/storage/keychain.h"

namespace cvd::storage {
namespace {

Error unreadable(const QString& file, const QString& detail) {
    return fail(
        ErrorKind::Environment,
        CVD_TR("core", "The password file %1 cannot be read. Check its name and its rights."),
        {file.toStdString()}, detail.toStdString());
}

std::optional<Error> warningFor(const QFile& file) {
    constexpr auto kOthers =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    if ((file.permissions() & kOthers) == 0) {
        return {};
    }
    Error warning = fail(ErrorKind::Environment,
                         CVD_TR("core",
                                "Other users of this computer can read the password file %1. "
                                "Allow only yourself to read it (chmod 600)."),
                         {file.fileName().toStdString()});
    log(LogLevel::Warning, "storage", warning.message());
    return warning;
}

Result<FoundPassword> fromFile(const QString& name) {
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return unreadable(name, file.errorString());
    }
    QByteArray line = file.readLine(4096);
    while (line.endsWith('\n') || line.endsWith('\r')) {
        line.chop(1);
    }
    return FoundPassword{QString::fromUtf8(line), PasswordOrigin::File, warningFor(file)};
}

Error noKeychain(const QString& detail) {
    return fail(ErrorKind::Environment,
                CVD_TR("core",
                       "This desktop has no keychain that answers. The password is not "
                       "remembered; use a password file, or type it at each start."),
                {}, detail.toStdString());
}

}  // namespace

Result<FoundPassword> resolvePassword(const ConnectionSettings& settings,
                                      const PasswordRequest& request) {
    if (settings.engine == Engine::Sqlite) {
        return FoundPassword{};
    }
    const QString file = request.passwordFile.isEmpty()
                             ? qEnvironmentVariable("CVD_MIS_DB_PASSWORD_FILE")
                             : request.passwordFile;
    if (!file.isEmpty()) {
        return fromFile(file);
    }
    if (request.useKeychain) {
        if (const auto known = keychain::read(settings.location())) {
            return FoundPassword{*known, PasswordOrigin::Keychain, {}};
        }
    }
    if (!request.prompt) {
        return FoundPassword{};
    }
    const std::optional<QString> typed = request.prompt(settings.location());
    if (!typed) {
        return fail(ErrorKind::Cancelled,
                    CVD_TR("core", "No password was given for the database %1."),
                    {settings.location().toStdString()});
    }
    return FoundPassword{*typed, PasswordOrigin::Prompt, {}};
}

Status rememberPassword(const ConnectionSettings& settings) {
    const QString problem = keychain::write(settings.location(), settings.password);
    return problem.isEmpty() ? Status() : Status(noKeychain(problem));
}

Status forgetPassword(const ConnectionSettings& settings) {
    const QString problem = keychain::remove(settings.location());
    return problem.isEmpty() ? Status() : Status(noKeychain(problem));
}

}  // namespace cvd::storage
