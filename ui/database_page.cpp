#include "ui/database_page.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "core/storage/problem.h"
#include "ui/database_form.h"
#include "ui/theme.h"

namespace cvd::ui {

DatabasePage::DatabasePage(QWidget* parent)
    : GateCard(600, parent),
      m_form(new DatabaseForm(this)),
      m_countdown(mutedLabel(this)),
      m_change(new QPushButton(this)),
      m_try(new QPushButton(this)) {
    m_countdown->setObjectName(QStringLiteral("countdownLabel"));
    m_change->setObjectName(QStringLiteral("changeDatabasePushButton"));
    m_try->setObjectName(QStringLiteral("retryPushButton"));
    makePrimary(m_try);
    m_form->hide();
    auto* row = new QHBoxLayout;
    row->setSpacing(kGap);
    row->addWidget(m_countdown, 1);
    row->addWidget(m_change);
    row->addWidget(m_try);
    body()->addWidget(m_form);
    body()->addSpacing(kGap);
    body()->addLayout(row);
    m_timer.setInterval(1000);
    connect(&m_timer, &QTimer::timeout, this, &DatabasePage::tick);
    connect(m_try, &QPushButton::clicked, this, &DatabasePage::tryNow);
    connect(m_change, &QPushButton::clicked, this, [this] { showForm(true); });
    connect(m_form, &DatabaseForm::changed, this, [this] {
        setEnabledOrWhy(m_try, m_form->isHidden() ? QString() : m_form->whatIsMissing());
    });
    setFirstFocus(m_try);
    DatabasePage::retranslate();
}

void DatabasePage::submit() {
    m_try->click();
}

void DatabasePage::showConnecting(const storage::ConnectionSettings& settings) {
    m_settings = settings;
    m_connecting = true;
    m_choosing = false;
    m_timer.stop();
    banner()->clear();
    setEnabledOrWhy(m_try, tr("Connecting…"));
    setEnabledOrWhy(m_change, tr("Connecting…"));
    retranslate();
}

void DatabasePage::showProblem(const storage::ConnectionSettings& settings, const Error& error) {
    m_settings = settings;
    m_connecting = false;
    m_choosing = false;
    setEnabledOrWhy(m_try, {});
    setEnabledOrWhy(m_change, {});
    banner()->showError(error);
    const storage::Problem problem = storage::problemOf(error);
    if (problem == storage::Problem::WrongPassword || problem == storage::Problem::AccessDenied) {
        showForm(true);
    }
    if (storage::isTemporary(problem) && m_form->isHidden()) {
        m_waitS = std::min(std::max(2, m_waitS * 2), 60);
        m_leftS = m_waitS;
        m_timer.start();
    } else {
        m_timer.stop();
        m_leftS = 0;
    }
    retranslate();
}

void DatabasePage::showChoice(const storage::ConnectionSettings& settings) {
    m_settings = settings;
    m_choosing = true;
    showForm(true);
}

void DatabasePage::showForm(bool show) {
    m_timer.stop();
    m_leftS = 0;
    m_form->setSettings(m_settings);
    m_form->setVisible(show);
    m_change->setVisible(!show);
    retranslate();
}

void DatabasePage::tick() {
    if (--m_leftS <= 0) {
        m_timer.stop();
        tryNow();
    }
    retranslate();
}

void DatabasePage::tryNow() {
    m_timer.stop();
    m_leftS = 0;
    const bool edited = !m_form->isHidden();
    Q_EMIT tryRequested(edited ? m_form->settings() : m_settings,
                        edited && m_form->rememberPassword());
}

void DatabasePage::retranslate() {
    GateCard::retranslate();
    heading()->setText(m_connecting ? tr("Opening the database…")
                       : m_choosing ? tr("Where the data lives")
                                    : tr("The database cannot be opened"));
    lead()->setText(m_settings.location());
    m_countdown->setText(m_leftS > 0 ? tr("Next try in %n s", nullptr, m_leftS) : QString());
    m_change->setText(tr("Change settings…"));
    m_try->setText(m_choosing ? tr("Open") : tr("Try again"));
}

}  // namespace cvd::ui
