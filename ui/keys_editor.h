// Table of all actions with their keys; changes stay in here until the caller takes them. GUI
// thread.
#pragma once

#include "ui/key_registry.h"
#include "ui/widgets.h"

class QKeySequenceEdit;
class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace cvd::ui {

class KeysEditor : public Page {
    Q_OBJECT
public:
    explicit KeysEditor(const KeyRegistry& registry, QWidget* parent = nullptr);

    const KeyMap& keys() const { return m_keys; }
    void select(const QString& id);
    QString current() const;  // id; empty: none
    QString conflictText() const { return m_conflict->text(); }

protected:
    void retranslate() override;

private:
    void fill();
    void showCurrent();
    void showKey(QTreeWidgetItem* item);
    void typed();
    void assign();
    QString nameOf(const QString& id) const;

    const KeyRegistry& m_registry;
    KeyMap m_keys;
    QLineEdit* m_search;
    QTreeWidget* m_tree;
    QLabel *m_label, *m_conflict;
    QKeySequenceEdit* m_edit;
    QPushButton *m_assign, *m_clear, *m_reset, *m_resetAll;
};

}  // namespace cvd::ui
