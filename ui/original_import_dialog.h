// Takes over an installation of the original system: where its server and media folder are, a look
// at what would come, and then the taking over, with a line for each person and project.
// Administrators only. GUI thread; the work runs in a thread with connections of its own.
#pragma once

#include <QDialog>
#include <QFutureWatcher>
#include <atomic>
#include <memory>

#include "core/projects/original_import.h"
#include "ui/app_context.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTableWidget;

namespace cvd::ui {

class Banner;

class OriginalImportDialog : public QDialog {
    Q_OBJECT
public:
    explicit OriginalImportDialog(AppContext& context, QWidget* parent = nullptr);
    ~OriginalImportDialog() override;  // cancels and waits

    bool isRunning() const { return m_watcher != nullptr; }
    void reject() override;

Q_SIGNALS:
    void takenOver();

private:
    using Outcome = std::shared_ptr<Result<projects::OriginalReport>>;
    void build();
    QString whatIsMissing() const;
    void updateState();
    void run(bool dryRun);
    void finish();
    void show(const projects::OriginalReport& report);

    AppContext& m_context;
    Banner* m_banner;
    QLineEdit *m_server, *m_password, *m_media;
    QCheckBox *m_link, *m_reset;
    QTableWidget* m_table;
    QLabel* m_summary;
    QProgressBar* m_bar;
    QPushButton *m_browse, *m_look, *m_take, *m_close;
    QFutureWatcher<Outcome>* m_watcher = nullptr;
    std::shared_ptr<std::atomic<bool>> m_stop;
    bool m_dryRun = true;
};

}  // namespace cvd::ui
