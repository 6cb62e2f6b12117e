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
    // Whether the result has a planned grid; without one its switch is not offered.
    void setPlannedOffered(bool offered);
    OverlayOptions options() const { return m_options; }

Q_SIGNALS:
    void optionsChanged(const cvd::ui::OverlayOptions& options);

protected:
    void changeEvent(QEvent* event) override;

private:
    // A row with a tick and an opacity.
    void addLayer(const char* objectName, bool OverlayOptions::*on,
                  double OverlayOptions::*opacity);
    QSlider* addSlider(const char* objectName, int row, QLabel** label, QLabel** value);
    void read();
    void show();
    void retranslate();

    OverlayOptions m_options;
    bool m_loading = true;  // while the sliders are made or set
    struct LayerRow {
        QCheckBox* box;
        QSlider* slider;
        QLabel* value;
        bool OverlayOptions::*on;
        double OverlayOptions::*opacity;
    };
    QList<LayerRow> m_layers;
    QLabel *m_showTitle, *m_scoreTitle;
    QSlider* m_opacity;
    QLabel *m_opacityLabel, *m_opacityValue;
    std::array<QSlider*, kObjectClassCount> m_scores{};
    std::array<QLabel*, kObjectClassCount> m_scoreLabels{}, m_scoreValues{};
    QGridLayout* m_grid;
};

}  // namespace cvd::ui
