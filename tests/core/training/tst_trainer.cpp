// A short training of a tiny network on pictures drawn here: it learns, goes on where it stopped,
// and what it exports is what the detector loads.
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <thread>

#include <sys/resource.h>

#include <QTemporaryDir>
#include <QTest>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/training/curves.h"
#include "core/training/number_options.h"
#include "core/training/sample_sheet.h"
#include "core/training/trainer.h"

using namespace cvd;
using namespace cvd::training;
namespace fs = std::filesystem;

namespace {

// A light bar on a dark ground.
class BarSource final : public SampleSource {
public:
    std::string name() const override { return "bars"; }
    std::uint64_t size() const override { return 40; }
    Result<LabelledPicture> sample(std::uint64_t index) const override {
        std::mt19937_64 random(index);
        const auto between = [&](int low, int high) {
            return std::uniform_int_distribution<int>(low, high)(random);
        };
        LabelledPicture p;
        p.bgr = cv::Mat(96, 160, CV_8UC3, cv::Scalar::all(between(20, 60)));
        const cv::Point low(between(20, 140), between(60, 90));
        const cv::Point top(low.x + between(-15, 15), low.y - between(30, 50));
        cv::line(p.bgr, low, top, cv::Scalar::all(220), 5);
        Detection d;
        d.cls = ObjectClass::Vibrator;
        d.score = 1;
        d.box = {std::min(low.x, top.x) - 3.0, top.y - 3.0, std::abs(top.x - low.x) + 6.0,
                 low.y - top.y + 6.0};
        d.poker =
            PokerPoints{{double(low.x), double(low.y)}, {double(top.x), double(top.y)}, 1, 1, 1};
        p.truth = {d};
        p.name = std::to_string(index);
        return p;
    }
};

class BrokenSource final : public SampleSource {
public:
    std::string name() const override { return "broken"; }
    std::uint64_t size() const override { return 5; }
    Result<LabelledPicture> sample(std::uint64_t) const override {
        return fail(ErrorKind::BadInput, "This picture cannot be read.");
    }
};

// Every fifth file is broken.
class HoleySource final : public SampleSource {
public:
    std::string name() const override { return "holey"; }
    std::uint64_t size() const override { return 40; }
    Result<LabelledPicture> sample(std::uint64_t index) const override {
        if (index % 5 == 0) {
            return fail(ErrorKind::BadInput, "Picture %1 cannot be read.", {std::to_string(index)});
        }
        return BarSource().sample(index);
    }
};

// Finds nothing.
class BlindDetector final : public inference::Detector {
public:
    Result<std::vector<std::vector<Detection>>> detect(
        std::span<const cv::Mat> bgrFrames) override {
        return std::vector<std::vector<Detection>>(bgrFrames.size());
    }
    const inference::ModelManifest& manifest() const override { return m_manifest; }
    std::string deviceName() const override { return "cpu"; }

private:
    inference::ModelManifest m_manifest;
};

// While it lives no file can grow beyond so many bytes: what a full disk does.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        rlimit small = m_before;
        small.rlim_cur = bytes;
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit m_before{};
};

