#include "core/simulation/training_sample.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/simulation/actors.h"
#include "core/simulation/labels.h"

namespace cvd::simulation {
namespace {

struct Placed {
    double depth = 0;
    ObjectClass cls = ObjectClass::Person;
    int id = 0;
    size_t index = 0;
};

struct Scene {
    Camera camera;
    Light light;
    Palette palette;
    Style style;
    std::vector<Poker> pokers;
    std::vector<Worker> workers;
    std::vector<Hoe> hoes;
    std::vector<Vec3> distractors;
};

Camera randomCamera(Random& random, int width, int height) {
    Camera c;
    c.width = width;
    c.height = height;
    c.focalPx = width * random.logUniform(0.6, 2.2);
    // Mostly a fixed camera above the pour, sometimes a phone close by or straight above.
    const bool overlooking = random.chance(0.78);
    const double distance = overlooking ? random.logUniform(3.0, 9) : random.logUniform(2.2, 6);
    c.pitch = overlooking ? random.uniform(0.25, 0.95) : random.uniform(0.12, 1.4);
    c.yaw = random.uniform(-0.15, 0.15);
    c.roll = random.normal() * 0.04;
    c.at = {random.uniform(-0.8, 0.8), -distance * std::cos(c.pitch),
            std::max(overlooking ? 1.5 : 0.8, distance * std::sin(c.pitch))};
    return c;
}

// A point of the ground that the picture shows, with a margin.
Vec3 seenGround(Random& random, const Camera& camera, double margin) {
    for (int i = 0; i < 30; ++i) {
        bool hit = false;
        const Vec3 g = camera.ground({random.uniform(margin, 1 - margin) * camera.width,
                                      random.uniform(0.25, 1.05 - margin) * camera.height},
                                     &hit);
        if (hit && cv::norm(g - camera.at) < 16) {
            return g;
        }
    }
    return {random.uniform(-0.5, 0.5), random.uniform(-0.5, 0.5), 0};
}

Vec3 tiltedUp(Random& random, double largest) {
    const double tilt = random.uniform(0, largest), turn = random.uniform(0, 2 * CV_PI);
    return {std::sin(tilt) * std::cos(turn), std::sin(tilt) * std::sin(turn), std::cos(tilt)};
}

void holdPoker(Random& random, Scene& scene, Poker& poker) {
    // The holder stands beside the contact point; sometimes nobody is in view.
    const Vec3 c = poker.contact();
    if (random.chance(0.2)) {
        const Vec3 hand = poker.top + Vec3(random.uniform(-0.5, 0.5), random.uniform(-0.5, 0.5),
                                           random.uniform(0.2, 1.2));
        layHose(
            poker, hand,
            hand + Vec3(random.uniform(-3, 3), random.uniform(-3, 3), random.uniform(-0.3, 1.5)),
            random.uniform(0, 0.6), random);
        return;
    }
    Worker w = makeWorker(random, scene.palette);
    const double turn = random.uniform(0, 2 * CV_PI), away = random.uniform(0.35, 0.95);
    w.at = {c[0] + away * std::cos(turn), c[1] + away * std::sin(turn), 0};
    w.facing = turn + CV_PI + random.uniform(-0.5, 0.5);
    if (random.chance(0.6)) {  // beside or behind the bar as the camera sees it, so that it shows
        const double side = std::atan2(c[1] - scene.camera.at[1], c[0] - scene.camera.at[0]);
        const double aside = side + random.uniform(-1.7, 1.7);
        w.at = {c[0] + away * std::cos(aside), c[1] + away * std::sin(aside), 0};
        w.facing = aside + CV_PI + random.uniform(-0.5, 0.5);
    }
    const double high = std::clamp(poker.top[2] + random.uniform(0.05, 0.5), 0.55, 1.35);
    const Vec3 towards = Vec3(w.at[0] - c[0], w.at[1] - c[1], 0) * random.uniform(0.15, 0.55);
    const Vec3 hand = Vec3(c[0], c[1], high) + towards;
    w.rightHand = hand;
    if (random.chance(0.7)) {
        w.leftHand = hand + Vec3(random.uniform(-0.1, 0.1), random.uniform(-0.1, 0.1),
                                 random.uniform(0.05, 0.3));
    }
    const Vec3 over = random.chance(0.4)
                          ? w.shoulder(random.chance(0.5) ? 1 : -1) + Vec3(0, 0, 0.08)
                          : w.at + Vec3(random.uniform(-1.5, 1.5), random.uniform(-1.5, 1.5), 0.02);
    layHose(poker, hand, over, random.uniform(0, 0.5), random);
    if (random.chance(0.5)) {
        poker.hoseLine.push_back(
            over + Vec3(random.uniform(-2, 2), random.uniform(-2, 2), -over[2] + 0.02));
    }
    scene.workers.push_back(w);
}

void addPoker(Random& random, Scene& scene) {
    Poker p = makePoker(random, scene.palette);
    // As seen on sites: most stand in the concrete, some are moved through the air, some lie.
    const double length = std::clamp(random.logUniform(0.32, 1.1), p.radius * 5, 1.2);
    const Vec3 at = seenGround(random, scene.camera, 0.06);
    const double kind = random.unit();
    if (kind < 0.62) {
        placePoker(p, at, tiltedUp(random, random.chance(0.7) ? 0.35 : 0.9), length,
                   length * random.uniform(0.04, random.chance(0.6) ? 0.6 : 0.85));
        const double under = cv::norm(p.contact() - p.tip) / length;
        if (under > 0.3 && random.chance(0.3)) {
            // The head is gone; what stands out is the stiff lower end of the hose.
            p.headShare = under * random.uniform(0.7, 0.98);
            p.collarShare = 0;
            p.tube = p.hose;
            p.neckRadius = p.hoseRadius = std::max(0.012, p.hoseRadius);
        }
    } else if (kind < 0.94) {  // in the air
        const Vec3 tip = at + Vec3(0, 0, random.uniform(0.01, 0.9));
        Vec3 up = tiltedUp(random, random.chance(0.7) ? 0.6 : 1.5);
        p.tip = tip;
        p.top = tip + up * length;
    } else {  // lying
        const double turn = random.uniform(0, 2 * CV_PI);
        p.tip = at + Vec3(0, 0, p.radius);
        p.top = p.tip + Vec3(std::cos(turn), std::sin(turn), 0) * length;
    }
    holdPoker(random, scene, p);
    scene.pokers.push_back(p);
}

void addHoe(Random& random, Scene& scene) {
    Hoe h = makeHoe(random, scene.palette);
    h.blade = seenGround(random, scene.camera, 0.08) + Vec3(0, 0, 0.02);
    const double turn = random.uniform(0, 2 * CV_PI), length = random.uniform(1.0, 1.7),
                 rise = random.uniform(0.35, 1.2);
    const Vec3 along(std::cos(turn) * std::cos(rise), std::sin(turn) * std::cos(rise),
                     std::sin(rise));
    h.grip = h.blade + along * length;
    if (random.chance(0.85)) {
        Worker w = makeWorker(random, scene.palette);
        w.at = {h.grip[0] + std::cos(turn) * 0.3, h.grip[1] + std::sin(turn) * 0.3, 0};
        w.facing = turn + CV_PI + random.uniform(-0.3, 0.3);
        w.rightHand = h.grip - along * 0.1;
        w.leftHand = h.grip - along * 0.5;
        scene.workers.push_back(w);
    }
    scene.hoes.push_back(h);
}

Scene randomScene(Random& random, int width, int height) {
    Scene s;
    s.camera = randomCamera(random, width, height);
    s.palette.flat = random.chance(0.16);
    s.style.smoothEdges = random.chance(0.85);
    s.style.mostStrips = random.chance(0.6) ? 9 : random.integer(2, 6);
    s.style.roundness = random.chance(0.6) ? 0.8 : random.uniform(0, 1);
    if (random.chance(s.palette.flat ? 0.5 : 0.08)) {
        s.style.outlinePx = width / 640.0 * random.uniform(0.6, 2.2);
        const double v = random.uniform(0, 70);
        s.style.outline = {v, v, v};
    }
    s.palette.saturation = random.uniform(0.3, 1.2);
    s.light.angle = random.uniform(-0.85, 0.85);
    s.light.ambient = random.uniform(0.3, 0.8);
    s.light.strength = random.uniform(0.15, 0.75);
    const int pokers = random.chance(0.2) ? 0 : random.chance(0.65) ? 1 : random.integer(2, 3);
    for (int i = 0; i < pokers; ++i) {
        addPoker(random, s);
    }
    for (int i = random.chance(0.45) ? random.integer(1, 2) : 0; i > 0; --i) {
        addHoe(random, s);
    }
    for (int i = random.chance(0.5) ? random.integer(1, 4) : 0; i > 0; --i) {
        Worker w = makeWorker(random, s.palette);
        w.at = seenGround(random, s.camera, 0.02);
        w.facing = random.uniform(0, 2 * CV_PI);
        for (auto* hand : {&w.leftHand, &w.rightHand}) {  // pointing, carrying, waving
            if (random.chance(0.5)) {
                const double turn = w.facing + random.uniform(-0.9, 0.9);
                *hand = w.shoulder(hand == &w.leftHand ? -1 : 1) +
                        Vec3(std::cos(turn), std::sin(turn), random.uniform(-1.2, 0.5)) *
                            random.uniform(0.2, 0.6);
            }
        }
        if (random.chance(0.15)) {  // sits or kneels
            w.crouch = random.uniform(0.3, 0.55);
        }
        s.workers.push_back(w);
    }
    // Somebody right before the lens hides the scene; that may happen, but not often.
    std::erase_if(s.workers, [&](const Worker& w) {
        return s.camera.project(w.at + Vec3(0, 0, 1)).depth < 2.2 && !random.chance(0.15);
    });
    for (int i = random.integer(0, 6); i > 0; --i) {
        const Vec3 at = seenGround(random, s.camera, 0.0);
        if (s.camera.project(at).depth > 2 || random.chance(0.2)) {
            s.distractors.push_back(at);
        }
    }
    return s;
}

std::vector<Placed> byDepth(const Scene& s) {
    std::vector<Placed> all;
    int id = 1;
    const auto depth = [&](const Vec3& p) { return s.camera.project(p).depth; };
    for (size_t i = 0; i < s.pokers.size(); ++i) {
        all.push_back({depth((s.pokers[i].contact() + s.pokers[i].top) * 0.5),
                       ObjectClass::Vibrator, id++, i});
    }
    for (size_t i = 0; i < s.hoes.size(); ++i) {
        all.push_back({depth((s.hoes[i].blade + s.hoes[i].grip) * 0.5), ObjectClass::Hoe, id++, i});
    }
    for (size_t i = 0; i < s.workers.size(); ++i) {
        all.push_back({depth(s.workers[i].at + Vec3(0, 0, 0.9)), ObjectClass::Person, id++, i});
    }
    std::sort(all.begin(), all.end(),
              [](const Placed& a, const Placed& b) { return a.depth > b.depth; });
    return all;
}

void label(TrainingSample& sample, const Scene& scene, const Canvas& canvas,
           const std::vector<Placed>& placed) {
    const VisibleParts parts = visibleParts(canvas.ids());
    for (const Placed& p : placed) {
        const Poker* poker = p.cls == ObjectClass::Vibrator ? &scene.pokers[p.index] : nullptr;
        const Label l = labelOf(scene.camera, canvas, parts, p.cls, p.id, poker);
        if (l.object) {
            sample.truth.push_back(*l.object);
        } else if (l.ignored) {
            sample.ignore.push_back(*l.ignored);
        }
    }
}

void addTexture(cv::Mat& bgr, Random& random) {
    const cv::Mat field =
        noiseField(random, bgr.size(), random.uniform(6, 40), 2, random.uniform(0.6, 1.1));
    const double amount = random.uniform(0.01, 0.07);
    for (int y = 0; y < bgr.rows; ++y) {
        auto* row = bgr.ptr<cv::Vec3b>(y);
        const auto* f = field.ptr<float>(y);
        for (int x = 0; x < bgr.cols; ++x) {
            const float k = 1 + static_cast<float>(amount) * f[x];
            for (int c = 0; c < 3; ++c) {
                row[x][c] = cv::saturate_cast<uchar>(static_cast<float>(row[x][c]) * k);
            }
        }
    }
}

}  // namespace

void blurMovingPokers(Random& random, TrainingSample& sample, double chance, double reachBars) {
    for (const Detection& d : sample.truth) {
        if (!d.poker || !random.chance(chance)) {
            continue;
        }
        const int reach = std::clamp(cvRound(std::max(d.box.w, d.box.h) * reachBars), 1, 5);
        const int n = random.integer(1, reach) * 2 + 1;
        cv::Mat kernel(n, n, CV_32F, cv::Scalar(0));
        const double turn = random.uniform(0, CV_PI), half = (n - 1) / 2.0;
        const cv::Point2d c(half, half), v(std::cos(turn) * half, std::sin(turn) * half);
        cv::line(kernel, c - v, c + v, cv::Scalar(1));
        const cv::Rect around = cv::Rect(cvFloor(d.box.x) - n, cvFloor(d.box.y) - n,
                                         cvCeil(d.box.w) + 2 * n, cvCeil(d.box.h) + 2 * n) &
                                cv::Rect(0, 0, sample.bgr.cols, sample.bgr.rows);
        cv::Mat part = sample.bgr(around), blurred;
        cv::filter2D(part, blurred, -1, kernel / cv::sum(kernel)[0]);
        blurred.copyTo(part);
    }
}

// A photograph cut, flipped and scaled to the size; its people become truth.
cv::Mat photograph(Random& random, const BackgroundPool& pool, cv::Size size,
                   std::vector<BoxPx>& persons) {
    const auto& picture = pool.at(static_cast<size_t>(random.bits() % pool.size()));
    cv::Mat bgr = cv::imdecode(picture.jpeg, cv::IMREAD_COLOR);
    const double aspect = static_cast<double>(size.width) / size.height;
    double w = std::min<double>(bgr.cols, bgr.rows * aspect), h = w / aspect;
    const double cut = random.uniform(0.6, 1.0);
    w *= cut;
    h *= cut;
    const double x = random.uniform(0, bgr.cols - w), y = random.uniform(0, bgr.rows - h);
    const cv::Rect window(cvFloor(x), cvFloor(y), std::max(8, cvFloor(w)), std::max(8, cvFloor(h)));
    cv::Mat out;
    cv::resize(bgr(window & cv::Rect(0, 0, bgr.cols, bgr.rows)), out, size, 0, 0, cv::INTER_AREA);
    const bool flip = random.chance(0.5);
    if (flip) {
        cv::flip(out, out, 1);
    }
    const double sx = size.width / w, sy = size.height / h;
    for (BoxPx b : picture.persons) {
        double left = std::clamp((b.x - x) * sx, 0.0, static_cast<double>(size.width)),
               right = std::clamp((b.x + b.w - x) * sx, 0.0, static_cast<double>(size.width));
        const double top = std::clamp((b.y - y) * sy, 0.0, static_cast<double>(size.height)),
                     bottom =
                         std::clamp((b.y + b.h - y) * sy, 0.0, static_cast<double>(size.height));
        if (flip) {
            std::swap(left, right);
            left = size.width - left;
            right = size.width - right;
        }
        if ((right - left) * (bottom - top) > 0.3 * b.w * b.h * sx * sy && bottom - top > 6) {
            persons.push_back({left, top, right - left, bottom - top});
        }
    }
    return out;
}

// People of the photograph stay true as far as they can still be seen.
void addPhotographed(TrainingSample& sample, const std::vector<BoxPx>& persons,
                     const cv::Mat& untouched) {
    const cv::Rect frame(0, 0, sample.bgr.cols, sample.bgr.rows);
    for (const BoxPx& b : persons) {
        const cv::Rect box =
            cv::Rect(cvRound(b.x), cvRound(b.y), cvRound(b.w), cvRound(b.h)) & frame;
        int changed = 0;
        for (int y = box.y; y < box.y + box.height; ++y) {
            const auto* now = sample.bgr.ptr<cv::Vec3b>(y);
            const auto* before = untouched.ptr<cv::Vec3b>(y);
            for (int x = box.x; x < box.x + box.width; ++x) {
                const int difference = std::abs(now[x][0] - before[x][0]) +
                                       std::abs(now[x][1] - before[x][1]) +
                                       std::abs(now[x][2] - before[x][2]);
                changed += difference > 30 ? 1 : 0;
            }
        }
        const double hidden = changed / std::max(1.0, static_cast<double>(box.area()));
        if (hidden < 0.35) {
            sample.truth.push_back({ObjectClass::Person, 1, b, std::nullopt});
        } else if (hidden < 0.9) {
            sample.ignore.push_back(b);
        }
    }
}

TrainingSample renderTrainingSample(std::uint64_t seed, int width, int height,
                                    const BackgroundPool* backgrounds) {
    Random random(seed);
    Scene scene = randomScene(random, width, height);
    TrainingSample sample;
    std::vector<BoxPx> persons;
    cv::Mat untouched;  // the photograph before anything was put on it
    const bool photo = backgrounds != nullptr && !backgrounds->empty() && random.chance(0.5);
    if (photo) {
        sample.bgr = photograph(random, *backgrounds, {width, height}, persons);
        untouched = sample.bgr.clone();
        if (random.chance(0.25)) {  // real sites as they are, without anything of ours
            scene.pokers.clear();
            scene.workers.clear();
            scene.hoes.clear();
            scene.distractors.clear();
        }
        if (!scene.pokers.empty() && random.chance(0.5)) {
            bool hit = false;
            const Vec3 c = scene.camera.ground({width / 2.0, height * 0.75}, &hit);
            if (hit) {
                paintConcrete(sample.bgr, scene.camera,
                              {c + Vec3(-2, -1.5, 0), c + Vec3(2, -1.5, 0), c + Vec3(2, 1.2, 0),
                               c + Vec3(-2, 1.2, 0)},
                              random, false);
            }
        }
    } else {
        sample.bgr.create(height, width, CV_8UC3);
        paintSite(sample.bgr, scene.camera, random, scene.palette.flat);
    }
    Canvas canvas(sample.bgr, scene.camera, scene.light, scene.style);
    const std::vector<Placed> placed = byDepth(scene);
    const double shade = random.chance(0.7) ? random.uniform(0.1, 0.6) : 0;
    const Vec3 sun(random.uniform(-1.2, 1.2), random.uniform(-1.2, 1.2), 0);
    for (const Worker& w : scene.workers) {
        canvas.shadow(w.at, w.at + sun * 1.2, 0.2, shade);
    }
    for (const Poker& p : scene.pokers) {
        const Vec3 c = p.contact();
        if (p.immersed() && random.chance(0.6)) {  // concrete around a running poker
            if (random.chance(0.7)) {              // is wet, or bright against the sky
                canvas.groundRing(c, 0, p.radius * random.uniform(2.5, 9),
                                  random.uniform(0.72, 1.25));
            }
            canvas.groundRing(c, p.radius * 1.05, p.radius * random.uniform(1.4, 2.2),
                              random.uniform(0.5, 1.15));
        }
        canvas.shadow({c[0], c[1], 0}, Vec3(c[0], c[1], 0) + sun * std::max(0.1, p.top[2]),
                      p.radius, shade * 0.8);
    }
    size_t next = 0;
    std::vector<std::pair<double, Vec3>> things;
    for (const Vec3& d : scene.distractors) {
        things.emplace_back(scene.camera.project(d).depth, d);
    }
    std::sort(things.begin(), things.end(),
              [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const Placed& p : placed) {
        for (; next < things.size() && things[next].first > p.depth; ++next) {
            drawDistractor(canvas, random, scene.palette, things[next].second);
        }
        switch (p.cls) {
            case ObjectClass::Vibrator:
                draw(canvas, scene.pokers[p.index], p.id);
                break;
            case ObjectClass::Hoe:
                draw(canvas, scene.hoes[p.index], p.id);
                break;
            case ObjectClass::Person:
                draw(canvas, scene.workers[p.index], p.id);
                break;
        }
    }
    for (; next < things.size(); ++next) {
        drawDistractor(canvas, random, scene.palette, things[next].second);
    }
    label(sample, scene, canvas, placed);
    addPhotographed(sample, persons, untouched);
    blurMovingPokers(random, sample, 0.18, 0.12);
    if (!photo && !scene.palette.flat && random.chance(0.6)) {  // cloth, dust, dirt
        addTexture(sample.bgr, random);
    }
    spoil(sample.bgr, random, photo ? 0.6 : 1.0);
    return sample;
}

cv::Mat contactSheet(std::uint64_t firstSeed, int columns, int rows, int width, int height,
                     const BackgroundPool* backgrounds) {
    cv::Mat sheet(rows * height, columns * width, CV_8UC3);
    for (int i = 0; i < columns * rows; ++i) {
        TrainingSample s = renderTrainingSample(firstSeed + static_cast<std::uint64_t>(i), width,
                                                height, backgrounds);
        for (const Detection& d : s.truth) {
            const cv::Scalar colour = d.cls == ObjectClass::Vibrator ? cv::Scalar(0, 159, 230)
                                      : d.cls == ObjectClass::Hoe    ? cv::Scalar(115, 158, 0)
                                                                     : cv::Scalar(233, 180, 86);
            cv::rectangle(s.bgr, cv::Rect2d(d.box.x, d.box.y, d.box.w, d.box.h), colour, 1);
            if (d.poker) {
                cv::circle(
                    s.bgr, cv::Point2d(d.poker->low.x, d.poker->low.y), 3,
                    d.poker->immersedScore > 0.5F ? cv::Scalar(0, 0, 255) : cv::Scalar(0, 255, 255),
                    1);
                cv::circle(s.bgr, cv::Point2d(d.poker->top.x, d.poker->top.y), 3, {0, 255, 0}, 1);
            }
        }
        for (const BoxPx& b : s.ignore) {
            cv::rectangle(s.bgr, cv::Rect2d(b.x, b.y, b.w, b.h), {128, 0, 128}, 1);
        }
        s.bgr.copyTo(sheet(cv::Rect(i % columns * width, i / columns * height, width, height)));
    }
    return sheet;
}

Status writeContactSheet(const std::filesystem::path& file, std::uint64_t firstSeed, int columns,
                         int rows, int width, int height, const BackgroundPool* backgrounds) {
    try {
        if (cv::imwrite(file.string(),
                        contactSheet(firstSeed, columns, rows, width, height, backgrounds))) {
            return {};
        }
    } catch (const cv::Exception& e) {  // an extension it does not know
        return fail(ErrorKind::Environment,
                    CVD_TR("core", "The picture %1 could not be written. End its name in .png."),
                    {file.string()}, e.what());
    }
    return fail(ErrorKind::Environment,
                CVD_TR("core",
                       "The file %1 could not be written. Check the folder's permissions and the "
                       "free space."),
                {file.string()});
}

}  // namespace cvd::simulation
