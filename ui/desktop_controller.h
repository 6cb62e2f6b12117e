// The course of the desktop program: open the database (with a page that says what is wrong and
// tries again), first start, sign-in, work, sign-out. Owns the window and the workspace. GUI
// thread; needs a QApplication.
#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <memory>

#include "ui/app_context.h"
#include "ui/first_start_page.h"
#include "ui/settings.h"

namespace cvd::ui {

class DatabasePage;
class MainWindow;

class DesktopController : public QObject {
    Q_OBJECT
public:
    explicit DesktopController(DesktopConfig config, QObject* parent = nullptr);
    ~DesktopController() override;

    // Shows the window, then opens the database. Returns at once.
    void start();

    MainWindow* window() const { return m_window.get(); }
    Workspace* workspace() const { return m_workspace.get(); }
    Settings& settings() { return m_settings; }

private:
    Result<storage::ConnectionSettings> configuredConnection() const;
    bool isFirstStart(const storage::ConnectionSettings& connection) const;
    void openDatabase(const storage::ConnectionSettings& connection, bool remember);
    void adopt(const storage::ConnectionSettings& connection);
    void databaseFailed(const storage::ConnectionSettings& connection, const Error& error);
    void afterOpening();
    FirstStartPage* firstStartPage(const storage::ConnectionSettings& connection);
    void createAdministrator(const QString& name, const QString& password);
    void finishFirstStart(FirstStartPage::FirstVideo choice);
    void showSignIn(const QString& note = {});
    void enter(const accounts::Session& session);
    void signOut();
    void showDatabasePage();
    void changeDatabase();

    DesktopConfig m_config;
    Settings m_settings;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<AppContext> m_context;
    std::unique_ptr<MainWindow> m_window;
    FirstStartPage* m_firstStart = nullptr;  // owned by the window
    DatabasePage* m_databasePage = nullptr;  // owned by the window
    accounts::Session m_session;
    QFutureWatcher<Status>* m_probe = nullptr;
};

}  // namespace cvd::ui
