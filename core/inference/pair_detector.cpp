#include "core/inference/pair_detector.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include <torch/script.h>
#include <opencv2/core.hpp>

#include "core/inference/guarded_torch.h"
#include "core/inference/mask_points.h"
#include "core/inference/preprocess.h"

namespace cvd::inference {
namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// fillInput() and letterboxFor() read an input from a manifest.
ModelManifest inputOf(const MaskStage& stage) {
    ModelManifest m;
    m.inputWidth = stage.inputWidth;
    m.inputHeight = stage.inputHeight;
    m.colour = stage.colour;
    m.mean = stage.mean;
    m.std = stage.std;
    m.letterboxFill = stage.letterboxFill;
    m.align = stage.align;
    m.stretch = stage.stretch;
    return m;
}

// Tensors in the order of MaskForm::Yolact, or the mask alone.
std::vector<torch::Tensor> tensorsOf(const c10::IValue& value, MaskForm form) {
    static constexpr std::array kNames{"loc", "conf", "mask", "priors", "proto"};
    std::vector<torch::Tensor> found;
    const auto add = [&](const c10::IValue& v) {
        if (v.isTensor()) {
            found.push_back(v.toTensor().to(torch::kCPU, torch::kFloat32).contiguous());
        }
    };
    if (form == MaskForm::Yolact && value.isGenericDict()) {
        for (const char* name : kNames) {
            const auto dict = value.toGenericDict();
            const c10::IValue key{std::string(name)};
            if (dict.contains(key)) {
                add(dict.at(key));
            }
        }
    } else if (value.isTuple()) {
        for (const c10::IValue& v : value.toTupleRef().elements()) {
            add(v);
        }
    } else if (value.isTensorList()) {
        for (const torch::Tensor& t : value.toTensorVector()) {
            add(t);
        }
    } else {
        add(value);
    }
    return found;
}

// Views without the batch's dimension, where there is one.
TensorView viewOf(const torch::Tensor& tensor, size_t rank) {
    TensorView view{tensor.data_ptr<float>(), tensor.sizes().vec()};
    if (view.shape.size() == rank + 1 && view.shape.front() == 1) {
        view.shape.erase(view.shape.begin());
    }
    return view;
}

class PairDetector final : public Detector {
public:
    PairDetector(ModelManifest manifest, std::unique_ptr<Detector> first)
        : m_manifest(std::move(manifest)),
          m_input(inputOf(*m_manifest.maskStage)),
          m_first(std::move(first)),
          m_device(m_first->deviceName()) {}

    Status load();
    Status warmUp();
    Result<std::vector<std::vector<Detection>>> detect(std::span<const cv::Mat> frames) override;
    const ModelManifest& manifest() const override { return m_manifest; }
    std::string deviceName() const override { return m_first->deviceName(); }
    DetectorTiming lastTiming() const override { return m_timing; }
    int preferredBatch() const override { return m_first->preferredBatch(); }

private:
    const MaskStage& stage() const { return *m_manifest.maskStage; }
    Result<cv::Mat> maskOf(const torch::Tensor& input);
    Status addPoints(const cv::Mat& frame, std::vector<Detection>& found);
    Result<std::optional<PokerPoints>> pointsIn(const cv::Mat& frame, const BoxPx& box);
    Error wrongOutput(const std::string& got) const;

