#include "core/pipeline/pipeline.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <future>
#include <thread>
#include <utility>

#include "core/base/file_hash.h"
#include "core/base/log.h"
#include "core/compliance/calibration.h"
#include "core/compliance/profile.h"
#include "core/media/truncation.h"
#include "core/media/video_reader.h"
#include "core/media/video_writer.h"
#include "core/pipeline/late_detector.h"
#include "core/pipeline/people_probe.h"
#include "core/pipeline/progress_meter.h"
#include "core/pipeline/result_folder.h"
#include "core/pipeline/result_inputs.h"
#include "core/pipeline/stages.h"

namespace cvd::pipeline {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int kPollMs = 40;  // how soon a cancel is seen

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

Error cancelledError() {
    return fail(ErrorKind::Cancelled, CVD_TR("core", "Cancelled."));
}

using DetectorResult = Result<std::unique_ptr<inference::Detector>>;

// Threads that load a detector which nobody waits for any more.
class BackgroundLoading {
public:
    static BackgroundLoading& instance() {
        static BackgroundLoading loading;
        return loading;
    }
    void adopt(std::thread thread) {
        const std::lock_guard lock(m_mutex);
        m_threads.push_back(std::move(thread));
    }
    void wait() {
        std::vector<std::thread> threads;
        {
            const std::lock_guard lock(m_mutex);
            threads.swap(m_threads);
        }
        for (auto& thread : threads) {
            thread.join();
        }
    }
    ~BackgroundLoading() { wait(); }

private:
    std::mutex m_mutex;
    std::vector<std::thread> m_threads;
};

DetectorResult loadSafely(const DetectRequest& request) {
    inference::DetectorOptions options;
    options.device = request.device;
    try {
        return request.detectorFactory ? request.detectorFactory(request.modelFile, options)
                                       : loadDetectorLate(request.modelFile, options);
    } catch (const std::exception& problem) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core",
                           "The detector could not be loaded. The details say what went "
                           "wrong."),
                    {}, problem.what());
    }
}

// Loading a network takes a second or more and cannot be interrupted; a cancel does not wait for
// it.
DetectorResult loadDetector(const DetectRequest& request, ProgressMeter& meter,
                            const std::atomic<bool>& cancel) {
    std::packaged_task<DetectorResult()> task([request] { return loadSafely(request); });
    auto loaded = task.get_future();
    std::thread thread(std::move(task));
    while (loaded.wait_for(std::chrono::milliseconds(kPollMs)) != std::future_status::ready) {
        meter.tell(Stage::Preparing, 0);
        if (cancel) {
            BackgroundLoading::instance().adopt(std::move(thread));
            return cancelledError();
        }
    }
    thread.join();
    return loaded.get();
}

Status checkRequest(const DetectRequest& request) {
    std::error_code error;
    if (request.writeVideo &&
        fs::equivalent(request.videoFile, request.outDir / "result.mp4", error)) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core",
                           "The result would overwrite the video %1. Choose another "
                           "folder."),
                    {request.videoFile.string()});
    }
    return {};
}

Result<FrameRange> rangeIn(const DetectRequest& request, FrameIndex frames) {
    const FrameRange range = request.range.value_or(FrameRange{0, frames - 1});
    if (range.first < 0 || range.last < range.first || range.last >= frames) {
        return fail(
            ErrorKind::Usage,
            CVD_TR("core",
                   "The range %1-%2 does not fit the video, whose frames count "
                   "from 0 to %3."),
            {std::to_string(range.first), std::to_string(range.last), std::to_string(frames - 1)});
    }
    return range;
}

// Measured results of simulated and real pours stay below a tenth of this.
std::uintmax_t bytesNeeded(const VideoInfo& info, const FrameRange& range, bool writeVideo) {
    const auto frames = static_cast<std::uintmax_t>(range.last - range.first + 1);
    const auto pixels =
        static_cast<std::uintmax_t>(info.width) * static_cast<std::uintmax_t>(info.height);
    const std::uintmax_t video = writeVideo ? frames * pixels / 20 : 0;  // 0.4 bits a pixel
    return video + frames * 1024 + pixels * 6 + (8u << 20);
}

int encoderThreads() {
    return std::thread::hardware_concurrency() > 2 ? 2 : 1;
}

// The steps of one run, in the order in which runDetect() takes them.
class DetectRun {
public:
    DetectRun(const DetectRequest& request, const ProgressSink& progress,
              const std::atomic<bool>& cancel)
        : m_request(request), m_meter(progress), m_cancel(cancel) {}
    ~DetectRun() {
        m_stopHash = true;
        if (m_hash.valid()) {
            m_hash.wait();
        }
    }
    DetectRun(const DetectRun&) = delete;
    DetectRun& operator=(const DetectRun&) = delete;

