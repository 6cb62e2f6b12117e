// Everything that torch throws becomes an error value here. For files that include torch anyway.
#pragma once

#include <exception>
#include <string>

#include <c10/util/Exception.h>

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

}  // namespace cvd::inference
