#include "ui/dashboard_page.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLocale>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>
#include <QtConcurrent>

#include "core/text/text.h"
#include "ui/charts/chart_frame.h"
#include "ui/project_text.h"
#include "ui/theme.h"

namespace cvd::ui {

using projects::Dashboard;
using projects::LibraryUsage;
using projects::ProjectStatus;

namespace {

constexpr int kRefreshMs = 60000;
constexpr int kChartHeight = 270, kTwoColumnsFrom = 900;
constexpr int kChartFrame = 140;  // px of a card that are not its rows: title, axis, legend
constexpr double kGigabyte = 1e9;

QString monthText(const QString& month) {
    const QDate date = QDate::fromString(month + QStringLiteral("-01"), Qt::ISODate);
    return QLocale().toString(date, QStringLiteral("MM/yy"));
}

QString dayText(const QDate& day) {
    return QLocale().toString(day, QStringLiteral("MM-dd"));
}

}  // namespace

DashboardPage::DashboardPage(AppContext& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_cancel(std::make_shared<std::atomic_bool>(false)),
      m_timer(new QTimer(this)),
      m_title(titleLabel(this, "dashboardTitleLabel")),
      m_state(mutedLabel(this)),
      m_refresh(new QPushButton(this)),
      m_banner(new Banner(this)),
      m_scroll(new QScrollArea(this)),
      m_tileGrid(new QGridLayout),
      m_chartGrid(new QGridLayout) {
    setObjectName(QStringLiteral("dashboardPage"));
    m_refresh->setObjectName(QStringLiteral("refreshDashboardPushButton"));
    const bool everybody = m_context.session.isAdministrator();
    m_projects = addTile("projectsTile");
    m_jobs = addTile("jobsTile");
    m_speed = addTile("speedTile");
    if (everybody) {
        m_storage = addTile("storageTile");
        m_users = addTile("usersTile");
    }
    m_byStatus = addChart("projectsByStatusChart");
    m_byRule = addChart("violationsByRuleChart");
    m_jobsPerDay = addChart("jobsPerDayChart");
    m_projectsPerMonth = addChart("projectsPerMonthChart");
    if (everybody) {
        m_usersPerMonth = addChart("usersPerMonthChart");
        m_disk = addChart("storageChart");
    }
    auto* head = new QHBoxLayout;
    head->setSpacing(kGroupGap);
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_state);
    head->addWidget(m_refresh);
    auto* inside = new QWidget;
    auto* body = new QVBoxLayout(inside);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(kGroupGap);
    m_tileGrid->setSpacing(kGap);
    m_chartGrid->setSpacing(kGap);
    body->addLayout(m_tileGrid);
    body->addLayout(m_chartGrid);
    body->addStretch();
    m_scroll->setWidget(inside);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kPageEdge, kGroupGap, kPageEdge, kGroupGap);
    column->setSpacing(kGroupGap);
    column->addLayout(head);
    column->addWidget(m_banner);
    column->addWidget(m_scroll, 1);

    connect(m_refresh, &QPushButton::clicked, this, &DashboardPage::refresh);
    m_timer->setInterval(kRefreshMs);
    connect(m_timer, &QTimer::timeout, this, [this] {
        if (isVisible()) {
            refresh();
        }
    });
    m_timer->start();
    connect(&m_figures, &QFutureWatcherBase::finished, this, [this] {
        const Outcome outcome = m_figures.result();
        if (outcome.ok()) {
            m_banner->clear();
            m_board = *outcome;
        } else {
            m_banner->showError(outcome.error());
            Q_EMIT failed(outcome.error());
        }
        fill();
        Q_EMIT refreshed();
    });
    connect(&m_measure, &QFutureWatcherBase::finished, this, [this] {
        if (const auto usage = m_measure.result()) {
            m_usage = usage;
            fill();
        }
    });
    connect(m_byStatus, &ChartFrame::chosen, this, [this](const QList<qint64>& ids) {
        Q_EMIT projectsRequested(ProjectStatus(ids.first()));
    });
    connect(m_jobsPerDay, &ChartFrame::chosen, this, &DashboardPage::jobsRequested);
    for (ChartFrame* chart : m_charts) {
        connect(chart, &ChartFrame::failed, m_banner, &Banner::showError);
    }
    DashboardPage::retranslate();
    DashboardPage::restyle();
}

DashboardPage::~DashboardPage() {
    *m_cancel = true;
    m_figures.waitForFinished();
    m_measure.waitForFinished();
}

DashboardPage::Tile DashboardPage::addTile(const char* objectName) {
    auto* card = new QFrame(this);
    card->setObjectName(QLatin1String(objectName));
    card->setProperty("card", true);
    // A dash until the figures are counted: screen readers pass over what says nothing.
    Tile tile{mutedLabel(card), new QLabel(QStringLiteral("–"), card), mutedLabel(card)};
    tile.value->setProperty("role", "title");
    tile.value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(2);
    column->addWidget(tile.name);
    column->addWidget(tile.value);
    column->addWidget(tile.detail);
    m_tileFrames << card;
    return tile;
}

