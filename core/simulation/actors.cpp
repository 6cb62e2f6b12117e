#include "core/simulation/actors.h"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace cvd::simulation {
namespace {

cv::Scalar hsv(double hue, double s, double v) {  // hue 0..360
    const double c = v * s, h = hue / 60, x = c * (1 - std::abs(std::fmod(h, 2.0) - 1)), m = v - c;
    const double r = h < 1 || h >= 5 ? c : (h < 2 || h >= 4 ? x : 0);
    const double g = h >= 1 && h < 3 ? c : (h < 4 ? x : 0);
    const double b = h >= 3 && h < 5 ? c : (h >= 2 ? x : 0);
    return {255 * (b + m), 255 * (h < 4 ? g + m : m), 255 * (r + m)};
}

cv::Scalar grey(double v, Random& random, double tint) {
    return {v + random.uniform(-tint, tint), v + random.uniform(-tint, tint),
            v + random.uniform(-tint, tint)};
}

Vec3 mix(const Vec3& a, const Vec3& b, double t) {
    return a * (1 - t) + b * t;
}

std::vector<Vec3> bezier(const Vec3& a, const Vec3& b, const Vec3& c, const Vec3& d, int steps) {
    std::vector<Vec3> line;
    for (int i = 0; i <= steps; ++i) {
        const double t = static_cast<double>(i) / steps, u = 1 - t;
        line.push_back(a * (u * u * u) + b * (3 * u * u * t) + c * (3 * u * t * t) +
                       d * (t * t * t));
    }
    return line;
}

Material material(const cv::Scalar& bgr, double shine, bool flat) {
    Material m;
    m.bgr = bgr;
    m.shine = shine;
    m.flat = flat;
    return m;
}

void limb(Canvas& canvas, const Vec3& from, const Vec3& to, double bendOut, double ra, double rb,
          const Material& m, int id) {
    const Vec3 joint = mix(from, to, 0.5) + Vec3(0, 0, bendOut);
    canvas.rod(from, joint, ra, (ra + rb) / 2, m, id);
    canvas.rod(joint, to, (ra + rb) / 2, rb, m, id);
}

}  // namespace

cv::Scalar anyColour(Random& random, double saturation) {
    return hsv(random.uniform(0, 359.9), std::min(1.0, random.uniform(0.05, 0.95) * saturation),
               random.uniform(0.08, 0.95));
}

Vec3 Poker::contact() const {
    if (tip[2] >= 0) {
        return tip;
    }
    const Vec3 d = top - tip;
    return d[2] > 1e-6 ? tip + d * (-tip[2] / d[2]) : tip;
}

Poker makePoker(Random& random, const Palette& palette) {
    Poker p;
    p.radius = random.logUniform(0.0125, 0.06);
    p.neckRadius = p.radius * random.uniform(0.55, 1.0);
    p.headShare = random.chance(0.35) ? 1.0 : random.uniform(0.45, 0.9);
    const int finish = random.integer(0, 5);
    if (finish <= 2) {  // bare steel, bright to dark, or smeared with grout
        p.head = material(grey(random.uniform(70, 215), random, 10), random.uniform(0.1, 0.9),
                          palette.flat);
    } else if (finish == 3) {  // rust
        p.head = material(
            hsv(random.uniform(10, 30), random.uniform(0.3, 0.7), random.uniform(0.25, 0.55)), 0.1,
            palette.flat);
    } else if (finish == 4) {  // paint
        p.head = material(hsv(random.pick({0.0, 20.0, 45.0, 55.0, 140.0, 210.0, 230.0}),
                              random.uniform(0.5, 1), random.uniform(0.4, 0.95)),
                          random.uniform(0.0, 0.6), palette.flat);
    } else {  // black rubber or dark steel
        p.head = material(grey(random.uniform(18, 70), random, 6), random.uniform(0.0, 0.4),
                          palette.flat);
    }
    p.tube = random.chance(0.6) ? p.head
                                : material(grey(random.uniform(20, 190), random, 10),
                                           random.uniform(0, 0.5), palette.flat);
    const int hoseKind = random.integer(0, 4);
    p.hose = hoseKind <= 1 ? material(grey(random.uniform(12, 60), random, 5), 0.15, palette.flat)
             : hoseKind == 2
                 ? material(hsv(random.uniform(15, 35), 0.85, random.uniform(0.6, 0.95)), 0.1,
                            palette.flat)
             : hoseKind == 3 ? material(grey(random.uniform(90, 170), random, 8), 0.1, palette.flat)
                             : material(anyColour(random, 1), 0.1, palette.flat);
    p.hoseRadius = std::min(random.logUniform(0.009, 0.035), p.radius * 0.95);
    return p;
}

