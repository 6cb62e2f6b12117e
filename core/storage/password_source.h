// Where the password of a database server comes from: a file, the desktop's keychain, or a
// question. Never the command line, plain settings or an environment variable's value.
#pragma once

#include <QString>
#include <functional>
#include <optional>

#include "core/storage/connection_settings.h"

namespace cvd::storage {

enum class PasswordOrigin { None, File, Keychain, Prompt };

struct PasswordRequest {
    // First line of this file; empty: the file that CVD_MIS_DB_PASSWORD_FILE names, if it is set.
    QString passwordFile;
    bool useKeychain = true;
    // Asked last, with the location to show; empty: the user gave up. May be missing.
    std::function<std::optional<QString>(const QString& location)> prompt;
};

struct FoundPassword {
    QString password;
    PasswordOrigin origin = PasswordOrigin::None;
    // Others may read the password file; untranslated pattern and argument, see Error. Also logged.
    std::optional<Error> warning;
};

// SQLite needs none. None of the sources has one: an empty password, origin None (the server then
// says whether it wants one). Environment when a named file cannot be read, Cancelled when the user
// gave up. Needs a QCoreApplication; call it in the thread of the GUI.
Result<FoundPassword> resolvePassword(const ConnectionSettings& settings,
                                      const PasswordRequest& request);

// Remembers settings.password, or forgets it. Environment when this desktop has no keychain.
Status rememberPassword(const ConnectionSettings& settings);
Status forgetPassword(const ConnectionSettings& settings);

}  // namespace cvd::storage
