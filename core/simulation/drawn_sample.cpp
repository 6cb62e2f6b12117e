#include "core/simulation/drawn_sample.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/simulation/actors.h"
#include "core/simulation/labels.h"

namespace cvd::simulation {
namespace {

using Point = cv::Point2d;
using Outline = std::vector<Point>;

constexpr int kShift = 4;  // sixteenths of a pixel
constexpr int kPersonIds = 100, kHoeIds = 200;

Point along(double angle) {
    return {std::cos(angle), std::sin(angle)};
}

double length(const Point& p) {
    return std::hypot(p.x, p.y);
}

// One way of drawing, kept for a whole picture.
struct Manner {
    bool smooth = true;    // anti-aliased
    double outlinePx = 0;  // drawn edges
    cv::Scalar outline;
    int tones = 1;           // across a bar or limb; 1 is flat
    double lightSide = 0.3;  // -1..1
    double contrast = 0.5;   // of the tones
    int people = 0;          // 0 blocks, 1 sticks, 2 blobs, 3 outlines of people
};

class Drawing {
public:
    Drawing(cv::Mat& bgr, const Manner& manner)
        : m_bgr(bgr), m_manner(manner), m_ids(bgr.size(), CV_16U, cv::Scalar(0)) {}

    const Manner& manner() const { return m_manner; }
    const cv::Mat& ids() const { return m_ids; }
    double fullArea(int id) const {
        const auto at = static_cast<size_t>(id);
        return at < m_area.size() ? m_area[at] : 0;
    }

    void shape(const Outline& outline, const cv::Scalar& colour, int id, bool edged = true) {
        std::vector<cv::Point> fixed;
        for (const Point& p : outline) {
            fixed.emplace_back(cvRound(std::clamp(p.x, -4000.0, 8000.0) * (1 << kShift)),
                               cvRound(std::clamp(p.y, -4000.0, 8000.0) * (1 << kShift)));
        }
        const std::vector<std::vector<cv::Point>> all{fixed};
        const int line = m_manner.smooth ? cv::LINE_AA : cv::LINE_8;
        cv::fillPoly(m_bgr, all, colour, line, kShift);
        cv::fillPoly(m_ids, all, cv::Scalar(id), cv::LINE_8, kShift);
        if (edged && m_manner.outlinePx > 0) {
            cv::polylines(m_bgr, all, true, m_manner.outline,
                          std::max(1, cvRound(m_manner.outlinePx)), line, kShift);
        }
        if (id > 0) {
            if (m_area.size() <= static_cast<size_t>(id)) {
                m_area.resize(static_cast<size_t>(id) + 1, 0);
            }
            m_area[static_cast<size_t>(id)] += std::abs(cv::contourArea(fixed)) / 256;
        }
    }

    // A bar between two points in tones across its width; `round` is how far the ends bulge.
    void bar(const Point& a, const Point& b, double halfA, double halfB, const cv::Scalar& colour,
             int id, double roundA, double roundB) {
        const Point d = b - a;
        const double far = std::max(1e-6, length(d));
        const Point u = d / far, n(-u.y, u.x);
        Outline outline;
        constexpr int kArc = 6;
        for (int i = 0; i <= kArc; ++i) {
            const double t = CV_PI * i / kArc;
            outline.push_back(a + n * (std::cos(t) * halfA) - u * (std::sin(t) * halfA * roundA));
        }
        for (int i = 0; i <= kArc; ++i) {
            const double t = CV_PI * i / kArc;
            outline.push_back(b - n * (std::cos(t) * halfB) + u * (std::sin(t) * halfB * roundB));
        }
        shape(outline, tone(colour, -m_manner.lightSide), id);
        for (int i = 1; i < m_manner.tones; ++i) {
            const double from = -1 + 2.0 * i / m_manner.tones, to = 1;
            const double middle = from + 1.0 / m_manner.tones;
            shape({a + n * (from * halfA), a + n * (to * halfA), b + n * (to * halfB),
                   b + n * (from * halfB)},
                  tone(colour, 1 - 2 * std::abs(middle - m_manner.lightSide)), 0, false);
            restore(id, {a + n * (from * halfA), a + n * (to * halfA), b + n * (to * halfB),
                         b + n * (from * halfB)});
        }
    }

    void curve(const std::vector<Point>& line, double width, const cv::Scalar& colour, int id) {
        for (size_t i = 0; i + 1 < line.size(); ++i) {
            Manner flat = m_manner;
            std::swap(flat, m_manner);
            m_manner.outlinePx = 0;
            bar(line[i], line[i + 1], width / 2, width / 2, colour, id, 0.6, 0.6);
            std::swap(flat, m_manner);
        }
    }

    void ellipse(const Point& centre, double rx, double ry, double turn, const cv::Scalar& colour,
                 int id) {
        Outline outline;
        for (int i = 0; i < 24; ++i) {
            const double t = 2 * CV_PI * i / 24, x = rx * std::cos(t), y = ry * std::sin(t);
            outline.push_back(centre + Point(x * std::cos(turn) - y * std::sin(turn),
                                             x * std::sin(turn) + y * std::cos(turn)));
        }
        shape(outline, colour, id);
    }

