// The reader against files of many kinds, each frame of which carries its own number.
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <random>

#include "core/media/video_reader.h"
#include "core/media/video_writer.h"
#include "frame_code.h"

using namespace cvd;
using namespace cvd::media;
using cvd::test::frameWithNumber;
using cvd::test::numberInFrame;

namespace {

std::filesystem::path pathOf(const QString& file) {
    return file.toStdString();
}

bool ffmpeg(const QStringList& arguments) {
    QProcess process;
    process.start("ffmpeg", QStringList{"-nostdin", "-v", "error", "-y"} + arguments);
    process.waitForFinished(60000);
    const QByteArray said = process.readAllStandardError();
    if (process.exitCode() != 0) {
        qWarning("ffmpeg: %s", said.constData());
    }
    return process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

bool hasEncoder(const QString& name) {
    QProcess process;
    process.start("ffmpeg", {"-hide_banner", "-encoders"});
    process.waitForFinished(20000);
    return process.readAllStandardOutput().contains(" " + name.toUtf8() + " ");
}

}  // namespace

class TestVideoReader : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    static constexpr int kFrames = 120, kWidth = 240, kHeight = 160;

    QString file(const QString& name) const { return m_dir.filePath(name); }

    // Our own writer makes the source; ffmpeg turns it into every other kind.
    bool writeSource(const QString& name, int width, int height, int frames,
                     const std::vector<double>& timesS = {}) {
        WriterOptions options;
        options.crf = 12;
        options.preset = "ultrafast";
        auto writer = VideoWriter::open(pathOf(file(name)), width, height, 25, options);
        if (!writer.ok()) {
            qWarning("%s", writer.error().message().c_str());
            return false;
        }
        for (int i = 0; i < frames; ++i) {
            const double timeS = timesS.empty() ? i / 25.0 : timesS[static_cast<size_t>(i)];
            if (!(*writer)->write(frameWithNumber(width, height, i), timeS).ok()) {
                return false;
            }
        }
        return (*writer)->finish().ok();
    }

    // Sequential reading shows frames `first`, `first`+1, ... and random access shows the same.
    void checkExact(const QString& name, int frames, int first = 0, bool rotated = false) {
        auto reader = VideoReader::open(pathOf(file(name)));
        QVERIFY2(reader.ok(), reader.ok() ? "" : reader.error().message().c_str());
        QCOMPARE((*reader)->frameCount(), FrameIndex(frames));
        const auto number = [&](const cv::Mat& bgr) {
            cv::Mat upright = bgr;
            if (rotated) {
                cv::rotate(bgr, upright, cv::ROTATE_90_COUNTERCLOCKWISE);
            }
            return numberInFrame(upright);
        };
        Frame frame;
        double lastS = -1;
        for (int i = 0; i < frames; ++i) {
            const auto more = (*reader)->next(frame);
            QVERIFY2(more.ok(), more.ok() ? "" : more.error().message().c_str());
            QVERIFY2(*more, qPrintable(QString("ended at %1").arg(i)));
            QCOMPARE(frame.index, FrameIndex(i));
            QCOMPARE(number(frame.bgr), FrameIndex(i + first));
            QCOMPARE(frame.bgr.cols, (*reader)->info().width);
            QCOMPARE(frame.bgr.rows, (*reader)->info().height);
            QVERIFY(frame.timeS > lastS);
            lastS = frame.timeS;
        }
        QVERIFY(!*(*reader)->next(frame));
        QVERIFY((*reader)->damagedFrames().empty());

        OpenOptions small;
        small.cacheBytes = 6 * kWidth * kHeight * 3 / 2;  // so that the cache cannot hide a seek
        auto random = VideoReader::open(pathOf(file(name)), small);
        QVERIFY(random.ok());
        std::vector<int> order(static_cast<size_t>(frames));
        std::iota(order.begin(), order.end(), 0);
        std::shuffle(order.begin(), order.end(), std::mt19937(7));
        for (const int i : order) {
            const auto got = (*random)->frame(i);
            QVERIFY2(got.ok(), got.ok() ? "" : got.error().message().c_str());
            QCOMPARE(got->index, FrameIndex(i));
            QCOMPARE(number(got->bgr), FrameIndex(i + first));
            QCOMPARE(got->timeS, (*reader)->timeS(i));
        }
        for (int i = frames - 1; i >= 0; --i) {  // stepping backwards
            const auto got = (*random)->frame(i);
            QVERIFY(got.ok());
            QCOMPARE(number(got->bgr), FrameIndex(i + first));
        }
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(m_dir.isValid());
        QVERIFY2(ffmpeg({"-version"}), "the ffmpeg command is needed to make the test videos");
        QVERIFY(writeSource("source.mp4", kWidth, kHeight, kFrames));
    }

