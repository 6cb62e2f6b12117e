#include "core/tracking/motion_estimator.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/tracking/shrink.h"

namespace cvd::tracking {
namespace {

constexpr int kLevels = 3;  // each half of the one before
constexpr int kBlocksX = 8, kBlocksY = 5;
constexpr int kFewestPoints = 24;  // of a block that has a say
constexpr int kFewestBlocks = 5;   // that must have a say
constexpr double kAlike = 0.45;    // correlation at which a block counts as found again
constexpr double kFollowed = 0.4;  // share of blocks found again
constexpr double kFollowedWell = 0.55;
constexpr double kRecognised = 0.6;                // for a scene that was left
constexpr int kLookWellEvery = 10;                 // frames, at a camera that stands
constexpr int kStandsAfter = 10;                   // frames in which it did not move
constexpr int kCalmAfter = 25;                     // frames in which it did not clearly move
constexpr double kClearly = 4;                     // times the noise
constexpr int kVotesCalm = 4, kVotesRestless = 1;  // blocks that must say that it moved
constexpr int kTryReferenceEvery = 20;             // frames
constexpr int kTryOldSceneEvery = 5;               // frames, after a cut
constexpr int kTryOldSceneFrames = 500;            // then only at the next cut
constexpr int kGiveUpFrames = 50;                  // lost for so long, the scene starts anew
constexpr double kCutChange = 12;                  // mean grey levels
constexpr double kCutLikeness = 0.6;               // correlation of two shrunk frames

// Largest shift of the corners of a frame between two motions.
double largestDifference(const CameraMotion& a, const CameraMotion& b, cv::Size size) {
    double worst = 0;
    const double w = size.width, h = size.height;
    for (const PointPx corner : {PointPx{0, 0}, PointPx{w, 0}, PointPx{0, h}, PointPx{w, h}}) {
        const PointPx pa = apply(a, corner), pb = apply(b, corner);
        worst = std::max(worst, std::hypot(pa.x - pb.x, pa.y - pb.y));
    }
    return worst;
}

// The same motion in a picture `scale` times as large; pixel centres are at integers.
CameraMotion scaled(const CameraMotion& motion, double scale) {
    const double c = (scale - 1) / 2;
    CameraMotion out = motion;
    out.m[2] = scale * motion.m[2] + c - motion.m[0] * c - motion.m[1] * c;
    out.m[5] = scale * motion.m[5] + c - motion.m[3] * c - motion.m[4] * c;
    return out;
}

// A frame at several sizes, float, without slow changes of brightness, mean absolute value 1. A
// level is made when it is first asked for: a camera that stands needs one of them only.
class Picture {
public:
    Picture() = default;
    Picture(const cv::Mat& gray, double scaleToFull, std::span<const Detection> moving);

    bool empty() const { return m_image[0].empty(); }
    const cv::Mat& level(int l) const;
    // Of level 0: mean absolute value before it was made 1, grey levels.
    double texture() const {
        (void)level(0);
        return m_texture;
    }
    // Whether something moves by itself at a point of level 0, which is not left of or above the
    // picture.
    bool moves(float x, float y) const {
        return m_anyMoves &&
               m_moves.ptr<uchar>(std::min(
                   m_moves.rows - 1,
                   static_cast<int>(y)))[std::min(m_moves.cols - 1, static_cast<int>(x))] != 0;
    }

private:
    const cv::Mat& image(int l) const;

