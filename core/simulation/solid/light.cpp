#include "core/simulation/solid/light.h"

#include <algorithm>
#include <cmath>

namespace cvd::simulation {
namespace {

using Vec3f = cv::Vec3f;

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

// Most of the sky's light from lamps spread evenly over it, so that things keep it from each other
// and from corners as in nature: dark between bars, under people, at the foot of forms.
void spreadTheSky(Random& random, SolidScene::Look& look) {
    constexpr int kLamps = 14;
    constexpr double kGoldenTurn = 2.399963;
    Air& air = look.air;
    const double turn = random.uniform(0, 2 * CV_PI), patches = random.uniform(0, 0.6);
    const auto share = static_cast<float>(random.uniform(0.65, 0.95));
    for (int i = 0; i < kLamps; ++i) {
        const double up = (i + 0.5) / kLamps, level = std::sqrt(1 - up * up);
        const double t = turn + i * kGoldenTurn;
        Lamp part;
        part.at = {level * std::cos(t), level * std::sin(t), up};
        part.edgeM = random.uniform(0.03, 0.12);
        part.soft = true;
        // Directions even over the half sphere meet level ground at a cosine of a half on average.
        const double w = std::sqrt(up);
        const Vec3f sky = air.rim * static_cast<float>(1 - w) + air.zenith * static_cast<float>(w);
        part.colour = sky * (2.0F / kLamps * share * air.ambient *
                             static_cast<float>(1 + random.uniform(-patches, patches)));
        look.lamps.push_back(part);
    }
    air.open = 1 - share;
}

}  // namespace

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
    constexpr double kSpreadShare = 0.45;
    if (!air.closed && random.chance(kSpreadShare)) {
        spreadTheSky(random, look);
    }
    return look;
}

}  // namespace cvd::simulation
