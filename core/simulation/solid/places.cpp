#include "core/simulation/solid/places.h"

#include <algorithm>
#include <cmath>

#include "core/simulation/actors.h"
#include "core/simulation/solid/materials.h"

namespace cvd::simulation {
namespace {

Surface formSurface(Random& random) {
    const double kind = random.unit();
    Surface s = plainSurface(random,
                             kind < 0.6    ? timberScalar(random)
                             : kind < 0.75 ? cv::Scalar(20, random.uniform(140, 200), 235)
                             : kind < 0.9  ? greyOf(random, 60, 190, 8)
                                           : anyColour(random, 0.9),
                             random.uniform(0, 0.3));
    s.grain = kind < 0.4 ? Grain::Boards : Grain::Mottled;
    s.cell = static_cast<float>(random.uniform(0.1, 0.4));
    s.dirt = static_cast<float>(random.uniform(0, 0.55));
    return s;
}

}  // namespace

Surface groundSurface(Random& random, const Plan& p) {
    const double kind = random.unit();
    const bool earth = p.place == Place::Pit || p.place == Place::Trench || kind < 0.45;
    const double v = random.uniform(50, 190);
    Surface s = plainSurface(
        random,
        earth ? cv::Scalar(v * random.uniform(0.4, 0.8), v * random.uniform(0.6, 0.9), v)
              : greyOf(random, 50, 215, 10),
        random.chance(0.2) ? 0.2 : 0);
    s.grain = earth                ? Grain::Earth
              : random.chance(0.3) ? Grain::Boards
              : random.chance(0.5) ? Grain::Earth
                                   : Grain::Concrete;
    if (s.grain == Grain::Boards) {
        s.colour = reflectance(timberScalar(random));
    }
    s.cell = static_cast<float>(s.grain == Grain::Boards ? random.uniform(0.06, 0.3)
                                                         : random.logUniform(0.25, 1.2));
    s.amount = static_cast<float>(random.uniform(0.1, 0.4));
    s.bump = static_cast<float>(s.grain == Grain::Earth ? random.uniform(0.5, 2.5)
                                                        : random.uniform(0.05, 0.5));
    s.casts = false;
    return s;
}

Surface concreteSurface(Random& random) {
    const double v = random.chance(0.8) ? random.uniform(70, 200) : random.uniform(35, 240);
    Surface s = plainSurface(
        random, {v + random.uniform(-12, 8), v + random.uniform(-4, 4), v + random.uniform(-8, 14)},
        random.chance(0.6) ? random.uniform(0.05, 0.9) : 0.03);
    s.grain = Grain::Concrete;
    s.cell = static_cast<float>(random.logUniform(0.3, 1.6));
    s.amount = static_cast<float>(random.uniform(0.06, 0.35));
    s.bump = static_cast<float>(random.logUniform(0.08, 1.2));
    s.casts = false;
    return s;
}

void makeHeights(Random& random, SolidSite& site, const Plan& p) {
    HeightGrid& g = site.concrete;
    const auto cells = [](double size) { return std::clamp(cvCeil(size / 0.035), 8, 150); };
    g.nx = cells(2 * p.halfX) + 1;
    g.ny = cells(2 * p.halfY) + 1;
    g.x0 = -p.halfX, g.y0 = -p.halfY;
    g.cellX = 2 * p.halfX / (g.nx - 1), g.cellY = 2 * p.halfY / (g.ny - 1);
    g.z.resize(static_cast<size_t>(g.nx * g.ny));
    const double rough = random.logUniform(0.002, 0.07), lump = random.logUniform(0.15, 1.0) * 8;
    const double fine = rough * random.uniform(0, 0.6), shift = random.uniform(0, 9);
    for (int j = 0; j < g.ny; ++j) {
        for (int i = 0; i < g.nx; ++i) {
            const double x = g.x0 + i * g.cellX, y = g.y0 + j * g.cellY;
            double z = rough * 2 * tileNoise(x / lump + shift, y / lump) +
                       fine * 2 * tileNoise(x * 0.55 + shift, y * 0.55);
            const double edge = p.front + 0.6 * tileNoise(y * 0.13 + shift, 0.3);
            const double t = std::clamp((x - edge) / (1.8 * p.depth) + 0.5, 0.0, 1.0);
            z -= (p.depth + 0.03) * t * t * (3 - 2 * t);
            g.value(i, j) = static_cast<float>(z);
        }
    }
}

// The ground about the pour, with the sides of what lies deeper or higher.
void putGround(Random& random, SolidSite& site, const Plan& p, const Surface& s) {
    const double far = 60, z = p.ground, x0 = site.x0, x1 = site.x1, y0 = site.y0, y1 = site.y1;
    SolidScene& scene = *site.scene;
    const double slope = p.place == Place::Pit ? random.uniform(0.1, 1.0) : 0.02;
    const double a0 = x0 - slope, a1 = x1 + slope, b0 = y0 - slope, b1 = y1 + slope;
    scene.quad({-far, -far, z}, {far, -far, z}, {far, b0, z}, {-far, b0, z}, s);
    scene.quad({-far, b1, z}, {far, b1, z}, {far, far, z}, {-far, far, z}, s);
    scene.quad({-far, b0, z}, {a0, b0, z}, {a0, b1, z}, {-far, b1, z}, s);
    scene.quad({a1, b0, z}, {far, b0, z}, {far, b1, z}, {a1, b1, z}, s);
    const double low = -p.depth;
    Surface side = s;
    side.casts = z > 0.2;
    scene.quad({a0, b0, z}, {a1, b0, z}, {x1, y0, low}, {x0, y0, low}, side);
    scene.quad({a0, b1, z}, {a1, b1, z}, {x1, y1, low}, {x0, y1, low}, side);
    scene.quad({a0, b0, z}, {a0, b1, z}, {x0, y1, low}, {x0, y0, low}, side);
    scene.quad({a1, b0, z}, {a1, b1, z}, {x1, y1, low}, {x1, y0, low}, side);
    if (p.front < p.halfX) {  // not poured yet: the bottom and its bars
        const Surface bottom = groundSurface(random, p);
        const double zb = -p.depth;
        scene.quad({p.front - 1.5, y0, zb}, {x1, y0, zb}, {x1, y1, zb}, {p.front - 1.5, y1, zb},
                   bottom);
        Surface steel = plainSurface(random, greyOf(random, 20, 130, 20), 0.1);
        const double gap = random.uniform(0.12, 0.3), r = random.uniform(0.004, 0.01),
                     lift = zb + random.uniform(0.03, 0.15);
        for (double x = p.front - 0.5; x < x1; x += gap) {
            scene.rod({x, y0, lift}, {x, y1, lift}, r, r, steel);
        }
        for (double y = y0 + 0.05; y < y1; y += gap) {
            scene.rod({p.front - 0.8, y, lift + 0.015}, {x1, y, lift + 0.015}, r, r, steel);
        }
    }
}

void putForms(Random& random, SolidSite& site, const Plan& p) {
    SolidScene& scene = *site.scene;
    const Surface s = formSurface(random);
    const bool tall = p.place == Place::WallTop || p.place == Place::Column;
    const double thick = random.uniform(0.02, 0.12),
                 over = random.uniform(-0.005, tall ? 0.4 : 0.12),
                 bottom = tall ? p.ground : std::min(p.ground, -p.depth);
    const double high = over - bottom, hx = p.halfX, hy = p.halfY;
    const bool all = tall || random.chance(0.7);
    const auto panel = [&](double x, double y, double lx, double ly) {
        if (all || random.chance(0.6)) {
            scene.block({x, y, bottom}, {lx, ly, high}, 0, s);
        }
    };
    panel(0, -hy - thick / 2, 2 * hx + 2 * thick, thick);
    panel(0, hy + thick / 2, 2 * hx + 2 * thick, thick);
    panel(-hx - thick / 2, 0, thick, 2 * hy);
    panel(hx + thick / 2, 0, thick, 2 * hy);
    const Surface beam = formSurface(random);
    if (tall || random.chance(0.3)) {  // walers and soldiers
        for (const double k : {-1.0, 1.0}) {
            const double y = k * (hy + thick + 0.05);
            for (double z = over - 0.15; z > bottom + 0.2; z -= random.uniform(0.5, 0.9)) {
                scene.block({0, y, z - 0.1}, {2 * hx + 0.3, 0.1, 0.12}, 0, beam);
            }
            for (double x = -hx; x <= hx; x += random.uniform(0.5, 1.1)) {
                scene.block({x, y, bottom}, {0.07, 0.14, high + random.uniform(-0.1, 0.25)}, 0,
                            beam);
            }
        }
    }
}

void putShelf(Random& random, SolidSite& site, const Plan& p) {
    SolidScene& scene = *site.scene;
    Surface boards = plainSurface(random, timberScalar(random), 0);
    boards.grain = Grain::Boards;
    boards.cell = 0.12F;
    const Surface tube = plainSurface(random, greyOf(random, 80, 210, 8), 0.4);
    const double w = p.shelf, reach = p.halfX + w;
    const bool rails = random.chance(0.6);
    for (const double k : {-1.0, 1.0}) {
        const double y = k * (p.halfY + 0.1 + w / 2);
        scene.block({0, y, p.stand - 0.05}, {2 * reach, w, 0.05}, 0, boards);
        const double edge = k * (p.halfY + 0.1 + w);
        for (double x = -reach; x <= reach + 0.01; x += reach / 2) {
            scene.rod({x, edge, p.ground}, {x, edge, p.stand + (rails ? 1.1 : 0)}, 0.025, 0.025,
                      tube);
        }
        for (const double z : {0.5, 1.05}) {
            if (rails) {
                scene.rod({-reach, edge, p.stand + z}, {reach, edge, p.stand + z}, 0.024, 0.024,
                          tube);
            }
        }
    }
}

void putRoom(Random& random, SolidSite& site, const Plan& p, const Camera& camera) {
    SolidScene& scene = *site.scene;
    Surface wall = plainSurface(random, greyOf(random, 60, 230, 12), 0);
    wall.grain = random.chance(0.3)   ? Grain::Bricks
                 : random.chance(0.5) ? Grain::Concrete
                                      : Grain::Mottled;
    wall.cell = wall.grain == Grain::Bricks ? 0.25F : 0.9F;
    wall.casts = false;
    const double x = std::max(p.halfX + random.uniform(0, 2), std::abs(camera.at[0]) + 0.5),
                 y = std::max(p.halfY + random.uniform(0, 2), std::abs(camera.at[1]) + 0.5),
                 z = std::max(camera.at[2] + 0.4, random.uniform(2.6, 5));
    for (const double k : {-1.0, 1.0}) {
        scene.quad({k * x, -y, -1}, {k * x, y, -1}, {k * x, y, z}, {k * x, -y, z}, wall);
        scene.quad({-x, k * y, -1}, {x, k * y, -1}, {x, k * y, z}, {-x, k * y, z}, wall);
    }
    scene.quad({-x, -y, z}, {x, -y, z}, {x, y, z}, {-x, y, z}, wall);
    for (int i = random.integer(0, 6); i > 0; --i) {  // columns and props
        const double r = random.chance(0.5) ? 0.04 : random.uniform(0.1, 0.3);
        const Vec3 at(random.uniform(-x, x), random.uniform(-y, y), -0.1);
        if (cv::norm(Vec3(at[0] - camera.at[0], at[1] - camera.at[1], 0)) > 1.5) {
            scene.rod(at, {at[0], at[1], z}, r, r, wall);
        }
    }
}

// What stands about: walls, sheds, machines, heaps, trees.
void putSurroundings(Random& random, SolidSite& site, const Plan& p, const Camera& camera) {
    SolidScene& scene = *site.scene;
    const Vec3 to = p.focus - camera.at;
    const double ahead = std::atan2(to[1], to[0]);
    for (int i = random.integer(0, 12); i > 0; --i) {
        const double turn = ahead + random.uniform(-0.9, 0.9), far = random.logUniform(3, 40);
        const Vec3 at(p.focus[0] + far * std::cos(turn), p.focus[1] + far * std::sin(turn),
                      p.ground);
        const double high = random.logUniform(0.5, far > 12 ? 9 : 3.5),
                     wide = random.logUniform(0.6, 9), room = std::max(wide * 0.55, 2.0) + 0.3;
        if ((std::abs(at[0]) < p.halfX + room && std::abs(at[1]) < p.halfY + room) ||
            std::hypot(at[0] - camera.at[0], at[1] - camera.at[1]) < room + 1) {
            continue;  // on the pour or before the lens
        }
        const double kind = random.unit();
        Surface s = plainSurface(
            random, kind < 0.5 ? greyOf(random, 40, 230, 14) : anyColour(random, 0.9), 0.05);
        if (kind < 0.7) {
            s.grain = random.pick(
                {Grain::Mottled, Grain::Bricks, Grain::Corrugated, Grain::Boards, Grain::Concrete});
            s.cell =
                static_cast<float>(s.grain == Grain::Corrugated ? 0.15 : random.uniform(0.2, 0.9));
            scene.block(at, {wide, random.uniform(0.2, 4), high},
                        random.chance(0.5) ? 0 : random.uniform(0, 3), s);
        } else if (kind < 0.85) {  // trees, bushes
            const double v = random.uniform(30, 120);
            s.colour = reflectance({v * 0.4, v, v * random.uniform(0.5, 1.1)});
            s.grain = Grain::Earth;
            s.cell = 1.5F;
            s.amount = 0.5F;
            s.bump = 3;
            for (int k = random.integer(1, 5); k > 0; --k) {
                const double r = high * random.uniform(0.3, 0.6);
                scene.ball(at + Vec3(random.uniform(-1, 1) * wide, random.uniform(-1, 1) * wide, r),
                           {r, r, r * 1.1}, 0, s);
            }
        } else {  // heaps
            s = groundSurface(random, p);
            scene.ball(at, {wide * 0.6, wide * 0.5, high * 0.5}, turn, s, 0, 0);
        }
    }
}

void workTheSurface(Random& random, SolidSite& site, const Plan& p) {
    for (int i = random.chance(0.5) ? random.integer(1, 12) : 0; i > 0; --i) {  // steps and heaps
        const Vec3 q = inThePour(random, p, 0.95);
        site.dent(q[0], q[1], random.uniform(0.05, 0.35), random.uniform(-0.08, 0.06));
    }
    for (int i = random.chance(0.5) ? random.integer(1, 5) : 0; i > 0; --i) {  // worked before
        const Vec3 q = inThePour(random, p, 0.95);
        WetSpot spot;
        spot.x = q[0], spot.y = q[1];
        spot.radius = random.logUniform(0.05, 0.5);
        spot.wet = static_cast<float>(random.uniform(0, 1));
        spot.gain = static_cast<float>(random.uniform(0.6, 1.25));
        spot.ring = random.chance(0.3) ? random.uniform(0.02, 0.06) : 0;
        site.scene->addWetSpot(spot);
        if (random.chance(0.4)) {
            site.dent(q[0], q[1], random.uniform(0.04, 0.1), -random.uniform(0.01, 0.05));
        }
    }
}

}  // namespace cvd::simulation
