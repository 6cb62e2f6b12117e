#include "core/report/pdf_charts.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QPainter>

#include "core/report/pdf_sheet.h"
#include "core/report/report_words.h"
#include "core/text/text.h"

namespace cvd::report {
namespace {

constexpr double kBarMm = 5.2;

// Letters keep their size in points although the painter counts millimetres.
void label(QPainter& painter, const QFont& font, QPointF at, const QString& text,
           const QColor& colour, Qt::Alignment align) {
    painter.save();
    const QTransform t = painter.transform();
    painter.resetTransform();
    painter.setFont(font);
    painter.setPen(colour);
    const QFontMetricsF metrics(font, painter.device());
    const QSizeF size(metrics.horizontalAdvance(text), metrics.height());
    QPointF p = t.map(at);
    if (align & Qt::AlignRight) {
        p.rx() -= size.width();
    } else if (align & Qt::AlignHCenter) {
        p.rx() -= size.width() / 2;
    }
    p.ry() += (align & Qt::AlignTop)      ? metrics.ascent()
              : (align & Qt::AlignBottom) ? -metrics.descent()
                                          : (metrics.ascent() - metrics.descent()) / 2;
    painter.drawText(p, text);
    painter.restore();
}

double niceStep(double span, int most) {
    const double raw = span / std::max(1, most);
    const double power = std::pow(10, std::floor(std::log10(std::max(raw, 1e-9))));
    for (const double m : {1.0, 2.0, 5.0}) {
        if (raw <= m * power) {
            return m * power;
        }
    }
    return 10 * power;
}

double timeStep(double span) {
    for (const double s : {5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1200.0, 1800.0}) {
        if (span / s <= 9) {
            return s;
        }
    }
    return 3600;
}

}  // namespace

void paintTimesChart(QPainter& painter, QSizeF mm, const ReportData& data,
                     const text::Language& language, const QFont& font) {
    const auto least = data.profile ? data.profile->value("t_min_s") : std::nullopt;
    const auto most = data.profile ? data.profile->value("t_max_s") : std::nullopt;
    double topS = std::max(most.value_or(0), least.value_or(0)) * 1.2;
    double fromS = 0, toS = 1;
    bool first = true;
    for (const Insertion& i : data.insertions) {
        if (i.effective) {
            topS = std::max(topS, i.stationaryS * 1.1);
            fromS = first ? i.startS : std::min(fromS, i.startS);
            toS = first ? i.endS : std::max(toS, i.endS);
            first = false;
        }
    }
    topS = std::max(topS, 5.0);
    const double span = std::max(10.0, toS - fromS);
    fromS = std::max(0.0, fromS - span * 0.03);
    toS = fromS + span * 1.08;
    const QRectF plot(12, 5, mm.width() - 14, mm.height() - 16);
    const auto xOf = [&](double s) {
        return plot.left() + (s - fromS) / (toS - fromS) * plot.width();
    };
    const auto yOf = [&](double s) { return plot.bottom() - s / topS * plot.height(); };
    if (least || most) {
        QColor band = kPass;
        band.setAlpha(30);
        painter.fillRect(QRectF(QPointF(plot.left(), yOf(most.value_or(topS))),
                                QPointF(plot.right(), yOf(least.value_or(0)))),
                         band);
    }
    const double step = niceStep(topS, 6);
    for (double v = 0; v <= topS + 1e-6; v += step) {
        painter.setPen(QPen(kLine, 0.15));
        painter.drawLine(QPointF(plot.left(), yOf(v)), QPointF(plot.right(), yOf(v)));
        label(painter, font, {plot.left() - 1.5, yOf(v)}, language.locale().toString(v, 'f', 0),
              kMuted, Qt::AlignRight | Qt::AlignVCenter);
    }
    const double tick = timeStep(toS - fromS);
    for (double t = std::ceil(fromS / tick) * tick; t <= toS; t += tick) {
        painter.setPen(QPen(kMuted, 0.2));
        painter.drawLine(QPointF(xOf(t), plot.bottom()), QPointF(xOf(t), plot.bottom() + 1));
        label(painter, font, {xOf(t), plot.bottom() + 1.5}, text::clockText(t, 0), kMuted,
              Qt::AlignHCenter | Qt::AlignTop);
    }
    for (const auto& limit : {least, most}) {
        if (limit) {
            painter.setPen(QPen(kPass, 0.35, Qt::DashLine));
            painter.drawLine(QPointF(plot.left(), yOf(*limit)), QPointF(plot.right(), yOf(*limit)));
            label(painter, font, {plot.right() - 1, yOf(*limit) - 0.4},
                  quantityText(language, *limit, "s"), kPass, Qt::AlignRight | Qt::AlignBottom);
        }
    }
    painter.setRenderHint(QPainter::Antialiasing);
    const double size = data.insertions.size() > 400 ? 0.5 : 0.9;
    for (const Insertion& i : data.insertions) {
        if (!i.effective) {
            continue;
        }
        const QPointF at(xOf(i.startS), yOf(i.stationaryS));
        const bool under = least && i.stationaryS < *least, over = most && i.stationaryS > *most;
        const QColor colour = under ? kCritical : over ? kMajor : kAccent;
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        // Shape says it too: down for too short, up for too long.
        if (under || over) {
            const double s = under ? size * 1.3 : -size * 1.3;
            painter.drawPolygon(
                QPolygonF{at + QPointF(-s, -s), at + QPointF(s, -s), at + QPointF(0, s)});
        } else {
            painter.drawEllipse(at, size, size);
        }
    }
    label(painter, font, {plot.left(), 1.5},
          language.words("report", CVD_TR("report", "Stationary time, s")), kMuted,
          Qt::AlignLeft | Qt::AlignVCenter);
    label(painter, font, {plot.center().x(), mm.height() - 2.5},
          language.words("report", CVD_TR("report", "Time in the video")), kMuted,
          Qt::AlignHCenter | Qt::AlignVCenter);
}

double rulesChartHeight(const ReportData& data) {
    return 8 + kBarMm * double(precisionByRule(data).size());
}

void paintRulesChart(QPainter& painter, QSizeF mm, const ReportData& data,
                     const text::Language& language, const QFont& font) {
    const auto rows = precisionByRule(data);
    int longest = 1;
    for (const RulePrecision& r : rows) {
        longest = std::max(longest, r.violations);
    }
    const double left = 44, width = mm.width() - left - 12;
    const QColor open(0xE3, 0xB3, 0x6B), off(0xC3, 0xC9, 0xCF);
    double x = left;
    for (const auto& [colour, words] :
         {std::pair{kCritical, language.words("report", CVD_TR("report", "Confirmed"))},
          std::pair{open, language.words("report", CVD_TR("report", "Not decided"))},
          std::pair{off, language.words("report", CVD_TR("report", "False alarm"))}}) {
        painter.fillRect(QRectF(x, 1, 3, 3), colour);
        label(painter, font, {x + 4, 2.5}, words, kInk, Qt::AlignLeft | Qt::AlignVCenter);
        x += 34;
    }
    double y = 7;
    for (const RulePrecision& r : rows) {
        label(painter, font, {left - 2, y + kBarMm / 2 - 0.6}, language.rule(r.rule), kInk,
              Qt::AlignRight | Qt::AlignVCenter);
        double at = left;
        for (const auto& [count, colour] :
             {std::pair{r.confirmed, kCritical}, std::pair{r.open(), open},
              std::pair{r.falseAlarms, off}}) {
            const double w = width * count / longest;
            painter.fillRect(QRectF(at, y, w, kBarMm - 1.4), colour);
            at += w;
        }
        label(painter, font, {at + 1.5, y + kBarMm / 2 - 0.6}, QString::number(r.violations), kInk,
              Qt::AlignLeft | Qt::AlignVCenter);
        y += kBarMm;
    }
}

}  // namespace cvd::report
