// cvd-mis user list | create | role | reset-password | delete. The role checks are in
// core/accounts.
#include <QCommandLineParser>
#include <QCoreApplication>

#include "app/cli.h"
#include "app/verbs.h"
#include "app/workspace_cli.h"

namespace cvd::app {
namespace {

using accounts::Role;

Result<Role> roleFrom(const QString& text) {
    if (text == QStringLiteral("normal")) {
        return Role::Normal;
    }
    if (text == QStringLiteral("administrator")) {
        return Role::Administrator;
    }
    return fail(ErrorKind::Usage, CVD_TR("core", "A role is normal or administrator, not %1."),
                {text.toStdString()});
}

Result<accounts::User> userNamed(CliWorkspace& w, const accounts::Session& session,
                                 const QString& name) {
    accounts::UserQuery query;
    query.text = name;
    query.limit = 1000;
    CVD_TRY_ASSIGN(const auto page, w.accounts->users(session, query));
    for (const accounts::User& user : page.rows) {
        if (user.name.compare(name, Qt::CaseInsensitive) == 0) {
            return user;
        }
    }
    return fail(ErrorKind::Usage, CVD_TR("core", "There is no user %1."), {name.toStdString()});
}

Result<QString> newPassword(const QCommandLineParser& parser) {
    return passwordFrom(parser, QStringLiteral("new-password-file"),
                        cliText(QT_TRANSLATE_NOOP("cli", "New password:")));
}

Status list(CliWorkspace& w, const accounts::Session& session) {
    accounts::UserQuery query;
    query.limit = 200;
    for (qint64 total = 1; query.offset < total; query.offset += query.limit) {
        CVD_TRY_ASSIGN(const auto page, w.accounts->users(session, query));
        total = page.total;
        for (const accounts::User& user : page.rows) {
            print(QStringLiteral("%1\t%2\t%3\t%4")
                      .arg(user.id.value)
                      .arg(user.name, user.role == Role::Administrator
                                          ? QStringLiteral("administrator")
                                          : QStringLiteral("normal"))
                      .arg(user.projectCount));
        }
    }
    return {};
}

Status createFirst(CliWorkspace& w, const QCommandLineParser& parser, const QString& name) {
    CVD_TRY_ASSIGN(const QString password, newPassword(parser));
    const auto session = w.accounts->createFirstAdministrator(name, password);
    return session.ok() ? Status() : Status(session.error());
}

Status create(CliWorkspace& w, const accounts::Session& session, const QCommandLineParser& parser,
              const QString& name) {
    CVD_TRY_ASSIGN(const Role role, roleFrom(parser.value(QStringLiteral("role"))));
    CVD_TRY_ASSIGN(const QString password, newPassword(parser));
    const auto id = w.accounts->createUser(session, {name, password, role, {}, {}, true});
    return id.ok() ? Status() : Status(id.error());
}

Status act(CliWorkspace& w, const QCommandLineParser& parser, const QString& what,
           const QString& name) {
    CVD_TRY_ASSIGN(const auto session, signInFrom(parser, w));
    if (what == QStringLiteral("list")) {
        return list(w, session);
    }
    if (what == QStringLiteral("create")) {
        return create(w, session, parser, name);
    }
    CVD_TRY_ASSIGN(const auto user, userNamed(w, session, name));
    if (what == QStringLiteral("role")) {
        CVD_TRY_ASSIGN(const Role role, roleFrom(parser.value(QStringLiteral("role"))));
        accounts::UserChange change;
        change.role = role;
        return w.accounts->updateUser(session, user.id, change);
    }
    if (what == QStringLiteral("reset-password")) {
        CVD_TRY_ASSIGN(const QString password, newPassword(parser));
        return w.accounts->resetPassword(session, user.id, password);
    }
    return w.accounts->deleteUser(session, user.id);
}

}  // namespace

int runUser(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        cliText(QT_TRANSLATE_NOOP("cli",
                                  "User administration. create NAME --first makes the first "
                                  "administrator of an empty database.")));
    parser.addPositionalArgument(QStringLiteral("ACTION"),
                                 cliText(QT_TRANSLATE_NOOP("cli", "What to do.")),
                                 QStringLiteral("list|create|role|reset-password|delete"));
    parser.addPositionalArgument(QStringLiteral("NAME"),
                                 cliText(QT_TRANSLATE_NOOP("cli", "The user; not for list.")),
                                 QStringLiteral("[NAME]"));
    addSessionOptions(parser);
    parser.addOptions({
        {QStringLiteral("first"),
         cliText(QT_TRANSLATE_NOOP(
             "cli", "Create the first administrator; nobody needs to be signed in."))},
        {QStringLiteral("role"), cliText(QT_TRANSLATE_NOOP("cli", "normal or administrator.")),
         QStringLiteral("ROLE"), QStringLiteral("normal")},
        {QStringLiteral("new-password-file"),
         cliText(QT_TRANSLATE_NOOP(
             "cli", "File whose first line is the new user's password; asked for if not given.")),
         QStringLiteral("FILE")},
    });
    if (const auto code = parse(parser, arguments, 1, 2)) {
        return *code;
    }
    const QStringList words = parser.positionalArguments();
    const QString what = words[0], name = words.value(1);
    const QStringList known{QStringLiteral("list"), QStringLiteral("create"),
                            QStringLiteral("role"), QStringLiteral("reset-password"),
                            QStringLiteral("delete")};
    if (!known.contains(what) || (what == QStringLiteral("list")) != name.isEmpty()) {
        return printError(fail(
            ErrorKind::Usage,
            CVD_TR("core",
                   "Use user list, or user create, role, reset-password or delete with a name.")));
    }
    auto workspace = openWorkspaceFrom(parser);
    if (!workspace.ok()) {
        return printError(workspace.error());
    }
    const bool first = parser.isSet(QStringLiteral("first")) && what == QStringLiteral("create");
    return finish(first ? createFirst(*workspace, parser, name)
                        : act(*workspace, parser, what, name));
}

}  // namespace cvd::app
