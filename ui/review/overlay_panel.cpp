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
    addLayer("boxesCheckBox", &OverlayOptions::boxes, &OverlayOptions::boxesOpacity);
    addLayer("untrackedCheckBox", &OverlayOptions::untracked, &OverlayOptions::untrackedOpacity);
    addLayer("labelsCheckBox", &OverlayOptions::labels, &OverlayOptions::labelsOpacity);
    addLayer("pointsCheckBox", &OverlayOptions::points, &OverlayOptions::pointsOpacity);
    addLayer("tailsCheckBox", &OverlayOptions::tails, &OverlayOptions::tailsOpacity);
    addLayer("discsCheckBox", &OverlayOptions::discs, &OverlayOptions::discsOpacity);
    addLayer("regionCheckBox", &OverlayOptions::region, &OverlayOptions::regionOpacity);
    addLayer("formLinesCheckBox", &OverlayOptions::formLines, &OverlayOptions::formLinesOpacity);
    addLayer("heatCheckBox", &OverlayOptions::heat, &OverlayOptions::heatOpacity);
    addLayer("coverageCheckBox", &OverlayOptions::coverage, &OverlayOptions::coverageOpacity);
    addLayer("plannedCheckBox", &OverlayOptions::planned, &OverlayOptions::plannedOpacity);
    m_opacity =
        addSlider("overlayOpacitySlider", m_grid->rowCount(), &m_opacityLabel, &m_opacityValue);
    m_opacity->setMinimum(10);
    m_scoreTitle = title(m_grid->rowCount());
    const char* names[] = {"pokerScoreSlider", "hoeScoreSlider", "personScoreSlider"};
    for (int i = 0; i < kObjectClassCount; ++i) {
        m_scores[size_t(i)] = addSlider(names[i], m_grid->rowCount(), &m_scoreLabels[size_t(i)],
                                        &m_scoreValues[size_t(i)]);
    }
    retranslate();
    setOptions({});
    m_loading = false;
}

void OverlayPanel::addLayer(const char* objectName, bool OverlayOptions::*on,
                            double OverlayOptions::*opacity) {
    const int row = m_grid->rowCount();
    auto* box = new QCheckBox(this);
    box->setObjectName(QString::fromLatin1(objectName));
    QString sliderName = box->objectName();
    sliderName.replace(QLatin1String("CheckBox"), QLatin1String("OpacitySlider"));
    QLabel *unused = nullptr, *value = nullptr;
    auto* slider = addSlider(sliderName.toLatin1().constData(), row, &unused, &value);
    delete unused;
    slider->setMinimum(5);
    m_grid->addWidget(box, row, 0);
    m_layers.append({box, slider, value, on, opacity});
    connect(box, &QCheckBox::toggled, this, [this] { read(); });
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
    for (const auto& layer : m_layers) {
        layer.box->setChecked(m_options.*layer.on);
        layer.slider->setValue(qRound(m_options.*layer.opacity * 100));
    }
    for (size_t i = 0; i < m_scores.size(); ++i) {
        m_scores[i]->setValue(qRound(m_options.minScore[i] * 100));
    }
    m_opacity->setValue(qRound(m_options.opacity * 100));
    show();
}

void OverlayPanel::read() {
    if (m_loading) {
        return;
    }
    for (const auto& layer : m_layers) {
        m_options.*layer.on = layer.box->isChecked();
        m_options.*layer.opacity = layer.slider->value() / 100.0;
    }
    for (size_t i = 0; i < m_scores.size(); ++i) {
        m_options.minScore[i] = float(m_scores[i]->value()) / 100;
    }
    m_options.opacity = m_opacity->value() / 100.0;
    show();
    Q_EMIT optionsChanged(m_options);
}

void OverlayPanel::show() {
    const QLocale locale;
    for (size_t i = 0; i < m_scores.size(); ++i) {
        m_scoreValues[i]->setText(locale.toString(m_scores[i]->value() / 100.0, 'f', 2));
    }
    m_opacityValue->setText(tr("%1 %").arg(m_opacity->value()));
    for (const auto& layer : m_layers) {
        layer.value->setText(tr("%1 %").arg(layer.slider->value()));
        const bool on = layer.box->isChecked();
        layer.slider->setEnabled(on);
        layer.slider->setToolTip(on ? QString() : tr("Switch this layer on first."));
    }
}

void OverlayPanel::setPlannedOffered(bool offered) {
    for (const auto& layer : m_layers) {
        if (layer.on == &OverlayOptions::planned) {
            for (QWidget* part :
                 std::initializer_list<QWidget*>{layer.box, layer.slider, layer.value}) {
                part->setVisible(offered);
            }
        }
    }
}

void OverlayPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void OverlayPanel::retranslate() {
    m_showTitle->setText(tr("Show over the video"));
    const QStringList names{tr("Boxes"),        tr("Untracked, too"), tr("Labels"),
                            tr("Poker points"), tr("Tails"),          tr("Insertion discs"),
                            tr("Pour region"),  tr("Form lines"),     tr("Heat map"),
                            tr("Coverage"),     tr("Planned grid")};
    for (qsizetype i = 0; i < m_layers.size(); ++i) {
        m_layers[i].box->setText(names[i]);
        m_layers[i].slider->setAccessibleName(tr("Opacity: %1").arg(names[i]));
        m_layers[i].slider->setToolTip(m_layers[i].slider->accessibleName());
    }
    m_scoreTitle->setText(tr("Hide detections less sure than"));
    for (int i = 0; i < kObjectClassCount; ++i) {
        const QString name = text::classText(ObjectClass(i));
        m_scoreLabels[size_t(i)]->setText(name);
        m_scores[size_t(i)]->setAccessibleName(tr("Score threshold: %1").arg(name));
    }
    m_opacityLabel->setText(tr("All, opacity"));
    show();
}

}  // namespace cvd::ui
