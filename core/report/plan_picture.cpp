#include "core/report/plan_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include "core/report/heatmap.h"

namespace cvd::report {
namespace {

constexpr int kCorners = 48;          // of a disc's outline
constexpr double kMostPixels = 2400;  // of the cells' picture: finer than cells ever are
constexpr double kScaleBarShare = 0.3;
const QColor kHalo(0, 0, 0, 190);

QString words(const char* text) {
    return QCoreApplication::translate("core", text);
}

QColor withAlpha(QColor colour, int alpha) {
    colour.setAlpha(alpha);
    return colour;
}

// Letters set the size of everything, so that paper and 200 % look like the screen.
double unitOf(const QPainter& painter) {
    return std::max(0.5, QFontMetricsF(painter.font(), painter.device()).height() / 16);
}

// Behind the camera a place has no picture.
std::optional<QPointF> mapped(const QTransform& t, PointM p) {
    const double w = t.m13() * p.x + t.m23() * p.y + t.m33();
    if (!(w > 1e-9)) {
        return std::nullopt;
    }
    const QPointF at{(t.m11() * p.x + t.m21() * p.y + t.m31()) / w,
                     (t.m12() * p.x + t.m22() * p.y + t.m32()) / w};
    // Far outside, painters lose their way.
    return std::abs(at.x()) < 1e6 && std::abs(at.y()) < 1e6 ? std::optional(at) : std::nullopt;
}

QPolygonF mapped(const QTransform& t, const std::vector<PointM>& points) {
    QPolygonF out;
    for (const PointM& p : points) {
        if (const auto at = mapped(t, p)) {
            out << *at;
        }
    }
    return out;
}

QPolygonF circle(const QTransform& t, PointM centre, double radiusM) {
    std::vector<PointM> edge;
    edge.reserve(kCorners);
    for (int i = 0; i < kCorners; ++i) {
        const double angle = 2 * std::numbers::pi * i / kCorners;
        edge.push_back(
            {centre.x + radiusM * std::cos(angle), centre.y + radiusM * std::sin(angle)});
    }
    QPolygonF out = mapped(t, edge);
    return out.size() == kCorners ? out : QPolygonF();
}

QRectF boundsOf(const std::vector<PointM>& points) {
    QPolygonF polygon;
    for (const PointM& p : points) {
        polygon << QPointF(p.x, p.y);
    }
    return polygon.boundingRect();
}

// 1, 2 or 5 times a power of ten, not above `most`.
double niceBelow(double most) {
    const double power = std::pow(10.0, std::floor(std::log10(std::max(most, 1e-9))));
    for (const double factor : {5.0, 2.0}) {
        if (factor * power <= most) {
            return factor * power;
        }
    }
    return power;
}

struct Pens {
    QPainter& painter;
    bool halo;

    template <typename Draw>
    void line(const QColor& colour, double width, Qt::PenStyle style, const Draw& draw) const {
        painter.setBrush(Qt::NoBrush);
        if (halo) {
            painter.setPen(QPen(kHalo, width + 2, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
            draw();
        }
        painter.setPen(QPen(colour, width, style, Qt::FlatCap, Qt::RoundJoin));
        draw();
    }
    // On the plan a plate of `rim` keeps the words apart from hatches and discs; over the video,
    // where a plate would hide the concrete, a rim.
    void text(const QRectF& box, const QString& words, const QColor& colour,
              const QColor& rim) const {
        if (!halo) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(rim);
            painter.drawRoundedRect(box.adjusted(-2, 0, 2, 0), 2, 2);
        }
        painter.setPen(rim);
        for (const QPointF& by : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)}) {
            painter.drawText(box.translated(by), Qt::AlignCenter | Qt::TextDontClip, words);
        }
        painter.setPen(colour);
        painter.drawText(box, Qt::AlignCenter | Qt::TextDontClip, words);
    }
};

const std::array<QRgb, 256>& heat() {
    static const std::array<QRgb, 256> kScale = [] {
        std::array<QRgb, 256> scale{};
        const cv::Mat bgr = heatScale();
        for (int i = 0; i < 256; ++i) {
            const auto& c = bgr.at<cv::Vec3b>(0, i);
            scale[std::size_t(i)] = qRgb(c[2], c[1], c[0]);
        }
        return scale;
    }();
    return kScale;
}

double mostSeconds(const Coverage& c) {
    float most = 0;
    for (const float s : c.dwellS) {
        most = std::max(most, s);
    }
    return most;
}

double topOfScale(const PlanData& plan, const PlanOptions& options) {
    if (options.mostS > 0) {
        return options.mostS;
    }
    return plan.coverage ? std::max(1.0, mostSeconds(*plan.coverage)) : 1;
}

// Colour of one pixel of the picture of cells; hatches run over the pixels, not over the cells.
struct CellBrush {
    const PlanOptions& options;
    const Coverage& cells;
    double mostS;
    double unit;

