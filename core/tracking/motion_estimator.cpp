#include "core/tracking/motion_estimator.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <opencv2/calib3d.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>

namespace cvd::tracking {
namespace {

constexpr int kFewestFeatures = 12;
constexpr int kWindow = 15;
constexpr int kLevels = 3;

CameraMotion identity() {
    return {};
}

// Largest shift of the corners of a frame between two motions.
double largestDifference(const CameraMotion& a, const CameraMotion& b, double width,
                         double height) {
    double worst = 0;
    for (const PointPx corner :
         {PointPx{0, 0}, PointPx{width, 0}, PointPx{0, height}, PointPx{width, height}}) {
        const PointPx pa = apply(a, corner), pb = apply(b, corner);
        worst = std::max(worst, std::hypot(pa.x - pb.x, pa.y - pb.y));
    }
    return worst;
}

// From pixels of the small picture to pixels of the full one; pixel centres are at integers.
CameraMotion toFull(const CameraMotion& small, double scale) {
    const double c = (scale - 1) / 2;
    CameraMotion full = small;
    full.m[2] = scale * small.m[2] + c - small.m[0] * c - small.m[1] * c;
    full.m[5] = scale * small.m[5] + c - small.m[3] * c - small.m[4] * c;
    return full;
}

struct Fit {
    bool ok = false;
    CameraMotion motion;  // small pixels
    double inlierShare = 0;
    int inliers = 0;
};

}  // namespace

struct MotionEstimator::State {
    MotionOptions options;
    std::vector<cv::Mat> keyPyramid;
    std::vector<cv::Point2f> keyPoints;
    CameraMotion current;  // key frame -> latest frame, small pixels
    std::vector<cv::Mat> lastPyramid;
    cv::Mat lastThumb;
    cv::Size size;
    bool started = false;

    std::vector<cv::Mat> pyramid(const cv::Mat& gray) const {
        std::vector<cv::Mat> out;
        cv::buildOpticalFlowPyramid(gray, out, {kWindow, kWindow}, kLevels, false);
        return out;
    }
    void key(const cv::Mat& gray, const std::vector<cv::Mat>& pyramidOfGray) {
        keyPyramid = pyramidOfGray;
        keyPoints.clear();
        cv::goodFeaturesToTrack(gray, keyPoints, options.maxFeatures, 0.01, 7);
        current = identity();
    }
    Fit follow(const std::vector<cv::Mat>& from, const std::vector<cv::Point2f>& points,
               const std::vector<cv::Mat>& to, const CameraMotion& guess) const;
};

// Follows the points and fits a similarity to where they went.
Fit MotionEstimator::State::follow(const std::vector<cv::Mat>& from,
                                   const std::vector<cv::Point2f>& points,
                                   const std::vector<cv::Mat>& to,
                                   const CameraMotion& guess) const {
    Fit fit;
    if (static_cast<int>(points.size()) < kFewestFeatures) {
        return fit;
    }
    std::vector<cv::Point2f> moved;
    moved.reserve(points.size());
    for (const cv::Point2f& p : points) {
        const PointPx q = apply(guess, {p.x, p.y});
        moved.emplace_back(static_cast<float>(q.x), static_cast<float>(q.y));
    }
    std::vector<uchar> found;
    std::vector<float> error;
    cv::calcOpticalFlowPyrLK(from, to, points, moved, found, error, {kWindow, kWindow}, kLevels,
                             {cv::TermCriteria::COUNT + cv::TermCriteria::EPS, 20, 0.01},
                             cv::OPTFLOW_USE_INITIAL_FLOW, 1e-3);
    std::vector<cv::Point2f> a, b;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const cv::Point2f q = moved[i];
        if (found[i] && error[i] < 25 && q.x >= 0 && q.y >= 0 && q.x < size.width &&
            q.y < size.height) {
            a.push_back(points[i]);
            b.push_back(q);
        }
    }
    if (static_cast<int>(a.size()) < kFewestFeatures) {
        return fit;
    }
    std::vector<uchar> inlier;
    const cv::Mat m = cv::estimateAffinePartial2D(a, b, inlier, cv::RANSAC, 0.8, 300, 0.995, 10);
    if (m.empty()) {
        return fit;
    }
    fit.inliers = static_cast<int>(std::count(inlier.begin(), inlier.end(), uchar{1}));
    fit.inlierShare = static_cast<double>(fit.inliers) / static_cast<double>(points.size());
    for (int i = 0; i < 6; ++i) {
        fit.motion.m[i] = m.at<double>(i / 3, i % 3);
    }
    const double scale = std::hypot(fit.motion.m[0], fit.motion.m[3]);
    // Consecutive frames of one scene do not zoom by half.
    fit.ok = fit.inliers >= kFewestFeatures && fit.inlierShare >= 0.25 && scale > 0.5 && scale < 2;
    return fit;
}

