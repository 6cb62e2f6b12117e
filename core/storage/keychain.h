// The desktop's keychain (Secret Service, KWallet, Windows, macOS) through QtKeychain. Without one,
// or without a session bus to reach it, every call answers quickly and quietly; none waits longer
// than a few seconds. Needs a QCoreApplication.
#pragma once

#include <QString>
#include <optional>

namespace cvd::storage::keychain {

std::optional<QString> read(const QString& key);
// Empty: done. Otherwise what went wrong, for "Details".
QString write(const QString& key, const QString& secret);
QString remove(const QString& key);

}  // namespace cvd::storage::keychain
