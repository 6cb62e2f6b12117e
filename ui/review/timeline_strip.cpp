#include "ui/review/timeline_strip.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QFrame>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QMap>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/text/text.h"
#include "ui/review/review_colours.h"
#include "ui/review/review_text.h"

namespace cvd::ui {

namespace {

constexpr int kRulerHeight = 22;
constexpr int kDwellLane = 24;
constexpr int kPokerLane = 20;
constexpr int kRuleLane = 18;
constexpr double kHandlePx = 7;
constexpr QSize kThumbnail(192, 120);
constexpr int kMostLanes = 7;  // of each kind; the rest share the last one
constexpr double kMarkSize = 11;
constexpr double kLeastSpanS = 0.2;
constexpr double kRight = 8;

// Distance of the ruler's labels: 1, 2, 5, 10, 15, 30 s, 1, 2, 5, 10, 30 min, 1 h.
double niceStep(double least) {
    for (const double step :
         {0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0}) {
        if (step >= least) {
            return step;
        }
    }
    return 3600;
}

// What the timeline says to a screen reader: a slider over the seconds of the video.
class TimelineAccessible : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit TimelineAccessible(TimelineStrip* strip)
        : QAccessibleWidget(strip, QAccessible::Slider), m_strip(strip) {}

    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ValueInterface ? static_cast<QAccessibleValueInterface*>(this)
                                                   : QAccessibleWidget::interface_cast(type);
    }
    QString text(QAccessible::Text what) const override {
        return what == QAccessible::Value ? timeText(m_strip->position())
                                          : QAccessibleWidget::text(what);
    }
    QVariant currentValue() const override { return m_strip->position(); }
    void setCurrentValue(const QVariant& value) override {
        Q_EMIT m_strip->seekRequested(value.toDouble());
    }
    QVariant minimumValue() const override { return 0.0; }
    QVariant maximumValue() const override { return m_strip->duration(); }
    QVariant minimumStepSize() const override { return 0.04; }

private:
    TimelineStrip* m_strip;
};

QAccessibleInterface* makeAccessible(const QString&, QObject* object) {
    auto* strip = qobject_cast<TimelineStrip*>(object);
    return strip ? new TimelineAccessible(strip) : nullptr;
}

// Severity told by the filling too, for eyes that do not tell the colours apart.
Qt::BrushStyle severityPattern(Severity severity) {
    switch (severity) {
        case Severity::Critical:
            return Qt::SolidPattern;
        case Severity::Major:
            return Qt::BDiagPattern;
        case Severity::Minor:
            break;
    }
    return Qt::Dense6Pattern;
}

}  // namespace

// The card beside the cursor: picture of the moment and what is there.
class HoverCard : public QFrame {
public:
    explicit HoverCard(QWidget* owner) : QFrame(owner, Qt::ToolTip) {
        setObjectName(QStringLiteral("timelineCard"));
        setFrameShape(QFrame::StyledPanel);
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setFocusPolicy(Qt::NoFocus);
        auto* layout = new QVBoxLayout(this);
        layout->setContentsMargins(6, 6, 6, 6);
        layout->setSpacing(4);
        picture = new QLabel(this);
        picture->setObjectName(QStringLiteral("timelineThumbnailLabel"));
        picture->setAlignment(Qt::AlignCenter);
        words = new QLabel(this);
        words->setObjectName(QStringLiteral("timelineCardLabel"));
        layout->addWidget(picture);
        layout->addWidget(words);
        picture->hide();
    }
    void place(const QWidget* strip, double x) {
        adjustSize();
        const QPoint above = strip->mapToGlobal(QPoint(int(x) - width() / 2, -height() - 4));
        const QRect area = strip->window()->geometry();
        move(std::clamp(above.x(), area.left(), std::max(area.left(), area.right() - width())),
             above.y());
    }
    QLabel *picture, *words;
};

