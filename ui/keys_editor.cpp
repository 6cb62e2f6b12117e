#include "ui/keys_editor.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "ui/theme.h"

namespace cvd::ui {
namespace {

QString shown(const QList<QKeySequence>& keys) {
    QStringList texts;
    for (const QKeySequence& key : keys) {
        texts << key.toString(QKeySequence::NativeText);
    }
    return texts.join(QStringLiteral(",  "));
}

QString plain(QString text) {
    return text.remove(QLatin1Char('&'));
}

}  // namespace

KeysEditor::KeysEditor(const KeyRegistry& registry, QWidget* parent)
    : Page(parent),
      m_registry(registry),
      m_keys(registry.allKeys()),
      m_search(new QLineEdit(this)),
      m_tree(new QTreeWidget(this)),
      m_label(new QLabel(this)),
      m_conflict(new QLabel(this)),
      m_edit(new QKeySequenceEdit(this)),
      m_assign(new QPushButton(this)),
      m_clear(new QPushButton(this)),
      m_reset(new QPushButton(this)),
      m_resetAll(new QPushButton(this)) {
    m_search->setObjectName(QStringLiteral("keySearchLineEdit"));
    m_search->setClearButtonEnabled(true);
    m_tree->setObjectName(QStringLiteral("keysTreeWidget"));
    m_tree->setProperty("roomy", true);
    m_tree->setColumnCount(2);
    m_tree->setRootIsDecorated(false);
    m_tree->setIndentation(12);
    m_tree->setUniformRowHeights(true);
    m_tree->setMinimumHeight(140);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_tree->header()->setStretchLastSection(false);
    m_edit->setObjectName(QStringLiteral("keySequenceEdit"));
    m_assign->setObjectName(QStringLiteral("assignKeyPushButton"));
    m_clear->setObjectName(QStringLiteral("clearKeyPushButton"));
    m_reset->setObjectName(QStringLiteral("resetKeyPushButton"));
    m_resetAll->setObjectName(QStringLiteral("resetAllKeysPushButton"));
    m_conflict->setObjectName(QStringLiteral("keyConflictLabel"));
    m_conflict->setWordWrap(true);
    m_label->setBuddy(m_edit);

    auto* row = new QHBoxLayout;
    row->setSpacing(kGap);
    row->addWidget(m_label);
    row->addWidget(m_edit, 1);
    row->addWidget(m_assign);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    buttons->addWidget(m_clear);
    buttons->addWidget(m_reset);
    buttons->addStretch();
    buttons->addWidget(m_resetAll);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGap);
    column->addWidget(m_search);
    column->addWidget(m_tree, 1);
    column->addLayout(row);
    column->addWidget(m_conflict);
    column->addLayout(buttons);

    connect(m_search, &QLineEdit::textChanged, this, &KeysEditor::fill);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &KeysEditor::showCurrent);
    connect(m_edit, &QKeySequenceEdit::keySequenceChanged, this, &KeysEditor::typed);
    connect(m_assign, &QPushButton::clicked, this, &KeysEditor::assign);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        m_keys[current()].clear();
        showKey(m_tree->currentItem());
        showCurrent();
    });
    connect(m_reset, &QPushButton::clicked, this, [this] {
        for (const KeyEntry& entry : m_registry.entries()) {
            if (entry.id == current()) {
                m_keys[entry.id] = entry.defaults;
            }
        }
        showKey(m_tree->currentItem());
        showCurrent();
    });
    connect(m_resetAll, &QPushButton::clicked, this, [this] {
        for (const KeyEntry& entry : m_registry.entries()) {
            m_keys[entry.id] = entry.defaults;
        }
        fill();
    });
    KeysEditor::retranslate();
}

void KeysEditor::fill() {
    const QString before = current();
    m_tree->clear();
    QTreeWidgetItem* group = nullptr;
    QString scope = QStringLiteral("-");
    for (const KeyEntry& entry : m_registry.entries()) {
        const QString name = plain(entry.action->text());
        const QString keys = shown(m_keys.value(entry.id));
        const QString wanted = m_search->text().trimmed();
        if (!wanted.isEmpty() && !name.contains(wanted, Qt::CaseInsensitive) &&
            !keys.contains(wanted, Qt::CaseInsensitive)) {
            continue;
        }
        if (!group || scope != entry.scope) {
            scope = entry.scope;
            group = new QTreeWidgetItem(m_tree, {m_registry.scopeTitle(scope)});
            group->setFlags(Qt::ItemIsEnabled);
            group->setForeground(0, tokens().muted);
        }
        auto* item = new QTreeWidgetItem(group, {name});
        item->setData(0, Qt::UserRole, entry.id);
        showKey(item);
        if (entry.id == before) {
            m_tree->setCurrentItem(item);
        }
    }
    m_tree->expandAll();
    showCurrent();
}

