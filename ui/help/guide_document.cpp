#include "ui/help/guide_document.h"

#include <QImage>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextFrame>
#include <QTextTable>
#include <QUrl>

#include "ui/theme.h"

namespace cvd::ui::guide {
namespace {

struct Span {
    int from, to;
    QTextCharFormat format;
};

void apply(QTextDocument& document, const QList<Span>& spans) {
    QTextCursor cursor(&document);
    for (const Span& span : spans) {
        cursor.setPosition(span.from);
        cursor.setPosition(span.to, QTextCursor::KeepAnchor);
        cursor.setCharFormat(span.format);
    }
}

QTextCharFormat headingFormat(QTextCharFormat format, int level, const Layout& layout) {
    constexpr double kSizes[] = {1.7, 1.3, 1.1, 1.0};
    format.clearProperty(QTextFormat::FontSizeAdjustment);
    format.setFontPointSize(layout.font.pointSizeF() * kSizes[std::clamp(level, 1, 4) - 1]);
    format.setFontWeight(QFont::DemiBold);
    format.setForeground(tokens().text);
    return format;
}

// A key or a file name: on a tint, in the font of the text, which has Chinese characters, too.
QTextCharFormat keyFormat(const Layout& layout) {
    QTextCharFormat format;
    format.setFontFamilies(layout.font.families());
    format.setFontFixedPitch(false);
    format.setFontWeight(QFont::Medium);
    format.setBackground(selectionTint(tokens()));
    format.setForeground(tokens().text);
    return format;
}

QList<Span> spansOf(const QTextDocument& document, const Layout& layout) {
    QList<Span> spans;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const int level = block.blockFormat().headingLevel();
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment part = it.fragment();
            QTextCharFormat format = part.charFormat();
            if (level > 0) {
                format = headingFormat(format, level, layout);
            } else if (format.fontFixedPitch()) {
                format.merge(keyFormat(layout));
            } else if (format.isAnchor()) {
                format.setForeground(tokens().accent);
                format.setFontUnderline(true);
            } else {
                continue;
            }
            spans.append({part.position(), part.position() + part.length(), format});
        }
    }
    return spans;
}

// The document's headings are the page's sections, in this order.
void nameHeadings(QTextDocument& document, const Page& page) {
    int heading = 0;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() > 0) {
            QTextCursor cursor(block);
            cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
            QTextCharFormat format;
            format.setAnchor(true);
            format.setAnchorNames({page.sections.value(heading++).anchor});
            cursor.mergeCharFormat(format);
        }
    }
}

void spaceBlocks(QTextDocument& document) {
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor(block);
        QTextBlockFormat format = block.blockFormat();
        const int level = format.headingLevel();
        const bool inTable = cursor.currentTable() != nullptr;
        format.setTopMargin(level == 1 ? 4 : level == 2 ? 20 : level > 2 ? 12 : 0);
        format.setBottomMargin(level > 0 ? 6 : inTable ? 0 : block.textList() ? 4 : 9);
        if (level == 0) {
            format.setLineHeight(125, QTextBlockFormat::ProportionalHeight);
        }
        if (format.intProperty(QTextFormat::BlockQuoteLevel) > 0) {
            format.setBackground(selectionTint(tokens()));
            format.setLeftMargin(12);
            format.setRightMargin(12);
        }
        // A picture keeps its own height, whatever the lines have.
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            if (it.fragment().charFormat().isImageFormat()) {
                format.setLineHeight(0, QTextBlockFormat::SingleHeight);
            }
        }
        cursor.setBlockFormat(format);
    }
}

void frameTables(QTextDocument& document) {
    for (QTextFrame* frame : document.rootFrame()->childFrames()) {
        auto* table = qobject_cast<QTextTable*>(frame);
        if (!table) {
            continue;
        }
        QTextTableFormat format = table->format();
        format.setBorderCollapse(true);
        format.setBorder(1);
        format.setBorderBrush(tokens().line);
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setCellPadding(5);
        format.setCellSpacing(0);
        format.setTopMargin(4);
        format.setBottomMargin(12);
        table->setFormat(format);
        for (int column = 0; column < table->columns(); ++column) {
            QTextTableCell cell = table->cellAt(0, column);
            QTextCharFormat head = cell.format();
            head.setBackground(tokens().window);
            cell.setFormat(head);
        }
    }
}

void loadPictures(QTextDocument& document, const QString& language, const Layout& layout) {
    QTextCursor cursor(&document);
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment part = it.fragment();
            QTextImageFormat format = part.charFormat().toImageFormat();
            if (!part.charFormat().isImageFormat()) {
                continue;
            }
            QImage image(pictureFile(format.name().section(QLatin1Char('/'), -1), language));
            if (image.isNull()) {
                continue;  // the test of the guide finds it
            }
            const int width = std::min(layout.width, image.width());
            image = image.scaledToWidth(int(width * layout.pixelRatio), Qt::SmoothTransformation);
            image.setDevicePixelRatio(layout.pixelRatio);
            document.addResource(QTextDocument::ImageResource, QUrl(format.name()), image);
            format.setWidth(width);
            format.setHeight(image.height() / layout.pixelRatio);
            cursor.setPosition(part.position());
            cursor.setPosition(part.position() + part.length(), QTextCursor::KeepAnchor);
            cursor.setCharFormat(format);
            break;  // one a line; the fragments are new ones now
        }
    }
}

}  // namespace

void dress(QTextDocument& document, const Layout& layout) {
    apply(document, spansOf(document, layout));
    spaceBlocks(document);
    frameTables(document);
}

void fill(QTextDocument& document, const Page& page, const QString& language,
          const Layout& layout) {
    document.setUndoRedoEnabled(false);
    document.clear();
    document.setDefaultFont(layout.font);
    document.setDocumentMargin(20);
    document.setMarkdown(page.markdown, QTextDocument::MarkdownDialectGitHub);
    dress(document, layout);
    nameHeadings(document, page);
    loadPictures(document, language, layout);
}

}  // namespace cvd::ui::guide
