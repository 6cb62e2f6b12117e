// The tab "Plan" of the review page: the pour from above with its switches, what lies under the
// cursor, exports; without a calibration what to do about it.
#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "ui/review/plan_view.h"
#include "ui/review/review_data.h"

class QAction;
class QComboBox;
class QLabel;
class QMenu;
class QPushButton;
class QStackedLayout;
class QToolButton;

namespace cvd::ui {

class PlanPanel : public QWidget {
    Q_OBJECT
public:
    explicit PlanPanel(QWidget* parent = nullptr);

    void setBaseName(const QString& name) { m_baseName = name; }  // of saved files
    void setData(const ReviewData& review);
    void setCurrentInsertion(qint64 id);
    void setCurrentViolation(const std::optional<Violation>& violation);
    void setShownTime(double timeS);
    PlanView* view() const { return m_view; }
    std::shared_ptr<const report::PlanData> plan() const { return m_plan; }
    QString readout() const;
    QString emptyText() const;  // empty while a plan is shown
    // False with a sentence in `error`.
    bool exportPicture(const QString& file, QString* error) const;
    bool exportTable(const QString& file, QString* error) const;

Q_SIGNALS:
    void insertionClicked(qint64 id);
    void calibrateRequested();
    void planReady();  // the plan changed; null when there is none
    void exported(const QString& file);

protected:
    void changeEvent(QEvent* event) override;

private:
    QString m_baseName;
    void makeSwitches();
    void readSwitches();
    void makeShown();
    void hover(const std::optional<PointM>& place);
    void click(const PointM& place);
    void chooseExport(bool picture);
    void retranslate();

    QStackedLayout* m_stack;
    QWidget *m_planPage, *m_emptyPage;
    QLabel *m_emptyTitle, *m_emptyText;
    QPushButton* m_calibrate;
    QComboBox* m_fill;
    QToolButton *m_show, *m_zoomIn, *m_zoomOut, *m_fit, *m_export;
    QMenu *m_showMenu, *m_exportMenu;
    QAction *m_discs, *m_numbers, *m_order, *m_gaps, *m_forms, *m_planned, *m_error, *m_follow;
    QAction *m_savePicture, *m_saveTable;
    PlanView* m_view;
    QLabel *m_warning, *m_readout;
    std::shared_ptr<const report::PlanData> m_plan;
    QString m_videoPath, m_problem;
    bool m_hasResult = false;
    double m_timeS = 0;
};

}  // namespace cvd::ui
