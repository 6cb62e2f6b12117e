// Takes videos into the library: names, copy or link, profile, calibration, progress, and the
// reason for each file that is refused. GUI thread.
#pragma once

#include <QDialog>
#include <memory>

#include "ui/app_context.h"
#include "ui/import_task.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QRadioButton;
class QTableWidget;

namespace cvd::ui {

class Banner;

class ImportDialog : public QDialog {
    Q_OBJECT
public:
    ImportDialog(AppContext& context, const QStringList& files, QWidget* parent = nullptr);
    ~ImportDialog() override;

    void addFiles(const QStringList& files);
    const QList<ProjectId>& imported() const { return m_imported; }
    bool isRunning() const { return m_task != nullptr; }
    void reject() override;  // cancels what runs first

Q_SIGNALS:
    void projectImported(cvd::ProjectId project);

private:
    void build();
    void chooseFiles();
    void chooseCalibration();
    void start();
    void afterImport(int item, ProjectId project);
    void showRefusal(int item, const Error& error);
    void finish(bool cancelled);
    void updateState();
    void setRowState(int row, const QString& text, const QString& toolTip = {});

    AppContext& m_context;
    QTableWidget* m_files;
    QPushButton* m_add;
    QRadioButton *m_copy, *m_link;
    QComboBox* m_profile;
    QLineEdit* m_calibration;
    QPushButton* m_chooseCalibration;
    QCheckBox* m_run;
    Banner* m_banner;
    QProgressBar* m_bar;
    QLabel* m_progress;
    QPushButton *m_import, *m_cancel;
    std::unique_ptr<ImportTask> m_task;
    QList<int> m_rows;  // row of each item of the running task
    QList<ProjectId> m_imported;
    int m_refused = 0;
    QStringList m_reasons;  // of the refused files
};

// The kinds of files that the file dialog offers first.
QString videoFileFilter();
// Whether a drop of these files makes sense (folders and web addresses do not).
bool looksLikeVideo(const QString& file);

}  // namespace cvd::ui
