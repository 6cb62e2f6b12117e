// The network itself: shape, folding, loss.
#include "core/training/network_torch.h"

#include <QTemporaryDir>
#include <QTest>

#include "core/inference/decoders.h"
#include "core/training/checkpoint_torch.h"
#include "core/training/learn_step_torch.h"
#include "core/training/loss_torch.h"
#include "core/training/trainer.h"
#include "core/training/warm_start_torch.h"

using namespace cvd;
using namespace cvd::training;

class NetworkTest : public QObject {
    Q_OBJECT

    static NetworkOptions tiny() {
        NetworkOptions o;
        o.stem = o.width4 = o.width8 = o.width16 = o.width32 = o.neck = 8;
        o.blocks4 = o.blocks8 = o.blocks16 = o.blocks32 = o.blocks64 = o.headConvs = 1;
        return o;
    }

    // Noise, with a poker in each picture.
    static Batch barBatch(int pictures) {
        Batch batch;
        batch.input = torch::rand({pictures, 3, 64, 96});
        for (int i = 0; i < pictures; ++i) {
            Detection bar;
            bar.cls = ObjectClass::Vibrator;
            bar.score = 1;
            bar.box = {10.0 + 8 * i, 8, 12, 44};
            bar.poker = PokerPoints{{16.0 + 8 * i, 50}, {16.0 + 8 * i, 10}, 1, 1, 1};
            TrainingCrop crop;
            crop.bgr = cv::Mat(64, 96, CV_8UC3);
            crop.truth = {bar};
            batch.targets.push_back(makeTargets(crop));
        }
        return batch;
    }

private Q_SLOTS:
    void anyMultipleOf32Works() {
        const torch::NoGradGuard noGrad;
        CvdNet net(tiny());
        net->eval();
        for (const auto& [h, w] : {std::pair{32, 32}, {192, 320}, {96, 64}}) {
            const auto out = net->forward(torch::rand({2, 3, h, w}));
            QCOMPARE(out.sizes().vec(),
                     (std::vector<std::int64_t>{2, inference::CvdLayout::kChannels, h / 8, w / 8}));
        }
    }

    void foldingKeepsTheAnswers() {
        CvdNet net(tiny());
        // Statistics that are not the initial ones, or folding would have nothing to do.
        net->train();
        for (int i = 0; i < 20; ++i) {
            net->forward(torch::rand({4, 3, 64, 64}) * 3);
        }
        net->eval();
        const torch::NoGradGuard noGrad;
        CvdNet folded = foldedCopy(net);
        const auto x = torch::rand({1, 3, 64, 96});
        QVERIFY(torch::allclose(net->forward(x), folded->forward(x), 1e-3, 1e-4));
        for (const auto& item : folded->named_parameters()) {
            QVERIFY(item.key().find("norm") == std::string::npos);
        }
    }

    // Training goes on from an export: the same answers at once, and statistics that fit the
    // pictures, or the first step in training mode would see another network.
    void anExportIsTakenUpAgain() {
        const QTemporaryDir dir;
        const std::filesystem::path work = dir.path().toStdString();
        TrainState trained = freshState(tiny(), 1e-3, 0.01);
        trained.average->train();
        for (int i = 0; i < 20; ++i) {
            trained.average->forward(torch::rand({4, 3, 64, 64}) * 3);
        }
        trained.average->eval();
        QVERIFY(saveState(trained, work / "checkpoint.pt").ok());
        ExportOptions options;
        options.mirrored = true;
        QVERIFY(exportModel(work / "checkpoint.pt", work, options).ok());

        const torch::NoGradGuard noGrad;
        std::vector<torch::Tensor> pictures;
        for (int i = 0; i < 16; ++i) {
            pictures.push_back(torch::rand({8, 3, 64, 64}));
        }
        CvdNet net(tiny());
        const Status taken = takeExportedWeights(net, work / "cvd-n.ts", pictures);
        QVERIFY2(taken.ok(), taken.ok() ? "" : taken.error().detail.c_str());
        net->eval();
        const torch::Tensor x = pictures.front();
        const torch::Tensor wanted = trained.average->forward(x);
        QVERIFY(torch::allclose(net->forward(x), wanted, 1e-3, 1e-4));
        net->train();
        const double off = (net->forward(x) - wanted).abs().mean().item<double>();
        const double spread = wanted.std().item<double>();
        QVERIFY2(off < 0.1 * spread, qPrintable(QString::number(off / spread)));
    }

