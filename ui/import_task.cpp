#include "ui/import_task.h"

#include <QElapsedTimer>

namespace cvd::ui {

ImportTask::ImportTask(projects::ProjectService& service, QString libraryFolder,
                       accounts::Session session, QList<ImportItem> items,
                       projects::ImportMode mode, QObject* parent)
    : QObject(parent),
      m_service(service),
      m_libraryFolder(std::move(libraryFolder)),
      m_session(std::move(session)),
      m_items(std::move(items)),
      m_mode(mode) {}

ImportTask::~ImportTask() {
    m_cancel = true;
    if (m_thread) {
        m_thread->wait();
    }
}

void ImportTask::start() {
    m_thread.reset(QThread::create([this] { work(); }));
    connect(m_thread.get(), &QThread::finished, this, [this] { Q_EMIT finished(m_cancel); });
    m_thread->start();
}

void ImportTask::cancel() {
    m_cancel = true;
}

// In the worker thread. The GUI thread gets its parts in order, `finished` last.
void ImportTask::work() {
    const projects::MediaLibrary library(m_libraryFolder);
    for (int i = 0; i < m_items.size() && !m_cancel; ++i) {
        QElapsedTimer clock;
        clock.start();
        qint64 lastMs = -1000;
        projects::ImportControl control;
        control.cancelled = [this] { return m_cancel.load(); };
        control.progress = [&](qint64 done, qint64 total) {
            if (clock.elapsed() - lastMs >= 100 || done == total) {
                lastMs = clock.elapsed();
                Q_EMIT progress(i, done, total);
            }
        };
        auto staged = library.stage(m_items[i].file, m_mode, control);
        if (!staged.ok()) {
            if (staged.error().kind != ErrorKind::Cancelled) {
                Q_EMIT refused(i, staged.error());
            }
            continue;
        }
        auto shared = std::make_shared<projects::StagedVideo>(std::move(*staged));
        QMetaObject::invokeMethod(
            this, [this, i, shared] { place(i, shared); }, Qt::QueuedConnection);
    }
}

void ImportTask::place(int item, std::shared_ptr<projects::StagedVideo> staged) {
    projects::NewProject project;
    project.name = m_items[item].name;
    project.sourceFile = m_items[item].file;
    project.mode = m_mode;
    const auto id = m_service.create(m_session, project, std::move(*staged));
    if (!id.ok()) {
        Q_EMIT refused(item, id.error());
        return;
    }
    Q_EMIT imported(item, *id);
}

}  // namespace cvd::ui
