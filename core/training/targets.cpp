#include "core/training/targets.h"

#include <algorithm>
#include <cmath>

#include "core/inference/decoders.h"

namespace cvd::training {

namespace {

constexpr int kStride = inference::CvdLayout::kStride;

class Painter {
public:
    explicit Painter(Targets& targets)
        : m_t(targets), m_plane(static_cast<size_t>(targets.rows) * targets.columns) {}

    void ignore(const Detection& d) {
        const int c = static_cast<int>(d.cls);
        const int x0 = std::max(0, static_cast<int>(d.box.x / kStride));
        const int y0 = std::max(0, static_cast<int>(d.box.y / kStride));
        const int x1 = std::min(m_t.columns - 1, static_cast<int>((d.box.x + d.box.w) / kStride));
        const int y1 = std::min(m_t.rows - 1, static_cast<int>((d.box.y + d.box.h) / kStride));
        for (int y = y0; y <= y1; ++y) {
            for (int x = x0; x <= x1; ++x) {
                m_t.heatWeight[m_plane * c + index(x, y)] = 0;
            }
        }
    }

    // A bell whose width follows the object's own in both directions (Z. Liu et al.,
    // "Training-Time-Friendly Network for Real-Time Object Detection", 2020), so that long thin
    // bars get a long thin one; near its centre the other outputs are taught too.
    void object(const Detection& d) {
        constexpr double kShare = 0.54 / 2, kNarrowest = 0.65;
        // Centre in cells; the bell stands on it, not on its cell, and is 1 in the nearest cell.
        const double cx = d.box.x + d.box.w / 2, cy = d.box.y + d.box.h / 2;
        const double mx = cx / kStride - 0.5, my = cy / kStride - 0.5;
        const double sx = std::max(kNarrowest, d.box.w / kStride * kShare / 3);
        const double sy = std::max(kNarrowest, d.box.h / kStride * kShare / 3);
        const int gx = std::clamp(static_cast<int>(std::lround(mx)), 0, m_t.columns - 1);
        const int gy = std::clamp(static_cast<int>(std::lround(my)), 0, m_t.rows - 1);
        const auto bellAt = [&](int x, int y) {
            const double ex = (x - mx) / sx, ey = (y - my) / sy;
            return std::exp(-0.5 * (ex * ex + ey * ey));
        };
        const double peak = bellAt(gx, gy);
        const int rx = static_cast<int>(std::ceil(2.2 * sx)),
                  ry = static_cast<int>(std::ceil(2.2 * sy));
        const int c = static_cast<int>(d.cls);
        for (int y = std::max(0, gy - ry); y <= std::min(m_t.rows - 1, gy + ry); ++y) {
            for (int x = std::max(0, gx - rx); x <= std::min(m_t.columns - 1, gx + rx); ++x) {
                const auto bell = static_cast<float>(std::min(1.0, bellAt(x, y) / peak));
                cell(d, c, x, y, cx, cy, bell);
            }
        }
    }

private:
    size_t index(int x, int y) const { return static_cast<size_t>(y) * m_t.columns + x; }

    void cell(const Detection& d, int c, int x, int y, double cx, double cy, float bell) {
        constexpr float kTaught = 0.3f;
        const size_t i = index(x, y);
        constexpr float kNothing = 0.08f;  // below, the cell is background
        float& heat = m_t.heat[m_plane * c + i];
        if (bell <= heat || bell < kNothing) {
            return;
        }
        heat = bell;
        if (bell < kTaught) {
            return;
        }
        m_t.boxWeight[m_plane * c + i] = bell;
        const double values[4] = {cx, cy, d.box.w, d.box.h};
        for (int k = 0; k < 4; ++k) {
            m_t.box[m_plane * (4 * c + k) + i] = static_cast<float>(values[k]);
        }
        if (d.poker) {
            m_t.pointWeight[i] = bell;
            const PokerPoints& p = *d.poker;
            const double ends[4] = {p.low.x + 0.5, p.low.y + 0.5, p.top.x + 0.5, p.top.y + 0.5};
            for (int k = 0; k < 4; ++k) {
                m_t.points[m_plane * k + i] = static_cast<float>(ends[k]);
            }
            m_t.immersedWeight[i] = p.immersedScore >= 0 ? bell : 0;
            m_t.immersed[i] = std::max(0.0f, p.immersedScore);
        }
    }

    Targets& m_t;
    size_t m_plane;
};

}  // namespace

Targets makeTargets(const TrainingCrop& crop) {
    Targets t;
    t.rows = crop.bgr.rows / kStride;
    t.columns = crop.bgr.cols / kStride;
    const size_t plane = static_cast<size_t>(t.rows) * t.columns;
    t.heat.assign(plane * kObjectClassCount, 0);
    t.heatWeight.assign(plane * kObjectClassCount, 1);
    t.box.assign(plane * 4 * kObjectClassCount, 0);
    t.boxWeight.assign(plane * kObjectClassCount, 0);
    t.points.assign(plane * 4, 0);
    for (auto* v : {&t.pointWeight, &t.immersed, &t.immersedWeight}) {
        v->assign(plane, 0);
    }
    Painter painter(t);
    for (int c = 0; c < kObjectClassCount; ++c) {
        if (!crop.labelled[c]) {
            std::fill_n(t.heatWeight.begin() + static_cast<std::ptrdiff_t>(plane * c), plane, 0.0f);
        }
    }
    for (const Detection& d : crop.ignored) {
        painter.ignore(d);
    }
    // Small ones last: where two share a cell, the bell that is higher there wins.
    std::vector<const Detection*> order;
    for (const Detection& d : crop.truth) {
        if (crop.labelled[static_cast<int>(d.cls)]) {
            order.push_back(&d);
        }
    }
    std::stable_sort(order.begin(), order.end(), [](const Detection* a, const Detection* b) {
        return a->box.w * a->box.h > b->box.w * b->box.h;
    });
    for (const Detection* d : order) {
        painter.object(*d);
    }
    // What is surely an object is never ignored.
    for (size_t i = 0; i < t.heat.size(); ++i) {
        if (t.heat[i] == 1.0f) {
            t.heatWeight[i] = 1;
        }
    }
    return t;
}

}  // namespace cvd::training
