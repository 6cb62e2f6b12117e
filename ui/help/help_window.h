// The user guide in a window of its own, to be read beside the work: contents and search on the
// left, the page on the right. Follows the program's language and theme. GUI thread.
#pragma once

#include "ui/help/guide.h"
#include "ui/widgets.h"

class QLineEdit;
class QTextBrowser;
class QTreeWidget;
class QTreeWidgetItem;

namespace cvd::ui {

class Settings;

class HelpWindow : public Page {
    Q_OBJECT
public:
    // With a modal dialog as parent it can be used while that dialog is open.
    explicit HelpWindow(Settings& settings, QWidget* parent = nullptr);

    // "review#timeline"; an unknown page shows the first one.
    void showTopic(const QString& topic);
    guide::Place place() const { return m_history.value(m_at).place; }
    void search(const QString& words);
    QTextBrowser* text() const { return m_text; }

    int zoomPercent() const { return m_zoom; }
    void setZoomPercent(int percent);  // 70..250

Q_SIGNALS:
    void tourRequested();

protected:
    void retranslate() override;
    void restyle() override;
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Visit {
        guide::Place place;
        int scroll = -1;  // where the reader left it; -1: at the anchor
    };

    QWidget* contentsSide();
    QWidget* pageSide();
    void addActions();
    void open(const guide::Place& place);  // a new visit
    void go(int step);                     // through the history
    void render();
    void scrollTo(const Visit& visit);
    void fillContents();
    void fillHits();
    void markCurrent();
    void highlight();
    void updateButtons();
    void follow(const QUrl& link);

    Settings& m_settings;
    QLineEdit* m_search;
    QTreeWidget* m_contents;
    QLabel* m_found;
    QTextBrowser* m_text;
    QToolButton *m_back, *m_forward, *m_smaller, *m_larger, *m_usual;
    QList<QAction*> m_actions;
    QList<Visit> m_history;
    int m_at = -1;
    int m_zoom = 100;
    int m_renderedWidth = 0;
    int m_scrolledTo = 0;  // by the window itself
};

}  // namespace cvd::ui