TimelineStrip::TimelineStrip(QWidget* parent) : QWidget(parent), m_card(new HoverCard(this)) {
    setObjectName(QStringLiteral("timelineStrip"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    [[maybe_unused]] static const bool kSpoken = [] {
        QAccessible::installFactory(makeAccessible);
        return true;
    }();
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    relabel();
}

void TimelineStrip::setData(const QList<Insertion>& insertions,
                            const QList<ReviewViolation>& violations, double durationS) {
    m_insertions = insertions;
    m_violations = violations;
    m_visible.reset();
    m_violation = m_insertion = 0;
    m_in.reset();
    m_out.reset();
    m_duration = durationS;
    for (const auto& insertion : m_insertions) {
        m_duration = std::max(m_duration, insertion.endS);
    }
    for (const auto& violation : m_violations) {
        m_duration = std::max(m_duration, violation.finding.endS);
    }
    m_duration = std::max(m_duration, 0.1);
    layOut();
    fit();
    updateGeometry();
}

void TimelineStrip::setViolations(const QList<ReviewViolation>& violations) {
    m_violations = violations;
    layOut();
    redraw();
}

void TimelineStrip::setHistories(const QHash<qint64, QList<VerdictEntry>>& histories) {
    for (auto& v : m_violations) {
        if (const auto said = histories.find(v.id); said != histories.end()) {
            v.history = *said;
        }
    }
    for (auto& mark : m_marks) {
        if (const auto said = histories.find(mark.violation.id); said != histories.end()) {
            mark.violation.history = *said;
        }
    }
    redraw();
}

void TimelineStrip::setVisibleViolations(std::optional<QSet<qint64>> ids) {
    m_visible = std::move(ids);
    redraw();
}

void TimelineStrip::setPosition(double timeS) {
    m_position = timeS;
    // Zoomed in, the strip follows the playhead page by page.
    if ((timeS < m_from || timeS > m_to) && m_to - m_from < m_duration && !m_panning) {
        moveTo(timeS - (m_to - m_from) * 0.1);
    }
    if (QAccessible::isActive()) {
        QAccessibleValueChangeEvent changed(this, timeS);
        QAccessible::updateAccessibility(&changed);
    }
    update();
}

void TimelineStrip::setRange(std::optional<double> inS, std::optional<double> outS) {
    m_in = inS;
    m_out = outS;
    redraw();
}

void TimelineStrip::setByHand(const QHash<qint64, QString>& byHand) {
    m_byHand = byHand;
    redraw();
}

void TimelineStrip::setCurrentViolation(qint64 id) {
    m_violation = id;
    redraw();
}

void TimelineStrip::setCurrentInsertion(qint64 id) {
    m_insertion = id;
    redraw();
}

void TimelineStrip::layOut() {
    // Tracks that do not overlap in time share a lane: there are as many lanes as pokers at work at
    // the same time, however often a track was lost and found again.
    struct Span {
        qint64 track = 0;
        double from = 0, to = 0;
    };
    QMap<qint64, Span> spans;
    for (const auto& i : m_insertions) {
        auto it = spans.find(i.track.value);
        if (it == spans.end()) {
            spans.insert(i.track.value, {i.track.value, i.startS, i.endS});
        } else {
            it->from = std::min(it->from, i.startS);
            it->to = std::max(it->to, i.endS);
        }
    }
    QList<Span> ordered = spans.values();
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const Span& a, const Span& b) { return a.from < b.from; });
    QList<double> laneEnd;
    QMap<qint64, int> laneOf;
    m_laneTracks.clear();
    for (const auto& span : ordered) {
        int lane = 0;
        while (lane < laneEnd.size() && laneEnd[lane] > span.from) {
            ++lane;
        }
        lane = std::min(lane, kMostLanes - 1);
        if (lane == laneEnd.size()) {
            laneEnd.append(span.to);
            m_laneTracks.append(QList<qint64>());
        } else {
            laneEnd[lane] = std::max(laneEnd[lane], span.to);
        }
        laneOf.insert(span.track, lane);
        m_laneTracks[lane].append(span.track);
    }

    m_laneRules.clear();
    QMap<QString, int> ruleLane;
    for (const auto& v : m_violations) {
        const QString rule = QString::fromStdString(v.finding.rule);
        if (v.finding.verdict != Verdict::Violation || ruleLane.contains(rule)) {
            continue;
        }
        if (m_laneRules.size() < kMostLanes) {
            m_laneRules.append(v.finding.rule);
        } else {
            m_laneRules.last().clear();  // "other"
        }
        ruleLane.insert(rule, int(m_laneRules.size()) - 1);
    }
    const int pokerLanes = std::max<int>(1, int(m_laneTracks.size()));
    m_bars.clear();
    for (const auto& insertion : m_insertions) {
        m_bars.append({laneOf.value(insertion.track.value), insertion});
    }
    m_marks.clear();
    for (const auto& v : m_violations) {
        if (v.finding.verdict == Verdict::Violation) {
            m_marks.append(
                {pokerLanes + ruleLane.value(QString::fromStdString(v.finding.rule)), v});
        }
    }
    relabel();
}

