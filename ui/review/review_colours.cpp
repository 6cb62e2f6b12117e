#include "ui/review/review_colours.h"

#include <QPainter>
#include <QPainterPath>
#include <QPalette>
#include <QPixmap>

namespace cvd::ui {

namespace {

constexpr int kSymbolSize = 16;

QPixmap transparentPixmap(int size, qreal ratio) {
    QPixmap pixmap(QSize(size, size) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    return pixmap;
}

void paintVerdict(QPainter& painter, ReviewVerdict verdict) {
    switch (verdict) {
        case ReviewVerdict::Confirmed:
            painter.drawPolyline(QPolygonF({{3, 8.5}, {6.5, 12}, {13, 4.5}}));
            break;
        case ReviewVerdict::FalseAlarm:
            painter.drawLine(QPointF(4, 4), QPointF(12, 12));
            painter.drawLine(QPointF(12, 4), QPointF(4, 12));
            break;
        case ReviewVerdict::Undecided: {
            QPainterPath path({5, 5.5});
            path.cubicTo({5, 1.5}, {11, 1.5}, {11, 5.5});
            path.cubicTo({11, 7.5}, {8, 7.5}, {8, 10});
            painter.drawPath(path);
            painter.drawPoint(QPointF(8, 13.2));
            break;
        }
        case ReviewVerdict::Unreviewed: {
            QPen thin = painter.pen();
            thin.setWidthF(1.5);
            painter.setPen(thin);
            painter.drawEllipse(QRectF(4, 4, 8, 8));
            break;
        }
    }
}

}  // namespace

ReviewColours ReviewColours::of(const QPalette& palette) {
    ReviewColours c;
    c.dark = palette.color(QPalette::Window).lightness() < 128;
    c.text = palette.color(QPalette::WindowText);
    c.window = palette.color(QPalette::Window);
    c.surface = palette.color(QPalette::Base);
    c.muted = c.dark ? QColor(0xA3ABB3) : QColor(0x5C6670);
    c.line = c.dark ? QColor(0x3A4046) : QColor(0xD5DADF);
    c.raised = c.dark ? QColor(0x2B2F33) : QColor(0xFFFFFF);
    c.accent = c.dark ? QColor(0x4FB3DC) : QColor(0x0B6E99);
    c.critical = c.dark ? QColor(0xFF8A73) : QColor(0xC4321C);
    c.major = c.dark ? QColor(0xF2B04B) : QColor(0x9A5B00);
    c.minor = c.dark ? QColor(0xE0D060) : QColor(0x7A6A00);
    c.pass = c.dark ? QColor(0x62C794) : QColor(0x1F7A4D);
    c.cannotJudge = c.dark ? QColor(0x8F99A3) : QColor(0x656E77);
    return c;
}

QColor ReviewColours::severity(Severity severity) const {
    switch (severity) {
        case Severity::Critical:
            return critical;
        case Severity::Major:
            return major;
        case Severity::Minor:
            break;
    }
    return minor;
}

QColor ReviewColours::verdict(ReviewVerdict verdict) const {
    switch (verdict) {
        case ReviewVerdict::Confirmed:
            return critical;
        case ReviewVerdict::FalseAlarm:
            return pass;
        case ReviewVerdict::Undecided:
            return major;
        case ReviewVerdict::Unreviewed:
            break;
    }
    return muted;
}

QColor classColour(ObjectClass cls) {
    switch (cls) {
        case ObjectClass::Person:
            return QColor(0x56B4E9);
        case ObjectClass::Hoe:
            return QColor(0x009E73);
        case ObjectClass::Vibrator:
            break;
    }
    return QColor(0xE69F00);
}

namespace {

// In a selected row everything takes the selection's text colour; the shape still tells.
// Selected rows of the lists are tinted lightly and keep their text colour (theme.cpp).
ReviewColours selectedColours(const QPalette& palette) {
    return ReviewColours::of(palette);
}

}  // namespace

void paintSeverityShape(QPainter& painter, const QRectF& r, const Violation& finding,
                        const ReviewColours& colours) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    if (finding.verdict == Verdict::CannotJudge) {
        painter.setBrush(QBrush(colours.cannotJudge, Qt::BDiagPattern));
        painter.setPen(QPen(colours.cannotJudge, 1));
        painter.drawEllipse(r.adjusted(1.5, 1.5, -1.5, -1.5));
    } else {
        painter.setBrush(colours.severity(finding.severity));
        switch (finding.severity) {
            case Severity::Critical:
                painter.drawPolygon(
                    QPolygonF({QPointF(r.center().x(), r.top()), QPointF(r.right(), r.bottom() - 1),
                               QPointF(r.left(), r.bottom() - 1)}));
                break;
            case Severity::Major:
                painter.drawPolygon(QPolygonF(
                    {QPointF(r.center().x(), r.top()), QPointF(r.right(), r.center().y()),
                     QPointF(r.center().x(), r.bottom()), QPointF(r.left(), r.center().y())}));
                break;
            case Severity::Minor:
                painter.drawEllipse(r.adjusted(1.5, 1.5, -1.5, -1.5));
                break;
        }
    }
    painter.restore();
}

QIcon severityIcon(const Violation& finding, const QPalette& palette) {
    QIcon icon;
    for (const qreal ratio : {1.0, 2.0}) {
        for (const auto mode : {QIcon::Normal, QIcon::Selected}) {
            QPixmap pixmap = transparentPixmap(kSymbolSize, ratio);
            QPainter painter(&pixmap);
            paintSeverityShape(
                painter, QRectF(2, 2, kSymbolSize - 4, kSymbolSize - 4), finding,
                mode == QIcon::Normal ? ReviewColours::of(palette) : selectedColours(palette));
            painter.end();
            icon.addPixmap(pixmap, mode);
        }
    }
    return icon;
}

QIcon verdictIcon(ReviewVerdict verdict, const QPalette& palette) {
    QIcon icon;
    for (const qreal ratio : {1.0, 2.0}) {
        for (const auto mode : {QIcon::Normal, QIcon::Selected}) {
            const auto colours =
                mode == QIcon::Normal ? ReviewColours::of(palette) : selectedColours(palette);
            QPixmap pixmap = transparentPixmap(kSymbolSize, ratio);
            QPainter painter(&pixmap);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(
                QPen(colours.verdict(verdict), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            paintVerdict(painter, verdict);
            painter.end();
            icon.addPixmap(pixmap, mode);
        }
    }
    return icon;
}

QIcon seenIcon(bool seen, const QPalette& palette) {
    QIcon icon;
    for (const qreal ratio : {1.0, 2.0}) {
        for (const auto mode : {QIcon::Normal, QIcon::Selected}) {
            const auto colours =
                mode == QIcon::Normal ? ReviewColours::of(palette) : selectedColours(palette);
            QPixmap pixmap = transparentPixmap(8, ratio);
            if (!seen) {
                QPainter painter(&pixmap);
                painter.setRenderHint(QPainter::Antialiasing);
                painter.setPen(Qt::NoPen);
                painter.setBrush(colours.accent);
                painter.drawEllipse(QPointF(4, 4), 3, 3);
            }
            icon.addPixmap(pixmap, mode);
        }
    }
    return icon;
}

}  // namespace cvd::ui
