#include "ui/project_page.h"

#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QStyle>
#include <QTableView>
#include <QVBoxLayout>

#include "core/compliance/profile.h"
#include "core/text/text.h"
#include "ui/ask.h"
#include "ui/jobs_model.h"
#include "ui/key_registry.h"
#include "ui/language.h"
#include "ui/models_page.h"
#include "ui/profile_choice.h"
#include "ui/project_text.h"
#include "ui/theme.h"

namespace cvd::ui {

using projects::MediaState;
using projects::ResultInfo;

// The state of the project as on its card.
class ChipLabel : public QWidget {
public:
    explicit ChipLabel(QWidget* parent) : QWidget(parent) {
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    void setStatus(projects::ProjectStatus status) {
        m_status = status;
        setAccessibleName(statusText(status));
        updateGeometry();
        update();
    }
    QSize sizeHint() const override {
        return {chipWidth(fontMetrics(), stateChip(m_status)), fontMetrics().height() + 8};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        paintChip(painter, rect(), stateChip(m_status));
    }

private:
    projects::ProjectStatus m_status = projects::ProjectStatus::NotStarted;
};

namespace {

enum Fact {
    FileFact,
    PictureFact,
    LengthFact,
    StorageFact,
    OwnerFact,
    CreatedFact,
    HashFact,
    FactCount
};
enum ResultColumn {
    ResultDate,
    ResultProfile,
    ResultModel,
    ResultDevice,
    ResultSpeed,
    ResultInsertions,
    ResultViolations,
    ResultOpen,
    ResultColumnCount
};
constexpr QSize kThumbnail{240, 135};

QFrame* card(QWidget* parent) {
    auto* frame = new QFrame(parent);
    frame->setProperty("card", true);
    return frame;
}

QLabel* cardHead(QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setProperty("role", "head");
    return label;
}

// The name of the profile that a result was judged with. Its folder keeps a copy; results of other
// programs have none, and for them the profile of that id speaks.
QString profileOf(const ResultInfo& result) {
    const auto kept = compliance::loadProfile(result.file(QStringLiteral("profile.json")));
    if (kept.ok()) {
        return profileTitle(*kept);
    }
    const auto known = profileStore().find(result.profileId);
    return known.ok() ? profileTitle(known->profile) : result.profileId;
}

// Name and description of a project. True when the user changed something.
bool askNameAndDescription(QWidget* parent, QString& name, QString& description) {
    QDialog dialog(parent);
    dialog.setObjectName(QStringLiteral("editProjectDialog"));
    dialog.setWindowTitle(ProjectPage::tr("Edit project"));
    auto* nameEdit = new QLineEdit(name, &dialog);
    nameEdit->setObjectName(QStringLiteral("projectNameLineEdit"));
    nameEdit->setMaxLength(100);
    auto* text = new QPlainTextEdit(description, &dialog);
    text->setObjectName(QStringLiteral("projectDescriptionPlainTextEdit"));
    text->setTabChangesFocus(true);
    auto* nameLabel = fieldLabel(nameEdit);
    nameLabel->setText(ProjectPage::tr("&Name"));
    auto* textLabel = fieldLabel(text);
    textLabel->setText(ProjectPage::tr("&Description"));
    auto* buttons =
        new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, &dialog);
    makePrimary(buttons->button(QDialogButtonBox::Save));
    QObject::connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    auto* column = new QVBoxLayout(&dialog);
    column->setContentsMargins(kPageEdge, kPageEdge, kPageEdge, kGroupGap);
    column->setSpacing(kGap);
    column->addWidget(nameLabel);
    column->addWidget(nameEdit);
    column->addWidget(textLabel);
    column->addWidget(text);
    column->addSpacing(kGap);
    column->addWidget(buttons);
    dialog.resize(480, 320);
    if (dialog.exec() != QDialog::Accepted) {
        return false;
    }
    const bool changed = nameEdit->text() != name || text->toPlainText() != description;
    name = nameEdit->text();
    description = text->toPlainText();
    return changed;
}

QStandardItem* cellOf(const QString& text, bool number = false) {
    auto* item = new QStandardItem(text);
    item->setEditable(false);
    if (number) {
        item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    return item;
}

}  // namespace

ProjectPage::ProjectPage(AppContext& context, KeyRegistry& keys, QWidget* parent)
    : Page(parent), m_context(context), m_keys(keys) {
    QWidget* head = headRow();  // parts are made in the order in which Tab goes through them
    m_banner = new Banner(this);
    auto* inside = new QWidget;
    auto* grid = new QGridLayout(inside);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(kGroupGap);
    grid->addWidget(videoCard(), 0, 0);
    grid->addWidget(detectionCard(), 0, 1);
    grid->addWidget(resultsCard(), 1, 0, 1, 2);
    grid->setColumnStretch(0, 3);
    grid->setColumnStretch(1, 2);
    grid->setRowStretch(1, 1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kPageEdge, kGroupGap, kPageEdge, kGroupGap);
    column->setSpacing(kGroupGap);
    column->addWidget(head);
    column->addWidget(m_banner);
    column->addWidget(scroll, 1);

    jobs::JobQueue& queue = m_context.workspace.queue();
    connect(&queue, &jobs::JobQueue::progress, this,
            [this](JobId job, ProjectId, const jobs::JobProgress& progress) {
                if (!m_project || !m_job || m_job->id != job) {
                    return;
                }
                const bool turned = !jobs::samePhase(m_job->progress, progress);
                m_job->progress = progress;
                showProgress(progress);
                if (turned) {
                    updateButtons();
                    Q_EMIT stateChanged();
                }
            });
    connect(&queue, &jobs::JobQueue::changed, this, [this](JobId, ProjectId id) {
        if (m_project && m_project->id == id) {
            refresh();
        }
    });
    setFocusPolicy(Qt::StrongFocus);
    ProjectPage::retranslate();
    ProjectPage::restyle();
}

QWidget* ProjectPage::headRow() {
    auto* head = new QWidget(this);
    m_back = new QToolButton(head);
    m_back->setAutoRaise(true);
    m_back->setDefaultAction(m_keys.action(Act::Back));
    m_back->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_title = new ElidedLabel(head, Qt::ElideRight);
    m_title->setProperty("role", "title");
    m_title->setObjectName(QStringLiteral("projectTitleLabel"));
    m_chip = new ChipLabel(head);
    m_edit = new QPushButton(head);
    m_delete = new QPushButton(head);
    m_export = new QPushButton(head);
    m_pause = new QPushButton(head);
    m_cancel = new QPushButton(head);
    m_run = new QPushButton(head);
    m_review = new QPushButton(head);
    m_export->setObjectName(QStringLiteral("exportResultPushButton"));
    m_edit->setObjectName(QStringLiteral("editProjectPushButton"));
    m_delete->setObjectName(QStringLiteral("deleteProjectPushButton"));
    m_pause->setObjectName(QStringLiteral("pauseDetectionPushButton"));
    m_cancel->setObjectName(QStringLiteral("cancelDetectionPushButton"));
    m_run->setObjectName(QStringLiteral("runDetectionPushButton"));
    m_review->setObjectName(QStringLiteral("openReviewPushButton"));
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGap);
    for (QWidget* w : std::initializer_list<QWidget*>{m_back, m_chip}) {
        row->addWidget(w);
    }
    row->insertWidget(1, m_title, 1);
    row->addSpacing(kGap);
    for (QWidget* w : std::initializer_list<QWidget*>{m_edit, m_delete, m_export, m_pause, m_cancel,
                                                      m_run, m_review}) {
        row->addWidget(w);
    }
    connect(m_edit, &QPushButton::clicked, this, &ProjectPage::edit);
    connect(m_delete, &QPushButton::clicked, m_keys.action(Act::DeleteProject), &QAction::trigger);
    connect(m_run, &QPushButton::clicked, this, [this] {
        m_sinceRun.start();
        m_keys.action(Act::RunDetection)->trigger();
    });
    connect(m_pause, &QPushButton::clicked, m_keys.action(Act::PauseDetection), &QAction::trigger);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        // The second half of a double click on "Run", which stood where this button stands now.
        if (!m_sinceRun.isValid() || m_sinceRun.hasExpired(QApplication::doubleClickInterval())) {
            m_keys.action(Act::CancelDetection)->trigger();
        }
    });
    connect(m_export, &QPushButton::clicked, this, [this] {
        if (m_project) {
            Q_EMIT exportRequested(m_project->id, selectedResult());
        }
    });
    connect(m_review, &QPushButton::clicked, m_keys.action(Act::OpenReview), &QAction::trigger);
    return head;
}

