// A small program around the trainer, for machines without Qt (CVD_ONLY_TORCH).
//
//   cvd-train train     --work DIR --data DIR --minutes M --resume|--from MODEL --seed N --rate R
//                       --pool N --workers N --threads N ...
//   cvd-train export    --work DIR|--from MODEL --out DIR --version V --mirrored
//                       --thresholds VIBRATOR,HOE,PERSON --people-height PX
//                       --immersed-shift LOG-ODDS
//   cvd-train evaluate  --model FILE --simulated --data DIR --split valid|test --count N
//                       --pour-frames N --silence DIR (pictures and videos without a poker in use)
//                       --sheets DIR --json
//   cvd-train coco      --ground-truth FILE --detections FILE
//
// An error is one line, with what the libraries said below it when CVD_MIS_VERBOSE is 1; exit codes
// are those of docs/contract.md.
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

#include <opencv2/core/utils/logger.hpp>

#include "core/inference/detector.h"
#include "core/training/evaluate.h"
#include "core/training/model_card.h"
#include "core/training/number_options.h"
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
        return has(key) ? numberFrom(text(key)) : fallback;
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

// A long training must not begin because of a slip or "--help".
Status checkOptions(const Arguments& a) {
    static const std::map<std::string, std::string> kOptions{
        {"train",
         " --work --data --minutes --steps --resume --from --seed --rate --pool --renew "
         "--real-share --pour-share --drawn-share --solid-share --validation-pictures --batch "
         "--validate-minutes --workers --threads --device --crop-width --crop-height "
         "--normal-width --people-height "},
        {"export",
         " --work --from --out --version --mirrored --thresholds --input-width --input-height "
         "--people-height --immersed-shift "},
        {"evaluate",
         " --model --simulated --data --split --count --pour-frames --silence --sheets --json "
         "--device --threads "},
        {"coco", " --ground-truth --detections "}};
    static const std::set<std::string> kWithoutValue{"--resume", "--mirrored", "--simulated",
                                                     "--json"};
    const auto known = kOptions.find(a.verb);
    if (known == kOptions.end()) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core",
                           "Use cvd-train train, export, evaluate or coco with options; "
                           "see the top of core/training/cvd_train.cpp."));
    }
    for (const auto& [key, value] : a.values) {
        if (known->second.find(" " + key + " ") == std::string::npos) {
            return fail(ErrorKind::Usage,
                        CVD_TR("core",
                               "%1 does not know %2; see the top of "
                               "core/training/cvd_train.cpp."),
                        {a.verb, key});
        }
        if (value.empty() != (kWithoutValue.count(key) > 0)) {
            return fail(ErrorKind::Usage,
                        value.empty() ? CVD_TR("core", "%1 needs a value.")
                                      : CVD_TR("core", "%1 takes no value, but got %2."),
                        {key, value});
        }
        CVD_TRY(checkNumberOption(key.substr(2), value));
    }
    return {};
}

bool verbose() {
    const char* set = std::getenv("CVD_MIS_VERBOSE");
    return set && std::atoi(set) > 0;
}

int failed(const Error& error) {
    std::string line = error.message();
    std::replace_if(
        line.begin(), line.end(), [](unsigned char c) { return std::iscntrl(c) != 0; }, ' ');
    std::fprintf(stderr, "cvd-train: %s\n", line.c_str());
    if (!error.detail.empty() && verbose()) {
        std::fprintf(stderr, "  %s\n", error.detail.c_str());
    }
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
    o.minutes = a.number("--minutes", a.has("--steps") ? 0 : 60);
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
    o.workers = static_cast<int>(a.number("--workers", o.workers));
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
    if (report->cancelled) {
        return failed(
            fail(ErrorKind::Cancelled,
                 CVD_TR("core",
                        "The training was cancelled after %1 steps. What it has learnt is "
                        "in %2; go on with --resume."),
                 {std::to_string(report->steps), report->checkpoint.string()}));
    }
    std::printf("Done after %lld steps: %s\n", static_cast<long long>(report->steps),
                report->checkpoint.c_str());
    return 0;
}

