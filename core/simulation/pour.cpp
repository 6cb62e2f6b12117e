#include "core/simulation/pour.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <memory>

#include <nlohmann/json.hpp>
#include <opencv2/imgproc.hpp>

#include "core/media/video_writer.h"
#include "core/simulation/actors.h"
#include "core/simulation/labels.h"
#include "core/simulation/plan.h"
#include "core/simulation/site.h"

namespace cvd::simulation {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kCarryHeight = 0.25;  // of the tip above the surface between two points
constexpr double kDragS = 1.6;         // a dragged point moves in the middle of its dwell

double smooth(double t) {
    t = std::clamp(t, 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

struct TipState {
    PointM at;
    double height = kCarryHeight;  // of the tip over the surface; negative: depth
    int insertion = -1;            // the one under way
};

// Where the tip is when, from the plan alone.
TipState tipAt(const CrewPlan& crew, double depth, double t) {
    const auto& all = crew.insertions;
    const auto position = [](const PlannedInsertion& i, double s) {
        if (!i.dragTo) {
            return i.at;
        }
        const double from = i.startS + i.plungeS + (i.dwellS - kDragS) / 2;
        const double k = smooth((s - from) / kDragS);
        return PointM{i.at.x + (i.dragTo->x - i.at.x) * k, i.at.y + (i.dragTo->y - i.at.y) * k};
    };
    for (size_t n = 0; n < all.size(); ++n) {
        const PlannedInsertion& i = all[n];
        if (t < i.startS) {
            const double before = n == 0 ? i.startS - 1.2 : all[n - 1].endS();
            const PointM from =
                n == 0 ? PointM{i.at.x - 0.3, i.at.y - 0.3} : position(all[n - 1], 1e9);
            const double k = smooth((t - before) / std::max(0.2, i.startS - before));
            const double lift = 4 * k * (1 - k);
            return {{from.x + (i.at.x - from.x) * k, from.y + (i.at.y - from.y) * k},
                    0.02 + kCarryHeight * lift,
                    -1};
        }
        if (t <= i.endS()) {
            const double in = (t - i.startS) / i.plungeS,
                         out = (t - (i.endS() - i.withdrawS)) / i.withdrawS;
            const double down =
                t < i.endS() - i.withdrawS ? smooth(in) : 1 - std::clamp(out, 0.0, 1.0);
            return {position(i, t), 0.02 - (depth + 0.02) * down, static_cast<int>(n)};
        }
    }
    const double since = all.empty() ? t : t - all.back().endS();
    const PointM rest = all.empty() ? PointM{} : position(all.back(), 1e9);
    return {rest, 0.02 + kCarryHeight * smooth(since / 1.5), -1};
}

struct Crew {
    Poker poker;
    Worker worker;
    double length = 0.6, depth = 0.4;
    Vec3 axis{0, 0, 1};
    double side = 1;         // where the worker stands, radians in plan
    Vec3 workerAt{0, 0, 0};  // smoothed
    double phase = 0;
    std::uint64_t hoseSeed = 0;
};

struct Stage {
    Camera camera;
    Light light;
    Palette palette;
    cv::Mat background;
    std::vector<cv::Mat> noise;
    std::vector<Crew> crews;
    std::vector<Worker> bystanders;
    std::vector<Hoe> hoes;
    double hoePhase = 0;
};

Camera overlook(Random& random, const PourPlan& plan, int width, int height) {
    const double w = plan.region[1].x, h = plan.region[2].y;
    const Vec3 centre(w / 2, h / 2, 0);
    Camera c;
    c.width = width;
    c.height = height;
    c.focalPx = width * random.uniform(0.8, 1.2);
    c.pitch = random.uniform(0.45, 0.8);
    c.yaw = random.uniform(-0.25, 0.25);
    c.roll = random.uniform(-0.02, 0.02);
    // Far enough that region and workers fit with room.
    const double span = std::max(w + 1.6, (h + 1.4) * 1.4);
    const double distance = std::max(3.6, span * c.focalPx / width * random.uniform(1.0, 1.15));
    const Vec3 forward = c.rotation().t() * Vec3(0, 0, 1);
    c.at = centre + Vec3(0, 0, 0.55) - forward * distance;
    return c;
}

Stage setStage(Random& random, const PourPlan& plan, int width, int height) {
    Stage s;
    s.camera = overlook(random, plan, width, height);
    s.palette.saturation = random.uniform(0.6, 1.1);
    s.light.angle = random.uniform(-0.7, 0.7);
    s.light.ambient = random.uniform(0.45, 0.7);
    s.light.strength = random.uniform(0.3, 0.6);
    s.background.create(height, width, CV_8UC3);
    const double w = plan.region[1].x, h = plan.region[2].y;
    const double v = random.uniform(90, 190);
    Random ground = random.fork(1);
    paintSite(s.background, s.camera, ground, false);
    const double margin = 0.35;
    paintConcrete(s.background, s.camera,
                  {{-margin, -margin, 0},
                   {w + margin, -margin, 0},
                   {w + margin, h + margin, 0},
                   {-margin, h + margin, 0}},
                  ground, false);
    Canvas canvas(s.background, s.camera, s.light);
    Material timber;
    timber.bgr = {v * 0.5, v * 0.75, v};
    canvas.box({w / 2, h + margin, 0}, {w + 2 * margin, 0.05, 0.12}, 0, timber, 0);
    canvas.box({-margin, h / 2, 0}, {0.05, h + 2 * margin, 0.12}, 0, timber, 0);
    canvas.box({w + margin, h / 2, 0}, {0.05, h + 2 * margin, 0.12}, 0, timber, 0);
    for (int i = random.integer(1, 4); i > 0;
         --i) {  // beyond the formwork, where they hide nothing
        drawDistractor(canvas, ground, s.palette,
                       {random.uniform(-1, w + 1), h + random.uniform(0.8, 2.5), 0});
    }
    for (int i = 0; i < 6; ++i) {
        cv::Mat n(height, width, CV_16SC3);
        cv::RNG rng(random.bits());
        rng.fill(n, cv::RNG::NORMAL, 0, plan.dusk ? 7.0 : 3.0);
        s.noise.push_back(n);
    }
    for (size_t c = 0; c < plan.crews.size(); ++c) {
        Crew crew;
        crew.poker = makePoker(random, s.palette);
        crew.poker.radius = random.uniform(0.02, 0.04);
        crew.poker.neckRadius = crew.poker.radius * random.uniform(0.7, 1.0);
        crew.poker.hoseRadius = crew.poker.radius * 0.7;
        crew.length = random.uniform(0.5, 0.75);
        crew.depth = crew.length * random.uniform(0.5, 0.65);
        const double tilt = random.uniform(0, 0.14), turn = random.uniform(0, 6.28);
        crew.axis = {std::sin(tilt) * std::cos(turn), std::sin(tilt) * std::sin(turn),
                     std::cos(tilt)};
        crew.worker = makeWorker(random, s.palette);
        crew.worker.bend = random.uniform(0.15, 0.5);
        crew.side = CV_PI / 2 + random.uniform(-0.7, 0.7);
        crew.phase = random.uniform(0, 6.28);
        crew.hoseSeed = random.bits();
        s.crews.push_back(crew);
    }
    for (int i = random.integer(0, 2); i > 0; --i) {
        Worker worker = makeWorker(random, s.palette);
        worker.at = {random.uniform(-0.8, w + 0.8), h + random.uniform(0.7, 1.6), 0};
        worker.facing = -CV_PI / 2 + random.uniform(-0.8, 0.8);
        if (random.chance(0.5)) {
            Hoe hoe = makeHoe(random, s.palette);
            hoe.blade = worker.at + Vec3(random.uniform(-0.2, 0.2), -0.9, 0.02);
            hoe.grip = worker.at + Vec3(0.1, -0.15, 1.1);
            worker.rightHand = hoe.grip;
            worker.leftHand = hoe.grip + (hoe.blade - hoe.grip) * 0.35;
            s.hoes.push_back(hoe);
        }
        s.bystanders.push_back(worker);
    }
    return s;
}

void moveCrew(Crew& crew, const CrewPlan& plan, double t, double dt, bool first) {
    const TipState tip = tipAt(plan, crew.depth, t);
    const double shake = 0.004;  // hands are not a tripod
    const PointM at{tip.at.x + shake * std::sin(t * 5.1 + crew.phase),
                    tip.at.y + shake * std::cos(t * 4.3 + crew.phase)};
    const Vec3 contact(at.x, at.y, std::max(0.0, tip.height));
    placePoker(crew.poker, contact,
               crew.axis + Vec3(0.012 * std::sin(t * 1.7), 0.012 * std::cos(t * 1.3), 0),
               crew.length, std::max(0.0, -tip.height));
    const Vec3 goal = Vec3(at.x + 0.62 * std::cos(crew.side), at.y + 0.62 * std::sin(crew.side), 0);
    const Vec3 before = crew.workerAt;
    crew.workerAt = first ? goal : before + (goal - before) * std::min(1.0, dt * 3.0);
    Worker& w = crew.worker;
    const double speed = first || dt <= 0 ? 0 : cv::norm(crew.workerAt - before) / dt;
    w.at = crew.workerAt;
    w.facing = crew.side + CV_PI;
    w.stride = 0.15 + 0.3 * std::min(1.0, speed) * std::sin(t * 7 + crew.phase);
    const Vec3 hand =
        crew.poker.top + Vec3(0.18 * std::cos(crew.side), 0.18 * std::sin(crew.side), 0.22);
    w.rightHand = hand;
    w.leftHand = hand + Vec3(0.1 * std::cos(crew.side), 0.1 * std::sin(crew.side), 0.2);
    Random hose(crew.hoseSeed);
    const Vec3 behind = w.at + Vec3(0.9 * std::cos(crew.side), 0.9 * std::sin(crew.side), 0.03);
    layHose(crew.poker, hand, w.shoulder(1) + Vec3(0, 0, 0.1), 0.1, hose);
    crew.poker.hoseLine.push_back(behind);
}

struct Seen {
    ObjectClass cls;
    int track;
    Detection detection;
};

std::vector<Seen> paintFrame(cv::Mat& frame, Stage& stage, double t) {
    stage.background.copyTo(frame);
    Canvas canvas(frame, stage.camera, stage.light);
    struct Item {
        double depth;
        ObjectClass cls;
        int id;
        const Poker* poker;
        const Worker* worker;
        const Hoe* hoe;
    };
    std::vector<Item> items;
    const auto depth = [&](const Vec3& p) { return stage.camera.project(p).depth; };
    int id = 1;
    for (const Crew& c : stage.crews) {
        canvas.shadow({c.poker.contact()[0], c.poker.contact()[1], 0},
                      {c.poker.top[0] + 0.3, c.poker.top[1] - 0.1, 0}, c.poker.radius, 0.3);
        canvas.shadow(c.worker.at, c.worker.at + Vec3(0.9, -0.2, 0), 0.2, 0.3);
        items.push_back(
            {depth(c.poker.top), ObjectClass::Vibrator, id++, &c.poker, nullptr, nullptr});
        items.push_back({depth(c.worker.at + Vec3(0, 0, 0.9)), ObjectClass::Person, id++, nullptr,
                         &c.worker, nullptr});
    }
    for (Hoe& h : stage.hoes) {
        h.blade[1] += 0.006 * std::sin(t * 2.2);
        items.push_back({depth(h.blade), ObjectClass::Hoe, id++, nullptr, nullptr, &h});
    }
    for (const Worker& w : stage.bystanders) {
        items.push_back(
            {depth(w.at + Vec3(0, 0, 0.9)), ObjectClass::Person, id++, nullptr, &w, nullptr});
    }
    std::sort(items.begin(), items.end(),
              [](const Item& a, const Item& b) { return a.depth > b.depth; });
    for (const Item& i : items) {
        if (i.poker != nullptr) {
            draw(canvas, *i.poker, i.id);
        } else if (i.worker != nullptr) {
            draw(canvas, *i.worker, i.id);
        } else {
            draw(canvas, *i.hoe, i.id);
        }
    }
    const VisibleParts parts = visibleParts(canvas.ids());
    std::vector<Seen> seen;
    for (const Item& i : items) {
        const Label l = labelOf(stage.camera, canvas, parts, i.cls, i.id, i.poker);
        if (l.object) {
            seen.push_back({i.cls, i.id, *l.object});
        }
    }
    return seen;
}

// A vibrated place is wetter and darker from then on.
void leaveTrace(Stage& stage, const PointM& at) {
    const auto p = stage.camera.project({at.x, at.y, 0});
    const double r = 0.16 * stage.camera.pxPerMetre({at.x, at.y, 0});
    cv::Mat mask(stage.background.size(), CV_8U, cv::Scalar(0));
    cv::ellipse(mask, cv::Point2d(p.px),
                cv::Size(cvRound(r), std::max(1, cvRound(r * std::sin(stage.camera.pitch)))), 0, 0,
                360, cv::Scalar(255), cv::FILLED, cv::LINE_AA);
    cv::Mat darker = stage.background * 0.93;
    darker.copyTo(stage.background, mask);
}

// Small rotation and shift of a held camera, about the picture's centre; 2x3, unshaken px to this
// frame.
cv::Matx23d shakeAt(double t, double phase, const Camera& camera) {
    const double unit = camera.width / 1280;
    const double dx = unit * (7 * std::sin(t * 1.9 + phase) + 4 * std::sin(t * 4.7 + 2 * phase));
    const double dy = unit * (6 * std::cos(t * 1.5 + phase) + 3 * std::sin(t * 5.3));
    const double a = 0.006 * std::sin(t * 1.2 + phase);
    const double cx = camera.width / 2, cy = camera.height / 2, c = std::cos(a), s = std::sin(a);
    return {c, -s, cx - c * cx + s * cy + dx, s, c, cy - s * cx - c * cy + dy};
}

cv::Point2d mapped(const cv::Matx23d& m, double x, double y) {
    return {m(0, 0) * x + m(0, 1) * y + m(0, 2), m(1, 0) * x + m(1, 1) * y + m(1, 2)};
}

void moveLabel(Detection& d, const cv::Matx23d& m) {
    const std::array<cv::Point2d, 4> corners{
        mapped(m, d.box.x, d.box.y), mapped(m, d.box.x + d.box.w, d.box.y),
        mapped(m, d.box.x, d.box.y + d.box.h), mapped(m, d.box.x + d.box.w, d.box.y + d.box.h)};
    const cv::Point2d centre = (corners[0] + corners[3]) * 0.5;  // the angle is under half a degree
    d.box.x = centre.x - d.box.w / 2;
    d.box.y = centre.y - d.box.h / 2;
    if (d.poker) {
        const auto low = mapped(m, d.poker->low.x, d.poker->low.y),
                   top = mapped(m, d.poker->top.x, d.poker->top.y);
        d.poker->low = {low.x, low.y};
        d.poker->top = {top.x, top.y};
    }
}

Json objectJson(const Seen& s) {
    const Detection& d = s.detection;
    const auto r = [](double v) { return std::round(v * 100) / 100; };
    Json j{{"track", s.track},
           {"class", objectClassName(s.cls)},
           {"box", {r(d.box.x), r(d.box.y), r(d.box.w), r(d.box.h)}}};
    if (d.poker) {
        j["low"] = {r(d.poker->low.x), r(d.poker->low.y)};
        j["top"] = {r(d.poker->top.x), r(d.poker->top.y)};
        j["immersed"] = d.poker->immersedScore > 0.5F;
    }
    return j;
}

Json insertionsJson(const PourPlan& plan, const Stage& stage, double fps,
                    std::vector<std::vector<int>>& ids) {
    struct Row {
        double start;
        int crew, index;
        Json json;
    };
    std::vector<Row> rows;
    for (size_t c = 0; c < plan.crews.size(); ++c) {
        for (size_t n = 0; n < plan.crews[c].insertions.size(); ++n) {
            const PlannedInsertion& i = plan.crews[c].insertions[n];
            int first = -1, last = -1;
            for (int f = static_cast<int>(i.startS * fps) - 1;
                 f <= static_cast<int>(i.endS() * fps) + 1; ++f) {
                if (tipAt(plan.crews[c], stage.crews[c].depth, f / fps).height < 0) {
                    first = first < 0 ? f : first;
                    last = f;
                }
            }
            if (first < 0) {
                continue;
            }
            const double immersed = (last - first) / fps;
            const auto px = stage.camera.project({i.at.x, i.at.y, 0}).px;
            rows.push_back({first / fps, static_cast<int>(c), static_cast<int>(n),
                            Json{{"track", 1 + 2 * c},
                                 {"start_frame", first},
                                 {"end_frame", last},
                                 {"start_s", first / fps},
                                 {"end_s", last / fps},
                                 {"immersed_s", immersed},
                                 {"stationary_s", i.dragTo ? immersed - kDragS : immersed},
                                 {"contact_px", {px.x, px.y}},
                                 {"contact_m", {i.at.x, i.at.y}}}});
        }
    }
    std::sort(rows.begin(), rows.end(),
              [](const Row& a, const Row& b) { return a.start < b.start; });
    ids.assign(plan.crews.size(), {});
    Json all = Json::array();
    for (size_t k = 0; k < rows.size(); ++k) {
        auto& of = ids[static_cast<size_t>(rows[k].crew)];
        of.resize(std::max(of.size(), static_cast<size_t>(rows[k].index) + 1), 0);
        of[static_cast<size_t>(rows[k].index)] = static_cast<int>(k) + 1;
        Json j{{"id", k + 1}};
        j.update(rows[k].json);
        all.push_back(j);
    }
    return all;
}

Json violationsJson(const PourPlan& plan, const Json& insertions,
                    const std::vector<std::vector<int>>& ids, int frames) {
    Json all = Json::array();
    for (const PlannedViolation& v : plan.violations) {
        Json j{{"rule", v.rule},
               {"start_frame", 0},
               {"end_frame", frames - 1},
               {"insertion", nullptr}};
        if (v.insertion >= 0) {
            const int id = ids[static_cast<size_t>(v.crew)][static_cast<size_t>(v.insertion)];
            const Json& i = insertions[static_cast<size_t>(id) - 1];
            j["start_frame"] = i["start_frame"];
            j["end_frame"] = i["end_frame"];
            j["insertion"] = id;
        }
        all.push_back(j);
    }
    return all;
}

Json calibrationJson(const PourPlan& plan, const Camera& camera) {
    Json image = Json::array(), plane = Json::array(), region = Json::array();
    for (const PointM& p : plan.region) {
        const auto px = camera.project({p.x, p.y, 0}).px;
        image.push_back({px.x, px.y});
        plane.push_back({p.x, p.y});
        region.push_back({p.x, p.y});
    }
    return {{"schema", "cvd-mis/calibration/1"}, {"image_points", image},
            {"plane_points_m", plane},           {"pour_region_m", region},
            {"form_lines_m", Json::array()},     {"radius_of_action_m", plan.radiusM}};
}

Status writeJson(const std::filesystem::path& file, const Json& json) {
    std::ofstream out(file);
    out << json.dump(1) << '\n';
    out.flush();
    if (!out) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core",
                           "The file %1 could not be written. Check the folder's permissions and "
                           "the free space."),
                    {file.string()});
    }
    return {};
}

