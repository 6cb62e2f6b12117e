// The network "cvd-n": plain 3x3 and 1x1 convolutions with ReLU, because that is what oneDNN runs
// fastest on a CPU. 2.8 million weights. Input float [N, 3, H, W] in 0..1 (BGR), H and W multiples
// of 32; output [N, 22, H/8, W/8], laid out as inference::CvdLayout says.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <torch/nn.h>

#include "core/training/network_options.h"

namespace cvd::training {

// Sums over pictures and places of what a convolution put out, one number a channel.
struct ChannelMoments {
    torch::Tensor sum, squares;  // double [C]
    double count = 0;
    void add(const torch::Tensor& output);  // [N, C, H, W]
};

// Convolution without bias, batch norm, ReLU.
struct ConvUnitImpl : torch::nn::Module {
    ConvUnitImpl(int in, int out, int kernel, int stride);
    torch::Tensor forward(torch::Tensor x);
    torch::nn::Conv2d conv{nullptr};
    torch::nn::BatchNorm2d norm{nullptr};
    ChannelMoments* moments = nullptr;  // where set, forward() adds the convolution's output to it
};
TORCH_MODULE(ConvUnit);

// x + conv3x3(conv1x1(x)) with half the channels between.
struct ResidualUnitImpl : torch::nn::Module {
    explicit ResidualUnitImpl(int channels);
    torch::Tensor forward(torch::Tensor x);
    ConvUnit squeeze{nullptr}, spread{nullptr};
};
TORCH_MODULE(ResidualUnit);

struct CvdNetImpl : torch::nn::Module {
    explicit CvdNetImpl(const NetworkOptions& options);
    torch::Tensor forward(torch::Tensor x);

    NetworkOptions options;
    // Named after their stride; stage64 is there if options.blocks64 > 0.
    torch::nn::Sequential stage4, stage8, stage16, stage32, stage64{nullptr};
    ConvUnit lateral8{nullptr}, lateral16{nullptr}, lateral32{nullptr}, merge16{nullptr};
    torch::nn::Conv2d join64{nullptr};  // of stage64; zero at first, so that nothing depends on it
    torch::nn::Sequential head;

private:
    torch::nn::Sequential stage(const char* name, int in, int out, int blocks);
};
TORCH_MODULE(CvdNet);

// Weights of `from` into `to`: to = decay * to + (1 - decay) * from; buffers that are not floating
// point are copied. decay 0 copies everything. To be made anew when a weight of either is put
// elsewhere in memory (set_data).
class WeightBlend {
public:
    WeightBlend(CvdNet& to, CvdNet& from);
    void run(double decay);

private:
    std::vector<std::pair<torch::Tensor, torch::Tensor>> m_pairs;
};
void blendWeights(CvdNet& to, CvdNet& from, double decay);  // once

// A copy in eval mode with every batch norm folded into its convolution; outputs are equal up to
// rounding.
CvdNet foldedCopy(CvdNet& net);

// Weights that must stay in 32 bits where the others have 16: those of the last convolution. Its
// outputs are offsets of up to a hundred strides, and bfloat16 has steps of half a stride there.
std::vector<std::string> fullPrecisionWeights(const CvdNet& net);

// The output for `x`, averaged with the one for its mirror image (left and right exchanged, and
// mirrored back). Raw numbers are averaged: logits, offsets, logarithms of sizes.
torch::Tensor mirroredForward(CvdNet& net, const torch::Tensor& x);

}  // namespace cvd::training
