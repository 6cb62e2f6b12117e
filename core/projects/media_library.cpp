#include "core/projects/media_library.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QLockFile>
#include <QUuid>
#include <algorithm>
#include <filesystem>
#include <limits>
#include <utility>
#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

#include "core/base/file_hash.h"
#include "core/base/log.h"
#include "core/media/truncation.h"
#include "core/media/video_reader.h"
#include "core/projects/process_identity.h"

namespace cvd::projects {
namespace {

constexpr qint64 kBlockBytes = 4 << 20;
constexpr qint64 kSpareBytes = 64 << 20;  // left free for the database and the thumbnail
constexpr int kThumbnailWidthPx = 320;
constexpr qint64 kTimeToleranceMs = 1;  // what a database or a file system rounds
constexpr qint64 kForeignLeftoverS = 24 * 3600;

std::filesystem::path toPath(const QString& file) {
    return std::filesystem::path(file.toStdU16String());
}
std::string shown(const QString& file) {
    return QDir::toNativeSeparators(file).toStdString();
}

// "1.4 GB", for messages; the decimal point follows the C locale.
std::string sizeText(qint64 bytes) {
    return QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat).toStdString();
}

QString safeSuffix(const QString& file) {
    const QString suffix = QFileInfo(file).suffix().toLower();
    const bool plain = !suffix.isEmpty() && suffix.size() <= 5 &&
                       std::all_of(suffix.begin(), suffix.end(), [](QChar c) {
                           return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
                       });
    return plain ? suffix : QStringLiteral("video");
}

QString hashedPath(const QString& folder, const QString& sha256, const QString& suffix) {
    return QStringLiteral("%1/%2/%3.%4").arg(folder, sha256.left(2), sha256.mid(2), suffix);
}

QString linkMark(const QString& path) {
    return QLatin1Char('-') +
           QString::fromLatin1(QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256)
                                   .toHex()
                                   .left(12));
}

// A rename is only as durable as the bytes it names.
bool flushToDisk(QFile& file) {
    if (!file.flush()) {
        return false;
    }
#ifdef Q_OS_UNIX
    return ::fsync(file.handle()) == 0;
#else
    return true;
#endif
}

Status moveInto(const MediaLibrary& library, const QString& from, const QString& to) {
    if (!QDir().mkpath(QFileInfo(to).absolutePath()) || !library.rename(from, to)) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core",
                           "The file %1 cannot be moved into the media library. Check that "
                           "the library's folder may be written to."),
                    {shown(to)});
    }
    return {};
}

Error cancelledError() {
    return fail(ErrorKind::Cancelled, CVD_TR("core", "Cancelled."));
}

// Reasons that need no decoder, in the order in which a user would find them.
Status refuseObviouslyBad(const QFileInfo& source) {
    const std::string name = shown(source.filePath());
    if (!source.exists()) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "There is no file %1. Check the name or choose another file."),
                    {name});
    }
    if (source.isDir()) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "%1 is a folder. Choose a video file inside it."), {name});
    }
    if (!source.isFile()) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "%1 is not an ordinary file. Choose a video file."), {name});
    }
    if (!source.isReadable()) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "You may not read the file %1. Ask its owner for permission."),
                    {name});
    }
    if (source.size() == 0) {
        return fail(
            ErrorKind::BadInput,
            CVD_TR("core", "The file %1 is empty (0 bytes). Copy it from the camera again."),
            {name});
    }
    return {};
}

// Reads `source` once: hashes it and, with a target, copies it.
Result<QString> hashAndCopy(const QString& source, const QString& target,
                            const ImportControl& control) {
    QFile in(source);
    if (!in.open(QIODevice::ReadOnly)) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core",
                           "The file %1 cannot be opened. Check that it exists and that "
                           "you may read it."),
                    {shown(source)}, in.errorString().toStdString());
    }
    QFile out(target);
    const bool copying = !target.isEmpty();
    const auto writeError = [&] {
        return fail(ErrorKind::Environment,
                    CVD_TR("core",
                           "The video cannot be copied to %1. Check that the disk has room "
                           "and may be written to."),
                    {shown(target)}, out.errorString().toStdString());
    };
    if (copying && !out.open(QIODevice::WriteOnly | QIODevice::NewOnly)) {
        return writeError();
    }
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray block(kBlockBytes, Qt::Uninitialized);
    const qint64 total = in.size();
    qint64 done = 0;
    for (;;) {
        if (control.cancelled && control.cancelled()) {
            return cancelledError();
        }
        const qint64 got = in.read(block.data(), block.size());
        if (got < 0) {
            return fail(ErrorKind::Environment,
                        CVD_TR("core",
                               "Reading %1 failed half-way. Check the disk or the cable "
                               "and try again."),
                        {shown(source)}, in.errorString().toStdString());
        }
        if (got == 0) {
            break;
        }
        hash.addData(QByteArrayView(block.constData(), got));
        if (copying && out.write(block.constData(), got) != got) {
            return writeError();
        }
        done += got;
        if (control.progress) {
            control.progress(done, std::max(total, done));
        }
    }
    if (copying && !flushToDisk(out)) {
        return writeError();
    }
    return QString::fromLatin1(hash.result().toHex());
}

}  // namespace

