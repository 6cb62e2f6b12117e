// Name and password. GUI thread.
#pragma once

#include <QTimer>

#include "core/accounts/account_service.h"
#include "ui/gate_card.h"

class QLineEdit;

namespace cvd::ui {

class SignInPage : public GateCard {
    Q_OBJECT
public:
    SignInPage(accounts::AccountService& accounts, const QString& databaseLocation,
               const QString& lastUser, QWidget* parent = nullptr);

    void showNote(const QString& text);  // for example after the session ended

Q_SIGNALS:
    void signedIn(const cvd::accounts::Session& session);
    void failed(const cvd::Error& error);

protected:
    void retranslate() override;
    void showEvent(QShowEvent* event) override;

private:
    void trySignIn();
    void showFailure(const Error& error);
    void tick();
    void updateButton();

    accounts::AccountService& m_accounts;
    QString m_location;
    QLabel *m_nameLabel, *m_passwordLabel;
    QLineEdit* m_name;
    QLineEdit* m_password;
    QPushButton* m_signIn;
    QLabel* m_database;
    QTimer m_timer;
    Error m_waiting;  // "Wait %1 seconds", counted down
    int m_leftS = 0;
};

}  // namespace cvd::ui
