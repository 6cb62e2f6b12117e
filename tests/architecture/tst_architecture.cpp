// Reads every #include of the tree and fails on an arrow that runs upwards, on torch outside the
// two modules that may know it, and on Widgets, Charts or Multimedia in core.
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <QTextStream>

namespace {

struct Include {
    QString file;  // relative to the repository
    int line = 0;
    QString target;  // as written between quotes or angle brackets
};

// A module may include itself and what its row names. One row a module; docs/architecture.md draws
// it.
const QMap<QString, QStringList>& allowed() {
    static const QMap<QString, QStringList> kAllowed = [] {
        const QStringList base{"core/base"};
        const QStringList data = base + QStringList{"core/media"};
        QMap<QString, QStringList> m;
        m["core/base"] = {};
        m["core/media"] = base;
        m["core/inference"] = base;
        m["core/simulation"] = data;
        m["core/training"] = data + QStringList{"core/inference", "core/simulation"};
        m["core/text"] = base;
        m["core/storage"] = base;
        m["core/accounts"] = base + QStringList{"core/storage"};
        m["core/tracking"] = base;
        m["core/compliance"] = base;
        // Pictures and clips of violations come out of the video, and a document has a language of
        // its own.
        m["core/report"] = data + QStringList{"core/compliance", "core/text"};
        m["core/projects"] =
            data + QStringList{"core/storage", "core/accounts", "core/compliance", "core/report"};
        m["core/pipeline"] =
            data + QStringList{"core/inference", "core/tracking", "core/compliance", "core/report"};
        m["core/jobs"] =
            m["core/pipeline"] + m["core/projects"] + QStringList{"core/pipeline", "core/projects"};
        // Beside detection: asks the jobs which model they use, the pipeline to try one.
        m["core/models"] = m["core/jobs"] + QStringList{"core/jobs"};
        m["ui"] = m["core/models"] + QStringList{"core/models", "core/text"};
        m["app"] = m["ui"] + QStringList{"ui", "core/training", "core/simulation"};
        return m;
    }();
    return kAllowed;
}

QString moduleOf(const QString& path) {
    if (path.startsWith("core/")) {
        return path.section('/', 0, 1);
    }
    return path.section('/', 0, 0);
}

QList<Include> includesOf(const QString& root, const QString& folder) {
    static const QRegularExpression kInclude("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]");
    QList<Include> found;
    QDirIterator it(root + '/' + folder, {"*.h", "*.cpp", "*.hpp", "*.cc"}, QDir::Files,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = it.next();
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly | QIODevice::Text)) {
            continue;
        }
        QTextStream in(&file);
        for (int line = 1; !in.atEnd(); ++line) {
            const auto match = kInclude.match(in.readLine());
            if (match.hasMatch()) {
                found.append({QDir(root).relativeFilePath(path), line, match.captured(1)});
            }
        }
    }
    return found;
}

QString where(const Include& i) {
    return QString("%1:%2 includes %3").arg(i.file).arg(i.line).arg(i.target);
}

QStringList upwardIncludes(const QList<Include>& includes) {
    QStringList bad;
    for (const Include& i : includes) {
        const QString from = moduleOf(i.file);
        const QString to = moduleOf(i.target);
        const bool ours = i.target.startsWith("core/") || i.target.startsWith("ui/") ||
                          i.target.startsWith("app/");
        if (ours && from != to && !allowed().value(from).contains(to)) {
            bad << where(i);
        }
    }
    return bad;
}

QStringList torchOutside(const QList<Include>& includes) {
    QStringList bad;
    for (const Include& i : includes) {
        const bool torch = i.target.startsWith("torch/") || i.target.startsWith("ATen/") ||
                           i.target.startsWith("c10/") || i.target.startsWith("caffe2/");
        const QString module = moduleOf(i.file);
        if (torch && module != "core/inference" && module != "core/training") {
            bad << where(i);
        }
        if (torch && i.file.endsWith(".h") && !i.file.endsWith("_torch.h")) {
            bad << where(i) + " (only headers named *_torch.h may)";
        }
    }
    return bad;
}

QStringList screensInCore(const QList<Include>& includes) {
    static const QRegularExpression kScreen(
        "^(QtWidgets|QtCharts|QtMultimedia|QtMultimediaWidgets)(/|$)|"
        "^Q(Widget|Application|MainWindow|Dialog|Label|PushButton|Chart|ChartView|MediaPlayer|"
        "VideoWidget|"
        "MessageBox|FileDialog|LayoutItem|BoxLayout|GridLayout|TableView|ListView|TreeView)$");
    QStringList bad;
    for (const Include& i : includes) {
        if (i.file.startsWith("core/") && kScreen.match(i.target).hasMatch()) {
            bad << where(i);
        }
    }
    return bad;
}

