#include "ui/review/action_button.h"

#include <QAction>
#include <QStyle>

namespace cvd::ui {

ActionButton::ActionButton(QWidget* parent) : QPushButton(parent) {
    setFocusPolicy(Qt::TabFocus);
}

void ActionButton::setAction(QAction* action) {
    m_action = action;
    connect(action, &QAction::changed, this, [this] { update(); });
    connect(this, &QPushButton::clicked, action, [action] { action->trigger(); });
    update();
}

void ActionButton::update() {
    const QString key = m_action->shortcut().toString(QKeySequence::NativeText);
    setText(key.isEmpty() ? m_action->text()
                          : QStringLiteral("%1   %2").arg(m_action->text(), key));
    setIcon(m_action->icon());
    setToolTip(m_action->toolTip());
    setEnabled(m_action->isEnabled());
    setAccessibleName(m_action->text());
}

void ActionButton::setChosen(bool chosen) {
    if (property("chosen").toBool() == chosen) {
        return;
    }
    setProperty("chosen", chosen);
    QFont marked = font();
    marked.setUnderline(chosen);
    setFont(marked);
    setAccessibleDescription(chosen ? tr("The verdict in force") : QString());
}

}  // namespace cvd::ui