    mutable std::array<cv::Mat, kLevels> m_image, m_level;
    mutable double m_texture = 0;
    cv::Mat m_moves;  // 8 bit, not 0 where something moves by itself; with m_anyMoves
    bool m_anyMoves = false;
};

// A lamp or a bright coat in the dark would outshine the ground around it: what is far from most of
// the picture's grey levels is brought near.
cv::Mat limitedBrightness(const cv::Mat& gray) {
    constexpr double kSpreads = 3, kLeast = 8;
    std::array<int, 256> count{}, other{};  // two: the same level twice in a row does not wait
    for (int y = 0; y < gray.rows; ++y) {
        const uchar* row = gray.ptr<uchar>(y);
        int x = 0;
        for (; x + 1 < gray.cols; x += 2) {
            ++count[row[x]];
            ++other[row[x + 1]];
        }
        if (x < gray.cols) {
            ++count[row[x]];
        }
    }
    for (std::size_t v = 0; v < count.size(); ++v) {
        count[v] += other[v];
    }
    const auto half = static_cast<int>(gray.total() / 2);
    int middle = 0, sum = count[0];
    while (sum < half && middle < 255) {
        sum += count[static_cast<std::size_t>(++middle)];
    }
    int reach = 0;
    for (sum = count[static_cast<std::size_t>(middle)]; sum < half && reach < 255;) {
        ++reach;
        for (const int v : {middle - reach, middle + reach}) {
            sum += v >= 0 && v < 256 ? count[static_cast<std::size_t>(v)] : 0;
        }
    }
    const double far = std::max(kLeast, kSpreads * 1.48 * reach);
    cv::Mat table(1, 256, CV_32F), image;
    for (int v = 0; v < 256; ++v) {
        table.at<float>(v) = static_cast<float>(std::clamp<double>(v, middle - far, middle + far));
    }
    cv::LUT(gray, table, image);
    return image;
}

Picture::Picture(const cv::Mat& gray, double scaleToFull, std::span<const Detection> moving) {
    m_image[0] = limitedBrightness(gray);
    for (const Detection& d : moving) {
        if (d.score < 0.25F) {
            continue;
        }
        const double grow = 0.08 * std::max(d.box.w, d.box.h);
        const cv::Rect box(
            cv::Point(static_cast<int>((d.box.x - grow) / scaleToFull),
                      static_cast<int>((d.box.y - grow) / scaleToFull)),
            cv::Point(static_cast<int>((d.box.x + d.box.w + grow) / scaleToFull) + 1,
                      static_cast<int>((d.box.y + d.box.h + grow) / scaleToFull) + 1));
        if (!m_anyMoves) {
            m_moves = cv::Mat::zeros(gray.size(), CV_8U);
            m_anyMoves = true;
        }
        m_moves(box & cv::Rect({}, gray.size())).setTo(255);
    }
}

const cv::Mat& Picture::image(int l) const {
    cv::Mat& result = m_image[static_cast<std::size_t>(l)];
    if (result.empty()) {
        cv::resize(image(l - 1), result, {}, 0.5, 0.5, cv::INTER_AREA);
    }
    return result;
}

const cv::Mat& Picture::level(int l) const {
    cv::Mat& result = m_level[static_cast<std::size_t>(l)];
    if (!result.empty()) {
        return result;
    }
    cv::Mat fine, coarse;
    cv::GaussianBlur(image(l), fine, {5, 5}, 1.0);
    const int window = 1 + (24 >> l);
    cv::blur(image(l), coarse, {window, window});
    double sum = 0;
    for (int y = 0; y < fine.rows; ++y) {
        float* a = fine.ptr<float>(y);
        const float* b = coarse.ptr<float>(y);
        float rowSum = 0;
        for (int x = 0; x < fine.cols; ++x) {
            a[x] -= b[x];
            rowSum += std::abs(a[x]);
        }
        sum += rowSum;
    }
    const double mean = sum / static_cast<double>(fine.total()) + 1e-6;
    m_texture = l == 0 ? mean : m_texture;
    // A few hard edges must not outweigh all the rest.
    const auto scale = static_cast<float>(1 / mean);
    for (int y = 0; y < fine.rows; ++y) {
        float* row = fine.ptr<float>(y);
        for (int x = 0; x < fine.cols; ++x) {
            row[x] = std::clamp(row[x] * scale, -4.0F, 4.0F);
        }
    }
    result = fine;
    return result;
}

// Value between pixels; the caller has checked the range.
inline float sample(const cv::Mat& image, float x, float y) {
    const int ix = static_cast<int>(x), iy = static_cast<int>(y);
    const float fx = x - static_cast<float>(ix), fy = y - static_cast<float>(iy);
    const float* a = image.ptr<float>(iy) + ix;
    const float* b = image.ptr<float>(iy + 1) + ix;
    const float top = a[0] + fx * (a[1] - a[0]), bottom = b[0] + fx * (b[1] - b[0]);
    return top + fy * (bottom - top);
}

struct Spot {
    float x = 0, y = 0;      // pixels of its level; single precision is 3e-5 px here
    float value = 0;         // of the key frame there
    float scale = 1;         // makes a difference of values a distance, px
    std::array<float, 4> j;  // change of the value with growth, turn, shift x, shift y; scaled
    int block = 0;
};

// A key frame: the pixels with texture, spread over the picture.
struct Key {
    std::array<std::vector<Spot>, kLevels> spots;
    // Of each block's spots on each level: mean square. 1 is usual in a picture.
    std::array<std::array<double, kBlocksX * kBlocksY>, kLevels> contrast{};
    Picture picture;
    CameraMotion fromReference;  // level 0 px, reference -> this key frame
    bool usable = false;
};

std::vector<Spot> spotsOf(const Picture& picture, int level) {
    const cv::Mat& image = picture.level(level);
    const int cell = level == 0 ? 16 : 8;
    const std::size_t perCell = level == 0 ? 20 : 14;
    const int step = 1 << level;
    const double cx = (image.cols - 1) / 2.0, cy = (image.rows - 1) / 2.0;
    std::vector<Spot> spots;
    std::vector<std::pair<float, cv::Point>> best;
    for (int top = 2; top < image.rows - 2; top += cell) {
        for (int left = 2; left < image.cols - 2; left += cell) {
            best.clear();
            for (int y = top; y < std::min(top + cell, image.rows - 2); ++y) {
                const float *above = image.ptr<float>(y - 1), *row = image.ptr<float>(y),
                            *below = image.ptr<float>(y + 1);
                for (int x = left; x < std::min(left + cell, image.cols - 2); ++x) {
                    const float gx = row[x + 1] - row[x - 1], gy = below[x] - above[x];
                    const float strength = gx * gx + gy * gy;
                    if (strength > 1e-3F && !picture.moves(static_cast<float>(x * step),
                                                           static_cast<float>(y * step))) {
                        best.emplace_back(strength, cv::Point(x, y));
                    }
                }
            }
            const std::size_t keep = std::min(perCell, best.size());
            std::partial_sort(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(keep),
                              best.end(), [](const auto& a, const auto& b) {
                                  return a.first != b.first         ? a.first > b.first
                                         : a.second.y != b.second.y ? a.second.y < b.second.y
                                                                    : a.second.x < b.second.x;
                              });
            for (std::size_t i = 0; i < keep; ++i) {
                const cv::Point p = best[i].second;
                const float gx =
                    (image.at<float>(p.y, p.x + 1) - image.at<float>(p.y, p.x - 1)) / 2;
                const float gy =
                    (image.at<float>(p.y + 1, p.x) - image.at<float>(p.y - 1, p.x)) / 2;
                const auto dx = static_cast<float>(p.x - cx), dy = static_cast<float>(p.y - cy);
                Spot s;
                s.x = static_cast<float>(p.x);
                s.y = static_cast<float>(p.y);
                s.value = image.at<float>(p);
                s.j = {gx * dx + gy * dy, gy * dx - gx * dy, gx, gy};
                s.block = std::min(kBlocksY - 1, p.y * kBlocksY / image.rows) * kBlocksX +
                          std::min(kBlocksX - 1, p.x * kBlocksX / image.cols);
                spots.push_back(s);
            }
        }
    }
    if (spots.empty()) {
        return spots;
    }
    // In distances, so that a few hard edges, which may be a worker's, do not outweigh the ground;
    // faint spots, whose distance would be mostly noise, stay fainter.
    std::vector<float> slopes;
    for (const Spot& s : spots) {
        slopes.push_back(std::hypot(s.j[2], s.j[3]));
    }
    std::vector<float> sorted = slopes;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    const float usual = std::max(1e-3F, *middle);
    for (std::size_t i = 0; i < spots.size(); ++i) {
        spots[i].scale = 1 / std::max(slopes[i], usual);
        for (float& v : spots[i].j) {
            v *= spots[i].scale;
        }
    }
    return spots;
}

std::array<double, kBlocksX * kBlocksY> contrastOf(const std::vector<Spot>& spots) {
    std::array<double, kBlocksX * kBlocksY> squares{}, count{};
    for (const Spot& s : spots) {
        squares[static_cast<std::size_t>(s.block)] += s.value * s.value;
        ++count[static_cast<std::size_t>(s.block)];
    }
    for (std::size_t b = 0; b < squares.size(); ++b) {
        squares[b] /= std::max(1.0, count[b]);
    }
    return squares;
}

Key keyOf(const Picture& picture, const CameraMotion& fromReference) {
    Key key;
    key.picture = picture;
    key.fromReference = fromReference;
    for (int l = 0; l < kLevels; ++l) {
        const auto level = static_cast<std::size_t>(l);
        key.spots[level] = spotsOf(picture, l);
        key.contrast[level] = contrastOf(key.spots[level]);
    }
    // A blank wall shows nothing but the noise of the camera.
    key.usable = picture.texture() > 0.15 && key.spots[1].size() > 200;
    return key;
}

// Solves the 4x4 normal equations by Cholesky; false when they are singular.
bool solve4(const std::array<double, 10>& upper, const std::array<double, 4>& right,
            std::array<double, 4>& x) {
    double l[4][4] = {};
    std::size_t k = 0;
    double a[4][4];
    for (int r = 0; r < 4; ++r) {
        for (int c = r; c < 4; ++c) {
            a[r][c] = a[c][r] = upper[k++];
        }
    }
    for (int r = 0; r < 4; ++r) {
        for (int c = 0; c <= r; ++c) {
            double sum = a[r][c];
            for (int i = 0; i < c; ++i) {
                sum -= l[r][i] * l[c][i];
            }
            if (r == c) {
                if (sum < 1e-9 * (1 + a[r][r])) {
                    return false;
                }
                l[r][r] = std::sqrt(sum);
            } else {
                l[r][c] = sum / l[c][c];
            }
        }
    }
    double y[4];
    for (int r = 0; r < 4; ++r) {
        double sum = right[static_cast<std::size_t>(r)];
        for (int i = 0; i < r; ++i) {
            sum -= l[r][i] * y[i];
        }
        y[r] = sum / l[r][r];
    }
    for (int r = 3; r >= 0; --r) {
        double sum = y[r];
        for (int i = r + 1; i < 4; ++i) {
            sum -= l[i][r] * x[static_cast<std::size_t>(i)];
        }
        x[static_cast<std::size_t>(r)] = sum / l[r][r];
    }
    return true;
}

// The middle one of values that are not negative, of which there is at least one; their order is
// lost. Counting by the leading bits, which order such numbers, leaves few to be put in order.
float middleOf(std::vector<float>& values) {
    constexpr int kDropped = 20;
    std::array<int, (1U << (31 - kDropped))> count{};
    const auto bin = [](float v) { return std::bit_cast<std::uint32_t>(v) >> kDropped; };
    for (const float v : values) {
        ++count[bin(v)];
    }
    auto before = static_cast<std::ptrdiff_t>(values.size() / 2);
    std::uint32_t at = 0;
    for (; before >= count[at]; ++at) {
        before -= count[at];
    }
    const auto end =
        std::partition(values.begin(), values.end(), [&](float v) { return bin(v) == at; });
    std::nth_element(values.begin(), values.begin() + before, end);
    return values[static_cast<std::size_t>(before)];
}

// Where spots of a level lie in a picture; inside while all four pixels around can be read.
class Placing {
public:
    Placing(const CameraMotion& motion, const cv::Mat& image)
        : m_right(static_cast<float>(image.cols - 2)),
          m_bottom(static_cast<float>(image.rows - 2)) {
        std::transform(std::begin(motion.m), std::end(motion.m), m_m.begin(),
                       [](double v) { return static_cast<float>(v); });
    }
    cv::Point2f operator()(const Spot& s) const {
        return {m_m[0] * s.x + m_m[1] * s.y + m_m[2], m_m[3] * s.x + m_m[4] * s.y + m_m[5]};
    }
    bool inside(cv::Point2f p) const {
        return p.x >= 1 && p.y >= 1 && p.x < m_right && p.y < m_bottom;
    }

private:
    std::array<float, 6> m_m{};
    float m_right, m_bottom;
};

struct Normal {
    std::array<double, 10> hessian{};  // upper half
    std::array<double, 4> right{};
};

// The weighed normal equations of all spots that have a residual (else NaN). What is known of a
// spot's place is as good as its slope against the noise of the values, and never better than a
// model of the motion is; beyond that, what is far off counts less and less (Cauchy). Summed up in
// single precision over a few spots at a time, four numbers at once.
Normal normalOf(const std::vector<Spot>& spots, const std::vector<float>& residual, float noise) {
    constexpr std::size_t kAtATime = 64;
    constexpr float kModel = 0.1F, kFar = 2;  // px; deviations. Our settings
    constexpr float kLeast = kModel * kModel, kPerFar = 1 / (kFar * kFar);
    Normal out;
    for (std::size_t from = 0; from < spots.size(); from += kAtATime) {
        float rows[4][4] = {}, right[4] = {};
        const std::size_t to = std::min(spots.size(), from + kAtATime);
        for (std::size_t i = from; i < to; ++i) {
            const float r = residual[i];
            if (std::isnan(r)) {
                continue;
            }
            const float blur = noise * spots[i].scale;
            const float weight = 1 / (kLeast + blur * blur + r * r * kPerFar);
            const std::array<float, 4>& j = spots[i].j;
            for (std::size_t a = 0; a < 4; ++a) {
                const float wj = weight * j[a];
                for (std::size_t b = 0; b < 4; ++b) {
                    rows[a][b] += wj * j[b];
                }
                right[a] += wj * r;
            }
        }
        std::size_t k = 0;
        for (std::size_t a = 0; a < 4; ++a) {
            out.right[a] += right[a];
            for (std::size_t b = a; b < 4; ++b) {
                out.hessian[k++] += rows[a][b];
            }
        }
    }
    return out;
}

// Refines `motion` (pixels of this level, key frame -> picture) on one level.
bool alignLevel(const std::vector<Spot>& spots, const Picture& picture, int level, int iterations,
                CameraMotion& motion) {
    const cv::Mat& image = picture.level(level);
    const double cx = (image.cols - 1) / 2.0, cy = (image.rows - 1) / 2.0;
    const auto step = static_cast<float>(1 << level);
    std::vector<float> residual(spots.size());
    std::vector<float> sizes;
    for (int iteration = 0; iteration < iterations; ++iteration) {
        sizes.clear();
        const Placing place(motion, image);
        for (std::size_t i = 0; i < spots.size(); ++i) {
            const cv::Point2f p = place(spots[i]);
            if (!place.inside(p) || picture.moves(p.x * step, p.y * step)) {
                residual[i] = std::nanf("");
                continue;
            }
            const float off = sample(image, p.x, p.y) - spots[i].value;
            residual[i] = off * spots[i].scale;
            sizes.push_back(std::abs(off));
        }
        if (sizes.size() < 60) {
            return false;
        }
        const Normal normal = normalOf(spots, residual, 1.4826F * middleOf(sizes));
        std::array<double, 4> d{};
        if (!solve4(normal.hessian, normal.right, d)) {
            return false;
        }
        // The step in the key frame about its centre; the motion takes its inverse first.
        CameraMotion change;
        const double a = 1 + d[0], b = d[1];
        change.m[0] = a, change.m[1] = -b, change.m[3] = b, change.m[4] = a;
        change.m[2] = cx - a * cx + b * cy + d[2];
        change.m[5] = cy - b * cx - a * cy + d[3];
        motion = combine(inverse(change), motion);
        const double scale = std::hypot(motion.m[0], motion.m[3]);
        if (!(scale > 0.5 && scale < 2)) {
            return false;
        }
        const double moved = std::hypot(d[2], d[3]) + (std::abs(d[0]) + std::abs(d[1])) * cx;
        if (moved < 0.02) {
            break;
        }
    }
    return true;
}

// Share of the key frame's blocks that look alike in the picture; 0 when too few can tell. By
// number or by contrast, whichever is more: on a bare site most blocks hold nothing but what the
// video's compression left there, which changes with every full picture of the stream, while in
// others a few workers have most of the contrast.
double support(const Key& key, const Picture& picture, const CameraMotion& motion) {
    // On the middle level: less noise than on the finest one.
    constexpr std::size_t kLevel = 1;
    const CameraMotion m = scaled(motion, 0.5);
    const cv::Mat& image = picture.level(kLevel);
    struct Sums {
        int n = 0;
        double a = 0, b = 0, aa = 0, bb = 0, ab = 0;
    };
    std::array<Sums, kBlocksX * kBlocksY> blocks{};
    const Placing place(m, image);
    for (const Spot& s : key.spots[kLevel]) {
        const cv::Point2f p = place(s);
        if (!place.inside(p) || picture.moves(p.x * 2, p.y * 2)) {
            continue;
        }
        const double v = sample(image, p.x, p.y);
        Sums& sum = blocks[static_cast<std::size_t>(s.block)];
        ++sum.n;
        sum.a += s.value;
        sum.b += v;
        sum.aa += s.value * s.value;
        sum.bb += v * v;
        sum.ab += s.value * v;
    }
    int telling = 0, alike = 0;
    double loud = 1e-9, loudAlike = 0;
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        const Sums& s = blocks[b];
        if (s.n < kFewestPoints) {
            continue;
        }
        const double va = s.aa - s.a * s.a / s.n, vb = s.bb - s.b * s.b / s.n;
        const bool same =
            va > 1e-6 && vb > 1e-6 && s.ab - s.a * s.b / s.n > kAlike * std::sqrt(va * vb);
        const double contrast = std::min(1.0, std::sqrt(key.contrast[kLevel][b]));
        ++telling;
        loud += contrast;
        alike += same ? 1 : 0;
        loudAlike += same ? contrast : 0;
    }
    return telling >= kFewestBlocks
               ? std::max(static_cast<double>(alike) / telling, loudAlike / loud)
               : 0;
}

// Does the ground say that the picture moved from `before` to `after`? Each block of the key frame
// has one vote. Where workers and tools have most of the texture, and the ground a few edges along
// which it may slide, a fit follows them although the blocks of the ground speak against it. And
// where most blocks hold nothing but traces of compression, those with contrast must say so too.
bool groundAgrees(const Key& key, const Picture& picture, const CameraMotion& before,
                  const CameraMotion& after, int fewest) {
    constexpr double kClear = 0.01;    // of the cost, for a vote
    constexpr double kMajority = 1.5;  // votes for one against
    // Deviations by which a block's spots must differ. Those near each other see the same pixels:
    // five are about three of as many independent ones.
    constexpr double kSure = 5;
    const cv::Mat& image = picture.level(0);
    const Placing placeBefore(before, image), placeAfter(after, image);
    const auto offAt = [&](const Spot& s, const Placing& place, float& off) {
        const cv::Point2f p = place(s);
        if (!place.inside(p) || picture.moves(p.x, p.y)) {
            return false;
        }
        off = std::abs(sample(image, p.x, p.y) - s.value);
        return true;
    };
    struct Sums {
        int n = 0;
        double before = 0, after = 0;          // as distances, each spot alike
        double loudBefore = 0, loudAfter = 0;  // as values, where contrast counts
        double squares = 0, loudSquares = 0;   // of the differences
    };
    std::array<Sums, kBlocksX * kBlocksY> blocks{};
    for (const Spot& s : key.spots[0]) {
        float was = 0, now = 0;
        if (offAt(s, placeBefore, was) && offAt(s, placeAfter, now)) {
            Sums& sum = blocks[static_cast<std::size_t>(s.block)];
            ++sum.n;
            const double a = std::min(2.0F, was * s.scale), b = std::min(2.0F, now * s.scale);
            sum.before += a;
            sum.after += b;
            sum.squares += (a - b) * (a - b);
            sum.loudBefore += was;
            sum.loudAfter += now;
            sum.loudSquares += (was - now) * (was - now);
        }
    }
    const auto vote = [](double was, double now, double squares) {
        const double least = std::max(kClear * (was + now), kSure * std::sqrt(squares));
        return was - now > least ? 1 : now - was > least ? -1 : 0;
    };
    std::array<double, 3> votes{}, loudVotes{};  // worse, alike, better
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        const Sums& s = blocks[b];
        if (s.n >= kFewestPoints) {
            votes[static_cast<std::size_t>(1 + vote(s.before, s.after, s.squares))] += 1;
            loudVotes[static_cast<std::size_t>(
                1 + vote(s.loudBefore, s.loudAfter, s.loudSquares))] += key.contrast[0][b];
        }
    }
    return votes[2] >= fewest && votes[2] > kMajority * votes[0] &&
           loudVotes[2] > kMajority * loudVotes[0];
}

