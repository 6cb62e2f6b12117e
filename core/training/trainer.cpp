#include "core/training/trainer.h"

#include <chrono>
#include <cmath>
#include <deque>
#include <fstream>
#include <iterator>
#include <system_error>
#include <thread>

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include "core/training/checkpoint_torch.h"
#include "core/training/curves.h"
#include "core/training/learn_step_torch.h"
#include "core/training/picture_pool.h"
#include "core/training/sample_sheet.h"
#include "core/training/warm_start_torch.h"

namespace cvd::training {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

Error wasCancelled() {
    return fail(ErrorKind::Cancelled, CVD_TR("core", "Training was cancelled."));
}

double minutesSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count() / 60.0;
}

// Does bfloat16 pay? Without the processor's own instructions it is emulated and slower.
bool hasFastBfloat16(const torch::Device& device) {
    if (device.is_cuda()) {
        return true;
    }
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx512bf16") != 0 || __builtin_cpu_supports("amx-bf16") != 0;
#else
    return false;
#endif
}

struct Workers {
    int count = 1, threads = 1;
};

// See TrainOptions::workers and threads.
Workers chooseWorkers(const TrainOptions& options, const torch::Device& device,
                      bool halfPrecision) {
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    if (device.is_cuda()) {
        return {1, std::max(1, options.threads)};
    }
    if (!halfPrecision) {
        return {std::max(1, options.workers),
                options.threads > 0 ? options.threads : std::max(2, cores - 1)};
    }
    return {options.workers > 0 ? options.workers : cores, std::max(1, options.threads)};
}

void copyPicture(const cv::Mat& bgr, float* out) {
    const size_t plane = bgr.total();
    for (int y = 0; y < bgr.rows; ++y) {
        const uchar* in = bgr.ptr<uchar>(y);
        float* row = out + static_cast<size_t>(y) * bgr.cols;
        for (int x = 0; x < bgr.cols; ++x) {
            for (int c = 0; c < 3; ++c) {
                row[plane * c + x] = static_cast<float>(in[3 * x + c]) * (1.0f / 255.0f);
            }
        }
    }
}

// Draws, augments and stacks pictures in its own thread, two batches ahead.
class BatchMaker {
public:
    BatchMaker(const TrainOptions& options, std::vector<std::unique_ptr<PicturePool>>& pools,
               size_t realFrom, std::uint64_t seed)
        : m_options(options), m_pools(pools), m_realFrom(realFrom), m_random(seed) {
        m_thread = std::thread([this] { work(); });
    }
    ~BatchMaker() {
        {
            const std::lock_guard lock(m_mutex);
            m_stop = true;
        }
        m_changed.notify_all();
        m_thread.join();
    }

    Result<Batch> next() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_ready.empty() || m_error; });
        if (m_ready.empty()) {
            return *m_error;
        }
        Batch batch = std::move(m_ready.front());
        m_ready.pop_front();
        m_changed.notify_all();
        return batch;
    }

