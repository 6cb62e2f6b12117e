#include "core/inference/mask_points.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace cvd::inference {
namespace {

constexpr float kLeastConfidence = 0.05f;

struct BestPrior {
    std::int64_t index = -1;
    float score = kLeastConfidence;
};

BestPrior bestPrior(const TensorView& conf) {
    const std::int64_t columns = conf.shape[1];
    BestPrior best;
    for (std::int64_t p = 0; p < conf.shape[0]; ++p) {
        for (std::int64_t c = 1; c < columns; ++c) {
            const float score = conf.data[p * columns + c];
            if (score > best.score) {
                best = {p, score};
            }
        }
    }
    return best;
}

// Corner and size in cells of the mask.
cv::Rect cellsOf(const float* loc, const float* prior, int width, int height) {
    const double cx = prior[0] + loc[0] * 0.1 * prior[2], cy = prior[1] + loc[1] * 0.1 * prior[3];
    const double w = prior[2] * std::exp(std::min(loc[2] * 0.2, 10.0));
    const double h = prior[3] * std::exp(std::min(loc[3] * 0.2, 10.0));
    const auto cell = [](double v, int size) {
        return std::isfinite(v) ? int(std::clamp(std::floor(v * size), 0.0, double(size))) : 0;
    };
    const int x0 = cell(cx - w / 2, width), y0 = cell(cy - h / 2, height);
    const int x1 = std::min(width, cell(cx + w / 2, width) + 1);
    const int y1 = std::min(height, cell(cy + h / 2, height) + 1);
    return {x0, y0, std::max(0, x1 - x0), std::max(0, y1 - y0)};
}

cv::Mat inCrop(const cv::Mat& probability, const Letterbox& box, int inputWidth, int inputHeight) {
    cv::Mat whole, crop;
    cv::resize(probability, whole, cv::Size(inputWidth, inputHeight), 0, 0, cv::INTER_LINEAR);
    const cv::Rect inner(box.innerX, box.innerY, box.innerWidth, box.innerHeight);
    cv::resize(whole(inner), crop, cv::Size(box.fullWidth, box.fullHeight), 0, 0, cv::INTER_LINEAR);
    return crop;
}

// The largest connected part; empty when there is none.
cv::Mat largestPart(const cv::Mat& binary) {
    cv::Mat labels, stats, centres;
    const int count = cv::connectedComponentsWithStats(binary, labels, stats, centres);
    int best = 0, area = 0;
    for (int i = 1; i < count; ++i) {
        if (stats.at<int>(i, cv::CC_STAT_AREA) > area) {
            best = i;
            area = stats.at<int>(i, cv::CC_STAT_AREA);
        }
    }
    return best > 0 ? cv::Mat(labels == best) : cv::Mat();
}

// The middles of the two short edges, the lower one first.
std::array<cv::Point2f, 2> shortEdges(const cv::RotatedRect& rectangle) {
    std::array<cv::Point2f, 4> p;
    rectangle.points(p.data());
    const bool firstIsShort = cv::norm(p[0] - p[1]) <= cv::norm(p[1] - p[2]);
    const auto middle = [](cv::Point2f a, cv::Point2f b) { return (a + b) * 0.5f; };
    const cv::Point2f a = firstIsShort ? middle(p[0], p[1]) : middle(p[1], p[2]);
    const cv::Point2f b = firstIsShort ? middle(p[2], p[3]) : middle(p[3], p[0]);
    return a.y >= b.y ? std::array{a, b} : std::array{b, a};
}

}  // namespace

bool YolactOutput::consistent() const {
    const auto matrix = [](const TensorView& t, std::int64_t rows, std::int64_t columns) {
        return t.shape.size() == 2 && t.shape[0] == rows && t.shape[1] == columns;
    };
    if (loc.shape.size() != 2 || conf.shape.size() != 2 || proto.shape.size() != 3) {
        return false;
    }
    const std::int64_t priorCount = loc.shape[0];
    return priorCount > 0 && conf.shape[1] >= 2 && matrix(loc, priorCount, 4) &&
           conf.shape[0] == priorCount && matrix(priors, priorCount, 4) &&
           matrix(mask, priorCount, proto.shape[2]) && proto.size() > 0;
}

cv::Mat bestYolactMask(const YolactOutput& out) {
    const BestPrior best = bestPrior(out.conf);
    if (best.index < 0) {
        return {};
    }
    const int height = int(out.proto.shape[0]), width = int(out.proto.shape[1]);
    const std::int64_t k = out.proto.shape[2];
    const float* weights = out.mask.data + best.index * k;
    cv::Mat mask = cv::Mat::zeros(height, width, CV_32F);
    const cv::Rect cells =
        cellsOf(out.loc.data + best.index * 4, out.priors.data + best.index * 4, width, height);
    for (int y = cells.y; y < cells.y + cells.height; ++y) {
        for (int x = cells.x; x < cells.x + cells.width; ++x) {
            const float* proto = out.proto.data + (std::int64_t(y) * width + x) * k;
            float sum = 0;
            for (std::int64_t i = 0; i < k; ++i) {
                sum += proto[i] * weights[i];
            }
            mask.at<float>(y, x) = 1.0f / (1.0f + std::exp(-sum));
        }
    }
    return mask;
}

std::optional<PokerPoints> pointsOfMask(const cv::Mat& probability, const Letterbox& box,
                                        cv::Point origin, int inputWidth, int inputHeight,
                                        float threshold) {
    if (probability.empty()) {
        return std::nullopt;
    }
    const cv::Mat crop = inCrop(probability, box, inputWidth, inputHeight);
    const cv::Mat part = largestPart(cv::Mat(crop > threshold));
    if (part.empty()) {
        return std::nullopt;
    }
    std::vector<cv::Point> pixels;
    cv::findNonZero(part, pixels);
    const auto ends = shortEdges(cv::minAreaRect(pixels));
    const auto score = float(std::clamp(cv::mean(crop, part)[0], 0.0, 1.0));
    PokerPoints points;
    points.low = {double(ends[0].x) + origin.x, double(ends[0].y) + origin.y};
    points.top = {double(ends[1].x) + origin.x, double(ends[1].y) + origin.y};
    points.lowScore = points.topScore = score;
    return points;
}

}  // namespace cvd::inference
