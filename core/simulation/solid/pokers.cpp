#include "core/simulation/solid/pokers.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/simulation/solid/geometry.h"
#include "core/simulation/solid/hoses.h"
#include "core/simulation/solid/look_alikes.h"
#include "core/simulation/solid/materials.h"
#include "core/simulation/solid/people.h"

namespace cvd::simulation {
namespace {

// Surfaces and details of one poker and its hose.
struct Dress {
    Surface head, tube, hose, collar;
    double neck = 0.8, hoseRadius = 0.02, ribs = 0, domeTip = 0.6;
    int bands = 0;
    Surface band;
    bool rubberTip = false, hasCollar = false;
    double smear = 0;  // metres from the tip
};

Dress makeDress(Random& random, const SolidPoker& p) {
    Dress d;
    d.head = barSurface(random);
    d.tube = random.chance(0.5) ? d.head : barSurface(random);
    d.hose = random.chance(0.15) ? d.tube : hoseSurface(random);
    d.neck = random.chance(0.5) ? 1 : random.uniform(0.6, 1);
    d.hoseRadius = p.radius * (random.chance(0.5)   ? random.uniform(0.4, 0.8)
                               : random.chance(0.7) ? random.uniform(0.8, 1.02)
                                                    : random.uniform(1.02, 1.3));
    d.hoseRadius = std::clamp(d.hoseRadius, 0.009, 0.036);
    d.ribs = random.chance(0.2) ? random.uniform(0.06, 0.2) : 0;
    d.domeTip = random.uniform(0.1, 1.3);
    d.bands = random.chance(0.2) ? random.integer(1, 4) : 0;
    d.band = plainSurface(random,
                          random.chance(0.5) ? greyOf(random, 10, 245, 6) : saturated(random), 0.1);
    d.rubberTip = random.chance(0.2);
    d.hasCollar = random.chance(0.4);
    d.collar = random.chance(0.5) ? d.hose : barSurface(random);
    return d;
}

// The bar from its tip, or from where it enters, up to the hose.
void putBar(Random& random, SolidSite& site, const SolidPoker& p, const Dress& d, const Vec3& tip,
            double from, double to) {
    SolidScene& scene = *site.scene;
    const Vec3 axis = p.axis;
    const auto at = [&](double s) { return tip + axis * s; };
    const double headEnd = std::min(p.head, to);
    const auto piece = [&](double a, double b, double ra, double rb, const Surface& s, double domeA,
                           double domeB) {
        a = std::max(a, from);
        if (b > a + 1e-4) {
            scene.rod(at(a), at(b), ra, rb, s, p.id, {domeA, domeB, 1, {0, 0, 0}, true});
        }
    };
    if (p.immersed()) {  // a root in the concrete, so that an uneven surface meets the bar
        scene.rod(at(from - 0.05), at(from), p.radius, p.radius,
                  d.smear > from ? groutOf(site, random) : d.head, p.id,
                  {0, 0, 1, {0, 0, 0}, false});
    }
    const double r = p.radius;
    if (d.smear > from) {
        const Surface grout = groutOf(site, random);
        const double end = std::min(d.smear, headEnd);
        piece(0, end, r * 1.03, r * 1.03, grout, d.domeTip, 0);
        piece(end, headEnd, r, r, d.head, 0, 0.25);
        piece(headEnd, std::min(d.smear, to), r * d.neck * 1.03, r * d.neck * 1.03, grout, 0, 0);
        piece(std::max(headEnd, d.smear), to, r * d.neck, r * d.neck, d.tube, 0, 0.2);
    } else {
        piece(0, headEnd, r, r, d.head, d.domeTip, 0.25);
        piece(headEnd, to, r * d.neck, r * d.neck, d.tube, 0, 0.2);
    }
    if (d.rubberTip && d.smear <= 0.05) {
        piece(0, r * 1.5, r * 1.03, r * 1.03, plainSurface(random, greyOf(random, 8, 40, 4), 0.1),
              d.domeTip, 0);
    }
    for (int i = 0; i < d.bands; ++i) {
        const double s = p.head * (0.3 + 0.17 * i);
        if (s > d.smear) {
            piece(s, s + r * 0.9, r * 1.04, r * 1.04, d.band, 0, 0);
        }
    }
}

// Fills in what shows of the poker, and returns its tip.
Vec3 barTip(const SolidSite& site, SolidPoker& p) {
    const double whole = p.head + p.tube;
    if (p.immersed()) {
        const Vec3 entry = p.at + p.axis * surfaceAlong(site, p.at, p.axis);
        p.low = entry;
        p.top = entry + p.axis * p.shown;
        return p.state == PokerState::Drowned ? entry : p.top - p.axis * whole;
    }
    const double z = site.surface(p.at[0], p.at[1]);
    p.low = {p.at[0], p.at[1], z + p.gap};
    if (p.state == PokerState::Lying) {
        p.low[2] = z + p.radius * 0.9;
    }
    p.top = p.low + p.axis * whole;
    return p.low;
}

// What a poker leaves on the concrete.
void markConcrete(Random& random, SolidSite& site, const SolidPoker& p) {
    WetSpot spot;
    spot.x = p.low[0];
    spot.y = p.low[1];
    spot.radius = p.radius * random.uniform(2, 9);
    spot.wet = static_cast<float>(random.uniform(0, 1));
    spot.gain = static_cast<float>(random.uniform(0.6, 1.2));
    spot.ring = random.chance(0.5) ? p.radius * random.uniform(1.2, 2) : 0;
    if (random.chance(0.75)) {
        site.scene->addWetSpot(spot);
    }
}

void putHolder(Random& random, SolidSite& site, const SolidPoker& p, const Dress& d, Line& hose) {
    const Vec3 across = level(random.uniform(0, 2 * CV_PI));
    const double reach =
        random.chance(0.35) ? random.uniform(-0.1, 0.0) : random.logUniform(0.04, 0.8);
    Vec3 hand = p.top + p.axis * (reach * (reach > 0 ? random.uniform(0.6, 1) : 1)) +
                across * (std::max(0.0, reach) * random.uniform(0, 0.35));
    hand[2] = std::clamp(hand[2], site.stand + 0.3, site.stand + 1.6);
    if (reach > 0.1) {
        hose.push_back(p.top + p.axis * (reach * 0.4) +
                       (hand - p.top - p.axis * (reach * 0.4)) * 0.15);
    }
    std::optional<Vec3> other;
    if (random.chance(0.6)) {
        other = reach > 0.25 && random.chance(0.4)
                    ? p.top + p.axis * 0.03
                    : hand + Vec3(random.uniform(-0.12, 0.12), random.uniform(-0.12, 0.12),
                                  random.uniform(0.05, 0.3));
    }
    // Mostly beside or behind the bar as the camera sees it.
    const Vec3 away = p.low - site.scene->camera().at;
    const double from =
        std::atan2(away[1], away[0]) +
        (random.chance(0.92) ? random.uniform(-1.45, 1.45) : random.uniform(0, 6.28));
    const SolidFigure f = personAt(random, site, hand, other, from);
    putFigure(random, site, f);
    if (reach > 0) {
        hose.push_back(hand);
    } else {
        hose.push_back(p.top + p.axis * 0.2 + f.forward() * -0.04);
    }
    if (other && reach > 0 && cv::norm(*other - p.top) > 0.15) {
        hose.push_back(*other);
    }
    routeHose(random, site, hose, &f, d.hoseRadius);
}

// Bars like the poker's own about it, as where walls, columns and beams go on upwards.
void putReinforcement(Random& random, SolidSite& site, const SolidPoker& p, const Surface& bar) {
    const bool narrow = site.x1 - site.x0 < 1.2 || site.y1 - site.y0 < 1.2;
    if (!random.chance(narrow ? 0.45 : 0.15)) {
        return;
    }
    starterFaces(random, site, p.low, random.chance(0.5) ? bar : rustSurface(random));
}

void putHoldless(Random& random, SolidSite& site, const SolidPoker& p, const Dress& d, Line& hose) {
    const double turn = random.uniform(0, 2 * CV_PI);
    if (p.state == PokerState::Lying) {
        hose.push_back(p.top + p.axis * 0.2);
        const Vec3 on = p.top + p.axis * 0.4;
        hose.emplace_back(on[0], on[1], site.surface(on[0], on[1]) + d.hoseRadius);
        trail(random, site, hose, std::atan2(p.axis[1], p.axis[0]), d.hoseRadius);
        return;
    }
    hose.push_back(p.top + p.axis * random.uniform(0.15, 0.5));
    hose.push_back(hose.back() + kUp * random.uniform(0.05, 0.35) + level(turn) * 0.2);
    routeHose(random, site, hose, nullptr, d.hoseRadius);
}

}  // namespace

SolidPoker planPoker(Random& random, const Vec3& at) {
    SolidPoker p;
    const double kind = random.unit();
    p.state = kind < 0.50   ? PokerState::Immersed
              : kind < 0.66 ? PokerState::Drowned
              : kind < 0.88 ? PokerState::Air
              : kind < 0.95 ? PokerState::Carried
                            : PokerState::Lying;
    p.at = at;
    p.radius = random.uniform(0.0125, 0.0375);
    p.head = random.uniform(0.25, 0.55);
    p.tube = random.chance(0.3) ? random.uniform(0.08, 0.5) : 0;
    p.axis = leaning(random, random.chance(0.85) ? 0.6 : 0.95);
    p.held = !random.chance(0.12);
    const double whole = p.head + p.tube;
    p.shown = whole;
    switch (p.state) {
        case PokerState::Immersed:
            p.shown = whole * random.uniform(0.15, 0.93);
            break;
        case PokerState::Drowned:
            p.shown = random.uniform(0.12, 0.5);
            break;
        case PokerState::Air:
            p.gap = random.logUniform(0.012, 0.8);
            break;
        case PokerState::Carried:
            p.gap = random.uniform(0.25, 1.2);
            p.axis = unit(level(random.uniform(0, 2 * CV_PI)) +
                          kUp * (random.chance(0.85) ? random.uniform(-0.1, 1.6) : -0.6));
            p.held = true;
            break;
        case PokerState::Lying:
            p.axis = level(random.uniform(0, 2 * CV_PI));
            p.held = false;
            break;
    }
    return p;
}

void putPoker(Random& random, SolidSite& site, SolidPoker& p) {
    Dress d = makeDress(random, p);
    if (p.immersed()) {
        site.dent(p.at[0], p.at[1], p.radius * random.uniform(2, 6), random.uniform(-0.05, 0.03));
    } else if (random.chance(0.5)) {
        d.smear = (p.head + p.tube) * random.uniform(0.2, 1);
    }
    const Vec3 tip = barTip(site, p);
    const double entry = (p.low - tip).dot(p.axis);
    if (p.state == PokerState::Immersed && random.chance(0.4)) {  // partly drawn out already
        d.smear = entry + p.shown * random.uniform(0.1, 1);
    }
    SolidPoker bar = p;
    if (p.state == PokerState::Drowned) {
        // What stands out is the stiff lower end of the hose.
        bar.radius = d.hoseRadius = std::max(d.hoseRadius, 0.011);
        d.head = d.tube = d.hose;
        d.hasCollar = d.rubberTip = false;
        d.bands = 0;
        bar.head = p.shown;
        d.smear = random.chance(0.4) ? random.uniform(0.02, p.shown) : 0;
    }
    putBar(random, site, bar, d, tip, p.immersed() ? entry : 0, (p.top - tip).dot(p.axis));
    if (d.hasCollar) {  // no part of the label
        const double r = bar.radius * random.uniform(0.9, 1.3), high = random.uniform(0.02, 0.1);
        site.scene->rod(p.top, p.top + p.axis * high, r, std::min(r, d.hoseRadius * 1.2), d.collar,
                        0);
    }
    Line hose{p.top, p.top + p.axis * (p.state == PokerState::Drowned ? 0.03 : 0.08)};
    if (p.held) {
        putHolder(random, site, p, d, hose);
    } else {
        putHoldless(random, site, p, d, hose);
    }
    site.scene->tube(smooth(hose), d.hoseRadius, d.hose, 0, d.ribs);
    if (p.immersed()) {
        markConcrete(random, site, p);
        site.scene->addMirrored(p.low, p.top, p.radius, d.head.colour);
        putReinforcement(random, site, p, d.head);
    } else if (random.chance(0.4)) {  // where it was before
        SolidPoker before = p;
        before.low = p.low + level(random.uniform(0, 6.28)) * random.uniform(0, 0.4);
        markConcrete(random, site, before);
    }
}

}  // namespace cvd::simulation
