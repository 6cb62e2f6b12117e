// A stored result judged again under a profile and with settings that are chosen here, without
// another detection. The judging runs in a thread of its own; the dialog ends accepted with
// newResult(). GUI thread.
#pragma once

#include <QDialog>

#include "core/base/ids.h"
#include "core/compliance/judge.h"
#include "ui/app_context.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace cvd::ui {

class Banner;

class JudgeDialog : public QDialog {
    Q_OBJECT
public:
    // What the result was judged with is chosen at first.
    JudgeDialog(AppContext& context, ResultId result, const QString& profileId,
                const QString& profileName, const compliance::JudgeSettings& settings,
                QWidget* parent = nullptr);

    ResultId newResult() const { return m_new; }
    bool isRunning() const { return m_running; }
    void judge();
    void reject() override;  // not while it judges: that is over in a moment

private:
    void buildSettings(const compliance::JudgeSettings& settings);
    compliance::JudgeSettings settings() const;
    void showChoice();
    void updateState();

    AppContext& m_context;
    ResultId m_result, m_new;
    bool m_running = false;
    QComboBox* m_profile;
    QDoubleSpinBox* m_score;
    QSpinBox* m_cell;  // mm
    QCheckBox* m_goesOn;
    QLabel* m_limits;
    QProgressBar* m_bar;
    Banner* m_banner;
    QPushButton *m_judge, *m_cancel;
};

}  // namespace cvd::ui
