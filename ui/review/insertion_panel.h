// The list of insertions; touches shorter than a second are listed apart.
#pragma once

#include <QWidget>

#include "ui/review/review_data.h"

class QCheckBox;
class QLabel;
class QStackedWidget;
class QTableView;

namespace cvd::ui {

class InsertionFilter;
class InsertionModel;
class ScopeChip;

class InsertionPanel : public QWidget {
    Q_OBJECT
public:
    explicit InsertionPanel(QWidget* parent = nullptr);

    void setInsertions(const QList<Insertion>& insertions);  // keeps the selection, quietly
    void setEmptyText(const QString& sentence);
    qint64 currentId() const { return m_current; }  // 0: none
    void select(qint64 id);                         // quietly; shows touches when it is one

    // Only these, with a button that says so and takes it back; goes to the first of them.
    void showOnly(const QList<qint64>& ids, const QString& label);

    InsertionModel* model() const { return m_model; }
    InsertionFilter* filter() const { return m_filter; }
    QTableView* table() const { return m_table; }
    void applyPalette();

Q_SIGNALS:
    void currentChanged(qint64 id);  // by the user: go there
    void activated(qint64 id);       // double click, Enter: play it

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void fitColumns();
    void retranslate();

    InsertionModel* m_model;
    InsertionFilter* m_filter;
    QLabel *m_summary, *m_empty;
    QCheckBox* m_touches;
    ScopeChip* m_scope;
    QStackedWidget* m_stack;
    QTableView* m_table;
    QString m_emptyText;
    qint64 m_current = 0;
    bool m_quiet = false;
};

}  // namespace cvd::ui
