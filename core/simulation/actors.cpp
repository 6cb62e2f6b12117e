#include "core/simulation/actors.h"

#include <algorithm>
#include <cmath>
#include <vector>

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

}  // namespace

cv::Scalar anyColour(Random& random, double saturation) {
    return hsv(random.uniform(0, 359.9), std::min(1.0, random.uniform(0.05, 0.95) * saturation),
               random.uniform(0.08, 0.95));
}

cv::Scalar greyOf(Random& random, double low, double high, double tint) {
    const double v = random.uniform(low, high);
    return {v + random.uniform(-tint, tint), v + random.uniform(-tint, tint),
            v + random.uniform(-tint, tint)};
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
    if (random.chance(0.2)) {  // a hose as thick and dark as the bar: only its bends tell it
        p.hoseRadius = p.radius * random.uniform(0.85, 1.0);
        p.neckRadius = p.radius;
        p.hose = random.chance(0.6) ? p.head : p.tube;
    }
    p.smear = material(grey(random.uniform(70, 190), random, 10), 0.1, palette.flat);
    p.smearShare = random.chance(0.35) ? random.uniform(0.1, 1.0) : 0;
    p.collarShare = random.chance(0.25) ? p.headShare * random.uniform(0.7, 0.97) : 0;
    p.pointed = random.chance(0.3);
    p.bands = random.chance(0.15) ? random.integer(1, 4) : 0;
    p.band = material(
        random.chance(0.5) ? grey(random.pick({20.0, 235.0}), random, 5) : anyColour(random, 1.2),
        0.1, palette.flat);
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
    w.girth = random.uniform(0.85, 1.3);
    w.hasVest = random.chance(0.35);
    w.vest = material(hsv(random.pick({18.0, 28.0, 58.0, 70.0, 85.0}), random.uniform(0.6, 1),
                          random.uniform(0.55, 1)),
                      0, palette.flat);
    w.skin =
        material(hsv(random.uniform(12, 28), random.uniform(0.25, 0.6), random.uniform(0.25, 0.9)),
                 0, palette.flat);
    w.helmet = material(
        random.pick({cv::Scalar(40, 200, 240), cv::Scalar(240, 240, 240), cv::Scalar(40, 40, 220),
                     cv::Scalar(200, 90, 30), cv::Scalar(30, 120, 240), cv::Scalar(60, 160, 60)}),
        0.4, palette.flat);
    w.boots = material(grey(random.uniform(15, 90), random, 10), 0.1, palette.flat);
    w.hasHelmet = random.chance(0.85);
    w.hasBrim = random.chance(0.08);
    w.gloves = random.chance(0.5)
                   ? w.skin
                   : material(random.chance(0.6) ? grey(random.uniform(30, 230), random, 12)
                                                 : anyColour(random, s),
                              0, palette.flat);
    return w;
}

