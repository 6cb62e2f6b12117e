#include "core/base/result.h"

namespace cvd {

std::string Error::message() const {
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool placeholder =
            text[i] == '%' && i + 1 < text.size() && text[i + 1] >= '1' && text[i + 1] <= '9';
        if (!placeholder) {
            out += text[i];
            continue;
        }
        const auto index = static_cast<size_t>(text[++i] - '1');
        if (index < args.size()) {
            out += args[index];
        }
    }
    return out;
}

Error fail(ErrorKind kind, std::string text, std::vector<std::string> args, std::string detail) {
    return Error{kind, std::move(text), std::move(args), std::move(detail)};
}

}  // namespace cvd
