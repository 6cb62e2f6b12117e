// Creates or changes a user.
#pragma once

#include <QDialog>
#include <optional>

#include "core/accounts/account_service.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace cvd::ui {

class UserDialog : public QDialog {
    Q_OBJECT
public:
    // `user` empty: a new one. `mayChangeRole` false: the last administrator stays one.
    UserDialog(accounts::AccountService& accounts, accounts::Session session,
               std::optional<accounts::User> user, bool mayChangeRole, QWidget* parent = nullptr);

private:
    void check();
    void save();

    accounts::AccountService& m_accounts;
    accounts::Session m_session;
    std::optional<accounts::User> m_user;
    QLineEdit* m_name = nullptr;
    QComboBox* m_role = nullptr;
    QLineEdit* m_title = nullptr;
    QLineEdit* m_description = nullptr;
    QLineEdit* m_password = nullptr;
    QLineEdit* m_again = nullptr;
    QLabel* m_problem = nullptr;
    QPushButton* m_save = nullptr;
};

}  // namespace cvd::ui
