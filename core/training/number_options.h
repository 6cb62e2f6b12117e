// What the number after an option of `train` and `evaluate` may be. Needs no library: the command
// line of the desktop program, which does not load LibTorch, checks by the same rules.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace cvd::training {

struct NumberOption {
    std::string_view name;  // without --
    double least, most;
    bool whole;
    const char *leastText, *mostText;
};

inline constexpr std::array kNumberOptions{
    NumberOption{"minutes", 0.001, 1e6, false, "0.001", "1000000"},
    NumberOption{"steps", 1, 1e12, true, "1", "1000000000000"},
    NumberOption{"seed", 0, 1e9, true, "0", "1000000000"},
    NumberOption{"rate", 1e-9, 10, false, "0.000000001", "10"},
    NumberOption{"pool", 1, 1e6, true, "1", "1000000"},
    NumberOption{"renew", 0, 100, false, "0", "100"},
    NumberOption{"real-share", 0, 1, false, "0", "1"},
    NumberOption{"pour-share", 0, 1, false, "0", "1"},
    NumberOption{"drawn-share", 0, 1, false, "0", "1"},
    NumberOption{"solid-share", 0, 1, false, "0", "1"},
    NumberOption{"batch", 1, 4096, true, "1", "4096"},
    NumberOption{"validate-minutes", 0, 1e6, false, "0", "1000000"},
    NumberOption{"validation-pictures", 1, 1e6, true, "1", "1000000"},
    NumberOption{"threads", 0, 1024, true, "0", "1024"},
    NumberOption{"crop-width", 32, 4096, true, "32", "4096"},
    NumberOption{"crop-height", 32, 4096, true, "32", "4096"},
    NumberOption{"normal-width", 32, 4096, false, "32", "4096"},
    NumberOption{"input-width", 32, 4096, true, "32", "4096"},
    NumberOption{"input-height", 32, 4096, true, "32", "4096"},
    NumberOption{"people-height", 0, 4096, false, "0", "4096"},
    NumberOption{"count", 1, 1e9, true, "1", "1000000000"},
    NumberOption{"pour-frames", 1, 1e9, true, "1", "1000000000"}};

// The whole of `text` as a number with a decimal point, whatever the locale; NaN: it is none.
inline double numberFrom(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : std::nan("");
}

// Usage unless `text` is what the option `name` (without --) takes. Options that take something
// else than a number are always right.
inline Status checkNumberOption(std::string_view name, const std::string& text) {
    const auto rule = std::find_if(kNumberOptions.begin(), kNumberOptions.end(),
                                   [&](const NumberOption& o) { return o.name == name; });
    if (rule == kNumberOptions.end()) {
        return {};
    }
    const double number = numberFrom(text);
    if (number >= rule->least && number <= rule->most &&
        (!rule->whole || number == std::floor(number))) {
        return {};
    }
    return fail(ErrorKind::Usage,
                rule->whole ? CVD_TR("core", "--%1 must be a whole number from %2 to %3, not %4.")
                            : CVD_TR("core", "--%1 must be a number from %2 to %3, not %4."),
                {std::string(name), rule->leastText, rule->mostText, text});
}

}  // namespace cvd::training
