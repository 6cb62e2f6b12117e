#include "ui/review/overlay.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <QPalette>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/compliance/calibration.h"
#include "core/report/plan_picture.h"
#include "core/text/text.h"
#include "ui/review/heat_map_panel.h"
#include "ui/review/review_colours.h"
#include "ui/review/review_text.h"

namespace cvd::ui {

namespace {

constexpr int kDiscCorners = 48;
constexpr int kMostDiscs = 200;  // a long pour has thousands; the latest tell the story
constexpr double kRingPx = 9;    // of an insertion whose size on the concrete is unknown
const QColor kHalo(0, 0, 0, 190);
const QColor kPaper(20, 22, 24, 205);

QPointF point(const PointPx& p) {
    return {p.x, p.y};
}

QTransform toTransform(const CameraMotion& motion) {
    // QTransform multiplies row vectors, so the matrix is the transpose of the usual one.
    return {motion.m[0], motion.m[3], motion.m[1], motion.m[4], motion.m[2], motion.m[5]};
}

// A box is given by its first pixel and size; its outline runs along the pixels' outer edges.
QRectF boxInView(const BoxPx& box, const QTransform& imageToView) {
    return imageToView.mapRect(QRectF(box.x, box.y, box.w, box.h).translated(-0.5, -0.5));
}

// Dark below, colour above: readable on concrete and on sky alike.
template <typename Draw>
void withHalo(QPainter& painter, const QColor& colour, double width, Qt::PenStyle style,
              const Draw& draw) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(kHalo, width + 2, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    draw();
    painter.setPen(QPen(colour, width, style, Qt::FlatCap, Qt::MiterJoin));
    draw();
}

void paintDot(QPainter& painter, const QPointF& at, double radius, const QColor& colour,
              bool filled) {
    painter.setPen(QPen(kHalo, 1.5));
    painter.setBrush(filled ? QBrush(kHalo) : QBrush(Qt::NoBrush));
    painter.drawEllipse(at, radius + 1.5, radius + 1.5);
    painter.setPen(QPen(colour, 2));
    painter.setBrush(filled ? QBrush(colour) : QBrush(Qt::NoBrush));
    painter.drawEllipse(at, radius, radius);
}

// Words on dark paper beside a box: above it, below it or inside, where no other label stands.
void paintLabel(QPainter& painter, const QRectF& box, const QStringList& lines,
                const QColor& colour, QList<QRectF>& taken) {
    const QFontMetricsF metrics(painter.font());
    double widest = 0;
    for (const auto& line : lines) {
        widest = std::max(widest, metrics.horizontalAdvance(line));
    }
    const QSizeF size(widest + 10, metrics.height() * double(lines.size()) + 2);
    const QRectF area = painter.window();
    const QPointF places[] = {{box.left() - 1, box.top() - size.height() - 3},
                              {box.left() - 1, box.bottom() + 3},
                              {box.left() + 3, box.top() + 3},
                              {box.right() + 3, box.top()},
                              {box.left() - size.width() - 3, box.top()}};
    QRectF paper;
    bool free = false;
    for (const auto& place : places) {
        QRectF candidate(place, size);
        candidate.moveLeft(std::clamp(candidate.left(), area.left(),
                                      std::max(area.left(), area.right() - size.width())));
        candidate.moveTop(std::clamp(candidate.top(), area.top(),
                                     std::max(area.top(), area.bottom() - size.height())));
        free = std::none_of(taken.begin(), taken.end(),
                            [&](const QRectF& other) { return other.intersects(candidate); });
        if (free || paper.isNull()) {
            paper = candidate;
        }
        if (free) {
            break;
        }
    }
    taken.append(paper);
    painter.setPen(Qt::NoPen);
    painter.setBrush(kPaper);
    painter.drawRoundedRect(paper, 3, 3);
    QRectF row(paper.left() + 5, paper.top() + 1, paper.width() - 10, metrics.height());
    for (const auto& line : lines) {
        painter.setPen(&line == &lines.first() ? colour : QColor(Qt::white));
        painter.drawText(row, Qt::AlignVCenter | Qt::AlignLeft, line);
        row.translate(0, metrics.height());
    }
}

}  // namespace

void OverlayScene::setData(const ReviewData& data) {
    m_tracks = TrackIndex(data.tracks);
    m_framesPerS = data.video.fps > 0 ? data.video.fps : 25;
    m_insertions = data.insertions;
    std::stable_sort(
        m_insertions.begin(), m_insertions.end(),
        [](const Insertion& a, const Insertion& b) { return a.startFrame < b.startFrame; });
    const QList<qint64> byHand = data.insertionsByHand.keys();
    m_insertionsByHand = QSet<qint64>(byHand.begin(), byHand.end());
    m_objectsByHand.clear();
    for (const auto& c : data.corrections) {
        if (c.kind == compliance::Correction::Kind::Object && !c.remove) {
            m_objectsByHand.emplace(c.object.frame, c.object.box);
        }
    }
    m_violation.reset();
    m_insertion.reset();
    m_heat = {};
    m_frameSize = QSize(data.video.width, data.video.height);

    m_motion.clear();
    m_shot.clear();
    m_firstFrame = 0;
    if (data.tracks && !data.tracks->motion.empty()) {
        m_firstFrame = data.tracks->firstFrame;
        m_motion.reserve(data.tracks->motion.size());
        m_shot.reserve(data.tracks->motion.size());
        QTransform sum;
        int shot = 0;
        for (const auto& motion : data.tracks->motion) {
            shot += motion.cut ? 1 : 0;
            if (motion.cut) {
                sum = QTransform();
            } else if (motion.reliable) {
                sum = sum * toTransform(motion);
            }
            m_motion.push_back(sum);
            m_shot.push_back(shot);
        }
    }

    m_calibrated = false;
    m_region.clear();
    m_formLines.clear();
    m_discs.clear();
    if (!data.calibration) {
        return;
    }
    const auto plane = compliance::solve(*data.calibration);
    if (!plane) {
        return;
    }
    m_calibrated = true;
    for (const auto& corner : data.calibration->pourRegion) {
        m_region << point(plane->image(corner));
    }
    for (const auto& line : data.calibration->formLines) {
        QPolygonF shown;
        for (const auto& corner : line) {
            shown << point(plane->image(corner));
        }
        m_formLines << shown;
    }
    m_discs.reserve(size_t(m_insertions.size()));
    for (const auto& insertion : m_insertions) {
        QPolygonF disc;
        if (insertion.contactM && data.radiusM > 0) {
            for (int i = 0; i < kDiscCorners; ++i) {
                const double angle = 2 * std::numbers::pi * i / kDiscCorners;
                const PointM edge{insertion.contactM->x + data.radiusM * std::cos(angle),
                                  insertion.contactM->y + data.radiusM * std::sin(angle)};
                disc << point(plane->image(edge));
            }
        }
        m_discs.push_back(disc);
    }
}

void OverlayScene::setHeat(const QImage& heat, QSize frameSize, double maxS) {
    m_heat = heat;
    m_heatMaxS = maxS;
    m_frameSize = frameSize;
}

void OverlayScene::setPlan(std::shared_ptr<const report::PlanData> plan) {
    m_plan = std::move(plan);
}

void OverlayScene::setCurrentViolation(std::optional<Violation> violation) {
    m_violation = std::move(violation);
}

void OverlayScene::setCurrentInsertion(std::optional<qint64> insertion) {
    m_insertion = insertion;
}

std::optional<QTransform> OverlayScene::motion(FrameIndex from, FrameIndex to) const {
    if (m_motion.empty() || from == to) {
        return QTransform();
    }
    const auto last = FrameIndex(m_motion.size()) - 1;
    const auto a = size_t(std::clamp<FrameIndex>(from - m_firstFrame, 0, last));
    const auto b = size_t(std::clamp<FrameIndex>(to - m_firstFrame, 0, last));
    if (m_shot[a] != m_shot[b]) {
        return std::nullopt;
    }
    return m_motion[a].inverted() * m_motion[b];
}

const Insertion* OverlayScene::insertionUnderWay(TrackId track, FrameIndex frame) const {
    // Starts are ordered but ends are not; a poker's insertions do not overlap, so the latest start
    // of this track decides.
    auto it = std::upper_bound(
        m_insertions.begin(), m_insertions.end(), frame,
        [](FrameIndex f, const Insertion& insertion) { return f < insertion.startFrame; });
    while (it != m_insertions.begin()) {
        --it;
        if (it->track == track) {
            return it->endFrame >= frame ? &*it : nullptr;
        }
    }
    return nullptr;
}

QList<const Insertion*> OverlayScene::insertionsUpTo(FrameIndex frame, int most) const {
    const auto end = std::upper_bound(
        m_insertions.begin(), m_insertions.end(), frame,
        [](FrameIndex f, const Insertion& insertion) { return f < insertion.startFrame; });
    QList<const Insertion*> list;
    for (auto it = end; it != m_insertions.begin() && list.size() < most;) {
        --it;
        if (it->effective) {
            list.prepend(&*it);
        }
    }
    return list;
}

const Insertion* OverlayScene::nearestInsertion(PointPx px, FrameIndex frame,
                                                double withinPx) const {
    const Insertion* nearest = nullptr;
    double best = withinPx;
    for (const auto& insertion : m_insertions) {
        const auto carried = motion(insertion.startFrame, frame);
        if (!carried) {
            continue;
        }
        const QPointF at = carried->map(point(insertion.contactPx));
        const double distance = std::hypot(at.x() - px.x, at.y() - px.y);
        if (distance <= best) {
            best = distance;
            nearest = &insertion;
        }
    }
    return nearest;
}

void OverlayScene::paint(QPainter& painter, const OverlayOptions& options, FrameIndex frame,
                         double timeS, const QTransform& imageToView) const {
    if (!options.visible || frame < 0) {
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (options.heat) {
        paintHeat(painter, options, frame, imageToView);
    }
    if (options.coverage || options.planned) {
        painter.setOpacity(options.opacity);
        paintPlan(painter, options, frame, timeS, imageToView);
    }
    if (options.region) {
        painter.setOpacity(options.opacity * options.regionOpacity);
        paintRegion(painter, frame, imageToView);
    }
    if (options.formLines) {
        painter.setOpacity(options.opacity * options.formLinesOpacity);
        paintFormLines(painter, frame, imageToView);
    }
    if (options.discs) {
        painter.setOpacity(options.opacity * options.discsOpacity);
        paintInsertions(painter, frame, imageToView);
    }
    if (options.tails) {
        painter.setOpacity(options.opacity * options.tailsOpacity);
        paintTails(painter, options, frame, imageToView);
    }
    std::vector<const TrackPoint*> shown;
    for (const auto& object : m_tracks.at(frame)) {
        if (shows(options, object)) {
            shown.push_back(&object);
        }
    }
    // Pokers are what it is all about: on top, and first to choose a place for their label.
    std::stable_partition(shown.begin(), shown.end(), [](const TrackPoint* object) {
        return object->cls == ObjectClass::Vibrator;
    });
    for (auto it = shown.rbegin(); it != shown.rend(); ++it) {
        paintObject(painter, options, **it, imageToView);
    }
    QList<QRectF> taken;
    painter.setOpacity(options.opacity * options.labelsOpacity);
    for (const auto* object : shown) {
        if (options.labels) {
            paintObjectLabel(painter, *object, timeS, imageToView, taken);
        }
    }
    painter.setOpacity(options.opacity);
    paintViolation(painter, frame);
    painter.restore();
}

void OverlayScene::paintHeat(QPainter& painter, const OverlayOptions& options, FrameIndex frame,
                             const QTransform& imageToView) const {
    const auto carried = motion(m_firstFrame, frame);
    if (m_heat.isNull() || !carried) {
        return;
    }
    painter.save();
    painter.setOpacity(options.heatOpacity);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setTransform(*carried * imageToView, true);
    // Corners of pixels lie half a pixel outside their centres.
    painter.drawImage(QRectF(QPointF(-0.5, -0.5), QSizeF(m_frameSize)), m_heat);
    painter.restore();
    if (m_heatMaxS > 0) {
        const QRectF room = painter.window();
        const double line = painter.fontMetrics().height();
        QRectF paper(0, 0, std::min(20 * line, room.width() - 24), 3 * line);
        paper.moveBottomRight(room.bottomRight() - QPointF(12, 12));
        painter.setPen(Qt::NoPen);
        painter.setBrush(kPaper);
        painter.drawRoundedRect(paper, 4, 4);
        paintHeatLegend(painter, paper.adjusted(12, 0.5 * line, -12, -0.3 * line), m_heatMaxS,
                        Qt::white, QColor(255, 255, 255, 90));
    }
}

// The plan laid on the concrete: what was treated up to this moment, and where to go next.
void OverlayScene::paintPlan(QPainter& painter, const OverlayOptions& options, FrameIndex frame,
                             double timeS, const QTransform& imageToView) const {
    const auto carried = motion(m_firstFrame, frame);
    if (!m_plan || !carried) {
        return;
    }
    report::PlanOptions plan;
    plan.fill = options.coverage ? report::PlanFill::Coverage : report::PlanFill::None;
    plan.colours = report::planColoursOverVideo();
    plan.region = plan.formLines = plan.discs = plan.numbers = plan.gaps =
        false;  // drawn by others
    plan.obstacles = options.coverage;
    plan.planned = options.planned;
    plan.fillOpacity = options.coverageOpacity;
    plan.colours.planned.setAlphaF(float(options.plannedOpacity));
    plan.colours.next.setAlphaF(float(options.plannedOpacity));
    plan.untilS = timeS;
    report::paintPlan(painter, *m_plan, plan,
                      report::imageTransform(m_plan->homography) * *carried * imageToView,
                      QRectF(painter.window()));
}

void OverlayScene::paintRegion(QPainter& painter, FrameIndex frame,
                               const QTransform& imageToView) const {
    const auto carried = motion(m_firstFrame, frame);
    if (m_region.size() < 3 || !carried) {
        return;
    }
    const QPolygonF outline = (*carried * imageToView).map(m_region);
    withHalo(painter, QColor(255, 255, 255, 190), 1.2, Qt::DashLine,
             [&] { painter.drawPolygon(outline); });
}

// Where the formwork stands, in a colour of its own: rules about the distance to it refer to it.
void OverlayScene::paintFormLines(QPainter& painter, FrameIndex frame,
                                  const QTransform& imageToView) const {
    const auto carried = motion(m_firstFrame, frame);
    if (!carried) {
        return;
    }
    for (const auto& line : m_formLines) {
        const QPolygonF shown = (*carried * imageToView).map(line);
        withHalo(painter, QColor(0xF0E442), 2, Qt::SolidLine, [&] { painter.drawPolyline(shown); });
    }
}

void OverlayScene::paintInsertions(QPainter& painter, FrameIndex frame,
                                   const QTransform& imageToView) const {
    const QColor colour = classColour(ObjectClass::Vibrator);
    QFont font = painter.font();
    font.setPointSizeF(std::max(7.0, font.pointSizeF() - 1.5));
    painter.setFont(font);
    for (const Insertion* insertion : insertionsUpTo(frame, kMostDiscs)) {
        const bool current = m_insertion == insertion->id;
        const bool active = insertion->endFrame >= frame;
        const auto& disc =
            m_discs.empty() ? QPolygonF() : m_discs[size_t(insertion - m_insertions.data())];
        const auto carried = motion(disc.isEmpty() ? insertion->startFrame : m_firstFrame, frame);
        if (!carried) {
            continue;
        }
        const QTransform toView = *carried * imageToView;
        QColor fill = colour;
        fill.setAlpha(current ? 90 : active ? 60 : 26);
        QColor edge = current ? QColor(Qt::white) : colour;
        edge.setAlpha(current || active ? 255 : 150);
        painter.setBrush(fill);
        const bool hand = m_insertionsByHand.contains(insertion->id);
        painter.setPen(QPen(edge, current ? 2 : 1,
                            hand             ? Qt::DashLine
                            : disc.isEmpty() ? Qt::DotLine
                                             : Qt::SolidLine));
        QPointF centre = toView.map(point(insertion->contactPx));
        if (disc.isEmpty()) {
            painter.drawEllipse(centre, kRingPx, kRingPx);
        } else {
            const QPolygonF shown = toView.map(disc);
            painter.drawPolygon(shown);
        }
        painter.setPen(QColor(0, 0, 0, 200));
        const QString number =
            QString::number(insertion->id) + (hand ? QStringLiteral("*") : QString());
        const QRectF box(centre - QPointF(20, 10), QSizeF(40, 20));
        painter.drawText(box.translated(1, 1), Qt::AlignCenter, number);
        painter.setPen(QColor(255, 255, 255, active || current ? 255 : 210));
        painter.drawText(box, Qt::AlignCenter, number);
    }
}

void OverlayScene::paintTails(QPainter& painter, const OverlayOptions& options, FrameIndex frame,
                              const QTransform& imageToView) const {
    const auto frames = FrameIndex(std::lround(options.tailS * m_framesPerS));
    for (const auto& object : m_tracks.at(frame)) {
        // What no track took has no way behind it: its neighbours in time are other things.
        if (!object.poker || !object.track.valid() || !shows(options, object)) {
            continue;
        }
        QPointF before;
        bool first = true;
        for (const auto& earlier : m_tracks.between(frame - frames, frame)) {
            if (earlier.track != object.track || !earlier.poker) {
                continue;
            }
            const auto carried = motion(earlier.frame, frame);
            if (!carried) {
                first = true;
                continue;
            }
            const QPointF here = (*carried * imageToView).map(point(earlier.poker->low));
            if (!first) {
                const double age =
                    double(frame - earlier.frame) / double(std::max<FrameIndex>(1, frames));
                QColor colour = classColour(object.cls);
                colour.setAlphaF(float(std::clamp(1 - age, 0.05, 1.0)));
                painter.setPen(QPen(colour, 2, Qt::SolidLine, Qt::RoundCap));
                painter.drawLine(before, here);
            }
            before = here;
            first = false;
        }
    }
}

void OverlayScene::paintObject(QPainter& painter, const OverlayOptions& options,
                               const TrackPoint& object, const QTransform& imageToView) const {
    const QColor colour = classColour(object.cls);
    const double opacity =
        options.opacity * (object.track.valid() ? 1.0 : options.untrackedOpacity);
    if (options.boxes) {
        painter.setOpacity(opacity * options.boxesOpacity);
        const QRectF box = boxInView(object.box, imageToView);
        withHalo(painter, colour, 2, object.predicted ? Qt::DashLine : Qt::SolidLine,
                 [&] { painter.drawRect(box); });
    }
    if (options.points && object.poker) {
        painter.setOpacity(opacity * options.pointsOpacity);
        const QPointF low = imageToView.map(point(object.poker->low));
        const QPointF top = imageToView.map(point(object.poker->top));
        withHalo(painter, colour, 1.5, Qt::SolidLine, [&] { painter.drawLine(top, low); });
        paintDot(painter, top, 3, colour, false);
        paintDot(painter, low, 4, colour, true);
    }
}

bool OverlayScene::shows(const OverlayOptions& options, const TrackPoint& object) const {
    return object.score >= options.minScore[size_t(object.cls)] &&
           (options.untracked || object.track.valid() || byHand(object));
}

bool OverlayScene::byHand(const TrackPoint& object) const {
    const auto [from, to] = m_objectsByHand.equal_range(object.frame);
    return std::any_of(from, to, [&](const auto& entry) { return entry.second == object.box; });
}

void OverlayScene::paintObjectLabel(QPainter& painter, const TrackPoint& object, double timeS,
                                    const QTransform& imageToView, QList<QRectF>& taken) const {
    const QLocale locale;
    QString label = text::classText(object.cls);
    if (object.track.valid()) {
        label += QStringLiteral(" %1").arg(object.track.value);
    }
    label += QStringLiteral("  ") +
             (byHand(object) ? QCoreApplication::translate("cvd::ui::Overlay", "by hand")
                             : locale.toString(object.score, 'f', 2));
    QStringList lines{label};
    if (object.immersed.value_or(false)) {
        const Insertion* insertion = insertionUnderWay(object.track, object.frame);
        lines << (insertion ? QCoreApplication::translate("cvd::ui::Overlay", "in concrete %1")
                                  .arg(quantityText(std::max(0.0, timeS - insertion->startS), "s"))
                            : QCoreApplication::translate("cvd::ui::Overlay", "in concrete"));
    }
    paintLabel(painter, boxInView(object.box, imageToView), lines, classColour(object.cls), taken);
}

void OverlayScene::paintViolation(QPainter& painter, FrameIndex frame) const {
    if (!m_violation || frame < m_violation->startFrame || frame > m_violation->endFrame) {
        return;
    }
    QPalette dark;
    dark.setColor(QPalette::Window, Qt::black);
    const auto colours = ReviewColours::of(dark);
    const QString words = QStringLiteral("%1   %2").arg(text::ruleText(m_violation->rule),
                                                        measuredText(*m_violation));
    const QFontMetricsF metrics(painter.font());
    const QRectF area = painter.window();
    const QRectF paper(area.left() + 12, area.top() + 12, metrics.horizontalAdvance(words) + 44,
                       metrics.height() + 12);
    painter.setPen(QPen(colours.severity(m_violation->severity), 1));
    painter.setBrush(kPaper);
    painter.drawRoundedRect(paper, 4, 4);
    paintSeverityShape(painter, QRectF(paper.left() + 10, paper.center().y() - 6, 12, 12),
                       *m_violation, colours);
    painter.setPen(Qt::white);
    painter.drawText(paper.adjusted(30, 0, -8, 0), Qt::AlignVCenter | Qt::AlignLeft, words);
}

}  // namespace cvd::ui
