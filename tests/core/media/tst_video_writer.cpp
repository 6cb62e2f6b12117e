// What the writer writes is what the reader reads; errors come back as values.
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "core/media/video_reader.h"
#include "core/media/video_writer.h"
#include "frame_code.h"

using namespace cvd;
using namespace cvd::media;
using cvd::test::frameWithNumber;
using cvd::test::numberInFrame;

class TestVideoWriter : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    std::filesystem::path file(const char* name) const {
        return m_dir.filePath(name).toStdString();
    }

private Q_SLOTS:
    void roundTrip_data() {
        QTest::addColumn<QString>("preset");
        QTest::newRow("ultrafast") << "ultrafast";
        QTest::newRow("veryfast, with B-frames") << "veryfast";
    }

    void roundTrip() {
        QFETCH(QString, preset);
        WriterOptions options;
        options.preset = preset.toStdString();
        const auto path = file("round.mp4");
        auto writer = VideoWriter::open(path, 320, 240, 30, options);
        QVERIFY(writer.ok());
        std::vector<double> times;
        for (int i = 0; i < 70; ++i) {
            times.push_back(i / 30.0 + (i > 35 ? 0.5 : 0));
            QVERIFY((*writer)->write(frameWithNumber(320, 240, i), times.back()).ok());
        }
        QVERIFY((*writer)->finish().ok());
        QVERIFY((*writer)->finish().ok());
        QVERIFY(!(*writer)->write(frameWithNumber(320, 240, 70), 99).ok());
        writer->reset();

        auto reader = VideoReader::open(path);
        QVERIFY(reader.ok());
        QCOMPARE((*reader)->frameCount(), FrameIndex(70));
        Frame frame;
        for (int i = 0; i < 70; ++i) {
            QVERIFY(*(*reader)->next(frame));
            QCOMPARE(numberInFrame(frame.bgr), FrameIndex(i));
            QVERIFY(std::abs(frame.timeS - times[static_cast<size_t>(i)]) < 1e-4);
        }
    }

    void coloursSurvive() {
        const auto path = file("colour.mp4");
        WriterOptions options;
        options.crf = 5;
        auto writer = VideoWriter::open(path, 192, 64, 25, options);
        QVERIFY(writer.ok());
        const cv::Scalar colours[] = {{30, 40, 200}, {40, 190, 50}, {210, 60, 30}};
        cv::Mat picture(64, 192, CV_8UC3);
        for (int i = 0; i < 3; ++i) {
            picture(cv::Rect(i * 64, 0, 64, 64)) = colours[i];
        }
        QVERIFY((*writer)->write(picture, 0).ok());
        QVERIFY((*writer)->finish().ok());
        auto reader = VideoReader::open(path);
        const auto frame = (*reader)->frame(0);
        QVERIFY(frame.ok());
        for (int i = 0; i < 3; ++i) {
            const auto pixel = frame->bgr.at<cv::Vec3b>(32, i * 64 + 32);
            for (int c = 0; c < 3; ++c) {
                QVERIFY2(std::abs(pixel[c] - colours[i][c]) < 8,
                         qPrintable(QString("%1 %2: %3").arg(i).arg(c).arg(pixel[c])));
            }
        }
    }

    void oddSizeIsPadded() {
        const auto path = file("odd.mp4");
        auto writer = VideoWriter::open(path, 241, 163, 25);
        QVERIFY(writer.ok());
        QCOMPARE((*writer)->encodedWidth(), 242);
        QCOMPARE((*writer)->encodedHeight(), 164);
        QVERIFY((*writer)->write(frameWithNumber(241, 163, 5), 0).ok());
        QVERIFY((*writer)->finish().ok());
        auto reader = VideoReader::open(path);
        QVERIFY(reader.ok());
        QCOMPARE((*reader)->info().width, 242);
        QCOMPARE(numberInFrame((*reader)->frame(0)->bgr), FrameIndex(5));
    }

    void unfinishedFileIsRemoved() {
        const auto path = file("unfinished.mp4");
        {
            auto writer = VideoWriter::open(path, 320, 240, 25);
            QVERIFY(writer.ok());
            QVERIFY((*writer)->write(frameWithNumber(320, 240, 0), 0).ok());
            QVERIFY(std::filesystem::exists(path));
        }
        QVERIFY(!std::filesystem::exists(path));
    }

    void noFolderAndFullDisk() {
        const auto nowhere = VideoWriter::open(file("no/such/folder.mp4"), 320, 240, 25);
        QVERIFY(!nowhere.ok());
        QCOMPARE(nowhere.error().kind, ErrorKind::Environment);

        if (!QFile::exists("/dev/full")) {
            QSKIP("no /dev/full on this system");
        }
        Status status;
        {
            auto full = VideoWriter::open("/dev/full", 320, 240, 25);
            status = full.ok() ? Status() : Status(full.error());
            cv::Mat noise(240, 320, CV_8UC3);
            for (int i = 0; status.ok() && i < 200; ++i) {
                cv::randu(noise, 0, 255);
                status = (*full)->write(noise, i / 25.0);
            }
            if (status.ok()) {
                status = (*full)->finish();
            }
        }
        QVERIFY(!status.ok());
        QCOMPARE(status.error().kind, ErrorKind::Environment);
        QVERIFY2(status.error().message().find("full") != std::string::npos,
                 status.error().message().c_str());
        QVERIFY(QFile::exists("/dev/full"));
    }

    void wrongFramesAreRefused() {
        auto writer = VideoWriter::open(file("wrong.mp4"), 320, 240, 25);
        QVERIFY(writer.ok());
        QVERIFY(!(*writer)->write(cv::Mat(240, 321, CV_8UC3), 0).ok());
        QVERIFY(!(*writer)->write(cv::Mat(240, 320, CV_8UC1), 0).ok());
        QVERIFY((*writer)->write(frameWithNumber(320, 240, 0), 1).ok());
        const auto backwards = (*writer)->write(frameWithNumber(320, 240, 1), 1);
        QVERIFY(!backwards.ok());
        QCOMPARE(backwards.error().kind, ErrorKind::Usage);
        QVERIFY(!VideoWriter::open(file("zero.mp4"), 0, 240, 25).ok());
    }

    void theIndexComesFirst() {
        const auto path = file("fast.mp4");
        auto writer = VideoWriter::open(path, 320, 240, 25);
        for (int i = 0; i < 10; ++i) {
            QVERIFY((*writer)->write(frameWithNumber(320, 240, i), i / 25.0).ok());
        }
        QVERIFY((*writer)->finish().ok());
        QFile file(QString::fromStdString(path.string()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(bytes.indexOf("moov") > 0);
        QVERIFY(bytes.indexOf("moov") < bytes.indexOf("mdat"));
    }
};

QTEST_GUILESS_MAIN(TestVideoWriter)
#include "tst_video_writer.moc"