Result<std::array<float, kObjectClassCount>> thresholdsFrom(const std::string& text) {
    std::array<float, kObjectClassCount> out{};
    std::size_t start = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const bool last = i + 1 == out.size();
        const std::size_t end = last ? text.size() : text.find(',', start);
        const double value =
            end == std::string::npos ? -1 : numberFrom(text.substr(start, end - start));
        if (!(value >= 0 && value <= 1)) {
            return fail(ErrorKind::Usage,
                        CVD_TR("core",
                               "--thresholds must be three numbers from 0 to 1 with commas between "
                               "(poker, hoe, person), not %1."),
                        {text});
        }
        out[i] = static_cast<float>(value);
        start = end + 1;
    }
    return out;
}

int exportIt(const Arguments& a) {
    ExportOptions o = shippedModelOptions();
    o.version = a.text("--version", o.version);
    o.mirrored = a.has("--mirrored");
    o.inputWidth = static_cast<int>(a.number("--input-width", o.inputWidth));
    o.inputHeight = static_cast<int>(a.number("--input-height", o.inputHeight));
    o.peopleHeight = a.number("--people-height", o.peopleHeight);
    o.immersedShift = a.number("--immersed-shift", o.immersedShift);
    if (a.has("--thresholds")) {
        const auto given = thresholdsFrom(a.text("--thresholds"));
        if (!given.ok()) {
            return failed(given.error());
        }
        o.defaultThreshold = *given;
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

// For the videos of rendered pours; goes with whatever is left in it.
class ScratchFolder {
public:
    ScratchFolder() {
        std::error_code error;
        m_path = std::filesystem::temp_directory_path(error) /
                 ("cvd-evaluate-" + std::to_string(::getpid()));
    }
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

// What the figures are about, checked before the network is loaded.
Status checkSets(const Arguments& a) {
    const std::string split = a.text("--split", "valid");
    if (split != "train" && split != "valid" && split != "test") {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "--split must be train, valid or test, not %1."), {split});
    }
    if (!a.has("--simulated") && !a.has("--data") && !a.has("--silence")) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core",
                           "Say what to measure: --simulated, --data DIR or --silence "
                           "DIR."));
    }
    std::error_code error;
    for (const char* option : {"--data", "--silence"}) {
        if (a.has(option) && !std::filesystem::is_directory(a.text(option), error)) {
            return fail(ErrorKind::BadInput, CVD_TR("core", "The folder %1 does not exist."),
                        {a.text(option)});
        }
    }
    if (a.has("--sheets")) {
        std::filesystem::create_directories(a.text("--sheets"), error);
        if (error) {
            return fail(ErrorKind::Environment, CVD_TR("core", "The folder %1 cannot be created."),
                        {a.text("--sheets")}, error.message());
        }
    }
    return {};
}

using Sources = std::vector<std::unique_ptr<SampleSource>>;

Result<Sources> openSources(const Arguments& a, const std::filesystem::path& scratch) {
    const std::string split = a.text("--split", "valid"), data = a.text("--data");
    CVD_TRY_ASSIGN(Sources real, realSources(data, split));
    if (!data.empty() && real.empty()) {
        return noRealPictures(data, split);
    }
    Sources sources;
    if (a.has("--simulated")) {
        CVD_TRY_ASSIGN(sources, renderedSources(kValidationSeed, data, split, scratch,
                                                PourFrames::Spread, &g_cancelled));
    }
    std::move(real.begin(), real.end(), std::back_inserter(sources));
    return sources;
}

Result<std::vector<SetFigures>> measure(const Arguments& a, inference::Detector& detector,
                                        const Sources& sources) {
    const auto count = static_cast<std::int64_t>(a.number("--count", 500)),
               pourFrames = static_cast<std::int64_t>(a.number("--pour-frames", 320));
    std::vector<SetFigures> sets;
    for (const auto& source : sources) {
        CVD_TRY_ASSIGN(SetFigures figures,
                       evaluateOn(detector, *source, source->name() == "pours" ? pourFrames : count,
                                  {}, &g_cancelled));
        sets.push_back(std::move(figures));
        if (a.has("--sheets")) {
            std::string name = source->name();
            std::replace(name.begin(), name.end(), '/', '_');
            CVD_TRY(writeSampleSheet(detector, *source,
                                     std::filesystem::path(a.text("--sheets")) / (name + ".jpg"),
                                     &g_cancelled));
        }
    }
    return sets;
}