    void everyFrameIsExact_data() {
        QTest::addColumn<QStringList>("encode");
        QTest::addColumn<QString>("output");
        const QString x264 = "-c:v libx264 -preset fast -g 30";
        const auto row = [](const char* name, const QString& encode, const QString& output) {
            QTest::newRow(name) << encode.split(' ') << output;
        };
        row("our writer", "-c:v copy", "copy.mp4");
        row("B-frames", x264 + " -bf 3", "b.mp4");
        row("open groups", x264 + " -bf 3 -x264-params open-gop=1:keyint=30:min-keyint=30",
            "open.mp4");
        row("no B-frames", x264 + " -bf 0", "p.mp4");
        row("intra refresh", "-c:v libx264 -intra-refresh 1 -g 30", "refresh.mp4");
        row("one key frame", "-c:v libx264 -g 1000 -bf 3", "onekey.mp4");
        row("4:2:2", x264 + " -pix_fmt yuv422p", "422.mp4");
        row("4:4:4", x264 + " -pix_fmt yuv444p", "444.mkv");
        row("10 bit", x264 + " -pix_fmt yuv420p10le", "10bit.mkv");
        row("interlaced", x264 + " -flags +ilme+ildct -top 1", "interlaced.mp4");
        row("Matroska", x264 + " -bf 3", "b.mkv");
        row("transport stream", x264 + " -bf 3", "b.ts");
        row("H.264 in AVI", x264 + " -bf 2", "h264.avi");
        row("raw H.264", x264 + " -bf 2", "raw.h264");
        row("MJPEG in AVI", "-c:v mjpeg -q:v 3", "mjpeg.avi");
        row("MPEG-4 in AVI", "-c:v mpeg4 -q:v 3 -g 30", "mpeg4.avi");
        row("MPEG-4 with B-frames in AVI", "-c:v mpeg4 -q:v 3 -g 30 -bf 2", "mpeg4b.avi");
        row("MPEG-2", "-c:v mpeg2video -q:v 3 -g 15 -bf 2", "mpeg2.mpg");
        row("fragmented", x264 + " -bf 2 -movflags frag_keyframe+empty_moov", "fragmented.mp4");
        row("FFV1", "-c:v ffv1", "ffv1.mkv");
        if (hasEncoder("libx265")) {
            row("HEVC", "-c:v libx265 -preset ultrafast -g 30 -bf 3 -x265-params log-level=none",
                "hevc.mp4");
        }
        if (hasEncoder("libvpx-vp9")) {
            row("VP9", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 30 -b:v 1M", "vp9.webm");
        }
        if (hasEncoder("libvpx")) {
            row("VP8 with hidden frames",
                "-c:v libvpx -auto-alt-ref 1 -lag-in-frames 16 -g 30 -b:v 1M -cpu-used 8",
                "vp8.webm");
        }
    }

    void everyFrameIsExact() {
        QFETCH(QStringList, encode);
        QFETCH(QString, output);
        QVERIFY(ffmpeg(QStringList{"-i", file("source.mp4")} + encode + QStringList{file(output)}));
        checkExact(output, kFrames);
    }

    void constantRateIsDescribed() {
        const auto info = probe(pathOf(file("source.mp4")));
        QVERIFY(info.ok());
        QCOMPARE(info->width, kWidth);
        QCOMPARE(info->height, kHeight);
        QCOMPARE(info->frames, kFrames);
        QCOMPARE(info->fps, 25.0);
        QVERIFY(std::abs(info->durationS - kFrames / 25.0) < 1e-6);
        QVERIFY(!info->variableFrameRate);
        QCOMPARE(QString::fromStdString(info->codec), QString("h264"));
        QCOMPARE(QString::fromStdString(info->file), QString("source.mp4"));
    }

    void variableRateKeepsItsTimes() {
        std::vector<double> times;
        double timeS = 0;
        for (int i = 0; i < 60; ++i) {
            times.push_back(timeS);
            timeS += i % 3 == 0 ? 0.1 : 0.04;
        }
        QVERIFY(writeSource("vfr.mp4", kWidth, kHeight, 60, times));
        checkExact("vfr.mp4", 60);
        auto reader = VideoReader::open(pathOf(file("vfr.mp4")));
        QVERIFY((*reader)->info().variableFrameRate);
        for (int i = 0; i < 60; ++i) {
            QVERIFY(std::abs((*reader)->timeS(i) - times[static_cast<size_t>(i)]) < 1e-4);
            QCOMPARE((*reader)->frameAt(times[static_cast<size_t>(i)] + 0.02), FrameIndex(i));
        }
        QCOMPARE((*reader)->frameAt(-1), FrameIndex(0));
        QCOMPARE((*reader)->frameAt(1e9), FrameIndex(59));
    }

    void editListHidesFramesBeforeTheCut() {
        QVERIFY(ffmpeg({"-i", file("source.mp4"), "-c:v", "libx264", "-g", "50", "-bf", "2",
                        file("tocut.mp4")}));
        // A copy from 0.8 s starts at the key frame before and hides the first 20 frames.
        QVERIFY(ffmpeg({"-ss", "0.8", "-i", file("tocut.mp4"), "-c", "copy", file("cut.mp4")}));
        checkExact("cut.mp4", kFrames - 20, 20);
    }

    void streamThatStartsBetweenKeyFrames() {
        QVERIFY(ffmpeg({"-i", file("source.mp4"), "-c:v", "libx264", "-g", "40", "-bf", "2", "-f",
                        "mpegts", file("whole.ts")}));
        QFile whole(file("whole.ts"));
        QVERIFY(whole.open(QIODevice::ReadOnly));
        const QByteArray bytes = whole.readAll();
        QFile tail(file("tail.ts"));
        QVERIFY(tail.open(QIODevice::WriteOnly));
        tail.write(bytes.mid(bytes.size() / 6 / 188 * 188));
        tail.close();
        auto reader = VideoReader::open(pathOf(file("tail.ts")));
        QVERIFY2(reader.ok(), reader.ok() ? "" : reader.error().message().c_str());
        Frame frame;
        FrameIndex seen = 0, number = -1;
        while (*(*reader)->next(frame)) {
            const FrameIndex now = numberInFrame(frame.bgr);
            QVERIFY(number < 0 || now == number + 1);
            number = now;
            ++seen;
        }
        QCOMPARE(number, FrameIndex(kFrames - 1));
        QCOMPARE(seen, (*reader)->frameCount());
        QVERIFY((*reader)->missingAtStart() > 0);  // and that is said
    }

    void rotationIsApplied() {
        QVERIFY(ffmpeg({"-i", file("source.mp4"), "-c", "copy", "-metadata:s:v:0", "rotate=270",
                        file("rotated.mp4")}));
        const auto info = probe(pathOf(file("rotated.mp4")));
        QVERIFY(info.ok());
        QCOMPARE(info->width, kHeight);
        QCOMPARE(info->height, kWidth);
        // The same picture as ffmpeg shows, which turns by itself.
        QVERIFY(ffmpeg({"-i", file("rotated.mp4"), "-frames:v", "1", file("rotated.png")}));
        const cv::Mat expected = cv::imread(file("rotated.png").toStdString());
        auto reader = VideoReader::open(pathOf(file("rotated.mp4")));
        const auto got = (*reader)->frame(0);
        QVERIFY(got.ok());
        QCOMPARE(got->bgr.size(), expected.size());
        QVERIFY(cv::norm(got->bgr, expected, cv::NORM_L1) / double(expected.total() * 3) < 8);
    }

    void oddSizes() {
        QVERIFY(ffmpeg({"-f", "lavfi", "-i", "testsrc=size=241x163:rate=10:duration=2", "-c:v",
                        "ffv1", "-pix_fmt", "yuv420p", file("odd.mkv")}));
        QVERIFY(ffmpeg({"-i", file("odd.mkv"), "-frames:v", "1", file("odd.png")}));
        auto reader = VideoReader::open(pathOf(file("odd.mkv")));
        QVERIFY(reader.ok());
        QCOMPARE((*reader)->info().width, 241);
        QCOMPARE((*reader)->info().height, 163);
        const auto got = (*reader)->frame(0);
        const cv::Mat expected = cv::imread(file("odd.png").toStdString());
        QVERIFY(cv::norm(got->bgr, expected, cv::NORM_L1) / double(expected.total() * 3) < 8);
        // The last row and column are pictures, too.
        QVERIFY(cv::norm(got->bgr.row(162), expected.row(162), cv::NORM_L1) / (241.0 * 3) < 16);
        QVERIFY(cv::norm(got->bgr.col(240), expected.col(240), cv::NORM_L1) / (163.0 * 3) < 16);
    }

    void sizeThatChangesIsScaledToTheFirst() {
        for (const auto* size : {"240x160", "320x240"}) {
            QVERIFY(ffmpeg({"-f", "lavfi", "-i",
                            QString("testsrc=size=%1:rate=10:duration=1").arg(size), "-c:v",
                            "libx264", "-f", "h264", file(QString(size) + ".h264")}));
        }
        QFile joined(file("joined.h264"));
        QVERIFY(joined.open(QIODevice::WriteOnly));
        for (const auto* size : {"240x160", "320x240"}) {
            QFile part(file(QString(size) + ".h264"));
            QVERIFY(part.open(QIODevice::ReadOnly));
            joined.write(part.readAll());
        }
        joined.close();
        auto reader = VideoReader::open(pathOf(file("joined.h264")));
        QVERIFY2(reader.ok(), reader.ok() ? "" : reader.error().message().c_str());
        QCOMPARE((*reader)->frameCount(), FrameIndex(20));
        Frame frame;
        int frames = 0;
        while (*(*reader)->next(frame)) {
            QCOMPARE(frame.bgr.cols, 240);
            QCOMPARE(frame.bgr.rows, 160);
            ++frames;
        }
        QCOMPARE(frames, 20);
    }

    void oneFrame() {
        QVERIFY(writeSource("one.mp4", kWidth, kHeight, 1));
        checkExact("one.mp4", 1);
        auto reader = VideoReader::open(pathOf(file("one.mp4")));
        QVERIFY((*reader)->info().durationS > 0);
        const auto outside = (*reader)->frame(1);
        QVERIFY(!outside.ok());
        QCOMPARE(outside.error().kind, ErrorKind::Usage);
        QVERIFY(!(*reader)->frame(-1).ok());
    }

    void truncatedFileGivesTheFramesThatAreThere() {
        QVERIFY(ffmpeg({"-i", file("source.mp4"), "-c:v", "libx264", "-g", "20", "-bf", "2",
                        "-movflags", "+faststart", file("full.mp4")}));
        QVERIFY(QFile::copy(file("full.mp4"), file("short.mp4")));
        QFile cut(file("short.mp4"));
        QVERIFY(cut.resize(cut.size() * 2 / 3));
        auto reader = VideoReader::open(pathOf(file("short.mp4")));
        QVERIFY2(reader.ok(), reader.ok() ? "" : reader.error().message().c_str());
        Frame frame;
        FrameIndex seen = 0;
        for (;;) {
            const auto more = (*reader)->next(frame);
            QVERIFY(more.ok());
            if (!*more) {
                break;
            }
            ++seen;
        }
        QVERIFY(seen > 20 && seen < kFrames);
        QCOMPARE(seen + FrameIndex((*reader)->damagedFrames().size()), (*reader)->frameCount());
        QVERIFY((*reader)->damagedFrames().size() <= 3);
    }

    void damagedFramesAreNamedAndReadingGoesOn_data() {
        QTest::addColumn<std::vector<FrameIndex>>("broken");
        QTest::newRow("in the middle") << std::vector<FrameIndex>{50};
        QTest::newRow("the first") << std::vector<FrameIndex>{0, 1};
        QTest::newRow("near the start") << std::vector<FrameIndex>{2, 3, 5, 60};
    }
    void damagedFramesAreNamedAndReadingGoesOn() {
        QFETCH(std::vector<FrameIndex>, broken);
        QFile::remove(file("todamage.avi"));
        QVERIFY(
            ffmpeg({"-i", file("source.mp4"), "-c:v", "mjpeg", "-q:v", "3", file("todamage.avi")}));
        QFile avi(file("todamage.avi"));
        QVERIFY(avi.open(QIODevice::ReadWrite));
        QByteArray bytes = avi.readAll();
        // Pictures lose their beginning: "00dc", four bytes of size, then the JPEG.
        qsizetype at = bytes.indexOf("movi");
        for (FrameIndex i = 0; i <= broken.back(); ++i) {
            at = bytes.indexOf("00dc", at + 4);
            QVERIFY(at > 0);
            if (std::find(broken.begin(), broken.end(), i) != broken.end()) {
                for (int k = 8; k < 700; ++k) {
                    bytes[at + k] = 0;
                }
            }
        }
        avi.seek(0);
        avi.write(bytes);
        avi.close();
        auto reader = VideoReader::open(pathOf(file("todamage.avi")));
        QVERIFY2(reader.ok(), reader.ok() ? "" : reader.error().message().c_str());
        QCOMPARE((*reader)->frameCount(), FrameIndex(kFrames));
        Frame frame;
        std::vector<FrameIndex> seen;
        while (*(*reader)->next(frame)) {
            QCOMPARE(numberInFrame(frame.bgr), frame.index);
            seen.push_back(frame.index);
        }
        QCOMPARE(seen.size(), size_t(kFrames) - broken.size());
        QCOMPARE((*reader)->damagedFrames(), broken);
        for (const FrameIndex i : broken) {
            const auto direct = (*reader)->frame(i);
            QVERIFY(!direct.ok());
            QCOMPARE(direct.error().kind, ErrorKind::BadInput);
            QVERIFY(direct.error().message().find(std::to_string(i)) != std::string::npos);
        }
        QVERIFY((*reader)->frame(broken.back() + 1).ok());
    }

    void refusals_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("reason");
        QTest::newRow("missing") << "nothing.mp4"
                                 << "does not exist";
        QTest::newRow("folder") << "folder.mp4"
                                << "is a folder";
        QTest::newRow("empty") << "empty.mp4"
                               << "0 bytes";
        QTest::newRow("text") << "text.mp4"
                              << "not a video";
        QTest::newRow("text as txt") << "notes.txt"
                                     << "not a video";
        QTest::newRow("picture") << "picture.png"
                                 << "not a video";
        QTest::newRow("sound") << "sound.m4a"
                               << "sound but no picture";
        QTest::newRow("no table of contents") << "nomoov.mp4"
                                              << "cut off";
        QTest::newRow("random bytes") << "random.mp4"
                                      << "not a video";
        QTest::newRow("play list") << "list.m3u8"
                                   << "not a video";
    }