void TimelineStrip::relabel() {
    m_lanes.clear();
    m_dwellTop = kRulerHeight;
    int top = kRulerHeight + kDwellLane;
    const auto add = [&](const QString& label, const QString& tooltip, int height) {
        m_lanes.append({label, tooltip, height, top});
        top += height;
    };
    for (const auto& tracks : m_laneTracks) {
        QStringList names;
        for (const qint64 track : tracks) {
            names << QString::number(track);
        }
        // An insertion that was entered by hand belongs to no track.
        const bool byHand = tracks.size() == 1 && tracks.first() < 0;
        const QString tooltip =
            byHand ? tr("In concrete, entered by hand")
                   : tr("In concrete, track %1").arg(names.join(QStringLiteral(", ")));
        add(byHand               ? tr("By hand")
            : tracks.size() == 1 ? tr("Poker %1").arg(tracks.first())
                                 : tr("Pokers"),
            tooltip, kPokerLane);
    }
    if (m_laneTracks.isEmpty()) {
        add(tr("Pokers"), tr("No insertion was found."), kPokerLane);
    }
    for (const auto& rule : m_laneRules) {
        add(rule.empty() ? tr("Other") : text::ruleText(rule),
            rule.empty() ? tr("Other rules") : ruleExplanation(rule), kRuleLane);
    }
    setAccessibleName(tr("Timeline"));
    setAccessibleDescription(
        tr("Insertions of each poker and violations over time. Click or drag to go to a moment, "
           "turn the wheel to zoom. Plus and minus zoom at the playhead."));
    redraw();
}

void TimelineStrip::redraw() {
    m_picture = {};
    update();
}

QSize TimelineStrip::sizeHint() const {
    return {640, m_lanes.isEmpty() ? 80 : m_lanes.last().top + m_lanes.last().height + 6};
}

QSize TimelineStrip::minimumSizeHint() const {
    return {240, sizeHint().height()};
}

double TimelineStrip::plotLeft() const {
    double widest = 0;
    widest = fontMetrics().horizontalAdvance(tr("Vibrated"));
    for (const auto& lane : m_lanes) {
        widest = std::max<double>(widest, fontMetrics().horizontalAdvance(lane.label));
    }
    return std::clamp(widest + 20, 64.0, 160.0);
}

double TimelineStrip::plotRight() const {
    return width() - kRight;
}

double TimelineStrip::timeAt(double x) const {
    const double share = (x - plotLeft()) / std::max(1.0, plotRight() - plotLeft());
    return std::clamp(m_from + share * (m_to - m_from), 0.0, m_duration);
}

double TimelineStrip::xOf(double timeS) const {
    return plotLeft() + (timeS - m_from) / (m_to - m_from) * (plotRight() - plotLeft());
}

void TimelineStrip::fit() {
    m_from = 0;
    m_to = m_duration;
    redraw();
}

void TimelineStrip::zoomAtPlayhead(double factor) {
    const double x = xOf(m_position);
    const bool inSight = x >= plotLeft() && x <= plotRight();
    zoomAt(inSight ? x : (plotLeft() + plotRight()) / 2, factor);
}

QList<double> TimelineStrip::dwell(int columns) const {
    QList<double> share(std::max(1, columns), 0.0);
    const double width = (m_to - m_from) / double(share.size());
    for (const auto& bar : m_bars) {
        const auto& i = bar.insertion;
        const auto column = [&](double s) {
            return std::clamp<qsizetype>(qsizetype((s - m_from) / width), 0, share.size() - 1);
        };
        if (!i.effective || i.endS < m_from || i.startS > m_to) {
            continue;
        }
        for (qsizetype c = column(i.startS); c <= column(i.endS); ++c) {
            const double left = m_from + double(c) * width;
            share[c] +=
                std::max(0.0, std::min(i.endS, left + width) - std::max(i.startS, left)) / width;
        }
    }
    return share;
}