    QRgb plain(const QColor& colour, int alpha) const {
        return qPremultiply(qRgba(colour.red(), colour.green(), colour.blue(),
                                  int(alpha * std::clamp(options.fillOpacity, 0.0, 1.0))));
    }
    bool stripe(double along) const {
        const double period = 8 * unit;
        return along - period * std::floor(along / period) < 1.5 * unit;
    }
    bool dot(double x, double y) const {
        const double period = 6 * unit;
        const double across = x - period * std::floor(x / period) - period / 2;
        const double down = y - period * std::floor(y / period) - period / 2;
        return across * across + down * down < unit * unit;
    }
    QRgb at(std::size_t cell, double x, double y) const {
        if (options.fill == PlanFill::Dwell) {
            const QColor colour = dwellColour(double(cells.dwellS[cell]) / mostS);
            return plain(colour, colour.alpha());
        }
        const PlanColours& c = options.colours;
        // Within the error of the places the state could turn: dotted.
        if (options.errorBand && !options.untilS && cell < cells.uncertain.size() &&
            cells.uncertain[cell] != 0 && dot(x, y)) {
            return plain(c.text, 230);
        }
        switch (cells.state[cell]) {
            case CellTreated:
                return plain(c.treated, 120);
            case CellMissed:
                return plain(c.missed, stripe(x - y) ? 235 : 110);
            case CellNotObserved:
                return plain(c.notObserved, stripe(x + y) ? 220 : 60);
            case CellOpen:
                return plain(c.open, 40);
            default:
                return 0;
        }
    }
};

// Cells are laid out pixel by pixel through the inverse of `toView`.
void paintCells(QPainter& painter, const Coverage& c, const PlanOptions& options, double mostS,
                const QTransform& toView, const QRectF& area) {
    bool invertible = false;
    const QTransform back = toView.inverted(&invertible);
    if (!invertible || c.state.empty()) {
        return;
    }
    const double right = c.origin.x + c.columns * c.cellM, low = c.origin.y + c.rows * c.cellM;
    const std::vector<PointM> corners{
        c.origin, {right, c.origin.y}, {right, low}, {c.origin.x, low}};
    const QPolygonF outline = mapped(toView, corners);
    QRectF part = area;
    if (outline.size() == 4) {
        part = part.intersected(outline.boundingRect().adjusted(-1, -1, 1, 1));
    }
    if (part.isEmpty()) {
        return;
    }
    const double ratio = painter.device() ? painter.device()->devicePixelRatioF() : 1.0;
    const double step = std::max(1 / ratio, std::max(part.width(), part.height()) / kMostPixels);
    const QSize size(std::max(1, int(std::ceil(part.width() / step))),
                     std::max(1, int(std::ceil(part.height() / step))));
    QImage picture(size, QImage::Format_ARGB32_Premultiplied);
    const CellBrush brush{options, c, mostS, unitOf(painter)};
    for (int row = 0; row < size.height(); ++row) {
        auto* to = reinterpret_cast<QRgb*>(picture.scanLine(row));
        const double y = part.top() + (row + 0.5) * step;
        for (int column = 0; column < size.width(); ++column) {
            const double x = part.left() + (column + 0.5) * step;
            const double w = back.m13() * x + back.m23() * y + back.m33();
            to[column] = 0;
            if (!(w > 1e-9)) {
                continue;
            }
            const PointM p{(back.m11() * x + back.m21() * y + back.m31()) / w,
                           (back.m12() * x + back.m22() * y + back.m32()) / w};
            if (const auto cell = cellAt(c, p); cell && c.state[*cell] != CellOutside) {
                to[column] = brush.at(*cell, x, y);
            }
        }
    }
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(QRectF(part.topLeft(), QSizeF(size) * step), picture);
    painter.restore();
}

void paintArrow(QPainter& painter, const QPointF& from, const QPointF& to, double unit) {
    const QPointF way = to - from;
    const double length = std::hypot(way.x(), way.y());
    painter.drawLine(from, to);
    if (length < 14 * unit) {
        return;
    }
    const QPointF along = way / length * 6 * unit, across(-along.y() * 0.6, along.x() * 0.6);
    const QPointF tip = (from + to) / 2 + along / 2;
    painter.drawPolyline(QPolygonF({tip - along + across, tip, tip - along - across}));
}

bool shown(const Insertion& in, const PlanOptions& options) {
    return in.effective && in.contactM && in.startS <= options.untilS.value_or(in.startS);
}

void paintDiscs(const Pens& pens, const PlanData& plan, const PlanOptions& options,
                const QTransform& toView, double unit) {
    QPainter& painter = pens.painter;
    const PlanColours& c = options.colours;
    for (const Insertion& in : plan.insertions) {
        if (!shown(in, options)) {
            continue;
        }
        const auto centre = mapped(toView, *in.contactM);
        if (!centre) {
            continue;
        }
        const bool current = in.id == options.current;
        const bool active = options.untilS && in.endS >= *options.untilS;
        if (options.discs) {
            const QPolygonF disc = circle(toView, *in.contactM, plan.radiusM);
            pens.line(current ? c.current : withAlpha(c.disc, active ? 255 : 190),
                      (current  ? 2.5
                       : active ? 2
                                : 1) *
                          unit,
                      Qt::SolidLine, [&] { painter.drawPolygon(disc); });
        }
        painter.setPen(QPen(c.halo ? kHalo : c.paper, unit));
        painter.setBrush(current ? c.current : c.disc);
        const double dot = (current || active ? 4.5 : 3) * unit;
        painter.drawEllipse(*centre, dot, dot);
    }
}

// Numbers come last and leave out what would lie on another one.
void paintNumbers(const Pens& pens, const PlanData& plan, const PlanOptions& options,
                  const QTransform& toView, double unit) {
    const PlanColours& c = options.colours;
    QFont font = pens.painter.font();
    pens.painter.save();
    if (font.pixelSize() > 0) {
        font.setPixelSize(std::max(6, int(font.pixelSize() * 0.85)));
    } else {
        font.setPointSizeF(std::max(6.0, font.pointSizeF() * 0.85));
    }
    pens.painter.setFont(font);
    const QFontMetricsF metrics(font, pens.painter.device());
    std::vector<QRectF> taken;
    const auto put = [&](const Insertion& in) {
        const auto centre = mapped(toView, *in.contactM);
        if (!centre) {
            return;
        }
        const QString number = QString::number(in.id);
        const QSizeF size(metrics.horizontalAdvance(number) + 2, metrics.height() * 0.8);
        // What is chosen may wear a mark that a number this near would lie below.
        const double away = in.id == options.current ? 10 : 5;
        const QRectF box(*centre + QPointF(away * unit, -size.height() - (away - 2) * unit), size);
        const bool free = std::none_of(taken.begin(), taken.end(),
                                       [&](const QRectF& other) { return other.intersects(box); });
        if (free) {
            taken.push_back(box);
            pens.text(box, number, in.id == options.current ? c.current : c.text,
                      c.halo ? kHalo : withAlpha(c.paper, 220));
        }
    };
    for (const bool current : {true, false}) {
        for (const Insertion& in : plan.insertions) {
            if (shown(in, options) && (in.id == options.current) == current) {
                put(in);
            }
        }
    }
    pens.painter.restore();
}

void paintOrder(const Pens& pens, const PlanData& plan, const PlanOptions& options,
                const QTransform& toView, double unit) {
    std::optional<QPointF> before;
    for (const Insertion& in : plan.insertions) {
        if (!shown(in, options)) {
            continue;
        }
        const auto at = mapped(toView, *in.contactM);
        if (before && at) {
            pens.line(options.colours.order, 1.5 * unit, Qt::SolidLine,
                      [&] { paintArrow(pens.painter, *before, *at, unit); });
        }
        before = at;
    }
}

void paintGaps(const Pens& pens, const PlanData& plan, const PlanOptions& options,
               const QTransform& toView, double unit) {
    const QFontMetricsF metrics(pens.painter.font(), pens.painter.device());
    for (const PlanGap& gap : plan.gaps) {
        const QPolygonF round = circle(toView, gap.at, gap.diameterM / 2);
        const auto centre = mapped(toView, gap.at);
        if (round.isEmpty() || !centre) {
            continue;
        }
        pens.line(options.colours.gap, 2 * unit, Qt::SolidLine,
                  [&] { pens.painter.drawPolygon(round); });
        const QString label =
            words(CVD_TR("core", "%1 m")).arg(QLocale().toString(gap.diameterM, 'f', 2));
        const QSizeF size(metrics.horizontalAdvance(label), metrics.height());
        // At the lower edge of the circle: in its middle there is often an insertion.
        const QPointF middle(centre->x(), round.boundingRect().bottom() - 0.8 * size.height());
        pens.text(QRectF(middle - QPointF(size.width() / 2, size.height() / 2), size), label,
                  options.colours.gap,
                  options.colours.halo ? kHalo : withAlpha(options.colours.paper, 230));
    }
}

// The planned points in sight: crosses where there is room for them, dots where there is none and
// no two of those at one spot. A slab of 50,000 points then costs no more than the pixels it
// covers.
struct PlannedMarks {
    QList<QLineF> crosses;
    QList<QPointF> dots;
};

PlannedMarks plannedMarks(const PlanData& plan, const QTransform& toView, const QRectF& area,
                          double unit) {
    const double arm = 4 * unit, spot = 3 * unit, roomForCross = 2.5 * arm;
    const auto columns = std::size_t(std::max(0.0, area.width()) / spot) + 1;
    const auto rows = std::size_t(std::max(0.0, area.height()) / spot) + 1;
    std::vector<bool> taken(columns * rows);
    PlannedMarks marks;
    for (const PointM& p : plan.planned) {
        const auto at = mapped(toView, p);
        if (!at || !area.adjusted(-arm, -arm, arm, arm).contains(*at)) {
            continue;
        }
        double room = roomForCross;
        for (const PointM& beside :
             {PointM{p.x + plan.spacingM, p.y}, PointM{p.x, p.y + plan.spacingM}}) {
            if (const auto q = mapped(toView, beside); q && plan.spacingM > 0) {
                room = std::min(room, std::hypot(q->x() - at->x(), q->y() - at->y()));
            }
        }
        if (room >= roomForCross) {
            marks.crosses << QLineF(*at - QPointF(arm, 0), *at + QPointF(arm, 0))
                          << QLineF(*at - QPointF(0, arm), *at + QPointF(0, arm));
            continue;
        }
        const QPointF in = (*at - area.topLeft()) / spot;
        const std::size_t cell = std::size_t(std::clamp(in.y(), 0.0, double(rows - 1))) * columns +
                                 std::size_t(std::clamp(in.x(), 0.0, double(columns - 1)));
        if (!taken[cell]) {
            taken[cell] = true;
            marks.dots << *at;
        }
    }
    return marks;
}

void paintPlanned(const Pens& pens, const PlanData& plan, const PlanOptions& options,
                  const QTransform& toView, const QRectF& area, double unit) {
    QPainter& painter = pens.painter;
    const PlannedMarks marks = plannedMarks(plan, toView, area, unit);
    pens.line(options.colours.planned, 1.5 * unit, Qt::SolidLine,
              [&] { painter.drawLines(marks.crosses); });
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(Qt::NoPen);
    const auto dots = [&](const QColor& colour, double width) {
        QList<QRectF> squares;
        squares.reserve(marks.dots.size());
        for (const QPointF& at : marks.dots) {
            squares << QRectF(at.x() - width / 2, at.y() - width / 2, width, width);
        }
        painter.setBrush(colour);
        painter.drawRects(squares);
    };
    if (pens.halo) {
        dots(kHalo, 2.5 * unit);
    }
    dots(options.colours.planned, 1.5 * unit);
    painter.restore();
    const auto next = options.untilS ? nextPlanned(plan, *options.untilS) : plan.next;
    if (!next) {
        return;
    }
    const QPolygonF disc = circle(toView, *next, plan.radiusM);
    const auto at = mapped(toView, *next);
    if (!at) {
        return;
    }
    pens.line(options.colours.next, 2 * unit, Qt::DashLine, [&] { painter.drawPolygon(disc); });
    pens.line(options.colours.next, 2.5 * unit, Qt::SolidLine,
              [&] { painter.drawEllipse(*at, 6 * unit, 6 * unit); });
    const QString label = words(CVD_TR("core", "next"));
    const QFontMetricsF metrics(painter.font(), painter.device());
    const QSizeF size(metrics.horizontalAdvance(label), metrics.height());
    pens.text(QRectF(*at + QPointF(9 * unit, -size.height() / 2), size), label,
              options.colours.next,
              options.colours.halo ? kHalo : withAlpha(options.colours.paper, 230));
}

void paintLines(const Pens& pens, const PlanData& plan, const PlanOptions& options,
                const QTransform& toView, double unit) {
    QPainter& painter = pens.painter;
    const PlanColours& c = options.colours;
    if (options.region && plan.calibration.pourRegion.size() >= 3) {
        const QPolygonF outline = mapped(toView, plan.calibration.pourRegion);
        pens.line(c.region, 1.2 * unit, Qt::DashLine, [&] { painter.drawPolygon(outline); });
    }
    if (options.obstacles) {
        for (const auto& corners : plan.calibration.obstacles) {
            const QPolygonF outline = mapped(toView, corners);
            painter.setPen(Qt::NoPen);
            painter.setBrush(QBrush(c.halo ? withAlpha(c.obstacle, 120) : c.paper));
            painter.drawPolygon(outline);
            painter.setBrush(QBrush(c.obstacle, Qt::DiagCrossPattern));
            painter.setPen(QPen(c.obstacle, 1.5 * unit));
            painter.drawPolygon(outline);
        }
    }
    if (options.formLines) {
        for (const auto& form : plan.calibration.formLines) {
            const QPolygonF line = mapped(toView, form);
            pens.line(c.form, 3.5 * unit, Qt::SolidLine, [&] { painter.drawPolyline(line); });
        }
    }
}

void drawSwatch(QPainter& painter, const QRectF& box, std::uint8_t state,
                const PlanOptions& options) {
    const Coverage one = [&] {
        Coverage c;
        c.state = {state};
        c.dwellS = {0};
        return c;
    }();
    PlanOptions plain = options;
    plain.fill = PlanFill::Coverage;
    plain.fillOpacity = 1;
    const CellBrush brush{plain, one, 1, unitOf(painter)};
    QImage picture(box.size().toSize(), QImage::Format_ARGB32_Premultiplied);
    for (int y = 0; y < picture.height(); ++y) {
        auto* to = reinterpret_cast<QRgb*>(picture.scanLine(y));
        for (int x = 0; x < picture.width(); ++x) {
            to[x] = brush.at(0, x, y);
        }
    }
    painter.drawImage(box, picture);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(options.colours.line, 1));
    painter.drawRect(box);
}

