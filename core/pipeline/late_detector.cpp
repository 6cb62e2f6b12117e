#include "core/pipeline/late_detector.h"

#include <cstdlib>
#include <mutex>
#include <optional>
#include <string_view>

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLibrary>

#ifdef __linux__
#include <unistd.h>
#endif

#include "core/base/log.h"
#include "core/pipeline/torch_backend.h"

namespace cvd::pipeline {
namespace {

QStringList backendFolders() {
    const QString chosen = qEnvironmentVariable("CVD_BACKEND_DIR");
    if (!chosen.isEmpty()) {
        return {chosen};
    }
    const QString here = QString::fromStdString(executableFolder().string());
    return {here, QDir::cleanPath(here + "/../lib/cvd-mis"), QDir::cleanPath(here + "/../lib")};
}

void writeLog(int level, const char* area, const char* line) {
    log(static_cast<LogLevel>(level), area, line);
}

Result<const TorchBackend*> openBackend() {
    QString file;
    const QStringList folders = backendFolders();
    for (const QString& folder : folders) {
        for (const char* pattern :
             {"cvd_torch_backend.so", "cvd_torch_backend.dll", "cvd_torch_backend.dylib"}) {
            const QString candidate = folder + '/' + pattern;
            if (file.isEmpty() && QFileInfo::exists(candidate)) {
                file = candidate;
            }
        }
    }
    if (file.isEmpty()) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core",
                           "The detection module cvd_torch_backend was not found in %1. "
                           "Install the program again."),
                    {folders.join(", ").toStdString()});
    }
    QLibrary library(file);
    library.setLoadHints(QLibrary::ResolveAllSymbolsHint | QLibrary::PreventUnloadHint);
    using Entry = const TorchBackend* (*)();
    const auto entry =
        library.load() ? reinterpret_cast<Entry>(library.resolve(kTorchBackendSymbol)) : nullptr;
    const TorchBackend* backend = entry != nullptr ? entry() : nullptr;
    if (backend == nullptr || backend->abi != kTorchBackendAbi ||
        std::string_view(backend->version) != CVD_VERSION) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core",
                           "The detection module %1 cannot be used with this program. "
                           "Install the program again."),
                    {file.toStdString()}, library.errorString().toStdString());
    }
    backend->setLog(writeLog);
    return backend;
}

Result<const TorchBackend*> backendOnce() {
    static std::mutex mutex;
    static const TorchBackend* backend = nullptr;
    const std::lock_guard lock(mutex);
    if (backend == nullptr) {
        CVD_TRY_ASSIGN(backend, openBackend());
    }
    return backend;
}

}  // namespace

void restartWithBriefSpinning(char** argv) {
#ifdef __linux__
    const bool chosen =
        std::getenv("OMP_WAIT_POLICY") != nullptr || std::getenv("GOMP_SPINCOUNT") != nullptr;
    if (!chosen && setenv("GOMP_SPINCOUNT", "20000", 0) == 0) {
        // By its own name, or lists of processes call the program "exe". Both come back only when
        // they fail.
        std::error_code error;
        const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
        if (!error) {
            execv(self.c_str(), argv);
        }
        execv("/proc/self/exe", argv);
    }
#else
    static_cast<void>(argv);
#endif
}

std::filesystem::path executableFolder() {
    if (QCoreApplication::instance() != nullptr) {
        return QCoreApplication::applicationDirPath().toStdString();
    }
    return QFileInfo(QFileInfo("/proc/self/exe").symLinkTarget()).absolutePath().toStdString();
}

Result<std::unique_ptr<inference::Detector>> loadDetectorLate(
    const std::filesystem::path& model, const inference::DetectorOptions& options) {
    std::filesystem::path chosen = model;
    if (chosen.empty()) {
        CVD_TRY_ASSIGN(chosen, inference::findDefaultModel(executableFolder()));
    }
    CVD_TRY_ASSIGN(const TorchBackend* backend, backendOnce());
    std::optional<Result<std::unique_ptr<inference::Detector>>> detector;
    backend->load(chosen.string().c_str(), options, detector);
    return std::move(*detector);
}

Result<inference::ModelFindings> inspectNetworkLate(const std::filesystem::path& file,
                                                    std::optional<std::pair<int, int>> inputSize) {
    CVD_TRY_ASSIGN(const TorchBackend* backend, backendOnce());
    const auto size = inputSize.value_or(std::pair(0, 0));
    std::optional<Result<inference::ModelFindings>> found;
    backend->inspect(file.string().c_str(), size.first, size.second, found);
    return std::move(*found);
}

}  // namespace cvd::pipeline
