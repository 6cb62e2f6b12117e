// Exports a result: report, tables, clips, video, evidence package. What is on the screen is what
// is exported: its filter, the verdicts and corrections as they stand when the export starts. The
// work is done in a thread of its own with services of its own; the person may go on reviewing.
// GUI thread.
#pragma once

#include <atomic>
#include <memory>
#include <optional>

#include <QDialog>
#include <QFutureWatcher>
#include <QSet>

#include "core/base/ids.h"
#include "core/report/export.h"
#include "ui/app_context.h"

class QCheckBox;
class QComboBox;
class QDateEdit;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace cvd::ui {

class Banner;

struct ExportSubject {
    ProjectId project;
    ResultId result;
    QString title;
    // Ids of the violations that the list shows; empty optional: it is not filtered.
    std::optional<QSet<qint64>> shown;
};

class ExportDialog : public QDialog {
    Q_OBJECT
public:
    ExportDialog(AppContext& context, ExportSubject subject, QWidget* parent = nullptr);
    ~ExportDialog() override;  // cancels and waits

    const ExportSubject& subject() const { return m_subject; }
    bool isRunning() const { return m_watcher != nullptr; }
    void start();
    void reject() override;  // cancels what runs first
    const std::optional<report::ExportOutcome>& outcome() const { return m_outcome; }

Q_SIGNALS:
    void ended();  // done, failed or cancelled

private:
    struct Format {
        report::Part part;
        QCheckBox* box;
    };
    using Made = std::shared_ptr<Result<report::ExportOutcome>>;

    void build();
    QWidget* choices();
    QWidget* formats();
    QWidget* options();
    QString whyNoVideo() const;
    QString whyNotStart() const;
    bool chosen(report::Part part) const;
    report::ExportOptions wanted() const;
    void chooseFolder();
    void updateState();
    void showProgress(const report::ExportProgress& progress);
    void finish();
    void remember() const;

    AppContext& m_context;
    ExportSubject m_subject;
    QString m_noVideo;  // why there are no clips; empty: there is a video
    QList<Format> m_formats;
    QComboBox *m_language, *m_which;
    QCheckBox *m_pictures, *m_plan, *m_insertions, *m_signatures, *m_hasDate, *m_overlay,
        *m_caption;
    QDateEdit* m_date;
    QDoubleSpinBox* m_lead;
    QLineEdit* m_folder;
    QPushButton *m_choose, *m_start, *m_cancel, *m_open, *m_show;
    QLabel *m_target, *m_stage, *m_done;
    QProgressBar* m_bar;
    Banner* m_banner;
    QFutureWatcher<Made>* m_watcher = nullptr;
    std::shared_ptr<std::atomic<bool>> m_stop;
    std::optional<report::ExportOutcome> m_outcome;
};

}  // namespace cvd::ui