void paintCoverageLegend(QPainter& painter, const PlanData& plan, const PlanOptions& options,
                         const QRectF& area) {
    const QFontMetricsF metrics(painter.font(), painter.device());
    const double side = std::round(metrics.height() * 0.85);
    const QLocale locale;
    const auto percent = [&](double share) { return locale.toString(100 * share, 'f', 1); };
    struct Row {
        std::uint8_t state;
        QString text;
    };
    std::vector<Row> rows;
    if (options.untilS) {
        const Coverage now = coverageUntil(plan, *options.untilS);
        rows.push_back(
            {CellTreated, words(CVD_TR("core", "treated so far %1 %")).arg(percent(now.covered))});
        rows.push_back({CellOpen, words(CVD_TR("core", "still to do"))});
    } else {
        rows.push_back(
            {CellTreated,
             words(CVD_TR("core", "treated %1 %")).arg(percent(plan.coverage->covered))});
        rows.push_back(
            {CellMissed, words(CVD_TR("core", "missed %1 %")).arg(percent(plan.coverage->missed))});
    }
    rows.push_back(
        {CellNotObserved,
         words(CVD_TR("core", "not observed %1 %")).arg(percent(plan.coverage->notObserved))});
    double x = area.left();
    for (const Row& row : rows) {
        const QRectF box(std::round(x), std::round(area.center().y() - side / 2), side * 1.6, side);
        drawSwatch(painter, box, row.state, options);
        const double width = metrics.horizontalAdvance(row.text);
        painter.setPen(options.colours.text);
        painter.drawText(QRectF(box.right() + side / 3, area.top(), width + 2, area.height()),
                         Qt::AlignVCenter | Qt::TextDontClip, row.text);
        x = box.right() + side / 3 + width + side;
    }
}