void placePoker(Poker& poker, const Vec3& contact, const Vec3& axisUp, double length,
                double depth) {
    const Vec3 axis = axisUp / cv::norm(axisUp);
    const double below = axis[2] > 0.05 ? depth / axis[2] : depth;
    poker.tip = contact - axis * below;
    poker.top = poker.tip + axis * length;
}

void layHose(Poker& poker, const Vec3& hand, const Vec3& end, double slack, Random& random) {
    const Vec3 axis = (poker.top - poker.tip) / cv::norm(poker.top - poker.tip);
    const double reach = cv::norm(hand - poker.top);
    poker.hoseLine = bezier(
        poker.top, poker.top + axis * (reach * 0.45 + 0.05),
        hand + Vec3(random.uniform(-0.1, 0.1), random.uniform(-0.1, 0.1), 0.12 * slack), hand, 8);
    const Vec3 sag = mix(hand, end, 0.5) - Vec3(0, 0, slack * cv::norm(end - hand) * 0.5);
    const auto rest = bezier(hand, mix(hand, sag, 0.6), mix(end, sag, 0.6), end, 10);
    poker.hoseLine.insert(poker.hoseLine.end(), rest.begin() + 1, rest.end());
    for (Vec3& p : poker.hoseLine) {
        p[2] = std::max(p[2], poker.hoseRadius);
    }
}

Worker makeWorker(Random& random, const Palette& palette) {
    Worker w;
    const double s = palette.saturation;
    w.height = random.uniform(1.55, 1.9);
    w.bend = random.uniform(0.0, 0.9);
    w.stride = random.uniform(0.1, 0.6);
    w.crouch = random.chance(0.2) ? random.uniform(0.1, 0.35) : random.uniform(0, 0.08);
    w.trousers = material(
        random.chance(0.6)
            ? hsv(random.uniform(200, 240), random.uniform(0.1, 0.6) * s, random.uniform(0.12, 0.5))
            : anyColour(random, s * 0.6),
        0, palette.flat);
    w.jacket = material(random.chance(0.55) ? hsv(random.pick({22.0, 30.0, 55.0, 75.0, 95.0}),
                                                  random.uniform(0.6, 1), random.uniform(0.6, 1))
                                            : anyColour(random, s),
                        0, palette.flat);
    w.jacket.stripes = random.chance(0.5) ? 1 : 0;
    w.skin =
        material(hsv(random.uniform(12, 28), random.uniform(0.25, 0.6), random.uniform(0.25, 0.9)),
                 0, palette.flat);
    w.helmet = material(
        random.pick({cv::Scalar(40, 200, 240), cv::Scalar(240, 240, 240), cv::Scalar(40, 40, 220),
                     cv::Scalar(200, 90, 30), cv::Scalar(30, 120, 240), cv::Scalar(60, 160, 60)}),
        0.4, palette.flat);
    w.boots = material(grey(random.uniform(15, 90), random, 10), 0.1, palette.flat);
    w.hasHelmet = random.chance(0.85);
    return w;
}

Hoe makeHoe(Random& random, const Palette& palette) {
    Hoe h;
    h.shovel = random.chance(0.4);
    h.bladeWidth = random.uniform(0.18, 0.5);
    h.handle =
        material(hsv(random.uniform(20, 45), random.uniform(0.2, 0.6), random.uniform(0.3, 0.8)),
                 0.05, palette.flat);
    h.metal = material(grey(random.uniform(50, 180), random, 12), 0.3, palette.flat);
    return h;
}

Vec3 Worker::shoulder(int side) const {
    const double hip = height * (0.52 - crouch * 0.6);
    const double trunk = height * 0.31;
    const Vec3 ahead(std::cos(facing), std::sin(facing), 0),
        right(std::sin(facing), -std::cos(facing), 0);
    return at + Vec3(0, 0, hip) + ahead * (trunk * std::sin(bend)) +
           Vec3(0, 0, trunk * std::cos(bend)) + right * (side * 0.2);
}

void draw(Canvas& canvas, const Poker& poker, int id) {
    canvas.tube(poker.hoseLine, poker.hoseRadius, poker.hose, 0);
    const Vec3 low = poker.contact();
    const double length = cv::norm(poker.top - poker.tip);
    const Vec3 axis = (poker.top - poker.tip) / length;
    const Vec3 neck = poker.tip + axis * (length * poker.headShare);
    if (poker.top[2] <= 0) {
        return;
    }
    const bool headVisible =
        neck[2] > 0.0 && cv::norm(neck - low) > 0.01 && neck[2] > low[2] - 1e-9;
    const bool upright = axis[2] >= 0;
    if (poker.headShare < 0.999) {
        canvas.rod(headVisible || !upright ? neck : low, poker.top,
                   headVisible ? poker.neckRadius : poker.neckRadius, poker.neckRadius, poker.tube,
                   id);
    }
    if (headVisible || !upright) {
        const double share = poker.headShare;
        canvas.rod(low, share < 0.999 ? neck : poker.top, poker.radius,
                   share < 0.999 ? poker.radius : poker.neckRadius, poker.head, id);
    }
}

