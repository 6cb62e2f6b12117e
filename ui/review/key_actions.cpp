#include "ui/review/key_actions.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTextEdit>
#include <QWidget>

#include "ui/review/review_colours.h"

namespace cvd::ui {

namespace {
constexpr char kWhyProperty[] = "whyDisabled";
constexpr char kDetailProperty[] = "detail";
}  // namespace

KeyActions::KeyActions(QWidget* scope) : QObject(scope), m_scope(scope) {
    qApp->installEventFilter(this);
}

// While a menu or a list is open every key is meant for it. Qt would ask the page's actions first,
// because the focus stays in the page.
bool KeyActions::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && QApplication::activePopupWidget()) {
        event->accept();
        return true;
    }
    return QObject::eventFilter(watched, event);
}

QAction* KeyActions::create(const char* objectName, const char* text,
                            const QList<QKeySequence>& keys, const char* icon) {
    auto* action = new QAction(m_scope);
    action->setObjectName(QString::fromLatin1(objectName));
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_scope->addAction(action);
    m_entries.push_back({action, text, QString::fromLatin1(icon), {}});
    return action;
}

QAction* KeyActions::add(const char* objectName, const char* text, const QList<QKeySequence>& keys,
                         const char* icon, bool repeats, std::function<void()> run) {
    QAction* action = create(objectName, text, keys, icon);
    action->setAutoRepeat(repeats);
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    return action;
}

QAction* KeyActions::addToggle(const char* objectName, const char* text,
                               const QList<QKeySequence>& keys, const char* icon, bool on,
                               std::function<void(bool)> run) {
    QAction* action = create(objectName, text, keys, icon);
    action->setAutoRepeat(false);
    action->setCheckable(true);
    action->setChecked(on);
    connect(action, &QAction::toggled, this, std::move(run));
    return action;
}

QList<QAction*> KeyActions::actions() const {
    QList<QAction*> list;
    for (const auto& entry : m_entries) {
        list << entry.action;
    }
    return list;
}

QAction* KeyActions::find(const QString& objectName) const {
    for (const auto& entry : m_entries) {
        if (entry.action->objectName() == objectName) {
            return entry.action;
        }
    }
    return nullptr;
}

QString KeyActions::tooltip(const QAction* action) {
    QStringList keys;
    for (const auto& key : action->shortcuts()) {
        keys << key.toString(QKeySequence::NativeText);
    }
    QString text = keys.isEmpty() ? action->text()
                                  : QCoreApplication::translate("cvd::ui::ReviewKeys", "%1 (%2)")
                                        .arg(action->text(), keys.join(QStringLiteral(", ")));
    const QString detail = action->property(kDetailProperty).toString();
    if (action->isEnabled() && !detail.isEmpty()) {
        text = QCoreApplication::translate("cvd::ui::ReviewKeys", "%1: %2",
                                           "action and what it is about")
                   .arg(text, detail);
    }
    const QString why = action->property(kWhyProperty).toString();
    if (!action->isEnabled() && !why.isEmpty()) {
        text += QLatin1Char('\n') + why;
    }
    return text;
}

void KeyActions::disable(QAction* action, const QString& why) {
    action->setProperty(kWhyProperty, why);
    action->setEnabled(false);
    action->setToolTip(tooltip(action));
}

void KeyActions::enable(QAction* action) {
    action->setEnabled(true);
    action->setToolTip(tooltip(action));
}

void KeyActions::setDetail(QAction* action, const QString& detail) {
    action->setProperty(kDetailProperty, detail);
    action->setToolTip(tooltip(action));
}

void KeyActions::setArgument(QAction* action, const QString& argument) {
    for (auto& entry : m_entries) {
        if (entry.action == action) {
            entry.argument = argument;
        }
    }
    retranslate();
}

void KeyActions::retranslate() {
    for (const auto& entry : m_entries) {
        const QString text = QCoreApplication::translate("cvd::ui::ReviewKeys", entry.text);
        entry.action->setText(entry.argument.isEmpty() ? text : text.arg(entry.argument));
        entry.action->setToolTip(tooltip(entry.action));
    }
}

void KeyActions::applyPalette(const QPalette& palette) {
    for (const auto& entry : m_entries) {
        if (!entry.icon.isEmpty()) {
            entry.action->setIcon(symbolIcon(entry.icon, palette));
        }
    }
}

bool keyBelongsTo(const QWidget* widget, const QKeyEvent& event) {
    if (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) {
        return false;
    }
    const int key = event.key();
    if (key == Qt::Key_Escape || (key >= Qt::Key_F1 && key <= Qt::Key_F35)) {
        return false;
    }
    if (qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QPlainTextEdit*>(widget) ||
        qobject_cast<const QTextEdit*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget)) {
        return true;
    }
    const bool moves = key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp ||
                       key == Qt::Key_PageDown || key == Qt::Key_Home || key == Qt::Key_End;
    if (qobject_cast<const QComboBox*>(widget)) {
        return moves;
    }
    if (qobject_cast<const QAbstractSlider*>(widget) || qobject_cast<const QTabBar*>(widget)) {
        return moves || key == Qt::Key_Left || key == Qt::Key_Right;
    }
    if (qobject_cast<const QAbstractButton*>(widget)) {
        return key == Qt::Key_Space;  // somebody came here with Tab and wants to press it
    }
    return false;
}

}  // namespace cvd::ui
