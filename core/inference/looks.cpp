#include "core/inference/looks.h"

#include <algorithm>
#include <cmath>

#include "core/inference/decoders.h"

namespace cvd::inference {
namespace {

double distance(PointPx a, PointPx b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

double fromSegment(PointPx p, PointPx a, PointPx b) {
    const double dx = b.x - a.x, dy = b.y - a.y, squares = dx * dx + dy * dy;
    const double along = squares > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / squares : 0;
    const double t = std::clamp(along, 0.0, 1.0);
    return distance(p, {a.x + t * dx, a.y + t * dy});
}

// Boxes of a bar are a few pixels wide and overlap little when they are off by two: its ends tell.
// One look may take a piece of hose for bar, or leave a piece of bar out, so the shorter one has to
// lie on the longer one.
bool sameBar(const PokerPoints& a, const PokerPoints& b) {
    constexpr double kOff = 0.25, kLeast = 2;  // of the shorter bar; px
    const double lengthA = distance(a.low, a.top), lengthB = distance(b.low, b.top);
    const PokerPoints& shorter = lengthA < lengthB ? a : b;
    const PokerPoints& longer = lengthA < lengthB ? b : a;
    const double off = std::max(kLeast, kOff * std::min(lengthA, lengthB));
    return fromSegment(shorter.low, longer.low, longer.top) <= off &&
           fromSegment(shorter.top, longer.low, longer.top) <= off;
}

bool sameThing(const Detection& a, const Detection& b) {
    constexpr double kOverlap = 0.5;
    return a.cls == b.cls && (intersectionOverUnion(a.box, b.box) > kOverlap ||
                              (a.poker && b.poker && sameBar(*a.poker, *b.poker)));
}

// A thing with those that other looks took it for.
struct Joined {
    Detection best;
    std::vector<std::pair<size_t, Detection>> found;  // look, what it saw
};

double between(double a, double b, double share) {
    return a + (b - a) * share;
}

PointPx between(PointPx a, PointPx b, double share) {
    return {between(a.x, b.x, share), between(a.y, b.y, share)};
}

void blend(Detection& into, const Detection& other, double share) {
    BoxPx& box = into.box;
    const double right = between(box.x + box.w, other.box.x + other.box.w, share);
    const double bottom = between(box.y + box.h, other.box.y + other.box.h, share);
    box.x = between(box.x, other.box.x, share);
    box.y = between(box.y, other.box.y, share);
    box.w = right - box.x;
    box.h = bottom - box.y;
    if (!into.poker || !other.poker) {
        return;
    }
    PokerPoints& p = *into.poker;
    const PokerPoints& q = *other.poker;
    p.low = between(p.low, q.low, share);
    p.top = between(p.top, q.top, share);
    const auto number = [&](float a, float b) { return static_cast<float>(between(a, b, share)); };
    p.lowScore = number(p.lowScore, q.lowScore);
    p.topScore = number(p.topScore, q.topScore);
    if (p.immersedScore < 0) {  // where one cannot tell, the other may
        p.immersedScore = q.immersedScore;
    } else if (q.immersedScore >= 0) {
        p.immersedScore = number(p.immersedScore, q.immersedScore);
    }
}

Detection joined(const Joined& thing) {
    Detection d = thing.best;
    double weight = 0;
    for (const auto& [look, seen] : thing.found) {
        weight += seen.score;
        blend(d, seen, weight > 0 ? seen.score / weight : 0);
    }
    return d;
}

}  // namespace

std::vector<ModelManifest> looksOf(const ModelManifest& manifest) {
    std::vector<ModelManifest> looks{manifest};
    for (const FurtherLook& look : manifest.furtherLooks) {
        ModelManifest m = manifest;
        m.inputWidth = look.inputWidth;
        m.inputHeight = look.inputHeight;
        for (auto& ours : m.classMapping) {
            if (ours && !look.finds[static_cast<size_t>(*ours)]) {
                ours.reset();
            }
        }
        looks.push_back(std::move(m));
    }
    return looks;
}

std::vector<Detection> joinLooks(std::vector<std::vector<Detection>> looks, float nmsIou,
                                 int maxDetections) {
    if (looks.size() == 1) {
        return std::move(looks.front());
    }
    std::vector<std::pair<size_t, Detection>> all;
    for (size_t look = 0; look < looks.size(); ++look) {
        for (const Detection& d : looks[look]) {
            all.emplace_back(look, d);
        }
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const auto& a, const auto& b) { return a.second.score > b.second.score; });
    std::vector<Joined> things;
    for (const auto& [look, d] : all) {
        const auto same = std::find_if(things.begin(), things.end(), [&](const Joined& t) {
            return sameThing(t.best, d) &&
                   std::none_of(t.found.begin(), t.found.end(),
                                [look = look](const auto& f) { return f.first == look; });
        });
        if (same != things.end()) {
            same->found.emplace_back(look, d);
        } else {
            things.push_back({d, {{look, d}}});
        }
    }
    std::vector<Detection> out;
    for (const Joined& t : things) {
        out.push_back(joined(t));
    }
    suppressOverlaps(out, nmsIou, maxDetections);
    return out;
}

}  // namespace cvd::inference
