#include "ui/review/filter_chip.h"

#include <QAction>
#include <QMenu>
#include <QSignalBlocker>
#include <QStyle>

#include "ui/review/range_chip.h"

namespace cvd::ui {

namespace {

// A menu that stays open while several ticks are set.
class TickMenu : public QMenu {
public:
    using QMenu::QMenu;

protected:
    void mouseReleaseEvent(QMouseEvent* event) override {
        QAction* action = activeAction();
        if (action && action->isCheckable()) {
            action->trigger();
            return;
        }
        QMenu::mouseReleaseEvent(event);
    }
};

}  // namespace

FilterChip::FilterChip(QWidget* parent) : QToolButton(parent), m_menu(new TickMenu(this)) {
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setMenu(m_menu);
    setStyleSheet(chipStyle());
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void FilterChip::setTitle(const QString& title) {
    m_title = title;
    updateText();
}

void FilterChip::setChoices(const QList<Choice>& choices) {
    const auto kept = chosen();
    m_choices = choices;
    m_ticks.clear();
    m_menu->clear();
    m_all = m_menu->addAction(tr("All"));
    connect(m_all, &QAction::triggered, this, [this] {
        setChosen({});
        Q_EMIT chosenChanged();
    });
    m_menu->addSeparator();
    for (const auto& choice : choices) {
        QAction* tick = m_menu->addAction(choice.icon, choice.text);
        tick->setCheckable(true);
        connect(tick, &QAction::toggled, this, [this] {
            updateText();
            Q_EMIT chosenChanged();
        });
        m_ticks.append(tick);
    }
    setChosen(kept);
}

QList<QVariant> FilterChip::chosen() const {
    QList<QVariant> keys;
    for (qsizetype i = 0; i < m_ticks.size(); ++i) {
        if (m_ticks[i]->isChecked()) {
            keys << m_choices[i].key;
        }
    }
    return keys;
}

void FilterChip::setChosen(const QList<QVariant>& keys) {
    for (qsizetype i = 0; i < m_ticks.size(); ++i) {
        const QSignalBlocker quiet(m_ticks[i]);
        m_ticks[i]->setChecked(keys.contains(m_choices[i].key));
    }
    updateText();
}

void FilterChip::updateText() {
    const auto keys = chosen();
    QString what = tr("all");
    if (keys.size() == 1) {
        for (const auto& choice : m_choices) {
            what = choice.key == keys.first() ? choice.text : what;
        }
    } else if (!keys.isEmpty()) {
        what = tr("%1 of %2").arg(keys.size()).arg(m_choices.size());
    }
    setText(tr("%1: %2").arg(m_title, what));
    setAccessibleName(tr("Filter by %1").arg(m_title));
    if (property("filtering").toBool() != !keys.isEmpty()) {
        setProperty("filtering", !keys.isEmpty());
        style()->unpolish(this);
        style()->polish(this);
    }
}

}  // namespace cvd::ui
