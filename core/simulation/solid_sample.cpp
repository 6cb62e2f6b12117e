#include "core/simulation/solid_sample.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <opencv2/imgproc.hpp>

#include "core/simulation/actors.h"
#include "core/simulation/labels.h"
#include "core/simulation/solid/materials.h"
#include "core/simulation/solid/people.h"
#include "core/simulation/solid/pokers.h"
#include "core/simulation/solid/scene.h"
#include "core/simulation/solid/site.h"
#include "core/simulation/solid/things.h"

namespace cvd::simulation {
namespace {

using Vec3f = cv::Vec3f;

constexpr double kOversample = 1.4;

enum class Place { Slab, Deck, Pit, WallTop, Column, Trench, Lane, Indoor, Beam };

// What is decided before the camera.
struct Plan {
    Place place = Place::Slab;
    double halfX = 2, halfY = 2, ground = 0, stand = 0, shelf = 0;
    bool wade = true;
    double front = 1e9;  // x where the fresh concrete ends within its forms
    double depth = 0.25;
    std::vector<SolidPoker> pokers;
    Vec3 focus;
    double focusLength = 0.3;
};

Place anyPlace(Random& random) {
    const double kind = random.unit();
    return kind < 0.24   ? Place::Slab
           : kind < 0.4  ? Place::Deck
           : kind < 0.52 ? Place::Pit
           : kind < 0.63 ? Place::WallTop
           : kind < 0.67 ? Place::Column
           : kind < 0.74 ? Place::Trench
           : kind < 0.82 ? Place::Lane
           : kind < 0.92 ? Place::Indoor
                         : Place::Beam;
}

void planPlace(Random& random, Plan& p) {
    p.place = anyPlace(random);
    p.depth = random.uniform(0.12, 0.4);
    const auto size = [&](double lowX, double highX, double lowY, double highY) {
        p.halfX = random.uniform(lowX, highX);
        p.halfY = random.uniform(lowY, highY);
    };
    switch (p.place) {
        case Place::Slab:
            size(1.2, 5, 1.2, 5);
            p.ground = -random.uniform(0.02, 0.3);
            break;
        case Place::Deck:
            size(4, 6.5, 4, 6.5);
            p.ground = -p.depth;
            break;
        case Place::Pit:
            size(1.5, 4, 1.5, 4);
            p.ground = random.uniform(0.5, 2.2);
            break;
        case Place::WallTop:
            size(2, 6, 0.1, 0.28);
            p.ground = -random.uniform(1.8, 4);
            break;
        case Place::Column:
            size(0.18, 0.5, 0.18, 0.5);
            p.ground = -random.uniform(1.8, 4);
            break;
        case Place::Trench:
            size(2, 6, 0.25, 0.6);
            p.ground = random.uniform(0.05, 0.6);
            break;
        case Place::Lane:
            size(6, 10, 1.3, 2.5);
            p.ground = -random.uniform(0.02, 0.25);
            break;
        case Place::Indoor:
            size(3, 6, 3, 6);
            p.ground = random.uniform(-0.05, 0.05);
            break;
        case Place::Beam:
            size(2, 5, 0.15, 0.4);
            p.ground = random.uniform(0.0, 0.08);
            break;
    }
    p.stand = p.ground;
    p.wade = p.halfX > 0.8 && p.halfY > 0.8;
    if (p.place == Place::WallTop || p.place == Place::Column) {
        p.stand = -random.uniform(0.1, 1.0);
        p.shelf = random.uniform(0.7, 1.2);
    }
    if (p.wade && p.place != Place::Indoor && random.chance(0.45)) {
        p.front = random.uniform(0.1, 0.9) * p.halfX;
    }
}

Vec3 inThePour(Random& random, const Plan& p, double part) {
    const double right = std::min(p.halfX, p.front - 0.25);
    const double middle = (right - p.halfX) / 2,
                 half = std::max(0.02, (right + p.halfX) / 2 - 0.06);
    return {middle + random.uniform(-part, part) * half,
            random.uniform(-part, part) * std::max(0.02, p.halfY - 0.06), 0};
}

void planPokers(Random& random, Plan& p) {
    const int count = random.chance(0.06) ? 0 : random.chance(0.75) ? 1 : random.integer(2, 4);
    p.focus = inThePour(random, p, p.halfX > 3 ? 0.6 : 0.9);
    for (int i = 0; i < count; ++i) {
        Vec3 at = p.focus;
        for (int k = 0; i > 0 && k < 8; ++k) {
            at = inThePour(random, p, 0.95);
            if (cv::norm(at - p.focus) > 0.5 && cv::norm(at - p.focus) < 3.5) {
                break;
            }
        }
        p.pokers.push_back(planPoker(random, at));
    }
    if (count > 0) {
        p.focus = p.focus + Vec3(0, 0, p.pokers[0].gap + p.pokers[0].shown / 2);
        p.focusLength = std::max(0.33, p.pokers[0].shown);
    } else {
        p.focus[2] = 0.3;
        p.focusLength = random.uniform(0.2, 0.5);
    }
}

// Whether the sides of a pit leave the view from a place to the focus free.
bool inView(const Plan& p, const Vec3& from) {
    if (p.ground < 0.02 || p.place == Place::Indoor) {
        return true;
    }
    const Vec3 low(p.focus[0], p.focus[1], 0);
    for (int i = 1; i < 60; ++i) {
        const Vec3 q = low + (from - low) * (i / 60.0);
        if ((std::abs(q[0]) > p.halfX || std::abs(q[1]) > p.halfY) && q[2] < p.ground) {
            return false;
        }
    }
    return true;
}

Camera aimCamera(Random& random, const Plan& p, int width, int height) {
    Camera c;
    c.width = width;
    c.height = height;
    const double seen =
        random.chance(0.82) ? random.logUniform(27, 115) : random.logUniform(10, 210);
    for (int tries = 0; tries < 60; ++tries) {
        const double kind = random.unit();
        double high = 0, away = 0;
        if (kind < 0.5) {
            high = random.uniform(2.2, 6), away = random.logUniform(3.5, 16);
        } else if (kind < 0.75) {
            high = random.uniform(1.4, 2.0), away = random.logUniform(1.8, 7);
        } else if (kind < 0.95) {
            high = random.uniform(5, 12), away = random.logUniform(3, 16);
        } else {
            high = random.uniform(3, 10), away = random.uniform(0.2, 1.5);
        }
        const double turn = random.uniform(0, 2 * CV_PI);
        c.at = {p.focus[0] + away * std::cos(turn), p.focus[1] + away * std::sin(turn),
                std::max(p.stand, 0.0) + high};
        const Vec3 to = p.focus - c.at;
        const double far = cv::norm(to), upright = std::max(0.3, away / far);
        c.focalPx = seen / 640 * width * far / (p.focusLength * upright);
        if (c.focalPx < 0.5 * width || c.focalPx > 4.5 * width) {
            c.focalPx = std::clamp(c.focalPx, 0.5 * width, 4.5 * width);
            continue;
        }
        if (inView(p, c.at)) {
            break;
        }
    }
    const Vec3 to = p.focus - c.at;
    const double px = random.uniform(-0.36, 0.36) * width,
                 py = random.uniform(-0.22, 0.38) * height;
    c.yaw = std::atan2(to[0], to[1]);
    c.pitch = std::atan2(-to[2], std::hypot(to[0], to[1])) - std::atan(py / c.focalPx);
    c.yaw -= std::atan(px / c.focalPx) / std::max(0.4, std::cos(c.pitch));
    c.roll = random.chance(0.7) ? random.normal() * 0.02 : random.normal() * 0.08;
    return c;
}

// ---- light ------------------------------------------------------------------------------------

Vec3f tinted(Random& random, double level, double warmth) {
    const double w = warmth + random.uniform(-0.08, 0.08);
    return {static_cast<float>(level * (1 - w)), static_cast<float>(level * (1 - 0.25 * w)),
            static_cast<float>(level * (1 + 0.6 * w))};
}

Lamp sunLamp(Random& random, double lowest, double highest) {
    Lamp sun;
    const double high = random.uniform(lowest, highest), turn = random.uniform(0, 2 * CV_PI);
    sun.at = {std::cos(high) * std::cos(turn), std::cos(high) * std::sin(turn), std::sin(high)};
    sun.colour = tinted(random, random.uniform(1.0, 3.2), high < 0.4 ? 0.3 : 0.08);
    sun.edgeM = random.chance(0.7) ? random.uniform(0.01, 0.04) : random.uniform(0.04, 0.2);
    return sun;
}

void addFloodlights(Random& random, SolidScene::Look& look, double highest, bool narrow) {
    for (int i = random.integer(1, 2); i > 0; --i) {
        Lamp lamp;
        lamp.sun = false;
        lamp.aim = look.focus + Vec3(random.uniform(-1.5, 1.5), random.uniform(-1.5, 1.5), 0);
        const double turn = random.uniform(0, 2 * CV_PI), away = random.uniform(1.5, 9);
        lamp.at = lamp.aim + Vec3(away * std::cos(turn), away * std::sin(turn),
                                  random.uniform(std::min(2.2, highest * 0.8), highest));
        lamp.cone = narrow ? random.uniform(0.5, 0.9) : random.uniform(0.35, 0.6);
        lamp.colour = tinted(random, random.uniform(0.8, 2.5), random.uniform(-0.1, 0.45));
        lamp.edgeM = random.uniform(0.01, 0.08);
        look.lamps.push_back(lamp);
    }
}

SolidScene::Look planLook(Random& random, const Plan& p, const Camera& camera) {
    SolidScene::Look look;
    look.focus = {p.focus[0], p.focus[1], 0};
    look.reach =
        std::clamp(0.7 * cv::norm(p.focus - camera.at) * camera.width / camera.focalPx, 4.0, 9.0);
    look.exposure = random.chance(0.85) ? random.uniform(0.8, 1.4) : random.logUniform(0.55, 2.2);
    look.contrast = random.uniform(0.85, 1.35);
    Air& air = look.air;
    const double blue = random.uniform(0, 0.5);
    air.zenith = tinted(random, random.uniform(0.5, 1), -blue);
    air.rim = tinted(random, random.uniform(0.7, 1.2), random.uniform(-0.15, 0.1));
    air.below = tinted(random, random.uniform(0.1, 0.35), random.uniform(0, 0.2));
    air.clouds = static_cast<float>(random.uniform(0, 1));
    air.contact = static_cast<float>(random.uniform(0.6, 1.1));
    air.haze = static_cast<float>(random.chance(0.5) ? random.logUniform(0.002, 0.04) : 0);
    const double kind = random.unit();
    if (p.place == Place::Indoor) {
        air.closed = true;
        air.ambient = static_cast<float>(random.uniform(0.2, 0.7));
        air.zenith = air.rim = tinted(random, 0.6, random.uniform(-0.1, 0.3));
        air.haze *= 0.5F;
        addFloodlights(random, look, std::max(2.6, camera.at[2]), random.chance(0.3));
    } else if (kind < 0.5) {
        air.ambient = static_cast<float>(random.uniform(0.35, 0.9));
        look.lamps.push_back(sunLamp(random, 0.2, 1.35));
    } else if (kind < 0.8) {  // overcast
        air.ambient = 1.1F;
        air.zenith = air.rim * 1.15F;
        if (random.chance(0.4)) {
            look.lamps.push_back(sunLamp(random, 0.5, 1.3));
            look.lamps[0].colour *= 0.25F;
            look.lamps[0].edgeM = random.uniform(0.1, 0.35);
        }
    } else if (kind < 0.88) {  // a low sun, dawn and dusk
        air.ambient = static_cast<float>(random.uniform(0.25, 0.6));
        air.rim = tinted(random, 1, random.uniform(0.1, 0.45));
        look.lamps.push_back(sunLamp(random, 0.08, 0.3));
    } else {  // night
        air.ambient = static_cast<float>(random.uniform(0.03, 0.18));
        air.zenith = tinted(random, 0.3, -0.4);
        air.rim = air.zenith * 1.3F;
        look.exposure *= random.uniform(0.5, 1);
        addFloodlights(random, look, 8, true);
    }
    return look;
}

// ---- the place --------------------------------------------------------------------------------

Surface groundSurface(Random& random, const Plan& p) {
    const double kind = random.unit();
    const bool earth = p.place == Place::Pit || p.place == Place::Trench || kind < 0.45;
    const double v = random.uniform(50, 190);
    Surface s = plainSurface(
        random,
        earth ? cv::Scalar(v * random.uniform(0.4, 0.8), v * random.uniform(0.6, 0.9), v)
              : greyScalar(random, 50, 215, 10),
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

Surface formSurface(Random& random) {
    const double kind = random.unit();
    Surface s = plainSurface(random,
                             kind < 0.6    ? timberScalar(random)
                             : kind < 0.75 ? cv::Scalar(20, random.uniform(140, 200), 235)
                             : kind < 0.9  ? greyScalar(random, 60, 190, 8)
                                           : anyColour(random, 0.9),
                             random.uniform(0, 0.3));
    s.grain = kind < 0.4 ? Grain::Boards : Grain::Mottled;
    s.cell = static_cast<float>(random.uniform(0.1, 0.4));
    s.dirt = static_cast<float>(random.uniform(0, 0.55));
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
        Surface steel = plainSurface(random, greyScalar(random, 20, 130, 20), 0.1);
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
    const Surface tube = plainSurface(random, greyScalar(random, 80, 210, 8), 0.4);
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
    Surface wall = plainSurface(random, greyScalar(random, 60, 230, 12), 0);
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
            random, kind < 0.5 ? greyScalar(random, 40, 230, 14) : anyColour(random, 0.9), 0.05);
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
    const bool empty = p.pokers.empty();
    for (int i = random.integer(2, empty ? 7 : 6); i > 0; --i) {
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

struct Axis {
    PointPx first, last;
    double firstShare = 0, lastShare = 1;  // of the bar from its low end
};

std::optional<Axis> visibleAxis(const Camera& camera, const SolidPoker& p, const cv::Mat& ids) {
    constexpr int kSteps = 200;
    std::optional<Axis> found;
    for (int i = 0; i <= kSteps; ++i) {
        const double share = static_cast<double>(i) / kSteps;
        const Camera::Seen s = camera.project(p.low + (p.top - p.low) * share);
        const cv::Rect about = cv::Rect(cvRound(s.px.x) - 1, cvRound(s.px.y) - 1, 3, 3) &
                               cv::Rect(0, 0, ids.cols, ids.rows);
        if (s.depth <= 0 || about.empty() || cv::countNonZero(ids(about) == p.id) == 0) {
            continue;
        }
        const PointPx at{std::clamp(s.px.x, 0.0, ids.cols - 1.0),
                         std::clamp(s.px.y, 0.0, ids.rows - 1.0)};
        if (!found) {
            found = Axis{at, at, share, share};
        }
        found->last = at;
        found->lastShare = share;
    }
    return found;
}

void labelPoker(TrainingSample& sample, const Camera& camera, const SolidPoker& p,
                const cv::Mat& ids, const BoxPx& box, int pixels, double full) {
    constexpr double kWorstHidden = 0.62;
    const double unit = camera.width / 640, longest = std::max(box.w, box.h);
    std::optional<Axis> axis;
    if (longest >= 9 * unit && pixels >= 16 * unit * unit && pixels >= (1 - kWorstHidden) * full) {
        axis = visibleAxis(camera, p, ids);
    }
    if (!axis) {
        sample.ignore.push_back(box);
        return;
    }
    // Whether it is in the concrete can be told only where its lower end is seen.
    const double length = std::hypot(camera.project(p.top).px.x - camera.project(p.low).px.x,
                                     camera.project(p.top).px.y - camera.project(p.low).px.y);
    const bool shown = axis->firstShare * length < std::max(3 * unit, 0.1 * length);
    PokerPoints points{axis->first, axis->last, 1, 1, -1};
    if (shown) {
        points.immersedScore = p.immersed() ? 1.0F : 0.0F;
    }
    if (points.low.y < points.top.y && !p.immersed()) {
        std::swap(points.low, points.top);
    }
    sample.truth.push_back({ObjectClass::Vibrator, 1, box, points});
}

void labelAll(TrainingSample& sample, const SolidScene& scene,
              const std::vector<SolidPoker>& pokers, const cv::Mat& ids) {
    const std::vector<double> full = scene.fullAreas(kSolidIds);
    const double unit = sample.bgr.cols / 640.0;
    for (const auto& [id, part] : visibleParts(ids)) {
        const BoxPx box{part.box.x - 0.5, part.box.y - 0.5, static_cast<double>(part.box.width),
                        static_cast<double>(part.box.height)};
        const double whole = full[static_cast<size_t>(id)],
                     seen = part.pixels / std::max(1.0, whole);
        if (id < kSolidPersonIds) {
            labelPoker(sample, scene.camera(), pokers[static_cast<size_t>(id - 1)], ids, box,
                       part.pixels, whole);
        } else if (id < kSolidHoeIds) {
            if (box.h > 9 * unit && part.pixels > 50 * unit * unit && seen > 0.12) {
                sample.truth.push_back({ObjectClass::Person, 1, box, std::nullopt});
            } else {
                sample.ignore.push_back(box);
            }
        } else if (std::max(box.w, box.h) > 11 * unit && seen > 0.33) {
            sample.truth.push_back({ObjectClass::Hoe, 1, box, std::nullopt});
        } else {
            sample.ignore.push_back(box);
        }
    }
}

void blurMoving(Random& random, TrainingSample& sample) {
    for (const Detection& d : sample.truth) {
        if (!d.poker || !random.chance(0.06)) {
            continue;
        }
        const int reach = std::clamp(cvRound(std::max(d.box.w, d.box.h) * 0.1), 1, 5);
        const int n = 2 * random.integer(1, reach) + 1;
        const double turn = random.uniform(0, CV_PI), half = (n - 1) / 2.0;
        cv::Mat kernel(n, n, CV_32F, cv::Scalar(0));
        const cv::Point2d c(half, half), v(std::cos(turn) * half, std::sin(turn) * half);
        cv::line(kernel, c - v, c + v, cv::Scalar(1));
        const cv::Rect about = cv::Rect(cvFloor(d.box.x) - n, cvFloor(d.box.y) - n,
                                        cvCeil(d.box.w) + 2 * n, cvCeil(d.box.h) + 2 * n) &
                               cv::Rect(0, 0, sample.bgr.cols, sample.bgr.rows);
        cv::Mat blurred;
        cv::filter2D(sample.bgr(about), blurred, -1, kernel / cv::sum(kernel)[0]);
        blurred.copyTo(sample.bgr(about));
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

struct Setup {
    Random random;
    Plan plan;
    Camera camera;
};

Setup plan(std::uint64_t seed, int width, int height) {
    Setup s{Random(seed ^ 0x5011DULL), {}, {}};
    planPlace(s.random, s.plan);
    planPokers(s.random, s.plan);
    s.camera = aimCamera(s.random, s.plan, width, height);
    return s;
}

}  // namespace

TrainingSample renderSolidSample(std::uint64_t seed, int width, int height,
                                 const BackgroundPool* /*backgrounds*/) {
    Setup s = plan(seed, width, height);
    Random& random = s.random;
    SolidScene scene(s.camera, kOversample);
    SolidSite site;
    site.scene = &scene;
    buildSite(random, site, s.plan, s.camera);
    SolidScene::Look look = planLook(random, s.plan, s.camera);
    look.dirt = site.grout * static_cast<float>(random.uniform(0.8, 1.3));
    SolidScene::Picture picture = scene.render(look);
    TrainingSample sample;
    sample.bgr = picture.bgr;
    labelAll(sample, scene, s.plan.pokers, picture.ids);
    blurMoving(random, sample);
    spoil(sample.bgr, random, 0.8);
    ignoreSwallowed(sample);
    return sample;
}

std::map<std::string, int> solidSampleThings(std::uint64_t seed, int width, int height) {
    Setup s = plan(seed, width, height);
    SolidScene scene(s.camera, kOversample);
    SolidSite site;
    site.scene = &scene;
    buildSite(s.random, site, s.plan, s.camera);
    return site.counts;
}

}  // namespace cvd::simulation
