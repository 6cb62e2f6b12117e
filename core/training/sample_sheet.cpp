#include "core/training/sample_sheet.h"

#include <algorithm>
#include <cmath>
#include <system_error>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace cvd::training {

namespace {

cv::Point rounded(PointPx p) {
    return {static_cast<int>(std::lround(p.x)), static_cast<int>(std::lround(p.y))};
}

cv::Rect rounded(const BoxPx& b) {
    return {rounded(PointPx{b.x, b.y}), rounded(PointPx{b.x + b.w, b.y + b.h})};
}

}  // namespace

void drawTruthAndFound(cv::Mat& bgr, const std::vector<Detection>& truth,
                       const std::vector<Detection>& found,
                       const inference::ModelManifest& manifest) {
    const cv::Scalar colours[kObjectClassCount] = {{40, 40, 255}, {0, 220, 255}, {60, 200, 60}};
    for (const Detection& d : truth) {
        cv::rectangle(bgr, rounded(d.box), cv::Scalar::all(255), 1);
    }
    for (const Detection& d : found) {
        const int c = static_cast<int>(d.cls);
        if (d.score < manifest.defaultThreshold[c]) {
            continue;
        }
        cv::rectangle(bgr, rounded(d.box), colours[c], 1);
        cv::putText(bgr, cv::format("%.2f", d.score), rounded(PointPx{d.box.x, d.box.y - 3}),
                    cv::FONT_HERSHEY_SIMPLEX, 0.4, colours[c], 1, cv::LINE_AA);
        if (d.poker) {
            cv::line(bgr, rounded(d.poker->low), rounded(d.poker->top), colours[c], 1, cv::LINE_AA);
            const bool immersed = d.poker->immersedScore > 0.5f;
            cv::circle(bgr, rounded(d.poker->low), 4, {255, 0, 255}, immersed ? cv::FILLED : 1);
            cv::circle(bgr, rounded(d.poker->top), 4, {255, 255, 0}, 1);
        }
    }
}

Status writeSampleSheet(inference::Detector& detector, const SampleSource& source,
                        const std::filesystem::path& file, const std::atomic<bool>* cancelled) {
    constexpr int kColumns = 3, kRows = 6, kWidth = 640, kHeight = 360;
    cv::Mat sheet(kRows * kHeight, kColumns * kWidth, CV_8UC3, cv::Scalar::all(0));
    for (int i = 0; i < kColumns * kRows; ++i) {
        if (cancelled && cancelled->load()) {
            return fail(ErrorKind::Cancelled, CVD_TR("core", "Cancelled."));
        }
        Result<LabelledPicture> sample = source.sample(static_cast<std::uint64_t>(i));
        if (!sample.ok() && sample.error().kind == ErrorKind::BadInput) {
            continue;  // said when it was measured; its place stays black
        }
        CVD_TRY_ASSIGN(LabelledPicture picture, std::move(sample));
        CVD_TRY_ASSIGN(const auto found, detector.detect({&picture.bgr, 1}));
        drawTruthAndFound(picture.bgr, picture.truth, found.front(), detector.manifest());
        const double scale = std::min(static_cast<double>(kWidth) / picture.bgr.cols,
                                      static_cast<double>(kHeight) / picture.bgr.rows);
        cv::Mat small;
        const auto side = [scale](int length, int most) {
            return std::clamp(static_cast<int>(std::lround(scale * length)), 1, most);
        };
        cv::resize(picture.bgr, small,
                   {side(picture.bgr.cols, kWidth), side(picture.bgr.rows, kHeight)}, 0, 0,
                   cv::INTER_AREA);
        small.copyTo(sheet(
            cv::Rect((i % kColumns) * kWidth, (i / kColumns) * kHeight, small.cols, small.rows)));
    }
    std::error_code ignored;
    std::filesystem::create_directories(file.parent_path(), ignored);
    try {
        if (cv::imwrite(file.string(), sheet, {cv::IMWRITE_JPEG_QUALITY, 85})) {
            return {};
        }
    } catch (const cv::Exception&) {
        // Reported below like a refusal.
    }
    return fail(ErrorKind::Environment, CVD_TR("core", "The picture %1 cannot be written."),
                {file.string()});
}

}  // namespace cvd::training