void paintDwellLegend(QPainter& painter, const PlanData& plan, const PlanOptions& options,
                      const QRectF& area) {
    const QFontMetricsF metrics(painter.font(), painter.device());
    const double most = topOfScale(plan, options);
    const QString title = words(CVD_TR("core", "seconds of vibration within R"));
    const double titleWidth = metrics.horizontalAdvance(title) + metrics.height();
    const bool room = area.width() > titleWidth * 1.6;
    const QRectF bar(area.left() + (room ? titleWidth : 0), area.top(),
                     area.width() - (room ? titleWidth : 0) - metrics.height() * 2,
                     area.height() - metrics.height() - 4);
    painter.setPen(options.colours.text);
    if (room) {
        painter.drawText(QRectF(area.left(), area.top(), titleWidth, area.height()),
                         Qt::AlignVCenter, title);
    }
    const int steps = std::max(2, int(std::min(bar.width(), 512.0)));
    for (int i = 0; i < steps; ++i) {
        painter.fillRect(QRectF(bar.left() + i * bar.width() / steps, bar.top(),
                                bar.width() / steps + 0.5, bar.height()),
                         QColor(heat()[std::size_t(i * 255 / (steps - 1))]));
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(options.colours.line, 1));
    painter.drawRect(bar);
    const QLocale locale;
    const double tick = niceBelow(most / 3);
    for (double s = 0; s <= most * (1 + 1e-9); s += tick) {
        const double x = bar.left() + s / most * bar.width();
        painter.setPen(options.colours.text);
        painter.drawLine(QPointF(x, bar.bottom()), QPointF(x, bar.bottom() + 3));
        const QString label = s == 0
                                  ? locale.toString(0)
                                  : words(CVD_TR("core", "%1 s")).arg(locale.toString(s, 'g', 3));
        const double width = metrics.horizontalAdvance(label);
        painter.drawText(QRectF(x - width / 2, bar.bottom() + 3, width, metrics.height()),
                         Qt::AlignCenter | Qt::TextDontClip, label);
    }
}

}  // namespace

