#include "core/jobs/pipeline_runner.h"

#include <filesystem>

namespace cvd::jobs {
namespace {

std::filesystem::path toPath(const QString& file) {
    return std::filesystem::path(file.toStdU16String());
}

JobStage toStage(pipeline::Stage stage) {
    switch (stage) {
        case pipeline::Stage::Preparing:
            return JobStage::Preparing;
        case pipeline::Stage::Detecting:
            return JobStage::Detecting;
        case pipeline::Stage::Judging:
            return JobStage::Judging;
        case pipeline::Stage::Writing:
            return JobStage::Writing;
    }
    return JobStage::Preparing;
}

JobProgress toProgress(const pipeline::Progress& progress) {
    JobProgress now;
    now.done = progress.done;
    now.total = progress.total;
    now.framesPerS = progress.framesPerS;
    now.secondsLeft = progress.secondsLeft;
    now.stage = toStage(progress.stage);
    now.device = QString::fromStdString(progress.device);
    return now;
}

pipeline::DetectRequest toDetectRequest(const RunRequest& job) {
    pipeline::DetectRequest request;
    request.videoFile = toPath(job.videoFile);
    request.videoSha256 = job.videoSha256.toStdString();
    request.outDir = toPath(job.outputFolder);
    request.calibrationFile = toPath(job.calibrationFile);
    request.profile = job.options.profile.toStdString();
    request.modelFile = toPath(job.options.modelFile);
    request.device = job.options.device.toStdString();
    request.writeVideo = job.options.writeVideo;
    request.pause = job.pause;
    if (job.options.range) {
        request.range = {job.options.range->first, job.options.range->second};
    }
    return request;
}

}  // namespace

JobRunner pipelineRunner(pipeline::DetectorFactory detectorFactory) {
    return [factory = std::move(detectorFactory)](const RunRequest& job,
                                                  std::function<void(const JobProgress&)> report,
                                                  const std::atomic<bool>& cancel) -> Status {
        pipeline::DetectRequest request = toDetectRequest(job);
        request.detectorFactory = factory;
        const auto progress = [&](const pipeline::Progress& now) { report(toProgress(now)); };
        CVD_TRY(pipeline::runDetect(request, progress, cancel));
        return {};
    };
}

}  // namespace cvd::jobs
