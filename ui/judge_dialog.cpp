#include "ui/judge_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFutureWatcher>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <QtConcurrent>

#include "core/jobs/judge_again.h"
#include "ui/profile_choice.h"
#include "ui/profiles_model.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace cvd::ui {
namespace {

constexpr int kWidth = 460;

// The two limits that people compare profiles by.
QString timesOf(const compliance::Profile& profile) {
    const auto low = profile.value(u"t_min_s"), high = profile.value(u"t_max_s");
    return low && high ? JudgeDialog::tr("Stationary time from %1 to %2 s")
                             .arg(limitNumber(*low), limitNumber(*high))
                       : QString();
}

}  // namespace

JudgeDialog::JudgeDialog(AppContext& context, ResultId result, const QString& profileId,
                         const QString& profileName, const compliance::JudgeSettings& settings,
                         QWidget* parent)
    : QDialog(parent),
      m_context(context),
      m_result(result),
      m_profile(new QComboBox(this)),
      m_score(new QDoubleSpinBox(this)),
      m_cell(new QSpinBox(this)),
      m_goesOn(new QCheckBox(tr("The work &goes on after this video"), this)),
      m_limits(mutedLabel(this)),
      m_bar(new QProgressBar(this)),
      m_banner(new Banner(this)),
      m_judge(new QPushButton(tr("Judge again"), this)),
      m_cancel(new QPushButton(tr("Cancel"), this)) {
    setObjectName(QStringLiteral("judgeDialog"));
    setWindowTitle(tr("Judge again"));
    m_profile->setObjectName(QStringLiteral("judgeProfileComboBox"));
    m_profile->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_profile->setMinimumContentsLength(24);
    m_judge->setObjectName(QStringLiteral("judgePushButton"));
    makePrimary(m_judge);
    m_judge->setDefault(true);
    m_bar->setRange(0, 0);
    m_bar->setTextVisible(false);
    fillProfiles(m_profile, profileId);
    auto* text = new QLabel(
        tr("The tracks of this result are judged under the profile you choose, with the "
           "project's calibration of today and without another detection. The result stands "
           "beside the old one (%1) and takes over the verdicts that still apply.")
            .arg(profileName),
        this);
    text->setWordWrap(true);
    text->setFixedWidth(kWidth);
    m_limits->setWordWrap(true);
    auto* label = fieldLabel(m_profile);
    label->setText(tr("Rule &profile"));
    buildSettings(settings);
    auto* fields = new QGridLayout;
    fields->setHorizontalSpacing(kGap);
    fields->setVerticalSpacing(kGap);
    fields->setColumnStretch(2, 1);
    const auto addField = [&](int row, const QString& name, QWidget* field) {
        auto* fieldName = fieldLabel(field);
        fieldName->setText(name);
        fields->addWidget(fieldName, row, 0);
        fields->addWidget(field, row, 1);
    };
    addField(0, tr("Pokers from a &score of"), m_score);
    addField(1, tr("&Cells of the coverage map"), m_cell);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    buttons->addWidget(m_bar, 1);
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_judge);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kPageEdge, kPageEdge, kPageEdge, kGroupGap);
    column->setSpacing(kGap);
    for (QWidget* w : std::initializer_list<QWidget*>{m_banner, text, label, m_profile, m_limits}) {
        column->addWidget(w);
    }
    column->addLayout(fields);
    column->addWidget(m_goesOn);
    column->addSpacing(kGap);
    column->addLayout(buttons);
    column->setSizeConstraint(QLayout::SetFixedSize);
    connect(m_profile, &QComboBox::currentIndexChanged, this, &JudgeDialog::showChoice);
    connect(m_judge, &QPushButton::clicked, this, &JudgeDialog::judge);
    connect(m_cancel, &QPushButton::clicked, this, &JudgeDialog::reject);
    showChoice();
    updateState();
}

void JudgeDialog::buildSettings(const compliance::JudgeSettings& settings) {
    m_score->setObjectName(QStringLiteral("minScoreSpinBox"));
    m_score->setRange(compliance::kLeastScore, compliance::kMostScore);
    m_score->setSingleStep(0.05);
    m_score->setValue(settings.minScore);
    m_score->setToolTip(
        tr("What the network is less sure of is not counted as a poker. Lower finds more and "
           "is wrong more often."));
    m_cell->setObjectName(QStringLiteral("cellSpinBox"));
    m_cell->setRange(qRound(compliance::kSmallestCellM * 1000),
                     qRound(compliance::kLargestCellM * 1000));
    m_cell->setSingleStep(5);
    m_cell->setSuffix(QStringLiteral(" mm"));
    m_cell->setValue(qRound(settings.coverageCellM * 1000));
    m_goesOn->setObjectName(QStringLiteral("goesOnCheckBox"));
    m_goesOn->setChecked(!settings.liftFinished);
    m_goesOn->setToolTip(
        tr("Ground that the work has not reached by the end of the video is not observed "
           "then, instead of missed."));
}

compliance::JudgeSettings JudgeDialog::settings() const {
    return {m_score->value(), !m_goesOn->isChecked(), m_cell->value() / 1000.0};
}

void JudgeDialog::showChoice() {
    const auto known = profileStore().find(m_profile->currentData().toString());
    m_limits->setText(known.ok() ? timesOf(known->profile) : QString());
}

void JudgeDialog::updateState() {
    m_bar->setVisible(m_running);
    const QString busy = m_running ? tr("It is being judged.") : QString();
    for (QWidget* w :
         std::initializer_list<QWidget*>{m_profile, m_score, m_cell, m_goesOn, m_judge, m_cancel}) {
        setEnabledOrWhy(w, busy);
    }
}

void JudgeDialog::judge() {
    if (m_running) {
        return;
    }
    m_running = true;
    m_banner->clear();
    updateState();
    using Outcome = std::shared_ptr<Result<ResultId>>;
    auto* watcher = new QFutureWatcher<Outcome>(this);
    connect(watcher, &QFutureWatcher<Outcome>::finished, this, [this, watcher] {
        watcher->deleteLater();
        m_running = false;
        updateState();
        const Outcome outcome = watcher->result();
        if (!outcome->ok()) {
            m_banner->showError(outcome->error());
            return;
        }
        m_new = **outcome;
        accept();
    });
    watcher->setFuture(QtConcurrent::run(
        [settings = m_context.workspace.settings(), folder = m_context.workspace.library().root(),
         session = m_context.session, result = m_result,
         profile = profileReference(m_profile->currentData().toString()),
         chosen = settings()]() -> Outcome {
            const projects::MediaLibrary library(folder);
            return std::make_shared<Result<ResultId>>(withOwnServices(
                settings, folder, [&](projects::ProjectService& service, storage::Database&) {
                    return jobs::judgeAgain(service, library, session, result, profile, chosen);
                }));
        }));
}

void JudgeDialog::reject() {
    if (!m_running) {
        QDialog::reject();
    }
}

}  // namespace cvd::ui
