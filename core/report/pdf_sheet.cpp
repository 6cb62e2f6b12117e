#include "core/report/pdf_sheet.h"

#include <algorithm>

#include <QFontMetricsF>
#include <QPagedPaintDevice>
#include <QPainter>
#include <QTextLayout>

namespace cvd::report {

Sheet::Sheet(QPagedPaintDevice& device, QPainter* painter, SheetTexts texts, int pages,
             std::function<bool(int)> goOn)
    : m_device(device),
      m_painter(painter),
      m_texts(std::move(texts)),
      m_pages(pages),
      m_goOn(std::move(goOn)),
      m_unit(device.logicalDpiX() / 25.4) {
    m_page = 1;
    frame();
}

QFont Sheet::font(double pt, bool bold) const {
    // One family for both scripts, so that figures and Chinese stand on one line.
    QFont f(QStringLiteral("Noto Sans CJK SC"));
    f.setPointSizeF(pt);
    f.setBold(bold);
    // One glyph a character: ligatures and alternative figures have no character of their own, so
    // text copied out of the file would miss them.
    f.setStyleStrategy(QFont::PreferNoShaping);
    f.setKerning(false);
    return f;
}

void Sheet::frame() {
    if (m_goOn && !m_goOn(m_page)) {
        m_stopped = true;
    }
    m_y = kTop;
    const Type small{7.5, false, kMuted};
    const Type right{7.5, false, kMuted, Qt::AlignRight};
    const QFontMetricsF metrics(font(7.5), &m_device);
    const auto oneLine = [&](const QString& t, double mm) {
        return metrics.elidedText(t, Qt::ElideRight, mm * m_unit);
    };
    text(kLeft, 11, 62, oneLine(m_texts.headLeft, 62), small);
    text(kLeft + 64, 11, kWidth - 64, oneLine(m_texts.headRight, kWidth - 64), right);
    line(kLeft, 16.5, kLeft + kWidth, 16.5);
    line(kLeft, 281, kLeft + kWidth, 281);
    text(kLeft, 283, kWidth - 40, oneLine(m_texts.footLeft, kWidth - 40), small);
    text(kLeft + kWidth - 40, 283, 40, m_texts.pageOf.arg(m_page).arg(std::max(m_pages, m_page)),
         right);
}

void Sheet::newPage() {
    ++m_page;
    if (m_painter) {
        m_device.newPage();
    }
    frame();
}

void Sheet::need(double mm) {
    if (m_y + mm > kBottom && m_y > kTop) {
        newPage();
    }
}

void Sheet::heading(const QString& title, double keepWith) {
    if (m_y > kTop) {
        gap(6);
    }
    need(12 + keepWith);
    m_y += text(kLeft, m_y, kWidth, title, {14, true, kInk});
    m_y += 1.2;
    line(kLeft, m_y, kLeft + kWidth, m_y, kAccent, 0.5);
    m_y += 3.5;
}

void Sheet::subheading(const QString& title, double keepWith) {
    gap(2);
    need(7 + keepWith);
    m_y += text(kLeft, m_y, kWidth, title, {10.5, true, kInk}) + 1.5;
}

double Sheet::textHeight(const QString& content, const Type& type, double widthMm) const {
    return const_cast<Sheet*>(this)->text(0, 0, -widthMm, content, type);
}

double Sheet::text(double x, double y, double widthMm, const QString& content, const Type& type) {
    const bool draw = m_painter && widthMm > 0;
    const double width = std::abs(widthMm) * m_unit;
    double height = 0;
    for (const QString& paragraphText : content.split(QLatin1Char('\n'))) {
        QTextLayout layout(paragraphText, font(type.pt, type.bold), &m_device);
        QTextOption option(type.align);
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
        layout.beginLayout();
        double top = 0;
        for (QTextLine l = layout.createLine(); l.isValid(); l = layout.createLine()) {
            l.setLineWidth(width);
            l.setPosition({0, top});
            // The CJK font's own line height is generous; paper wants it tighter.
            top += l.height() * 0.92;
        }
        layout.endLayout();
        if (draw) {
            for (const QChar c : paragraphText) {
                m_characters.insert(c);
            }
            m_painter->setPen(type.colour);
            layout.draw(m_painter, {x * m_unit, y * m_unit + height});
        }
        height += top;
    }
    return height / m_unit;
}

void Sheet::paragraph(const QString& content, const Type& type) {
    const double h = textHeight(content, type, kWidth);
    need(std::min(h, 60.0));
    m_y += text(kLeft, m_y, kWidth, content, type) + 1.5;
}

void Sheet::facts(const QList<std::pair<QString, QString>>& rows, double nameMm) {
    for (const auto& [name, value] : rows) {
        const Type left{9, false, kMuted}, right{9, false, kInk};
        const double h =
            std::max(textHeight(name, left, nameMm - 3), textHeight(value, right, kWidth - nameMm));
        need(h + 1.4);
        text(kLeft, m_y, nameMm - 3, name, left);
        text(kLeft + nameMm, m_y, kWidth - nameMm, value, right);
        m_y += h + 0.5;
        line(kLeft, m_y, kLeft + kWidth, m_y);
        m_y += 0.9;
    }
}

void Sheet::tableHead(const QList<Column>& columns) {
    double h = 0, x = kLeft;
    for (const Column& c : columns) {
        h = std::max(h, textHeight(c.head, {8, true}, c.mm - 2));
    }
    fill({kLeft, m_y, kWidth, h + 1.6}, kSoft);
    for (const Column& c : columns) {
        text(x + 1, m_y + 0.8, c.mm - 2, c.head,
             {8, true, kInk, c.right ? Qt::AlignRight : Qt::AlignLeft});
        x += c.mm;
    }
    m_y += h + 1.6;
    line(kLeft, m_y, kLeft + kWidth, m_y, kMuted, 0.25);
    m_y += 0.6;
}

void Sheet::table(const QList<Column>& columns, int rows,
                  const std::function<QStringList(int)>& cells,
                  const std::function<QColor(int, int)>& colour) {
    need(24);
    tableHead(columns);
    for (int r = 0; r < rows && !m_stopped; ++r) {
        const QStringList row = cells(r);
        double h = 0;
        for (qsizetype c = 0; c < columns.size(); ++c) {
            h = std::max(h, textHeight(row.value(c), {8}, columns[c].mm - 2));
        }
        if (m_y + h + 1.2 > kBottom) {
            newPage();
            tableHead(columns);
        }
        double x = kLeft;
        for (qsizetype c = 0; c < columns.size(); ++c) {
            text(x + 1, m_y, columns[c].mm - 2, row.value(c),
                 {8, false, colour ? colour(r, int(c)) : kInk,
                  columns[c].right ? Qt::AlignRight : Qt::AlignLeft});
            x += columns[c].mm;
        }
        m_y += h + 0.4;
        line(kLeft, m_y, kLeft + kWidth, m_y, kLine, 0.12);
        m_y += 0.6;
    }
    gap(2);
}

void Sheet::line(double x1, double y1, double x2, double y2, const QColor& colour, double mm) {
    if (m_painter) {
        m_painter->setPen(QPen(colour, mm * m_unit));
        m_painter->drawLine(QPointF(x1 * m_unit, y1 * m_unit), QPointF(x2 * m_unit, y2 * m_unit));
    }
}

void Sheet::fill(const QRectF& mm, const QColor& colour) {
    if (m_painter) {
        m_painter->fillRect(
            QRectF(mm.x() * m_unit, mm.y() * m_unit, mm.width() * m_unit, mm.height() * m_unit),
            colour);
    }
}

void Sheet::image(const QRectF& mm, const QImage& picture) {
    if (!m_painter || picture.isNull()) {
        return;
    }
    const QSizeF size = QSizeF(picture.size()).scaled(mm.size(), Qt::KeepAspectRatio);
    const QPointF at(mm.x() + (mm.width() - size.width()) / 2, mm.y());
    m_painter->drawImage(QRectF(at * m_unit, size * m_unit), picture);
}

void Sheet::canvas(const QRectF& mm, const std::function<void(QPainter&)>& paint) {
    if (!m_painter) {
        return;
    }
    m_painter->save();
    m_painter->translate(mm.x() * m_unit, mm.y() * m_unit);
    m_painter->scale(m_unit, m_unit);
    paint(*m_painter);
    m_painter->restore();
}

}  // namespace cvd::report
