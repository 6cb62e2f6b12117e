// Every action of the program with its text and keys, in one registry: the shell's own table and
// what the pages bring along (adopt). Keys can be changed; what differs from the program's own is
// in the settings. GUI thread.
#pragma once

#include <QAction>
#include <QHash>
#include <QObject>

namespace cvd::ui {

class Settings;

enum class Act {
    ShowProjects,
    ShowJobs,
    ShowUsers,
    ShowAudit,
    ShowModels,
    ShowProfiles,
    ShowDashboard,
    Settings,
    Find,
    ImportVideo,
    Refresh,
    OpenProject,
    DeleteProject,
    ToggleView,
    RunDetection,
    PauseDetection,
    CancelDetection,
    OpenReview,
    Back,
    ChangePassword,
    SignOut,
    Help,
    KeySheet,
    Tour,
    About,
    Quit,
};

using KeyMap = QHash<QString, QList<QKeySequence>>;  // by id, of changed keys only or of all

struct KeyEntry {
    QString id;     // "review/playAction"
    QString scope;  // "" everywhere, or the page in which it acts
    QAction* action = nullptr;
    QList<QKeySequence> defaults;
};

class KeyRegistry : public QObject {
    Q_OBJECT
public:
    // The actions belong to `owner` and act in its window. Without `settings` keys stay as they
    // are.
    explicit KeyRegistry(QWidget* owner, Settings* settings = nullptr);

    QAction* action(Act act) const { return m_actions.value(int(act)); }
    QList<QAction*> actions() const;  // the shell's
    // Disabled with the reason in its tooltip; enabled when `whyNot` is empty.
    void setEnabled(Act act, const QString& whyNot);
    QString whyNot(Act act) const { return m_whyNot.value(int(act)); }
    void retranslate();
    void restyle();

    // The actions of a page, which act while the focus is inside it; each has an objectName.
    void adopt(const QString& scope, const QList<QAction*>& actions);
    // A page's action takes the place of the shell's of the same name while that page is shown.
    void setCurrentScope(const QString& scope);

    const QList<KeyEntry>& entries() const { return m_entries; }
    QString scopeTitle(const QString& scope) const;
    QList<QKeySequence> keys(const QString& id) const;
    KeyMap allKeys() const;
    void setAllKeys(const KeyMap& keys);  // applies and remembers
    void resetAll();

    // Ids of the other actions that `keys` gives this key and that would act at the same time.
    QStringList usersOf(const QKeySequence& key, const QString& id, const KeyMap& keys) const;
    // Two actions with one key; empty when all is well.
    QStringList conflicts() const;

Q_SIGNALS:
    void keysChanged();

private:
    void describe(Act act);
    void apply(const KeyEntry& entry);
    bool overlap(const KeyEntry& a, const KeyEntry& b) const;
    const KeyEntry* find(const QString& id) const;

    Settings* m_settings;
    QHash<int, QAction*> m_actions;
    QHash<int, QString> m_whyNot;
    QList<KeyEntry> m_entries;
    KeyMap m_keys;
    QString m_scope;
};

}  // namespace cvd::ui
