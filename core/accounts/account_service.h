// Sign-in, users, passwords and the audit trail: every operation that the screens and the command
// line offer, with the role check below both.
//
// Who may do what: an administrator everything; a normal user sees the own account, changes its
// title, description and password. The user's row is read at each operation.
//
// Slow-down: from the third failed sign-in for a name on, the next try has to wait 2, 4, 8 ... up
// to 300 s. It is kept in the database by name, so another program or computer does not get round
// it, and a name that does not exist behaves the same.
//
// Errors: Usage for what may not be done (wrong password, taken name, missing right), with one
// plain sentence; Environment for the database. Threading: that of the Database.
#pragma once

#include <QDateTime>
#include <QList>
#include <functional>
#include <optional>

#include "core/accounts/password.h"
#include "core/accounts/session.h"
#include "core/storage/repositories.h"

namespace cvd::accounts {

using storage::MonthCount;
using storage::Page;
using storage::UserSort;

inline constexpr int kMaximumNameLength = 50;  // characters
inline constexpr int kMaximumTextLength = 200;

struct User {
    UserId id;
    QString name;
    QString title;        // a line about the person
    QString description;  // for the administrator
    Role role = Role::Normal;
    int projectCount = 0;
    QDateTime created;  // UTC
};

struct UserQuery {
    QString text;  // every word must occur in name, title or description; case-insensitive
    std::optional<Role> role;
    UserSort sort = UserSort::Name;
    bool descending = false;
    qint64 offset = 0;
    int limit = 50;
};

struct NewUser {
    QString name;  // 1..50 characters, unique whatever the case
    QString password;
    Role role = Role::Normal;
    QString title;
    QString description;
    bool mustChangePassword = false;
};

// Empty members stay as they are.
struct UserChange {
    std::optional<QString> name;
    std::optional<Role> role;
    std::optional<QString> title;
    std::optional<QString> description;
};

// The names of the audit trail; stored, never translated.
namespace action {
inline constexpr char kSignIn[] = "sign_in";
inline constexpr char kSignInFailed[] = "sign_in_failed";
inline constexpr char kSignOut[] = "sign_out";
inline constexpr char kUserCreated[] = "user_created";
inline constexpr char kUserChanged[] = "user_changed";
inline constexpr char kUserDeleted[] = "user_deleted";
inline constexpr char kPasswordChanged[] = "password_changed";
inline constexpr char kPasswordReset[] = "password_reset";
inline constexpr char kProjectsGiven[] = "projects_given";
}  // namespace action

using AuditEntry = storage::AuditRecord;
using AuditQuery = storage::AuditFilter;

struct AccountOptions {
    PasswordCost cost = PasswordCost::standard();
    std::function<QDateTime()> clock = [] { return QDateTime::currentDateTimeUtc(); };
};

class AccountService {
public:
    explicit AccountService(storage::Database& database, AccountOptions options = {});

    // --- First start ---
    Result<bool> needsFirstAdministrator();  // there is none yet
    Result<Session> createFirstAdministrator(const QString& name, const QString& password);

    // --- Sign-in ---
    Result<Session> signIn(const QString& name, const QString& password);
    Status signOut(const Session& session);
    // The same session with the role and name as they are now; Usage when the user is gone.
    Result<Session> refresh(const Session& session);

    // --- Users ---
    Result<Page<User>> users(const Session& session, const UserQuery& query);  // administrators
    Result<User> user(const Session& session, UserId id);
    Result<UserId> createUser(const Session& session, const NewUser& user);
    Status updateUser(const Session& session, UserId id, const UserChange& change);
    // Refused while the user has projects (give or delete them first, so that no file is orphaned)
    // and for the last administrator.
    Status deleteUser(const Session& session, UserId id);
    // Makes all projects of one user those of another; answers how many.
    Result<int> giveProjects(const Session& session, UserId from, UserId to);

    // --- Passwords ---
    Status changeOwnPassword(const Session& session, const QString& oldPassword,
                             const QString& newPassword);
    Status resetPassword(const Session& session, UserId id, const QString& newPassword);

    // --- For administrators ---
    Result<Page<AuditEntry>> auditTrail(const Session& session, const AuditQuery& query);
    // The last `months` months up to this one, oldest first, those without a new user too.
    Result<QList<MonthCount>> newUsersPerMonth(const Session& session, int months = 12);

    // Seconds that the next try has to wait after so many failures.
    static int waitSeconds(int failures);

private:
    Result<storage::UserRecord> requireUser(const Session& session);
    Result<storage::UserRecord> requireAdministrator(const Session& session);
    Result<storage::UserRecord> existing(UserId id);
    Status requireOtherAdministrator(const storage::UserRecord& target);
    Result<UserId> addUser(const NewUser& user);
    Status setPassword(UserId user, const QString& password, bool mustChange);
    Status countAttempt(const QString& nameKey);
    Result<bool> passwordFits(UserId user, const QString& password, bool* mustChange);
    Result<Session> finishSignIn(const storage::UserRecord& user, const QString& password,
                                 bool mustChange);
    Status audit(const storage::UserRecord* who, const char* action, const QString& subject,
                 const QString& detail = {});

    storage::Database& m_db;
    AccountOptions m_options;
};

// Usage unless the session's user still exists; for the modules above. Answers the role in the
// database, which counts.
Result<Role> currentRole(storage::Database& database, const Session& session);

}  // namespace cvd::accounts
