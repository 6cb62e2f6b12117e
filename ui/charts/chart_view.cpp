#include "ui/charts/chart_view.h"

#include <QAbstractBarSeries>
#include <QBarCategoryAxis>
#include <QBarSet>
#include <QCategoryAxis>
#include <QChart>
#include <QGraphicsItem>
#include <QHorizontalStackedBarSeries>
#include <QLegend>
#include <QMouseEvent>
#include <QPainter>
#include <QScatterSeries>
#include <QStackedBarSeries>
#include <QToolTip>
#include <QValueAxis>
#include <algorithm>
#include <cmath>

#include "ui/charts/scales.h"
#include "ui/theme.h"

namespace cvd::ui {
namespace {

// Qt Charts' own: shades and grid below 3, series at 5 and above.
constexpr qreal kBelowSeries = 3, kAboveSeries = 20;
constexpr int kMostTotals = 24;  // more bars than this have no room for figures
constexpr double kReachPx = 8;   // of a click beside a point

QBrush patterned(ChartTone tone, const QColor& colour) {
    // Colour is not the only difference: the two that look alike to some are hatched.
    return tone == ChartTone::Major     ? QBrush(colour, Qt::Dense3Pattern)
           : tone == ChartTone::Unknown ? QBrush(colour, Qt::BDiagPattern)
                                        : QBrush(colour);
}

}  // namespace

QColor toneColour(ChartTone tone, const Tokens& t) {
    switch (tone) {
        case ChartTone::Pass:
            return t.pass;
        case ChartTone::Minor:
            return t.minor;
        case ChartTone::Major:
            return t.major;
        case ChartTone::Critical:
            return t.critical;
        case ChartTone::Unknown:
            return t.unknown;
        case ChartTone::Accent:
            break;
    }
    return t.accent;
}

// Below the series: bands. Above it: limits, points, totals.
class ChartOverlay : public QGraphicsItem {
public:
    ChartOverlay(ChartView* view, QAbstractSeries* series, const Tokens* tokens, bool above)
        : QGraphicsItem(view->chart()),
          m_view(view),
          m_series(series),
          m_tokens(tokens),
          m_above(above) {
        setZValue(above ? kAboveSeries : kBelowSeries);
        setAcceptedMouseButtons(Qt::NoButton);
    }

    QRectF boundingRect() const override { return m_area.adjusted(-64, -32, 64, 4); }

    void setArea(const QRectF& area) {
        prepareGeometryChange();
        m_area = area;
    }
    void setHighlighted(int row) {
        m_highlighted = row;
        update();
    }

    void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (m_above) {
            paintMarks(*painter);
            paintValueTitle(*painter);
            if (data().kind == ChartData::Kind::Points) {
                paintPoints(*painter);
            } else {
                paintTotals(*painter);
            }
        } else {
            paintBands(*painter);
        }
        painter->restore();
    }

private:
    const ChartData& data() const { return m_view->data(); }
    bool onY() const { return data().kind == ChartData::Kind::Points; }
    QPointF at(double x, double y) const {
        return m_view->chart()->mapToPosition({x, y}, m_series);
    }
    // A value of the bands' axis as a coordinate inside the plot.
    double along(double value) const {
        if (onY()) {
            return std::clamp(std::isfinite(value) ? at(0, value).y() : m_area.top(), m_area.top(),
                              m_area.bottom());
        }
        const double bin = (value - data().binFrom) / data().binWidth - 0.5;
        return std::clamp(std::isfinite(value) ? at(bin, 0).x() : m_area.right(), m_area.left(),
                          m_area.right());
    }