    // Darkens or brightens what is there.
    void tint(const Point& centre, double rx, double ry, double gain, double inner = 0) {
        cv::Mat mask(m_bgr.size(), CV_8U, cv::Scalar(0));
        const auto draw = [&](double k, int v) {
            cv::ellipse(
                mask,
                cv::RotatedRect(
                    cv::Point2f(centre),
                    cv::Size2f(static_cast<float>(2 * rx * k), static_cast<float>(2 * ry * k)), 0),
                cv::Scalar(v), cv::FILLED);
        };
        draw(1, 255);
        if (inner > 0) {
            draw(inner, 0);
        }
        const cv::Rect box = cv::Rect(cvFloor(centre.x - rx) - 2, cvFloor(centre.y - ry) - 2,
                                      cvCeil(2 * rx) + 4, cvCeil(2 * ry) + 4) &
                             cv::Rect(0, 0, m_bgr.cols, m_bgr.rows);
        if (box.area() > 0) {
            cv::Mat changed;
            m_bgr(box).convertTo(changed, -1, gain);
            changed.copyTo(m_bgr(box), mask(box));
        }
    }

private:
    cv::Scalar tone(const cv::Scalar& colour, double lit) const {
        const double k = m_manner.tones > 1 ? 1 + 0.5 * m_manner.contrast * lit : 1;
        return {colour[0] * k, colour[1] * k, colour[2] * k};
    }
    void restore(int id, const Outline& outline) {
        std::vector<cv::Point> fixed;
        for (const Point& p : outline) {
            fixed.emplace_back(cvRound(std::clamp(p.x, -4000.0, 8000.0) * (1 << kShift)),
                               cvRound(std::clamp(p.y, -4000.0, 8000.0) * (1 << kShift)));
        }
        cv::fillPoly(m_ids, std::vector<std::vector<cv::Point>>{fixed}, cv::Scalar(id), cv::LINE_8,
                     kShift);
    }

