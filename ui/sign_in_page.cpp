#include "ui/sign_in_page.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include "ui/theme.h"

namespace cvd::ui {

SignInPage::SignInPage(accounts::AccountService& accounts, const QString& databaseLocation,
                       const QString& lastUser, QWidget* parent)
    : GateCard(440, parent),
      m_accounts(accounts),
      m_location(databaseLocation),
      m_name(new QLineEdit(this)),
      m_password(new QLineEdit(this)),
      m_signIn(new QPushButton(this)),
      m_database(mutedLabel(this)) {
    m_name->setObjectName(QStringLiteral("userNameLineEdit"));
    m_name->setText(lastUser);
    m_name->setMaxLength(accounts::kMaximumNameLength);
    m_password->setObjectName(QStringLiteral("passwordLineEdit"));
    m_password->setEchoMode(QLineEdit::Password);
    m_signIn->setObjectName(QStringLiteral("signInPushButton"));
    m_signIn->setDefault(true);
    m_database->setWordWrap(true);
    makePrimary(m_signIn);
    m_nameLabel = fieldLabel(m_name);
    m_passwordLabel = fieldLabel(m_password);
    body()->addWidget(m_nameLabel);
    body()->addWidget(m_name);
    body()->addWidget(m_passwordLabel);
    body()->addWidget(m_password);
    body()->addSpacing(kGap);
    body()->addWidget(m_signIn);
    body()->addSpacing(kGap);
    body()->addWidget(m_database);
    m_timer.setInterval(1000);
    connect(&m_timer, &QTimer::timeout, this, &SignInPage::tick);
    connect(m_signIn, &QPushButton::clicked, this, &SignInPage::trySignIn);
    for (QLineEdit* edit : {m_name, m_password}) {
        connect(edit, &QLineEdit::returnPressed, this, &SignInPage::trySignIn);
        connect(edit, &QLineEdit::textChanged, this, &SignInPage::updateButton);
    }
    setFirstFocus(lastUser.isEmpty() ? m_name : m_password);
    SignInPage::retranslate();
    updateButton();
}

void SignInPage::showNote(const QString& text) {
    banner()->showText(Banner::Kind::Info, text);
}

void SignInPage::showEvent(QShowEvent* event) {
    GateCard::showEvent(event);
    (m_name->text().isEmpty() ? m_name : m_password)->setFocus();
}

void SignInPage::trySignIn() {
    if (!m_signIn->isEnabled()) {
        return;
    }
    // Checking a password takes a while on purpose, on a busy computer seconds.
    m_signIn->setText(tr("Signing in…"));
    m_signIn->repaint();
    const auto session = m_accounts.signIn(m_name->text(), m_password->text());
    m_signIn->setText(tr("Sign in"));
    m_password->clear();
    if (!session.ok()) {
        showFailure(session.error());
        Q_EMIT failed(session.error());
        return;
    }
    banner()->clear();
    Q_EMIT signedIn(*session);
}

void SignInPage::showFailure(const Error& error) {
    banner()->showError(error);
    m_password->setFocus();
    // The one sentence with a number is the wait after too many failed tries.
    const int seconds = error.kind == ErrorKind::Usage && error.args.size() == 1
                            ? QString::fromStdString(error.args.front()).toInt()
                            : 0;
    if (seconds > 0) {
        m_waiting = error;
        m_leftS = seconds;
        m_timer.start();
    }
    updateButton();
}

void SignInPage::tick() {
    if (--m_leftS <= 0) {
        m_timer.stop();
        banner()->showText(Banner::Kind::Info, tr("You can try again now."));
    } else {
        m_waiting.args = {std::to_string(m_leftS)};
        banner()->showError(m_waiting);
    }
    updateButton();
}

void SignInPage::updateButton() {
    QString why;
    if (m_leftS > 0) {
        why = tr("Wait until the time is over.");
    } else if (m_name->text().trimmed().isEmpty()) {
        why = tr("Type your user name first.");
    } else if (m_password->text().isEmpty()) {
        why = tr("Type your password first.");
    }
    setEnabledOrWhy(m_signIn, why);
}

void SignInPage::retranslate() {
    GateCard::retranslate();
    heading()->setText(tr("Sign in"));
    lead()->setText(tr("Forgotten the password? An administrator can set a new one."));
    m_nameLabel->setText(tr("&User name"));
    m_passwordLabel->setText(tr("&Password"));
    m_signIn->setText(tr("Sign in"));
    m_database->setText(tr("Database: %1").arg(m_location));
    if (m_signIn) {
        updateButton();
    }
}

}  // namespace cvd::ui
