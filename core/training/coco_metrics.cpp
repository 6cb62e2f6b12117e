#include "core/training/coco_metrics.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <set>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "core/base/small_file.h"

namespace cvd::training {

namespace {

constexpr int kThresholds = 10;    // IoU 0.50, 0.55 .. 0.95
constexpr int kRecallSteps = 101;  // 0.00, 0.01 .. 1.00
constexpr size_t kMostDetections = 100;

// Both grids are rounded as the COCO API's are (start + i * step): a recall of 35 % lies below its
// step 35 there.
double iouThreshold(int i) {
    return i * ((0.95 - 0.5) / (kThresholds - 1)) + 0.5;
}
double recallStep(int i) {
    return i == kRecallSteps - 1 ? 1.0 : i * (1.0 / (kRecallSteps - 1));
}

struct Range {
    double low, high;
};
constexpr double kFar = 1e10;
constexpr std::array<Range, 4> kRanges{
    {{0, kFar}, {0, 32.0 * 32}, {32.0 * 32, 96.0 * 96}, {96.0 * 96, kFar}}};

// A crowd region may be covered by many detections, so what counts is the detection's share in it.
double overlap(const BoxPx& detection, const CocoTruth& truth) {
    const BoxPx& g = truth.box;
    const double w = std::min(detection.x + detection.w, g.x + g.w) - std::max(detection.x, g.x);
    const double h = std::min(detection.y + detection.h, g.y + g.h) - std::max(detection.y, g.y);
    if (w <= 0 || h <= 0) {
        return 0;
    }
    const double inter = w * h;
    const double own = detection.w * detection.h;
    return inter / (truth.crowd ? own : own + g.w * g.h - inter);
}

// Everything of one category in one picture.
struct Cell {
    std::vector<CocoTruth> truths;
    std::vector<CocoDetection> detections;  // best first
};

// One detection at one threshold and size range.
struct Outcome {
    double score = 0;
    bool hit = false, ignored = false;
};

struct Matched {
    std::array<std::vector<Outcome>, kThresholds> outcomes;
    std::int64_t wanted = 0;  // truths that count
};

bool outside(double area, const Range& range) {
    return area < range.low || area > range.high;
}

// Greedy: each detection, best first, takes the free truth that it overlaps most; one that counts
// is preferred to one that is ignored.
int bestTruth(const Cell& cell, const std::vector<size_t>& order, const std::vector<char>& ignored,
              const std::vector<char>& taken, const CocoDetection& d, double threshold) {
    double best = std::min(threshold, 1 - 1e-10);
    int match = -1;
    for (size_t k = 0; k < order.size(); ++k) {
        const CocoTruth& g = cell.truths[order[k]];
        if (taken[k] && !g.crowd) {
            continue;
        }
        if (match >= 0 && !ignored[match] && ignored[k]) {
            break;
        }
        const double iou = overlap(d.box, g);
        if (iou < best) {
            continue;
        }
        best = iou;
        match = static_cast<int>(k);
    }
    return match;
}

Matched matchCell(const Cell& cell, const Range& range) {
    Matched m;
    std::vector<size_t> order(cell.truths.size());
    std::iota(order.begin(), order.end(), size_t{0});
    const auto skip = [&](size_t i) {
        return cell.truths[i].crowd || outside(cell.truths[i].area, range);
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](size_t a, size_t b) { return skip(a) < skip(b); });
    std::vector<char> ignored;
    for (size_t i : order) {
        ignored.push_back(skip(i));
        m.wanted += !skip(i);
    }
    for (int t = 0; t < kThresholds; ++t) {
        std::vector<char> taken(order.size(), 0);
        for (const CocoDetection& d : cell.detections) {
            const int match = bestTruth(cell, order, ignored, taken, d, iouThreshold(t));
            Outcome o;
            o.score = d.score;
            o.hit = match >= 0;
            if (match >= 0) {
                taken[match] = 1;
                o.ignored = ignored[match];
            } else {
                o.ignored = outside(d.box.w * d.box.h, range);
            }
            m.outcomes[t].push_back(o);
        }
    }
    return m;
}

struct Curve {
    double ap = -1, recall = -1;
};

// Area under the interpolated precision-recall curve over 101 recalls, and the final recall.
Curve curveOf(const std::vector<Matched>& pictures, int threshold, size_t mostDetections) {
    std::vector<Outcome> all;
    std::int64_t wanted = 0;
    for (const Matched& m : pictures) {
        const auto& o = m.outcomes[threshold];
        all.insert(all.end(), o.begin(),
                   o.begin() + static_cast<std::ptrdiff_t>(std::min(o.size(), mostDetections)));
        wanted += m.wanted;
    }
    if (wanted == 0) {
        return {};
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Outcome& a, const Outcome& b) { return a.score > b.score; });
    std::vector<double> recall, precision;
    double hits = 0, misses = 0;
    for (const Outcome& o : all) {
        if (!o.ignored) {
            (o.hit ? hits : misses) += 1;
        }
        recall.push_back(hits / static_cast<double>(wanted));
        precision.push_back(hits / (hits + misses + std::numeric_limits<double>::epsilon()));
    }
    for (size_t i = precision.size(); i-- > 1;) {
        precision[i - 1] = std::max(precision[i - 1], precision[i]);
    }
    Curve curve{0, recall.empty() ? 0 : recall.back()};
    for (int step = 0; step < kRecallSteps; ++step) {
        const auto at = std::lower_bound(recall.begin(), recall.end(), recallStep(step));
        if (at != recall.end()) {
            curve.ap += precision[static_cast<size_t>(at - recall.begin())];
        }
    }
    curve.ap /= kRecallSteps;
    return curve;
}