    void paintBands(QPainter& painter) {
        QColor fill = m_tokens->pass;
        fill.setAlphaF(0.14F);
        for (const ChartBand& band : data().bands) {
            const double a = along(band.from), b = along(band.to);
            const QRectF rect = onY() ? QRectF(QPointF(m_area.left(), std::min(a, b)),
                                               QPointF(m_area.right(), std::max(a, b)))
                                      : QRectF(QPointF(std::min(a, b), m_area.top()),
                                               QPointF(std::max(a, b), m_area.bottom()));
            painter.fillRect(rect, fill);
            painter.setPen(m_tokens->pass);
            const QString name = painter.fontMetrics().elidedText(band.name, Qt::ElideRight,
                                                                  int(m_area.width()) - 12);
            // Beside the band where it is too narrow for its name.
            const int width = painter.fontMetrics().horizontalAdvance(name);
            double x = rect.left() + 6;
            x = std::max(m_area.left() + 6, std::min(x, m_area.right() - width - 6));
            painter.drawText(QPointF(x, rect.top() + painter.fontMetrics().ascent() + 2), name);
        }
    }

    void paintValueTitle(QPainter& painter) {
        if (data().kind != ChartData::Kind::Rows) {
            painter.setPen(m_tokens->muted);
            painter.drawText(QPointF(8, m_area.top() - painter.fontMetrics().descent() - 6),
                             data().valueTitle);
        }
    }

    void paintMarks(QPainter& painter) {
        int line = 0;
        for (const ChartMark& mark : data().marks) {
            const double value = along(mark.at);
            painter.setPen(QPen(m_tokens->text, 1.5, Qt::DashLine));
            painter.drawLine(onY() ? QLineF(m_area.left(), value, m_area.right(), value)
                                   : QLineF(value, m_area.top(), value, m_area.bottom()));
            painter.setPen(m_tokens->text);
            const QFontMetrics metrics = painter.fontMetrics();
            const int width = metrics.horizontalAdvance(mark.name);
            QPointF place = onY() ? QPointF(m_area.right() - width - 6, value - 4)
                                  : QPointF(value + 6, m_area.top() + metrics.ascent() + 2 +
                                                           line * metrics.height());
            if (!onY() && place.x() + width > m_area.right()) {
                place.setX(value - width - 6);
            }
            const QRectF ground(place.x() - 2, place.y() - metrics.ascent(), width + 4,
                                metrics.height());
            QColor behind = m_tokens->surface;
            behind.setAlphaF(0.8F);
            painter.fillRect(ground, behind);
            painter.drawText(place, mark.name);
            ++line;
        }
    }

    void paintPoints(QPainter& painter) {
        const QList<ChartPoint>& points = data().points;
        const double radius = points.size() > 1000 ? 2 : 3.5;
        painter.setPen(Qt::NoPen);
        for (const ChartPoint& p : points) {
            painter.setBrush(toneColour(p.tone, *m_tokens));
            const QPointF centre = at(p.x, p.y);
            if (p.tone == ChartTone::Pass || p.tone == ChartTone::Accent) {
                painter.drawEllipse(centre, radius, radius);
            } else {  // told apart without colour, too
                painter.drawRect(
                    QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius));
            }
        }
        if (m_highlighted >= 0 && m_highlighted < points.size()) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(m_tokens->text, 2));
            painter.drawEllipse(at(points[m_highlighted].x, points[m_highlighted].y), 7, 7);
        }
    }

    void paintTotals(QPainter& painter) {
        const QList<ChartBar>& bars = data().bars;
        if (bars.size() > kMostTotals) {
            return;
        }
        painter.setPen(m_tokens->text);
        const QFontMetrics metrics = painter.fontMetrics();
        const bool lying = data().kind == ChartData::Kind::Rows;
        for (int i = 0; i < bars.size(); ++i) {
            double total = 0;
            for (const double value : bars[i].values) {
                total += value;
            }
            if (total == 0) {
                continue;
            }
            const QString figure =
                numberText(total, data().wholeNumbers ? 0 : std::max(0, data().decimals));
            const QPointF end = lying ? at(total, i) : at(i, total);
            if (lying) {
                painter.drawText(QPointF(end.x() + 5, end.y() + metrics.ascent() / 2.0 - 1),
                                 figure);
            } else {
                painter.drawText(
                    QPointF(end.x() - metrics.horizontalAdvance(figure) / 2.0, end.y() - 4),
                    figure);
            }
        }
    }

    ChartView* m_view;
    QAbstractSeries* m_series;
    const Tokens* m_tokens;
    QRectF m_area;
    bool m_above;
    int m_highlighted = -1;
};