    void refusals() {
        QFETCH(QString, name);
        QFETCH(QString, reason);
        const auto write = [&](const QString& to, const QByteArray& bytes) {
            QFile out(file(to));
            QVERIFY(out.open(QIODevice::WriteOnly));
            out.write(bytes);
        };
        QDir(m_dir.path()).mkdir("folder.mp4");
        write("empty.mp4", "");
        write("text.mp4", "Minutes of the meeting.\nThe pour starts at nine.\n");
        write("notes.txt", "Minutes of the meeting.\nThe pour starts at nine.\n");
        write("list.m3u8",
              "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nsource.mp4\n"
              "#EXT-X-ENDLIST\n");
        QByteArray random(20000, '\0');
        std::mt19937 numbers(3);
        for (auto& byte : random) {
            byte = static_cast<char>(numbers());
        }
        write("random.mp4", random);
        QVERIFY(ffmpeg(
            {"-f", "lavfi", "-i", "testsrc=size=64x48", "-frames:v", "1", file("picture.png")}));
        QVERIFY(ffmpeg({"-f", "lavfi", "-i", "sine=duration=1", file("sound.m4a")}));
        QVERIFY(ffmpeg({"-i", file("source.mp4"), "-c", "copy", file("moovlast.mp4")}));
        QFile moovLast(file("moovlast.mp4"));
        QVERIFY(moovLast.open(QIODevice::ReadOnly));
        write("nomoov.mp4", moovLast.readAll().left(int(moovLast.size() / 2)));

        const auto info = probe(pathOf(file(name)));
        QVERIFY(!info.ok());
        QCOMPARE(info.error().kind, ErrorKind::BadInput);
        const auto message = QString::fromStdString(info.error().message());
        QVERIFY2(message.contains(reason), qPrintable(message));
        QVERIFY2(message.contains(name), qPrintable(message));
    }

