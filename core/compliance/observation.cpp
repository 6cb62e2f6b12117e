#include "core/compliance/observation.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cvd::compliance {
namespace {

constexpr double kStepS = 0.5;
constexpr float kMinScore = 0.3F;
constexpr int kMostColumns = 40;

// What one sampled moment shows, in pixels of the first frame.
struct Moment {
    double timeS = 0;
    int pokers = 0;
    bool anything = false;    // an object of any class
    bool otherScene = false;  // after a cut: the calibration says nothing
    std::vector<BoxPx> persons;
};

// The first point of a frame or a later one, not far behind `from`: found by leaps that grow, for
// reading all points in between takes longer than all the rest.
std::size_t pointOf(const std::vector<TrackPoint>& points, std::size_t from, FrameIndex frame) {
    std::size_t leap = 1;
    while (from + leap < points.size() && points[from + leap].frame < frame) {
        from += leap;
        leap *= 2;
    }
    const auto begin = points.begin() + static_cast<std::ptrdiff_t>(from);
    const auto end =
        points.begin() + static_cast<std::ptrdiff_t>(std::min(from + leap + 1, points.size()));
    return static_cast<std::size_t>(
        std::lower_bound(begin, end, frame,
                         [](const TrackPoint& p, FrameIndex f) { return p.frame < f; }) -
        points.begin());
}

std::vector<Moment> momentsOf(const Tracks& tracks, const Stabiliser& stabiliser) {
    std::vector<Moment> moments;
    std::size_t at = 0;
    double nextS = -1;
    for (std::size_t f = 0; f < tracks.frameTimesS.size(); ++f) {
        const FrameIndex frame = tracks.firstFrame + static_cast<FrameIndex>(f);
        if (nextS >= 0 && tracks.frameTimesS[f] < nextS - 1e-9) {
            continue;
        }
        Moment m;
        at = pointOf(tracks.points, at, frame);
        for (; at < tracks.points.size() && tracks.points[at].frame == frame; ++at) {
            const TrackPoint& p = tracks.points[at];
            if (p.score < kMinScore || !p.track.valid()) {
                continue;
            }
            m.anything = true;
            if (p.cls == ObjectClass::Vibrator) {
                ++m.pokers;  // a bridged one is known to be there, too
            } else if (p.cls == ObjectClass::Person) {
                const PointPx c =
                    stabiliser.toFirst(frame, {p.box.x + p.box.w / 2, p.box.y + p.box.h / 2});
                m.persons.push_back({c.x - p.box.w / 2, c.y - p.box.h / 2, p.box.w, p.box.h});
            }
        }
        m.timeS = tracks.frameTimesS[f];
        m.otherScene = stabiliser.scene(frame) != 0 || stabiliser.lost(frame);
        nextS = m.timeS + kStepS;
        moments.push_back(std::move(m));
    }
    return moments;
}

int pokersAtWork(const std::vector<Moment>& moments) {
    std::array<int, 16> seen{};
    for (const Moment& m : moments) {
        for (int k = 1; k <= std::min(m.pokers, 15); ++k) {
            ++seen[static_cast<std::size_t>(k)];
        }
    }
    int most = 0;
    for (int k = 1; k < 16; ++k) {
        if (seen[static_cast<std::size_t>(k)] * kStepS >= 2) {
            most = k;
        }
    }
    return most;
}

}  // namespace

Observation::Observation(const Tracks& tracks, const Homography& homography,
                         const std::vector<PointM>& region, double shortestS)
    : Observation(tracks, Stabiliser(tracks), homography, region, shortestS) {}

Observation::Observation(const Tracks& tracks, const Stabiliser& stabiliser,
                         const Homography& homography, const std::vector<PointM>& region,
                         double shortestS) {
    const std::vector<Moment> moments = momentsOf(tracks, stabiliser);
    const int pokers = pokersAtWork(moments);
    if (region.size() < 3 || pokers == 0) {
        return;
    }
    double x0 = region[0].x, x1 = x0, y0 = region[0].y, y1 = y0;
    for (const PointM& p : region) {
        x0 = std::min(x0, p.x);
        x1 = std::max(x1, p.x);
        y0 = std::min(y0, p.y);
        y1 = std::max(y1, p.y);
    }
    m_origin = {x0, y0};
    m_cellM = std::max({(x1 - x0) / kMostColumns, (y1 - y0) / kMostColumns, 0.02});
    m_columns = std::max(1, static_cast<int>(std::ceil((x1 - x0) / m_cellM)));
    m_rows = std::max(1, static_cast<int>(std::ceil((y1 - y0) / m_cellM)));
    const std::size_t cells = static_cast<std::size_t>(m_columns) * m_rows;
    std::vector<PointPx> centres(cells);
    for (std::size_t i = 0; i < cells; ++i) {
        centres[i] = homography.image({x0 + (double(i % m_columns) + 0.5) * m_cellM,
                                       y0 + (double(i / m_columns) + 0.5) * m_cellM});
    }
    std::vector<double> hiddenSince(cells, -1);  // negative: in sight
    m_hidden.assign(cells, 0);
    bool any = false;
    for (const Moment& m : moments) {
        const bool blind = m.otherScene || !m.anything;
        const bool missing = m.pokers < pokers;
        for (std::size_t i = 0; i < cells; ++i) {
            const bool hidden =
                blind ||
                (missing && std::any_of(m.persons.begin(), m.persons.end(), [&](const BoxPx& b) {
                     return centres[i].x >= b.x && centres[i].x <= b.x + b.w &&
                            centres[i].y >= b.y && centres[i].y <= b.y + b.h;
                 }));
            if (!hidden) {
                hiddenSince[i] = -1;
            } else if (hiddenSince[i] < 0) {
                hiddenSince[i] = m.timeS;
            } else if (m.timeS - hiddenSince[i] >= shortestS) {
                m_hidden[i] = 1;
                any = true;
            }
        }
    }
    if (!any) {
        m_hidden.clear();
    }
}

bool Observation::seen(PointM p) const {
    if (m_hidden.empty()) {
        return true;
    }
    const int column = std::clamp(static_cast<int>((p.x - m_origin.x) / m_cellM), 0, m_columns - 1);
    const int row = std::clamp(static_cast<int>((p.y - m_origin.y) / m_cellM), 0, m_rows - 1);
    return m_hidden[static_cast<std::size_t>(row) * m_columns + column] == 0;
}

}  // namespace cvd::compliance
