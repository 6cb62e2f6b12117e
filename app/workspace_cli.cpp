#include "app/workspace_cli.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QThread>

#include "app/cli.h"
#include "core/storage/password_source.h"
#include "core/storage/schema.h"
#include "ui/settings.h"

namespace cvd::app {

void addDatabaseOptions(QCommandLineParser& parser) {
    parser.addOptions({
        {QStringLiteral("db"),
         cliText(QT_TRANSLATE_NOOP(
             "cli",
             "Database: a file, or mysql://user@host:port/name. Default: what the program uses.")),
         QStringLiteral("URL")},
        {QStringLiteral("db-password-file"),
         cliText(QT_TRANSLATE_NOOP("cli", "File whose first line is the server's password.")),
         QStringLiteral("FILE")},
    });
}

void addSessionOptions(QCommandLineParser& parser) {
    addDatabaseOptions(parser);
    parser.addOptions({
        {QStringLiteral("as"), cliText(QT_TRANSLATE_NOOP("cli", "Your user name.")),
         QStringLiteral("NAME")},
        {QStringLiteral("password-file"),
         cliText(QT_TRANSLATE_NOOP(
             "cli", "File whose first line is your password; asked for if not given.")),
         QStringLiteral("FILE")},
        {QStringLiteral("library"),
         cliText(QT_TRANSLATE_NOOP("cli",
                                   "Folder of videos and results. Default: the program's, or one "
                                   "beside the file given with --db.")),
         QStringLiteral("DIR")},
    });
}

Result<storage::ConnectionSettings> connectionFrom(const QCommandLineParser& parser,
                                                   const QString& url,
                                                   const QString& passwordOption) {
    QString chosen = url.isEmpty() ? parser.value(QStringLiteral("db")) : url;
    if (chosen.isEmpty()) {
        chosen = ui::Settings().databaseUrl();
    }
    if (chosen.isEmpty()) {
        chosen = ui::defaultSqliteFile();
    }
    CVD_TRY_ASSIGN(auto settings, storage::parseDatabaseUrl(chosen));
    if (settings.engine == storage::Engine::Sqlite) {
        settings.sqliteFile = QFileInfo(settings.sqliteFile).absoluteFilePath();
    }
    storage::PasswordRequest request;
    request.passwordFile = parser.value(passwordOption);
    request.prompt = [](const QString& location) {
        return askPassword(cliText(QT_TRANSLATE_NOOP("cli", "Password for %1:")).arg(location));
    };
    CVD_TRY_ASSIGN(const auto found, storage::resolvePassword(settings, request));
    settings.password = found.password;
    if (found.warning) {
        printError(*found.warning);
    }
    return settings;
}

Result<QString> passwordFrom(const QCommandLineParser& parser, const QString& fileOption,
                             const QString& prompt) {
    const QString name = parser.value(fileOption);
    if (name.isEmpty()) {
        if (const auto typed = askPassword(prompt)) {
            return *typed;
        }
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "There is no terminal to ask for a password. Give --%1 FILE."),
                    {fileOption.toStdString()});
    }
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorKind::BadInput, CVD_TR("core", "The password file %1 cannot be read."),
                    {name.toStdString()});
    }
    QByteArray line = file.readLine(4096);
    while (line.endsWith('\n') || line.endsWith('\r')) {
        line.chop(1);
    }
    return QString::fromUtf8(line);
}

Result<CliWorkspace> openWorkspaceFrom(const QCommandLineParser& parser) {
    CVD_TRY_ASSIGN(const auto settings, connectionFrom(parser));
    CliWorkspace w;
    CVD_TRY_ASSIGN(w.database, storage::openReady(settings));
    QString folder = parser.value(QStringLiteral("library"));
    if (folder.isEmpty()) {
        // A database of one's own choosing has its library beside it, so that two never share one
        // by accident.
        const bool own =
            parser.isSet(QStringLiteral("db")) && settings.engine == storage::Engine::Sqlite &&
            settings.sqliteFile != QFileInfo(ui::defaultSqliteFile()).absoluteFilePath();
        folder =
            own ? settings.sqliteFile + QStringLiteral(".library") : ui::Settings().libraryFolder();
    }
    w.library = std::make_unique<projects::MediaLibrary>(QFileInfo(folder).absoluteFilePath());
    CVD_TRY(w.library->prepare());
    w.accounts = std::make_unique<accounts::AccountService>(*w.database);
    w.projects = std::make_unique<projects::ProjectService>(*w.database, *w.library);
    return w;
}

namespace {

// Every try counts as failed until it has succeeded, so scripts that sign in side by side would
// turn each other away. They wait as long as they are told to, which helps no guesser.
Result<accounts::Session> signInWithPatience(accounts::AccountService& accounts,
                                             const QString& name, const QString& password) {
    constexpr int kLongestWaitS = 4, kMostTries = 8;
    for (int tries = 1;; ++tries) {
        auto session = accounts.signIn(name, password);
        // The one sentence with a number is the wait.
        const bool mayWait = !session.ok() && session.error().args.size() == 1;
        const int seconds = mayWait ? QString::fromStdString(session.error().args[0]).toInt() : 0;
        if (seconds < 1 || seconds > kLongestWaitS || tries == kMostTries) {
            return session;
        }
        QThread::sleep(static_cast<unsigned long>(seconds));
    }
}

}  // namespace

Result<accounts::Session> signInFrom(const QCommandLineParser& parser, CliWorkspace& workspace) {
    return signInWith(parser, *workspace.accounts);
}

Result<accounts::Session> signInWith(const QCommandLineParser& parser,
                                     accounts::AccountService& accounts) {
    const QString name = parser.value(QStringLiteral("as"));
    if (name.isEmpty()) {
        return fail(ErrorKind::Usage, CVD_TR("core", "Say with --as NAME who you are."));
    }
    CVD_TRY_ASSIGN(const QString password,
                   passwordFrom(parser, QStringLiteral("password-file"),
                                cliText(QT_TRANSLATE_NOOP("cli", "Password of %1:")).arg(name)));
    return signInWithPatience(accounts, name, password);
}

Result<std::unique_ptr<storage::Database>> existingDatabase(const QCommandLineParser& parser) {
    CVD_TRY_ASSIGN(const auto settings, connectionFrom(parser));
    if (settings.engine == storage::Engine::Sqlite && !QFileInfo::exists(settings.sqliteFile)) {
        return std::unique_ptr<storage::Database>();
    }
    return storage::openReady(settings);
}

Result<accounts::Session> sessionFor(const QCommandLineParser& parser,
                                     storage::Database* database) {
    if (database == nullptr) {
        return accounts::Session{};
    }
    accounts::AccountService accounts(*database);
    CVD_TRY_ASSIGN(const bool unclaimed, accounts.needsFirstAdministrator());
    if (unclaimed) {
        return accounts::Session{};
    }
    return signInWith(parser, accounts);
}

}  // namespace cvd::app
