// The first-use tour: from the sample pour to a report, done by the user himself. A card says what
// to do next, stands beside the button concerned and goes on when it was done. Nothing is blocked:
// somebody may do other things in between and comes back with "Go there". GUI thread.
#pragma once

#include <QFutureWatcher>
#include <QPointer>
#include <QTimer>

#include "core/base/ids.h"
#include "ui/app_context.h"

namespace cvd::ui {

class Shell;
class TourCard;
class TourRing;

class Tour : public QObject {
    Q_OBJECT
public:
    enum class Step { Run, Wait, Review, Find, Judge, Plan, Report, End };
    static constexpr int kSteps = int(Step::End) + 1;

    Tour(Shell& shell, AppContext& context);
    ~Tour() override;

    // Why there can be no tour; empty when there can.
    static QString whyNot(const AppContext& context);
    // With the sample project where it is known; else it is looked for or made, in another thread.
    void start(ProjectId sample = {});
    void leave();
    bool isRunning() const { return m_running; }
    Step step() const { return m_step; }
    ProjectId sample() const { return m_sample; }
    TourCard* card() const { return m_card; }

    void noteReport();  // a report was made

Q_SIGNALS:
    void ended(bool finished);
    void failed(const cvd::Error& error);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Target {
        QWidget* widget = nullptr;
        QRect part;  // of the widget; null: all of it
    };

    void begin(ProjectId sample);
    void look();    // asks what the sample's project has meanwhile
    void update();  // goes on where a step is done, places the card
    void describe();
    void goThere();
    void help();  // the card's button
    bool isDone(Step step) const;
    bool isHere() const;  // the page of the step is open
    Target target() const;
    Target progressTarget() const;
    QRect targetRect() const;  // in the shell's coordinates; empty: not on screen
    QString keyOf(const char* action) const;
    void toCardAndBack();

    Shell& m_shell;
    AppContext& m_context;
    TourCard* m_card;
    TourRing* m_ring;
    QTimer m_follow;  // the card follows its widget through layouts and scrolling
    QFutureWatcher<Result<ProjectId>> m_making;
    QPointer<QWidget> m_before;  // had the focus before the card
    ProjectId m_sample;
    Step m_step = Step::Run;
    bool m_running = false;
    bool m_active = false, m_hasResult = false, m_ran = false;  // the sample's detection
    bool m_found = false, m_judged = false, m_planned = false, m_reported = false;
};

}  // namespace cvd::ui
