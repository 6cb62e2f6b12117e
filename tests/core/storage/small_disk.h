// A real file system of a few megabytes that fills up when the test says so. It lives in a mount
// namespace of the test process alone and goes with it, even when the test crashes; programs that
// the test starts see it, too.
//
// QTEST_ON_SMALL_DISKS(Class) instead of QTEST_GUILESS_MAIN: a namespace can only be left before
// the first thread starts. CVD_REQUIRE_SMALL_DISK(disk) skips loudly where it cannot be mounted.
#pragma once

#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <cerrno>
#include <cstring>

namespace cvd::test {

// Empty: this process has mounts of its own. Otherwise the line to skip with.
inline QString& mountProblem() {
    static QString problem = QStringLiteral("SKIPPED: ownMounts() was not called");
    return problem;
}

inline void ownMounts() {
    const uid_t user = getuid();
    const gid_t group = getgid();
    const int flags = user == 0 ? CLONE_NEWNS : CLONE_NEWNS | CLONE_NEWUSER;
    const auto write = [](const char* file, const QByteArray& text) {
        QFile out(QString::fromLatin1(file));
        return out.open(QIODevice::WriteOnly) && out.write(text) == text.size();
    };
    bool done = unshare(flags) == 0;
    if (done && user != 0) {
        write("/proc/self/setgroups", "deny");
        done = write("/proc/self/uid_map", "0 " + QByteArray::number(user) + " 1") &&
               write("/proc/self/gid_map", "0 " + QByteArray::number(group) + " 1");
    }
    done = done && mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    mountProblem() = done ? QString()
                          : QStringLiteral(
                                "SKIPPED: this machine lets nobody mount a small disk "
                                "(%1), so full disks are not tested here")
                                .arg(QString::fromLocal8Bit(std::strerror(errno)));
}

class SmallDisk {
public:
    explicit SmallDisk(int kilobytes) {
        const QByteArray size = "size=" + QByteArray::number(kilobytes) + "k";
        m_mounted = mountProblem().isEmpty() && mount("tmpfs", m_folder.path().toUtf8().constData(),
                                                      "tmpfs", 0, size.constData()) == 0;
    }
    ~SmallDisk() {
        if (m_mounted) {
            umount2(m_folder.path().toUtf8().constData(), MNT_DETACH);
        }
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    bool isMounted() const { return m_mounted; }
    QString path(const QString& name = {}) const { return m_folder.filePath(name); }
    qint64 freeBytes() const {
        struct statvfs space {};
        statvfs(m_folder.path().toUtf8().constData(), &space);
        return qint64(space.f_bavail) * qint64(space.f_bsize);
    }
    // From any thread. Leaves about `bytes` free.
    void fill(qint64 bytes = 0) const {
        QFile ballast(path(QStringLiteral("ballast")));
        if (ballast.open(QIODevice::Append | QIODevice::Unbuffered)) {
            const QByteArray block(4096, 'x');
            while (freeBytes() > bytes && ballast.write(block) == block.size()) {
            }
        }
    }
    bool makeReadOnly(bool on = true) const {
        return mount(nullptr, m_folder.path().toUtf8().constData(), nullptr,
                     on ? MS_REMOUNT | MS_RDONLY : MS_REMOUNT, nullptr) == 0;
    }
    void release() const { QFile::remove(path(QStringLiteral("ballast"))); }

private:
    QTemporaryDir m_folder;
    bool m_mounted = false;
};

}  // namespace cvd::test

#define CVD_REQUIRE_SMALL_DISK(disk)                             \
    do {                                                         \
        if (!cvd::test::mountProblem().isEmpty()) {              \
            QSKIP(qPrintable(cvd::test::mountProblem()));        \
        }                                                        \
        QVERIFY2((disk).isMounted(), qPrintable((disk).path())); \
    } while (false)

#define QTEST_ON_SMALL_DISKS(Application, TestClass) \
    int main(int argc, char** argv) {                \
        cvd::test::ownMounts();                      \
        Application application(argc, argv);         \
        TestClass test;                              \
        return QTest::qExec(&test, argc, argv);      \
    }
