#include "ui/column_room.h"

#include <QEvent>
#include <QHeaderView>
#include <QTableView>

namespace cvd::ui {

ColumnRoom::ColumnRoom(QTableView* table, int reader, QList<int> givesWay)
    : QObject(table), m_table(table), m_reader(reader), m_givesWay(std::move(givesWay)) {
    table->viewport()->installEventFilter(this);
    const QHeaderView* header = table->horizontalHeader();
    // Later: columns do not come and go while their header measures them.
    connect(
        header, &QHeaderView::sectionResized, this,
        [this, header](int column, int before, int after) {
            // What a person drags stays as it was dragged; new contents are made room for.
            if (before > 0 && after > 0 && column != m_reader &&
                header->sectionResizeMode(column) == QHeaderView::ResizeToContents) {
                fit();
            }
        },
        Qt::QueuedConnection);
}

ColumnRoom* ColumnRoom::of(const QTableView& table) {
    return table.findChild<ColumnRoom*>(QString(), Qt::FindDirectChildrenOnly);
}

void ColumnRoom::setNeeded(int px) {
    m_needed = px;
    fit();
}

void ColumnRoom::choose(int column, bool shown) {
    if (shown) {
        m_asked.insert(column);
    } else {
        m_asked.remove(column);
    }
    m_away.remove(column);
    m_table->setColumnHidden(column, !shown);
    fit();
}

void ColumnRoom::release() {
    for (auto it = m_away.cbegin(); it != m_away.cend(); ++it) {
        m_table->setColumnHidden(it.key(), false);
    }
    m_away.clear();
}

void ColumnRoom::fit() {
    const auto* header = m_table->horizontalHeader();
    int others = 0;
    for (int column = 0; column < header->count(); ++column) {
        if (column != m_reader && !header->isSectionHidden(column)) {
            others += header->sectionSize(column);
        }
    }
    for (const int width : m_away) {
        others += width;
    }
    const int room = m_table->viewport()->width();
    for (const int column : m_givesWay) {
        const bool away = m_away.contains(column);
        if ((!away && header->isSectionHidden(column)) || m_asked.contains(column)) {
            continue;
        }
        const int width = away ? m_away[column] : header->sectionSize(column);
        const bool enough = others + m_needed <= room;
        if (enough && away) {
            m_away.remove(column);
            m_table->setColumnHidden(column, false);
        } else if (!enough && !away) {
            m_away.insert(column, width);
            m_table->setColumnHidden(column, true);
        }
        others -= enough ? 0 : width;
    }
}

bool ColumnRoom::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) {
        fit();
    }
    return QObject::eventFilter(watched, event);
}

}  // namespace cvd::ui