QFrame* ProjectPage::videoCard() {
    QFrame* frame = card(this);
    m_videoHead = cardHead(frame);
    m_thumbnail = new QLabel(frame);
    m_thumbnail->setObjectName(QStringLiteral("thumbnailLabel"));
    m_thumbnail->setFixedSize(kThumbnail);
    m_thumbnail->setAlignment(Qt::AlignCenter);
    m_description = mutedLabel(frame);
    m_description->setWordWrap(true);
    auto* facts = new QGridLayout;
    facts->setHorizontalSpacing(kGroupGap);
    facts->setVerticalSpacing(4);
    for (int i = 0; i < FactCount; ++i) {
        addFact(facts, i);
    }
    facts->setColumnStretch(1, 1);
    facts->setRowStretch(FactCount, 1);
    auto* grid = new QGridLayout(frame);
    grid->setContentsMargins(kGroupGap, kGroupGap, kGroupGap, kGroupGap);
    grid->setHorizontalSpacing(kGroupGap);
    grid->setVerticalSpacing(kGap);
    grid->addWidget(m_videoHead, 0, 0, 1, 2);
    grid->addWidget(m_thumbnail, 1, 0, Qt::AlignTop);
    grid->addLayout(facts, 1, 1);
    grid->addWidget(m_description, 2, 0, 1, 2);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(3, 1);
    return frame;
}

