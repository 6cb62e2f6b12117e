#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <limits>

#include "core/pipeline/result_folder.h"

using namespace cvd;
using namespace cvd::pipeline;
namespace fs = std::filesystem;

class TestResultFolder : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    fs::path folder(const char* name) const { return m_dir.filePath(name).toStdString(); }
    static void write(const fs::path& file, const char* text) { std::ofstream(file) << text; }
    static std::string read(const fs::path& file) {
        std::ifstream in(file);
        return {std::istreambuf_iterator<char>(in), {}};
    }

private Q_SLOTS:
    void nothingRemainsWithoutPublish() {
        const auto dir = folder("a/b");
        {
            auto made = ResultFolder::create(dir, 0);
            QVERIFY(made.ok());
            write((*made)->partial() / "tracks.csv", "half");
        }
        QVERIFY(!fs::exists(dir));
    }

    void publishReplacesFiles() {
        const auto dir = folder("c");
        fs::create_directories(dir);
        write(dir / "summary.json", "old");
        write(dir / "result.mp4", "old");
        write(dir / "note.txt", "the user's own");
        {
            auto made = ResultFolder::create(dir, 0);
            QVERIFY(made.ok());
            write((*made)->partial() / "summary.json", "new");
            write((*made)->partial() / "tracks.csv", "new");
            QVERIFY((*made)->publish(true).ok());
        }
        QCOMPARE(read(dir / "summary.json"), std::string("new"));
        QCOMPARE(read(dir / "tracks.csv"), std::string("new"));
        QCOMPARE(read(dir / "note.txt"), std::string("the user's own"));
        QVERIFY(!fs::exists(dir / "result.mp4"));
        QVERIFY(!fs::exists(dir / ".partial"));
    }

    void oneRunAtATime() {
        const auto dir = folder("d");
        auto first = ResultFolder::create(dir, 0);
        QVERIFY(first.ok());
        write((*first)->partial() / "tracks.csv", "mine");
        const auto second = ResultFolder::create(dir, 0);
        QVERIFY(!second.ok());
        QCOMPARE(second.error().kind, ErrorKind::Environment);
        QCOMPARE(read((*first)->partial() / "tracks.csv"), std::string("mine"));
    }

    // Killed after the lock file was made and before a name was written into it.
    void anEmptyLockBelongsToNobody() {
        const auto dir = folder("e0");
        fs::create_directories(dir / ".partial");
        write(dir / ".partial" / "run.lock", "");
        const auto made = ResultFolder::create(dir, 0);
        QVERIFY2(made.ok(), made.ok() ? "" : made.error().message().c_str());
        QVERIFY(!ResultFolder::create(dir, 0).ok());  // it is ours now
    }

    void leftoversAreCleared() {
        const auto dir = folder("e");
        fs::create_directories(dir / ".partial" / "deep");
        write(dir / ".partial" / "tracks.csv", "stale");
        auto made = ResultFolder::create(dir, 0);
        QVERIFY(made.ok());
        QVERIFY(!fs::exists((*made)->partial() / "tracks.csv"));
        QVERIFY(!fs::exists((*made)->partial() / "deep"));
    }

    void fullDiskIsRefusedBeforehand() {
        const auto dir = folder("f");
        const auto made = ResultFolder::create(dir, std::uintmax_t(1) << 60);
        QVERIFY(!made.ok());
        QCOMPARE(made.error().kind, ErrorKind::Environment);
        QVERIFY(!fs::exists(dir));
    }
};

QTEST_GUILESS_MAIN(TestResultFolder)
#include "tst_result_folder.moc"