struct Fit {
    CameraMotion motion;  // level 0 px, key frame -> picture
    double support = 0;
};

Fit align(const Key& key, const Picture& picture, const CameraMotion& guess, bool wide) {
    Fit fit;
    CameraMotion motion = guess;
    for (int l = wide ? kLevels - 1 : 1; l >= 0; --l) {
        CameraMotion here = scaled(motion, 1.0 / (1 << l));
        const auto level = static_cast<std::size_t>(l);
        if (!alignLevel(key.spots[level], picture, l, l == 0 ? 6 : 10, here)) {
            return fit;
        }
        motion = scaled(here, 1 << l);
    }
    fit.motion = motion;
    fit.support = support(key, picture, motion);
    return fit;
}

// The shift alone, however far, by phase correlation on the coarsest level.
CameraMotion farGuess(const Picture& from, const Picture& to) {
    constexpr int kLevel = kLevels - 1;
    cv::Mat window;
    cv::createHanningWindow(window, from.level(kLevel).size(), CV_32F);
    const cv::Point2d shift = cv::phaseCorrelate(from.level(kLevel), to.level(kLevel), window);
    CameraMotion out;
    out.m[2] = shift.x * (1 << kLevel);
    out.m[5] = shift.y * (1 << kLevel);
    return out;
}

