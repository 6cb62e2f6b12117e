// Who signed in, changed or deleted what, for administrators.
#pragma once

#include <QWidget>

#include "core/accounts/account_service.h"

class QLabel;
class QComboBox;
class QLineEdit;
class QTableView;
class QStandardItemModel;

namespace cvd::ui {

class Pager;

class AuditPage : public QWidget {
    Q_OBJECT
public:
    AuditPage(accounts::AccountService& accounts, accounts::Session session,
              QWidget* parent = nullptr);
    void refresh();
    void focusSearch();

Q_SIGNALS:
    void failed(const cvd::Error& error);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    accounts::AccountService& m_accounts;
    accounts::Session m_session;
    QLabel* m_title = nullptr;
    QLineEdit* m_search = nullptr;
    QComboBox* m_action = nullptr;
    QTableView* m_table = nullptr;
    QStandardItemModel* m_model = nullptr;
    Pager* m_pager = nullptr;
    accounts::AuditQuery m_query;
};

}  // namespace cvd::ui
