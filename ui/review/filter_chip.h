// A button with a menu of ticks: "Rule: all", "Rule: Tilted", "Rule: 3 of 5".
#pragma once

#include <QIcon>
#include <QList>
#include <QSet>
#include <QToolButton>
#include <QVariant>

class QAction;
class QMenu;

namespace cvd::ui {

class FilterChip : public QToolButton {
    Q_OBJECT
public:
    struct Choice {
        QVariant key;  // hashable: a string or an int
        QString text;
        QIcon icon;
    };

    explicit FilterChip(QWidget* parent = nullptr);

    void setTitle(const QString& title);
    // Ticks stay on the keys that are still there.
    void setChoices(const QList<Choice>& choices);
    QList<QVariant> chosen() const;  // empty: all
    void setChosen(const QList<QVariant>& keys);

Q_SIGNALS:
    void chosenChanged();

private:
    void updateText();

    QString m_title;
    QList<Choice> m_choices;
    QList<QAction*> m_ticks;
    QAction* m_all = nullptr;
    QMenu* m_menu;
};

}  // namespace cvd::ui