    Status prepare();
    Status detect();
    Status judge();
    Status write();
    RunResult take() { return std::move(m_result); }

private:
    void startHash();
    Status openWriter();
    Status collect(Stages& stages);
    void describeDamage();

    const DetectRequest& m_request;
    ProgressMeter m_meter;
    const std::atomic<bool>& m_cancel;
    const Clock::time_point m_start = Clock::now();

    ResultInputs m_inputs;
    std::unique_ptr<ResultFolder> m_folder;  // before the writer: outlives it
    std::unique_ptr<media::VideoReader> m_reader;
    std::unique_ptr<inference::Detector> m_detector;
    std::unique_ptr<media::VideoWriter> m_writer;
    FrameRange m_range;
    StageOutput m_output;
    RunResult m_result;
    std::atomic<bool> m_stopHash{false};
    std::future<Result<std::string>> m_hash;
};

Status DetectRun::prepare() {
    m_meter.tell(Stage::Preparing, 0);
    CVD_TRY(checkRequest(m_request));
    CVD_TRY_ASSIGN(m_inputs, loadInputs(m_request.profile, m_request.calibrationFile));

    media::OpenOptions options;
    options.decodeThreads = m_request.decodeThreads > 0 ? m_request.decodeThreads : 1;
    options.cacheBytes = 0;
    options.cancelled = [this] {
        m_meter.tell(Stage::Preparing, 0);
        return m_cancel.load();
    };
    CVD_TRY_ASSIGN(m_reader, media::VideoReader::open(m_request.videoFile, options));
    CVD_TRY(fitToVideo(m_inputs, m_reader->info()));
    CVD_TRY_ASSIGN(m_range, rangeIn(m_request, m_reader->frameCount()));
    m_meter.setTotal(m_range.last - m_range.first + 1);

    CVD_TRY_ASSIGN(m_folder,
                   ResultFolder::create(m_request.outDir, bytesNeeded(m_reader->info(), m_range,
                                                                      m_request.writeVideo)));
    startHash();
    CVD_TRY_ASSIGN(m_detector, loadDetector(m_request, m_meter, m_cancel));
    m_meter.setDevice(m_detector->deviceName());
    CVD_TRY(fitInputToPeople(*m_detector, *m_reader, m_range, [this] {
        m_meter.tell(Stage::Preparing, 0);
        return m_cancel.load();
    }));
    if (m_request.writeVideo) {
        CVD_TRY(openWriter());
    }
    m_result.stages.prepare = secondsSince(m_start);
    return {};
}

void DetectRun::startHash() {
    if (!m_request.videoSha256.empty()) {
        return;
    }
    m_hash = std::async(std::launch::async, [this] {
        return sha256OfFile(m_request.videoFile, [this] { return m_stopHash || m_cancel; });
    });
}

Status DetectRun::openWriter() {
    const VideoInfo& info = m_reader->info();
    media::WriterOptions options;
    options.preset = m_request.videoPreset;
    options.threads = encoderThreads();
    CVD_TRY_ASSIGN(m_writer, media::VideoWriter::open(m_folder->partial() / "result.mp4",
                                                      info.width, info.height, info.fps, options));
    return {};
}

Status DetectRun::detect() {
    Stages stages(*m_reader, *m_detector, m_writer.get(), m_range, m_request.pause);
    const auto started = Clock::now();
    double heldS = 0;
    stages.start();
    bool ended = false;
    while (!ended && !m_cancel) {
        const bool paused = m_request.pause != nullptr && *m_request.pause;
        const auto turn = Clock::now();
        m_meter.tell(Stage::Detecting, stages.done());
        ended = stages.waitFor(kPollMs);
        if (paused) {
            m_meter.hold();
            heldS += secondsSince(turn);
        }
    }
    if (m_cancel) {
        return cancelledError();  // ~Stages stops the threads
    }
    m_meter.tell(Stage::Detecting, stages.done());
    CVD_TRY(collect(stages));
    const double passed = secondsSince(started) - heldS;
    m_result.summary.timing.framesPerS =
        static_cast<double>(m_output.tracks.frameTimesS.size()) / std::max(passed, 1e-6);
    m_result.summary.timing.inferenceS = m_output.seconds.detect;
    return {};
}

Status DetectRun::collect(Stages& stages) {
    CVD_TRY_ASSIGN(m_output, stages.join());
    const double prepare = m_result.stages.prepare;
    m_result.stages = m_output.seconds;
    m_result.stages.prepare = prepare;
    if (m_writer) {
        const auto started = Clock::now();
        CVD_TRY(m_writer->finish());
        m_writer.reset();
        m_result.stages.encode += secondsSince(started);
    }
    return {};
}

