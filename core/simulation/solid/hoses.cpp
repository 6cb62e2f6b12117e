#include "core/simulation/solid/hoses.h"

#include "core/simulation/solid/materials.h"

namespace cvd::simulation {
namespace {

void putMotor(Random& random, SolidSite& site, const Vec3& at) {
    const Surface body = plainSurface(random, saturated(random), random.uniform(0, 0.4));
    const double turn = random.uniform(0, CV_PI);
    const Vec3 foot(at[0], at[1], site.surface(at[0], at[1]));
    site.scene->block(foot, {random.uniform(0.2, 0.5), random.uniform(0.15, 0.3), 0.25}, turn,
                      body);
    site.scene->rod(foot + level(turn) * 0.2 + kUp * 0.3, foot - level(turn) * 0.2 + kUp * 0.3,
                    0.015, 0.015, rustSurface(random));
}

}  // namespace

void trail(Random& random, const SolidSite& site, Line& line, double turn, double radius) {
    const int pieces = random.integer(2, 9);
    const bool far = random.chance(0.6);
    for (int i = 0; i < pieces; ++i) {
        turn += random.uniform(-0.7, 0.7);
        const Vec3 next = line.back() + level(turn) * (far ? random.uniform(0.4, 0.9)
                                                           : random.uniform(0.2, 0.45));
        line.emplace_back(next[0], next[1], site.surface(next[0], next[1]) + radius);
    }
}

void routeHose(Random& random, SolidSite& site, Line& line, const SolidFigure* f, double radius) {
    const Vec3 hand = line.back();
    const double kind = random.unit();
    double turn = random.uniform(0, 2 * CV_PI);
    if (f != nullptr && kind < 0.25) {  // over the shoulder
        const int side = random.chance(0.5) ? 1 : -1;
        const Vec3 over = f->shoulder(side) + kUp * (0.05 * f->height + radius);
        line.push_back((hand + over) * 0.5 + f->forward() * 0.12 + kUp * 0.05);
        line.push_back(over);
        line.push_back(over - f->forward() * 0.25 - kUp * 0.45);
        turn = f->facing + CV_PI + random.uniform(-0.6, 0.6);
    } else if (f != nullptr && kind < 0.45) {  // under the arm
        const int side = random.chance(0.5) ? 1 : -1;
        line.push_back(f->hip() + f->leftward() * (side * 0.28) + kUp * random.uniform(0, 0.25));
        line.push_back(f->hip() - f->forward() * 0.4 + f->leftward() * (side * 0.3) - kUp * 0.3);
        turn = f->facing + CV_PI + random.uniform(-0.6, 0.6);
    } else if (f != nullptr && kind < 0.52) {  // to a motor on the back
        const Vec3 back = f->neck() - f->trunk() * 0.25 - f->forward() * 0.22;
        line.push_back((hand + back) * 0.5 + f->leftward() * random.uniform(-0.45, 0.45) +
                       kUp * 0.1);
        line.push_back(back);
        site.scene->box(back - f->forward() * 0.06, {0.1, 0.17, 0.2}, f->forward(), f->leftward(),
                        plainSurface(random, saturated(random), 0.3));
        return;
    } else if (kind < 0.64) {  // out of the picture above
        const Vec3 on = unit(level(turn) * random.uniform(0.2, 1.2) + kUp);
        line.push_back(hand + on * 0.5 + level(turn) * 0.1);
        line.push_back(hand + on * 2.5);
        line.push_back(hand + on * 6.0);
        return;
    } else {  // falls to the ground in an arch
        line.push_back(hand + level(turn) * random.uniform(0.12, 0.3) +
                       kUp * random.uniform(0, 0.3));
        line.push_back(hand + level(turn) * random.uniform(0.35, 0.6) - kUp * (hand[2] * 0.4));
    }
    const Vec3 down = line.back() + level(turn) * random.uniform(0.2, 0.5);
    line.emplace_back(down[0], down[1], site.surface(down[0], down[1]) + radius);
    trail(random, site, line, turn, radius);
    if (random.chance(0.25)) {
        putMotor(random, site, line.back());
    }
}

}  // namespace cvd::simulation
