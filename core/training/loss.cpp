#include <torch/torch.h>

#include "core/inference/decoders.h"
#include "core/training/loss_torch.h"

namespace cvd::training {

using inference::CvdLayout;
using torch::Tensor;

namespace {

Tensor stack(const std::vector<Targets>& targets, std::vector<float> Targets::*member,
             std::int64_t channels, torch::Device device) {
    const std::int64_t rows = targets.front().rows, columns = targets.front().columns;
    Tensor all = torch::empty({static_cast<std::int64_t>(targets.size()), channels, rows, columns});
    float* out = all.data_ptr<float>();
    for (const Targets& t : targets) {
        out = std::copy((t.*member).begin(), (t.*member).end(), out);
    }
    return all.to(device);
}

// Quality focal loss (X. Li et al., "Generalized Focal Loss", 2020): the target is how well a cell
// fits, so that the cells around a centre teach as well, which a short training needs.
Tensor heatLoss(const Tensor& logits, const Tensor& target, const Tensor& weight) {
    const Tensor entropy =
        torch::binary_cross_entropy_with_logits(logits, target, {}, {}, at::Reduction::None);
    const Tensor gap = (target - torch::sigmoid(logits)).pow(2);
    return (entropy * gap * weight).sum() / target.sum().clamp_min(1.0);
}

// 1 - generalised IoU of boxes given as centre and size (H. Rezatofighi et al., 2019).
Tensor giouLoss(const Tensor& cx, const Tensor& cy, const Tensor& w, const Tensor& h,
                const Tensor& tx, const Tensor& ty, const Tensor& tw, const Tensor& th) {
    const Tensor x0 = cx - w / 2, x1 = cx + w / 2, y0 = cy - h / 2, y1 = cy + h / 2;
    const Tensor a0 = tx - tw / 2, a1 = tx + tw / 2, b0 = ty - th / 2, b1 = ty + th / 2;
    const Tensor iw = (torch::min(x1, a1) - torch::max(x0, a0)).clamp_min(0);
    const Tensor ih = (torch::min(y1, b1) - torch::max(y0, b0)).clamp_min(0);
    const Tensor inter = iw * ih;
    const Tensor either = w * h + tw * th - inter + 1e-6;
    const Tensor hull =
        (torch::max(x1, a1) - torch::min(x0, a0)) * (torch::max(y1, b1) - torch::min(y0, b0)) +
        1e-6;
    return 1 - inter / either + (hull - either) / hull;
}

struct Cells {
    Tensor n, y, x;  // index of each taught cell
    Tensor gx, gy;   // its centre in strides
    Tensor weight;
};

Cells taughtCells(const Tensor& weight) {  // [N, H, W]
    const Tensor at = weight.nonzero();
    Cells c;
    c.n = at.select(1, 0);
    c.y = at.select(1, 1);
    c.x = at.select(1, 2);
    c.gx = c.x.to(torch::kFloat32) + 0.5;
    c.gy = c.y.to(torch::kFloat32) + 0.5;
    c.weight = weight.index({c.n, c.y, c.x});
    return c;
}

// Rows of the taught cells, one column a channel of [first, first + count).
Tensor gather(const Tensor& planes, const Cells& c, std::int64_t first, std::int64_t count) {
    return planes.slice(1, first, first + count).permute({0, 2, 3, 1}).index({c.n, c.y, c.x});
}

Tensor boxLoss(const Tensor& output, const BatchTargets& t) {
    Tensor sum = output.new_zeros({}), weights = output.new_zeros({});
    for (int cls = 0; cls < kObjectClassCount; ++cls) {
        const Cells c = taughtCells(t.boxWeight.select(1, cls));
        if (c.weight.size(0) == 0) {
            continue;
        }
        const Tensor p = gather(output, c, CvdLayout::kBox + 4 * cls, 4);
        const Tensor want = gather(t.box, c, 4 * cls, 4) / CvdLayout::kStride;
        const Tensor px = c.gx + p.select(1, 0), py = c.gy + p.select(1, 1);
        const Tensor logW = p.select(1, 2).clamp_max(6), logH = p.select(1, 3).clamp_max(6);
        const Tensor tx = want.select(1, 0), ty = want.select(1, 1);
        const Tensor tw = want.select(1, 2).clamp_min(0.1), th = want.select(1, 3).clamp_min(0.1);
        const Tensor overlap = giouLoss(px, py, logW.exp(), logH.exp(), tx, ty, tw, th);
        const Tensor direct = ((px - tx).abs() / (1 + 0.2 * tw) + (py - ty).abs() / (1 + 0.2 * th) +
                               (logW - tw.log()).abs() + (logH - th.log()).abs());
        sum = sum + ((2.0 * overlap + 0.3 * direct) * c.weight).sum();
        weights = weights + c.weight.sum();
    }
    return sum / weights.clamp_min(1.0);
}

struct PointLoss {
    Tensor points, confidence, immersed;
};

PointLoss pointLoss(const Tensor& output, const BatchTargets& t) {
    const Tensor zero = output.sum() * 0;
    PointLoss loss{zero, zero, zero};
    const Cells c = taughtCells(t.pointWeight.select(1, 0));
    if (c.weight.size(0) == 0) {
        return loss;
    }
    const Tensor centre = torch::stack({c.gx, c.gy, c.gx, c.gy}, 1);
    const Tensor error = gather(output, c, CvdLayout::kPoints, 4) + centre -
                         gather(t.points, c, 0, 4) / CvdLayout::kStride;
    const Tensor total = c.weight.sum();
    // Relative to the bar's length for the long ones, or a few large bars drown the small ones.
    const Tensor ends = gather(t.points, c, 0, 4) / CvdLayout::kStride;
    const Tensor length = (ends.slice(1, 0, 2) - ends.slice(1, 2, 4)).pow(2).sum(1).sqrt();
    loss.points = (error.abs().sum(1) / (1 + 0.1 * length) * c.weight).sum() / total;

    // The network judges its own points: what it should say falls with the error it makes, to 1/e
    // at half a stride (4 px of the input) and a little for each 20 px of distance.
    const Tensor squared = error.detach().pow(2);
    const Tensor distance = torch::stack({(squared.select(1, 0) + squared.select(1, 1)).sqrt(),
                                          (squared.select(1, 2) + squared.select(1, 3)).sqrt()},
                                         1);
    const Tensor quality = torch::exp(-distance / 0.6);
    const Tensor said = gather(output, c, CvdLayout::kPointScore, 2);
    const Tensor each =
        torch::binary_cross_entropy_with_logits(said, quality, {}, {}, at::Reduction::None);
    loss.confidence = (each.sum(1) * c.weight).sum() / total;

    const Tensor known = t.immersedWeight.select(1, 0).index({c.n, c.y, c.x});
    const Tensor wet = torch::binary_cross_entropy_with_logits(
        gather(output, c, CvdLayout::kImmersed, 1).select(1, 0),
        gather(t.immersed, c, 0, 1).select(1, 0), {}, {}, at::Reduction::None);
    loss.immersed = (wet * known).sum() / known.sum().clamp_min(1e-3);
    return loss;
}

}  // namespace

BatchTargets stackTargets(const std::vector<Targets>& targets, torch::Device device) {
    constexpr std::int64_t kClasses = kObjectClassCount;
    return {stack(targets, &Targets::heat, kClasses, device),
            stack(targets, &Targets::heatWeight, kClasses, device),
            stack(targets, &Targets::box, 4 * kClasses, device),
            stack(targets, &Targets::boxWeight, kClasses, device),
            stack(targets, &Targets::points, 4, device),
            stack(targets, &Targets::pointWeight, 1, device),
            stack(targets, &Targets::immersed, 1, device),
            stack(targets, &Targets::immersedWeight, 1, device)};
}

LossParts detectionLoss(const Tensor& output, const BatchTargets& t) {
    constexpr double kHeat = 3;
    const Tensor heat = kHeat * heatLoss(output.slice(1, 0, CvdLayout::kBox), t.heat, t.heatWeight);
    const Tensor box = boxLoss(output, t);
    const PointLoss point = pointLoss(output, t);
    constexpr double kPoints = 0.5, kConfidence = 0.3, kImmersed = 0.5;
    LossParts parts;
    parts.total = heat + box + kPoints * point.points + kConfidence * point.confidence +
                  kImmersed * point.immersed;
    parts.heat = heat.item<double>();
    parts.box = box.item<double>();
    parts.points = kPoints * point.points.item<double>();
    parts.confidence = kConfidence * point.confidence.item<double>();
    parts.immersed = kImmersed * point.immersed.item<double>();
    return parts;
}

}  // namespace cvd::training