std::string contents(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

class TrainerTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

    TrainOptions tiny(const char* folder) const {
        TrainOptions o;
        o.workDir = fs::path(m_dir.path().toStdString()) / folder;
        o.minutes = 5;
        o.maxSteps = 60;
        o.learningRate = 5e-3;
        o.batch = 4;
        o.network.stem = 8;
        o.network.width4 = o.network.width8 = o.network.width16 = o.network.width32 = 16;
        o.network.neck = 16;
        o.network.blocks4 = o.network.blocks8 = o.network.blocks16 = o.network.blocks32 = 1;
        o.network.headConvs = 1;
        o.augment.width = 128;
        o.augment.height = 96;
        o.augment.normalWidth = 160;
        o.augment.colour = false;
        o.device = "cpu";
        o.sources = {std::make_shared<BarSource>()};
        return o;
    }

private Q_SLOTS:
    void learnsResumesAndExports() {
        TrainOptions o = tiny("run");
        int lines = 0;
        const auto first = runTraining(o, [&](const TrainProgress&) { ++lines; });
        QVERIFY2(first.ok(), first.ok() ? "" : first.error().message().c_str());
        QCOMPARE(first->steps, std::int64_t{60});
        QVERIFY(first->lastLoss < 0.75 * first->firstLoss);
        QVERIFY(lines > 0);
        QVERIFY(fs::exists(o.workDir / "log.csv"));

        o.resume = true;
        o.maxSteps = 10;
        const auto second = runTraining(o);
        QVERIFY2(second.ok(), second.ok() ? "" : second.error().message().c_str());
        QCOMPARE(second->steps, std::int64_t{70});
        // A fresh network would start where the first run did.
        QVERIFY(second->firstLoss < 0.8 * first->firstLoss);

        ExportOptions e;
        e.inputWidth = 160;
        e.inputHeight = 96;
        e.name = "tiny";
        const fs::path out = fs::path(m_dir.path().toStdString()) / "export";
        const auto manifest = exportModel(second->checkpoint, out, e);
        QVERIFY2(manifest.ok(), manifest.ok() ? "" : manifest.error().message().c_str());
        QVERIFY(!fs::exists(out / "tiny.ts.partial"));
        inference::DetectorOptions options;
        options.device = "cpu";
        options.minScore = 0.001f;
        const auto detector = inference::loadDetector(*manifest, options);
        QVERIFY2(detector.ok(), detector.ok() ? "" : detector.error().message().c_str());
        // Twice the same export, the same answers (its own outputs are compared inside
        // exportModel).
        const auto again = exportModel(second->checkpoint, out, e);
        QVERIFY(again.ok());
        const auto other = inference::loadDetector(*again, options);
        QVERIFY(other.ok());
        const cv::Mat picture = BarSource().sample(3).value().bgr;
        const auto a = (*detector)->detect({&picture, 1}), b = (*other)->detect({&picture, 1});
        QVERIFY(a.ok() && b.ok());
        QCOMPARE(a->front().size(), b->front().size());
        for (size_t i = 0; i < a->front().size(); ++i) {
            QCOMPARE(a->front()[i].score, b->front()[i].score);
            QCOMPARE(a->front()[i].box, b->front()[i].box);
        }
    }

    // With the checkpoint and the model of the test before.
    void aFullDiskEndsTheRunAndKeepsTheLastCheckpoint() {
        TrainOptions o = tiny("run");
        o.resume = true;
        o.maxSteps = 2;
        const fs::path checkpoint = o.workDir / "checkpoint.pt",
                       out = fs::path(m_dir.path().toStdString()) / "export";
        const std::string before = contents(checkpoint), model = contents(out / "tiny.ts"),
                          manifest = contents(out / "tiny.json");
        QVERIFY(!before.empty() && !model.empty() && !manifest.empty());
        ExportOptions e;
        e.inputWidth = 160;
        e.inputHeight = 96;
        e.name = "tiny";
        e.version = "other";
        {
            const FullDisk full(4000);
            const auto report = runTraining(o);
            QVERIFY(!report.ok());
            QCOMPARE(report.error().kind, ErrorKind::Environment);
            const auto exported = exportModel(checkpoint, out, e);
            QVERIFY(!exported.ok());
            QCOMPARE(exported.error().kind, ErrorKind::Environment);
        }
        QVERIFY(contents(checkpoint) == before);
        QVERIFY(contents(out / "tiny.ts") == model);
        QCOMPARE(contents(out / "tiny.json"), manifest);
        for (const fs::path& folder : {o.workDir, out}) {
            for (const auto& entry : fs::directory_iterator(folder)) {
                QVERIFY(entry.path().extension() != ".partial");
            }
        }
    }

    void modelsThatNothingLoadsAreNotExported() {
        const fs::path checkpoint = tiny("run").workDir / "checkpoint.pt",
                       out = fs::path(m_dir.path().toStdString()) / "export";
        const std::string manifest = contents(out / "tiny.json");
        ExportOptions sound;
        sound.name = "tiny";
        sound.inputWidth = 160;
        sound.inputHeight = 96;
        std::vector<ExportOptions> wrong(5, sound);
        wrong[0].defaultThreshold[1] = 1.5f;
        wrong[1].defaultThreshold[2] = std::nanf("");
        wrong[2].peopleHeight = 5;
        wrong[3].inputWidth = 8192;
        wrong[4].inputHeight = 100;
        for (const ExportOptions& options : wrong) {
            const auto exported = exportModel(checkpoint, out, options);
            QVERIFY(!exported.ok());
            QCOMPARE(exported.error().kind, ErrorKind::Usage);
            QCOMPARE(contents(out / "tiny.json"), manifest);
        }
    }

    void theLogBecomesAPicture() {
        QTemporaryDir dir;
        const fs::path log = dir.filePath("log.csv").toStdString(),
                       png = dir.filePath("curves.png").toStdString();
        QCOMPARE(writeCurves(log, png).error().kind, ErrorKind::BadInput);
        std::ofstream(log) << "step,minutes,loss,pour_poker_ap50\n10,1,5.5,\n20,2,3.25,0.5\n";
        QVERIFY(writeCurves(log, png).ok());
        const cv::Mat two = cv::imread(png.string());
        std::ofstream(log, std::ios::app) << "30,3,2.5,0.9\n";
        QVERIFY(writeCurves(log, png).ok());
        const cv::Mat three = cv::imread(png.string());
        QVERIFY(!two.empty() && two.size() == three.size());
        QVERIFY(cv::norm(two, three, cv::NORM_L1) > 0);
        QCOMPARE(writeCurves(log, dir.filePath("none/curves.png").toStdString()).error().kind,
                 ErrorKind::Environment);
    }

    void cancellingKeepsACheckpoint() {
        TrainOptions o = tiny("cancelled");
        std::atomic<bool> cancelled = true;
        o.maxSteps = 100000;
        const auto report = runTraining(o, {}, &cancelled);
        // Either it stopped while it waited for pictures, or after no step.
        QVERIFY(!report.ok() ? report.error().kind == ErrorKind::Cancelled : report->steps == 0);
    }

    void cancellingInTheMiddleSaysSo() {
        TrainOptions o = tiny("stopped");
        std::atomic<bool> cancelled = false;
        o.maxSteps = 100000;
        o.validateMinutes = 1e-6;  // a checkpoint each step
        std::thread watcher([&] {
            for (int i = 0; i < 600 && !fs::exists(o.workDir / "checkpoint.pt"); ++i) {
                std::this_thread::sleep_for(std::chrono::milliseconds(100));
            }
            cancelled = true;
        });
        const auto report = runTraining(o, {}, &cancelled);
        watcher.join();
        QVERIFY2(report.ok(), report.ok() ? "" : report.error().message().c_str());
        QVERIFY(report->cancelled && report->steps > 0 && report->steps < 100000);
        o.resume = true;
        o.validateMinutes = 0;
        o.minutes = 0;
        o.maxSteps = 2;
        const auto more = runTraining(o);
        QVERIFY(more.ok() && !more->cancelled);
        QCOMPARE(more->steps, report->steps + 2);
    }

    void aTrainingIsNotOverwritten() {
        TrainOptions o = tiny("mine");
        fs::create_directories(o.workDir);
        std::ofstream(o.workDir / "checkpoint.pt") << "weeks of work";
        const auto report = runTraining(o);
        QVERIFY(!report.ok());
        QCOMPARE(report.error().kind, ErrorKind::Usage);
        QVERIFY(report.error().message().find("--resume") != std::string::npos);
        QCOMPARE(contents(o.workDir / "checkpoint.pt"), std::string("weeks of work"));
    }

    void optionsWithoutSenseAreRefused() {
        TrainOptions endless = tiny("options"), never = endless, empty = endless;
        endless.minutes = endless.maxSteps = 0;
        never.minutes = std::nan("");
        empty.poolPictures = 0;
        for (const TrainOptions& o : {endless, never, empty}) {
            const auto report = runTraining(o);
            QVERIFY(!report.ok());
            QCOMPARE(report.error().kind, ErrorKind::Usage);
        }
        for (const auto& [name, text] : {std::pair{"minutes", "0"},
                                         {"minutes", "nan"},
                                         {"steps", "-1"},
                                         {"steps", "2.5"},
                                         {"pool", "0"},
                                         {"pool", ""},
                                         {"count", "nan"},
                                         {"count", "5x"},
                                         {"seed", "inf"},
                                         {"pour-share", "1.1"},
                                         {"input-width", "8192"}}) {
            const Status checked = checkNumberOption(name, text);
            QVERIFY2(!checked.ok() && checked.error().kind == ErrorKind::Usage, text);
        }
        QVERIFY(checkNumberOption("pool", "1").ok() && checkNumberOption("rate", "4e-4").ok());
        QVERIFY(checkNumberOption("minutes", "0.5").ok() && checkNumberOption("work", "0x").ok());
    }

    // Each source gets less than one picture of such a pool.
    void aPoolOfOnePictureTrains() {
        TrainOptions o = tiny("small-pool");
        o.sources = {std::make_shared<BarSource>(), std::make_shared<BarSource>(),
                     std::make_shared<HoleySource>()};
        o.poolPictures = 1;
        o.minutes = 0;
        o.maxSteps = 3;
        const auto report = runTraining(o);
        QVERIFY2(report.ok(), report.ok() ? "" : report.error().message().c_str());
        QCOMPARE(report->steps, std::int64_t{3});
    }

    void missingPicturesAreSaid() {
        TrainOptions o = tiny("no-data");
        o.sources.clear();
        o.dataDir = o.workDir / "nosuch";
        auto report = runTraining(o);
        QVERIFY(!report.ok());
        QCOMPARE(report.error().kind, ErrorKind::BadInput);
        o.dataDir = o.workDir;  // is there, but holds none
        report = runTraining(o);
        QVERIFY(!report.ok());
        QCOMPARE(report.error().kind, ErrorKind::BadInput);
        QVERIFY(report.error().message().find("annotations.json") != std::string::npos);
        QVERIFY(!fs::exists(o.workDir / "checkpoint.pt"));
    }

    void unreadablePicturesAreLeftOut() {
        TrainOptions o = tiny("holey");
        o.sources = {std::make_shared<HoleySource>()};
        o.maxSteps = 3;
        const auto report = runTraining(o);
        QVERIFY2(report.ok(), report.ok() ? "" : report.error().message().c_str());
        BlindDetector detector;
        const auto figures = evaluateOn(detector, HoleySource(), 10);
        QVERIFY(figures.ok());
        QCOMPARE(figures->pictures, std::int64_t{8});
        QVERIFY(!evaluateOn(detector, BrokenSource(), 10).ok());
        QVERIFY(!evaluateOn(detector, BarSource(), 0).ok());
        const fs::path sheet = o.workDir / "new" / "folder" / "sheet.jpg";
        QVERIFY(writeSampleSheet(detector, HoleySource(), sheet).ok());
        QVERIFY(!cv::imread(sheet.string()).empty());
    }

    void measuringIsCancelled() {
        BlindDetector detector;
        const std::atomic<bool> cancelled = true;
        QCOMPARE(evaluateOn(detector, BarSource(), 10, {}, &cancelled).error().kind,
                 ErrorKind::Cancelled);
        const auto pours =
            pourSource(kValidationSeed, m_dir.path().toStdString(), PourFrames::Spread, &cancelled);
        QCOMPARE((*pours)->sample(0).error().kind, ErrorKind::Cancelled);
        const fs::path folder = fs::path(m_dir.path().toStdString()) / "sites";
        fs::create_directories(folder);
        QVERIFY(cv::imwrite((folder / "a.png").string(), cv::Mat(50, 100, CV_8UC3)));
        QCOMPARE(evaluateSilence(detector, folder, &cancelled).error().kind, ErrorKind::Cancelled);
    }

    // Files as they lie about on people's disks: none of them may end the program.
    void oddFilesDoNotEndTheMeasuring() {
        BlindDetector detector;
        const fs::path folder = fs::path(m_dir.path().toStdString()) / "odd";
        fs::create_directories(folder / "folder.jpg");
        fs::create_symlink("loop.jpg", folder / "loop.jpg");
        std::ofstream(folder / "video.mp4") << "no video";
        std::ofstream(folder / "text.jpg") << "no picture";
        std::ofstream(folder / "notes.txt") << "nothing";
        // A PNG that says it has 100000 x 100000 pixels.
        constexpr unsigned char kHuge[] = {
            0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48,
            0x44, 0x52, 0x00, 0x01, 0x86, 0xa0, 0x00, 0x01, 0x86, 0xa0, 0x08, 0x02, 0x00, 0x00,
            0x00, 0x27, 0x30, 0x9c, 0x9f, 0x00, 0x00, 0x00, 0x0b, 0x49, 0x44, 0x41, 0x54, 0x78,
            0x9c, 0x63, 0x60, 0x80, 0x01, 0x00, 0x00, 0x0a, 0x00, 0x01, 0x7f, 0x80, 0x74, 0x5e,
            0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82};
        std::ofstream(folder / "huge.png", std::ios::binary)
            .write(reinterpret_cast<const char*>(kHuge), sizeof kHuge);
        auto figures = evaluateSilence(detector, folder);
        QVERIFY(!figures.ok());
        QCOMPARE(figures.error().kind, ErrorKind::BadInput);
        QVERIFY(cv::imwrite((folder / "site.png").string(), cv::Mat(50, 100, CV_8UC3)));
        figures = evaluateSilence(detector, folder);
        QVERIFY(figures.ok());
        QCOMPARE(figures->pictures, std::int64_t{1});
        QCOMPARE(evaluateSilence(detector, folder / "absent").error().kind, ErrorKind::BadInput);
    }

    void wrongCheckpointsAreRefused() {
        TrainOptions o = tiny("wrong");
        o.resume = true;
        auto report = runTraining(o);
        QVERIFY(!report.ok());
        QCOMPARE(report.error().kind, ErrorKind::BadInput);
        fs::create_directories(o.workDir);
        std::ofstream(o.workDir / "checkpoint.pt") << "no checkpoint";
        report = runTraining(o);
        QVERIFY(!report.ok());
        QCOMPARE(report.error().kind, ErrorKind::BadInput);
        QVERIFY(!exportModel(o.workDir / "checkpoint.pt", o.workDir).ok());
        QVERIFY(!fs::exists(o.workDir / "cvd-n.ts"));
    }

    void aSourceThatFailsEndsTheRun() {
        TrainOptions o = tiny("broken");
        o.sources = {std::make_shared<BrokenSource>()};
        const auto report = runTraining(o);
        QVERIFY(!report.ok());
        QCOMPARE(report.error().message(), std::string("This picture cannot be read."));
    }

    void sharesThatDoNotAddUpAreRefused() {
        for (const auto& [pours, solid] : {std::pair{0.5, 0.9}, std::pair{-0.1, 0.2}}) {
            TrainOptions o = tiny("shares");
            o.pourShare = pours;
            o.solidShare = solid;
            const auto report = runTraining(o);
            QVERIFY(!report.ok());
            QCOMPARE(report.error().kind, ErrorKind::Usage);
        }
    }

    void yoloFoldersGivePeople() {
        const fs::path folder = fs::path(m_dir.path().toStdString()) / "set" / "train";
        fs::create_directories(folder / "images");
        fs::create_directories(folder / "labels");
        const cv::Mat picture(50, 100, CV_8UC3, cv::Scalar::all(9));
        QVERIFY(cv::imwrite((folder / "images" / "a.jpg").string(), picture));
        std::ofstream(folder / "labels" / "a.txt") << "5 0.5 0.5 0.2 0.4\n2 0.1 0.1 0.1 0.1\n5 x\n";
        const auto source = yoloFolderSource(folder, 5);
        QVERIFY(source.ok());
        const auto sample = (*source)->sample(0);
        QVERIFY(sample.ok());
        QCOMPARE(sample->truth.size(), size_t{1});
        QCOMPARE(sample->truth[0].cls, ObjectClass::Person);
        QCOMPARE(sample->truth[0].box, (BoxPx{40, 15, 20, 20}));
        QVERIFY(!yoloFolderSource(folder / "absent", 5).ok());
        std::ofstream(folder / "images" / "a.jpg", std::ios::trunc) << "no picture";
        QVERIFY(!(*source)->sample(0).ok());
    }
};

QTEST_GUILESS_MAIN(TrainerTest)
#include "tst_trainer.moc"
