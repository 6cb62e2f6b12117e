#include "ui/user_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/accounts/password.h"
#include "core/text/text.h"
#include "ui/theme.h"
#include "ui/users_model.h"
#include "ui/widgets.h"

namespace cvd::ui {
namespace {

QLineEdit* edit(const char* name, const QString& text, int longest) {
    auto* e = new QLineEdit(text);
    e->setObjectName(QLatin1String(name));
    e->setMaxLength(longest);
    e->setMinimumWidth(280);
    return e;
}

}  // namespace

UserDialog::UserDialog(accounts::AccountService& accounts, accounts::Session session,
                       std::optional<accounts::User> user, bool mayChangeRole, QWidget* parent)
    : QDialog(parent),
      m_accounts(accounts),
      m_session(std::move(session)),
      m_user(std::move(user)) {
    setWindowTitle(m_user ? tr("Edit user") : tr("New user"));
    m_name =
        edit("userNameLineEdit", m_user ? m_user->name : QString(), accounts::kMaximumNameLength);
    m_role = new QComboBox;
    m_role->setObjectName(QStringLiteral("userRoleComboBox"));
    m_role->addItem(roleText(accounts::Role::Normal), 0);
    m_role->addItem(roleText(accounts::Role::Administrator), 1);
    m_role->setCurrentIndex(m_user ? static_cast<int>(m_user->role) : 0);
    m_role->setEnabled(mayChangeRole);
    if (!mayChangeRole) {
        m_role->setToolTip(
            tr("This is the last administrator. Make somebody else an administrator first."));
    }
    m_title =
        edit("userTitleLineEdit", m_user ? m_user->title : QString(), accounts::kMaximumTextLength);
    m_description = edit("userDescriptionLineEdit", m_user ? m_user->description : QString(),
                         accounts::kMaximumTextLength);
    auto* form = new QFormLayout;
    form->setSpacing(kGap);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Role"), m_role);
    form->addRow(tr("&About"), m_title);
    form->addRow(tr("N&ote for administrators"), m_description);
    if (!m_user) {
        m_password = edit("userPasswordLineEdit", {}, accounts::kMaximumPasswordLength);
        m_again = edit("userPasswordAgainLineEdit", {}, accounts::kMaximumPasswordLength);
        m_password->setEchoMode(QLineEdit::Password);
        m_again->setEchoMode(QLineEdit::Password);
        form->addRow(tr("&Password"), m_password);
        form->addRow(tr("Repea&t it"), m_again);
    }
    m_problem = new QLabel;
    m_problem->setObjectName(QStringLiteral("problemLabel"));
    m_problem->setWordWrap(true);
    m_problem->setMinimumHeight(fontMetrics().height() * 2);
    m_problem->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_save =
        buttons->addButton(m_user ? tr("Save") : tr("Create user"), QDialogButtonBox::AcceptRole);
    m_save->setObjectName(QStringLiteral("saveUserPushButton"));
    m_save->setProperty("primary", true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kPageEdge, kGroupGap, kPageEdge, kGroupGap);
    layout->setSpacing(kGroupGap);
    layout->addLayout(form);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    for (QLineEdit* e : {m_name, m_password, m_again}) {
        if (e != nullptr) {
            connect(e, &QLineEdit::textChanged, this, &UserDialog::check);
        }
    }
    connect(buttons, &QDialogButtonBox::accepted, this, &UserDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    check();
}

void UserDialog::check() {
    QString problem;
    if (m_name->text().trimmed().isEmpty()) {
        problem = tr("Enter a name.");
    } else if (m_password != nullptr) {
        const Status fits = accounts::checkNewPassword(m_password->text(), m_name->text());
        problem = !fits.ok()                              ? text::errorText(fits.error())
                  : m_password->text() != m_again->text() ? tr("The two passwords differ.")
                                                          : QString();
    }
    m_problem->setText(problem);
    setEnabledOrWhy(m_save, problem);
}

void UserDialog::save() {
    const auto role = static_cast<accounts::Role>(m_role->currentData().toInt());
    Status done;
    if (m_user) {
        accounts::UserChange change;
        change.name = m_name->text();
        change.role = role;
        change.title = m_title->text();
        change.description = m_description->text();
        done = m_accounts.updateUser(m_session, m_user->id, change);
    } else {
        const auto made =
            m_accounts.createUser(m_session, {m_name->text(), m_password->text(), role,
                                              m_title->text(), m_description->text(), true});
        if (!made.ok()) {
            done = made.error();
        }
    }
    if (done.ok()) {
        accept();
    } else {
        m_problem->setText(text::errorText(done.error()));
    }
}

}  // namespace cvd::ui
