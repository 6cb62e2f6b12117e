// The rule profiles: what each one demands and how far that can be trusted, and for administrators
// profiles of one's own: copied, edited, imported, removed. GUI thread.
#pragma once

#include "core/compliance/profile_store.h"
#include "ui/app_context.h"
#include "ui/draft_file.h"
#include "ui/widgets.h"

class QStackedWidget;
class QTableView;

namespace cvd::ui {

class ColumnRoom;
class LimitsModel;
class ProfileEditor;
class ProfilesModel;

class ProfilesPage : public Page {
    Q_OBJECT
public:
    explicit ProfilesPage(AppContext& context, QWidget* parent = nullptr);

    void refresh();
    void select(const QString& id);
    ProfileEditor* editor() const { return m_editor; }
    bool isEditing() const;
    bool mayLeave();  // asks when something was changed and not saved
    void stopEditing();
    void keepDraft();  // what a program that dies would lose

Q_SIGNALS:
    void profilesChanged();
    void failed(const cvd::Error& error);

protected:
    void retranslate() override;
    void restyle() override;

private:
    QWidget* head();
    QWidget* body();
    QWidget* details();
    int widestName() const;
    const compliance::KnownProfile* current() const;
    QString whyNotChange() const;
    void updateActions();
    void showDetails();
    void copy();
    void edit();
    void startEditing(const compliance::Profile& profile, const QString& draftName);
    void save();
    void import();
    void exportCurrent();
    void remove();
    void makeDefault();
    void done(const QString& sentence, const std::function<Status()>& undo = {});
    void report(const Status& status);

    AppContext& m_context;
    ProfilesModel* m_model;
    LimitsModel* m_limits;
    QLabel *m_title, *m_name, *m_text, *m_facts;
    QPushButton *m_copy, *m_edit, *m_import, *m_export, *m_default, *m_remove;
    Banner* m_banner;
    QTableView *m_table, *m_limitsTable;
    ColumnRoom* m_room;
    QStackedWidget* m_stack;
    ProfileEditor* m_editor;
    DraftFile m_draftFile;
    DraftTimer m_keepSoon;
};

}  // namespace cvd::ui
