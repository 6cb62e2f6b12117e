#include "ui/key_registry.h"

#include <QCoreApplication>
#include <QWidget>
#include <algorithm>

#include "ui/review/key_actions.h"
#include "ui/settings.h"
#include "ui/theme.h"

namespace cvd::ui {
namespace {

struct Row {
    Act act;
    const char* id;
    const char* text;  // context "cvd::ui::KeyRegistry"
    QKeySequence::StandardKey standard;
    const char* keys;  // used when there is no standard key; may be empty
    const char* iconName;
};

constexpr auto kNone = QKeySequence::UnknownKey;

const Row kRows[] = {
    {Act::ShowProjects, "showProjectsAction", QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Projects"),
     kNone, "Ctrl+1", "projects"},
    {Act::ShowJobs, "showJobsAction", QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Jobs"), kNone,
     "Ctrl+2", "jobs"},
    {Act::ShowUsers, "showUsersAction", QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Users"), kNone,
     "Ctrl+6", "users"},
    {Act::ShowAudit, "showAuditAction", QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Audit trail"),
     kNone, "Ctrl+7", "audit"},
    {Act::ShowModels, "showModelsAction", QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Models"),
     kNone, "Ctrl+4", "models"},
    {Act::ShowProfiles, "showProfilesAction",
     QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Rule profiles"), kNone, "Ctrl+5", "profile"},
    {Act::ShowDashboard, "showDashboardAction",
     QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Dashboard"), kNone, "Ctrl+3", "grid"},
    {Act::Settings, "settingsAction", QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Settings…"), kNone,
     "Ctrl+,", "settings"},
    {Act::Find, "findAction", QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Search"),
     QKeySequence::Find, "", "search"},
    {Act::ImportVideo, "importVideoAction",
     QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Import video…"), QKeySequence::Open, "", "import"},
    {Act::Refresh, "refreshAction", QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Refresh"), kNone,
     "F5", "refresh"},
    {Act::OpenProject, "openProjectAction",
     QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Open project"), kNone, "", "folder"},
    {Act::DeleteProject, "deleteProjectAction",
     QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Delete project…"), kNone, "", "delete"},
    {Act::ToggleView, "toggleViewAction",
     QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Cards or list"), kNone, "Ctrl+L", "grid"},
    {Act::RunDetection, "runDetectionAction",
     QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Run detection"), kNone, "Ctrl+R", "run"},
    {Act::PauseDetection, "pauseDetectionAction",
     QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Pause or resume detection"), kNone, "Pause",
     "pause"},
    {Act::CancelDetection, "cancelDetectionAction",
     QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Cancel detection"), kNone, "Ctrl+.", "stop"},
    {Act::OpenReview, "openReviewAction",
     QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Review the result"), kNone, "Ctrl+Return",
     "review"},
    {Act::Back, "backAction", QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Back"), kNone, "Alt+Left",
     "back"},
    {Act::ChangePassword, "changePasswordAction",
     QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Change password…"), kNone, "", "key"},
    {Act::SignOut, "signOutAction", QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Sign out"), kNone,
     "", "signout"},
    {Act::Help, "helpAction", QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "User guide"), kNone, "F1",
     "help"},
    {Act::KeySheet, "keySheetAction",
     QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Keyboard shortcuts"), kNone, "?", "key"},
    {Act::Tour, "tourAction", QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "First-use tour"), kNone,
     "", "run"},
    {Act::About, "aboutAction", QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "About CVD-MIS"), kNone,
     "", "info"},
    {Act::Quit, "quitAction", QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Quit"), QKeySequence::Quit,
     "Ctrl+Q", ""},
};

const Row& rowOf(Act act) {
    for (const Row& row : kRows) {
        if (row.act == act) {
            return row;
        }
    }
    Q_UNREACHABLE();
}

QList<QKeySequence> keysOf(const Row& row) {
    if (row.standard != kNone) {
        const auto keys = QKeySequence::keyBindings(row.standard);
        if (!keys.isEmpty()) {
            return {keys.first()};
        }
    }
    return *row.keys ? QList<QKeySequence>{QKeySequence(QLatin1String(row.keys))}
                     : QList<QKeySequence>{};
}

}  // namespace

KeyRegistry::KeyRegistry(QWidget* owner, Settings* settings)
    : QObject(owner), m_settings(settings) {
    for (const Row& row : kRows) {
        auto* action = new QAction(owner);
        action->setObjectName(QLatin1String(row.id));
        if (row.act == Act::Quit) {
            action->setMenuRole(QAction::QuitRole);
        } else if (row.act == Act::About) {
            action->setMenuRole(QAction::AboutRole);
        } else if (row.act == Act::Settings) {
            action->setMenuRole(QAction::PreferencesRole);
        }
        owner->addAction(action);
        m_actions.insert(int(row.act), action);
        m_entries.append({QLatin1String(row.id), QString(), action, keysOf(row)});
        apply(m_entries.last());
    }
    retranslate();
    restyle();
}

QList<QAction*> KeyRegistry::actions() const {
    QList<QAction*> all;
    for (const Row& row : kRows) {
        all << action(row.act);
    }
    return all;
}

void KeyRegistry::setEnabled(Act act, const QString& whyNot) {
    m_whyNot.insert(int(act), whyNot);
    action(act)->setEnabled(whyNot.isEmpty());
    describe(act);
}

void KeyRegistry::describe(Act act) {
    QAction* a = action(act);
    const QString why = m_whyNot.value(int(act));
    const QString text = tr(rowOf(act).text);
    a->setText(text);
    const auto own = keys(a->objectName());
    const QString key = own.isEmpty() ? QString() : own.first().toString(QKeySequence::NativeText);
    const QString usual =
        key.isEmpty() ? text : tr("%1 (%2)", "action with its key").arg(text, key);
    a->setToolTip(why.isEmpty() ? usual : why);
    a->setStatusTip(why);
}

void KeyRegistry::retranslate() {
    for (const Row& row : kRows) {
        describe(row.act);
    }
}

void KeyRegistry::restyle() {
    for (const Row& row : kRows) {
        if (*row.iconName) {
            action(row.act)->setIcon(icon(QLatin1String(row.iconName)));
        }
    }
}

void KeyRegistry::adopt(const QString& scope, const QList<QAction*>& actions) {
    for (QAction* action : actions) {
        m_entries.append(
            {scope + QLatin1Char('/') + action->objectName(), scope, action, action->shortcuts()});
        apply(m_entries.last());
    }
}

// Gives an action its keys, as the settings say or as the program comes.
void KeyRegistry::apply(const KeyEntry& entry) {
    const auto changed = m_settings ? m_settings->keys(entry.id) : std::nullopt;
    m_keys.insert(entry.id, changed.value_or(entry.defaults));
    bool shadowed = false;
    for (const KeyEntry& other : m_entries) {
        shadowed = shadowed || (entry.scope.isEmpty() && !m_scope.isEmpty() &&
                                other.id == m_scope + QLatin1Char('/') + entry.id);
    }
    entry.action->setShortcuts(shadowed ? QList<QKeySequence>{} : m_keys.value(entry.id));
    if (!entry.scope.isEmpty()) {
        entry.action->setToolTip(KeyActions::tooltip(entry.action));
    }
}

void KeyRegistry::setCurrentScope(const QString& scope) {
    m_scope = scope;
    for (const KeyEntry& entry : m_entries) {
        apply(entry);
    }
}

const KeyEntry* KeyRegistry::find(const QString& id) const {
    const auto at = std::find_if(m_entries.begin(), m_entries.end(),
                                 [&](const KeyEntry& entry) { return entry.id == id; });
    return at == m_entries.end() ? nullptr : &*at;
}

QString KeyRegistry::scopeTitle(const QString& scope) const {
    return scope.isEmpty()                          ? tr("Everywhere")
           : scope == QStringLiteral("review")      ? tr("Review")
           : scope == QStringLiteral("calibration") ? tr("Calibration")
                                                    : scope;
}

QList<QKeySequence> KeyRegistry::keys(const QString& id) const {
    return m_keys.value(id);
}

KeyMap KeyRegistry::allKeys() const {
    return m_keys;
}

void KeyRegistry::setAllKeys(const KeyMap& keys) {
    for (const KeyEntry& entry : m_entries) {
        const auto wanted = keys.value(entry.id, m_keys.value(entry.id));
        if (m_settings) {
            m_settings->setKeys(entry.id,
                                wanted == entry.defaults ? std::nullopt : std::optional(wanted));
        }
        apply(entry);
    }
    retranslate();
    Q_EMIT keysChanged();
}

void KeyRegistry::resetAll() {
    KeyMap own;
    for (const KeyEntry& entry : m_entries) {
        own.insert(entry.id, entry.defaults);
    }
    setAllKeys(own);
}

bool KeyRegistry::overlap(const KeyEntry& a, const KeyEntry& b) const {
    if (a.scope == b.scope) {
        return true;
    }
    if (!a.scope.isEmpty() && !b.scope.isEmpty()) {
        return false;  // two pages are never shown together
    }
    const KeyEntry& page = a.scope.isEmpty() ? b : a;
    const KeyEntry& global = a.scope.isEmpty() ? a : b;
    return page.id != page.scope + QLatin1Char('/') + global.id;
}

QStringList KeyRegistry::usersOf(const QKeySequence& key, const QString& id,
                                 const KeyMap& keys) const {
    QStringList users;
    const KeyEntry* own = find(id);
    for (const KeyEntry& entry : m_entries) {
        if (own && entry.id != id && keys.value(entry.id).contains(key) && overlap(*own, entry)) {
            users << entry.id;
        }
    }
    return users;
}

QStringList KeyRegistry::conflicts() const {
    QStringList bad;
    for (const KeyEntry& entry : m_entries) {
        for (const QKeySequence& key : m_keys.value(entry.id)) {
            for (const QString& other : usersOf(key, entry.id, m_keys)) {
                if (entry.id < other) {
                    bad << key.toString() + QLatin1String(": ") + entry.id + QLatin1Char(' ') +
                               other;
                }
            }
        }
    }
    return bad;
}

}  // namespace cvd::ui
