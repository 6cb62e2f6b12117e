// All detections: what runs, what waits, what failed and why.
#pragma once

#include <QWidget>

#include "core/accounts/session.h"
#include "core/jobs/job_queue.h"

class QLabel;
class QPushButton;
class QTableView;

namespace cvd::ui {

class JobsModel;

class JobsPage : public QWidget {
    Q_OBJECT
public:
    JobsPage(jobs::JobQueue& queue, accounts::Session session, QWidget* parent = nullptr);

    void refresh();
    int activeJobs() const;

Q_SIGNALS:
    void failed(const cvd::Error& error);
    void activeJobsChanged(int count);
    void projectRequested(cvd::ProjectId project);

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void updateActions();
    const jobs::JobInfo* current() const;
    void act(const std::function<Status(JobId)>& action);
    void showLog();

    jobs::JobQueue& m_queue;
    accounts::Session m_session;
    JobsModel* m_model = nullptr;
    QTableView* m_table = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_empty = nullptr;
    QLabel* m_detail = nullptr;
    QPushButton* m_open = nullptr;
    QPushButton* m_pause = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_retry = nullptr;
    QPushButton* m_forget = nullptr;
    QPushButton* m_log = nullptr;
    QPushButton* m_copy = nullptr;
};

}  // namespace cvd::ui