void TimelineStrip::moveTo(double from) {
    const double span = m_to - m_from;
    m_from = std::clamp(from, 0.0, std::max(0.0, m_duration - span));
    m_to = m_from + span;
    redraw();
}

void TimelineStrip::zoomAt(double x, double factor) {
    const double pinned = timeAt(x);
    const double span =
        std::clamp((m_to - m_from) / factor, std::min(kLeastSpanS, m_duration), m_duration);
    const double share = (x - plotLeft()) / std::max(1.0, plotRight() - plotLeft());
    m_to = m_from + span;
    moveTo(pinned - std::clamp(share, 0.0, 1.0) * span);
}

QRectF TimelineStrip::barRect(const Bar& bar) const {
    const auto& lane = m_lanes[bar.lane];
    const double left = xOf(bar.insertion.startS);
    const double right = std::max(left + 2, xOf(bar.insertion.endS));
    return {left, lane.top + 3.0, right - left, lane.height - 6.0};
}

QRectF TimelineStrip::markRect(const Mark& mark) const {
    const auto& lane = m_lanes[mark.lane];
    const double x = xOf(mark.violation.finding.startS);
    return {x - kMarkSize / 2, lane.top + (lane.height - kMarkSize) / 2, kMarkSize, kMarkSize};
}

qint64 TimelineStrip::violationAt(const QPointF& at) const {
    qint64 best = 0;
    double nearest = kMarkSize;
    for (const auto& mark : m_marks) {
        const QRectF rect = markRect(mark);
        const double end = std::max(rect.center().x(), xOf(mark.violation.finding.endS));
        // On the bar the distance is small but not nothing: a shape right under the cursor wins.
        const double distance = at.x() > rect.center().x() && at.x() <= end
                                    ? std::min(kMarkSize - 1, at.x() - rect.center().x())
                                    : std::abs(rect.center().x() - at.x());
        const auto& lane = m_lanes[mark.lane];
        if (at.y() >= lane.top && at.y() < lane.top + lane.height && distance < nearest) {
            nearest = distance;
            best = mark.violation.id;
        }
    }
    return best;
}

qint64 TimelineStrip::insertionAt(const QPointF& at) const {
    for (const auto& bar : m_bars) {
        if (barRect(bar).adjusted(-1, -3, 1, 3).contains(at)) {
            return bar.insertion.id;
        }
    }
    return 0;
}

QString TimelineStrip::describe(const QPointF& at) const {
    QStringList lines;
    const double timeS = timeAt(at.x());
    const auto frame = m_fps > 0 ? tr("about f %1").arg(qRound64(timeS * m_fps)) : QString();
    if (const qint64 id = violationAt(at)) {
        for (const auto& mark : m_marks) {
            if (mark.violation.id == id) {
                const auto& f = mark.violation.finding;
                lines << QStringLiteral("%1  %2").arg(timeText(f.startS), text::ruleText(f.rule))
                      << QStringLiteral("%1  \u00B7  %2  \u00B7  %3")
                             .arg(measuredText(f), text::severityText(f.severity),
                                  cvd::ui::verdictText(mark.violation.verdict()))
                      << byHandText(mark.violation);
            }
        }
    } else if (const qint64 insertion = insertionAt(at)) {
        for (const auto& bar : m_bars) {
            if (bar.insertion.id == insertion) {
                const auto& i = bar.insertion;
                lines << tr("Insertion %1, poker %2").arg(i.id).arg(i.track.value)
                      << tr("%1 to %2: %3 in concrete, %4 standing still")
                             .arg(timeText(i.startS), timeText(i.endS),
                                  quantityText(i.immersedS, "s"), quantityText(i.stationaryS, "s"));
                if (m_byHand.contains(i.id)) {
                    lines << byHandText(m_byHand[i.id]);
                }
            }
        }
    } else if (at.x() < plotLeft()) {
        for (const auto& lane : m_lanes) {
            if (at.y() >= lane.top && at.y() < lane.top + lane.height) {
                return lane.tooltip;
            }
        }
    } else {
        lines << timeText(timeS) << frame;
    }
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n'));
}

