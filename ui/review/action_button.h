// A push button that does what an action does and looks as the action says: text with its key,
// icon, tooltip, enabled or not.
#pragma once

#include <QPushButton>

class QAction;

namespace cvd::ui {

class ActionButton : public QPushButton {
    Q_OBJECT
public:
    explicit ActionButton(QWidget* parent = nullptr);
    void setAction(QAction* action);
    // Marks the choice that is in force.
    void setChosen(bool chosen);

private:
    void update();

    QAction* m_action = nullptr;
};

}  // namespace cvd::ui
