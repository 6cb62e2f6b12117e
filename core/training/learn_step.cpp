#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <torch/torch.h>

#include "core/training/learn_step_torch.h"

namespace cvd::training {
namespace {

// Convolutions run in bfloat16 while it lives, in this thread.
class MixedPrecision {
public:
    MixedPrecision(const torch::Device& device, bool on) : m_on(on), m_cuda(device.is_cuda()) {
        if (m_on) {
            m_cuda ? at::autocast::set_autocast_gpu_dtype(at::kBFloat16)
                   : at::autocast::set_autocast_cpu_dtype(at::kBFloat16);
            enable(true);
        }
    }
    ~MixedPrecision() {
        if (m_on) {
            at::autocast::clear_cache();
            enable(false);
        }
    }
    MixedPrecision(const MixedPrecision&) = delete;
    MixedPrecision& operator=(const MixedPrecision&) = delete;

private:
    void enable(bool on) {
        m_cuda ? at::autocast::set_enabled(on) : at::autocast::set_cpu_enabled(on);
    }
    bool m_on, m_cuda;
};

// Same weights in memory, gradients and statistics of its own.
CvdNet sharingCopy(const CvdNet& net, torch::Device device) {
    CvdNet copy(net->options);
    copy->to(device);
    const torch::NoGradGuard noGrad;
    auto own = copy->named_parameters();
    for (const auto& item : net->named_parameters()) {
        own[item.key()].set_data(item.value().data());
    }
    auto buffers = copy->named_buffers();
    for (const auto& item : net->named_buffers()) {
        buffers[item.key()].copy_(item.value());
    }
    return copy;
}

Batch partOf(const Batch& batch, size_t part, size_t parts) {
    const size_t all = batch.targets.size();
    const size_t first = all * part / parts, end = all * (part + 1) / parts;
    return {batch.input.slice(0, static_cast<std::int64_t>(first), static_cast<std::int64_t>(end)),
            {batch.targets.begin() + static_cast<std::ptrdiff_t>(first),
             batch.targets.begin() + static_cast<std::ptrdiff_t>(end)}};
}

}  // namespace

class LearnStep::Worker {
public:
    Worker(CvdNet net, int threads, torch::Device device, bool halfPrecision)
        : m_net(std::move(net)),
          m_threads(threads),
          m_device(device),
          m_halfPrecision(halfPrecision),
          m_weights(m_net->parameters()),
          m_thread([this] { work(); }) {}
    ~Worker() {
        {
            const std::lock_guard lock(m_mutex);
            m_stop = true;
        }
        m_changed.notify_all();
        m_thread.join();
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    // `share`: by which the part's gradients are scaled.
    void begin(Batch part, double share) {
        {
            const std::lock_guard lock(m_mutex);
            m_part = std::move(part);
            m_share = share;
            m_busy = true;
        }
        m_changed.notify_all();
    }

    // Blocks until done; never throws, so that every worker can be waited for.
    void wait() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_busy; });
    }

    const LossParts& loss() const {
        if (m_error) {
            std::rethrow_exception(m_error);
        }
        return m_loss;
    }
    CvdNet& net() { return m_net; }
    std::vector<torch::Tensor>& weights() { return m_weights; }

private:
    void work() {
        at::set_num_threads(m_threads);  // counts for this thread only
        while (true) {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] { return m_stop || m_busy; });
            if (m_stop) {
                return;
            }
            lock.unlock();
            m_error = nullptr;
            try {
                m_loss = learn();
            } catch (...) {
                m_error = std::current_exception();
            }
            lock.lock();
            m_busy = false;
            m_changed.notify_all();
        }
    }

    LossParts learn() {
        const torch::Tensor input =
            m_part.input.to(m_device).contiguous(torch::MemoryFormat::ChannelsLast);
        torch::Tensor output;
        {
            const MixedPrecision precision(m_device, m_halfPrecision);
            output = m_net->forward(input);
        }
        output = output.to(torch::kFloat32).contiguous();
        LossParts loss = detectionLoss(output, stackTargets(m_part.targets, m_device));
        for (torch::Tensor& p : m_weights) {
            p.mutable_grad().reset();
        }
        (loss.total * m_share).backward();
        loss.total = loss.total.detach();
        return loss;
    }

    CvdNet m_net;
    int m_threads;
    torch::Device m_device;
    bool m_halfPrecision;
    std::vector<torch::Tensor> m_weights;  // walking through the modules takes its time
    std::mutex m_mutex;
    std::condition_variable m_changed;
    Batch m_part;
    double m_share = 1;
    LossParts m_loss;
    std::exception_ptr m_error;
    bool m_busy = false, m_stop = false;
    std::thread m_thread;  // last: it uses all the others
};

LearnStep::LearnStep(CvdNet net, int workers, int threads, torch::Device device,
                     bool halfPrecision) {
    for (int i = 0; i < std::max(1, workers); ++i) {
        m_workers.push_back(std::make_unique<Worker>(i == 0 ? net : sharingCopy(net, device),
                                                     threads, device, halfPrecision));
    }
}

LearnStep::~LearnStep() = default;

LossParts LearnStep::run(const Batch& batch) {
    const size_t parts = std::min(m_workers.size(), batch.targets.size());
    const double share = 1.0 / double(parts);
    for (size_t i = 0; i < parts; ++i) {
        CvdNet& net = m_workers[i]->net();
        if (!net->is_training()) {
            net->train();
        }
        m_workers[i]->begin(partOf(batch, i, parts), share);
    }
    for (size_t i = 0; i < parts; ++i) {
        m_workers[i]->wait();
    }
    LossParts mean = m_workers[0]->loss();
    std::vector<torch::Tensor>& sums = m_workers[0]->weights();
    for (size_t i = 1; i < parts; ++i) {
        const LossParts& loss = m_workers[i]->loss();
        mean.total = mean.total + loss.total;
        mean.heat += loss.heat;
        mean.box += loss.box;
        mean.points += loss.points;
        mean.confidence += loss.confidence;
        mean.immersed += loss.immersed;
        const std::vector<torch::Tensor>& more = m_workers[i]->weights();
        for (size_t p = 0; p < sums.size(); ++p) {
            sums[p].mutable_grad().add_(more[p].grad());  // every weight reaches the output
        }
    }
    mean.total = mean.total * share;
    for (double* part : {&mean.heat, &mean.box, &mean.points, &mean.confidence, &mean.immersed}) {
        *part *= share;
    }
    return mean;
}

}  // namespace cvd::training
