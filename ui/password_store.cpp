#include "ui/password_store.h"

#include "core/base/log.h"
#include "core/storage/password_source.h"

namespace cvd::ui {

Result<QString> findPassword(const storage::ConnectionSettings& settings,
                             const QString& passwordFile) {
    storage::PasswordRequest request;
    request.passwordFile = passwordFile;
    CVD_TRY_ASSIGN(const storage::FoundPassword found, storage::resolvePassword(settings, request));
    return found.password;
}

void keepPassword(const storage::ConnectionSettings& settings) {
    if (const Status kept = storage::rememberPassword(settings); !kept.ok()) {
        log(LogLevel::Warning, "ui",
            "The password is kept for this run only: " + kept.error().message());
    }
}

}  // namespace cvd::ui