MotionEstimator::MotionEstimator(MotionOptions options) : m_state(std::make_unique<State>()) {
    m_state->options = options;
}
MotionEstimator::~MotionEstimator() = default;
MotionEstimator::MotionEstimator(MotionEstimator&&) noexcept = default;
MotionEstimator& MotionEstimator::operator=(MotionEstimator&&) noexcept = default;

CameraMotion MotionEstimator::pushFull(const cv::Mat& frame) {
    if (frame.empty()) {
        return push({}, 1.0);
    }
    const int width = std::min(frame.cols, m_state->options.smallWidth);
    const double scale = static_cast<double>(frame.cols) / width;
    const int height = std::max(1, static_cast<int>(std::lround(frame.rows / scale)));
    cv::Mat small, gray;
    cv::resize(frame, small, {width, height}, 0, 0, cv::INTER_AREA);
    if (small.channels() == 3) {
        cv::cvtColor(small, gray, cv::COLOR_BGR2GRAY);
    } else {
        gray = small;
    }
    return push(gray, scale);
}

CameraMotion MotionEstimator::push(const cv::Mat& smallGray, double scaleToFull) {
    State& s = *m_state;
    CameraMotion answer;
    if (smallGray.empty() || smallGray.type() != CV_8UC1 || smallGray.cols < 16 ||
        smallGray.rows < 16) {
        answer.reliable = false;
        return answer;
    }
    const std::vector<cv::Mat> pyramid = s.pyramid(smallGray);
    cv::Mat thumb;
    cv::resize(smallGray, thumb, {32, 18}, 0, 0, cv::INTER_AREA);
    const bool sizeChanged = s.started && smallGray.size() != s.size;
    if (!s.started || sizeChanged) {
        s.started = true;
        s.size = smallGray.size();
        s.key(smallGray, pyramid);
        answer.cut = sizeChanged;
        answer.reliable = static_cast<int>(s.keyPoints.size()) >= kFewestFeatures;
        s.lastPyramid = pyramid;
        s.lastThumb = thumb;
        return answer;
    }
    const double change =
        cv::norm(thumb, s.lastThumb, cv::NORM_L1) / static_cast<double>(thumb.total());
    const double width = s.size.width, height = s.size.height;

    Fit fit = s.follow(s.keyPyramid, s.keyPoints, pyramid, s.current);
    bool fromKey = fit.ok;
    if (!fit.ok) {
        // The key frame is too far away: try the frame before this one.
        std::vector<cv::Point2f> points;
        cv::goodFeaturesToTrack(s.lastPyramid[0], points, s.options.maxFeatures, 0.01, 7);
        fit = s.follow(s.lastPyramid, points, pyramid, identity());
    }
    if (!fit.ok) {
        // Nothing can be followed. Much change at once is a cut; little is fog, blur or a plain
        // wall.
        answer.cut = change > 12;
        answer.reliable = answer.cut;
        s.key(smallGray, pyramid);
    } else {
        const CameraMotion before = fromKey ? s.current : identity();
        const double noise = s.options.noisePx / std::max(1e-6, scaleToFull);
        if (largestDifference(before, fit.motion, width, height) < noise) {
            fit.motion = before;
        } else {
            answer = toFull(combine(inverse(before), fit.motion), scaleToFull);
        }
        s.current = fit.motion;
        const double away = largestDifference(identity(), fit.motion, width, height);
        if (!fromKey || fit.inlierShare < 0.45 || away > 0.3 * width) {
            s.key(smallGray, pyramid);
        }
    }
    s.lastPyramid = pyramid;
    s.lastThumb = thumb;
    return answer;
}

}  // namespace cvd::tracking
