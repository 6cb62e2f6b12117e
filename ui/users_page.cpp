#include "ui/users_page.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

#include "core/text/text.h"
#include "ui/ask.h"
#include "ui/password_dialog.h"
#include "ui/theme.h"
#include "ui/user_dialog.h"
#include "ui/users_model.h"
#include "ui/widgets.h"

namespace cvd::ui {
namespace {

constexpr int kPage = 50;

accounts::UserSort sortOf(int column) {
    switch (column) {
        case UsersModel::RoleColumn:
            return accounts::UserSort::Authority;
        case UsersModel::Projects:
            return accounts::UserSort::Projects;
        case UsersModel::Created:
            return accounts::UserSort::Created;
        default:
            return accounts::UserSort::Name;
    }
}

}  // namespace

UsersPage::UsersPage(accounts::AccountService& accounts, accounts::Session session, QWidget* parent)
    : QWidget(parent), m_accounts(accounts), m_session(std::move(session)) {
    m_query.limit = kPage;
    build();
    retranslate();
}

void UsersPage::build() {
    m_model = new UsersModel(this);
    m_title = new QLabel;
    m_title->setProperty("role", "title");
    m_search = new QLineEdit;
    m_search->setObjectName(QStringLiteral("userSearchLineEdit"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(320);
    m_role = new QComboBox;
    m_role->setObjectName(QStringLiteral("roleComboBox"));
    m_create = new QPushButton;
    m_create->setObjectName(QStringLiteral("createUserPushButton"));
    m_create->setProperty("primary", true);
    m_edit = new QPushButton;
    m_edit->setObjectName(QStringLiteral("editUserPushButton"));
    m_reset = new QPushButton;
    m_reset->setObjectName(QStringLiteral("resetPasswordPushButton"));
    m_delete = new QPushButton;
    m_delete->setObjectName(QStringLiteral("deleteUserPushButton"));
    m_delete->setProperty("danger", true);
    m_pager = new Pager;
    m_empty = new QLabel;
    m_empty->setProperty("role", "muted");
    m_empty->setAlignment(Qt::AlignCenter);

    m_table = new QTableView;
    m_table->setObjectName(QStringLiteral("usersTableView"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setAlternatingRowColors(true);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 16);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSortIndicator(UsersModel::Name, Qt::AscendingOrder);
    m_table->horizontalHeader()->setSortIndicatorShown(true);
    m_table->horizontalHeader()->setSectionsClickable(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    m_table->horizontalHeader()->setSectionResizeMode(UsersModel::Title, QHeaderView::Stretch);
    m_table->setColumnWidth(UsersModel::Name, 220);
    m_table->setColumnWidth(UsersModel::RoleColumn, 140);
    m_table->setColumnWidth(UsersModel::Projects, 100);
    m_table->setColumnWidth(UsersModel::Created, 140);
    m_table->setTabKeyNavigation(false);

    auto* head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_create);
    auto* filters = new QHBoxLayout;
    filters->setSpacing(kGap);
    filters->addWidget(m_search, 1);
    filters->addWidget(m_role);
    filters->addStretch(1);
    filters->addWidget(m_edit);
    filters->addWidget(m_reset);
    filters->addWidget(m_delete);
    auto* foot = new QHBoxLayout;
    foot->addStretch();
    foot->addWidget(m_pager);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kPageEdge, kGroupGap, kPageEdge, kGroupGap);
    layout->setSpacing(kGroupGap);
    layout->addLayout(head);
    layout->addLayout(filters);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_empty);
    layout->addLayout(foot);

    auto* typing = new QTimer(this);  // one query for a burst of keys
    typing->setSingleShot(true);
    typing->setInterval(200);
    connect(m_search, &QLineEdit::textChanged, typing, qOverload<>(&QTimer::start));
    connect(typing, &QTimer::timeout, this, [this] {
        m_query.offset = 0;
        refresh();
    });
    connect(m_role, &QComboBox::currentIndexChanged, this, [this] {
        m_query.offset = 0;
        refresh();
    });
    connect(m_table->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this,
            [this](int column, Qt::SortOrder order) {
                m_query.sort = sortOf(column);
                m_query.descending = order == Qt::DescendingOrder;
                refresh();
            });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &UsersPage::updateActions);
    connect(m_table, &QTableView::doubleClicked, this, &UsersPage::edit);
    connect(m_create, &QPushButton::clicked, this, &UsersPage::create);
    connect(m_edit, &QPushButton::clicked, this, &UsersPage::edit);
    connect(m_reset, &QPushButton::clicked, this, &UsersPage::resetPassword);
    connect(m_delete, &QPushButton::clicked, this, &UsersPage::remove);
    connect(m_pager, &Pager::offsetChosen, this, [this](qint64 offset) {
        m_query.offset = offset;
        refresh();
    });
}

void UsersPage::retranslate() {
    m_title->setText(tr("Users"));
    m_search->setPlaceholderText(tr("Search users"));
    m_search->setAccessibleName(tr("Search users"));
    m_role->setAccessibleName(tr("Filter by role"));
    const QSignalBlocker quiet(m_role);
    const int chosen = std::max(0, m_role->currentIndex());
    m_role->clear();
    m_role->addItem(tr("All roles"));
    m_role->addItem(roleText(accounts::Role::Normal), static_cast<int>(accounts::Role::Normal));
    m_role->addItem(roleText(accounts::Role::Administrator),
                    static_cast<int>(accounts::Role::Administrator));
    m_role->setCurrentIndex(chosen);
    m_create->setText(tr("New user…"));
    m_edit->setText(tr("Edit…"));
    m_reset->setText(tr("Reset password…"));
    m_delete->setText(tr("Delete…"));
    m_empty->setText(tr("No user matches. Clear the search or the filter."));
    m_table->setAccessibleName(tr("Users"));
    refresh();
}

void UsersPage::refresh() {
    const accounts::User* before = current();
    const UserId kept = before != nullptr ? before->id : UserId{};
    m_query.text = m_search->text();
    m_query.role.reset();
    if (const QVariant role = m_role->currentData(); role.isValid()) {
        m_query.role = static_cast<accounts::Role>(role.toInt());
    }
    auto page = m_accounts.users(m_session, m_query);
    if (page.ok() && page->rows.isEmpty() && page->total > 0) {
        m_query.offset = lastPageOffset(page->total, kPage);
        page = m_accounts.users(m_session, m_query);
    }
    if (!page.ok()) {
        Q_EMIT failed(page.error());
        return;
    }
    accounts::UserQuery administrators;
    administrators.role = accounts::Role::Administrator;
    administrators.limit = 1;
    const auto counted = m_accounts.users(m_session, administrators);
    m_administrators = counted.ok() ? counted->total : 0;
    m_model->setUsers(page->rows);
    if (const int row = m_model->rowOf(kept); row >= 0) {
        m_table->selectRow(row);
    }
    m_pager->setPage(m_query.offset, static_cast<int>(page->rows.size()), page->total, kPage);
    m_empty->setVisible(page->rows.isEmpty());
    updateActions();
}

void UsersPage::focusSearch() {
    m_search->setFocus();
    m_search->selectAll();
}

const accounts::User* UsersPage::current() const {
    const auto rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? nullptr : m_model->at(rows.first().row());
}

QString UsersPage::whyNotDelete() const {
    const accounts::User* user = current();
    if (user == nullptr) {
        return tr("Select a user first.");
    }
    if (user->role == accounts::Role::Administrator && m_administrators <= 1) {
        return tr("This is the last administrator. Make somebody else an administrator first.");
    }
    if (user->id == m_session.user) {
        return tr("You cannot delete yourself.");
    }
    if (user->projectCount > 0) {
        return tr("This user has %n project(s). Delete them or give them to somebody else first.",
                  nullptr, user->projectCount);
    }
    return {};
}

void UsersPage::updateActions() {
    const QString none = current() ? QString() : tr("Select a user first.");
    setEnabledOrWhy(m_edit, none);
    setEnabledOrWhy(m_reset, none);
    setEnabledOrWhy(m_delete, whyNotDelete());
}

void UsersPage::create() {
    UserDialog dialog(m_accounts, m_session, std::nullopt, true, this);
    if (dialog.exec() == QDialog::Accepted) {
        refresh();
    }
}

void UsersPage::edit() {
    const accounts::User* user = current();
    if (user == nullptr) {
        return;
    }
    const bool last = user->role == accounts::Role::Administrator && m_administrators <= 1;
    const bool self = user->id == m_session.user;
    UserDialog dialog(m_accounts, m_session, *user, !last, this);
    if (dialog.exec() == QDialog::Accepted) {
        if (self) {
            Q_EMIT ownAccountChanged();
        }
        refresh();
    }
}

void UsersPage::resetPassword() {
    if (const accounts::User* user = current()) {
        PasswordDialog(m_accounts, m_session, user->id, user->name, this).exec();
    }
}

void UsersPage::remove() {
    const accounts::User* user = current();
    if (user == nullptr || !whyNotDelete().isEmpty()) {
        return;
    }
    const Question question{
        tr("Delete user"),
        tr("Delete %1? This cannot be undone. The audit trail keeps the name.").arg(user->name),
        tr("Delete"), true};
    if (!asking().confirm(this, question)) {
        return;
    }
    const Status done = m_accounts.deleteUser(m_session, user->id);
    if (!done.ok()) {
        Q_EMIT failed(done.error());
    }
    refresh();
}

void UsersPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

}  // namespace cvd::ui
