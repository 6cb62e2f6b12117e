#include "ui/shell.h"

#include <QApplication>
#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QResizeEvent>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include "core/projects/dashboard.h"
#include "core/storage/connection_settings.h"
#include "core/storage/problem.h"
#include "core/text/text.h"
#include "ui/ask.h"
#include "ui/audit_page.h"
#include "ui/calibration/calibration_page.h"
#include "ui/dashboard_page.h"
#include "ui/export_dialog.h"
#include "ui/help/guide.h"
#include "ui/import_dialog.h"
#include "ui/jobs_page.h"
#include "ui/judge_dialog.h"
#include "ui/key_sheet.h"
#include "ui/language.h"
#include "ui/log_file.h"
#include "ui/main_window.h"
#include "ui/models_page.h"
#include "ui/note_drafts.h"
#include "ui/original_import_dialog.h"
#include "ui/password_dialog.h"
#include "ui/profiles_page.h"
#include "ui/project_page.h"
#include "ui/project_text.h"
#include "ui/projects_page.h"
#include "ui/review/player_widget.h"
#include "ui/review/review_controller.h"
#include "ui/review/review_page.h"
#include "ui/review/sound.h"
#include "ui/review/violation_panel.h"
#include "ui/settings_dialog.h"
#include "ui/table_layouts.h"
#include "ui/theme.h"
#include "ui/tour/tour.h"
#include "ui/users_page.h"

namespace cvd::ui {
namespace {

constexpr int kSavePlaceMs = 15000;

QStringList droppedVideos(const QMimeData* data) {
    QStringList files;
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile()) {
            files << url.toLocalFile();
        }
    }
    return files;
}

void addChoice(QMenu* menu, const QString& text, bool checked, QObject* context,
               const std::function<void()>& chosen) {
    QAction* action = menu->addAction(text);
    action->setCheckable(true);
    action->setChecked(checked);
    QObject::connect(action, &QAction::triggered, context, chosen);
}

QString tourOverText() {
    return Shell::tr("The tour is over. It starts again from the menu Help.");
}

}  // namespace

