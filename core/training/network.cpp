#include <cmath>

#include <torch/torch.h>

#include "core/inference/decoders.h"
#include "core/training/network_torch.h"

namespace cvd::training {

namespace nn = torch::nn;
using inference::CvdLayout;

ConvUnitImpl::ConvUnitImpl(int in, int out, int kernel, int stride) {
    conv = register_module(
        "conv",
        nn::Conv2d(
            nn::Conv2dOptions(in, out, kernel).stride(stride).padding(kernel / 2).bias(false)));
    norm = register_module("norm", nn::BatchNorm2d(nn::BatchNorm2dOptions(out).momentum(0.03)));
    nn::init::kaiming_normal_(conv->weight, 0.0, torch::kFanOut, torch::kReLU);
}

void ChannelMoments::add(const torch::Tensor& output) {
    const torch::Tensor wide = output.to(torch::kFloat64);
    const torch::Tensor total = wide.sum({0, 2, 3}), power = wide.square().sum({0, 2, 3});
    sum = count > 0 ? sum + total : total;
    squares = count > 0 ? squares + power : power;
    count += static_cast<double>(output.size(0) * output.size(2) * output.size(3));
}

torch::Tensor ConvUnitImpl::forward(torch::Tensor x) {
    x = conv->forward(x);
    if (moments) {
        moments->add(x);
    }
    if (!norm.is_empty()) {
        x = norm->forward(x);
    }
    return torch::relu(x);
}

ResidualUnitImpl::ResidualUnitImpl(int channels) {
    squeeze = register_module("squeeze", ConvUnit(channels, channels / 2, 1, 1));
    spread = register_module("spread", ConvUnit(channels / 2, channels, 3, 1));
}

torch::Tensor ResidualUnitImpl::forward(torch::Tensor x) {
    return x + spread->forward(squeeze->forward(x));
}

nn::Sequential CvdNetImpl::stage(const char* name, int in, int out, int blocks) {
    nn::Sequential s(ConvUnit(in, out, 3, 2));
    for (int i = 0; i < blocks; ++i) {
        s->push_back(ResidualUnit(out));
    }
    return register_module(name, s);
}

CvdNetImpl::CvdNetImpl(const NetworkOptions& o) : options(o) {
    nn::Sequential first(ConvUnit(3, o.stem, 3, 2), ConvUnit(o.stem, o.width4, 3, 2));
    for (int i = 0; i < o.blocks4; ++i) {
        first->push_back(ResidualUnit(o.width4));
    }
    stage4 = register_module("stage4", first);
    stage8 = stage("stage8", o.width4, o.width8, o.blocks8);
    stage16 = stage("stage16", o.width8, o.width16, o.blocks16);
    stage32 = stage("stage32", o.width16, o.width32, o.blocks32);
    if (o.blocks64 > 0) {
        stage64 = stage("stage64", o.width32, o.width32, o.blocks64);
        join64 = register_module("join64",
                                 nn::Conv2d(nn::Conv2dOptions(o.width32, o.neck, 1).bias(false)));
        nn::init::zeros_(join64->weight);
    }
    lateral8 = register_module("lateral8", ConvUnit(o.width8, o.neck, 1, 1));
    lateral16 = register_module("lateral16", ConvUnit(o.width16, o.neck, 1, 1));
    lateral32 = register_module("lateral32", ConvUnit(o.width32, o.neck, 1, 1));
    merge16 = register_module("merge16", ConvUnit(o.neck, o.neck, 3, 1));
    nn::Sequential h;
    for (int i = 0; i < o.headConvs; ++i) {
        h->push_back(ConvUnit(o.neck, o.neck, 3, 1));
    }
    nn::Conv2d last(nn::Conv2dOptions(o.neck, CvdLayout::kChannels, 1));
    {
        const torch::NoGradGuard noGrad;
        nn::init::normal_(last->weight, 0.0, 0.01);
        nn::init::zeros_(last->bias);
        // Peaks are rare: start from a probability of 1 in 100, or the first steps are spent on
        // that.
        last->bias.slice(0, CvdLayout::kHeat, CvdLayout::kBox).fill_(-std::log(99.0));
        // A box of five strides to begin with.
        for (int c = 0; c < kObjectClassCount; ++c) {
            const int size = CvdLayout::kBox + 4 * c + 2;
            last->bias.slice(0, size, size + 2).fill_(std::log(5.0));
        }
    }
    h->push_back(last);
    head = register_module("head", h);
}

namespace {

torch::Tensor doubled(const torch::Tensor& x) {
    const double scale[2] = {2.0, 2.0};
    return at::upsample_nearest2d(x, c10::nullopt, c10::ArrayRef<double>(scale));
}

// Sides that are no multiples of 64 leave half a cell too much.
torch::Tensor cut(const torch::Tensor& x, const torch::Tensor& like) {
    torch::Tensor y = x;
    for (const int side : {2, 3}) {
        if (y.size(side) != like.size(side)) {
            y = y.narrow(side, 0, like.size(side));
        }
    }
    return y;
}

}  // namespace

torch::Tensor CvdNetImpl::forward(torch::Tensor x) {
    const torch::Tensor c4 = stage4->forward(x);
    const torch::Tensor c8 = stage8->forward(c4);
    const torch::Tensor c16 = stage16->forward(c8);
    const torch::Tensor c32 = stage32->forward(c16);
    torch::Tensor p32 = lateral32->forward(c32);
    if (!stage64.is_empty()) {
        p32 = p32 + cut(doubled(join64->forward(stage64->forward(c32))), p32);
    }
    const torch::Tensor p16 = merge16->forward(lateral16->forward(c16) + doubled(p32));
    const torch::Tensor p8 = lateral8->forward(c8) + doubled(p16);
    torch::Tensor h = p8;
    const size_t last = head->size() - 1;
    for (size_t i = 0; i < last; ++i) {
        h = head->at<ConvUnitImpl>(i).forward(h);
    }
    auto& outputs = head->at<nn::Conv2dImpl>(last);
    // A network in 16 bits may keep these weights in 32: see fullPrecisionWeights().
    return outputs.forward(h.to(outputs.weight));
}

WeightBlend::WeightBlend(CvdNet& to, CvdNet& from) {
    const auto pair = [this](auto targets, const auto& sources) {
        for (const auto& item : sources) {
            m_pairs.emplace_back(targets[item.key()].detach(), item.value().detach());
        }
    };
    pair(to->named_parameters(), from->named_parameters());
    pair(to->named_buffers(), from->named_buffers());
}

void WeightBlend::run(double decay) {
    const torch::NoGradGuard noGrad;
    for (auto& [target, source] : m_pairs) {
        if (decay <= 0 || !target.is_floating_point()) {
            target.copy_(source);
        } else {
            target.lerp_(source, 1.0 - decay);
        }
    }
}

void blendWeights(CvdNet& to, CvdNet& from, double decay) {
    WeightBlend(to, from).run(decay);
}

namespace {

void fold(ConvUnitImpl& unit) {
    const torch::Tensor gain =
        unit.norm->weight / torch::sqrt(unit.norm->running_var + unit.norm->options.eps());
    const auto& old = unit.conv->options;
    nn::Conv2d plain(nn::Conv2dOptions(old.in_channels(), old.out_channels(), old.kernel_size())
                         .stride(old.stride())
                         .padding((*old.kernel_size())[0] / 2)
                         .bias(true));
    plain->weight.copy_(unit.conv->weight * gain.reshape({-1, 1, 1, 1}));
    plain->bias.copy_(unit.norm->bias - unit.norm->running_mean * gain);
    unit.conv = unit.replace_module("conv", plain);
    unit.unregister_module("norm");
    unit.norm = nullptr;
}

}  // namespace

CvdNet foldedCopy(CvdNet& net) {
    const torch::NoGradGuard noGrad;
    CvdNet copy(net->options);
    blendWeights(copy, net, 0);
    copy->eval();
    for (const auto& module : copy->modules(false)) {
        if (auto* unit = dynamic_cast<ConvUnitImpl*>(module.get())) {
            fold(*unit);
        }
    }
    return copy;
}

std::vector<std::string> fullPrecisionWeights(const CvdNet& net) {
    const std::string last = "head." + std::to_string(net->head->size() - 1);
    return {last + ".weight", last + ".bias"};
}

torch::Tensor mirroredForward(CvdNet& net, const torch::Tensor& x) {
    // Offsets along x point the other way in a mirror; all else stays.
    torch::Tensor sign = torch::ones({1, CvdLayout::kChannels, 1, 1});
    for (int c = 0; c < kObjectClassCount; ++c) {
        sign[0][CvdLayout::kBox + 4 * c] = -1;
    }
    sign[0][CvdLayout::kPoints] = -1;
    sign[0][CvdLayout::kPoints + 2] = -1;
    // In one batch: nearly a third faster on two cores than one picture after the other.
    const torch::Tensor both = net->forward(torch::cat({x, x.flip({3})}));
    const std::vector<torch::Tensor> halves = both.chunk(2);
    // A constant of the exported graph must follow the network to its device and precision.
    return (halves[0] + halves[1].flip({3}) * sign.to(both)) * 0.5;
}

}  // namespace cvd::training
