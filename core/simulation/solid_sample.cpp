#include "core/simulation/solid_sample.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <opencv2/imgproc.hpp>

#include "core/simulation/labels.h"
#include "core/simulation/solid/light.h"
#include "core/simulation/solid/people.h"
#include "core/simulation/solid/places.h"
#include "core/simulation/solid/plan.h"
#include "core/simulation/solid/pokers.h"
#include "core/simulation/solid/scene.h"
#include "core/simulation/solid/site.h"
#include "core/simulation/solid/things.h"

namespace cvd::simulation {
namespace {

constexpr double kOversample = 1.4;

// Nothing may stand right before the lens, and little between it and the pokers.
bool clearOf(Random& random, const Camera& camera, const Plan& p, const Vec3& at) {
    const Camera::Seen seen = camera.project(at + Vec3(0, 0, 0.6));
    const Camera::Seen focus = camera.project(p.focus);
    if (seen.depth < 2 || (seen.depth < 0.5 * focus.depth && !random.chance(0.1))) {
        return false;
    }
    const double aside = std::abs(seen.px.x - focus.px.x) / camera.focalPx * seen.depth;
    return seen.depth > focus.depth - 0.2 || aside > 0.65 || random.chance(0.06);
}

// A place of the ground or pour that the picture shows.
std::optional<Vec3> seenSpot(Random& random, const Camera& camera, const Plan& p) {
    for (int i = 0; i < 25; ++i) {
        const cv::Point2d px(random.uniform(0.02, 0.98) * camera.width,
                             random.uniform(0.1, 1.02) * camera.height);
        bool hit = false;
        const Vec3 g = camera.ground(px, &hit);
        if (hit && cv::norm(g - p.focus) < 14 && clearOf(random, camera, p, g)) {
            return g;
        }
    }
    return std::nullopt;
}

void putThings(Random& random, SolidSite& site, const Plan& p, const Camera& camera) {
    const auto near = [&](double far) -> std::optional<Vec3> {
        for (int i = 0; i < 12; ++i) {
            const double turn = random.uniform(0, 2 * CV_PI), r = far * std::sqrt(random.unit());
            const Vec3 at = p.focus + Vec3(r * std::cos(turn), r * std::sin(turn), -p.focus[2]);
            if (clearOf(random, camera, p, at)) {
                return at;
            }
        }
        return std::nullopt;
    };
    const bool empty = p.pokers.empty(), tidy = !empty && random.chance(0.4);
    for (int i = tidy ? random.integer(0, 2) : random.integer(2, empty ? 7 : 6); i > 0; --i) {
        const auto at =
            random.chance(0.55) ? near(random.uniform(0.3, 2.5)) : seenSpot(random, camera, p);
        if (at) {
            putLookAlike(random, site, *at);
        }
    }
    for (int i = random.chance(0.35) ? random.integer(1, 2) : 0; i > 0; --i) {
        if (const auto at = random.chance(0.5) ? near(2.5) : seenSpot(random, camera, p)) {
            putTool(random, site, *at);
        }
    }
    for (int i = random.chance(0.6) ? random.integer(1, 4) : 0; i > 0; --i) {
        if (const auto at = random.chance(0.4) ? near(2.5) : seenSpot(random, camera, p)) {
            putPasserBy(random, site, *at);
        }
    }
}

// ---- labels -----------------------------------------------------------------------------------

void labelPoker(TrainingSample& sample, const Camera& camera, const SolidPoker& p,
                const cv::Mat& ids, const BoxPx& box) {
    const double unit = camera.width / 640;
    const auto axis = visibleAxis(camera, p.low, p.top, p.immersed(), ids, p.id);
    if (!axis) {
        sample.ignore.push_back(box);
        return;
    }
    // Whether it is in the concrete can be told only where its lower end is seen.
    const double length = std::hypot(camera.project(p.top).px.x - camera.project(p.low).px.x,
                                     camera.project(p.top).px.y - camera.project(p.low).px.y);
    const bool shown = axis->hiddenShare * length < std::max(3 * unit, 0.1 * length);
    PokerPoints points{axis->low, axis->top, 1, 1, -1};
    if (shown) {
        points.immersedScore = p.immersed() ? 1.0F : 0.0F;
    }
    sample.truth.push_back({ObjectClass::Vibrator, 1, box, points});
}

void labelAll(TrainingSample& sample, const SolidScene& scene,
              const std::vector<SolidPoker>& pokers, const cv::Mat& ids) {
    const std::vector<double> full = scene.fullAreas(kSolidIds);
    for (const auto& [id, part] : visibleParts(ids)) {
        const BoxPx box = part.box();
        const double seen = part.pixels / std::max(1.0, full[static_cast<size_t>(id)]);
        const ObjectClass cls = id < kSolidPersonIds ? ObjectClass::Vibrator
                                : id < kSolidHoeIds  ? ObjectClass::Person
                                                     : ObjectClass::Hoe;
        if (!canBeTold(cls, part, seen, sample.bgr.cols)) {
            sample.ignore.push_back(box);
        } else if (cls == ObjectClass::Vibrator) {
            labelPoker(sample, scene.camera(), pokers[static_cast<size_t>(id - 1)], ids, box);
        } else {
            sample.truth.push_back({cls, 1, box, std::nullopt});
        }
    }
}

// A poker that the dark or the glare has swallowed is neither right nor wrong.
void ignoreSwallowed(TrainingSample& sample) {
    constexpr double kLeastContrast = 4.5;  // grey levels
    std::erase_if(sample.truth, [&](const Detection& d) {
        if (!d.poker) {
            return false;
        }
        const double margin = 3 + 0.25 * std::max(d.box.w, d.box.h);
        const cv::Rect about =
            cv::Rect(cvFloor(d.box.x - margin), cvFloor(d.box.y - margin),
                     cvCeil(d.box.w + 2 * margin), cvCeil(d.box.h + 2 * margin)) &
            cv::Rect(0, 0, sample.bgr.cols, sample.bgr.rows);
        cv::Mat part, mean, deviation;
        cv::blur(sample.bgr(about), part, {3, 3});
        cv::meanStdDev(part, mean, deviation);
        double most = 0;
        cv::minMaxLoc(deviation, nullptr, &most);
        if (most < kLeastContrast) {
            sample.ignore.push_back(d.box);
            return true;
        }
        return false;
    });
}

void buildSite(Random& random, SolidSite& site, Plan& p, const Camera& camera) {
    site.x0 = -p.halfX, site.x1 = p.halfX, site.y0 = -p.halfY, site.y1 = p.halfY;
    site.ground = p.ground, site.stand = p.stand, site.shelf = p.shelf, site.wade = p.wade;
    const Surface concrete = concreteSurface(random);
    site.grout = concrete.colour;
    makeHeights(random, site, p);
    putGround(random, site, p, groundSurface(random, p));
    if (p.place != Place::Pit && p.place != Place::Trench && p.place != Place::Indoor &&
        (p.shelf > 0 || random.chance(0.75))) {
        putForms(random, site, p);
    }
    if (p.shelf > 0) {
        putShelf(random, site, p);
    }
    if (p.place == Place::Indoor) {
        putRoom(random, site, p, camera);
    } else {
        putSurroundings(random, site, p, camera);
    }
    workTheSurface(random, site, p);
    int id = 1;
    for (SolidPoker& poker : p.pokers) {
        poker.id = id++;
        putPoker(random, site, poker);
    }
    putThings(random, site, p, camera);
    site.scene->heights(site.concrete, concrete);
}

}  // namespace

TrainingSample renderSolidSample(std::uint64_t seed, int width, int height,
                                 const BackgroundPool* /*backgrounds*/) {
    Random random(seed ^ 0x5011DULL);
    Plan plan;
    planPlace(random, plan);
    planPokers(random, plan);
    const Camera camera = aimCamera(random, plan, width, height);
    SolidScene scene(camera, kOversample);
    SolidSite site;
    site.scene = &scene;
    buildSite(random, site, plan, camera);
    SolidScene::Look look = planLook(random, plan, camera);
    look.dirt = site.grout * static_cast<float>(random.uniform(0.8, 1.3));
    SolidScene::Picture picture = scene.render(look);
    TrainingSample sample;
    sample.bgr = picture.bgr;
    labelAll(sample, scene, plan.pokers, picture.ids);
    blurMovingPokers(random, sample, 0.06, 0.1);
    spoil(sample.bgr, random, 0.8);
    ignoreSwallowed(sample);
    return sample;
}

}  // namespace cvd::simulation
