// What `simulatePour` wrote, as frames of detections that a perfect or a flawed detector would
// give, and how well found insertions and violations fit the truth. Deterministic.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/base/camera_motion.h"
#include "core/base/types.h"
#include "core/compliance/judge.h"
#include "core/tracking/tracker.h"

namespace cvd::test {

struct TruthFrame {
    double timeS = 0;
    std::vector<Detection> detections;
    std::vector<std::int64_t> ids;  // who each detection shows; -1: nobody
    CameraMotion motion;
};

struct TruthInsertion {
    std::int64_t id = 0, track = 0;
    double startS = 0, endS = 0, stationaryS = 0, withdrawalMmS = 0;
    PointM at;
    bool dragged = false;
};

struct TruthViolation {
    std::string rule;
    double startS = 0, endS = 0;
    std::int64_t insertion = 0;  // 0: the whole pour
    Verdict verdict = Verdict::Violation;
};

struct PourTruth {
    std::vector<TruthFrame> frames;
    std::vector<TruthInsertion> insertions;
    std::vector<TruthViolation> violations;
    QString profile;
    int width = 0, height = 0;
    double seconds() const { return frames.empty() ? 0 : frames.back().timeS; }
};

inline PointPx pointFrom(const QJsonValue& v) {
    return {v.toArray()[0].toDouble(), v.toArray()[1].toDouble()};
}

inline std::optional<PourTruth> readTruth(const QString& fileName) {
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    PourTruth out;
    out.profile = root["profile"].toString();
    out.width = root["width"].toInt();
    out.height = root["height"].toInt();
    CameraMotion before;
    for (const QJsonValue value : root["frames"].toArray()) {
        const QJsonObject f = value.toObject();
        TruthFrame frame;
        frame.timeS = f["time_s"].toDouble();
        if (f.contains(QStringLiteral("motion"))) {
            CameraMotion now;
            for (int i = 0; i < 6; ++i) {
                now.m[i] = f["motion"].toArray()[i].toDouble();
            }
            frame.motion = combine(inverse(before), now);
            before = now;
        }
        for (const QJsonValue item : f["objects"].toArray()) {
            const QJsonObject o = item.toObject();
            Detection d;
            d.cls = *objectClassFromName(o["class"].toString().toStdString());
            d.score = 0.9F;
            const QJsonArray b = o["box"].toArray();
            d.box = {b[0].toDouble(), b[1].toDouble(), b[2].toDouble(), b[3].toDouble()};
            if (o.contains(QStringLiteral("low"))) {
                d.poker = PokerPoints{pointFrom(o["low"]), pointFrom(o["top"]), 0.9F, 0.9F,
                                      o["immersed"].toBool() ? 1.0F : 0.0F};
            }
            frame.detections.push_back(d);
            frame.ids.push_back(o["track"].toInteger());
        }
        out.frames.push_back(std::move(frame));
    }
    for (const QJsonValue value : root["insertions"].toArray()) {
        const QJsonObject o = value.toObject();
        const PointPx at = pointFrom(o["contact_m"]);
        out.insertions.push_back({o["id"].toInteger(),
                                  o["track"].toInteger(),
                                  o["start_s"].toDouble(),
                                  o["end_s"].toDouble(),
                                  o["stationary_s"].toDouble(),
                                  o["withdrawal_mm_s"].toDouble(),
                                  {at.x, at.y},
                                  o["dragged"].toBool()});
    }
    for (const QJsonValue value : root["violations"].toArray()) {
        const QJsonObject o = value.toObject();
        out.violations.push_back(
            {o["rule"].toString().toStdString(), o["start_s"].toDouble(), o["end_s"].toDouble(),
             o["insertion"].toInteger(0),
             verdictFromName(o["verdict"].toString().toStdString()).value_or(Verdict::Violation)});
    }
    return out;
}

// How a detector errs. Lengths are in shares of the visible bar, so that they hold for any size of
// picture; a bar of 150 px makes jitter 0.03 into 4.5 px.
struct NoiseModel {
    const char* name = "none";
    double missShare = 0;
    double jitterBars = 0;      // of each point, each frame
    double driftBars = 0;       // of each point, slowly (about a second)
    double boxBias = 0;         // of width and height, the same for the whole pour
    double falseRate = 0;       // false pokers a second; each lives for 0.1 to 2 s at one place
    double hiddenRate = 0;      // occlusions a second, of 0.3 to 2 s
    double stateNoise = 0;      // deviation of the immersed log-odds, each frame
    double stateWrongRate = 0;  // stretches a second with a wrong immersed score, 0.2 to 1 s
    bool hoverLooksImmersed = false;  // the last and first 6 cm look immersed with even odds
    bool noState = false;             // the network tells no immersion
    double weakShare = 0;             // of detections score 0.15 to 0.5
    double fps = 0;                   // 0: as rendered; lower: frames are dropped
    double dropShare = 0;             // of frames, at random: a variable frame rate
};

inline std::vector<NoiseModel> noiseModels() {
    std::vector<NoiseModel> all;
    const auto add = [&](const char* name, auto fill) {
        NoiseModel m;
        m.name = name;
        fill(m);
        all.push_back(m);
    };
    add("misses 30 %", [](NoiseModel& m) { m.missShare = 0.3; });
    add("jitter", [](NoiseModel& m) { m.jitterBars = 0.035, m.driftBars = 0.02; });
    add("false pokers", [](NoiseModel& m) { m.falseRate = 0.5; });
    add("occlusions", [](NoiseModel& m) { m.hiddenRate = 0.06; });
    add("wrong state", [](NoiseModel& m) {
        m.stateNoise = 1.5, m.stateWrongRate = 0.15, m.hoverLooksImmersed = true;
    });
    add("no state", [](NoiseModel& m) { m.noState = true, m.jitterBars = 0.015; });
    add("box bias", [](NoiseModel& m) { m.boxBias = 0.25, m.jitterBars = 0.01; });
    add("5 fps", [](NoiseModel& m) { m.fps = 5, m.jitterBars = 0.015; });
    add("variable fps", [](NoiseModel& m) { m.dropShare = 0.5, m.jitterBars = 0.015; });
    add("all, mild", [](NoiseModel& m) {
        m.missShare = 0.15, m.jitterBars = 0.02, m.driftBars = 0.015, m.falseRate = 0.2;
        m.stateNoise = 1.2, m.stateWrongRate = 0.08, m.hoverLooksImmersed = true;
        m.weakShare = 0.15, m.boxBias = 0.15, m.dropShare = 0.1;
    });
    return all;
}

inline std::vector<TruthFrame> flawed(const PourTruth& truth, const NoiseModel& m,
                                      std::uint32_t seed) {
    std::mt19937 random(seed * 7919U + 13U);
    std::normal_distribution<double> normal(0, 1);
    std::uniform_real_distribution<double> uniform(0, 1);
    struct Drift {
        double lowX = 0, lowY = 0, topX = 0, topY = 0, hiddenUntil = -1, wrongUntil = -1;
    };
    struct False {
        Detection d;
        double untilS = 0;
    };
    std::map<std::int64_t, Drift> drifts;
    std::vector<False> falses;
    const double boxW = 1 + m.boxBias * normal(random), boxH = 1 + m.boxBias * normal(random);
    std::vector<TruthFrame> out;
    CameraMotion pending;
    double lastS = -1e9, nextS = -1;
    for (const TruthFrame& frame : truth.frames) {
        pending = combine(pending, frame.motion);
        const bool tooSoon = m.fps > 0 && frame.timeS < nextS - 1e-6;
        if (tooSoon || uniform(random) < m.dropShare) {
            continue;
        }
        nextS = frame.timeS + (m.fps > 0 ? 1 / m.fps : 0);
        const double dt = std::min(0.5, out.empty() ? 0.04 : frame.timeS - lastS);
        lastS = frame.timeS;
        TruthFrame next;
        next.timeS = frame.timeS;
        next.motion = pending;
        pending = {};
        for (std::size_t i = 0; i < frame.detections.size(); ++i) {
            Detection d = frame.detections[i];
            Drift& drift = drifts[frame.ids[i]];
            const double keep = std::exp(-dt / 1.0), push = std::sqrt(1 - keep * keep);
            for (double* v : {&drift.lowX, &drift.lowY, &drift.topX, &drift.topY}) {
                *v = keep * *v + push * normal(random);
            }
            if (uniform(random) < m.hiddenRate * dt) {
                drift.hiddenUntil = frame.timeS + 0.3 + 1.7 * uniform(random);
            }
            if (uniform(random) < m.stateWrongRate * dt) {
                drift.wrongUntil = frame.timeS + 0.2 + 0.8 * uniform(random);
            }
            const bool hidden = frame.timeS < drift.hiddenUntil;
            const bool missed = uniform(random) < m.missShare;
            const double centreX = d.box.x + d.box.w / 2, centreY = d.box.y + d.box.h / 2;
            d.box.w *= boxW;
            d.box.h *= boxH;
            d.box.x = centreX - d.box.w / 2;
            d.box.y = centreY - d.box.h / 2;
            if (d.poker) {
                const double bar =
                    std::hypot(d.poker->low.x - d.poker->top.x, d.poker->low.y - d.poker->top.y);
                const double j = m.jitterBars * std::max(60.0, bar);
                const double g = m.driftBars * std::max(60.0, bar);
                d.poker->low.x += j * normal(random) + g * drift.lowX;
                d.poker->low.y += j * normal(random) + g * drift.lowY;
                d.poker->top.x += j * normal(random) + g * drift.topX;
                d.poker->top.y += j * normal(random) + g * drift.topY;
                bool in = d.poker->immersedScore > 0.5F;
                double odds = in ? 3 : -3;
                if (frame.timeS < drift.wrongUntil) {
                    odds = -odds;
                }
                if (m.hoverLooksImmersed) {
                    for (const TruthInsertion& t : truth.insertions) {
                        if (t.track == frame.ids[i] && (std::abs(frame.timeS - t.endS) < 0.7 ||
                                                        std::abs(frame.timeS - t.startS) < 0.15)) {
                            odds *= 0.2;  // hard to tell just then
                        }
                    }
                }
                odds += m.stateNoise * normal(random);
                d.poker->immersedScore =
                    m.noState ? -1.0F : static_cast<float>(1 / (1 + std::exp(-odds)));
            }
            if (uniform(random) < m.weakShare) {
                d.score = static_cast<float>(0.15 + 0.35 * uniform(random));
            }
            if (!hidden && !missed) {
                next.detections.push_back(d);
                next.ids.push_back(frame.ids[i]);
            }
        }
        if (uniform(random) < m.falseRate * dt) {
            False f;
            f.untilS = frame.timeS + 0.1 + 1.9 * uniform(random);
            const double x = truth.width * (0.1 + 0.8 * uniform(random));
            const double y = truth.height * (0.3 + 0.6 * uniform(random));
            const double bar = truth.height * (0.06 + 0.14 * uniform(random));
            f.d.cls = ObjectClass::Vibrator;
            f.d.score = static_cast<float>(0.3 + 0.5 * uniform(random));
            f.d.box = {x - bar * 0.15, y - bar, bar * 0.3, bar};
            f.d.poker = PokerPoints{{x, y},
                                    {x + bar * 0.2 * normal(random), y - bar},
                                    0.5F,
                                    0.5F,
                                    m.noState ? -1.0F : static_cast<float>(uniform(random))};
            falses.push_back(f);
        }
        std::erase_if(falses, [&](const False& f) { return f.untilS < frame.timeS; });
        for (const False& f : falses) {
            if (uniform(random) < 0.6) {
                next.detections.push_back(f.d);
                next.ids.push_back(-1);
            }
        }
        out.push_back(std::move(next));
    }
    return out;
}

// With the tracker, or (`retrack` false) with the identities of the truth.
inline Tracks tracksOf(const std::vector<TruthFrame>& frames, bool retrack = true) {
    Tracks tracks;
    tracking::Tracker tracker;
    for (std::size_t f = 0; f < frames.size(); ++f) {
        const TruthFrame& frame = frames[f];
        const auto index = static_cast<FrameIndex>(f);
        tracks.frameTimesS.push_back(frame.timeS);
        tracks.motion.push_back(frame.motion);
        if (retrack) {
            const auto points = tracker.push(index, frame.timeS, frame.detections, frame.motion);
            tracks.points.insert(tracks.points.end(), points.begin(), points.end());
            continue;
        }
        for (std::size_t i = 0; i < frame.detections.size(); ++i) {
            const Detection& d = frame.detections[i];
            TrackPoint p;
            p.frame = index;
            p.timeS = frame.timeS;
            p.track = TrackId{frame.ids[i]};
            p.cls = d.cls;
            p.score = d.score;
            p.box = d.box;
            p.poker = d.poker;
            tracks.points.push_back(p);
        }
    }
    return tracks;
}

// Sums over pours.
struct PourScore {
    int planned = 0, found = 0, matched = 0, open = 0;
    std::vector<double> timeErrorS, startErrorS, endErrorS, placeErrorCm, withdrawalErrorShare;
    int plannedViolations = 0, recalled = 0, falseViolations = 0;
    double seconds = 0;
    std::set<std::string> missedRules, falseRules;
    std::vector<Violation> falseOnes;

