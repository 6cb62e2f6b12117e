// The detector that runs TorchScript networks. Everything that torch throws ends in this file.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>
#include <system_error>
#include <thread>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include <ATen/Parallel.h>
#include <torch/cuda.h>
#include <torch/script.h>

#include "core/inference/decoders.h"
#include "core/inference/detector.h"
#include "core/inference/guarded_torch.h"
#include "core/inference/pair_detector.h"
#include "core/inference/preprocess.h"

namespace cvd::inference {

namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string shapeText(c10::IntArrayRef shape) {
    std::string text;
    for (std::int64_t side : shape) {
        text.append(text.empty() ? "" : "x").append(std::to_string(side));
    }
    return text;
}

// One thread makes LibTorch leave oneDNN and costs up to seven times the time, so never below two.
int chooseThreads(int wanted) {
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    constexpr int kMostUseful = 8;  // small convolutions stop scaling
    return wanted > 0 ? wanted : std::clamp(cores, 2, kMostUseful);
}

Result<c10::Device> chooseDevice(const std::string& name) {
    const int cards =
        torch::cuda::is_available() ? static_cast<int>(torch::cuda::device_count()) : 0;
    if (name == "auto") {
        return cards > 0 ? c10::Device(c10::kCUDA, 0) : c10::Device(c10::kCPU);
    }
    if (name == "cpu") {
        return c10::Device(c10::kCPU);
    }
    int index = -1;
    if (name == "cuda") {
        index = 0;
    } else if (name.rfind("cuda:", 0) == 0 && name.size() > 5 && name.size() <= 8 &&
               std::all_of(name.begin() + 5, name.end(),
                           [](char c) { return c >= '0' && c <= '9'; })) {
        index = std::stoi(name.substr(5));
    } else {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "The device %1 is unknown. Use auto, cpu, cuda or cuda:N."),
                    {name});
    }
    if (index >= cards) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core",
                           "The device %1 is not there: %2 CUDA devices were found. Use auto "
                           "or cpu."),
                    {name, std::to_string(cards)});
    }
    return c10::Device(c10::kCUDA, static_cast<c10::DeviceIndex>(index));
}

// Does bfloat16 pay? With matrix units (AMX) it does, and with AMD's AVX-512 (0.6 of the time of 32
// bits on Zen 5). With Intel's AVX-512 alone the network takes half as long again as in 32 bits.
bool cpuMultipliesBfloat16() {
#if defined(__x86_64__)
    return __builtin_cpu_supports("amx-bf16") != 0 ||
           (__builtin_cpu_is("amd") != 0 && __builtin_cpu_supports("avx512bf16") != 0);
#else
    return false;
#endif
}

// The layers' outputs, some megabytes each, come and go with every frame. glibc gives such blocks
// back to the system and takes them anew, page by page: up to half of a frame's time.
void keepFreedMemory() {
#if defined(__GLIBC__)
    constexpr int kLargestBlock = 32 << 20;  // the most that glibc accepts
    constexpr int kKeptFree = 256 << 20;
    mallopt(M_MMAP_THRESHOLD, kLargestBlock);
    mallopt(M_TRIM_THRESHOLD, kKeptFree);
#endif
}

c10::ScalarType choosePrecision(const ModelManifest& manifest, const DetectorOptions& options,
                                c10::Device device) {
    if (!options.reducedPrecision) {
        return c10::kFloat;
    }
    if (device.is_cuda()) {
        return c10::kHalf;
    }
    return manifest.keepFloat32 && cpuMultipliesBfloat16() ? c10::kBFloat16 : c10::kFloat;
}

class TorchDetector final : public Detector {
public:
    TorchDetector(ModelManifest manifest, DetectorOptions options, c10::Device device)
        : m_manifest(std::move(manifest)),
          m_options(std::move(options)),
          m_device(device),
          m_precision(choosePrecision(m_manifest, m_options, device)),
          m_threads(chooseThreads(m_options.threads)),
          m_expected(expectedShape(m_manifest)) {}

    Status load();
    Status warmUp();

    Result<std::vector<std::vector<Detection>>> detect(std::span<const cv::Mat> frames) override;
    Status setInputSize(int width, int height) override;
    const ModelManifest& manifest() const override { return m_manifest; }
    std::string deviceName() const override { return m_device.str(); }
    std::string precisionName() const override;
    DetectorTiming lastTiming() const override { return m_timing; }
    int preferredBatch() const override { return m_device.is_cuda() ? 16 : 1; }

private:
    using Batches = std::vector<std::vector<Detection>>;

    bool reduced() const { return m_precision != c10::kFloat; }
    void prepareThread() const;
    bool keepsFloat32(const std::string& weight) const;
    Status checkKeptWeights() const;
    void reduceWeights();
    void useInput(int width, int height);
    torch::Tensor inputFor(std::int64_t count);
    Result<torch::Tensor> forward(const torch::Tensor& input);
    Result<Batches> run(std::span<const cv::Mat> frames);

