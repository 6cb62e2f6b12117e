#include "ui/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QKeyEvent>
#include <QScreen>
#include <QStackedWidget>
#include <QStyle>
#include <algorithm>

#include "core/projects/process_identity.h"
#include "ui/ask.h"
#include "ui/gate_card.h"
#include "ui/help/help_window.h"
#include "ui/language.h"
#include "ui/shell.h"
#include "ui/theme.h"

namespace cvd::ui {

void chooseLanguage(Settings& settings, const QString& code) {
    settings.setLanguage(code);
    setLanguage(code);
}

void chooseTheme(Settings& settings, const QString& name) {
    settings.setTheme(name);
    applyTheme(themeFromName(name));
}

MainWindow::MainWindow(Settings& settings, QWidget* parent)
    : QMainWindow(parent), m_settings(settings), m_stack(new QStackedWidget(this)) {
    setWindowTitle(QStringLiteral("CVD-MIS"));
    setObjectName(QStringLiteral("mainWindow"));
    setMinimumSize(900, 520);
    setCentralWidget(m_stack);
    qApp->installEventFilter(this);
}

MainWindow::~MainWindow() {
    delete m_help;
}

void MainWindow::restore() {
    if (!restoreGeometry(m_settings.geometry())) {
        const QRect room = QApplication::primaryScreen()->availableGeometry();
        const int title = style()->pixelMetric(QStyle::PM_TitleBarHeight);
        resize(std::min(1280, room.width()), std::min(800, room.height() - title));
        return;
    }
    // Qt moves a window back that lay on a screen which is not there any more, but leaves one that
    // is larger than the screen with its title bar out of reach.
    const QRect room = screen()->availableGeometry();
    if (!isMaximized() && !isFullScreen() && !room.contains(geometry())) {
        resize(size().boundedTo(room.size()));
        move(std::clamp(x(), room.left(), std::max(room.left(), room.right() + 1 - width())),
             std::clamp(y(), room.top(), std::max(room.top(), room.bottom() + 1 - height())));
    }
}

void MainWindow::replaceWith(QWidget* page) {
    QWidget* old = m_stack->currentWidget();
    if (old == page) {
        return;
    }
    m_stack->addWidget(page);
    m_stack->setCurrentWidget(page);
    if (old) {
        m_stack->removeWidget(old);
        old->hide();
        old->deleteLater();
    }
}

void MainWindow::showGate(QWidget* page) {
    if (m_shell) {
        // The shell's pages use the session; nothing of it may run any more.
        m_stack->removeWidget(m_shell);
        delete m_shell;
        m_shell = nullptr;
    }
    if (auto* card = qobject_cast<GateCard*>(page)) {
        card->disconnect(this);
        connect(card, &GateCard::languageChosen, this,
                [this](const QString& code) { chooseLanguage(m_settings, code); });
        connect(card, &GateCard::helpRequested, this,
                [this, card] { showHelp(guide::topicOf(card)); });
    }
    setWindowTitle(QStringLiteral("CVD-MIS"));
    replaceWith(page);
    page->setFocus();
}

void MainWindow::showWork(AppContext& context) {
    m_shell = new Shell(context);
    connect(m_shell, &Shell::signOutRequested, this, &MainWindow::signOutRequested,
            Qt::QueuedConnection);
    connect(m_shell, &Shell::databaseChangeRequested, this, &MainWindow::databaseChangeRequested,
            Qt::QueuedConnection);
    connect(m_shell, &Shell::titleChanged, this, &MainWindow::setWindowTitle);
    connect(m_shell, &Shell::helpRequested, this, &MainWindow::showHelp);
    replaceWith(m_shell);
    const auto before = projects::ProcessIdentity::fromString(m_settings.runningAs());
    const auto self = projects::ProcessIdentity::self();
    m_settings.setRunningAs(self.toString());
    m_shell->restoreSession();
    if (before.pid != 0 && before.sameHost() && !before.isAlive()) {
        m_shell->tellOfSuddenEnd();
    }
    m_shell->currentPage()->setFocus();
}

QWidget* MainWindow::gate() const {
    return m_shell ? nullptr : m_stack->currentWidget();
}

HelpWindow* MainWindow::showHelp(const QString& topic) {
    QWidget* modal = QApplication::activeModalWidget();
    HelpWindow* help = modal ? modal->findChild<HelpWindow*>(QString(), Qt::FindDirectChildrenOnly)
                             : m_help.data();
    if (!help) {
        help = new HelpWindow(m_settings, modal);
        connect(help, &HelpWindow::tourRequested, this, &MainWindow::startTour);
        if (!modal) {
            m_help = help;
        }
    }
    help->showTopic(topic);
    help->show();
    help->raise();
    help->activateWindow();
    return help;
}

void MainWindow::startTour() {
    if (!m_shell || QApplication::activeModalWidget()) {
        asking().tell(this, tr("First-use tour"),
                      m_shell ? tr("Close the open dialog first; the tour is in the help menu.")
                              : tr("Sign in first; the tour is in the help menu."),
                      {});
        return;
    }
    activateWindow();
    raise();
    m_shell->startTour();
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress || !watched->isWidgetType()) {
        return QMainWindow::eventFilter(watched, event);
    }
    QList<QKeySequence> keys{QKeySequence(Qt::Key_F1)};
    if (m_shell) {
        keys = m_shell->keys().action(Act::Help)->shortcuts();
    }
    const QKeySequence pressed(static_cast<QKeyEvent*>(event)->keyCombination());
    auto* widget = static_cast<QWidget*>(watched);
    const bool inGuide = qobject_cast<HelpWindow*>(widget->window()) != nullptr;
    if (!keys.contains(pressed) || inGuide) {
        return QMainWindow::eventFilter(watched, event);
    }
    QWidget* focus = QApplication::focusWidget();
    showHelp(guide::topicOf(focus && focus->window() == widget->window() ? focus : widget));
    return true;
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (m_shell && !m_shell->mayClose()) {
        event->ignore();
        return;
    }
    m_settings.setGeometry(saveGeometry());
    if (m_shell) {
        m_shell->saveSession();
    }
    m_settings.setRunningAs({});
    if (m_help) {
        m_help->close();
    }
    event->accept();
}

}  // namespace cvd::ui
