#include "core/tracking/shrink.h"

#include <array>
#include <cstdint>
#include <vector>

#include <opencv2/core/hal/intrin.hpp>

namespace cvd::tracking {
namespace {

constexpr int kLargest = 16;
constexpr std::size_t kAtATime = 48;  // values: 16 pixels
constexpr int kUnit = 14;             // weights are of 2^14
constexpr std::int16_t kBlue = 1868, kGreen = 9617, kRed = 4899;

// The middle of two neighbouring rows each, added up over `factor` rows.
void addRows(const cv::Mat& bgr, int top, int factor, std::int16_t* out) {
    const auto n = static_cast<std::size_t>(bgr.cols) * 3;
    const auto middle = [](uchar a, uchar b) { return static_cast<uchar>((a + b + 1) >> 1); };
    int r = 0;
    if (factor % 4 == 0) {
        const uchar *a = bgr.ptr<uchar>(top), *b = bgr.ptr<uchar>(top + 1),
                    *c = bgr.ptr<uchar>(top + 2), *d = bgr.ptr<uchar>(top + 3);
        for (std::size_t i = 0; i < n; ++i) {
            out[i] = static_cast<std::int16_t>(middle(a[i], b[i]) + middle(c[i], d[i]));
        }
        r = 4;
    } else {
        const uchar *a = bgr.ptr<uchar>(top), *b = bgr.ptr<uchar>(top + 1);
        for (std::size_t i = 0; i < n; ++i) {
            out[i] = middle(a[i], b[i]);
        }
        r = 2;
    }
    for (; r < factor; r += 2) {
        const uchar *a = bgr.ptr<uchar>(top + r), *b = bgr.ptr<uchar>(top + r + 1);
        for (std::size_t i = 0; i < n; ++i) {
            out[i] = static_cast<std::int16_t>(out[i] + middle(a[i], b[i]));
        }
    }
}

// Weighed by colour, two neighbouring values at a time. The weights repeat every 24 values.
void weigh(const std::vector<std::int16_t>& sums, std::vector<std::int32_t>& pairs) {
    static const std::array<std::int16_t, 24> kWeights = [] {
        std::array<std::int16_t, 24> w{};
        for (std::size_t i = 0; i < w.size(); ++i) {
            w[i] = i % 3 == 0 ? kBlue : i % 3 == 1 ? kGreen : kRed;
        }
        return w;
    }();
    const cv::v_int16x8 w0 = cv::v_load(kWeights.data()), w1 = cv::v_load(kWeights.data() + 8),
                        w2 = cv::v_load(kWeights.data() + 16);
    for (std::size_t i = 0; i < sums.size(); i += 24) {
        const std::int16_t* in = sums.data() + i;
        std::int32_t* out = pairs.data() + i / 2;
        cv::v_store(out, cv::v_dotprod(cv::v_load(in), w0));
        cv::v_store(out + 4, cv::v_dotprod(cv::v_load(in + 8), w1));
        cv::v_store(out + 8, cv::v_dotprod(cv::v_load(in + 16), w2));
    }
}

template <int kPairs>
void addPairs(const std::int32_t* in, int pairs, float scale, int cols, uchar* out) {
    for (int x = 0; x < cols; ++x) {
        std::int32_t sum = 0;
        for (int k = 0; k < (kPairs > 0 ? kPairs : pairs); ++k) {
            sum += in[k];
        }
        in += kPairs > 0 ? kPairs : pairs;
        out[x] = static_cast<uchar>(static_cast<float>(sum) * scale + 0.5F);
    }
}

}  // namespace

bool shrinkToGrey(const cv::Mat& bgr, int factor, cv::Mat& small) {
    if (bgr.type() != CV_8UC3 || factor < 2 || factor > kLargest || factor % 2 != 0 ||
        bgr.cols % factor != 0 || bgr.rows % factor != 0) {
        return false;
    }
    small.create(bgr.rows / factor, bgr.cols / factor, CV_8U);
    const std::size_t values =
        (static_cast<std::size_t>(bgr.cols) * 3 + kAtATime - 1) / kAtATime * kAtATime;
    std::vector<std::int16_t> sums(values);
    std::vector<std::int32_t> pairs(values / 2);
    const int perPixel = 3 * factor / 2;
    const float scale = 2.0F / static_cast<float>(factor * factor << kUnit);
    for (int y = 0; y < small.rows; ++y) {
        addRows(bgr, y * factor, factor, sums.data());
        weigh(sums, pairs);
        if (factor == 4) {
            addPairs<6>(pairs.data(), 6, scale, small.cols, small.ptr<uchar>(y));
        } else {
            addPairs<0>(pairs.data(), perPixel, scale, small.cols, small.ptr<uchar>(y));
        }
    }
    return true;
}

}  // namespace cvd::tracking