    ModelManifest m_manifest;
    DetectorOptions m_options;
    c10::Device m_device;
    c10::ScalarType m_precision;
    int m_threads;
    std::vector<std::int64_t> m_expected;
    torch::jit::Module m_module;
    torch::Tensor m_input;  // kept between calls
    cv::Mat m_scratch;
    DetectorTiming m_timing;
};

// The number of threads belongs to the calling thread in OpenMP builds of LibTorch.
void TorchDetector::prepareThread() const {
    if (!m_device.is_cuda() && at::get_num_threads() != m_threads) {
        at::set_num_threads(m_threads);
    }
}

std::string TorchDetector::precisionName() const {
    switch (m_precision) {
        case c10::kBFloat16:
            return "bfloat16";
        case c10::kHalf:
            return "float16";
        default:
            return "float32";
    }
}

bool TorchDetector::keepsFloat32(const std::string& weight) const {
    const auto& keep = m_manifest.keepFloat32;
    return keep && std::find(keep->begin(), keep->end(), weight) != keep->end();
}

// Also where all weights keep their 32 bits, or a manifest would be right on one machine only.
Status TorchDetector::checkKeptWeights() const {
    std::set<std::string> known;
    for (const auto& parameter : m_module.named_parameters()) {
        known.insert(parameter.name);
    }
    for (const std::string& name : m_manifest.keepFloat32.value_or(std::vector<std::string>())) {
        if (known.count(name) == 0) {
            return fail(ErrorKind::BadInput,
                        CVD_TR("core",
                               "The manifest of %1 names the weight %2, which the network does "
                               "not have."),
                        {m_manifest.name, name});
        }
    }
    return {};
}

// Kernels are stored channels last as the pictures are, or they would be turned at each run.
void TorchDetector::reduceWeights() {
    const auto reduce = [&](at::Tensor tensor) {
        const auto format =
            tensor.dim() == 4 ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
        tensor.set_data(tensor.to(m_precision).contiguous(format));
    };
    for (const auto& parameter : m_module.named_parameters()) {
        if (parameter.value.is_floating_point() && !keepsFloat32(parameter.name)) {
            reduce(parameter.value);
        }
    }
    for (const auto& buffer : m_module.named_buffers()) {
        if (buffer.value.is_floating_point()) {
            reduce(buffer.value);
        }
    }
}

Status TorchDetector::load() {
    prepareThread();
    return guarded(
        [&]() -> Status {
            m_module = torch::jit::load(m_manifest.file.string(), m_device);
            if (!m_module.find_method("forward")) {
                return fail(ErrorKind::BadInput,
                            CVD_TR("core",
                                   "The network file %1 has no forward method, so it is not a "
                                   "detector."),
                            {m_manifest.file.string()});
            }
            m_module.eval();
            CVD_TRY(checkKeptWeights());
            if (reduced()) {
                reduceWeights();
            }
            m_module = torch::jit::freeze(m_module);
            // Its kernels know 32 bits only.
            if (!m_device.is_cuda() && !reduced()) {
                m_module = torch::jit::optimize_for_inference(m_module);
            }
            return {};
        },
        [&](const std::string& what) -> Status {
            return fail(
                ErrorKind::BadInput,
                CVD_TR("core", "The file %1 is not a TorchScript network that can be loaded."),
                {m_manifest.file.string()}, what);
        });
}

torch::Tensor TorchDetector::inputFor(std::int64_t count) {
    if (!m_input.defined() || m_input.size(0) != count) {
        m_input = torch::empty({count, 3, m_manifest.inputHeight, m_manifest.inputWidth},
                               torch::dtype(torch::kFloat32).pinned_memory(m_device.is_cuda()));
    }
    return m_input;
}

Result<torch::Tensor> TorchDetector::forward(const torch::Tensor& input) {
    torch::Tensor onDevice = input;
    if (m_device.is_cuda()) {
        onDevice = onDevice.to(m_device, true);
    }
    if (reduced()) {
        onDevice = onDevice.to(m_precision).contiguous(at::MemoryFormat::ChannelsLast);
    }
    c10::IValue result = m_module.forward({onDevice});
    // Exporters of other families return a tuple whose first entry is the prediction.
    if (result.isTuple() && !result.toTupleRef().elements().empty()) {
        result = c10::IValue(result.toTupleRef().elements()[0]);
    }
    const auto wrong = [&](const std::string& got) {
        std::vector<std::int64_t> wanted{input.size(0)};
        wanted.insert(wanted.end(), m_expected.begin(), m_expected.end());
        return fail(ErrorKind::BadInput,
                    CVD_TR("core",
                           "The network %1 returns %2 where its manifest (decoder %3) promises "
                           "numbers of the shape %4."),
                    {m_manifest.name, got, std::string(decoderName(m_manifest.decoder)),
                     shapeText(wanted)});
    };
    if (!result.isTensor()) {
        return wrong(result.tagKind());
    }
    torch::Tensor output = result.toTensor();
    if (!output.is_floating_point()) {
        return wrong("numbers of the type " + std::string(output.dtype().name()));
    }
    const bool rankOk = output.dim() == static_cast<std::int64_t>(m_expected.size()) + 1;
    if (!rankOk || output.size(0) != input.size(0) ||
        !std::equal(m_expected.begin(), m_expected.end(), output.sizes().begin() + 1)) {
        return wrong("the shape " + shapeText(output.sizes()));
    }
    return output.to(torch::kCPU, torch::kFloat32).contiguous();
}