    void openingCanBeCancelled() {
        OpenOptions options;
        options.cancelled = [] { return true; };
        QVERIFY(writeSource("long.mp4", 64, 64, 300));
        const auto reader = VideoReader::open(pathOf(file("long.mp4")), options);
        QVERIFY(!reader.ok());
        QCOMPARE(reader.error().kind, ErrorKind::Cancelled);
    }

    void thumbnailIsNotBlack() {
        auto writer = VideoWriter::open(pathOf(file("dark.mp4")), 240, 160, 25);
        QVERIFY(writer.ok());
        for (int i = 0; i < 40; ++i) {  // dark for the first half
            const cv::Mat picture = i < 20 ? cv::Mat(160, 240, CV_8UC3, cv::Scalar::all(0))
                                           : frameWithNumber(240, 160, i);
            QVERIFY((*writer)->write(picture, i / 25.0).ok());
        }
        QVERIFY((*writer)->finish().ok());
        const auto made = writeThumbnail(pathOf(file("dark.mp4")), pathOf(file("dark.jpg")), 120);
        QVERIFY(made.ok());
        const cv::Mat picture = cv::imread(file("dark.jpg").toStdString());
        QCOMPARE(picture.cols, 120);
        QCOMPARE(picture.rows, 80);
        QVERIFY(cv::mean(picture)[0] > 30);
        QVERIFY(!QFile::exists(file("dark.jpg.partial")));
        const auto nowhere =
            writeThumbnail(pathOf(file("dark.mp4")), pathOf(file("no/such/folder.jpg")), 120);
        QVERIFY(!nowhere.ok());
        QCOMPARE(nowhere.error().kind, ErrorKind::Environment);
    }