void printSilence(const SilenceFigures& silence) {
    std::printf(
        "no poker in use: %lld pictures, %lld false pokers (%.3f a picture), %lld false hoes; "
        "best poker scores:",
        static_cast<long long>(silence.pictures), static_cast<long long>(silence.falsePokers),
        silence.perPicture(), static_cast<long long>(silence.falseHoes));
    for (size_t i = 0; i < std::min<size_t>(12, silence.pokerScores.size()); ++i) {
        std::printf(" %.2f", silence.pokerScores[i]);
    }
    std::printf("\n");
}

Status evaluateAll(const Arguments& a) {
    CVD_TRY(checkSets(a));
    const ScratchFolder scratch;
    CVD_TRY_ASSIGN(const Sources sources, openSources(a, scratch.path()));
    inference::DetectorOptions options;
    options.device = a.text("--device", "auto");
    options.threads = static_cast<int>(a.number("--threads", 0));
    CVD_TRY_ASSIGN(const auto detector, inference::loadDetector(a.text("--model"), options));
    CVD_TRY_ASSIGN(const std::vector<SetFigures> sets, measure(a, *detector, sources));
    std::optional<SilenceFigures> silence;
    if (a.has("--silence")) {
        CVD_TRY_ASSIGN(silence, evaluateSilence(*detector, a.text("--silence"), &g_cancelled));
    }
    if (a.has("--json")) {
        std::printf("%s", figuresJson(detector->manifest(), sets, silence).c_str());
        return {};
    }
    if (!sets.empty()) {
        std::printf("%s", figuresTable(sets).c_str());
    }
    if (silence) {
        printSilence(*silence);
    }
    return {};
}

int evaluate(const Arguments& a) {
    const Status done = evaluateAll(a);
    return done.ok() ? 0 : failed(done.error());
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
    setenv("MALLOC_MMAP_THRESHOLD_", "1073741824", 0);  // older glibc ignores more than 32 MiB
    setenv("MALLOC_TRIM_THRESHOLD_", "4000000000", 0);
    setenv("MALLOC_TOP_PAD_", "67108864", 0);
    setenv("MALLOC_ARENA_MAX", "1", 0);  // the arenas of further threads cannot hold large tensors
    execv("/proc/self/exe", argv);       // returns only when it fails; then all goes on, slower
}

// The second signal ends the program at once.
void onSignal(int signal) {
    if (g_cancelled.exchange(true)) {
        std::signal(signal, SIG_DFL);
        std::raise(signal);
    }
}

int runVerb(const Arguments& a) {
    if (const Status checked = checkOptions(a); !checked.ok()) {
        return failed(checked.error());
    }
    try {
        return a.verb == "train"      ? train(a)
               : a.verb == "export"   ? exportIt(a)
               : a.verb == "evaluate" ? evaluate(a)
                                      : coco(a);
    } catch (const std::exception& e) {
        return failed(fail(ErrorKind::Environment,
                           CVD_TR("core", "An unexpected error ended the program."), {}, e.what()));
    }
}

// Figures that did not reach their file are none. A training's lines are for watching only.
int withOutput(int code, const std::string& verb) {
    const bool written = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
    if (code != 0 || written || verb == "train") {
        return code;
    }
    return failed(fail(ErrorKind::Environment,
                       CVD_TR("core", "The output cannot be written. Check the free space."), {},
                       std::strerror(errno)));
}

}  // namespace

int main(int argc, char** argv) {
    settleEnvironment(argv);
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
    if (!verbose()) {
        // An error is one line; what these libraries say about a broken picture comes beside it.
        cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    }
    const Arguments a = parse(argc, argv);
    return withOutput(runVerb(a), a.verb);
}
