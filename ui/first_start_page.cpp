#include "ui/first_start_page.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRadioButton>
#include <QStyle>
#include <QVBoxLayout>

#include "core/accounts/account_service.h"
#include "ui/database_form.h"
#include "ui/password_fields.h"
#include "ui/theme.h"

namespace cvd::ui {

FirstStartPage::FirstStartPage(const storage::ConnectionSettings& settings, bool hasSample,
                               QWidget* parent)
    : GateCard(600, parent),
      m_hasSample(hasSample),
      m_steps(new QWidget(this)),
      m_skip(new QPushButton(this)),
      m_next(new QPushButton(this)) {
    m_skip->setObjectName(QStringLiteral("skipPushButton"));
    m_next->setObjectName(QStringLiteral("nextPushButton"));
    makePrimary(m_next);
    auto* marks = new QHBoxLayout;
    marks->setSpacing(kGroupGap);
    for (int i = 0; i < 3; ++i) {
        m_stepMarks << mutedLabel(this);
        marks->addWidget(m_stepMarks.last());
    }
    marks->addStretch();
    m_stepPages = {databaseStep(settings), administratorStep(), videoStep(hasSample)};
    auto* pages = new QVBoxLayout(m_steps);  // a stack would be as tall as its tallest page
    pages->setContentsMargins(0, 0, 0, 0);
    for (QWidget* page : m_stepPages) {
        pages->addWidget(page);
    }
    auto* row = new QHBoxLayout;
    row->setSpacing(kGap);
    row->addStretch();
    row->addWidget(m_skip);
    row->addWidget(m_next);
    body()->addWidget(m_steps);
    body()->addSpacing(kGroupGap);
    auto* bottom = new QHBoxLayout;
    bottom->addLayout(marks);
    bottom->addLayout(row);
    body()->addLayout(bottom);
    connect(m_next, &QPushButton::clicked, this, &FirstStartPage::goOn);
    connect(m_skip, &QPushButton::clicked, this, [this] {
        if (m_step == Step::Database) {
            m_database->setSettings(storage::ConnectionSettings{});  // the embedded default
            goOn();
        } else if (m_step == Step::FirstVideo) {
            Q_EMIT firstVideoChosen(FirstVideo::Later);
        }
    });
    FirstStartPage::retranslate();
    setStep(Step::Database);
}

QWidget* FirstStartPage::databaseStep(const storage::ConnectionSettings& settings) {
    m_database = new DatabaseForm(this);
    m_database->setSettings(settings);
    connect(m_database, &DatabaseForm::changed, this, &FirstStartPage::updateButtons);
    return m_database;
}

QWidget* FirstStartPage::administratorStep() {
    auto* page = new QWidget(this);
    m_name = new QLineEdit(page);
    m_name->setObjectName(QStringLiteral("administratorNameLineEdit"));
    m_name->setMaxLength(accounts::kMaximumNameLength);
    m_password = new PasswordFields(page);
    m_nameLabel = fieldLabel(m_name);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGap);
    column->addWidget(m_nameLabel);
    column->addWidget(m_name);
    column->addWidget(m_password);
    column->addStretch();
    connect(m_name, &QLineEdit::textChanged, this, [this](const QString& name) {
        m_password->setUserName(name.trimmed());
        updateButtons();
    });
    connect(m_password, &PasswordFields::changed, this, &FirstStartPage::updateButtons);
    return page;
}

QWidget* FirstStartPage::videoStep(bool hasSample) {
    auto* page = new QWidget(this);
    m_sample = new QRadioButton(page);
    m_own = new QRadioButton(page);
    m_sample->setObjectName(QStringLiteral("sampleRadioButton"));
    m_own->setObjectName(QStringLiteral("ownVideoRadioButton"));
    m_sampleHint = mutedLabel(page);
    m_ownHint = mutedLabel(page);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGap);
    for (const auto& [radio, hint] : {std::pair{m_sample, m_sampleHint}, {m_own, m_ownHint}}) {
        hint->setWordWrap(true);
        hint->setIndent(kPageEdge);
        column->addWidget(radio);
        column->addWidget(hint);
        if (radio == m_sample) {
            m_tour = new QCheckBox(page);
            m_tour->setObjectName(QStringLiteral("tourCheckBox"));
            m_tour->setChecked(true);
            auto* indented = new QHBoxLayout;
            indented->setContentsMargins(kPageEdge, 0, 0, 0);
            indented->addWidget(m_tour);
            column->addLayout(indented);
        }
        column->addSpacing(kGap);
    }
    connect(m_sample, &QRadioButton::toggled, this, [this] { updateButtons(); });
    column->addStretch();
    (hasSample ? m_sample : m_own)->setChecked(true);
    return page;
}

