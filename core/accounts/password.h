// Password hashes: Argon2id (RFC 9106) through libsodium, as self-describing text with salt and
// parameters inside.
#pragma once

#include <QString>
#include <cstddef>

#include "core/base/result.h"

namespace cvd::accounts {

// What one guess costs. Stored hashes keep their own cost; a sign-in renews an outdated one.
struct PasswordCost {
    unsigned long long passes = 0;
    std::size_t memoryBytes = 0;

    static PasswordCost standard();  // 3 passes over 64 MiB: about a tenth of a second
    static PasswordCost forTests();  // the least that libsodium allows; never for real passwords
};

inline constexpr int kMinimumPasswordLength = 8;  // characters
inline constexpr int kMaximumPasswordLength = 256;

// Usage with one sentence when the password may not be used: too short, too long, or the user's
// name. No other rules: they make passwords worse (NIST SP 800-63B, 5.1.1.2).
Status checkNewPassword(const QString& password, const QString& userName);

// Environment when there is not enough memory.
Result<QString> hashPassword(const QString& password, const PasswordCost& cost);
bool verifyPassword(const QString& hash, const QString& password);
bool needsRehash(const QString& hash, const PasswordCost& cost);
// A hash that no password fits and that takes as long to check as a real one: what is checked for a
// name that does not exist.
QString decoyHash(const PasswordCost& cost);

}  // namespace cvd::accounts