    cv::Mat& m_bgr;
    Manner m_manner;
    cv::Mat m_ids;
    std::vector<double> m_area;
};

std::vector<Point> bent(const Point& a, const Point& b, const Point& c, const Point& d) {
    std::vector<Point> line;
    constexpr int kSteps = 14;
    for (int i = 0; i <= kSteps; ++i) {
        const double t = static_cast<double>(i) / kSteps, u = 1 - t;
        line.push_back(a * (u * u * u) + b * (3 * u * u * t) + c * (3 * u * t * t) +
                       d * (t * t * t));
    }
    return line;
}

// ---- grounds ----------------------------------------------------------------------------------

void grainOver(cv::Mat& bgr, Random& random, double amount) {
    const cv::Mat field = noiseField(random, bgr.size(), random.logUniform(4, 60),
                                     random.uniform(1, 4), random.uniform(0.5, 1.1));
    for (int y = 0; y < bgr.rows; ++y) {
        auto* row = bgr.ptr<cv::Vec3b>(y);
        const auto* f = field.ptr<float>(y);
        for (int x = 0; x < bgr.cols; ++x) {
            for (int c = 0; c < 3; ++c) {
                row[x][c] = cv::saturate_cast<uchar>(row[x][c] + static_cast<float>(amount) * f[x]);
            }
        }
    }
}

void ramp(cv::Mat& bgr, const cv::Scalar& from, const cv::Scalar& to, bool upright) {
    const int n = upright ? bgr.rows : bgr.cols;
    for (int i = 0; i < n; ++i) {
        const double t = static_cast<double>(i) / n;
        (upright ? bgr.row(i) : bgr.col(i)).setTo(from * (1 - t) + to * t);
    }
}

cv::Scalar groundColour(Random& random) {
    const double kind = random.unit();
    if (kind < 0.6) {
        return greyOf(random, 45, 225, 14);
    }
    if (kind < 0.85) {  // earth, wood, sand
        const double v = random.uniform(50, 210);
        return {v * random.uniform(0.45, 0.8), v * random.uniform(0.65, 0.95), v};
    }
    return anyColour(random, 0.7);
}

void paintGround(cv::Mat& bgr, Random& random, const BackgroundPool* backgrounds,
                 std::vector<BoxPx>& persons) {
    const double kind = random.unit();
    if (backgrounds != nullptr && !backgrounds->empty() && kind < 0.3) {
        bgr = photograph(random, *backgrounds, bgr.size(), persons);
        return;
    }
    const cv::Scalar colour = groundColour(random);
    if (kind < 0.55) {
        ramp(bgr, colour * random.uniform(0.7, 1.2), colour * random.uniform(0.7, 1.2),
             random.chance(0.7));
    } else {
        bgr.setTo(colour);
    }
    if (random.chance(0.8)) {
        grainOver(bgr, random, random.uniform(2, 24));
    }
    if (random.chance(0.35)) {  // a wall, sky or excavation along the top
        const int h = cvRound(bgr.rows * random.uniform(0.1, 0.45));
        cv::Mat upper = bgr.rowRange(0, h);
        const cv::Scalar above = groundColour(random);
        ramp(upper, above, above * (random.chance(0.5) ? 1.0 : random.uniform(0.6, 1.3)), true);
        if (random.chance(0.5)) {
            grainOver(upper, random, random.uniform(2, 18));
        }
    }
}

// Reinforcement: rusty, or grey up to this brightness.
cv::Scalar steelColour(Random& random, double brightest) {
    return random.chance(0.6)
               ? cv::Scalar(random.uniform(20, 60), random.uniform(35, 90), random.uniform(60, 170))
               : greyOf(random, 20, brightest, 8);
}

void paintPour(Drawing& drawing, cv::Mat& bgr, Random& random) {
    const double w = bgr.cols, h = bgr.rows;
    if (random.chance(0.2)) {
        return;  // the whole ground is the pour
    }
    Outline outline;
    const double left = random.uniform(-0.1, 0.35) * w, right = random.uniform(0.6, 1.1) * w;
    const double top = random.uniform(0.15, 0.5) * h, bottom = random.uniform(0.7, 1.1) * h;
    if (random.chance(0.7)) {
        const double inset = random.uniform(-0.15, 0.25) * w;
        outline = {{left + inset, top + random.uniform(-0.05, 0.05) * h},
                   {right - inset * random.uniform(0.5, 1.2), top},
                   {right, bottom},
                   {left, bottom + random.uniform(-0.05, 0.05) * h}};
    } else {
        const Point c((left + right) / 2, (top + bottom) / 2);
        for (int i = 0; i < 26; ++i) {
            const double t = 2 * CV_PI * i / 26, r = random.uniform(0.85, 1.12);
            outline.push_back(c + Point((right - left) / 2 * r * std::cos(t),
                                        (bottom - top) / 2 * r * std::sin(t)));
        }
    }
    const cv::Mat before = bgr.clone();
    drawing.shape(outline, greyOf(random, 50, 220, 12), 0);
    if (random.chance(0.7)) {
        cv::Mat changed;
        cv::absdiff(before, bgr, changed);
        cv::Mat grained = bgr.clone(), mask;
        grainOver(grained, random, random.uniform(2, 20));
        cv::cvtColor(changed, mask, cv::COLOR_BGR2GRAY);
        grained.copyTo(bgr, mask > 2);
    }
    if (random.chance(0.3)) {  // starter bars along its edge, plain or with caps
        const cv::Scalar steel = steelColour(random, 150);
        const double half = std::max(0.5, w / 640 * random.uniform(0.5, 2.4)),
                     tall = random.uniform(0.05, 0.25) * h;
        for (size_t i = 0; i < outline.size(); ++i) {
            const Point a = outline[i], b = outline[(i + 1) % outline.size()];
            const int count = outline.size() == 4 ? random.integer(0, 9) : 1;
            for (int k = 0; k < count; ++k) {
                const Point foot = a + (b - a) * ((k + 0.5) / count);
                drawing.bar(foot, foot - Point(random.uniform(-0.12, 0.12) * tall, tall), half,
                            half, steel, 0, 0, 0.2);
            }
        }
    }
    if (random.chance(0.6) && outline.size() == 4) {  // forms
        const cv::Scalar timber = random.chance(0.6)
                                      ? cv::Scalar(random.uniform(30, 110), random.uniform(70, 160),
                                                   random.uniform(110, 220))
                                      : greyOf(random, 40, 200, 20);
        const double thick = random.logUniform(3, 22) * w / 640;
        for (size_t i = 0; i < 4; ++i) {
            if (random.chance(0.75)) {
                drawing.bar(outline[i], outline[(i + 1) % 4], thick / 2, thick / 2, timber, 0, 0,
                            0);
            }
        }
    }
}

// ---- things -----------------------------------------------------------------------------------

struct DrawnPoker {
    Point low, top;
    double half = 3;
    bool immersed = false;
    std::optional<bool> shown;  // immersion as far as the picture tells it
    cv::Scalar head, tube, hose;
    double headShare = 1, neck = 0.8, roundLow = 1, hoseWidth = 3;
    int bands = 0;
    cv::Scalar band;
    double ribs = 0;  // brightness of the rings of a corrugated hose; 0: smooth
    std::vector<Point> hoseLine;
};

cv::Scalar barColour(Random& random) {
    const double kind = random.unit();
    if (kind < 0.45) {
        return greyOf(random, 60, 225, 10);
    }
    if (kind < 0.75) {
        return greyOf(random, 10, 70, 8);
    }
    return kind < 0.85 ? cv::Scalar(random.uniform(20, 70), random.uniform(40, 100),
                                    random.uniform(80, 170))
                       : anyColour(random, 1);
}

cv::Scalar hoseColour(Random& random) {
    const double kind = random.unit();
    return kind < 0.5    ? greyOf(random, 8, 60, 6)
           : kind < 0.7  ? cv::Scalar(random.uniform(0, 60), random.uniform(80, 160),
                                      random.uniform(190, 255))
           : kind < 0.85 ? greyOf(random, 80, 180, 8)
                         : anyColour(random, 1);
}

DrawnPoker makeDrawnPoker(Random& random, double w, double h, double scale) {
    DrawnPoker p;
    const double long_ = scale * random.logUniform(0.3, 1.3);
    const double thick = std::max(2.2, long_ * random.logUniform(0.045, 0.28));
    p.half = std::min(thick / 2, w / 640 * 14);
    const double lean =
        random.chance(0.75) ? random.uniform(-0.35, 0.35) : random.uniform(-1.4, 1.4);
    p.low = {random.uniform(0.06, 0.94) * w, random.uniform(0.25, 0.96) * h};
    p.top = p.low + along(-CV_PI / 2 + lean) * std::max(long_, 5 * w / 640);
    p.immersed = random.chance(0.62);
    p.head = barColour(random);
    p.tube = random.chance(0.55) ? p.head : barColour(random);
    p.headShare = random.chance(0.5) ? 1 : random.uniform(0.35, 0.9);
    p.neck = random.uniform(0.55, 1);
    p.roundLow = p.immersed ? random.uniform(0, 0.7) : random.uniform(0, 1.3);
    // A hose as dark and as thick as its bar is common: only the stiff straight end tells.
    p.hose = random.chance(0.3) ? (random.chance(0.5) ? p.tube : p.head) : hoseColour(random);
    p.hoseWidth =
        p.half * 2 * (random.chance(0.3) ? random.uniform(0.85, 1.05) : random.uniform(0.3, 0.95));
    p.ribs = random.chance(0.25) ? random.uniform(0.5, 0.9) : 0;
    p.bands = random.chance(0.15) ? random.integer(1, 4) : 0;
    p.band = random.chance(0.5) ? greyOf(random, 200, 250, 5) : anyColour(random, 1.2);
    if (p.immersed && random.chance(0.2)) {  // the bar is all under: what stands out is the hose
        p.head = p.tube = p.hose;
        p.half = std::max(1.1, p.hoseWidth / 2);
        p.headShare = 1;
        p.bands = 0;
    }
    return p;
}

// Upright bars beside a poker, often of its own colour, as where a wall goes on upwards.
void drawBarsAbout(Drawing& drawing, Random& random, const DrawnPoker& p) {
    const double long_ = length(p.top - p.low);
    const cv::Scalar steel = random.chance(0.5) ? p.head : steelColour(random, 190);
    const double half = std::max(0.5, p.half * random.uniform(0.25, 0.9)),
                 gap = p.half * 2 * random.uniform(1.5, 6), tall = long_ * random.uniform(0.4, 2),
                 slope = random.uniform(-0.4, 0.4), beside = random.uniform(-0.35, 0.35) * long_;
    const int left = random.integer(0, 5), right = random.integer(1, 6);
    for (int i = -left; i <= right; ++i) {
        const Point foot = p.low + Point((i + 0.5) * gap, beside + i * gap * slope);
        drawing.bar(foot, foot - Point(random.uniform(-0.04, 0.04) * tall, tall), half, half, steel,
                    0, 0, 0.2);
    }
}

void layDrawnHose(Random& random, DrawnPoker& p, const Point& hand, const Point& end) {
    const Point axis = (p.top - p.low) / std::max(1.0, length(p.top - p.low));
    const double reach = length(hand - p.top);
    p.hoseLine = bent(p.top, p.top + axis * (reach * random.uniform(0.3, 0.7)),
                      hand - (end - hand) * random.uniform(0.0, 0.3), hand);
    const auto rest =
        bent(hand, hand + (end - hand) * 0.3,
             end + Point(random.uniform(-0.2, 0.2), random.uniform(-0.3, 0.3)) * length(end - hand),
             end);
    p.hoseLine.insert(p.hoseLine.end(), rest.begin() + 1, rest.end());
}

// Rings across a hose, a width apart.
void drawRibs(Drawing& drawing, const std::vector<Point>& line, double width,
              const cv::Scalar& colour) {
    double gone = 0;
    for (size_t i = 0; i + 1 < line.size(); ++i) {
        const Point d = line[i + 1] - line[i];
        const double far = length(d), gap = std::max(3.0, width);
        if (far < 1e-6) {
            continue;
        }
        const Point n = Point(-d.y, d.x) / far * (width / 2);
        for (; gone < far; gone += gap) {
            const Point at = line[i] + d * (gone / far);
            drawing.bar(at - n, at + n, std::max(0.5, width * 0.1), std::max(0.5, width * 0.1),
                        colour, 0, 0, 0);
        }
        gone -= far;
    }
}

void drawPoker(Drawing& drawing, Random& random, DrawnPoker& p, int id) {
    const double long_ = length(p.top - p.low);
    if (random.chance(0.15)) {
        drawBarsAbout(drawing, random, p);
    }
    if (p.immersed) {
        const double rx = p.half * random.uniform(1.6, 7), ry = rx * random.uniform(0.25, 0.8);
        bool cue = false;
        if (random.chance(0.6)) {
            drawing.tint(
                p.low, rx, ry,
                random.chance(0.75) ? random.uniform(0.6, 0.93) : random.uniform(1.06, 1.3));
            cue = true;
        }
        if (random.chance(0.4)) {
            drawing.tint(p.low, p.half * 1.9, p.half * random.uniform(0.6, 1.2),
                         random.uniform(0.4, 0.9));
            cue = true;
        }
        if (random.chance(0.3)) {  // waves
            for (int i = 1; i <= random.integer(1, 3); ++i) {
                drawing.tint(p.low, rx * (0.7 + 0.5 * i), ry * (0.7 + 0.5 * i),
                             random.chance(0.5) ? 0.88 : 1.1, 0.86);
            }
            cue = true;
        }
        p.shown = cue ? std::optional(true) : std::nullopt;
    } else if (random.chance(0.6)) {  // its shadow lies apart from it
        const double gap = random.uniform(0.15, 1.2) * long_;
        drawing.tint(p.low + Point(random.uniform(-0.4, 0.4) * long_, gap),
                     p.half * random.uniform(1.2, 4), p.half * random.uniform(0.5, 1.5),
                     random.uniform(0.55, 0.9));
        p.shown = false;
    } else if (p.roundLow > 0.6) {
        p.shown = false;
    }
    drawing.curve(p.hoseLine, p.hoseWidth, p.hose, 0);
    if (p.ribs > 0) {
        drawRibs(drawing, p.hoseLine, p.hoseWidth, p.hose * p.ribs);
    }
    const auto at = [&](double t) { return p.low + (p.top - p.low) * t; };
    if (p.headShare < 0.99) {
        drawing.bar(at(p.headShare), p.top, p.half * p.neck, p.half * p.neck, p.tube, id, 0, 0.2);
    }
    drawing.bar(p.low, at(p.headShare), p.half, p.half, p.head, id, p.roundLow,
                p.headShare < 0.99 ? 0.3 : 0.1);
    for (int i = 1; i <= p.bands; ++i) {
        const double t = static_cast<double>(i) / (p.bands + 1);
        const double half = p.half * (t < p.headShare ? 1.02 : p.neck * 1.02);
        drawing.bar(at(t - 0.03), at(t + 0.03), half, half, p.band, id, 0, 0);
    }
}

// Figures of four makes; `at` stands between the feet, `h` is the height in pixels.
struct Figure {
    Point at;
    double h = 100;
    double lean = 0;  // of the trunk, radians
    cv::Scalar jacket, trousers, skin, helmet, boots;
    bool hasHelmet = true, hasVest = false;
    cv::Scalar vest;
    std::optional<Point> leftHand, rightHand;

