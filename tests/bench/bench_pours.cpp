// The figures that the program answers for, in one run: insertions, immersed time, contact point
// and violations on simulated pours, with the detector, with the truth instead of it, and with
// flawed truth (so that tracking and judging are measured without the network), and the speed of
// both.
//
//   bench_pours [--dir DIR] [--pours "clean:101 two_crews:102 ..."] [--seconds S] [--model FILE]
//               [--modes detector,truth,noise,speed] [--repeats N] [--measure-motion] [--verbose]
//
// Pours and detections are kept in DIR (default: bench_pours in the temporary folder) and used
// again; remove DIR/*/found to detect anew, for example with another model. --measure-motion gives
// the detections the camera motion measured from the pictures again. Options of size and frame rate
// are left to `cvd-mis simulate`: a folder SCENARIO-SEED with video.mp4 and truth.json is taken as
// it is.
#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <atomic>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "core/compliance/judge.h"
#include "core/media/video_reader.h"
#include "core/pipeline/pipeline.h"
#include "core/report/track_file.h"
#include "core/simulation/pour.h"
#include "core/tracking/motion_estimator.h"
#include "tests/core/compliance/simulated_pour.h"

using namespace cvd;
using namespace cvd::test;

namespace {

struct Pour {
    std::string scenario;
    QString dir;
    PourTruth truth;
    Calibration calibration;
    compliance::Profile profile;
};

bool verbose = false;

int stop(const std::string& what) {
    std::fprintf(stderr, "%s\n", what.c_str());
    return 3;
}

// Every rule for which any verdict at all is given counts as judged.
std::set<std::string> rulesOf(const compliance::Judgement& j) {
    std::set<std::string> rules;
    for (const Violation& v : j.violations) {
        rules.insert(v.rule);
    }
    return rules;
}

void tell(const Pour& pour, const char* mode, const compliance::Judgement& j) {
    if (!verbose) {
        return;
    }
    std::printf("  %s, %s\n", qPrintable(pour.dir.section('/', -1)), mode);
    for (const TruthInsertion& t : pour.truth.insertions) {
        std::printf(
            "    true  %3lld          %7.2f to %7.2f  %6.2f s  at %6.3f %6.3f  out %.0f mm/s\n",
            static_cast<long long>(t.id), t.startS, t.endS, t.endS - t.startS, t.at.x, t.at.y,
            t.withdrawalMmS);
    }
    for (const Insertion& i : j.insertions) {
        std::printf(
            "    found %3lld track %3lld %7.2f to %7.2f  %6.2f s  at %6.3f %6.3f  conf "
            "%.2f  time +- %.2f s  out %.0f +- %.0f mm/s%s%s%s%s\n",
            static_cast<long long>(i.id), static_cast<long long>(i.track.value), i.startS, i.endS,
            i.immersedS, i.contactM ? i.contactM->x : 0, i.contactM ? i.contactM->y : 0,
            i.confidence, i.timeErrorS, i.withdrawalMmS.value_or(0),
            i.withdrawalErrorMmS.value_or(0), i.effective ? "" : " touch",
            i.openStart ? " open start" : "", i.openEnd ? " open end" : "",
            i.identityInDoubt ? " identity in doubt" : "");
    }
    for (const Violation& v : j.violations) {
        if (v.verdict != Verdict::Pass) {
            std::printf("    %s %s, insertion %lld: %.3g of %.3g %s\n",
                        std::string(verdictName(v.verdict)).c_str(), v.rule.c_str(),
                        static_cast<long long>(v.insertion.value_or(0)), v.value.value_or(0),
                        v.limit.value_or(0), v.unit.c_str());
        }
    }
    for (const Note& w : j.warnings) {
        std::printf("    warning: %s\n", w.sentence().c_str());
    }
}

compliance::Judgement judged(const Pour& pour, Tracks& tracks) {
    compliance::JudgeOptions options;
    options.frameWidth = pour.truth.width;
    options.frameHeight = pour.truth.height;
    return compliance::judge(tracks, pour.profile, &pour.calibration, options);
}

// Frames of detections out of the tracks of a run: the tracker is run again, so that a change in it
// needs no new detection.
std::vector<TruthFrame> detectionsOf(const Tracks& tracks) {
    std::vector<TruthFrame> frames(tracks.frameTimesS.size());
    for (std::size_t i = 0; i < frames.size(); ++i) {
        frames[i].timeS = tracks.frameTimesS[i];
        if (i < tracks.motion.size()) {
            frames[i].motion = tracks.motion[i];
        }
    }
    for (const TrackPoint& p : tracks.points) {
        if (p.predicted) {
            continue;
        }
        TruthFrame& frame = frames[static_cast<std::size_t>(p.frame - tracks.firstFrame)];
        frame.detections.push_back({p.cls, p.score, p.box, p.poker});
        frame.ids.push_back(-1);
    }
    return frames;
}

bool measureMotion(const Pour& pour, std::vector<TruthFrame>& frames) {
    const auto reader = media::VideoReader::open((pour.dir + "/video.mp4").toStdString());
    if (!reader.ok()) {
        return false;
    }
    tracking::MotionEstimator estimator;
    media::Frame picture;
    CameraMotion found, planned;
    double worst = 0, sum = 0, spentMs = 0;
    int cuts = 0, lost = 0;
    std::size_t f = 0;
    for (; f < frames.size() && (*reader)->next(picture).ok() && !picture.bgr.empty(); ++f) {
        QElapsedTimer timer;
        timer.start();
        frames[f].motion = estimator.pushFull(picture.bgr, frames[f].detections);
        spentMs += double(timer.nsecsElapsed()) / 1e6;
        cuts += frames[f].motion.cut ? 1 : 0;
        lost += frames[f].motion.reliable ? 0 : 1;
        found = combine(found, frames[f].motion);
        planned = combine(planned, pour.truth.frames[f].motion);
        double away = 0;
        for (const PointPx p : {PointPx{0.2 * pour.truth.width, 0.3 * pour.truth.height},
                                PointPx{0.8 * pour.truth.width, 0.8 * pour.truth.height}}) {
            const PointPx a = apply(found, p), b = apply(planned, p);
            away = std::max(away, std::hypot(a.x - b.x, a.y - b.y));
        }
        worst = std::max(worst, away);
        sum += away;
    }
    std::printf(
        "  camera motion of %s (%.2f ms a frame): off by %.2f px on average, %.2f px at worst; "
        "%d cuts, %d not told\n",
        qPrintable(pour.dir.section('/', -1)), spentMs / std::max<double>(1, double(f)),
        sum / std::max<double>(1, double(f)), worst, cuts, lost);
    return f == frames.size();
}

void head() {
    std::printf("%-16s %-14s %4s %4s %4s %5s %5s %6s %6s %6s %6s %6s %6s %6s %6s %6s %6s\n",
                "detections", "scenario", "true", "fnd", "ok", "prec", "rec", "F1", "t mean",
                "t max", "start", "end", "cm 50", "cm 95", "v rec", "f/10m", "w mm/s");
}

void row(const char* mode, const std::string& scenario, const PourScore& s) {
    std::printf("%-16s %-14s %4d %4d %4d %5.2f %5.2f %6.3f %6.2f %6.2f %6.2f %6.2f %6.1f %6.1f ",
                mode, scenario.c_str(), s.planned, s.found, s.matched, s.precision(), s.recall(),
                s.f1(), PourScore::mean(s.timeErrorS), PourScore::quantile(s.timeErrorS, 1),
                PourScore::quantile(s.startErrorS, 1), PourScore::quantile(s.endErrorS, 1),
                PourScore::quantile(s.placeErrorCm, 0.5),
                PourScore::quantile(s.placeErrorCm, 0.95));
    if (s.plannedViolations > 0) {
        std::printf("%6.2f", double(s.recalled) / s.plannedViolations);
    } else {
        std::printf("%6s", "-");
    }
    std::printf(" %6.2f %5.0f%%", s.falseViolations / std::max(1e-9, s.seconds / 600),
                100 * PourScore::quantile(s.withdrawalErrorShare, 0.5));
    for (const auto& r : s.missedRules) {
        std::printf(" -%s", r.c_str());
    }
    for (const auto& r : s.falseRules) {
        std::printf(" +%s", r.c_str());
    }
    std::printf("\n");
    std::fflush(stdout);
}

// One row a scenario and one for all.
template <typename Tracked>
void table(const char* mode, const std::vector<Pour>& pours, Tracked&& tracksOfPour, int repeats,
           bool perScenario) {
    std::map<std::string, PourScore> scores;
    PourScore all;
    for (const Pour& pour : pours) {
        for (int r = 0; r < repeats; ++r) {
            std::optional<Tracks> tracks = tracksOfPour(pour, r);
            if (!tracks) {
                continue;
            }
            const compliance::Judgement j = judged(pour, *tracks);
            tell(pour, mode, j);
            addScore(scores[pour.scenario], pour.truth, j, rulesOf(j));
            addScore(all, pour.truth, j, rulesOf(j));
        }
    }
    if (perScenario) {
        for (const auto& [name, score] : scores) {
            row(mode, name, score);
        }
    }
    row(mode, "all", all);
}

// Slides were measured while the video ran: they stay with the sightings that they were measured
// on, which the tracker joins again as it did then.
void carrySlides(const Tracks& from, Tracks& to) {
    std::map<std::tuple<FrameIndex, double, double>, std::optional<float>> slides;
    for (const TrackPoint& p : from.points) {
        if (p.poker && !p.predicted) {
            slides[{p.frame, p.poker->low.x, p.poker->low.y}] = p.slidePx;
        }
    }
    for (TrackPoint& p : to.points) {
        if (p.poker && !p.predicted) {
            const auto it = slides.find({p.frame, p.poker->low.x, p.poker->low.y});
            p.slidePx = it != slides.end() ? it->second : std::nullopt;
        }
    }
}

std::optional<Tracks> detected(const Pour& pour, const QString& model, bool motionAgain) {
    const QString found = pour.dir + "/found";
    auto tracks = report::loadTracks(found + "/tracks.bin");
    if (!tracks.ok()) {
        pipeline::DetectRequest request;
        request.videoFile = (pour.dir + "/video.mp4").toStdString();
        request.calibrationFile = (pour.dir + "/calibration.json").toStdString();
        request.outDir = found.toStdString();
        request.profile = pour.truth.profile.toStdString();
        request.modelFile = model.toStdString();
        request.writeVideo = false;
        std::atomic<bool> cancel = false;
        const auto run = pipeline::runDetect(request, {}, cancel);
        if (!run.ok()) {
            std::fprintf(stderr, "%s\n", run.error().message().c_str());
            return std::nullopt;
        }
        tracks = report::loadTracks(found + "/tracks.bin");
        if (!tracks.ok()) {
            return std::nullopt;
        }
    }
    std::vector<TruthFrame> frames = detectionsOf(*tracks);
    if (motionAgain) {
        measureMotion(pour, frames);
    }
    Tracks again = tracksOf(frames);
    carrySlides(*tracks, again);
    return again;
}

// Two hours made of one pour again and again.
void speed(const Pour& pour) {
    std::vector<TruthFrame> frames;
    const double length = pour.truth.seconds() + 0.04;
    for (double from = 0; from < 7200; from += length) {
        for (TruthFrame frame : pour.truth.frames) {
            frame.timeS += from;
            frames.push_back(std::move(frame));
        }
        frames.back().motion = {};
    }
    QElapsedTimer timer;
    timer.start();
    Tracks tracks = tracksOf(frames);
    const double trackS = double(timer.nsecsElapsed()) / 1e9;
    timer.restart();
    const auto j = judged(pour, tracks);
    const double judgeS = double(timer.nsecsElapsed()) / 1e9;
    std::printf(
        "speed: %zu frames (%.2f h), %zu points, %zu insertions: tracking %.4f ms a frame, "
        "judging %.2f s in all, together %.4f ms a frame\n",
        frames.size(), frames.back().timeS / 3600, tracks.points.size(), j.insertions.size(),
        1000 * trackS / double(frames.size()), judgeS,
        1000 * (trackS + judgeS) / double(frames.size()));
}

}  // namespace