private:
    PicturePool& pickPool() {
        const size_t rendered = m_realFrom, real = m_pools.size() - m_realFrom;
        const bool takeReal =
            rendered == 0 ||
            (real > 0 && std::uniform_real_distribution<>(0, 1)(m_random) < m_options.realShare);
        const size_t first = takeReal ? rendered : 0, count = takeReal ? real : rendered;
        // By size, so that every picture of a kind is seen as often.
        std::vector<double> sizes;
        for (size_t i = 0; i < count; ++i) {
            sizes.push_back(static_cast<double>(m_pools[first + i]->size()));
        }
        return *m_pools[first +
                        std::discrete_distribution<size_t>(sizes.begin(), sizes.end())(m_random)];
    }

    Batch make() {
        const AugmentOptions& a = m_options.augment;
        Batch batch;
        batch.input = torch::empty({m_options.batch, 3, a.height, a.width});
        float* out = batch.input.data_ptr<float>();
        for (int i = 0; i < m_options.batch; ++i) {
            const TrainingCrop crop = augment(*pickPool().draw(m_random), a, m_random);
            copyPicture(crop.bgr, out);
            out += 3 * crop.bgr.total();
            batch.targets.push_back(makeTargets(crop));
        }
        return batch;
    }

    void work() {
        while (true) {
            {
                std::unique_lock lock(m_mutex);
                m_changed.wait(lock, [this] { return m_stop || m_ready.size() < 2; });
                if (m_stop) {
                    return;
                }
            }
            try {
                Batch batch = make();
                const std::lock_guard lock(m_mutex);
                m_ready.push_back(std::move(batch));
            } catch (const std::exception& e) {
                const std::lock_guard lock(m_mutex);
                m_error =
                    fail(ErrorKind::Environment,
                         CVD_TR("core", "A training picture cannot be prepared."), {}, e.what());
            }
            m_changed.notify_all();
            if (m_error) {
                return;
            }
        }
    }

    const TrainOptions& m_options;
    std::vector<std::unique_ptr<PicturePool>>& m_pools;
    size_t m_realFrom;
    std::mt19937_64 m_random;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Batch> m_ready;
    std::optional<Error> m_error;
    bool m_stop = false;
    std::thread m_thread;
};

// In the order of renderedSources(), then photographs where there are any.
void writeFigures(std::ostream& out, const std::vector<SetFigures>& sets) {
    const SetFigures &simulated = sets[0], &drawn = sets[1], &solid = sets[2], &pours = sets[3];
    const ClassFigures& p = simulated.classes[0];
    out << ',' << p.coco.ap50 << ',' << p.recall << ',' << p.precision << ','
        << simulated.lowMedianPx << ',' << simulated.low95Px << ',' << simulated.immersedAccuracy
        << ',' << simulated.classes[1].coco.ap50 << ',' << simulated.classes[2].coco.ap50 << ',';
    if (sets.size() > 4) {
        out << sets[4].classes[2].coco.ap50;
    }
    out << ',' << pours.classes[0].coco.ap50 << ',' << pours.lowMedianPx << ','
        << drawn.classes[0].coco.ap50 << ',' << solid.classes[0].coco.ap50 << '\n';
}

class Training {
public:
    Training(const TrainOptions& options, const std::function<void(const TrainProgress&)>& progress,
             const std::atomic<bool>* cancelled)
        : m_options(options), m_progress(progress), m_cancelled(cancelled), m_device(torch::kCPU) {}

    Result<TrainReport> run();

private:
    Status prepare();
    Status checkOptions() const;
    Status trouble() const;
    Status stopWith(const Error& error);
    Status openPools();
    Status startFromExport(BatchMaker& batches);
    Status loop(BatchMaker& batches);
    Result<double> stepOnce(BatchMaker& batches);
    Status checkpointAndValidate(bool last);
    Result<std::vector<SetFigures>> validate(bool last);
    Status logLine(const std::vector<SetFigures>& sets);
    double share() const;
    double rate() const;
    bool stopped() const { return m_cancelled && m_cancelled->load(); }
    void report(std::string message, std::vector<SetFigures> figures = {});

    const TrainOptions& m_options;
    const std::function<void(const TrainProgress&)>& m_progress;
    const std::atomic<bool>* m_cancelled;
    torch::Device m_device;
    Workers m_workers;
    bool m_halfPrecision = false;
    bool m_logBegun = false;
    TrainState m_state;
    std::unique_ptr<LearnStep> m_learn;
    // Walking through the network's modules for these takes longer than a part of the arithmetic.
    std::vector<torch::Tensor> m_weights;
    std::unique_ptr<WeightBlend> m_blend;
    std::vector<std::unique_ptr<PicturePool>> m_pools;
    size_t m_realFrom = 0;
    std::vector<std::unique_ptr<SampleSource>> m_validations;  // with own sources: none
    Clock::time_point m_start = Clock::now();
    std::int64_t m_firstStep = 0;
    double m_minutesBefore = 0;
    double m_firstLoss = 0, m_smoothLoss = 0;
    LossParts m_lastParts;
    double m_smooth[5] = {};  // of the loss's parts, for the log
};

