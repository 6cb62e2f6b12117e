#include "ui/table_layouts.h"

#include <QDataStream>
#include <QHash>
#include <QHeaderView>
#include <QSet>
#include <QTableView>

#include "ui/column_room.h"

namespace cvd::ui {
namespace {

constexpr quint8 kVersion = 2, kWithoutAsked = 1;

struct TableLayout {
    qint32 columns = 0;
    QByteArray header;
};
using Asked = QHash<QString, QSet<int>>;  // what ColumnRoom::asked() says of each table

QDataStream& operator<<(QDataStream& out, const TableLayout& layout) {
    return out << layout.columns << layout.header;
}
QDataStream& operator>>(QDataStream& in, TableLayout& layout) {
    return in >> layout.columns >> layout.header;
}

QList<QTableView*> namedTables(const QWidget& root) {
    QList<QTableView*> tables = root.findChildren<QTableView*>();
    tables.removeIf([](const QTableView* table) { return table->objectName().isEmpty(); });
    return tables;
}

}  // namespace

QByteArray tableLayouts(const QWidget& root) {
    QHash<QString, TableLayout> layouts;
    Asked asked;
    for (const QTableView* table : namedTables(root)) {
        const QHeaderView* header = table->horizontalHeader();
        ColumnRoom* room = ColumnRoom::of(*table);
        if (room) {
            room->release();  // that there is no room now says nothing about the next time
            asked.insert(table->objectName(), room->asked());
        }
        layouts.insert(table->objectName(), {qint32(header->count()), header->saveState()});
        if (room) {
            room->fit();
        }
    }
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << kVersion << layouts << asked;
    return state;
}

void restoreTableLayouts(QWidget& root, const QByteArray& state) {
    QDataStream in(state);
    quint8 version = 0;
    QHash<QString, TableLayout> layouts;
    in >> version;
    if (version != kVersion && version != kWithoutAsked) {
        return;
    }
    in >> layouts;
    Asked asked;
    if (version != kWithoutAsked) {
        in >> asked;
    }
    if (in.status() != QDataStream::Ok) {
        return;
    }
    for (QTableView* table : namedTables(root)) {
        const auto found = layouts.constFind(table->objectName());
        QHeaderView* header = table->horizontalHeader();
        if (found == layouts.cend() || found->columns != header->count()) {
            continue;
        }
        ColumnRoom* room = ColumnRoom::of(*table);
        if (room) {
            room->release();
        }
        header->restoreState(found->header);
        if (room) {
            room->setAsked(asked.value(table->objectName()));
            room->fit();
        }
    }
}

}  // namespace cvd::ui