double correlation(const cv::Mat& a, const cv::Mat& b) {
    cv::Scalar meanA, meanB, deviationA, deviationB;
    cv::meanStdDev(a, meanA, deviationA);
    cv::meanStdDev(b, meanB, deviationB);
    if (deviationA[0] < 1 || deviationB[0] < 1) {
        return deviationA[0] < 1 && deviationB[0] < 1 ? 1 : 0;
    }
    cv::Mat fa, fb;
    a.convertTo(fa, CV_32F, 1, -meanA[0]);
    b.convertTo(fb, CV_32F, 1, -meanB[0]);
    return fa.dot(fb) / (static_cast<double>(a.total()) * deviationA[0] * deviationB[0]);
}

}  // namespace

struct MotionEstimator::State {
    MotionOptions options;
    Key reference;             // first frame of the scene
    Key key;                   // what frames are laid over; often the reference itself
    std::optional<Key> first;  // reference of the first scene, after a cut
    CameraMotion pose;         // level 0 px, reference -> latest frame
    Picture last;
    int lost = 0;  // frames in a row that could not be followed
    cv::Mat lastThumb;
    std::array<cv::Mat, 8> shrunk;  // of the latest frame; kept, because fresh memory is slow
    cv::Size size;
    bool started = false;
    bool keyIsReference = true;
    int stood = 0;           // frames in a row without motion
    int calm = kCalmAfter;   // frames in a row without motion beyond doubt
    int frames = 0;          // since the scene began
    int sinceReference = 0;  // frames since the reference was tried