ChartView::ChartView(QWidget* parent) : QChartView(parent), m_tokens(&lightTokens()) {
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);  // the table beside it is what the keyboard uses
    setMouseTracking(true);
    setMinimumSize(240, 160);
}

ChartView::~ChartView() {
    delete m_below;
    delete m_above;
}

void ChartView::setData(const ChartData& data) {
    m_data = data;
    m_highlighted = -1;
    rebuild();
}

void ChartView::setColours(const Tokens& tokens) {
    m_tokens = &tokens;
    rebuild();
}

// A chart that once had axes keeps drawing some of them, so each picture starts from nothing.
void ChartView::freshChart() {
    QChart* old = chart();
    setChart(new QChart);
    delete old;
    // Above the plot stands the title of the values: written upright it would be cut off.
    const int above = m_data.kind == ChartData::Kind::Rows ? 4 : fontMetrics().height() + 6;
    chart()->setMargins(QMargins(4, above, 24, 4));
    chart()->setAnimationOptions(QChart::NoAnimation);
    chart()->setBackgroundRoundness(0);
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->setLocalizeNumbers(true);
    connect(chart(), &QChart::plotAreaChanged, this, [this](const QRectF& area) {
        for (ChartOverlay* overlay : {m_below, m_above}) {
            if (overlay) {
                overlay->setArea(area);
            }
        }
    });
}

void ChartView::rebuild() {
    delete m_below;
    delete m_above;
    m_below = m_above = nullptr;
    m_series = nullptr;
    m_sets.clear();
    freshChart();
    if (!m_data.isEmpty()) {
        switch (m_data.kind) {
            case ChartData::Kind::Columns:
                addColumns();
                break;
            case ChartData::Kind::Rows:
                addRows();
                break;
            case ChartData::Kind::Points:
                addPoints();
                break;
        }
        m_below = new ChartOverlay(this, m_series, m_tokens, false);
        m_above = new ChartOverlay(this, m_series, m_tokens, true);
        for (ChartOverlay* overlay : {m_below, m_above}) {
            overlay->setArea(chart()->plotArea());
        }
    }
    style();
    setHighlighted(m_highlighted);
}

QAbstractBarSeries* ChartView::fill(QAbstractBarSeries* series) {
    const bool lying = m_data.kind == ChartData::Kind::Rows;
    for (int s = 0; s < m_data.sets.size(); ++s) {
        auto* set = new QBarSet(m_data.sets[s].name);
        for (const ChartBar& bar : m_data.bars) {
            set->append(bar.values.value(s));
        }
        const QColor colour = toneColour(m_data.sets[s].tone, *m_tokens);
        set->setBrush(patterned(m_data.sets[s].tone, colour));
        set->setPen(QPen(colour, 1));
        set->setSelectedColor(m_tokens->text);
        connect(set, &QBarSet::clicked, this, [this, s](int row) { Q_EMIT clicked(row, s); });
        connect(set, &QBarSet::hovered, this, [this, s](bool on, int row) { tell(row, s, on); });
        series->append(set);
        m_sets << set;
    }
    series->setBarWidth(lying ? 0.62 : 0.86);
    chart()->addSeries(series);
    m_series = series;
    return series;
}

QValueAxis* ChartView::valueAxis(double greatest, const QString& title, bool whole, int decimals) {
    auto* axis = new QValueAxis;
    double step = niceStep(std::max(greatest, 1e-9) / 5);
    if (whole) {
        step = std::max(1.0, std::ceil(step));
    }
    // Room above the longest bar for its figure.
    const double top = step * std::ceil(greatest * 1.06 / step + 1e-9);
    axis->setRange(0, std::max(top, step));
    axis->setTickType(QValueAxis::TicksDynamic);
    axis->setTickAnchor(0);
    axis->setTickInterval(step);
    int digits = whole ? 0 : decimals;
    while (digits < 3 &&
           std::abs(step * std::pow(10, digits) - std::round(step * std::pow(10, digits))) > 1e-6) {
        ++digits;
    }
    axis->setLabelFormat(QStringLiteral("%.%1f").arg(digits));
    if (m_data.kind == ChartData::Kind::Rows) {
        axis->setTitleText(title);
    }
    return axis;
}

