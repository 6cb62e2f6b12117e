// The main job from a video file to a result folder, with a detector that needs no torch.
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <opencv2/imgcodecs.hpp>
#include <semaphore>
#include <thread>

#include "core/base/file_hash.h"
#include "core/media/video_reader.h"
#include "core/media/video_writer.h"
#include "core/pipeline/bounded_queue.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/stages.h"
#include "fake_detector.h"

using namespace cvd;
using namespace cvd::pipeline;
using cvd::test::fakeDetector;
using cvd::test::frameWithNumber;
using cvd::test::Script;

namespace {

constexpr int kFrames = 120, kWidth = 240, kHeight = 160;
constexpr auto kChildFolder = "CVD_TEST_CHILD_FOLDER";

std::filesystem::path pathOf(const QString& file) {
    return file.toStdString();
}

QByteArray bytesOf(const QString& file) {
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

QStringList entries(const QString& dir) {
    return QDir(dir).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden);
}

bool writeVideo(const QString& file) {
    media::WriterOptions options;
    options.crf = 12;
    options.preset = "ultrafast";
    auto writer = media::VideoWriter::open(pathOf(file), kWidth, kHeight, 25, options);
    for (int i = 0; writer.ok() && i < kFrames; ++i) {
        if (!(*writer)->write(frameWithNumber(kWidth, kHeight, i), i / 25.0).ok()) {
            return false;
        }
    }
    return writer.ok() && (*writer)->finish().ok();
}

DetectRequest requestFor(const QString& video, const QString& outDir, const Script& script = {}) {
    DetectRequest request;
    request.videoFile = pathOf(video);
    request.outDir = pathOf(outDir);
    request.detectorFactory = fakeDetector(script);
    request.videoPreset = "ultrafast";
    return request;
}

const std::atomic<bool> kNeverCancel{false};

QJsonObject summaryOf(const QString& dir) {
    return QJsonDocument::fromJson(bytesOf(dir + "/summary.json")).object();
}

}  // namespace

#define VERIFY_OK(result) \
    QVERIFY2((result).ok(), (result).ok() ? "" : (result).error().message().c_str())

class TestPipeline : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    QString m_video;
    int m_folders = 0;

    QString file(const QString& name) const { return m_dir.filePath(name); }
    QString newFolder() { return file(QString("out%1").arg(++m_folders)); }