void TimelineStrip::drawRuler(QPainter& painter) const {
    const auto colours = ReviewColours::of(palette());
    const double labelWidth = painter.fontMetrics().horizontalAdvance(timeText(m_duration)) + 28;
    const double step =
        niceStep((m_to - m_from) * labelWidth / std::max(1.0, plotRight() - plotLeft()));
    double free = plotLeft();  // from here on there is room for a label
    for (double t = std::ceil(m_from / step) * step; t <= m_to + 1e-9; t += step) {
        const double x = std::round(xOf(t)) + 0.5;
        painter.setPen(colours.line);
        painter.drawLine(QPointF(x, kRulerHeight - 4), QPointF(x, height()));
        painter.setPen(colours.muted);
        QString label = timeText(t);
        if (step >= 1) {
            label.chop(3);
        }
        const double w = painter.fontMetrics().horizontalAdvance(label);
        const double left = std::min(x + 3, plotRight() - w);
        if (left >= free) {
            painter.drawText(QPointF(left, kRulerHeight - 6), label);
            free = left + w + 6;
        }
    }
}

QPixmap TimelineStrip::drawn() const {
    QPixmap picture(size() * devicePixelRatioF());
    picture.setDevicePixelRatio(devicePixelRatioF());
    const auto colours = ReviewColours::of(palette());
    picture.fill(colours.surface);
    QPainter painter(&picture);
    QFont small = font();
    small.setPointSizeF(std::max(7.0, small.pointSizeF() - 1));
    painter.setFont(small);
    drawRuler(painter);
    for (const auto& lane : m_lanes) {
        painter.setPen(colours.line);
        painter.drawLine(QPointF(0, lane.top + 0.5), QPointF(width(), lane.top + 0.5));
        painter.setPen(colours.muted);
        const QRectF area(8, lane.top, plotLeft() - 14, lane.height);
        painter.drawText(
            area, Qt::AlignVCenter | Qt::AlignLeft,
            painter.fontMetrics().elidedText(lane.label, Qt::ElideRight, int(area.width())));
    }
    painter.setPen(colours.muted);
    painter.drawText(QRectF(8, m_dwellTop, plotLeft() - 14, kDwellLane),
                     Qt::AlignVCenter | Qt::AlignLeft, tr("Vibrated"));
    painter.setClipRect(QRectF(plotLeft() - 6, 0, plotRight() - plotLeft() + 12, height()));
    drawDwell(painter);
    drawRange(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    drawBars(painter);
    drawMarks(painter);
    return picture;
}

void TimelineStrip::drawDwell(QPainter& painter) const {
    const int columns = std::max(1, int(plotRight() - plotLeft()) / 2);
    const auto share = dwell(columns);
    const double most = std::max(1.0, *std::max_element(share.begin(), share.end()));
    const double base = m_dwellTop + kDwellLane - 1;
    const double width = (plotRight() - plotLeft()) / columns;
    QPolygonF hill{QPointF(plotLeft(), base)};
    for (int c = 0; c < columns; ++c) {
        const double y = base - share[c] / most * (kDwellLane - 5);
        hill << QPointF(plotLeft() + c * width, y) << QPointF(plotLeft() + (c + 1) * width, y);
    }
    hill << QPointF(plotRight(), base);
    QColor fill = ReviewColours::of(palette()).accent;
    fill.setAlpha(90);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawPolygon(hill);
}

void TimelineStrip::drawRange(QPainter& painter) const {
    if (!m_in && !m_out) {
        return;
    }
    const auto colours = ReviewColours::of(palette());
    QColor shade = colours.accent;
    shade.setAlpha(40);
    const double left = xOf(m_in.value_or(0)), right = xOf(m_out.value_or(m_duration));
    painter.fillRect(QRectF(left, 0, right - left, height()), shade);
    painter.setPen(colours.accent);
    painter.setBrush(colours.accent);
    for (const auto& [at, way, set] :
         {std::tuple(left, 1, m_in.has_value()), std::tuple(right, -1, m_out.has_value())}) {
        if (set) {
            painter.drawLine(QPointF(at, 0), QPointF(at, height()));
            painter.drawPolygon(QPolygonF(
                {QPointF(at, kRulerHeight - 1), QPointF(at + way * kHandlePx, kRulerHeight - 1),
                 QPointF(at + way * kHandlePx, kRulerHeight - 8), QPointF(at, kRulerHeight - 12)}));
        }
    }
}

void TimelineStrip::drawBars(QPainter& painter) const {
    const auto colours = ReviewColours::of(palette());
    for (const auto& bar : m_bars) {
        const QRectF rect = barRect(bar);
        if (rect.right() < plotLeft() - 6 || rect.left() > plotRight() + 6) {
            continue;
        }
        QColor fill = classColour(ObjectClass::Vibrator);
        if (!bar.insertion.effective) {
            fill.setAlpha(90);
        }
        const bool current = bar.insertion.id == m_insertion;
        const bool hand = m_byHand.contains(bar.insertion.id);
        painter.setPen(current ? QPen(colours.text, 2)
                       : hand  ? QPen(colours.text, 1, Qt::DashLine)
                               : QPen(Qt::NoPen));
        painter.setBrush(fill);
        painter.drawRoundedRect(rect, 2, 2);
        const QString number =
            QString::number(bar.insertion.id) + (hand ? QStringLiteral("*") : QString());
        if (rect.width() > painter.fontMetrics().horizontalAdvance(number) + 6) {
            painter.setPen(QColor(0x1E2328));
            painter.drawText(rect, Qt::AlignCenter, number);
        }
    }
}

void TimelineStrip::drawMarks(QPainter& painter) const {
    const auto colours = ReviewColours::of(palette());
    for (const auto& mark : m_marks) {
        const QRectF rect = markRect(mark);
        const auto& finding = mark.violation.finding;
        const double end = std::max(rect.center().x(), xOf(finding.endS));
        if (end < plotLeft() - 6 || rect.left() > plotRight() + 6) {
            continue;
        }
        const bool hidden = m_visible && !m_visible->contains(mark.violation.id);
        const bool done = mark.violation.verdict() == ReviewVerdict::FalseAlarm ||
                          mark.violation.verdict() == ReviewVerdict::Confirmed;
        painter.setOpacity(hidden ? 0.15 : done ? 0.5 : 1);
        const QColor line = colours.severity(finding.severity);
        painter.setPen(QPen(line, 1));
        painter.setBrush(QBrush(line, severityPattern(finding.severity)));
        painter.drawRect(QRectF(rect.center().x(), rect.center().y() - 3,
                                std::max(1.0, end - rect.center().x()), 6));
        paintSeverityShape(painter, rect, finding, colours);
        if (mark.violation.byHand) {
            painter.setPen(QPen(colours.text, 1.5));
            painter.drawLine(rect.bottomLeft() + QPointF(1, 1),
                             rect.bottomRight() + QPointF(-1, 1));
        }
        if (mark.violation.id == m_violation) {
            painter.setPen(QPen(colours.text, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(rect.adjusted(-2.5, -2.5, 2.5, 2.5), 3, 3);
        }
        painter.setOpacity(1);
    }
}

void TimelineStrip::paintEvent(QPaintEvent*) {
    if (m_picture.isNull() || m_picture.size() != size() * devicePixelRatioF()) {
        m_picture = drawn();
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_picture);
    const double x = xOf(m_position);
    if (x >= plotLeft() - 1 && x <= plotRight() + 1) {
        const auto colours = ReviewColours::of(palette());
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(colours.accent, 2));
        painter.drawLine(QPointF(x, 6), QPointF(x, height()));
        painter.setPen(Qt::NoPen);
        painter.setBrush(colours.accent);
        painter.drawPolygon(QPolygonF({QPointF(x - 5, 0), QPointF(x + 5, 0), QPointF(x, 8)}));
    }
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void TimelineStrip::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    redraw();
}

void TimelineStrip::wheelEvent(QWheelEvent* event) {
    const QPoint delta = event->angleDelta();
    const bool sideways = std::abs(delta.x()) > std::abs(delta.y());
    if (sideways || event->modifiers() & Qt::ShiftModifier) {
        const double notches = (sideways ? delta.x() : delta.y()) / 120.0;
        moveTo(m_from - notches * (m_to - m_from) * 0.1);
    } else {
        zoomAt(event->position().x(), std::pow(1.25, delta.y() / 120.0));
    }
    event->accept();
}

void TimelineStrip::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::MiddleButton) {
        m_panning = true;
        m_panX = event->position().x();
        return;
    }
    if (event->button() != Qt::LeftButton || event->position().x() < plotLeft() - kMarkSize) {
        return;
    }
    m_draggedEnd = rangeEndAt(event->position());
    if (m_draggedEnd != 0) {
        return;
    }
    if (const qint64 violation = violationAt(event->position())) {
        Q_EMIT violationClicked(violation);
        return;
    }
    if (const qint64 insertion = insertionAt(event->position())) {
        Q_EMIT insertionClicked(insertion);
    }
    m_scrubbing = true;
    Q_EMIT seekRequested(timeAt(event->position().x()));
}

