#include "core/training/evaluate.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <system_error>

#include <nlohmann/json.hpp>

#include "core/media/video_reader.h"
#include "core/training/read_picture.h"

namespace cvd::training {

namespace fs = std::filesystem;

namespace {

double percentile(std::vector<double> values, double share) {
    if (values.empty()) {
        return 0;
    }
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1,
                           static_cast<size_t>(share * static_cast<double>(values.size())))];
}

// A detection and the truth that it was matched with, or -1. A picture's ignore regions swallow
// pokers that match nothing.
struct Judged {
    float score = 0;
    bool hit = false;
};

bool inIgnored(const Detection& d, const LabelledPicture& picture) {
    return d.cls == ObjectClass::Vibrator &&
           std::any_of(picture.ignore.begin(), picture.ignore.end(),
                       [&](const BoxPx& b) { return intersectionOverUnion(b, d.box) > 0.1; });
}

// Greedy, best score first.
std::vector<int> matchTruth(const LabelledPicture& picture, const std::vector<Detection>& found,
                            ObjectClass cls, double iou) {
    std::vector<int> match(found.size(), -1);
    std::vector<char> taken(picture.truth.size(), 0);
    for (size_t i = 0; i < found.size(); ++i) {
        double best = iou;
        for (size_t k = 0; found[i].cls == cls && k < picture.truth.size(); ++k) {
            const double o = intersectionOverUnion(found[i].box, picture.truth[k].box);
            if (!taken[k] && picture.truth[k].cls == cls && o >= best) {
                best = o;
                match[i] = static_cast<int>(k);
            }
        }
        if (match[i] >= 0) {
            taken[static_cast<size_t>(match[i])] = 1;
        }
    }
    return match;
}

struct Sweep {
    double recallAtTenthFalse = 0, bestThreshold = 0;
};

Sweep sweep(std::vector<Judged> judged, std::int64_t objects, std::int64_t pictures) {
    std::stable_sort(judged.begin(), judged.end(),
                     [](const Judged& a, const Judged& b) { return a.score > b.score; });
    Sweep s;
    double hits = 0, misses = 0, bestF1 = -1;
    for (size_t i = 0; i < judged.size(); ++i) {
        (judged[i].hit ? hits : misses) += 1;
        const double recall = objects ? hits / static_cast<double>(objects) : 0;
        if (misses <= 0.1 * static_cast<double>(pictures)) {
            s.recallAtTenthFalse = recall;
        }
        const double f1 = 2 * hits / (static_cast<double>(objects) + hits + misses);
        if (f1 > bestF1) {
            bestF1 = f1;
            s.bestThreshold = judged[i].score;
        }
    }
    return s;
}

ClassFigures classFigures(ObjectClass cls, const std::vector<LabelledPicture>& truths,
                          const std::vector<std::vector<Detection>>& found, double threshold) {
    ClassFigures f;
    std::vector<std::int64_t> images;
    std::vector<CocoTruth> cocoTruths;
    std::vector<CocoDetection> cocoFound;
    std::vector<Judged> judged;
    std::int64_t hits = 0, misses = 0, pictures = 0;
    for (size_t i = 0; i < truths.size(); ++i) {
        if (!truths[i].labelled[static_cast<int>(cls)]) {
            continue;
        }
        ++pictures;
        const auto image = static_cast<std::int64_t>(i);
        images.push_back(image);
        for (const Detection& t : truths[i].truth) {
            if (t.cls == cls) {
                cocoTruths.push_back({image, 0, t.box, t.box.w * t.box.h, false});
                ++f.objects;
            }
        }
        const std::vector<int> match = matchTruth(truths[i], found[i], cls, 0.5);
        for (size_t k = 0; k < found[i].size(); ++k) {
            const Detection& d = found[i][k];
            if (d.cls != cls || (match[k] < 0 && inIgnored(d, truths[i]))) {
                continue;
            }
            cocoFound.push_back({image, 0, d.box, d.score});
            judged.push_back({d.score, match[k] >= 0});
            if (d.score >= threshold) {
                (match[k] >= 0 ? hits : misses) += 1;
            }
        }
    }
    f.measured = pictures > 0;
    f.coco = cocoEvaluate(images, {0}, cocoTruths, cocoFound).all;
    f.recall = f.objects ? static_cast<double>(hits) / static_cast<double>(f.objects) : 0;
    f.precision =
        hits + misses ? static_cast<double>(hits) / static_cast<double>(hits + misses) : 1;
    f.falsePerPicture = pictures ? static_cast<double>(misses) / static_cast<double>(pictures) : 0;
    const Sweep s = sweep(std::move(judged), f.objects, pictures);
    f.recallAtTenthFalse = s.recallAtTenthFalse;
    f.bestThreshold = s.bestThreshold;
    return f;
}

