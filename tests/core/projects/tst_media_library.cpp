// The library on real files: what comes in, what is refused, and that nothing is left behind.
#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "core/projects/media_library.h"
#include "core/projects/process_identity.h"
#include "tests/core/projects/small_videos.h"

using namespace cvd;
using namespace cvd::projects;

class TestMediaLibrary : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
        m_library = std::make_unique<MediaLibrary>(m_dir->filePath("library"));
        m_video = m_dir->filePath("Pour 7 北区.MP4");
        QVERIFY(test::writeVideo(m_video));
    }

    void aCopyLiesUnderItsHash() {
        qint64 lastDone = 0, lastTotal = 0;
        ImportControl control;
        control.progress = [&](qint64 done, qint64 total) {
            QVERIFY(done >= lastDone);
            lastDone = done;
            lastTotal = total;
        };
        auto staged = m_library->stage(m_video, ImportMode::Copy, control);
        QVERIFY2(staged.ok(), message(staged));
        const qint64 size = QFileInfo(m_video).size();
        QCOMPARE(lastDone, size);
        QCOMPARE(lastTotal, size);
        bool placedNew = false;
        const auto placed = m_library->place(std::move(*staged), &placedNew);
        QVERIFY2(placed.ok(), message(placed));
        QVERIFY(placedNew);

        const QByteArray bytes = test::readBytes(m_video);
        const QString hash = QString::fromLatin1(
            QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
        QCOMPARE(placed->sha256, hash);
        QCOMPARE(placed->path, QStringLiteral("media/%1/%2.mp4").arg(hash.left(2), hash.mid(2)));
        QCOMPARE(test::readBytes(m_library->absolutePath(*placed)), bytes);
        QCOMPARE(QString::fromStdString(placed->info.file), QStringLiteral("Pour 7 北区.MP4"));
        QCOMPARE(placed->info.frames, 12);
        QCOMPARE(placed->info.width, 96);
        QVERIFY(qAbs(placed->info.fps - 25) < 0.1);
        const QByteArray thumbnail = test::readBytes(m_library->absolutePath(placed->thumbnail));
        QVERIFY(thumbnail.startsWith("\xff\xd8"));
        QCOMPARE(m_library->state(*placed), MediaState::Present);
        QVERIFY(m_library->check(*placed).ok());
        QVERIFY(m_library->verify(*placed).ok());
        QVERIFY(isEmpty("incoming"));
    }

    void theSameContentIsKeptOnce() {
        QVERIFY(placed(m_video, ImportMode::Copy).ok());
        const QString twin = m_dir->filePath("another name.mp4");
        QVERIFY(QFile::copy(m_video, twin));
        bool placedNew = true;
        QVERIFY(placed(twin, ImportMode::Copy, &placedNew).ok());
        QVERIFY(!placedNew);
        QCOMPARE(filesIn("media"), 1);
        QCOMPARE(filesIn("thumbnails"), 1);
        QVERIFY(isEmpty("incoming"));
    }

    void badFilesAreRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        QTest::newRow("empty") << QByteArray() << "empty";
        QTest::newRow("text") << QByteArray("this is not a video\n").repeated(50) << "";
        QTest::newRow("sound only") << test::waveFile() << "no picture";
        const QByteArray whole = videoBytes();
        QTest::newRow("cut in its header") << whole.left(200) << "";
        QTest::newRow("cut in the middle") << whole.left(whole.size() / 2) << "cut off";
        QTest::newRow("one byte short") << whole.chopped(1) << "cut off";
    }
    void badFilesAreRefused() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, expected);
        const QString file = m_dir->filePath("bad.mp4");
        QVERIFY(test::writeBytes(file, bytes));
        for (const ImportMode mode : {ImportMode::Copy, ImportMode::Link}) {
            const auto staged = m_library->stage(file, mode);
            QVERIFY(!staged.ok());
            QCOMPARE(staged.error().kind, ErrorKind::BadInput);
            const QString text = QString::fromStdString(staged.error().message());
            QVERIFY2(text.contains(expected) && text.contains("bad.mp4"), qPrintable(text));
        }
        QVERIFY(!QDir(m_library->root()).exists() || isEmpty("incoming"));
    }

    void otherMakersFilesAreMeasuredToo_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("AVI") << "a.avi";
        QTest::newRow("Matroska") << "a.mkv";
        QTest::newRow("QuickTime") << "a.mov";
        QTest::newRow("transport stream") << "a.ts";
    }
    void otherMakersFilesAreMeasuredToo() {
        QFETCH(QString, name);
        const QString file = m_dir->filePath(name);
        if (QProcess::execute("ffmpeg", {"-v", "error", "-i", m_video, "-c", "copy", file}) != 0) {
            QSKIP("ffmpeg is not installed; install it to run this test.");
        }
        const auto whole = m_library->stage(file, ImportMode::Copy);
        QVERIFY2(whole.ok(), message(whole));
        if (name.endsWith(".ts")) {
            return;  // has no end of its own
        }
        const QByteArray bytes = test::readBytes(file);
        QVERIFY(test::writeBytes(file, bytes.left(bytes.size() * 3 / 4)));
        const auto cut = m_library->stage(file, ImportMode::Copy);
        QVERIFY(!cut.ok());
        QCOMPARE(cut.error().kind, ErrorKind::BadInput);
    }

    void aFolderAndAMissingFileAreRefused() {
        const auto folder = m_library->stage(m_dir->path(), ImportMode::Copy);
        QVERIFY(!folder.ok());
        QVERIFY2(folder.error().message().find("folder") != std::string::npos, message(folder));
        const auto missing = m_library->stage(m_dir->filePath("none.mp4"), ImportMode::Copy);
        QVERIFY(!missing.ok());
        QCOMPARE(missing.error().kind, ErrorKind::BadInput);
    }

    void cancellingLeavesNothing() {
        int asked = 0;
        ImportControl control;
        control.cancelled = [&] { return ++asked > 2; };
        const auto staged = m_library->stage(m_video, ImportMode::Copy, control);
        QVERIFY(!staged.ok());
        QCOMPARE(staged.error().kind, ErrorKind::Cancelled);
        QVERIFY(isEmpty("incoming"));
        QCOMPARE(filesIn("media"), 0);
    }

    void aStagedVideoThatIsNotPlacedVanishes() {
        {
            const auto staged = m_library->stage(m_video, ImportMode::Copy);
            QVERIFY(staged.ok());
            QCOMPARE(filesIn("incoming"), 2);  // the copy and its thumbnail
        }
        QVERIFY(isEmpty("incoming"));
        QCOMPARE(filesIn("media"), 0);
    }

    void tooLittleRoomIsSaidBeforeCopying() {
        m_library->freeBytes = [](const QString&) { return qint64(1000); };
        const auto copied = m_library->stage(m_video, ImportMode::Copy);
        QVERIFY(!copied.ok());
        QCOMPARE(copied.error().kind, ErrorKind::Environment);
        QVERIFY(isEmpty("incoming"));
        QVERIFY(m_library->stage(m_video, ImportMode::Link).ok());  // needs no room
    }

    void aDiskThatRefusesLeavesNothing() {
        auto staged = m_library->stage(m_video, ImportMode::Copy);
        QVERIFY(staged.ok());
        m_library->rename = [](const QString&, const QString&) { return false; };
        const auto placed = m_library->place(std::move(*staged));
        QVERIFY(!placed.ok());
        QCOMPARE(placed.error().kind, ErrorKind::Environment);
        QVERIFY(isEmpty("incoming"));
        QCOMPARE(filesIn("media"), 0);
    }

    void aLinkedFileMustStayWhatItWas() {
        const auto linked = placed(m_video, ImportMode::Link);
        QVERIFY2(linked.ok(), message(linked));
        QCOMPARE(m_library->absolutePath(*linked), QFileInfo(m_video).absoluteFilePath());
        QCOMPARE(filesIn("media"), 0);
        QVERIFY(m_library->check(*linked).ok());

        // Touched only: the cheap check is wary, the thorough one knows better.
        setTime(m_video, QDateTime(QDate(2020, 1, 1), QTime(12, 0)));
        QCOMPARE(m_library->state(*linked), MediaState::Changed);
        QVERIFY(m_library->verify(*linked).ok());

        // One byte of the same size.
        QByteArray bytes = test::readBytes(m_video);
        bytes[bytes.size() / 2] = char(bytes[bytes.size() / 2] ^ 1);
        QVERIFY(test::writeBytes(m_video, bytes));
        setTime(m_video, linked->modified);
        QCOMPARE(m_library->state(*linked), MediaState::Present);
        QVERIFY(!m_library->verify(*linked).ok());

        QVERIFY(test::writeBytes(m_video, bytes + "more"));
        QCOMPARE(m_library->state(*linked), MediaState::Changed);
        QVERIFY(m_library->check(*linked).error().message().find("changed") != std::string::npos);

        QVERIFY(QFile::remove(m_video));
        QCOMPARE(m_library->state(*linked), MediaState::Missing);
        QVERIFY(m_library->check(*linked).error().message().find("not there any more") !=
                std::string::npos);
        QVERIFY(!m_library->verify(*linked).ok());
    }

    void copiesOfADeadProgramAreRemoved() {
        QVERIFY(m_library->prepare().ok());
        const QString incoming = m_library->root() + "/incoming/";
        ProcessIdentity dead = ProcessIdentity::self();
        dead.start += "0";  // the number is taken by a later process: us
        QVERIFY(test::writeBytes(incoming + dead.toString() + "~a.mp4", "x"));
        QVERIFY(test::writeBytes(incoming + ProcessIdentity::self().toString() + "~b.mp4", "x"));
        QVERIFY(test::writeBytes(incoming + "elsewhere~1~1~c.mp4", "x"));
        m_library->removeAbandonedCopies();
        const QStringList left = QDir(incoming).entryList(QDir::Files, QDir::Name);
        QCOMPARE(left.size(), 2);
        QVERIFY(left.filter("~a.mp4").isEmpty());
    }

    void onlyOneHoldsTheLock() {
        auto first = m_library->lock();
        QVERIFY(first.ok());
        const auto second = m_library->lock(0);
        QVERIFY(!second.ok());
        QCOMPARE(second.error().kind, ErrorKind::Environment);
        { const LibraryLock gone = std::move(*first); }
        QVERIFY(m_library->lock(0).ok());
    }