int TimelineStrip::rangeEndAt(const QPointF& at) const {
    if (at.y() > kRulerHeight) {
        return 0;
    }
    // The flags point into the range.
    const double x = at.x();
    if (m_in && x >= xOf(*m_in) - 3 && x <= xOf(*m_in) + kHandlePx) {
        return 1;
    }
    return m_out && x >= xOf(*m_out) - kHandlePx && x <= xOf(*m_out) + 3 ? 2 : 0;
}

void TimelineStrip::mouseMoveEvent(QMouseEvent* event) {
    const double timeS = timeAt(event->position().x());
    if (m_panning) {
        const double dx = event->position().x() - m_panX;
        m_panX = event->position().x();
        moveTo(m_from - dx * (m_to - m_from) / std::max(1.0, plotRight() - plotLeft()));
    } else if (m_draggedEnd == 1) {
        Q_EMIT rangeDragged(std::min(timeS, m_out.value_or(m_duration)), m_out);
    } else if (m_draggedEnd == 2) {
        Q_EMIT rangeDragged(m_in, std::max(timeS, m_in.value_or(0)));
    } else if (m_scrubbing) {
        Q_EMIT seekRequested(timeS);
    }
    setCursor(rangeEndAt(event->position()) != 0 || m_draggedEnd != 0 ? Qt::SizeHorCursor
                                                                      : Qt::ArrowCursor);
    hover(event->position());
}