    void startScene(const Picture& picture) {
        reference = picture.empty() ? Key{} : keyOf(picture, {});
        key = reference;
        lost = 0;
        keyIsReference = true;
        pose = {};
        stood = 0;
        frames = 0;
        sinceReference = 0;
    }
    // A camera that stood for a second needs more to be said to move than one that shakes.
    int votesNeeded() const { return calm >= kCalmAfter ? kVotesCalm : kVotesRestless; }
    bool stands(const Picture& picture, double scaleToFull) const;
    CameraMotion settled(const Picture& picture, const CameraMotion& fit, double scaleToFull) const;
    Fit follow(const Picture& picture) const;
    bool oldSceneIsBack(const Picture& picture, CameraMotion& motion) const;
    CameraMotion returnToFirst(const CameraMotion& motion, double scaleToFull);
    void changeKey(const Picture& picture, double supportNow, double scaleToFull);
};

// A camera that stood still and is where it was, by one look at the middle level. When in doubt,
// and every few frames anyhow, the answer is no and the picture is measured as any other.
bool MotionEstimator::State::stands(const Picture& picture, double scaleToFull) const {
    const bool tryReference = !keyIsReference && sinceReference >= kTryReferenceEvery;
    if (stood < kStandsAfter || stood % kLookWellEvery == 0 || tryReference || !key.usable) {
        return false;
    }
    constexpr int kLevel = 1;
    const CameraMotion expected = combine(inverse(key.fromReference), pose);
    CameraMotion here = scaled(expected, 0.5);
    if (!alignLevel(key.spots[kLevel], picture, kLevel, 1, here)) {
        return false;
    }
    const CameraMotion seen = scaled(here, 2);
    const bool moved = largestDifference(expected, seen, size) * scaleToFull >= options.noisePx;
    return support(key, picture, expected) >= kFollowedWell &&
           (!moved || !groundAgrees(key, picture, expected, seen, votesNeeded()));
}

