#include "ui/calibration/calibration_canvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "core/report/plan_picture.h"
#include "ui/theme.h"

namespace cvd::ui {

namespace {

constexpr double kMostZoom = 40, kNotchFactor = 1.25, kGrabPx = 10, kClickPx = 4, kSnapPx = 10;
constexpr double kPointNudgePx = 1, kFineNudgePx = 0.1, kPlaceNudgeM = 0.01, kFinePlaceM = 0.001;
constexpr int kLoupe = 132, kLoupeGap = 24;
constexpr double kLoupeFactor = 6;
const QColor kStage(0x10, 0x11, 0x13), kHalo(0, 0, 0, 190);

QColor shapeColour(ShapeKind kind, bool onPicture) {
    const auto c = onPicture ? report::planColoursOverVideo() : report::planColours(isDark());
    switch (kind) {
        case ShapeKind::FormLine:
            return c.form;
        case ShapeKind::Obstacle:
            return c.gap;
        case ShapeKind::Region:
            break;
    }
    return onPicture ? QColor(0x62, 0xC7, 0x94) : c.treated;
}

}  // namespace

CalibrationCanvas::CalibrationCanvas(Kind kind, QWidget* parent) : QWidget(parent), m_kind(kind) {
    setObjectName(kind == Kind::Picture ? QStringLiteral("calibrationPicture")
                                        : QStringLiteral("calibrationPlan"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
}

void CalibrationCanvas::setPicture(const QImage& picture) {
    const bool sameSize = picture.size() == m_picture.size();
    m_picture = picture;
    m_message.clear();
    sameSize ? update() : fit();
}

void CalibrationCanvas::setMessage(const QString& sentence) {
    m_picture = {};
    m_message = sentence;
    update();
}

void CalibrationCanvas::setDraft(const CalibrationDraft& draft, const DraftState& state) {
    m_draft = draft;
    m_state = state;
    if (!handles().contains(m_chosen)) {
        m_chosen = {};
    }
    update();
}

void CalibrationCanvas::setTool(Tool tool) {
    if (tool != m_tool) {
        cancelDrawing();
        m_tool = tool;
    }
    setCursor(tool == Tool::Move ? Qt::ArrowCursor : Qt::CrossCursor);
    update();
}

void CalibrationCanvas::setChosen(Handle handle) {
    m_chosen = handle;
    update();
}

void CalibrationCanvas::setLabel(const QString& accessible) {
    setAccessibleName(accessible);
}

// --- Coordinates ---

QTransform CalibrationCanvas::fitted() const {
    if (m_frozen) {
        return *m_frozen;
    }
    const QRectF area = QRectF(rect()).adjusted(8, 8, -8, -8);
    if (m_kind == Kind::Plan) {
        report::PlanData plan;
        plan.calibration = calibrationOf(m_draft);
        return report::fitPlan(plan, area);
    }
    const QSizeF size = m_picture.isNull() ? QSizeF(16, 9) : QSizeF(m_picture.size());
    const double scale = std::min(double(width()) / size.width(), double(height()) / size.height());
    QTransform t;
    t.translate(width() / 2.0, height() / 2.0);
    t.scale(scale, scale);
    t.translate(-size.width() / 2, -size.height() / 2);
    return QTransform::fromTranslate(0.5, 0.5) * t;  // (0,0) is the centre of the first pixel
}

QTransform CalibrationCanvas::toView() const {
    const QPointF c = QRectF(rect()).center();
    return fitted() * QTransform::fromTranslate(-c.x(), -c.y()) *
           QTransform::fromScale(m_zoom, m_zoom) *
           QTransform::fromTranslate(c.x() + m_shift.x(), c.y() + m_shift.y());
}

QPointF CalibrationCanvas::viewOf(PointPx p) const {
    return toView().map(QPointF(p.x, p.y));
}

std::optional<QPointF> CalibrationCanvas::viewOf(PointM p) const {
    if (m_kind == Kind::Plan) {
        return toView().map(QPointF(p.x, p.y));
    }
    if (!m_state.homography) {
        return std::nullopt;
    }
    const PointPx px = m_state.homography->image(p);
    if (!std::isfinite(px.x) || !std::isfinite(px.y) || !m_state.homography->inFront(px) ||
        std::abs(px.x) > 1e5 || std::abs(px.y) > 1e5) {
        return std::nullopt;
    }
    return viewOf(px);
}

std::optional<PointM> CalibrationCanvas::placeAt(QPointF at) const {
    const QPointF p = toView().inverted().map(at);
    if (m_kind == Kind::Plan) {
        return PointM{p.x(), p.y()};
    }
    const PointPx px{p.x(), p.y()};
    if (!m_state.homography || !m_state.homography->inFront(px)) {
        return std::nullopt;
    }
    return m_state.homography->plane(px);
}

std::optional<QPointF> CalibrationCanvas::viewOf(Handle handle) const {
    if (handle.shape >= 0) {
        const auto& corners = m_draft.shapes[size_t(handle.shape)].corners;
        return handle.point >= 0 ? viewOf(corners[size_t(handle.point)]) : std::nullopt;
    }
    if (m_kind == Kind::Picture) {
        return viewOf(m_draft.points[size_t(handle.point)].image);
    }
    const auto metres = calibrationOf(m_draft).planePoints;
    const PointM at = metres[size_t(handle.point)];
    return std::isfinite(at.x) && std::isfinite(at.y) ? viewOf(at) : std::nullopt;
}

QList<CalibrationCanvas::Handle> CalibrationCanvas::handles() const {
    QList<Handle> all;
    const size_t n =
        m_kind == Kind::Picture ? m_draft.points.size() : calibrationOf(m_draft).planePoints.size();
    for (int i = 0; i < int(n); ++i) {
        all.append({-1, i});
    }
    for (int s = 0; s < int(m_draft.shapes.size()); ++s) {
        for (int i = 0; i < int(m_draft.shapes[size_t(s)].corners.size()); ++i) {
            all.append({s, i});
        }
    }
    return all;
}

CalibrationCanvas::Handle CalibrationCanvas::handleAt(QPointF at) const {
    Handle nearest;
    double best = kGrabPx;
    for (const Handle& handle : handles()) {
        const auto place = viewOf(handle);
        const double d = place ? std::hypot(place->x() - at.x(), place->y() - at.y()) : 1e9;
        if (d < best) {
            best = d;
            nearest = handle;
        }
    }
    return nearest;
}

std::optional<PointM> CalibrationCanvas::snapped(QPointF at, bool snap,
                                                 std::optional<std::pair<int, int>> ignore) const {
    const auto place = placeAt(at);
    const auto beside = placeAt(at + QPointF(kSnapPx, 0));
    const auto below = placeAt(at + QPointF(0, kSnapPx));
    if (!place || !snap || !beside || !below) {
        return place;
    }
    const double reach = std::max(std::hypot(beside->x - place->x, beside->y - place->y),
                                  std::hypot(below->x - place->x, below->y - place->y));
    return snapTo(m_draft, *place, reach, ignore).at;
}

bool CalibrationCanvas::moveHandle(CalibrationDraft& draft, Handle handle, QPointF to,
                                   bool snap) const {
    if (handle.shape < 0) {
        if (m_kind == Kind::Plan) {
            return false;  // metres are typed: a drag would only guess them
        }
        const QPointF p = toView().inverted().map(to);
        draft.points[size_t(handle.point)].image = {p.x(), p.y()};
        return true;
    }
    const auto place = snapped(to, snap, std::pair(handle.shape, handle.point));
    if (place) {
        draft.shapes[size_t(handle.shape)].corners[size_t(handle.point)] = *place;
    }
    return place.has_value();
}

void CalibrationCanvas::fit() {
    m_zoom = 1;
    m_shift = {};
    update();
}

void CalibrationCanvas::zoomAt(const QPointF& at, double factor) {
    const double target = std::clamp(m_zoom * factor, 1.0, kMostZoom);
    const QPointF c = QRectF(rect()).center();
    const QPointF from = (at - c - m_shift) / m_zoom;  // stays under the cursor
    m_zoom = target;
    m_shift = target <= 1 ? QPointF() : at - c - from * m_zoom;
    update();
}

// --- Changes ---

void CalibrationCanvas::choose(Handle handle) {
    if (m_chosen != handle) {
        m_chosen = handle;
        Q_EMIT chosenChanged(handle);
        update();
    }
}

void CalibrationCanvas::stepChoice(int direction) {
    const auto all = handles();
    if (all.isEmpty()) {
        return;
    }
    const auto at = all.indexOf(m_chosen);
    const auto next =
        at < 0 ? (direction > 0 ? 0 : all.size() - 1) : (at + direction + all.size()) % all.size();
    choose(all[next]);
}

void CalibrationCanvas::nudge(QPointF direction, double step) {
    CalibrationDraft draft = m_draft;
    if (m_chosen.shape < 0) {
        if (m_kind == Kind::Plan || m_chosen.point < 0) {
            return;
        }
        PointPx& p = draft.points[size_t(m_chosen.point)].image;
        p = {p.x + direction.x() * step, p.y + direction.y() * step};
    } else if (m_kind == Kind::Picture) {
        PointM& m = draft.shapes[size_t(m_chosen.shape)].corners[size_t(m_chosen.point)];
        if (!m_state.homography) {
            return;
        }
        const PointPx p = m_state.homography->image(m);
        m = m_state.homography->plane({p.x + direction.x() * step, p.y + direction.y() * step});
    } else {
        PointM& m = draft.shapes[size_t(m_chosen.shape)].corners[size_t(m_chosen.point)];
        // Along the axes as drawn: the plan may be turned.
        const QTransform turn = report::planOrientation(calibrationOf(draft)).inverted();
        const QPointF by = turn.map(direction * step) - turn.map(QPointF());
        m = {m.x + by.x(), m.y + by.y()};
    }
    Q_EMIT draftChanged(draft, tr("Nudge"), 1000000 + m_chosen.shape * 1000 + m_chosen.point);
}

void CalibrationCanvas::place(QPointF at, bool snap) {
    if (m_tool == Tool::AddPoint) {
        if (m_kind != Kind::Picture) {
            return;
        }
        CalibrationDraft draft = m_draft;
        const QPointF p = toView().inverted().map(at);
        DraftPoint added{{p.x(), p.y()}, {}, 0, 0};
        if (const auto guess = placeAt(at)) {
            added.plane = {std::round(guess->x * 100) / 100, std::round(guess->y * 100) / 100};
            const auto metres = calibrationOf(draft).planePoints;
            if (metres.size() >= 2) {
                const auto distance = [&](PointM b) {
                    return std::round(100 * std::hypot(guess->x - b.x, guess->y - b.y)) / 100;
                };
                added.toFirstM = distance(metres[0]);
                added.toSecondM = distance(metres[1]);
            }
        }
        draft.points.push_back(added);
        Q_EMIT draftChanged(draft, tr("Add a point"), -1);
        choose({-1, int(draft.points.size()) - 1});
        return;
    }
    // A click on the first corner closes the outline.
    if (m_drawn.size() >= 3 && m_tool != Tool::DrawForm) {
        const auto first = viewOf(m_drawn.front());
        if (first && std::hypot(first->x() - at.x(), first->y() - at.y()) < kGrabPx) {
            finishDrawing();
            return;
        }
    }
    if (const auto corner = snapped(at, snap, {})) {
        if (m_drawn.empty() ||
            std::hypot(m_drawn.back().x - corner->x, m_drawn.back().y - corner->y) > 1e-6) {
            m_drawn.push_back(*corner);
        }
        update();
    }
}

void CalibrationCanvas::finishDrawing() {
    const size_t least = m_tool == Tool::DrawForm ? 2 : 3;
    if (m_drawn.size() < least) {
        return;  // goes on being drawn
    }
    CalibrationDraft draft = m_draft;
    Shape shape{m_tool == Tool::DrawForm       ? ShapeKind::FormLine
                : m_tool == Tool::DrawObstacle ? ShapeKind::Obstacle
                                               : ShapeKind::Region,
                m_drawn};
    m_drawn.clear();
    if (shape.kind == ShapeKind::Region) {
        std::erase_if(draft.shapes, [](const Shape& s) { return s.kind == ShapeKind::Region; });
    }
    draft.shapes.push_back(shape);
    const QString what = shape.kind == ShapeKind::Region     ? tr("Draw the pour region")
                         : shape.kind == ShapeKind::FormLine ? tr("Draw a form line")
                                                             : tr("Draw an obstacle");
    Q_EMIT draftChanged(draft, what, -1);
    Q_EMIT toolFinished();
}

void CalibrationCanvas::cancelDrawing() {
    m_drawn.clear();
    update();
}

void CalibrationCanvas::removeChosen() {
    CalibrationDraft draft = m_draft;
    const Handle gone = m_chosen;
    if (gone.shape >= 0) {
        auto& shape = draft.shapes[size_t(gone.shape)];
        const size_t least = shape.kind == ShapeKind::FormLine ? 2 : 3;
        if (gone.point < 0 || shape.corners.size() <= least) {
            draft.shapes.erase(draft.shapes.begin() + gone.shape);
        } else {
            shape.corners.erase(shape.corners.begin() + gone.point);
        }
        choose({});
        Q_EMIT draftChanged(draft, tr("Delete a corner"), -1);
    } else if (gone.point >= 0 && draft.mode != EntryMode::Rectangle) {
        draft.points.erase(draft.points.begin() + gone.point);
        choose({});
        Q_EMIT draftChanged(draft, tr("Delete a point"), -1);
    }
}

// --- Events ---

bool CalibrationCanvas::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool drawing = isDrawing() || m_tool != Tool::Move;
        switch (key->key()) {
            case Qt::Key_Escape:
            case Qt::Key_Backspace:
                if (!drawing) {
                    break;
                }
                [[fallthrough]];
            case Qt::Key_Left:
            case Qt::Key_Right:
            case Qt::Key_Up:
            case Qt::Key_Down:
            case Qt::Key_Delete:
            case Qt::Key_PageUp:
            case Qt::Key_PageDown:
                event->accept();
                return true;
            default:
                break;
        }
    }
    return QWidget::event(event);
}

void CalibrationCanvas::keyPressEvent(QKeyEvent* event) {
    const bool fine = event->modifiers() & Qt::ShiftModifier;
    const double step = m_kind == Kind::Picture ? (fine ? kFineNudgePx : kPointNudgePx)
                                                : (fine ? kFinePlaceM : kPlaceNudgeM);
    switch (event->key()) {
        case Qt::Key_Left:
            nudge({-1, 0}, step);
            return;
        case Qt::Key_Right:
            nudge({1, 0}, step);
            return;
        case Qt::Key_Up:
            nudge({0, -1}, step);
            return;
        case Qt::Key_Down:
            nudge({0, 1}, step);
            return;
        case Qt::Key_PageUp:
            stepChoice(-1);
            return;
        case Qt::Key_PageDown:
            stepChoice(1);
            return;
        case Qt::Key_Delete:
            removeChosen();
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            finishDrawing();
            return;
        case Qt::Key_Backspace:
            if (!m_drawn.empty()) {
                m_drawn.pop_back();
                update();
            }
            return;
        case Qt::Key_Escape:
            if (isDrawing() || m_tool != Tool::Move) {
                cancelDrawing();
                Q_EMIT toolFinished();
                return;
            }
            break;
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            zoomAt(QRectF(rect()).center(), kNotchFactor);
            return;
        case Qt::Key_Minus:
            zoomAt(QRectF(rect()).center(), 1 / kNotchFactor);
            return;
        case Qt::Key_0:
            fit();
            return;
        default:
            break;
    }
    QWidget::keyPressEvent(event);
}

void CalibrationCanvas::wheelEvent(QWheelEvent* event) {
    zoomAt(event->position(), std::pow(kNotchFactor, event->angleDelta().y() / 120.0));
    event->accept();
}

void CalibrationCanvas::mousePressEvent(QMouseEvent* event) {
    m_pressed = m_last = event->position();
    m_moved = false;
    m_dragged = {};
    m_panning = event->button() == Qt::MiddleButton;
    if (m_panning || event->button() != Qt::LeftButton || m_tool != Tool::Move) {
        return;
    }
    m_dragged = handleAt(event->position());
    choose(m_dragged);
    if (m_dragged.valid()) {
        m_grabOffset = *viewOf(m_dragged) - event->position();
        m_mergeKey += 2;
        m_frozen = fitted();
    }
}

void CalibrationCanvas::mouseMoveEvent(QMouseEvent* event) {
    m_cursor = event->position();
    m_inside = true;
    if (event->buttons() & (Qt::LeftButton | Qt::MiddleButton)) {
        m_moved = m_moved || (event->position() - m_pressed).manhattanLength() > kClickPx;
        if (m_moved && m_dragged.valid()) {
            CalibrationDraft draft = m_draft;
            const bool snap = !(event->modifiers() & Qt::AltModifier);
            if (moveHandle(draft, m_dragged, event->position() + m_grabOffset, snap)) {
                Q_EMIT draftChanged(draft,
                                    m_dragged.shape < 0 ? tr("Move a point") : tr("Move a corner"),
                                    m_mergeKey + (m_kind == Kind::Plan ? 1 : 0));
            }
        } else if (m_moved && (m_panning || m_tool == Tool::Move) && m_zoom > 1) {
            m_shift += event->position() - m_last;
        }
        m_last = event->position();
    }
    update();
}

void CalibrationCanvas::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && !m_moved && m_tool != Tool::Move) {
        place(event->position(), !(event->modifiers() & Qt::AltModifier));
    }
    m_dragged = {};
    m_frozen.reset();
    m_panning = false;
    update();
}

void CalibrationCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
    if (isDrawing()) {
        finishDrawing();  // the first click of the two has placed the last corner
    } else if (m_tool == Tool::Move && !handleAt(event->position()).valid()) {
        fit();
    }
    m_moved = true;
}

void CalibrationCanvas::leaveEvent(QEvent*) {
    m_inside = false;
    update();
}

// --- Painting ---

void CalibrationCanvas::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintBackground(painter);
    if (m_kind == Kind::Picture && m_picture.isNull()) {
        return;
    }
    paintGrid(painter);
    paintShapes(painter);
    paintPoints(painter);
    if (m_kind == Kind::Plan) {
        report::paintScaleBar(painter, report::planColours(isDark()), toView(), QRectF(rect()));
    } else {
        paintLoupe(painter);
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void CalibrationCanvas::paintBackground(QPainter& painter) const {
    painter.fillRect(rect(),
                     m_kind == Kind::Picture ? kStage : report::planColours(isDark()).paper);
    if (m_kind == Kind::Plan) {
        return;
    }
    if (m_picture.isNull()) {
        painter.setPen(QColor(0xE8EAED));
        painter.drawText(rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap,
                         m_message);
        return;
    }
    const QTransform t = toView();
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, t.m11() * devicePixelRatioF() < 2);
    painter.setTransform(t, true);
    painter.drawImage(QPointF(-0.5, -0.5), m_picture);
    painter.restore();
}

