// Columns of a table that give way while there is too little room for the one that is read first,
// and come back with the room. GUI thread.
#pragma once

#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>

class QTableView;

namespace cvd::ui {

// Belongs to its table. What a person decided on stays: a column that was hidden is not shown, one
// that was asked for is not taken away.
class ColumnRoom : public QObject {
    Q_OBJECT
public:
    // `reader` is the column that takes what the others leave; `givesWay` are some of those, the
    // least needed one first.
    ColumnRoom(QTableView* table, int reader, QList<int> givesWay);
    static ColumnRoom* of(const QTableView& table);  // nullptr: the table has none

    void setNeeded(int px);  // what the reader column needs to be read
    void choose(int column, bool shown);
    const QSet<int>& asked() const { return m_asked; }  // columns that somebody wants to see
    void setAsked(const QSet<int>& columns) { m_asked = columns; }

    // Every column that gave way is back, to be measured or stored; fit() ends it.
    void release();
    void fit();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QTableView* m_table;
    int m_reader;
    QList<int> m_givesWay;
    int m_needed = 0;
    QSet<int> m_asked;
    QHash<int, int> m_away;  // column and its width
};

}  // namespace cvd::ui