double Training::share() const {
    double done = m_options.minutes > 0 ? minutesSince(m_start) / m_options.minutes : 0;
    if (m_options.maxSteps > 0) {
        done = std::max(done, static_cast<double>(m_state.step - m_firstStep) /
                                  static_cast<double>(m_options.maxSteps));
    }
    return std::min(1.0, done);
}

// Short linear start, then half a cosine down to 2 %.
double Training::rate() const {
    constexpr double kLast = 0.02;
    const double warmSteps =
        m_options.maxSteps > 0 ? std::min(200.0, 0.2 * double(m_options.maxSteps)) : 200.0;
    const double warm =
        std::min(1.0, static_cast<double>(m_state.step - m_firstStep + 1) / warmSteps);
    const double cosine = kLast + (1 - kLast) * 0.5 * (1 + std::cos(share() * 3.14159265358979));
    return m_options.learningRate * warm * cosine;
}

void Training::report(std::string message, std::vector<SetFigures> figures) {
    if (!m_progress) {
        return;
    }
    TrainProgress p;
    p.step = m_state.step;
    p.minutes = minutesSince(m_start);
    p.share = share();
    p.loss = m_smoothLoss;
    p.picturesPerS = static_cast<double>((m_state.step - m_firstStep) * m_options.batch) /
                     std::max(1e-3, p.minutes * 60);
    for (const auto& pool : m_pools) {
        p.poolPictures += pool->size();
    }
    p.message = std::move(message);
    p.figures = std::move(figures);
    m_progress(p);
}

Status Training::openPools() {
    std::vector<std::shared_ptr<SampleSource>> rendered = m_options.sources, real;
    std::vector<double> shares(rendered.size(), 1.0 / double(std::max<size_t>(1, rendered.size())));
    if (rendered.empty()) {
        CVD_TRY_ASSIGN(auto photographs, realSources(m_options.dataDir, "train"));
        if (photographs.empty() && !m_options.dataDir.empty()) {
            return noRealPictures(m_options.dataDir, "train");
        }
        CVD_TRY_ASSIGN(auto valid, realSources(m_options.dataDir, "valid"));
        CVD_TRY_ASSIGN(auto own, renderedSources(kTrainingSeed, m_options.dataDir, "train",
                                                 m_options.workDir / "pours", PourFrames::AtEdges,
                                                 m_cancelled));
        std::move(own.begin(), own.end(), std::back_inserter(rendered));
        const TrainOptions& o = m_options;
        shares = {std::max(0.0, 1.0 - o.drawnShare - o.solidShare - o.pourShare), o.drawnShare,
                  o.solidShare, o.pourShare};
        std::move(photographs.begin(), photographs.end(), std::back_inserter(real));
        CVD_TRY_ASSIGN(m_validations, renderedSources(kValidationSeed, m_options.dataDir, "valid",
                                                      m_options.workDir / "pours",
                                                      PourFrames::Spread, m_cancelled));
        if (!valid.empty()) {
            m_validations.push_back(std::move(valid.front()));
        }
    }
    // Each run starts at other seeds than the last one.
    const std::uint64_t first = m_options.seed * 1'000'000'000ull % 100'000'000'000ull +
                                static_cast<std::uint64_t>(m_state.step) * 16;
    constexpr double kNoShare = 1e-9;
    for (size_t i = 0; i < rendered.size(); ++i) {
        if (shares[i] > kNoShare) {
            m_pools.push_back(std::make_unique<PicturePool>(
                rendered[i], static_cast<size_t>(shares[i] * double(m_options.poolPictures)), first,
                m_options.renewShare));
        }
    }
    m_realFrom = m_pools.size();
    for (const auto& source : real) {
        m_pools.push_back(std::make_unique<PicturePool>(source, 4000, 0, 0));
    }
    report("Preparing pictures.");
    constexpr size_t kEnoughToStart = 200;
    for (size_t i = 0; i < m_pools.size(); ++i) {
        const bool main = i == 0;
        CVD_TRY(m_pools[i]->waitFor(main ? kEnoughToStart : 30, m_cancelled));
    }
    return {};
}

