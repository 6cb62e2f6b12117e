// The one window: a gate page (first start, sign-in, database problem) or the shell of a signed-in
// user. GUI thread.
#pragma once

#include <QMainWindow>
#include <QPointer>

#include "ui/app_context.h"

class QStackedWidget;

namespace cvd::ui {

class HelpWindow;
class Shell;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(Settings& settings, QWidget* parent = nullptr);
    ~MainWindow() override;

    void restore();                // geometry of the last time, on a screen that exists
    void showGate(QWidget* page);  // takes the page; what was shown is destroyed
    void showWork(AppContext& context);
    QWidget* gate() const;                    // null while somebody works
    Shell* shell() const { return m_shell; }  // null before sign-in
    // Opens the guide at "page#section", beside the work; empty: its first page. While a modal
    // dialog is open, the guide belongs to that dialog and goes with it.
    HelpWindow* showHelp(const QString& topic);

Q_SIGNALS:
    void signOutRequested();
    void databaseChangeRequested();

protected:
    void closeEvent(QCloseEvent* event) override;
    // The help key where no action listens to it: in dialogs and before sign-in.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void replaceWith(QWidget* page);
    void startTour();

    Settings& m_settings;
    QStackedWidget* m_stack;
    Shell* m_shell = nullptr;
    QPointer<HelpWindow> m_help;
};

// Remembers and applies; the whole window follows at once.
void chooseLanguage(Settings& settings, const QString& code);
void chooseTheme(Settings& settings, const QString& name);

}  // namespace cvd::ui
