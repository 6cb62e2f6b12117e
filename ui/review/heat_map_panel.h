// Dwell time over the first frame: where pokers stood in the concrete, in seconds.
//
// The grid is summed in a thread of its own; heatReady() announces it. Everything else in the GUI
// thread.
#pragma once

#include <QImage>
#include <QThread>
#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "ui/review/review_data.h"

class QAction;
class QCheckBox;
class QLabel;
class QMenu;
class QPushButton;
class QSlider;
class QSpinBox;

namespace cvd::ui {

// Seconds over a coarse grid that covers the whole frame.
struct DwellGrid {
    int columns = 0, rows = 0;
    int cellPx = 1;  // of the frame, the last column and row may be cut
    double maxS = 0;
    std::vector<float> seconds;  // row-major
    QImage colours;              // columns x rows with alpha, zero transparent

    // Seconds at a place given as a share (0..1) of the frame's width and height.
    double at(double x, double y) const;
    // The cells in which a poker stood: column, row, centre in pixels of the frame, seconds.
    QByteArray csv() const;
};

// The scale from zero to `maxS` (greater than 0), with a few figures in seconds below it.
void paintHeatLegend(QPainter& painter, const QRectF& area, double maxS, const QColor& text,
                     const QColor& line);

class HeatMapView : public QWidget {
    Q_OBJECT
public:
    explicit HeatMapView(QWidget* parent = nullptr);

    void setFirstFrame(const QImage& picture, QSize frameSize);
    void setGrid(std::shared_ptr<const DwellGrid> grid);
    void setInsertions(const QList<Insertion>& insertions);
    void setCurrentInsertion(qint64 id);
    void setOpacity(double opacity);
    void setMessage(const QString& sentence);
    // Pixels of the frame under a point of the widget; empty outside of the picture.
    std::optional<PointPx> pixelAt(const QPointF& at) const;
    QPointF viewAt(const PointPx& px) const;
    // Picture, heat and legend, for the screen and for the export.
    void render(QPainter& painter, const QRectF& picture, const QRectF& legend) const;
    QSize frameSize() const { return m_frameSize; }
    QSize sizeHint() const override { return {480, 330}; }
    int heightForWidth(int width) const override;
    QSize minimumSizeHint() const override { return {240, 190}; }
    static constexpr int kLegendHeight = 44;

Q_SIGNALS:
    void hovered(std::optional<cvd::PointPx> at);
    void clicked(cvd::PointPx at);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QRectF pictureRect() const;

    QImage m_picture;
    QSize m_frameSize;
    std::shared_ptr<const DwellGrid> m_grid;
    QList<Insertion> m_insertions;
    qint64 m_current = 0;
    double m_opacity = 0.75;
    QString m_message;
};

class HeatMapPanel : public QWidget {
    Q_OBJECT
public:
    explicit HeatMapPanel(QWidget* parent = nullptr);
    ~HeatMapPanel() override;

    // What a saved picture is called before somebody names it otherwise.
    void setBaseName(const QString& name) { m_baseName = name; }
    void setData(std::shared_ptr<const Tracks> tracks, const QList<Insertion>& insertions,
                 QSize frameSize);
    void setFirstFrame(const QImage& picture);
    void setCurrentInsertion(qint64 id);
    // The player's range; the time outside of it can be left out. Both empty: there is none.
    void setRange(std::optional<FrameIndex> from, std::optional<FrameIndex> to);
    std::shared_ptr<const DwellGrid> grid() const { return m_grid; }  // null: not summed yet
    HeatMapView* view() const { return m_view; }
    // Full size of the frame, with the legend. False with a sentence in `error`.
    bool exportTo(const QString& file, QString* error) const;
    bool exportCells(const QString& file, QString* error) const;  // CSV, as DwellGrid::csv()

Q_SIGNALS:
    void heatReady(const QImage& colours);
    void insertionClicked(qint64 id);
    void exported(const QString& file);

protected:
    void changeEvent(QEvent* event) override;

private:
    void sum();
    void offerExport();
    void hover(std::optional<PointPx> at);
    void click(const PointPx& at);
    void offerRange();
    void chooseExport(bool picture);
    void retranslate();

    HeatMapView* m_view;
    QString m_baseName;
    QLabel *m_readout, *m_radiusLabel, *m_opacityLabel;
    QSpinBox* m_radius;
    QSlider* m_opacity;
    QCheckBox* m_onlyRange;
    QPushButton* m_export;
    QAction *m_savePicture, *m_saveCells;
    std::optional<FrameIndex> m_from, m_to;
    std::shared_ptr<const Tracks> m_tracks;
    QList<Insertion> m_insertions;
    QSize m_frameSize;
    std::shared_ptr<const DwellGrid> m_grid;
    std::unique_ptr<QThread> m_worker;
    bool m_again = false;
};

}  // namespace cvd::ui