void CalibrationCanvas::paintGrid(QPainter& painter) const {
    if (!m_state.homography) {
        return;
    }
    QPolygonF known;
    const Calibration c = calibrationOf(m_draft);
    for (const auto& list : {c.planePoints, c.pourRegion}) {
        for (const PointM& p : list) {
            known << QPointF(p.x, p.y);
        }
    }
    const bool picture = m_kind == Kind::Picture;
    report::paintMetreGrid(
        painter, picture ? report::imageTransform(*m_state.homography) * toView() : toView(),
        known.boundingRect(),
        picture ? QColor(255, 255, 255, 120) : report::planColours(isDark()).line, false);
}

void CalibrationCanvas::paintShapes(QPainter& painter) const {
    const bool picture = m_kind == Kind::Picture;
    const auto stroke = [&](const QPolygonF& line, bool closed, const QColor& colour, double width,
                            Qt::PenStyle style) {
        painter.setBrush(Qt::NoBrush);
        for (const auto& pen : {QPen(picture ? kHalo : QColor(Qt::transparent), width + 2),
                                QPen(colour, width, style)}) {
            painter.setPen(pen);
            closed ? painter.drawPolygon(line) : painter.drawPolyline(line);
        }
    };
    for (int s = 0; s < int(m_draft.shapes.size()); ++s) {
        const Shape& shape = m_draft.shapes[size_t(s)];
        QPolygonF line;
        for (const PointM& p : shape.corners) {
            if (const auto at = viewOf(p)) {
                line << *at;
            }
        }
        const QColor colour = shapeColour(shape.kind, picture);
        const bool closed = shape.kind != ShapeKind::FormLine;
        if (closed) {
            QColor tint = colour;
            tint.setAlpha(shape.kind == ShapeKind::Region ? 36 : 70);
            painter.setPen(Qt::NoPen);
            painter.setBrush(QBrush(
                tint, shape.kind == ShapeKind::Region ? Qt::SolidPattern : Qt::DiagCrossPattern));
            painter.drawPolygon(line);
        }
        stroke(line, closed, colour, closed ? 1.5 : 3, Qt::SolidLine);
        for (int i = 0; i < int(shape.corners.size()); ++i) {
            if (const auto at = viewOf(Handle{s, i})) {
                const bool chosen = m_chosen == Handle{s, i};
                painter.setPen(QPen(kHalo, 1));
                painter.setBrush(chosen ? tokens().accent : colour);
                const double r = chosen ? 5 : 3.5;
                painter.drawRect(QRectF(*at - QPointF(r, r), QSizeF(2 * r, 2 * r)));
            }
        }
    }
    if (m_drawn.empty()) {
        return;
    }
    QPolygonF line;
    for (const PointM& p : m_drawn) {
        if (const auto at = viewOf(p)) {
            line << *at;
        }
    }
    if (m_inside) {
        const auto next = snapped(m_cursor, true, {});
        const auto at = next ? viewOf(*next) : std::nullopt;
        line << at.value_or(m_cursor);
    }
    stroke(line, false, tokens().accent, 2, Qt::DashLine);
    painter.setBrush(tokens().accent);
    painter.setPen(QPen(kHalo, 1));
    painter.drawEllipse(line.first(), 5, 5);
}

