#include "core/simulation/pour.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>

#include <nlohmann/json.hpp>
#include <opencv2/imgproc.hpp>

#include "core/media/video_writer.h"
#include "core/simulation/actors.h"
#include "core/simulation/labels.h"
#include "core/simulation/plan.h"
#include "core/simulation/site.h"
#include "core/simulation/tip_path.h"

namespace cvd::simulation {
namespace {

using Json = nlohmann::ordered_json;

struct Crew {
    Poker poker;
    Worker worker;
    double length = 0.6;
    Vec3 axis{0, 0, 1};
    double side = 1;         // where the worker stands, radians in plan
    Vec3 workerAt{0, 0, 0};  // smoothed
    Vec3 holeAt{0, 0, 0};    // where it was withdrawn last
    double holeS = -100;     // and when
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
    Style style;
    struct Bystander {
        Worker worker;
        Vec3 home;
        std::optional<Hoe> hoe;
        double reach = 0, pace = 1, phase = 0;  // metres, radians a second
    };
    std::vector<Bystander> bystanders;
};

Camera overlook(Random& random, const PourPlan& plan, int width, int height) {
    const double w = plan.region[1].x, h = plan.region[2].y;
    const Vec3 centre(w / 2, h / 2 + 0.3, 0);
    Camera c;
    c.width = width;
    c.height = height;
    c.focalPx = width * random.uniform(0.8, 1.2);
    c.pitch = random.chance(0.7) ? random.uniform(0.45, 0.8) : random.uniform(0.36, 1.15);
    c.yaw = random.uniform(-0.25, 0.25);
    c.roll = random.uniform(-0.02, 0.02);
    // Far enough that region and workers fit with room.
    const Vec3 forward = c.rotation().t() * Vec3(0, 0, 1);
    const std::vector<Vec3> inView{{0, 0, 0},
                                   {w, 0, 0},
                                   {w, h, 0},
                                   {0, h, 0},
                                   {0, 0, 1},
                                   {w, 0, 1},
                                   {-0.3, h + 0.6, 1.9},
                                   {w + 0.3, h + 0.6, 1.9}};
    const double margin = 0.03 + 0.05 * random.unit();
    for (double distance = 3; distance < 60; distance *= 1.04) {
        c.at = centre + Vec3(0, 0, 0.8) - forward * distance;
        if (std::all_of(inView.begin(), inView.end(), [&](const Vec3& p) {
                const auto seen = c.project(p);
                return seen.depth > 0.5 && seen.px.x > width * margin &&
                       seen.px.x < width * (1 - margin) && seen.px.y > height * margin &&
                       seen.px.y < height * (1 - margin);
            })) {
            break;
        }
    }
    return c;
}

// Without pictures only the random numbers are drawn, so that the rest of the pour is the same.
void paintStage(Stage& s, const PourPlan& plan, Random& random, int width, int height,
                bool pictures) {
    const double w = plan.region[1].x, h = plan.region[2].y;
    const double v = random.uniform(90, 190);
    Random ground = random.fork(1);
    std::vector<Vec3> distractors(static_cast<size_t>(random.integer(1, 4)));
    for (Vec3& at : distractors) {  // beyond the formwork, where they hide nothing
        const double x = random.uniform(-1, w + 1);
        at = {x, h + random.uniform(0.8, 2.5), 0};
    }
    std::array<std::uint64_t, 6> noiseSeeds;
    for (std::uint64_t& seed : noiseSeeds) {
        seed = random.bits();
    }
    if (!pictures) {
        return;
    }
    s.background.create(height, width, CV_8UC3);
    paintSite(s.background, s.camera, ground, s.palette.flat);
    const double margin = 0.03;
    paintConcrete(s.background, s.camera,
                  {{-margin, -margin, 0},
                   {w + margin, -margin, 0},
                   {w + margin, h + margin, 0},
                   {-margin, h + margin, 0}},
                  ground, false);
    Canvas canvas(s.background, s.camera, s.light, s.style);
    Material timber;
    timber.bgr = {v * 0.5, v * 0.75, v};
    canvas.box({w / 2, h + margin, 0}, {w + 2 * margin, 0.05, 0.12}, 0, timber, 0);
    canvas.box({-margin, h / 2, 0}, {0.05, h + 2 * margin, 0.12}, 0, timber, 0);
    canvas.box({w + margin, h / 2, 0}, {0.05, h + 2 * margin, 0.12}, 0, timber, 0);
    for (const Vec3& at : distractors) {
        drawDistractor(canvas, ground, s.palette, at);
    }
    for (const std::uint64_t seed : noiseSeeds) {
        cv::Mat n(height, width, CV_16SC3);
        cv::RNG rng(seed);
        rng.fill(n, cv::RNG::NORMAL, 0, plan.dusk ? 7.0 : 3.0);
        s.noise.push_back(n);
    }
}

Stage setStage(Random& random, const PourPlan& plan, int width, int height, bool pictures) {
    const double w = plan.region[1].x, h = plan.region[2].y;
    Stage s;
    s.camera = overlook(random, plan, width, height);
    s.palette.saturation = random.uniform(0.6, 1.1);
    s.style.mostStrips = random.chance(0.7) ? 9 : random.integer(3, 6);
    s.style.roundness = random.uniform(0.3, 0.9);
    if (random.chance(0.2)) {  // another hand: flat colours, drawn edges, hard pixels
        s.palette.flat = random.chance(0.6);
        s.style.smoothEdges = random.chance(0.6);
        s.style.outlinePx = random.chance(0.5) ? width / 640.0 * random.uniform(0.6, 1.8) : 0;
        const double dark = random.uniform(0, 70);
        s.style.outline = {dark, dark, dark};
    }
    s.light.angle = random.uniform(-0.7, 0.7);
    s.light.ambient = random.uniform(0.45, 0.7);
    s.light.strength = random.uniform(0.3, 0.6);
    paintStage(s, plan, random, width, height, pictures);
    for (size_t c = 0; c < plan.crews.size(); ++c) {
        Crew crew;
        crew.poker = makePoker(random, s.palette);
        crew.poker.radius = random.uniform(0.02, 0.04);
        crew.poker.neckRadius = crew.poker.radius * random.uniform(0.7, 1.0);
        crew.poker.hoseRadius = crew.poker.radius * 0.7;
        crew.length = plan.crews[c].depthM / random.uniform(0.42, 0.6);
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
    // One kind of poker on a site: a calibration knows one length of rod.
    double longest = 0;
    for (const Crew& crew : s.crews) {
        longest = std::max(longest, crew.length);
    }
    for (Crew& crew : s.crews) {
        crew.length = longest;
    }
    for (int i = random.integer(0, 3); i > 0; --i) {
        Stage::Bystander b;
        b.worker = makeWorker(random, s.palette);
        b.home = {random.uniform(-0.8, w + 0.8), h + random.uniform(1.3, 2.4), 0};
        b.worker.facing = -CV_PI / 2 + random.uniform(-0.8, 0.8);
        b.reach = random.uniform(0, 0.7);
        b.pace = random.uniform(0.3, 0.8);
        b.phase = random.uniform(0, 6.28);
        if (random.chance(0.5)) {
            b.hoe = makeHoe(random, s.palette);
            b.reach *= 0.3;
        }
        s.bystanders.push_back(b);
    }
    return s;
}

void moveCrew(Crew& crew, const CrewPlan& plan, double t, double dt, bool first) {
    const TipState tip = tipAt(plan, t);
    const double shake = 0.004;  // hands are not a tripod
    const PointM at{tip.at.x + shake * std::sin(t * 5.1 + crew.phase),
                    tip.at.y + shake * std::cos(t * 4.3 + crew.phase)};
    const Vec3 contact(at.x, at.y, std::max(0.0, tip.height));
    const Direction lean = leanAt(plan, {crew.axis[0], crew.axis[1], crew.axis[2]}, t);
    placePoker(crew.poker, contact,
               Vec3(lean.x, lean.y, lean.z) +
                   Vec3(0.012 * std::sin(t * 1.7), 0.012 * std::cos(t * 1.3), 0),
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

// Walks to and fro beyond the forms, or pulls a hoe.
void moveBystander(Stage::Bystander& b, double t) {
    const double swing = b.pace * t + b.phase;
    Worker& w = b.worker;
    w.at = b.home + Vec3(b.reach * std::sin(swing), 0, 0);
    const double speed = std::abs(b.reach * b.pace * std::cos(swing));
    w.stride = 0.12 + 0.5 * std::min(1.0, speed * 3) * std::sin(t * 5 + b.phase);
    if (b.hoe) {
        const double pull = 0.2 * std::sin(t * 1.9 + b.phase);
        b.hoe->blade = w.at + Vec3(0.15, -0.95 + pull, 0.02);
        b.hoe->grip = w.at + Vec3(0.1, -0.1 + pull * 0.5, 1.1);
        w.rightHand = b.hoe->grip;
        w.leftHand = b.hoe->grip + (b.hoe->blade - b.hoe->grip) * 0.35;
    }
}

struct Seen {
    ObjectClass cls;
    int track;
    Detection detection;
};

std::vector<Seen> paintFrame(cv::Mat& frame, Stage& stage, double t) {
    stage.background.copyTo(frame);
    Canvas canvas(frame, stage.camera, stage.light, stage.style);
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
        if (c.poker.immersed()) {  // the concrete about a running poker is wet and moves
            const double k = 1 + 0.15 * std::sin(t * 23);
            canvas.groundRing(c.poker.contact(), 0, c.poker.radius * 5 * k, 0.88);
            canvas.groundRing(c.poker.contact(), c.poker.radius, c.poker.radius * 1.9, 0.75);
        }
        if (t - c.holeS < 2.5) {  // the hole closes
            const double open = 1 - (t - c.holeS) / 2.5;
            canvas.groundRing(c.holeAt, 0, c.poker.radius * (0.6 + open), 1 - 0.55 * open);
        }
        canvas.shadow({c.poker.contact()[0], c.poker.contact()[1], 0},
                      {c.poker.top[0] + 0.3, c.poker.top[1] - 0.1, 0}, c.poker.radius, 0.3);
        canvas.shadow(c.worker.at, c.worker.at + Vec3(0.9, -0.2, 0), 0.2, 0.3);
        items.push_back(
            {depth(c.poker.top), ObjectClass::Vibrator, id++, &c.poker, nullptr, nullptr});
        items.push_back({depth(c.worker.at + Vec3(0, 0, 0.9)), ObjectClass::Person, id++, nullptr,
                         &c.worker, nullptr});
    }
    for (Stage::Bystander& b : stage.bystanders) {
        moveBystander(b, t);
        canvas.shadow(b.worker.at, b.worker.at + Vec3(0.9, -0.2, 0), 0.2, 0.3);
        items.push_back({depth(b.worker.at + Vec3(0, 0, 0.9)), ObjectClass::Person, id++, nullptr,
                         &b.worker, nullptr});
        if (b.hoe) {
            items.push_back(
                {depth(b.hoe->blade), ObjectClass::Hoe, id++, nullptr, nullptr, &*b.hoe});
        }
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

// What lies in the picture without painting it: nothing hides anything, so boxes are those of the
// whole bodies and a bar's ends are always seen.
std::vector<Seen> bareTruth(Stage& stage, double t) {
    std::vector<Seen> seen;
    const auto boxOf = [&](const std::vector<Vec3>& points, double radius) {
        double x0 = 1e9, y0 = 1e9, x1 = -1e9, y1 = -1e9;
        for (const Vec3& p : points) {
            const auto q = stage.camera.project(p).px;
            const double around = radius * stage.camera.pxPerMetre(p);
            x0 = std::min(x0, q.x - around), x1 = std::max(x1, q.x + around);
            y0 = std::min(y0, q.y - around), y1 = std::max(y1, q.y + around);
        }
        x0 = std::max(x0, -0.5), y0 = std::max(y0, -0.5);
        x1 = std::min(x1, stage.camera.width - 0.5), y1 = std::min(y1, stage.camera.height - 0.5);
        return BoxPx{x0, y0, x1 - x0, y1 - y0};
    };
    const auto add = [&](ObjectClass cls, int id, const BoxPx& box,
                         std::optional<PokerPoints> poker) {
        if (box.w >= 2 && box.h >= 2) {
            seen.push_back({cls, id, Detection{cls, 1, box, poker}});
        }
    };
    const auto addWorker = [&](const Worker& w, int id) {
        add(ObjectClass::Person, id, boxOf({w.at, w.at + Vec3(0, 0, w.height - 0.25)}, 0.25), {});
    };
    int id = 1;
    for (const Crew& c : stage.crews) {
        const auto low = stage.camera.project(c.poker.contact()).px,
                   top = stage.camera.project(c.poker.top).px;
        PokerPoints points{{low.x, low.y}, {top.x, top.y}, 1, 1, c.poker.immersed() ? 1.0F : 0.0F};
        add(ObjectClass::Vibrator, id++, boxOf({c.poker.contact(), c.poker.top}, c.poker.radius),
            points);
        addWorker(c.worker, id++);
    }
    for (Stage::Bystander& b : stage.bystanders) {
        moveBystander(b, t);
        addWorker(b.worker, id++);
        if (b.hoe) {
            add(ObjectClass::Hoe, id++, boxOf({b.hoe->blade, b.hoe->grip}, 0.05), {});
        }
    }
    return seen;
}

// A vibrated place is wetter and smoother from then on.
void leaveTrace(Stage& stage, const Vec3& at) {
    Canvas canvas(stage.background, stage.camera, stage.light);
    canvas.groundRing(at, 0, 0.22, 0.9);
    canvas.groundRing(at, 0.1, 0.2, 1.05);
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

// False when it left the picture.
bool moveLabel(Detection& d, const cv::Matx23d& m, cv::Size size) {
    const std::array<cv::Point2d, 4> corners{
        mapped(m, d.box.x, d.box.y), mapped(m, d.box.x + d.box.w, d.box.y),
        mapped(m, d.box.x, d.box.y + d.box.h), mapped(m, d.box.x + d.box.w, d.box.y + d.box.h)};
    const cv::Point2d centre = (corners[0] + corners[3]) * 0.5;  // the angle is under half a degree
    d.box.x = centre.x - d.box.w / 2;
    d.box.y = centre.y - d.box.h / 2;
    const double right = std::min(d.box.x + d.box.w, size.width - 0.5),
                 bottom = std::min(d.box.y + d.box.h, size.height - 0.5);
    d.box.x = std::max(d.box.x, -0.5);
    d.box.y = std::max(d.box.y, -0.5);
    d.box.w = right - d.box.x;
    d.box.h = bottom - d.box.y;
    if (d.poker) {
        for (PointPx* p : {&d.poker->low, &d.poker->top}) {
            const auto q = mapped(m, p->x, p->y);
            *p = {std::clamp(q.x, 0.0, size.width - 1.0), std::clamp(q.y, 0.0, size.height - 1.0)};
        }
    }
    return d.box.w >= 2 && d.box.h >= 2;
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

double median(std::vector<double> v) {
    std::nth_element(v.begin(), v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2), v.end());
    return v[v.size() / 2];
}

// `toFrame` maps unshaken pixels into those of a frame.
Json insertionsJson(const PourPlan& plan, const Stage& stage, double fps, int frames,
                    const std::function<cv::Point2d(cv::Point2d, int)>& toFrame,
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
            std::vector<double> xs, ys;
            for (int f = static_cast<int>(i.startS * fps) - 1;
                 f <= static_cast<int>(i.endS() * fps) + 1; ++f) {
                const TipState tip = tipAt(plan.crews[c], f / fps);
                if (f >= 0 && f < frames && tip.height < 0 &&
                    tip.insertion == static_cast<int>(n)) {
                    first = first < 0 ? f : first;
                    last = f;
                    xs.push_back(tip.at.x);
                    ys.push_back(tip.at.y);
                }
            }
            if (first < 0) {
                continue;
            }
            const double immersed = (last - first) / fps;
            const double x = median(xs), y = median(ys);
            const auto px = toFrame(stage.camera.project({x, y, 0}).px, first);
            rows.push_back({first / fps, static_cast<int>(c), static_cast<int>(n),
                            Json{{"track", 1 + 2 * c},
                                 {"start_frame", first},
                                 {"end_frame", last},
                                 {"start_s", first / fps},
                                 {"end_s", last / fps},
                                 {"immersed_s", immersed},
                                 {"stationary_s", i.dragTo ? immersed - i.dragS : immersed},
                                 {"withdrawal_mm_s", 1000 * plan.crews[c].withdrawalSpeed(i)},
                                 {"dragged", i.dragTo.has_value()},
                                 {"contact_px", {px.x, px.y}},
                                 {"contact_m", {x, y}}}});
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
                    const std::vector<std::vector<int>>& ids, int frames, double fps) {
    Json all = Json::array();
    for (const PlannedViolation& v : plan.violations) {
        Json j{{"rule", v.rule},
               {"start_frame", 0},
               {"end_frame", frames - 1},
               {"insertion", nullptr},
               {"verdict", v.cannotJudge ? "cannot_judge" : "violation"}};
        if (v.insertion >= 0) {
            const int id = ids[static_cast<size_t>(v.crew)][static_cast<size_t>(v.insertion)];
            const Json& i = insertions[static_cast<size_t>(id) - 1];
            j["start_frame"] = i["start_frame"];
            j["end_frame"] = i["end_frame"];
            j["insertion"] = id;
            // The evidence of a drag is the drag alone.
            if (v.rule == "dragging" || v.rule == "moving_concrete") {
                const PlannedInsertion& p = plan.crews[static_cast<size_t>(v.crew)]
                                                .insertions[static_cast<size_t>(v.insertion)];
                j["start_frame"] = static_cast<int>(std::floor(p.dragFromS() * fps));
                j["end_frame"] = static_cast<int>(std::ceil((p.dragFromS() + p.dragS) * fps));
            }
        } else if (v.startS && v.endS) {
            j["start_frame"] = static_cast<int>(std::floor(*v.startS * fps));
            j["end_frame"] = std::min(frames - 1, static_cast<int>(std::ceil(*v.endS * fps)));
        }
        j["start_s"] = j["start_frame"].get<double>() / fps;
        j["end_s"] = j["end_frame"].get<double>() / fps;
        all.push_back(j);
    }
    return all;
}

Json calibrationJson(const PourPlan& plan, const Stage& stage) {
    const Camera& camera = stage.camera;
    Json image = Json::array(), plane = Json::array(), region = Json::array();
    for (const PointM& p : plan.region) {
        const auto px = camera.project({p.x, p.y, 0}).px;
        image.push_back({px.x, px.y});
        plane.push_back({p.x, p.y});
        region.push_back({p.x, p.y});
    }
    // Formwork stands along the left, the far and the right side.
    const Json forms{{region[0], region[3]}, {region[3], region[2]}, {region[2], region[1]}};
    const double rod = stage.crews.empty() ? 0.5 : stage.crews[0].length;
    Json out{{"schema", "cvd-mis/calibration/1"},
             {"image_points", image},
             {"plane_points_m", plane},
             {"pour_region_m", region},
             {"form_lines_m", forms},
             {"radius_of_action_m", plan.radiusM},
             {"rod_length_m", rod}};
    if (plan.layerHeightM) {
        out["layer_height_m"] = *plan.layerHeightM;
    }
    if (plan.concreteAgeS) {
        out["concrete_age_s"] = *plan.concreteAgeS;
    }
    return out;
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
    const ScenarioTraits* traits = findScenario(o.scenario);
    if (traits == nullptr) {
        return fail(ErrorKind::Usage, CVD_TR("core", "There is no scenario %1."), {o.scenario});
    }
    Resolved r{o.width > 0     ? o.width
               : traits->small ? 640
                               : 1280,
               o.height > 0    ? o.height
               : traits->small ? 360
                               : 720,
               o.fps > 0 ? o.fps : traits->fps};
    if (r.width < 64 || r.height < 64 || r.width > 7680 || r.height > 4320 || r.fps < 1 ||
        r.fps > 240 || o.seconds < 0 || o.seconds > 7200) {
        return fail(ErrorKind::Usage, CVD_TR("core",
                                             "A pour needs 64 to 7680 pixels a side, 1 to 240 "
                                             "frames a second and at most 7200 seconds."));
    }
    return r;
}

Status render(const PourPlan& plan, Stage& stage, const Resolved& r, Random& random,
              const std::filesystem::path& dir, bool pictures,
              const std::function<bool()>& cancelled) {
    media::WriterOptions writing;
    writing.crf = 25;
    std::unique_ptr<media::VideoWriter> writer;
    if (pictures) {
        CVD_TRY_ASSIGN(
            writer, media::VideoWriter::open(dir / "video.mp4", r.width, r.height, r.fps, writing));
    }
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
                const PlannedInsertion& done = insertions[traced[c]++];
                const PointM out = done.dragTo.value_or(done.at);
                stage.crews[c].holeAt = {out.x, out.y, 0};
                stage.crews[c].holeS = t;
                if (pictures) {
                    leaveTrace(stage, stage.crews[c].holeAt);
                }
            }
        }
        std::vector<Seen> seen = pictures ? paintFrame(frame, stage, t) : bareTruth(stage, t);
        Json entry{{"frame", f}, {"time_s", t}};
        if (plan.shaking) {
            const cv::Matx23d m = shakeAt(t, phase, stage.camera);
            const cv::Matx23d start = shakeAt(0, phase, stage.camera);
            if (pictures) {
                cv::Mat moved;
                cv::warpAffine(frame, moved, cv::Mat(m), frame.size(), cv::INTER_LINEAR,
                               cv::BORDER_REPLICATE);
                frame = moved;
            }
            std::erase_if(seen, [&](Seen& s) {
                return !moveLabel(s.detection, m, {r.width, r.height});
            });
            cv::Mat inverse;
            cv::invertAffineTransform(cv::Mat(start), inverse);
            const cv::Matx33d from(inverse.at<double>(0, 0), inverse.at<double>(0, 1),
                                   inverse.at<double>(0, 2), inverse.at<double>(1, 0),
                                   inverse.at<double>(1, 1), inverse.at<double>(1, 2), 0, 0, 1);
            const cv::Matx23d motion = m * from;
            entry["motion"] = std::vector<double>(motion.val, motion.val + 6);
        }
        if (pictures) {
            if (plan.dusk) {
                frame.convertTo(frame, -1, 0.42, 4);
            }
            cv::add(frame, stage.noise[static_cast<size_t>(random.integer(0, 5))], frame,
                    cv::noArray(), CV_8U);
        }
        Json objects = Json::array();
        for (const Seen& s : seen) {
            objects.push_back(objectJson(s));
        }
        entry["objects"] = objects;
        truthFrames.push_back(entry);
        if (writer) {
            CVD_TRY(writer->write(frame, t));
        }
    }
    if (writer) {
        CVD_TRY(writer->finish());
    }

    std::vector<std::vector<int>> ids;
    const auto toFrame = [&](cv::Point2d p, int f) {
        return plan.shaking ? mapped(shakeAt(f / r.fps, phase, stage.camera), p.x, p.y) : p;
    };
    const Json insertions = insertionsJson(plan, stage, r.fps, frames, toFrame, ids);
    Json truth{{"schema", "cvd-mis/truth/1"},
               {"profile", plan.profile},
               {"width", r.width},
               {"height", r.height},
               {"fps", r.fps},
               {"radius_of_action_m", plan.radiusM},
               {"insertions", insertions},
               {"violations", violationsJson(plan, insertions, ids, frames, r.fps)},
               {"frames", truthFrames}};
    CVD_TRY(writeJson(dir / "truth.json", truth));
    Json calibration = calibrationJson(plan, stage);
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
    std::vector<std::string> names;
    for (const ScenarioTraits& traits : scenarios()) {
        names.emplace_back(traits.name);
    }
    return names;
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
        Stage stage = setStage(random, plan, resolved.width, resolved.height, options.pictures);
        return render(plan, stage, resolved, random, outDir, options.pictures, cancelled);
    } catch (const std::exception& e) {  // OpenCV and memory
        return fail(ErrorKind::Environment, CVD_TR("core", "Rendering into %1 failed."),
                    {outDir.string()}, e.what());
    }
}

}  // namespace cvd::simulation