void KeysEditor::showKey(QTreeWidgetItem* item) {
    const QString id = item->data(0, Qt::UserRole).toString();
    item->setText(1, shown(m_keys.value(id)));
    bool changed = false;
    for (const KeyEntry& entry : m_registry.entries()) {
        changed = changed || (entry.id == id && entry.defaults != m_keys.value(id));
    }
    QFont font = m_tree->font();
    font.setItalic(changed);
    item->setFont(1, font);
    item->setToolTip(1, changed ? tr("Changed by you") : QString());
}

QString KeysEditor::current() const {
    const QTreeWidgetItem* item = m_tree->currentItem();
    return item ? item->data(0, Qt::UserRole).toString() : QString();
}

void KeysEditor::select(const QString& id) {
    for (QTreeWidgetItemIterator it(m_tree); *it; ++it) {
        if ((*it)->data(0, Qt::UserRole).toString() == id) {
            m_tree->setCurrentItem(*it);
        }
    }
}

QString KeysEditor::nameOf(const QString& id) const {
    for (const KeyEntry& entry : m_registry.entries()) {
        if (entry.id == id) {
            return tr("%1 (%2)", "action, page")
                .arg(plain(entry.action->text()), m_registry.scopeTitle(entry.scope));
        }
    }
    return id;
}

void KeysEditor::showCurrent() {
    const QString id = current();
    const QString none = id.isEmpty() ? tr("Choose an action in the list first.") : QString();
    const QSignalBlocker quiet(m_edit);
    m_edit->setKeySequence(m_keys.value(id).value(0));
    setEnabledOrWhy(m_edit, none);
    m_conflict->clear();
    setEnabledOrWhy(m_assign, none.isEmpty() ? tr("Press the new key in the field first.") : none);
    setEnabledOrWhy(m_clear, !none.isEmpty()              ? none
                             : m_keys.value(id).isEmpty() ? tr("This action has no key.")
                                                          : QString());
    bool changed = false, anyChanged = false;
    for (const KeyEntry& entry : m_registry.entries()) {
        const bool differs = entry.defaults != m_keys.value(entry.id);
        anyChanged = anyChanged || differs;
        changed = changed || (differs && entry.id == id);
    }
    setEnabledOrWhy(m_reset, !none.isEmpty() ? none
                             : changed       ? QString()
                                             : tr("This action has its usual key."));
    setEnabledOrWhy(m_resetAll, anyChanged ? QString() : tr("Every action has its usual key."));
}

void KeysEditor::typed() {
    QKeySequence key = m_edit->keySequence();
    if (key.count() > 1) {  // one stroke is one key: the last one counts
        key = QKeySequence(key[uint(key.count() - 1)]);
        const QSignalBlocker quiet(m_edit);
        m_edit->setKeySequence(key);
    }
    const QString id = current();
    const bool same = key.isEmpty() || m_keys.value(id).value(0) == key;
    setEnabledOrWhy(m_assign, same ? tr("Press the new key in the field first.") : QString());
    QStringList names;
    for (const QString& other : m_registry.usersOf(key, id, m_keys)) {
        names << nameOf(other);
    }
    m_conflict->setText(
        names.isEmpty()
            ? QString()
            : tr("%1 belongs to %2. If you set it here, it is taken away there.", "key, action")
                  .arg(key.toString(QKeySequence::NativeText), names.join(QStringLiteral(", "))));
}

void KeysEditor::assign() {
    const QString id = current();
    const QKeySequence key = m_edit->keySequence();
    if (id.isEmpty() || key.isEmpty()) {
        return;
    }
    for (const QString& other : m_registry.usersOf(key, id, m_keys)) {
        m_keys[other].removeAll(key);
    }
    m_keys[id] = {key};
    fill();
}

void KeysEditor::retranslate() {
    m_search->setPlaceholderText(tr("Search actions and keys"));
    m_search->setAccessibleName(tr("Search actions and keys"));
    m_tree->setHeaderLabels({tr("Action"), tr("Key")});
    m_tree->setAccessibleName(tr("Actions and their keys"));
    m_label->setText(tr("&New key"));
    m_edit->setAccessibleName(tr("New key"));
    m_assign->setText(tr("Set"));
    m_clear->setText(tr("No key"));
    m_reset->setText(tr("Usual key"));
    m_resetAll->setText(tr("All usual keys"));
    fill();
}

}  // namespace cvd::ui