void ProjectPage::addFact(QGridLayout* grid, int row) {
    auto* name = mutedLabel(this);
    auto* value = new ElidedLabel(this, Qt::ElideMiddle);
    m_factNames << name;
    m_factValues << value;
    grid->addWidget(name, row, 0);
    grid->addWidget(value, row, 1);
}

QFrame* ProjectPage::detectionCard() {
    QFrame* frame = card(this);
    m_detectionHead = cardHead(frame);
    m_profile = new QComboBox(frame);
    m_profile->setObjectName(QStringLiteral("profileComboBox"));
    m_profile->setMinimumContentsLength(16);
    m_profile->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_profileLabel = fieldLabel(m_profile);
    m_calibrationLabel = mutedLabel(frame);
    m_calibration = new QLabel(frame);
    m_calibration->setObjectName(QStringLiteral("calibrationStateLabel"));
    m_calibration->setWordWrap(true);
    m_calibrate = new QPushButton(frame);
    m_calibrate->setObjectName(QStringLiteral("calibratePushButton"));
    m_importCalibration = new QPushButton(frame);
    m_importCalibration->setObjectName(QStringLiteral("importCalibrationPushButton"));
    m_removeCalibration = new QPushButton(frame);
    m_removeCalibration->setObjectName(QStringLiteral("removeCalibrationPushButton"));
    m_model = new QComboBox(frame);
    m_model->setObjectName(QStringLiteral("modelComboBox"));
    m_model->setMinimumContentsLength(16);
    m_model->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_modelLabel = fieldLabel(m_model);
    m_bar = new QProgressBar(frame);
    m_bar->setObjectName(QStringLiteral("detectionProgressBar"));
    m_bar->setTextVisible(false);
    m_progress = new QLabel(frame);
    m_progress->setObjectName(QStringLiteral("detectionProgressLabel"));
    m_progress->setWordWrap(true);
    m_jobBanner = new Banner(frame);
    m_jobBanner->setObjectName(QStringLiteral("jobBanner"));
    auto* calibrationButtons = new QHBoxLayout;
    calibrationButtons->setSpacing(kGap);
    calibrationButtons->addWidget(m_calibrate);
    calibrationButtons->addWidget(m_importCalibration);
    calibrationButtons->addWidget(m_removeCalibration);
    calibrationButtons->addStretch();
    auto* grid = new QGridLayout(frame);
    grid->setContentsMargins(kGroupGap, kGroupGap, kGroupGap, kGroupGap);
    grid->setHorizontalSpacing(kGroupGap);
    grid->setVerticalSpacing(kGap);
    grid->addWidget(m_detectionHead, 0, 0, 1, 2);
    grid->addWidget(m_profileLabel, 1, 0);
    grid->addWidget(m_profile, 1, 1);
    grid->addWidget(m_modelLabel, 2, 0);
    grid->addWidget(m_model, 2, 1);
    grid->addWidget(m_calibrationLabel, 3, 0, Qt::AlignTop);
    grid->addWidget(m_calibration, 3, 1);
    grid->addLayout(calibrationButtons, 4, 1);
    grid->addWidget(m_bar, 5, 0, 1, 2);
    grid->addWidget(m_progress, 6, 0, 1, 2);
    grid->addWidget(m_jobBanner, 7, 0, 1, 2);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(8, 1);
    connect(m_calibrate, &QPushButton::clicked, this, [this] {
        if (m_project) {
            Q_EMIT calibrateRequested(m_project->id);
        }
    });
    connect(m_importCalibration, &QPushButton::clicked, this, &ProjectPage::importCalibration);
    connect(m_removeCalibration, &QPushButton::clicked, this, &ProjectPage::removeCalibration);
    return frame;
}

