#include "ui/password_store.h"

#include <QFile>

#include "core/base/log.h"

namespace cvd::ui {

QString findPassword(const storage::ConnectionSettings&, const QString& passwordFile) {
    const QString name =
        passwordFile.isEmpty() ? qEnvironmentVariable("CVD_MIS_DB_PASSWORD_FILE") : passwordFile;
    QFile file(name);
    if (name.isEmpty() || !file.open(QIODevice::ReadOnly | QIODevice::Text)) {
        return {};
    }
    return QString::fromUtf8(file.readLine()).trimmed();
}

void keepPassword(const storage::ConnectionSettings&) {
    log(LogLevel::Info, "ui", "The password is kept for this run only.");
}

}  // namespace cvd::ui