    // Whoever steps backwards through a long group of pictures finds them decoded already, and what
    // was decoded in advance is the same picture.
    void idleMomentsDecodeWhatComesNext() {
        QVERIFY(ffmpeg({"-i", file("source.mp4"), "-c:v", "libx264", "-preset", "veryfast", "-bf",
                        "3", "-g", "250", "-crf", "12", file("longgop.mp4")}));
        OpenOptions options;
        options.cacheBytes = 30 * kWidth * kHeight * 3 / 2;  // a quarter of the video
        const auto opened = VideoReader::open(pathOf(file("longgop.mp4")), options);
        QVERIFY(opened.ok());
        VideoReader& reader = **opened;
        const auto shows = [&](FrameIndex i) {
            const auto frame = reader.frame(i);
            return frame.ok() && numberInFrame(frame->bgr) == i;
        };
        QVERIFY(shows(kFrames - 1));
        for (FrameIndex i = kFrames - 2; i >= 0; --i) {
            QVERIFY2(reader.isCached(i), qPrintable(QString::number(i)));
            QVERIFY(shows(i));
            while (reader.prefetch(i, -1)) {
            }
        }
        // Onwards again: the next ones are there, too.
        QVERIFY(shows(3));
        while (reader.prefetch(3, 1)) {
        }
        QVERIFY(reader.isCached(4) && shows(4));
        // Whatever is asked for in between, in whatever order, is what it should be.
        std::mt19937 random(11);
        for (int n = 0; n < 200; ++n) {
            const auto i = FrameIndex(random() % kFrames);
            QVERIFY2(shows(i), qPrintable(QString::number(i)));
            for (unsigned k = random() % 8; k > 0; --k) {
                reader.prefetch(i, int(random() % 3) - 1);
            }
        }
        QVERIFY(reader.damagedFrames().empty());
        Frame frame;
        QVERIFY(reader.seek(60).ok() && *reader.next(frame) && numberInFrame(frame.bgr) == 60);
        reader.prefetch(60, -1);
        QVERIFY(*reader.next(frame) && numberInFrame(frame.bgr) == 61);
        // Without a cache there is nothing to decode in advance.
        OpenOptions oneWay;
        oneWay.cacheBytes = 0;
        const auto plain = VideoReader::open(pathOf(file("longgop.mp4")), oneWay);
        QVERIFY(plain.ok() && (*plain)->frame(50).ok());
        QVERIFY(!(*plain)->prefetch(50, -1) && !(*plain)->prefetch(50, 1));
    }
};

QTEST_GUILESS_MAIN(TestVideoReader)
#include "tst_video_reader.moc"