// --- StagedVideo ---

StagedVideo::StagedVideo(StagedVideo&& other) noexcept {
    *this = std::move(other);
}

StagedVideo& StagedVideo::operator=(StagedVideo&& other) noexcept {
    if (this != &other) {
        discard();
        m_record = std::exchange(other.m_record, {});
        m_videoFile = std::exchange(other.m_videoFile, {});
        m_thumbnailFile = std::exchange(other.m_thumbnailFile, {});
    }
    return *this;
}

StagedVideo::~StagedVideo() {
    discard();
}

void StagedVideo::useNames(const QString& path, const QString& thumbnail) {
    m_record.path = path;
    if (!m_record.thumbnail.isEmpty() && !thumbnail.isEmpty()) {
        m_record.thumbnail = thumbnail;
    }
}

void StagedVideo::discard() {
    for (QString* file : {&m_videoFile, &m_thumbnailFile}) {
        if (!file->isEmpty()) {
            QFile::remove(*file);
            file->clear();
        }
    }
}

// --- LibraryLock ---

LibraryLock::LibraryLock(std::unique_ptr<QLockFile> file) : m_file(std::move(file)) {}
LibraryLock::LibraryLock(LibraryLock&&) noexcept = default;
LibraryLock& LibraryLock::operator=(LibraryLock&&) noexcept = default;
LibraryLock::~LibraryLock() = default;

// --- MediaLibrary ---

namespace {

// statvfs rather than QStorageInfo, which knows no volume where the mount table cannot be read (a
// chroot, some containers) and then answers -1. Unknown is no reason to refuse: the copy itself
// notices a full disk.
qint64 freeBytesOf(const QString& folder) {
    std::error_code error;
    const auto space = std::filesystem::space(folder.toStdString(), error);
    constexpr qint64 kUnknown = std::numeric_limits<qint64>::max();
    return error || space.available > static_cast<std::uintmax_t>(kUnknown)
               ? kUnknown
               : static_cast<qint64>(space.available);
}

}  // namespace

MediaLibrary::MediaLibrary(QString root)
    : freeBytes(freeBytesOf),
      rename([](const QString& from, const QString& to) { return QDir().rename(from, to); }),
      m_root(QDir::cleanPath(QFileInfo(root).absoluteFilePath())) {}

QString MediaLibrary::absolutePath(const QString& path) const {
    if (path.isEmpty() || QDir::isAbsolutePath(path)) {
        return path;
    }
    return m_root + QLatin1Char('/') + path;
}

QString MediaLibrary::relativePath(const QString& absolute) const {
    const QString clean = QDir::cleanPath(absolute);
    return clean.startsWith(m_root + QLatin1Char('/')) ? clean.mid(m_root.size() + 1) : clean;
}

QString MediaLibrary::resultsFolder() const {
    return absolutePath(QStringLiteral("results"));
}

QString MediaLibrary::newResultFolder() const {
    return resultsFolder() + QLatin1Char('/') + QUuid::createUuid().toString(QUuid::WithoutBraces);
}

Status MediaLibrary::prepare() const {
    for (const char* name : {"media", "thumbnails", "results", "incoming", "trash"}) {
        const QString folder = absolutePath(QString::fromLatin1(name));
        if (!QDir().mkpath(folder) || !QFileInfo(folder).isWritable()) {
            return fail(ErrorKind::Environment,
                        CVD_TR("core",
                               "The media library folder %1 cannot be written to. Check "
                               "its permissions or choose another folder in the settings."),
                        {shown(folder)});
        }
    }
    return {};
}

