// Checks, hashes and copies videos one after the other in a worker thread; the rows are added in
// the GUI thread as each is done. Cancelling keeps what is done and leaves nothing of the rest.
#pragma once

#include <QObject>
#include <QThread>
#include <atomic>
#include <memory>

#include "core/accounts/session.h"
#include "core/projects/project_service.h"

namespace cvd::ui {

struct ImportItem {
    QString file;
    QString name;
};

class ImportTask : public QObject {
    Q_OBJECT
public:
    ImportTask(projects::ProjectService& service, QString libraryFolder, accounts::Session session,
               QList<ImportItem> items, projects::ImportMode mode, QObject* parent = nullptr);
    ~ImportTask() override;  // cancels and waits

    void start();
    void cancel();

Q_SIGNALS:
    void progress(int item, qint64 bytesDone, qint64 bytesTotal);  // some times a second
    void imported(int item, cvd::ProjectId project);
    void refused(int item, const cvd::Error& error);
    void finished(bool cancelled);

private:
    void work();
    void place(int item, std::shared_ptr<projects::StagedVideo> staged);

    projects::ProjectService& m_service;
    QString m_libraryFolder;
    accounts::Session m_session;
    QList<ImportItem> m_items;
    projects::ImportMode m_mode;
    std::atomic<bool> m_cancel{false};
    std::unique_ptr<QThread> m_thread;
};

}  // namespace cvd::ui
