// A result folder under construction: DIR/.partial until everything is there.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/result.h"

class QLockFile;

namespace cvd::pipeline {

class ResultFolder {
public:
    // Makes DIR and DIR/.partial, clears what a killed run left there, and keeps other runs out.
    // Environment: not writable, a file in the way, another run at work, less than `needBytes`
    // free.
    static Result<std::unique_ptr<ResultFolder>> create(const std::filesystem::path& dir,
                                                        std::uintmax_t needBytes);
    // Removes .partial, and DIR too when create() made it and nothing came of it.
    ~ResultFolder();
    ResultFolder(const ResultFolder&) = delete;
    ResultFolder& operator=(const ResultFolder&) = delete;

    const std::filesystem::path& partial() const { return m_partial; }

    // Moves every file of .partial into DIR, `last` at the end. While it works DIR has no `last`,
    // so that a mixture of two results is never taken for one. With `dropVideo` an earlier
    // result.mp4 goes: it would show another run.
    Status publish(bool dropVideo, const std::string& last = "summary.json");

private:
    ResultFolder() = default;
    std::filesystem::path m_dir, m_partial;
    bool m_madeDir = false;
    std::unique_ptr<QLockFile> m_lock;
};

}  // namespace cvd::pipeline