    ModelManifest m_manifest;
    ModelManifest m_input;
    std::unique_ptr<Detector> m_first;
    c10::Device m_device;
    torch::jit::Module m_module;
    torch::Tensor m_tensor;  // kept between calls
    cv::Mat m_scratch;
    DetectorTiming m_timing;
};

Status PairDetector::load() {
    m_tensor = torch::empty({1, 3, m_input.inputHeight, m_input.inputWidth}, torch::kFloat32);
    return guarded(
        [&]() -> Status {
            m_module = torch::jit::load(stage().file.string(), m_device);
            if (!m_module.find_method("forward")) {
                return fail(ErrorKind::BadInput,
                            CVD_TR("core",
                                   "The network file %1 has no forward method, so it is not a "
                                   "detector."),
                            {stage().file.string()});
            }
            m_module.eval();
            m_module = torch::jit::freeze(m_module);
            return {};
        },
        [&](const std::string& what) -> Status {
            return fail(
                ErrorKind::BadInput,
                CVD_TR("core", "The file %1 is not a TorchScript network that can be loaded."),
                {stage().file.string()}, what);
        });
}

Error PairDetector::wrongOutput(const std::string& got) const {
    return fail(ErrorKind::BadInput,
                CVD_TR("core",
                       "The second network of %1 returns %2, which is not what its manifest "
                       "(form %3) promises."),
                {m_manifest.name, got, std::string(maskFormName(stage().form))});
}

Result<cv::Mat> PairDetector::maskOf(const torch::Tensor& input) {
    const c10::IValue value = m_module.forward({input.to(m_device)});
    const auto tensors = tensorsOf(value, stage().form);
    if (stage().form == MaskForm::Mask) {
        if (tensors.empty()) {
            return wrongOutput(value.tagKind());
        }
        torch::Tensor mask = tensors[0].squeeze();
        if (mask.dim() != 2 || mask.numel() == 0) {
            return wrongOutput(std::to_string(tensors[0].dim()) + " dimensions");
        }
        // It covers the input, so it has its shape at another size.
        const double aspect =
            double(mask.size(1)) / double(mask.size(0)) * m_input.inputHeight / m_input.inputWidth;
        if (!(aspect > 0.8 && aspect < 1.25)) {
            return wrongOutput("a mask of " + std::to_string(mask.size(1)) + " x " +
                               std::to_string(mask.size(0)));
        }
        if (torch::isnan(mask).any().item<bool>()) {
            return notNumbers(m_manifest);
        }
        mask = mask.contiguous();
        return cv::Mat(int(mask.size(0)), int(mask.size(1)), CV_32F, mask.data_ptr<float>())
            .clone();
    }
    if (tensors.size() < 5) {
        return wrongOutput(std::to_string(tensors.size()) + " tensors");
    }
    const YolactOutput output{viewOf(tensors[0], 2), viewOf(tensors[1], 2), viewOf(tensors[2], 2),
                              viewOf(tensors[3], 2), viewOf(tensors[4], 3)};
    if (!output.consistent()) {
        return wrongOutput("tensors whose shapes do not fit each other");
    }
    if (std::any_of(tensors.begin(), tensors.end(),
                    [](const torch::Tensor& t) { return torch::isnan(t).any().item<bool>(); })) {
        return notNumbers(m_manifest);
    }
    return bestYolactMask(output);
}

Status PairDetector::warmUp() {
    return guarded(
        [&]() -> Status {
            const c10::InferenceMode inference;
            m_tensor.zero_();
            CVD_TRY_ASSIGN(const cv::Mat mask, maskOf(m_tensor));
            if (!mask.empty() && !cv::checkRange(mask)) {
                return notNumbers(m_manifest);
            }
            return {};
        },
        [&](const std::string& what) -> Status {
            return cannotProcess(m_manifest, m_input.inputWidth, m_input.inputHeight, what);
        });
}

Result<std::optional<PokerPoints>> PairDetector::pointsIn(const cv::Mat& frame, const BoxPx& box) {
    const double dx = box.w * stage().cropMargin, dy = box.h * stage().cropMargin;
    const int x0 = std::clamp(int(std::floor(box.x - dx)), 0, frame.cols - 1);
    const int y0 = std::clamp(int(std::floor(box.y - dy)), 0, frame.rows - 1);
    const int x1 = std::clamp(int(std::ceil(box.x + box.w + dx)), x0 + 1, frame.cols);
    const int y1 = std::clamp(int(std::ceil(box.y + box.h + dy)), y0 + 1, frame.rows);
    const cv::Mat crop = frame(cv::Rect(x0, y0, x1 - x0, y1 - y0));
    auto start = Clock::now();
    const Letterbox letterbox = letterboxFor(crop.cols, crop.rows, m_input);
    fillInput(crop, letterbox, m_input, m_tensor.data_ptr<float>(), m_scratch);
    m_timing.preprocessS += secondsSince(start);
    start = Clock::now();
    CVD_TRY_ASSIGN(const cv::Mat mask, maskOf(m_tensor));
    m_timing.forwardS += secondsSince(start);
    start = Clock::now();
    auto points = pointsOfMask(mask, letterbox, {x0, y0}, m_input.inputWidth, m_input.inputHeight,
                               stage().threshold);
    m_timing.postprocessS += secondsSince(start);
    return points;
}

Status PairDetector::addPoints(const cv::Mat& frame, std::vector<Detection>& found) {
    int left = stage().maxBoxes;
    for (Detection& d : found) {  // best first
        d.poker.reset();          // the first network knows boxes only
        if (d.cls != ObjectClass::Vibrator || d.score < stage().boxScore || left-- <= 0) {
            continue;
        }
        CVD_TRY_ASSIGN(d.poker, pointsIn(frame, d.box));
    }
    return {};
}

Result<std::vector<std::vector<Detection>>> PairDetector::detect(std::span<const cv::Mat> frames) {
    CVD_TRY_ASSIGN(auto found, m_first->detect(frames));
    m_timing = m_first->lastTiming();
    const Status done = guarded(
        [&]() -> Status {
            const c10::InferenceMode inference;
            for (size_t i = 0; i < frames.size(); ++i) {
                CVD_TRY(addPoints(frames[i], found[i]));
            }
            return {};
        },
        [&](const std::string& what) -> Status {
            return fail(ErrorKind::Environment, CVD_TR("core", "The network %1 failed on %2."),
                        {m_manifest.name, deviceName()}, what);
        });
    CVD_TRY(done);
    return found;
}

}  // namespace

ModelManifest firstOfPair(const ModelManifest& pair) {
    ModelManifest first = pair;
    first.decoder = pair.firstDecoder;
    first.maskStage.reset();
    return first;
}

Result<std::unique_ptr<Detector>> loadPair(const ModelManifest& manifest,
                                           const DetectorOptions& options,
                                           const LoadNetwork& loadFirst) {
    CVD_TRY_ASSIGN(auto first, loadFirst(firstOfPair(manifest), options));
    auto pair = std::make_unique<PairDetector>(manifest, std::move(first));
    CVD_TRY(pair->load());
    if (options.warmUp) {
        CVD_TRY(pair->warmUp());
    }
    return std::unique_ptr<Detector>(std::move(pair));
}

}  // namespace cvd::inference