void draw(Canvas& canvas, const Worker& w, int id) {
    const double h = w.height;
    const Vec3 ahead(std::cos(w.facing), std::sin(w.facing), 0),
        right(std::sin(w.facing), -std::cos(w.facing), 0);
    const Vec3 hip = w.at + Vec3(0, 0, h * (0.52 - w.crouch * 0.6));
    const double girth = h / 1.75;
    for (const int side : {-1, 1}) {
        const Vec3 foot =
            w.at + right * (side * 0.11) + ahead * (side * w.stride / 2) + Vec3(0, 0, 0.05);
        const Vec3 socket = hip + right * (side * 0.09);
        const Vec3 knee = mix(socket, foot, 0.5) + ahead * (0.05 + w.crouch * 0.6);
        canvas.rod(socket, knee, 0.088 * girth, 0.068 * girth, w.trousers, id);
        canvas.rod(knee, foot + Vec3(0, 0, 0.1), 0.066 * girth, 0.052 * girth, w.trousers, id);
        canvas.rod(foot + Vec3(0, 0, 0.16), foot, 0.058, 0.05, w.boots, id);
        canvas.rod(foot - ahead * 0.05, foot + ahead * 0.16, 0.045, 0.04, w.boots, id);
    }
    const Vec3 chest = (w.shoulder(-1) + w.shoulder(1)) * 0.5;
    canvas.rod(hip, mix(hip, chest, 0.45), 0.145 * girth, 0.155 * girth, w.jacket, id);
    canvas.rod(mix(hip, chest, 0.4), chest, 0.155 * girth, 0.165 * girth, w.jacket, id);
    if (w.jacket.stripes > 0) {
        Material band = w.jacket;
        band.bgr = cv::Scalar(215, 225, 225);
        for (const double t : {0.3, 0.55}) {
            canvas.rod(mix(hip, chest, t), mix(hip, chest, t + 0.08), 0.158 * girth, 0.158 * girth,
                       band, id);
        }
    }
    canvas.rod(w.shoulder(-1), w.shoulder(1), 0.075 * girth, 0.075 * girth, w.jacket, id);
    const Vec3 neck = chest + (chest - hip) / cv::norm(chest - hip) * 0.08;
    const Vec3 head = neck + Vec3(0, 0, 0.11 * girth) + ahead * 0.04;
    canvas.rod(chest, neck, 0.06, 0.055, w.skin, id);
    canvas.ball(head, 0.105 * girth, w.skin, id);
    if (w.hasHelmet) {
        canvas.ball(head + Vec3(0, 0, 0.045), 0.12 * girth, w.helmet, id);
        canvas.rod(head + ahead * 0.06 + Vec3(0, 0, 0.02), head + ahead * 0.15 + Vec3(0, 0, 0.01),
                   0.03, 0.015, w.helmet, id);
    }
    for (const int side : {-1, 1}) {
        const auto& hand = side < 0 ? w.leftHand : w.rightHand;
        const Vec3 from = w.shoulder(side);
        Vec3 to = hand ? *hand : from + Vec3(0, 0, -0.55 * girth) + ahead * 0.12;
        const double reach = cv::norm(to - from), longest = 0.68 * girth;
        if (reach > longest) {  // an arm does not stretch
            to = from + (to - from) * (longest / reach);
        }
        limb(canvas, from, to, -0.06, 0.055 * girth, 0.04 * girth, w.jacket, id);
        canvas.ball(to, 0.05 * girth, w.skin, id);
    }
}

void draw(Canvas& canvas, const Hoe& h, int id) {
    canvas.rod(h.blade, h.grip, 0.016, 0.016, h.handle, id);
    const Vec3 d = h.grip - h.blade;
    Vec3 across(-d[1], d[0], 0);
    const double n = cv::norm(across);
    across = n > 1e-6 ? across / n : Vec3(1, 0, 0);
    const Vec3 tall =
        h.shovel ? Vec3(d[0], d[1], 0) * (-0.22 / std::max(0.2, cv::norm(Vec3(d[0], d[1], 0))))
                 : Vec3(0, 0, 0.11);
    const Vec3 half = across * (h.bladeWidth / 2 * (h.shovel ? 0.6 : 1));
    canvas.face({h.blade - half, h.blade + half, h.blade + half + tall, h.blade - half + tall},
                h.metal, id);
}