Result<VideoInfo> MediaLibrary::inspect(const QString& sourceFile,
                                        const std::function<bool()>& cancelled) const {
    const QFileInfo source(sourceFile);
    CVD_TRY(refuseObviouslyBad(source));
    CVD_TRY_ASSIGN(VideoInfo info, media::probe(toPath(source.absoluteFilePath()), cancelled));
    if (const qint64 missing = media::missingBytes(toPath(source.absoluteFilePath()));
        missing > 0) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core",
                           "The file %1 is cut off: its last %2 are missing. Copy it from "
                           "the camera again."),
                    {shown(source.filePath()), sizeText(missing)});
    }
    return info;
}

Result<StagedVideo> MediaLibrary::stage(const QString& sourceFile, ImportMode mode,
                                        const ImportControl& control) const {
    const QFileInfo source(sourceFile);
    CVD_TRY_ASSIGN(VideoInfo info, inspect(sourceFile, control.cancelled));
    CVD_TRY(prepare());
    if (control.cancelled && control.cancelled()) {
        return cancelledError();
    }
    const qint64 size = source.size();
    const QDateTime modified = source.lastModified().toUTC();
    if (mode == ImportMode::Copy && freeBytes(m_root) < size + kSpareBytes) {
        return fail(
            ErrorKind::Environment,
            CVD_TR("core",
                   "There is not enough room for %1: it needs %2 and %3 has %4 "
                   "free. Free some space or link the video instead."),
            {shown(source.fileName()), sizeText(size), shown(m_root), sizeText(freeBytes(m_root))});
    }

    // From here on the destructor of `staged` removes what an early return leaves.
    StagedVideo staged;
    const QString temporary =
        absolutePath(QStringLiteral("incoming/%1~%2")
                         .arg(ProcessIdentity::self().toString(),
                              QUuid::createUuid().toString(QUuid::WithoutBraces)));
    if (mode == ImportMode::Copy) {
        staged.m_videoFile = temporary + QLatin1Char('.') + safeSuffix(sourceFile);
    }
    CVD_TRY_ASSIGN(const QString sha256,
                   hashAndCopy(source.absoluteFilePath(), staged.m_videoFile, control));

    const QFileInfo after(sourceFile);
    if (after.size() != size || after.lastModified().toUTC() != modified) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core",
                           "%1 changed while it was read. Wait until the recording or "
                           "copying has ended, then try again."),
                    {shown(source.filePath())});
    }

    MediaRecord& record = staged.m_record;
    record.sha256 = sha256;
    record.linked = mode == ImportMode::Link;
    record.path = record.linked
                      ? source.absoluteFilePath()
                      : hashedPath(QStringLiteral("media"), sha256, safeSuffix(sourceFile));
    record.bytes = size;
    record.modified = modified;
    record.info = std::move(info);
    record.info.file = source.fileName().toStdString();
    record.info.sha256 = sha256.toStdString();

    // A video without a thumbnail is still a video: the list shows a placeholder.
    staged.m_thumbnailFile = temporary + QStringLiteral(".jpg");
    const Status made = media::writeThumbnail(toPath(source.absoluteFilePath()),
                                              toPath(staged.m_thumbnailFile), kThumbnailWidthPx);
    if (made.ok()) {
        // Each row of table video has a file of its own, so that rows can go one by one.
        const QString name = record.linked ? sha256 + linkMark(record.path) : sha256;
        record.thumbnail = hashedPath(QStringLiteral("thumbnails"), name, QStringLiteral("jpg"));
    } else {
        log(LogLevel::Warning, "projects", "No thumbnail was made: " + made.error().message());
    }
    if (control.cancelled && control.cancelled()) {
        return cancelledError();
    }
    return staged;
}

Result<MediaRecord> MediaLibrary::place(StagedVideo staged, bool* placedNew) const {
    if (placedNew) {
        *placedNew = false;
    }
    const MediaRecord record = staged.m_record;
    const QString video = absolutePath(record.path);
    if (!record.linked && QFileInfo(video).size() != record.bytes) {
        QFile::remove(video);  // a damaged copy under a right name helps nobody
        CVD_TRY(moveInto(*this, staged.m_videoFile, video));
        staged.m_videoFile.clear();
        if (placedNew) {
            *placedNew = true;
        }
    }
    const QString thumbnail = absolutePath(record.thumbnail);
    if (!record.thumbnail.isEmpty() && !QFileInfo::exists(thumbnail)) {
        if (const Status moved = moveInto(*this, staged.m_thumbnailFile, thumbnail); !moved.ok()) {
            if (placedNew && *placedNew) {
                unplace(record);
                *placedNew = false;
            }
            return moved.error();
        }
        staged.m_thumbnailFile.clear();
        if (placedNew && record.linked) {
            *placedNew = true;
        }
    }
    return record;
}