ChartFrame* DashboardPage::addChart(const char* objectName) {
    auto* card = new QFrame(this);
    card->setProperty("card", true);
    auto* chart = new ChartFrame(false, card);
    chart->setObjectName(QLatin1String(objectName));
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(12, 10, 12, 10);
    column->addWidget(chart);
    card->setMinimumHeight(kChartHeight);
    m_charts << chart;
    m_cards << card;
    return chart;
}

void DashboardPage::arrange() {
    const int columns = width() < kTwoColumnsFrom ? 1 : 2;
    for (QWidget* card : m_cards) {
        m_chartGrid->removeWidget(card);
    }
    for (int i = 0; i < m_cards.size(); ++i) {
        m_chartGrid->addWidget(m_cards[i], i / columns, i % columns);
    }
    for (int i = 0; i < 2; ++i) {
        m_chartGrid->setColumnStretch(i, i < columns ? 1 : 0);
    }
    const int tiles = width() < kTwoColumnsFrom ? 3 : int(m_tileFrames.size());
    for (QWidget* tile : m_tileFrames) {
        m_tileGrid->removeWidget(tile);
    }
    for (int i = 0; i < m_tileFrames.size(); ++i) {
        m_tileGrid->addWidget(m_tileFrames[i], i / tiles, i % tiles);
    }
}

bool DashboardPage::isBusy() const {
    return m_figures.isRunning();
}

void DashboardPage::refresh() {
    if (isBusy()) {
        return;
    }
    m_state->setText(m_board ? tr("Counting…") : tr("Counting for the first time…"));
    m_figures.setFuture(QtConcurrent::run([connection = m_context.workspace.settings(),
                                           library = m_context.workspace.library().root(),
                                           session = m_context.session]() -> Outcome {
        return withOwnServices(
            connection, library,
            [&](projects::ProjectService& service, storage::Database&) -> Outcome {
                return service.dashboard(session);
            });
    }));
    if (m_context.session.isAdministrator() && !m_measure.isRunning()) {
        m_measure.setFuture(
            QtConcurrent::run([root = m_context.workspace.library().root(), cancel = m_cancel] {
                return projects::libraryUsage(root, *cancel);
            }));
    }
}

void DashboardPage::fill() {
    if (!m_board) {
        m_state->setText(QString());
        return;
    }
    m_state->setText(tr("As of %1").arg(dateTimeText(m_board->computed)));
    fillTiles();
    fillCharts();
}

void DashboardPage::fillTiles() {
    const Dashboard& b = *m_board;
    const QLocale locale;
    m_projects.value->setText(locale.toString(b.projects.total()));
    m_projects.detail->setText(tr("%1 of them judged").arg(locale.toString(b.projects.done)));
    m_jobs.value->setText(locale.toString(b.jobsDone));
    m_jobs.detail->setText(
        tr("%1 failed, %2 running or waiting")
            .arg(locale.toString(b.jobsFailed), locale.toString(b.jobsRunning + b.jobsQueued)));
    m_speed.value->setText(b.framesPerS > 0
                               ? tr("%1 frames/s").arg(locale.toString(b.framesPerS, 'f', 1))
                               : QStringLiteral("\u2013"));
    m_speed.detail->setText(
        tr("%1 h of detection in 30 days").arg(locale.toString(b.detectionHours, 'f', 1)));
    if (m_storage.value) {
        m_storage.value->setText(bytesText(
            m_usage ? m_usage->videos + m_usage->results + m_usage->other : b.copiedBytes));
        m_storage.detail->setText(m_usage ? tr("%1 free").arg(bytesText(m_usage->free))
                                          : tr("results not measured yet"));
        m_users.value->setText(locale.toString(b.users));
        m_users.detail->setText(
            tr("%1 new this month")
                .arg(
                    locale.toString(b.usersPerMonth.isEmpty() ? 0 : b.usersPerMonth.last().count)));
    }
}

