// The twelve figures of the COCO detection evaluation (bounding boxes, default parameters), as
// defined at cocodataset.org/#detection-eval. Written from that definition.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/types.h"

namespace cvd::training {

struct CocoTruth {
    std::int64_t image = 0, category = 0;
    BoxPx box;
    double area = 0;  // px^2; decides small, medium, large
    bool crowd = false;
};
struct CocoDetection {
    std::int64_t image = 0, category = 0;
    BoxPx box;
    double score = 0;
};

// -1 where the set holds no such object.
struct CocoFigures {
    double ap = -1, ap50 = -1, ap75 = -1, apSmall = -1, apMedium = -1, apLarge = -1;
    double ar1 = -1, ar10 = -1, ar100 = -1, arSmall = -1, arMedium = -1, arLarge = -1;
};

struct CocoReport {
    CocoFigures all;
    std::map<std::int64_t, CocoFigures> byCategory;
};

CocoReport cocoEvaluate(const std::vector<std::int64_t>& images,
                        const std::vector<std::int64_t>& categories,
                        const std::vector<CocoTruth>& truths,
                        const std::vector<CocoDetection>& detections);

// The same from COCO json files; categories by name beside.
struct CocoFileReport {
    CocoReport report;
    std::map<std::int64_t, std::string> categoryNames;
};
Result<CocoFileReport> cocoEvaluateFiles(const std::filesystem::path& groundTruth,
                                         const std::filesystem::path& detections);

// {"all": {"AP": ..., "AP50": ..., ...}, "vibrator": {...}, ...}; categories of one name, or named
// "all", as "NAME (ID)".
std::string cocoReportToJson(const CocoFileReport& report);

}  // namespace cvd::training