void drawDistractor(Canvas& canvas, Random& random, const Palette& palette, const Vec3& c) {
    Material m = material(random.chance(0.6) ? grey(random.uniform(25, 200), random, 14)
                                             : anyColour(random, palette.saturation),
                          random.uniform(0, 0.5), palette.flat);
    const auto near = [&](double r, double z) {
        return c + Vec3(random.uniform(-r, r), random.uniform(-r, r), z);
    };
    switch (random.integer(0, 9)) {
        case 0: {  // starter bars standing in a row
            const double gap = random.uniform(0.12, 0.4), tall = random.uniform(0.15, 1.2),
                         turn = random.uniform(0, 3.1);
            m.bgr = hsv(random.uniform(8, 30), random.uniform(0.1, 0.7), random.uniform(0.15, 0.6));
            for (int i = random.integer(2, 14); i > 0; --i) {
                const Vec3 foot = c + Vec3(std::cos(turn), std::sin(turn), 0) * (i * gap);
                canvas.rod(
                    foot,
                    foot + Vec3(random.uniform(-0.03, 0.03), random.uniform(-0.03, 0.03), tall),
                    0.011, 0.011, m, 0);
            }
            break;
        }
        case 1:  // pump hose or pipe with its jet
        {
            const double r = random.uniform(0.06, 0.12);
            const Vec3 mouth = near(0.4, random.uniform(0.2, 1.0));
            canvas.tube(bezier(mouth, mouth + Vec3(0, 0, 0.8), near(2, 2.5), near(3, 3.5), 9), r, m,
                        0);
            if (random.chance(0.5)) {
                m.bgr = grey(random.uniform(80, 160), random, 8);
                canvas.rod(mouth, Vec3(mouth[0], mouth[1], 0), r * 0.7, r * 1.4, m, 0);
            }
            break;
        }
        case 2:  // a stick or pipe planted in the ground
            canvas.rod(c,
                       c + Vec3(random.uniform(-0.4, 0.4), random.uniform(-0.4, 0.4),
                                random.uniform(0.5, 2.4)),
                       random.logUniform(0.008, 0.05), random.logUniform(0.008, 0.05), m, 0);
            break;
        case 3: {  // lying pipe, board or screed
            const Vec3 a = near(0.5, 0.03);
            const double turn = random.uniform(0, 6.28), l = random.uniform(0.6, 4);
            canvas.rod(a, a + Vec3(std::cos(turn) * l, std::sin(turn) * l, 0), 0.03, 0.03, m, 0);
            break;
        }
        case 4: {  // cable or water hose on the ground
            std::vector<Vec3> line =
                bezier(near(2, 0.02), near(2, 0.02), near(2, 0.02), near(2, 0.02), 16);
            canvas.tube(line, random.uniform(0.006, 0.02), m, 0);
            break;
        }
        case 5: {  // post with a foot: prop, sign, pole
            const double tall = random.uniform(1, 4);
            canvas.rod(c, c + Vec3(0, 0, tall), 0.03, 0.03, m, 0);
            canvas.box(c, {0.2, 0.2, 0.03}, 0, m, 0);
            break;
        }
        case 6: {  // traffic cone or bucket
            const double tall = random.uniform(0.25, 0.7);
            if (random.chance(0.5)) {
                m.bgr = {30, 90, 235};
            }
            canvas.rod(c, c + Vec3(0, 0, tall), random.uniform(0.1, 0.2), random.uniform(0.02, 0.2),
                       m, 0);
            break;
        }
        case 7:  // shadow of a bar
            canvas.shadow(c, near(1.2, 0), random.uniform(0.01, 0.05), random.uniform(0.2, 0.7));
            break;
        case 8: {  // rail: two posts and a bar
            const Vec3 d(random.uniform(0.6, 2), random.uniform(-1, 1), 0);
            const double tall = random.uniform(0.5, 1.2);
            for (int i = 0; i < 3; ++i) {
                canvas.rod(c + d * i, c + d * i + Vec3(0, 0, tall), 0.02, 0.02, m, 0);
            }
            canvas.rod(c + Vec3(0, 0, tall), c + d * 2 + Vec3(0, 0, tall), 0.02, 0.02, m, 0);
            break;
        }
        default:
            canvas.box(
                c, {random.uniform(0.1, 1.2), random.uniform(0.1, 1.2), random.uniform(0.1, 1.2)},
                random.uniform(0, 3), m, 0);
    }
}

}  // namespace cvd::simulation
