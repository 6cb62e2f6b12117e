// Paints one frame and what is known about it. Zoom and place stay as they are from frame to frame.
#pragma once

#include <QImage>
#include <QPointF>
#include <QTimer>
#include <QTransform>
#include <QWidget>

#include "ui/review/overlay.h"
#include "ui/review/video_tool.h"

namespace cvd::ui {

class VideoView : public QWidget {
    Q_OBJECT
public:
    explicit VideoView(QWidget* parent = nullptr);

    void setFrame(const QImage& image, FrameIndex frame, double timeS);
    // No picture, a sentence instead.
    void setMessage(const QString& sentence, const QString& hint = {});
    const QString& message() const { return m_message; }
    // A sentence over the picture for some seconds: the answer to a key. Empty: none any more.
    void flash(const QString& sentence);
    const QString& flashed() const { return m_flash; }
    FrameIndex frame() const { return m_frame; }
    double timeS() const { return m_timeS; }
    const QImage& image() const { return m_image; }

    OverlayScene& scene() { return m_scene; }
    const OverlayScene& scene() const { return m_scene; }
    OverlayOptions options() const { return m_options; }
    void setOptions(const OverlayOptions& options);
    // The frame in full size with the overlays as they are switched, for a snapshot.
    QImage rendered() const;

    void fit();
    void actualSize();  // one pixel of the video is one pixel of the screen
    void zoomAt(const QPointF& viewPosition, double factor);
    bool isFitted() const { return m_zoom <= 0; }
    double zoom() const;  // logical pixels of the screen for each pixel of the video
    // Takes the mouse before the view does; null: none. It outlives the view or is taken away.
    void setTool(VideoTool* tool);
    // Pixels of the frame (the first pixel's centre is 0,0) to coordinates of this widget.
    QTransform imageToView() const;

    QSize sizeHint() const override { return {960, 540}; }
    QSize minimumSizeHint() const override { return {320, 180}; }

Q_SIGNALS:
    void clicked(cvd::PointPx at);  // pixels of the frame, also outside of it
    void doubleClicked();
    void zoomChanged(double zoom);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    PointPx pixelAt(const QPointF& viewPosition) const;
    double fitZoom() const;
    QTransform pictureToView() const;  // corners of pixels, (0,0) is the picture's corner
    void keepInSight();
    void paintFlash(QPainter& painter) const;

    QImage m_image;
    QString m_flash;
    QTimer m_flashEnd;
    FrameIndex m_frame = -1;
    double m_timeS = 0;
    QString m_message, m_hint;
    OverlayScene m_scene;
    OverlayOptions m_options;
    double m_zoom = 0;  // 0: the whole picture
    QPointF m_centre;   // the picture's point in the middle of the widget while zoomed
    QPointF m_pressed, m_dragged;
    bool m_moved = false;
    VideoTool* m_tool = nullptr;
    bool m_toolDrags = false;
};

}  // namespace cvd::ui
