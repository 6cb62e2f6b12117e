#include "ui/help/help_window.h"

#include <QAction>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTextBrowser>
#include <QTextDocument>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <QWheelEvent>

#include "ui/help/guide_document.h"
#include "ui/language.h"
#include "ui/settings.h"
#include "ui/theme.h"

namespace cvd::ui {
namespace {

constexpr int kSmallest = 70, kLargest = 250, kZoomStep = 10;
constexpr int kWidestLine = 780;  // px at 100 %: longer lines are hard to follow
constexpr int kPlaceRole = Qt::UserRole;
constexpr char kTourLink[] = "cvd:tour";

void setUpButton(QToolButton* button, const char* name) {
    button->setObjectName(QLatin1String(name));
    button->setAutoRaise(true);
}

}  // namespace

HelpWindow::HelpWindow(Settings& settings, QWidget* parent)
    : Page(parent), m_settings(settings), m_zoom(settings.helpZoom()) {
    setWindowFlag(Qt::Window);
    setObjectName(QStringLiteral("helpWindow"));
    setAttribute(Qt::WA_QuitOnClose, false);
    auto* split = new QSplitter(this);
    split->addWidget(contentsSide());
    split->addWidget(pageSide());
    split->setStretchFactor(1, 1);
    split->setSizes({280, 820});
    split->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->addWidget(split);
    addActions();
    setMinimumSize(560, 360);
    if (!restoreGeometry(settings.helpGeometry())) {
        resize(1120, 760);
    }
    QWidget* const order[] = {m_search,  m_contents, m_back,   m_forward,
                              m_smaller, m_usual,    m_larger, m_text};
    for (std::size_t i = 1; i < std::size(order); ++i) {
        setTabOrder(order[i - 1], order[i]);
    }
    HelpWindow::retranslate();
    HelpWindow::restyle();
}

QWidget* HelpWindow::contentsSide() {
    auto* side = new QWidget(this);
    m_search = new QLineEdit(side);
    m_search->setObjectName(QStringLiteral("helpSearchLineEdit"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    m_contents = new QTreeWidget(side);
    m_contents->setObjectName(QStringLiteral("helpContentsTreeWidget"));
    m_contents->setProperty("roomy", true);
    m_contents->setHeaderHidden(true);
    m_contents->setWordWrap(true);
    m_contents->setUniformRowHeights(false);
    m_found = mutedLabel(side);
    m_found->setObjectName(QStringLiteral("helpFoundLabel"));
    m_found->setWordWrap(true);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGap);
    column->addWidget(m_search);
    column->addWidget(m_contents, 1);
    column->addWidget(m_found);
    connect(m_search, &QLineEdit::textChanged, this, [this] {
        fillContents();
        highlight();
    });
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        if (QTreeWidgetItem* first = m_contents->topLevelItem(0)) {
            m_contents->setCurrentItem(first);
        }
    });
    connect(m_contents, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
        if (item) {
            const auto place = guide::placeOf(item->data(0, kPlaceRole).toString());
            if (place != this->place()) {
                open(place);
            }
        }
    });
    return side;
}

