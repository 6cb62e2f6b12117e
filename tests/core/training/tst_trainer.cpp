// A short training of a tiny network on pictures drawn here: it learns, goes on where it stopped,
// and what it exports is what the detector loads.
#include <filesystem>
#include <fstream>
#include <random>

#include <QTemporaryDir>
#include <QTest>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/training/curves.h"
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
