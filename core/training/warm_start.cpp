#include <map>

#include <torch/script.h>
#include <torch/torch.h>

#include "core/training/script_torch.h"
#include "core/training/warm_start_torch.h"

namespace cvd::training {

namespace {

using Weights = std::map<std::string, torch::Tensor>;

torch::Tensor weightOf(const Weights& weights, const std::string& name, const torch::Tensor& like) {
    const auto found = weights.find(scriptName(name));
    TORCH_CHECK(found != weights.end(), "the export has no weight ", name);
    TORCH_CHECK(found->second.sizes() == like.sizes(), name, " has another shape");
    return found->second.to(like);
}

Weights readWeights(const std::filesystem::path& script) {
    Weights weights;
    for (const auto& p : torch::jit::load(script.string(), torch::kCPU).named_parameters()) {
        weights[p.name] = p.value;
    }
    return weights;
}

// A norm that adds the folded bias and changes nothing else, until the statistics are known.
void takeUnit(ConvUnitImpl& unit, const std::string& name, const Weights& weights) {
    unit.conv->weight.copy_(weightOf(weights, name + ".conv.weight", unit.conv->weight));
    unit.norm->bias.copy_(weightOf(weights, name + ".conv.bias", unit.norm->bias));
    unit.norm->running_mean.zero_();
    unit.norm->running_var.fill_(1 - unit.norm->options.eps());
    unit.norm->weight.fill_(1);
}

// The same function with the statistics of real data: gain and bias undo mean and deviation.
void setStatistics(ConvUnitImpl& unit) {
    const ChannelMoments& m = *unit.moments;
    const torch::Tensor mean = m.sum / m.count;
    const torch::Tensor variance = (m.squares / m.count - mean.square()).clamp_min(0);
    unit.norm->running_mean.copy_(mean);
    unit.norm->running_var.copy_(variance);
    unit.norm->weight.copy_((variance + unit.norm->options.eps()).sqrt());
    unit.norm->bias.add_(mean.to(unit.norm->bias));
    unit.moments = nullptr;
}

// Stage 64 came later: a network that has it may start from an export that has not. It adds nothing
// until it has learnt.
bool hasStage64(const Weights& weights) {
    return weights.count(scriptName("join64.weight")) > 0;
}
bool isNew(const std::string& name, const Weights& weights) {
    return !hasStage64(weights) && (name.rfind("stage64", 0) == 0 || name.rfind("join64", 0) == 0);
}

void takeWeights(CvdNet& net, const Weights& weights, const std::vector<torch::Tensor>& pictures) {
    const torch::NoGradGuard noGrad;
    std::vector<ConvUnitImpl*> units;
    for (const auto& module : net->named_modules("", false)) {
        auto* unit = dynamic_cast<ConvUnitImpl*>(module.value().get());
        if (unit && !isNew(module.key(), weights)) {
            takeUnit(*unit, module.key(), weights);
            units.push_back(unit);
        }
    }
    for (const auto& parameter : net->named_parameters()) {
        // What is left is the last convolution, which has no norm behind it.
        const bool ofUnit = parameter.key().find(".norm.") != std::string::npos ||
                            parameter.key().find(".conv.") != std::string::npos;
        if (!ofUnit && !isNew(parameter.key(), weights)) {
            parameter.value().copy_(weightOf(weights, parameter.key(), parameter.value()));
        }
    }
    std::vector<ChannelMoments> moments(units.size());
    for (std::size_t i = 0; i < units.size(); ++i) {
        units[i]->moments = &moments[i];
    }
    net->eval();
    for (const torch::Tensor& batch : pictures) {
        net->forward(batch);
    }
    for (ConvUnitImpl* unit : units) {
        setStatistics(*unit);
    }
}

Error notOurs(const std::filesystem::path& script, const std::string& what) {
    return fail(ErrorKind::BadInput,
                CVD_TR("core", "%1 is not an export of the network that is trained here."),
                {script.string()}, what);
}

}  // namespace

Result<CvdNet> readExport(const std::filesystem::path& script, const NetworkOptions& options) {
    try {
        const torch::NoGradGuard noGrad;
        const Weights weights = readWeights(script);
        NetworkOptions present = options;
        present.blocks64 = hasStage64(weights) ? options.blocks64 : 0;
        CvdNet unfolded(present);
        CvdNet net = foldedCopy(unfolded);
        for (const auto& parameter : net->named_parameters()) {
            parameter.value().copy_(weightOf(weights, parameter.key(), parameter.value()));
        }
        return net;
    } catch (const std::exception& e) {
        return notOurs(script, e.what());
    }
}

Status takeExportedWeights(CvdNet& net, const std::filesystem::path& script,
                           const std::vector<torch::Tensor>& pictures) {
    try {
        takeWeights(net, readWeights(script), pictures);
        return {};
    } catch (const std::exception& e) {
        for (const auto& module : net->modules(false)) {
            if (auto* unit = dynamic_cast<ConvUnitImpl*>(module.get())) {
                unit->moments = nullptr;
            }
        }
        return notOurs(script, e.what());
    }
}

}  // namespace cvd::training