void CalibrationCanvas::paintPoints(QPainter& painter) const {
    const QColor colour(0xFF, 0xD0, 0x3C);
    const int count = int(m_kind == Kind::Picture ? m_draft.points.size()
                                                  : calibrationOf(m_draft).planePoints.size());
    QPolygonF outline;
    for (int i = 0; i < count; ++i) {
        if (const auto at = viewOf(Handle{-1, i})) {
            outline << *at;
        }
    }
    if (m_draft.mode == EntryMode::Rectangle && outline.size() == 4) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(kHalo, 3));
        painter.drawPolygon(outline);
        painter.setPen(QPen(colour, 1.2));
        painter.drawPolygon(outline);
    }
    for (int i = 0; i < count; ++i) {
        const auto at = viewOf(Handle{-1, i});
        if (!at) {
            continue;
        }
        const bool chosen = m_chosen == Handle{-1, i};
        painter.setBrush(Qt::NoBrush);
        // A ring with a cross that leaves the place itself open.
        for (const auto& pen : {QPen(kHalo, chosen ? 5 : 4),
                                QPen(chosen ? QColor(Qt::white) : colour, chosen ? 2.2 : 1.6)}) {
            painter.setPen(pen);
            painter.drawEllipse(*at, 8, 8);
            for (const QPointF& d :
                 {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)}) {
                painter.drawLine(*at + d * 3, *at + d * 8);
            }
        }
        const QString number = QString::number(i + 1);
        QRectF box(*at + QPointF(9, -24), QSizeF(26, 18));
        if (box.right() > width()) {  // at the edge the number stands on the other side
            box.moveRight(at->x() - 9);
        }
        if (box.top() < 0) {
            box.moveTop(at->y() + 6);
        }
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(20, 22, 24, 205));
        painter.drawRoundedRect(box, 3, 3);
        painter.setPen(chosen ? QColor(Qt::white) : colour);
        painter.drawText(box, Qt::AlignCenter, number);
    }
}

