// User administration: search, filter, order, paging, create, change, reset a password, delete.
#pragma once

#include <QWidget>

#include "core/accounts/account_service.h"

class QAction;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace cvd::ui {

class Pager;
class UsersModel;

class UsersPage : public QWidget {
    Q_OBJECT
public:
    UsersPage(accounts::AccountService& accounts, accounts::Session session,
              QWidget* parent = nullptr);

    void refresh();
    void focusSearch();

Q_SIGNALS:
    void failed(const cvd::Error& error);
    void ownAccountChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void updateActions();
    void create();
    void edit();
    void resetPassword();
    void remove();
    const accounts::User* current() const;
    // Why the selected user cannot be deleted; empty: can be.
    QString whyNotDelete() const;

    accounts::AccountService& m_accounts;
    accounts::Session m_session;
    UsersModel* m_model = nullptr;
    QLabel* m_title = nullptr;
    QLineEdit* m_search = nullptr;
    QComboBox* m_role = nullptr;
    QTableView* m_table = nullptr;
    Pager* m_pager = nullptr;
    QLabel* m_empty = nullptr;
    QPushButton* m_create = nullptr;
    QPushButton* m_edit = nullptr;
    QPushButton* m_reset = nullptr;
    QPushButton* m_delete = nullptr;
    accounts::UserQuery m_query;
    qint64 m_administrators = 0;
};

}  // namespace cvd::ui
