// The database, media library and signed-in session of the verbs project, user, db and report.
#pragma once

#include <memory>
#include <optional>

#include <QCommandLineParser>

#include "core/accounts/account_service.h"
#include "core/base/result.h"
#include "core/projects/project_service.h"
#include "core/storage/database.h"

namespace cvd::app {

// --db, --db-password-file, --db-ca, --no-tls
void addDatabaseOptions(QCommandLineParser& parser);
// --as, --password-file, --library
void addSessionOptions(QCommandLineParser& parser);

// Where --db (or `url`), else the settings of the program, else the file in the user's data folder
// lead. The password of a server is resolved here: file, keychain, prompt.
Result<storage::ConnectionSettings> connectionFrom(
    const QCommandLineParser& parser, const QString& url = {},
    const QString& passwordOption = QStringLiteral("db-password-file"));

// A password from a file's first line, or from the terminal, or an error that says how to give one.
Result<QString> passwordFrom(const QCommandLineParser& parser, const QString& fileOption,
                             const QString& prompt);

struct CliWorkspace {
    std::unique_ptr<storage::Database> database;
    std::unique_ptr<projects::MediaLibrary> library;
    std::unique_ptr<accounts::AccountService> accounts;
    std::unique_ptr<projects::ProjectService> projects;
};
Result<CliWorkspace> openWorkspaceFrom(const QCommandLineParser& parser);
Result<accounts::Session> signInWith(const QCommandLineParser& parser,
                                     accounts::AccountService& accounts);
Result<accounts::Session> signInFrom(const QCommandLineParser& parser, CliWorkspace& workspace);

// For what belongs to this computer (models, rule profiles). The configured database, when there is
// one: it knows who may change them. Null: there is none yet.
Result<std::unique_ptr<storage::Database>> existingDatabase(const QCommandLineParser& parser);
// Nobody needs to sign in before there is somebody who could.
Result<accounts::Session> sessionFor(const QCommandLineParser& parser, storage::Database* database);

}  // namespace cvd::app