void pointFigures(SetFigures& set, const std::vector<LabelledPicture>& truths,
                  const std::vector<std::vector<Detection>>& found, double threshold) {
    std::vector<double> low, top;
    std::int64_t right = 0, known = 0;
    for (size_t i = 0; i < truths.size(); ++i) {
        const std::vector<int> match = matchTruth(truths[i], found[i], ObjectClass::Vibrator, 0.3);
        const double toNormal = 640.0 / std::max(1, truths[i].bgr.cols);
        for (size_t k = 0; k < found[i].size(); ++k) {
            const Detection& d = found[i][k];
            if (match[k] < 0 || d.score < threshold || !d.poker) {
                continue;
            }
            const Detection& t = truths[i].truth[static_cast<size_t>(match[k])];
            if (!t.poker) {
                continue;
            }
            low.push_back(
                std::hypot(d.poker->low.x - t.poker->low.x, d.poker->low.y - t.poker->low.y) *
                toNormal);
            top.push_back(
                std::hypot(d.poker->top.x - t.poker->top.x, d.poker->top.y - t.poker->top.y) *
                toNormal);
            if (t.poker->immersedScore >= 0) {
                ++known;
                right += (t.poker->immersedScore > 0.5f) == (d.poker->immersedScore > 0.5f);
            }
        }
    }
    set.lowMedianPx = percentile(low, 0.5);
    set.low95Px = percentile(low, 0.95);
    set.topMedianPx = percentile(top, 0.5);
    set.top95Px = percentile(top, 0.95);
    set.immersedAccuracy = known ? static_cast<double>(right) / static_cast<double>(known) : 0;
}

Status countFalse(inference::Detector& detector, const cv::Mat& bgr, SilenceFigures& figures) {
    CVD_TRY_ASSIGN(const auto found, detector.detect({&bgr, 1}));
    ++figures.pictures;
    const auto& thresholds = detector.manifest().defaultThreshold;
    for (const Detection& d : found.front()) {
        const bool counts = d.score >= thresholds[static_cast<int>(d.cls)];
        if (d.cls == ObjectClass::Vibrator) {
            figures.pokerScores.push_back(d.score);
            figures.falsePokers += counts;
        }
        figures.falseHoes += counts && d.cls == ObjectClass::Hoe;
    }
    return {};
}

Status goOn(const std::atomic<bool>* cancelled) {
    if (cancelled && cancelled->load()) {
        return fail(ErrorKind::Cancelled, CVD_TR("core", "Cancelled."));
    }
    return {};
}

Status countVideo(inference::Detector& detector, const fs::path& file, SilenceFigures& figures,
                  const std::atomic<bool>* cancelled) {
    const auto reader = media::VideoReader::open(file);
    if (!reader.ok()) {
        warnLeftOut(reader.error());
        return {};
    }
    const auto step = std::max<FrameIndex>(1, std::llround((*reader)->info().fps / 2));
    for (FrameIndex i = 0; i < (*reader)->frameCount(); i += step) {
        CVD_TRY(goOn(cancelled));
        const auto frame = (*reader)->frame(i);
        if (frame.ok()) {
            CVD_TRY(countFalse(detector, frame->bgr, figures));
        }
    }
    return {};
}

bool isPicture(const fs::path& file) {
    return endsLike(file, {".jpg", ".jpeg", ".png", ".webp", ".bmp"});
}
bool isVideo(const fs::path& file) {
    return endsLike(file, {".mp4", ".m4v", ".avi", ".mov", ".mkv", ".webm"});
}

// Pictures and videos below a folder by their names, sorted.
Result<std::vector<fs::path>> picturesBelow(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error, ignored;
    for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
         it.increment(error)) {
        if ((isPicture(it->path()) || isVideo(it->path())) && !it->is_directory(ignored)) {
            files.push_back(it->path());
        }
    }
    if (error) {
        return fail(ErrorKind::BadInput, CVD_TR("core", "The folder %1 cannot be read."),
                    {folder.string()}, error.message());
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

SetFigures figuresOf(const std::string& name, const std::vector<LabelledPicture>& truths,
                     const std::vector<std::vector<Detection>>& detections,
                     const std::array<float, kObjectClassCount>& thresholds) {
    SetFigures set;
    set.name = name;
    set.pictures = static_cast<std::int64_t>(truths.size());
    for (int c = 0; c < kObjectClassCount; ++c) {
        set.classes[c] =
            classFigures(static_cast<ObjectClass>(c), truths, detections, thresholds[c]);
    }
    pointFigures(set, truths, detections, thresholds[0]);
    return set;
}

Result<SetFigures> evaluateOn(inference::Detector& detector, const SampleSource& source,
                              std::int64_t count,
                              const std::function<void(const EvaluateProgress&)>& progress,
                              const std::atomic<bool>* cancelled) {
    if (source.size() > 0) {
        count = std::min(count, static_cast<std::int64_t>(source.size()));
    }
    std::vector<LabelledPicture> truths;
    std::vector<std::vector<Detection>> found;
    std::optional<Error> unreadable;
    for (std::int64_t i = 0; i < count; ++i) {
        CVD_TRY(goOn(cancelled));
        Result<LabelledPicture> sample = source.sample(static_cast<std::uint64_t>(i));
        if (!sample.ok() && sample.error().kind == ErrorKind::BadInput) {
            unreadable = sample.error();
            warnLeftOut(*unreadable);
            continue;
        }
        CVD_TRY_ASSIGN(LabelledPicture picture, std::move(sample));
        CVD_TRY_ASSIGN(auto detections, detector.detect({&picture.bgr, 1}));
        found.push_back(std::move(detections.front()));
        // Only the size is needed from here on.
        picture.bgr = cv::Mat(picture.bgr.rows, picture.bgr.cols, CV_8U);
        truths.push_back(std::move(picture));
        if (progress) {
            progress({i + 1, count});
        }
    }
    if (truths.empty()) {
        return unreadable ? *unreadable
                          : fail(ErrorKind::Usage,
                                 CVD_TR("core", "Measuring needs at least one picture."));
    }
    return figuresOf(source.name(), truths, found, detector.manifest().defaultThreshold);
}

Result<SilenceFigures> evaluateSilence(inference::Detector& detector, const fs::path& folder,
                                       const std::atomic<bool>* cancelled) {
    CVD_TRY_ASSIGN(const std::vector<fs::path> files, picturesBelow(folder));
    SilenceFigures figures;
    for (const fs::path& file : files) {
        CVD_TRY(goOn(cancelled));
        if (isVideo(file)) {
            CVD_TRY(countVideo(detector, file, figures, cancelled));
        } else if (const Result<cv::Mat> bgr = readPicture(file); bgr.ok()) {
            CVD_TRY(countFalse(detector, *bgr, figures));
        } else {
            warnLeftOut(bgr.error());
        }
    }
    if (figures.pictures == 0) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "The folder %1 holds no picture or video that can be read."),
                    {folder.string()});
    }
    std::sort(figures.pokerScores.begin(), figures.pokerScores.end(), std::greater<>());
    return figures;
}

