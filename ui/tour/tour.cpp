#include "ui/tour/tour.h"

#include <QApplication>
#include <QFileInfo>
#include <QKeyEvent>
#include <QTabBar>
#include <QTabWidget>
#include <QtConcurrent>
#include <algorithm>

#include "core/jobs/job_state.h"
#include "core/projects/project_service.h"
#include "core/text/text.h"
#include "ui/project_page.h"
#include "ui/review/plan_panel.h"
#include "ui/review/review_page.h"
#include "ui/review/violation_panel.h"
#include "ui/shell.h"
#include "ui/tour/tour_card.h"

namespace cvd::ui {
namespace {

constexpr int kFollowMs = 150;

// The sample of this user: the one that the first start made, an own one of an earlier tour, or a
// new one.
Result<ProjectId> findOrMake(projects::ProjectService& service, storage::Database& database,
                             const accounts::Session& session, const DesktopConfig& config,
                             const QString& name, const QString& description) {
    CVD_TRY_ASSIGN(const ProjectId first,
                   projects::ensureSampleProject(service, database, session, config.sampleVideoFile,
                                                 config.sampleCalibrationFile, name, description));
    if (first.valid()) {
        return first;
    }
    projects::ProjectQuery query;
    query.text = name;
    query.owner = session.user;
    CVD_TRY_ASSIGN(const auto own, service.list(session, query));
    for (const projects::Project& project : own.rows) {
        if (project.name == name) {
            return project.id;
        }
    }
    projects::NewProject sample;
    sample.name = name;
    sample.description = description;
    sample.sourceFile = config.sampleVideoFile;
    CVD_TRY_ASSIGN(const ProjectId made, service.create(session, sample));
    if (!config.sampleCalibrationFile.isEmpty()) {
        CVD_TRY(service.importCalibration(session, made, config.sampleCalibrationFile));
    }
    return made;
}

}  // namespace

Tour::Tour(Shell& shell, AppContext& context)
    : QObject(&shell),
      m_shell(shell),
      m_context(context),
      m_card(new TourCard(&shell)),
      m_ring(new TourRing(&shell)) {
    m_follow.setInterval(kFollowMs);
    connect(&m_follow, &QTimer::timeout, this, &Tour::update);
    connect(m_card, &TourCard::primaryClicked, this, &Tour::help);
    connect(m_card, &TourCard::leaveClicked, this, &Tour::leave);
    connect(m_card, &TourCard::skipClicked, this, [this] {
        m_step = Step(int(m_step) + 1);
        update();
    });
    connect(&m_making, &QFutureWatcherBase::finished, this, [this] {
        const Result<ProjectId> made = m_making.result();
        if (made.ok()) {
            begin(*made);
        } else {
            leave();
            Q_EMIT failed(made.error());
        }
    });
    ReviewPage* review = shell.reviewPage();
    connect(review, &ReviewPage::currentViolationChanged, this,
            [this](qint64 id) { m_found = m_found || id != 0; });
    connect(review, &ReviewPage::verdictsGiven, this, [this] { m_judged = true; });
    const auto look = [this](JobId, ProjectId project) {
        if (m_running && project == m_sample) {
            this->look();
        }
    };
    connect(&context.workspace.queue(), &jobs::JobQueue::changed, this, look);
    connect(&context.workspace.queue(), &jobs::JobQueue::finished, this, look);
    connect(shell.projectPage(), &ProjectPage::deleted, this, [this] {
        if (m_running) {
            this->look();
        }
    });
}

Tour::~Tour() {
    m_making.waitForFinished();
}

QString Tour::whyNot(const AppContext& context) {
    return QFileInfo::exists(context.config.sampleVideoFile)
               ? QString()
               : tr("The sample pour is not installed.");
}

void Tour::start(ProjectId sample) {
    if (m_running || m_making.isRunning() || !whyNot(m_context).isEmpty()) {
        return;
    }
    if (sample.valid()) {
        begin(sample);
        return;
    }
    m_making.setFuture(QtConcurrent::run(
        [connection = m_context.workspace.settings(),
         library = m_context.workspace.library().root(), config = m_context.config,
         session = m_context.session, name = text::sentence(projects::kSampleName, {}),
         description = text::sentence(projects::kSampleDescription, {})]() -> Result<ProjectId> {
            return withOwnServices(connection, library,
                                   [&](projects::ProjectService& service,
                                       storage::Database& database) -> Result<ProjectId> {
                                       return findOrMake(service, database, session, config, name,
                                                         description);
                                   });
        }));
}

void Tour::begin(ProjectId sample) {
    m_sample = sample;
    m_running = true;
    m_ran = m_found = m_judged = m_planned = m_reported = false;
    m_step = Step::Run;
    look();
    if (m_hasResult) {
        m_step = Step::Review;  // the tour was taken before: no need to wait again
    }
    qApp->installEventFilter(this);
    m_shell.openProject(sample);
    m_follow.start();
    update();
}

void Tour::leave() {
    if (!m_running) {
        return;
    }
    const bool finished = m_step == Step::End;
    m_running = false;
    m_follow.stop();
    qApp->removeEventFilter(this);
    m_card->hide();
    m_ring->hide();
    Q_EMIT ended(finished);
}

void Tour::noteReport() {
    m_reported = true;
}

// --- Where somebody stands ---

void Tour::look() {
    const auto project = m_context.workspace.projects().project(m_context.session, m_sample);
    if (!project.ok()) {  // deleted meanwhile, or the database is away
        leave();
        return;
    }
    m_hasResult = project->latestResult.has_value();
    const auto jobs = m_context.workspace.queue().jobsOfProject(m_context.session, m_sample);
    m_active = jobs.ok() && std::any_of(jobs->begin(), jobs->end(), [](const jobs::JobInfo& job) {
                   return !jobs::isFinal(job.state);
               });
}

bool Tour::isHere() const {
    const QWidget* page = m_shell.currentPage();
    switch (m_step) {
        case Step::Run:
        case Step::Wait:
        case Step::Review: {
            const auto& project = m_shell.projectPage()->project();
            return page == m_shell.projectPage() && project && project->id == m_sample;
        }
        case Step::End:
            return true;
        default:
            return page == m_shell.reviewPage() && m_shell.reviewedProject() == m_sample;
    }
}

bool Tour::isDone(Step step) const {
    const ReviewPage* review = m_shell.reviewPage();
    const bool inReview = m_shell.currentPage() == review && m_shell.reviewedProject() == m_sample;
    const auto& findings = review->data().violations;
    const bool nothingToJudge =
        inReview && std::none_of(findings.begin(), findings.end(), [](const ReviewViolation& v) {
            return v.finding.verdict == Verdict::Violation;
        });
    switch (step) {
        case Step::Run:
            return m_active || m_hasResult;
        case Step::Wait:
            return m_hasResult;
        case Step::Review:
            return inReview;
        case Step::Find:
            return m_found || nothingToJudge;
        case Step::Judge:
            return m_judged || nothingToJudge;
        case Step::Plan:
            return m_planned;
        case Step::Report:
            return m_reported;
        case Step::End:
            break;
    }
    return false;
}

void Tour::update() {
    if (!m_running) {
        return;
    }
    m_ran = m_ran || m_active;
    if (m_step == Step::Wait && m_ran && !m_active && !m_hasResult) {
        m_step = Step::Run;  // failed or cancelled
        m_ran = false;
    }
    if (m_step == Step::Plan && isHere()) {
        const auto* tabs = m_shell.reviewPage()->findChild<QTabWidget*>();
        m_planned = tabs && tabs->currentWidget() == m_shell.reviewPage()->planPanel();
    }
    while (m_step != Step::End && isDone(m_step)) {
        m_step = Step(int(m_step) + 1);
    }
    describe();
    const QRect rect = targetRect();
    if (rect.isEmpty()) {
        m_ring->hide();
    } else {
        m_ring->showAround(rect);
    }
    m_card->placeBeside(rect);
}

Tour::Target Tour::target() const {
    const auto child = [](const QWidget* page, const char* name) {
        return Target{page->findChild<QWidget*>(QLatin1String(name)), {}};
    };
    const ReviewPage* review = m_shell.reviewPage();
    switch (m_step) {
        case Step::Run:
            return child(m_shell.projectPage(), "runDetectionPushButton");
        case Step::Wait:
            return progressTarget();
        case Step::Review:
            return child(m_shell.projectPage(), "openReviewPushButton");
        case Step::Find:
            return {
                review->violationPanel()->findChild<QWidget*>(QStringLiteral("violationTableView")),
                {}};
        case Step::Judge:
            return child(review, "confirmButton");
        case Step::Plan:
            if (const auto* tabs = review->findChild<QTabWidget*>()) {
                return {tabs->tabBar(),
                        tabs->tabBar()->tabRect(tabs->indexOf(review->planPanel()))};
            }
            return {};
        case Step::Report:
            return child(review, "exportResultButton");
        case Step::End:
            break;
    }
    return {};
}

// The bar with the line below it, which says how long it will take.
Tour::Target Tour::progressTarget() const {
    auto* bar = m_shell.projectPage()->findChild<QWidget*>(QStringLiteral("detectionProgressBar"));
    auto* words =
        m_shell.projectPage()->findChild<QWidget*>(QStringLiteral("detectionProgressLabel"));
    QRect part = bar->rect();
    if (words->isVisible()) {
        part |= QRect(words->mapTo(m_shell.projectPage(), QPoint()) -
                          bar->mapTo(m_shell.projectPage(), QPoint()),
                      words->size());
    }
    return {bar, part};
}

QRect Tour::targetRect() const {
    const Target now = target();
    if (!isHere() || !now.widget || !now.widget->isVisibleTo(&m_shell)) {
        return {};
    }
    const QRect part = now.part.isNull() ? now.widget->rect() : now.part;
    return QRect(now.widget->mapTo(&m_shell, part.topLeft()), part.size()) & m_shell.rect();
}

void Tour::goThere() {
    look();  // it may be gone
    if (!m_running) {
        return;
    }
    if (m_step <= Step::Review) {
        m_shell.openProject(m_sample);
    } else {
        m_shell.openReview(m_sample, {});
    }
    update();
}

void Tour::help() {
    if (m_step == Step::End) {
        leave();
        m_shell.keys().action(Act::ImportVideo)->trigger();
    } else {
        goThere();
    }
}

// --- Words ---

QString Tour::keyOf(const char* action) const {
    return m_shell.keys().keys(QLatin1String(action)).value(0).toString(QKeySequence::NativeText);
}

void Tour::describe() {
    TourCard::Content content;
    content.progress = tr("Step %1 of %2").arg(int(m_step) + 1).arg(kSteps);
    switch (m_step) {
        case Step::Run:
            content.title = tr("Run the detection");
            content.text =
                tr("This is the sample pour: a short rendered video, calibrated already. Press "
                   "“Run detection” (%1).")
                    .arg(keyOf("runDetectionAction"));
            break;
        case Step::Wait:
            content.title = tr("The program is looking");
            content.text =
                tr("It finds the pokers in each frame, follows them and judges every "
                   "insertion. The line below the bar says how long that takes. Look around "
                   "meanwhile; this card stays.");
            break;
        case Step::Review:
            content.title = tr("Open the review");
            content.text = tr("The result is there. Press “Review” (%1): the video on the left, "
                              "what was found on the right.")
                               .arg(keyOf("openReviewAction"));
            break;
        case Step::Find:
            content.title = tr("Go to a violation");
            content.text =
                tr("Press %1 for the next one, or click a row. The video then stands "
                   "where the evidence begins; %2 plays it.")
                    .arg(keyOf("review/nextViolationAction"), keyOf("review/playEvidenceAction"));
            break;
        case Step::Judge:
            content.title = tr("Say whether it stands");
            content.text = tr("Compare the picture with the value and the limit. Press %1 to "
                              "confirm it, or %2 if it is a false alarm. %3 takes it back.")
                               .arg(keyOf("review/confirmAction"), keyOf("review/falseAlarmAction"),
                                    keyOf("review/undoVerdictAction"));
            break;
        case Step::Plan:
            content.title = tr("Look at the plan");
            content.text =
                tr("Open the tab “Plan”: the pour from above, with what was treated, what "
                   "was missed and what the camera did not see.");
            break;
        case Step::Report:
            content.title = tr("Make the report");
            content.text = tr("Press “Export…” (%1) and choose where the record goes.")
                               .arg(keyOf("review/exportResultAction"));
            break;
        case Step::End:
            content.title = tr("From a video to a report");
            content.text = tr("That is all of it. Next: a video of your own, and a calibration for "
                              "it. %1 opens the guide wherever you are.")
                               .arg(keyOf("helpAction"));
            content.primary = tr("Import a video…");
            content.last = true;
            break;
    }
    if (!isHere()) {
        content.hint = tr("This step is on another page.");
        content.primary = tr("Go there");
    }
    const TourCard::Content& now = m_card->content();
    if (content.title != now.title || content.text != now.text || content.hint != now.hint ||
        content.progress != now.progress) {
        m_card->setContent(content);
    }
}

// --- Keys ---

void Tour::toCardAndBack() {
    QWidget* focus = QApplication::focusWidget();
    if (focus && m_card->isAncestorOf(focus)) {
        (m_before ? m_before.data() : m_shell.currentPage())->setFocus(Qt::OtherFocusReason);
    } else {
        m_before = focus;
        m_card->focusButton();
    }
}

// Esc leaves the tour before it leaves the page; F6 goes to the card. Only in the shell's own
// window, and not while a menu or a dialog is open.
bool Tour::eventFilter(QObject* watched, QEvent* event) {
    const bool override = event->type() == QEvent::ShortcutOverride;
    if ((!override && event->type() != QEvent::KeyPress) || !watched->isWidgetType()) {
        return QObject::eventFilter(watched, event);
    }
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool ours = (key->key() == Qt::Key_Escape || key->key() == Qt::Key_F6) &&
                      key->modifiers() == Qt::NoModifier;
    if (!ours || static_cast<QWidget*>(watched)->window() != m_shell.window() ||
        QApplication::activePopupWidget() || QApplication::activeModalWidget()) {
        return QObject::eventFilter(watched, event);
    }
    if (override) {
        event->accept();  // comes again as a key press, whatever action has this key
    } else if (key->key() == Qt::Key_Escape) {
        leave();
    } else {
        toCardAndBack();
    }
    return true;
}

}  // namespace cvd::ui