QFrame* ProjectPage::resultsCard() {
    QFrame* frame = card(this);
    m_resultsHead = cardHead(frame);
    m_noResults = mutedLabel(frame);
    m_noResults->setWordWrap(true);
    m_noResults->setObjectName(QStringLiteral("noResultsLabel"));
    m_tableModel = new QStandardItemModel(0, ResultColumnCount, this);
    m_table = new QTableView(frame);
    m_table->setObjectName(QStringLiteral("resultsTableView"));
    m_table->setModel(m_tableModel);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setProperty("plain", true);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 16);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(ResultProfile, QHeaderView::Stretch);
    m_table->setWordWrap(false);
    m_table->setMinimumHeight(120);
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(kGroupGap, kGroupGap, kGroupGap, kGroupGap);
    column->setSpacing(kGap);
    column->addWidget(m_resultsHead);
    column->addWidget(m_noResults);
    column->addWidget(m_table, 1);
    column->addStretch();
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ProjectPage::stateChanged);
    connect(m_table, &QTableView::activated, m_keys.action(Act::OpenReview), &QAction::trigger);
    return frame;
}

bool ProjectPage::open(ProjectId id) {
    auto project = m_context.workspace.projects().project(m_context.session, id);
    if (!project.ok()) {
        Q_EMIT failed(project.error());
        return false;
    }
    const bool other = !m_project || m_project->id != id;
    m_project = std::move(*project);
    if (other) {
        m_banner->clear();
        m_results.clear();
        m_job.reset();
    }
    fillProfiles();  // a colleague may have added some
    fillModels();
    refresh();
    return true;
}

void ProjectPage::close() {
    m_project.reset();
    m_job.reset();
}

void ProjectPage::refresh() {
    if (!m_project) {
        return;
    }
    projects::ProjectService& service = m_context.workspace.projects();
    auto project = service.project(m_context.session, m_project->id);
    auto results = service.results(m_context.session, m_project->id);
    auto jobs = m_context.workspace.queue().jobsOfProject(m_context.session, m_project->id);
    if (!project.ok() || !results.ok() || !jobs.ok()) {
        const Error error = !project.ok()   ? project.error()
                            : !results.ok() ? results.error()
                                            : jobs.error();
        m_banner->showError(error);
        Q_EMIT failed(error);
        return;
    }
    m_project = std::move(*project);
    m_results = std::move(*results);
    m_job = jobs->isEmpty() ? std::nullopt : std::optional(jobs->first());
    showFacts();
    showCalibration();
    showJob();
    showResults();
    showThumbnail();
    updateButtons();
    Q_EMIT stateChanged();
}

