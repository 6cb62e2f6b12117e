#include "ui/review/flow_layout.h"

#include <algorithm>

namespace cvd::ui {

FlowLayout::FlowLayout(int spacing) : m_spacing(spacing) {}

FlowLayout::~FlowLayout() {
    qDeleteAll(m_items);
}

QLayoutItem* FlowLayout::takeAt(int index) {
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

void FlowLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

QSize FlowLayout::minimumSize() const {
    QSize size;
    for (const auto* item : m_items) {
        size = size.expandedTo(item->minimumSize());
    }
    return size;
}

int FlowLayout::arrange(const QRect& rect, bool move) const {
    int x = rect.left(), y = rect.top(), line = 0;
    for (auto* item : m_items) {
        const QSize size = item->sizeHint();
        if (item->isEmpty()) {
            continue;
        }
        if (x > rect.left() && x + size.width() > rect.right() + 1) {
            x = rect.left();
            y += line + m_spacing;
            line = 0;
        }
        if (move) {
            item->setGeometry(QRect(QPoint(x, y), size.boundedTo(QSize(rect.width(), 1000))));
        }
        x += size.width() + m_spacing;
        line = std::max(line, size.height());
    }
    return y + line - rect.top();
}

}  // namespace cvd::ui
