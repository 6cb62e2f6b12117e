// Every action of the shell with its text and key, in one table. The review page has its own table
// with the same rules (ReviewPage::reviewActions); both are shown on the sheet of keys. GUI thread.
#pragma once

#include <QAction>
#include <QHash>
#include <QObject>

namespace cvd::ui {

enum class Act {
    ShowProjects,
    ShowJobs,
    ShowUsers,
    ShowAudit,
    ShowModels,
    Settings,
    Find,
    ImportVideo,
    Refresh,
    OpenProject,
    DeleteProject,
    ToggleView,
    RunDetection,
    CancelDetection,
    OpenReview,
    Back,
    ChangePassword,
    SignOut,
    KeySheet,
    About,
    Quit,
};

class KeyRegistry : public QObject {
    Q_OBJECT
public:
    // The actions belong to `owner` and act in its window.
    explicit KeyRegistry(QWidget* owner);

    QAction* action(Act act) const { return m_actions.value(int(act)); }
    QList<QAction*> actions() const;
    // Disabled with the reason in its tooltip; enabled when `whyNot` is empty.
    void setEnabled(Act act, const QString& whyNot);
    void retranslate();
    void restyle();
    // Two actions with one key; empty when all is well.
    QStringList conflicts() const;

private:
    void describe(Act act);

    QHash<int, QAction*> m_actions;
    QHash<int, QString> m_whyNot;
};

}  // namespace cvd::ui