// The pixels under the cursor, or around the point that is moved, enlarged.
void CalibrationCanvas::paintLoupe(QPainter& painter) const {
    if (!m_inside && !m_dragged.valid()) {
        return;
    }
    const bool wanted = m_dragged.valid() || m_tool != Tool::Move || handleAt(m_cursor).valid();
    if (!wanted) {
        return;
    }
    QPointF centre = m_cursor;
    if (m_dragged.valid()) {
        if (const auto at = viewOf(m_dragged)) {
            centre = *at;
        }
    }
    const QPointF px = toView().inverted().map(centre);
    QRectF lens(m_cursor + QPointF(kLoupeGap, -kLoupeGap - kLoupe), QSizeF(kLoupe, kLoupe));
    if (lens.right() > width()) {
        lens.moveRight(m_cursor.x() - kLoupeGap);
    }
    if (lens.top() < 0) {
        lens.moveTop(m_cursor.y() + kLoupeGap);
    }
    const double shown = kLoupe / std::max(kLoupeFactor, toView().m11() * 2);
    painter.save();
    QPainterPath round;
    round.addEllipse(lens);
    painter.setClipPath(round);
    painter.fillRect(lens, kStage);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(lens, m_picture,
                      QRectF(px.x() + 0.5 - shown / 2, px.y() + 0.5 - shown / 2, shown, shown));
    painter.setPen(QPen(QColor(0xFF, 0xD0, 0x3C), 1));
    painter.drawLine(QPointF(lens.center().x(), lens.top()),
                     QPointF(lens.center().x(), lens.bottom()));
    painter.drawLine(QPointF(lens.left(), lens.center().y()),
                     QPointF(lens.right(), lens.center().y()));
    painter.restore();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(kHalo, 4));
    painter.drawEllipse(lens);
    painter.setPen(QPen(Qt::white, 1.5));
    painter.drawEllipse(lens);
}

}  // namespace cvd::ui
