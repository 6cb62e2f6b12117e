#include "ui/projects_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QListView>
#include <QMenu>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QStyle>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/ask.h"
#include "ui/key_registry.h"
#include "ui/project_delegate.h"
#include "ui/project_model.h"
#include "ui/project_text.h"
#include "ui/theme.h"

namespace cvd::ui {

using projects::ProjectSort;
using projects::ProjectStatus;

namespace {

constexpr ProjectSort kSorts[] = {ProjectSort::Created, ProjectSort::Name, ProjectSort::Owner,
                                  ProjectSort::Status, ProjectSort::Duration};

}  // namespace

ProjectsPage::ProjectsPage(AppContext& context, KeyRegistry& keys, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_keys(keys),
      m_model(new ProjectModel(this)),
      m_title(titleLabel(this, "projectsTitleLabel")),
      m_import(new QPushButton(this)),
      m_status(new QComboBox(this)),
      m_owner(new QComboBox(this)),
      m_date(new QComboBox(this)),
      m_sort(new QComboBox(this)),
      m_order(new QToolButton(this)),
      m_view(new QToolButton(this)),
      m_pager(new Pager(this)),
      m_banner(new Banner(this)),
      m_body(new QStackedWidget(this)),
      m_cards(new QListView(this)),
      m_table(new QTableView(this)),
      m_cardDelegate(new ProjectCardDelegate(this)),
      m_empty(new EmptyState(QStringLiteral("video"), this)),
      m_noMatch(new EmptyState(QStringLiteral("search"), this)),
      m_searchDelay(new QTimer(this)) {
    build();
    buildViews();
    connectAll();
    loadOwners();
    ProjectsPage::retranslate();
    ProjectsPage::restyle();
    refresh();
}

void ProjectsPage::build() {
    m_import->setObjectName(QStringLiteral("importVideoPushButton"));
    makePrimary(m_import);
    m_status->setObjectName(QStringLiteral("statusFilterComboBox"));
    m_owner->setObjectName(QStringLiteral("ownerFilterComboBox"));
    m_date->setObjectName(QStringLiteral("dateFilterComboBox"));
    m_sort->setObjectName(QStringLiteral("sortComboBox"));
    m_order->setObjectName(QStringLiteral("orderToolButton"));
    m_view->setObjectName(QStringLiteral("viewToolButton"));
    for (QComboBox* box : {m_status, m_owner, m_date, m_sort}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    }
    for (QToolButton* button : {m_order, m_view}) {
        button->setProperty("panel", true);
    }
    m_order->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_owner->setVisible(m_context.session.isAdministrator());

    auto* head = new QHBoxLayout;
    head->setSpacing(kGap);
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_import);
    auto* filters = new QHBoxLayout;
    filters->setSpacing(kGap);
    for (QComboBox* box : {m_status, m_owner, m_date}) {
        filters->addWidget(box);
    }
    filters->addSpacing(kGap);
    filters->addWidget(m_sort);
    filters->addWidget(m_order);
    filters->addWidget(m_view);
    filters->addStretch();
    filters->addWidget(m_pager);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kPageEdge, kGroupGap, kPageEdge, kGroupGap);
    column->setSpacing(kGroupGap);
    column->addLayout(head);
    column->addLayout(filters);
    column->addWidget(m_banner);
    column->addWidget(m_body, 1);
}

