// Look-alikes that people hold or work with, and the labelled tools.
#include <algorithm>
#include <cmath>
#include <optional>

#include "core/simulation/solid/geometry.h"
#include "core/simulation/solid/hoses.h"
#include "core/simulation/solid/look_alikes.h"
#include "core/simulation/solid/materials.h"
#include "core/simulation/solid/people.h"
#include "core/simulation/solid/things.h"

namespace cvd::simulation {
namespace {

// A long shaft from the ground to a person's hands, with something flat on its lower end.
struct Shaft {
    Vec3 foot, axis, grip;
};

Shaft putShaft(Random& random, SolidSite& site, const Vec3& at, double lowest, double steepest,
               double longest, int id) {
    Shaft s;
    s.foot = {at[0], at[1], site.surface(at[0], at[1]) + 0.01};
    const double turn = anySide(random), rise = random.uniform(lowest, steepest),
                 length = random.uniform(1.1, longest);
    s.axis = level(turn) * std::cos(rise) + kUp * std::sin(rise);
    s.grip = s.foot + s.axis * length;
    if (s.grip[2] > site.stand + 1.35) {
        s.axis = unit(s.axis - kUp * 0.35);
        s.grip = s.foot + s.axis * std::min(length, 1.3);
    }
    const Surface shaft = random.chance(0.6) ? woodSurface(random) : barSurface(random);
    const double r = random.uniform(0.012, 0.021);
    site.scene->rod(s.foot, s.grip, r, r, shaft, id, {0, 0.5, 1, {0, 0, 0}, true});
    if (random.chance(0.9)) {
        putFigure(random, site,
                  personAt(random, site, s.grip - s.axis * 0.08,
                           s.grip - s.axis * random.uniform(0.35, 0.6),
                           turn + random.uniform(-0.7, 0.7)));
    }
    return s;
}

}  // namespace

// A rod that a person holds upright, banded or plain.
void heldStaff(Random& random, SolidSite& site, const Vec3& at) {
    const Vec3 foot(at[0], at[1], site.surface(at[0], at[1]) + (random.chance(0.3) ? 0.1 : -0.02));
    const Vec3 axis = leaning(random, random.chance(0.8) ? 0.12 : 0.5);
    const double tall = random.uniform(0.8, 3), r = random.uniform(0.01, 0.035);
    const Surface a = random.chance(0.5) ? plainSurface(random, greyOf(random, 200, 250, 4), 0.1)
                                         : barSurface(random),
                  b = plainSurface(
                      random,
                      random.chance(0.5) ? cv::Scalar(30, 30, 210) : greyOf(random, 8, 60, 6), 0.1);
    const int bands = random.chance(0.6) ? random.integer(3, 12) : 1;
    for (int i = 0; i < bands; ++i) {
        site.scene->rod(foot + axis * (tall * i / bands), foot + axis * (tall * (i + 1) / bands), r,
                        r, i % 2 == 0 ? a : b);
    }
    if (random.chance(0.85)) {
        const Vec3 hand = foot + axis * std::min(tall * 0.95, random.uniform(0.7, 1.4));
        const std::optional<Vec3> other =
            random.chance(0.4) ? std::optional(hand - axis * 0.25) : std::nullopt;
        putFigure(random, site, personAt(random, site, hand, other, anySide(random)));
    }
}

void floatOrBroom(Random& random, SolidSite& site, const Vec3& at) {
    const Shaft s = putShaft(random, site, at, 0.3, 0.9, 3.2, 0);
    const Vec3 flat = unit(Vec3(s.axis[0], s.axis[1], 0)), aside = kUp.cross(flat);
    const Surface board = random.chance(0.5) ? woodSurface(random) : barSurface(random);
    site.scene->box(
        s.foot + kUp * 0.02,
        {random.uniform(0.03, 0.1), random.uniform(0.15, 0.7), random.uniform(0.008, 0.04)}, flat,
        aside, board);
}

void screed(Random& random, SolidSite& site, const Vec3& at) {
    const Surface s = random.chance(0.5) ? woodSurface(random)
                                         : plainSurface(random, greyOf(random, 120, 220, 5), 0.5);
    const double turn = anySide(random), half = random.uniform(0.6, 1.6);
    const Vec3 u = level(turn), c = at + kUp * 0.05;
    site.scene->box(c, {half, 0.025, 0.05}, u, kUp.cross(u), s);
    if (random.chance(0.8)) {
        const Vec3 a = c + u * (half * 0.6), b = c + u * (half * 0.2);
        putFigure(random, site, personAt(random, site, a, b, turn + CV_PI / 2));
        if (random.chance(0.5)) {
            putFigure(random, site,
                      personAt(random, site, c - u * (half * 0.6), c - u * (half * 0.2),
                               turn + CV_PI / 2));
        }
    }
}

// A rod, pipe or timber on a shoulder, level in the hands, or upright.
void carriedPole(Random& random, SolidSite& site, const Vec3& at) {
    SolidFigure f = makeSolidFigure(random, site.footing(random, at[0], at[1]), anySide(random));
    f.kneels = false;
    const Surface s = random.chance(0.4) ? woodSurface(random) : barSurface(random);
    const double r = random.logUniform(0.008, 0.05), length = random.uniform(0.5, 3);
    Vec3 centre, axis;
    const int side = random.chance(0.5) ? 1 : -1;
    auto& hand = side > 0 ? f.left : f.right;
    auto& other = side > 0 ? f.right : f.left;
    const int way = random.integer(0, 2);
    if (way == 0) {
        axis = unit(f.forward() + kUp * random.uniform(-0.2, 0.3));
        centre = f.shoulder(side) + kUp * (0.05 * f.height + r);
        hand = centre + axis * std::min(0.3, length / 2) - kUp * 0.03;
    } else if (way == 1) {
        axis = unit(f.leftward() * random.uniform(-1, 1) + f.forward() * random.uniform(0.1, 1));
        centre = f.hip() + f.forward() * 0.3 + kUp * random.uniform(0, 0.25);
        hand = centre + axis * 0.15;
        other = centre - axis * 0.15;
    } else {
        axis = leaning(random, 0.3);
        centre = f.hip() + f.forward() * 0.35 + kUp * random.uniform(0, 0.4);
        hand = centre + axis * 0.1;
        if (random.chance(0.6)) {
            other = centre - axis * 0.15;
        }
    }
    site.scene->rod(centre - axis * (length / 2), centre + axis * (length / 2), r, r, s);
    putFigure(random, site, f);
}

// A hose or cable in the hands, whose end hangs or lies there without a bar; or a nozzle.
void heldHose(Random& random, SolidSite& site, const Vec3& at) {
    const double z = site.surface(at[0], at[1]), r = random.uniform(0.008, 0.035),
                 turn = anySide(random);
    const Vec3 hand(at[0], at[1], std::max(z, site.stand) + random.uniform(0.6, 1.2));
    const SolidFigure f =
        personAt(random, site, hand,
                 random.chance(0.5) ? std::optional(hand + Vec3(0.08, 0.1, 0.12)) : std::nullopt,
                 anySide(random));
    putFigure(random, site, f);
    const Surface s = hoseSurface(random);
    Line line;
    if (random.chance(0.35)) {  // a water hose with its nozzle
        const Vec3 out = f.forward() * 0.3 - kUp * random.uniform(0, 0.15);
        line = {hand + out * 0.5, hand};
        site.scene->rod(hand + out * 0.4, hand + out, r * 1.1, r * 0.6, barSurface(random));
        if (random.chance(0.5)) {
            Surface water = plainSurface(random, {230, 225, 220}, 0.3);
            water.casts = false;
            const Vec3 fall = hand + f.forward() * random.uniform(0.8, 1.8);
            site.scene->tube(smooth({hand + out, hand + out * 2.2, {fall[0], fall[1], z}}), r * 0.4,
                             water);
        }
    } else {
        const double hangs = random.uniform(0.2, 1) * (hand[2] - z);
        const Vec3 bow = level(turn) * random.uniform(0.06, 0.3);
        line = {hand - kUp * hangs + bow, hand - kUp * (hangs * 0.5) + bow * 1.2, hand};
        if (random.chance(0.5)) {  // and goes on along the ground
            const Vec3 g = line.front() + bow * 1.5;
            line.insert(line.begin(),
                        {Vec3(g[0] + bow[1], g[1] - bow[0], z + r), Vec3(g[0], g[1], z + r)});
        }
    }
    routeHose(random, site, line, &f, r);
    site.scene->tube(smooth(line), r, s, 0, random.chance(0.2) ? 0.12 : 0);
}

void pumpHose(Random& random, SolidSite& site, const Vec3& at) {
    const double z = site.surface(at[0], at[1]), r = random.uniform(0.055, 0.085);
    const Vec3 mouth(at[0], at[1], z + random.uniform(0.25, 0.9));
    const double turn = anySide(random);
    const Surface rubber = plainSurface(random, greyOf(random, 8, 80, 8), 0.15);
    const Line line{mouth, mouth + leaning(random, 0.4) * 0.5, mouth + leaning(random, 0.3) * 1.3,
                    mouth + level(turn) * 0.7 + kUp * 2.6, mouth + level(turn) * 1.8 + kUp * 5};
    site.scene->tube(smooth(line), r, rubber);
    if (random.chance(0.6)) {
        site.scene->rod({at[0], at[1], z - 0.02}, mouth, r * random.uniform(1, 1.8), r * 0.9,
                        groutOf(site, random));
        site.dent(at[0], at[1], 0.35, 0.08);
    }
    for (int i = random.integer(0, 2); i > 0; --i) {
        const Vec3 hand = mouth + (line[1] - mouth) * random.uniform(0.3, 1.2);
        putFigure(
            random, site,
            personAt(random, site, hand + Vec3(0, 0, 0.02), hand + kUp * 0.25, turn + i * 2.2));
    }
}

void tamper(Random& random, SolidSite& site, const Vec3& at) {
    const Vec3 axis = leaning(random, 0.2), foot = at + kUp * random.uniform(0, 0.15);
    const double tall = random.uniform(0.9, 1.4);
    site.scene->block(foot, {0.25, 0.25, 0.04}, anySide(random), rustSurface(random));
    site.scene->rod(foot, foot + axis * tall, 0.018, 0.018,
                    random.chance(0.5) ? woodSurface(random) : barSurface(random));
    putFigure(random, site,
              personAt(random, site, foot + axis * (tall * 0.95), foot + axis * (tall * 0.72),
                       anySide(random)));
}

void powerTrowel(Random& random, SolidSite& site, const Vec3& at) {
    const Surface s = plainSurface(random, saturated(random), 0.3);
    const double turn = anySide(random);
    const Vec3 u = level(turn);
    SolidScene& scene = *site.scene;
    for (int i = 0; i < 12; ++i) {
        scene.rod(at + level(i * CV_PI / 6) * 0.45 + kUp * 0.12,
                  at + level((i + 1) * CV_PI / 6) * 0.45 + kUp * 0.12, 0.015, 0.015, s);
    }
    scene.block(at + kUp * 0.15, {0.3, 0.3, 0.35}, turn, s);
    const Vec3 grip = at + u * 1.3 + kUp * 0.95;
    scene.rod(at + u * 0.15 + kUp * 0.3, grip, 0.018, 0.018, barSurface(random));
    putFigure(random, site,
              personAt(random, site, grip + kUp.cross(u) * 0.15, grip - kUp.cross(u) * 0.15, turn));
}

void putTool(Random& random, SolidSite& site, const Vec3& at) {
    if (site.hoes >= kSolidIds) {
        return;
    }
    const int id = site.hoes++;
    const bool shovel = random.chance(0.5);
    const Shaft s = putShaft(random, site, at, 0.45, 1.2, 1.6, id);
    const Vec3 flat = unit(Vec3(s.axis[0], s.axis[1], 0.001)), aside = kUp.cross(flat);
    const Surface metal = barSurface(random);
    if (shovel) {
        const double half = random.uniform(0.1, 0.15);
        site.scene->box(s.foot - s.axis * 0.1, {0.16, half * 0.85, 0.008}, s.axis, aside, metal,
                        id);
        if (random.chance(0.4)) {  // a D-grip
            site.scene->rod(s.grip - aside * 0.06, s.grip + aside * 0.06, 0.014, 0.014, metal, id);
        }
        return;
    }
    const double half = random.uniform(0.1, 0.45), deep = random.uniform(0.04, 0.1);
    if (random.chance(0.35)) {  // a rake's teeth
        site.scene->rod(s.foot - aside * half + kUp * 0.05, s.foot + aside * half + kUp * 0.05,
                        0.01, 0.01, metal, id);
        for (double d = -half; d <= half; d += 0.04) {
            site.scene->rod(s.foot + aside * d + kUp * 0.05, s.foot + aside * d - kUp * 0.03, 0.006,
                            0.004, metal, id);
        }
        return;
    }
    site.scene->box(s.foot + kUp * 0.03, {0.006, half, deep}, flat, aside, metal, id);
}

}  // namespace cvd::simulation
