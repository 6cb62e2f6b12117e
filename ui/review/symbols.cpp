// The pictures on the page's buttons, drawn on a grid of 16 by 16, so that they are there on every
// platform and follow the palette.
#include <QFont>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>
#include <functional>
#include <map>

#include "ui/review/review_colours.h"

namespace cvd::ui {

namespace {

using Draw = std::function<void(QPainter&)>;

void fill(QPainter& p, const QPolygonF& shape) {
    const QPen pen = p.pen();
    p.setBrush(pen.color());
    p.setPen(Qt::NoPen);
    p.drawPolygon(shape);
    p.setBrush(Qt::NoBrush);
    p.setPen(pen);
}

void diamond(QPainter& p, double x) {
    fill(p, {{{x, 4.5}, {x + 3.5, 8}, {x, 11.5}, {x - 3.5, 8}}});
}

void corners(QPainter& p, double a, double b, double arm) {
    p.drawPolyline(QPolygonF({{a, a + arm}, {a, a}, {a + arm, a}}));
    p.drawPolyline(QPolygonF({{b - arm, a}, {b, a}, {b, a + arm}}));
    p.drawPolyline(QPolygonF({{b, b - arm}, {b, b}, {b - arm, b}}));
    p.drawPolyline(QPolygonF({{a + arm, b}, {a, b}, {a, b - arm}}));
}

const std::map<QString, Draw>& drawings() {
    static const std::map<QString, Draw> kDrawings = {
        {"media-playback-start",
         [](QPainter& p) {
             fill(p, {{{4, 2.5}, {13.5, 8}, {4, 13.5}}});
         }},
        {"media-playback-pause",
         [](QPainter& p) {
             fill(p, QRectF(3.5, 3, 3, 10));
             fill(p, QRectF(9.5, 3, 3, 10));
         }},
        {"go-previous",
         [](QPainter& p) {
             p.drawPolyline(QPolygonF({{10, 3}, {5, 8}, {10, 13}}));
         }},
        {"go-next",
         [](QPainter& p) {
             p.drawPolyline(QPolygonF({{6, 3}, {11, 8}, {6, 13}}));
         }},
        {"go-first",
         [](QPainter& p) {
             p.drawLine(QPointF(3.5, 3), QPointF(3.5, 13));
             p.drawPolyline(QPolygonF({{12, 3}, {7, 8}, {12, 13}}));
         }},
        {"go-last",
         [](QPainter& p) {
             p.drawLine(QPointF(12.5, 3), QPointF(12.5, 13));
             p.drawPolyline(QPolygonF({{4, 3}, {9, 8}, {4, 13}}));
         }},
        {"media-skip-backward",
         [](QPainter& p) {
             diamond(p, 11.5);
             p.drawPolyline(QPolygonF({{5.5, 4}, {1.5, 8}, {5.5, 12}}));
         }},
        {"media-skip-forward",
         [](QPainter& p) {
             diamond(p, 4.5);
             p.drawPolyline(QPolygonF({{10.5, 4}, {14.5, 8}, {10.5, 12}}));
         }},
        {"media-playlist-repeat",
         [](QPainter& p) {
             p.drawPolyline(QPolygonF({{2.5, 8}, {2.5, 4.5}, {13, 4.5}}));
             p.drawPolyline(QPolygonF({{13.5, 8}, {13.5, 11.5}, {3, 11.5}}));
             p.drawPolyline(QPolygonF({{10.5, 2}, {13, 4.5}, {10.5, 7}}));
             p.drawPolyline(QPolygonF({{5.5, 9}, {3, 11.5}, {5.5, 14}}));
         }},
        {"view-visible",
         [](QPainter& p) {
             QPainterPath eye({1, 8});
             eye.quadTo({8, 0.5}, {15, 8});
             eye.quadTo({8, 15.5}, {1, 8});
             p.drawPath(eye);
             p.setBrush(p.pen().color());
             p.drawEllipse(QPointF(8, 8), 1.8, 1.8);
         }},
        {"color-management",
         [](QPainter& p) {
             QPainterPath flame({8, 1.5});
             flame.cubicTo({8.5, 5}, {13, 6}, {13, 10});
             flame.cubicTo({13, 13}, {11, 14.5}, {8, 14.5});
             flame.cubicTo({5, 14.5}, {3, 13}, {3, 10});
             flame.cubicTo({3, 8}, {4.5, 7}, {5, 5.5});
             flame.cubicTo({6, 6.5}, {6.5, 7.5}, {6.5, 8});
             flame.cubicTo({8, 6}, {8.5, 4}, {8, 1.5});
             p.drawPath(flame);
         }},
        {"zoom-fit-best",
         [](QPainter& p) {
             p.drawRect(QRectF(1.5, 3.5, 13, 9));
             fill(p, QRectF(4.5, 6, 7, 4));
         }},
        {"zoom-original",
         [](QPainter& p) {
             QFont font = p.font();
             font.setPixelSize(10);
             font.setWeight(QFont::DemiBold);
             p.setFont(font);
             p.drawText(QRectF(0, 0, 16, 16), Qt::AlignCenter, QStringLiteral("1:1"));
         }},
        {"camera-photo",
         [](QPainter& p) {
             p.drawPolygon(QPolygonF({{1.5, 4.5},
                                      {5, 4.5},
                                      {6, 2.5},
                                      {10, 2.5},
                                      {11, 4.5},
                                      {14.5, 4.5},
                                      {14.5, 13},
                                      {1.5, 13}}));
             p.drawEllipse(QPointF(8, 8.5), 2.6, 2.6);
         }},
        {"audio-volume-high",
         [](QPainter& p) {
             fill(p, {{{1.5, 6}, {4, 6}, {8, 2.5}, {8, 13.5}, {4, 10}, {1.5, 10}}});
             p.drawArc(QRectF(7, 5, 5, 6), -60 * 16, 120 * 16);
             p.drawArc(QRectF(6, 2.5, 8.5, 11), -55 * 16, 110 * 16);
         }},
        {"audio-volume-muted",
         [](QPainter& p) {
             fill(p, {{{1.5, 6}, {4, 6}, {8, 2.5}, {8, 13.5}, {4, 10}, {1.5, 10}}});
             p.drawLine(QPointF(10.5, 6), QPointF(14.5, 10));
             p.drawLine(QPointF(14.5, 6), QPointF(10.5, 10));
         }},
        {"view-fullscreen", [](QPainter& p) { corners(p, 2.5, 13.5, 3.5); }},
        {"dialog-ok-apply",
         [](QPainter& p) {
             p.drawPolyline(QPolygonF({{2.5, 8.5}, {6.5, 12.5}, {13.5, 4}}));
         }},
        {"dialog-cancel",
         [](QPainter& p) {
             p.drawLine(QPointF(3.5, 3.5), QPointF(12.5, 12.5));
             p.drawLine(QPointF(12.5, 3.5), QPointF(3.5, 12.5));
         }},
        {"question",
         [](QPainter& p) {
             QPainterPath path({5, 5.5});
             path.cubicTo({5, 1.5}, {11, 1.5}, {11, 5.5});
             path.cubicTo({11, 7.5}, {8, 7.5}, {8, 10});
             p.drawPath(path);
             p.drawPoint(QPointF(8, 13.2));
         }},
        {"document-edit",
         [](QPainter& p) {
             p.drawPolygon(QPolygonF({{2.5, 13.5}, {3.5, 10}, {11, 2.5}, {13.5, 5}, {6, 12.5}}));
             p.drawLine(QPointF(9, 4.5), QPointF(11.5, 7));
         }},
        {"folder-open",
         [](QPainter& p) {
             p.drawPolygon(
                 QPolygonF({{1.5, 3}, {6, 3}, {7.5, 5}, {14.5, 5}, {14.5, 13}, {1.5, 13}}));
         }},
        {"view-refresh",
         [](QPainter& p) {
             p.drawArc(QRectF(2.5, 2.5, 11, 11), 60 * 16, 280 * 16);
             p.drawPolyline(QPolygonF({{10.2, 0.8}, {10.8, 3.6}, {8, 4.6}}));
         }},
        {"document-export",
         [](QPainter& p) {
             p.drawPolyline(
                 QPolygonF({{5, 6.5}, {2.5, 6.5}, {2.5, 14}, {13.5, 14}, {13.5, 6.5}, {11, 6.5}}));
             p.drawLine(QPointF(8, 10), QPointF(8, 2));
             p.drawPolyline(QPolygonF({{5, 4.8}, {8, 1.8}, {11, 4.8}}));
         }},
    };
    return kDrawings;
}

}  // namespace

QIcon symbolIcon(const QString& name, const QPalette& palette) {
    const auto found = drawings().find(name);
    if (found == drawings().end()) {
        return {};
    }
    QIcon icon;
    for (const double scale : {1.0, 1.5, 2.0, 3.0}) {
        for (const auto mode : {QIcon::Normal, QIcon::Disabled}) {
            QPixmap pixmap(QSize(16, 16) * scale);
            pixmap.fill(Qt::transparent);
            QPainter painter(&pixmap);
            painter.scale(scale, scale);
            painter.setRenderHint(QPainter::Antialiasing);
            QColor colour = palette.color(QPalette::Active, QPalette::ButtonText);
            if (mode == QIcon::Disabled) {
                colour.setAlphaF(0.35F);
            }
            painter.setPen(QPen(colour, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            found->second(painter);
            painter.end();
            icon.addPixmap(pixmap, mode);
        }
    }
    return icon;
}

}  // namespace cvd::ui
