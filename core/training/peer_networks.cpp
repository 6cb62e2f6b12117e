#include "core/training/peer_networks.h"

#include <algorithm>
#include <chrono>
#include <functional>

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include "core/training/script_torch.h"

namespace cvd::training {

namespace nn = torch::nn;
using torch::Tensor;

namespace {

enum class Activation { Silu, Relu, None };

struct UnitImpl : nn::Module {
    UnitImpl(int in, int out, int kernel, int stride, Activation a) : activation(a) {
        conv = register_module(
            "conv",
            nn::Conv2d(
                nn::Conv2dOptions(in, out, kernel).stride(stride).padding(kernel / 2).bias(false)));
        norm = register_module("norm", nn::BatchNorm2d(out));
    }
    Tensor forward(Tensor x) {
        x = norm(conv(x));
        return activation == Activation::Silu   ? torch::silu(x)
               : activation == Activation::Relu ? torch::relu(x)
                                                : x;
    }
    Activation activation;
    nn::Conv2d conv{nullptr};
    nn::BatchNorm2d norm{nullptr};
};
TORCH_MODULE(Unit);

Unit silu(int in, int out, int kernel, int stride = 1) {
    return Unit(in, out, kernel, stride, Activation::Silu);
}

// ---- YOLOX-s ----------------------------------------------------------------------------------

struct CspImpl : nn::Module {
    CspImpl(int in, int out, int blocks, bool residual) : adds(residual) {
        const int mid = out / 2;
        left = register_module("left", silu(in, mid, 1));
        right = register_module("right", silu(in, mid, 1));
        last = register_module("last", silu(2 * mid, out, 1));
        for (int i = 0; i < blocks; ++i) {
            inner->push_back(silu(mid, mid, 1));
            inner->push_back(silu(mid, mid, 3));
        }
        register_module("inner", inner);
    }
    Tensor forward(Tensor x) {
        Tensor y = left(x);
        for (size_t i = 0; i < inner->size(); i += 2) {
            const Tensor z =
                inner[i + 1]->as<UnitImpl>()->forward(inner[i]->as<UnitImpl>()->forward(y));
            y = adds ? y + z : z;
        }
        return last(torch::cat({y, right(x)}, 1));
    }
    bool adds;
    Unit left{nullptr}, right{nullptr}, last{nullptr};
    nn::ModuleList inner;
};
TORCH_MODULE(Csp);

Tensor doubled(const Tensor& x) {
    const double scale[2] = {2.0, 2.0};
    return at::upsample_nearest2d(x, c10::nullopt, c10::ArrayRef<double>(scale));
}

struct YoloXsImpl : nn::Module {
    YoloXsImpl() {
        const auto keep = [this](const char* name, auto module) {
            return register_module(name, module);
        };
        stem = keep("stem", silu(12, 32, 3));
        down2 = keep("down2", silu(32, 64, 3, 2));
        dark2 = keep("dark2", Csp(64, 64, 1, true));
        down3 = keep("down3", silu(64, 128, 3, 2));
        dark3 = keep("dark3", Csp(128, 128, 3, true));
        down4 = keep("down4", silu(128, 256, 3, 2));
        dark4 = keep("dark4", Csp(256, 256, 3, true));
        down5 = keep("down5", silu(256, 512, 3, 2));
        pool1 = keep("pool1", silu(512, 256, 1));
        pool2 = keep("pool2", silu(1024, 512, 1));
        dark5 = keep("dark5", Csp(512, 512, 1, false));
        lateral = keep("lateral", silu(512, 256, 1));
        p4 = keep("p4", Csp(512, 256, 1, false));
        reduce = keep("reduce", silu(256, 128, 1));
        p3 = keep("p3", Csp(256, 128, 1, false));
        up3 = keep("up3", silu(128, 128, 3, 2));
        n3 = keep("n3", Csp(256, 256, 1, false));
        up4 = keep("up4", silu(256, 256, 3, 2));
        n4 = keep("n4", Csp(512, 512, 1, false));
        const int widths[3] = {128, 256, 512};
        for (int i = 0; i < 3; ++i) {
            heads->push_back(silu(widths[i], 128, 1));
            for (int k = 0; k < 4; ++k) {
                heads->push_back(silu(128, 128, 3));
            }
            heads->push_back(Unit(128, 5 + 3, 1, 1, Activation::None));
        }
        register_module("heads", heads);
    }
    Tensor head(int i, Tensor x) {
        const auto run = [&](int k, const Tensor& in) {
            return heads[static_cast<size_t>(6 * i + k)]->as<UnitImpl>()->forward(in);
        };
        x = run(0, x);
        const Tensor classes = run(2, run(1, x)), boxes = run(4, run(3, x));
        return run(5, classes + boxes).flatten(2);
    }
    Tensor forward(Tensor x) {
        using torch::indexing::Slice;
        const Slice even(0, torch::indexing::None, 2), odd(1, torch::indexing::None, 2);
        const Slice all;
        x = torch::cat({x.index({all, all, even, even}), x.index({all, all, odd, even}),
                        x.index({all, all, even, odd}), x.index({all, all, odd, odd})},
                       1);
        x = dark2(down2(stem(x)));
        const Tensor c3 = dark3(down3(x)), c4 = dark4(down4(c3));
        Tensor c5 = pool1(down5(c4));
        c5 = torch::cat({c5, torch::max_pool2d(c5, 5, 1, 2), torch::max_pool2d(c5, 9, 1, 4),
                         torch::max_pool2d(c5, 13, 1, 6)},
                        1);
        const Tensor l5 = lateral(dark5(pool2(c5)));
        const Tensor m4 = reduce(p4(torch::cat({doubled(l5), c4}, 1)));
        const Tensor o3 = p3(torch::cat({doubled(m4), c3}, 1));
        const Tensor o4 = n3(torch::cat({up3(o3), m4}, 1));
        const Tensor o5 = n4(torch::cat({up4(o4), l5}, 1));
        return torch::cat({head(0, o3), head(1, o4), head(2, o5)}, 2);
    }
    Unit stem{nullptr}, down2{nullptr}, down3{nullptr}, down4{nullptr}, down5{nullptr},
        pool1{nullptr}, pool2{nullptr}, lateral{nullptr}, reduce{nullptr}, up3{nullptr},
        up4{nullptr};
    Csp dark2{nullptr}, dark3{nullptr}, dark4{nullptr}, dark5{nullptr}, p4{nullptr}, p3{nullptr},
        n3{nullptr}, n4{nullptr};
    nn::ModuleList heads;
};
TORCH_MODULE(YoloXs);

// ---- YOLACT with ResNet-101 -------------------------------------------------------------------

struct BottleneckImpl : nn::Module {
    BottleneckImpl(int in, int mid, int stride) {
        a = register_module("a", Unit(in, mid, 1, 1, Activation::Relu));
        b = register_module("b", Unit(mid, mid, 3, stride, Activation::Relu));
        c = register_module("c", Unit(mid, 4 * mid, 1, 1, Activation::None));
        if (in != 4 * mid || stride != 1) {
            way = register_module("way", Unit(in, 4 * mid, 1, stride, Activation::None));
        }
    }
    Tensor forward(Tensor x) { return torch::relu(c(b(a(x))) + (way.is_empty() ? x : way(x))); }
    Unit a{nullptr}, b{nullptr}, c{nullptr}, way{nullptr};
};
TORCH_MODULE(Bottleneck);

nn::Conv2d plain(int in, int out, int kernel, int stride = 1) {
    return nn::Conv2d(nn::Conv2dOptions(in, out, kernel).stride(stride).padding(kernel / 2));
}

struct YolactImpl : nn::Module {
    YolactImpl() {
        stem = register_module("stem", Unit(3, 64, 7, 2, Activation::Relu));
        const int blocks[4] = {3, 4, 23, 3};
        int width = 64;
        for (int s = 0; s < 4; ++s) {
            nn::Sequential stage;
            const int mid = 64 << s;
            for (int i = 0; i < blocks[s]; ++i) {
                stage->push_back(Bottleneck(width, mid, i == 0 && s > 0 ? 2 : 1));
                width = 4 * mid;
            }
            stages.push_back(register_module("stage" + std::to_string(s), stage));
        }
        for (const int in : {2048, 1024, 512}) {
            convs->push_back(plain(in, 256, 1));
        }
        for (int i = 0; i < 3; ++i) {
            convs->push_back(plain(256, 256, 3));
        }
        convs->push_back(plain(256, 256, 3, 2));
        convs->push_back(plain(256, 256, 3, 2));
        for (int i = 0; i < 4; ++i) {
            convs->push_back(plain(256, 256, 3));  // 8..11: the prototypes
        }
        convs->push_back(plain(256, 32, 1));
        convs->push_back(plain(256, 256, 3));  // 13: the head's common part
        for (const int out : {3 * 4, 3 * 2, 3 * 32}) {
            convs->push_back(plain(256, out, 3));
        }
        register_module("convs", convs);
    }
    Tensor conv(size_t i, const Tensor& x) { return convs[i]->as<nn::Conv2dImpl>()->forward(x); }
    static Tensor sized(const Tensor& x, const Tensor& like) {
        return at::upsample_bilinear2d(x, like.sizes().slice(2), false);
    }
    Tensor forward(Tensor x) {
        x = torch::max_pool2d(stem(x), 3, 2, 1);
        x = stages[0]->forward(x);
        const Tensor c3 = stages[1]->forward(x), c4 = stages[2]->forward(c3),
                     c5 = stages[3]->forward(c4);
        const Tensor l5 = conv(0, c5), l4 = conv(1, c4) + sized(l5, c4),
                     l3 = conv(2, c3) + sized(l4, c3);
        std::vector<Tensor> levels{torch::relu(conv(5, l3)), torch::relu(conv(4, l4)),
                                   torch::relu(conv(3, l5))};
        levels.push_back(conv(6, levels.back()));
        levels.push_back(conv(7, levels.back()));
        Tensor prototypes = levels[0];
        for (size_t i = 8; i < 11; ++i) {
            prototypes = torch::relu(conv(i, prototypes));
        }
        prototypes = torch::relu(conv(12, torch::relu(conv(11, doubled(prototypes)))));
        std::vector<Tensor> rows;
        for (const Tensor& level : levels) {
            const Tensor common = torch::relu(conv(13, level));
            rows.push_back(
                torch::cat({conv(14, common), conv(15, common), torch::tanh(conv(16, common))}, 1)
                    .flatten(2));
        }
        // One tensor, as the tracer wants it; the prototypes are cheap to carry along.
        return torch::cat({torch::cat(rows, 2).flatten(1), prototypes.flatten(1)}, 1);
    }
    Unit stem{nullptr};
    std::vector<nn::Sequential> stages;
    nn::ModuleList convs;
};
TORCH_MODULE(Yolact);

// ---- timing -----------------------------------------------------------------------------------

double medianMs(int repeats, const std::function<void()>& run) {
    std::vector<double> all;
    for (int i = 0; i < repeats + 3; ++i) {
        const auto start = std::chrono::steady_clock::now();
        run();
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - start;
        if (i >= 3) {  // the first ones plan
            all.push_back(took.count());
        }
    }
    std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2),
                     all.end());
    return all[all.size() / 2];
}