void ProjectsPage::buildViews() {
    m_cards->setObjectName(QStringLiteral("projectCardsListView"));
    m_cards->setModel(m_model);
    m_cards->setItemDelegate(m_cardDelegate);
    m_cards->setViewMode(QListView::IconMode);
    m_cards->setMovement(QListView::Static);
    m_cards->setResizeMode(QListView::Adjust);
    m_cards->setUniformItemSizes(true);
    m_cards->setFrameShape(QFrame::NoFrame);
    m_cards->setProperty("plain", true);
    m_cards->setMouseTracking(true);
    m_cards->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_cards->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_cards->verticalScrollBar()->setSingleStep(32);

    m_table->setObjectName(QStringLiteral("projectsTableView"));
    m_table->setModel(m_model);
    m_table->setItemDelegateForColumn(ProjectModel::StateColumn, new StateChipDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 20);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(ProjectModel::NameColumn,
                                                      QHeaderView::Stretch);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSortIndicatorShown(true);
    m_table->horizontalHeader()->setSectionsClickable(true);
    m_table->setColumnHidden(ProjectModel::OwnerColumn, !m_context.session.isAdministrator());
    m_table->setWordWrap(false);
    m_table->setSelectionModel(m_cards->selectionModel());
    setFirstFocus(m_cards);

    for (QAbstractItemView* view :
         {static_cast<QAbstractItemView*>(m_cards), static_cast<QAbstractItemView*>(m_table)}) {
        view->setContextMenuPolicy(Qt::CustomContextMenu);
        view->installEventFilter(this);
        connect(view, &QAbstractItemView::doubleClicked, this, &ProjectsPage::activate);
        connect(view, &QWidget::customContextMenuRequested, this,
                [this, view](const QPoint& at) { showMenu(view->viewport()->mapToGlobal(at)); });
    }
    for (QWidget* page : std::initializer_list<QWidget*>{m_cards, m_table, m_empty, m_noMatch}) {
        m_body->addWidget(page);
    }
}

void ProjectsPage::connectAll() {
    connect(m_import, &QPushButton::clicked, m_keys.action(Act::ImportVideo), &QAction::trigger);
    connect(m_empty->button(), &QPushButton::clicked, m_keys.action(Act::ImportVideo),
            &QAction::trigger);
    connect(m_noMatch->button(), &QPushButton::clicked, this, [this] {
        for (QComboBox* box : {m_status, m_owner, m_date}) {
            box->setCurrentIndex(0);
        }
        setSearch({});
        readFilters();
    });
    connect(m_view, &QToolButton::clicked, this, &ProjectsPage::toggleView);
    connect(m_order, &QToolButton::clicked, this, [this] {
        m_query.descending = !m_query.descending;
        m_query.offset = 0;
        retranslate();
        refresh();
    });
    for (QComboBox* box : {m_status, m_owner, m_date, m_sort}) {
        connect(box, &QComboBox::activated, this, &ProjectsPage::readFilters);
    }
    connect(m_table->horizontalHeader(), &QHeaderView::sectionClicked, this, [this](int column) {
        static const QHash<int, ProjectSort> kByColumn{
            {ProjectModel::NameColumn, ProjectSort::Name},
            {ProjectModel::StateColumn, ProjectSort::Status},
            {ProjectModel::OwnerColumn, ProjectSort::Owner},
            {ProjectModel::CreatedColumn, ProjectSort::Created},
            {ProjectModel::DurationColumn, ProjectSort::Duration}};
        if (!kByColumn.contains(column)) {
            return;
        }
        const ProjectSort sort = kByColumn.value(column);
        m_query.descending = m_query.sort == sort ? !m_query.descending : false;
        m_query.sort = sort;
        m_query.offset = 0;
        retranslate();
        refresh();
    });
    connect(m_pager, &Pager::offsetChosen, this, [this](qint64 offset) {
        m_query.offset = offset;
        refresh();
        m_cards->scrollToTop();
        m_table->scrollToTop();
    });
    m_searchDelay->setSingleShot(true);
    m_searchDelay->setInterval(150);
    connect(m_searchDelay, &QTimer::timeout, this, &ProjectsPage::refresh);
    connect(m_cards->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ProjectsPage::selectionChanged);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ProjectsPage::selectionChanged);
    jobs::JobQueue& queue = m_context.workspace.queue();
    connect(&queue, &jobs::JobQueue::progress, this,
            [this](JobId, ProjectId project, const jobs::JobProgress& progress) {
                jobProgress(project, progress);
            });
    connect(&queue, &jobs::JobQueue::changed, this, [this](JobId, ProjectId project) {
        m_model->clearProgress(project);
        if (isVisible()) {
            refresh();
        }
    });
}

