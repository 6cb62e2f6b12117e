#include "ui/key_registry.h"

#include <QCoreApplication>
#include <QWidget>

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
     "Ctrl+3", "users"},
    {Act::ShowAudit, "showAuditAction", QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Audit trail"),
     kNone, "Ctrl+4", "audit"},
    {Act::ShowModels, "showModelsAction", QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Models"),
     kNone, "Ctrl+5", "models"},
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
    {Act::KeySheet, "keySheetAction",
     QT_TRANSLATE_NOOP("cvd::ui::KeyRegistry", "Keyboard shortcuts"), kNone, "F1", "help"},
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

KeyRegistry::KeyRegistry(QWidget* owner) : QObject(owner) {
    for (const Row& row : kRows) {
        auto* action = new QAction(owner);
        action->setObjectName(QLatin1String(row.id));
        action->setShortcuts(keysOf(row));
        if (row.act == Act::Quit) {
            action->setMenuRole(QAction::QuitRole);
        } else if (row.act == Act::About) {
            action->setMenuRole(QAction::AboutRole);
        } else if (row.act == Act::Settings) {
            action->setMenuRole(QAction::PreferencesRole);
        }
        owner->addAction(action);
        m_actions.insert(int(row.act), action);
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
    const QString keys = a->shortcut().toString(QKeySequence::NativeText);
    const QString usual =
        keys.isEmpty() ? text : tr("%1 (%2)", "action with its key").arg(text, keys);
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

QStringList KeyRegistry::conflicts() const {
    QHash<QString, QString> seen;
    QStringList bad;
    for (const QAction* a : actions()) {
        for (const QKeySequence& key : a->shortcuts()) {
            const QString name = key.toString();
            if (seen.contains(name)) {
                bad << name + QLatin1String(": ") + seen.value(name) + QLatin1Char(' ') +
                           a->objectName();
            }
            seen.insert(name, a->objectName());
        }
    }
    return bad;
}

}  // namespace cvd::ui