void FirstStartPage::setStep(Step step) {
    m_step = step;
    setBusy(false);
    m_steps->setEnabled(true);
    banner()->clear();
    for (int i = 0; i < m_stepPages.size(); ++i) {
        m_stepPages[i]->setVisible(i == int(step));
    }
    retranslate();
    setFirstFocus(step == Step::Administrator ? static_cast<QWidget*>(m_name) : m_next);
    setFocus();
}

void FirstStartPage::showProblem(const Error& error) {
    setBusy(false);
    banner()->showError(error);
}

void FirstStartPage::setBusy(bool busy) {
    m_busy = busy;
    m_steps->setEnabled(!busy);
    updateButtons();
}

FirstStartPage::FirstVideo FirstStartPage::chosenVideo() const {
    return m_sample->isChecked() ? FirstVideo::Sample : FirstVideo::Own;
}

bool FirstStartPage::wantsTour() const {
    return chosenVideo() == FirstVideo::Sample && m_tour->isChecked();
}

void FirstStartPage::goOn() {
    if (!m_next->isEnabled()) {
        return;
    }
    banner()->clear();
    switch (m_step) {
        case Step::Database:
            Q_EMIT databaseChosen(m_database->settings(), m_database->rememberPassword());
            break;
        case Step::Administrator:
            Q_EMIT administratorChosen(m_name->text().trimmed(), m_password->password());
            break;
        case Step::FirstVideo:
            Q_EMIT firstVideoChosen(chosenVideo());
            break;
    }
}

void FirstStartPage::updateButtons() {
    QString why;
    if (m_busy) {
        why = tr("One moment…");
    } else if (m_step == Step::Database) {
        why = m_database->whatIsMissing();
    } else if (m_step == Step::Administrator) {
        why = m_name->text().trimmed().isEmpty() ? tr("Type a user name first.")
                                                 : m_password->whatIsWrong();
    }
    setEnabledOrWhy(m_next, why);
    setEnabledOrWhy(m_skip, m_busy ? tr("One moment…") : QString());
    setEnabledOrWhy(
        m_tour, m_sample->isChecked() ? QString() : tr("The tour goes through the sample pour."));
    setEnabledOrWhy(m_sample, m_hasSample ? QString() : tr("The sample pour is not installed."));
}

void FirstStartPage::retranslate() {
    GateCard::retranslate();
    const QString headings[] = {tr("Where the data lives"), tr("The administrator"),
                                tr("A first video")};
    const QString leads[] = {
        tr("Projects, users and results are kept in a database. You can move them later."),
        tr("This account may do everything, and creates the others. Keep its password safe."),
        tr("CVD-MIS finds each insertion of a vibrator and judges it against a rule profile.")};
    const QString marks[] = {tr("1 Data"), tr("2 Administrator"), tr("3 Video")};
    heading()->setText(headings[int(m_step)]);
    lead()->setText(leads[int(m_step)]);
    for (int i = 0; i < 3; ++i) {
        m_stepMarks[i]->setText(marks[i]);
        setRole(m_stepMarks[i], i == int(m_step) ? "current" : "muted");
    }
    m_nameLabel->setText(tr("&User name"));
    m_sample->setText(tr("Open the sample pour"));
    m_sampleHint->setText(tr("A short rendered video, ready to be judged with one click."));
    m_tour->setText(tr("Show me around: from the video to a report in five minutes"));
    m_own->setText(tr("Import a video of my own"));
    m_ownHint->setText(tr("Any common format. It is copied or linked, never changed."));
    m_skip->setText(m_step == Step::Database ? tr("Use the default") : tr("Later"));
    m_skip->setVisible(m_step != Step::Administrator);
    m_next->setText(m_step == Step::FirstVideo ? tr("Finish") : tr("Next"));
    updateButtons();
}

void FirstStartPage::restyle() {
    GateCard::restyle();
}

}  // namespace cvd::ui
