// Deleting a project: files go to the trash first, then the rows in one transaction, then the
// trash. Whatever fails or is killed in between is taken back or finished by recover().
#include "core/accounts/session.h"
#include "core/base/log.h"
#include "core/projects/library_journal.h"
#include "core/projects/project_service.h"
#include "core/storage/records.h"
#include "core/storage/repositories.h"

namespace cvd::projects {
namespace {

Error hasActiveJob(const QString& name) {
    return fail(ErrorKind::Usage,
                CVD_TR("core",
                       "The project %1 has a detection that waits or runs. Cancel it, then "
                       "delete the project."),
                {name.toStdString()});
}

}  // namespace

// Relative to the library. A linked original is never among them.
Result<QStringList> ProjectService::filesOf(const storage::ProjectRecord& project) {
    QStringList files;
    storage::ProjectRepository projects(m_database);
    if (project.video.valid()) {
        CVD_TRY_ASSIGN(const qint64 users, projects.countOfVideo(project.video));
        CVD_TRY_ASSIGN(const auto video, storage::VideoRepository(m_database).find(project.video));
        if (video && users <= 1) {
            if (!video->linked) {
                files << video->path;
            }
            if (!video->thumbnail.isEmpty()) {
                files << video->thumbnail;
            }
        }
    }
    CVD_TRY_ASSIGN(const auto results, storage::ResultRepository(m_database).ofProject(project.id));
    for (const auto& result : results) {
        // A result that was imported from elsewhere is not ours to delete.
        if (m_library.relativePath(m_library.absolutePath(result.folder)) == result.folder &&
            result.folder.startsWith(QLatin1String("results/"))) {
            files << result.folder;
        }
    }
    return files;
}

Status ProjectService::removeRows(const Actor& actor, const storage::ProjectRecord& project) {
    storage::ProjectRepository projects(m_database);
    CVD_TRY_ASSIGN(const qint64 active, storage::JobRepository(m_database).countActive(project.id));
    if (active > 0) {
        return hasActiveJob(project.name);
    }
    CVD_TRY(projects.remove(project.id));
    if (project.video.valid()) {
        CVD_TRY_ASSIGN(const qint64 users, projects.countOfVideo(project.video));
        if (users == 0) {
            CVD_TRY(storage::VideoRepository(m_database).remove(project.video));
        }
    }
    return audit(actor, QStringLiteral("project_deleted"), project.name,
                 QStringLiteral("project %1").arg(project.id.value));
}

Status ProjectService::remove(const accounts::Session& session, ProjectId id) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    CVD_TRY_ASSIGN(const LibraryLock lock, m_library.lock());
    CVD_TRY_ASSIGN(const auto row, visible(who, id));
    CVD_TRY_ASSIGN(const qint64 active, storage::JobRepository(m_database).countActive(id));
    if (active > 0) {
        return hasActiveJob(row.name);
    }
    CVD_TRY_ASSIGN(const QStringList files, filesOf(row));
    CVD_TRY_ASSIGN(const Trash trash,
                   Trash::begin(m_library, databaseMark(m_database.settings()), id, files));
    CVD_TRY(trash.moveIn());
    const Status removed = m_database.withTransaction([&] { return removeRows(who, row); });
    if (removed.ok()) {
        trash.destroy();
        return {};
    }
    // A commit whose answer was lost may have happened: the rows decide, now or at the next start.
    const auto still = storage::ProjectRepository(m_database).find(id);
    if (!still.ok()) {
        log(LogLevel::Warning, "projects",
            "The database is away in mid-deletion; the trash is settled at the next start.");
        return removed.error();
    }
    if (!still.value()) {
        trash.destroy();
        return {};
    }
    if (const Status back = trash.moveBack(); !back.ok()) {
        return back.error();
    }
    return removed.error();
}

// --- After a kill ---

Status ProjectService::recoverDeletions() {
    for (const Trash& trash : Trash::leftovers(m_library, databaseMark(m_database.settings()))) {
        CVD_TRY_ASSIGN(const auto row,
                       storage::ProjectRepository(m_database).find(trash.project()));
        log(LogLevel::Info, "projects",
            std::string(row ? "Taking back" : "Finishing") + " the deletion of project " +
                std::to_string(trash.project().value) + ".");
        if (row) {
            CVD_TRY(trash.moveBack());
        } else {
            trash.destroy();
        }
    }
    return {};
}

Status ProjectService::recoverImports() {
    storage::VideoRepository videos(m_database);
    for (const PlacingNote& note :
         PlacingNote::leftovers(m_library, databaseMark(m_database.settings()))) {
        const MediaRecord& record = note.record();
        CVD_TRY_ASSIGN(const auto row, videos.findStored(record.sha256, record.linked,
                                                         record.linked ? record.path : QString()));
        if (!row) {
            m_library.unplace(record);
        }
        note.remove();
    }
    // Rows that lost their last project without this service, for example with a deleted user.
    CVD_TRY_ASSIGN(const auto unused, videos.unused());
    for (const auto& row : unused) {
        CVD_TRY(videos.remove(row.id));
        MediaRecord record;
        record.path = row.path;
        record.thumbnail = row.thumbnail;
        record.linked = row.linked;
        m_library.unplace(record);
    }
    return {};
}

Status ProjectService::recover() {
    CVD_TRY(m_library.prepare());
    CVD_TRY_ASSIGN(const LibraryLock lock, m_library.lock());
    m_library.removeAbandonedCopies();
    CVD_TRY(recoverDeletions());
    return recoverImports();
}

}  // namespace cvd::projects
