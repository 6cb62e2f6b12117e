#include "ui/desktop_controller.h"

#include <QApplication>
#include <QFileInfo>
#include <QTimer>
#include <QtConcurrent>

#include "core/base/log.h"
#include "core/storage/schema.h"
#include "core/text/text.h"
#include "ui/database_form.h"
#include "ui/database_page.h"
#include "ui/language.h"
#include "ui/main_window.h"
#include "ui/password_store.h"
#include "ui/shell.h"
#include "ui/sign_in_page.h"
#include "ui/theme.h"

namespace cvd::ui {

using storage::ConnectionSettings;
using storage::Engine;

DesktopController::DesktopController(DesktopConfig config, QObject* parent)
    : QObject(parent), m_config(std::move(config)) {
    setLanguage(m_settings.language());
    applyTheme(themeFromName(m_settings.theme()));
    m_window = std::make_unique<MainWindow>(m_settings);
    connect(m_window.get(), &MainWindow::signOutRequested, this, &DesktopController::signOut);
    connect(m_window.get(), &MainWindow::databaseChangeRequested, this,
            &DesktopController::changeDatabase);
}

DesktopController::~DesktopController() {
    if (m_probe) {
        m_probe->waitForFinished();
    }
    m_window.reset();  // the pages use what follows
    m_context.reset();
}

void DesktopController::start() {
    m_window->restore();
    m_window->show();
    if (m_config.exitAfterStartup) {
        QTimer::singleShot(0, qApp, &QCoreApplication::quit);
    }
    auto connection = configuredConnection();
    if (!connection.ok()) {
        ConnectionSettings fallback;
        fallback.sqliteFile = defaultSqliteFile();
        databaseFailed(fallback, connection.error());
        return;
    }
    if (isFirstStart(*connection)) {
        m_window->showGate(firstStartPage(*connection));
        return;
    }
    if (connection->engine == Engine::MySql) {
        auto password = findPassword(*connection, m_config.databasePasswordFile);
        if (!password.ok()) {
            databaseFailed(*connection, password.error());
            return;
        }
        connection->password = *password;
    }
    openDatabase(*connection, false);
}

Result<ConnectionSettings> DesktopController::configuredConnection() const {
    const QString url =
        m_config.databaseUrl.isEmpty() ? m_settings.databaseUrl() : m_config.databaseUrl;
    if (!url.isEmpty()) {
        return storage::parseDatabaseUrl(url);
    }
    ConnectionSettings embedded;
    embedded.engine = Engine::Sqlite;
    embedded.sqliteFile = defaultSqliteFile();
    return embedded;
}

bool DesktopController::isFirstStart(const ConnectionSettings& connection) const {
    return m_config.databaseUrl.isEmpty() && m_settings.databaseUrl().isEmpty() &&
           !QFileInfo::exists(connection.sqliteFile);
}

FirstStartPage* DesktopController::firstStartPage(const ConnectionSettings& connection) {
    if (!m_firstStart) {
        m_firstStart = new FirstStartPage(connection, QFileInfo::exists(m_config.sampleVideoFile));
        connect(m_firstStart, &FirstStartPage::databaseChosen, this,
                [this](const ConnectionSettings& chosen, bool remember) {
                    m_firstStart->setBusy(true);
                    openDatabase(chosen, remember);
                });
        connect(m_firstStart, &FirstStartPage::administratorChosen, this,
                &DesktopController::createAdministrator);
        connect(m_firstStart, &FirstStartPage::firstVideoChosen, this,
                &DesktopController::finishFirstStart);
        connect(m_firstStart, &QObject::destroyed, this, [this] { m_firstStart = nullptr; });
    }
    return m_firstStart;
}

// A server that does not answer takes its time, so it is asked in another thread first.
void DesktopController::openDatabase(const ConnectionSettings& connection, bool remember) {
    if (connection.engine == Engine::Sqlite) {
        adopt(connection);
        return;
    }
    if (m_probe) {
        return;
    }
    if (m_databasePage) {
        m_databasePage->showConnecting(connection);
    }
    m_probe = new QFutureWatcher<Status>(this);
    connect(m_probe, &QFutureWatcher<Status>::finished, this, [this, connection, remember] {
        const Status status = m_probe->result();
        m_probe->deleteLater();
        m_probe = nullptr;
        if (!status.ok()) {
            databaseFailed(connection, status.error());
            return;
        }
        if (remember) {
            keepPassword(connection);
        }
        adopt(connection);
    });
    m_probe->setFuture(QtConcurrent::run([connection]() -> Status {
        CVD_TRY_ASSIGN(auto database, storage::openReady(connection));
        return database->ping();
    }));
}

void DesktopController::adopt(const ConnectionSettings& connection) {
    auto workspace = Workspace::open(connection, m_settings.libraryFolder(),
                                     {m_config.runner, m_config.accounts});
    if (!workspace.ok()) {
        databaseFailed(connection, workspace.error());
        return;
    }
    m_workspace = std::move(*workspace);
    if (m_config.databaseUrl.isEmpty()) {
        m_settings.setDatabaseUrl(databaseUrlOf(connection));
    }
    afterOpening();
}

void DesktopController::databaseFailed(const ConnectionSettings& connection, const Error& error) {
    if (m_firstStart) {
        m_firstStart->showProblem(error);
        return;
    }
    showDatabasePage();
    m_databasePage->showProblem(connection, error);
}

void DesktopController::showDatabasePage() {
    if (!m_databasePage) {
        m_databasePage = new DatabasePage;
        connect(m_databasePage, &DatabasePage::tryRequested, this,
                [this](const ConnectionSettings& chosen, bool remember) {
                    // What --db names is for this run only; what is typed here stays.
                    if (databaseUrlOf(chosen) != m_config.databaseUrl) {
                        m_config.databaseUrl.clear();
                    }
                    openDatabase(chosen, remember);
                });
        connect(m_databasePage, &QObject::destroyed, this, [this] { m_databasePage = nullptr; });
        m_window->showGate(m_databasePage);
    }
}

void DesktopController::afterOpening() {
    const auto needed = m_workspace->accounts().needsFirstAdministrator();
    if (!needed.ok()) {
        databaseFailed(m_workspace->settings(), needed.error());
        return;
    }
    if (*needed) {
        firstStartPage(m_workspace->settings())->setStep(FirstStartPage::Step::Administrator);
        m_window->showGate(m_firstStart);
        return;
    }
    showSignIn();
}

void DesktopController::createAdministrator(const QString& name, const QString& password) {
    auto session = m_workspace->accounts().createFirstAdministrator(name, password);
    if (!session.ok()) {
        m_firstStart->showProblem(session.error());
        return;
    }
    m_session = *session;
    m_settings.setLastUser(m_session.name);
    m_firstStart->setStep(FirstStartPage::Step::FirstVideo);
}

void DesktopController::finishFirstStart(FirstStartPage::FirstVideo choice) {
    if (choice != FirstStartPage::FirstVideo::Sample) {
        enter(m_session);
        if (choice == FirstStartPage::FirstVideo::Own) {
            QTimer::singleShot(0, m_window->shell(), [shell = m_window->shell()] {
                shell->keys().action(Act::ImportVideo)->trigger();
            });
        }
        return;
    }
    m_firstStart->setBusy(true);
    auto* watcher = new QFutureWatcher<Result<ProjectId>>(this);
    const bool tour = m_firstStart->wantsTour();
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, tour] {
        const Result<ProjectId> sample = watcher->result();
        watcher->deleteLater();
        if (!sample.ok()) {
            m_firstStart->showProblem(sample.error());
            return;
        }
        enter(m_session);
        if (sample->valid()) {
            m_window->shell()->openProject(*sample);
            if (tour) {
                m_window->shell()->startTour(*sample);
            }
        }
    });
    watcher->setFuture(QtConcurrent::run(
        [connection = m_workspace->settings(), library = m_settings.libraryFolder(),
         config = m_config, session = m_session, name = text::sentence(projects::kSampleName, {}),
         description = text::sentence(projects::kSampleDescription, {})]() -> Result<ProjectId> {
            return withOwnServices(connection, library,
                                   [&](projects::ProjectService& service,
                                       storage::Database& database) -> Result<ProjectId> {
                                       return projects::ensureSampleProject(
                                           service, database, session, config.sampleVideoFile,
                                           config.sampleCalibrationFile, name, description);
                                   });
        }));
}