// Reference -> picture for a fit: that of a moment ago, or home, unless the ground speaks for the
// fit. A leap home needs the ground to speak for it.
CameraMotion MotionEstimator::State::settled(const Picture& picture, const CameraMotion& fit,
                                             double scaleToFull) const {
    const CameraMotion back = inverse(key.fromReference);
    const CameraMotion now = combine(key.fromReference, fit);
    const CameraMotion home;
    const auto px = [&](const CameraMotion& a, const CameraMotion& b) {
        return largestDifference(a, b, size) * scaleToFull;
    };
    for (const CameraMotion& held : {home, pose}) {
        if (px(held, now) < options.noisePx) {
            return held;
        }
        const CameraMotion there = combine(back, held);
        const bool leap = px(held, pose) >= kClearly * options.noisePx;
        if (leap ? groundAgrees(key, picture, fit, there, votesNeeded())
                 : !groundAgrees(key, picture, there, fit, votesNeeded())) {
            return held;
        }
    }
    return now;
}

// Key frame -> picture, tried from near to far.
Fit MotionEstimator::State::follow(const Picture& picture) const {
    const CameraMotion guess = combine(inverse(key.fromReference), pose);
    Fit best = align(key, picture, guess, false);
    if (best.support >= kFollowedWell) {
        return best;
    }
    const auto tryFrom = [&](const CameraMotion& from) {
        const Fit fit = align(key, picture, from, true);
        if (fit.support > best.support) {
            best = fit;
        }
    };
    tryFrom(guess);
    if (best.support >= kFollowed) {
        return best;
    }
    tryFrom(combine(guess, farGuess(last, picture)));
    if (best.support < kFollowed) {
        tryFrom(farGuess(key.picture, picture));
    }
    return best;
}

