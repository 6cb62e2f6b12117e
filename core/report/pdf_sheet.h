// Pages of a printed document: text that wraps, tables whose head is repeated, pictures, a header
// and a footer with "page x of y". The same layout runs twice: without a painter to count pages,
// then with one. Lengths are millimetres on A4.
#pragma once

#include <functional>

#include <QColor>
#include <QFont>
#include <QHash>
#include <QImage>
#include <QList>
#include <QRectF>
#include <QSet>
#include <QString>
#include <QStringList>

class QPagedPaintDevice;
class QPainter;

namespace cvd::report {

// For paper, as the light theme.
inline const QColor kInk(0x1E, 0x23, 0x28), kMuted(0x5C, 0x66, 0x70), kLine(0xD5, 0xDA, 0xDF),
    kSoft(0xF5, 0xF6, 0xF7), kAccent(0x0B, 0x6E, 0x99), kCritical(0xC4, 0x32, 0x1C),
    kMajor(0x9A, 0x5B, 0x00), kMinor(0x7A, 0x6A, 0x00), kPass(0x1F, 0x7A, 0x4D),
    kGrey(0x65, 0x6E, 0x77);

struct Type {
    double pt = 9;
    bool bold = false;
    QColor colour = kInk;
    Qt::Alignment align = Qt::AlignLeft;
};

struct SheetTexts {
    QString headLeft, headRight, footLeft;
    QString pageOf;  // "Page %1 of %2"
};

struct Column {
    QString head;
    double mm = 20;
    bool right = false;
};

class Sheet {
public:
    // `painter` null: only counts. `pages`: what to print after "of".
    Sheet(QPagedPaintDevice& device, QPainter* painter, SheetTexts texts, int pages,
          std::function<bool(int page)> goOn);

    static constexpr double kLeft = 18, kTop = 24, kWidth = 174, kBottom = 277;

    bool stopped() const { return m_stopped; }  // cancelled: leave the loop
    bool drawing() const { return m_painter != nullptr; }
    int page() const { return m_page; }
    double y() const { return m_y; }
    double room() const { return kBottom - m_y; }

    void newPage();
    void need(double mm);  // a new page when less is left
    void gap(double mm) { m_y += mm; }
    void heading(const QString& text, double keepWith = 30);
    void subheading(const QString& text, double keepWith = 20);
    void paragraph(const QString& text, const Type& type = {});
    // Name and value side by side, wrapped.
    void facts(const QList<std::pair<QString, QString>>& rows, double nameMm = 44);
    void table(const QList<Column>& columns, int rows, const std::function<QStringList(int)>& cells,
               const std::function<QColor(int row, int column)>& colour = {});

    // Free placing; these move nothing.
    double textHeight(const QString& text, const Type& type, double widthMm) const;
    double text(double x, double y, double widthMm, const QString& text, const Type& type);
    void line(double x1, double y1, double x2, double y2, const QColor& colour = kLine,
              double mm = 0.2);
    void fill(const QRectF& mm, const QColor& colour);
    void image(const QRectF& mm, const QImage& picture);  // keeps the ratio, centred at the top
    // Painter's units are millimetres within `mm`. Not called while counting.
    void canvas(const QRectF& mm, const std::function<void(QPainter&)>& paint);
    QFont font(double pt, bool bold = false) const;
    double unitsPerMm() const { return m_unit; }

    // Every character that was drawn, for toUnicode corrections.
    const QSet<QChar>& drawnCharacters() const { return m_characters; }

private:
    void frame();
    void tableHead(const QList<Column>& columns);

    QPagedPaintDevice& m_device;
    QPainter* m_painter;
    SheetTexts m_texts;
    int m_pages, m_page = 0;
    std::function<bool(int)> m_goOn;
    double m_unit, m_y = kTop;
    bool m_stopped = false;
    QSet<QChar> m_characters;
};

}  // namespace cvd::report
