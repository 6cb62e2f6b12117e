#include "core/pipeline/result_folder.h"

#include <algorithm>
#include <system_error>
#include <vector>

#include <QLockFile>
#include <QString>

namespace cvd::pipeline {

namespace fs = std::filesystem;

namespace {

constexpr const char* kVideo = "result.mp4";
constexpr const char* kLock = "run.lock";

Error notWritable(const fs::path& dir, const std::string& detail) {
    return fail(ErrorKind::Environment,
                CVD_TR("core",
                       "The folder %1 cannot be written to. Choose another one or change "
                       "its permissions."),
                {dir.string()}, detail);
}

void clear(const fs::path& folder) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        if (entry.path().filename() != kLock) {
            fs::remove_all(entry.path(), ignored);
        }
    }
}

Status checkSpace(const fs::path& dir, std::uintmax_t needBytes) {
    std::error_code error;
    const auto space = fs::space(dir, error);
    if (error || space.available >= needBytes) {
        return {};
    }
    const auto megabytes = [](std::uintmax_t bytes) { return std::to_string(bytes >> 20); };
    return fail(ErrorKind::Environment,
                CVD_TR("core",
                       "The disk of %1 has %2 MB free, but the result needs about %3 MB. "
                       "Free some space or choose another folder."),
                {dir.string(), megabytes(space.available), megabytes(needBytes)});
}

// A program that was killed between making the lock file and writing its name into it leaves one
// that belongs to nobody and that Qt never calls stale. One that lives has written by then, and its
// lock on the file keeps it from being removed.
bool takeOverEmptyLock(QLockFile& lock) {
    constexpr int kWritesWithinMs = 500;
    qint64 pid = 0;
    QString host, program;
    if (lock.error() != QLockFile::LockFailedError || lock.getLockInfo(&pid, &host, &program)) {
        return false;
    }
    return lock.tryLock(kWritesWithinMs) || (!lock.getLockInfo(&pid, &host, &program) &&
                                             lock.removeStaleLockFile() && lock.tryLock(0));
}

}  // namespace

Result<std::unique_ptr<ResultFolder>> ResultFolder::create(const fs::path& dir,
                                                           std::uintmax_t needBytes) {
    std::error_code error;
    std::unique_ptr<ResultFolder> folder(new ResultFolder);
    folder->m_dir = dir;
    if (fs::exists(dir, error) && !fs::is_directory(dir, error)) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core", "%1 is a file. Choose a folder for the result."),
                    {dir.string()});
    }
    const bool existed = fs::is_directory(dir, error);
    fs::create_directories(dir, error);
    if (error) {
        return notWritable(dir, error.message());
    }
    folder->m_madeDir = !existed;
    fs::create_directory(dir / ".partial", error);
    if (error) {
        return notWritable(dir, error.message());
    }
    const fs::path partial = dir / ".partial";
    folder->m_lock =
        std::make_unique<QLockFile>(QString::fromStdString((partial / kLock).string()));
    folder->m_lock->setStaleLockTime(0);  // stale only when its process is gone
    if (!folder->m_lock->tryLock(0) && !takeOverEmptyLock(*folder->m_lock)) {
        const bool taken = folder->m_lock->error() == QLockFile::LockFailedError;
        folder->m_lock.reset();
        if (!taken) {
            fs::remove(partial, error);  // only when it is empty
            CVD_TRY(checkSpace(dir, std::max<std::uintmax_t>(needBytes, 1u << 20)));
            return notWritable(dir, "lock file");
        }
        return fail(ErrorKind::Environment,
                    CVD_TR("core",
                           "Another run is writing to %1. Wait for it or choose another "
                           "folder."),
                    {dir.string()});
    }
    folder->m_partial = partial;  // from here on the destructor cleans up
    clear(partial);
    CVD_TRY(checkSpace(dir, needBytes));
    return folder;
}

ResultFolder::~ResultFolder() {
    std::error_code ignored;
    if (!m_partial.empty()) {
        clear(m_partial);
        m_lock.reset();  // removes its file
        fs::remove_all(m_partial, ignored);
    }
    if (m_madeDir) {
        fs::remove(m_dir, ignored);  // only when it is empty
    }
}

Status ResultFolder::publish(bool dropVideo, const std::string& last) {
    std::error_code error;
    std::vector<fs::path> names;
    for (const auto& entry : fs::directory_iterator(m_partial, error)) {
        const auto name = entry.path().filename();
        if (name != kLock && name != last) {
            names.push_back(name);
        }
    }
    names.emplace_back(last);
    fs::remove(m_dir / last, error);
    if (dropVideo) {
        fs::remove(m_dir / kVideo, error);
    }
    for (const auto& name : names) {
        fs::rename(m_partial / name, m_dir / name, error);
        if (error) {
            return notWritable(m_dir, name.string() + ": " + error.message());
        }
    }
    return {};
}

}  // namespace cvd::pipeline
