// The actions of the review page: text, keys, icon and tooltip from one table, so that tooltips and
// key sheet always say what the keys really are.
#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>
#include <functional>
#include <vector>

class QAction;
class QKeyEvent;
class QPalette;
class QWidget;

namespace cvd::ui {

class KeyActions : public QObject {
    Q_OBJECT
public:
    // The actions act while the focus is within `scope` (or another widget they were added to).
    explicit KeyActions(QWidget* scope);

    // `text` is marked with QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", ...). A held key repeats only
    // when `repeats`.
    QAction* add(const char* objectName, const char* text, const QList<QKeySequence>& keys,
                 const char* icon, bool repeats, std::function<void()> run);
    QAction* addToggle(const char* objectName, const char* text, const QList<QKeySequence>& keys,
                       const char* icon, bool on, std::function<void(bool)> run);

    QList<QAction*> actions() const;
    QAction* find(const QString& objectName) const;
    void retranslate();
    void applyPalette(const QPalette& palette);

    // "Play or pause (Space)"; for a disabled action followed by `why`.
    static QString tooltip(const QAction* action);
    static void disable(QAction* action, const QString& why);
    static void enable(QAction* action);
    // What goes in for %1 of the action's text, for example the size of a jump.
    void setArgument(QAction* action, const QString& argument);
    // Said after the text in the tooltip: what would be undone.
    static void setDetail(QAction* action, const QString& detail);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QAction* create(const char* objectName, const char* text, const QList<QKeySequence>& keys,
                    const char* icon);

    struct Entry {
        QAction* action = nullptr;
        const char* text = nullptr;
        QString icon;
        QString argument;
    };
    QWidget* m_scope;
    std::vector<Entry> m_entries;
};

// True when the key event belongs to the widget itself (typing in a text field, arrows in a slider
// or a combo box, Space on a button) and must not trigger one of the page's keys.
bool keyBelongsTo(const QWidget* widget, const QKeyEvent& event);

}  // namespace cvd::ui
