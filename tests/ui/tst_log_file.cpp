// The log on disk. Each test function has a sink of its own, as startLogFile() replaces the last.
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/log.h"
#include "ui/log_file.h"

using namespace cvd;

class TestLogFile : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    QString path(const char* name) const { return m_dir.filePath(QLatin1String(name)); }
    static QStringList linesOf(const QString& name) {
        QFile file(name);
        return file.open(QIODevice::ReadOnly)
                   ? QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts)
                   : QStringList();
    }

private Q_SLOTS:
    void cleanup() {
        setLogSink({});
        setLogLevel(LogLevel::Warning);
        qInstallMessageHandler(nullptr);
    }

    void linesSayWhenWhereAndWhat() {
        const QString file = path("new/folder/cvd-mis.log");
        ui::startLogFile(file);
        log(LogLevel::Debug, "media", "Not worth a line.");
        log(LogLevel::Info, "jobs", "Job 7: 已暂停");
        log(LogLevel::Error, "storage", "First line.\nSecond line.");
        qWarning("a widget complains");
        const QStringList lines = linesOf(file);
        QCOMPARE(lines.size(), 5);
        QVERIFY2(lines[0].contains(CVD_VERSION), qPrintable(lines[0]));
        const QRegularExpression form(
            "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z info \\[jobs\\] Job 7: 已暂停$");
        QVERIFY2(form.match(lines[1]).hasMatch(), qPrintable(lines[1]));
        QVERIFY(lines[2].endsWith(" error [storage] First line."));
        QCOMPARE(lines[3], "    Second line.");  // still the same entry
        QVERIFY2(lines[4].contains(" warning ") && lines[4].endsWith("a widget complains"),
                 qPrintable(lines[4]));
    }

    void aSecondStartGoesOn() {
        const QString file = path("twice.log");
        ui::startLogFile(file);
        ui::startLogFile(file);
        QCOMPARE(linesOf(file).size(), 2);
    }

    void aLongLogStartsAnew() {
        const QString file = path("long.log");
        ui::startLogFile(file, 4000);
        for (int i = 0; i < 200; ++i) {
            log(LogLevel::Info, "jobs", "Entry " + std::to_string(i) + '.');
        }
        QVERIFY(QFileInfo(file).size() <= 4000);
        QVERIFY(QFileInfo(file + ".1").size() <= 4000);
        const QStringList older = linesOf(file + ".1"), newer = linesOf(file);
        QVERIFY(newer.last().endsWith("Entry 199."));
        // Nothing between the two is lost.
        const int end = older.last().section(' ', -1).chopped(1).toInt();
        QVERIFY2(newer.first().endsWith("Entry " + QString::number(end + 1) + '.'),
                 qPrintable(newer.first()));
    }

    void aFolderThatCannotBeMadeCostsTheLogAlone() {
        QFile blocker(path("blocker"));
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        ui::startLogFile(path("blocker/cvd-mis.log"));
        log(LogLevel::Info, "jobs", "Nowhere to go.");
        QVERIFY(!QFile::exists(path("blocker/cvd-mis.log")));
    }
};

QTEST_GUILESS_MAIN(TestLogFile)
#include "tst_log_file.moc"