Status Training::checkOptions() const {
    const AugmentOptions& a = m_options.augment;
    if (m_options.batch < 1 || !fitsNetwork(a.width, a.height)) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core",
                           "Training needs at least one picture a step, and pictures whose sides "
                           "are multiples of 32 pixels."));
    }
    const TrainOptions& o = m_options;
    if (!(o.minutes >= 0) || o.maxSteps < 0 || (o.minutes == 0 && o.maxSteps == 0)) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "A training needs an end: more than 0 minutes, or steps."));
    }
    if (o.poolPictures < 1) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "The pool of a training holds at least one picture."));
    }
    constexpr double kRounding = 1e-9;
    if (std::min({o.pourShare, o.drawnShare, o.solidShare}) < 0 ||
        o.pourShare + o.drawnShare + o.solidShare > 1 + kRounding) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core",
                           "The shares of the rendered pictures are not below 0, and together not "
                           "above 1."));
    }
    if (o.resume && !o.startFrom.empty()) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "A training either resumes or starts from a model, not both."));
    }
    std::error_code ignored;
    if (!o.resume && fs::exists(o.workDir / "checkpoint.pt", ignored)) {
        return fail(
            ErrorKind::Usage,
            CVD_TR("core",
                   "%1 holds a training already. Go on with it by --resume, or name another "
                   "folder by --work."),
            {o.workDir.string()});
    }
    return {};
}

Status Training::prepare() {
    CVD_TRY(checkOptions());
    torch::manual_seed(m_options.seed);
    if (m_options.device != "cpu" && torch::cuda::is_available()) {
        m_device = torch::Device(torch::kCUDA, 0);
    } else if (m_options.device != "cpu" && m_options.device != "auto") {
        return fail(ErrorKind::Environment, CVD_TR("core", "The device %1 is not there."),
                    {m_options.device});
    }
    std::error_code error;
    fs::create_directories(m_options.workDir, error);
    if (error) {
        return fail(ErrorKind::Environment, CVD_TR("core", "The folder %1 cannot be created."),
                    {m_options.workDir.string()}, error.message());
    }
    if (m_options.resume) {
        CVD_TRY_ASSIGN(m_state, loadState(m_options.workDir / "checkpoint.pt"));
    } else {
        m_state = freshState(m_options.network, m_options.learningRate, m_options.weightDecay);
    }
    m_state.net->to(m_device);
    m_state.average->to(m_device);
    m_halfPrecision = hasFastBfloat16(m_device);
    m_workers = chooseWorkers(m_options, m_device, m_halfPrecision);
    at::set_num_threads(m_workers.threads);
    for (torch::Tensor& p : m_state.net->parameters()) {
        if (p.dim() == 4) {  // the layout in which oneDNN and cuDNN convolve fastest
            const torch::NoGradGuard noGrad;
            p.set_data(p.contiguous(torch::MemoryFormat::ChannelsLast));
        }
    }
    m_firstStep = m_state.step;
    m_minutesBefore = m_state.minutes;
    return {};
}

Result<double> Training::stepOnce(BatchMaker& batches) {
    CVD_TRY_ASSIGN(Batch batch, batches.next());
    for (auto& group : m_state.optimizer->param_groups()) {
        static_cast<torch::optim::AdamWOptions&>(group.options()).lr(rate());
    }
    const LossParts loss = m_learn->run(batch);
    const double value = loss.total.item<double>();
    torch::nn::utils::clip_grad_norm_(m_weights, 10.0);
    // One broken batch must not ruin hours of work.
    if (std::isfinite(value)) {
        m_state.optimizer->step();
    }
    ++m_state.step;
    const double decay =
        std::min(0.999, (1.0 + double(m_state.step)) / (20.0 + double(m_state.step)));
    m_blend->run(decay);
    m_lastParts = loss;
    return value;
}

