// The folder in which the program keeps videos, thumbnails and result folders.
//
//   <root>/media/ab/cdef....mp4      a copied video under the SHA-256 of its content
//   <root>/thumbnails/ab/cdef....jpg its first good frame, 320 px wide
//   <root>/results/<uuid>/           one finished detection each (files as in docs/contract.md)
//   <root>/incoming/                 copies that are still being made
//   <root>/trash/<uuid>/             what a deletion has moved away and not yet removed
//
// The database keeps paths relative to <root>, so the folder may be moved. How many projects use a
// video is counted in the database, never in the folder.
//
// Threading: every function may be called from any thread; objects of this class only hold the
// path. Several programs may share one folder: LibraryLock serialises what must not interleave.
#pragma once

#include <QDateTime>
#include <QString>
#include <functional>
#include <memory>

#include "core/base/result.h"
#include "core/base/types.h"

class QLockFile;

namespace cvd::projects {

enum class ImportMode {
    Copy = 0,  // the library owns a copy
    Link = 1,  // the original stays where it is and must stay there
};

// What the database remembers of a video file.
struct MediaRecord {
    QString sha256;     // lower-case hex of the whole file
    QString path;       // relative to the library for a copy, absolute for a link
    QString thumbnail;  // relative to the library; empty: none could be made
    bool linked = false;
    qint64 bytes = 0;
    QDateTime modified;  // UTC, of a linked original when it was imported
    VideoInfo info;      // file: the name under which the user chose it
};

enum class MediaState { Present, Missing, Changed };

// A checked and (for a copy) copied video that does not belong to the library yet. Destroying it
// without MediaLibrary::place removes every trace.
class StagedVideo {
public:
    StagedVideo() = default;
    StagedVideo(StagedVideo&& other) noexcept;
    StagedVideo& operator=(StagedVideo&& other) noexcept;
    ~StagedVideo();

    const MediaRecord& record() const { return m_record; }
    // The content is known already under these names (a row of table video exists).
    void useNames(const QString& path, const QString& thumbnail);

private:
    friend class MediaLibrary;
    void discard();

    MediaRecord m_record;
    QString m_videoFile;      // temporary copy; empty for a link
    QString m_thumbnailFile;  // temporary
};

struct ImportControl {
    std::function<void(qint64 bytesDone, qint64 bytesTotal)> progress;
    std::function<bool()> cancelled;  // asked about every 4 MiB
};

// Held while files and rows change together. Recursive use in one thread is a bug.
class LibraryLock {
public:
    LibraryLock(LibraryLock&&) noexcept;
    LibraryLock& operator=(LibraryLock&&) noexcept;
    ~LibraryLock();

private:
    friend class MediaLibrary;
    explicit LibraryLock(std::unique_ptr<QLockFile> file);
    std::unique_ptr<QLockFile> m_file;
};

class MediaLibrary {
public:
    explicit MediaLibrary(QString root);

    const QString& root() const { return m_root; }
    QString absolutePath(const QString& path) const;  // an absolute path is returned as it is
    QString absolutePath(const MediaRecord& record) const { return absolutePath(record.path); }
    QString resultsFolder() const;  // absolute
    // Absolute path of a result folder that does not exist yet, and its stored form.
    QString newResultFolder() const;
    QString relativePath(const QString& absolute) const;

    // Makes the folders. Environment when that is impossible.
    Status prepare() const;

    // The checks of stage() alone, without reading the whole file.
    Result<VideoInfo> inspect(const QString& sourceFile,
                              const std::function<bool()>& cancelled = {}) const;

    // Checks the file (a folder, 0 bytes, no video stream, truncated, unreadable: BadInput with the
    // reason), hashes it, copies it in Copy mode and makes the thumbnail. Takes as long as reading
    // the file takes, so call it outside the GUI thread. Cancelled and failed calls leave nothing.
    Result<StagedVideo> stage(const QString& sourceFile, ImportMode mode,
                              const ImportControl& control = {}) const;

    // Moves a staged video to its place; content that is there already is kept and the new copy
    // dropped. Call under lock(). `placedNew` tells whether a file appeared that a roll-back has to
    // take away again with unplace().
    Result<MediaRecord> place(StagedVideo staged, bool* placedNew = nullptr) const;
    void unplace(const MediaRecord& record) const;

    // Cheap (size and time only); verify() reads the whole file and compares the hash.
    MediaState state(const MediaRecord& record) const;
    // BadInput with one plain sentence when the video vanished or is not what was imported.
    Status check(const MediaRecord& record) const;
    Status verify(const MediaRecord& record, const std::function<bool()>& cancelled = {}) const;

    // Waits up to `timeoutMs` for another program or thread to finish with the folder.
    Result<LibraryLock> lock(int timeoutMs = 10000) const;

    // Removes copies that a killed program left in incoming/.
    void removeAbandonedCopies() const;

    // Tests replace this to imitate a full disk. Free bytes on the volume of `folder`.
    std::function<qint64(const QString& folder)> freeBytes;
    // Tests replace this to imitate a disk that refuses. Absolute paths, files or folders.
    std::function<bool(const QString& from, const QString& to)> rename;

private:
    QString m_root;
};

}  // namespace cvd::projects
