#include "ui/review/video_view.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace cvd::ui {

namespace {
constexpr int kFlashMs = 4000;
constexpr double kMostZoom = 32;
constexpr double kNotchFactor = 1.25;
constexpr double kClickPx = 4;
const QColor kStage(0x10, 0x11, 0x13);  // round the picture, the same in both themes
}  // namespace

VideoView::VideoView(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("videoView"));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
    m_flashEnd.setSingleShot(true);
    m_flashEnd.setInterval(kFlashMs);
    connect(&m_flashEnd, &QTimer::timeout, this, [this] { flash({}); });
}

void VideoView::flash(const QString& sentence) {
    m_flash = sentence;
    sentence.isEmpty() ? m_flashEnd.stop() : m_flashEnd.start();
    update();
}

void VideoView::paintFlash(QPainter& painter) const {
    const int most = std::max(80, width() - 48);
    QRect text = fontMetrics().boundingRect(QRect(0, 0, most, height()), Qt::TextWordWrap, m_flash);
    text.moveTo(24, height() - 24 - text.height());
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(20, 20, 20, 220));
    painter.drawRoundedRect(text.adjusted(-12, -8, 12, 8), 4, 4);
    painter.setPen(QColor(0xE8EAED));
    painter.drawText(text, Qt::TextWordWrap, m_flash);
}

void VideoView::setFrame(const QImage& image, FrameIndex frame, double timeS) {
    const bool sameSize = image.size() == m_image.size();
    m_image = image;
    m_frame = frame;
    m_timeS = timeS;
    m_message.clear();
    m_hint.clear();
    if (!sameSize) {
        fit();
    }
    update();
}

void VideoView::setMessage(const QString& sentence, const QString& hint) {
    m_image = {};
    m_frame = -1;
    m_message = sentence;
    m_hint = hint;
    update();
}

void VideoView::setOptions(const OverlayOptions& options) {
    m_options = options;
    update();
}

QImage VideoView::rendered() const {
    QImage picture = m_image.copy();
    QPainter painter(&picture);
    QFont bigger = font();
    bigger.setPixelSize(std::max(13, picture.height() / 45));
    painter.setFont(bigger);
    m_scene.paint(painter, m_options, m_frame, m_timeS, QTransform::fromTranslate(0.5, 0.5));
    return picture;
}

double VideoView::fitZoom() const {
    if (m_image.isNull()) {
        return 1;
    }
    return std::min(double(width()) / m_image.width(), double(height()) / m_image.height());
}

double VideoView::zoom() const {
    return m_zoom > 0 ? m_zoom : fitZoom();
}

QTransform VideoView::pictureToView() const {
    const double scale = zoom();
    const QPointF centre =
        m_zoom > 0 ? m_centre : QPointF(m_image.width() / 2.0, m_image.height() / 2.0);
    QTransform t;
    t.translate(width() / 2.0, height() / 2.0);
    t.scale(scale, scale);
    t.translate(-centre.x(), -centre.y());
    return t;
}

QTransform VideoView::imageToView() const {
    return QTransform::fromTranslate(0.5, 0.5) * pictureToView();
}

PointPx VideoView::pixelAt(const QPointF& viewPosition) const {
    const QPointF at = imageToView().inverted().map(viewPosition);
    return {at.x(), at.y()};
}

void VideoView::setTool(VideoTool* tool) {
    m_tool = tool;
    m_toolDrags = false;
    setCursor(m_zoom > 0 && !tool ? Qt::OpenHandCursor : Qt::ArrowCursor);
    update();
}

void VideoView::fit() {
    m_zoom = 0;
    setCursor(Qt::ArrowCursor);
    update();
    Q_EMIT zoomChanged(zoom());
}

void VideoView::actualSize() {
    const double target = 1 / devicePixelRatioF();
    zoomAt(QPointF(width() / 2.0, height() / 2.0), target / zoom());
}