Shell::Shell(AppContext& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_keys(new KeyRegistry(this, &context.settings)),
      m_tabs(new QButtonGroup(this)),
      m_userMenu(new QMenu(this)),
      m_languageMenu(new QMenu(this)),
      m_themeMenu(new QMenu(this)),
      m_helpMenu(new QMenu(this)),
      m_recentMenu(new QMenu(this)),
      m_banner(new Banner(this)),
      m_pages(new QStackedWidget(this)) {
    setObjectName(QStringLiteral("shell"));
    setAcceptDrops(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(topBar());
    column->addWidget(searchRow());
    auto* bannerRow = new QHBoxLayout;
    bannerRow->setContentsMargins(kPageEdge, 0, kPageEdge, 0);
    bannerRow->addWidget(m_banner);
    column->addLayout(bannerRow);
    column->addWidget(m_pages, 1);
    buildPages();
    m_tour = new Tour(*this, m_context);
    connectActions();
    connectPages();
    Shell::retranslate();
    Shell::restyle();
    applySettings();
    rememberSound();
    connect(m_keys, &KeyRegistry::keysChanged, this, [this] { retranslate(); });
    updateConnection();
    showProjects();
    m_jobs->refresh();
    updateJobCount(m_jobs->activeJobs());
    m_savePlace.setInterval(kSavePlaceMs);
    connect(&m_savePlace, &QTimer::timeout, this, &Shell::savePlace);
    m_savePlace.start();
    if (m_context.session.mustChangePassword) {
        QTimer::singleShot(0, this, &Shell::changePassword);
    }
}

Shell::~Shell() {
    delete m_tour;
    delete m_export;
    delete m_import;  // a running import is cancelled while the services still stand
    delete m_reviewController;
}

QToolButton* Shell::tabFor(Act act, QWidget* bar) {
    auto* button = new QToolButton(bar);
    button->setProperty("tab", true);
    button->setCheckable(true);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setObjectName(m_keys->action(act)->objectName().replace(QStringLiteral("Action"),
                                                                    QStringLiteral("ToolButton")));
    m_tabs->addButton(button, int(act));
    connect(button, &QToolButton::clicked, m_keys->action(act), &QAction::trigger);
    return button;
}

// In a small window the tabs need the room more than the program's name, which the title bar has.
void Shell::resizeEvent(QResizeEvent* event) {
    constexpr int kRoomForTheName = 1150;
    m_program->setVisible(event->size().width() >= kRoomForTheName);
    constexpr int kRoomForTheSearch = 1000;
    arrangeSearch(event->size().width() < kRoomForTheSearch);
    Page::resizeEvent(event);
}

QWidget* Shell::searchRow() {
    m_searchRow = new QFrame(this);
    m_searchRow->setProperty("bar", true);
    m_searchLine = new QHBoxLayout(m_searchRow);
    m_searchLine->setContentsMargins(kPageEdge, 4, kPageEdge, 4);
    m_searchRow->hide();
    return m_searchRow;
}

void Shell::arrangeSearch(bool narrow) {
    if (narrow == m_narrow) {
        return;
    }
    m_narrow = narrow;
    const bool focused = m_search->hasFocus();
    if (narrow) {
        m_searchLine->addWidget(m_search);
    } else {
        m_bar->insertWidget(m_bar->indexOf(m_openSearch), m_search, 2);
    }
    m_search->setMaximumWidth(narrow ? QWIDGETSIZE_MAX : 280);
    m_search->show();
    m_openSearch->setVisible(narrow);
    showSearchRow(focused || !m_search->text().isEmpty());
    if (focused) {
        m_search->setFocus();
    }
}

void Shell::showSearchRow(bool open) {
    m_searchRow->setVisible(m_narrow && open);
}

// In a narrow window the field goes again when it is left empty, and Esc empties it.
bool Shell::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_search && m_narrow) {
        if (event->type() == QEvent::FocusOut && m_search->text().isEmpty()) {
            showSearchRow(false);
        } else if (event->type() == QEvent::KeyPress &&
                   static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
            m_search->clear();
            currentPage()->setFocus();
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

QWidget* Shell::topBar() {
    auto* bar = new QFrame(this);
    bar->setProperty("bar", true);
    m_mark = new QLabel(bar);
    m_program = new QLabel(QStringLiteral("CVD-MIS"), bar);
    m_program->setProperty("role", "head");
    QList<QToolButton*> tabs;  // before the search: Tab goes through the bar as it is read
    for (const Act act : {Act::ShowProjects, Act::ShowJobs, Act::ShowDashboard, Act::ShowModels,
                          Act::ShowProfiles}) {
        tabs << tabFor(act, bar);
    }
    if (m_context.session.isAdministrator()) {
        tabs << tabFor(Act::ShowUsers, bar) << tabFor(Act::ShowAudit, bar);
    }
    m_search = new QLineEdit(bar);
    m_search->setObjectName(QStringLiteral("searchLineEdit"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(96);
    m_search->installEventFilter(this);
    m_openSearch = new QToolButton(bar);
    m_openSearch->setObjectName(QStringLiteral("openSearchToolButton"));
    m_openSearch->hide();
    connect(m_openSearch, &QToolButton::clicked, m_keys->action(Act::Find), &QAction::trigger);
    m_search->setMaximumWidth(280);
    m_database = new QToolButton(bar);
    m_database->setObjectName(QStringLiteral("databaseStateToolButton"));
    m_help = new QToolButton(bar);
    m_help->setObjectName(QStringLiteral("helpToolButton"));
    m_user = new QToolButton(bar);
    m_user->setObjectName(QStringLiteral("userMenuToolButton"));
    for (QToolButton* button : {m_openSearch, m_database, m_help, m_user}) {
        button->setProperty("bar", true);
        button->setAutoRaise(true);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    }
    m_help->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_openSearch->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_help->setPopupMode(QToolButton::InstantPopup);
    m_help->setMenu(m_helpMenu);
    m_user->setPopupMode(QToolButton::InstantPopup);
    m_user->setMenu(m_userMenu);

    auto* row = m_bar = new QHBoxLayout(bar);
    row->setContentsMargins(kPageEdge, 0, kPageEdge, 0);
    row->setSpacing(kGap);
    row->addWidget(m_mark);
    row->addWidget(m_program);
    row->addSpacing(kGroupGap);
    for (QToolButton* tab : tabs) {
        row->addWidget(tab);
    }
    row->addStretch(1);
    row->addWidget(m_search, 2);
    row->addWidget(m_openSearch);
    row->addSpacing(kGap);
    row->addWidget(m_database);
    row->addWidget(m_help);
    row->addWidget(m_user);
    return bar;
}

void Shell::buildPages() {
    Workspace& workspace = m_context.workspace;
    m_projects = new ProjectsPage(m_context, *m_keys, this);
    m_project = new ProjectPage(m_context, *m_keys, this);
    m_jobs = new JobsPage(workspace.queue(), m_context.session, this);
    m_calibration = new CalibrationPage(m_context, this);
    m_models = new ModelsPage(m_context, this);
    m_pages->addWidget(m_models);
    m_profiles = new ProfilesPage(m_context, this);
    m_pages->addWidget(m_profiles);
    m_review = new ReviewPage(this);
    m_reviewController = new ReviewController(m_review, workspace.projects());
    m_noteDrafts = new NoteDrafts(m_review->violationPanel(), this);
    m_reviewController->setCompare([connection = workspace.settings(),
                                    library = workspace.library().root()](
                                       const accounts::Session& session, ProjectId project) {
        using Pours = Result<QList<projects::PourComparison>>;
        return withOwnServices(connection, library,
                               [&](projects::ProjectService& service, storage::Database&) -> Pours {
                                   return service.comparePours(session, project);
                               });
    });
    m_dashboard = new DashboardPage(m_context, this);
    m_projects->setObjectName(QStringLiteral("projectsPage"));
    m_project->setObjectName(QStringLiteral("projectPage"));
    m_jobs->setObjectName(QStringLiteral("jobsPage"));
    m_models->setObjectName(QStringLiteral("modelsPage"));
    m_keys->adopt(QStringLiteral("review"), m_review->reviewActions());
    for (QWidget* page : std::initializer_list<QWidget*>{m_projects, m_project, m_jobs,
                                                         m_calibration, m_review, m_dashboard}) {
        m_pages->addWidget(page);
    }
    if (m_context.session.isAdministrator()) {
        m_users = new UsersPage(workspace.accounts(), m_context.session, this);
        m_audit = new AuditPage(workspace.accounts(), m_context.session, this);
        m_users->setObjectName(QStringLiteral("usersPage"));
        m_audit->setObjectName(QStringLiteral("auditPage"));
        m_pages->addWidget(m_users);
        m_pages->addWidget(m_audit);
    }
}

void Shell::connectActions() {
    const auto on = [this](Act act, auto&& work) {
        connect(m_keys->action(act), &QAction::triggered, this, work);
    };
    on(Act::ShowProjects, [this] { showProjects(); });
    on(Act::ShowJobs, [this] {
        m_jobs->refresh();
        showPage(m_jobs, Act::ShowJobs);
    });
    on(Act::ShowModels, [this] {
        m_models->refresh();
        showPage(m_models, Act::ShowModels);
    });
    on(Act::ShowProfiles, [this] {
        m_profiles->refresh();
        showPage(m_profiles, Act::ShowProfiles);
    });
    on(Act::ShowUsers, [this] {
        m_users->refresh();
        showPage(m_users, Act::ShowUsers);
    });
    on(Act::ShowAudit, [this] {
        m_audit->refresh();
        showPage(m_audit, Act::ShowAudit);
    });
    on(Act::ShowDashboard, [this] { showPage(m_dashboard, Act::ShowDashboard); });
    on(Act::Settings, [this] { openSettings(); });
    on(Act::Find, [this] {
        if (currentPage() == m_users) {
            m_users->focusSearch();
        } else if (currentPage() == m_audit) {
            m_audit->focusSearch();
        } else {
            showSearchRow(true);
            m_search->setFocus(Qt::ShortcutFocusReason);
            m_search->selectAll();
        }
    });
    on(Act::ImportVideo, [this] { importVideos({}); });
    on(Act::Refresh, [this] { refreshCurrent(); });
    on(Act::OpenProject, [this] {
        if (const auto* p = m_projects->current()) {
            openProject(p->id);
        }
    });
    on(Act::DeleteProject, [this] {
        if (currentPage() == m_project) {
            m_project->deleteProject();
        } else {
            m_projects->deleteCurrent();
        }
    });
    on(Act::ToggleView, [this] { m_projects->toggleView(); });
    on(Act::RunDetection, [this] { runDetection(); });
    on(Act::PauseDetection, [this] { m_project->pauseOrResume(); });
    on(Act::CancelDetection, [this] { m_project->cancel(); });
    on(Act::OpenReview, [this] {
        if (currentPage() == m_project) {
            openReview(m_project->project()->id, m_project->selectedResult());
        } else if (const auto* p = m_projects->current()) {
            openReview(p->id, {});
        }
    });
    on(Act::Back, [this] {
        if (currentPage() == m_review) {
            leaveReview();
        } else if (currentPage() == m_calibration) {
            if (m_calibration->mayLeave()) {
                openProject(m_calibration->project()->id);
            }
        } else {
            showProjects();
        }
    });
    on(Act::ChangePassword, [this] { changePassword(); });
    on(Act::SignOut, [this] {
        if (mayClose()) {
            Q_EMIT signOutRequested();
        }
    });
    on(Act::Help, [this] { showHelp(); });
    on(Act::KeySheet, [this] { showKeySheet(); });
    on(Act::Tour, [this] { startTour(); });
    on(Act::About, [this] { showAbout(); });
    on(Act::Quit, [this] { window()->close(); });
    if (!m_context.session.isAdministrator()) {
        m_keys->setEnabled(Act::ShowUsers, tr("Only administrators see the users."));
        m_keys->setEnabled(Act::ShowAudit, tr("Only administrators see the audit trail."));
    }
}

void Shell::connectPages() {
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (currentPage() != m_projects) {
            showProjects();
            m_search->setFocus();
        }
        m_projects->setSearch(text);
        if (!text.isEmpty()) {
            showSearchRow(true);  // in a narrow window, too, what filters the list is seen
        }
    });
    connect(m_projects, &ProjectsPage::projectOpened, this, &Shell::openProject);
    connect(m_projects, &ProjectsPage::selectionChanged, this, &Shell::updateActions);
    connect(m_projects, &ProjectsPage::failed, this, &Shell::noteFailure);
    connect(m_project, &ProjectPage::stateChanged, this, &Shell::updateActions);
    connect(m_project, &ProjectPage::failed, this, &Shell::noteFailure);
    connect(m_project, &ProjectPage::deleted, this, &Shell::showProjects);
    connect(m_jobs, &JobsPage::failed, this, [this](const Error& error) {
        m_banner->showError(error);
        noteFailure(error);
    });
    connect(m_jobs, &JobsPage::activeJobsChanged, this, &Shell::updateJobCount);
    connect(m_jobs, &JobsPage::projectRequested, this, &Shell::openProject);
    connect(m_models, &ModelsPage::failed, this, &Shell::noteFailure);
    connect(m_models, &ModelsPage::modelsChanged, m_project, &ProjectPage::fillModels);
    connect(m_profiles, &ProfilesPage::failed, this, &Shell::noteFailure);
    connect(m_profiles, &ProfilesPage::profilesChanged, m_project, &ProjectPage::fillProfiles);
    if (m_users) {
        const auto show = [this](const Error& error) {
            m_banner->showError(error);
            noteFailure(error);
        };
        connect(m_users, &UsersPage::failed, this, show);
        connect(m_audit, &AuditPage::failed, this, show);
        connect(m_users, &UsersPage::ownAccountChanged, this, [this] {
            Q_EMIT signOutRequested();  // name or role differ now
        });
    }
    connect(m_project, &ProjectPage::calibrateRequested, this, &Shell::openCalibration);
    connect(m_review, &ReviewPage::calibrateRequested, this,
            [this] { openCalibration(m_reviewController->project()); });
    connect(m_review, &ReviewPage::judgeRequested, this, &Shell::judgeAgain);
    connect(m_review, &ReviewPage::exportRequested, this,
            [this] { exportResult(m_reviewController->project(), m_reviewController->result()); });
    connect(m_project, &ProjectPage::exportRequested, this, &Shell::exportResult);
    connect(m_calibration, &CalibrationPage::backRequested, this,
            [this] { openProject(m_calibration->project()->id); });
    connect(m_calibration, &CalibrationPage::failed, this, &Shell::noteFailure);
    connect(m_calibration, &CalibrationPage::judged, this, [this](ProjectId id, ResultId result) {
        if (currentPage() == m_calibration && !m_calibration->isDirty()) {
            openReview(id, result);
        }
    });
    connect(m_review, &ReviewPage::backRequested, this, &Shell::leaveReview);
    connect(m_review, &ReviewPage::projectRequested, this,
            [this](qint64 project) { openReview(ProjectId{project}, {}); });
    connect(m_dashboard, &DashboardPage::failed, this, &Shell::noteFailure);
    connect(m_dashboard, &DashboardPage::jobsRequested, m_keys->action(Act::ShowJobs),
            &QAction::trigger);
    connect(m_dashboard, &DashboardPage::projectsRequested, this,
            [this](projects::ProjectStatus status) {
                showProjects();
                const QSignalBlocker quiet(m_search);
                m_search->clear();
                showSearchRow(false);
                m_projects->showOnly(status);
            });
    connect(m_tour, &Tour::ended, this, [this](bool finished) {
        if (!finished) {
            m_banner->showText(Banner::Kind::Info, tourOverText());
        }
    });
    connect(m_tour, &Tour::failed, this, [this](const Error& error) {
        m_banner->showError(error);
        noteFailure(error);
    });
    connect(m_recentMenu, &QMenu::aboutToShow, this, &Shell::fillRecent);
    connect(&m_context.workspace.connection(), &ConnectionWatch::changed, this,
            [this](bool online) {
                updateConnection();
                if (online) {
                    m_banner->clear();
                    refreshCurrent();
                }
            });
    connect(&m_context.workspace.queue(), &jobs::JobQueue::databaseAway, this,
            &Shell::tellWhyNothingIsStored);
    connect(m_database, &QToolButton::clicked, this,
            [this] { m_context.workspace.connection().checkNow(); });
}

// What no waiting mends, a full disk above all: whoever sits here must know it while the detection
// runs, not when its result is missing. An unreachable server has its own sign (updateConnection).
void Shell::tellWhyNothingIsStored(bool away) {
    const auto problem = m_context.workspace.queue().databaseProblem();
    if (away && problem && !storage::isTemporary(storage::problemOf(*problem))) {
        m_banner->showError(*problem);
        m_nothingIsStored = true;
    } else if (!away && m_nothingIsStored) {
        m_nothingIsStored = false;
        m_banner->clear();
        refreshCurrent();
    }
}

QWidget* Shell::currentPage() const {
    return m_pages->currentWidget();
}

void Shell::showPage(QWidget* page, Act tab) {
    // Unsaved changes ask before anything else takes their place.
    if (currentPage() == m_profiles && page != m_profiles) {
        if (!m_profiles->mayLeave()) {
            if (QAbstractButton* button = m_tabs->button(int(Act::ShowProfiles))) {
                button->setChecked(true);
            }
            return;
        }
        m_profiles->stopEditing();
    }
    if (currentPage() == m_calibration && page != m_calibration) {
        if (page != m_project && !m_calibration->mayLeave()) {
            if (QAbstractButton* button = m_tabs->button(int(Act::ShowProjects))) {
                button->setChecked(true);
            }
            return;
        }
        m_calibration->close();
    }
    if (currentPage() == m_review && page != m_review) {
        m_places[m_reviewController->project().value] = {m_review->shownFrame(),
                                                         m_review->violationPanel()->currentId()};
        m_noteDrafts->close();
        m_reviewController->close();
        m_review->clear();
    }
    if (QAbstractButton* button = m_tabs->button(int(tab))) {
        button->setChecked(true);
    }
    m_pages->setCurrentWidget(page);
    if (m_banner->text() == tourOverText()) {
        m_banner->clear();  // read, or of no interest
    }
    m_keys->setCurrentScope(page == m_review ? QStringLiteral("review") : QString());
    if (!m_search->hasFocus()) {
        page->setFocus();
    }
    QString title = QStringLiteral("CVD-MIS");
    if ((page == m_project || page == m_review || page == m_calibration) && m_project->project()) {
        title = tr("%1 – CVD-MIS", "project").arg(m_project->project()->name);
    }
    Q_EMIT titleChanged(title);
    updateActions();
}

void Shell::showProjects() {
    m_project->close();
    m_projects->refresh();
    showPage(m_projects, Act::ShowProjects);
}

void Shell::openProject(ProjectId project) {
    if (m_project->open(project)) {
        m_projects->select(project);
        m_context.settings.addRecentProject({project.value, m_project->project()->name});
        showPage(m_project, Act::ShowProjects);
    }
}

void Shell::openReview(ProjectId project, ResultId result) {
    if (!m_project->project() || m_project->project()->id != project) {
        m_project->open(project);
    }
    m_noteDrafts->close();
    if (std::exchange(m_reviewed, project) != project) {
        m_review->violationPanel()->clearFilters();  // they were meant for another pour
    }
    const Status opened = m_reviewController->open(m_context.session, project, result);
    if (!opened.ok()) {
        m_banner->showError(opened.error());
        noteFailure(opened.error());
        return;
    }
    showPage(m_review, Act::ShowProjects);
    if (const auto place = m_places.constFind(project.value); place != m_places.constEnd()) {
        m_review->comeBackTo(place->first, place->second);
    }
    takeNotesBack();
    m_review->setFocus();
}

// By result: another one of the project has other violations, whose notes must not replace these.
void Shell::takeNotesBack() {
    const int notes =
        m_noteDrafts->open({QStringLiteral("notes"), m_context.workspace.settings().location(),
                            QString::number(m_context.session.user.value),
                            QString::number(m_reviewController->result().value)});
    if (notes > 0) {
        m_banner->showText(Banner::Kind::Info,
                           tr("%n note(s) typed earlier belong to no verdict yet. They stand where "
                              "they were typed; a verdict or Enter saves them.",
                              nullptr, notes));
    }
}

void Shell::openCalibration(ProjectId project) {
    if (!m_project->project() || m_project->project()->id != project) {
        m_project->open(project);
    }
    if (m_calibration->open(project)) {
        showPage(m_calibration, Act::ShowProjects);
        m_calibration->picture()->setFocus();
    }
}

ProjectId Shell::reviewedProject() const {
    return m_reviewController->project();
}

void Shell::startTour(ProjectId sample) {
    m_tour->start(sample);
}

ExportDialog* Shell::exportResult(ProjectId project, ResultId result) {
    if (m_export && m_export->isRunning()) {
        m_export->raise();
        m_export->activateWindow();
        return m_export;
    }
    delete m_export;
    ExportSubject subject{project, result, {}, {}};
    if (currentPage() == m_review) {
        subject.title = m_review->data().title;
        if (m_review->violationPanel()->isFiltering()) {
            subject.shown = m_review->violationPanel()->visibleIds();
        }
    } else if (m_project->project()) {
        subject.title = m_project->project()->name;
    }
    m_export = new ExportDialog(m_context, subject, this);
    m_export->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_export, &ExportDialog::ended, m_tour, [this, dialog = m_export.data()] {
        if (dialog->outcome()) {
            m_tour->noteReport();
        }
    });
    m_export->show();
    return m_export;
}

void Shell::judgeAgain() {
    const ReviewData& shown = m_review->data();
    const ProjectId project = m_reviewController->project();
    JudgeDialog dialog(m_context, m_reviewController->result(), shown.profileId,
                       shown.profileName.isEmpty() ? shown.profileId : shown.profileName,
                       shown.judging, this);
    if (dialog.exec() == QDialog::Accepted) {
        openReview(project, dialog.newResult());
    }
}

void Shell::leaveReview() {
    if (m_project->project()) {
        openProject(m_project->project()->id);
    } else {
        showProjects();
    }
}

ImportDialog* Shell::importVideos(const QStringList& files) {
    if (m_import) {  // one at a time; a second drop joins the first
        if (!m_import->isRunning()) {
            m_import->addFiles(files);
        }
        m_import->raise();
        return m_import;
    }
    QStringList chosen = files;
    if (chosen.isEmpty()) {
        const QString role = QStringLiteral("video");
        chosen = asking().openFiles(this, tr("Choose videos"), m_context.settings.lastFolder(role),
                                    videoFileFilter());
        if (chosen.isEmpty()) {
            return nullptr;
        }
        m_context.settings.setLastFolder(role, QFileInfo(chosen.first()).absolutePath());
    }
    m_import = new ImportDialog(m_context, chosen, this);
    m_import->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_import, &QDialog::finished, this, [this] {
        const QList<ProjectId> imported = m_import->imported();
        if (imported.size() == 1) {
            openProject(imported.first());
        } else if (!imported.isEmpty()) {
            showProjects();
        }
    });
    m_import->open();
    return m_import;
}

void Shell::runDetection() {
    if (currentPage() != m_project) {
        const auto* p = m_projects->current();
        if (!p || !m_project->open(p->id)) {
            return;
        }
        showPage(m_project, Act::ShowProjects);
    }
    if (m_project->whyNotRun().isEmpty()) {
        m_project->run();
    }
}

bool Shell::mayClose() {
    if ((currentPage() == m_calibration && !m_calibration->mayLeave()) ||
        (currentPage() == m_profiles && !m_profiles->mayLeave())) {
        return false;
    }
    if (m_import && m_import->isRunning()) {
        return asking().confirm(this, {tr("Quit"),
                                       tr("An import is running. Stop it? Videos "
                                          "that are already imported stay."),
                                       tr("Stop the import"), true});
    }
    if (m_export && m_export->isRunning()) {
        return asking().confirm(
            this, {tr("Quit"), tr("An export is under way. Stop it? Nothing of it is kept."),
                   tr("Stop the export"), true});
    }
    if (!m_context.workspace.queue().isBusy()) {
        return true;
    }
    return asking().confirm(
        this, {tr("Quit"),
               tr("A detection is running. It will be interrupted; it can be started again later."),
               tr("Interrupt it"), true});
}

// --- State of the actions ---

void Shell::updateActions() {
    const bool onProject = currentPage() == m_project;
    const bool onReview = currentPage() == m_review;
    const projects::Project* listed = currentPage() == m_projects ? m_projects->current() : nullptr;
    const QString none = listed ? QString() : tr("Select a project first.");
    QString run = none, review = none, remove = none;
    if (onProject) {
        run = m_project->whyNotRun();
        review = m_project->whyNotReview();
        remove = m_project->whyNotDelete();
    } else if (listed) {
        const bool running = listed->status == projects::ProjectStatus::Running;
        const QString busy = tr("A detection of this project is queued or running.");
        run = running ? busy : QString();
        remove = running ? busy : QString();
        review = listed->latestResult ? QString()
                                      : tr("There is no result yet. Run the detection first.");
    } else if (onReview) {
        review = tr("The review is open.");
    }
    m_keys->setEnabled(Act::OpenProject, onProject ? tr("The project is open.") : none);
    m_keys->setEnabled(Act::RunDetection, run);
    m_keys->setEnabled(Act::OpenReview, review);
    m_keys->setEnabled(Act::DeleteProject, remove);
    m_keys->setEnabled(Act::PauseDetection,
                       onProject ? m_project->whyNotPause() : tr("Open the project first."));
    m_keys->setEnabled(Act::CancelDetection,
                       onProject ? m_project->whyNotCancel() : tr("Open the project first."));
    m_keys->setEnabled(Act::ToggleView, currentPage() == m_projects
                                            ? QString()
                                            : tr("The project list is not open."));
    m_keys->setEnabled(Act::Tour, Tour::whyNot(m_context));
    m_keys->setEnabled(Act::Back,
                       currentPage() == m_projects ? tr("This is the first page.") : QString());
}

void Shell::updateJobCount(int count) {
    m_activeJobs = count;
    if (QAbstractButton* tab = m_tabs->button(int(Act::ShowJobs))) {
        tab->setText(count > 0 ? tr("Jobs (%1)").arg(count) : tr("Jobs"));
    }
}

void Shell::updateConnection() {
    const storage::ConnectionSettings& settings = m_context.workspace.settings();
    const bool online = m_context.workspace.connection().isOnline();
    const bool local = settings.engine == storage::Engine::Sqlite;
    m_database->setText(!online ? tr("Offline") : local ? tr("Local") : settings.host);
    m_database->setToolTip(online ? tr("Database: %1").arg(settings.location())
                                  : tr("The database %1 cannot be reached. Click to try again now.")
                                        .arg(settings.location()));
    m_database->setAccessibleName(m_database->toolTip());
    m_database->setIcon(
        icon(QStringLiteral("database"), online ? tokens().pass : tokens().critical));
    if (!online) {
        m_banner->showError(m_context.workspace.connection().problem());
        QPushButton* again = m_banner->addAction(tr("Try again"));
        connect(again, &QPushButton::clicked, this,
                [this] { m_context.workspace.connection().checkNow(); });
    }
}

void Shell::noteFailure(const Error& error) {
    m_context.workspace.connection().noteFailure(error);
}

void Shell::refreshCurrent() {
    QWidget* page = currentPage();
    if (page == m_projects) {
        m_projects->refresh();
    } else if (page == m_project) {
        m_project->refresh();
    } else if (page == m_jobs) {
        m_jobs->refresh();
    } else if (page == m_models) {
        m_models->refresh();
    } else if (page == m_profiles) {
        m_profiles->refresh();
    } else if (page == m_users) {
        m_users->refresh();
    } else if (page == m_audit) {
        m_audit->refresh();
    } else if (page == m_dashboard) {
        m_dashboard->refresh();
    } else if (page == m_review) {
        if (const Status status = m_reviewController->refresh(); !status.ok()) {
            noteFailure(status.error());
        }
    }
}

// --- Dialogs ---

void Shell::openSettings() {
    SettingsDialog dialog(m_context.settings, m_context.workspace.settings().location(),
                          modelText(m_context.config.defaultModelFile), *m_keys, this);
    connect(&dialog, &SettingsDialog::databaseChangeRequested, this, [this, &dialog] {
        dialog.reject();
        if (mayClose()) {
            Q_EMIT databaseChangeRequested();
        }
    });
    dialog.exec();
    applySettings();
    m_profiles->refresh();
}

void Shell::applySettings() {
    const JumpSizes jumps = m_context.settings.jumps();
    m_review->player()->setJumps(jumps.frames, jumps.shortS, jumps.longS);
}

// The review's sound is as loud as it was the last time.
void Shell::rememberSound() {
    Sound* sound = m_review->player()->sound();
    sound->setVolume(m_context.settings.volume());
    sound->setMuted(m_context.settings.isMuted());
    connect(sound, &Sound::changed, this, [this, sound] {
        const bool same = sound->volume() == m_context.settings.volume() &&
                          sound->isMuted() == m_context.settings.isMuted();
        if (!same) {
            m_context.settings.setSound(sound->volume(), sound->isMuted());
        }
    });
}

// --- Session ---

void Shell::saveSession() {
    SessionState state = place();
    state.reviewLayout = m_review->layoutState();
    state.tables = tableLayouts(*this);
    m_context.settings.setSession(state);
}

void Shell::savePlace() {
    SessionState state = place();
    const SessionState before = m_context.settings.session();
    if (before.user == state.user) {
        state.reviewLayout = before.reviewLayout;
        state.tables = before.tables;
    }
    if (state != before) {
        m_context.settings.setSession(state);
    }
}

SessionState Shell::place() const {
    SessionState state;
    state.user = m_context.session.name;
    state.page = currentPage()->objectName();
    const bool inProject =
        currentPage() == m_project || currentPage() == m_review || currentPage() == m_calibration;
    state.project = inProject && m_project->project() ? m_project->project()->id.value : 0;
    state.frame = std::max<qint64>(0, m_review->shownFrame());
    state.projectFilters = m_projects->filterState();
    state.search = m_search->text();
    return state;
}

void Shell::tellOfSuddenEnd() {
    m_banner->showText(Banner::Kind::Info,
                       tr("The program ended suddenly the last time. Verdicts and corrections were "
                          "saved as they were made, and what was being typed comes back where it "
                          "was typed; a detection that was running can be started again under "
                          "Jobs."));
    connect(m_banner->addAction(tr("Show jobs")), &QPushButton::clicked, this,
            [this] { m_keys->action(Act::ShowJobs)->trigger(); });
}

void Shell::restoreSession() {
    const SessionState state = m_context.settings.session();
    if (!m_context.settings.restoresSession() || state.user != m_context.session.name) {
        return;
    }
    m_review->restoreLayout(state.reviewLayout);
    m_projects->restoreFilters(state.projectFilters);
    restoreTableLayouts(*this, state.tables);
    m_search->setText(state.search);
    const ProjectId project{state.project > 0 ? state.project : -1};
    // A project that is gone meanwhile is no error: the list is shown.
    const bool there =
        project.valid() && m_context.workspace.projects().mayUse(m_context.session, project).ok();
    if (state.page == m_review->objectName() && there) {
        openReview(project, {});
        m_review->seek(state.frame);
    } else if (state.page == m_project->objectName() && there) {
        openProject(project);
    } else if (state.page == m_calibration->objectName() && there) {
        openCalibration(project);
    } else {
        const std::pair<QWidget*, Act> pages[] = {
            {m_jobs, Act::ShowJobs},     {m_dashboard, Act::ShowDashboard},
            {m_models, Act::ShowModels}, {m_profiles, Act::ShowProfiles},
            {m_users, Act::ShowUsers},   {m_audit, Act::ShowAudit}};
        for (const auto& [page, act] : pages) {
            if (page && page->objectName() == state.page) {
                m_keys->action(act)->trigger();
            }
        }
    }
}

void Shell::fillRecent() {
    m_recentMenu->clear();
    const QList<RecentProject> recent = m_context.settings.recentProjects();
    for (const RecentProject& project : recent) {
        QAction* action = m_recentMenu->addAction(
            QString(project.name).replace(QLatin1Char('&'), QStringLiteral("&&")));
        const bool there =
            m_context.workspace.projects().mayUse(m_context.session, ProjectId{project.id}).ok();
        action->setEnabled(there);
        action->setToolTip(there ? project.name
                                 : tr("This project does not exist any more, or it is not yours."));
        connect(action, &QAction::triggered, this,
                [this, project] { openProject(ProjectId{project.id}); });
    }
    if (recent.isEmpty()) {
        QAction* none = m_recentMenu->addAction(tr("No project was opened yet"));
        none->setEnabled(false);
        none->setToolTip(tr("Projects that you open are listed here."));
        return;
    }
    m_recentMenu->addSeparator();
    connect(m_recentMenu->addAction(tr("Clear this list")), &QAction::triggered, this,
            [this] { m_context.settings.clearRecentProjects(); });
}

void Shell::takeOverOriginal() {
    OriginalImportDialog dialog(m_context, this);
    connect(&dialog, &OriginalImportDialog::takenOver, this, &Shell::refreshCurrent);
    dialog.exec();
}

void Shell::changePassword() {
    PasswordDialog dialog(m_context.workspace.accounts(), m_context.session, {},
                          m_context.session.name, this);
    dialog.exec();
}

// The guide opens at what has the focus, or at the page.
void Shell::showHelp() {
    const QWidget* focus = QApplication::focusWidget();
    const QString topic = focus && isAncestorOf(focus) ? guide::topicOf(focus) : QString();
    Q_EMIT helpRequested(topic.isEmpty() ? guide::topicOf(currentPage()) : topic);
}

void Shell::showKeySheet() {
    if (!m_keySheet) {
        m_keySheet = new KeySheet(*m_keys, this);
        m_keySheet->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_keySheet->show();
    m_keySheet->raise();
    m_keySheet->activateWindow();
}

void Shell::showAbout() {
    QDialog dialog(this);
    dialog.setObjectName(QStringLiteral("aboutDialog"));
    dialog.setWindowTitle(tr("About CVD-MIS"));
    auto* name = titleLabel(&dialog, "aboutTitleLabel");
    name->setText(tr("CVD-MIS %1", "version").arg(QStringLiteral(CVD_VERSION)));
    auto* text = new QLabel(
        tr("Turns video of a concrete pour into a compliance record: every insertion of a "
           "vibrator, every broken rule, with the evidence beside it.\n\nLicensed under the Apache "
           "License 2.0. It uses Qt, LibTorch, OpenCV, FFmpeg and libsodium; their licences are "
           "in NOTICE.md."),
        &dialog);
    text->setWordWrap(true);
    auto* places = mutedLabel(&dialog);
    places->setWordWrap(true);
    places->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    places->setText(tr("Database: %1\nVideos and results: %2\nSettings: %3\nLog: %4")
                        .arg(m_context.workspace.settings().location(),
                             m_context.workspace.library().root(), configDir(), logFile()));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, &dialog);
    QPushButton* openLog = buttons->addButton(tr("Open the log"), QDialogButtonBox::ActionRole);
    openLog->setObjectName(QStringLiteral("openLogPushButton"));
    setEnabledOrWhy(openLog, QFileInfo::exists(logFile())
                                 ? QString()
                                 : tr("Nothing has been written to it yet."));
    connect(openLog, &QPushButton::clicked, &dialog, [] { asking().show(logFile()); });
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    auto* column = new QVBoxLayout(&dialog);
    column->setContentsMargins(kPageEdge, kPageEdge, kPageEdge, kGroupGap);
    column->setSpacing(kGroupGap);
    for (QWidget* w : std::initializer_list<QWidget*>{name, text, places, buttons}) {
        column->addWidget(w);
    }
    for (QLabel* label : {text, places}) {
        label->setFixedWidth(432);
    }
    column->setSizeConstraint(QLayout::SetFixedSize);
    dialog.exec();
}

void Shell::buildUserMenu() {
    m_userMenu->clear();
    m_languageMenu->clear();
    m_themeMenu->clear();
    m_helpMenu->clear();
    for (const QString& code : languages()) {
        addChoice(m_languageMenu, languageName(code), code == language(), this,
                  [this, code] { chooseLanguage(m_context.settings, code); });
    }
    const std::pair<QString, QString> themes[] = {{QStringLiteral("system"), tr("As the system")},
                                                  {QStringLiteral("light"), tr("Light")},
                                                  {QStringLiteral("dark"), tr("Dark")}};
    for (const auto& [code, text] : themes) {
        addChoice(m_themeMenu, text, m_context.settings.theme() == code, this,
                  [this, code = code] { chooseTheme(m_context.settings, code); });
    }
    m_languageMenu->setTitle(tr("Language"));
    m_languageMenu->setIcon(icon(QStringLiteral("language")));
    m_themeMenu->setTitle(tr("Theme"));
    m_themeMenu->setIcon(icon(QStringLiteral("theme")));
    m_recentMenu->setTitle(tr("Recent projects"));
    m_recentMenu->setIcon(icon(QStringLiteral("projects")));
    m_recentMenu->setToolTipsVisible(true);
    m_userMenu->setToolTipsVisible(true);
    m_userMenu->addMenu(m_recentMenu);
    m_userMenu->addSeparator();
    m_userMenu->addMenu(m_languageMenu);
    m_userMenu->addMenu(m_themeMenu);
    m_userMenu->addAction(m_keys->action(Act::Settings));
    if (m_context.session.isAdministrator()) {
        m_userMenu->addAction(icon(QStringLiteral("database")),
                              tr("Take over the original system…"), this, &Shell::takeOverOriginal);
    }
    m_userMenu->addSeparator();
    m_userMenu->addAction(m_keys->action(Act::ChangePassword));
    m_userMenu->addAction(m_keys->action(Act::SignOut));
    m_userMenu->addAction(m_keys->action(Act::Quit));
    m_helpMenu->addAction(m_keys->action(Act::Help));
    m_helpMenu->addAction(m_keys->action(Act::Tour));
    m_helpMenu->addAction(m_keys->action(Act::KeySheet));
    m_helpMenu->addAction(m_keys->action(Act::About));
}

// --- Drag and drop ---

void Shell::dragEnterEvent(QDragEnterEvent* event) {
    if (!droppedVideos(event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
    }
}

void Shell::dropEvent(QDropEvent* event) {
    QStringList videos, others;
    for (const QString& file : droppedVideos(event->mimeData())) {
        (looksLikeVideo(file) ? videos : others) << file;
    }
    event->acceptProposedAction();
    if (!others.isEmpty()) {
        m_banner->showText(Banner::Kind::Info,
                           tr("Folders cannot be imported; drop the videos themselves: %1")
                               .arg(others.join(QStringLiteral(", "))));
    }
    if (!videos.isEmpty()) {
        QTimer::singleShot(0, this, [this, videos] { importVideos(videos); });
    }
}

// --- Texts and colours ---

void Shell::retranslate() {
    m_keys->retranslate();
    if (m_export && !m_export->isRunning()) {
        const ExportSubject subject = m_export->subject();
        exportResult(subject.project, subject.result);  // anew, in the language of now
    }
    const std::pair<Act, QString> tabs[] = {
        {Act::ShowProjects, tr("Projects")},
        {Act::ShowDashboard,
         m_context.session.isAdministrator() ? tr("Dashboard") : tr("My figures")},
        {Act::ShowModels, tr("Models")},
        {Act::ShowProfiles, tr("Profiles")},
        {Act::ShowUsers, tr("Users")},
        {Act::ShowAudit, tr("Audit trail")}};
    for (const auto& [act, text] : tabs) {
        if (QAbstractButton* tab = m_tabs->button(int(act))) {
            tab->setText(text);
        }
    }
    for (QAbstractButton* tab : m_tabs->buttons()) {
        tab->setToolTip(m_keys->action(Act(m_tabs->id(tab)))->toolTip());
    }
    updateJobCount(m_activeJobs);
    m_search->setPlaceholderText(tr("Search projects (%1)")
                                     .arg(m_keys->keys(QStringLiteral("findAction"))
                                              .value(0)
                                              .toString(QKeySequence::NativeText)));
    m_search->setAccessibleName(tr("Search projects"));
    m_openSearch->setAccessibleName(tr("Search projects"));
    m_openSearch->setToolTip(m_keys->action(Act::Find)->toolTip());
    m_help->setToolTip(tr("Help"));
    m_help->setAccessibleName(tr("Help"));
    m_user->setText(m_context.session.name);
    m_user->setToolTip(m_context.session.isAdministrator() ? tr("Signed in as administrator")
                                                           : tr("Signed in"));
    buildUserMenu();
    if (currentPage()) {
        updateConnection();
        updateActions();
    }
}

void Shell::restyle() {
    m_keys->restyle();
    m_mark->setPixmap(icon(QStringLiteral("video"), tokens().accent).pixmap(20, 20));
    m_help->setIcon(icon(QStringLiteral("help")));
    m_openSearch->setIcon(icon(QStringLiteral("search")));
    m_user->setIcon(icon(QStringLiteral("user")));
    buildUserMenu();
    if (currentPage()) {
        updateConnection();
    }
}

}  // namespace cvd::ui
