#include "core/base/log.h"

#include <cstdio>
#include <mutex>

namespace cvd {

void logToStderr(LogLevel, std::string_view area, std::string_view line) {
    std::fprintf(stderr, "[%.*s] %.*s\n", static_cast<int>(area.size()), area.data(),
                 static_cast<int>(line.size()), line.data());
}

namespace {

std::mutex gMutex;
LogLevel gLowest = LogLevel::Warning;

LogSink gSink = logToStderr;

}  // namespace

void setLogSink(LogSink sink) {
    const std::lock_guard lock(gMutex);
    gSink = sink ? std::move(sink) : LogSink(logToStderr);
}

void setLogLevel(LogLevel lowest) {
    const std::lock_guard lock(gMutex);
    gLowest = lowest;
}

void log(LogLevel level, std::string_view area, const std::string& line) {
    const std::lock_guard lock(gMutex);
    if (level >= gLowest) {
        gSink(level, area, line);
    }
}

}  // namespace cvd
