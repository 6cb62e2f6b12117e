#include "ui/theme.h"

#include <cmath>

#include <QApplication>
#include <QFile>
#include <QGuiApplication>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QStyleFactory>
#include <QSvgRenderer>

namespace cvd::ui {
namespace {

ThemeChoice gChoice = ThemeChoice::System;
bool gDark = false;

bool systemIsDark() {
    // Qt 6.4 has no colour-scheme hint: what the platform's palette says decides.
    static const bool kDark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    return kDark;
}

QPalette paletteOf(const Tokens& t) {
    QPalette p;
    const auto both = [&p](QPalette::ColorRole role, const QColor& c) {
        p.setColor(QPalette::Active, role, c);
        p.setColor(QPalette::Inactive, role, c);
        p.setColor(QPalette::Disabled, role, c);
    };
    both(QPalette::Window, t.window);
    both(QPalette::Base, t.surface);
    both(QPalette::AlternateBase, t.window);
    both(QPalette::Button, t.raised);
    both(QPalette::ToolTipBase, t.raised);
    both(QPalette::WindowText, t.text);
    both(QPalette::Text, t.text);
    both(QPalette::ButtonText, t.text);
    both(QPalette::ToolTipText, t.text);
    both(QPalette::BrightText, t.onAccent);
    both(QPalette::PlaceholderText, t.muted);
    both(QPalette::Highlight, t.accent);
    both(QPalette::HighlightedText, t.onAccent);
    both(QPalette::Link, t.accent);
    both(QPalette::Mid, t.line);
    both(QPalette::Midlight, t.line);
    both(QPalette::Dark, t.muted);
    both(QPalette::Light, t.raised);
    both(QPalette::Shadow, t.line);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        p.setColor(QPalette::Disabled, role, t.muted);
    }
    return p;
}

// The accent, thinned until text reads on it as on the surface.
QColor mixed(const QColor& a, const QColor& b, double share) {
    const auto part = [share](int x, int y) {
        return int(std::lround(x * share + y * (1 - share)));
    };
    return QColor(part(a.red(), b.red()), part(a.green(), b.green()), part(a.blue(), b.blue()));
}

QString sheetOf(const Tokens& t) {
    static const QString kSheet = QStringLiteral(
        "QToolTip { background: %raised; color: %text; border: 1px solid %line; padding: 4px; }"
        "QPushButton, QToolButton[panel=\"true\"] { background: %raised; color: %text; border: 1px "
        "solid %line;"
        " border-radius: 4px; padding: 5px 12px; }"
        "QPushButton:hover { border-color: %accent; }"
        // As in the dialogs that are laid out by hand: what is done stands last, without pictures.
        "QDialogButtonBox { button-layout: 3; dialogbuttonbox-buttons-have-icons: 0; }"
        "QPushButton:pressed { background: %line; }"
        "QPushButton:focus { border: 2px solid %accent; padding: 4px 11px; }"
        "QPushButton:disabled { color: %muted; background: %window; }"
        "QPushButton[primary=\"true\"] { background: %accent; color: %onAccent; border-color: "
        "%accent; }"
        "QPushButton[primary=\"true\"]:disabled { background: %line; color: %muted; border-color: "
        "%line; }"
        "QPushButton[primary=\"true\"]:focus { border: 2px solid %text; }"
        "QPushButton[danger=\"true\"] { color: %critical; }"
        "QPushButton[danger=\"true\"]:disabled { color: %muted; }"
        "QLineEdit, QPlainTextEdit, QSpinBox, QDoubleSpinBox, QComboBox, QDateEdit { background: "
        "%surface; "
        "color: %text;"
        " border: 1px solid %line; border-radius: 4px; padding: 4px 6px; "
        "selection-background-color: %accent;"
        " selection-color: %onAccent; }"
        "QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus { border-color: "
        "%accent; }"
        "QComboBox, QDateEdit { padding-right: 24px; }"
        "QComboBox::drop-down, QDateEdit::drop-down { subcontrol-origin: border; "
        "subcontrol-position: center right; "
        "width: 24px; border: none; }"
        "QComboBox::down-arrow, QDateEdit::down-arrow { image: url(:/icons/arrow_down.svg); width: "
        "16px; height: 16px; }"
        "QSpinBox, QDoubleSpinBox { padding-right: 24px; }"
        "QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-origin: border; "
        "subcontrol-position: top right; width: 20px; border: none; }"
        "QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-origin: border; "
        "subcontrol-position: bottom right; width: 20px; border: none; }"
        "QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url(:/icons/arrow_up.svg); width: "
        "12px; height: 12px; }"
        "QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url(:/icons/arrow_down.svg); "
        "width: 12px; height: 12px; }"
        "QToolButton::menu-indicator { image: none; }"
        "QComboBox QAbstractItemView { background: %surface; color: %text; border: 1px solid "
        "%line; }"
        "QTableView, QListView, QTreeView { background: %surface; border: 1px solid %line; "
        "border-radius: 4px;"
        " gridline-color: %line; selection-background-color: %tint; selection-color: %text; }"
        "QListView[roomy=\"true\"]::item, QTreeView[roomy=\"true\"]::item { padding: 4px 6px; }"
        "QTableView::item { border: none; padding-left: 8px; padding-right: 8px; }"
        "QTableView::item:selected { background: %tint; color: %text; }"
        // The review page's tables are narrow and count their columns' widths themselves.
        "cvd--ui--ReviewPage QTableView::item { padding-left: 2px; padding-right: 2px; }"
        "cvd--ui--ReviewPage QHeaderView::section { padding: 6px 5px; }"
        "QCheckBox, QRadioButton { spacing: 8px; }"
        "QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px; background: "
        "%surface; border: 1px solid %muted; }"
        "QCheckBox::indicator { border-radius: 3px; }"
        "QRadioButton::indicator { border-radius: 8px; }"
        "QCheckBox::indicator:hover, QRadioButton::indicator:hover, QCheckBox::indicator:focus, "
        "QRadioButton::indicator:focus { border-color: %accent; }"
        "QCheckBox::indicator:checked { background: %accent; border-color: %accent; image: "
        "url(:/icons/%tick.svg); }"
        "QRadioButton::indicator:checked { border: 5px solid %accent; width: 6px; height: 6px; }"
        "QCheckBox:focus, QRadioButton:focus { color: %accent; }"
        "QHeaderView::section { background: %window; color: %muted; border: none; border-bottom: "
        "1px solid %line;"
        " padding: 6px 8px; }"
        "QProgressBar { background: %line; border: none; border-radius: 4px; min-height: 8px; "
        "max-height: 8px; }"
        "QProgressBar::chunk { background: %accent; border-radius: 4px; }"
        "QFrame[card=\"true\"] { background: %surface; border: 1px solid %line; border-radius: "
        "4px; }"
        "QFrame[card=\"true\"][hovered=\"true\"], QFrame[card=\"true\"]:focus { border-color: "
        "%accent; }"
        "QFrame[bar=\"true\"] { background: %surface; border: none; border-bottom: 1px solid "
        "%line; }"
        "QFrame[banner=\"error\"] { background: %surface; border: 1px solid %critical; "
        "border-left: 4px solid %critical;"
        " border-radius: 4px; }"
        "QFrame[banner=\"info\"] { background: %surface; border: 1px solid %line; border-left: 4px "
        "solid %accent;"
        " border-radius: 4px; }"
        "QLabel[role=\"title\"] { font-size: 14pt; font-weight: 600; }"
        "QLabel[role=\"muted\"] { color: %muted; }"
        "QLabel[role=\"current\"] { color: %accent; }"
        "QLabel[role=\"problem\"] { color: %critical; }"
        "QLabel[role=\"head\"] { font-weight: 600; }"
        "QAbstractItemView[plain=\"true\"] { border: none; background: transparent; }"
        "QToolButton[tab=\"true\"] { border: none; border-bottom: 2px solid transparent; padding: "
        "8px 12px;"
        " color: %muted; background: transparent; }"
        "QToolButton[tab=\"true\"]:checked { color: %text; border-bottom-color: %accent; }"
        "QToolButton[tab=\"true\"]:hover, QToolButton[tab=\"true\"]:focus { color: %accent; }"
        "QMenu { background: %raised; color: %text; border: 1px solid %line; padding: 4px; }"
        "QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }"
        "QMenu::item:selected { background: %tint; color: %text; }"
        "QMenu::item:disabled { color: %muted; }"
        "QMenu::separator { height: 1px; background: %line; margin: 4px 8px; }"
        "QScrollArea { border: none; background: transparent; }");
    QString sheet = kSheet;
    const std::pair<const char*, QColor> names[] = {
        {"%window", t.window},      {"%surface", t.surface}, {"%raised", t.raised},
        {"%text", t.text},          {"%muted", t.muted},     {"%line", t.line},
        {"%onAccent", t.onAccent},  {"%accent", t.accent},   {"%critical", t.critical},
        {"%tint", selectionTint(t)}};
    sheet.replace(QLatin1String("%tick"), t.onAccent.lightness() > 128
                                              ? QStringLiteral("tick_on_light")
                                              : QStringLiteral("tick_on_dark"));
    for (const auto& [name, colour] : names) {
        sheet.replace(QLatin1String(name), colour.name());
    }
    return sheet;
}

double luminance(const QColor& c) {
    const auto linear = [](double v) {
        return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

}  // namespace

const Tokens& lightTokens() {
    static const Tokens kLight{"#F5F6F7", "#FFFFFF", "#FFFFFF", "#1E2328", "#5C6670",
                               "#D5DADF", "#0B6E99", "#FFFFFF", "#C4321C", "#9A5B00",
                               "#7A6A00", "#1F7A4D", "#656E77"};
    return kLight;
}

const Tokens& darkTokens() {
    static const Tokens kDark{"#1B1D20", "#232629", "#2B2F33", "#E8EAED", "#A3ABB3",
                              "#3A4046", "#4FB3DC", "#10181C", "#FF8A73", "#F2B04B",
                              "#E0D060", "#62C794", "#8F99A3"};
    return kDark;
}

const Tokens& tokens() {
    return gDark ? darkTokens() : lightTokens();
}
bool isDark() {
    return gDark;
}
ThemeChoice themeChoice() {
    return gChoice;
}

ThemeChoice themeFromName(const QString& name) {
    return name == QStringLiteral("dark")    ? ThemeChoice::Dark
           : name == QStringLiteral("light") ? ThemeChoice::Light
                                             : ThemeChoice::System;
}

void applyTheme(ThemeChoice choice) {
    const bool systemDark = systemIsDark();
    gChoice = choice;
    gDark = choice == ThemeChoice::Dark || (choice == ThemeChoice::System && systemDark);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(paletteOf(tokens()));
    qApp->setStyleSheet(sheetOf(tokens()));
}

QColor selectionTint(const Tokens& t) {
    return mixed(t.accent, t.surface, 0.16);  // more, and muted text would not read on it
}

double contrastRatio(const QColor& a, const QColor& b) {
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QIcon icon(const QString& name, const QColor& colour) {
    QSvgRenderer renderer(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!renderer.isValid()) {
        return {};
    }
    const auto painted = [&](const QColor& c) {
        QPixmap pixmap(64, 64);  // one large picture; QIcon scales it down for every screen
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        renderer.render(&painter);
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(pixmap.rect(), c);
        return pixmap;
    };
    QIcon result(painted(colour.isValid() ? colour : tokens().text));
    result.addPixmap(painted(tokens().muted), QIcon::Disabled);
    return result;
}

}  // namespace cvd::ui