Status TorchDetector::warmUp() {
    prepareThread();
    return guarded(
        [&]() -> Status {
            const c10::InferenceMode inference;
            torch::Tensor input = inputFor(1);
            input.zero_();
            // The executor profiles its first runs; after three it has settled.
            for (int run = 0; run < 3; ++run) {
                if (run == 2) {
                    input.uniform_(0, 1);  // what black hides a texture may show
                }
                CVD_TRY_ASSIGN(const torch::Tensor output, forward(input));
                if (!torch::isfinite(output).all().item<bool>()) {
                    return notNumbers(m_manifest);
                }
            }
            return {};
        },
        [&](const std::string& what) -> Status {
            return cannotProcess(m_manifest, m_manifest.inputWidth, m_manifest.inputHeight, what);
        });
}

void TorchDetector::useInput(int width, int height) {
    m_manifest.inputWidth = width;
    m_manifest.inputHeight = height;
    m_expected = expectedShape(m_manifest);
    m_input = torch::Tensor();
}

Status TorchDetector::setInputSize(int width, int height) {
    const int ownWidth = m_manifest.inputWidth, ownHeight = m_manifest.inputHeight;
    if (!m_manifest.peopleFit) {
        return Detector::setInputSize(width, height);
    }
    useInput(width, height);
    const Status works = warmUp();
    if (!works.ok()) {
        useInput(ownWidth, ownHeight);
    }
    return works;
}

Result<TorchDetector::Batches> TorchDetector::run(std::span<const cv::Mat> frames) {
    const c10::InferenceMode inference;
    m_timing = {};
    auto start = Clock::now();
    torch::Tensor input = inputFor(static_cast<std::int64_t>(frames.size()));
    std::vector<Letterbox> boxes;
    const std::int64_t stride = input.stride(0);
    for (size_t i = 0; i < frames.size(); ++i) {
        boxes.push_back(letterboxFor(frames[i].cols, frames[i].rows, m_manifest));
        fillInput(frames[i], boxes.back(), m_manifest,
                  input.data_ptr<float>() + stride * static_cast<std::int64_t>(i), m_scratch);
    }
    m_timing.preprocessS = secondsSince(start);

    start = Clock::now();
    CVD_TRY_ASSIGN(const torch::Tensor output, forward(input));
    m_timing.forwardS = secondsSince(start);

    start = Clock::now();
    // It would count as nothing found.
    if (torch::isnan(output).any().item<bool>()) {
        return notNumbers(m_manifest);
    }
    Batches found;
    const DecodeOptions decodeOptions{m_options.minScore, m_options.maxDetections};
    for (size_t i = 0; i < frames.size(); ++i) {
        const TensorView view{
            output.data_ptr<float>() + output.stride(0) * static_cast<std::int64_t>(i), m_expected};
        found.push_back(decode(view, boxes[i], m_manifest, decodeOptions));
    }
    m_timing.postprocessS = secondsSince(start);
    return found;
}

Result<TorchDetector::Batches> TorchDetector::detect(std::span<const cv::Mat> frames) {
    if (frames.empty()) {
        return Batches{};
    }
    for (const cv::Mat& frame : frames) {
        if (frame.empty() || frame.type() != CV_8UC3) {
            return fail(ErrorKind::BadInput,
                        CVD_TR("core", "The detector needs 8-bit colour pictures."), {});
        }
    }
    prepareThread();
    return guarded([&]() { return run(frames); },
                   [&](const std::string& what) -> Result<Batches> {
                       return fail(ErrorKind::Environment,
                                   CVD_TR("core", "The network %1 failed on %2."),
                                   {m_manifest.name, deviceName()}, what);
                   });
}

Result<std::unique_ptr<Detector>> loadOne(const ModelManifest& manifest,
                                          const DetectorOptions& options) {
    CVD_TRY_ASSIGN(const c10::Device device, chooseDevice(options.device));
    keepFreedMemory();
    auto detector = std::make_unique<TorchDetector>(manifest, options, device);
    CVD_TRY(detector->load());
    if (options.warmUp) {
        CVD_TRY(detector->warmUp());
    }
    return std::unique_ptr<Detector>(std::move(detector));
}

}  // namespace

Result<std::unique_ptr<Detector>> loadDetector(const fs::path& path,
                                               const DetectorOptions& options) {
    CVD_TRY_ASSIGN(const ModelManifest manifest, loadManifest(path));
    if (options.verifyHash) {
        CVD_TRY(verifyModelFile(manifest));
    }
    return manifest.decoder == Decoder::Pair ? loadPair(manifest, options, loadOne)
                                             : loadOne(manifest, options);
}

}  // namespace cvd::inference