PlanColours planColours(bool dark) {
    PlanColours c;
    c.paper = dark ? QColor(0x23, 0x26, 0x29) : QColor(0xFF, 0xFF, 0xFF);
    c.text = dark ? QColor(0xE8, 0xEA, 0xED) : QColor(0x1E, 0x23, 0x28);
    c.muted = dark ? QColor(0xA3, 0xAB, 0xB3) : QColor(0x5C, 0x66, 0x70);
    c.line = dark ? QColor(0x4A, 0x52, 0x59) : QColor(0xC2, 0xC9, 0xCF);
    // Green against orange-red, and the hatches tell them apart without colour.
    c.treated = dark ? QColor(0x62, 0xC7, 0x94) : QColor(0x2E, 0x9B, 0x6A);
    c.missed = dark ? QColor(0xFF, 0x8A, 0x73) : QColor(0xD0, 0x45, 0x2B);
    c.notObserved = dark ? QColor(0x8F, 0x99, 0xA3) : QColor(0x65, 0x6E, 0x77);
    c.open = c.muted;
    c.disc = dark ? QColor(0x9C, 0xC3, 0xDA) : QColor(0x3C, 0x5A, 0x6B);
    c.current = dark ? QColor(0x4F, 0xB3, 0xDC) : QColor(0x0B, 0x6E, 0x99);
    c.order = dark ? QColor(0xC9, 0xA2, 0xE8) : QColor(0x7A, 0x3F, 0xA8);
    c.gap = dark ? QColor(0xFF, 0xB3, 0xA3) : QColor(0x9E, 0x1F, 0x0D);
    c.form = dark ? QColor(0xD8, 0xC4, 0xA6) : QColor(0x6B, 0x4A, 0x1F);
    c.obstacle = c.muted;
    c.region = c.muted;
    c.planned = dark ? QColor(0x7F, 0xD0, 0xF0) : QColor(0x1B, 0x77, 0xA8);
    c.next = c.current;
    return c;
}

