// The password of a database server: a file that the user named, or the desktop's keychain. What
// storage offers, without a question: the page asks.
#pragma once

#include "core/storage/connection_settings.h"

namespace cvd::ui {

// Empty when there is none; the server then says whether it wants one. Environment when the file
// cannot be read.
Result<QString> findPassword(const storage::ConnectionSettings& settings,
                             const QString& passwordFile);
// A desktop without a keychain keeps it for this run only (logged).
void keepPassword(const storage::ConnectionSettings& settings);

}  // namespace cvd::ui
