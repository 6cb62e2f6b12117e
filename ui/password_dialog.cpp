#include "ui/password_dialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/accounts/password.h"
#include "core/text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace cvd::ui {
namespace {

QLineEdit* passwordEdit(const char* name) {
    auto* edit = new QLineEdit;
    edit->setEchoMode(QLineEdit::Password);
    edit->setObjectName(QLatin1String(name));
    edit->setMinimumWidth(260);
    edit->setMaxLength(accounts::kMaximumPasswordLength);
    return edit;
}

}  // namespace

PasswordDialog::PasswordDialog(accounts::AccountService& accounts, accounts::Session session,
                               UserId target, const QString& name, QWidget* parent)
    : QDialog(parent),
      m_accounts(accounts),
      m_session(std::move(session)),
      m_target(target),
      m_name(name) {
    const bool own = !target.valid();
    setWindowTitle(own ? tr("Change password") : tr("Reset password of %1").arg(name));
    auto* form = new QFormLayout;
    form->setSpacing(kGap);
    if (own) {
        m_old = passwordEdit("oldPasswordLineEdit");
        form->addRow(tr("Current &password"), m_old);
    }
    m_new = passwordEdit("newPasswordLineEdit");
    m_again = passwordEdit("newPasswordAgainLineEdit");
    form->addRow(tr("&New password"), m_new);
    form->addRow(tr("&Repeat it"), m_again);
    m_problem = new QLabel;
    m_problem->setObjectName(QStringLiteral("problemLabel"));
    m_problem->setWordWrap(true);
    m_problem->setMinimumHeight(fontMetrics().height() * 2);
    m_problem->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    auto* ok = m_buttons->addButton(own ? tr("Change password") : tr("Reset password"),
                                    QDialogButtonBox::AcceptRole);
    ok->setObjectName(QStringLiteral("acceptPushButton"));
    ok->setProperty("primary", true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kPageEdge, kGroupGap, kPageEdge, kGroupGap);
    layout->setSpacing(kGroupGap);
    layout->addLayout(form);
    layout->addWidget(m_problem);
    layout->addWidget(m_buttons);
    for (QLineEdit* edit : {m_old, m_new, m_again}) {
        if (edit != nullptr) {
            connect(edit, &QLineEdit::textChanged, this, &PasswordDialog::check);
        }
    }
    connect(m_buttons, &QDialogButtonBox::accepted, this, &PasswordDialog::save);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    check();
}

void PasswordDialog::check() {
    QString problem;
    if (m_old != nullptr && m_old->text().isEmpty()) {
        problem = tr("Enter the current password first.");
    } else if (const Status fits = accounts::checkNewPassword(m_new->text(), m_name); !fits.ok()) {
        problem = text::errorText(fits.error());
    } else if (m_new->text() != m_again->text()) {
        problem = tr("The two new passwords differ.");
    }
    m_problem->setText(problem);
    auto* ok = findChild<QPushButton*>(QStringLiteral("acceptPushButton"));
    setEnabledOrWhy(ok, problem);
}

void PasswordDialog::save() {
    const Status done = m_target.valid()
                            ? m_accounts.resetPassword(m_session, m_target, m_new->text())
                            : m_accounts.changeOwnPassword(m_session, m_old->text(), m_new->text());
    if (done.ok()) {
        accept();
        return;
    }
    m_problem->setText(text::errorText(done.error()));
    if (m_old != nullptr) {
        m_old->selectAll();
        m_old->setFocus();
    }
}

}  // namespace cvd::ui
