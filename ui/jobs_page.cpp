#include "ui/jobs_page.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include "core/text/text.h"
#include "ui/job_log_dialog.h"
#include "ui/jobs_model.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace cvd::ui {
namespace {

// Stage in words with a thin bar below it.
class ProgressDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        const double done = index.data(JobsModel::ProgressRole).toDouble();
        if (done < 0) {
            return;
        }
        const QRectF whole(option.rect.left() + 8, option.rect.bottom() - 5,
                           option.rect.width() - 16, 3);
        painter->save();
        painter->setPen(Qt::NoPen);
        painter->setBrush(tokens().line);
        painter->drawRoundedRect(whole, 1.5, 1.5);
        painter->setBrush(done >= 1 ? tokens().pass : tokens().accent);
        painter->drawRoundedRect(QRectF(whole.left(), whole.top(),
                                        whole.width() * std::clamp(done, 0.0, 1.0), whole.height()),
                                 1.5, 1.5);
        painter->restore();
    }
};

}  // namespace

JobsPage::JobsPage(jobs::JobQueue& queue, accounts::Session session, QWidget* parent)
    : QWidget(parent), m_queue(queue), m_session(std::move(session)) {
    build();
    connect(&m_queue, &jobs::JobQueue::changed, this, &JobsPage::refresh);
    connect(&m_queue, &jobs::JobQueue::progress, this,
            [this](JobId job, ProjectId, const jobs::JobProgress& progress) {
                const jobs::JobInfo* shown = current();
                const bool turned = shown != nullptr && shown->id == job &&
                                    !jobs::samePhase(shown->progress, progress);
                m_model->setProgress(job, progress);
                if (turned) {
                    updateActions();
                }
            });
    retranslate();
}

void JobsPage::build() {
    m_model = new JobsModel(this);
    m_title = new QLabel;
    m_title->setProperty("role", "title");
    m_table = new QTableView;
    m_table->setObjectName(QStringLiteral("jobsTableView"));
    m_table->setModel(m_model);
    m_table->setItemDelegateForColumn(JobsModel::ProgressColumn, new ProgressDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    const int rowHeight = std::max(fontMetrics().height() + 20, 44);
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight);
    m_table->setIconSize({(rowHeight - 8) * 16 / 9, rowHeight - 8});
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(JobsModel::ProjectColumn,
                                                      QHeaderView::Stretch);
    const std::pair<int, int> widths[] = {
        {JobsModel::StateColumn, 150}, {JobsModel::ProgressColumn, 210}, {JobsModel::Speed, 90},
        {JobsModel::TimeLeft, 150},    {JobsModel::Device, 80},          {JobsModel::Queued, 150}};
    for (const auto& [column, width] : widths) {
        m_table->setColumnWidth(column, width);
    }
    m_empty = new QLabel;
    m_empty->setProperty("role", "muted");
    m_empty->setAlignment(Qt::AlignCenter);
    m_detail = new QLabel;
    m_detail->setObjectName(QStringLiteral("jobDetailLabel"));
    m_detail->setWordWrap(true);
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_open = new QPushButton;
    m_open->setObjectName(QStringLiteral("openProjectPushButton"));
    m_pause = new QPushButton;
    m_pause->setObjectName(QStringLiteral("pauseJobPushButton"));
    m_log = new QPushButton;
    m_log->setObjectName(QStringLiteral("jobLogPushButton"));
    m_cancel = new QPushButton;
    m_cancel->setObjectName(QStringLiteral("cancelJobPushButton"));
    m_retry = new QPushButton;
    m_retry->setObjectName(QStringLiteral("retryJobPushButton"));
    m_forget = new QPushButton;
    m_forget->setObjectName(QStringLiteral("forgetJobPushButton"));
    m_copy = new QPushButton;
    m_copy->setObjectName(QStringLiteral("copyErrorPushButton"));

    auto* head = new QHBoxLayout;
    head->setSpacing(kGap);
    head->addWidget(m_title);
    head->addStretch();
    for (QPushButton* button : {m_open, m_pause, m_cancel, m_retry, m_log, m_forget}) {
        head->addWidget(button);
    }
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_detail, 1);
    foot->addWidget(m_copy, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kPageEdge, kGroupGap, kPageEdge, kGroupGap);
    layout->setSpacing(kGroupGap);
    layout->addLayout(head);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_empty);
    layout->addLayout(foot);

    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &JobsPage::updateActions);
    const auto open = [this] {
        if (const jobs::JobInfo* job = current()) {
            Q_EMIT projectRequested(job->project);
        }
    };
    connect(m_table, &QTableView::doubleClicked, this, open);
    connect(m_open, &QPushButton::clicked, this, open);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        const jobs::JobInfo* job = current();
        const bool pause = job != nullptr && !job->progress.paused;
        act([this, pause](JobId id) { return m_queue.setPaused(m_session, id, pause); });
    });
    connect(m_log, &QPushButton::clicked, this, &JobsPage::showLog);
    connect(m_cancel, &QPushButton::clicked, this,
            [this] { act([this](JobId id) { return m_queue.cancel(m_session, id); }); });
    connect(m_retry, &QPushButton::clicked, this,
            [this] { act([this](JobId id) { return m_queue.retry(m_session, id); }); });
    connect(m_forget, &QPushButton::clicked, this,
            [this] { act([this](JobId id) { return m_queue.forget(m_session, id); }); });
    connect(m_copy, &QPushButton::clicked, this, [this] {
        if (const jobs::JobInfo* job = current()) {
            QGuiApplication::clipboard()->setText(text::errorText(job->error) + QLatin1Char('\n') +
                                                  QString::fromStdString(job->error.detail));
        }
    });
}

