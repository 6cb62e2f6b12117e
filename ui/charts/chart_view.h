// Paints one ChartData: bars by Qt Charts; bands, limits and points (ten thousand of them at once)
// by an item of its own. GUI thread.
#pragma once

#include <QChartView>

#include "ui/charts/chart_data.h"

class QAbstractBarSeries;
class QBarSet;
class QValueAxis;

namespace cvd::ui {

struct Tokens;
class ChartOverlay;

class ChartView : public QChartView {
    Q_OBJECT
public:
    explicit ChartView(QWidget* parent = nullptr);
    ~ChartView() override;

    void setData(const ChartData& data);
    const ChartData& data() const { return m_data; }
    void setColours(const Tokens& tokens);  // of a theme, or of paper
    void setHighlighted(int row);           // a bar or point; -1: none

    // What lies there; -1: nothing. Widget coordinates.
    int pointAt(const QPoint& at) const;
    QPointF positionOf(int row) const;  // the middle of a bar, a point; widget coordinates

Q_SIGNALS:
    void clicked(int row, int set);  // set: -1 for points

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    void freshChart();
    void rebuild();
    void addColumns();
    void addRows();
    void addPoints();
    QAbstractBarSeries* fill(QAbstractBarSeries* series);
    QValueAxis* valueAxis(double greatest, const QString& title, bool whole, int decimals);
    void style();
    void tell(int row, int set, bool on);

    ChartData m_data;
    const Tokens* m_tokens;
    QAbstractSeries* m_series = nullptr;
    QList<QBarSet*> m_sets;
    ChartOverlay* m_below = nullptr;
    ChartOverlay* m_above = nullptr;
    int m_highlighted = -1;
};

QColor toneColour(ChartTone tone, const Tokens& tokens);

}  // namespace cvd::ui
