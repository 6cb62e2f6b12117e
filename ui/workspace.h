// Everything that stands on one open database: connection, media library, services, job queue. Made
// when the database opens, destroyed before another one is opened. GUI thread.
#pragma once

#include <QObject>
#include <functional>
#include <memory>

#include "core/accounts/account_service.h"
#include "core/jobs/job_queue.h"
#include "core/projects/media_library.h"
#include "core/projects/project_service.h"
#include "core/storage/database.h"
#include "ui/connection_watch.h"

namespace cvd::ui {

struct WorkspaceOptions {
    jobs::JobRunner runner;
    accounts::AccountOptions accounts;
};

class Workspace : public QObject {
    Q_OBJECT
public:
    // Opens and migrates the database, prepares the library folder, finishes what a killed program
    // left half-done and starts the job queue. Environment with one sentence otherwise.
    static Result<std::unique_ptr<Workspace>> open(const storage::ConnectionSettings& settings,
                                                   const QString& libraryFolder,
                                                   WorkspaceOptions options);
    ~Workspace() override;

    storage::Database& database() { return *m_database; }
    const storage::ConnectionSettings& settings() const { return m_settings; }
    const projects::MediaLibrary& library() const { return *m_library; }
    accounts::AccountService& accounts() { return *m_accounts; }
    projects::ProjectService& projects() { return *m_projects; }
    jobs::JobQueue& queue() { return *m_queue; }
    ConnectionWatch& connection() { return *m_watch; }
    // Why jobs cannot run now; ok when they can.
    const Status& queueStatus() const { return m_queueStatus; }

private:
    Workspace() = default;
    void startQueue();

    storage::ConnectionSettings m_settings;
    std::unique_ptr<storage::Database> m_database;
    std::unique_ptr<projects::MediaLibrary> m_library;
    std::unique_ptr<accounts::AccountService> m_accounts;
    std::unique_ptr<projects::ProjectService> m_projects;
    std::unique_ptr<jobs::JobQueue> m_queue;
    std::unique_ptr<ConnectionWatch> m_watch;
    Status m_queueStatus;
};

// For work that takes long: own connection, own services, in the calling (worker) thread.
template <class F>
auto withOwnServices(const storage::ConnectionSettings& settings, const QString& libraryFolder,
                     F&& work)
    -> std::invoke_result_t<F, projects::ProjectService&, storage::Database&> {
    auto database = storage::Database::open(settings);
    if (!database.ok()) {
        return database.error();
    }
    const projects::MediaLibrary library(libraryFolder);
    projects::ProjectService service(**database, library);
    return work(service, **database);
}

}  // namespace cvd::ui
