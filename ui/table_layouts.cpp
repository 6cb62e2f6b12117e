#include "ui/table_layouts.h"

#include <QDataStream>
#include <QHash>
#include <QHeaderView>
#include <QTableView>

namespace cvd::ui {
namespace {

constexpr quint8 kVersion = 1;

struct TableLayout {
    qint32 columns = 0;
    QByteArray header;
};

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
    for (const QTableView* table : namedTables(root)) {
        const QHeaderView* header = table->horizontalHeader();
        layouts.insert(table->objectName(), {qint32(header->count()), header->saveState()});
    }
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << kVersion << layouts;
    return state;
}

void restoreTableLayouts(QWidget& root, const QByteArray& state) {
    QDataStream in(state);
    quint8 version = 0;
    QHash<QString, TableLayout> layouts;
    in >> version;
    if (version != kVersion) {
        return;
    }
    in >> layouts;
    if (in.status() != QDataStream::Ok) {
        return;
    }
    for (QTableView* table : namedTables(root)) {
        const auto found = layouts.constFind(table->objectName());
        QHeaderView* header = table->horizontalHeader();
        if (found != layouts.cend() && found->columns == header->count()) {
            header->restoreState(found->header);
        }
    }
}

}  // namespace cvd::ui
