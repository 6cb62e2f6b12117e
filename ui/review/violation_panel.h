// The list of violations with its filters, and the details of the one that is selected.
#pragma once

#include <QHash>
#include <QSet>

#include "ui/review/finding_panel.h"
#include "ui/review/review_data.h"

class QAction;
class QGridLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QMenu;
class QToolButton;

namespace cvd::ui {

class ActionButton;
class FilterChip;
class RangeChip;
class ScopeChip;
class ViolationFilter;
class ViolationModel;

class ViolationPanel : public FindingPanel {
    Q_OBJECT
public:
    explicit ViolationPanel(QWidget* parent = nullptr);

    // Selection and filters stay where they still make sense; nothing is announced.
    void setViolations(const QList<ReviewViolation>& violations);
    void setReadOnly(bool readOnly, const QString& why);
    void setInsertions(const QList<Insertion>& insertions) { m_insertions = insertions; }

    QList<qint64> selectedIds() const;  // violations proper, in the order of the list
    void select(qint64 id);             // quietly, clears filters that hide it
    void keep(qint64 id);               // the same, but leaves the filters alone
    qint64 neighbour(int direction, double fromS) const;  // by the order of the list
    QSet<qint64> visibleIds() const;
    bool isFiltering() const;
    void clearFilters();
    // Only these, with a button that says so and takes it back; other filters are cleared. Goes to
    // the first of them, as if the user had chosen it.
    void showOnly(const QList<qint64>& ids, const QString& label);
    QString note() const;
    // Notes by violation that were typed and belong to no verdict yet.
    QHash<qint64, QString> noteDrafts() const { return m_drafts; }
    // Exactly these from now on, less those of violations that are not in the list. How many stay.
    int takeNoteDrafts(const QHash<qint64, QString>& drafts);

    // The next one after the current on which nobody has said anything, around the end; 0: none.
    // `unseen`: the next one that the signed-in person has not looked at.
    qint64 nextOpen(const QList<qint64>& leaveOut, bool unseen = false) const;

    // What the verdict keys do.
    void giveVerdict(ReviewVerdict verdict, const QString& reason = {});
    void askForReason();  // the menu of reasons for a false alarm
    void startNote();     // the cursor goes into the note

    ViolationModel* model() const { return m_model; }
    ViolationFilter* filter() const { return m_filter; }
    void applyPalette() override;
    void setVerdictActions(QAction* confirm, QAction* falseAlarm, QAction* undecided);

Q_SIGNALS:
    void verdictRequested(const QList<qint64>& ids, cvd::ui::ReviewVerdict verdict,
                          const QString& reason, const QString& note);
    void noteDraftsChanged();
    void filterChanged();
    void insertionRequested(qint64 insertionId);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    int rowOfId(qint64 id) const override;
    void currentRowChanged() override { updateDetails(); }
    void emptyTextChanged() override { applyFilters(); }
    void makeFilters();
    void makeDetails();
    void fillChips();
    void applyFilters();
    void labelCannotJudge();
    void updateCounter();
    void updateDetails();
    void fitColumns();
    void retranslate() override;
    void saveNote();
    void leaveField(bool discard);
    void dropDrafts(const QList<qint64>& ids);
    QLabel* addDetail(int row, int column, QLabel** title);

    ViolationModel* m_model;
    ViolationFilter* m_filter;
    FilterChip *m_ruleChip, *m_verdictChip, *m_severityChip, *m_peopleChip;
    RangeChip *m_scoreChip, *m_timeChip;
    ScopeChip* m_scope;
    QToolButton* m_cannotJudge;
    QLineEdit* m_search;
    QLabel* m_counter;
    QWidget* m_details;
    QLabel *m_title, *m_titleIcon, *m_reason, *m_source;
    QLabel *m_measuredTitle, *m_measured, *m_confidenceTitle, *m_confidence;
    QLabel *m_insertionTitle, *m_insertion, *m_positionTitle, *m_position, *m_sourceTitle;
    QGridLayout* m_grid;
    ActionButton *m_confirm, *m_falseAlarm, *m_undecided;
    QLineEdit* m_note;
    QLabel *m_noteHint, *m_several;
    QListWidget* m_history;
    QMenu* m_reasons;
    QString m_readOnlyWhy;
    QList<Insertion> m_insertions;
    QHash<qint64, QString> m_drafts;  // notes that belong to no verdict yet
    bool m_readOnly = false;
    bool m_noteIsReason = false;  // Enter in the note calls it a false alarm
    QWidget* m_chips;
    QToolButton* m_showChips;  // of a low window, where the list needs the room
    bool m_compact = false;
};

}  // namespace cvd::ui
