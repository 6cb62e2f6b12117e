// A runner whose every step the test decides.
#pragma once

#include <QDir>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <vector>

#include "core/jobs/job_runner.h"
#include "core/report/result_files.h"
#include "tests/core/projects/small_videos.h"

namespace cvd::test {

// Writes what a finished detection leaves, as far as the queue looks at it.
inline bool writeResult(const QString& folder) {
    report::ResultSummary summary;
    summary.video.frames = 12;
    summary.model = {"fake", "1", "abc"};
    summary.device = "cpu";
    summary.profileId = "gb50666";
    summary.profileVersion = "1";
    summary.createdUtc = "2026-05-01T10:00:00Z";
    return QDir().mkpath(folder) &&
           writeBytes(folder + "/summary.json", report::summaryToJson(summary, {}));
}

class FakeRunner {
public:
    bool hold = false;          // waits in mid-run for release() or a cancel
    bool deaf = false;          // does not hear a cancel
    bool leavesPartial = true;  // does not clean up after itself
    bool throws = false;
    std::optional<Error> error;
    std::function<void(const jobs::RunRequest&)> onStart;
    // Called after onStart with the function that reports progress.
    std::function<void(const std::function<void(const jobs::JobProgress&)>&,
                       const std::atomic<bool>&)>
        work;

    jobs::JobRunner runner() {
        return [this](const jobs::RunRequest& request,
                      std::function<void(const jobs::JobProgress&)> report,
                      const std::atomic<bool>& cancel) { return run(request, report, cancel); };
    }

    void release() {
        const std::lock_guard lock(m_mutex);
        m_released = true;
        m_changed.notify_all();
    }
    int started() const {
        const std::lock_guard lock(m_mutex);
        return int(m_requests.size());
    }
    int mostAtOnce() const {
        const std::lock_guard lock(m_mutex);
        return m_mostAtOnce;
    }
    jobs::RunRequest request(int i) const {
        const std::lock_guard lock(m_mutex);
        return m_requests.at(size_t(i));
    }

private:
    Status run(const jobs::RunRequest& request,
               const std::function<void(const jobs::JobProgress&)>& report,
               const std::atomic<bool>& cancel) {
        QDir().mkpath(request.outputFolder + "/.partial");
        if (onStart) {
            onStart(request);
        }
        enter(request);
        report({3, 12, 20, 0.45, jobs::JobStage::Detecting, QStringLiteral("cpu")});
        if (work) {
            work(report, cancel);
        }
        if (hold) {
            std::unique_lock lock(m_mutex);
            while (!m_released && (deaf || !cancel)) {
                m_changed.wait_for(lock, std::chrono::milliseconds(5));
            }
        }
        leave();
        if (throws) {
            throw std::runtime_error("out of sheep");
        }
        if (cancel && !deaf) {
            if (!leavesPartial) {
                QDir(request.outputFolder).removeRecursively();
            }
            return fail(ErrorKind::Cancelled, "Cancelled.");
        }
        if (error) {
            return *error;
        }
        QDir(request.outputFolder + "/.partial").removeRecursively();
        writeResult(request.outputFolder);
        return {};
    }

    void enter(const jobs::RunRequest& request) {
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(request);
        m_mostAtOnce = std::max(m_mostAtOnce, ++m_running);
    }
    void leave() {
        const std::lock_guard lock(m_mutex);
        --m_running;
    }

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_released = false;
    int m_running = 0, m_mostAtOnce = 0;
    std::vector<jobs::RunRequest> m_requests;
};

}  // namespace cvd::test