void ProjectsPage::jobProgress(ProjectId project, const jobs::JobProgress& progress) {
    m_model->setProgress(project, progress);
}

void ProjectsPage::loadOwners() {
    if (!m_context.session.isAdministrator()) {
        return;
    }
    const QVariant chosen = m_owner->currentData();
    m_owner->clear();
    m_owner->addItem(QString());
    accounts::UserQuery all;
    all.limit = 500;
    if (const auto users = m_context.workspace.accounts().users(m_context.session, all);
        users.ok()) {
        for (const accounts::User& user : users->rows) {
            m_owner->addItem(user.name, QVariant::fromValue<qint64>(user.id.value));
        }
    }
    m_owner->setCurrentIndex(std::max(0, m_owner->findData(chosen)));
}

void ProjectsPage::readFilters() {
    const QVariant status = m_status->currentData();
    m_query.status = status.isValid() ? std::optional(ProjectStatus(status.toInt())) : std::nullopt;
    const QVariant owner = m_owner->currentData();
    m_query.owner = owner.isValid() ? std::optional(UserId{owner.toLongLong()}) : std::nullopt;
    const int days = m_date->currentData().toInt();
    m_query.createdFrom =
        days == 0 ? QDateTime() : QDate::currentDate().addDays(1 - days).startOfDay().toUTC();
    m_query.sort = kSorts[std::max(0, m_sort->currentIndex())];
    m_query.offset = 0;
    refresh();
}

QString ProjectsPage::filterState() const {
    return QStringLiteral("%1 %2 %3 %4 %5")
        .arg(m_status->currentIndex())
        .arg(m_date->currentIndex())
        .arg(m_sort->currentIndex())
        .arg(int(m_query.descending))
        .arg(m_owner->currentData().toLongLong());
}

void ProjectsPage::restoreFilters(const QString& state) {
    const QStringList parts = state.split(QLatin1Char(' '));
    if (parts.size() < 4) {
        return;
    }
    QComboBox* const boxes[] = {m_status, m_date, m_sort};
    for (int i = 0; i < 3; ++i) {
        boxes[i]->setCurrentIndex(std::clamp(parts[i].toInt(), 0, boxes[i]->count() - 1));
    }
    m_query.descending = parts[3] != QStringLiteral("0");
    if (const qint64 owner = parts.value(4).toLongLong(); owner > 0) {
        m_owner->setCurrentIndex(std::max(0, m_owner->findData(QVariant::fromValue(owner))));
    }
    readFilters();
    retranslate();
}

void ProjectsPage::showOnly(ProjectStatus status) {
    m_owner->setCurrentIndex(0);
    m_date->setCurrentIndex(0);
    m_status->setCurrentIndex(std::max(0, m_status->findData(int(status))));
    m_query.text.clear();
    readFilters();
}

bool ProjectsPage::isFiltered() const {
    return !m_query.text.isEmpty() || m_query.status || m_query.owner ||
           m_query.createdFrom.isValid();
}

void ProjectsPage::setSearch(const QString& text) {
    if (m_query.text != text.trimmed()) {
        m_query.text = text.trimmed();
        m_query.offset = 0;
        m_searchDelay->start();
    }
}

void ProjectsPage::refresh() {
    auto page = m_context.workspace.projects().list(m_context.session, m_query);
    if (page.ok() && page->rows.isEmpty() && page->total > 0) {
        m_query.offset = lastPageOffset(page->total, m_query.limit);
        page = m_context.workspace.projects().list(m_context.session, m_query);
    }
    if (!page.ok()) {
        showOffline(page.error());
        Q_EMIT failed(page.error());
        return;
    }
    m_banner->clear();
    const auto* before = current();
    const ProjectId selected = before ? before->id : ProjectId{};
    const int shown = int(page->rows.size());
    m_model->setProjects(std::move(page->rows));
    select(selected);
    m_pager->setPage(m_query.offset, shown, page->total, m_query.limit, page->atLeast);
    updateBody();
    Q_EMIT selectionChanged();
}

