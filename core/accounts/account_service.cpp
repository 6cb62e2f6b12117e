#include "core/accounts/account_service.h"

#include <algorithm>

namespace cvd::accounts {

using storage::problemOf;
using storage::UserRecord;

namespace {

constexpr int kFreeFailures = 2;
constexpr int kLongestWaitS = 300;
constexpr int kForgetAfterDays = 1;

Error refuse(std::string text, std::vector<std::string> args = {}) {
    return fail(ErrorKind::Usage, std::move(text), std::move(args));
}

Error sessionEnded() {
    return refuse(CVD_TR("core", "Your account no longer exists. Sign in with another one."));
}

Error noSuchUser() {
    return refuse(CVD_TR("core", "This user does not exist any more."));
}

Error wrongNameOrPassword() {
    return refuse(CVD_TR("core", "The user name or the password is wrong."));
}

Role roleOf(int authority) {
    return authority == int(Role::Administrator) ? Role::Administrator : Role::Normal;
}

bool hasControlCharacters(const QString& text) {
    // The marks that turn a line around make one name look like another.
    return std::any_of(text.begin(), text.end(), [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
    });
}

Result<QString> checkedName(const QString& typed) {
    const QString name = typed.trimmed().normalized(QString::NormalizationForm_C);
    if (storage::searchKey(name).isEmpty()) {
        return refuse(CVD_TR("core", "The user name is empty. Type one."));
    }
    if (name.size() > kMaximumNameLength ||
        storage::searchKey(name).size() > 2 * kMaximumNameLength) {
        return refuse(CVD_TR("core", "The user name is too long. Use at most %1 characters."),
                      {std::to_string(kMaximumNameLength)});
    }
    if (hasControlCharacters(name)) {
        return refuse(CVD_TR("core",
                             "The user name contains a character that cannot be shown. "
                             "Choose another name."));
    }
    return name;
}

Result<QString> checkedText(const QString& typed) {
    const QString text = typed.trimmed();
    if (text.size() > kMaximumTextLength) {
        return refuse(CVD_TR("core", "The text is too long. Use at most %1 characters."),
                      {std::to_string(kMaximumTextLength)});
    }
    return text;
}

Error nameTaken(const QString& name) {
    return refuse(CVD_TR("core", "There is a user named %1 already. Choose another name."),
                  {name.toStdString()});
}

User publicUser(const UserRecord& record) {
    User user;
    user.id = record.id;
    user.name = record.name;
    user.title = record.title;
    user.description = record.description;
    user.role = roleOf(record.authority);
    user.projectCount = record.projectCount;
    user.created = record.created;
    return user;
}

Session sessionOf(const UserRecord& user, bool mustChange) {
    return {user.id, user.name, roleOf(user.authority), mustChange};
}

// What was changed, for the audit trail; empty: nothing.
QString describe(const UserRecord& before, const UserRecord& after) {
    QStringList changes;
    if (before.name != after.name) {
        changes << QStringLiteral("name: %1 -> %2").arg(before.name, after.name);
    }
    if (before.authority != after.authority) {
        changes << QStringLiteral("role: %1 -> %2").arg(before.authority).arg(after.authority);
    }
    if (before.title != after.title) {
        changes << QStringLiteral("title");
    }
    if (before.description != after.description) {
        changes << QStringLiteral("description");
    }
    return changes.join(QStringLiteral("; "));
}

Status applyChange(UserRecord& user, const UserChange& change) {
    if (change.name) {
        CVD_TRY_ASSIGN(user.name, checkedName(*change.name));
    }
    if (change.title) {
        CVD_TRY_ASSIGN(user.title, checkedText(*change.title));
    }
    if (change.description) {
        CVD_TRY_ASSIGN(user.description, checkedText(*change.description));
    }
    if (change.role) {
        user.authority = int(*change.role);
    }
    return {};
}

}  // namespace

AccountService::AccountService(storage::Database& database, AccountOptions options)
    : m_db(database), m_options(std::move(options)) {}

// --- Rights ---

Result<UserRecord> AccountService::requireUser(const Session& session) {
    CVD_TRY_ASSIGN(const std::optional<UserRecord> user,
                   storage::UserRepository(m_db).find(session.user));
    return user ? Result<UserRecord>(*user) : Result<UserRecord>(sessionEnded());
}

Result<UserRecord> AccountService::requireAdministrator(const Session& session) {
    CVD_TRY_ASSIGN(const UserRecord user, requireUser(session));
    if (roleOf(user.authority) != Role::Administrator) {
        return refuse(CVD_TR("core", "Only an administrator may do this."));
    }
    return user;
}

Result<UserRecord> AccountService::existing(UserId id) {
    CVD_TRY_ASSIGN(const std::optional<UserRecord> user, storage::UserRepository(m_db).find(id));
    return user ? Result<UserRecord>(*user) : Result<UserRecord>(noSuchUser());
}

Status AccountService::requireOtherAdministrator(const UserRecord& target) {
    if (roleOf(target.authority) != Role::Administrator) {
        return {};
    }
    CVD_TRY_ASSIGN(const qint64 administrators,
                   storage::UserRepository(m_db).lockAuthority(int(Role::Administrator)));
    if (administrators > 1) {
        return {};
    }
    return refuse(CVD_TR("core",
                         "%1 is the last administrator. Make someone else administrator "
                         "first."),
                  {target.name.toStdString()});
}

Status AccountService::audit(const UserRecord* who, const char* what, const QString& subject,
                             const QString& detail) {
    storage::AuditRecord entry;
    entry.at = m_options.clock();
    if (who != nullptr) {
        entry.user = who->id;
        entry.userName = who->name;
    }
    entry.action = QString::fromLatin1(what);
    entry.subject = subject;
    entry.detail = detail;
    return storage::AuditRepository(m_db).append(entry);
}

// --- First start ---

Result<bool> AccountService::needsFirstAdministrator() {
    CVD_TRY_ASSIGN(const qint64 administrators,
                   storage::UserRepository(m_db).countWithAuthority(int(Role::Administrator)));
    return administrators == 0;
}

Result<Session> AccountService::createFirstAdministrator(const QString& name,
                                                         const QString& password) {
    return m_db.withTransaction([&]() -> Result<Session> {
        CVD_TRY_ASSIGN(const qint64 administrators,
                       storage::UserRepository(m_db).lockAuthority(int(Role::Administrator)));
        if (administrators > 0) {
            return refuse(CVD_TR("core", "There is an administrator already. Sign in instead."));
        }
        NewUser user;
        user.name = name;
        user.password = password;
        user.role = Role::Administrator;
        CVD_TRY_ASSIGN(const UserId id, addUser(user));
        CVD_TRY_ASSIGN(const UserRecord record, existing(id));
        CVD_TRY(audit(&record, action::kUserCreated, record.name,
                      QStringLiteral("first administrator")));
        CVD_TRY(audit(&record, action::kSignIn, record.name));
        return sessionOf(record, false);
    });
}

// --- Sign-in ---

int AccountService::waitSeconds(int failures) {
    const int doublings = failures - kFreeFailures;
    if (doublings <= 0) {
        return 0;
    }
    return doublings > 8 ? kLongestWaitS : std::min(kLongestWaitS, 1 << doublings);
}

// Counts the try as failed before the password is looked at, so that many tries at once cannot slip
// through; a success takes the count back.
Status AccountService::countAttempt(const QString& nameKey) {
    return m_db.withTransaction([&]() -> Status {
        const QDateTime now = m_options.clock();
        storage::SignInAttemptRepository attempts(m_db);
        CVD_TRY_ASSIGN(storage::SignInAttemptRecord record, attempts.lock(nameKey, now));
        if (record.last < now.addDays(-kForgetAfterDays)) {
            record.failures = 0;
        }
        const qint64 left = record.last.addSecs(waitSeconds(record.failures)).toMSecsSinceEpoch() -
                            now.toMSecsSinceEpoch();
        // A clock that was set back must not lock anyone out for longer than the wait itself.
        if (left > 0 && record.last <= now) {
            return refuse(
                CVD_TR("core", "Too many failed attempts. Wait %1 seconds, then try again."),
                {std::to_string((left + 999) / 1000)});
        }
        ++record.failures;
        record.last = now;
        return attempts.set(record);
    });
}

Result<bool> AccountService::passwordFits(UserId user, const QString& password, bool* mustChange) {
    CVD_TRY_ASSIGN(const auto login, storage::LoginRepository(m_db).find(user));
    *mustChange = login && login->mustChange;
    // Checked for a name that does not exist, too, so that the time tells nothing.
    const bool fits =
        verifyPassword(login ? login->passwordHash : decoyHash(m_options.cost), password);
    return login.has_value() && fits;
}

Result<Session> AccountService::signIn(const QString& name, const QString& password) {
    const QString typed = name.trimmed().left(kMaximumNameLength);
    const QString key = storage::searchKey(typed).left(2 * kMaximumNameLength);
    CVD_TRY(countAttempt(key));
    CVD_TRY_ASSIGN(const std::optional<UserRecord> user,
                   storage::UserRepository(m_db).findByName(typed));
    bool mustChange = false;
    CVD_TRY_ASSIGN(const bool fits,
                   passwordFits(user ? user->id : UserId{}, password, &mustChange));
    if (!fits) {
        CVD_TRY(audit(user ? &*user : nullptr, action::kSignInFailed, typed));
        return wrongNameOrPassword();
    }
    return finishSignIn(*user, password, mustChange);
}

Result<Session> AccountService::finishSignIn(const UserRecord& user, const QString& password,
                                             bool mustChange) {
    CVD_TRY_ASSIGN(const auto login, storage::LoginRepository(m_db).find(user.id));
    if (login && needsRehash(login->passwordHash, m_options.cost)) {
        CVD_TRY(setPassword(user.id, password, mustChange));
    }
    return m_db.withTransaction([&]() -> Result<Session> {
        storage::SignInAttemptRepository attempts(m_db);
        CVD_TRY(attempts.clear(storage::searchKey(user.name)));
        CVD_TRY(attempts.removeOlderThan(m_options.clock().addDays(-kForgetAfterDays)));
        CVD_TRY(audit(&user, action::kSignIn, user.name));
        return sessionOf(user, mustChange);
    });
}

Status AccountService::signOut(const Session& session) {
    CVD_TRY_ASSIGN(const UserRecord user, requireUser(session));
    return audit(&user, action::kSignOut, user.name);
}

Result<Session> AccountService::refresh(const Session& session) {
    CVD_TRY_ASSIGN(const UserRecord user, requireUser(session));
    CVD_TRY_ASSIGN(const auto login, storage::LoginRepository(m_db).find(user.id));
    return sessionOf(user, login && login->mustChange);
}

// --- Users ---

Result<Page<User>> AccountService::users(const Session& session, const UserQuery& query) {
    CVD_TRY(requireAdministrator(session));
    storage::UserFilter filter;
    filter.text = query.text;
    if (query.role) {
        filter.authority = int(*query.role);
    }
    filter.sort = query.sort;
    filter.descending = query.descending;
    filter.offset = query.offset;
    filter.limit = query.limit;
    CVD_TRY_ASSIGN(const Page<UserRecord> found, storage::UserRepository(m_db).list(filter));
    Page<User> page;
    page.total = found.total;
    for (const UserRecord& record : found.rows) {
        page.rows << publicUser(record);
    }
    return page;
}

Result<User> AccountService::user(const Session& session, UserId id) {
    CVD_TRY_ASSIGN(const UserRecord self, requireUser(session));
    if (id == self.id) {
        return publicUser(self);
    }
    CVD_TRY(requireAdministrator(session));
    CVD_TRY_ASSIGN(const UserRecord other, existing(id));
    return publicUser(other);
}

// Inside the caller's transaction.
Result<UserId> AccountService::addUser(const NewUser& user) {
    UserRecord record;
    CVD_TRY_ASSIGN(record.name, checkedName(user.name));
    CVD_TRY_ASSIGN(record.title, checkedText(user.title));
    CVD_TRY_ASSIGN(record.description, checkedText(user.description));
    CVD_TRY(checkNewPassword(user.password, record.name));
    record.authority = int(user.role);
    record.created = m_options.clock();
    Result<UserId> id = storage::UserRepository(m_db).insert(record);
    if (!id.ok()) {
        return problemOf(id.error()) == storage::Problem::UniqueViolation
                   ? Result<UserId>(nameTaken(record.name))
                   : id;
    }
    CVD_TRY(setPassword(*id, user.password, user.mustChangePassword));
    return id;
}

Result<UserId> AccountService::createUser(const Session& session, const NewUser& user) {
    return m_db.withTransaction([&]() -> Result<UserId> {
        CVD_TRY_ASSIGN(const UserRecord self, requireAdministrator(session));
        CVD_TRY_ASSIGN(const UserId id, addUser(user));
        CVD_TRY(audit(&self, action::kUserCreated, user.name.trimmed(),
                      QStringLiteral("role: %1").arg(int(user.role))));
        return id;
    });
}

Status AccountService::updateUser(const Session& session, UserId id, const UserChange& change) {
    return m_db.withTransaction([&]() -> Status {
        CVD_TRY_ASSIGN(const UserRecord self, requireUser(session));
        if (id != self.id || change.name || change.role) {
            CVD_TRY(requireAdministrator(session));
        }
        CVD_TRY_ASSIGN(const UserRecord before, existing(id));
        UserRecord after = before;
        CVD_TRY(applyChange(after, change));
        if (roleOf(after.authority) != Role::Administrator) {
            CVD_TRY(requireOtherAdministrator(before));
        }
        const QString what = describe(before, after);
        if (what.isEmpty()) {
            return {};
        }
        Result<bool> done = storage::UserRepository(m_db).update(after);
        if (!done.ok()) {
            return problemOf(done.error()) == storage::Problem::UniqueViolation
                       ? nameTaken(after.name)
                       : done.error();
        }
        return audit(&self, action::kUserChanged, before.name, what);
    });
}

Status AccountService::deleteUser(const Session& session, UserId id) {
    return m_db.withTransaction([&]() -> Status {
        CVD_TRY_ASSIGN(const UserRecord self, requireAdministrator(session));
        CVD_TRY_ASSIGN(const UserRecord target, existing(id));
        CVD_TRY(requireOtherAdministrator(target));
        CVD_TRY_ASSIGN(const qint64 projects, storage::UserRepository(m_db).lockProjectsOf(id));
        if (projects > 0) {
            return refuse(CVD_TR("core",
                                 "%1 still owns projects (%2). Delete them or give them to "
                                 "someone else first."),
                          {target.name.toStdString(), std::to_string(projects)});
        }
        CVD_TRY_ASSIGN([[maybe_unused]] const bool removed,
                       storage::UserRepository(m_db).remove(id));
        CVD_TRY(storage::SignInAttemptRepository(m_db).clear(storage::searchKey(target.name)));
        return audit(&self, action::kUserDeleted, target.name);
    });
}

Result<int> AccountService::giveProjects(const Session& session, UserId from, UserId to) {
    return m_db.withTransaction([&]() -> Result<int> {
        CVD_TRY_ASSIGN(const UserRecord self, requireAdministrator(session));
        CVD_TRY_ASSIGN(const UserRecord giver, existing(from));
        CVD_TRY_ASSIGN(const UserRecord taker, existing(to));
        CVD_TRY_ASSIGN(const qint64 moved, storage::ProjectRepository(m_db).giveAll(from, to));
        CVD_TRY(audit(&self, action::kProjectsGiven, giver.name,
                      QStringLiteral("%1 -> %2").arg(moved).arg(taker.name)));
        return int(moved);
    });
}

// --- Passwords ---

Status AccountService::setPassword(UserId user, const QString& password, bool mustChange) {
    storage::LoginRecord login;
    login.user = user;
    CVD_TRY_ASSIGN(login.passwordHash, hashPassword(password, m_options.cost));
    login.changed = m_options.clock();
    login.mustChange = mustChange;
    return storage::LoginRepository(m_db).set(login);
}

Status AccountService::changeOwnPassword(const Session& session, const QString& oldPassword,
                                         const QString& newPassword) {
    CVD_TRY_ASSIGN(const UserRecord self, requireUser(session));
    const QString key = storage::searchKey(self.name);
    CVD_TRY(countAttempt(key));
    bool mustChange = false;
    CVD_TRY_ASSIGN(const bool fits, passwordFits(self.id, oldPassword, &mustChange));
    if (!fits) {
        return refuse(CVD_TR("core", "The old password is wrong."));
    }
    CVD_TRY(storage::SignInAttemptRepository(m_db).clear(key));
    CVD_TRY(checkNewPassword(newPassword, self.name));
    return m_db.withTransaction([&]() -> Status {
        CVD_TRY(setPassword(self.id, newPassword, false));
        return audit(&self, action::kPasswordChanged, self.name);
    });
}

Status AccountService::resetPassword(const Session& session, UserId id,
                                     const QString& newPassword) {
    return m_db.withTransaction([&]() -> Status {
        CVD_TRY_ASSIGN(const UserRecord self, requireAdministrator(session));
        CVD_TRY_ASSIGN(const UserRecord target, existing(id));
        CVD_TRY(checkNewPassword(newPassword, target.name));
        CVD_TRY(setPassword(id, newPassword, id != self.id));
        CVD_TRY(storage::SignInAttemptRepository(m_db).clear(storage::searchKey(target.name)));
        return audit(&self, action::kPasswordReset, target.name);
    });
}

// --- For administrators ---

Result<Page<AuditEntry>> AccountService::auditTrail(const Session& session,
                                                    const AuditQuery& query) {
    CVD_TRY(requireAdministrator(session));
    return storage::AuditRepository(m_db).list(query);
}

Result<QList<MonthCount>> AccountService::newUsersPerMonth(const Session& session, int months) {
    CVD_TRY(requireAdministrator(session));
    CVD_TRY_ASSIGN(const QList<MonthCount> found, storage::UserRepository(m_db).perMonth());
    const QDate now = m_options.clock().toUTC().date();
    QList<MonthCount> filled;
    for (int back = months - 1; back >= 0; --back) {
        const QString month = now.addMonths(-back).toString(QStringLiteral("yyyy-MM"));
        const auto match = std::find_if(found.begin(), found.end(),
                                        [&](const MonthCount& m) { return m.month == month; });
        filled << MonthCount{month, match == found.end() ? 0 : match->count};
    }
    return filled;
}

Result<Role> currentRole(storage::Database& database, const Session& session) {
    CVD_TRY_ASSIGN(const std::optional<UserRecord> user,
                   storage::UserRepository(database).find(session.user));
    return user ? Result<Role>(roleOf(user->authority)) : Result<Role>(sessionEnded());
}

}  // namespace cvd::accounts