int main(int argc, char** argv) {
    const QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption dirOption("dir", "", "DIR", QDir::tempPath() + "/bench_pours");
    const QCommandLineOption poursOption(
        "pours", "", "LIST",
        "clean:101 two_crews:102 shaking_dusk:103 over_vibration:104 clean:201 two_crews:202 "
        "shaking_dusk:203 under_vibration:106 dragging:105");
    const QCommandLineOption secondsOption("seconds", "", "S", "45");
    const QCommandLineOption modelOption("model", "", "FILE", "models/cvd-n.json");
    const QCommandLineOption modesOption("modes", "", "LIST", "detector,truth,noise,speed");
    const QCommandLineOption repeatsOption("repeats", "", "N", "2");
    const QCommandLineOption motionOption("measure-motion");
    const QCommandLineOption verboseOption("verbose");
    parser.addOptions({dirOption, poursOption, secondsOption, modelOption, modesOption,
                       repeatsOption, motionOption, verboseOption});
    parser.process(app);
    verbose = parser.isSet(verboseOption);

    std::vector<Pour> pours;
    for (const QString& name : parser.value(poursOption).split(' ', Qt::SkipEmptyParts)) {
        Pour pour;
        pour.scenario = name.section(':', 0, 0).toStdString();
        pour.dir = parser.value(dirOption) + '/' + QString(name).replace(':', '-');
        if (!QFile::exists(pour.dir + "/truth.json") || !QFile::exists(pour.dir + "/video.mp4")) {
            simulation::ScenarioOptions options;
            options.scenario = pour.scenario;
            options.seed = name.section(':', 1).toULongLong();
            options.seconds = parser.value(secondsOption).toDouble();
            const Status made = simulation::simulatePour(options, pour.dir.toStdString());
            if (!made.ok()) {
                return stop(made.error().message());
            }
        }
        const auto truth = readTruth(pour.dir + "/truth.json");
        const auto calibration = compliance::readCalibration(pour.dir + "/calibration.json");
        const auto profile = truth ? compliance::loadProfile(truth->profile)
                                   : compliance::loadProfile(QStringLiteral("aci309r"));
        if (!truth || !calibration.ok() || !profile.ok()) {
            return stop("no usable pour in " + pour.dir.toStdString());
        }
        pour.truth = *truth;
        pour.calibration = *calibration;
        pour.profile = *profile;
        pours.push_back(std::move(pour));
    }
    const QStringList modes = parser.value(modesOption).split(',');
    const int repeats = parser.value(repeatsOption).toInt();
    head();
    if (modes.contains("detector")) {
        table(
            "detector", pours,
            [&](const Pour& pour, int) {
                return detected(pour, parser.value(modelOption), parser.isSet(motionOption));
            },
            1, true);
    }
    if (modes.contains("truth")) {
        table(
            "truth tracks", pours,
            [](const Pour& pour, int) { return std::optional(tracksOf(pour.truth.frames, false)); },
            1, true);
        table(
            "truth, tracked", pours,
            [](const Pour& pour, int) { return std::optional(tracksOf(pour.truth.frames)); }, 1,
            false);
    }
    if (modes.contains("noise")) {
        for (const NoiseModel& model : noiseModels()) {
            table(
                model.name, pours,
                [&](const Pour& pour, int r) {
                    return std::optional(
                        tracksOf(flawed(pour.truth, model, static_cast<std::uint32_t>(r + 1))));
                },
                repeats, false);
        }
    }
    if (modes.contains("speed") && !pours.empty()) {
        speed(pours.front());
    }
    return 0;
}