// One primary button: what comes next.
void ProjectPage::updateButtons() {
    const bool active = m_job && !jobs::isFinal(m_job->state);
    const bool judged = !m_results.isEmpty();
    if (m_run->hasFocus() || m_cancel->hasFocus() || (m_pause->hasFocus() && !active)) {
        setFocus();  // the focus would jump to the search when the button goes
    }
    m_run->setVisible(!active);
    m_pause->setVisible(active);
    m_pause->setText(active && m_job->progress.paused ? tr("Resume") : tr("Pause"));
    m_cancel->setVisible(active);
    for (const auto& [button, primary] : {std::pair{m_run, !judged}, {m_review, judged}}) {
        setStyleProperty(button, "primary", primary);
    }
    setEnabledOrWhy(m_run, whyNotRun(), m_keys.action(Act::RunDetection)->toolTip());
    setEnabledOrWhy(m_pause, whyNotPause(), m_keys.action(Act::PauseDetection)->toolTip());
    setEnabledOrWhy(m_cancel, whyNotCancel(), m_keys.action(Act::CancelDetection)->toolTip());
    setEnabledOrWhy(m_review, whyNotReview(), m_keys.action(Act::OpenReview)->toolTip());
    setEnabledOrWhy(m_export,
                    judged ? QString() : tr("There is no result yet. Run the detection first."),
                    tr("Report, tables, clips and evidence package of the selected result"));
    setEnabledOrWhy(m_delete, whyNotDelete(), m_keys.action(Act::DeleteProject)->toolTip());
    restyle();
}

ResultId ProjectPage::selectedResult() const {
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    const int row = rows.isEmpty() ? 0 : rows.first().row();
    return row < m_results.size() ? m_results[row].id : ResultId{};
}

// --- What can be done ---

QString ProjectPage::whyNotRun() const {
    if (!m_project) {
        return tr("Open a project first.");
    }
    if (m_job && !jobs::isFinal(m_job->state)) {
        return tr("A detection of this project is queued or running.");
    }
    if (m_project->videoState == MediaState::Missing) {
        return tr("The video file is gone: %1").arg(m_project->videoPath);
    }
    if (m_project->videoState == MediaState::Changed) {
        return tr("The video file is not the one that was imported: %1").arg(m_project->videoPath);
    }
    if (!m_context.workspace.queueStatus().ok()) {
        return text::errorText(m_context.workspace.queueStatus().error());
    }
    return {};
}

QString ProjectPage::whyNotPause() const {
    if (!m_job || m_job->state != jobs::JobState::Running) {
        return tr("No detection runs.");
    }
    if (m_job->elsewhere) {
        return tr("It runs in another program and can be paused there.");
    }
    return jobs::canPause(*m_job) ? QString()
                                  : tr("All frames are read; there is nothing to pause.");
}

QString ProjectPage::whyNotCancel() const {
    return m_job && jobs::canCancel(m_job->state) ? QString() : tr("No detection runs.");
}

QString ProjectPage::whyNotReview() const {
    return m_results.isEmpty() ? tr("There is no result yet. Run the detection first.") : QString();
}

QString ProjectPage::whyNotDelete() const {
    if (!m_project) {
        return tr("Open a project first.");
    }
    return m_job && !jobs::isFinal(m_job->state)
               ? tr("A detection of this project is queued or running. Cancel it first.")
               : QString();
}

void ProjectPage::run() {
    if (!m_project) {
        return;
    }
    jobs::JobOptions options;
    options.profile = profileReference(m_profile->currentData().toString());
    options.device = m_context.settings.device();
    options.writeVideo = m_context.settings.writeVideo();
    options.modelFile = m_model->count() > 0 ? m_model->currentData().toString()
                                             : m_context.config.defaultModelFile;
    const auto job = m_context.workspace.queue().enqueue(m_context.session, m_project->id, options);
    report(job.ok() ? Status() : Status(job.error()));
    refresh();
}