// What went wrong without stopping the run.
void DetectRun::describeDamage() {
    auto& warnings = m_result.summary.warnings;
    const auto& damaged = m_reader->damagedFrames();
    const auto inRange = std::count_if(damaged.begin(), damaged.end(), [this](FrameIndex i) {
        return i >= m_range.first && i <= m_range.last;
    });
    if (inRange > 0) {
        const auto first = *std::lower_bound(damaged.begin(), damaged.end(), m_range.first);
        warnings.push_back(damagedFramesWarning(inRange, first));
    }
    if (m_reader->missingAtStart() > 0 && m_range.first == 0) {
        warnings.push_back(missingAtStartWarning(m_reader->missingAtStart()));
    }
    const bool toTheEnd = m_range.last + 1 == m_reader->frameCount();
    if (const auto missing = media::missingBytes(m_request.videoFile); missing > 0 && toTheEnd) {
        warnings.push_back(cutOffWarning(missing));
    }
    if (m_output.thinnedPoints > 0) {
        warnings.push_back(thinnedPointsWarning(m_output.thinnedPoints));
    }
}

Status DetectRun::judge() {
    m_meter.tell(Stage::Judging, static_cast<FrameIndex>(m_output.tracks.frameTimesS.size()));
    const auto started = Clock::now();
    auto& summary = m_result.summary;
    summary.video = m_reader->info();
    summary.video.sha256 = m_request.videoSha256;
    if (m_hash.valid()) {
        while (m_hash.wait_for(std::chrono::milliseconds(kPollMs)) != std::future_status::ready) {
            m_meter.tell(Stage::Judging,
                         static_cast<FrameIndex>(m_output.tracks.frameTimesS.size()));
        }
        CVD_TRY_ASSIGN(summary.video.sha256, m_hash.get());
    }
    const auto& manifest = m_detector->manifest();
    summary.model = {manifest.name, manifest.version, manifest.sha256, manifest.inputWidth,
                     manifest.inputHeight};
    summary.device = m_detector->deviceName();
    summary.firstFrame = m_range.first;
    summary.lastFrame =
        m_range.first + static_cast<FrameIndex>(m_output.tracks.frameTimesS.size()) - 1;
    summary.judging = m_request.judging;
    summary.judging.liftFinished =
        summary.judging.liftFinished && m_range.last + 1 >= m_reader->frameCount();
    describeDamage();
    if (auto warning = modelWarning(manifest)) {
        summary.warnings.push_back(std::move(*warning));
    }
    m_result.judgement = judgeInto(summary, m_output.tracks, m_inputs);
    m_result.stages.judge = secondsSince(started);
    return {};
}

Status DetectRun::write() {
    m_meter.tell(Stage::Writing, static_cast<FrameIndex>(m_output.tracks.frameTimesS.size()));
    const auto started = Clock::now();
    m_result.summary.timing.wallS = secondsSince(m_start);
    CVD_TRY(saveInputs(m_folder->partial(), m_inputs));
    CVD_TRY(report::writeResultTables(QString::fromStdString(m_folder->partial().string()),
                                      m_result.summary, m_output.tracks, m_result.judgement,
                                      m_output.firstFrame));
    if (m_cancel) {
        return cancelledError();
    }
    CVD_TRY(m_folder->publish(!m_request.writeVideo));
    m_result.stages.write = secondsSince(started);
    return {};
}

Result<RunResult> runSteps(const DetectRequest& request, const ProgressSink& progress,
                           const std::atomic<bool>& cancel) {
    DetectRun run(request, progress, cancel);
    for (const auto step :
         {&DetectRun::prepare, &DetectRun::detect, &DetectRun::judge, &DetectRun::write}) {
        const Status status = (run.*step)();
        // Whatever a step was interrupted in, the user's word for it is "cancelled".
        if (cancel && (!status.ok() || step != &DetectRun::write)) {
            return cancelledError();
        }
        CVD_TRY(status);
    }
    return run.take();
}

}  // namespace

Result<RunResult> runDetect(const DetectRequest& request, const ProgressSink& progress,
                            const std::atomic<bool>& cancel) {
    try {
        return runSteps(request, progress, cancel);
    } catch (const std::exception& problem) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core",
                           "The detection of %1 stopped because of an unexpected error. "
                           "The details say what went wrong."),
                    {request.videoFile.string()}, problem.what());
    }
}

void waitForBackgroundLoading() {
    BackgroundLoading::instance().wait();
}

}  // namespace cvd::pipeline