Status Training::logLine(const std::vector<SetFigures>& sets) {
    const fs::path file = m_options.workDir / "log.csv";
    std::error_code ignored;
    const bool fresh = !m_options.resume && !m_logBegun;
    m_logBegun = true;
    const bool header = fresh || !fs::exists(file, ignored);
    std::ofstream out(file, fresh ? std::ios::trunc : std::ios::app);
    if (header) {
        out << "step,minutes,rate,loss,heat,box,points,confidence,immersed,poker_ap50,poker_recall,"
               "poker_precision,low_median_px,low_95_px,immersed_accuracy,hoe_ap50,person_ap50_sim,"
               "person_ap50_real,pour_poker_ap50,pour_low_median_px,drawn_poker_ap50,"
               "solid_poker_ap50\n";
    }
    out.imbue(std::locale::classic());
    out << m_state.step << ',' << m_state.minutes << ',' << rate() << ',' << m_smoothLoss << ','
        << m_lastParts.heat << ',' << m_lastParts.box << ',' << m_lastParts.points << ','
        << m_lastParts.confidence << ',' << m_lastParts.immersed;
    if (sets.empty()) {
        out << ",,,,,,,,,,,,,\n";
    } else {
        writeFigures(out, sets);
    }
    out.close();
    if (!out) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core", "%1 cannot be written. Check the folder and the free space."),
                    {file.string()});
    }
    return {};
}

Result<std::vector<SetFigures>> Training::validate(bool last) {
    CVD_TRY_ASSIGN(const fs::path manifest,
                   exportModel(m_options.workDir / "checkpoint.pt", m_options.workDir / "export"));
    inference::DetectorOptions detectorOptions;
    // With one thread LibTorch leaves oneDNN.
    detectorOptions.threads = std::max(2, m_workers.count * m_workers.threads);
    detectorOptions.device = m_device.is_cuda() ? "cuda" : "cpu";
    CVD_TRY_ASSIGN(auto detector, inference::loadDetector(manifest, detectorOptions));
    std::vector<SetFigures> sets;
    for (const auto& source : m_validations) {
        const bool pours = source->name() == "pours";  // slow to render
        const std::int64_t count =
            (pours ? 64 : m_options.validationPictures) * (last && source->size() == 0 ? 2 : 1);
        CVD_TRY_ASSIGN(SetFigures figures, evaluateOn(*detector, *source, count, {}, m_cancelled));
        sets.push_back(std::move(figures));
        const std::string sheet = source->size() == 0 ? source->name() : "real";
        CVD_TRY(writeSampleSheet(*detector, *source, m_options.workDir / (sheet + ".jpg"),
                                 m_cancelled));
    }
    return sets;
}

Status Training::checkpointAndValidate(bool last) {
    m_state.minutes = m_minutesBefore + minutesSince(m_start);
    CVD_TRY(saveState(m_state, m_options.workDir / "checkpoint.pt"));
    if (m_validations.empty() || stopped()) {
        return logLine({});
    }
    auto sets = validate(last);
    if (!sets.ok()) {
        return stopped() ? logLine({}) : sets.error();
    }
    CVD_TRY(logLine(*sets));
    CVD_TRY(writeCurves(m_options.workDir / "log.csv", m_options.workDir / "curves.png"));
    report("Validated.", std::move(sets).value());
    return {};
}

Status Training::startFromExport(BatchMaker& batches) {
    CVD_TRY_ASSIGN(const inference::ModelManifest manifest,
                   inference::loadManifest(m_options.startFrom));
    constexpr int kPictures = 256;
    std::vector<torch::Tensor> pictures;
    for (int n = 0; n < kPictures && !stopped(); n += m_options.batch) {
        CVD_TRY_ASSIGN(const Batch batch, batches.next());
        pictures.push_back(batch.input.to(m_device));
    }
    if (stopped()) {
        return wasCancelled();
    }
    CVD_TRY(takeExportedWeights(m_state.net, manifest.file, pictures));
    blendWeights(m_state.average, m_state.net, 0);
    return {};
}

