// What happened to one detection, line by line; grows while it runs.
#pragma once

#include <QDialog>

#include "core/accounts/session.h"
#include "core/jobs/job_queue.h"

class QPlainTextEdit;
class QPushButton;

namespace cvd::ui {

class ElidedLabel;

class JobLogDialog : public QDialog {
    Q_OBJECT
public:
    JobLogDialog(jobs::JobQueue& queue, accounts::Session session, JobId job,
                 QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void refresh();
    QString lines() const;

    jobs::JobQueue& m_queue;
    const accounts::Session m_session;
    const JobId m_job;
    jobs::JobInfo m_info;
    ElidedLabel* m_title = nullptr;
    QPlainTextEdit* m_text = nullptr;
    QPushButton* m_copy = nullptr;
};

}  // namespace cvd::ui