    // The stage at stride 64 came later: a network that has it starts from an export that has not,
    // with the same answers, and learns with it.
    void anExportWithoutTheLastStageIsTakenUp() {
        const QTemporaryDir dir;
        const std::filesystem::path work = dir.path().toStdString();
        NetworkOptions shorter = tiny();
        shorter.blocks64 = 0;
        TrainState old = freshState(shorter, 1e-3, 0.01);
        QVERIFY(saveState(old, work / "checkpoint.pt").ok());
        const auto manifest = exportModel(work / "checkpoint.pt", work);
        QVERIFY(manifest.ok());
        CvdNet net(tiny());
        const torch::Tensor x = torch::rand({8, 3, 64, 96});
        const Status taken = takeExportedWeights(net, work / "cvd-n.ts", {x});
        QVERIFY2(taken.ok(), taken.ok() ? "" : taken.error().detail.c_str());
        net->eval();
        {
            const torch::NoGradGuard noGrad;
            QVERIFY(torch::allclose(net->forward(x), old.average->forward(x), 1e-3, 1e-4));
        }
        net->forward(x).sum().backward();
        QVERIFY(net->join64->weight.grad().abs().sum().item<double>() > 0);
        const auto read = readExport(work / "cvd-n.ts", tiny());
        QVERIFY(read.ok());
        QCOMPARE((*read)->options.blocks64, 0);
    }

    // Two workers learn from a batch what one learns from its two halves, and the weights stay
    // shared: what the optimizer changes counts for both.
    void workersShareABatch() {
        torch::manual_seed(3);
        const Batch batch = barBatch(5);
        const auto half = [&batch](std::int64_t from, std::int64_t to) {
            return Batch{batch.input.slice(0, from, to),
                         {batch.targets.begin() + from, batch.targets.begin() + to}};
        };
        const auto gradients = [](CvdNet& net) {
            std::vector<torch::Tensor> out;
            for (const torch::Tensor& p : net->parameters()) {
                out.push_back(p.grad().defined() ? p.grad().clone() : torch::zeros_like(p));
            }
            return out;
        };
        CvdNet net(tiny());
        CvdNet first(tiny());
        blendWeights(first, net, 0);
        LearnStep alone(first, 1, 2, torch::kCPU, false);
        const double lossA = alone.run(half(0, 2)).total.item<double>();
        const auto a = gradients(first);
        const torch::Tensor statistics = first->merge16->norm->running_mean.clone();
        const double lossB = alone.run(half(2, 5)).total.item<double>();
        const auto b = gradients(first);

        LearnStep shared(net, 2, 2, torch::kCPU, false);
        const LossParts loss = shared.run(batch);
        QCOMPARE(float(loss.total.item<double>()), float((lossA + lossB) / 2));
        QVERIFY(std::abs(loss.heat + loss.box + loss.points + loss.confidence + loss.immersed -
                         loss.total.item<double>()) < 1e-4);
        const auto both = gradients(net);
        double greatest = 0;
        for (size_t i = 0; i < both.size(); ++i) {
            const torch::Tensor mean = (a[i] + b[i]) / 2;
            greatest = std::max(greatest, mean.abs().max().item<double>());
            QVERIFY(torch::allclose(both[i], mean, 1e-3, 1e-6));
        }
        QVERIFY(greatest > 0);
        QVERIFY(torch::allclose(net->merge16->norm->running_mean, statistics, 1e-4, 1e-6));

        {
            const torch::NoGradGuard noGrad;
            for (torch::Tensor& p : net->parameters()) {
                p.add_(0.01);
            }
        }
        blendWeights(first, net, 0);
        QCOMPARE(float(shared.run(batch).total.item<double>()),
                 float((alone.run(half(0, 2)).total.item<double>() +
                        alone.run(half(2, 5)).total.item<double>()) /
                       2));
    }

    // More workers than pictures: the others have nothing to do. A worker's trouble is thrown on.
    void workersWithoutAPictureOrWithTrouble() {
        CvdNet net(tiny());
        LearnStep step(net, 4, 1, torch::kCPU, false);
        QVERIFY(std::isfinite(step.run(barBatch(2)).total.item<double>()));
        Batch broken = barBatch(4);
        broken.input = torch::rand({4, 1, 64, 96});
        QVERIFY_EXCEPTION_THROWN(step.run(broken), c10::Error);
        QVERIFY(std::isfinite(step.run(barBatch(4)).total.item<double>()));
    }