QWidget* HelpWindow::pageSide() {
    auto* side = new QWidget(this);
    m_back = new QToolButton(side);
    m_forward = new QToolButton(side);
    m_smaller = new QToolButton(side);
    m_usual = new QToolButton(side);
    m_larger = new QToolButton(side);
    setUpButton(m_back, "helpBackToolButton");
    setUpButton(m_forward, "helpForwardToolButton");
    setUpButton(m_smaller, "helpSmallerToolButton");
    setUpButton(m_usual, "helpUsualSizeToolButton");
    setUpButton(m_larger, "helpLargerToolButton");
    m_smaller->setText(QStringLiteral("A−"));
    m_larger->setText(QStringLiteral("A+"));
    m_text = new QTextBrowser(side);
    m_text->setObjectName(QStringLiteral("helpTextBrowser"));
    m_text->setOpenLinks(false);
    // The width must not depend on the length of the page.
    m_text->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    m_text->viewport()->installEventFilter(this);
    auto* bar = new QHBoxLayout;
    bar->setSpacing(4);
    bar->addWidget(m_back);
    bar->addWidget(m_forward);
    bar->addStretch();
    bar->addWidget(m_smaller);
    bar->addWidget(m_usual);
    bar->addWidget(m_larger);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(bar);
    column->addWidget(m_text, 1);
    connect(m_back, &QToolButton::clicked, this, [this] { go(-1); });
    connect(m_forward, &QToolButton::clicked, this, [this] { go(1); });
    connect(m_smaller, &QToolButton::clicked, this, [this] { setZoomPercent(m_zoom - kZoomStep); });
    connect(m_larger, &QToolButton::clicked, this, [this] { setZoomPercent(m_zoom + kZoomStep); });
    connect(m_usual, &QToolButton::clicked, this, [this] { setZoomPercent(100); });
    connect(m_text, &QTextBrowser::anchorClicked, this, &HelpWindow::follow);
    return side;
}

