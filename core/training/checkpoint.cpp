#include <sstream>
#include <system_error>

#include <torch/torch.h>

#include "core/base/staged_file.h"
#include "core/training/checkpoint_torch.h"

namespace cvd::training {

namespace fs = std::filesystem;

namespace {

// One tensor holds what rebuilds the network; the first entry is the format's version.
constexpr std::int64_t kFormat = 2;  // 1 had no stage at stride 64

torch::Tensor describe(const TrainState& s) {
    const NetworkOptions& o = s.net->options;
    const std::vector<double> numbers{double(kFormat),   double(s.step),      s.minutes,
                                      double(o.stem),    double(o.width4),    double(o.width8),
                                      double(o.width16), double(o.width32),   double(o.blocks4),
                                      double(o.blocks8), double(o.blocks16),  double(o.blocks32),
                                      double(o.neck),    double(o.headConvs), double(o.blocks64)};
    return torch::tensor(numbers, torch::kFloat64);
}

void readDescription(const torch::Tensor& t, NetworkOptions& o, TrainState& s) {
    const std::int64_t format = t.numel() == 14 ? 1 : kFormat;
    TORCH_CHECK(t.numel() == 13 + format && t[0].item<double>() == double(format),
                "unknown checkpoint format");
    const auto at = [&](int i) { return static_cast<int>(t[i].item<double>()); };
    s.step = static_cast<std::int64_t>(t[1].item<double>());
    s.minutes = t[2].item<double>();
    int i = 3;
    for (int* field : {&o.stem, &o.width4, &o.width8, &o.width16, &o.width32, &o.blocks4,
                       &o.blocks8, &o.blocks16, &o.blocks32, &o.neck, &o.headConvs}) {
        *field = at(i++);
        TORCH_CHECK(*field >= 0 && *field <= 4096, "checkpoint names an impossible network");
    }
    o.blocks64 = format > 1 ? at(i) : 0;
    TORCH_CHECK(o.blocks64 >= 0 && o.blocks64 <= 64, "checkpoint names an impossible network");
}

}  // namespace

TrainState freshState(const NetworkOptions& options, double learningRate, double weightDecay) {
    TrainState s;
    s.net = CvdNet(options);
    s.average = CvdNet(options);
    blendWeights(s.average, s.net, 0);
    s.average->eval();
    // Batch norm and biases are not decayed.
    std::vector<torch::Tensor> decayed, plain;
    for (const auto& p : s.net->parameters()) {
        (p.dim() > 1 ? decayed : plain).push_back(p);
    }
    const auto withDecay = [&](double decay) {
        return std::make_unique<torch::optim::AdamWOptions>(
            torch::optim::AdamWOptions(learningRate).weight_decay(decay));
    };
    std::vector<torch::optim::OptimizerParamGroup> groups;
    groups.emplace_back(decayed, withDecay(weightDecay));
    groups.emplace_back(plain, withDecay(0));
    s.optimizer = std::make_unique<torch::optim::AdamW>(
        groups, torch::optim::AdamWOptions(learningRate).weight_decay(weightDecay));
    return s;
}

Status saveState(const TrainState& s, const fs::path& file) {
    Error failure = fail(ErrorKind::Environment,
                         CVD_TR("core", "The checkpoint %1 cannot be written."), {file.string()});
    std::ostringstream bytes;
    try {
        torch::serialize::OutputArchive archive, net, average, optimizer;
        archive.write("about", describe(s), true);
        s.net->save(net);
        s.average->save(average);
        s.optimizer->save(optimizer);
        archive.write("net", net);
        archive.write("average", average);
        archive.write("optimizer", optimizer);
        archive.save_to(bytes);
    } catch (const std::exception& e) {
        failure.detail = e.what();
        return failure;
    }
    return writeWhole(file, bytes.view(), failure);
}

Result<TrainState> loadState(const fs::path& file) {
    std::error_code ignored;
    if (!fs::exists(file, ignored)) {
        return fail(ErrorKind::BadInput, CVD_TR("core", "The checkpoint %1 does not exist."),
                    {file.string()});
    }
    try {
        torch::serialize::InputArchive archive, net, average, optimizer;
        archive.load_from(file.string());
        torch::Tensor about;
        archive.read("about", about, true);
        NetworkOptions options;
        TrainState found;
        readDescription(about, options, found);
        TrainState s = freshState(options, 1e-3, 0.01);
        s.step = found.step;
        s.minutes = found.minutes;
        archive.read("net", net);
        archive.read("average", average);
        archive.read("optimizer", optimizer);
        s.net->load(net);
        s.average->load(average);
        s.optimizer->load(optimizer);
        s.average->eval();
        return s;
    } catch (const std::exception& e) {
        return fail(ErrorKind::BadInput, CVD_TR("core", "%1 is not a checkpoint of this trainer."),
                    {file.string()}, e.what());
    }
}

}  // namespace cvd::training
