// The whole pour in one strip: how much was vibrated when, a lane for each poker's time in
// concrete, a lane for each rule that was broken, and a playhead that follows the frame on screen.
//
// Wheel zooms at the cursor, Shift and wheel or the middle button move along, click and drag seek,
// the flags in the ruler move the ends of the range. With the keyboard: arrows seek (the page's
// keys), Return plays the violation under the playhead. Screen readers get the position as a value.
#pragma once

#include <QHash>
#include <QList>
#include <QPixmap>
#include <QSet>
#include <QWidget>
#include <optional>

#include "ui/review/review_data.h"

namespace cvd::ui {

class HoverCard;

class TimelineStrip : public QWidget {
    Q_OBJECT
public:
    explicit TimelineStrip(QWidget* parent = nullptr);

    void setData(const QList<Insertion>& insertions, const QList<ReviewViolation>& violations,
                 double durationS);
    void setViolations(const QList<ReviewViolation>& violations);  // after a verdict
    // Violations that the list's filter hides are drawn faintly. Empty optional: no filter.
    void setVisibleViolations(std::optional<QSet<qint64>> ids);
    void setHistories(const QHash<qint64, QList<VerdictEntry>>& histories);  // after verdicts
    void setPosition(double timeS);
    // A small picture for the moment last announced by hovered().
    void setThumbnail(FrameIndex frame, double timeS, const QImage& picture);
    void setRange(std::optional<double> inS, std::optional<double> outS);
    // Insertions that people added or changed, and who; they are marked.
    void setByHand(const QHash<qint64, QString>& byHand);
    void setCurrentViolation(qint64 id);
    void setCurrentInsertion(qint64 id);
    void setFramesPerS(double fps) { m_fps = fps; }

    double fromS() const { return m_from; }
    double toS() const { return m_to; }
    double position() const { return m_position; }
    double duration() const { return m_duration; }
    void fit();
    void zoomAt(double x, double factor);  // widget's x; above 1 shows less time

    void zoomAtPlayhead(double factor);

    // Pokers in concrete at the same time, on average over `columns` equal parts of what is shown.
    QList<double> dwell(int columns) const;
    double timeAt(double x) const;
    double xOf(double timeS) const;
    // What is under a point, for clicks, tooltips and tests; 0: none.
    qint64 violationAt(const QPointF& at) const;
    qint64 insertionAt(const QPointF& at) const;
    QString describe(const QPointF& at) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void seekRequested(double timeS);
    void violationClicked(qint64 id);
    void violationDoubleClicked(qint64 id);
    void insertionClicked(qint64 id);
    void hovered(double timeS);  // negative: the cursor has left
    void rangeDragged(std::optional<double> inS, std::optional<double> outS);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Bar {
        int lane = 0;
        Insertion insertion;
    };
    struct Mark {
        int lane = 0;
        ReviewViolation violation;
    };
    struct Lane {
        QString label, tooltip;
        int height = 16;
        int top = 0;
    };
    void layOut();
    void relabel();
    void redraw();  // drops the cached picture
    QPixmap drawn() const;
    void drawRuler(QPainter& painter) const;
    void drawDwell(QPainter& painter) const;
    void drawRange(QPainter& painter) const;
    void drawBars(QPainter& painter) const;
    void drawMarks(QPainter& painter) const;
    void hover(const QPointF& at);
    int rangeEndAt(const QPointF& at) const;  // 0 none, 1 in, 2 out
    QRectF barRect(const Bar& bar) const;
    QRectF markRect(const Mark& mark) const;
    double plotLeft() const;
    double plotRight() const;
    void moveTo(double from);

    QList<Insertion> m_insertions;
    QList<ReviewViolation> m_violations;
    QList<Lane> m_lanes;
    QList<QList<qint64>> m_laneTracks;  // of the poker lanes, which come first
    QList<std::string> m_laneRules;     // of the lanes after them
    QList<Bar> m_bars;
    QList<Mark> m_marks;
    QHash<qint64, QString> m_byHand;
    std::optional<QSet<qint64>> m_visible;
    std::optional<double> m_in, m_out;
    double m_duration = 0, m_from = 0, m_to = 1, m_position = 0, m_fps = 0;
    qint64 m_violation = 0, m_insertion = 0;
    bool m_scrubbing = false, m_panning = false;
    int m_draggedEnd = 0;
    int m_dwellTop = 0;
    HoverCard* m_card;
    double m_hoverS = -1;
    double m_panX = 0;
    mutable QPixmap m_picture;
};

}  // namespace cvd::ui
