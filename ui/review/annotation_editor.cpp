#include "ui/review/annotation_editor.h"

#include <QLineF>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "core/text/text.h"
#include "ui/review/review_colours.h"
#include "ui/review/review_text.h"
#include "ui/review/video_view.h"

namespace cvd::ui {

namespace {

constexpr double kHandlePx = 8;     // of the screen, round the middle of a handle
constexpr double kLeastDragPx = 2;  // of the screen; less is a click
constexpr double kLeastBoxPx = 3;   // of the frame
constexpr FrameIndex kNearFrames = 12;
constexpr double kNearPokerPx = 80;  // of the frame: whose contact point a click may mean
constexpr int kNudgeMs = 350;
const QColor kChosen(0xFFFFFF);

QPointF qt(PointPx p) {
    return {p.x, p.y};
}
double apart(PointPx a, PointPx b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}
bool contains(const BoxPx& box, PointPx p) {
    return p.x >= box.x && p.y >= box.y && p.x <= box.x + box.w && p.y <= box.y + box.h;
}
PointPx cornerOf(const BoxPx& box, AnnotationEditor::Part part) {
    using Part = AnnotationEditor::Part;
    const bool right = part == Part::TopRight || part == Part::BottomRight;
    const bool bottom = part == Part::BottomLeft || part == Part::BottomRight;
    return {right ? box.x + box.w : box.x, bottom ? box.y + box.h : box.y};
}
constexpr AnnotationEditor::Part kCorners[] = {
    AnnotationEditor::Part::TopLeft, AnnotationEditor::Part::TopRight,
    AnnotationEditor::Part::BottomLeft, AnnotationEditor::Part::BottomRight};

// A box that has no points gets them where a hanging poker has them.
PokerPoints pointsIn(const BoxPx& box) {
    return {{box.x + box.w / 2, box.y + box.h}, {box.x + box.w / 2, box.y}, 1, 1, -1};
}

// A box is never smaller than the points in it.
void growAround(TrackPoint& object) {
    if (!object.poker) {
        return;
    }
    double left = object.box.x, top = object.box.y;
    double right = left + object.box.w, bottom = top + object.box.h;
    for (const PointPx& p : {object.poker->low, object.poker->top}) {
        left = std::min(left, p.x);
        right = std::max(right, p.x);
        top = std::min(top, p.y);
        bottom = std::max(bottom, p.y);
    }
    object.box = {left, top, right - left, bottom - top};
}

void moveCorner(BoxPx& box, AnnotationEditor::Part part, double dx, double dy) {
    using Part = AnnotationEditor::Part;
    double left = box.x, top = box.y, right = box.x + box.w, bottom = box.y + box.h;
    (part == Part::TopLeft || part == Part::BottomLeft ? left : right) += dx;
    (part == Part::TopLeft || part == Part::TopRight ? top : bottom) += dy;
    box = {std::min(left, right), std::min(top, bottom), std::abs(right - left),
           std::abs(bottom - top)};
}

bool sameObject(const TrackPoint& a, const TrackPoint& b) {
    return a.frame == b.frame && a.cls == b.cls && a.box == b.box;
}

}  // namespace

AnnotationEditor::AnnotationEditor(VideoView* view, QObject* parent)
    : QObject(parent), m_view(view) {
    m_nudges.setSingleShot(true);
    m_nudges.setInterval(kNudgeMs);
    connect(&m_nudges, &QTimer::timeout, this, [this] { commitDraft(); });
}

void AnnotationEditor::setActive(bool active) {
    if (active == m_active) {
        return;
    }
    cancel();
    choose(std::nullopt, Part::Box);
    m_active = active;
    m_view->setTool(active ? this : nullptr);
    Q_EMIT stateChanged();
}

void AnnotationEditor::setData(const ReviewData& data) {
    m_video = data.video;
    m_insertions = data.insertions;
    m_corrections = data.corrections;
    m_placeDraft.reset();
    const auto wanted = m_pending && m_draft ? m_draft : m_object;
    if (m_pending) {
        m_draft.reset();
        m_pending = false;
    }
    std::optional<TrackPoint> again;
    for (const TrackPoint& object : objects()) {
        if (wanted && object.cls == wanted->cls &&
            intersectionOverUnion(object.box, wanted->box) > 0.9) {
            again = object;
        }
    }
    m_object = again;
    if (!again) {
        m_draft.reset();
    }
    Q_EMIT stateChanged();
}

void AnnotationEditor::setFrame(FrameIndex frame, double timeS) {
    if (frame == m_frame) {
        return;
    }
    if (m_nudges.isActive()) {
        m_nudges.stop();
        commitDraft();
    }
    const auto before = m_object;
    m_frame = frame;
    m_timeS = timeS;
    m_pressed.reset();
    m_newBox.reset();
    m_draft.reset();
    m_pending = false;
    m_placeDraft.reset();
    m_object.reset();
    if (!m_active) {
        return;
    }
    // The same poker stays chosen from frame to frame.
    for (const TrackPoint& object : objects()) {
        if (before && before->track.valid() && object.track == before->track) {
            m_object = object;
        }
    }
    Q_EMIT stateChanged();
}

void AnnotationEditor::setCurrentInsertion(std::optional<qint64> id) {
    m_insertion = id;
    m_placeDraft.reset();
    Q_EMIT stateChanged();
}

std::vector<TrackPoint> AnnotationEditor::objects() const {
    std::vector<TrackPoint> shown;
    const auto options = m_view->options();
    for (const TrackPoint& object : m_view->scene().tracks().at(m_frame)) {
        if (m_view->scene().shows(options, object)) {
            shown.push_back(object);
        }
    }
    std::stable_sort(shown.begin(), shown.end(), [](const TrackPoint& a, const TrackPoint& b) {
        return int(a.cls) != int(b.cls) ? int(a.cls) < int(b.cls) : a.box.x < b.box.x;
    });
    return shown;
}

const Insertion* AnnotationEditor::currentInsertion() const {
    for (const Insertion& in : m_insertions) {
        if (m_insertion && in.id == *m_insertion) {
            return &in;
        }
    }
    return nullptr;
}

std::optional<PointPx> AnnotationEditor::carried(FrameIndex from, FrameIndex to, PointPx at) const {
    const auto motion = m_view->scene().motion(from, to);
    if (!motion) {
        return std::nullopt;
    }
    const QPointF p = motion->map(qt(at));
    return PointPx{p.x(), p.y()};
}

void AnnotationEditor::choose(const std::optional<TrackPoint>& object, Part part) {
    m_object = object;
    m_part = part;
    m_draft.reset();
    m_pending = false;
    m_view->update();
    Q_EMIT stateChanged();
}

// --- Mouse -----------------------------------------------------------------------------------

AnnotationEditor::Hit AnnotationEditor::hitAt(PointPx at, double pxPerView) const {
    const double near = kHandlePx * pxPerView;
    const auto onPoints = [&](const TrackPoint& object) -> std::optional<Part> {
        if (object.poker && apart(object.poker->low, at) <= near) {
            return Part::Low;
        }
        if (object.poker && apart(object.poker->top, at) <= near) {
            return Part::Top;
        }
        return std::nullopt;
    };
    // What is chosen first: its handles lie on top.
    if (m_object) {
        const TrackPoint& chosen = m_draft ? *m_draft : *m_object;
        if (const auto part = onPoints(chosen)) {
            return {m_object, *part};
        }
        for (const Part corner : kCorners) {
            if (apart(cornerOf(chosen.box, corner), at) <= near) {
                return {m_object, corner};
            }
        }
    }
    if (const Insertion* in = currentInsertion(); in && m_view->options().discs) {
        const auto place = carried(in->startFrame, m_frame, in->contactPx);
        if (place && m_frame >= in->startFrame && apart(*place, at) <= near) {
            return {std::nullopt, Part::Box, true};
        }
    }
    const auto all = objects();
    for (const TrackPoint& object : all) {
        if (const auto part = onPoints(object)) {
            return {object, *part};
        }
    }
    const TrackPoint* smallest = nullptr;
    for (const TrackPoint& object : all) {
        if (contains(object.box, at) &&
            (!smallest || object.box.w * object.box.h < smallest->box.w * smallest->box.h)) {
            smallest = &object;
        }
    }
    return {smallest ? std::optional(*smallest) : std::nullopt, Part::Box};
}

bool AnnotationEditor::press(PointPx at, double pxPerView) {
    m_nudges.stop();
    m_pressed = at;
    m_dragged = false;
    m_dragsInsertion = false;
    if (m_mode == Mode::DrawPoker) {
        m_newBox = BoxPx{at.x, at.y, 0, 0};
        return true;
    }
    if (m_mode == Mode::PlaceInsertion) {
        return true;
    }
    const Hit hit = hitAt(at, pxPerView);
    if (hit.insertion) {
        m_dragsInsertion = true;
        return true;
    }
    if (!hit.object) {
        m_pressed.reset();
        choose(std::nullopt, Part::Box);
        return false;
    }
    if (!m_object || !sameObject(*m_object, *hit.object)) {
        choose(hit.object, hit.part);
    }
    m_part = hit.part;
    Q_EMIT stateChanged();
    return true;
}

void AnnotationEditor::drag(PointPx at) {
    if (!m_pressed) {
        return;
    }
    const double dx = at.x - m_pressed->x, dy = at.y - m_pressed->y;
    if (m_newBox) {
        m_newBox = BoxPx{std::min(at.x, m_pressed->x), std::min(at.y, m_pressed->y), std::abs(dx),
                         std::abs(dy)};
        m_dragged = true;
        return;
    }
    if (!m_dragged && std::hypot(dx, dy) < kLeastDragPx / m_view->zoom()) {
        return;
    }
    m_dragged = true;
    if (m_dragsInsertion) {
        m_placeDraft = at;
    } else if (m_object && m_mode == Mode::Choose) {
        m_draft = *m_object;
        m_pending = false;
        moveDraft(dx, dy);
    }
}

void AnnotationEditor::release(PointPx at) {
    drag(at);
    const bool moved = m_dragged;
    m_pressed.reset();
    m_dragged = false;
    if (m_mode == Mode::DrawPoker) {
        const BoxPx box = m_newBox ? clamped(*m_newBox) : BoxPx();
        m_newBox.reset();
        if (box.w >= kLeastBoxPx && box.h >= kLeastBoxPx) {
            addPoker(box, std::nullopt);
        } else {
            Q_EMIT refused(tr("Drag from one corner of the poker to the other."));
        }
    } else if (m_mode == Mode::PlaceInsertion) {
        placeInsertion(at);
    } else if (m_dragsInsertion) {
        m_dragsInsertion = false;
        if (moved) {
            changeInsertion({}, {}, at);
        }
    } else if (moved) {
        commitDraft();
    }
}

Qt::CursorShape AnnotationEditor::cursorAt(PointPx at, double pxPerView) const {
    if (m_mode != Mode::Choose) {
        return Qt::CrossCursor;
    }
    const Hit hit = hitAt(at, pxPerView);
    if (hit.insertion) {
        return Qt::SizeAllCursor;
    }
    if (!hit.object) {
        return m_view->isFitted() ? Qt::ArrowCursor : Qt::OpenHandCursor;
    }
    switch (hit.part) {
        case Part::TopLeft:
        case Part::BottomRight:
            return Qt::SizeFDiagCursor;
        case Part::TopRight:
        case Part::BottomLeft:
            return Qt::SizeBDiagCursor;
        default:
            return Qt::SizeAllCursor;
    }
}

// --- Objects ---------------------------------------------------------------------------------

void AnnotationEditor::moveDraft(double dx, double dy) {
    TrackPoint& d = *m_draft;
    switch (m_part) {
        case Part::Box:
            d.box.x += dx;
            d.box.y += dy;
            if (d.poker) {
                for (PointPx* p : {&d.poker->low, &d.poker->top}) {
                    *p = {p->x + dx, p->y + dy};
                }
            }
            return;
        case Part::Low:
        case Part::Top:
            if (d.poker) {
                PointPx& p = m_part == Part::Low ? d.poker->low : d.poker->top;
                p = {p.x + dx, p.y + dy};
                growAround(d);
            }
            return;
        default:
            moveCorner(d.box, m_part, dx, dy);
            return;
    }
}

BoxPx AnnotationEditor::clamped(const BoxPx& box) const {
    const double right = m_video.width > 0 ? m_video.width - 0.5 : 1e9;
    const double bottom = m_video.height > 0 ? m_video.height - 0.5 : 1e9;
    const double x = std::clamp(box.x, -0.5, right), y = std::clamp(box.y, -0.5, bottom);
    return {x, y, std::clamp(box.x + box.w, -0.5, right) - x,
            std::clamp(box.y + box.h, -0.5, bottom) - y};
}

void AnnotationEditor::commitDraft() {
    m_nudges.stop();
    if (!m_draft || !m_object || m_pending) {
        return;
    }
    m_draft->box = clamped(m_draft->box);
    if (m_draft->box.w < kLeastBoxPx || m_draft->box.h < kLeastBoxPx) {
        m_draft.reset();
        m_view->update();
        return;
    }
    compliance::Correction c;
    c.object = *m_draft;
    c.object.score = 1;
    c.object.predicted = false;
    c.replaces = m_object->box;
    m_pending = true;
    emitOne(m_part == Part::Low || m_part == Part::Top ? tr("Move a point") : tr("Move a box"), c);
}

QSet<qint64> AnnotationEditor::tracksHere() const {
    QSet<qint64> tracks;
    for (const TrackPoint& object : m_view->scene().tracks().at(m_frame)) {
        tracks.insert(object.track.value);
    }
    return tracks;
}

// The poker that was here just before or comes just after.
TrackId AnnotationEditor::likelyTrack(const BoxPx& box) const {
    TrackId best;
    double nearest = std::hypot(box.w, box.h);
    const PointPx middle{box.x + box.w / 2, box.y + box.h / 2};
    const QSet<qint64> taken = tracksHere();
    for (const TrackPoint& p :
         m_view->scene().tracks().between(m_frame - kNearFrames, m_frame + kNearFrames)) {
        if (p.cls != ObjectClass::Vibrator || !p.track.valid() || taken.contains(p.track.value)) {
            continue;
        }
        const double distance = apart(middle, {p.box.x + p.box.w / 2, p.box.y + p.box.h / 2});
        if (distance < nearest) {
            nearest = distance;
            best = p.track;
        }
    }
    return best;
}

const TrackPoint* AnnotationEditor::likelyPoker() const {
    const TrackPoint* best = nullptr;
    const QSet<qint64> taken = tracksHere();
    for (const TrackPoint& p :
         m_view->scene().tracks().between(m_frame - kNearFrames, m_frame + kNearFrames)) {
        if (p.cls == ObjectClass::Vibrator && p.track.valid() && !taken.contains(p.track.value) &&
            (!best || std::abs(p.frame - m_frame) < std::abs(best->frame - m_frame))) {
            best = &p;
        }
    }
    return best;
}

void AnnotationEditor::beginPoker() {
    cancel();
    m_mode = Mode::DrawPoker;
    choose(std::nullopt, Part::Box);
}

void AnnotationEditor::addPoker(const BoxPx& box, const std::optional<PokerPoints>& points) {
    TrackPoint added;
    added.frame = m_frame;
    added.timeS = m_timeS;
    added.cls = ObjectClass::Vibrator;
    added.score = 1;
    added.box = box;
    added.poker = points.value_or(pointsIn(box));
    added.track = likelyTrack(box);
    compliance::Correction c;
    c.object = added;
    m_mode = Mode::Choose;
    m_object = added;
    m_draft = added;
    m_pending = true;
    m_part = Part::Box;
    emitOne(tr("Add a poker"), c);
}

void AnnotationEditor::removeObject(bool wholeTrack) {
    if (!m_object || (wholeTrack && !m_object->track.valid())) {
        return;
    }
    compliance::Correction c;
    c.remove = true;
    c.wholeTrack = wholeTrack;
    c.object = *m_object;
    c.replaces = m_object->box;
    const QString text = wholeTrack
                             ? tr("Remove a whole track")
                             : tr("Remove from the frame: %1").arg(text::classText(m_object->cls));
    choose(std::nullopt, Part::Box);
    emitOne(text, c);
}

void AnnotationEditor::chooseNext() {
    const auto all = objects();
    if (all.empty()) {
        Q_EMIT refused(
            tr("Nothing was found in this frame. Add a poker, or choose another frame."));
        return;
    }
    size_t next = 0;
    for (size_t i = 0; i < all.size(); ++i) {
        if (m_object && sameObject(all[i], *m_object)) {
            next = (i + 1) % all.size();
        }
    }
    choose(all[next], Part::Box);
}

void AnnotationEditor::chooseNextPart() {
    if (!m_object) {
        chooseNext();
        return;
    }
    constexpr Part kOrder[] = {Part::Box, Part::Low, Part::Top, Part::TopLeft, Part::BottomRight};
    const size_t at = size_t(std::find(std::begin(kOrder), std::end(kOrder), m_part) - kOrder);
    size_t next = (at + 1) % std::size(kOrder);
    while (!m_object->poker && (kOrder[next] == Part::Low || kOrder[next] == Part::Top)) {
        next = (next + 1) % std::size(kOrder);
    }
    m_part = kOrder[next];
    m_view->update();
    Q_EMIT stateChanged();
}

void AnnotationEditor::nudge(int dx, int dy) {
    if (!m_object || m_mode != Mode::Choose || m_pending) {
        return;
    }
    if (!m_draft) {
        m_draft = *m_object;
    }
    moveDraft(dx, dy);
    m_nudges.start();
    m_view->update();
}

// --- Insertions ------------------------------------------------------------------------------

void AnnotationEditor::beginInsertion(std::optional<std::pair<FrameIndex, FrameIndex>> range) {
    cancel();
    m_mode = Mode::PlaceInsertion;
    m_new = {};
    if (range) {
        m_new.start = range->first;
        m_new.end = range->second;
    } else {
        m_new.start = m_frame;
    }
    m_view->update();
    Q_EMIT stateChanged();
}

void AnnotationEditor::setStart() {
    if (m_mode == Mode::PlaceInsertion) {
        m_new.start = m_frame;
        finishInsertion();
        return;
    }
    changeInsertion(m_frame, {}, {});
}

void AnnotationEditor::setEnd() {
    if (m_mode == Mode::PlaceInsertion) {
        m_new.end = m_frame;
        finishInsertion();
        return;
    }
    changeInsertion({}, m_frame, {});
}

void AnnotationEditor::placeInsertion(PointPx at) {
    m_new.place = at;
    m_new.placedIn = m_frame;
    m_new.track = {};
    double nearest = kNearPokerPx;
    for (const TrackPoint& object : objects()) {
        if (object.poker && object.track.valid() && apart(object.poker->low, at) < nearest) {
            nearest = apart(object.poker->low, at);
            m_new.track = object.track;
        }
    }
    finishInsertion();
}

void AnnotationEditor::finishInsertion() {
    m_view->update();
    if (!m_new.start || !m_new.end || !m_new.place) {
        Q_EMIT stateChanged();
        return;
    }
    const auto place = carried(m_new.placedIn, *m_new.start, *m_new.place);
    if (!place) {
        m_new.place.reset();
        Q_EMIT refused(
            tr("The picture jumps between the start and this frame. Click the place in "
               "the frame at the start."));
        Q_EMIT stateChanged();
        return;
    }
    compliance::Correction c;
    c.kind = compliance::Correction::Kind::Insertion;
    c.insertion = compliance::freeInsertionNumber(
        std::vector<Insertion>(m_insertions.begin(), m_insertions.end()), m_corrections);
    c.track = m_new.track;
    c.startFrame = *m_new.start;
    c.endFrame = *m_new.end;
    c.contactPx = *place;
    if (const Status valid = compliance::validateCorrection(c, m_video.frames); !valid.ok()) {
        m_new.end.reset();
        Q_EMIT refused(text::errorText(valid.error()));
        Q_EMIT stateChanged();
        return;
    }
    m_mode = Mode::Choose;
    m_insertion = c.insertion;
    emitOne(tr("Add an insertion"), c);
}

void AnnotationEditor::changeInsertion(std::optional<FrameIndex> start,
                                       std::optional<FrameIndex> end,
                                       std::optional<PointPx> placeHere) {
    const Insertion* in = currentInsertion();
    if (!in) {
        return;
    }
    compliance::Correction c;
    c.kind = compliance::Correction::Kind::Insertion;
    c.insertion = in->id;
    c.track = in->track;
    c.startFrame = start.value_or(in->startFrame);
    c.endFrame = end.value_or(in->endFrame);
    const auto place = placeHere ? carried(m_frame, c.startFrame, *placeHere)
                                 : carried(in->startFrame, c.startFrame, in->contactPx);
    if (!place) {
        Q_EMIT refused(tr("The picture jumps between the insertion and this frame."));
        return;
    }
    c.contactPx = *place;
    if (const Status valid = compliance::validateCorrection(c, m_video.frames); !valid.ok()) {
        Q_EMIT refused(text::errorText(valid.error()));
        return;
    }
    m_placeDraft = placeHere;
    emitOne(start ? tr("Start of insertion %1").arg(in->id)
            : end ? tr("End of insertion %1").arg(in->id)
                  : tr("Place of insertion %1").arg(in->id),
            c);
}

void AnnotationEditor::removeInsertion(qint64 id) {
    m_insertion = id;
    const Insertion* in = currentInsertion();
    if (!in) {
        return;
    }
    compliance::Correction c;
    c.kind = compliance::Correction::Kind::Insertion;
    c.remove = true;
    c.insertion = in->id;
    c.track = in->track;
    c.startFrame = in->startFrame;
    c.endFrame = in->endFrame;
    c.contactPx = in->contactPx;
    emitOne(tr("Remove insertion %1").arg(id), c);
}

void AnnotationEditor::accept() {
    if (m_mode == Mode::DrawPoker) {
        if (const TrackPoint* near = likelyPoker()) {
            addPoker(near->box, near->poker);
            return;
        }
        const double w = std::max(8.0, m_video.width * 0.05);
        const double h = std::max(16.0, m_video.height * 0.25);
        addPoker({m_video.width / 2.0 - w / 2, m_video.height / 2.0 - h / 2, w, h}, std::nullopt);
    } else if (m_mode == Mode::PlaceInsertion && !m_new.place) {
        std::optional<PointPx> place;
        if (m_object && m_object->poker) {
            place = m_object->poker->low;
        }
        for (const TrackPoint& object : objects()) {
            if (!place && object.poker) {
                place = object.poker->low;
            }
        }
        if (place) {
            placeInsertion(*place);
        } else {
            Q_EMIT refused(
                tr("There is no poker in this frame whose place could be taken. Click "
                   "the place in the picture."));
        }
    } else if (m_mode == Mode::PlaceInsertion && !m_new.end) {
        setEnd();
    } else if (m_nudges.isActive()) {
        commitDraft();
    }
}

void AnnotationEditor::cancel() {
    m_nudges.stop();
    m_mode = Mode::Choose;
    m_newBox.reset();
    m_new = {};
    m_pressed.reset();
    m_placeDraft.reset();
    if (!m_pending) {
        m_draft.reset();
    }
    m_view->update();
    Q_EMIT stateChanged();
}

void AnnotationEditor::emitOne(const QString& text, const compliance::Correction& correction) {
    Q_EMIT corrected(text, {correction});
    m_view->update();
    Q_EMIT stateChanged();
}

QString AnnotationEditor::hint() const {
    if (m_mode == Mode::DrawPoker) {
        return tr(
            "Drag a box round the poker, or press Enter to take it over from the nearest "
            "frame.");
    }
    if (m_mode == Mode::PlaceInsertion) {
        if (!m_new.place) {
            return m_new.end ? tr("Frames %1 to %2. Click where the poker meets the concrete, or "
                                  "press Enter for the poker in the picture.")
                                   .arg(*m_new.start)
                                   .arg(*m_new.end)
                             : tr("From frame %1. Click where the poker meets the concrete, or "
                                  "press Enter for the poker in the picture.")
                                   .arg(*m_new.start);
        }
        return tr("From frame %1. Go to the frame in which the poker leaves the concrete and say "
                  "that it ends here.")
            .arg(m_new.start.value_or(0));
    }
    if (m_object) {
        const QString what = text::classText(m_object->cls);
        switch (m_part) {
            case Part::Low:
                return tr("%1: contact point. Drag it, or move it with the keys.").arg(what);
            case Part::Top:
                return tr("%1: top of the bar. Drag it, or move it with the keys.").arg(what);
            case Part::Box:
                return tr("%1: drag the box, its corners or its points.").arg(what);
            default:
                return tr("%1: corner of the box. Drag it, or move it with the keys.").arg(what);
        }
    }
    return tr("Click a poker to correct it.");
}

void AnnotationEditor::paint(QPainter& painter, FrameIndex frame,
                             const QTransform& imageToView) const {
    if (frame != m_frame) {
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const auto outline = [&](const BoxPx& box, Qt::PenStyle style) {
        const QRectF rect =
            imageToView.mapRect(QRectF(box.x, box.y, box.w, box.h)).adjusted(-1, -1, 1, 1);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(QColor(0, 0, 0, 200), 4));
        painter.drawRect(rect);
        painter.setPen(QPen(kChosen, 2, style));
        painter.drawRect(rect);
    };
    const auto handle = [&](PointPx at, bool chosen, bool round) {
        const QPointF p = imageToView.map(qt(at));
        const double r = chosen ? 6 : 4;
        painter.setPen(QPen(QColor(0, 0, 0, 220), 1.5));
        painter.setBrush(chosen ? classColour(ObjectClass::Vibrator) : kChosen);
        round ? painter.drawEllipse(p, r, r)
              : painter.drawRect(QRectF(p.x() - r, p.y() - r, 2 * r, 2 * r));
    };
    if (m_object) {
        const TrackPoint& object = m_draft ? *m_draft : *m_object;
        outline(object.box, m_draft ? Qt::DashLine : Qt::SolidLine);
        for (const Part corner : kCorners) {
            handle(cornerOf(object.box, corner), m_part == corner, false);
        }
        if (object.poker) {
            if (m_draft) {
                painter.setPen(QPen(kChosen, 1.5, Qt::DashLine));
                painter.drawLine(imageToView.map(qt(object.poker->low)),
                                 imageToView.map(qt(object.poker->top)));
            }
            handle(object.poker->low, m_part == Part::Low, true);
            handle(object.poker->top, m_part == Part::Top, true);
        }
    }
    if (m_newBox) {
        outline(*m_newBox, Qt::DashLine);
    }
    const auto cross = [&](PointPx at) {
        const QPointF p = imageToView.map(qt(at));
        for (const auto& [colour, width] : {std::pair(QColor(0, 0, 0, 220), 4.0), {kChosen, 2.0}}) {
            painter.setPen(QPen(colour, width));
            painter.drawLine(p - QPointF(9, 0), p + QPointF(9, 0));
            painter.drawLine(p - QPointF(0, 9), p + QPointF(0, 9));
        }
    };
    if (m_placeDraft) {
        cross(*m_placeDraft);
    }
    if (m_mode == Mode::PlaceInsertion && m_new.place) {
        if (const auto here = carried(m_new.placedIn, m_frame, *m_new.place)) {
            cross(*here);
        }
    }
    painter.restore();
}

}  // namespace cvd::ui