    void checkpointsRememberTheShape() {
        const QTemporaryDir dir;
        const std::filesystem::path file = dir.filePath("checkpoint.pt").toStdString();
        for (const int blocks : {0, 1}) {
            NetworkOptions shape = tiny();
            shape.blocks64 = blocks;
            QVERIFY(saveState(freshState(shape, 1e-3, 0.01), file).ok());
            const auto state = loadState(file);
            QVERIFY(state.ok());
            QVERIFY(state->net->options == shape);
        }
    }

    void anExportOfAnotherShapeIsRefused() {
        const QTemporaryDir dir;
        const std::filesystem::path work = dir.path().toStdString();
        QVERIFY(saveState(freshState(tiny(), 1e-3, 0.01), work / "checkpoint.pt").ok());
        QVERIFY(exportModel(work / "checkpoint.pt", work).ok());
        NetworkOptions other = tiny();
        other.neck = 16;
        CvdNet net(other);
        const Status taken =
            takeExportedWeights(net, work / "cvd-n.ts", {torch::rand({1, 3, 64, 64})});
        QVERIFY(!taken.ok());
        QCOMPARE(taken.error().kind, ErrorKind::BadInput);
        QVERIFY(!takeExportedWeights(net, work / "checkpoint.pt", {}).ok());
    }

    // A newer form of export from an older export: not one weight changes.
    void anExportIsReadAsItWasWritten() {
        const QTemporaryDir dir;
        const std::filesystem::path work = dir.path().toStdString();
        TrainState state = freshState(NetworkOptions(), 1e-3, 0.01);
        QVERIFY(saveState(state, work / "checkpoint.pt").ok());
        const auto first = exportModel(work / "checkpoint.pt", work / "first");
        QVERIFY(first.ok());
        ExportOptions options;
        options.version = "2";
        const auto second = exportAgain(*first, work / "second", options);
        QVERIFY2(second.ok(), second.ok() ? "" : second.error().message().c_str());
        const auto a = readExport(work / "first" / "cvd-n.ts", NetworkOptions());
        const auto b = readExport(work / "second" / "cvd-n.ts", NetworkOptions());
        QVERIFY(a.ok() && b.ok());
        const auto weights = (*a)->named_parameters(), again = (*b)->named_parameters();
        QVERIFY(weights.size() > 40);
        for (const auto& item : weights) {
            QVERIFY2(torch::equal(item.value(), again[item.key()]), item.key().c_str());
        }
        // In 16 bits all but the last convolution, which the manifest names.
        const auto manifest = inference::loadManifest(*second);
        QVERIFY(manifest.ok());
        QVERIFY(manifest->keepFloat32 ==
                (std::vector<std::string>{"head_2_weight", "head_2_bias"}));
        QVERIFY(!exportAgain(work / "checkpoint.pt", work / "third").ok());
    }

    // The shift is the opinion of immersion's alone.
    void anExportMayShiftImmersion() {
        const QTemporaryDir dir;
        const std::filesystem::path work = dir.path().toStdString();
        TrainState state = freshState(tiny(), 1e-3, 0.01);
        QVERIFY(saveState(state, work / "checkpoint.pt").ok());
        ExportOptions options;
        QVERIFY(exportModel(work / "checkpoint.pt", work / "plain", options).ok());
        options.immersedShift = 0.5;
        QVERIFY(exportModel(work / "checkpoint.pt", work / "shifted", options).ok());
        const auto a = readExport(work / "plain" / "cvd-n.ts", tiny());
        const auto b = readExport(work / "shifted" / "cvd-n.ts", tiny());
        QVERIFY(a.ok() && b.ok());
        const auto weights = (*a)->named_parameters(), shifted = (*b)->named_parameters();
        const std::string last = fullPrecisionWeights(*a)[1];
        for (const auto& item : weights) {
            torch::Tensor wanted = item.value().detach().clone();
            if (item.key() == last) {
                wanted[inference::CvdLayout::kImmersed] += 0.5;
            }
            QVERIFY2(torch::equal(wanted, shifted[item.key()]), item.key().c_str());
        }
    }

