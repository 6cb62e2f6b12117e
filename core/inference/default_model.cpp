#include <cstdlib>
#include <system_error>

#include "core/inference/detector.h"

namespace cvd::inference {

namespace fs = std::filesystem;

Result<fs::path> findDefaultModel(const fs::path& executableDir) {
    constexpr const char* kManifest = "cvd-n.json";
    std::error_code ignored;
    if (const char* chosen = std::getenv("CVD_MODEL"); chosen && *chosen) {
        if (fs::exists(chosen, ignored)) {
            return fs::path(chosen);
        }
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "CVD_MODEL names %1, which does not exist."), {chosen});
    }
    // Beside the program, in the source tree that it was built in, in the installed share folder.
    fs::path folder = executableDir;
    for (int up = 0; up < 5 && !folder.empty(); ++up) {
        for (const fs::path& candidate :
             {folder / "models" / kManifest, folder / "share" / "cvd-mis" / "models" / kManifest}) {
            if (fs::exists(candidate, ignored)) {
                return candidate;
            }
        }
        if (folder == folder.parent_path()) {
            break;
        }
        folder = folder.parent_path();
    }
    return fail(ErrorKind::BadInput,
                CVD_TR("core",
                       "No detection model was found near %1. Install one in the models "
                       "folder or name one with --model."),
                {executableDir.string()});
}

}  // namespace cvd::inference
