#include "core/storage/keychain.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFileInfo>
#include <QTimer>

#ifdef CVD_HAS_KEYCHAIN
#include <qt6keychain/keychain.h>
#endif

namespace cvd::storage::keychain {

#ifdef CVD_HAS_KEYCHAIN

namespace {

constexpr int kAnswerWithinMs = 5000;
// A locked keychain asks the user for its own password first.
constexpr int kUserAnswersWithinMs = 60000;
const char kService[] = "CVD-MIS";

// Asking for a bus that is not there would start one or wait for a time-out.
bool reachable() {
    if (QCoreApplication::instance() == nullptr) {
        return false;
    }
#ifdef Q_OS_LINUX
    const bool desktop =
        qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    const bool bus = qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS") ||
                     (!runtime.isEmpty() && QFileInfo::exists(runtime + QStringLiteral("/bus")));
    return desktop && bus;
#else
    return true;
#endif
}

// True when the job answered in time; a late answer finds nobody and the job deletes itself.
bool finishes(QKeychain::Job& job, int withinMs) {
    QEventLoop loop;
    bool answered = false;
    QObject::connect(&job, &QKeychain::Job::finished, &loop, [&](QKeychain::Job*) {
        answered = true;
        loop.quit();
    });
    QTimer::singleShot(withinMs, &loop, &QEventLoop::quit);
    job.start();
    loop.exec(QEventLoop::ExcludeUserInputEvents);
    return answered;
}

// Deletion happens in the event loop, so the job may still be read right after it has finished.
QString run(QKeychain::Job* job, const QString& key) {
    job->setKey(key);
    if (!finishes(*job, kUserAnswersWithinMs)) {
        return QStringLiteral("The keychain did not answer");
    }
    return job->error() == QKeychain::NoError ? QString() : job->errorString();
}

}  // namespace

std::optional<QString> read(const QString& key) {
    if (!reachable()) {
        return {};
    }
    auto* job = new QKeychain::ReadPasswordJob(QString::fromLatin1(kService));
    job->setKey(key);
    const bool found = finishes(*job, kAnswerWithinMs) && job->error() == QKeychain::NoError;
    return found ? std::optional(job->textData()) : std::nullopt;
}

QString write(const QString& key, const QString& secret) {
    if (!reachable()) {
        return QStringLiteral("There is no session bus");
    }
    auto* job = new QKeychain::WritePasswordJob(QString::fromLatin1(kService));
    job->setTextData(secret);
    return run(job, key);
}

QString remove(const QString& key) {
    if (!reachable()) {
        return QStringLiteral("There is no session bus");
    }
    return run(new QKeychain::DeletePasswordJob(QString::fromLatin1(kService)), key);
}

#else

std::optional<QString> read(const QString&) {
    return {};
}
QString write(const QString&, const QString&) {
    return QStringLiteral("Built without QtKeychain");
}
QString remove(const QString&) {
    return QStringLiteral("Built without QtKeychain");
}

#endif

}  // namespace cvd::storage::keychain
