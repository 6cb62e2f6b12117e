// The password of a database server: a file that the user named, or the desktop's keychain.
#pragma once

#include "core/storage/connection_settings.h"

namespace cvd::ui {

// Empty when there is none; the server then says whether it wants one.
QString findPassword(const storage::ConnectionSettings& settings, const QString& passwordFile);
void keepPassword(const storage::ConnectionSettings& settings);

}  // namespace cvd::ui