    double precision() const { return found > 0 ? double(matched) / found : 1; }
    double recall() const { return planned > 0 ? double(matched) / planned : 1; }
    double f1() const { return planned + found > 0 ? 2.0 * matched / (planned + found) : 1; }
    static double mean(const std::vector<double>& v) {
        double sum = 0;
        for (const double x : v) {
            sum += std::abs(x);
        }
        return v.empty() ? 0 : sum / static_cast<double>(v.size());
    }
    static double quantile(std::vector<double> v, double share) {
        for (double& x : v) {
            x = std::abs(x);
        }
        std::sort(v.begin(), v.end());
        return v.empty()
                   ? 0
                   : v[std::min(v.size() - 1, static_cast<std::size_t>(share * double(v.size())))];
    }
};

inline void addScore(PourScore& score, const PourTruth& truth,
                     const compliance::Judgement& judgement,
                     const std::set<std::string>& judgedRules) {
    constexpr double kNearM = 0.4;
    std::map<std::int64_t, std::int64_t> truthOf;  // found id -> truth id
    std::vector<const Insertion*> found;
    for (const Insertion& i : judgement.insertions) {
        if (i.effective) {
            found.push_back(&i);
        }
    }
    score.found += static_cast<int>(found.size());
    score.planned += static_cast<int>(truth.insertions.size());
    score.seconds += truth.seconds();
    for (const TruthInsertion& t : truth.insertions) {
        const Insertion* best = nullptr;
        double bestOverlap = 0.5 * (t.endS - t.startS);
        for (const Insertion* f : found) {
            const double overlap = std::min(t.endS, f->endS) - std::max(t.startS, f->startS);
            const bool near = f->contactM &&
                              std::hypot(f->contactM->x - t.at.x, f->contactM->y - t.at.y) < kNearM;
            if (!truthOf.contains(f->id) && near && overlap >= bestOverlap) {
                best = f;
                bestOverlap = overlap;
            }
        }
        if (best == nullptr) {
            continue;
        }
        truthOf[best->id] = t.id;
        ++score.matched;
        score.open += best->openStart || best->openEnd ? 1 : 0;
        score.timeErrorS.push_back(best->immersedS - (t.endS - t.startS));
        score.startErrorS.push_back(best->startS - t.startS);
        score.endErrorS.push_back(best->endS - t.endS);
        if (!t.dragged) {
            score.placeErrorCm.push_back(
                100 * std::hypot(best->contactM->x - t.at.x, best->contactM->y - t.at.y));
        }
        if (best->withdrawalMmS && t.withdrawalMmS > 0) {
            score.withdrawalErrorShare.push_back(*best->withdrawalMmS / t.withdrawalMmS - 1);
        }
    }
    std::vector<bool> recalled(truth.violations.size(), false);
    for (const Violation& v : judgement.violations) {
        if (v.verdict == Verdict::Pass) {
            continue;
        }
        bool planned = false;
        for (std::size_t k = 0; k < truth.violations.size(); ++k) {
            const TruthViolation& t = truth.violations[k];
            const bool same =
                t.insertion == 0 || !v.insertion ||
                (truthOf.contains(*v.insertion) && truthOf.at(*v.insertion) == t.insertion);
            const bool then = v.startS <= t.endS + 1 && v.endS >= t.startS - 1;
            if (t.rule == v.rule && t.verdict == v.verdict && same && then) {
                recalled[k] = planned = true;
            }
        }
        if (!planned && v.verdict == Verdict::Violation) {
            ++score.falseViolations;
            score.falseRules.insert(v.rule);
            score.falseOnes.push_back(v);
        }
    }
    for (std::size_t k = 0; k < truth.violations.size(); ++k) {
        if (judgedRules.contains(truth.violations[k].rule)) {
            ++score.plannedViolations;
            score.recalled += recalled[k] ? 1 : 0;
            if (!recalled[k]) {
                score.missedRules.insert(truth.violations[k].rule);
            }
        }
    }
}

}  // namespace cvd::test
