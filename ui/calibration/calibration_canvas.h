// The picture, or the plan, on which a calibration is made: handles that are dragged or nudged,
// shapes that are drawn, a loupe at the cursor, zoom and pan.
//
// The canvas shows a draft and asks for another one; it keeps none itself. Picture coordinates are
// pixels of the full-size frame, plan coordinates metres.
#pragma once

#include <QImage>
#include <QTransform>
#include <QWidget>
#include <optional>

#include "ui/calibration/calibration_draft.h"

namespace cvd::ui {

class CalibrationCanvas : public QWidget {
    Q_OBJECT
public:
    enum class Kind { Picture, Plan };
    enum class Tool { Move, AddPoint, DrawRegion, DrawForm, DrawObstacle };
    // What is chosen: a calibration point (shape < 0) or a corner of a shape (corner < 0: all of
    // it).
    struct Handle {
        int shape = -1, point = -1;
        bool valid() const { return shape >= 0 || point >= 0; }
        bool operator==(const Handle&) const = default;
    };

    explicit CalibrationCanvas(Kind kind, QWidget* parent = nullptr);

    void setPicture(const QImage& picture);  // Picture only; the zoom stays for the same size
    bool hasPicture() const { return !m_picture.isNull(); }
    void setMessage(const QString& sentence);
    void setDraft(const CalibrationDraft& draft, const DraftState& state);
    void setTool(Tool tool);
    Tool tool() const { return m_tool; }
    void setChosen(Handle handle);
    Handle chosen() const { return m_chosen; }
    void setLabel(const QString& accessible);

    void fit();
    void zoomAt(const QPointF& at, double factor);
    // Pixels (Picture) or metres (Plan) to coordinates of this widget.
    QTransform toView() const;
    QPointF viewOf(PointPx p) const;                  // of the picture; Picture only
    std::optional<QPointF> viewOf(PointM p) const;    // empty: not in front of the camera
    std::optional<PointM> placeAt(QPointF at) const;  // metres; empty: no surface there

    // For the buttons beside it.
    void removeChosen();
    bool isDrawing() const { return !m_drawn.empty(); }
    void finishDrawing();
    void cancelDrawing();

    QSize sizeHint() const override {
        return m_kind == Kind::Picture ? QSize(720, 480) : QSize(380, 300);
    }
    QSize minimumSizeHint() const override { return {240, 160}; }

Q_SIGNALS:
    // `mergeKey` >= 0: a part of one movement.
    void draftChanged(const cvd::ui::CalibrationDraft& draft, const QString& what, int mergeKey);
    void chosenChanged(cvd::ui::CalibrationCanvas::Handle handle);
    void toolFinished();  // back to moving

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QTransform fitted() const;
    Handle handleAt(QPointF at) const;
    std::optional<QPointF> viewOf(Handle handle) const;
    bool moveHandle(CalibrationDraft& draft, Handle handle, QPointF to, bool snap) const;
    void nudge(QPointF direction, double step);
    void place(QPointF at, bool snap);
    void stepChoice(int direction);
    void choose(Handle handle);
    QList<Handle> handles() const;
    std::optional<PointM> snapped(QPointF at, bool snap,
                                  std::optional<std::pair<int, int>> ignore) const;
    void paintBackground(QPainter& painter) const;
    void paintGrid(QPainter& painter) const;
    void paintShapes(QPainter& painter) const;
    void paintPoints(QPainter& painter) const;
    void paintLoupe(QPainter& painter) const;

    Kind m_kind;
    Tool m_tool = Tool::Move;
    QImage m_picture;
    QString m_message;
    CalibrationDraft m_draft;
    DraftState m_state;
    Handle m_chosen, m_dragged;
    std::vector<PointM> m_drawn;  // corners so far
    double m_zoom = 1;
    QPointF m_shift, m_pressed, m_last, m_grabOffset, m_cursor;
    bool m_moved = false, m_panning = false, m_inside = false;
    int m_mergeKey = 0;
    std::optional<QTransform> m_frozen;  // the plan holds still while something is dragged
};

}  // namespace cvd::ui