void ProjectPage::pauseOrResume() {
    if (m_job) {
        report(m_context.workspace.queue().setPaused(m_context.session, m_job->id,
                                                     !m_job->progress.paused));
    }
}

void ProjectPage::cancel() {
    if (m_job) {
        report(m_context.workspace.queue().cancel(m_context.session, m_job->id));
        m_progress->setText(tr("Cancelling…"));
    }
}

void ProjectPage::deleteProject() {
    if (!m_project ||
        !asking().confirm(this, {tr("Delete project"),
                                 tr("Delete “%1” with its results and reviews? A copied video is "
                                    "deleted too; a linked one stays. This cannot be undone.")
                                     .arg(m_project->name),
                                 tr("Delete"), true})) {
        return;
    }
    const Status removed = m_context.workspace.projects().remove(m_context.session, m_project->id);
    report(removed);
    if (removed.ok()) {
        close();
        Q_EMIT deleted();
    }
}

void ProjectPage::report(const Status& status) {
    if (status.ok()) {
        m_banner->clear();
        return;
    }
    m_banner->showError(status.error());
    Q_EMIT failed(status.error());
}

void ProjectPage::edit() {
    QString name = m_project->name, description = m_project->description;
    if (askNameAndDescription(this, name, description)) {
        projects::ProjectChange change;
        change.name = name;
        change.description = description;
        report(m_context.workspace.projects().update(m_context.session, m_project->id, change));
        refresh();
    }
}

void ProjectPage::importCalibration() {
    const QString role = QStringLiteral("calibration");
    const QStringList files = asking().openFiles(
        this, tr("Choose a calibration file"), m_context.settings.lastFolder(role),
        tr("Calibration (%1);;All files (%2)").arg(QStringLiteral("*.json"), QStringLiteral("*")));
    if (files.isEmpty()) {
        return;
    }
    m_context.settings.setLastFolder(role, QFileInfo(files.first()).absolutePath());
    const Status status = m_context.workspace.projects().importCalibration(
        m_context.session, m_project->id, files.first());
    refresh();
    report(status);
}

void ProjectPage::removeCalibration() {
    const Status status =
        m_context.workspace.projects().clearCalibration(m_context.session, m_project->id);
    refresh();
    report(status);
}

// --- What is shown ---

void ProjectPage::showFacts() {
    const projects::Project& p = *m_project;
    m_title->setFullText(p.name);
    m_chip->setStatus(p.status);
    m_description->setText(p.description);
    m_description->setVisible(!p.description.isEmpty());
    const qint64 bytes = QFileInfo(p.videoPath).size();
    QString storage = p.videoLinked ? tr("Linked: %1").arg(p.videoPath)
                                    : tr("Copied into the library, %1").arg(bytesText(bytes));
    if (p.videoState == MediaState::Missing) {
        storage = tr("Missing: %1").arg(p.videoPath);
    } else if (p.videoState == MediaState::Changed) {
        storage = tr("Changed since the import: %1").arg(p.videoPath);
    }
    const QLocale locale;
    const QString values[FactCount] = {
        QString::fromStdString(p.video.file),
        videoText(p.video),
        tr("%1 (%2 frames)", "duration, count")
            .arg(clockText(p.video.durationS), locale.toString(qint64(p.video.frames))),
        storage,
        p.ownerName,
        dateTimeText(p.created),
        QString::fromStdString(p.video.sha256)};
    for (int i = 0; i < FactCount; ++i) {
        m_factValues[i]->setFullText(values[i]);
    }
}

void ProjectPage::showThumbnail() {
    QPixmap picture(m_project->thumbnailPath);
    const double ratio = devicePixelRatioF();
    QPixmap shown(kThumbnail * ratio);
    shown.setDevicePixelRatio(ratio);
    shown.fill(tokens().window);
    QPainter painter(&shown);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (picture.isNull()) {
        painter.drawPixmap(QPoint(kThumbnail.width() / 2 - 20, kThumbnail.height() / 2 - 20),
                           icon(QStringLiteral("video"), tokens().muted).pixmap(40, 40));
    } else {
        const QSizeF fitted = QSizeF(picture.size()).scaled(kThumbnail, Qt::KeepAspectRatio);
        painter.drawPixmap(QRectF(QPointF((kThumbnail.width() - fitted.width()) / 2,
                                          (kThumbnail.height() - fitted.height()) / 2),
                                  fitted),
                           picture, QRectF(picture.rect()));
    }
    painter.end();
    m_thumbnail->setPixmap(shown);
}