PlanColours planColoursOverVideo() {
    PlanColours c = planColours(true);
    c.disc = QColor(0xE6, 0x9F, 0x00);
    c.current = Qt::white;
    c.region = QColor(255, 255, 255, 200);
    c.next = QColor(0x56, 0xD4, 0xFF);
    c.text = Qt::white;
    c.halo = true;
    return c;
}

QColor dwellColour(double share) {
    if (!(share > 0)) {
        return QColor(0, 0, 0, 0);
    }
    QColor colour(heat()[std::size_t(std::clamp(share, 0.0, 1.0) * 255)]);
    colour.setAlpha(225);
    return colour;
}

QTransform planOrientation(const PlanData& plan) {
    return planOrientation(plan.calibration);
}

QTransform planOrientation(const Calibration& calibration) {
    // The camera looks from above: a plane whose handedness differs from the picture's has y
    // upwards.
    const auto twiceArea = [](const auto& points) {
        double sum = 0;
        for (std::size_t i = 0; i < points.size(); ++i) {
            const auto &a = points[i], &b = points[(i + 1) % points.size()];
            sum += a.x * b.y - a.y * b.x;
        }
        return sum;
    };
    bool mirrored = twiceArea(calibration.imagePoints) * twiceArea(calibration.planePoints) < 0;
    if (const auto h = compliance::solve(calibration); h && !calibration.imagePoints.empty()) {
        const double* m = h->toPlane;
        // The sign of the Jacobian is that of the determinant, wherever the surface is in front.
        mirrored = m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) +
                       m[2] * (m[3] * m[7] - m[4] * m[6]) <
                   0;
    }
    QTransform turn = mirrored ? QTransform(1, 0, 0, -1, 0, 0) : QTransform();
    double longest = 0;
    QPointF from, to;
    for (const auto& line : calibration.formLines) {
        for (std::size_t i = 0; i + 1 < line.size(); ++i) {
            const double length = std::hypot(line[i + 1].x - line[i].x, line[i + 1].y - line[i].y);
            if (length > longest * (1 + 1e-9)) {
                longest = length;
                from = turn.map(QPointF(line[i].x, line[i].y));
                to = turn.map(QPointF(line[i + 1].x, line[i + 1].y));
            }
        }
    }
    if (longest <= 0) {
        return turn;
    }
    const double angle = std::atan2(to.y() - from.y(), to.x() - from.x());
    QTransform upright = turn * QTransform().rotateRadians(-angle);
    // The concrete lies below the form.
    const std::vector<PointM>& body =
        calibration.pourRegion.empty() ? calibration.planePoints : calibration.pourRegion;
    const QPointF middle = boundsOf(body).center();
    const QPointF edge = (from + to) / 2;
    const double edgeY = QTransform().rotateRadians(-angle).map(edge).y();
    if (upright.map(middle).y() < edgeY) {
        upright = upright * QTransform(-1, 0, 0, -1, 0, 0);
    }
    return upright;
}

