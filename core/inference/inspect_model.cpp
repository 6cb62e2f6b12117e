#include "core/inference/inspect_model.h"

#include <algorithm>
#include <array>
#include <chrono>

#include <ATen/Parallel.h>
#include <torch/script.h>

#include "core/inference/guarded_torch.h"

namespace cvd::inference {
namespace {

using Clock = std::chrono::steady_clock;
using Size = std::pair<int, int>;

constexpr int kDeepest = 4;  // of what forward() returns
constexpr size_t kMostListed = 64;

void collect(const c10::IValue& value, const std::string& where, int depth,
             std::vector<TensorFinding>& out) {
    if (out.size() >= kMostListed || depth > kDeepest) {
        return;
    }
    const auto below = [&](const std::string& name) {
        return where.empty() ? name : where + "." + name;
    };
    if (value.isTensor()) {
        const torch::Tensor& t = value.toTensor();
        out.push_back({where.empty() ? "0" : where, std::string(t.dtype().name()),
                       t.defined() ? t.sizes().vec() : std::vector<std::int64_t>{}});
    } else if (value.isTuple()) {
        int i = 0;
        for (const c10::IValue& v : value.toTupleRef().elements()) {
            collect(v, below(std::to_string(i++)), depth + 1, out);
        }
    } else if (value.isList()) {
        int i = 0;
        for (const c10::IValue& v : value.toListRef()) {
            collect(v, below(std::to_string(i++)), depth + 1, out);
        }
    } else if (value.isGenericDict()) {
        for (const auto& entry : value.toGenericDict()) {
            collect(entry.value(), below(entry.key().isString() ? entry.key().toStringRef() : "?"),
                    depth + 1, out);
        }
    }
}

std::vector<TensorFinding> runOnce(torch::jit::Module& module, Size size) {
    const torch::Tensor grey = torch::full({1, 3, size.second, size.first}, 0.45f, torch::kFloat32);
    std::vector<TensorFinding> outputs;
    collect(module.forward({grey}), "", 0, outputs);
    return outputs;
}

double secondsOfRun(torch::jit::Module& module, Size size) {
    runOnce(module, size);  // the executor settles
    const auto start = Clock::now();
    runOnce(module, size);
    return std::chrono::duration<double>(Clock::now() - start).count();
}

struct Attempt {
    bool ran = false;
    std::string problem;  // of a run that failed
};

// True when the output is understood, so that no other size needs to be tried.
Attempt tryRun(torch::jit::Module& module, Size size, ModelFindings& found, bool& understood) {
    return guarded(
        [&] {
            const auto outputs = runOnce(module, size);
            const auto guess = guessDecoder(outputs, size.first, size.second);
            understood = guess.has_value();
            if (found.outputs.empty() || understood) {
                found.outputs = outputs;
                found.inputWidth = size.first;
                found.inputHeight = size.second;
            }
            if (guess) {
                found.decoder = guess->first;
                found.classes = guess->second;
            }
            return Attempt{true, {}};
        },
        [&](const std::string& what) {
            return Attempt{false, what};
        });
}

Result<torch::jit::Module> loadModule(const std::filesystem::path& file) {
    return guarded(
        [&]() -> Result<torch::jit::Module> {
            torch::jit::Module module = torch::jit::load(file.string(), c10::Device(c10::kCPU));
            if (!module.find_method("forward")) {
                return fail(ErrorKind::BadInput,
                            CVD_TR("core",
                                   "The network file %1 has no forward method, so it is not a "
                                   "detector."),
                            {file.string()});
            }
            module.eval();
            return module;
        },
        [&](const std::string& what) -> Result<torch::jit::Module> {
            return fail(
                ErrorKind::BadInput,
                CVD_TR("core", "The file %1 is not a TorchScript network that can be loaded."),
                {file.string()}, what);
        });
}

void describe(const torch::jit::Module& module, ModelFindings& found) {
    const auto& arguments = module.get_method("forward").function().getSchema().arguments();
    for (size_t i = 1; i < arguments.size(); ++i) {
        found.inputs.push_back(arguments[i].name() + ": " + arguments[i].type()->repr_str());
    }
    for (const torch::Tensor& t : module.parameters()) {
        found.weights += t.numel();
    }
    for (const torch::Tensor& t : module.buffers()) {
        found.weights += t.numel();
    }
}

// The sizes that detectors are exported with, the likeliest first.
std::vector<Size> usualSizes() {
    return {{640, 640}, {640, 384}, {416, 416}, {320, 320}, {512, 512}, {960, 960}, {1280, 1280}};
}

}  // namespace

Result<ModelFindings> inspectNetwork(const std::filesystem::path& file,
                                     std::optional<std::pair<int, int>> inputSize) {
    CVD_TRY_ASSIGN(torch::jit::Module module, loadModule(file));
    const c10::InferenceMode inference;
    ModelFindings found;
    describe(module, found);
    bool understood = false, ran = false;
    std::string problem;
    for (const Size& size : inputSize ? std::vector<Size>{*inputSize} : usualSizes()) {
        const Attempt attempt = tryRun(module, size, found, understood);
        ran = ran || attempt.ran;
        problem = attempt.ran ? problem : attempt.problem;
        if (understood) {
            break;
        }
    }
    if (!ran) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core",
                           "The network %1 cannot process a picture: it fails on every usual "
                           "size. Give a manifest with its input size."),
                    {file.filename().string()}, problem);
    }
    // Our own family is trained on wide pictures.
    bool wide = false;
    if (found.decoder == Decoder::Cvd && !inputSize) {
        tryRun(module, {640, 384}, found, wide);
    }
    found.forwardS = guarded(
        [&] {
            return secondsOfRun(module, {found.inputWidth, found.inputHeight});
        },
        [](const std::string&) { return 0.0; });
    return found;
}

}  // namespace cvd::inference
