// The list of projects as cards or rows: search, filters, order, pages. The order and the filter
// are the database's, so the page is as quick with 100,000 projects. GUI thread.
#pragma once

#include "core/jobs/job_runner.h"
#include "core/projects/project_types.h"
#include "ui/app_context.h"
#include "ui/widgets.h"

class QComboBox;
class QListView;
class QStackedWidget;
class QTableView;
class QTimer;

namespace cvd::ui {

class KeyRegistry;
class ProjectCardDelegate;
class ProjectModel;

class ProjectsPage : public Page {
    Q_OBJECT
public:
    ProjectsPage(AppContext& context, KeyRegistry& keys, QWidget* parent = nullptr);

    void refresh();
    void setSearch(const QString& text);
    ProjectModel* model() const { return m_model; }
    // The selected project; null: none.
    const projects::Project* current() const;
    void select(ProjectId id);
    // Filters and order as text, to be kept from one start of the program to the next.
    QString filterState() const;
    void restoreFilters(const QString& state);
    void showOnly(projects::ProjectStatus status);  // clears the other filters
    void toggleView();
    void deleteCurrent();  // asks first
    // Shows the loss of the database; rows stay.
    void showOffline(const Error& error);

Q_SIGNALS:
    void projectOpened(cvd::ProjectId project);
    void selectionChanged();
    void failed(const cvd::Error& error);

protected:
    void retranslate() override;
    void restyle() override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void buildViews();
    void connectAll();
    void loadOwners();
    void readFilters();
    void updateBody();
    void fitCards();
    void activate(const QModelIndex& index);
    void showMenu(const QPoint& globalPos);
    void jobProgress(ProjectId project, const jobs::JobProgress& progress);
    bool isFiltered() const;

    AppContext& m_context;
    KeyRegistry& m_keys;
    ProjectModel* m_model;
    projects::ProjectQuery m_query;
    QLabel* m_title;
    QPushButton* m_import;
    QComboBox *m_status, *m_owner, *m_date, *m_sort;
    QToolButton *m_order, *m_view;
    Pager* m_pager;
    Banner* m_banner;
    QStackedWidget* m_body;
    QListView* m_cards;
    QTableView* m_table;
    ProjectCardDelegate* m_cardDelegate;
    EmptyState *m_empty, *m_noMatch;
    QTimer* m_searchDelay;
};

}  // namespace cvd::ui
