// The list of violations with its filters, and the details of the one that is selected.
#pragma once

#include <QHash>
#include <QSet>
#include <QWidget>

#include "ui/review/review_data.h"

class QAction;
class QGridLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QMenu;
class QPushButton;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace cvd::ui {

class ActionButton;
class FilterChip;
class ScopeChip;
class ViolationFilter;
class ViolationModel;

class ViolationPanel : public QWidget {
    Q_OBJECT
public:
    explicit ViolationPanel(QWidget* parent = nullptr);

    // Selection and filters stay where they still make sense; nothing is announced.
    void setViolations(const QList<ReviewViolation>& violations);
    // Why the list is empty when there are no violations at all.
    void setEmptyText(const QString& sentence);
    void setReadOnly(bool readOnly, const QString& why);
    void setInsertions(const QList<Insertion>& insertions) { m_insertions = insertions; }

    qint64 currentId() const;           // 0: none
    QList<qint64> selectedIds() const;  // violations proper, in the order of the list
    void select(qint64 id);             // quietly, clears filters that hide it
    qint64 neighbour(int direction, double fromS) const;  // by the order of the list
    QSet<qint64> visibleIds() const;
    bool isFiltering() const;
    // Only these, with a button that says so and takes it back; other filters are cleared. Goes to
    // the first of them, as if the user had chosen it.
    void showOnly(const QList<qint64>& ids, const QString& label);
    QString note() const;

    // The next one after the current on which nobody has said anything, around the end; 0: none.
    qint64 nextOpen(const QList<qint64>& leaveOut) const;

    // What the verdict keys do.
    void giveVerdict(ReviewVerdict verdict, const QString& reason = {});
    void askForReason();  // the menu of reasons for a false alarm

    ViolationModel* model() const { return m_model; }
    ViolationFilter* filter() const { return m_filter; }
    QTableView* table() const { return m_table; }
    void applyPalette();
    void setVerdictActions(QAction* confirm, QAction* falseAlarm, QAction* undecided);

Q_SIGNALS:
    void currentChanged(qint64 id);  // by the user: go there
    void activated(qint64 id);       // double click, Enter: play it
    void verdictRequested(const QList<qint64>& ids, cvd::ui::ReviewVerdict verdict,
                          const QString& reason, const QString& note);
    void filterChanged();
    void insertionRequested(qint64 insertionId);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeFilters();
    void makeDetails();
    void fillChips();
    void applyFilters();
    void updateCounter();
    void updateDetails();
    void fitColumns();
    void retranslate();
    void saveNote();
    QLabel* addDetail(int row, int column, QLabel** title);

    ViolationModel* m_model;
    ViolationFilter* m_filter;
    FilterChip *m_ruleChip, *m_verdictChip, *m_severityChip;
    ScopeChip* m_scope;
    QToolButton* m_cannotJudge;
    QLineEdit* m_search;
    QLabel* m_counter;
    QStackedWidget* m_stack;
    QTableView* m_table;
    QLabel* m_empty;
    QPushButton* m_clearFilters;
    QWidget* m_details;
    QLabel *m_title, *m_titleIcon, *m_reason, *m_source;
    QLabel *m_measuredTitle, *m_measured, *m_confidenceTitle, *m_confidence;
    QLabel *m_insertionTitle, *m_insertion, *m_positionTitle, *m_position, *m_sourceTitle;
    QGridLayout* m_grid;
    ActionButton *m_confirm, *m_falseAlarm, *m_undecided;
    QLineEdit* m_note;
    QLabel* m_noteHint;
    QListWidget* m_history;
    QMenu* m_reasons;
    QString m_emptyText, m_readOnlyWhy;
    QList<Insertion> m_insertions;
    QHash<qint64, QString> m_drafts;  // notes that belong to no verdict yet
    qint64 m_current = 0;
    bool m_quiet = false;
    bool m_readOnly = false;
};

}  // namespace cvd::ui