void ProjectPage::showCalibration() {
    const bool has = m_project->hasCalibration;
    m_calibration->setText(has ? tr("Calibrated: distances are judged in metres")
                               : tr("None: spacing and coverage cannot be judged"));
    m_importCalibration->setText(has ? tr("Replace…") : tr("Import…"));
    setEnabledOrWhy(m_removeCalibration, has ? QString() : tr("There is no calibration."));
}

void ProjectPage::showJob() {
    m_jobBanner->clear();
    const bool active = m_job && !jobs::isFinal(m_job->state);
    m_bar->setVisible(active);
    const QString running = active ? tr("A detection is running.") : QString();
    setEnabledOrWhy(m_profile, running);
    setEnabledOrWhy(m_model, active || m_model->count() > 0
                                 ? running
                                 : tr("No model is installed. Import one on the page Models."));
    if (active) {
        if (const int row = m_profile->findData(profileIdOf(m_job->options.profile)); row >= 0) {
            m_profile->setCurrentIndex(row);
        }
        if (const int row = m_model->findData(m_job->options.modelFile); row >= 0) {
            m_model->setCurrentIndex(row);
        }
        showProgress(m_job->progress);
        if (m_job->state == jobs::JobState::Queued) {
            m_progress->setText(tr("Waiting for its turn"));
            m_bar->setRange(0, 1);
            m_bar->setValue(0);
        }
        return;
    }
    m_progress->setVisible(m_job.has_value());
    if (!m_job) {
        return;
    }
    switch (m_job->state) {
        case jobs::JobState::Failed:
            m_progress->hide();  // the banner says it
            m_jobBanner->showError(m_job->error);
            break;
        case jobs::JobState::Cancelled:
            m_progress->setText(tr("The last detection was cancelled. Nothing of it was kept."));
            break;
        case jobs::JobState::Interrupted:
            m_progress->setText(
                tr("The last detection was interrupted because the program ended. Run it again."));
            break;
        default:
            m_progress->setText(
                tr("The last detection ended %1.").arg(dateTimeText(m_job->finished)));
            break;
    }
}

void ProjectPage::showProgress(const jobs::JobProgress& progress) {
    const double fraction = progressFraction(progress);
    m_bar->setVisible(true);
    m_bar->setRange(0, fraction < 0 ? 0 : 1000);
    m_bar->setValue(int(1000 * std::max(0.0, fraction)));
    QString words = jobStageText(progress);
    if (progress.paused) {
        words = tr("Paused · %1", "stage").arg(words);
    } else if (progress.stage == jobs::JobStage::Detecting && progress.framesPerS > 0) {
        words = tr("%1 · %2 frames/s · %3", "stage, speed, time left")
                    .arg(words, QLocale().toString(progress.framesPerS, 'f', 1),
                         timeLeftText(progress.secondsLeft));
    }
    m_progress->setVisible(true);
    m_progress->setText(words);
}

void ProjectPage::showResults() {
    const ResultId selected = selectedResult();
    m_tableModel->removeRows(0, m_tableModel->rowCount());
    const QLocale locale;
    for (const ResultInfo& r : m_results) {
        m_tableModel->appendRow(
            {cellOf(dateTimeText(r.created)),
             cellOf(tr("%1, version %2", "profile").arg(profileOf(r), r.profileVersion)),
             cellOf(QStringLiteral("%1 %2").arg(r.modelName, r.modelVersion)), cellOf(r.device),
             cellOf(locale.toString(r.framesPerS, 'f', 1), true),
             cellOf(locale.toString(r.insertions), true),
             cellOf(locale.toString(r.violations), true),
             cellOf(locale.toString(r.unreviewed), true)});
    }
    m_table->setVisible(!m_results.isEmpty());
    m_noResults->setVisible(m_results.isEmpty());
    if (!m_results.isEmpty()) {
        int row = 0;
        for (int i = 0; i < m_results.size(); ++i) {
            row = m_results[i].id == selected ? i : row;
        }
        m_table->selectRow(row);
    }
}

