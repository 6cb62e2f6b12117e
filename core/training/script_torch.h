// From a C++ network to TorchScript.
#pragma once

#include <functional>
#include <string>

#include <torch/nn/module.h>
#include <torch/script.h>

namespace cvd::training {

// The name in the script module of the parameter `name` of a C++ network.
std::string scriptName(std::string name);

// Traces `forward` on `example`. The parameters of `net` become attributes of the script module
// (not constants), so that a loader can move them to a device or make them half precision; they no
// longer require a gradient afterwards. Throws c10::Error.
torch::jit::Module tracedModule(torch::nn::Module& net,
                                const std::function<torch::Tensor(const torch::Tensor&)>& forward,
                                const torch::Tensor& example);

}  // namespace cvd::training