    // What is found in a mirrored picture must be what is found in the picture, mirrored.
    void mirroredForwardKnowsNoSide() {
        using inference::CvdLayout;
        const torch::NoGradGuard noGrad;
        CvdNet net(tiny());
        for (auto& p : net->parameters()) {
            p.copy_(torch::randn_like(p) * 0.3);
        }
        net->eval();
        const auto x = torch::rand({1, 3, 64, 96});
        const auto out = mirroredForward(net, x), other = mirroredForward(net, x.flip({3}));
        QVERIFY(!torch::allclose(net->forward(x), out, 1e-3, 1e-3));
        // A box 2 strides right of its cell lies 2 strides left of it in the mirror.
        const std::vector<int> sideways{CvdLayout::kBox, CvdLayout::kBox + 4, CvdLayout::kBox + 8,
                                        CvdLayout::kPoints, CvdLayout::kPoints + 2};
        for (int c = 0; c < CvdLayout::kChannels; ++c) {
            const bool turns = std::count(sideways.begin(), sideways.end(), c) > 0;
            const auto back = other[0][c].flip({1}) * (turns ? -1 : 1);
            QVERIFY2(torch::allclose(out[0][c], back, 1e-3, 1e-4), qPrintable(QString::number(c)));
        }
    }

    void blendingMovesWeights() {
        const torch::NoGradGuard noGrad;
        CvdNet a(tiny()), b(tiny());
        const auto before = a->parameters()[0].clone(), other = b->parameters()[0].clone();
        blendWeights(a, b, 0.75);
        QVERIFY(torch::allclose(a->parameters()[0], before * 0.75 + other * 0.25));
        blendWeights(a, b, 0);
        QVERIFY(torch::equal(a->parameters()[0], other));
    }

    // The better the answer, the smaller the loss; a perfect one has nearly none.
    void lossFallsTowardsTheTruth() {
        TrainingCrop crop;
        crop.bgr = cv::Mat(64, 64, CV_8UC3);
        Detection d;
        d.cls = ObjectClass::Vibrator;
        d.box = {24, 16, 8, 32};
        d.poker = PokerPoints{{27.5, 47.5}, {27.5, 15.5}, 1, 1, 1};
        crop.truth = {d};
        const std::vector<Targets> targets{makeTargets(crop)};
        const BatchTargets t = stackTargets(targets, torch::kCPU);
        using L = inference::CvdLayout;
        torch::Tensor good = torch::zeros({1, L::kChannels, 8, 8});
        const auto heat = t.heat.clamp(1e-4, 1 - 1e-4);
        good.slice(1, 0, L::kBox).copy_(torch::log(heat / (1 - heat)));
        const auto cells = (torch::arange(8).to(torch::kFloat32) + 0.5) * 8;
        const auto x = cells.reshape({1, 1, 8}), y = cells.reshape({1, 8, 1});
        good.select(1, L::kBox).copy_((28 - x).expand({1, 8, 8}) / 8);
        good.select(1, L::kBox + 1).copy_((32 - y).expand({1, 8, 8}) / 8);
        good.select(1, L::kBox + 2).fill_(std::log(1.0));
        good.select(1, L::kBox + 3).fill_(std::log(4.0));
        good.select(1, L::kPoints).copy_((28 - x).expand({1, 8, 8}) / 8);
        good.select(1, L::kPoints + 1).copy_((48 - y).expand({1, 8, 8}) / 8);
        good.select(1, L::kPoints + 2).copy_((28 - x).expand({1, 8, 8}) / 8);
        good.select(1, L::kPoints + 3).copy_((16 - y).expand({1, 8, 8}) / 8);
        good.slice(1, L::kPointScore, L::kChannels).fill_(9);
        const LossParts best = detectionLoss(good, t);
        QVERIFY2(best.total.item<double>() < 0.02,
                 std::to_string(best.total.item<double>()).c_str());
        torch::Tensor off = good.clone();
        off.select(1, L::kPoints).add_(2);
        const LossParts moved = detectionLoss(off, t);
        QVERIFY(moved.points > best.points + 0.3);
        QCOMPARE(moved.heat, best.heat);
        QVERIFY(detectionLoss(torch::zeros_like(good), t).total.item<double>() > 1);
    }

    void aPictureWithoutObjectsHasALossToo() {
        TrainingCrop crop;
        crop.bgr = cv::Mat(64, 64, CV_8UC3);
        const BatchTargets t = stackTargets({makeTargets(crop)}, torch::kCPU);
        torch::Tensor out = torch::zeros({1, inference::CvdLayout::kChannels, 8, 8});
        out.set_requires_grad(true);
        const LossParts loss = detectionLoss(out, t);
        QVERIFY(loss.total.item<double>() > 0);
        loss.total.backward();
        QVERIFY(torch::isfinite(out.grad()).all().item<bool>());
    }
};

QTEST_GUILESS_MAIN(NetworkTest)
#include "tst_network.moc"
