#include "ui/review/charts_panel.h"

#include <QComboBox>
#include <QDir>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "core/text/text.h"
#include "ui/charts/chart_frame.h"
#include "ui/review/filter_chip.h"

namespace cvd::ui {
namespace {

constexpr ReviewChart kCharts[] = {ReviewChart::InsertionTimes,
                                   ReviewChart::TimesOverPour,
                                   ReviewChart::Spacing,
                                   ReviewChart::ViolationsByRule,
                                   ReviewChart::ViolationsOverTime,
                                   ReviewChart::ByPoker,
                                   ReviewChart::Pours};
constexpr PourMeasure kMeasures[] = {PourMeasure::ViolationsPer100, PourMeasure::WithinBandPct,
                                     PourMeasure::MeanStationaryS, PourMeasure::Insertions};

template <class T>
T chosenIn(const QComboBox* box) {
    return T(box->currentData().toInt());
}

}  // namespace

ChartsPanel::ChartsPanel(QWidget* parent)
    : QWidget(parent),
      m_choice(new QComboBox(this)),
      m_measure(new QComboBox(this)),
      m_poursChip(new FilterChip(this)),
      m_frame(new ChartFrame(true, this)) {
    setObjectName(QStringLiteral("chartsPanel"));
    m_choice->setObjectName(QStringLiteral("chartComboBox"));
    m_measure->setObjectName(QStringLiteral("pourMeasureComboBox"));
    m_poursChip->setObjectName(QStringLiteral("poursFilterChip"));
    for (const ReviewChart chart : kCharts) {
        m_choice->addItem(QString(), int(chart));
    }
    for (const PourMeasure measure : kMeasures) {
        m_measure->addItem(QString(), int(measure));
    }
    m_frame->setTitleVisible(false);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_choice, 1);
    auto* compare = new QHBoxLayout;
    compare->setSpacing(8);
    compare->addWidget(m_measure, 1);
    compare->addWidget(m_poursChip);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addLayout(row);
    column->addLayout(compare);
    column->addWidget(m_frame, 1);

    connect(m_choice, &QComboBox::currentIndexChanged, this, [this] { refresh(); });
    connect(m_measure, &QComboBox::currentIndexChanged, this, [this] { refresh(); });
    connect(m_poursChip, &FilterChip::chosenChanged, this, [this] { refresh(); });
    connect(m_frame, &ChartFrame::chosen, this,
            [this](const QList<qint64>& ids, const QString& label) {
                switch (eventsOf(chart())) {
                    case ChartEvents::Insertions:
                        Q_EMIT insertionsChosen(ids, label);
                        break;
                    case ChartEvents::Violations:
                        Q_EMIT violationsChosen(ids, label);
                        break;
                    case ChartEvents::Projects:
                        Q_EMIT projectChosen(ids.first());
                        break;
                }
            });
    connect(m_frame, &ChartFrame::failed, this, [this](const Error& error) {
        Q_EMIT message(text::errorText(error), QString::fromStdString(error.detail));
    });
    connect(m_frame, &ChartFrame::saved, this, [this](const QString& file) {
        Q_EMIT message(tr("Saved as %1.").arg(QDir::toNativeSeparators(file)), {});
    });
    retranslate();
}

void ChartsPanel::setData(const ReviewData& shown) {
    if (shown.resultDir != m_data.resultDir || shown.title != m_data.title) {
        m_pours.clear();
        m_poursKnown = m_poursAsked = false;
    }
    m_data = shown;
    m_stale = true;
    if (isVisible()) {
        refresh();
    }
}

void ChartsPanel::setPours(const QList<PourFigures>& pours) {
    m_pours = pours;
    m_poursKnown = true;
    m_poursAsked = false;
    fillPours();
    refresh();
}

void ChartsPanel::showChart(ReviewChart chart) {
    m_choice->setCurrentIndex(m_choice->findData(int(chart)));
}

ReviewChart ChartsPanel::chart() const {
    return chosenIn<ReviewChart>(m_choice);
}

void ChartsPanel::fillPours() {
    QList<FilterChip::Choice> choices;
    for (const PourFigures& pour : m_pours) {
        choices.append({pour.project, pour.name, {}});
    }
    m_poursChip->setChoices(choices);
}

void ChartsPanel::refresh() {
    const bool compare = chart() == ReviewChart::Pours;
    m_measure->setVisible(compare);
    m_poursChip->setVisible(compare);
    if (!isVisible()) {
        m_stale = true;
        return;
    }
    m_stale = false;
    if (!compare) {
        m_frame->setData(reviewChart(chart(), m_data));
        return;
    }
    if (!m_poursKnown) {
        m_poursKnown = m_poursAsked = true;  // asked once, also when nobody answers
        Q_EMIT poursWanted();
    }
    if (m_poursAsked) {
        ChartData waiting;
        waiting.empty = tr("Looking at the other pours…");
        m_frame->setData(waiting);
        return;
    }
    const QList<QVariant> chosen = m_poursChip->chosen();
    QList<PourFigures> pours;
    for (const PourFigures& pour : m_pours) {
        if (pour.current || chosen.isEmpty() || chosen.contains(QVariant(pour.project))) {
            pours.append(pour);
        }
    }
    m_frame->setData(poursChart(chosenIn<PourMeasure>(m_measure), pours));
}

void ChartsPanel::retranslate() {
    m_choice->setAccessibleName(tr("Chart"));
    m_choice->setToolTip(tr("Which chart is shown"));
    m_measure->setAccessibleName(tr("What is compared"));
    m_measure->setToolTip(tr("What is compared"));
    m_poursChip->setTitle(tr("Pours"));
    {
        const QSignalBlocker a(m_choice), b(m_measure);
        for (int i = 0; i < m_choice->count(); ++i) {
            m_choice->setItemText(i, chartName(kCharts[i]));
        }
        for (int i = 0; i < m_measure->count(); ++i) {
            m_measure->setItemText(i, measureName(kMeasures[i]));
        }
    }
    refresh();
}

void ChartsPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_stale) {
        refresh();
    }
}

void ChartsPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

}  // namespace cvd::ui
