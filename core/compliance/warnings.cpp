#include "core/compliance/warnings.h"

#include <map>
#include <optional>

namespace cvd::compliance {
namespace {

// The arguments with which `pattern` gives `sentence`. Arguments are figures: the shortest text up
// to the next piece of the pattern is right.
std::optional<std::vector<std::string>> argumentsOf(const std::string& pattern,
                                                    const std::string& sentence) {
    std::map<int, std::string> found;
    std::size_t at = 0, from = 0;  // in the sentence, in the pattern
    while (from < pattern.size()) {
        const std::size_t mark = pattern.find('%', from);
        const std::string piece = pattern.substr(from, mark - from);
        if (sentence.compare(at, piece.size(), piece) != 0) {
            return std::nullopt;
        }
        at += piece.size();
        if (mark == std::string::npos) {
            break;
        }
        const std::size_t next = pattern.find('%', mark + 2);
        const std::string until = pattern.substr(mark + 2, next - mark - 2);
        const std::size_t end = until.empty() ? sentence.size() : sentence.find(until, at);
        if (end == std::string::npos) {
            return std::nullopt;
        }
        found[pattern[mark + 1] - '0'] = sentence.substr(at, end - at);
        at = end;
        from = mark + 2;
    }
    if (at != sentence.size()) {
        return std::nullopt;
    }
    std::vector<std::string> arguments;
    for (const auto& [number, text] : found) {
        arguments.push_back(text);
    }
    return arguments;
}

}  // namespace

Note noteFromSentence(const std::string& sentence) {
    for (const char* pattern : {kDamagedFrames, kThinnedPoints, kCutOff, kPictureJumps,
                                kCameraMoved, kCameraLost, kLeftOut}) {
        if (auto arguments = argumentsOf(pattern, sentence)) {
            return {pattern, std::move(*arguments)};
        }
    }
    return {sentence, {}};
}

}  // namespace cvd::compliance
