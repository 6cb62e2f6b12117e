#include "ui/workspace.h"

#include "core/base/log.h"
#include "core/storage/patience.h"
#include "core/storage/schema.h"

namespace cvd::ui {

Result<std::unique_ptr<Workspace>> Workspace::open(const storage::ConnectionSettings& settings,
                                                   const QString& libraryFolder,
                                                   WorkspaceOptions options) {
    std::unique_ptr<Workspace> workspace(new Workspace);
    workspace->m_settings = settings;
    // The window stands still meanwhile. Tables were brought up to date before, in another thread.
    storage::setPatienceOfThisThread({5, 10});
    CVD_TRY_ASSIGN(workspace->m_database, storage::openReady(settings));
    workspace->m_library = std::make_unique<projects::MediaLibrary>(libraryFolder);
    CVD_TRY(workspace->m_library->prepare());
    workspace->m_accounts = std::make_unique<accounts::AccountService>(*workspace->m_database,
                                                                       std::move(options.accounts));
    workspace->m_projects =
        std::make_unique<projects::ProjectService>(*workspace->m_database, *workspace->m_library);
    // What stays behind is finished at the next start; the program is usable without it.
    if (const Status recovered = workspace->m_projects->recover(); !recovered.ok()) {
        log(LogLevel::Warning, "ui", "Recovery failed: " + recovered.error().message());
    }
    workspace->m_queue =
        std::make_unique<jobs::JobQueue>(settings, libraryFolder, std::move(options.runner));
    workspace->m_watch = std::make_unique<ConnectionWatch>(settings);
    Workspace* raw = workspace.get();
    connect(raw->m_watch.get(), &ConnectionWatch::changed, raw, [raw](bool online) {
        if (online && !raw->m_queue->isRunning()) {
            raw->startQueue();
        }
    });
    connect(raw->m_queue.get(), &jobs::JobQueue::databaseAway, raw, [raw](bool away) {
        if (away || !raw->m_watch->isOnline()) {
            raw->m_watch->checkNow();
        }
    });
    raw->startQueue();
    raw->m_watch->start();
    return workspace;
}

Workspace::~Workspace() {
    if (m_queue) {
        m_queue->stop();
    }
}

void Workspace::startQueue() {
    m_queueStatus = m_queue->start();
    if (!m_queueStatus.ok()) {
        log(LogLevel::Warning, "ui",
            "The job queue did not start: " + m_queueStatus.error().message());
        m_watch->noteFailure(m_queueStatus.error());
    }
}

}  // namespace cvd::ui
