// The shared module cvd_torch_backend: everything of core/inference behind one exported function.
#include "core/pipeline/torch_backend.h"

#include <string>

#include "core/base/log.h"

#ifdef _WIN32
#define CVD_EXPORT extern "C" __declspec(dllexport)
#else
#define CVD_EXPORT extern "C" __attribute__((visibility("default")))
#endif

namespace cvd::pipeline {
namespace {

void setLog(void (*write)(int, const char*, const char*)) {
    cvd::setLogLevel(LogLevel::Debug);  // the program decides what is shown
    cvd::setLogSink([write](LogLevel level, std::string_view area, std::string_view line) {
        write(static_cast<int>(level), std::string(area).c_str(), std::string(line).c_str());
    });
}

void load(const char* model, const inference::DetectorOptions& options,
          std::optional<Result<std::unique_ptr<inference::Detector>>>& out) {
    out.emplace(inference::loadDetector(model, options));
}

void inspect(const char* file, int width, int height,
             std::optional<Result<inference::ModelFindings>>& out) {
    const auto size = width > 0 ? std::optional(std::pair(width, height)) : std::nullopt;
    out.emplace(inference::inspectNetwork(file, size));
}

}  // namespace
}  // namespace cvd::pipeline

CVD_EXPORT const cvd::pipeline::TorchBackend* cvdTorchBackend() {
    static const cvd::pipeline::TorchBackend kBackend{cvd::pipeline::kTorchBackendAbi, CVD_VERSION,
                                                      cvd::pipeline::setLog, cvd::pipeline::load,
                                                      cvd::pipeline::inspect};
    return &kBackend;
}
