// Switches and sliders of the overlays, for a menu or a side panel.
#pragma once

#include <QWidget>
#include <array>

#include "ui/review/overlay.h"

class QCheckBox;
class QGridLayout;
class QLabel;
class QSlider;

namespace cvd::ui {

class OverlayPanel : public QWidget {
    Q_OBJECT
public:
    explicit OverlayPanel(QWidget* parent = nullptr);
    void setOptions(const OverlayOptions& options);  // without a signal
    OverlayOptions options() const { return m_options; }

Q_SIGNALS:
    void optionsChanged(const cvd::ui::OverlayOptions& options);

protected:
    void changeEvent(QEvent* event) override;

private:
    QCheckBox* addSwitch(const char* objectName, bool OverlayOptions::*member);
    QSlider* addSlider(const char* objectName, int row, QLabel** label, QLabel** value);
    void read();
    void show();
    void retranslate();

    OverlayOptions m_options;
    bool m_loading = false;
    QList<std::pair<QCheckBox*, bool OverlayOptions::*>> m_switches;
    QLabel *m_showTitle, *m_scoreTitle, *m_opacityTitle;
    QSlider *m_opacity, *m_heatOpacity;
    QLabel *m_opacityLabel, *m_opacityValue, *m_heatLabel, *m_heatValue;
    std::array<QSlider*, kObjectClassCount> m_scores{};
    std::array<QLabel*, kObjectClassCount> m_scoreLabels{}, m_scoreValues{};
    QGridLayout* m_grid;
};

}  // namespace cvd::ui