Hoe makeHoe(Random& random, const Palette& palette) {
    Hoe h;
    h.shovel = random.chance(0.4);
    h.bladeWidth = random.uniform(0.18, 0.5);
    h.handle = random.chance(0.65) ? material(hsv(random.uniform(20, 45), random.uniform(0.2, 0.6),
                                                  random.uniform(0.3, 0.8)),
                                              0.05, palette.flat)
                                   : material(anyColour(random, 1), 0.3, palette.flat);
    h.handleRadius = random.uniform(0.011, 0.024);
    h.teeth = !h.shovel && random.chance(0.35) ? random.integer(6, 14) : 0;
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

namespace {

// One part of a body, kept until all are known: what is nearer hides what is farther.
struct Part {
    Vec3 a, b;
    double ra = 0, rb = 0;
    const Material* material = nullptr;
    bool ball = false;
};

void paintParts(Canvas& canvas, std::vector<Part>& parts, int id) {
    const auto depth = [&](const Part& p) {
        return canvas.camera().project((p.a + p.b) * 0.5).depth - std::max(p.ra, p.rb);
    };
    std::stable_sort(parts.begin(), parts.end(),
                     [&](const Part& x, const Part& y) { return depth(x) > depth(y); });
    for (const Part& p : parts) {
        if (p.ball) {
            canvas.ball(p.a, p.ra, *p.material, id);
        } else {
            canvas.rod(p.a, p.b, p.ra, p.rb, *p.material, id);
        }
    }
}

}  // namespace

void draw(Canvas& canvas, const Poker& poker, int id) {
    canvas.tube(poker.hoseLine, poker.hoseRadius, poker.hose, 0);
    if (poker.top[2] <= 0) {
        return;
    }
    const Vec3 low = poker.contact();
    const Vec3 along = poker.top - poker.tip;
    const double length = cv::norm(along);
    const double from = cv::norm(low - poker.tip) / length;  // share below the surface
    const auto at = [&](double share) { return poker.tip + along * share; };
    // Where the surface cuts a standing bar it shows a flat ellipse, not a round end.
    const Vec3 sight = (low - canvas.camera().at) / cv::norm(low - canvas.camera().at);
    const double cut = poker.immersed() ? std::min(0.9, std::abs(sight[2])) : -1;
    struct Piece {
        double from, to, ra, rb;
        const Material* material;
    };
    std::vector<Piece> pieces;
    const double head = poker.headShare, smear = std::min(poker.smearShare, 0.95);
    const double point = poker.pointed ? 0.12 : 0;
    const auto add = [&](double p, double q, double ra, double rb, const Material& m) {
        if (q <= from + 1e-3) {
            return;
        }
        if (p < from) {  // cut by the surface
            ra += (rb - ra) * (from - p) / (q - p);
            p = from;
        }
        pieces.push_back({p, q, ra, rb, &m});
    };
    const double r = poker.radius;
    if (point > 0) {
        add(0, point, r * 0.35, r, smear > 0 ? poker.smear : poker.head);
    }
    if (smear > point) {
        add(point, std::min(smear, head), r, r, poker.smear);
    }
    add(std::max(point, std::min(smear, head)), head, r, head < 0.999 ? r : poker.neckRadius,
        poker.head);
    if (head < 0.999) {
        add(head, 1, poker.neckRadius, poker.neckRadius, smear > head ? poker.smear : poker.tube);
    }
    if (poker.collarShare > 0) {
        add(poker.collarShare, std::min(1.0, poker.collarShare + 0.05), r * 1.12, r * 1.12,
            poker.tube);
    }
    for (int i = 1; i <= poker.bands; ++i) {
        const double middle = static_cast<double>(i) / (poker.bands + 1);
        const double thick = middle < head ? r : poker.neckRadius;
        add(middle - 0.03, middle + 0.03, thick * 1.03, thick * 1.03, poker.band);
    }
    const bool nearIsTop =
        canvas.camera().project(poker.top).depth < canvas.camera().project(low).depth;
    if (!nearIsTop) {
        // Rings lie on the bar, so they come last either way.
        const auto rings = std::stable_partition(pieces.begin(), pieces.end(), [&](const Piece& p) {
            return p.material != &poker.band;
        });
        std::reverse(pieces.begin(), rings);
    }
    for (const Piece& p : pieces) {
        canvas.rod(at(p.from), at(p.to), p.ra, p.rb, *p.material, id,
                   p.from <= from + 1e-9 ? cut : 0.3);
    }
}

void draw(Canvas& canvas, const Worker& w, int id) {
    const double h = w.height;
    const Vec3 ahead(std::cos(w.facing), std::sin(w.facing), 0),
        right(std::sin(w.facing), -std::cos(w.facing), 0);
    const Vec3 hip = w.at + Vec3(0, 0, h * (0.52 - w.crouch * 0.6));
    const double g = h / 1.75 * w.girth;
    std::vector<Part> parts;
    const auto rod = [&](const Vec3& a, const Vec3& b, double ra, double rb, const Material& m) {
        parts.push_back({a, b, ra, rb, &m, false});
    };
    const auto ball = [&](const Vec3& c, double radius, const Material& m) {
        parts.push_back({c, c, radius, radius, &m, true});
    };
    for (const int side : {-1, 1}) {
        const Vec3 foot =
            w.at + right * (side * 0.11) + ahead * (side * w.stride / 2) + Vec3(0, 0, 0.05);
        const Vec3 socket = hip + right * (side * 0.09);
        const Vec3 knee = mix(socket, foot, 0.5) + ahead * (0.05 + w.crouch * 0.6);
        rod(socket, knee, 0.092 * g, 0.066 * g, w.trousers);
        rod(knee, foot + Vec3(0, 0, 0.1), 0.064 * g, 0.055 * g, w.trousers);
        rod(foot + Vec3(0, 0, 0.2), foot, 0.058, 0.05, w.boots);
        rod(foot - ahead * 0.05, foot + ahead * 0.16, 0.045, 0.04, w.boots);
    }
    const Vec3 chest = (w.shoulder(-1) + w.shoulder(1)) * 0.5;
    const Material& trunk = w.hasVest ? w.vest : w.jacket;
    Material band = trunk;
    band.bgr = cv::Scalar(205, 220, 222);
    // Two columns side by side: a trunk is wider than deep.
    for (const int side : {-1, 1}) {
        const Vec3 low = hip + right * (side * 0.065 * w.girth) - Vec3(0, 0, 0.06),
                   high = chest + right * (side * 0.085 * w.girth) - Vec3(0, 0, 0.02);
        rod(low, mix(low, high, 0.5), 0.1 * g, 0.105 * g, trunk);
        rod(mix(low, high, 0.5), high, 0.105 * g, 0.11 * g, trunk);
        if (w.jacket.stripes > 0) {
            for (const double t : {0.28, 0.58}) {
                rod(mix(low, high, t), mix(low, high, t + 0.09), 0.111 * g, 0.111 * g, band);
            }
        }
    }
    rod(w.shoulder(-1), w.shoulder(1), 0.075 * g, 0.075 * g, w.jacket);
    const Vec3 neck = chest + (chest - hip) / cv::norm(chest - hip) * 0.09;
    const Vec3 head = neck + Vec3(0, 0, 0.11) + ahead * 0.04;
    rod(chest, neck, 0.06, 0.055, w.skin);
    ball(head, 0.1, w.skin);
    if (w.hasHelmet) {
        ball(head + Vec3(0, 0, 0.05), 0.115, w.helmet);
        rod(head + ahead * 0.06 + Vec3(0, 0, 0.03), head + ahead * 0.15 + Vec3(0, 0, 0.02), 0.03,
            0.015, w.helmet);
        if (w.hasBrim) {
            rod(head + Vec3(0, 0, 0.03), head + Vec3(0, 0, 0.06), 0.2, 0.17, w.helmet);
        }
    } else {
        ball(head + Vec3(0, 0, 0.035) - ahead * 0.02, 0.102, w.boots);  // hair
    }
    for (const int side : {-1, 1}) {
        const auto& hand = side < 0 ? w.leftHand : w.rightHand;
        const Vec3 from = w.shoulder(side);
        Vec3 to = hand ? *hand : from + Vec3(0, 0, -0.55 * h / 1.75) + ahead * 0.12;
        const double reach = cv::norm(to - from), longest = 0.66 * h / 1.75;
        if (reach > longest) {  // an arm does not stretch
            to = from + (to - from) * (longest / reach);
        }
        // Two equal bones: the elbow falls outwards and down by what the reach leaves.
        const double slack = std::sqrt(std::max(0.0, longest * longest - reach * reach)) / 2;
        const Vec3 elbow = mix(from, to, 0.5) + (right * (0.5 * side) - Vec3(0, 0, 0.8)) * slack;
        rod(from, elbow, 0.058 * g, 0.046 * g, w.jacket);
        rod(elbow, to, 0.045 * g, 0.036 * g, w.jacket);
        ball(to, 0.047, w.gloves);
    }
    paintParts(canvas, parts, id);
}

void draw(Canvas& canvas, const Hoe& h, int id) {
    canvas.rod(h.blade, h.grip, h.handleRadius, h.handleRadius, h.handle, id);
    const Vec3 d = h.grip - h.blade;
    Vec3 across(-d[1], d[0], 0);
    const double n = cv::norm(across);
    across = n > 1e-6 ? across / n : Vec3(1, 0, 0);
    const Vec3 tall =
        h.shovel ? Vec3(d[0], d[1], 0) * (-0.22 / std::max(0.2, cv::norm(Vec3(d[0], d[1], 0))))
                 : Vec3(0, 0, 0.11);
    const Vec3 half = across * (h.bladeWidth / 2 * (h.shovel ? 0.6 : 1));
    if (h.teeth > 0) {
        canvas.rod(h.blade - half + tall * 0.6, h.blade + half + tall * 0.6, 0.015, 0.015, h.metal,
                   id);
        for (int i = 0; i <= h.teeth; ++i) {
            const Vec3 at = h.blade + half * (2.0 * i / h.teeth - 1);
            canvas.rod(at + tall * 0.6, at, 0.006, 0.005, h.metal, id);
        }
        return;
    }
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
    switch (random.integer(0, 17)) {
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
                       random.logUniform(0.006, 0.03), random.logUniform(0.006, 0.03), m, 0);
            break;
        case 3: {  // lying pipe, board or screed
            const Vec3 a = near(0.5, 0.03);
            const double turn = random.uniform(0, 6.28), l = random.uniform(1.4, 4.5);
            const double r = random.logUniform(0.008, 0.06);
            canvas.rod(a, a + Vec3(std::cos(turn) * l, std::sin(turn) * l, 0), r, r, m, 0);
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
        case 9: {  // cage of a column: bars and stirrups
            const double half = random.uniform(0.12, 0.35), tall = random.uniform(0.6, 2.4);
            m.bgr = hsv(random.uniform(8, 30), random.uniform(0.1, 0.6), random.uniform(0.15, 0.5));
            for (const int x : {-1, 0, 1}) {
                for (const int y : {1, 0, -1}) {
                    if (x != 0 || y != 0) {
                        const Vec3 foot = c + Vec3(x * half, y * half, 0);
                        canvas.rod(foot, foot + Vec3(0, 0, tall), 0.012, 0.012, m, 0);
                    }
                }
            }
            for (double z = 0.1; z < tall * 0.8; z += 0.2) {
                canvas.tube(
                    {c + Vec3(-half, -half, z), c + Vec3(half, -half, z), c + Vec3(half, half, z),
                     c + Vec3(-half, half, z), c + Vec3(-half, -half, z)},
                    0.007, m, 0);
            }
            break;
        }
        case 10: {  // a bare hose that hangs to the ground: no bar at its end
            const Vec3 end = near(0.2, random.uniform(0.01, 0.5));
            canvas.tube(bezier(end, end + Vec3(0, 0, random.uniform(0.3, 0.9)),
                               near(1, random.uniform(0.8, 1.6)), near(2.5, 1.3), 14),
                        random.uniform(0.009, 0.03), m, 0);
            break;
        }
        case 11: {  // screed or straight edge with a handle
            const double turn = random.uniform(0, 3.1), half = random.uniform(0.6, 2);
            const Vec3 d(std::cos(turn), std::sin(turn), 0);
            canvas.box(c, {2 * half, 0.06, 0.1}, turn, m, 0);
            canvas.rod(c, c + Vec3(-d[1], d[0], 0) * 0.8 + Vec3(0, 0, 1.1), 0.014, 0.014, m, 0);
            break;
        }
        case 12: {  // scaffold
            const Vec3 d(random.uniform(0.8, 1.8), random.uniform(-0.6, 0.6), 0);
            const double tall = random.uniform(1.5, 4);
            for (int i = 0; i < 4; ++i) {
                canvas.rod(c + d * i, c + d * i + Vec3(0, 0, tall), 0.024, 0.024, m, 0);
            }
            for (double z = 0.4; z < tall; z += 0.9) {
                canvas.rod(c + Vec3(0, 0, z), c + d * 3 + Vec3(0, 0, z), 0.024, 0.024, m, 0);
            }
            canvas.rod(c, c + d + Vec3(0, 0, tall), 0.02, 0.02, m, 0);
            break;
        }
        case 13: {  // chute of a mixer, with what runs out of it
            const Vec3 mouth = near(0.3, random.uniform(0.3, 0.9)), back = near(1.8, 1.9);
            Vec3 across(-(back - mouth)[1], (back - mouth)[0], 0);
            across *= random.uniform(0.18, 0.3) / std::max(0.1, cv::norm(across));
            canvas.face({mouth - across, mouth + across, back + across, back - across}, m, 0);
            canvas.rod(mouth + across, back + across, 0.03, 0.03, m, 0);
            Material flow = material(grey(random.uniform(80, 170), random, 8), 0, palette.flat);
            canvas.rod(Vec3(mouth[0], mouth[1], 0), mouth, 0.25, 0.14, flow, 0);
            canvas.rod(mouth - across, back - across, 0.03, 0.03, m, 0);
            break;
        }
        case 16: {  // pieces of pipe that stand, lean or lie: thick, blunt, without a hose
            const double r = random.uniform(0.018, 0.06);
            for (int i = random.integer(1, 3); i > 0; --i) {
                const Vec3 foot = near(0.25, r);
                const double turn = random.uniform(0, 6.28), rise = random.uniform(0, 1.5),
                             l = random.uniform(0.2, 0.6);
                canvas.rod(foot,
                           foot + Vec3(std::cos(turn) * std::cos(rise),
                                       std::sin(turn) * std::cos(rise), std::sin(rise)) *
                                      l,
                           r, r, m, 0);
            }
            break;
        }
        case 17: {  // a hose left in loops, as thick as a poker's bar
            std::vector<Vec3> line{near(0.3, 0.03)};
            double turn = random.uniform(0, 6.28);
            for (int i = random.integer(6, 18); i > 0; --i) {
                turn += random.uniform(-0.9, 0.9);
                line.push_back(line.back() +
                               Vec3(std::cos(turn), std::sin(turn), 0) * random.uniform(0.1, 0.3));
            }
            canvas.tube(line, random.uniform(0.015, 0.04), m, 0);
            break;
        }
        case 14: {  // a person's plain stick, a shovel left in the ground
            Material wood = material(
                hsv(random.uniform(20, 40), random.uniform(0.2, 0.6), random.uniform(0.3, 0.8)), 0,
                palette.flat);
            const Vec3 top = c + Vec3(random.uniform(-0.3, 0.3), random.uniform(-0.3, 0.3),
                                      random.uniform(0.9, 1.4));
            canvas.rod(c, top, 0.016, 0.016, wood, 0);
            canvas.rod(top - Vec3(0.06, 0, 0), top + Vec3(0.06, 0, 0), 0.015, 0.015, wood, 0);
            break;
        }
        default:
            canvas.box(
                c, {random.uniform(0.1, 1.2), random.uniform(0.1, 1.2), random.uniform(0.1, 1.2)},
                random.uniform(0, 3), m, 0);
    }
}

}  // namespace cvd::simulation
