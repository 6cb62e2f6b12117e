// LibTorch stays out of the process until a detector is asked for.
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/pipeline/late_detector.h"

using namespace cvd;

static bool torchIsLoaded() {
    QFile maps("/proc/self/maps");
    return maps.open(QIODevice::ReadOnly) && maps.readAll().contains("libtorch_cpu");
}

class TestLateDetector : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void missingModuleIsAnError() {
        QTemporaryDir empty;
        qputenv("CVD_BACKEND_DIR", empty.path().toUtf8());
        const auto detector = pipeline::loadDetectorLate(empty.path().toStdString(), {});
        qunsetenv("CVD_BACKEND_DIR");
        QVERIFY(!detector.ok());
        QCOMPARE(detector.error().kind, ErrorKind::Environment);
        QVERIFY(!torchIsLoaded());
    }

    void moduleOfSomethingElseIsAnError() {
        QTemporaryDir dir;
        QFile file(dir.filePath("cvd_torch_backend.so"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("not a library");
        file.close();
        qputenv("CVD_BACKEND_DIR", dir.path().toUtf8());
        const auto detector = pipeline::loadDetectorLate(dir.path().toStdString(), {});
        qunsetenv("CVD_BACKEND_DIR");
        QVERIFY(!detector.ok());
        QCOMPARE(detector.error().kind, ErrorKind::Environment);
    }

    void torchComesWithTheFirstDetector() {
        QVERIFY(!torchIsLoaded());
        QTemporaryDir empty;
        const auto detector = pipeline::loadDetectorLate(empty.path().toStdString(), {});
        QVERIFY(!detector.ok());  // no manifest there
        QCOMPARE(detector.error().kind, ErrorKind::BadInput);
        QVERIFY(torchIsLoaded());
    }
};

QTEST_GUILESS_MAIN(TestLateDetector)
#include "tst_late_detector.moc"