void DashboardPage::fillCharts() {
    const Dashboard& b = *m_board;
    const QString projectsTitle = tr("Projects");
    ChartData status;
    status.kind = ChartData::Kind::Rows;
    status.title = tr("Projects by state");
    status.categoryTitle = tr("State");
    status.valueTitle = projectsTitle;
    status.empty = tr("No projects yet.");
    status.sets = {{projectsTitle, ChartTone::Accent}};
    const std::pair<ProjectStatus, qint64> states[] = {
        {ProjectStatus::Done, b.projects.done},
        {ProjectStatus::Running, b.projects.running},
        {ProjectStatus::NotStarted, b.projects.notStarted}};
    for (const auto& [state, count] : states) {
        status.bars.append({statusText(state), {double(count)}, {{qint64(state)}}});
    }
    m_byStatus->setData(status);

    ChartData rules;
    rules.kind = ChartData::Kind::Rows;
    rules.title = tr("Violations by rule");
    rules.note = tr("Of the latest result of each project, without false alarms.");
    rules.categoryTitle = tr("Rule");
    rules.valueTitle = tr("Violations");
    rules.empty = tr("No violations in any result.");
    rules.sets = {{text::severityText(Severity::Critical), ChartTone::Critical},
                  {text::severityText(Severity::Major), ChartTone::Major},
                  {text::severityText(Severity::Minor), ChartTone::Minor}};
    for (auto it = b.rules.rbegin(); it != b.rules.rend(); ++it) {
        if (it->total() > 0) {
            rules.bars.append({text::ruleText(it->rule.toStdString()),
                               {double(it->critical), double(it->major), double(it->minor)},
                               {}});
        }
    }
    m_byRule->setData(rules);
    // Each name needs its line, or the axis shows dots instead of all of them.
    const int line = fontMetrics().height() + 8;
    m_byRule->parentWidget()->setMinimumHeight(
        std::max(kChartHeight, kChartFrame + line * int(rules.bars.size())));

    ChartData jobs;
    jobs.title = tr("Jobs of the last 30 days");
    jobs.categoryTitle = tr("Day");
    jobs.valueTitle = tr("Jobs");
    jobs.empty = tr("No job ended in the last 30 days.");
    jobs.labelsUnderBars = true;
    jobs.sets = {{tr("Done"), ChartTone::Pass}, {tr("Failed"), ChartTone::Critical}};
    for (const auto& day : b.jobsPerDay) {
        jobs.bars.append(
            {dayText(day.day), {double(day.done), double(day.failed)}, {{day.done}, {day.failed}}});
    }
    m_jobsPerDay->setData(jobs);

    const auto perMonth = [this](ChartFrame* chart, const QString& title, const QString& what,
                                 const QString& empty, const QList<projects::MonthFigure>& months) {
        ChartData counts;
        counts.title = title;
        counts.categoryTitle = tr("Month");
        counts.valueTitle = what;
        counts.empty = empty;
        counts.labelsUnderBars = true;
        counts.sets = {{what, ChartTone::Accent}};
        for (const auto& month : months) {
            counts.bars.append({monthText(month.month), {double(month.count)}, {}});
        }
        chart->setData(counts);
    };
    perMonth(m_projectsPerMonth, tr("New projects per month"), projectsTitle,
             tr("No new project in the last twelve months."), b.projectsPerMonth);
    if (!m_usersPerMonth) {
        return;
    }
    perMonth(m_usersPerMonth, tr("New users per month"), tr("Users"),
             tr("No new user in the last twelve months."), b.usersPerMonth);
    ChartData disk;
    disk.kind = ChartData::Kind::Rows;
    disk.title = tr("Storage");
    disk.categoryTitle = tr("What");
    disk.valueTitle = tr("Size (GB)");
    disk.wholeNumbers = false;
    disk.decimals = 2;
    disk.empty = tr("The library is being measured…");
    disk.sets = {{tr("Size (GB)"), ChartTone::Accent}};
    if (m_usage) {
        disk.empty = tr("The library is empty.");
        disk.note = tr("%1 free on this disk; linked videos lie elsewhere and are not counted.")
                        .arg(bytesText(m_usage->free));
        const std::pair<QString, qint64> parts[] = {{tr("Other files"), m_usage->other},
                                                    {tr("Results"), m_usage->results},
                                                    {tr("Copied videos"), m_usage->videos}};
        for (const auto& [name, bytes] : parts) {
            disk.bars.append({name, {double(bytes) / kGigabyte}, {}});
        }
    }
    m_disk->setData(disk);
}

void DashboardPage::retranslate() {
    const bool everybody = m_context.session.isAdministrator();
    m_title->setText(everybody ? tr("Dashboard") : tr("My figures"));
    m_scroll->setAccessibleName(m_title->text());
    m_refresh->setText(tr("Refresh"));
    m_refresh->setToolTip(tr("Count again now"));
    m_projects.name->setText(tr("Projects"));
    m_jobs.name->setText(tr("Finished detections"));
    m_speed.name->setText(tr("Speed"));
    if (m_users.name) {
        m_users.name->setText(tr("Users"));
        m_storage.name->setText(tr("Storage"));
    }
    fill();
}

void DashboardPage::restyle() {
    m_refresh->setIcon(icon(QStringLiteral("refresh")));
}

void DashboardPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    const bool old =
        !m_board || m_board->computed.secsTo(QDateTime::currentDateTimeUtc()) * 1000 >= kRefreshMs;
    if (old) {
        refresh();
    }
}

void DashboardPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    arrange();
}

}  // namespace cvd::ui