void ChartView::addColumns() {
    fill(new QStackedBarSeries);
    auto* x = new QCategoryAxis;
    const int bins = int(m_data.bars.size());
    x->setRange(-0.5, bins - 0.5);
    x->setStartValue(-0.5);
    x->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    const int every = std::max(1, int(std::ceil(bins / 8.0)));
    for (int bar = 0; m_data.labelsUnderBars && bar < bins; bar += every) {
        x->append(m_data.bars[bar].label, bar);
    }
    for (int edge = 0; !m_data.labelsUnderBars && edge <= bins; edge += every) {
        const double value = m_data.binFrom + edge * m_data.binWidth;
        x->append(m_data.edgeText ? m_data.edgeText(value) : numberText(value, m_data.decimals),
                  edge - 0.5 + 1e-9);
    }
    x->setTitleText(m_data.categoryTitle);
    double greatest = 0;
    for (const ChartBar& bar : m_data.bars) {
        greatest = std::max(greatest, std::accumulate(bar.values.begin(), bar.values.end(), 0.0));
    }
    auto* y = valueAxis(greatest, m_data.valueTitle, m_data.wholeNumbers, m_data.decimals);
    chart()->addAxis(x, Qt::AlignBottom);
    chart()->addAxis(y, Qt::AlignLeft);
    m_series->attachAxis(x);
    m_series->attachAxis(y);
}

void ChartView::addRows() {
    fill(new QHorizontalStackedBarSeries);
    auto* names = new QBarCategoryAxis;
    double greatest = 0;
    QStringList labels;
    for (const ChartBar& bar : m_data.bars) {
        QString label = bar.label;
        while (labels.contains(label)) {
            label += QChar(0x200B);  // the axis merges equal names; people see no difference
        }
        labels << label;
        greatest = std::max(greatest, std::accumulate(bar.values.begin(), bar.values.end(), 0.0));
    }
    names->append(labels);
    auto* x = valueAxis(greatest, m_data.valueTitle, m_data.wholeNumbers, m_data.decimals);
    chart()->addAxis(names, Qt::AlignLeft);
    chart()->addAxis(x, Qt::AlignBottom);
    m_series->attachAxis(names);
    m_series->attachAxis(x);
}

void ChartView::addPoints() {
    m_series = new QScatterSeries;
    double right = 0, top = 0;
    for (const ChartPoint& p : m_data.points) {
        right = std::max(right, p.x);
        top = std::max(top, p.y);
    }
    for (const ChartBand& band : m_data.bands) {
        top = std::max(top, std::isfinite(band.to) ? band.to : band.from);
    }
    chart()->addSeries(m_series);
    auto* x = new QCategoryAxis;
    const double step = m_data.edgeText ? niceClockWidth(right, 8) : niceStep(right / 6);
    const int steps = std::max(1, int(std::ceil(right / step)));
    x->setRange(0, steps * step);
    x->setStartValue(0);
    x->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    for (int i = 0; i <= steps; ++i) {
        const double value = i * step;
        x->append(m_data.edgeText ? m_data.edgeText(value) : numberText(value, 0),
                  value + step * 1e-9);
    }
    x->setTitleText(m_data.categoryTitle);
    auto* y = valueAxis(top, m_data.valueTitle, false, 0);
    chart()->addAxis(x, Qt::AlignBottom);
    chart()->addAxis(y, Qt::AlignLeft);
    m_series->attachAxis(x);
    m_series->attachAxis(y);
}

