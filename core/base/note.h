// Something that a run has to say about its result, kept as an English pattern with arguments
// (%1..%9) and not as a finished sentence, so that it can be said in any language, also years
// later.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"

namespace cvd {

struct Note {
    std::string text;  // an English source text, context "core"
    std::vector<std::string> args;

    // In English, arguments filled in.
    std::string sentence() const { return fail(ErrorKind::BadInput, text, args).message(); }
    bool operator==(const Note&) const = default;
};

}  // namespace cvd
