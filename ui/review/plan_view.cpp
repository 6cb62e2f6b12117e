#include "ui/review/plan_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/review/review_colours.h"

namespace cvd::ui {

namespace {
constexpr double kMostZoom = 40, kNotchFactor = 1.25, kClickPx = 4, kPanPx = 40;
}  // namespace

PlanView::PlanView(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("planView"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

void PlanView::setPlan(std::shared_ptr<const report::PlanData> plan, bool samePour) {
    m_plan = std::move(plan);
    if (!samePour) {
        m_mark.reset();
        m_zoom = 1;
        m_shift = {};
    }
    update();
}

void PlanView::setOptions(const report::PlanOptions& options) {
    const auto moment = m_options.untilS;
    const auto current = m_options.current;
    m_options = options;
    m_options.untilS = moment;
    m_options.current = current;
    update();
}

void PlanView::setMoment(std::optional<double> untilS) {
    if (m_options.untilS != untilS) {
        m_options.untilS = untilS;
        update();
    }
}

void PlanView::setCurrentInsertion(qint64 id) {
    m_options.current = id;
    update();
}

void PlanView::setMark(std::optional<PointM> place) {
    m_mark = place;
    update();
}

QRectF PlanView::planArea() const {
    const double legend = m_plan && m_plan->coverage && m_options.fill != report::PlanFill::None
                              ? fontMetrics().height() * 2.2 + 8
                              : 0;
    return QRectF(0, 0, width(), std::max(10.0, height() - legend));
}

QTransform PlanView::planeToView() const {
    if (!m_plan) {
        return {};
    }
    const QRectF area = planArea();
    const QPointF c = area.center();
    return report::fitPlan(*m_plan, area.adjusted(4, 4, -4, -4)) *
           QTransform::fromTranslate(-c.x(), -c.y()) * QTransform::fromScale(m_zoom, m_zoom) *
           QTransform::fromTranslate(c.x() + m_shift.x(), c.y() + m_shift.y());
}

std::optional<PointM> PlanView::placeAt(const QPointF& at) const {
    if (!m_plan || !planArea().contains(at)) {
        return std::nullopt;
    }
    const QPointF p = planeToView().inverted().map(at);
    return PointM{p.x(), p.y()};
}

void PlanView::fit() {
    m_zoom = 1;
    m_shift = {};
    update();
}

void PlanView::zoomAt(const QPointF& at, double factor) {
    const double target = std::clamp(m_zoom * factor, 1.0, kMostZoom);
    if (target <= 1) {
        fit();
        return;
    }
    // The place under the cursor stays there.
    const QPointF c = planArea().center();
    const QPointF from = (at - c - m_shift) / m_zoom;
    m_zoom = target;
    m_shift = at - c - from * m_zoom;
    pan({});
}

void PlanView::pan(const QPointF& by) {
    m_shift += by;
    const QRectF area = planArea();
    const double x = area.width() * m_zoom / 2, y = area.height() * m_zoom / 2;
    m_shift = {std::clamp(m_shift.x(), -x, x), std::clamp(m_shift.y(), -y, y)};
    update();
}

void PlanView::step(int direction) {
    if (!m_plan) {
        return;
    }
    const auto& all = m_plan->insertions;
    int from = direction > 0 ? -1 : int(all.size());
    for (int i = 0; i < int(all.size()); ++i) {
        if (all[size_t(i)].id == m_options.current) {
            from = i;
        }
    }
    for (int i = from + direction; i >= 0 && i < int(all.size()); i += direction) {
        if (all[size_t(i)].effective && all[size_t(i)].contactM) {
            Q_EMIT insertionChosen(all[size_t(i)].id);
            return;
        }
    }
}

report::PlanOptions PlanView::painted() const {
    report::PlanOptions options = m_options;
    options.colours = report::planColours(ReviewColours::of(palette()).dark);
    return options;
}

QImage PlanView::picture(QSize size) const {
    if (!m_plan) {
        return {};
    }
    report::PlanOptions options = m_options;
    options.colours = report::planColours(false);
    return report::planPicture(*m_plan, options, size, std::max(14, size.height() / 55));
}

void PlanView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const report::PlanOptions options = painted();
    painter.fillRect(rect(), options.colours.paper);
    if (m_plan) {
        const QRectF area = planArea();
        const QTransform toView = planeToView();
        painter.setClipRect(area);
        report::paintPlan(painter, *m_plan, options, toView, area);
        if (m_mark) {
            painter.setRenderHint(QPainter::Antialiasing);
            const QPointF at = toView.map(QPointF(m_mark->x, m_mark->y));
            for (const auto& pen :
                 {QPen(options.colours.paper, 5), QPen(options.colours.gap, 2.5)}) {
                painter.setPen(pen);
                painter.setBrush(Qt::NoBrush);
                painter.drawPolygon(QPolygonF({at + QPointF(0, -10), at + QPointF(10, 0),
                                               at + QPointF(0, 10), at + QPointF(-10, 0)}));
            }
        }
        report::paintScaleBar(painter, options.colours, toView, area);
        painter.setClipping(false);
        report::paintPlanLegend(
            painter, *m_plan, options,
            QRectF(12, area.bottom() + 2, width() - 24, height() - area.bottom() - 8));
    }
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

bool PlanView::event(QEvent* event) {
    // These keys are the plan's own while it has the focus, whatever else they do in the page.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        switch (key->key()) {
            case Qt::Key_Plus:
            case Qt::Key_Equal:
            case Qt::Key_Minus:
            case Qt::Key_0:
            case Qt::Key_Up:
            case Qt::Key_Down:
                event->accept();
                return true;
            default:
                break;
        }
    }
    return QWidget::event(event);
}

void PlanView::keyPressEvent(QKeyEvent* event) {
    const bool panning = event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier);
    const QPointF middle = planArea().center();
    switch (event->key()) {
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            zoomAt(middle, kNotchFactor);
            break;
        case Qt::Key_Minus:
            zoomAt(middle, 1 / kNotchFactor);
            break;
        case Qt::Key_0:
            fit();
            break;
        case Qt::Key_Up:
            panning ? pan({0, kPanPx}) : step(-1);
            break;
        case Qt::Key_Down:
            panning ? pan({0, -kPanPx}) : step(1);
            break;
        default:
            QWidget::keyPressEvent(event);
    }
}

void PlanView::wheelEvent(QWheelEvent* event) {
    zoomAt(event->position(), std::pow(kNotchFactor, event->angleDelta().y() / 120.0));
    event->accept();
}

void PlanView::mousePressEvent(QMouseEvent* event) {
    m_pressed = m_dragged = event->position();
    m_moved = false;
}

void PlanView::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & (Qt::LeftButton | Qt::MiddleButton)) {
        m_moved = m_moved || (event->position() - m_pressed).manhattanLength() > kClickPx;
        if (m_moved && m_zoom > 1) {
            pan(event->position() - m_dragged);
        }
        m_dragged = event->position();
        return;
    }
    Q_EMIT hovered(placeAt(event->position()));
}

void PlanView::mouseReleaseEvent(QMouseEvent* event) {
    const auto place = placeAt(event->position());
    if (!m_moved && event->button() == Qt::LeftButton && place) {
        Q_EMIT clicked(*place);
    }
}

void PlanView::mouseDoubleClickEvent(QMouseEvent*) {
    m_moved = true;  // the release that follows is no click
    fit();
}

void PlanView::leaveEvent(QEvent*) {
    Q_EMIT hovered(std::nullopt);
}

}  // namespace cvd::ui