void TimelineStrip::hover(const QPointF& at) {
    const QString words = describe(at);
    if (words.isEmpty() || m_panning || m_draggedEnd != 0) {
        m_card->hide();
        return;
    }
    m_card->words->setText(words);
    const bool onPlot = at.x() >= plotLeft();
    if (!onPlot) {
        m_card->picture->hide();
    }
    m_card->place(this, at.x());
    m_card->show();
    m_hoverS = onPlot ? timeAt(at.x()) : -1;
    Q_EMIT hovered(m_hoverS);
}

void TimelineStrip::setThumbnail(FrameIndex, double, const QImage& picture) {
    if (m_hoverS < 0 || !m_card->isVisible()) {
        return;
    }
    const double ratio = devicePixelRatioF();
    QPixmap small = QPixmap::fromImage(
        picture.scaled(kThumbnail * ratio, Qt::KeepAspectRatio, Qt::SmoothTransformation));
    small.setDevicePixelRatio(ratio);
    m_card->picture->setPixmap(small);
    m_card->picture->show();
    m_card->place(this, xOf(m_hoverS));
}

void TimelineStrip::leaveEvent(QEvent* event) {
    m_card->hide();
    m_hoverS = -1;
    Q_EMIT hovered(-1);
    QWidget::leaveEvent(event);
}

void TimelineStrip::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        for (const auto& mark : m_marks) {
            const auto& f = mark.violation.finding;
            if (f.startS <= m_position + 1e-6 && m_position <= f.endS + 1e-6) {
                Q_EMIT violationDoubleClicked(mark.violation.id);
                return;
            }
        }
    }
    QWidget::keyPressEvent(event);
}

void TimelineStrip::mouseReleaseEvent(QMouseEvent*) {
    m_scrubbing = m_panning = false;
    m_draggedEnd = 0;
}

void TimelineStrip::mouseDoubleClickEvent(QMouseEvent* event) {
    if (const qint64 violation = violationAt(event->position())) {
        Q_EMIT violationDoubleClicked(violation);
    } else if (event->position().y() < kRulerHeight) {
        fit();
    }
}

bool TimelineStrip::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        return true;  // the card says it at once
    }
    if (event->type() == QEvent::Hide) {
        m_card->hide();
    }
    return QWidget::event(event);
}

void TimelineStrip::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        relabel();
    } else if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        redraw();
    }
    QWidget::changeEvent(event);
}

}  // namespace cvd::ui
