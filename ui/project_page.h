// One project: its video, how it is judged, the detection that runs, the results. GUI thread.
#pragma once

#include <optional>

#include <QElapsedTimer>
#include "core/jobs/job_queue.h"
#include "core/projects/project_types.h"
#include "ui/app_context.h"
#include "ui/widgets.h"

class QComboBox;
class QFrame;
class QGridLayout;
class QProgressBar;
class QStandardItemModel;
class QTableView;
class QTimer;

namespace cvd::ui {

class KeyRegistry;

class ProjectPage : public Page {
    Q_OBJECT
public:
    ProjectPage(AppContext& context, KeyRegistry& keys, QWidget* parent = nullptr);

    // False, with the reason in failed(), when it cannot be read.
    bool open(ProjectId id);
    void refresh();
    void close();
    const std::optional<projects::Project>& project() const { return m_project; }
    ResultId selectedResult() const;

    // Empty: can be done. For the registry's actions.
    QString whyNotRun() const;
    QString whyNotPause() const;
    QString whyNotCancel() const;
    QString whyNotReview() const;
    QString whyNotDelete() const;
    void run();
    void pauseOrResume();
    void cancel();
    void deleteProject();  // asks first
    void fillProfiles();
    void fillModels();  // they may have changed

Q_SIGNALS:
    void stateChanged();  // the reasons above may differ now
    void calibrateRequested(cvd::ProjectId project);
    void exportRequested(cvd::ProjectId project, cvd::ResultId result);
    void reviewRequested(cvd::ProjectId project, cvd::ResultId result);
    void deleted();
    void failed(const cvd::Error& error);

protected:
    void retranslate() override;
    void restyle() override;

private:
    QWidget* headRow();
    QFrame* videoCard();
    QFrame* detectionCard();
    QFrame* resultsCard();
    void addFact(QGridLayout* grid, int row);
    void showFacts();
    void showCalibration();
    void showJob();
    void showProgress(const jobs::JobProgress& progress);
    void showResults();
    void showThumbnail();
    void edit();
    void importCalibration();
    void removeCalibration();
    void report(const Status& status);
    void updateButtons();

    AppContext& m_context;
    KeyRegistry& m_keys;
    std::optional<projects::Project> m_project;
    std::optional<jobs::JobInfo> m_job;  // the newest
    QList<projects::ResultInfo> m_results;

    QToolButton* m_back;
    ElidedLabel* m_title;
    class ChipLabel* m_chip;
    QElapsedTimer m_sinceRun;  // since the button was pressed
    QPushButton *m_edit, *m_delete, *m_run, *m_pause, *m_cancel, *m_review, *m_export;
    Banner* m_banner;
    QLabel *m_videoHead, *m_detectionHead, *m_resultsHead;
    QLabel* m_thumbnail;
    QList<QLabel*> m_factNames;
    QList<ElidedLabel*> m_factValues;
    QLabel* m_description;
    QLabel *m_profileLabel, *m_calibrationLabel, *m_modelLabel;
    QComboBox* m_profile;
    QLabel* m_calibration;
    QPushButton* m_calibrate;
    QPushButton *m_importCalibration, *m_removeCalibration;
    QComboBox* m_model;
    QProgressBar* m_bar;
    QLabel* m_progress;
    Banner* m_jobBanner;
    QTableView* m_table;
    QStandardItemModel* m_tableModel;
    QLabel* m_noResults;
};

}  // namespace cvd::ui
