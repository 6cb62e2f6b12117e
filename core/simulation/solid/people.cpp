#include "core/simulation/solid/people.h"

#include <algorithm>
#include <cmath>

#include "core/simulation/actors.h"
#include "core/simulation/solid/geometry.h"
#include "core/simulation/solid/materials.h"

namespace cvd::simulation {
namespace {

struct Outfit {
    Surface trousers, jacket, vest, stripe, skin, glove, helmet, boots, hair;
    bool hasVest = false, hasHelmet = true, bareArms = false, brim = true;
};

Outfit makeOutfit(Random& random) {
    Outfit o;
    const auto cloth = [&](const cv::Scalar& c) {
        Surface s = plainSurface(random, c, 0);
        s.cell = 0.3F;
        s.amount = 0.3F;
        s.bump = static_cast<float>(random.uniform(0.1, 0.35));
        s.dirt = static_cast<float>(random.chance(0.3) ? random.uniform(0, 0.3) : 0);
        return s;
    };
    const auto any = [&] {
        return random.chance(0.5)   ? greyOf(random, 12, 110, 22)
               : random.chance(0.4) ? saturated(random)
                                    : anyColour(random, 0.7);
    };
    o.trousers = cloth(any());
    o.jacket = random.chance(0.2) ? o.trousers : cloth(any());
    o.hasVest = random.chance(0.55);
    o.vest = cloth(random.chance(0.45)   ? cv::Scalar(30, 250, 205)
                   : random.chance(0.75) ? cv::Scalar(15, 110, 250)
                                         : saturated(random));
    o.stripe = plainSurface(random, greyOf(random, 170, 250, 8), 0.2);
    const double v = random.uniform(60, 225);
    o.skin = plainSurface(random, {v * 0.58, v * 0.7, v}, 0.05);
    o.bareArms = random.chance(0.3);
    o.glove = random.chance(0.4) ? o.skin : plainSurface(random, any(), 0.05);
    o.hasHelmet = random.chance(0.82);
    o.helmet = plainSurface(random, random.chance(0.85) ? saturated(random) : any(),
                            random.uniform(0.1, 0.7));
    o.brim = random.chance(0.75);
    o.hair = plainSurface(random, greyOf(random, 10, 70, 8), 0.1);
    o.boots =
        plainSurface(random, random.chance(0.6) ? greyOf(random, 10, 60, 8) : saturated(random),
                     random.uniform(0.05, 0.4));
    o.boots.dirt = static_cast<float>(random.uniform(0, 0.7));
    return o;
}

void putLeg(SolidScene& scene, const SolidFigure& f, const Outfit& o, int side, int id) {
    const double h = f.height, g = f.girth;
    const Vec3 hip = f.hip() + f.leftward() * (side * 0.055 * h);
    const double step = side * f.stride / 2;
    Vec3 ankle = f.at + f.leftward() * (side * (0.06 + 0.1 * f.crouch) * h) + f.forward() * step +
                 kUp * (0.045 * h);
    Vec3 pole = f.forward() + f.leftward() * (side * 0.25);
    if (f.kneels) {
        ankle = f.at - f.forward() * ((side > 0 ? 0.02 : 0.24) * h) + kUp * (0.04 * h) +
                f.leftward() * (side * 0.07 * h);
        pole = side > 0 ? f.forward() + kUp : f.forward() - kUp * 0.9;
    }
    const Vec3 knee = joint(hip, ankle, 0.245 * h, 0.245 * h, pole);
    scene.rod(hip, knee, 0.05 * h * g, 0.036 * h * g, o.trousers, id,
              {0.6, 0.8, 1, {0, 0, 0}, true});
    const Vec3 bootTop = knee + (ankle - knee) * 0.35;
    scene.rod(knee, bootTop, 0.036 * h * g, 0.034 * h * g, o.trousers, id,
              {0.8, 0, 1, {0, 0, 0}, true});
    scene.rod(bootTop, ankle, 0.036 * h, 0.027 * h, o.boots, id, {0, 0.5, 1, {0, 0, 0}, true});
    scene.ball(ankle + f.forward() * (0.035 * h) - kUp * (0.02 * h),
               {0.078 * h, 0.028 * h, 0.028 * h}, f.facing, o.boots, id);
}

void putArm(Random& random, SolidScene& scene, const SolidFigure& f, const Outfit& o, int side,
            int id) {
    const double h = f.height, g = f.girth;
    const Vec3 shoulder = f.shoulder(side);
    const auto& wanted = side > 0 ? f.left : f.right;
    Vec3 hand = wanted ? *wanted
                       : shoulder - kUp * (0.29 * h) +
                             f.forward() * (random.uniform(-0.06, 0.16) * h) +
                             f.leftward() * (side * random.uniform(0.0, 0.06) * h);
    const Vec3 elbow = joint(shoulder, hand, 0.17 * h, 0.165 * h,
                             f.leftward() * (side * 0.8) - f.forward() * 0.6 - kUp * 0.7);
    scene.rod(shoulder, elbow, 0.033 * h * g, 0.026 * h * g, o.jacket, id,
              {0.9, 0.8, 1, {0, 0, 0}, true});
    scene.rod(elbow, hand, 0.025 * h * g, 0.019 * h * g, o.bareArms ? o.skin : o.jacket, id,
              {0.8, 0.3, 1, {0, 0, 0}, true});
    const Vec3 on = unit(hand - elbow);
    scene.rod(hand - on * 0.03, hand + on * 0.045, 0.026 * h, 0.022 * h, o.glove, id,
              {0.8, 0.9, 0.8, f.leftward(), true});
}

void putTrunk(SolidScene& scene, const SolidFigure& f, const Outfit& o, int id) {
    const double h = f.height, g = f.girth;
    const Vec3 hip = f.hip(), up = f.trunk(), wide = f.leftward();
    const auto slice = [&](double from, double to, double ra, double rb, const Surface& s,
                           double domeA, double domeB) {
        scene.rod(hip + up * (from * h), hip + up * (to * h), ra * h * g, rb * h * g, s, id,
                  {domeA, domeB, 0.66, wide, true});
    };
    slice(-0.03, 0.05, 0.092, 0.088, o.trousers, 0.5, 0);
    slice(0.05, 0.27, 0.089, 0.112, o.jacket, 0, 0.45);
    if (o.hasVest) {
        slice(0.04, 0.255, 0.096, 0.117, o.vest, 0, 0.35);
        slice(0.075, 0.102, 0.1, 0.103, o.stripe, 0, 0);
        slice(0.145, 0.172, 0.107, 0.111, o.stripe, 0, 0);
    }
    scene.rod(hip + up * (0.28 * h), hip + up * (0.34 * h), 0.036 * h, 0.032 * h, o.skin, id);
}

void putHead(SolidScene& scene, const SolidFigure& f, const Outfit& o, int id) {
    const double h = f.height;
    const Vec3 up = unit(f.trunk() + kUp * 0.8 + f.forward() * 0.15);
    const Vec3 head = f.neck() + up * (0.085 * h);
    scene.ball(head, {0.058 * h, 0.046 * h, 0.066 * h}, f.facing, o.skin, id);
    if (o.hasHelmet) {
        scene.ball(head + up * (0.022 * h), {0.074 * h, 0.062 * h, 0.062 * h}, f.facing, o.helmet,
                   id, 0);
        if (o.brim) {
            scene.ball(head + up * (0.022 * h) + f.forward() * (0.03 * h),
                       {0.075 * h, 0.055 * h, 0.006 * h}, f.facing, o.helmet, id);
        }
    } else {
        scene.ball(head + up * (0.012 * h) - f.forward() * (0.008 * h),
                   {0.06 * h, 0.05 * h, 0.062 * h}, f.facing, o.hair, id, -0.1);
    }
}

}  // namespace

Vec3 SolidFigure::hip() const {
    const double high = kneels ? 0.31 : 0.5 * (1 - crouch);
    return at + kUp * (high * height) - forward() * (0.1 * height * std::sin(bend));
}

Vec3 SolidFigure::trunk() const {
    return unit(forward() * std::sin(bend) + kUp * std::cos(bend) + leftward() * turn);
}

Vec3 SolidFigure::neck() const {
    return hip() + trunk() * (0.315 * height);
}

Vec3 SolidFigure::shoulder(int side) const {
    return neck() - trunk() * (0.03 * height) + leftward() * (side * 0.112 * height);
}

void SolidFigure::stoopFor(const Vec3& hand, int side) {
    for (int i = 0; i < 22 && cv::norm(shoulder(side) - hand) > 0.325 * height; ++i) {
        if (bend < 1.15) {
            bend += 0.07;
        } else {
            crouch = std::min(0.5, crouch + 0.05);
        }
    }
}

SolidFigure makeSolidFigure(Random& random, const Vec3& at, double facing) {
    SolidFigure f;
    f.at = at;
    f.facing = facing;
    f.height = random.uniform(1.58, 1.92);
    f.girth = random.uniform(0.85, 1.25);
    f.bend = random.uniform(0, 0.3);
    f.stride = random.chance(0.4) ? random.uniform(0.3, 0.75) : random.uniform(-0.15, 0.25);
    f.turn = random.uniform(-0.12, 0.12);
    f.crouch = random.chance(0.2) ? random.uniform(0.05, 0.25) : 0.02;
    f.kneels = random.chance(0.05);
    return f;
}

SolidFigure personAt(Random& random, SolidSite& site, const Vec3& hand,
                     const std::optional<Vec3>& other, double from) {
    const double away = random.uniform(0.28, 0.58);
    const Vec3 foot =
        site.footing(random, hand[0] + away * std::cos(from), hand[1] + away * std::sin(from));
    SolidFigure f = makeSolidFigure(
        random, foot,
        std::atan2(hand[1] - foot[1], hand[0] - foot[0]) + random.uniform(-0.45, 0.45));
    f.bend = random.uniform(0.0, 0.4);
    const int side = random.chance(0.5) ? 1 : -1;
    (side > 0 ? f.left : f.right) = hand;
    if (other) {
        (side > 0 ? f.right : f.left) = *other;
    }
    f.stoopFor(hand, side);
    return f;
}

void putFigure(Random& random, SolidSite& site, const SolidFigure& figure) {
    const int id = site.persons < kSolidHoeIds ? site.persons++ : 0;
    if (id == 0 || cv::norm(figure.at - site.scene->camera().at) < 1.9) {
        return;
    }
    const Outfit o = makeOutfit(random);
    SolidScene& scene = *site.scene;
    for (const int side : {-1, 1}) {
        putLeg(scene, figure, o, side, id);
        putArm(random, scene, figure, o, side, id);
    }
    putTrunk(scene, figure, o, id);
    putHead(scene, figure, o, id);
}

void putPasserBy(Random& random, SolidSite& site, const Vec3& at) {
    SolidFigure f =
        makeSolidFigure(random, site.footing(random, at[0], at[1]), random.uniform(0, 2 * CV_PI));
    for (auto* hand : {&f.left, &f.right}) {
        const int side = hand == &f.left ? 1 : -1;
        if (random.chance(0.35)) {  // points, carries, scratches his head
            *hand = f.shoulder(side) + f.forward() * random.uniform(0.1, 0.5) +
                    kUp * random.uniform(-0.45, 0.3) +
                    f.leftward() * (side * random.uniform(-0.2, 0.3));
        }
    }
    if (random.chance(0.2)) {
        f.bend = random.uniform(0.4, 1.2);
        f.crouch = random.uniform(0, 0.45);
    }
    putFigure(random, site, f);
}

}  // namespace cvd::simulation
