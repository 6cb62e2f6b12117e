// Notes that the library keeps on disk while files and rows change together, so that the next start
// can finish or take back what a killed program left half-done.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include "core/projects/media_library.h"
#include "core/storage/connection_settings.h"

namespace cvd::projects {

// Tells apart the databases that share one library. Never contains a user name or password.
QString databaseMark(const storage::ConnectionSettings& settings);

// Files that were moved into trash/<uuid>/ until their rows are gone.
class Trash {
public:
    // Nothing is moved yet; the note is on disk.
    static Result<Trash> begin(const MediaLibrary& library, const QString& databaseMark,
                               ProjectId project, const QStringList& files);
    // Those of a killed program (call under the library's lock, so no live one is met).
    static QList<Trash> leftovers(const MediaLibrary& library, const QString& databaseMark);

    ProjectId project() const { return m_project; }
    // Moves every file (paths relative to the library) that exists; on a failure all are back.
    Status moveIn() const;
    Status moveBack() const;
    void destroy() const;

private:
    Trash(const MediaLibrary& library, QString folder) : m_library(&library), m_folder(folder) {}
    QString trashed(int i) const;

    const MediaLibrary* m_library;
    QString m_folder;
    ProjectId m_project;
    QStringList m_files;
};

// A video that is being placed while its row is not committed yet.
class PlacingNote {
public:
    static Result<PlacingNote> write(const MediaLibrary& library, const QString& databaseMark,
                                     const MediaRecord& record);
    static QList<PlacingNote> leftovers(const MediaLibrary& library, const QString& databaseMark);
    const MediaRecord& record() const { return m_record; }  // sha256, path, thumbnail, linked
    void remove() const;

private:
    QString m_file;
    MediaRecord m_record;
};

}  // namespace cvd::projects