std::string figuresTable(const std::vector<SetFigures>& sets) {
    std::string table =
        "set                       class     objects     AP   AP50  AR100  recall  precis  R@.1fa  "
        "fa/img  bestT\n";
    char line[400];
    for (const SetFigures& set : sets) {
        for (int c = 0; c < kObjectClassCount; ++c) {
            const ClassFigures& f = set.classes[c];
            if (!f.measured || (f.objects == 0 && f.falsePerPicture == 0)) {
                continue;
            }
            std::snprintf(
                line, sizeof line,
                "%-25s %-9s %7lld  %5.3f  %5.3f  %5.3f   %5.3f   %5.3f   %5.3f   %5.3f  %5.2f\n",
                set.name.c_str(), std::string(objectClassName(static_cast<ObjectClass>(c))).c_str(),
                static_cast<long long>(f.objects), f.coco.ap, f.coco.ap50, f.coco.ar100, f.recall,
                f.precision, f.recallAtTenthFalse, f.falsePerPicture, f.bestThreshold);
            table += line;
        }
        if (set.classes[0].objects > 0) {
            std::snprintf(
                line, sizeof line,
                "%-25s points: low median %.2f px, 95 %% %.2f px; top median %.2f px, 95 %% "
                "%.2f px (640 wide); immersed right %.3f\n",
                set.name.c_str(), set.lowMedianPx, set.low95Px, set.topMedianPx, set.top95Px,
                set.immersedAccuracy);
            table += line;
        }
    }
    return table;
}

std::string figuresJson(const inference::ModelManifest& model, const std::vector<SetFigures>& sets,
                        const std::optional<SilenceFigures>& silence) {
    using Json = nlohmann::ordered_json;
    Json all{
        {"schema", "cvd-mis/figures/1"},
        {"model", {{"name", model.name}, {"version", model.version}, {"sha256", model.sha256}}},
        {"sets", Json::array()}};
    for (const SetFigures& set : sets) {
        Json entry{{"name", set.name}, {"pictures", set.pictures}, {"classes", Json::object()}};
        for (int c = 0; c < kObjectClassCount; ++c) {
            const ClassFigures& f = set.classes[c];
            if (!f.measured) {
                continue;
            }
            entry["classes"][std::string(objectClassName(static_cast<ObjectClass>(c)))] = {
                {"objects", f.objects},
                {"ap", f.coco.ap},
                {"ap50", f.coco.ap50},
                {"ar100", f.coco.ar100},
                {"threshold", model.defaultThreshold[c]},
                {"recall", f.recall},
                {"precision", f.precision},
                {"recall_at_0.1_false", f.recallAtTenthFalse},
                {"false_per_picture", f.falsePerPicture},
                {"best_threshold", f.bestThreshold}};
        }
        if (set.classes[0].objects > 0) {
            entry["points"] = {{"low_median_px", set.lowMedianPx},
                               {"low_95_px", set.low95Px},
                               {"top_median_px", set.topMedianPx},
                               {"top_95_px", set.top95Px},
                               {"immersed_right", set.immersedAccuracy}};
        }
        all["sets"].push_back(entry);
    }
    if (silence) {
        all["no_poker_in_use"] = {{"pictures", silence->pictures},
                                  {"false_pokers", silence->falsePokers},
                                  {"false_pokers_per_picture", silence->perPicture()},
                                  {"false_hoes", silence->falseHoes}};
    }
    return all.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace cvd::training