void HelpWindow::addActions() {
    const auto on = [this](const QList<QKeySequence>& keys, auto&& work) {
        auto* action = new QAction(this);
        action->setShortcuts(keys);
        connect(action, &QAction::triggered, this, work);
        addAction(action);
        m_actions << action;
    };
    on({QKeySequence(Qt::ALT | Qt::Key_Left)}, [this] { go(-1); });
    on({QKeySequence(Qt::ALT | Qt::Key_Right)}, [this] { go(1); });
    on({QKeySequence(Qt::ALT | Qt::Key_Home)}, [this] { showTopic(guide::pageIds().first()); });
    on(QKeySequence::keyBindings(QKeySequence::Find), [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    on({QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)},
       [this] { setZoomPercent(m_zoom + kZoomStep); });
    on({QKeySequence(Qt::CTRL | Qt::Key_Minus)}, [this] { setZoomPercent(m_zoom - kZoomStep); });
    on({QKeySequence(Qt::CTRL | Qt::Key_0)}, [this] { setZoomPercent(100); });
    on({QKeySequence(Qt::Key_Escape)}, [this] { close(); });
}

// --- Where the reader is ---

void HelpWindow::showTopic(const QString& topic) {
    open(guide::placeOf(topic));
}

void HelpWindow::open(const guide::Place& wanted) {
    guide::Place place = wanted;
    if (!guide::pageIds().contains(place.page)) {
        place = {guide::pageIds().first(), {}};
    }
    if (m_at >= 0) {
        m_history[m_at].scroll = m_text->verticalScrollBar()->value();
        if (m_history[m_at].place == place) {
            scrollTo({place, -1});
            return;
        }
    }
    m_history = m_history.mid(0, m_at + 1);
    m_history.append({place, -1});
    m_at = int(m_history.size()) - 1;
    render();
}

void HelpWindow::go(int step) {
    const int to = m_at + step;
    if (to < 0 || to >= m_history.size()) {
        return;
    }
    m_history[m_at].scroll = m_text->verticalScrollBar()->value();
    m_at = to;
    render();
}

void HelpWindow::follow(const QUrl& link) {
    if (link.toString() == QLatin1String(kTourLink)) {
        Q_EMIT tourRequested();
    } else if (link.isRelative()) {
        const auto place = guide::placeOf(link.toString());
        open({place.page.isEmpty() ? this->place().page : place.page, place.anchor});
    } else {
        QDesktopServices::openUrl(link);
    }
}

void HelpWindow::render() {
    if (m_at < 0) {
        return;
    }
    guide::Layout layout;
    layout.font = font();
    layout.font.setPointSizeF(font().pointSizeF() * m_zoom / 100.0);
    const int room = m_text->viewport()->width() - 44;
    layout.width = std::max(200, std::min(room, kWidestLine * m_zoom / 100));
    layout.pixelRatio = devicePixelRatioF();
    m_renderedWidth = m_text->viewport()->width();
    const QSignalBlocker quiet(m_text);
    guide::fill(*m_text->document(), guide::page(place().page, language()), language(), layout);
    QTextFrameFormat frame = m_text->document()->rootFrame()->frameFormat();
    frame.setRightMargin(std::max(20, room - layout.width + 20));
    m_text->document()->rootFrame()->setFrameFormat(frame);
    highlight();
    scrollTo(m_history[m_at]);
    markCurrent();
    updateButtons();
}

void HelpWindow::scrollTo(const Visit& visit) {
    if (visit.scroll >= 0) {
        m_text->verticalScrollBar()->setValue(visit.scroll);
    } else if (visit.place.anchor.isEmpty()) {
        m_text->verticalScrollBar()->setValue(0);
    } else {
        m_text->scrollToAnchor(visit.place.anchor);
    }
    m_scrolledTo = m_text->verticalScrollBar()->value();
}

void HelpWindow::setZoomPercent(int percent) {
    const int wanted = std::clamp(percent, kSmallest, kLargest);
    if (wanted == m_zoom) {
        return;
    }
    // The place stays in sight: by its share of the page.
    const QScrollBar* bar = m_text->verticalScrollBar();
    const double share = bar->maximum() > 0 ? double(bar->value()) / bar->maximum() : 0;
    m_zoom = wanted;
    m_settings.setHelpZoom(m_zoom);
    render();
    m_text->verticalScrollBar()->setValue(int(share * bar->maximum()));
    updateButtons();
}

// --- Contents and search ---

void HelpWindow::search(const QString& words) {
    m_search->setText(words);
}

void HelpWindow::fillContents() {
    const QSignalBlocker quiet(m_contents);
    m_contents->clear();
    if (!m_search->text().trimmed().isEmpty()) {
        fillHits();
        return;
    }
    m_found->hide();
    m_contents->setRootIsDecorated(true);
    for (const QString& id : guide::pageIds()) {
        const guide::Page& page = guide::page(id, language());
        auto* item = new QTreeWidgetItem(m_contents, {page.title()});
        item->setData(0, kPlaceRole, id);
        for (const guide::Section& section : page.sections) {
            if (section.level == 2) {
                auto* child = new QTreeWidgetItem(item, {section.title});
                child->setData(0, kPlaceRole, guide::Place{id, section.anchor}.text());
            }
        }
    }
    markCurrent();
}

void HelpWindow::fillHits() {
    const QList<guide::Hit> hits = guide::find(m_search->text(), language());
    m_contents->setRootIsDecorated(false);
    for (const guide::Hit& hit : hits) {
        const QString title =
            hit.title == hit.pageTitle
                ? hit.title
                : tr("%1 › %2", "page and section of the guide").arg(hit.pageTitle, hit.title);
        auto* item = new QTreeWidgetItem(m_contents, {title + QLatin1Char('\n') + hit.snippet});
        item->setData(0, kPlaceRole, hit.place.text());
        item->setToolTip(0, hit.snippet);
    }
    const int count = int(hits.size());
    m_found->setText(count > 0 ? tr("%n place(s) found", nullptr, count)
                               : tr("No page of the guide contains these words."));
    m_found->show();
}

void HelpWindow::markCurrent() {
    if (!m_search->text().trimmed().isEmpty()) {
        return;
    }
    const QSignalBlocker quiet(m_contents);
    for (int i = 0; i < m_contents->topLevelItemCount(); ++i) {
        QTreeWidgetItem* item = m_contents->topLevelItem(i);
        if (item->data(0, kPlaceRole).toString() != place().page) {
            continue;
        }
        item->setExpanded(true);
        QTreeWidgetItem* current = item;
        for (int k = 0; k < item->childCount(); ++k) {
            if (item->child(k)->data(0, kPlaceRole).toString() == place().text()) {
                current = item->child(k);
            }
        }
        m_contents->setCurrentItem(current);
        m_contents->scrollToItem(current);
    }
}

void HelpWindow::highlight() {
    QList<QTextEdit::ExtraSelection> marks;
    const QStringList words =
        m_search->text().simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString& word : words) {
        for (QTextCursor at = m_text->document()->find(word); !at.isNull();
             at = m_text->document()->find(word, at)) {
            QTextEdit::ExtraSelection mark;
            mark.cursor = at;
            mark.format.setBackground(tokens().accent);
            mark.format.setForeground(tokens().onAccent);
            marks.append(mark);
        }
    }
    m_text->setExtraSelections(marks);
}