bool MotionEstimator::State::oldSceneIsBack(const Picture& picture, CameraMotion& motion) const {
    if (!first || !first->usable) {
        return false;
    }
    for (const CameraMotion& guess : {CameraMotion{}, farGuess(first->picture, picture)}) {
        const Fit fit = align(*first, picture, guess, true);
        if (fit.support >= kRecognised) {
            motion = fit.motion;
            return true;
        }
    }
    return false;
}

CameraMotion MotionEstimator::State::returnToFirst(const CameraMotion& motion, double scaleToFull) {
    startScene({});
    reference = key = std::move(*first);
    first.reset();
    pose = motion;
    CameraMotion answer = scaled(motion, scaleToFull);
    answer.cut = answer.fromFirst = true;
    return answer;
}

// The scene changes under a camera that stands: keep a key frame that still looks like it, and go
// back to the reference whenever it fits.
void MotionEstimator::State::changeKey(const Picture& picture, double supportNow,
                                       double scaleToFull) {
    if (!keyIsReference && ++sinceReference >= kTryReferenceEvery) {
        sinceReference = 0;
        const Fit fit = align(reference, picture, pose, false);
        if (fit.support >= kFollowedWell) {
            if (largestDifference(pose, fit.motion, size) * scaleToFull >= options.noisePx) {
                pose = fit.motion;
            }
            key = reference;
            keyIsReference = true;
            return;
        }
    }
    const double away = largestDifference(key.fromReference, pose, size);
    if (supportNow < kFollowedWell || away > 0.25 * size.width) {
        Key next = keyOf(picture, pose);
        if (next.usable) {
            key = std::move(next);
            keyIsReference = false;
        }
    }
}

MotionEstimator::MotionEstimator(MotionOptions options) : m_state(std::make_unique<State>()) {
    m_state->options = options;
}
MotionEstimator::~MotionEstimator() = default;
MotionEstimator::MotionEstimator(MotionEstimator&&) noexcept = default;
MotionEstimator& MotionEstimator::operator=(MotionEstimator&&) noexcept = default;

