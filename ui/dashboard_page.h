// Figures over all projects: an administrator's of everybody, another user's own. Computed in the
// background, shown from the last time until then. GUI thread.
#pragma once

#include <QFutureWatcher>
#include <atomic>
#include <memory>

#include "core/projects/dashboard.h"
#include "ui/app_context.h"
#include "ui/widgets.h"

class QGridLayout;
class QScrollArea;
class QTimer;

namespace cvd::ui {

class ChartFrame;
struct ChartData;

class DashboardPage : public Page {
    Q_OBJECT
public:
    explicit DashboardPage(AppContext& context, QWidget* parent = nullptr);
    ~DashboardPage() override;

    void refresh();  // now, unless it is being done
    bool isBusy() const;
    const std::optional<projects::Dashboard>& figures() const { return m_board; }

Q_SIGNALS:
    void failed(const cvd::Error& error);
    void refreshed();
    void projectsRequested(cvd::projects::ProjectStatus status);
    void jobsRequested();

protected:
    void retranslate() override;
    void restyle() override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Tile {
        QLabel* name = nullptr;
        QLabel* value = nullptr;
        QLabel* detail = nullptr;
    };
    Tile addTile(const char* objectName);
    ChartFrame* addChart(const char* objectName);
    void arrange();
    void fill();
    void fillTiles();
    void fillCharts();

    using Outcome = Result<projects::Dashboard>;
    AppContext& m_context;
    std::optional<projects::Dashboard> m_board;
    std::optional<projects::LibraryUsage> m_usage;
    QFutureWatcher<Outcome> m_figures;
    QFutureWatcher<std::optional<projects::LibraryUsage>> m_measure;
    std::shared_ptr<std::atomic_bool> m_cancel;
    QTimer* m_timer;
    QLabel *m_title, *m_state;
    QPushButton* m_refresh;
    Banner* m_banner;
    QScrollArea* m_scroll;
    QGridLayout *m_tileGrid, *m_chartGrid;
    QList<QWidget*> m_tileFrames;
    QList<ChartFrame*> m_charts;
    QList<QWidget*> m_cards;
    Tile m_projects, m_jobs, m_speed, m_storage, m_users;
    ChartFrame *m_byStatus, *m_byRule, *m_jobsPerDay, *m_projectsPerMonth;
    ChartFrame *m_usersPerMonth = nullptr, *m_disk = nullptr;
};

}  // namespace cvd::ui
