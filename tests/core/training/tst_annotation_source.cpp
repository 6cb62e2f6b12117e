// Reads what `cvd-mis project annotations` writes (docs/contract.md).
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <opencv2/imgcodecs.hpp>

#include "core/training/sample_source.h"

using namespace cvd;
using namespace cvd::training;

namespace {

const char* kJson = R"({"schema": "cvd-mis/annotations/1",
"categories": [{"id": 1, "name": "vibrator"}, {"id": 2, "name": "hoe"}, {"id": 7, "name": "crane"}],
"images": [
 {"id": 1, "file_name": "images/a.jpg", "labelled": ["vibrator"], "split": "train"},
 {"id": 2, "file_name": "images/b.jpg", "labelled": ["vibrator", "hoe"], "split": "valid"},
 {"id": 3, "file_name": "images/gone.jpg", "split": "test"}],
"annotations": [
 {"id": 1, "image_id": 1, "category_id": 1, "bbox": [10.5, 20.5, 30, 60],
  "keypoints": [25.5, 80.5, 2, 26.5, 21.5, 2], "immersed": true},
 {"id": 2, "image_id": 1, "category_id": 7, "bbox": [0, 0, 5, 5]},
 {"id": 3, "image_id": 2, "category_id": 1, "bbox": [1, 1, 4, 4],
  "keypoints": [2, 3, 2, 2, 1, 2], "immersed": null},
 {"id": 4, "image_id": 2, "category_id": 2, "bbox": [8, 8, 4, 4]}]})";

}  // namespace

class TestAnnotationSource : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(QDir(m_dir.path()).mkpath("project-1/images"));
        QFile file(m_dir.filePath("project-1/annotations.json"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(kJson) > 0);
        for (const char* name : {"a", "b"}) {
            const cv::Mat picture(96, 128, CV_8UC3, cv::Scalar(40, 90, 160));
            QVERIFY(cv::imwrite(
                m_dir.filePath(QStringLiteral("project-1/images/%1.jpg").arg(name)).toStdString(),
                picture));
        }
        QVERIFY(QDir(m_dir.path()).mkpath("unrelated"));
    }

    void truthComesWithItsPicture() {
        const auto source = annotationSource(m_dir.filePath("project-1").toStdString(), "train");
        QVERIFY(source.ok());
        QCOMPARE((*source)->size(), std::uint64_t(1));
        const auto sample = (*source)->sample(0);
        QVERIFY(sample.ok());
        QCOMPARE(sample->bgr.cols, 128);
        QCOMPARE(sample->truth.size(), size_t(1));  // no class of ours is left out
        const Detection& d = sample->truth[0];
        QCOMPARE(d.box, (BoxPx{10, 20, 30, 60}));
        QCOMPARE(d.poker->low, (PointPx{25, 80}));
        QCOMPARE(d.poker->top, (PointPx{26, 21}));
        QCOMPARE(d.poker->immersedScore, 1.0F);
        QVERIFY(sample->labelled[0] && !sample->labelled[1] && !sample->labelled[2]);
    }

    void theSplitIsKept() {
        const auto source = annotationSource(m_dir.filePath("project-1").toStdString(), "valid");
        QVERIFY(source.ok());
        const auto sample = (*source)->sample(0);
        QVERIFY(sample.ok());
        QCOMPARE(sample->truth.size(), size_t(2));
        QVERIFY(sample->truth[0].poker->immersedScore < 0);
        QVERIFY(sample->labelled[1]);
        const auto gone = annotationSource(m_dir.filePath("project-1").toStdString(), "test");
        QVERIFY(gone.ok() && !(*gone)->sample(0).ok());
    }

    void foldersAreFound() {
        const auto sources = realSources(m_dir.path().toStdString(), "train");
        QVERIFY(sources.ok());
        QCOMPARE(sources->size(), size_t(1));
        QCOMPARE(sources->front()->name(), std::string("project-1"));
        const auto other = realSources(m_dir.path().toStdString(), "another");
        QVERIFY(other.ok() && other->empty());
        const auto none = realSources({}, "train");
        QVERIFY(none.ok() && none->empty());
        const auto absent = realSources(m_dir.filePath("absent").toStdString(), "train");
        QVERIFY(!absent.ok());
        QCOMPARE(absent.error().kind, ErrorKind::BadInput);
    }

    void brokenFilesAreSaid() {
        QVERIFY(QDir(m_dir.path()).mkpath("broken"));
        QFile file(m_dir.filePath("broken/annotations.json"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"images\": 3") > 0);
        file.close();
        const auto source = annotationSource(m_dir.filePath("broken").toStdString(), "train");
        QVERIFY(!source.ok());
        QCOMPARE(source.error().kind, ErrorKind::BadInput);
        const auto all = realSources(m_dir.path().toStdString(), "train");
        QVERIFY(!all.ok());
        QCOMPARE(all.error().kind, ErrorKind::BadInput);
        QVERIFY(all.error().message().find("broken/annotations.json") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestAnnotationSource)
#include "tst_annotation_source.moc"