void DesktopController::showSignIn(const QString& note) {
    auto* page = new SignInPage(m_workspace->accounts(), m_workspace->database().location(),
                                m_settings.lastUser());
    connect(page, &SignInPage::signedIn, this, [this](const accounts::Session& session) {
        m_settings.setLastUser(session.name);
        // The page that sends this is replaced.
        QTimer::singleShot(0, this, [this, session] { enter(session); });
    });
    connect(page, &SignInPage::failed, this,
            [this](const Error& error) { m_workspace->connection().noteFailure(error); });
    if (!note.isEmpty()) {
        page->showNote(note);
    }
    m_window->showGate(page);
}

void DesktopController::enter(const accounts::Session& session) {
    m_session = session;
    m_context.reset(new AppContext{m_settings, *m_workspace, m_config, session});
    m_window->showWork(*m_context);
}

void DesktopController::signOut() {
    if (const Status status = m_workspace->accounts().signOut(m_session); !status.ok()) {
        log(LogLevel::Warning, "ui", "Sign-out was not recorded: " + status.error().message());
    }
    m_session = {};
    showSignIn(tr("You are signed out."));
    m_context.reset();
}

void DesktopController::changeDatabase() {
    const ConnectionSettings before = m_workspace->settings();
    showDatabasePage();
    m_databasePage->showChoice(before);
    m_context.reset();
    m_session = {};
    m_workspace.reset();
}

}  // namespace cvd::ui
