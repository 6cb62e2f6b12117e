// Lays a page of the guide out in the theme's colours. GUI thread.
#pragma once

#include <QFont>

#include "ui/help/guide.h"

class QTextDocument;

namespace cvd::ui::guide {

struct Layout {
    QFont font;       // of the text, already enlarged
    int width = 760;  // px that a line may take
    double pixelRatio = 1;
};

// Gives a document that was read from Markdown the look of the guide: sizes of headings, framed
// tables, keys on a tint, links in the accent.
void dress(QTextDocument& document, const Layout& layout);

// Fills `document` with the page, dressed: its headings can be scrolled to, its pictures are no
// wider than the text.
void fill(QTextDocument& document, const Page& page, const QString& language, const Layout& layout);

}  // namespace cvd::ui::guide