void JobsPage::retranslate() {
    m_title->setText(tr("Jobs"));
    m_open->setText(tr("Open project"));
    m_cancel->setText(tr("Cancel job"));
    m_log->setText(tr("Log…"));
    m_retry->setText(tr("Start again"));
    m_forget->setText(tr("Remove from list"));
    m_copy->setText(tr("Copy details"));
    m_empty->setText(tr("Nothing has been run yet. Open a project and press Run."));
    m_table->setAccessibleName(tr("Jobs"));
    refresh();
}

void JobsPage::refresh() {
    const jobs::JobInfo* before = current();
    const JobId kept = before != nullptr ? before->id : JobId{};
    auto jobs = m_queue.jobs(m_session);
    if (!jobs.ok()) {
        Q_EMIT failed(jobs.error());
        return;
    }
    m_model->setJobs(std::move(*jobs));
    if (const int row = m_model->rowOf(kept); row >= 0) {
        m_table->selectRow(row);
    } else if (const int wanted = m_model->mostWanted(); wanted >= 0) {
        m_table->selectRow(wanted);  // what somebody who comes here wants to pause or cancel
    }
    m_empty->setVisible(m_model->rowCount() == 0);
    updateActions();
    Q_EMIT activeJobsChanged(m_model->active());
}

int JobsPage::activeJobs() const {
    return m_model->active();
}

const jobs::JobInfo* JobsPage::current() const {
    const auto rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? nullptr : m_model->at(rows.first().row());
}

void JobsPage::updateActions() {
    const jobs::JobInfo* job = current();
    const QString none = tr("Select a job first.");
    const auto set = [&](QPushButton* button, bool possible, const QString& why) {
        setEnabledOrWhy(button, job == nullptr ? none : possible ? QString() : why);
    };
    set(m_open, true, {});
    const bool paused = job != nullptr && job->progress.paused;
    m_pause->setText(paused ? tr("Resume") : tr("Pause"));
    set(m_pause, job != nullptr && jobs::canPause(*job),
        job != nullptr && job->elsewhere ? tr("It runs in another program and can be paused there.")
                                         : tr("Only a job that is reading frames can be paused."));
    set(m_log, true, {});
    set(m_cancel, job != nullptr && jobs::canCancel(job->state),
        tr("Only a queued or running job can be cancelled."));
    set(m_retry, job != nullptr && jobs::canRetry(job->state),
        tr("Only a failed, cancelled or interrupted job can be started again."));
    set(m_forget, job != nullptr && jobs::isFinal(job->state),
        tr("A job that is queued or running stays on the list."));
    const bool failure = job != nullptr && !job->error.text.empty();
    m_copy->setVisible(failure);
    if (failure) {
        m_detail->setText(text::errorText(job->error));
    } else if (job != nullptr && job->state == jobs::JobState::Interrupted) {
        m_detail->setText(
            tr("The program ended while this job was running. Nothing half-written was kept; start "
               "it again."));
    } else {
        m_detail->clear();
    }
    m_detail->setVisible(!m_detail->text().isEmpty());
}

void JobsPage::showLog() {
    if (const jobs::JobInfo* job = current()) {
        auto* dialog = new JobLogDialog(m_queue, m_session, job->id, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->show();
    }
}

void JobsPage::act(const std::function<Status(JobId)>& action) {
    if (const jobs::JobInfo* job = current()) {
        const Status done = action(job->id);
        if (!done.ok()) {
            Q_EMIT failed(done.error());
        }
        refresh();
    }
}

void JobsPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

}  // namespace cvd::ui