void ProjectPage::fillProfiles() {
    const QString chosen =
        m_profile->count() > 0 ? m_profile->currentData().toString() : m_context.settings.profile();
    cvd::ui::fillProfiles(m_profile, chosen);
}

// The default one is chosen until another is.
void ProjectPage::fillModels() {
    const models::ModelLibrary library = modelLibrary(m_context);
    const auto preferred = library.defaultModel();
    const QString chosen = m_model->currentData().toString();
    m_model->clear();
    for (const models::InstalledModel& model : library.models()) {
        if (model.problem.ok()) {
            m_model->addItem(tr("%1, version %2", "model")
                                 .arg(model.name, QString::fromStdString(model.manifest.version)),
                             model.manifestFile);
        }
    }
    int row = m_model->findData(chosen);
    if (row < 0 && preferred.ok()) {
        row = m_model->findData(preferred->manifestFile);
    }
    m_model->setCurrentIndex(m_model->count() > 0 ? std::max(0, row) : -1);
}

void ProjectPage::retranslate() {
    m_edit->setText(tr("Edit…"));
    m_delete->setText(tr("Delete…"));
    m_run->setText(tr("Run detection"));
    m_cancel->setText(tr("Cancel detection"));
    m_review->setText(tr("Review"));
    m_export->setText(tr("Export…"));
    m_videoHead->setText(tr("Video"));
    m_detectionHead->setText(tr("Detection"));
    m_resultsHead->setText(tr("Results"));
    m_noResults->setText(
        tr("No results yet. Run the detection; each run is kept here with the "
           "profile and model it used."));
    const QString names[FactCount] = {tr("File"),  tr("Picture"), tr("Duration"), tr("Storage"),
                                      tr("Owner"), tr("Created"), tr("SHA-256")};
    for (int i = 0; i < FactCount; ++i) {
        m_factNames[i]->setText(names[i]);
    }
    m_profileLabel->setText(tr("Rule &profile"));
    m_calibrationLabel->setText(tr("Calibration"));
    m_calibrate->setText(tr("Calibrate…"));
    m_modelLabel->setText(tr("&Model"));
    m_removeCalibration->setText(tr("Remove"));
    m_back->setAccessibleName(tr("Back to the projects"));
    m_table->setAccessibleName(tr("Results"));
    m_thumbnail->setAccessibleName(tr("Frame of the video"));
    m_tableModel->setHorizontalHeaderLabels({tr("Finished"), tr("Profile"), tr("Model"),
                                             tr("Device"), tr("Frames/s"), tr("Insertions"),
                                             tr("Violations"), tr("To review")});
    for (const int column : {ResultSpeed, ResultInsertions, ResultViolations, ResultOpen}) {
        m_tableModel->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight |
                                                                     Qt::AlignVCenter);
    }
    for (const int column : {ResultDate, ResultProfile, ResultModel, ResultDevice}) {
        m_tableModel->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignLeft |
                                                                     Qt::AlignVCenter);
    }
    fillModels();
    fillProfiles();
    m_importCalibration->setText(tr("Import…"));
    if (m_project) {
        refresh();
    }
}

void ProjectPage::restyle() {
    const bool judged = !m_results.isEmpty();
    m_run->setIcon(icon(QStringLiteral("run"), judged ? tokens().text : tokens().onAccent));
    m_review->setIcon(icon(QStringLiteral("review"), judged ? tokens().onAccent : tokens().text));
    m_pause->setIcon(icon(QStringLiteral("pause")));
    m_cancel->setIcon(icon(QStringLiteral("stop")));
    m_delete->setIcon(icon(QStringLiteral("delete")));
    m_edit->setIcon(icon(QStringLiteral("edit")));
    if (m_project) {
        showThumbnail();
    }
}

}  // namespace cvd::ui
