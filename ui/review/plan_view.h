// The pour from above on the screen: zoom, pan, pointing and choosing. What it draws comes from
// core/report/plan_picture, as on paper.
#pragma once

#include <QTransform>
#include <QWidget>
#include <memory>
#include <optional>

#include "core/report/plan_picture.h"

namespace cvd::ui {

class PlanView : public QWidget {
    Q_OBJECT
public:
    explicit PlanView(QWidget* parent = nullptr);

    // Null: nothing to draw. The zoom stays when `samePour`.
    void setPlan(std::shared_ptr<const report::PlanData> plan, bool samePour = false);
    const report::PlanData* plan() const { return m_plan.get(); }
    void setOptions(const report::PlanOptions& options);  // colours come from the palette
    const report::PlanOptions& options() const { return m_options; }
    void setMoment(std::optional<double> untilS);  // as it stood then; empty: the whole pour
    void setCurrentInsertion(qint64 id);
    void setMark(std::optional<PointM> place);  // of the chosen violation

    void fit();
    void zoomAt(const QPointF& at, double factor);
    bool isFitted() const { return m_zoom == 1; }
    QTransform planeToView() const;
    std::optional<PointM> placeAt(const QPointF& at) const;  // metres of the plane
    QImage picture(QSize size) const;                        // the whole pour with legend, on white

    QSize sizeHint() const override { return {480, 420}; }
    QSize minimumSizeHint() const override { return {240, 200}; }

Q_SIGNALS:
    void hovered(std::optional<cvd::PointM> place);
    void clicked(cvd::PointM place);
    void insertionChosen(qint64 id);  // with the keys: Up and Down in the order of work

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
    QRectF planArea() const;
    void pan(const QPointF& by);
    void step(int direction);
    report::PlanOptions painted() const;

    std::shared_ptr<const report::PlanData> m_plan;
    report::PlanOptions m_options;
    std::optional<PointM> m_mark;
    double m_zoom = 1;  // of the fitted plan
    QPointF m_shift;    // after the zoom, pixels of the widget
    QPointF m_pressed, m_dragged;
    bool m_moved = false;
};

}  // namespace cvd::ui