void ChartView::style() {
    const Tokens& t = *m_tokens;
    chart()->setBackgroundBrush(t.surface);
    chart()->setBackgroundPen(Qt::NoPen);
    setBackgroundBrush(t.surface);
    QLegend* legend = chart()->legend();
    legend->setVisible(m_data.sets.size() > 1 && !m_data.isEmpty());
    legend->setAlignment(Qt::AlignBottom);
    legend->setLabelColor(t.text);
    legend->setFont(font());
    for (QAbstractAxis* axis : chart()->axes()) {
        axis->setLabelsFont(font());
        axis->setLabelsColor(t.text);
        axis->setTitleFont(font());
        axis->setTitleBrush(t.muted);
        axis->setLinePen(QPen(t.muted, 1));
        axis->setGridLinePen(QPen(t.line, 1));
        const bool values = axis->type() == QAbstractAxis::AxisTypeValue;
        axis->setGridLineVisible(values);
    }
}

void ChartView::setHighlighted(int row) {
    m_highlighted = row;
    for (QBarSet* set : m_sets) {
        set->deselectAllBars();
        if (row >= 0 && row < set->count()) {
            set->selectBar(row);
        }
    }
    if (m_above) {
        m_above->setHighlighted(row);
    }
}

void ChartView::tell(int row, int set, bool on) {
    if (!on || row < 0 || row >= m_data.bars.size()) {
        QToolTip::hideText();
        return;
    }
    const ChartBar& bar = m_data.bars[row];
    const QString figure =
        numberText(bar.values.value(set), m_data.wholeNumbers ? 0 : std::max(1, m_data.decimals));
    QString text = tr("%1: %2", "chart tooltip, category: value").arg(bar.label, figure);
    if (m_data.sets.size() > 1) {
        text = tr("%1, %2: %3", "chart tooltip, category, series: value")
                   .arg(bar.label, m_data.sets[set].name, figure);
    }
    if (!bar.ids.value(set).isEmpty()) {
        text += QLatin1Char('\n') + tr("Click to see them in the list");
    }
    QToolTip::showText(QCursor::pos(), text, this);
}

int ChartView::pointAt(const QPoint& at) const {
    if (m_data.kind != ChartData::Kind::Points || !m_series) {
        return -1;
    }
    const QPointF here = chart()->mapFromScene(mapToScene(at));
    int best = -1;
    double nearest = kReachPx * kReachPx;
    for (int i = 0; i < m_data.points.size(); ++i) {
        const QPointF d =
            chart()->mapToPosition({m_data.points[i].x, m_data.points[i].y}, m_series) - here;
        const double squared = QPointF::dotProduct(d, d);
        if (squared <= nearest) {
            nearest = squared;
            best = i;
        }
    }
    return best;
}

QPointF ChartView::positionOf(int row) const {
    if (!m_series) {
        return {};
    }
    QPointF value;
    if (m_data.kind == ChartData::Kind::Points) {
        value = {m_data.points[row].x, m_data.points[row].y};
    } else {
        const QList<double>& values = m_data.bars[row].values;
        // The middle of the first part that is there.
        const auto first =
            std::find_if(values.begin(), values.end(), [](double v) { return v > 0; });
        const double middle = first == values.end() ? 0 : *first / 2;
        value = m_data.kind == ChartData::Kind::Rows ? QPointF(middle, row) : QPointF(row, middle);
    }
    return mapFromScene(chart()->mapToScene(chart()->mapToPosition(value, m_series)));
}

void ChartView::mousePressEvent(QMouseEvent* event) {
    const int row = event->button() == Qt::LeftButton ? pointAt(event->pos()) : -1;
    if (row >= 0) {
        Q_EMIT clicked(row, -1);
        return;
    }
    QChartView::mousePressEvent(event);
}

void ChartView::mouseMoveEvent(QMouseEvent* event) {
    QChartView::mouseMoveEvent(event);
    if (m_data.kind != ChartData::Kind::Points) {
        return;
    }
    const int row = pointAt(event->pos());
    setCursor(row >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (row < 0) {
        QToolTip::hideText();
        return;
    }
    const ChartPoint& p = m_data.points[row];
    const QString x = m_data.edgeText ? m_data.edgeText(p.x) : numberText(p.x, m_data.decimals);
    QToolTip::showText(
        event->globalPosition().toPoint(),
        tr("%1: %2", "chart tooltip, category: value").arg(x, numberText(p.y, m_data.decimals)),
        this);
}

}  // namespace cvd::ui
