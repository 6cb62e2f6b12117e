#include <algorithm>

#include <torch/csrc/jit/frontend/tracer.h>
#include <torch/torch.h>

#include "core/training/script_torch.h"

namespace cvd::training {

std::string scriptName(std::string name) {
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
}

torch::jit::Module tracedModule(torch::nn::Module& net,
                                const std::function<torch::Tensor(const torch::Tensor&)>& forward,
                                const torch::Tensor& example) {
    torch::jit::Module module("CvdNet");
    for (const auto& p : net.named_parameters()) {
        p.value().set_requires_grad(false);
        module.register_parameter(scriptName(p.key()), p.value(), false);
    }
    const auto run = [&forward](torch::jit::Stack inputs) -> torch::jit::Stack {
        return {forward(inputs.at(0).toTensor())};
    };
    const auto noName = [](const torch::Tensor&) { return std::string(); };
    const auto result =
        torch::jit::tracer::trace({example}, run, noName, true, false, &module).first;
    const auto unit = module._ivalue()->compilation_unit();
    const c10::QualifiedName name(*module.type()->name(), "forward");
    module.type()->addMethod(unit->create_function(name, result->graph));
    module.eval();
    return module;
}

}  // namespace cvd::training
