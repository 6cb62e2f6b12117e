// Look-alikes that stand in or beside the concrete: reinforcement, pipes, stakes, props.
#include <algorithm>
#include <cmath>

#include "core/simulation/solid/geometry.h"
#include "core/simulation/solid/hoses.h"
#include "core/simulation/solid/look_alikes.h"
#include "core/simulation/solid/materials.h"

namespace cvd::simulation {
namespace {

// A ring of height `high` about a rod.
void putRing(SolidScene& scene, const Vec3& centre, const Vec3& axis, double radius, double high,
             const Surface& s) {
    scene.rod(centre - axis * (high / 2), centre + axis * (high / 2), radius, radius, s);
}

// What protects people from a bar's end: none (0), a mushroom (1) or a sleeve (2).
void putCap(Random& random, SolidScene& scene, const Vec3& end, const Vec3& axis, double r,
            const Surface& s, int kind) {
    if (kind == 1) {  // a mushroom
        scene.rod(end - axis * (r * 5), end, r * 1.6, r * 1.8, s);
        scene.ball(end, {r * 4, r * 4, r * 2}, 0, s, 0, 0);
    } else if (kind == 2) {
        scene.rod(end - axis * random.uniform(0.03, 0.1), end + axis * 0.01, r * 1.7, r * 1.7, s, 0,
                  {0, 0.6, 1, {0, 0, 0}, true});
    }
}

}  // namespace

void starterFaces(Random& random, SolidSite& site, const Vec3& about, const Surface& steel) {
    const bool narrow = site.y1 - site.y0 < 1.2;  // a wall, a beam: bars along its sides
    const double turn = narrow || random.chance(0.7) ? 0 : random.uniform(0, CV_PI);
    const Vec3 along = level(turn), aside = level(turn + CV_PI / 2);
    const double r = random.logUniform(0.005, 0.02), gap = random.uniform(0.1, 0.3),
                 tall = random.logUniform(0.15, 1.3), reach = random.uniform(0.4, 2),
                 cover = narrow ? (site.y1 - site.y0) / 2 - random.uniform(0.03, 0.06)
                                : random.uniform(0.08, 0.35);
    const double middle =
        narrow ? (site.y0 + site.y1) / 2 - about[1] : random.uniform(-0.6, 0.6) * cover;
    const Surface cap = plainSurface(random, saturated(random), 0.2);
    const int caps = random.chance(0.25) ? random.integer(1, 2) : 0;
    for (const double side : {-1.0, 1.0}) {
        for (double s = -reach * random.uniform(0.3, 1); s < reach; s += gap) {
            const Vec3 q = about + along * s + aside * (middle + side * cover);
            if (!site.inConcrete(q[0], q[1]) ||
                std::hypot(q[0] - about[0], q[1] - about[1]) < 0.04) {
                continue;
            }
            const Vec3 foot(q[0], q[1], site.surface(q[0], q[1]) - 0.03);
            const Vec3 axis = leaning(random, random.chance(0.9) ? 0.06 : 0.25);
            const Vec3 end = foot + axis * (tall * random.uniform(0.9, 1.06));
            site.scene->rod(foot, end, r, r, steel);
            putCap(random, *site.scene, end, axis, r, cap, caps);
        }
    }
    for (int k = random.chance(0.3) ? random.integer(1, 3) : 0; k > 0; --k) {  // a stirrup's side
        const Vec3 a = about + aside * (middle + cover) - along * reach + kUp * (tall * 0.3 * k);
        site.scene->rod(a, a + along * (2 * reach), r * 0.7, r * 0.7, steel);
    }
}

void starterRow(Random& random, SolidSite& site, const Vec3& at) {
    const Surface steel = rustSurface(random), cap = plainSurface(random, saturated(random), 0.2);
    const double r = random.logUniform(0.005, 0.017), tall = random.uniform(0.15, 1.3),
                 gap = random.uniform(0.08, 0.3),
                 turn =
                     random.chance(0.6) ? random.pick({0.0, CV_PI / 2}) : random.uniform(0, CV_PI);
    const int count = random.integer(2, 16), rows = random.chance(0.4) ? 2 : 1,
              caps = random.chance(0.45) ? random.integer(1, 2) : 0;
    const double share = random.chance(0.5) ? 1 : random.uniform(0.2, 0.9);
    for (int k = 0; k < rows; ++k) {
        for (int i = 0; i < count; ++i) {
            const Vec3 q = at + level(turn) * ((i - count / 2.0) * gap) +
                           level(turn + CV_PI / 2) * (k * random.uniform(0.18, 0.22));
            const Vec3 foot(q[0], q[1], site.surface(q[0], q[1]) - 0.03);
            const Vec3 axis = leaning(random, random.chance(0.8) ? 0.1 : 0.4);
            const Vec3 end = foot + axis * (tall * random.uniform(0.93, 1.05));
            site.scene->rod(foot, end, r, r, steel);
            if (random.chance(share)) {
                putCap(random, *site.scene, end, axis, r, cap, caps);
            }
        }
    }
}

void barCluster(Random& random, SolidSite& site, const Vec3& at) {
    const Surface steel = random.chance(0.6) ? rustSurface(random) : barSurface(random);
    const Surface cap = plainSurface(random, saturated(random), 0.2);
    const double r = random.logUniform(0.005, 0.02);
    const int caps = random.chance(0.35) ? random.integer(1, 2) : 0;
    for (int i = random.integer(1, 5); i > 0; --i) {
        const Vec3 foot = spotNear(random, site, at, 0.4) - kUp * 0.03;
        const Vec3 axis = leaning(random, 0.6), end = foot + axis * random.uniform(0.12, 0.7);
        site.scene->rod(foot, end, r, r, steel);
        putCap(random, *site.scene, end, axis, r, cap, caps);
        site.scene->addMirrored(foot, end, r, steel.colour);
    }
}

void cage(Random& random, SolidSite& site, const Vec3& at) {
    const Surface steel = rustSurface(random);
    const double r = random.uniform(0.006, 0.016), a = random.uniform(0.12, 0.4),
                 b = random.uniform(0.12, 0.6), tall = random.uniform(0.5, 2.6);
    const bool round = random.chance(0.3);
    const int count = random.integer(4, 10);
    Line feet;
    for (int i = 0; i < count; ++i) {
        const double t = 2 * CV_PI * i / count, c = std::cos(t), s = std::sin(t);
        const double k = round ? 1 : 1 / std::max(std::abs(c), std::abs(s));
        feet.push_back(at + Vec3(a * c * k, b * s * k, -0.05));
        site.scene->rod(feet.back(), feet.back() + kUp * (tall * random.uniform(0.85, 1.1)), r, r,
                        steel);
    }
    for (double z = 0.08; z < tall * 0.85; z += random.uniform(0.12, 0.3)) {
        for (int i = 0; i < count; ++i) {
            site.scene->rod(feet[static_cast<size_t>(i)] + kUp * z,
                            feet[static_cast<size_t>((i + 1) % count)] + kUp * z, 0.005, 0.005,
                            steel);
        }
    }
}

void mat(Random& random, SolidSite& site, const Vec3& at) {
    const Surface steel = rustSurface(random);
    const double gap = random.uniform(0.1, 0.25), r = random.uniform(0.004, 0.01),
                 size = random.uniform(0.6, 2.5), lift = random.uniform(0.01, 0.12),
                 turn = random.uniform(0, CV_PI);
    const Vec3 u = level(turn), v = level(turn + CV_PI / 2);
    for (double s = -size / 2; s <= size / 2; s += gap) {
        const Vec3 up = kUp * lift;
        site.scene->rod(at + u * s - v * (size / 2) + up, at + u * s + v * (size / 2) + up, r, r,
                        steel);
        site.scene->rod(at + v * s - u * (size / 2) + up + kUp * (2 * r),
                        at + v * s + u * (size / 2) + up + kUp * (2 * r), r, r, steel);
    }
}

void pipes(Random& random, SolidSite& site, const Vec3& at) {
    const Surface plastic =
        plainSurface(random, random.chance(0.5) ? hoseScalar(random) : greyOf(random, 30, 220, 8),
                     random.uniform(0, 0.5));
    const Surface dark = plainSurface(random, {12, 12, 12}, 0);
    const double r = random.logUniform(0.012, 0.07);
    const bool openEnd = random.chance(0.6);
    for (int i = random.integer(1, 5); i > 0; --i) {
        const Vec3 foot = spotNear(random, site, at, 0.35) - kUp * 0.03;
        const Vec3 axis = leaning(random, random.chance(0.7) ? 0.15 : 0.5);
        const Vec3 end = foot + axis * random.uniform(0.08, 0.6);
        site.scene->rod(foot, end, r, r, plastic);
        if (openEnd) {
            site.scene->rod(end, end + axis * 0.002, r * 0.8, r * 0.8, dark);
        } else {
            site.scene->rod(end - axis * r, end + axis * 0.01, r * 1.12, r * 1.12, plastic);
        }
        site.scene->addMirrored(foot, end, r, plastic.colour);
    }
}

// As a poker's bar, but with nothing on its end.
void bareBar(Random& random, SolidSite& site, const Vec3& at) {
    const Surface s = barSurface(random);
    for (int i = random.integer(1, 2); i > 0; --i) {
        const double r = random.uniform(0.012, 0.0375);
        const bool lies = random.chance(0.2);
        const Vec3 foot = spotNear(random, site, at, 0.5) + kUp * (lies ? r : -0.03);
        const Vec3 axis = lies ? level(random.uniform(0, CV_PI)) : leaning(random, 0.6);
        const Vec3 end = foot + axis * random.uniform(0.15, 0.6);
        site.scene->rod(foot, end, r, r * random.uniform(0.8, 1), s, 0,
                        {0.2, random.chance(0.5) ? random.uniform(0, 1) : 0, 1, {0, 0, 0}, true});
        if (random.chance(0.3)) {
            putRing(*site.scene, foot + (end - foot) * random.uniform(0.3, 0.95), axis, r * 1.2,
                    0.03, barSurface(random));
        }
        site.scene->addMirrored(foot, end, r, s.colour);
    }
}

void hoseInSleeve(Random& random, SolidSite& site, const Vec3& at) {
    const Surface sleeve = plainSurface(random, hoseScalar(random), 0.3);
    const double r = random.uniform(0.045, 0.08), thin = random.uniform(0.008, 0.02);
    const Vec3 foot(at[0], at[1], site.surface(at[0], at[1]) - 0.03),
        end = foot + kUp * random.uniform(0.1, 0.3);
    site.scene->rod(foot, end, r, r, sleeve);
    site.scene->rod(end, end + kUp * 0.002, r * 0.85, r * 0.85,
                    plainSurface(random, {10, 10, 10}, 0));
    const double turn = random.uniform(0, 2 * CV_PI);
    Line line{end - kUp * 0.05, end + kUp * 0.12 + level(turn) * 0.02,
              end + kUp * 0.2 + level(turn) * 0.16};
    const Vec3 down = end + level(turn) * 0.4;
    line.emplace_back(down[0], down[1], site.surface(down[0], down[1]) + thin);
    trail(random, site, line, turn, thin);
    site.scene->tube(smooth(line), thin, hoseSurface(random));
}

void stakes(Random& random, SolidSite& site, const Vec3& at) {
    const Surface wood = random.chance(0.6) ? woodSurface(random) : barSurface(random);
    const Surface cord = plainSurface(random, saturated(random), 0);
    const double half = random.uniform(0.012, 0.03), tall = random.uniform(0.2, 1.1),
                 turn = random.uniform(0, CV_PI), gap = random.uniform(0.5, 2);
    Vec3 last;
    const int count = random.integer(1, 5);
    for (int i = 0; i < count; ++i) {
        const Vec3 q = at + level(turn) * (i * gap);
        const Vec3 foot(q[0], q[1], site.surface(q[0], q[1]) - 0.05);
        const Vec3 axis = leaning(random, 0.2);
        site.scene->box(foot + axis * (tall / 2), {half, half, tall / 2},
                        axis.cross(Vec3(0.3, 1, 0)), axis.cross(axis.cross(Vec3(0.3, 1, 0))), wood);
        if (random.chance(0.3)) {
            site.scene->rod(foot + axis * (tall * 0.85), foot + axis * tall, half * 1.6, half * 1.6,
                            cord);
        }
        if (i > 0) {
            site.scene->rod(last, foot + axis * (tall * 0.9), 0.002, 0.002, cord);
        }
        last = foot + axis * (tall * 0.9);
    }
}

void tubes(Random& random, SolidSite& site, const Vec3& at) {  // props, scaffold, guard rails
    const Surface s = random.chance(0.5)   ? plainSurface(random, greyOf(random, 90, 200, 6), 0.4)
                      : random.chance(0.5) ? woodSurface(random)
                                           : barSurface(random);
    const double r = random.uniform(0.02, 0.05), tall = random.uniform(0.7, 3),
                 gap = random.uniform(0.6, 2.2),
                 turn =
                     random.chance(0.6) ? random.pick({0.0, CV_PI / 2}) : random.uniform(0, CV_PI);
    const int posts = random.integer(1, 5);
    const Vec3 u = level(turn);
    for (int i = 0; i < posts; ++i) {
        const Vec3 q = at + u * (i * gap), foot(q[0], q[1], site.surface(q[0], q[1]) - 0.02);
        const Vec3 axis = leaning(random, random.chance(0.8) ? 0.02 : 0.3);
        site.scene->rod(foot, foot + axis * tall, r, r, s);
        if (random.chance(0.4)) {
            putRing(*site.scene, foot + axis * (tall * 0.55), axis, r * 1.5, 0.08,
                    rustSurface(random));
        }
    }
    for (int k = posts > 1 ? random.integer(0, 3) : 0; k > 0; --k) {
        const Vec3 z = kUp * (tall * (1 - 0.3 * (k - 1)) - 0.05);
        site.scene->rod(at + u * -0.2 + z, at + u * ((posts - 1) * gap + 0.2) + z, r, r, s);
    }
}

void tieBars(Random& random, SolidSite& site, const Vec3& at) {
    const Surface s = rustSurface(random);
    const double turn = random.pick({0.0, CV_PI / 2}), r = random.uniform(0.007, 0.014);
    for (int i = random.integer(2, 6); i > 0; --i) {
        const Vec3 c = at + level(turn + CV_PI / 2) * (i * 0.5) + kUp * random.uniform(0.05, 0.4);
        site.scene->rod(c - level(turn) * 0.3, c + level(turn) * random.uniform(0.1, 0.5), r, r, s);
        site.scene->ball(c + level(turn) * 0.05, {0.05, 0.05, 0.05}, 0, s);
    }
}

void ladder(Random& random, SolidSite& site, const Vec3& at) {
    const Surface s = random.chance(0.5) ? plainSurface(random, greyOf(random, 140, 220, 5), 0.5)
                                         : woodSurface(random);
    const double turn = anySide(random), tall = random.uniform(1.8, 4);
    const Vec3 axis = unit(kUp + level(turn) * random.uniform(0.15, 0.5)),
               aside = kUp.cross(level(turn)) * 0.2;
    for (const double k : {-1.0, 1.0}) {
        site.scene->rod(at + aside * k, at + aside * k + axis * tall, 0.025, 0.025, s);
    }
    for (double d = 0.25; d < tall; d += 0.28) {
        site.scene->rod(at - aside + axis * d, at + aside + axis * d, 0.014, 0.014, s);
    }
}

}  // namespace cvd::simulation
