// Gradients of one batch, computed by several workers at once.
#pragma once

#include <memory>
#include <vector>

#include <torch/types.h>

#include "core/training/loss_torch.h"
#include "core/training/network_torch.h"
#include "core/training/targets.h"

namespace cvd::training {

struct Batch {
    torch::Tensor input;  // float [N, 3, H, W], 0..1
    std::vector<Targets> targets;
};

// Each worker is a thread that learns from its part of the batch, on one copy of the network that
// shares the weights and has gradients and batch norm statistics of its own; the gradients are then
// averaged (synchronous data parallelism). On a CPU this beats as many threads within one network:
// oneDNN's threads wait for each other by spinning at every layer, workers only once a step
// (docs/measurements.md). Statistics of the network's batch norms are those of the first part.
class LearnStep {
public:
    // `net` is on `device` and outlives this. `threads`: of each worker's arithmetic. With
    // `halfPrecision`, convolutions run in bfloat16; weights, sums and the loss stay in single
    // precision (P. Micikevicius et al., "Mixed Precision Training", 2018; bfloat16 needs no loss
    // scaling).
    LearnStep(CvdNet net, int workers, int threads, torch::Device device, bool halfPrecision);
    ~LearnStep();
    LearnStep(const LearnStep&) = delete;
    LearnStep& operator=(const LearnStep&) = delete;

    // Replaces the network's gradients by the batch's, and returns the loss: the mean of the parts'
    // ones (its `total` is detached). Throws what torch throws, also for a worker. Not for two
    // threads at once.
    LossParts run(const Batch& batch);

private:
    class Worker;
    std::vector<std::unique_ptr<Worker>> m_workers;
};

}  // namespace cvd::training