struct Resolved {
    int width, height;
    double fps;
};

Result<Resolved> resolve(const ScenarioOptions& o) {
    const auto names = scenarioNames();
    if (std::find(names.begin(), names.end(), o.scenario) == names.end()) {
        return fail(ErrorKind::Usage, CVD_TR("core", "There is no scenario %1."), {o.scenario});
    }
    const bool sample = o.scenario == "sample";
    Resolved r{o.width > 0 ? o.width
               : sample    ? 640
                           : 1280,
               o.height > 0 ? o.height
               : sample     ? 360
                            : 720,
               o.fps > 0 ? o.fps
               : sample  ? 15
                         : 25};
    if (r.width < 64 || r.height < 64 || r.width > 7680 || r.height > 4320 || r.fps < 1 ||
        r.fps > 240 || o.seconds < 0 || o.seconds > 7200) {
        return fail(ErrorKind::Usage, CVD_TR("core",
                                             "A pour needs 64 to 7680 pixels a side, 1 to 240 "
                                             "frames a second and at most 7200 seconds."));
    }
    return r;
}

Status render(const PourPlan& plan, Stage& stage, const Resolved& r, Random& random,
              const std::filesystem::path& dir, const std::function<bool()>& cancelled) {
    media::WriterOptions writing;
    writing.crf = 25;
    CVD_TRY_ASSIGN(auto writer,
                   media::VideoWriter::open(dir / "video.mp4", r.width, r.height, r.fps, writing));
    const int frames = std::max(1, static_cast<int>(std::lround(plan.seconds * r.fps)));
    const double phase = random.uniform(0, 6.28);
    Json truthFrames = Json::array();
    cv::Mat frame;
    std::vector<size_t> traced(plan.crews.size(), 0);
    for (int f = 0; f < frames; ++f) {
        if (cancelled && cancelled()) {
            return fail(ErrorKind::Cancelled, CVD_TR("core", "Cancelled."));
        }
        const double t = f / r.fps;
        for (size_t c = 0; c < stage.crews.size(); ++c) {
            moveCrew(stage.crews[c], plan.crews[c], t, 1 / r.fps, f == 0);
            const auto& insertions = plan.crews[c].insertions;
            if (traced[c] < insertions.size() && t > insertions[traced[c]].endS()) {
                leaveTrace(stage, insertions[traced[c]++].at);
            }
        }
        std::vector<Seen> seen = paintFrame(frame, stage, t);
        Json entry{{"frame", f}, {"time_s", t}};
        if (plan.shaking) {
            const cv::Matx23d m = shakeAt(t, phase, stage.camera);
            const cv::Matx23d start = shakeAt(0, phase, stage.camera);
            cv::Mat moved;
            cv::warpAffine(frame, moved, cv::Mat(m), frame.size(), cv::INTER_LINEAR,
                           cv::BORDER_REPLICATE);
            frame = moved;
            for (Seen& s : seen) {
                moveLabel(s.detection, m);
            }
            cv::Mat inverse;
            cv::invertAffineTransform(cv::Mat(start), inverse);
            const cv::Matx33d from(inverse.at<double>(0, 0), inverse.at<double>(0, 1),
                                   inverse.at<double>(0, 2), inverse.at<double>(1, 0),
                                   inverse.at<double>(1, 1), inverse.at<double>(1, 2), 0, 0, 1);
            const cv::Matx23d motion = m * from;
            entry["motion"] = std::vector<double>(motion.val, motion.val + 6);
        }
        if (plan.dusk) {
            frame.convertTo(frame, -1, 0.42, 4);
        }
        cv::add(frame, stage.noise[static_cast<size_t>(random.integer(0, 5))], frame, cv::noArray(),
                CV_8U);
        Json objects = Json::array();
        for (const Seen& s : seen) {
            objects.push_back(objectJson(s));
        }
        entry["objects"] = objects;
        truthFrames.push_back(entry);
        CVD_TRY(writer->write(frame, t));
    }
    CVD_TRY(writer->finish());

    std::vector<std::vector<int>> ids;
    const Json insertions = insertionsJson(plan, stage, r.fps, ids);
    Json truth{{"schema", "cvd-mis/truth/1"},
               {"profile", plan.profile},
               {"width", r.width},
               {"height", r.height},
               {"fps", r.fps},
               {"radius_of_action_m", plan.radiusM},
               {"insertions", insertions},
               {"violations", violationsJson(plan, insertions, ids, frames)},
               {"frames", truthFrames}};
    CVD_TRY(writeJson(dir / "truth.json", truth));
    Json calibration = calibrationJson(plan, stage.camera);
    if (plan.shaking) {  // the points as the first frame shows them
        const cv::Matx23d start = shakeAt(0, phase, stage.camera);
        for (auto& p : calibration["image_points"]) {
            const auto q = mapped(start, p[0].get<double>(), p[1].get<double>());
            p = {q.x, q.y};
        }
    }
    return writeJson(dir / "calibration.json", calibration);
}

}  // namespace

std::vector<std::string> scenarioNames() {
    return {"clean",    "two_crews",   "shaking_dusk", "under_vibration", "over_vibration",
            "dragging", "missed_area", "spacing",      "no_poker",        "sample"};
}

Status simulatePour(const ScenarioOptions& options, const std::filesystem::path& outDir,
                    const std::function<bool()>& cancelled) {
    CVD_TRY_ASSIGN(const Resolved resolved, resolve(options));
    std::error_code error;
    std::filesystem::create_directories(outDir, error);
    if (error || !std::filesystem::is_directory(outDir, error)) {
        return fail(
            ErrorKind::Environment,
            CVD_TR("core", "The folder %1 cannot be made. Check its name and your permissions."),
            {outDir.string()});
    }
    try {
        Random random(options.seed);
        const PourPlan plan = planPour(options.scenario, options.seconds, random);
        Stage stage = setStage(random, plan, resolved.width, resolved.height);
        return render(plan, stage, resolved, random, outDir, cancelled);
    } catch (const std::exception& e) {  // OpenCV and memory
        return fail(ErrorKind::Environment, CVD_TR("core", "Rendering into %1 failed."),
                    {outDir.string()}, e.what());
    }
}

}  // namespace cvd::simulation
