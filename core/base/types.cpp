#include "core/base/types.h"

#include <algorithm>
#include <array>

namespace cvd {
namespace {

constexpr std::array<std::string_view, kObjectClassCount> kClassNames{"vibrator", "hoe", "person"};
constexpr std::array<std::string_view, 3> kVerdictNames{"violation", "pass", "cannot_judge"};
constexpr std::array<std::string_view, 3> kSeverityNames{"minor", "major", "critical"};

template <typename Enum, size_t N>
std::optional<Enum> fromName(const std::array<std::string_view, N>& names, std::string_view name) {
    const auto it = std::find(names.begin(), names.end(), name);
    if (it == names.end()) {
        return std::nullopt;
    }
    return static_cast<Enum>(it - names.begin());
}

}  // namespace

double intersectionOverUnion(const BoxPx& a, const BoxPx& b) {
    const double w = std::min(a.x + a.w, b.x + b.w) - std::max(a.x, b.x);
    const double h = std::min(a.y + a.h, b.y + b.h) - std::max(a.y, b.y);
    if (w <= 0 || h <= 0) {
        return 0;
    }
    const double both = w * h;
    return both / (a.w * a.h + b.w * b.h - both);
}

std::string_view objectClassName(ObjectClass c) {
    return kClassNames[static_cast<size_t>(c)];
}
std::optional<ObjectClass> objectClassFromName(std::string_view name) {
    return fromName<ObjectClass>(kClassNames, name);
}
std::string_view verdictName(Verdict v) {
    return kVerdictNames[static_cast<size_t>(v)];
}
std::string_view severityName(Severity s) {
    return kSeverityNames[static_cast<size_t>(s)];
}
std::optional<Verdict> verdictFromName(std::string_view name) {
    return fromName<Verdict>(kVerdictNames, name);
}
std::optional<Severity> severityFromName(std::string_view name) {
    return fromName<Severity>(kSeverityNames, name);
}

}  // namespace cvd
