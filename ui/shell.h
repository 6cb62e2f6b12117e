// What a signed-in user sees: top bar and pages. Destroyed at sign-out. GUI thread.
#pragma once

#include <QPointer>
#include <QTimer>

#include "ui/app_context.h"
#include "ui/key_registry.h"
#include "ui/widgets.h"

class QButtonGroup;
class QHBoxLayout;
class QLineEdit;
class QMenu;
class QStackedWidget;

namespace cvd::ui {

class AuditPage;
class CalibrationPage;
class DashboardPage;
class ExportDialog;
class ImportDialog;
class JobsPage;
class ModelsPage;
class KeySheet;
class ProfilesPage;
class ProjectPage;
class ProjectsPage;
class NoteDrafts;
class ReviewController;
class ReviewPage;
class Tour;
class UsersPage;

class Shell : public Page {
    Q_OBJECT
public:
    explicit Shell(AppContext& context, QWidget* parent = nullptr);
    ~Shell() override;

    KeyRegistry& keys() { return *m_keys; }
    ProjectsPage* projectsPage() const { return m_projects; }
    ProjectPage* projectPage() const { return m_project; }
    JobsPage* jobsPage() const { return m_jobs; }
    ModelsPage* modelsPage() const { return m_models; }
    ProfilesPage* profilesPage() const { return m_profiles; }
    UsersPage* usersPage() const { return m_users; }  // null for a normal user
    AuditPage* auditPage() const { return m_audit; }  // null for a normal user
    CalibrationPage* calibrationPage() const { return m_calibration; }
    ReviewPage* reviewPage() const { return m_review; }
    DashboardPage* dashboardPage() const { return m_dashboard; }
    QWidget* currentPage() const;

    void showProjects();
    void openProject(ProjectId project);
    void openReview(ProjectId project, ResultId result);
    void openCalibration(ProjectId project);
    ProjectId reviewedProject() const;  // whose review is open or was last
    // Shows from the sample pour how the program is used; see Tour::start.
    void startTour(ProjectId sample = {});
    Tour* tour() const { return m_tour; }
    // The dialog that exports a result; one at a time.
    ExportDialog* exportResult(ProjectId project, ResultId result);
    void judgeAgain();  // the result that is reviewed
    // Opens the dialog with these files (or asks for them when there are none).
    ImportDialog* importVideos(const QStringList& files);
    bool mayClose();  // asks when a detection runs
    // Page, project, position and filters: kept when the window closes, for the same user.
    void saveSession();
    // The same without widths and columns, which takes no time; done from time to time, so that a
    // program that dies comes back where it was.
    void savePlace();
    void restoreSession();
    void tellOfSuddenEnd();  // the program before this one died

Q_SIGNALS:
    void signOutRequested();
    void databaseChangeRequested();
    void titleChanged(const QString& title);
    void helpRequested(const QString& topic);  // "review#timeline"

protected:
    void retranslate() override;
    void restyle() override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void takeNotesBack();  // those of the shown result that belong to no verdict yet
    SessionState place() const;
    QWidget* topBar();
    QWidget* searchRow();
    void arrangeSearch(bool narrow);
    void showSearchRow(bool open);
    QToolButton* tabFor(Act act, QWidget* bar);
    void buildPages();
    void connectActions();
    void connectPages();
    void buildUserMenu();
    void showPage(QWidget* page, Act tab);
    void updateActions();
    void updateConnection();
    void tellWhyNothingIsStored(bool away);
    void updateJobCount(int count);
    void refreshCurrent();
    void noteFailure(const Error& error);
    void openSettings();
    void changePassword();
    void takeOverOriginal();
    void showHelp();
    void showKeySheet();
    void applySettings();
    void rememberSound();
    void fillRecent();
    void showAbout();
    void runDetection();
    void leaveReview();

    AppContext& m_context;
    KeyRegistry* m_keys;
    QLabel *m_mark, *m_program;
    QButtonGroup* m_tabs;
    QLineEdit* m_search;
    QToolButton* m_openSearch;          // of a narrow window, where the field has a row of its own
    QHBoxLayout *m_bar, *m_searchLine;  // the field is in one of them
    QFrame* m_searchRow;
    bool m_narrow = false;
    QToolButton *m_database, *m_help, *m_user;
    QMenu *m_userMenu, *m_languageMenu, *m_themeMenu, *m_helpMenu, *m_recentMenu;
    Banner* m_banner;
    QStackedWidget* m_pages;
    ProjectsPage* m_projects;
    ProjectPage* m_project;
    JobsPage* m_jobs;
    ModelsPage* m_models;
    ProfilesPage* m_profiles = nullptr;
    UsersPage* m_users = nullptr;
    AuditPage* m_audit = nullptr;
    CalibrationPage* m_calibration = nullptr;
    ReviewPage* m_review = nullptr;
    DashboardPage* m_dashboard = nullptr;
    ReviewController* m_reviewController = nullptr;
    NoteDrafts* m_noteDrafts = nullptr;
    ProjectId m_reviewed;                                   // whose filters the review page has
    QHash<qint64, std::pair<FrameIndex, qint64>> m_places;  // by project: frame and violation
    Tour* m_tour = nullptr;
    QTimer m_savePlace;
    QPointer<ImportDialog> m_import;
    QPointer<ExportDialog> m_export;
    QPointer<KeySheet> m_keySheet;
    int m_activeJobs = 0;
    bool m_nothingIsStored = false;
};

}  // namespace cvd::ui
