#include "core/simulation/solid/plan.h"

#include <algorithm>
#include <cmath>

namespace cvd::simulation {
namespace {

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

}  // namespace

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
        p.focusLength = std::max(0.22, p.pokers[0].shown);
    } else {
        p.focus[2] = 0.3;
        p.focusLength = random.uniform(0.2, 0.5);
    }
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

}  // namespace cvd::simulation