private Q_SLOTS:
    void initTestCase() {
        m_video = file("pour.mp4");
        QVERIFY(writeVideo(m_video));
    }

    // 100 px of 160 are 20 of an input 32 px high; the manifest wants 60.
    void theInputIsFittedToThePeopleInTheVideo() {
        Script script;
        script.peopleHeight = 60;
        const QString out = newFolder();
        VERIFY_OK(runDetect(requestFor(m_video, out, script), {}, kNeverCancel));
        QCOMPARE(summaryOf(out)["model"].toObject()["input"].toArray(), (QJsonArray{160, 96}));
        QCOMPARE(summaryOf(out)["insertions"].toArray().size(), 1);
        // Nobody is in the last frames.
        DetectRequest request = requestFor(m_video, newFolder(), script);
        request.range = FrameRange{102, kFrames - 1};
        VERIFY_OK(runDetect(request, {}, kNeverCancel));
        QCOMPARE(summaryOf(QString::fromStdString(request.outDir.string()))["model"]
                     .toObject()["input"]
                     .toArray(),
                 (QJsonArray{64, 32}));
    }

    void aCancelWhileTheInputIsFittedLeavesNothing() {
        std::atomic<bool> cancel{false};
        Script script;
        script.peopleHeight = 60;
        int looks = 0;
        script.atFrame = [&](FrameIndex) { cancel = ++looks == 3; };
        const QString out = newFolder();
        const auto result = runDetect(requestFor(m_video, out, script), {}, cancel);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, ErrorKind::Cancelled);
        QCOMPARE(looks, 3);
        QVERIFY(entries(out).isEmpty());
    }

    void filesAreCompleteAndWellFormed() {
        const QString out = newFolder();
        const auto result = runDetect(requestFor(m_video, out), {}, kNeverCancel);
        VERIFY_OK(result);
        for (const auto* name :
             {"summary.json", "insertions.csv", "paths.csv", "violations.csv", "tracks.csv",
              "points.txt", "heatmap.png", "result.mp4", "tracks.bin"}) {
            QVERIFY2(QFile::exists(out + "/" + name), name);
        }
        QVERIFY(!entries(out).contains(".partial"));

        const QJsonObject summary = summaryOf(out);
        QCOMPARE(summary["schema"].toString(), QString("cvd-mis/result/1"));
        const QJsonObject video = summary["video"].toObject();
        QCOMPARE(video["file"].toString(), QString("pour.mp4"));
        QCOMPARE(video["frames"].toInt(), kFrames);
        QCOMPARE(video["width"].toInt(), kWidth);
        QCOMPARE(video["fps"].toDouble(), 25.0);
        QCOMPARE(video["sha256"].toString().toStdString(), *sha256OfFile(pathOf(m_video)));
        QCOMPARE(summary["model"].toObject()["name"].toString(), QString("fake"));
        QCOMPARE(summary["model"].toObject()["input"].toArray(), (QJsonArray{640, 384}));
        QCOMPARE(summary["device"].toString(), QString("fake"));
        QCOMPARE(summary["profile"].toString(), QString("gb50666"));
        QVERIFY(!summary["calibrated"].toBool());
        QVERIFY(summary["timing"].toObject()["frames_per_s"].toDouble() > 0);
        QVERIFY(summary["coverage"].isNull());
        const QJsonArray insertions = summary["insertions"].toArray();
        QCOMPARE(insertions.size(), 1);
        const QJsonObject insertion = insertions[0].toObject();
        QVERIFY(std::abs(insertion["start_s"].toDouble() - 15 / 25.0) < 0.25);
        QVERIFY(std::abs(insertion["end_s"].toDouble() - 86 / 25.0) < 0.25);

        const QList<QByteArray> rows = bytesOf(out + "/tracks.csv").trimmed().split('\n');
        QVERIFY(
            rows[0].trimmed().startsWith("frame,time_s,track,class,score,x,y,w,h,low_x,low_y,"
                                         "top_x,top_y,immersed"));
        int pokers = 0;
        for (qsizetype i = 1; i < rows.size(); ++i) {
            const auto cells = rows[i].trimmed().split(',');
            QVERIFY(cells.size() >= 14);
            QVERIFY(std::abs(cells[1].toDouble() - cells[0].toInt() / 25.0) < 0.001);
            if (cells[3] == "vibrator" && cells[4].toDouble() > 0) {
                ++pokers;
                QVERIFY(!cells[9].isEmpty());
            } else if (cells[3] == "person") {
                QVERIFY(cells[9].isEmpty() && cells[13].isEmpty());
            }
        }
        QCOMPARE(pokers, 96);

        media::Frame frame;
        auto reader = media::VideoReader::open(pathOf(out + "/result.mp4"));
        VERIFY_OK(reader);
        QCOMPARE((*reader)->frameCount(), FrameIndex(kFrames));
        QCOMPARE((*reader)->info().width, kWidth);
        QCOMPARE((*reader)->info().fps, 25.0);
        QCOMPARE(cv::imread((out + "/heatmap.png").toStdString()).empty(), false);
    }

    // The original stopped on the first frame without a detection and repeated the last point.
    void framesWithoutDetectionNeitherStopNorRepeat() {
        Script script;
        script.hiddenFrom = 35;
        script.hiddenTo = 74;  // far longer than a tracker bridges
        const QString out = newFolder();
        const auto result = runDetect(requestFor(m_video, out, script), {}, kNeverCancel);
        VERIFY_OK(result);
        QCOMPARE(result->summary.lastFrame, FrameIndex(kFrames - 1));
        const QList<QByteArray> lines = bytesOf(out + "/points.txt").trimmed().split('\n');
        static const QRegularExpression kPoint("^\\[-?\\d+(\\.\\d+)?, ?-?\\d+(\\.\\d+)?\\]$");
        for (const auto& line : lines) {
            QVERIFY2(kPoint.match(line.trimmed()).hasMatch(), line.constData());
        }
        // 71 frames immersed, of which 40 are hidden; a tracker may bridge 0.4 s.
        QVERIFY2(lines.size() >= 25 && lines.size() <= 31 + 12,
                 qPrintable(QString::number(lines.size())));
    }

    void nothingInView() {
        Script script;
        script.seenFrom = 1000;
        const QString out = newFolder();
        const auto result = runDetect(requestFor(m_video, out, script), {}, kNeverCancel);
        VERIFY_OK(result);
        QVERIFY(result->judgement.insertions.empty());
        QVERIFY(bytesOf(out + "/points.txt").trimmed().isEmpty());
        QCOMPARE(bytesOf(out + "/tracks.csv").trimmed().count('\n'), 0);
        QVERIFY(QFile::exists(out + "/summary.json"));
    }

    void sameResultEveryTime() {
        const QString first = newFolder(), second = newFolder(), batched = newFolder();
        VERIFY_OK(runDetect(requestFor(m_video, first), {}, kNeverCancel));
        Script slow;
        slow.atFrame = [](FrameIndex i) {
            for (FrameIndex k = 0; k < i * 37 % 400; ++k) {
                std::this_thread::yield();
            }
        };
        VERIFY_OK(runDetect(requestFor(m_video, second, slow), {}, kNeverCancel));
        Script four;
        four.batch = 7;
        VERIFY_OK(runDetect(requestFor(m_video, batched, four), {}, kNeverCancel));
        for (const auto* name : {"/tracks.csv", "/tracks.bin", "/insertions.csv", "/violations.csv",
                                 "/points.txt", "/heatmap.png", "/result.mp4"}) {
            QVERIFY(!bytesOf(first + name).isEmpty());
            QVERIFY2(bytesOf(first + name) == bytesOf(second + name), name);
            QVERIFY2(bytesOf(first + name) == bytesOf(batched + name), name);
        }
    }

    // What a model calls 0.3 is a sighting if it says so, and none if its threshold is higher.
    void modelsHaveScalesOfTheirOwn() {
        const auto found = [&](float score, float threshold) {
            Script script;
            script.score = score;
            script.threshold = threshold;
            auto request = requestFor(m_video, newFolder(), script);
            request.writeVideo = false;
            const auto result = runDetect(request, {}, kNeverCancel);
            return result.ok() ? static_cast<int>(result->judgement.insertions.size()) : -1;
        };
        QCOMPARE(found(0.3F, 0.2F), 1);
        QCOMPARE(found(0.3F, 0.45F), 0);
        QCOMPARE(found(0.8F, 0.7F), 1);
        QCOMPARE(found(0.6F, 0.7F), 0);
    }

    void rangeOfFrames() {
        const QString out = newFolder();
        auto request = requestFor(m_video, out);
        request.range = FrameRange{30, 59};
        request.writeVideo = false;
        const auto result = runDetect(request, {}, kNeverCancel);
        VERIFY_OK(result);
        QCOMPARE(result->summary.firstFrame, FrameIndex(30));
        QCOMPARE(result->summary.lastFrame, FrameIndex(59));
        QVERIFY(!QFile::exists(out + "/result.mp4"));
        const QList<QByteArray> rows = bytesOf(out + "/tracks.csv").trimmed().split('\n');
        QCOMPARE(rows[1].split(',')[0].toInt(), 30);
        QCOMPARE(rows.last().split(',')[0].toInt(), 59);

        for (const auto bad : {FrameRange{100, 120}, FrameRange{50, 40}, FrameRange{-1, 5}}) {
            request.range = bad;
            request.outDir = pathOf(newFolder());
            const auto refused = runDetect(request, {}, kNeverCancel);
            QVERIFY(!refused.ok());
            QCOMPARE(refused.error().kind, ErrorKind::Usage);
            QVERIFY(!std::filesystem::exists(request.outDir));
        }
    }

    void cancelLeavesNothing() {
        const QString out = newFolder();
        std::atomic<bool> cancel{false};
        QElapsedTimer sinceCancel;
        Script script;
        script.atFrame = [&](FrameIndex i) {
            if (i == 40) {
                sinceCancel.start();
                cancel = true;
            }
        };
        const auto result = runDetect(requestFor(m_video, out, script), {}, cancel);
        QVERIFY(sinceCancel.elapsed() < 500);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, ErrorKind::Cancelled);
        QVERIFY(!QFile::exists(out));
    }

    void cancelKeepsAnEarlierResult() {
        const QString out = newFolder();
        VERIFY_OK(runDetect(requestFor(m_video, out), {}, kNeverCancel));
        const QByteArray before = bytesOf(out + "/summary.json");
        const QStringList filesBefore = entries(out);
        std::atomic<bool> cancel{false};
        Script script;
        script.seenFrom = 50;
        script.atFrame = [&](FrameIndex i) { cancel = i >= 40; };
        QVERIFY(!runDetect(requestFor(m_video, out, script), {}, cancel).ok());
        QCOMPARE(bytesOf(out + "/summary.json"), before);
        QCOMPARE(entries(out), filesBefore);
    }

    void aPauseStopsReadingAndChangesNoResult() {
        const QString plain = newFolder(), out = newFolder();
        VERIFY_OK(runDetect(requestFor(m_video, plain), {}, kNeverCancel));
        std::atomic<bool> pause{false};
        std::atomic<FrameIndex> newest{0};
        Script script;
        script.atFrame = [&](FrameIndex i) {
            newest = i;
            if (i == 20) {
                pause = true;
            }
        };
        FrameIndex doneBefore = -1, seenWhenStill = -1;
        int still = 0;
        const auto watch = [&](const Progress& progress) {
            if (!pause || seenWhenStill >= 0) {
                return;
            }
            still = progress.done == doneBefore ? still + 1 : 0;
            doneBefore = progress.done;
            if (still == 5) {  // half a second without a frame
                seenWhenStill = newest;
                pause = false;
            }
        };
        DetectRequest request = requestFor(m_video, out, script);
        request.pause = &pause;
        const auto result = runDetect(request, watch, kNeverCancel);
        QVERIFY2(result.ok(), result.ok() ? "" : result.error().message().c_str());
        QVERIFY2(seenWhenStill >= 20, "it never stood still");
        QVERIFY2(seenWhenStill < 60,
                 qPrintable(QString::number(seenWhenStill)));  // what was under way, and no more
        for (const char* file : {"/tracks.csv", "/insertions.csv"}) {
            QVERIFY2(bytesOf(out + file) == bytesOf(plain + file), file);
        }
        // Half a second of 100 frames would show.
        QVERIFY(result->summary.timing.wallS > 0.5);
        const double frames = double(result->summary.lastFrame - result->summary.firstFrame + 1);
        QVERIFY(frames / result->summary.timing.framesPerS < result->summary.timing.wallS - 0.4);
    }

    void aPausedRunHearsACancel() {
        const QString out = newFolder();
        std::atomic<bool> pause{false}, cancel{false};
        Script script;
        script.atFrame = [&](FrameIndex i) {
            if (i == 20) {
                pause = true;
            }
        };
        QElapsedTimer sinceCancel;
        const auto watch = [&](const Progress&) {
            if (pause && !cancel) {
                sinceCancel.start();
                cancel = true;
            }
        };
        DetectRequest request = requestFor(m_video, out, script);
        request.pause = &pause;
        const auto result = runDetect(request, watch, cancel);
        QVERIFY(sinceCancel.isValid() && sinceCancel.elapsed() < 500);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, ErrorKind::Cancelled);
        QVERIFY(!QFile::exists(out));
    }

    void cancelDoesNotWaitForTheModel() {
        const QString out = newFolder();
        std::atomic<bool> cancel{false};
        std::binary_semaphore loading{0}, release{0};
        auto request = requestFor(m_video, out);
        const auto inner = request.detectorFactory;
        request.detectorFactory = [&](const auto& model, const auto& options) {
            loading.release();
            release.acquire();
            return inner(model, options);
        };
        QElapsedTimer sinceCancel;
        std::thread user([&] {
            loading.acquire();
            sinceCancel.start();
            cancel = true;
        });
        const auto result = runDetect(request, {}, cancel);
        const qint64 took = sinceCancel.elapsed();
        user.join();
        release.release();
        waitForBackgroundLoading();
        QVERIFY(took < 500);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, ErrorKind::Cancelled);
        QVERIFY(!QFile::exists(out));
    }

    void newResultReplacesTheOldOne() {
        const QString out = newFolder();
        VERIFY_OK(runDetect(requestFor(m_video, out), {}, kNeverCancel));
        Script script;
        script.seenFrom = 1000;
        auto request = requestFor(m_video, out, script);
        request.writeVideo = false;
        VERIFY_OK(runDetect(request, {}, kNeverCancel));
        QVERIFY(summaryOf(out)["insertions"].toArray().isEmpty());
        QVERIFY2(!QFile::exists(out + "/result.mp4"), "the old run's video would show another run");
    }

    void errorsNameTheFrame() {
        Script script;
        script.failAt = 42;
        const QString out = newFolder();
        const auto failed = runDetect(requestFor(m_video, out, script), {}, kNeverCancel);
        QVERIFY(!failed.ok());
        QCOMPARE(failed.error().kind, ErrorKind::Environment);
        QVERIFY(failed.error().message().find("frame 42") != std::string::npos);
        QVERIFY(failed.error().detail.find("The device went away.") != std::string::npos);
        QVERIFY(!QFile::exists(out));

        Script throwing;
        throwing.throwAt = 10;
        const auto thrown = runDetect(requestFor(m_video, out, throwing), {}, kNeverCancel);
        QVERIFY(!thrown.ok());
        QCOMPARE(thrown.error().detail, std::string("unexpected"));
        QVERIFY(!QFile::exists(out));
    }

    void detectorThatDoesNotLoad() {
        const QString out = newFolder();
        auto request = requestFor(m_video, out);
        request.detectorFactory = [](const auto&,
                                     const auto&) -> Result<std::unique_ptr<inference::Detector>> {
            return fail(ErrorKind::BadInput, "No such model.");
        };
        const auto result = runDetect(request, {}, kNeverCancel);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, ErrorKind::BadInput);
        QVERIFY(!QFile::exists(out));
    }

    void badInputs() {
        const QString out = newFolder();
        const auto kindOf = [&](const DetectRequest& request) {
            const auto result = runDetect(request, {}, kNeverCancel);
            return result.ok() ? 0 : static_cast<int>(result.error().kind);
        };
        QCOMPARE(kindOf(requestFor(file("none.mp4"), out)), 3);
        auto profile = requestFor(m_video, out);
        profile.profile = "no-such-profile";
        QCOMPARE(kindOf(profile), 3);
        QFile broken(file("broken.json"));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("{\"schema\": \"cvd-mis/calibration/1\", \"image_points\": [[1,2]]");
        broken.close();
        auto calibration = requestFor(m_video, out);
        calibration.calibrationFile = pathOf(broken.fileName());
        QCOMPARE(kindOf(calibration), 3);
        QVERIFY(!QFile::exists(out));

        QCOMPARE(kindOf(requestFor(m_video, m_video)), 4);           // a file
        QCOMPARE(kindOf(requestFor(m_video, m_video + "/out")), 4);  // below a file
        QCOMPARE(kindOf(requestFor(m_video, "/proc/out")), 4);
    }

    void theVideoIsNotOverwritten() {
        const QString out = newFolder();
        QVERIFY(QDir().mkpath(out));
        QVERIFY(QFile::copy(m_video, out + "/result.mp4"));
        const auto result = runDetect(requestFor(out + "/result.mp4", out), {}, kNeverCancel);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, ErrorKind::Usage);
        QCOMPARE(bytesOf(out + "/result.mp4"), bytesOf(m_video));
    }

    void progressIsMonotonicAndNotTooOften() {
        Script script;
        script.atFrame = [](FrameIndex) { QTest::qSleep(4); };  // half a second in all
        std::vector<Progress> told;
        std::vector<qint64> timesMs;
        QElapsedTimer clock;
        clock.start();
        const auto result = runDetect(
            requestFor(m_video, newFolder(), script),
            [&](const Progress& progress) {
                told.push_back(progress);
                timesMs.push_back(clock.elapsed());
            },
            kNeverCancel);
        VERIFY_OK(result);
        QVERIFY(told.size() >= 3);
        for (size_t i = 1; i < told.size(); ++i) {
            QVERIFY(told[i].done >= told[i - 1].done);
            QVERIFY(told[i].stage >= told[i - 1].stage);
            QVERIFY(timesMs[i] - timesMs[i - 1] >= 99);
        }
        QCOMPARE(told.back().total, FrameIndex(kFrames));
        QCOMPARE(told.back().device, std::string("fake"));
        QVERIFY(told.back().framesPerS > 0);
    }

    void killedRunLeavesOnlyPartialAndTheNextOneSucceeds() {
        const QString out = newFolder();
        QProcess child;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(kChildFolder, out);
        environment.insert("CVD_TEST_CHILD_VIDEO", m_video);
        child.setProcessEnvironment(environment);
        child.start(QCoreApplication::applicationFilePath(), QStringList());
        QVERIFY(child.waitForStarted());
        while (!child.readAllStandardOutput().contains("detecting")) {
            QVERIFY(child.waitForReadyRead(20000));
        }
        // While it lives nobody else may write there.
        const auto second = runDetect(requestFor(m_video, out), {}, kNeverCancel);
        QVERIFY(!second.ok());
        QCOMPARE(second.error().kind, ErrorKind::Environment);
        child.kill();
        QVERIFY(child.waitForFinished());

        QCOMPARE(entries(out), QStringList{".partial"});
        QVERIFY(!entries(out + "/.partial").isEmpty());
        VERIFY_OK(runDetect(requestFor(m_video, out), {}, kNeverCancel));
        QVERIFY(!entries(out).contains(".partial"));
        QVERIFY(QFile::exists(out + "/summary.json"));
    }

    void damagedFramesAreWarnings() {
        QVERIFY(QProcess::execute("ffmpeg", {"-nostdin", "-v", "error", "-y", "-i", m_video, "-c:v",
                                             "mjpeg", "-q:v", "3", file("damaged.avi")}) == 0);
        QFile avi(file("damaged.avi"));
        QVERIFY(avi.open(QIODevice::ReadWrite));
        QByteArray bytes = avi.readAll();
        qsizetype at = bytes.indexOf("movi");
        for (int i = 0; i <= 60; ++i) {
            at = bytes.indexOf("00dc", at + 4);
        }
        for (int i = 8; i < 700; ++i) {
            bytes[at + i] = 0;
        }
        avi.seek(0);
        avi.write(bytes);
        avi.close();
        const QString out = newFolder();
        const auto result = runDetect(requestFor(file("damaged.avi"), out), {}, kNeverCancel);
        VERIFY_OK(result);
        QCOMPARE(result->summary.lastFrame, FrameIndex(kFrames - 1));
        const QJsonArray warnings = summaryOf(out)["warnings"].toArray();
        QVERIFY(!warnings.isEmpty());
        QVERIFY(warnings[0].toString().contains("frame 60"));
    }

    void judgingAgainNeedsNoVideo() {
        const QString video = file("gone.mp4");
        QVERIFY(QFile::copy(m_video, video));
        const QString out = newFolder();
        VERIFY_OK(runDetect(requestFor(video, out), {}, kNeverCancel));
        QVERIFY(QFile::remove(video));
        const QByteArray insertions = bytesOf(out + "/insertions.csv");
        const QByteArray movie = bytesOf(out + "/result.mp4");
        const QByteArray heat = bytesOf(out + "/heatmap.png");

        const auto same = rejudge(pathOf(out));
        VERIFY_OK(same);
        QCOMPARE(summaryOf(out)["profile"].toString(), QString("gb50666"));
        QCOMPARE(bytesOf(out + "/insertions.csv"), insertions);
        QCOMPARE(bytesOf(out + "/heatmap.png"), heat);

        QFile calibration(file("calibration.json"));
        QVERIFY(calibration.open(QIODevice::WriteOnly));
        calibration.write(R"({"schema": "cvd-mis/calibration/1",
            "image_points": [[10,20],[230,20],[230,150],[10,150]],
            "plane_points_m": [[0,0],[4,0],[4,3],[0,3]],
            "pour_region_m": [[0,0],[4,0],[4,3],[0,3]]})");
        calibration.close();
        const auto other = rejudge(pathOf(out), "aci309r", pathOf(calibration.fileName()));
        VERIFY_OK(other);
        QCOMPARE(summaryOf(out)["profile"].toString(), QString("aci309r"));
        QVERIFY(summaryOf(out)["calibrated"].toBool());
        QVERIFY(summaryOf(out)["coverage"].isObject());
        QCOMPARE(summaryOf(out)["model"].toObject()["name"].toString(), QString("fake"));
        QCOMPARE(bytesOf(out + "/result.mp4"), movie);
        QVERIFY(!entries(out).contains(".partial"));

        // It stays judged that way.
        VERIFY_OK(rejudge(pathOf(out)));
        QCOMPARE(summaryOf(out)["profile"].toString(), QString("aci309r"));
        QVERIFY(summaryOf(out)["calibrated"].toBool());

        const QList<QByteArray> paths = bytesOf(out + "/paths.csv").split('\n');
        QCOMPARE(paths.first(),
                 QByteArray("insertion,frame,time_s,x_px,y_px,x_m,y_m,speed_mm_s,visible_share"));
        QVERIFY(paths.size() > 10);
        QCOMPARE(paths[1].split(',').size(), 9);
        // So do the settings; a score that no sighting reaches finds nothing.
        QVERIFY(!summaryOf(out)["insertions"].toArray().isEmpty());
        VERIFY_OK(rejudge(pathOf(out), {}, {}, compliance::JudgeSettings{0.95, false, 0.1}));
        VERIFY_OK(rejudge(pathOf(out)));
        QVERIFY(summaryOf(out)["insertions"].toArray().isEmpty());
        const QJsonObject judging = summaryOf(out)["judging"].toObject();
        QCOMPARE(judging["min_score"].toDouble(), 0.95);
        QVERIFY(!judging["lift_finished"].toBool(true));
        QCOMPARE(summaryOf(out)["coverage"].toObject()["cell_m"].toDouble(), 0.1);
        QVERIFY(!rejudge(pathOf(out), {}, {}, compliance::JudgeSettings{2, true, 0.02}).ok());
        VERIFY_OK(rejudge(pathOf(out), {}, {}, compliance::JudgeSettings{}));
        QVERIFY(!summaryOf(out)["insertions"].toArray().isEmpty());

        const QByteArray before = bytesOf(out + "/summary.json");
        QVERIFY(!rejudge(pathOf(out), "no-such-profile").ok());
        QCOMPARE(bytesOf(out + "/summary.json"), before);
        const auto nothing = rejudge(pathOf(file("no-result")));
        QVERIFY(!nothing.ok());
        QCOMPARE(nothing.error().kind, ErrorKind::BadInput);
    }

    void weakDetectionsGoFirstWhenThereAreTooMany() {
        std::vector<TrackPoint> points(100);
        for (size_t i = 0; i < points.size(); ++i) {
            points[i].score = i < 60 ? 0.1F : 0.9F;
            points[i].track = i % 10 == 0 ? TrackId{1} : TrackId{};
        }
        QCOMPARE(thinOut(points, 100), size_t(0));
        QCOMPARE(thinOut(points, 50), size_t(54));
        QCOMPARE(points.size(), size_t(46));
        QCOMPARE(thinOut(points, 20), size_t(36));
        QCOMPARE(points.size(), size_t(10));  // what belongs to tracks stays
    }

    void queueIsBoundedAndEnds() {
        BoundedQueue<int> queue(3);
        std::atomic<int> pushed{0};
        std::thread producer([&] {
            for (int i = 0; i < 1000 && queue.push(i); ++i) {
                ++pushed;
            }
            queue.close();
        });
        int expected = 0;
        while (const auto value = queue.pop()) {
            QCOMPARE(*value, expected++);
            QVERIFY(pushed - expected <= 4);
        }
        producer.join();
        QCOMPARE(expected, 1000);

        BoundedQueue<int> full(1);
        QVERIFY(full.push(1));
        std::atomic<bool> taken{true};
        std::thread blocked([&] { taken = full.push(2); });
        full.cancel();
        blocked.join();
        QVERIFY(!taken);
        QVERIFY(!full.pop().has_value());
    }
};

// Run as a child it detects until it is killed.
static int runChild() {
    Script script;
    script.atFrame = [](FrameIndex i) {
        if (i == 30) {
            std::puts("detecting");
            std::fflush(stdout);
            std::binary_semaphore never{0};
            never.acquire();
        }
    };
    const auto result = runDetect(requestFor(qEnvironmentVariable("CVD_TEST_CHILD_VIDEO"),
                                             qEnvironmentVariable(kChildFolder), script),
                                  {}, kNeverCancel);
    return result.ok() ? 0 : 1;
}

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    if (qEnvironmentVariableIsSet(kChildFolder)) {
        return runChild();
    }
    TestPipeline test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_pipeline.moc"
