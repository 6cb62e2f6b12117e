// Everything that torch throws becomes an error value here. For files that include torch anyway.
#pragma once

#include <exception>
#include <string>

#include <c10/util/Exception.h>

#include "core/base/result.h"
#include "core/inference/model_manifest.h"

namespace cvd::inference {

// Turns whatever `work` throws into an error made by `makeError(what)`.
template <typename Work, typename MakeError>
auto guarded(Work&& work, MakeError&& makeError) -> decltype(work()) {
    try {
        return work();
    } catch (const c10::Error& e) {
        return makeError(e.what_without_backtrace());
    } catch (const std::exception& e) {
        return makeError(e.what());
    } catch (...) {
        return makeError("unknown exception");
    }
}

// What a network says in its trial run, for every kind of detector.
inline Error notNumbers(const ModelManifest& manifest) {
    return fail(ErrorKind::BadInput,
                CVD_TR("core", "The network %1 returns values that are not numbers."),
                {manifest.name});
}
inline Error cannotProcess(const ModelManifest& manifest, int width, int height,
                           const std::string& what) {
    return fail(ErrorKind::BadInput,
                CVD_TR("core", "The network %1 cannot process a picture of %2 x %3 pixels."),
                {manifest.name, std::to_string(width), std::to_string(height)}, what);
}

}  // namespace cvd::inference
