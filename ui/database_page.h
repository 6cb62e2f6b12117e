// Shown instead of everything else while the database cannot be opened: what happened, a retry by
// itself and by hand, the password of a server, other settings. GUI thread.
#pragma once

#include <QTimer>

#include "core/storage/connection_settings.h"
#include "ui/gate_card.h"

class QLineEdit;

namespace cvd::ui {

class DatabaseForm;

class DatabasePage : public GateCard {
    Q_OBJECT
public:
    explicit DatabasePage(QWidget* parent = nullptr);

    void showConnecting(const storage::ConnectionSettings& settings);
    // Counts down to the next try when the problem may pass by itself.
    void showProblem(const storage::ConnectionSettings& settings, const Error& error);

    // Nothing is wrong: the user wants another database.
    void showChoice(const storage::ConnectionSettings& settings);

Q_SIGNALS:
    void tryRequested(const cvd::storage::ConnectionSettings& settings, bool rememberPassword);

protected:
    void retranslate() override;
    void submit() override;

private:
    void tryNow();
    void showForm(bool show);
    void tick();

    storage::ConnectionSettings m_settings;
    DatabaseForm* m_form;
    QLabel* m_countdown;
    QPushButton* m_change;
    QPushButton* m_try;
    QTimer m_timer;
    int m_waitS = 0, m_leftS = 0;
    bool m_connecting = false, m_choosing = false;
};

}  // namespace cvd::ui