void VideoView::zoomAt(const QPointF& at, double factor) {
    if (m_image.isNull()) {
        return;
    }
    const QPointF pinned = pictureToView().inverted().map(at);
    const double target = std::clamp(zoom() * factor, std::min(fitZoom(), 0.1), kMostZoom);
    if (target <= fitZoom() * 1.001 && target < 1 / devicePixelRatioF() * 0.999) {
        fit();
        return;
    }
    m_zoom = target;
    // The point under the cursor stays under the cursor.
    m_centre = pinned - (at - QPointF(width() / 2.0, height() / 2.0)) / m_zoom;
    keepInSight();
    setCursor(Qt::OpenHandCursor);
    update();
    Q_EMIT zoomChanged(zoom());
}

void VideoView::keepInSight() {
    m_centre.setX(std::clamp(m_centre.x(), 0.0, double(m_image.width())));
    m_centre.setY(std::clamp(m_centre.y(), 0.0, double(m_image.height())));
}

void VideoView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), kStage);
    if (m_image.isNull()) {
        painter.setPen(QColor(0xE8EAED));
        const QRect area = rect().adjusted(24, 24, -24, -24);
        painter.drawText(
            area, Qt::AlignCenter | Qt::TextWordWrap,
            m_hint.isEmpty() ? m_message : m_message + QStringLiteral("\n\n") + m_hint);
        return;
    }
    // Enlarged pixels stay pixels: somebody who zooms in wants to see what is really there.
    painter.setRenderHint(QPainter::SmoothPixmapTransform, zoom() * devicePixelRatioF() < 2);
    painter.save();
    painter.setTransform(pictureToView(), true);
    painter.drawImage(QPointF(0, 0), m_image);
    painter.restore();
    m_scene.paint(painter, m_options, m_frame, m_timeS, imageToView());
    if (m_tool) {
        m_tool->paint(painter, m_frame, imageToView());
    }
    if (!m_flash.isEmpty()) {
        paintFlash(painter);
    }
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void VideoView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    Q_EMIT zoomChanged(zoom());
}

void VideoView::wheelEvent(QWheelEvent* event) {
    if (!(event->modifiers() & Qt::ControlModifier)) {
        event->ignore();
        return;
    }
    zoomAt(event->position(), std::pow(kNotchFactor, event->angleDelta().y() / 120.0));
    event->accept();
}

void VideoView::mousePressEvent(QMouseEvent* event) {
    m_pressed = m_dragged = event->position();
    m_moved = false;
    if (m_tool && event->button() == Qt::LeftButton && !m_image.isNull() &&
        m_tool->press(pixelAt(event->position()), 1 / zoom())) {
        m_toolDrags = true;
        update();
        return;
    }
    if (m_zoom > 0) {
        setCursor(Qt::ClosedHandCursor);
    }
}

void VideoView::mouseMoveEvent(QMouseEvent* event) {
    if (m_toolDrags) {
        m_tool->drag(pixelAt(event->position()));
        update();
        return;
    }
    if (!(event->buttons() & (Qt::LeftButton | Qt::MiddleButton))) {
        if (m_tool && !m_image.isNull()) {
            setCursor(m_tool->cursorAt(pixelAt(event->position()), 1 / zoom()));
        }
        return;
    }
    m_moved = m_moved || (event->position() - m_pressed).manhattanLength() > kClickPx;
    if (m_moved && m_zoom > 0) {
        m_centre -= (event->position() - m_dragged) / m_zoom;
        keepInSight();
        update();
    }
    m_dragged = event->position();
}

void VideoView::mouseReleaseEvent(QMouseEvent* event) {
    if (m_toolDrags && event->button() == Qt::LeftButton) {
        m_toolDrags = false;
        m_tool->release(pixelAt(event->position()));
        update();
        return;
    }
    setCursor(m_zoom > 0 ? Qt::OpenHandCursor : Qt::ArrowCursor);
    if (!m_moved && event->button() == Qt::LeftButton && !m_image.isNull()) {
        Q_EMIT clicked(pixelAt(event->position()));
    }
}

void VideoView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        m_moved = true;  // the release that follows is no click
        Q_EMIT doubleClicked();
    }
}

}  // namespace cvd::ui
