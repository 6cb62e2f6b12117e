// What the lists of violations and of insertions share: a table over a sorted model, a page that
// explains an empty list, the row that is current, and how it is told apart from what the program
// selects by itself.
#pragma once

#include <QWidget>

class QAbstractItemModel;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace cvd::ui {

class ColumnRoom;

// The role under which the models of both lists keep a row's id.
inline constexpr int kFindingIdRole = Qt::UserRole + 1;

class FindingPanel : public QWidget {
    Q_OBJECT
public:
    qint64 currentId() const { return m_current; }  // 0: none
    QTableView* table() const { return m_table; }
    void setEmptyText(const QString& sentence);  // why there is nothing at all

Q_SIGNALS:
    void currentChanged(qint64 id);  // by the user: go there
    void activated(qint64 id);       // double click, Enter: play it

protected:
    explicit FindingPanel(QWidget* parent);
    // To be called once by the constructor of the list: `model` is the sorted and filtered one.
    // `readFirst` takes the room that the other columns leave; `givesWay` as ColumnRoom has it.
    void makeTable(const char* tableName, const char* emptyName, QAbstractItemModel* model,
                   int sortColumn, int readFirst, const QList<int>& givesWay);
    QWidget* listArea() const;

    // Where a row of that id is now; -1: hidden or gone.
    virtual int rowOfId(qint64 id) const = 0;
    virtual void currentRowChanged() {}  // before currentChanged() is announced
    virtual void emptyTextChanged() = 0;
    virtual void retranslate() = 0;
    virtual void applyPalette() = 0;

    // Makes the current id's row the selected one, quietly.
    void markCurrentRow(bool scroll);
    // Shows the explanation instead of the table, with a button when there is something to do.
    void showEmpty(bool empty, const QString& sentence, const QString& button = {});
    int widestOf(const QStringList& samples) const;  // in pixels
    // As wide as the widest sample or, with `header`, the column's title.
    void setWidth(int column, const QStringList& samples, int extra);

    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

    QTableView* m_table = nullptr;
    ColumnRoom* m_room = nullptr;
    QStackedWidget* m_stack = nullptr;
    QLabel* m_empty = nullptr;
    QPushButton* m_emptyButton = nullptr;
    QString m_emptyText;
    qint64 m_current = 0;
    bool m_quiet = false;

private:
    void chooseColumns(const QPoint& at);
};

}  // namespace cvd::ui
