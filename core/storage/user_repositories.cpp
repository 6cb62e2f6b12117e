#include "core/storage/repositories.h"
#include "core/storage/sql_helpers.h"

namespace cvd::storage {
namespace {

QString userColumns(const Dialect& dialect) {
    return QStringLiteral("u.uid, u.user_name, u.user_des, u.project_num, %1, u.aid, u.description")
        .arg(dialect.timestampText(QStringLiteral("u.create_date")));
}

UserRecord userFrom(const Row& row) {
    UserRecord user;
    user.id = idFrom<UserId>(row, 0);
    user.name = row.text(1);
    user.title = row.text(2);
    user.projectCount = int(row.integer(3));
    user.created = row.time(4);
    user.authority = int(row.integer(5));
    user.description = row.text(6);
    return user;
}

QString userSearchKey(const UserRecord& user) {
    return searchKey(user.name + QLatin1Char('\n') + user.title + QLatin1Char('\n') +
                     user.description);
}

QString orderOf(const UserFilter& filter) {
    const QString direction = filter.descending ? QStringLiteral(" DESC") : QStringLiteral(" ASC");
    QString column = QStringLiteral("u.name_key");
    switch (filter.sort) {
        case UserSort::Name:
            break;
        case UserSort::Created:
            column = QStringLiteral("u.create_date");
            break;
        case UserSort::Authority:
            column = QStringLiteral("u.aid");
            break;
        case UserSort::Projects:
            column = QStringLiteral("u.project_num");
            break;
    }
    return QStringLiteral(" ORDER BY ") + column + direction + QStringLiteral(", u.uid") +
           direction;
}

}  // namespace

Result<QList<AuthorityRecord>> AuthorityRepository::all() {
    return listOf<AuthorityRecord>(m_db,
                                   QStringLiteral("SELECT aid, name FROM authority ORDER BY aid"),
                                   {}, [](const Row& row) {
                                       return AuthorityRecord{int(row.integer(0)), row.text(1)};
                                   });
}

Result<UserId> UserRepository::insert(const UserRecord& user) {
    const QDateTime created =
        user.created.isValid() ? user.created : QDateTime::currentDateTimeUtc();
    const QString sql = QStringLiteral(
                            "INSERT INTO user (user_name, user_des, project_num, aid, description, "
                            "name_key, search_key, create_date) VALUES (?, ?, ?, ?, ?, ?, ?, %1)")
                            .arg(m_db.dialect().timestampPlaceholder());
    CVD_TRY_ASSIGN(const Done done,
                   m_db.execute(sql, {user.name, user.title, user.projectCount, user.authority,
                                      user.description, searchKey(user.name), userSearchKey(user),
                                      toDb(created)}));
    return UserId{done.insertId};
}

Result<bool> UserRepository::update(const UserRecord& user) {
    return m_db.withTransaction([&]() -> Result<bool> {
        const QString nameKey = searchKey(user.name);
        CVD_TRY_ASSIGN(
            const bool there,
            updateById(m_db, "user", "user_name, user_des, aid, description, name_key, search_key",
                       "uid", user.id,
                       {user.name, user.title, user.authority, user.description, nameKey,
                        userSearchKey(user)}));
        // The list of projects is ordered by it.
        CVD_TRY_ASSIGN([[maybe_unused]] const Done done,
                       m_db.execute(QStringLiteral("UPDATE project SET owner_key = ? "
                                                   "WHERE uid = ? AND owner_key <> ?"),
                                    {nameKey, idValue(user.id), nameKey}));
        return there;
    });
}

Result<bool> UserRepository::remove(UserId id) {
    return removeById(m_db, "user", "uid", id);
}

Result<std::optional<UserRecord>> UserRepository::find(UserId id) {
    return firstOf<UserRecord>(
        m_db,
        QStringLiteral("SELECT %1 FROM user u WHERE u.uid = ?").arg(userColumns(m_db.dialect())),
        {idValue(id)}, userFrom);
}

Result<std::optional<UserRecord>> UserRepository::findByName(const QString& name) {
    return firstOf<UserRecord>(m_db,
                               QStringLiteral("SELECT %1 FROM user u WHERE u.name_key = ?")
                                   .arg(userColumns(m_db.dialect())),
                               {searchKey(name)}, userFrom);
}

Result<Page<UserRecord>> UserRepository::list(const UserFilter& filter) {
    Where where;
    addSearch(where, filter.text, QStringLiteral("u.search_key"));
    if (filter.authority) {
        where.add(QStringLiteral("u.aid = ?"), {*filter.authority});
    }
    Page<UserRecord> page;
    CVD_TRY_ASSIGN(page.total,
                   m_db.selectInteger(QStringLiteral("SELECT COUNT(*) FROM user u") + where.sql(),
                                      where.values));
    const QString sql = QStringLiteral("SELECT %1 FROM user u%2%3 LIMIT ? OFFSET ?")
                            .arg(userColumns(m_db.dialect()), where.sql(), orderOf(filter));
    const QVariantList values = where.values + QVariantList{filter.limit, filter.offset};
    CVD_TRY_ASSIGN(page.rows, listOf<UserRecord>(m_db, sql, values, userFrom));
    return page;
}

Result<qint64> UserRepository::count() {
    return m_db.selectInteger(QStringLiteral("SELECT COUNT(*) FROM user"));
}

Result<qint64> UserRepository::countWithAuthority(int authority) {
    return m_db.selectInteger(QStringLiteral("SELECT COUNT(*) FROM user WHERE aid = ?"),
                              {authority});
}

Result<qint64> UserRepository::lockAuthority(int authority) {
    // SQLite's write transactions exclude each other; the row of `authority` is the lock on MySQL.
    if (m_db.engine() == Engine::MySql) {
        CVD_TRY_ASSIGN(
            [[maybe_unused]] const Rows rows,
            m_db.select(QStringLiteral("SELECT aid FROM authority WHERE aid = ? FOR UPDATE"),
                        {authority}));
        return m_db.selectInteger(
            QStringLiteral("SELECT COUNT(*) FROM user WHERE aid = ? LOCK IN SHARE MODE"),
            {authority});
    }
    return countWithAuthority(authority);
}

Result<qint64> UserRepository::lockProjectsOf(UserId id) {
    if (m_db.engine() == Engine::Sqlite) {
        return ProjectRepository(m_db).countOfOwner(id);
    }
    CVD_TRY_ASSIGN([[maybe_unused]] const Rows rows,
                   m_db.select(QStringLiteral("SELECT uid FROM user WHERE uid = ? FOR UPDATE"),
                               {idValue(id)}));
    return m_db.selectInteger(
        QStringLiteral("SELECT COUNT(*) FROM project WHERE uid = ? LOCK IN SHARE MODE"),
        {idValue(id)});
}

Result<QList<MonthCount>> UserRepository::perMonth() {
    const QString month = m_db.dialect().timestampMonth(QStringLiteral("create_date"));
    return listOf<MonthCount>(
        m_db,
        QStringLiteral("SELECT %1 AS month, COUNT(*) FROM user GROUP BY month ORDER BY month")
            .replace(QStringLiteral("%1"), month),
        {}, [](const Row& row) {
            return MonthCount{row.text(0), row.integer(1)};
        });
}

Result<bool> UserRepository::recountProjects(UserId id) {
    return updateExisting(
        m_db,
        QStringLiteral("UPDATE user SET project_num = (SELECT COUNT(*) FROM project "
                       "WHERE project.uid = user.uid) WHERE uid = ?"),
        {idValue(id)}, QStringLiteral("SELECT COUNT(*) FROM user WHERE uid = ?"), {idValue(id)});
}

Status LoginRepository::set(const LoginRecord& login) {
    const QDateTime changed =
        login.changed.isValid() ? login.changed : QDateTime::currentDateTimeUtc();
    CVD_TRY_ASSIGN(
        [[maybe_unused]] const Done done,
        m_db.execute(m_db.dialect().upsert("login_data", "uid, password, changed, must_change",
                                           "uid", "password, changed, must_change"),
                     {idValue(login.user), login.passwordHash, toDb(changed), login.mustChange}));
    return {};
}

Result<std::optional<LoginRecord>> LoginRepository::find(UserId user) {
    return firstOf<LoginRecord>(
        m_db,
        QStringLiteral("SELECT uid, password, changed, must_change FROM login_data WHERE uid = ?"),
        {idValue(user)}, [](const Row& row) {
            return LoginRecord{idFrom<UserId>(row, 0), row.text(1), row.time(2), row.flag(3)};
        });
}

}  // namespace cvd::storage