private:
    template <class T>
    static const char* message(const Result<T>& result) {
        static std::string text;
        text = result.ok() ? "" : result.error().message() + " " + result.error().detail;
        return text.c_str();
    }

    Result<MediaRecord> placed(const QString& file, ImportMode mode, bool* placedNew = nullptr) {
        CVD_TRY_ASSIGN(StagedVideo staged, m_library->stage(file, mode));
        return m_library->place(std::move(staged), placedNew);
    }

    int filesIn(const QString& folder) const {
        QDirIterator it(m_library->absolutePath(folder), QDir::Files | QDir::Hidden,
                        QDirIterator::Subdirectories);
        int count = 0;
        while (it.hasNext()) {
            it.next();
            ++count;
        }
        return count;
    }
    bool isEmpty(const QString& folder) const { return filesIn(folder) == 0; }

    static void setTime(const QString& name, const QDateTime& time) {
        QFile file(name);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.setFileTime(time, QFileDevice::FileModificationTime));
    }

    static QByteArray videoBytes() {
        const QTemporaryDir dir;
        const QString file = dir.filePath("whole.mp4");
        return test::writeVideo(file) ? test::readBytes(file) : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<MediaLibrary> m_library;
    QString m_video;
};

QTEST_GUILESS_MAIN(TestMediaLibrary)
#include "tst_media_library.moc"
