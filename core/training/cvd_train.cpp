// A small program around the trainer, for machines without Qt (CVD_ONLY_TORCH).
//
//   cvd-train train     --work DIR --data DIR --minutes M --resume|--from MODEL --seed N --rate R
//                       --pool N ...
//   cvd-train export    --work DIR|--from MODEL --out DIR --version V --mirrored
//                       --thresholds VIBRATOR,HOE,PERSON --people-height PX
//   cvd-train evaluate  --model FILE --simulated --data DIR --split valid|test --count N
//                       --pour-frames N --silence DIR (pictures and videos without a poker in use)
//                       --sheets DIR --json
//   cvd-train coco      --ground-truth FILE --detections FILE
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>

#include "core/inference/detector.h"
#include "core/training/evaluate.h"
#include "core/training/model_card.h"
#include "core/training/sample_sheet.h"
#include "core/training/trainer.h"

namespace {

using namespace cvd;
using namespace cvd::training;

std::atomic<bool> g_cancelled = false;

struct Arguments {
    std::string verb;
    std::map<std::string, std::string> values;
    bool has(const std::string& key) const { return values.count(key) > 0; }
    std::string text(const std::string& key, const std::string& fallback = {}) const {
        const auto it = values.find(key);
        return it == values.end() ? fallback : it->second;
    }
    double number(const std::string& key, double fallback) const {
        return has(key) ? std::atof(text(key).c_str()) : fallback;
    }
};

Arguments parse(int argc, char** argv) {
    Arguments a;
    a.verb = argc > 1 ? argv[1] : "";
    for (int i = 2; i < argc; ++i) {
        std::string key = argv[i];
        const bool hasValue = i + 1 < argc && std::string(argv[i + 1]).rfind("--", 0) != 0;
        a.values[key] = hasValue ? argv[++i] : "";
    }
    return a;
}

// The first option that the verb does not know; empty: it knows all. A long training must not begin
// because of a slip or "--help".
std::string unknownOption(const Arguments& a) {
    static const std::map<std::string, std::string> kOptions{
        {"train",
         " --work --data --minutes --steps --resume --from --seed --rate --pool --renew "
         "--real-share --pour-share --drawn-share --solid-share --validation-pictures --batch "
         "--validate-minutes --threads --device --crop-width --crop-height --normal-width "
         "--people-height "},
        {"export",
         " --work --from --out --version --mirrored --thresholds --input-width --input-height "
         "--people-height "},
        {"evaluate",
         " --model --simulated --data --split --count --pour-frames --silence --sheets --json "
         "--device --threads "},
        {"coco", " --ground-truth --detections "}};
    const auto known = kOptions.find(a.verb);
    for (const auto& [key, value] : a.values) {
        if (known == kOptions.end() || known->second.find(" " + key + " ") == std::string::npos) {
            return key;
        }
    }
    return {};
}

int failed(const Error& error) {
    std::fprintf(stderr, "%s%s%s\n", error.message().c_str(), error.detail.empty() ? "" : "\n",
                 error.detail.c_str());
    return static_cast<int>(error.kind);
}

void printProgress(const TrainProgress& p) {
    std::printf("step %lld  %.1f min  %3.0f %%  loss %.3f  %.1f pictures/s  pool %zu  %s\n",
                static_cast<long long>(p.step), p.minutes, 100 * p.share, p.loss, p.picturesPerS,
                p.poolPictures, p.message.c_str());
    if (!p.figures.empty()) {
        std::printf("%s", figuresTable(p.figures).c_str());
    }
    std::fflush(stdout);
}

int train(const Arguments& a) {
    TrainOptions o;
    o.workDir = a.text("--work", ".training");
    o.dataDir = a.text("--data");
    o.minutes = a.number("--minutes", 60);
    o.maxSteps = static_cast<std::int64_t>(a.number("--steps", 0));
    o.resume = a.has("--resume");
    o.startFrom = a.text("--from");
    o.seed = static_cast<std::uint64_t>(a.number("--seed", 1));
    o.learningRate = a.number("--rate", o.learningRate);
    o.poolPictures = static_cast<size_t>(a.number("--pool", static_cast<double>(o.poolPictures)));
    o.renewShare = a.number("--renew", o.renewShare);
    o.realShare = a.number("--real-share", o.realShare);
    o.pourShare = a.number("--pour-share", o.pourShare);
    o.drawnShare = a.number("--drawn-share", o.drawnShare);
    o.solidShare = a.number("--solid-share", o.solidShare);
    o.validationPictures =
        static_cast<int>(a.number("--validation-pictures", o.validationPictures));
    o.batch = static_cast<int>(a.number("--batch", o.batch));
    o.validateMinutes = a.number("--validate-minutes", o.validateMinutes);
    o.threads = static_cast<int>(a.number("--threads", o.threads));
    o.device = a.text("--device", "auto");
    o.augment.width = static_cast<int>(a.number("--crop-width", o.augment.width));
    o.augment.height = static_cast<int>(a.number("--crop-height", o.augment.height));
    o.augment.normalWidth = a.number("--normal-width", o.augment.normalWidth);
    o.augment.peopleHeight = a.number("--people-height", o.augment.peopleHeight);
    const auto report = runTraining(o, printProgress, &g_cancelled);
    if (!report.ok()) {
        return failed(report.error());
    }
    std::printf("Done after %lld steps: %s\n", static_cast<long long>(report->steps),
                report->checkpoint.c_str());
    return 0;
}

int exportIt(const Arguments& a) {
    ExportOptions o = shippedModelOptions();
    o.version = a.text("--version", o.version);
    o.mirrored = a.has("--mirrored");
    o.inputWidth = static_cast<int>(a.number("--input-width", o.inputWidth));
    o.inputHeight = static_cast<int>(a.number("--input-height", o.inputHeight));
    o.peopleHeight = a.number("--people-height", o.peopleHeight);
    if (a.has("--thresholds")) {
        std::sscanf(a.text("--thresholds").c_str(), "%f,%f,%f", &o.defaultThreshold[0],
                    &o.defaultThreshold[1], &o.defaultThreshold[2]);
    }
    const auto manifest =
        a.has("--from")
            ? exportAgain(a.text("--from"), a.text("--out", "."), o)
            : exportModel(std::filesystem::path(a.text("--work", ".training")) / "checkpoint.pt",
                          a.text("--out", "."), o);
    if (!manifest.ok()) {
        return failed(manifest.error());
    }
    std::printf("%s\n", manifest->c_str());
    return 0;
}

int evaluate(const Arguments& a) {
    inference::DetectorOptions options;
    options.device = a.text("--device", "auto");
    options.threads = static_cast<int>(a.number("--threads", 0));
    auto detector = inference::loadDetector(a.text("--model"), options);
    if (!detector.ok()) {
        return failed(detector.error());
    }
    const auto count = static_cast<std::int64_t>(a.number("--count", 500));
    const std::string split = a.text("--split", "valid"), data = a.text("--data");
    const std::filesystem::path scratch =
        std::filesystem::temp_directory_path() / ("cvd-evaluate-" + std::to_string(::getpid()));
    std::vector<std::unique_ptr<SampleSource>> sources;
    if (a.has("--simulated")) {
        auto rendered = renderedSources(kValidationSeed, data, split, scratch);
        if (!rendered.ok()) {
            return failed(rendered.error());
        }
        sources = std::move(rendered).value();
    }
    for (auto& source : realSources(data, split)) {
        sources.push_back(std::move(source));
    }
    const auto pourFrames = static_cast<std::int64_t>(a.number("--pour-frames", 320));
    std::vector<SetFigures> sets;
    for (const auto& source : sources) {
        auto figures =
            evaluateOn(**detector, *source, source->name() == "pours" ? pourFrames : count);
        if (!figures.ok()) {
            return failed(figures.error());
        }
        sets.push_back(std::move(figures).value());
        if (a.has("--sheets")) {
            std::string name = source->name();
            std::replace(name.begin(), name.end(), '/', '_');
            const auto written = writeSampleSheet(
                **detector, *source, std::filesystem::path(a.text("--sheets")) / (name + ".jpg"));
            if (!written.ok()) {
                return failed(written.error());
            }
        }
    }
    std::error_code ignored;
    std::filesystem::remove_all(scratch, ignored);
    std::optional<SilenceFigures> silence;
    if (a.has("--silence")) {
        auto measured = evaluateSilence(**detector, a.text("--silence"));
        if (!measured.ok()) {
            return failed(measured.error());
        }
        silence = std::move(measured).value();
    }
    if (a.has("--json")) {
        std::printf("%s", figuresJson((*detector)->manifest(), sets, silence).c_str());
        return 0;
    }
    if (!sets.empty()) {
        std::printf("%s", figuresTable(sets).c_str());
    }
    if (silence) {
        std::printf(
            "no poker in use: %lld pictures, %lld false pokers (%.3f a picture), %lld false hoes; "
            "best poker scores:",
            static_cast<long long>(silence->pictures), static_cast<long long>(silence->falsePokers),
            silence->perPicture(), static_cast<long long>(silence->falseHoes));
        for (size_t i = 0; i < std::min<size_t>(12, silence->pokerScores.size()); ++i) {
            std::printf(" %.2f", silence->pokerScores[i]);
        }
        std::printf("\n");
    }
    return 0;
}

int coco(const Arguments& a) {
    const auto report = cocoEvaluateFiles(a.text("--ground-truth"), a.text("--detections"));
    if (!report.ok()) {
        return failed(report.error());
    }
    std::printf("%s", cocoReportToJson(*report).c_str());
    return 0;
}

// Two settings that only count before the libraries start: threads of the network that sleep
// instead of spinning while they wait (on a shared machine spinning costs the other half), and
// large tensors from the heap instead of fresh pages for each one.
void settleEnvironment(char** argv) {
    if (std::getenv("OMP_WAIT_POLICY")) {
        return;
    }
    setenv("OMP_WAIT_POLICY", "passive", 0);
    setenv("MALLOC_MMAP_THRESHOLD_", "33554432", 0);  // 32 MiB: more is ignored
    setenv("MALLOC_TRIM_THRESHOLD_", "4000000000", 0);
    execv("/proc/self/exe", argv);  // returns only when it fails; then all goes on, slower
}

}  // namespace

int main(int argc, char** argv) {
    settleEnvironment(argv);
    std::signal(SIGINT, [](int) { g_cancelled = true; });
    std::signal(SIGTERM, [](int) { g_cancelled = true; });
    const Arguments a = parse(argc, argv);
    int code = 2;
    if (const std::string unknown = unknownOption(a); !unknown.empty()) {
        std::fprintf(stderr,
                     "cvd-train %s does not know %s; see the top of core/training/cvd_train.cpp.\n",
                     a.verb.c_str(), unknown.c_str());
    } else if (a.verb == "train") {
        code = train(a);
    } else if (a.verb == "export") {
        code = exportIt(a);
    } else if (a.verb == "evaluate") {
        code = evaluate(a);
    } else if (a.verb == "coco") {
        code = coco(a);
    } else {
        std::fprintf(stderr,
                     "Usage: cvd-train train|export|evaluate|coco [options]; see the top of "
                     "core/training/cvd_train.cpp.\n");
    }
    return code;
}