    Point hip() const { return at - Point(0, h * 0.48); }
    Point neck() const { return hip() + Point(std::sin(lean), -std::cos(lean)) * (h * 0.34); }
    Point head() const { return neck() + Point(std::sin(lean), -1) * (h * 0.09); }
};

Figure makeFigure(Random& random, const Point& at, double h) {
    Figure f;
    f.at = at;
    f.h = h;
    f.lean = random.uniform(-0.6, 0.6);
    f.jacket = random.chance(0.5) ? random.pick({cv::Scalar(30, 130, 250), cv::Scalar(40, 230, 220),
                                                 cv::Scalar(60, 220, 160), cv::Scalar(150, 90, 40)})
                                  : anyColour(random, 0.9);
    f.trousers = random.chance(0.6) ? cv::Scalar(random.uniform(30, 120), random.uniform(20, 80),
                                                 random.uniform(15, 70))
                                    : anyColour(random, 0.6);
    f.skin = {random.uniform(60, 180), random.uniform(80, 200), random.uniform(110, 240)};
    f.helmet = random.chance(0.7)
                   ? random.pick({cv::Scalar(40, 210, 245), cv::Scalar(245, 245, 245),
                                  cv::Scalar(40, 40, 220), cv::Scalar(210, 110, 30)})
                   : anyColour(random, 1.1);
    f.boots = greyOf(random, 10, 90, 10);
    f.hasHelmet = random.chance(0.8);
    f.hasVest = random.chance(0.3);
    f.vest =
        random.pick({cv::Scalar(0, 200, 255), cv::Scalar(0, 255, 180), cv::Scalar(0, 110, 255)});
    return f;
}

void drawFigure(Drawing& drawing, Random& random, const Figure& f, int id) {
    const int make = drawing.manner().people;
    const double thin = make == 1 ? 0.35 : make == 2 ? 1.25 : 1;
    const double limb = f.h * 0.042 * thin, wide = f.h * (make == 1 ? 0.03 : 0.105);
    const double apart = f.h * random.uniform(0.03, 0.13);
    const cv::Scalar trunk = f.hasVest ? f.vest : f.jacket;
    const double cap = make == 0 ? 0.05 : 0.9;
    for (const int side : {-1, 1}) {
        const Point foot = f.at + Point(side * apart, random.uniform(-0.02, 0.02) * f.h);
        const Point knee = (f.hip() + foot) * 0.5 + Point(random.uniform(-0.05, 0.05) * f.h, 0);
        drawing.bar(f.hip() + Point(side * wide * 0.5, 0), knee, limb * 1.3, limb, f.trousers, id,
                    cap, cap);
        drawing.bar(knee, foot, limb, limb * 0.9, f.trousers, id, cap, cap);
        drawing.bar(foot, foot + Point(side * f.h * 0.05, 0), limb, limb * 0.9, f.boots, id, 0.8,
                    0.8);
    }
    if (make == 2) {
        const Point c = (f.hip() + f.neck()) * 0.5;
        drawing.ellipse(c, wide * 1.15, f.h * 0.21, f.lean, trunk, id);
    } else {
        drawing.bar(f.hip() + Point(0, f.h * 0.02), f.neck(), wide * 0.95,
                    wide * random.uniform(0.9, 1.2), trunk, id, cap * 0.4, cap * 0.4);
    }
    if (random.chance(0.35) && make != 1) {  // reflecting bands
        for (const double t : {0.3, 0.6}) {
            const Point c = f.hip() + (f.neck() - f.hip()) * t;
            drawing.bar(c - Point(wide, 0), c + Point(wide, 0), f.h * 0.014, f.h * 0.014,
                        {210, 225, 225}, id, 0, 0);
        }
    }
    for (const int side : {-1, 1}) {
        const auto& hand = side < 0 ? f.leftHand : f.rightHand;
        const Point from = f.neck() + Point(side * wide * 0.95, f.h * 0.03);
        Point to = hand ? *hand
                        : from + along(CV_PI / 2 - side * random.uniform(-0.2, 0.8)) * (f.h * 0.33);
        const double most = f.h * 0.38, reach = length(to - from);
        if (reach > most) {
            to = from + (to - from) * (most / reach);
        }
        const Point elbow = (from + to) * 0.5 + Point(side * 0.04, 0.05) * f.h;
        drawing.bar(from, elbow, limb * 0.9, limb * 0.8, f.jacket, id, cap, cap);
        drawing.bar(elbow, to, limb * 0.8, limb * 0.65, f.jacket, id, cap, cap);
        drawing.ellipse(to, limb * 0.85, limb * 0.85, 0, f.skin, id);
    }
    const double r = f.h * random.uniform(0.055, 0.075);
    drawing.ellipse(f.head(), r, r * 1.12, f.lean, f.skin, id);
    if (f.hasHelmet) {
        Outline dome;
        for (int i = 0; i <= 10; ++i) {
            const double t = CV_PI + CV_PI * i / 10;
            dome.push_back(f.head() + Point(std::cos(t) * r * 1.2, std::sin(t) * r * 1.25));
        }
        drawing.shape(dome, f.helmet, id);
        if (random.chance(0.5)) {
            drawing.bar(f.head() - Point(r * 1.5, 0), f.head() + Point(r * 1.5, 0), r * 0.12,
                        r * 0.12, f.helmet, id, 0.5, 0.5);
        }
    }
}

void drawHoe(Drawing& drawing, Random& random, const Point& blade, const Point& grip, int id) {
    const double far = length(grip - blade),
                 half = std::max(0.7, far * random.uniform(0.008, 0.02));
    const cv::Scalar wood =
        random.chance(0.6)
            ? cv::Scalar(random.uniform(40, 120), random.uniform(90, 170), random.uniform(130, 220))
            : anyColour(random, 0.9);
    drawing.bar(blade, grip, half, half, wood, id, 0.3, 0.8);
    const Point d = (grip - blade) / std::max(1.0, far), n(-d.y, d.x);
    const double wide = far * random.uniform(0.05, 0.14), tall = far * random.uniform(0.03, 0.13);
    const cv::Scalar metal = greyOf(random, 40, 190, 12);
    const double turn = random.uniform(-0.5, 0.5);
    const Point across = n * std::cos(turn) + d * std::sin(turn);
    if (random.chance(0.25)) {  // a rake
        drawing.bar(blade - across * wide, blade + across * wide, half, half, metal, id, 0, 0);
        for (int i = -3; i <= 3; ++i) {
            const Point root = blade + across * (wide * i / 3.0);
            drawing.bar(root, root - d * tall, half * 0.6, half * 0.5, metal, id, 0, 0);
        }
    } else {
        drawing.shape({blade - across * wide, blade + across * wide,
                       blade + across * (wide * random.uniform(0.6, 1)) - d * tall,
                       blade - across * (wide * random.uniform(0.6, 1)) - d * tall},
                      metal, id);
    }
}

// Things without a label that share something with a poker.
void drawOther(Drawing& drawing, Random& random, double w, double h, double scale) {
    const Point c(random.uniform(0, w), random.uniform(0.1 * h, h));
    const cv::Scalar colour =
        random.chance(0.6) ? greyOf(random, 20, 200, 14) : anyColour(random, 0.9);
    switch (random.integer(0, 11)) {
        case 0: {  // starter bars
            const double gap = scale * random.uniform(0.1, 0.4),
                         tall = scale * random.uniform(0.2, 1);
            const double half = std::max(0.5, scale * random.uniform(0.006, 0.015));
            for (int i = 0; i < random.integer(3, 12); ++i) {
                const Point foot = c + Point(i * gap, random.uniform(-0.02, 0.02) * scale);
                drawing.bar(foot, foot - Point(random.uniform(-0.03, 0.03) * scale, tall), half,
                            half, colour, 0, 0, 0);
            }
            break;
        }
        case 1: {  // mesh
            const double gap = scale * random.uniform(0.12, 0.35),
                         size = gap * random.integer(3, 9);
            const double slant = random.uniform(-0.5, 0.5), half = std::max(0.5, scale * 0.008);
            for (double d = 0; d <= size; d += gap) {
                drawing.bar(c + Point(d, 0), c + Point(d + slant * size, size * 0.6), half, half,
                            colour, 0, 0, 0);
                drawing.bar(c + Point(d * slant, d * 0.6), c + Point(d * slant + size, d * 0.6),
                            half, half, colour, 0, 0, 0);
            }
            break;
        }
        case 2:  // pole, prop, stick
            drawing.bar(c,
                        c + along(-CV_PI / 2 + random.uniform(-0.5, 0.5)) *
                                (scale * random.uniform(0.9, 3)),
                        scale * random.uniform(0.01, 0.04), scale * random.uniform(0.01, 0.04),
                        colour, 0, 0, 0);
            break;
        case 3:  // a bare hose or cable
            drawing.curve(bent(c, {random.uniform(0, w), random.uniform(0, h)},
                               {random.uniform(0, w), random.uniform(0, h)},
                               {random.uniform(0, w), random.uniform(0, h)}),
                          scale * random.uniform(0.015, 0.07), colour, 0);
            break;
        case 4:  // pipe or board on the ground
            drawing.bar(c, c + along(random.uniform(0, CV_PI)) * (scale * random.uniform(1, 4)),
                        scale * random.uniform(0.02, 0.1), scale * random.uniform(0.02, 0.1),
                        colour, 0, 0, 0);
            break;
        case 5: {  // bucket, cone, block
            const double a = scale * random.uniform(0.08, 0.3),
                         b = scale * random.uniform(0.03, 0.3);
            drawing.bar(c, c - Point(0, scale * random.uniform(0.15, 0.6)), a, b, colour, 0, 0.2,
                        0.2);
            break;
        }
        case 6: {  // thick pump hose with its jet
            const Point mouth = c;
            drawing.curve(bent(mouth, mouth - Point(0, scale * 0.8),
                               {random.uniform(0, w), random.uniform(-0.2, 0.3) * h},
                               {random.uniform(-0.2, 1.2) * w, random.uniform(-0.3, 0.2) * h}),
                          scale * random.uniform(0.12, 0.3), colour, 0);
            if (random.chance(0.6)) {
                drawing.bar(mouth, mouth + Point(0, scale * random.uniform(0.2, 0.8)), scale * 0.07,
                            scale * random.uniform(0.07, 0.2), greyOf(random, 80, 170, 8), 0, 0.3,
                            0.3);
            }
            break;
        }
        case 7: {  // a frame of tubes
            const double a = scale * random.uniform(0.5, 1.5), half = scale * 0.02;
            for (int i = 0; i < 3; ++i) {
                drawing.bar(c + Point(i * a, 0), c + Point(i * a, -1.2 * a), half, half, colour, 0,
                            0, 0);
            }
            drawing.bar(c - Point(0, a), c + Point(2 * a, -a), half, half, colour, 0, 0, 0);
            break;
        }
        case 8: {  // short pieces of pipe that lean or lie together: thick, blunt, no hose
            const double half = scale * random.uniform(0.02, 0.06);
            for (int i = random.integer(1, 3); i > 0; --i) {
                const Point foot =
                    c + Point(random.uniform(-0.2, 0.2), random.uniform(-0.1, 0.1)) * scale;
                drawing.bar(foot,
                            foot + along(-CV_PI / 2 + random.uniform(-1.6, 1.6)) *
                                       (scale * random.uniform(0.15, 0.5)),
                            half, half, random.chance(0.5) ? colour : greyOf(random, 10, 220, 8), 0,
                            0.1, 0.35);
            }
            break;
        }
        case 9: {  // a striped pole
            const Point d =
                along(-CV_PI / 2 + random.uniform(-0.4, 0.4)) * (scale * random.uniform(0.6, 1.8));
            const double half = scale * random.uniform(0.012, 0.035);
            const int bands = random.integer(4, 12);
            const cv::Scalar other =
                random.chance(0.5) ? greyOf(random, 200, 250, 5) : colour * 0.6;
            for (int i = 0; i < bands; ++i) {
                drawing.bar(c + d * (double(i) / bands), c + d * (double(i + 1) / bands), half,
                            half, i % 2 == 0 ? colour : other, 0, 0, 0);
            }
            break;
        }
        case 10: {  // a hose that lies in bends, smooth or corrugated, and ends in nothing
            std::vector<Point> line{c};
            double turn = random.uniform(0, 2 * CV_PI);
            for (int i = random.integer(6, 18); i > 0; --i) {
                turn += random.uniform(-0.8, 0.8);
                line.push_back(line.back() + Point(std::cos(turn), 0.6 * std::sin(turn)) *
                                                 (scale * random.uniform(0.08, 0.25)));
            }
            const double width = scale * random.uniform(0.03, 0.1);
            drawing.curve(line, width, colour, 0);
            if (random.chance(0.5)) {
                drawRibs(drawing, line, width, colour * random.uniform(0.5, 0.9));
            }
            break;
        }
        default: {  // boxes, machines, signs
            const double a = scale * random.uniform(0.2, 1.4), b = scale * random.uniform(0.2, 1.2);
            drawing.shape(
                {c, c + Point(a, random.uniform(-0.1, 0.1) * a), c + Point(a, b), c + Point(0, b)},
                colour, 0);
        }
    }
}

// What a recorder prints into its pictures.
void printStamp(cv::Mat& bgr, Random& random) {
    const std::string text =
        random.chance(0.5)
            ? cv::format("20%02d-%02d-%02d %02d:%02d:%02d", random.integer(10, 40),
                         random.integer(1, 12), random.integer(1, 28), random.integer(0, 23),
                         random.integer(0, 59), random.integer(0, 59))
            : cv::format("CAM %02d", random.integer(0, 40));
    const double size = bgr.cols / 640.0 * random.uniform(0.35, 0.8);
    const int y = random.chance(0.5) ? cvRound(26 * size) : bgr.rows - cvRound(12 * size);
    const cv::Scalar ink = random.chance(0.7) ? cv::Scalar::all(245) : anyColour(random, 1);
    const int x = random.chance(0.5) ? 8 : cvRound(bgr.cols * random.uniform(0.5, 0.7));
    cv::putText(bgr, text, {x, y}, cv::FONT_HERSHEY_SIMPLEX, size, ink,
                std::max(1, cvRound(size * 1.6)), cv::LINE_AA);
}

// ---- the picture ------------------------------------------------------------------------------

struct Item {
    double depth = 0;  // larger is nearer: the lower edge in the picture
    int id = 0;
    DrawnPoker* poker = nullptr;
    const Figure* figure = nullptr;
    std::pair<Point, Point> hoe{};
};

void labelPoker(TrainingSample& sample, const Drawing& drawing, const DrawnPoker& p, int id,
                const BoxPx& box) {
    PointPx first, last;
    bool found = false;
    for (int i = 0; i <= 200; ++i) {
        const Point q = p.low + (p.top - p.low) * (i / 200.0);
        const cv::Point at(cvRound(q.x), cvRound(q.y));
        if (cv::Rect(0, 0, drawing.ids().cols, drawing.ids().rows).contains(at) &&
            drawing.ids().at<std::uint16_t>(at) == id) {
            last = PointPx{q.x, q.y};
            first = found ? first : last;
            found = true;
        }
    }
    if (!found) {
        sample.ignore.push_back(box);
        return;
    }
    if (first.y < last.y && !p.immersed) {
        std::swap(first, last);
    }
    const float wet = !p.shown ? -1.0F : *p.shown ? 1.0F : 0.0F;
    sample.truth.push_back({ObjectClass::Vibrator, 1, box, PokerPoints{first, last, 1, 1, wet}});
}

void labelAll(TrainingSample& sample, const Drawing& drawing,
              const std::vector<DrawnPoker>& pokers) {
    for (const auto& [id, part] : visibleParts(drawing.ids())) {
        const BoxPx box = part.box();
        const double seen = part.pixels / std::max(1.0, drawing.fullArea(id));
        const ObjectClass cls = id < kPersonIds ? ObjectClass::Vibrator
                                : id < kHoeIds  ? ObjectClass::Person
                                                : ObjectClass::Hoe;
        if (!canBeTold(cls, part, seen, sample.bgr.cols)) {
            sample.ignore.push_back(box);
        } else if (cls == ObjectClass::Vibrator) {
            labelPoker(sample, drawing, pokers[static_cast<size_t>(id - 1)], id, box);
        } else {
            sample.truth.push_back({cls, 1, box, std::nullopt});
        }
    }
}

Manner randomManner(Random& random, double unit) {
    Manner m;
    m.smooth = random.chance(0.75);
    m.tones = random.chance(0.4) ? 1 : random.integer(2, 7);
    m.lightSide = random.uniform(-0.7, 0.7);
    m.contrast = random.uniform(0.2, 1);
    if (random.chance(0.3)) {
        m.outlinePx = unit * random.uniform(0.7, 2.2);
        m.outline = greyOf(random, 0, 90, 4);
    }
    m.people = random.integer(0, 3);
    return m;
}

}  // namespace

TrainingSample renderDrawnSample(std::uint64_t seed, int width, int height,
                                 const BackgroundPool* backgrounds) {
    Random random(seed ^ 0xD3A3ULL);
    TrainingSample sample;
    sample.bgr.create(height, width, CV_8UC3);
    const double w = width, h = height, unit = w / 640;
    std::vector<BoxPx> persons;
    paintGround(sample.bgr, random, backgrounds, persons);
    const cv::Mat untouched = sample.bgr.clone();
    Drawing drawing(sample.bgr, randomManner(random, unit));
    if (persons.empty() || random.chance(0.4)) {
        paintPour(drawing, sample.bgr, random);
    }
    // Pixels of a metre; people are 1.7 of it, a bar a third to one and a bit.
    const double scale = unit * random.logUniform(38, 190);
    for (int i = random.integer(0, 5); i > 0; --i) {
        drawOther(drawing, random, w, h, scale);
    }
    std::vector<DrawnPoker> pokers;
    std::vector<Figure> figures;
    std::vector<Item> items;
    for (int i = random.chance(0.15)  ? 0
                 : random.chance(0.7) ? 1
                                      : random.integer(2, 3);
         i > 0; --i) {
        DrawnPoker p = makeDrawnPoker(random, w, h, scale);
        if (random.chance(0.75)) {
            const double side = random.chance(0.5) ? 1 : -1;
            const double tall = scale * random.uniform(1.5, 1.9);
            Figure f =
                makeFigure(random,
                           {p.low.x + side * scale * random.uniform(0.15, 0.8),
                            p.low.y + scale * (random.chance(0.8) ? random.uniform(-0.6, 0.05)
                                                                  : random.uniform(0.0, 0.5))},
                           tall);
            f.lean = -side * random.uniform(0, 0.6);
            const Point hand = p.top + Point(side * random.uniform(0, 0.25) * scale,
                                             -random.uniform(0.02, 0.45) * scale);
            f.rightHand = hand;
            if (random.chance(0.6)) {
                f.leftHand =
                    hand + Point(random.uniform(-0.1, 0.1), random.uniform(-0.25, 0.05)) * scale;
            }
            layDrawnHose(random, p, hand,
                         random.chance(0.4) ? f.neck() + Point(side * 0.1 * scale, 0)
                                            : f.at + Point(side * random.uniform(0.2, 2.5) * scale,
                                                           random.uniform(-0.4, 0.3) * scale));
            figures.push_back(f);
        } else {
            const Point hand =
                p.top + Point(random.uniform(-0.6, 0.6), -random.uniform(0.1, 1.2)) * scale;
            layDrawnHose(random, p, hand,
                         random.chance(0.5) ? Point(random.uniform(-0.2, 1.2) * w, -0.1 * h)
                                            : Point(random.chance(0.5) ? -0.1 * w : 1.1 * w,
                                                    random.uniform(0, 1) * h));
        }
        pokers.push_back(p);
    }
    for (int i = random.chance(0.5) ? random.integer(1, 4) : 0; i > 0; --i) {
        figures.push_back(makeFigure(random, {random.uniform(0, w), random.uniform(0.35, 1.05) * h},
                                     scale * random.uniform(1.4, 1.9)));
    }
    for (size_t i = 0; i < pokers.size(); ++i) {
        items.push_back({pokers[i].low.y + scale * random.uniform(-0.1, 0.25),
                         static_cast<int>(i) + 1,
                         &pokers[i],
                         nullptr,
                         {}});
    }
    for (size_t i = 0; i < figures.size(); ++i) {
        items.push_back(
            {figures[i].at.y, kPersonIds + static_cast<int>(i), nullptr, &figures[i], {}});
    }
    for (int i = random.chance(0.45) ? random.integer(1, 2) : 0; i > 0; --i) {
        const Point blade(random.uniform(0.05, 0.95) * w, random.uniform(0.4, 0.98) * h);
        const Point grip = blade + along(-CV_PI / 2 + random.uniform(-1.1, 1.1)) *
                                       (scale * random.uniform(0.9, 1.6));
        items.push_back({blade.y, kHoeIds + i, nullptr, nullptr, {blade, grip}});
    }
    std::stable_sort(items.begin(), items.end(),
                     [](const Item& a, const Item& b) { return a.depth < b.depth; });
    for (Item& item : items) {
        if (item.poker != nullptr) {
            drawPoker(drawing, random, *item.poker, item.id);
        } else if (item.figure != nullptr) {
            drawFigure(drawing, random, *item.figure, item.id);
        } else {
            drawHoe(drawing, random, item.hoe.first, item.hoe.second, item.id);
        }
    }
    if (random.chance(0.15)) {  // something before everything
        drawOther(drawing, random, w, h, scale);
    }
    if (random.chance(0.12)) {
        printStamp(sample.bgr, random);
    }
    labelAll(sample, drawing, pokers);
    addPhotographed(sample, persons, untouched);
    if (random.chance(0.35)) {
        grainOver(sample.bgr, random, random.uniform(1, 8));
    }
    spoil(sample.bgr, random, 0.8);
    return sample;
}

}  // namespace cvd::simulation