// --- Texts, colours, events ---

void HelpWindow::updateButtons() {
    setEnabledOrWhy(m_back, m_at > 0 ? QString() : tr("This is where you began."),
                    tr("Back (%1)").arg(QStringLiteral("Alt+Left")));
    setEnabledOrWhy(m_forward,
                    m_at + 1 < m_history.size() ? QString() : tr("You have not gone back."),
                    tr("Forward (%1)").arg(QStringLiteral("Alt+Right")));
    setEnabledOrWhy(m_smaller,
                    m_zoom > kSmallest ? QString() : tr("The text does not get smaller."),
                    tr("Smaller text (%1)").arg(QStringLiteral("Ctrl+-")));
    setEnabledOrWhy(m_larger, m_zoom < kLargest ? QString() : tr("The text does not get larger."),
                    tr("Larger text (%1)").arg(QStringLiteral("Ctrl++")));
    m_usual->setText(tr("%1 %").arg(m_zoom));
    m_usual->setToolTip(tr("Usual size (%1)").arg(QStringLiteral("Ctrl+0")));
    const std::pair<QToolButton*, QString> names[] = {{m_back, tr("Back")},
                                                      {m_forward, tr("Forward")},
                                                      {m_smaller, tr("Smaller text")},
                                                      {m_larger, tr("Larger text")},
                                                      {m_usual, tr("Usual size")}};
    for (const auto& [button, name] : names) {
        button->setAccessibleName(name);
    }
}

void HelpWindow::retranslate() {
    setWindowTitle(tr("User guide – CVD-MIS"));
    m_search->setPlaceholderText(tr("Search the guide"));
    m_search->setAccessibleName(tr("Search the guide"));
    m_contents->setAccessibleName(tr("Contents of the guide"));
    m_text->setAccessibleName(tr("Page of the guide"));
    fillContents();
    render();
    updateButtons();
}

void HelpWindow::restyle() {
    m_back->setIcon(icon(QStringLiteral("previous")));
    m_forward->setIcon(icon(QStringLiteral("next")));
    render();
}

void HelpWindow::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_at >= 0 && m_renderedWidth != m_text->viewport()->width()) {
                const int now = m_text->verticalScrollBar()->value();
                if (now != m_scrolledTo) {  // else the section stays on top
                    m_history[m_at].scroll = now;
                }
                render();
            }
        },
        Qt::QueuedConnection);
}

void HelpWindow::closeEvent(QCloseEvent* event) {
    m_settings.setHelpGeometry(saveGeometry());
    Page::closeEvent(event);
}

bool HelpWindow::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Wheel && watched == m_text->viewport()) {
        const auto* wheel = static_cast<QWheelEvent*>(event);
        if (wheel->modifiers() & Qt::ControlModifier) {
            setZoomPercent(m_zoom + (wheel->angleDelta().y() > 0 ? kZoomStep : -kZoomStep));
            return true;
        }
    }
    if (event->type() == QEvent::KeyPress && watched == m_search) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Down) {  // from the words to what was found
            m_contents->setFocus(Qt::OtherFocusReason);
            if (!m_contents->currentItem()) {
                m_contents->setCurrentItem(m_contents->topLevelItem(0));
            }
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

}  // namespace cvd::ui