// These build alone beside a GPU's LibTorch, without Qt.
QStringList qtInQtFreeModules(const QList<Include>& includes) {
    static const QSet<QString> kFree{"core/base", "core/media", "core/inference", "core/simulation",
                                     "core/training"};
    static const QRegularExpression kQt("^Q[A-Z]");
    QStringList bad;
    for (const Include& i : includes) {
        if (kFree.contains(moduleOf(i.file)) && kQt.match(i.target).hasMatch()) {
            bad << where(i);
        }
    }
    return bad;
}

// QSaveFile::commit() reports success where its last piece did not fit on the disk (Qt 6.4), and
// what it leaves has the right name and too few bytes. flush() before it tells.
QStringList unflushedCommits(const QString& file, const QString& content) {
    static const QRegularExpression kCommit("(\\w+)\\.commit\\(\\)");
    QStringList bad;
    if (!content.contains("QSaveFile")) {
        return bad;
    }
    for (auto it = kCommit.globalMatch(content); it.hasNext();) {
        const auto match = it.next();
        const QString before =
            content.mid(qMax(0, match.capturedStart() - 60), qMin(60, match.capturedStart()));
        if (!before.contains(match.captured(1) + ".flush()")) {
            bad << file + ": " + match.captured(0) + " without flush() before it";
        }
    }
    return bad;
}

QString contentOf(const QString& file) {
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? QString::fromUtf8(in.readAll()) : QString();
}

}  // namespace

class ArchitectureTest : public QObject {
    Q_OBJECT

    QList<Include> m_all;

    static void expectNone(const QStringList& bad) {
        QVERIFY2(bad.isEmpty(), qPrintable("\n" + bad.join('\n')));
    }

private Q_SLOTS:
    void initTestCase() {
        for (const char* folder : {"core", "ui", "app"}) {
            m_all += includesOf(CVD_SOURCE_DIR, folder);
        }
        QVERIFY(m_all.size() > 20);
    }

    void includesRunDownwards() { expectNone(upwardIncludes(m_all)); }
    void torchStaysInItsTwoModules() { expectNone(torchOutside(m_all)); }
    void coreHasNoScreen() { expectNone(screensInCore(m_all)); }
    void gpuPartsNeedNoQt() { expectNone(qtInQtFreeModules(m_all)); }

    void noFileIsSavedWithoutItsEnd() {
        int read = 0;
        for (const char* folder : {"core", "ui", "app"}) {
            QDirIterator it(QString(CVD_SOURCE_DIR) + '/' + folder, {"*.cpp"}, QDir::Files,
                            QDirIterator::Subdirectories);
            while (it.hasNext()) {
                const QString file = it.next();
                expectNone(unflushedCommits(file, contentOf(file)));
                ++read;
            }
        }
        QVERIFY(read > 20);
    }

    void everyModuleHasARow() {
        for (const Include& i : m_all) {
            QVERIFY2(allowed().contains(moduleOf(i.file)), qPrintable(i.file));
        }
    }

    // The rules above must be able to fail.
    void theRulesCatchOffenders() {
        QCOMPARE(upwardIncludes({{"core/base/x.h", 1, "core/media/video_reader.h"}}).size(), 1);
        QCOMPARE(upwardIncludes({{"core/compliance/x.h", 1, "core/storage/database.h"}}).size(), 1);
        QCOMPARE(upwardIncludes({{"core/jobs/x.h", 1, "ui/theme.h"}}).size(), 1);
        QCOMPARE(upwardIncludes({{"ui/x.h", 1, "core/jobs/job_queue.h"}}).size(), 0);
        QCOMPARE(torchOutside({{"core/pipeline/x.cpp", 1, "torch/script.h"}}).size(), 1);
        QCOMPARE(torchOutside({{"core/inference/x.h", 1, "torch/script.h"}}).size(), 1);
        QCOMPARE(screensInCore({{"core/report/x.cpp", 1, "QWidget"}}).size(), 1);
        QCOMPARE(screensInCore({{"core/report/x.cpp", 1, "QtCharts/QChart"}}).size(), 1);
        QCOMPARE(qtInQtFreeModules({{"core/media/x.cpp", 1, "QString"}}).size(), 1);
        QCOMPARE(unflushedCommits("x", "QSaveFile f; f.write(b) && f.commit()").size(), 1);
        QCOMPARE(unflushedCommits("x", "QSaveFile f; f.flush() && f.commit()").size(), 0);
    }
};

QTEST_GUILESS_MAIN(ArchitectureTest)
#include "tst_architecture.moc"