void ProjectsPage::showOffline(const Error& error) {
    m_banner->showError(error);
    QPushButton* again = m_banner->addAction(tr("Try again"));
    connect(
        again, &QPushButton::clicked, this, [this] { refresh(); }, Qt::QueuedConnection);
}

void ProjectsPage::updateBody() {
    const bool cards = m_context.settings.projectView() != QStringLiteral("list");
    QWidget* page = cards ? static_cast<QWidget*>(m_cards) : m_table;
    if (m_model->rowCount() == 0) {
        page = isFiltered() ? m_noMatch : m_empty;
    }
    m_body->setCurrentWidget(page);
    setFirstFocus(page == m_cards || page == m_table ? page : m_import);
    const bool filters = page != m_empty;
    for (QWidget* w : std::initializer_list<QWidget*>{m_status, m_date, m_sort, m_order, m_view}) {
        w->setVisible(filters);
    }
    m_owner->setVisible(filters && m_context.session.isAdministrator());
    m_import->setVisible(filters);
    fitCards();
}

const projects::Project* ProjectsPage::current() const {
    const QModelIndexList rows = m_cards->selectionModel()->selectedIndexes();
    return rows.isEmpty() ? nullptr : m_model->project(rows.first().row());
}

void ProjectsPage::select(ProjectId id) {
    const int row = m_model->rowOf(id);
    if (row >= 0) {
        m_cards->selectionModel()->setCurrentIndex(
            m_model->index(row, 0),
            QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
}

void ProjectsPage::toggleView() {
    const bool cards = m_context.settings.projectView() != QStringLiteral("list");
    m_context.settings.setProjectView(cards ? QStringLiteral("list") : QStringLiteral("cards"));
    updateBody();
    restyle();
}

void ProjectsPage::activate(const QModelIndex& index) {
    if (const projects::Project* p = m_model->project(index.row())) {
        Q_EMIT projectOpened(p->id);
    }
}

void ProjectsPage::deleteCurrent() {
    const projects::Project* p = current();
    if (!p) {
        return;
    }
    const ProjectId id = p->id;
    const Question question{
        tr("Delete project"),
        tr("Delete “%1” with its results and reviews? A copied video is deleted too; a linked one "
           "stays. This cannot be undone.")
            .arg(p->name),
        tr("Delete"), true};
    if (!asking().confirm(this, question)) {
        return;
    }
    const Status removed = m_context.workspace.projects().remove(m_context.session, id);
    refresh();
    if (!removed.ok()) {
        m_banner->showError(removed.error());
        Q_EMIT failed(removed.error());
    }
}

void ProjectsPage::showMenu(const QPoint& globalPos) {
    if (!current()) {
        return;
    }
    QMenu menu(this);
    menu.setToolTipsVisible(true);
    for (const Act act : {Act::OpenProject, Act::RunDetection, Act::OpenReview}) {
        menu.addAction(m_keys.action(act));
    }
    menu.addSeparator();
    menu.addAction(m_keys.action(Act::DeleteProject));
    menu.exec(globalPos);
}

bool ProjectsPage::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            if (key->modifiers() == Qt::NoModifier) {
                activate(m_cards->selectionModel()->currentIndex());
                return true;
            }
        } else if (key->key() == Qt::Key_Delete) {
            m_keys.action(Act::DeleteProject)->trigger();
            return true;
        }
    } else if (event->type() == QEvent::Resize && watched == m_cards) {
        QTimer::singleShot(0, this, &ProjectsPage::fitCards);
    }
    return Page::eventFilter(watched, event);
}

void ProjectsPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    fitCards();
}

