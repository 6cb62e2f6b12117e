// The first start in three steps: where the data lives, the administrator, a first video. The page
// asks; DesktopController does. GUI thread.
#pragma once

#include "core/storage/connection_settings.h"
#include "ui/gate_card.h"

class QCheckBox;
class QLineEdit;
class QRadioButton;

namespace cvd::ui {

class DatabaseForm;
class PasswordFields;

class FirstStartPage : public GateCard {
    Q_OBJECT
public:
    enum class Step { Database, Administrator, FirstVideo };
    enum class FirstVideo { Sample, Own, Later };

    explicit FirstStartPage(const storage::ConnectionSettings& settings, bool hasSample,
                            QWidget* parent = nullptr);

    void setStep(Step step);
    Step step() const { return m_step; }
    void showProblem(const Error& error);  // of the current step; ends the busy state
    void setBusy(bool busy);
    bool wantsTour() const;  // with the sample pour

Q_SIGNALS:
    void databaseChosen(const cvd::storage::ConnectionSettings& settings, bool rememberPassword);
    void administratorChosen(const QString& name, const QString& password);
    void firstVideoChosen(cvd::ui::FirstStartPage::FirstVideo choice);

protected:
    void retranslate() override;
    void restyle() override;
    void submit() override { goOn(); }

private:
    QWidget* databaseStep(const storage::ConnectionSettings& settings);
    QWidget* administratorStep();
    QWidget* videoStep(bool hasSample);
    void goOn();
    void updateButtons();
    FirstVideo chosenVideo() const;

    Step m_step = Step::Database;
    bool m_busy = false, m_hasSample;
    QList<QLabel*> m_stepMarks;
    QWidget* m_steps;
    QList<QWidget*> m_stepPages;
    DatabaseForm* m_database;
    QLabel* m_nameLabel;
    QLineEdit* m_name;
    PasswordFields* m_password;
    QRadioButton *m_sample, *m_own;
    QCheckBox* m_tour;
    QLabel *m_sampleHint, *m_ownHint;
    QPushButton *m_skip, *m_next;
};

}  // namespace cvd::ui
