#include "core/compliance/corrections.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/compliance/same_findings.h"

namespace cvd::compliance {
namespace {

constexpr double kSameBox = 0.9;  // overlap from which two boxes are the same object

const char* kindName(Correction::Kind kind) {
    switch (kind) {
        case Correction::Kind::Object:
            return "object";
        case Correction::Kind::Insertion:
            return "insertion";
        case Correction::Kind::Violation:
            break;
    }
    return "violation";
}

QJsonArray toJson(const PointPx& p) {
    return {p.x, p.y};
}
QJsonArray toJson(const BoxPx& b) {
    return {b.x, b.y, b.w, b.h};
}
PointPx pointFrom(const QJsonValue& value) {
    const QJsonArray a = value.toArray();
    return {a.at(0).toDouble(), a.at(1).toDouble()};
}
BoxPx boxFrom(const QJsonValue& value) {
    const QJsonArray a = value.toArray();
    return {a.at(0).toDouble(), a.at(1).toDouble(), a.at(2).toDouble(), a.at(3).toDouble()};
}
QString qt(std::string_view text) {
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

Error broken(const char* what) {
    return fail(ErrorKind::BadInput,
                CVD_TR("core", "A correction by hand cannot be read. The details say why."), {},
                what);
}

bool knownRule(const std::string& rule) {
    const auto names = ruleNames();
    return std::find(names.begin(), names.end(), rule) != names.end();
}

double timeOf(const Tracks& tracks, FrameIndex frame) {
    if (tracks.frameTimesS.empty()) {
        return 0;
    }
    const auto last = FrameIndex(tracks.frameTimesS.size()) - 1;
    return tracks.frameTimesS[size_t(std::clamp<FrameIndex>(frame - tracks.firstFrame, 0, last))];
}

// Insertions that the corrected tracks still have keep the numbers of the model's result.
void keepNumbers(std::vector<ObservedInsertion>& observed, const std::vector<Insertion>& model,
                 std::int64_t firstFree) {
    std::vector<Insertion> found;
    for (const ObservedInsertion& o : observed) {
        found.push_back(o.insertion);
    }
    const auto known = matchInsertions(found, model);
    for (std::size_t i = 0; i < observed.size(); ++i) {
        observed[i].insertion.id = known[i] ? model[*known[i]].id : firstFree++;
    }
}

// A click on the picture is this far off.
constexpr double kClickPx = 3;

class HandInsertions {
public:
    HandInsertions(Tracks& tracks, const Homography* surface, double touchS)
        : m_tracks(tracks), m_stabiliser(tracks), m_surface(surface), m_touchS(touchS) {}

    void apply(std::vector<ObservedInsertion>& observed,
               const std::vector<Correction>& corrections) const {
        for (const Correction& c : corrections) {
            if (c.kind != Correction::Kind::Insertion) {
                continue;
            }
            const auto at = std::find_if(
                observed.begin(), observed.end(),
                [&](const ObservedInsertion& o) { return o.insertion.id == c.insertion; });
            if (c.remove) {
                if (at != observed.end()) {
                    markImmersed(at->insertion, false);
                    observed.erase(at);
                }
            } else if (at != observed.end()) {
                markImmersed(at->insertion, false);
                change(*at, c);
                markImmersed(at->insertion, true);
            } else {
                add(observed.emplace_back(), c);
                markImmersed(observed.back().insertion, true);
            }
        }
        std::stable_sort(observed.begin(), observed.end(),
                         [](const ObservedInsertion& a, const ObservedInsertion& b) {
                             return a.insertion.startFrame < b.insertion.startFrame;
                         });
    }

private:
    void add(ObservedInsertion& o, const Correction& c) const {
        o.insertion.id = c.insertion;
        o.insertion.track = c.track;
        setTimes(o, c, 0);
        place(o, c.contactPx);
        standStill(o);
    }

    // What a person did not touch stays as it was measured.
    void change(ObservedInsertion& o, const Correction& c) const {
        Insertion& in = o.insertion;
        const double movedS = std::max(0.0, in.immersedS - in.stationaryS);
        // Compared where the camera stands still: another first frame has other pixels.
        const PointPx was = m_stabiliser.toFirst(in.startFrame, in.contactPx);
        const PointPx now = m_stabiliser.toFirst(c.startFrame, c.contactPx);
        const bool moved = std::hypot(was.x - now.x, was.y - now.y) >= 1;
        if (in.startFrame != c.startFrame) {
            in.openStart = false;
            in.insertionS.reset();
            in.insertionMmS.reset();
            in.insertionErrorS.reset();
        }
        if (in.endFrame != c.endFrame) {
            in.openEnd = false;
            in.withdrawalS.reset();
            in.withdrawalMmS.reset();
            in.withdrawalErrorMmS.reset();
        }
        setTimes(o, c, movedS);
        std::erase_if(o.path, [&](const ContactSample& sample) {
            return sample.frame < in.startFrame || sample.frame > in.endFrame;
        });
        if (moved) {
            place(o, c.contactPx);
            o.path.clear();
        } else {
            in.contactPx = c.contactPx;
        }
        if (o.path.empty()) {
            standStill(o);
        }
        if (o.places.size() == 1) {
            o.places.front().stationaryS = in.stationaryS;
        }
    }

    void setTimes(ObservedInsertion& o, const Correction& c, double movedS) const {
        Insertion& in = o.insertion;
        in.startFrame = c.startFrame;
        in.endFrame = c.endFrame;
        in.startS = timeOf(m_tracks, c.startFrame);
        in.endS = timeOf(m_tracks, c.endFrame);
        in.immersedS = std::max(0.0, in.endS - in.startS);
        in.stationaryS = std::max(0.0, in.immersedS - movedS);
        in.effective = in.immersedS >= m_touchS;
        in.timeErrorS = 0;  // a person's frames are taken as they are
        in.unseenS = 0;
        in.identityInDoubt = false;
        in.confidence = 1;
    }

    void place(ObservedInsertion& o, PointPx contactPx) const {
        Insertion& in = o.insertion;
        in.contactPx = contactPx;
        in.contactM.reset();
        in.contactErrorM.reset();
        in.pathPx = 0;
        in.pathM.reset();
        o.places.clear();
        const PointPx first = m_stabiliser.toFirst(in.startFrame, contactPx);
        if (!m_surface || m_stabiliser.scene(in.startFrame) != 0 || !m_surface->inFront(first)) {
            return;
        }
        in.contactM = m_surface->plane(first);
        const PointM right = m_surface->plane({first.x + kClickPx, first.y});
        const PointM down = m_surface->plane({first.x, first.y + kClickPx});
        in.contactErrorM = std::max(std::hypot(right.x - in.contactM->x, right.y - in.contactM->y),
                                    std::hypot(down.x - in.contactM->x, down.y - in.contactM->y));
        in.pathM = 0;
        o.places.push_back({*in.contactM, in.stationaryS});
    }

    // A path of one place for a poker that nobody tracked.
    void standStill(ObservedInsertion& o) const {
        const Insertion& in = o.insertion;
        const PointPx first = m_stabiliser.toFirst(in.startFrame, in.contactPx);
        for (FrameIndex f = in.startFrame; f <= in.endFrame; ++f) {
            ContactSample sample;
            sample.frame = f;
            sample.timeS = timeOf(m_tracks, f);
            sample.firstPx = first;
            sample.planeM = in.contactM;
            if (in.contactM) {
                sample.speedMmS = 0;
            }
            o.path.push_back(sample);
        }
    }

    // What the overlays say of a poker follows the corrected insertions.
    void markImmersed(const Insertion& in, bool immersed) const {
        if (!in.track.valid()) {
            return;
        }
        const auto before = [](const TrackPoint& p, FrameIndex f) { return p.frame < f; };
        for (auto p = std::lower_bound(m_tracks.points.begin(), m_tracks.points.end(),
                                       in.startFrame, before);
             p != m_tracks.points.end() && p->frame <= in.endFrame; ++p) {
            if (p->track == in.track && p->cls == ObjectClass::Vibrator) {
                p->immersed = immersed;
            }
        }
    }

    Tracks& m_tracks;
    Stabiliser m_stabiliser;
    const Homography* m_surface;
    double m_touchS;
};

}  // namespace

QByteArray correctionToJson(const Correction& c) {
    QJsonObject o{{"kind", kindName(c.kind)}, {"remove", c.remove}};
    if (c.kind == Correction::Kind::Object) {
        const TrackPoint& p = c.object;
        QJsonObject object{{"frame", qint64(p.frame)},
                           {"time_s", p.timeS},
                           {"track", qint64(p.track.value)},
                           {"class", qt(objectClassName(p.cls))},
                           {"box", toJson(p.box)}};
        if (p.poker) {
            object["low"] = toJson(p.poker->low);
            object["top"] = toJson(p.poker->top);
            object["immersed"] = double(p.poker->immersedScore);
        }
        o["object"] = object;
        if (c.wholeTrack) {
            o["whole_track"] = true;
        }
        if (c.replaces) {
            o["replaces"] = toJson(*c.replaces);
        }
    } else if (c.kind == Correction::Kind::Insertion) {
        o["insertion"] = QJsonObject{{"number", qint64(c.insertion)},
                                     {"track", qint64(c.track.value)},
                                     {"start_frame", qint64(c.startFrame)},
                                     {"end_frame", qint64(c.endFrame)},
                                     {"contact_px", toJson(c.contactPx)}};
    } else {
        const Violation& v = c.violation;
        o["violation"] = QJsonObject{{"rule", qt(v.rule)},
                                     {"severity", qt(severityName(v.severity))},
                                     {"start_frame", qint64(v.startFrame)},
                                     {"end_frame", qint64(v.endFrame)},
                                     {"start_s", v.startS},
                                     {"end_s", v.endS},
                                     {"note", qt(c.note)}};
        if (v.insertion) {
            QJsonObject inner = o["violation"].toObject();
            inner["insertion"] = qint64(*v.insertion);
            o["violation"] = inner;
        }
    }
    return QJsonDocument(o).toJson(QJsonDocument::Compact);
}

Result<Correction> parseCorrection(const QByteArray& json) {
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject()) {
        return broken("no JSON object");
    }
    const QJsonObject o = document.object();
    Correction c;
    c.remove = o["remove"].toBool();
    const QString kind = o["kind"].toString();
    if (kind == QLatin1String("object")) {
        c.kind = Correction::Kind::Object;
        const QJsonObject in = o["object"].toObject();
        const auto cls = objectClassFromName(in["class"].toString().toStdString());
        if (!cls || in["box"].toArray().size() != 4) {
            return broken("class or box");
        }
        c.wholeTrack = o["whole_track"].toBool();
        c.object.frame = in["frame"].toInteger();
        c.object.timeS = in["time_s"].toDouble();
        c.object.track = TrackId{in["track"].toInteger(-1)};
        c.object.cls = *cls;
        c.object.score = 1;
        c.object.box = boxFrom(in["box"]);
        if (in["low"].isArray() && in["top"].isArray()) {
            c.object.poker = PokerPoints{pointFrom(in["low"]), pointFrom(in["top"]), 1, 1,
                                         float(in["immersed"].toDouble(-1))};
        }
        if (o["replaces"].isArray()) {
            c.replaces = boxFrom(o["replaces"]);
        }
    } else if (kind == QLatin1String("insertion")) {
        c.kind = Correction::Kind::Insertion;
        const QJsonObject in = o["insertion"].toObject();
        c.insertion = in["number"].toInteger();
        c.track = TrackId{in["track"].toInteger(-1)};
        c.startFrame = in["start_frame"].toInteger();
        c.endFrame = in["end_frame"].toInteger();
        c.contactPx = pointFrom(in["contact_px"]);
    } else if (kind == QLatin1String("violation")) {
        c.kind = Correction::Kind::Violation;
        const QJsonObject in = o["violation"].toObject();
        const auto severity = severityFromName(in["severity"].toString().toStdString());
        if (!severity) {
            return broken("severity");
        }
        Violation& v = c.violation;
        v.rule = in["rule"].toString().toStdString();
        v.severity = *severity;
        v.startFrame = in["start_frame"].toInteger();
        v.endFrame = in["end_frame"].toInteger();
        v.startS = in["start_s"].toDouble();
        v.endS = in["end_s"].toDouble();
        v.confidence = 1;
        c.note = in["note"].toString().toStdString();
        if (in.contains(QLatin1String("insertion"))) {
            v.insertion = in["insertion"].toInteger();
        }
    } else {
        return broken("kind");
    }
    return c;
}

Status validateCorrection(const Correction& c, FrameIndex frames) {
    const auto inside = [&](FrameIndex frame) {
        return frame >= 0 && (frames <= 0 || frame < frames);
    };
    const auto no = [](const char* sentence) { return Status(fail(ErrorKind::Usage, sentence)); };
    const bool hasInterval = c.kind != Correction::Kind::Object && !c.remove;
    const FrameIndex start =
        c.kind == Correction::Kind::Violation ? c.violation.startFrame : c.startFrame;
    const FrameIndex end =
        c.kind == Correction::Kind::Violation ? c.violation.endFrame : c.endFrame;
    if (hasInterval && (!inside(start) || !inside(end))) {
        return no(CVD_TR("core", "The interval lies outside of the video. Choose other frames."));
    }
    if (hasInterval && end <= start) {
        return no(CVD_TR("core", "The end must come after the start. Choose another frame."));
    }
    switch (c.kind) {
        case Correction::Kind::Object:
            if (!inside(c.object.frame)) {
                return no(CVD_TR("core", "This frame is not in the video."));
            }
            if (!c.remove && !(c.object.box.w >= 1 && c.object.box.h >= 1)) {
                return no(CVD_TR("core", "A box needs a width and a height. Draw it larger."));
            }
            if (c.remove && !(c.wholeTrack ? c.object.track.valid() : c.replaces.has_value())) {
                return no(CVD_TR("core", "Choose what is to be removed first."));
            }
            return {};
        case Correction::Kind::Insertion:
            if (c.insertion <= 0) {
                return no(CVD_TR("core", "Choose an insertion first."));
            }
            return {};
        case Correction::Kind::Violation:
            break;
    }
    if (!knownRule(c.violation.rule)) {
        return fail(ErrorKind::Usage, CVD_TR("core", "There is no rule with the name %1."),
                    {c.violation.rule});
    }
    return {};
}

std::int64_t freeInsertionNumber(const std::vector<Insertion>& insertions,
                                 const std::vector<Correction>& corrections) {
    std::int64_t free = 1;
    for (const Insertion& in : insertions) {
        free = std::max(free, in.id + 1);
    }
    for (const Correction& c : corrections) {
        free = std::max(free, c.insertion + 1);
    }
    return free;
}

std::vector<std::pair<std::int64_t, std::string>> insertionsByHand(
    const std::vector<Correction>& corrections) {
    std::map<std::int64_t, std::string> last;
    for (const Correction& c : corrections) {
        if (c.kind != Correction::Kind::Insertion) {
            continue;
        }
        if (c.remove) {
            last.erase(c.insertion);
        } else {
            last[c.insertion] = c.author;
        }
    }
    return {last.begin(), last.end()};
}

namespace {
constexpr const char* kEntered = CVD_TR("core", "Entered by hand by %1.");
constexpr const char* kEnteredWithNote = CVD_TR("core", "Entered by hand by %1: %2");
}  // namespace

bool enteredByHand(const Violation& violation) {
    return violation.reason == kEntered || violation.reason == kEnteredWithNote;
}

Violation violationOf(const Correction& c) {
    Violation v = c.violation;
    v.verdict = Verdict::Violation;
    v.confidence = 1;
    v.source = c.author;
    if (c.note.empty()) {
        v.reason = kEntered;
        v.reasonArgs = {c.author};
    } else {
        v.reason = kEnteredWithNote;
        v.reasonArgs = {c.author, c.note};
    }
    return v;
}

void applyToTracks(Tracks& tracks, const std::vector<Correction>& corrections) {
    for (const Correction& c : corrections) {
        if (c.kind != Correction::Kind::Object) {
            continue;
        }
        if (c.remove && c.wholeTrack) {
            std::erase_if(tracks.points, [&](const TrackPoint& p) {
                return p.track == c.object.track && p.cls == c.object.cls;
            });
            continue;
        }
        const FrameIndex frame = c.object.frame;
        auto at = std::lower_bound(tracks.points.begin(), tracks.points.end(), frame,
                                   [](const TrackPoint& p, FrameIndex f) { return p.frame < f; });
        auto found = tracks.points.end();
        for (; at != tracks.points.end() && at->frame == frame; ++at) {
            const bool same = c.replaces && at->cls == c.object.cls &&
                              intersectionOverUnion(at->box, *c.replaces) >= kSameBox;
            if (same && (found == tracks.points.end() || at->score > found->score)) {
                found = at;
            }
        }
        if (c.remove) {
            if (found != tracks.points.end()) {
                tracks.points.erase(found);
            }
        } else if (found != tracks.points.end()) {
            const auto immersed = found->immersed;
            const TrackId track = found->track;
            *found = c.object;
            found->score = 1;
            found->immersed = immersed;
            found->track = c.object.track.valid() ? c.object.track : track;
        } else {
            TrackPoint added = c.object;
            added.score = 1;
            tracks.points.insert(at, added);
        }
    }
}

Judgement judgeCorrected(Tracks& tracks, const Profile& profile, const Calibration* calibration,
                         const std::vector<Insertion>& modelInsertions,
                         const std::vector<Correction>& corrections, const JudgeOptions& options) {
    applyToTracks(tracks, corrections);
    JudgeOptions corrected = options;
    corrected.correct = [&](std::vector<ObservedInsertion>& observed, const Homography* surface) {
        keepNumbers(observed, modelInsertions, freeInsertionNumber(modelInsertions, corrections));
        const double touchS = profile.value(u"touch_s").value_or(options.insertions.touchS);
        HandInsertions(tracks, surface, touchS).apply(observed, corrections);
    };
    Judgement out = judge(tracks, profile, calibration, corrected);
    for (const Correction& c : corrections) {
        if (c.kind != Correction::Kind::Violation || c.remove) {
            continue;
        }
        Violation v = violationOf(c);
        const auto about = std::find_if(out.insertions.begin(), out.insertions.end(),
                                        [&](const Insertion& in) { return v.insertion == in.id; });
        if (about != out.insertions.end()) {
            v.positionM = about->contactM;
        } else {
            v.insertion.reset();
        }
        out.violations.push_back(std::move(v));
    }
    std::stable_sort(out.violations.begin(), out.violations.end(),
                     [](const Violation& a, const Violation& b) { return a.startS < b.startS; });
    for (std::size_t i = 0; i < out.violations.size(); ++i) {
        out.violations[i].id = std::int64_t(i) + 1;
    }
    return out;
}

}  // namespace cvd::compliance
