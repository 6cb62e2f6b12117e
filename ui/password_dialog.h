// Sets a password: one's own (the old one is asked for) or, as an administrator, somebody's.
#pragma once

#include <QDialog>

#include "core/accounts/account_service.h"

class QDialogButtonBox;
class QLabel;
class QLineEdit;

namespace cvd::ui {

class PasswordDialog : public QDialog {
    Q_OBJECT
public:
    // `target` invalid: the session's own password.
    PasswordDialog(accounts::AccountService& accounts, accounts::Session session, UserId target,
                   const QString& name, QWidget* parent = nullptr);

private:
    void check();
    void save();

    accounts::AccountService& m_accounts;
    accounts::Session m_session;
    UserId m_target;
    QString m_name;
    QLineEdit* m_old = nullptr;
    QLineEdit* m_new = nullptr;
    QLineEdit* m_again = nullptr;
    QLabel* m_problem = nullptr;
    QDialogButtonBox* m_buttons = nullptr;
};

}  // namespace cvd::ui