QRectF planBounds(const PlanData& plan, const QTransform& orientation) {
    std::vector<PointM> points = plan.calibration.pourRegion;
    for (const auto& line : plan.calibration.formLines) {
        points.insert(points.end(), line.begin(), line.end());
    }
    if (points.empty()) {
        points = plan.calibration.planePoints;
    }
    for (const Insertion& in : plan.insertions) {
        if (in.contactM) {
            points.push_back(*in.contactM);
        }
    }
    QPolygonF polygon;
    for (const PointM& p : points) {
        polygon << orientation.map(QPointF(p.x, p.y));
    }
    return polygon.boundingRect();
}

QTransform fitPlan(const PlanData& plan, const QRectF& area) {
    const QTransform orientation = planOrientation(plan);
    QRectF bounds = planBounds(plan, orientation);
    const double margin = std::max(0.05 * std::max(bounds.width(), bounds.height()),
                                   std::min(plan.radiusM, 0.5) * 0.6);
    bounds.adjust(-margin, -margin, margin, margin);
    if (!(bounds.width() > 0 && bounds.height() > 0)) {
        bounds = QRectF(bounds.center() - QPointF(0.5, 0.5), QSizeF(1, 1));
    }
    const double scale = std::min(area.width() / bounds.width(), area.height() / bounds.height());
    return orientation * QTransform::fromTranslate(-bounds.center().x(), -bounds.center().y()) *
           QTransform::fromScale(scale, scale) *
           QTransform::fromTranslate(area.center().x(), area.center().y());
}

QTransform imageTransform(const compliance::Homography& h) {
    // QTransform multiplies row vectors: the transpose of the usual matrix.
    const double* m = h.toImage;
    return {m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]};
}

void paintMetreGrid(QPainter& painter, const QTransform& toView, const QRectF& boundsM,
                    const QColor& colour, bool halo) {
    if (boundsM.isEmpty()) {
        return;
    }
    const Pens pens{painter, halo};
    const double unit = unitOf(painter);
    // About ten lines along the longer side: every 1, 2 or 5 times a power of ten.
    const double step = niceBelow(std::max(boundsM.width(), boundsM.height()) / 5);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const auto draw = [&](PointM a, PointM b) {
        // In pieces, so that a line that runs behind the camera keeps its visible part.
        QPolygonF line;
        for (int i = 0; i <= 16; ++i) {
            const double t = i / 16.0;
            if (const auto p = mapped(toView, {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)})) {
                line << *p;
            }
        }
        pens.line(colour, unit, Qt::SolidLine, [&] { painter.drawPolyline(line); });
    };
    for (double x = std::ceil(boundsM.left() / step - 1e-9) * step; x <= boundsM.right() + 1e-9;
         x += step) {
        draw({x, boundsM.top()}, {x, boundsM.bottom()});
    }
    for (double y = std::ceil(boundsM.top() / step - 1e-9) * step; y <= boundsM.bottom() + 1e-9;
         y += step) {
        draw({boundsM.left(), y}, {boundsM.right(), y});
    }
    painter.restore();
}