double meanOfKnown(const std::vector<double>& values) {
    double sum = 0;
    int count = 0;
    for (double v : values) {
        if (v > -1) {
            sum += v;
            ++count;
        }
    }
    return count ? sum / count : -1;
}

// Curves of one category for every size range.
using CategoryCells = std::vector<std::array<Matched, kRanges.size()>>;

std::vector<Matched> ofRange(const CategoryCells& cells, size_t range) {
    std::vector<Matched> column;
    for (const auto& c : cells) {
        column.push_back(c[range]);
    }
    return column;
}

// Mean over thresholds of AP or recall; first..last thresholds.
double meanCurve(const std::vector<Matched>& column, bool ap, size_t most, int first = 0,
                 int last = kThresholds - 1) {
    std::vector<double> values;
    for (int t = first; t <= last; ++t) {
        const Curve c = curveOf(column, t, most);
        values.push_back(ap ? c.ap : c.recall);
    }
    return meanOfKnown(values);
}

CocoFigures categoryFigures(const CategoryCells& cells) {
    const auto all = ofRange(cells, 0), small = ofRange(cells, 1), medium = ofRange(cells, 2),
               large = ofRange(cells, 3);
    constexpr size_t kMost = kMostDetections;
    CocoFigures f;
    f.ap = meanCurve(all, true, kMost);
    f.ap50 = meanCurve(all, true, kMost, 0, 0);
    f.ap75 = meanCurve(all, true, kMost, 5, 5);
    f.apSmall = meanCurve(small, true, kMost);
    f.apMedium = meanCurve(medium, true, kMost);
    f.apLarge = meanCurve(large, true, kMost);
    f.ar1 = meanCurve(all, false, 1);
    f.ar10 = meanCurve(all, false, 10);
    f.ar100 = meanCurve(all, false, kMost);
    f.arSmall = meanCurve(small, false, kMost);
    f.arMedium = meanCurve(medium, false, kMost);
    f.arLarge = meanCurve(large, false, kMost);
    return f;
}

using Member = double CocoFigures::*;
constexpr std::array<std::pair<const char*, Member>, 12> kMembers{
    {{"AP", &CocoFigures::ap},
     {"AP50", &CocoFigures::ap50},
     {"AP75", &CocoFigures::ap75},
     {"AP_small", &CocoFigures::apSmall},
     {"AP_medium", &CocoFigures::apMedium},
     {"AP_large", &CocoFigures::apLarge},
     {"AR1", &CocoFigures::ar1},
     {"AR10", &CocoFigures::ar10},
     {"AR100", &CocoFigures::ar100},
     {"AR_small", &CocoFigures::arSmall},
     {"AR_medium", &CocoFigures::arMedium},
     {"AR_large", &CocoFigures::arLarge}}};

BoxPx boxOf(const nlohmann::json& bbox) {
    return {bbox.at(0).get<double>(), bbox.at(1).get<double>(), bbox.at(2).get<double>(),
            bbox.at(3).get<double>()};
}

const nlohmann::json& listOf(const nlohmann::json& value) {
    if (!value.is_array()) {
        throw std::invalid_argument("a list is expected, not " + std::string(value.type_name()));
    }
    return value;
}

// A detection in a picture that the truth has not: as likely as not the files belong to two sets.
struct UnknownImage {
    std::int64_t id;
};