// What ended a pool, but not that somebody cancelled.
Status Training::trouble() const {
    for (const auto& pool : m_pools) {
        const std::optional<Error> error = pool->trouble();
        if (error && error->kind != ErrorKind::Cancelled) {
            return *error;
        }
    }
    return {};
}

// What was learnt so far is kept, if that can be.
Status Training::stopWith(const Error& error) {
    m_state.minutes = m_minutesBefore + minutesSince(m_start);
    const Status kept = saveState(m_state, m_options.workDir / "checkpoint.pt");
    return kept.ok() ? error : kept.error();
}

Status Training::loop(BatchMaker& batches) {
    auto lastValidation = Clock::now(), lastLog = Clock::now();
    while (share() < 1.0 && !stopped()) {
        if (const Status well = trouble(); !well.ok()) {
            return stopWith(well.error());
        }
        CVD_TRY_ASSIGN(const double loss, stepOnce(batches));
        const std::int64_t done = m_state.step - m_firstStep;
        if (done == 1) {
            m_firstLoss = m_smoothLoss = loss;
        } else if (std::isfinite(loss)) {
            m_smoothLoss += (loss - m_smoothLoss) * std::max(0.02, 1.0 / double(done));
        }
        const double parts[5] = {m_lastParts.heat, m_lastParts.box, m_lastParts.points,
                                 m_lastParts.confidence, m_lastParts.immersed};
        for (int i = 0; i < 5; ++i) {
            m_smooth[i] += (parts[i] - m_smooth[i]) * std::max(0.02, 1.0 / double(done));
        }
        if (minutesSince(lastLog) > 0.25) {
            char line[160];
            std::snprintf(line, sizeof line,
                          "heat %.2f box %.2f points %.2f confidence %.2f immersed %.2f",
                          m_smooth[0], m_smooth[1], m_smooth[2], m_smooth[3], m_smooth[4]);
            report(line);
            lastLog = Clock::now();
        }
        if (m_options.validateMinutes > 0 &&
            minutesSince(lastValidation) > m_options.validateMinutes) {
            CVD_TRY(checkpointAndValidate(false));
            lastValidation = Clock::now();
        }
    }
    if (stopped() && m_state.step == m_firstStep) {
        return wasCancelled();  // nothing was learnt that could be kept
    }
    return checkpointAndValidate(true);
}

Result<TrainReport> Training::run() {
    CVD_TRY(prepare());
    CVD_TRY(openPools());
    m_start = Clock::now();
    {
        BatchMaker batches(m_options, m_pools, m_realFrom,
                           m_options.seed + static_cast<std::uint64_t>(m_state.step));
        if (!m_options.startFrom.empty()) {
            CVD_TRY(startFromExport(batches));
        }
        m_learn = std::make_unique<LearnStep>(m_state.net, m_workers.count, m_workers.threads,
                                              m_device, m_halfPrecision);
        m_weights = m_state.net->parameters();
        m_blend = std::make_unique<WeightBlend>(m_state.average, m_state.net);
        CVD_TRY(loop(batches));
    }
    TrainReport result;
    result.steps = m_state.step;
    result.firstLoss = m_firstLoss;
    result.lastLoss = m_smoothLoss;
    result.checkpoint = m_options.workDir / "checkpoint.pt";
    result.cancelled = stopped();
    return result;
}

}  // namespace

Result<TrainReport> runTraining(const TrainOptions& options,
                                const std::function<void(const TrainProgress&)>& progress,
                                const std::atomic<bool>* cancelled) {
    try {
        return Training(options, progress, cancelled).run();
    } catch (const std::exception& e) {
        return fail(ErrorKind::Environment, CVD_TR("core", "Training failed."), {}, e.what());
    }
}

}  // namespace cvd::training