template <typename Net>
PeerTiming timeOne(const char* name, Net net, int width, int height, int repeats) {
    const torch::NoGradGuard noGrad;
    net->eval();
    PeerTiming t;
    t.name = std::string(name) + ' ' + std::to_string(width) + 'x' + std::to_string(height);
    for (const Tensor& p : net->parameters()) {
        t.millionWeights += static_cast<double>(p.numel()) / 1e6;
    }
    const Tensor input = torch::rand({1, 3, height, width});
    t.eagerMs = medianMs(repeats, [&] { net->forward(input); });
    torch::jit::Module script = tracedModule(
        *net, [&](const Tensor& x) { return net->forward(x); }, input);
    script = torch::jit::freeze(script);
    script = torch::jit::optimize_for_inference(script);
    t.optimisedMs = medianMs(repeats, [&] { script.forward({input}); });
    return t;
}

}  // namespace

Result<std::vector<PeerTiming>> timePeerNetworks(int threads, int repeats) {
    try {
        at::set_num_threads(threads);
        return std::vector<PeerTiming>{timeOne("YOLOX-s", YoloXs(), 640, 640, repeats),
                                       timeOne("YOLACT ResNet-101", Yolact(), 550, 550, repeats)};
    } catch (const std::exception& e) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core", "The networks to compare with cannot be run."), {}, e.what());
    }
}

}  // namespace cvd::training