CocoFileReport evaluateJson(const nlohmann::json& truth, const nlohmann::json& found) {
    CocoFileReport out;
    std::vector<std::int64_t> images, categories;
    for (const auto& image : listOf(truth.at("images"))) {
        images.push_back(image.at("id").get<std::int64_t>());
    }
    for (const auto& c : listOf(truth.at("categories"))) {
        categories.push_back(c.at("id").get<std::int64_t>());
        out.categoryNames[categories.back()] = c.at("name").get<std::string>();
    }
    std::vector<CocoTruth> truths;
    for (const auto& a : listOf(truth.at("annotations"))) {
        const BoxPx box = boxOf(a.at("bbox"));
        truths.push_back({a.at("image_id").get<std::int64_t>(),
                          a.at("category_id").get<std::int64_t>(), box,
                          a.value("area", box.w * box.h), a.value("iscrowd", 0) != 0});
    }
    std::vector<CocoDetection> detections;
    const std::set<std::int64_t> known(images.begin(), images.end());
    for (const auto& d : listOf(found)) {
        if (!known.count(d.at("image_id").get<std::int64_t>())) {
            throw UnknownImage{d.at("image_id").get<std::int64_t>()};
        }
        detections.push_back({d.at("image_id").get<std::int64_t>(),
                              d.at("category_id").get<std::int64_t>(), boxOf(d.at("bbox")),
                              d.at("score").get<double>()});
    }
    out.report = cocoEvaluate(images, categories, truths, detections);
    return out;
}

}  // namespace

CocoReport cocoEvaluate(const std::vector<std::int64_t>& images,
                        const std::vector<std::int64_t>& categories,
                        const std::vector<CocoTruth>& truths,
                        const std::vector<CocoDetection>& detections) {
    std::map<std::pair<std::int64_t, std::int64_t>, Cell> cells;
    for (const CocoTruth& t : truths) {
        cells[{t.category, t.image}].truths.push_back(t);
    }
    for (const CocoDetection& d : detections) {
        cells[{d.category, d.image}].detections.push_back(d);
    }
    for (auto& [key, cell] : cells) {
        auto& d = cell.detections;
        std::stable_sort(d.begin(), d.end(), [](const CocoDetection& a, const CocoDetection& b) {
            return a.score > b.score;
        });
        d.resize(std::min(d.size(), kMostDetections));
    }
    // An id that a file repeats counts once, as in the COCO API.
    const std::set<std::int64_t> sortedImages(images.begin(), images.end());
    const std::set<std::int64_t> sortedCategories(categories.begin(), categories.end());
    CocoReport report;
    for (std::int64_t category : sortedCategories) {
        CategoryCells matched;
        for (std::int64_t image : sortedImages) {
            const auto cell = cells.find({category, image});
            if (cell == cells.end()) {
                continue;
            }
            auto& row = matched.emplace_back();
            for (size_t r = 0; r < kRanges.size(); ++r) {
                row[r] = matchCell(cell->second, kRanges[r]);
            }
        }
        report.byCategory[category] = categoryFigures(matched);
    }
    for (const auto& [name, member] : kMembers) {
        std::vector<double> values;
        for (const auto& [category, figures] : report.byCategory) {
            values.push_back(figures.*member);
        }
        report.all.*member = meanOfKnown(values);
    }
    return report;
}

Result<CocoFileReport> cocoEvaluateFiles(const std::filesystem::path& groundTruth,
                                         const std::filesystem::path& detections) {
    nlohmann::json parsed[2];
    const std::filesystem::path files[2] = {groundTruth, detections};
    for (int i = 0; i < 2; ++i) {
        constexpr std::uintmax_t kMostBytes = std::uintmax_t{2} << 30;
        CVD_TRY_ASSIGN(const std::string bytes, readSmallFile(files[i], kMostBytes));
        parsed[i] = nlohmann::json::parse(bytes, nullptr, false);
        if (parsed[i].is_discarded()) {
            return fail(ErrorKind::BadInput, CVD_TR("core", "The file %1 is not valid JSON."),
                        {files[i].string()});
        }
    }
    try {
        return evaluateJson(parsed[0], parsed[1]);
    } catch (const UnknownImage& image) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core",
                           "%1 has a detection in image %2, which %3 does not have. The two files "
                           "do not belong together."),
                    {detections.string(), std::to_string(image.id), groundTruth.string()});
    } catch (const std::exception& e) {
        return fail(
            ErrorKind::BadInput,
            CVD_TR("core", "%1 and %2 are not ground truth and detections in COCO's format."),
            {groundTruth.string(), detections.string()}, e.what());
    }
}

std::string cocoReportToJson(const CocoFileReport& report) {
    const auto toJson = [](const CocoFigures& f) {
        nlohmann::ordered_json j;
        for (const auto& [name, member] : kMembers) {
            j[name] = f.*member;
        }
        return j;
    };
    nlohmann::ordered_json root;
    root["all"] = toJson(report.report.all);
    std::map<std::string, int> uses{{"all", 1}};
    for (const auto& [category, name] : report.categoryNames) {
        ++uses[name];
    }
    for (const auto& [category, figures] : report.report.byCategory) {
        // Names that are taken more than once get the category's id.
        std::string name = report.categoryNames.at(category);
        if (uses[name] > 1) {
            name += " (" + std::to_string(category) + ")";
        }
        while (root.contains(name)) {
            name += '*';
        }
        root[name] = toJson(figures);
    }
    return root.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace cvd::training
