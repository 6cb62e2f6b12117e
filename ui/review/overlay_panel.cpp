#include "ui/review/overlay_panel.h"

#include <QCheckBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPixmap>
#include <QScopedValueRollback>
#include <QSlider>

#include "core/text/text.h"
#include "ui/review/review_colours.h"

namespace cvd::ui {

namespace {
constexpr int kSwitchRow = 1;
constexpr int kScoreRow = 7;
constexpr int kOpacityRow = 11;
}  // namespace

OverlayPanel::OverlayPanel(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("overlayPanel"));
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(12, 12, 12, 12);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(4);
    const auto title = [this](int row) {
        auto* label = new QLabel(this);
        label->setForegroundRole(QPalette::PlaceholderText);
        m_grid->addWidget(label, row, 0, 1, 3);
        return label;
    };
    m_showTitle = title(0);
    addSwitch("boxesCheckBox", &OverlayOptions::boxes);
    addSwitch("labelsCheckBox", &OverlayOptions::labels);
    addSwitch("pointsCheckBox", &OverlayOptions::points);
    addSwitch("tailsCheckBox", &OverlayOptions::tails);
    addSwitch("discsCheckBox", &OverlayOptions::discs);
    addSwitch("regionCheckBox", &OverlayOptions::region);
    addSwitch("heatCheckBox", &OverlayOptions::heat);
    addSwitch("coverageCheckBox", &OverlayOptions::coverage);
    addSwitch("plannedCheckBox", &OverlayOptions::planned);
    m_scoreTitle = title(kScoreRow - 1);
    const char* names[] = {"pokerScoreSlider", "hoeScoreSlider", "personScoreSlider"};
    for (int i = 0; i < kObjectClassCount; ++i) {
        m_scores[size_t(i)] = addSlider(names[i], kScoreRow + i, &m_scoreLabels[size_t(i)],
                                        &m_scoreValues[size_t(i)]);
    }
    m_opacityTitle = title(kOpacityRow - 1);
    m_opacity = addSlider("overlayOpacitySlider", kOpacityRow, &m_opacityLabel, &m_opacityValue);
    m_heatOpacity = addSlider("heatOpacitySlider", kOpacityRow + 1, &m_heatLabel, &m_heatValue);
    m_opacity->setMinimum(10);
    retranslate();
    setOptions({});
}

QCheckBox* OverlayPanel::addSwitch(const char* objectName, bool OverlayOptions::*member) {
    auto* box = new QCheckBox(this);
    box->setObjectName(QString::fromLatin1(objectName));
    const int index = int(m_switches.size());
    m_grid->addWidget(box, kSwitchRow + index / 2, index % 2 == 0 ? 0 : 1, 1,
                      index % 2 == 0 ? 1 : 2);
    m_switches.append({box, member});
    connect(box, &QCheckBox::toggled, this, [this] { read(); });
    return box;
}

QSlider* OverlayPanel::addSlider(const char* objectName, int row, QLabel** label, QLabel** value) {
    *label = new QLabel(this);
    *value = new QLabel(this);
    (*value)->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    (*value)->setMinimumWidth((*value)->fontMetrics().horizontalAdvance(QStringLiteral("100 %")));
    auto* slider = new QSlider(Qt::Horizontal, this);
    slider->setObjectName(QString::fromLatin1(objectName));
    slider->setRange(0, 100);
    slider->setPageStep(10);
    slider->setMinimumWidth(140);
    (*label)->setBuddy(slider);
    m_grid->addWidget(*label, row, 0);
    m_grid->addWidget(slider, row, 1);
    m_grid->addWidget(*value, row, 2);
    connect(slider, &QSlider::valueChanged, this, [this] { read(); });
    return slider;
}

void OverlayPanel::setOptions(const OverlayOptions& options) {
    const QScopedValueRollback guard(m_loading, true);
    m_options = options;
    for (const auto& [box, member] : m_switches) {
        box->setChecked(m_options.*member);
    }
    for (size_t i = 0; i < m_scores.size(); ++i) {
        m_scores[i]->setValue(qRound(m_options.minScore[i] * 100));
    }
    m_opacity->setValue(qRound(m_options.opacity * 100));
    m_heatOpacity->setValue(qRound(m_options.heatOpacity * 100));
    show();
}

void OverlayPanel::read() {
    if (m_loading) {
        return;
    }
    for (const auto& [box, member] : m_switches) {
        m_options.*member = box->isChecked();
    }
    for (size_t i = 0; i < m_scores.size(); ++i) {
        m_options.minScore[i] = float(m_scores[i]->value()) / 100;
    }
    m_options.opacity = m_opacity->value() / 100.0;
    m_options.heatOpacity = m_heatOpacity->value() / 100.0;
    show();
    Q_EMIT optionsChanged(m_options);
}

void OverlayPanel::show() {
    const QLocale locale;
    for (size_t i = 0; i < m_scores.size(); ++i) {
        m_scoreValues[i]->setText(locale.toString(m_scores[i]->value() / 100.0, 'f', 2));
    }
    m_opacityValue->setText(tr("%1 %").arg(m_opacity->value()));
    m_heatValue->setText(tr("%1 %").arg(m_heatOpacity->value()));
}

void OverlayPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void OverlayPanel::retranslate() {
    m_showTitle->setText(tr("Show over the video"));
    const QStringList names{tr("Boxes"),    tr("Labels"),          tr("Poker points"),
                            tr("Tails"),    tr("Insertion discs"), tr("Pour region"),
                            tr("Heat map"), tr("Coverage"),        tr("Planned grid")};
    for (qsizetype i = 0; i < m_switches.size(); ++i) {
        m_switches[i].first->setText(names[i]);
    }
    m_scoreTitle->setText(tr("Hide detections less sure than"));
    for (int i = 0; i < kObjectClassCount; ++i) {
        const QString name = text::classText(ObjectClass(i));
        m_scoreLabels[size_t(i)]->setText(name);
        m_scores[size_t(i)]->setAccessibleName(tr("Score threshold: %1").arg(name));
    }
    m_opacityTitle->setText(tr("Opacity"));
    m_opacityLabel->setText(tr("Overlays"));
    m_heatLabel->setText(tr("Heat map"));
    show();
}

}  // namespace cvd::ui