CameraMotion MotionEstimator::pushFull(const cv::Mat& frame, std::span<const Detection> moving) {
    if (frame.empty()) {
        return push({}, 1.0);
    }
    const int width = std::min(frame.cols, m_state->options.smallWidth);
    const double scale = static_cast<double>(frame.cols) / width;
    const int height = std::max(1, static_cast<int>(std::lround(frame.rows / scale)));
    std::array<cv::Mat, 8>& kept = m_state->shrunk;
    if (frame.cols == width * static_cast<int>(scale) &&
        shrinkToGrey(frame, static_cast<int>(scale), kept[0]) && kept[0].rows == height) {
        return push(kept[0], scale, moving);
    }
    std::size_t used = 0;
    cv::Mat gray = frame;
    if (frame.channels() == 3) {
        cv::cvtColor(frame, kept[used], cv::COLOR_BGR2GRAY);
        gray = kept[used++];
    }
    // One half after the other takes a fraction of the time of one large step.
    while (gray.cols >= 2 * width && gray.cols % 2 == 0 && gray.rows % 2 == 0 &&
           used + 1 < kept.size()) {
        cv::resize(gray, kept[used], {gray.cols / 2, gray.rows / 2}, 0, 0, cv::INTER_AREA);
        gray = kept[used++];
    }
    if (gray.size() != cv::Size(width, height)) {
        cv::resize(gray, kept[used], {width, height}, 0, 0, cv::INTER_AREA);
        gray = kept[used];
    }
    return push(gray, scale, moving);
}

CameraMotion MotionEstimator::push(const cv::Mat& smallGray, double scaleToFull,
                                   std::span<const Detection> moving) {
    State& s = *m_state;
    CameraMotion answer;
    if (smallGray.empty() || smallGray.type() != CV_8UC1 || smallGray.cols < 64 ||
        smallGray.rows < 36) {
        answer.reliable = false;
        return answer;
    }
    const double scale = std::max(1e-6, scaleToFull);
    Picture picture(smallGray, scale, moving);
    cv::Mat thumb;
    cv::resize(smallGray, thumb, {32, 18}, 0, 0, cv::INTER_AREA);
    const bool sizeChanged = s.started && smallGray.size() != s.size;
    if (!s.started || sizeChanged) {
        s.started = true;
        s.size = smallGray.size();
        s.first.reset();
        s.startScene(picture);
        answer.cut = sizeChanged;
        answer.reliable = s.key.usable;
        s.last = std::move(picture);
        s.lastThumb = thumb;
        return answer;
    }
    ++s.frames;
    const double change =
        cv::norm(thumb, s.lastThumb, cv::NORM_L1) / static_cast<double>(thumb.total());
    const bool quiteAnother =
        change > kCutChange || (change > 1 && correlation(thumb, s.lastThumb) < kCutLikeness);

    const CameraMotion before = s.pose;
    if (!quiteAnother && !s.first && s.stands(picture, scale)) {
        ++s.stood;
        ++s.calm;
        ++s.sinceReference;
        s.lost = 0;
        s.last = std::move(picture);
        s.lastThumb = thumb;
        return answer;
    }
    const Fit fit = s.key.usable ? s.follow(picture) : Fit{};
    const bool followed = fit.support >= kFollowed;
    s.lost = followed ? 0 : s.lost + 1;
    s.stood = followed ? s.stood : 0;
    if (followed) {
        const CameraMotion now = s.settled(picture, fit.motion, scale);
        const double movedPx = largestDifference(before, now, s.size) * scale;
        const bool moved = movedPx >= s.options.noisePx;
        s.calm = movedPx >= kClearly * s.options.noisePx ? 0 : s.calm + 1;
        if (moved) {
            s.pose = now;
        }
        s.stood = moved ? 0 : s.stood + 1;
        s.changeKey(picture, fit.support, scale);
        if (largestDifference(before, s.pose, s.size) > 0) {
            answer = scaled(combine(inverse(before), s.pose), scale);
        }
        // A scene that was cut away from may come back out of a blur, without a second hard cut.
        const bool tryOld =
            s.first && s.frames <= kTryOldSceneFrames && s.frames % kTryOldSceneEvery == 0;
        if (CameraMotion old; tryOld && s.oldSceneIsBack(picture, old)) {
            answer = s.returnToFirst(old, scale);
        }
    } else if (!s.key.usable && !quiteAnother) {
        s.startScene(picture);  // nothing to hold on to so far: perhaps from now on
        answer.reliable = false;
    } else if (quiteAnother || s.lost >= kGiveUpFrames) {
        if (!s.first) {
            s.first = s.reference;
        }
        if (CameraMotion old; s.oldSceneIsBack(picture, old)) {
            answer = s.returnToFirst(old, scale);
        } else {
            s.startScene(picture);
            answer.cut = true;
        }
    } else {
        answer.reliable = false;
    }
    s.last = std::move(picture);
    s.lastThumb = thumb;
    return answer;
}

}  // namespace cvd::tracking