// As many cards in a row as fit at 232 px or more, grown to fill the width.
void ProjectsPage::fitCards() {
    // The view keeps room for its scroll bar whether it is there or not.
    const int room =
        m_cards->width() - m_cards->style()->pixelMetric(QStyle::PM_ScrollBarExtent) - 4;
    const int columns = std::max(1, room / 240);
    const int width = std::min(room / columns, 360);
    if (width != m_cardDelegate->cardWidth && width > 100) {
        m_cardDelegate->cardWidth = width;
        m_cards->setGridSize(ProjectCardDelegate::cardSize(m_cards->fontMetrics(), width));
    } else if (!m_cards->gridSize().isValid()) {
        m_cards->setGridSize(
            ProjectCardDelegate::cardSize(m_cards->fontMetrics(), m_cardDelegate->cardWidth));
    }
}

void ProjectsPage::retranslate() {
    m_title->setText(tr("Projects"));
    m_import->setText(tr("Import video…"));
    m_import->setToolTip(m_keys.action(Act::ImportVideo)->toolTip());
    const auto fill = [](QComboBox* box, const QList<std::pair<QString, QVariant>>& rows) {
        const int at = std::max(0, box->currentIndex());
        box->clear();
        for (const auto& [text, value] : rows) {
            box->addItem(text, value);
        }
        box->setCurrentIndex(at);
    };
    fill(m_status, {{tr("All states"), {}},
                    {statusText(ProjectStatus::NotStarted), int(ProjectStatus::NotStarted)},
                    {statusText(ProjectStatus::Running), int(ProjectStatus::Running)},
                    {statusText(ProjectStatus::Done), int(ProjectStatus::Done)}});
    fill(m_date, {{tr("Any date"), 0},
                  {tr("Today"), 1},
                  {tr("Last 7 days"), 7},
                  {tr("Last 30 days"), 30},
                  {tr("Last 365 days"), 365}});
    fill(m_sort, {{tr("By date"), {}},
                  {tr("By name"), {}},
                  {tr("By owner"), {}},
                  {tr("By state"), {}},
                  {tr("By duration"), {}}});
    m_sort->setCurrentIndex(
        int(std::find(std::begin(kSorts), std::end(kSorts), m_query.sort) - std::begin(kSorts)));
    if (m_owner->count() > 0) {
        m_owner->setItemText(0, tr("All owners"));
    }
    m_order->setText(m_query.descending ? QStringLiteral("↓") : QStringLiteral("↑"));
    const QString order = m_query.descending ? tr("Descending: click for ascending")
                                             : tr("Ascending: click for descending");
    m_order->setToolTip(order);
    m_order->setAccessibleName(order);
    m_view->setToolTip(m_keys.action(Act::ToggleView)->toolTip());
    m_view->setAccessibleName(tr("Cards or list"));
    m_status->setAccessibleName(tr("Filter by state"));
    m_owner->setAccessibleName(tr("Filter by owner"));
    m_date->setAccessibleName(tr("Filter by date"));
    m_sort->setAccessibleName(tr("Order"));
    m_cards->setAccessibleName(tr("Projects"));
    m_table->setAccessibleName(tr("Projects"));
    m_empty->setTexts(tr("No projects yet"),
                      tr("Import a video of a concrete pour, or drop one anywhere on this window."),
                      tr("Import video…"));
    m_noMatch->setTexts(tr("Nothing matches"), tr("No project fits the search and the filters."),
                        tr("Show all"));
    static const QHash<int, int> kColumns{
        {int(ProjectSort::Created), ProjectModel::CreatedColumn},
        {int(ProjectSort::Name), ProjectModel::NameColumn},
        {int(ProjectSort::Owner), ProjectModel::OwnerColumn},
        {int(ProjectSort::Status), ProjectModel::StateColumn},
        {int(ProjectSort::Duration), ProjectModel::DurationColumn}};
    m_table->horizontalHeader()->setSortIndicator(
        kColumns.value(int(m_query.sort)),
        m_query.descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    m_model->retranslate();
}

void ProjectsPage::restyle() {
    m_import->setIcon(icon(QStringLiteral("import"), tokens().onAccent));
    m_view->setIcon(icon(m_context.settings.projectView() == QStringLiteral("list")
                             ? QStringLiteral("grid")
                             : QStringLiteral("list")));
    m_cards->viewport()->update();
}

}  // namespace cvd::ui