void MediaLibrary::unplace(const MediaRecord& record) const {
    if (!record.linked) {
        QFile::remove(absolutePath(record.path));
        QDir().rmdir(QFileInfo(absolutePath(record.path)).absolutePath());
    }
    if (!record.thumbnail.isEmpty()) {
        QFile::remove(absolutePath(record.thumbnail));
        QDir().rmdir(QFileInfo(absolutePath(record.thumbnail)).absolutePath());
    }
}

MediaState MediaLibrary::state(const MediaRecord& record) const {
    const QFileInfo file(absolutePath(record));
    if (!file.isFile()) {
        return MediaState::Missing;
    }
    if (file.size() != record.bytes) {
        return MediaState::Changed;
    }
    if (record.linked && record.modified.isValid() &&
        qAbs(file.lastModified().toUTC().msecsTo(record.modified)) > kTimeToleranceMs) {
        return MediaState::Changed;
    }
    return MediaState::Present;
}

Status MediaLibrary::check(const MediaRecord& record) const {
    const std::string file = shown(absolutePath(record));
    switch (state(record)) {
        case MediaState::Present:
            return {};
        case MediaState::Missing:
            if (record.linked) {
                return fail(ErrorKind::BadInput,
                            CVD_TR("core",
                                   "The linked video %1 is not there any more. Put it back "
                                   "or connect the drive it is on."),
                            {file});
            }
            return fail(ErrorKind::BadInput,
                        CVD_TR("core",
                               "The video %1 is missing from the media library. Restore "
                               "it from a backup or import the video again."),
                        {file});
        case MediaState::Changed:
            break;
    }
    return fail(ErrorKind::BadInput,
                CVD_TR("core",
                       "The video %1 is not the one that was imported: it was changed "
                       "afterwards. Import the new file as a new project."),
                {file});
}

Status MediaLibrary::verify(const MediaRecord& record,
                            const std::function<bool()>& cancelled) const {
    const QFileInfo file(absolutePath(record));
    if (!file.isFile() || file.size() != record.bytes) {
        return check(record);
    }
    CVD_TRY_ASSIGN(const std::string now, sha256OfFile(toPath(file.absoluteFilePath()), cancelled));
    if (now == record.sha256.toStdString()) {
        return {};
    }
    return fail(ErrorKind::BadInput,
                CVD_TR("core",
                       "The video %1 is not the one that was imported: it was changed "
                       "afterwards. Import the new file as a new project."),
                {shown(absolutePath(record))}, "SHA-256 is " + now);
}

Result<LibraryLock> MediaLibrary::lock(int timeoutMs) const {
    CVD_TRY(prepare());
    auto file = std::make_unique<QLockFile>(absolutePath(QStringLiteral(".lock")));
    file->setStaleLockTime(10 * 60 * 1000);  // a dead holder is noticed at once, by its process
    if (!file->tryLock(timeoutMs)) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core",
                           "Another program is changing the media library %1. Wait a "
                           "moment and try again."),
                    {shown(m_root)});
    }
    return LibraryLock(std::move(file));
}

void MediaLibrary::removeAbandonedCopies() const {
    const QDir incoming(absolutePath(QStringLiteral("incoming")));
    for (const QFileInfo& file : incoming.entryInfoList(QDir::Files | QDir::Hidden)) {
        if (file.suffix() == QLatin1String("placing")) {
            continue;  // belongs to a database: see ProjectService::recover
        }
        const ProcessIdentity maker = ProcessIdentity::fromString(file.fileName());
        const bool dead =
            maker.sameHost()
                ? !maker.isAlive()
                : file.lastModified().secsTo(QDateTime::currentDateTime()) > kForeignLeftoverS;
        if (dead) {
            log(LogLevel::Info, "projects",
                "Removing the abandoned copy " + file.fileName().toStdString() + ".");
            QFile::remove(file.absoluteFilePath());
        }
    }
}

}  // namespace cvd::projects
