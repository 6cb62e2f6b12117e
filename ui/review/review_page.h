// The review workspace of one result: player, timeline, list of violations and insertions, heat
// map.
//
// The page knows no database. Give it a ReviewData, listen to verdictChanged(); ReviewController
// (review_controller.h) does both for a project. Everything runs in the GUI thread; decoding has
// its own thread inside the player.
//
// Keys (all as QActions, see actions()): they act while the focus is inside the page or its
// full-screen player, and not while somebody types into a text field.
#pragma once

#include <QHash>
#include <QList>
#include <QWidget>
#include <memory>

#include "ui/review/review_data.h"

class QAction;

namespace cvd::ui {

class AnnotationBar;
class AnnotationEditor;
class ChartsPanel;
class HeatMapPanel;
class InsertionPanel;
class PlanPanel;
class PlayerWidget;
class TimelineStrip;
class ViolationPanel;

class ReviewPage : public QWidget {
    Q_OBJECT
public:
    explicit ReviewPage(QWidget* parent = nullptr);
    ~ReviewPage() override;

    // Shows another result. Selection and position are kept when `data` is about the same video
    // (a refresh), and start anew otherwise. Returns at once; the video opens in the background.
    void setData(ReviewData data);
    const ReviewData& data() const;
    // The same result after a correction by hand: what was done can still be undone.
    void replaceFindings(ReviewData data);
    // While the judgement with a correction is on its way.
    void setJudging(bool judging);
    void clear();  // stops playback and closes the video file, for leaving the page

    // Replaces the history of one violation, for example after the database accepted or refused it.
    void setHistory(qint64 violationId, const QList<VerdictEntry>& history);
    void setHistories(const QHash<qint64, QList<VerdictEntry>>& histories);

    // A plain sentence above the video that stays until dismissed (errors of the database, of
    // files).
    void showMessage(const QString& sentence, const QString& detail = {});

    FrameIndex shownFrame() const;  // the frame on screen; negative: none yet
    void seek(FrameIndex frame);
    // Where somebody left this pour; a violation that is gone is left out.
    void comeBackTo(FrameIndex frame, qint64 violation);
    void showViolation(qint64 violationId);  // selects it and goes to its start

    // Every action that has a key, each with objectName, text and shortcut, for the program's
    // registry of keys and its key sheet.
    QList<QAction*> reviewActions() const;

    // Tab, chart and splitters, to be kept from one start of the program to the next.
    QByteArray layoutState() const;
    void restoreLayout(const QByteArray& state);

    PlayerWidget* player() const;
    ViolationPanel* violationPanel() const;
    InsertionPanel* insertionPanel() const;
    HeatMapPanel* heatMapPanel() const;
    PlanPanel* planPanel() const;
    ChartsPanel* chartsPanel() const;
    TimelineStrip* timeline() const;
    AnnotationEditor* annotationEditor() const;
    AnnotationBar* annotationBar() const;

Q_SIGNALS:
    void verdictChanged(qint64 violationId, cvd::ui::ReviewVerdict verdict, const QString& reason,
                        const QString& note);
    // The same for all that one act decided, once; what is stored.
    void verdictsGiven(const QList<cvd::ui::VerdictChange>& changes);
    // Something was put right by hand (`forward`), or that is taken back. To be stored, with
    // `step->added` filled in; then replaceFindings().
    void correctionRequested(const std::shared_ptr<cvd::ui::CorrectionStep>& step, bool forward);
    // The person who is signed in has looked at these, or takes that back.
    void seenChanged(const QList<qint64>& violationIds, bool seen);
    void shownFrameChanged(cvd::FrameIndex frame, double timeS);
    void currentViolationChanged(qint64 violationId);  // 0: none
    void exportRequested();                            // of the result on screen
    void calibrateRequested();                         // of the project on screen
    void judgeRequested();                             // again, under another profile
    void projectRequested(qint64 project);             // another pour of the comparison
    void backRequested();                              // the back button: leave the page

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace cvd::ui
