// Log lines are untranslated full sentences, written before the action. Thread-safe.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace cvd {

enum class LogLevel { Debug, Info, Warning, Error };

using LogSink = std::function<void(LogLevel, std::string_view area, std::string_view line)>;

// The default sink writes warnings and errors to stderr. `area` is the module, for example
// "storage".
void setLogSink(LogSink sink);
// A line as the default sink writes it, whatever its level. For sinks that do more.
void logToStderr(LogLevel level, std::string_view area, std::string_view line);
void setLogLevel(LogLevel lowest);
void log(LogLevel level, std::string_view area, const std::string& line);

}  // namespace cvd