void paintPlan(QPainter& painter, const PlanData& plan, const PlanOptions& options,
               const QTransform& toView, const QRectF& area) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double unit = unitOf(painter);
    const Pens pens{painter, options.colours.halo};
    if (plan.coverage && options.fill != PlanFill::None) {
        const double most = topOfScale(plan, options);
        if (options.untilS) {
            paintCells(painter, coverageUntil(plan, *options.untilS), options, most, toView, area);
        } else {
            paintCells(painter, *plan.coverage, options, most, toView, area);
        }
    }
    if (options.metreGrid) {
        paintMetreGrid(painter, toView, boundsOf(plan.calibration.pourRegion),
                       withAlpha(options.colours.line, 160), false);
    }
    paintLines(pens, plan, options, toView, unit);
    if (options.order) {
        paintOrder(pens, plan, options, toView, unit);
    }
    if (options.discs || options.numbers) {
        paintDiscs(pens, plan, options, toView, unit);
    }
    if (options.planned) {
        paintPlanned(pens, plan, options, toView, area, unit);
    }
    if (options.gaps && !options.untilS) {
        paintGaps(pens, plan, options, toView, unit);
    }
    if (options.numbers) {
        paintNumbers(pens, plan, options, toView, unit);
    }
    painter.restore();
}

void paintScaleBar(QPainter& painter, const PlanColours& colours, const QTransform& toView,
                   const QRectF& area) {
    const double pxPerM = std::hypot(toView.m11(), toView.m12());
    if (!(pxPerM > 0)) {
        return;
    }
    const double unit = unitOf(painter);
    const double metres = niceBelow(area.width() * kScaleBarShare / pxPerM);
    const double width = metres * pxPerM;
    const QFontMetricsF metrics(painter.font(), painter.device());
    const QPointF left(area.left() + 12 * unit, area.bottom() - 10 * unit);
    const QString label = words(CVD_TR("core", "%1 m")).arg(QLocale().toString(metres, 'g', 3));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const Pens pens{painter, colours.halo};
    QPolygonF bar({left - QPointF(0, 5 * unit), left, left + QPointF(width, 0),
                   left + QPointF(width, -5 * unit)});
    pens.line(colours.text, 1.5 * unit, Qt::SolidLine, [&] { painter.drawPolyline(bar); });
    pens.text(QRectF(left.x(), left.y() - metrics.height() - 3 * unit, width, metrics.height()),
              label, colours.text, colours.halo ? kHalo : withAlpha(colours.paper, 220));
    painter.restore();
}

double planLegendHeight(const QPainter& painter) {
    return std::ceil(QFontMetricsF(painter.font(), painter.device()).height() * 2.2);
}

void paintPlanLegend(QPainter& painter, const PlanData& plan, const PlanOptions& options,
                     const QRectF& area) {
    if (!plan.coverage || options.fill == PlanFill::None) {
        return;
    }
    painter.save();
    if (options.fill == PlanFill::Dwell) {
        paintDwellLegend(painter, plan, options, area);
    } else {
        paintCoverageLegend(painter, plan, options, area);
    }
    painter.restore();
}

QImage planPicture(const PlanData& plan, const PlanOptions& options, QSize size, int fontPx) {
    QImage picture(size.expandedTo({64, 64}), QImage::Format_RGB32);
    picture.fill(options.colours.paper);
    QPainter painter(&picture);
    QFont font = painter.font();
    font.setPixelSize(fontPx);
    painter.setFont(font);
    const double legend =
        plan.coverage && options.fill != PlanFill::None ? planLegendHeight(painter) + 8 : 0;
    const QRectF area(0, 0, picture.width(), picture.height() - legend);
    const QTransform toView = fitPlan(plan, area.adjusted(4, 4, -4, -4));
    painter.setClipRect(area);
    paintPlan(painter, plan, options, toView, area);
    paintScaleBar(painter, options.colours, toView, area);
    painter.setClipping(false);
    paintPlanLegend(painter, plan, options,
                    QRectF(fontPx, area.bottom() + 2, picture.width() - 2 * fontPx, legend - 8));
    return picture;
}

}  // namespace cvd::report
