#include "core/simulation/solid/things.h"

#include "core/simulation/solid/geometry.h"
#include "core/simulation/solid/hoses.h"
#include "core/simulation/solid/look_alikes.h"
#include "core/simulation/solid/materials.h"

namespace cvd::simulation {
namespace {

void looseHose(Random& random, SolidSite& site, const Vec3& at) {
    const double r = random.logUniform(0.005, 0.04);
    Line line{Vec3(at[0], at[1], site.surface(at[0], at[1]) + r)};
    trail(random, site, line, anySide(random), r);
    trail(random, site, line, anySide(random), r);
    site.scene->tube(smooth(line), r, hoseSurface(random), 0, random.chance(0.3) ? 0.12 : 0);
}

void hangingRope(Random& random, SolidSite& site, const Vec3& at) {
    const double r = random.logUniform(0.004, 0.03);
    const Vec3 low(at[0], at[1], site.surface(at[0], at[1]) + random.uniform(0.05, 1));
    Line line{low, low + leaning(random, 0.2) * 0.4, low + leaning(random, 0.2) * 1.2,
              low + leaning(random, 0.4) * 6.0};
    site.scene->tube(smooth(line), r, hoseSurface(random));
    if (random.chance(0.3)) {  // a hook or a bob
        site.scene->ball(low, {0.04, 0.04, 0.06}, 0, rustSurface(random));
    }
}

void chute(Random& random, SolidSite& site, const Vec3& at) {
    const Surface s = plainSurface(
        random, random.chance(0.5) ? greyOf(random, 60, 200, 8) : saturated(random), 0.3);
    const double turn = anySide(random);
    const Vec3 axis = unit(level(turn) + kUp * random.uniform(0.35, 0.9)),
               aside = kUp.cross(level(turn));
    const Vec3 low = at + kUp * random.uniform(0.2, 0.8), centre = low + axis * 1.3;
    site.scene->box(centre, {1.3, 0.18, 0.01}, axis, aside, s);
    for (const double k : {-1.0, 1.0}) {
        site.scene->box(centre + aside * (0.18 * k) + kUp * 0.07, {1.3, 0.01, 0.09}, axis, aside,
                        s);
    }
    site.scene->rod({low[0], low[1], at[2] - 0.02}, low, 0.16, 0.1, groutOf(site, random));
}

void clutter(Random& random, SolidSite& site, const Vec3& at) {  // buckets, cones, bottles, drills
    for (int i = random.integer(1, 4); i > 0; --i) {
        const Vec3 p = spotNear(random, site, at, 0.9);
        const Surface s = plainSurface(random, saturated(random), random.uniform(0, 0.5));
        SolidScene& scene = *site.scene;
        switch (random.integer(0, 4)) {
            case 0:
                scene.rod(p, p + kUp * 0.3, 0.11, 0.15, s);
                scene.rod(p + kUp * 0.301, p + kUp * 0.303, 0.13, 0.13,
                          plainSurface(random, {20, 20, 20}, 0));
                break;
            case 1: {
                const double tall = random.uniform(0.3, 0.75);
                scene.block(p, {tall * 0.5, tall * 0.5, 0.03}, 0.3, s);
                scene.rod(p, p + kUp * tall, tall * 0.19, 0.02, s);
                scene.rod(p + kUp * (tall * 0.5), p + kUp * (tall * 0.7), tall * 0.115,
                          tall * 0.085, plainSurface(random, {240, 240, 240}, 0));
                break;
            }
            case 2:
                scene.rod(p, p + kUp * 0.18, 0.035, 0.035, s, 0, {0, 0.8, 1, {0, 0, 0}, true});
                scene.rod(p + kUp * 0.18, p + kUp * 0.24, 0.014, 0.014, barSurface(random));
                break;
            case 3: {  // a drill: a body, a grip, a bit
                const double turn = anySide(random);
                const Vec3 u = level(turn), c = p + kUp * 0.15;
                scene.rod(c - u * 0.14, c + u * 0.1, 0.05, 0.04, s);
                scene.rod(c - u * 0.12, c - u * 0.12 - kUp * 0.15, 0.025, 0.03, s);
                scene.rod(c + u * 0.1, c + u * random.uniform(0.2, 0.5), 0.012, 0.01,
                          barSurface(random));
                break;
            }
            default:
                scene.block(
                    p,
                    {random.uniform(0.2, 1.2), random.uniform(0.1, 0.6), random.uniform(0.05, 0.7)},
                    anySide(random), random.chance(0.5) ? woodSurface(random) : s);
        }
    }
}

struct Kind {
    void (*put)(Random&, SolidSite&, const Vec3&);
    double weight;
};

constexpr Kind kKinds[] = {
    {starterRow, 2},    {barCluster, 2.2}, {cage, 0.9},         {mat, 0.9},
    {pipes, 2.2},       {bareBar, 2},      {hoseInSleeve, 0.5}, {stakes, 1.2},
    {tubes, 1.4},       {heldStaff, 1.3},  {floatOrBroom, 1.2}, {screed, 0.6},
    {carriedPole, 1.5}, {looseHose, 1.2},  {hangingRope, 0.9},  {heldHose, 1.6},
    {pumpHose, 0.9},    {chute, 0.35},     {tieBars, 0.5},      {ladder, 0.4},
    {clutter, 1.2},     {tamper, 0.5},     {powerTrowel, 0.3},
};

}  // namespace

void putLookAlike(Random& random, SolidSite& site, const Vec3& at) {
    double sum = 0;
    for (const Kind& k : kKinds) {
        sum += k.weight;
    }
    double left = random.uniform(0, sum);
    for (const Kind& k : kKinds) {
        left -= k.weight;
        if (left < 0) {
            k.put(random, site, {at[0], at[1], site.surface(at[0], at[1])});
            return;
        }
    }
}

}  // namespace cvd::simulation
