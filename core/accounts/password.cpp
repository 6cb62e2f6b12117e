#include "core/accounts/password.h"

#include <sodium.h>

#include <QByteArray>
#include <QList>
#include <array>

#include "core/storage/dialect.h"

namespace cvd::accounts {
namespace {

bool sodiumReady() {
    static const bool kReady = sodium_init() >= 0;
    return kReady;
}

// The same password typed on two systems may be composed differently; wiped when it goes.
class PasswordBytes {
public:
    explicit PasswordBytes(const QString& password)
        : m_bytes(password.normalized(QString::NormalizationForm_C).toUtf8()) {}
    ~PasswordBytes() { sodium_memzero(m_bytes.data(), std::size_t(m_bytes.size())); }
    PasswordBytes(const PasswordBytes&) = delete;
    PasswordBytes& operator=(const PasswordBytes&) = delete;

    const char* data() const { return m_bytes.constData(); }
    unsigned long long size() const { return static_cast<unsigned long long>(m_bytes.size()); }

private:
    QByteArray m_bytes;
};

}  // namespace

PasswordCost PasswordCost::standard() {
    return {crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_INTERACTIVE};
}

PasswordCost PasswordCost::forTests() {
    return {crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN};
}

Status checkNewPassword(const QString& password, const QString& userName) {
    const auto length = password.toUcs4().size();
    if (length < kMinimumPasswordLength) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "The password is too short. Use at least %1 characters."),
                    {std::to_string(kMinimumPasswordLength)});
    }
    if (length > kMaximumPasswordLength) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "The password is too long. Use at most %1 characters."),
                    {std::to_string(kMaximumPasswordLength)});
    }
    if (storage::searchKey(password) == storage::searchKey(userName)) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "The password is the user name. Choose another one."));
    }
    return {};
}

Result<QString> hashPassword(const QString& password, const PasswordCost& cost) {
    const PasswordBytes bytes(password);
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    const bool done =
        sodiumReady() && crypto_pwhash_str_alg(hash.data(), bytes.data(), bytes.size(), cost.passes,
                                               cost.memoryBytes, crypto_pwhash_ALG_ARGON2ID13) == 0;
    if (!done) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core",
                           "The password could not be protected because memory is short. "
                           "Close other programs and try again."));
    }
    return QString::fromLatin1(hash.data());
}

bool verifyPassword(const QString& hash, const QString& password) {
    const PasswordBytes bytes(password);
    const QByteArray stored = hash.toLatin1();
    return sodiumReady() && stored.size() < qsizetype(crypto_pwhash_STRBYTES) &&
           crypto_pwhash_str_verify(stored.constData(), bytes.data(), bytes.size()) == 0;
}

bool needsRehash(const QString& hash, const PasswordCost& cost) {
    const QByteArray stored = hash.toLatin1();
    return sodiumReady() && stored.size() < qsizetype(crypto_pwhash_STRBYTES) &&
           crypto_pwhash_str_needs_rehash(stored.constData(), cost.passes, cost.memoryBytes) != 0;
}

QString decoyHash(const PasswordCost& cost) {
    return QStringLiteral("$argon2id$v=19$m=%1,t=%2,p=1$%3$%4")
        .arg(cost.memoryBytes / 1024)
        .arg(cost.passes)
        .arg(QString(22, QLatin1Char('A')), QString(43, QLatin1Char('A')));
}

}  // namespace cvd::accounts
